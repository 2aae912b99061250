package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// An answer once given never changes: asked again as known then, it is the same, whatever was learnt since.
func TestAsKnownThen(t *testing.T) {
	h := employed(t)
	h.hire(t, joiner("E2", "2026-06-01"))
	hired := h.head(t, "E1")
	risen := h.change(t, "E1", raise("2026-03-01", 45000))
	afterRaise := h.head(t, "E1")
	_, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", risen)
	require.NoError(t, err)
	withdrawn := h.head(t, "E1")
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-10-31"), "resigned"))

	ask := func(k hr.Seq) hr.Pin { return hr.Pin{Employee: "E1", Known: hr.Known{Own: k}} }
	lines, err := h.TermsOf(h.ctx, view, []hr.Pin{ask(afterRaise), {Employee: "E2"}, ask(hired), {Employee: "nobody"}, ask(0), ask(withdrawn)}, hr.MustPeriod("2026-01-01..2026-12-31"))
	require.NoError(t, err)
	require.Len(t, lines, 6, "one answer a pin, in pin order")
	for i, want := range []struct{ february, march, november string }{
		{"40000", "45000", "45000"},
		{"", "", "40000"},
		{"40000", "40000", "40000"},
		{"", "", ""},
		{"40000", "40000", ""},
		{"40000", "40000", "40000"},
	} {
		for on, basic := range map[string]string{"2026-02-28": want.february, "2026-03-01": want.march, "2026-11-01": want.november} {
			terms, employed := lines[i].At(day(on))
			require.Equal(t, basic != "", employed, "pin %d on %s", i, on)
			if amount, _ := terms.Amount("basic"); employed {
				require.Equal(t, basic, amount.String(), "pin %d on %s", i, on)
			}
		}
	}

	then, err := h.TermsHistory(h.ctx, view.At(hr.Known{Own: afterRaise}), "E1")
	require.NoError(t, err)
	require.Len(t, then.Entries(), 2)
	today, err := h.TermsHistory(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Equal(t, then.Entries(), today.Entries()[:2])
	require.Equal(t, risen, today.Entries()[1].ID, "where the id of a change to withdraw is found")
}

func TestChanges(t *testing.T) {
	h := employed(t)
	hired := h.head(t, "E1")
	raised := h.change(t, "E1", raise("2026-03-01", 45000))
	afterRaise := h.head(t, "E1")
	h.change(t, "E1", lifecycle.TermsChange{From: day("2026-05-01"), Set: hr.Terms{Department: "Lab"}})
	changes := func(k hr.Seq) (list []string) {
		got, err := h.Changes(h.ctx, view, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: k}}})
		require.NoError(t, err)
		for _, c := range got {
			require.Equal(t, hr.EmployeeID("E1"), c.Employee)
			cause := "another"
			if c.Cause.ID == raised {
				cause = "raise"
			}
			require.Equal(t, "terms", c.Cause.Kind)
			list = append(list, c.Period.String()+" "+cause)
		}
		return list
	}
	require.Equal(t, []string{"2026-03-01..2026-04-30 raise", "2026-05-01.. another"}, changes(hired))
	require.Equal(t, []string{"2026-05-01.. another"}, changes(afterRaise))
	require.Empty(t, changes(h.head(t, "E1")))
	require.Empty(t, changes(0), "today differs from today in nothing")

	gone, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", raised)
	require.NoError(t, err)
	got, err := h.Changes(h.ctx, view, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: afterRaise}}})
	require.NoError(t, err)
	require.Equal(t, []hr.Change{{Employee: "E1", Period: hr.MustPeriod("2026-03-01.."), Cause: hr.Ref{Kind: "terms", ID: gone, Seq: h.head(t, "E1")}}}, got,
		"from May on it is the transfer and the withdrawal: the newer of the two is named")
	require.Equal(t, []string{"2026-05-01.. another"}, changes(hired), "what came and went since then made no difference")
}

