package lifecycle_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// absent is a port that says who is away, by employee and day.
type absent map[hr.EmployeeID][]hr.Absence

func (a absent) Absences(_ context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([][]hr.Absence, error) {
	if !slices.Equal(v.Via(), []string{"lifecycle.Route"}) {
		return nil, fmt.Errorf("asked via %v", v.Via())
	}
	out := make([][]hr.Absence, len(pins))
	for i, pin := range pins {
		for _, x := range a[pin.Employee] {
			if p.Contains(x.Date) {
				out[i] = append(out[i], x)
			}
		}
	}
	return out, nil
}

func away(on string, half hr.HalfOfDay) hr.Absence { return hr.Absence{Date: day(on), Half: half} }

// company is a house of low under mid under top in Pune, with rules: leave by the manager, with HR of the place for long ones (here: grade
// X); spending by amount; anything of payroll by a role, two of three.
func company(t require.TestingT) *house {
	h := organised(hr.AllowAll)
	line(t, h, "low", "mid", "top")
	for _, id := range []hr.EmployeeID{"head", "del", "hr-pune", "cfo"} {
		h.hire(t, joiner(id, "2026-01-01"))
	}
	h.organise(t, since("2026-01-01", unit("board", "", "top"), unit("Ops", "board", "head"))...)
	h.change(t, "low", lifecycle.TermsChange{From: day("2026-01-01"), Set: hr.Terms{Place: "Pune", Calendar: "week"}})
	manager := lifecycle.RouteLevel{Name: "manager", Ask: []lifecycle.Approver{{Kind: lifecycle.AskManager}}, All: true, Climb: true, Within: 2, Escalate: []lifecycle.Approver{{Kind: lifecycle.AskManager, Up: 1}}}
	h.Routing = lifecycle.Routing{
		Rules: []lifecycle.RouteRule{
			{Name: "leave of grade X", Kinds: []string{"leave.*"}, Grades: []string{"X"}, Levels: []lifecycle.RouteLevel{manager, {Name: "hr", Ask: []lifecycle.Approver{{Kind: lifecycle.AskRole, Role: "hr"}}}}},
			{Name: "leave", Kinds: []string{"leave.*"}, Levels: []lifecycle.RouteLevel{manager}},
			{Name: "spending up to a lakh", Kinds: []string{"spend"}, UpTo: hr.MustMoney("100000.00", "INR"), Levels: []lifecycle.RouteLevel{{Name: "head", Ask: []lifecycle.Approver{{Kind: lifecycle.AskHead}}}}},
			{Name: "more spending", Kinds: []string{"spend"}, Above: hr.MustMoney("100000.00", "INR"), Levels: []lifecycle.RouteLevel{
				{Name: "head", Ask: []lifecycle.Approver{{Kind: lifecycle.AskHead}}},
				{Name: "finance", With: true, Ask: []lifecycle.Approver{{Kind: lifecycle.AskPerson, Person: hr.Actor{ID: "login-cfo", Employee: "cfo"}}}},
				{Name: "above", Optional: true, Ask: []lifecycle.Approver{{Kind: lifecycle.AskHead, Up: 2}}},
			}},
			{Name: "pay", Kinds: []string{"payroll.run"}, Levels: []lifecycle.RouteLevel{{Name: "finance", Need: 2, Ask: []lifecycle.Approver{{Kind: lifecycle.AskRole, Role: "finance"}}}}},
		},
		Roles: []lifecycle.RoleHolder{
			{Role: "hr", Holder: hr.Actor{ID: "hr-anywhere"}},
			{Role: "hr", Place: "Pune", Holder: hr.Actor{ID: "hr-login", Employee: "hr-pune"}},
			{Role: "finance", Holder: hr.Actor{ID: "f1"}},
			{Role: "finance", Holder: hr.Actor{ID: "f2"}},
			{Role: "finance", Holder: hr.Actor{ID: "f3"}},
			{Role: "finance", Holder: hr.Actor{ID: "f0"}, Period: hr.MustPeriod("2026-01-01..2026-06-30")},
		},
	}
	require.NoError(t, h.Routing.Validate())
	return h
}

func leaveOf(ids ...hr.EmployeeID) hr.ApprovalAsk {
	return hr.ApprovalAsk{Kind: "leave.request", Subjects: ids, Preparer: hr.Actor{ID: hr.ActorID(ids[0]), Employee: ids[0]}, On: day("2026-11-16"), At: noon}
}

// who writes the levels of a route as text: name, need of approvers, who stands in, who is asked when it is overdue.
func (h *house) who(t require.TestingT, ask hr.ApprovalAsk) string {
	levels, err := h.Route(h.ctx, ask)
	if err != nil {
		return strings.Join(faults(err), "; ")
	}
	_, err = hr.NewApproval(ask, levels...)
	require.NoError(t, err, "a route can be walked")
	var out []string
	for _, l := range levels {
		text := fmt.Sprintf("%s: %d of %v", l.Name, l.Need, l.Approvers)
		if l.With {
			text = "with " + text
		}
		for _, in := range l.StandIns {
			text += fmt.Sprintf(" (%s for %s)", in.By, in.For)
		}
		if len(l.Escalate) > 0 {
			text += fmt.Sprintf(" then %v", l.Escalate)
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

func TestRoutingByRules(t *testing.T) {
	spend := func(amount string) hr.ApprovalAsk {
		a := leaveOf("low")
		a.Kind, a.Amount = "spend", hr.MustMoney(amount, "INR")
		return a
	}
	longLeave := func(h *house) {
		h.Routing.Rules = append([]lifecycle.RouteRule{{
			Kinds: []string{"leave.request"}, Types: []string{"earned"}, MoreThan: decimal.NewFromInt(10),
			Levels: []lifecycle.RouteLevel{{Name: "hr", Ask: []lifecycle.Approver{{Kind: lifecycle.AskRole, Role: "hr"}}}},
		}}, h.Routing.Rules...)
	}
	long := func(days, leaveType string) hr.ApprovalAsk {
		a := leaveOf("low")
		a.Type, a.Quantity = leaveType, decimal.RequireFromString(days)
		return a
	}
	twoOf := func(people ...hr.Actor) func(*house) {
		both := lifecycle.RouteLevel{Name: "both", Need: 2}
		for _, p := range people {
			both.Ask = append(both.Ask, lifecycle.Approver{Kind: lifecycle.AskPerson, Person: p})
		}
		return func(h *house) { h.Routing.Rules[1].Levels = []lifecycle.RouteLevel{both} }
	}
	for _, c := range []struct {
		name string
		edit func(*house)
		ask  hr.ApprovalAsk
		want string
	}{
		{"the manager, and their manager when it is overdue", nil, leaveOf("low"), "manager: 1 of [mid] then [top]"},
		{"HR of the place, not of anywhere", func(h *house) {
			h.change(t, "low", lifecycle.TermsChange{From: day("2026-02-01"), Set: hr.Terms{Grade: "X"}})
		}, leaveOf("low"), "manager: 1 of [mid] then [top]; hr: 1 of [hr-login]"},
		{"HR of anywhere where the place has none", func(h *house) {
			h.change(t, "mid", lifecycle.TermsChange{From: day("2026-02-01"), Set: hr.Terms{Grade: "X"}})
		}, leaveOf("mid"), "manager: 1 of [top] then [head]; hr: 1 of [hr-anywhere]"},
		{"a lakh is not more than a lakh", nil, spend("100000.00"), "head: 1 of [head]"},
		{"more than a lakh, two at once, and a third level where nobody stands", nil, spend("100000.01"), "head: 1 of [head]; with finance: 1 of [login-cfo]"},
		{"another currency has no rule", nil, func() hr.ApprovalAsk {
			a := spend("1.00")
			a.Amount.Currency = "USD"
			return a
		}(), "rules lifecycle.route.nobody"},
		{"no rule for the kind", nil, hr.ApprovalAsk{Kind: "x", On: day("2026-11-01")}, "rules lifecycle.route.nobody"},
		{"two of the role on that day", nil, hr.ApprovalAsk{Kind: "payroll.run", Preparer: hr.Actor{ID: "f2"}, On: day("2026-11-01"), At: noon}, "finance: 2 of [f1 f3]"},
		{"a position to fill, by the head of its unit", nil, hr.ApprovalAsk{Kind: "spend", Unit: "Ops", Amount: hr.MustMoney("5.00", "INR"), On: day("2026-11-01")}, "head: 1 of [head]"},
		{"the manager is away and nobody stands in: the next above", func(h *house) {
			h.Absences = absent{"mid": {away("2026-10-31", hr.WholeDay)}}
		}, leaveOf("low"), "manager: 1 of [top]"},
		{"away for half of the day is not away", func(h *house) {
			h.Absences = absent{"mid": {away("2026-10-31", hr.FirstHalf)}}
		}, leaveOf("low"), "manager: 1 of [mid] then [top]"},
		{"two halves are a day", func(h *house) {
			h.Absences = absent{"mid": {away("2026-10-31", hr.FirstHalf), away("2026-10-31", hr.SecondHalf)}}
		}, leaveOf("low"), "manager: 1 of [top]"},
		{"the manager is away and somebody stands in", func(h *house) {
			h.Absences = absent{"mid": {away("2026-10-31", hr.WholeDay)}}
			h.lend(t, "mid", "del", "leave.*")
		}, leaveOf("low"), "manager: 1 of [mid] (del for mid) then [top]"},
		{"who stands in is away too", func(h *house) {
			h.Absences = absent{"mid": {away("2026-10-31", hr.WholeDay)}, "del": {away("2026-10-31", hr.WholeDay)}}
			h.lend(t, "mid", "del", "leave.*")
		}, leaveOf("low"), "manager: 1 of [top]"},
		{"a delegation of another kind", func(h *house) { h.lend(t, "mid", "del", "attendance.*") }, leaveOf("low"), "manager: 1 of [mid] then [top]"},
		{"never to the subject", func(h *house) { h.lend(t, "mid", "low") }, leaveOf("low"), "manager: 1 of [mid] then [top]"},
		{"nor to the preparer under another id", func(h *house) { h.lend(t, "mid", "del") }, func() hr.ApprovalAsk {
			a := leaveOf("low")
			a.Preparer = hr.Actor{ID: "second-login", Employee: "del"}
			return a
		}(), "manager: 1 of [mid] then [top]"},
		{"nor through who gains by it", func(h *house) { h.lend(t, "mid", "del") }, func() hr.ApprovalAsk {
			a := leaveOf("low")
			a.Beneficiaries = []hr.EmployeeID{"mid"}
			return a
		}(), "manager: 1 of [top]"},
		{"all the line is away: the head of the unit", func(h *house) {
			h.Absences = absent{"mid": {away("2026-10-31", hr.WholeDay)}, "top": {away("2026-10-31", hr.WholeDay)}}
		}, leaveOf("low"), "manager: 1 of [head]"},
		{"everybody is away: the fallback", func(h *house) {
			h.Absences = absent{"mid": {away("2026-10-31", hr.WholeDay)}, "top": {away("2026-10-31", hr.WholeDay)}, "head": {away("2026-10-31", hr.WholeDay)}}
		}, leaveOf("low"), "fallback: 1 of [hr-desk hr-head]"},
		{"to whom they answer beside the manager", func(h *house) {
			h.organise(t, since("2026-01-01", lifecycle.Part{Dotted: lifecycle.DottedLine{ID: "d1", Employee: "low", To: "cfo", For: "the project"}})...)
			h.Routing.Rules[1].Levels = []lifecycle.RouteLevel{{Name: "both", All: true, Ask: []lifecycle.Approver{{Kind: lifecycle.AskManager}, {Kind: lifecycle.AskDotted}}}}
		}, leaveOf("low"), "both: 2 of [cfo mid]"},
		{"all must be found where all must agree", func(h *house) {
			h.Routing.Rules[1].Levels = []lifecycle.RouteLevel{{Name: "both", All: true, Ask: []lifecycle.Approver{{Kind: lifecycle.AskManager}, {Kind: lifecycle.AskDotted}}}}
		}, leaveOf("low"), "fallback: 1 of [hr-desk hr-head]"},
		{"two logins of one person are one approver", twoOf(hr.Actor{ID: "login-cfo", Employee: "cfo"}, hr.Actor{ID: "cfo"}), leaveOf("low"), "fallback: 1 of [hr-desk hr-head]"},
		{"whichever comes first", twoOf(hr.Actor{ID: "cfo"}, hr.Actor{ID: "login-cfo", Employee: "cfo"}), leaveOf("low"), "fallback: 1 of [hr-desk hr-head]"},
		{"and two people are two", twoOf(hr.Actor{ID: "login-cfo", Employee: "cfo"}, hr.Actor{ID: "board"}), leaveOf("low"), "both: 2 of [board login-cfo]"},
		{"what goes with a level that is left out comes first", func(h *house) {
			h.Routing.Rules[1].Levels = []lifecycle.RouteLevel{
				{Name: "project", Optional: true, Ask: []lifecycle.Approver{{Kind: lifecycle.AskDotted}}}, {Name: "manager", With: true, Ask: []lifecycle.Approver{{Kind: lifecycle.AskManager}}},
			}
		}, leaveOf("low"), "manager: 1 of [mid]"},
		{"ten days are not more than ten", longLeave, long("10", "earned"), "manager: 1 of [mid] then [top]"},
		{"more than ten days need HR too", longLeave, long("10.5", "earned"), "hr: 1 of [hr-login]"},
		{"of another type they do not", longLeave, long("20", "sick"), "manager: 1 of [mid] then [top]"},
		{"the manager has left since", func(h *house) {
			require.NoError(t, h.Join(h.ctx, h.cmd(), "mid"))
			require.NoError(t, h.Exit(h.ctx, h.cmd(), "mid", day("2026-10-30"), "resigned"))
		}, leaveOf("low"), "manager: 1 of [head]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := company(t)
			if c.edit != nil {
				c.edit(h)
			}
			require.Equal(t, c.want, h.who(t, c.ask))
		})
	}
}

func (h *house) lend(t require.TestingT, from, to hr.EmployeeID, kinds ...string) {
	_, err := h.Delegate(h.ctx, h.cmd(), lifecycle.Delegation{From: from, To: to, Kinds: kinds}, hr.MustPeriod("2026-10-26..2026-11-06"))
	require.NoError(t, err)
}

// "Who approves this, and why not my manager?"
func TestWhoApprovesIsExplained(t *testing.T) {
	h := company(t)
	h.lend(t, "top", "del")
	h.Absences = absent{"mid": {away("2026-10-31", hr.WholeDay)}}
	why, err := h.ExplainRoute(h.ctx, view, leaveOf("low"))
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, why.Text(&b))
	require.Equal(t, `who approves leave.request
   = leave
   manager = 1 of top
      mid, manager of low, is not asked: they are away on 2026-10-31, and nobody stands in
      top is the next above
      del stands in for top, 2026-10-26..2026-11-06
`, b.String())
	denied := organised(func(hr.Ask) hr.Verdict { return hr.Verdict{} })
	_, err = denied.ExplainRoute(h.ctx, view, leaveOf("low"))
	require.ErrorIs(t, err, hr.ErrDenied)
}

// Who is asked, as whom, and who is asked where nobody is found: all of it is said.
func TestEveryAnswerOfARouteIsExplained(t *testing.T) {
	h := company(t)
	h.Routing.Roles = append(h.Routing.Roles, lifecycle.RoleHolder{Role: "audit", Holder: hr.Actor{ID: "a1"}, Period: hr.MustPeriod("2026-01-01..2026-06-30")})
	h.Routing.Rules = append(h.Routing.Rules, lifecycle.RouteRule{Kinds: []string{"audit"}, Levels: []lifecycle.RouteLevel{{Name: "audit", Ask: []lifecycle.Approver{{Kind: lifecycle.AskRole, Role: "audit"}}}}})
	said := func(ask hr.ApprovalAsk) (list []string) {
		why, err := h.ExplainRoute(h.ctx, view, ask)
		if err != nil {
			list = faults(err)
		}
		for _, part := range why.Parts {
			for _, x := range part.Parts {
				list = append(list, x.Name)
			}
		}
		return list
	}
	spend := leaveOf("low")
	spend.Kind, spend.Amount = "spend", hr.MustMoney("5.00", "INR")
	require.Equal(t, []string{"head is the head of the unit of low"}, said(spend))
	spend.Subjects, spend.Unit = nil, "Ops"
	require.Equal(t, []string{"head is the head of unit Ops"}, said(spend))
	pay := hr.ApprovalAsk{Kind: "payroll.run", On: day("2026-11-01"), At: noon}
	require.Equal(t, []string{"f1 is the holder of the role finance", "f2 is the holder of the role finance", "f3 is the holder of the role finance"}, said(pay))
	pay.Kind = "audit"
	require.Equal(t, []string{"nobody holds the role audit", "asked instead: hr-desk, hr-head"}, said(pay))
	h.Fallback = nil
	require.Equal(t, []string{"approvers lifecycle.route.nobody", "nobody holds the role audit"}, said(pay))
}

// Only a level that has a time has a calendar to count it by: that of the subject.
func TestALevelWithATimeHasACalendar(t *testing.T) {
	h := company(t)
	levels, err := h.Route(h.ctx, leaveOf("low"))
	require.NoError(t, err)
	require.Equal(t, "2 week", fmt.Sprint(levels[0].Within, " ", levels[0].Calendar))
	spend := leaveOf("low")
	spend.Kind, spend.Amount = "spend", hr.MustMoney("5.00", "INR")
	levels, err = h.Route(h.ctx, spend)
	require.NoError(t, err)
	require.Equal(t, "0 ", fmt.Sprint(levels[0].Within, " ", levels[0].Calendar))
}

func TestABandIsOfOneCurrency(t *testing.T) {
	for upTo, want := range map[hr.Money]int{hr.MustMoney("5.01", "INR"): 0, hr.MustMoney("5.00", "INR"): 1, hr.MustMoney("5.01", "USD"): 1} {
		err := lifecycle.Routing{Rules: []lifecycle.RouteRule{{
			Above: hr.MustMoney("5.00", "INR"), UpTo: upTo, Levels: []lifecycle.RouteLevel{{Name: "manager", Ask: []lifecycle.Approver{{Kind: lifecycle.AskManager}}}},
		}}}.Validate()
		require.Len(t, hr.FieldErrors(err), want, upTo)
	}
}

func TestARoutingIsRefusedWithAllItsFaults(t *testing.T) {
	err := lifecycle.Routing{
		Rules: []lifecycle.RouteRule{
			{},
			{Above: hr.MustMoney("5.00", "INR"), UpTo: hr.MustMoney("5.00", "INR"), Levels: []lifecycle.RouteLevel{
				{Ask: []lifecycle.Approver{{}, {Kind: lifecycle.AskRole}, {Kind: lifecycle.AskRole, Role: "nobody"}, {Kind: lifecycle.AskManager, Up: -1}, {Kind: lifecycle.AskEmployee}}, Need: -1},
				{Name: "x", Escalate: []lifecycle.Approver{{Kind: lifecycle.AskPerson}}},
			}},
		},
		Roles: []lifecycle.RoleHolder{{Role: "r"}},
	}.Validate()
	var paths []string
	for _, f := range hr.FieldErrors(err) {
		require.Equal(t, lifecycle.RuleRouting, f.Rule)
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{
		"rules[0].levels", "rules[1].up_to", "rules[1].levels[0].name", "rules[1].levels[0]",
		"rules[1].levels[0].ask[0]", "rules[1].levels[0].ask[1]", "rules[1].levels[0].ask[2].role", "rules[1].levels[0].ask[3].up", "rules[1].levels[0].ask[4]",
		"rules[1].levels[1].ask", "rules[1].levels[1].escalate", "rules[1].levels[1].escalate[0]", "roles[0]",
	}, paths)
}

// Under random charts, heads, rules, delegations, absences and actors, also escalated: nobody who prepared the case, is a subject of it or
// gains by it ever decides, in whatever place and under whatever id; and every route that is found can be walked.
func TestNobodyDecidesOnTheirOwnCase(t *testing.T) {
	people := []hr.EmployeeID{"a", "b", "c", "d", "e", "f"}
	person := rapid.SampledFrom(people)
	on := day("2026-11-02")
	rapid.Check(t, func(t *rapid.T) {
		f := lifecycle.RouteFacts{Terms: map[hr.EmployeeID]hr.Timeline[hr.Terms]{}, Delegations: map[hr.EmployeeID][]hr.Entry[lifecycle.Delegation]{}, Away: map[hr.EmployeeID]bool{}, Asked: on}
		for i, id := range people {
			terms := hr.Terms{Department: "u"}
			if i > 0 { // a tree: everybody's manager comes before them
				terms.Manager = rapid.SampledFrom(people[:i]).Draw(t, "manager")
			}
			if rapid.IntRange(0, 9).Draw(t, "employed") > 0 {
				f.Terms[id] = hr.Since(day("2026-01-01"), terms)
			}
			f.Away[id] = rapid.IntRange(0, 3).Draw(t, "away") == 0
			for range rapid.IntRange(0, 2).Draw(t, "delegations") {
				d := lifecycle.Delegation{From: id, To: person.Draw(t, "to")}
				f.Delegations[id] = append(f.Delegations[id], hr.Entry[lifecycle.Delegation]{Period: hr.MustPeriod("2026-11-01..2026-11-30"), Value: d})
			}
		}
		var err error
		f.Organisation, err = lifecycle.NewOrganisation([]hr.Entry[lifecycle.Part]{{ID: "1", Seq: 1, Period: hr.MustPeriod("2026-01-01.."), Value: unit("u", "", person.Draw(t, "head"))}}, 0)
		require.NoError(t, err)
		// Everybody has a second login; the programs belong to nobody.
		logins := []hr.Actor{{ID: "robot"}, {ID: "desk"}}
		owner := map[hr.ActorID]hr.EmployeeID{}
		for _, id := range people {
			logins = append(logins, hr.Actor{ID: hr.ActorID(id), Employee: id}, hr.Actor{ID: "login-" + hr.ActorID(id), Employee: id})
			owner[hr.ActorID(id)], owner["login-"+hr.ActorID(id)] = id, id
		}
		login := rapid.SampledFrom(logins)
		f.Fallback = []hr.ActorID{"desk", hr.ActorID(person.Draw(t, "fallback"))}
		approver := rapid.Custom(func(t *rapid.T) lifecycle.Approver {
			return lifecycle.Approver{
				Kind: rapid.SampledFrom([]lifecycle.ApproverKind{lifecycle.AskManager, lifecycle.AskHead, lifecycle.AskRole, lifecycle.AskPerson}).Draw(t, "kind"),
				Up:   rapid.IntRange(0, 2).Draw(t, "up"), Role: "r", Person: login.Draw(t, "person"),
			}
		})
		level := rapid.Custom(func(t *rapid.T) lifecycle.RouteLevel {
			return lifecycle.RouteLevel{
				Name: "l", Ask: rapid.SliceOfN(approver, 1, 3).Draw(t, "ask"), Need: rapid.IntRange(0, 2).Draw(t, "need"), All: rapid.Bool().Draw(t, "all"),
				With: rapid.Bool().Draw(t, "with"), Climb: rapid.Bool().Draw(t, "climb"), Optional: rapid.Bool().Draw(t, "optional"),
				Within: 1, Escalate: rapid.SliceOfN(approver, 0, 2).Draw(t, "escalate"),
			}
		})
		r := lifecycle.Routing{
			Rules: []lifecycle.RouteRule{{Levels: rapid.SliceOfN(level, 1, 3).Draw(t, "levels")}},
			Roles: []lifecycle.RoleHolder{{Role: "r", Holder: login.Draw(t, "holder")}, {Role: "r", Holder: login.Draw(t, "holder")}},
		}
		ask := hr.ApprovalAsk{
			Kind: "k", Subjects: rapid.SliceOfN(person, 0, 2).Draw(t, "subjects"), Beneficiaries: rapid.SliceOfN(person, 0, 1).Draw(t, "gain"),
			Preparer: login.Draw(t, "preparer"), On: on, At: noon,
		}
		levels, _, err := r.Route(ask, f)
		if err != nil {
			require.Equal(t, lifecycle.RuleRouteNobody, hr.FieldErrors(err)[0].Rule)
			return
		}
		a, err := hr.NewApproval(ask, levels...)
		require.NoError(t, err, "a route that is found can be walked")
		barred := func(id hr.ActorID) bool {
			who, person := owner[id]
			return id == ask.Preparer.ID || person && (who == ask.Preparer.Employee || slices.Contains(ask.Subjects, who) || slices.Contains(ask.Beneficiaries, who))
		}
		for range 40 {
			if i := rapid.IntRange(0, len(levels)-1).Draw(t, "level"); rapid.IntRange(0, 3).Draw(t, "escalate") == 0 {
				a, _ = a.Escalate(i, noon)
			}
			a, _ = a.Decide(login.Draw(t, "by"), true, "", noon.AddDate(0, 0, 2))
		}
		for _, d := range a.Decisions {
			require.False(t, barred(d.By), "%s decided", d.By)
			require.False(t, d.For != "" && barred(d.For), "%s decided for %s", d.By, d.For)
		}
	})
}

// The working days of the calendar are Monday to Friday. Asked on Saturday 31 October, two working days are over on Tuesday the 3rd.
func TestDueApprovals(t *testing.T) {
	h := company(t)
	week := map[string]hr.Calendar{"week": hr.MustCalendar(hr.CalendarRules{Name: "week", Span: hr.MustPeriod("2026-01-01..2026-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}})}
	open := func(ask hr.ApprovalAsk) hr.Approval {
		levels, err := h.Route(h.ctx, ask)
		require.NoError(t, err)
		a, err := hr.NewApproval(ask, levels...)
		require.NoError(t, err)
		return a
	}
	list := []lifecycle.OpenApproval{{Case: hr.Ref{Kind: "leave", ID: "L1"}, Approval: open(leaveOf("low"))}}
	at := func(on string) (out []string) {
		actions, err := lifecycle.DueApprovals(list, day(on), 1, time.UTC, week)
		require.NoError(t, err)
		for _, a := range actions {
			out = append(out, fmt.Sprint(a.Case.ID, " ", a.Do, " ", a.Name, " ", a.To, " ", a.Due))
		}
		return out
	}
	require.Empty(t, at("2026-11-01"))
	require.Equal(t, []string{"L1 remind manager [mid] 2026-11-03"}, at("2026-11-02"))
	require.Equal(t, []string{"L1 remind manager [mid] 2026-11-03"}, at("2026-11-03"), "the day itself is still in time")
	require.Equal(t, []string{"L1 escalate manager [top] 2026-11-03"}, at("2026-11-04"))
	var err error
	list[0].Approval, err = list[0].Approval.Escalate(0, noon.AddDate(0, 0, 4))
	require.NoError(t, err)
	require.Equal(t, []string{"L1 remind manager [mid top] 2026-11-03"}, at("2026-11-04"))
	list[0].Approval, err = list[0].Approval.Decide(hr.Actor{ID: "top", Employee: "top"}, true, "", noon.AddDate(0, 0, 4))
	require.NoError(t, err)
	require.Empty(t, at("2026-11-05"), "it is approved")

	list[0].Approval = open(leaveOf("mid")) // whose terms name no calendar
	_, err = lifecycle.DueApprovals(list, day("2026-11-04"), 1, time.UTC, week)
	require.Equal(t, []string{"calendars lifecycle.route.calendar"}, faults(err))
}

// The routing decides a leave request in the value itself: nothing else is needed to try a policy.
func ExampleRouting_Route() {
	routing := lifecycle.Routing{Rules: []lifecycle.RouteRule{{
		Name: "leave", Kinds: []string{"leave.*"},
		Levels: []lifecycle.RouteLevel{{Name: "manager", Ask: []lifecycle.Approver{{Kind: lifecycle.AskManager}}, Climb: true}},
	}}}
	joined := hr.MustDate("2026-01-01")
	facts := lifecycle.RouteFacts{
		Terms: map[hr.EmployeeID]hr.Timeline[hr.Terms]{
			"asha": hr.Since(joined, hr.Terms{Manager: "ravi"}), "ravi": hr.Since(joined, hr.Terms{Manager: "meera"}), "meera": hr.Since(joined, hr.Terms{}),
		},
		Asked: hr.MustDate("2026-11-02"),
	}
	ask := hr.ApprovalAsk{Kind: "leave.request", Subjects: []hr.EmployeeID{"asha"}, Preparer: hr.Actor{ID: "desk", Employee: "ravi"}, On: hr.MustDate("2026-11-16")}
	levels, why, _ := routing.Route(ask, facts)
	fmt.Println(levels[0].Approvers)
	for _, said := range why.Parts[0].Parts {
		fmt.Println(said.Name)
	}
	// Output:
	// [meera]
	// ravi, manager of asha, is not asked: they prepared it
	// meera is the next above
}
