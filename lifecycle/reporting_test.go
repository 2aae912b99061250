package lifecycle_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// line hires a line of managers on 1 January 2026: each manages the one before.
func line(t require.TestingT, h *house, ids ...hr.EmployeeID) {
	for i, id := range slices.Backward(ids) {
		j := joiner(id, "2026-01-01")
		if i+1 < len(ids) {
			j.Terms.Manager = ids[i+1]
		}
		h.hire(t, j)
	}
}

func manages(h *house, t require.TestingT, actor hr.EmployeeID, subjects ...hr.EmployeeID) (ids []hr.EmployeeID) {
	relations, err := h.Kit.Relations.Relations(h.ctx, hr.Actor{ID: "a", Employee: actor}, subjects...)
	require.NoError(t, err)
	for _, r := range relations {
		require.Equal(t, hr.RelationManager, r.Kind)
		ids = append(ids, r.To)
	}
	return ids
}

func TestReporting(t *testing.T) {
	h := newHouse(hr.AllowAll)
	line(t, h, "low", "mid", "top")
	all := []hr.EmployeeID{"top", "low", "nobody", "mid"}
	require.Equal(t, []hr.EmployeeID{"low", "mid"}, manages(h, t, "top", all...), "directly and through others, in the order given")
	require.Equal(t, []hr.EmployeeID{"top", "low", "nobody", "mid"}, all, "what was given stays as it was")
	require.Equal(t, []hr.EmployeeID{"low"}, manages(h, t, "mid", all...))
	require.Empty(t, manages(h, t, "low", all...))
	require.Empty(t, manages(h, t, "", all...), "an outsider manages nobody")

	// mid leaves on the day before the clock's: the chain ends at who is not employed.
	require.NoError(t, h.Join(h.ctx, h.cmd(), "mid"))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "mid", day("2026-10-30"), "resigned"))
	require.Empty(t, manages(h, t, "top", all...))
	require.Empty(t, manages(h, t, "mid", all...))
}

// Today is the day in the zone of the host.
func TestReportingToday(t *testing.T) {
	h := newHouse(hr.AllowAll)
	line(t, h, "old", "top")
	h.hire(t, joiner("new", "2026-01-01"))
	h.change(t, "old", lifecycle.TermsChange{From: day("2026-11-01"), Set: hr.Terms{Manager: "new"}})
	evening := func() time.Time { return time.Date(2026, 10, 31, 20, 0, 0, 0, time.UTC) } // 1:30 on 1 November in India
	relations := lifecycle.Reporting{Facts: h.db, Now: evening}
	boss := func() hr.EmployeeID {
		for _, id := range []hr.EmployeeID{"top", "new"} {
			list, err := relations.Relations(h.ctx, hr.Actor{ID: "a", Employee: id}, "old")
			require.NoError(t, err)
			if len(list) > 0 {
				return id
			}
		}
		return ""
	}
	require.Equal(t, hr.EmployeeID("top"), boss())
	relations.Zone = time.FixedZone("IST", 5*3600+1800)
	require.Equal(t, hr.EmployeeID("new"), boss())
	relations.Now, relations.Zone = nil, nil // time.Now, in UTC
	long := joiner("long", "1990-01-01")
	long.Terms.Manager = "always"
	h.hire(t, joiner("always", "1990-01-01"))
	h.hire(t, long)
	list, err := relations.Relations(h.ctx, hr.Actor{ID: "a", Employee: "always"}, "long")
	require.NoError(t, err)
	require.Len(t, list, 1)
}

// A store that runs in a circle all the same, such as one filled by hand, ends no question never.
func TestReportingEndsInACircle(t *testing.T) {
	h := newHouse(hr.AllowAll)
	for id, manager := range map[hr.EmployeeID]hr.EmployeeID{"a": "b", "b": "c", "c": "b"} {
		require.NoError(t, h.db.AppendTerms(h.ctx, id, hr.Entry[hr.Terms]{
			ID: "by hand", Seq: 1, Recorded: noon, Period: hr.MustPeriod("2026-01-01.."), Value: hr.Terms{Manager: manager},
		}))
	}
	require.Equal(t, []hr.EmployeeID{"a", "c"}, manages(h, t, "b", "a", "b", "c"), "nobody is their own manager")
	levels, err := h.Route(h.ctx, hr.ApprovalAsk{On: day("2026-10-01"), Subjects: []hr.EmployeeID{"a"}})
	require.NoError(t, err)
	require.Equal(t, []hr.ActorID{"b"}, levels[0].Approvers)
}