// What was written and taken back behind the pin is not named as the cause of what something else changed.
func TestTheCauseOfAChangeStands(t *testing.T) {
	h := employed(t)
	hired := h.head(t, "E1")
	raised := h.change(t, "E1", raise("2026-03-01", 45000))
	slip := lifecycle.TermsChange{From: day("2026-05-01"), Through: day("2026-05-31"), Set: hr.Terms{Department: "Lba"}}
	id := h.change(t, "E1", slip)
	_, err := h.WithdrawTerms(h.ctx, h.cmd(), "E1", id)
	require.NoError(t, err)
	got, err := h.Changes(h.ctx, view, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: hired}}})
	require.NoError(t, err)
	require.Equal(t, []hr.Change{{Employee: "E1", Period: hr.MustPeriod("2026-03-01.."), Cause: hr.Ref{Kind: "terms", ID: raised, Seq: hired + 1}}}, got)
}

func TestChangesOfAPage(t *testing.T) {
	h := employed(t)
	h.hire(t, joiner("E2", "2026-01-01"))
	pins := []hr.Pin{{Employee: "E2", Known: hr.Known{Own: h.head(t, "E2")}}, {Employee: "E1", Known: hr.Known{Own: h.head(t, "E1")}}}
	h.change(t, "E1", raise("2026-03-01", 45000))
	h.change(t, "E2", raise("2026-04-01", 45000))
	got, err := h.Changes(h.ctx, view, pins)
	require.NoError(t, err)
	require.Len(t, got, 2)
	require.Equal(t, []hr.EmployeeID{"E2", "E1"}, []hr.EmployeeID{got[0].Employee, got[1].Employee}, "in pin order")
}

func TestEmployees(t *testing.T) {
	h := newHouse(hr.AllowAll)
	for id, start := range map[hr.EmployeeID]string{"E3": "2026-01-01", "E1": "2026-10-31", "E2": "2026-11-01"} {
		h.hire(t, joiner(id, start))
		require.NoError(t, h.Join(h.ctx, h.cmd(), id))
	}
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E3", day("2026-10-01"), "resigned"))
	in := func(p string, after hr.EmployeeID, limit int) []hr.EmployeeID {
		ids, err := h.Employees(h.ctx, view, hr.MustPeriod(p), after, limit)
		require.NoError(t, err)
		return ids
	}
	require.Equal(t, []hr.EmployeeID{"E1", "E3"}, in("2026-10-01..2026-10-31", "", 0), "the last day and the first day count")
	require.Equal(t, []hr.EmployeeID{"E1"}, in("2026-10-02..2026-10-31", "", 0))
	require.Equal(t, []hr.EmployeeID{"E1", "E2", "E3"}, in("2026-01-01..", "", 0))
	require.Equal(t, []hr.EmployeeID{"E2"}, in("2026-01-01..", "E1", 1))
	_, err := h.Employees(h.ctx, view, hr.Period{}, "", 0)
	require.ErrorIs(t, err, hr.ErrRequired)
}

func TestDescribe(t *testing.T) {
	h := newHouse(hr.AllowAll)
	_, err := h.Import(h.ctx, h.cmd(), arrivals()[1:2])
	require.NoError(t, err)
	h.hire(t, joiner("E2", "2026-01-01"))
	ref := func(emp hr.EmployeeID) hr.Ref {
		history, err := h.TermsHistory(h.ctx, view, emp)
		require.NoError(t, err)
		return history.Ref(history.Entries()[0])
	}
	texts, err := h.Describe(h.ctx, view, "E1", []hr.Ref{ref("E1"), ref("E2"), {Kind: "punch", ID: ref("E1").ID}})
	require.NoError(t, err)
	require.Equal(t, []string{"2025-01-06.., recorded 2026-10-31, from OldHR, 2026-09-30", "", ""}, texts)
	texts, err = h.Describe(h.ctx, view, "E2", []hr.Ref{ref("E2")})
	require.NoError(t, err)
	require.Equal(t, []string{"2026-01-01.., recorded 2026-10-31"}, texts)
}