// A policy sees the relations of the actor with each subject, in order.
func TestAManagerMayAskAboutTheirPeople(t *testing.T) {
	managers := func(a hr.Ask) hr.Verdict {
		return hr.Verdict{Allow: a.Actor.ID == "hr-desk" || a.Stands(hr.RelationManager), Reason: "managers and the desk"}
	}
	h := newHouse(managers)
	line(t, h, "low", "mid", "top")
	asks := func(emp hr.EmployeeID, ids ...hr.EmployeeID) error {
		_, err := h.People(h.ctx, hr.View{Actor: hr.Actor{ID: hr.ActorID(emp), Employee: emp}}, ids...)
		return err
	}
	require.NoError(t, asks("top", "mid", "low"))
	require.NoError(t, asks("mid", "low"))
	require.ErrorIs(t, asks("mid", "low", "top"), hr.ErrDenied)
	require.ErrorIs(t, asks("low", "low"), hr.ErrDenied)
}

func TestRoute(t *testing.T) {
	h := newHouse(hr.AllowAll)
	line(t, h, "low", "mid", "top")
	line(t, h, "other", "boss")
	h.hire(t, joiner("mate", "2026-01-01"))
	h.change(t, "mate", lifecycle.TermsChange{From: day("2026-06-01"), Set: hr.Terms{Manager: "mid"}})
	h.Fallback = []hr.ActorID{"hr-desk", "hr-head", "low"}
	ask := func(on string, subjects ...hr.EmployeeID) hr.ApprovalAsk {
		return hr.ApprovalAsk{Kind: "leave.request", On: day(on), Subjects: subjects, Preparer: hr.Actor{ID: "p"}}
	}
	by := func(a hr.ApprovalAsk, preparer hr.Actor) hr.ApprovalAsk { a.Preparer = preparer; return a }
	manager := func(need int, ids ...hr.ActorID) []hr.ApprovalLevel {
		return []hr.ApprovalLevel{{Name: "manager", Approvers: ids, Need: need}}
	}
	fallback := func(ids ...hr.ActorID) []hr.ApprovalLevel {
		return []hr.ApprovalLevel{{Name: "fallback", Approvers: ids, Need: 1}}
	}
	for name, c := range map[string]struct {
		ask  hr.ApprovalAsk
		want []hr.ApprovalLevel
	}{
		"the direct manager":                        {ask("2026-10-01", "low"), manager(1, "mid")},
		"one manager of two people":                 {ask("2026-10-01", "low", "mate"), manager(1, "mid")},
		"on the day that is asked about":            {ask("2026-05-31", "mate"), fallback("hr-desk", "hr-head", "low")},
		"two people with two managers need both":    {ask("2026-10-01", "other", "low"), manager(2, "boss", "mid")},
		"the manager benefits too":                  {ask("2026-10-01", "low", "mid"), fallback("hr-desk", "hr-head")},
		"the manager prepared it":                   {by(ask("2026-10-01", "low"), hr.Actor{ID: "login", Employee: "mid"}), fallback("hr-desk", "hr-head")},
		"the manager prepared it as a program":      {by(ask("2026-10-01", "low"), hr.Actor{ID: "mid"}), fallback("hr-desk", "hr-head")},
		"nobody stands above":                       {by(ask("2026-10-01", "top"), hr.Actor{ID: "hr-desk"}), fallback("hr-head", "low")},
		"before they were employed":                 {ask("2025-12-31", "low"), fallback("hr-desk", "hr-head")},
		"somebody unknown among them":               {ask("2026-10-01", "low", "nobody"), fallback("hr-desk", "hr-head")},
		"a case that concerns nobody in particular": {ask("2026-10-01"), fallback("hr-desk", "hr-head", "low")},
	} {
		subjects := slices.Clone(c.ask.Subjects)
		got, err := h.Route(h.ctx, c.ask)
		require.NoError(t, err, name)
		require.Equal(t, c.want, got, name)
		require.Equal(t, subjects, c.ask.Subjects, "%s: what was given stays as it was", name)
		_, err = hr.NewApproval(c.ask, got...)
		require.NoError(t, err, "%s: the route can be gone", name)
	}
	_, err := h.Route(h.ctx, hr.ApprovalAsk{Subjects: []hr.EmployeeID{"low"}})
	require.Equal(t, []string{"on lifecycle.route.nobody"}, faults(err))
	require.ErrorIs(t, err, hr.ErrRequired)
	h.Fallback = []hr.ActorID{"p"}
	_, err = h.Route(h.ctx, ask("2026-10-01", "top"))
	require.Equal(t, []string{"approvers lifecycle.route.nobody"}, faults(err))
}
