package hr_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

var (
	preparer = hr.Actor{ID: "paul", Employee: "E1"}
	leaveAsk = hr.ApprovalAsk{Kind: "leave.request", Preparer: preparer, Subjects: []hr.EmployeeID{"E1", "E2"}}
	route    = []hr.ApprovalLevel{{Name: "manager", Approvers: []hr.ActorID{"mia", "max"}}, {Name: "hr", Approvers: []hr.ActorID{"hans", "hedy", "hugo"}, Need: 2}}
)

func actor(id hr.ActorID) hr.Actor { return hr.Actor{ID: id, Employee: hr.EmployeeID("E-" + id)} }

func TestApprovalGoesLevelByLevel(t *testing.T) {
	a, err := hr.NewApproval(leaveAsk, route...)
	require.NoError(t, err)
	step := func(by hr.Actor, agree bool) error {
		next, err := a.Decide(by, agree, "", noon)
		if err != nil {
			require.Equal(t, a, next, "a refused decision changes nothing")
		}
		a = next
		return err
	}
	rule := func(err error) hr.Rule { return hr.FieldErrors(err)[0].Rule }
	require.Equal(t, hr.RuleApprovalActor, rule(step(actor("hans"), true)), "the second level is not asked yet")
	require.NoError(t, step(actor("mia"), true))
	require.Equal(t, 1, a.Level())
	require.Equal(t, hr.RuleApprovalActor, rule(step(actor("max"), true)), "the first level is done")
	require.NoError(t, step(actor("hans"), true))
	require.Equal(t, hr.ApprovalPending, a.State(), "one of the two that are needed")
	require.Equal(t, hr.RuleApprovalActor, rule(step(actor("hans"), true)), "nobody counts twice")
	require.NoError(t, step(actor("hedy"), true))
	require.Equal(t, hr.ApprovalGiven, a.State())
	require.Equal(t, hr.RuleApprovalDone, rule(step(actor("hugo"), true)))
	require.Equal(t, hr.ApprovalDecision{By: "hedy", Employee: "E-hedy", Level: 1, Agree: true, At: noon}, a.Decisions[2])

	a, err = hr.NewApproval(leaveAsk, route...)
	require.NoError(t, err)
	require.NoError(t, step(actor("max"), false))
	require.Equal(t, hr.ApprovalRefused, a.State(), "one refusal ends it")
	require.Equal(t, hr.RuleApprovalDone, rule(step(actor("mia"), true)))
}

func TestARouteMustBeWalkable(t *testing.T) {
	for name, c := range map[string]struct {
		rule   hr.Rule
		levels []hr.ApprovalLevel
	}{
		"no levels":              {hr.RuleApprovalRoute, nil},
		"nobody":                 {hr.RuleApprovalRoute, []hr.ApprovalLevel{{Name: "manager"}}},
		"too few":                {hr.RuleApprovalRoute, []hr.ApprovalLevel{{Approvers: []hr.ActorID{"mia"}, Need: 2}}},
		"one person named twice": {hr.RuleApprovalRoute, []hr.ApprovalLevel{{Approvers: []hr.ActorID{"mia", "mia"}, Need: 2}}},
		"the preparer alone":     {hr.RuleApprovalConflict, []hr.ApprovalLevel{{Approvers: []hr.ActorID{"paul"}}}},
		"the preparer as one":    {hr.RuleApprovalConflict, []hr.ApprovalLevel{{Approvers: []hr.ActorID{"paul", "mia"}, Need: 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := hr.NewApproval(leaveAsk, c.levels...)
			require.Equal(t, c.rule, hr.FieldErrors(err)[0].Rule, err)
		})
	}
	_, err := hr.NewApproval(leaveAsk, hr.ApprovalLevel{}, hr.ApprovalLevel{Approvers: []hr.ActorID{"paul"}})
	require.Equal(t, []string{"levels[0].approvers", "levels[1].approvers"}, paths(err))
	var none hr.Approval
	require.Equal(t, hr.ApprovalPending, none.State())
	_, err = none.Decide(actor("mia"), true, "", noon)
	require.Equal(t, hr.RuleApprovalDone, hr.FieldErrors(err)[0].Rule)
}

// Whatever is tried in whatever order, in one's own place or another's, under a second id, escalated or asked again: nobody who prepared the
// case or gains from it is ever among those who decided, nobody decides twice on a level, no seat is counted twice, and it is approved
// only with every level's need met.
func TestPreparerAndSubjectNeverApprove(t *testing.T) {
	people := []hr.Actor{
		preparer,
		{ID: "paul-2", Employee: "E1"},
		{ID: "E1"},
		{ID: "sue", Employee: "E2"},
		{ID: "E3"},
		{ID: "gil", Employee: "E3"},
		actor("a"),
		{ID: "a-2", Employee: "E-a"},
		actor("b"), actor("c"),
		{ID: "robot"},
	}
	var ids []hr.ActorID
	persons := map[hr.ActorID]hr.EmployeeID{} // whose id it is
	for _, p := range people {
		ids = append(ids, p.ID)
		if persons[p.ID] = p.Employee; p.Employee == "" {
			persons[p.ID] = hr.EmployeeID(p.ID)
		}
	}
	leaveAsk := leaveAsk
	leaveAsk.Beneficiaries = []hr.EmployeeID{"E3"}
	rapid.Check(t, func(t *rapid.T) {
		if leaveAsk.Subjects = []hr.EmployeeID{"E1", "E2"}; rapid.Bool().Draw(t, "prepared for another") {
			leaveAsk.Subjects = []hr.EmployeeID{"E2"} // the preparer is barred for that alone
		}
		levels := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) hr.ApprovalLevel {
			standIn := rapid.Custom(func(t *rapid.T) hr.ApprovalStandIn {
				p := rapid.SampledFrom(people).Draw(t, "for")
				return hr.ApprovalStandIn{By: rapid.SampledFrom(ids).Draw(t, "by"), For: p.ID, ForEmployee: p.Employee}
			})
			return hr.ApprovalLevel{
				Approvers: rapid.SliceOf(rapid.SampledFrom(ids)).Draw(t, "approvers"), Need: rapid.IntRange(0, 3).Draw(t, "need"),
				StandIns: rapid.SliceOf(standIn).Draw(t, "stand-ins"), With: rapid.Bool().Draw(t, "with"),
				Escalate: rapid.SliceOf(rapid.SampledFrom(ids)).Draw(t, "escalate"),
			}
		}), 1, 3).Draw(t, "levels")
		a, err := hr.NewApproval(leaveAsk, levels...)
		if err != nil {
			return
		}
		for _, by := range rapid.SliceOfN(rapid.SampledFrom(people), 0, 30).Draw(t, "tries") {
			a, _ = a.Decide(by, rapid.IntRange(0, 9).Draw(t, "agree") > 0, "", noon)
			if rapid.IntRange(0, 4).Draw(t, "escalate") == 0 {
				a, _ = a.Escalate(rapid.IntRange(0, len(levels)-1).Draw(t, "which"), noon)
			}
			if rapid.IntRange(0, 4).Draw(t, "reroute") == 0 {
				a, _ = a.Rerouted(levels...)
			}
		}
		agreed := make([]map[hr.ActorID]bool, len(levels)) // by seat
		decided := make([]map[hr.EmployeeID]bool, len(levels))
		refused := false
		for _, d := range a.Decisions {
			seat := d.By
			if d.For != "" {
				require.True(t, slices.ContainsFunc(levels[d.Level].StandIns, func(s hr.ApprovalStandIn) bool { return s.By == d.By && s.For == d.For }))
				seat = d.For
			}
			for _, id := range []hr.ActorID{seat, d.By} {
				require.NotContains(t, []hr.EmployeeID{"E1", "E2", "E3", "paul"}, persons[id])
			}
			if !slices.Contains(levels[d.Level].Approvers, seat) {
				require.True(t, a.Escalated(d.Level))
				require.Contains(t, levels[d.Level].Escalate, seat)
			}
			if agreed[d.Level] == nil {
				agreed[d.Level], decided[d.Level] = map[hr.ActorID]bool{}, map[hr.EmployeeID]bool{}
			}
			require.NotContains(t, agreed[d.Level], seat)
			require.NotContains(t, decided[d.Level], persons[d.By])
			agreed[d.Level][seat], decided[d.Level][persons[d.By]] = d.Agree, true
			refused = refused || !d.Agree
		}
		all := true
		for i, l := range levels {
			all = all && len(agreed[i]) >= max(1, l.Need)
		}
		switch a.State() {
		case hr.ApprovalGiven:
			require.True(t, all && !refused)
		case hr.ApprovalRefused:
			require.True(t, refused)
		default:
			require.True(t, !all && !refused)
		}
	})
}

// Two levels may be asked together; the third waits for both.
func TestLevelsAskedTogether(t *testing.T) {
	a, err := hr.NewApproval(leaveAsk,
		hr.ApprovalLevel{Name: "finance", Approvers: []hr.ActorID{"f"}}, hr.ApprovalLevel{Name: "hr", Approvers: []hr.ActorID{"h"}, With: true},
		hr.ApprovalLevel{Name: "head", Approvers: []hr.ActorID{"x"}})
	require.NoError(t, err)
	require.Equal(t, []int{0, 1}, a.Open())
	_, err = a.Decide(actor("x"), true, "", noon)
	require.Equal(t, hr.RuleApprovalActor, hr.FieldErrors(err)[0].Rule)
	a, err = a.Decide(actor("h"), true, "", noon)
	require.NoError(t, err)
	require.Equal(t, []int{0}, a.Open())
	require.Zero(t, a.Opened(2), "it has not come")
	a, err = a.Decide(actor("f"), true, "", noon.Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, []int{2}, a.Open())
	require.Equal(t, noon.Add(time.Hour), a.Opened(2))
	a, err = a.Decide(actor("x"), true, "", noon.Add(2*time.Hour))
	require.NoError(t, err)
	require.Equal(t, hr.ApprovalGiven, a.State())
	require.Empty(t, a.Open())
	require.Equal(t, noon.Add(time.Hour), a.Opened(2), "its own decision does not move when it was asked")
}

// What is asked together is asked at one time: that of the first of it. The first level of a route has none before it, whatever With says.
func TestLevelsAskedTogetherWereAskedAtOneTime(t *testing.T) {
	ask := leaveAsk
	ask.At = noon
	a, err := hr.NewApproval(ask,
		hr.ApprovalLevel{Name: "finance", Approvers: []hr.ActorID{"f"}, With: true}, hr.ApprovalLevel{Name: "hr", Approvers: []hr.ActorID{"h"}, With: true},
		hr.ApprovalLevel{Name: "head", Approvers: []hr.ActorID{"x"}}, hr.ApprovalLevel{Name: "board", Approvers: []hr.ActorID{"y"}, With: true})
	require.NoError(t, err)
	require.Equal(t, []time.Time{noon, noon, {}, {}}, []time.Time{a.Opened(0), a.Opened(1), a.Opened(2), a.Opened(3)})
	for i, by := range []hr.ActorID{"h", "f"} {
		a, err = a.Decide(actor(by), true, "", noon.Add(time.Duration(i+1)*time.Hour))
		require.NoError(t, err)
	}
	later := noon.Add(2 * time.Hour) // when the last of the first two agreed
	require.Equal(t, []time.Time{noon, noon, later, later}, []time.Time{a.Opened(0), a.Opened(1), a.Opened(2), a.Opened(3)})
}

// Somebody is one person under every id, and nobody is everybody who has no employee id.
func TestOnePersonUnderTwoIDs(t *testing.T) {
	ask := hr.ApprovalAsk{Preparer: preparer, Subjects: []hr.EmployeeID{"E2"}} // prepared for another
	for _, c := range []struct {
		by   hr.Actor
		bars bool
	}{
		{hr.Actor{ID: "paul"}, true},
		{hr.Actor{ID: "paul-2", Employee: "E1"}, true},
		{hr.Actor{ID: "E1"}, true}, // the login of employee E1
		{hr.Actor{ID: "x", Employee: "paul"}, true},
		{hr.Actor{ID: "mia", Employee: "E-mia"}, false},
		{hr.Actor{ID: "robot"}, false},
		{hr.Actor{ID: "paul-2", Employee: "E10"}, false},
	} {
		require.Equal(t, c.bars, ask.Bars(c.by), "%+v", c.by)
	}
	ask.Preparer = hr.Actor{ID: "importer"}
	require.False(t, ask.Bars(hr.Actor{ID: "robot"}), "two that are no employees are not one")

	two := hr.ApprovalLevel{Name: "hr", Approvers: []hr.ActorID{"mia", "E-mia", "mia-2", "robot"}, Need: 2}
	for _, c := range [][2]hr.Actor{
		{{ID: "mia", Employee: "E-mia"}, {ID: "E-mia"}},
		{{ID: "E-mia"}, {ID: "mia", Employee: "E-mia"}},
		{{ID: "mia-2", Employee: "E-mia"}, {ID: "mia", Employee: "E-mia"}},
	} {
		first, again := c[0], c[1]
		a, err := hr.NewApproval(leaveAsk, two)
		require.NoError(t, err)
		a, err = a.Decide(first, true, "", noon)
		require.NoError(t, err)
		_, err = a.Decide(again, true, "", noon)
		require.Equal(t, hr.RuleApprovalActor, hr.FieldErrors(err)[0].Rule, "%s, then %s", first.ID, again.ID)
		a, err = a.Decide(hr.Actor{ID: "robot"}, true, "", noon)
		require.NoError(t, err)
		require.Equal(t, hr.ApprovalGiven, a.State())
	}
}

// Mia has lent her place to Dan for a week. What he says is on record as said for her, and only one of them is heard.
func TestAStandInDecidesForTheApprover(t *testing.T) {
	level := hr.ApprovalLevel{Name: "manager", Approvers: []hr.ActorID{"mia", "max"}, Need: 2, StandIns: []hr.ApprovalStandIn{
		{By: "dan", For: "mia", Period: hr.MustPeriod("2026-10-31..2026-11-06")}, {By: "dan", For: "paul"},
	}}
	a, err := hr.NewApproval(leaveAsk, level)
	require.NoError(t, err)
	refused := func(a hr.Approval, by hr.Actor, at time.Time, want hr.Rule) {
		t.Helper()
		_, err := a.Decide(by, true, "", at)
		require.Equal(t, want, hr.FieldErrors(err)[0].Rule, err)
	}
	refused(a, actor("dan"), noon.AddDate(0, 0, 7), hr.RuleApprovalActor) // on 7 November the week is over
	refused(a, hr.Actor{ID: "dan", Employee: "E2"}, noon, hr.RuleApprovalConflict)
	a, err = a.Decide(actor("dan"), true, "", noon)
	require.NoError(t, err)
	require.Equal(t, hr.ApprovalDecision{By: "dan", Employee: "E-dan", For: "mia", Agree: true, At: noon}, a.Decisions[0])
	require.Equal(t, hr.ApprovalPending, a.State())
	refused(a, actor("mia"), noon, hr.RuleApprovalActor)                           // her place is taken
	refused(a, hr.Actor{ID: "max", Employee: "E-dan"}, noon, hr.RuleApprovalActor) // Dan again, under another id

	level.Approvers, level.Need = []hr.ActorID{"paul", "max"}, 0
	a, err = hr.NewApproval(leaveAsk, level)
	require.NoError(t, err)
	refused(a, actor("dan"), noon, hr.RuleApprovalActor) // nobody stands in for the preparer
}

// Two working days from Saturday 31 October 2026, with Saturday and Sunday off, are over on Tuesday 3 November.
func TestALevelFallsDueAndIsEscalated(t *testing.T) {
	week := hr.MustCalendar(hr.CalendarRules{Name: "week", Span: hr.MustPeriod("2026-01-01..2026-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}})
	ask := leaveAsk
	ask.At = noon
	a, err := hr.NewApproval(ask,
		hr.ApprovalLevel{Name: "manager", Approvers: []hr.ActorID{"mia"}, Within: 2, Escalate: []hr.ActorID{"paul", "E2", "top"}},
		hr.ApprovalLevel{Name: "hr", Approvers: []hr.ActorID{"hans"}, Within: 1},
		hr.ApprovalLevel{Name: "file", Approvers: []hr.ActorID{"flo"}, With: true})
	require.NoError(t, err)
	due := func(level int) string {
		d, err := a.Due(level, week, time.UTC)
		require.NoError(t, err)
		return d.String()
	}
	require.Equal(t, "2026-11-03", due(0))
	require.Equal(t, hr.Date{}.String(), due(1), "it is not asked yet")
	_, err = a.Escalate(1, noon)
	require.Equal(t, hr.RuleApprovalDone, hr.FieldErrors(err)[0].Rule)
	a, err = a.Escalate(0, noon.AddDate(0, 0, 4))
	require.NoError(t, err)
	require.Equal(t, []hr.ApprovalEscalation{{To: []hr.ActorID{"top"}, At: noon.AddDate(0, 0, 4)}}, a.Escalations, "neither the preparer nor a subject is asked")
	_, err = a.Escalate(0, noon)
	require.Equal(t, hr.RuleApprovalEscalation, hr.FieldErrors(err)[0].Rule)
	a, err = a.Decide(actor("top"), true, "", noon.AddDate(0, 0, 5)) // Thursday
	require.NoError(t, err)
	require.Equal(t, "2026-11-06", due(1), "the working day after the one on which it was asked")
	require.Equal(t, noon.AddDate(0, 0, 5), a.Opened(2))
	require.Equal(t, hr.Date{}.String(), due(2), "without a limit it is never due")
}

// Asked again, a route adds who approves by now; what has agreed stays, and another route is refused.
func TestRerouted(t *testing.T) {
	a, err := hr.NewApproval(leaveAsk, route...)
	require.NoError(t, err)
	a, err = a.Decide(actor("mia"), true, "", noon)
	require.NoError(t, err)
	now, err := a.Rerouted(hr.ApprovalLevel{Name: "manager", Approvers: []hr.ActorID{"new"}}, hr.ApprovalLevel{
		Name: "hr", Approvers: []hr.ActorID{"hans", "new"}, StandIns: []hr.ApprovalStandIn{{By: "dan", For: "hedy"}},
	})
	require.NoError(t, err)
	require.Equal(t, a.Levels[0], now.Levels[0])
	require.Equal(t, []hr.ActorID{"hans", "hedy", "hugo", "new"}, now.Levels[1].Approvers)
	require.Equal(t, 2, now.Levels[1].Need)
	require.Len(t, a.Levels[1].Approvers, 3, "the one it came from stays")
	_, err = now.Decide(actor("dan"), true, "", noon)
	require.NoError(t, err)
	_, err = a.Rerouted(route[0])
	require.Equal(t, hr.RuleApprovalRoute, hr.FieldErrors(err)[0].Rule)
}

// An approval stored before there were stand-ins and escalation reads as it did.
func TestAnEarlierStoredApprovalStillReads(t *testing.T) {
	const stored = `{"levels":[{"name":"manager","approvers":["mia"]}],"preparer":"paul","subjects":["E1"],"decisions":[{"by":"mia","level":0,"agree":true,"at":"2026-10-31T12:00:00Z"}]}`
	var a hr.Approval
	require.NoError(t, json.Unmarshal([]byte(stored), &a))
	require.Equal(t, hr.ApprovalGiven, a.State())
	again, err := json.Marshal(a)
	require.NoError(t, err)
	require.JSONEq(t, stored, string(again))
}

func TestADecisionLeavesTheApprovalItCameFromAlone(t *testing.T) {
	a, err := hr.NewApproval(leaveAsk, route...)
	require.NoError(t, err)
	one, err := a.Decide(actor("mia"), true, "", noon)
	require.NoError(t, err)
	two, err := a.Decide(actor("max"), false, "", noon)
	require.NoError(t, err)
	require.Empty(t, a.Decisions)
	require.Equal(t, hr.ActorID("mia"), one.Decisions[0].By)
	require.Equal(t, hr.ActorID("max"), two.Decisions[0].By)
}

func TestPolicies(t *testing.T) {
	var none hr.Policy
	require.False(t, none.Decide(hr.Ask{}).Allow)
	require.NotEmpty(t, none.Decide(hr.Ask{}).Reason)
	require.False(t, hr.Verdict{}.Allow, "the zero Verdict denies")
	require.True(t, hr.Policy(hr.AllowAll).Decide(hr.Ask{}).Allow)
	ask := hr.Ask{Subjects: []hr.EmployeeID{"E1", "E2"}, Relations: []hr.Relation{{Kind: hr.RelationManager, To: "E1"}, {Kind: hr.RelationSelf, To: "E2"}}}
	require.False(t, ask.Stands(hr.RelationManager), "of one and not of the other")
	ask.Relations = append(ask.Relations, hr.Relation{Kind: hr.RelationManager, To: "E2"})
	require.True(t, ask.Stands(hr.RelationManager))
	require.False(t, ask.Stands(hr.RelationSelf))
	require.False(t, hr.Ask{Relations: ask.Relations}.Stands(hr.RelationManager), "of nobody is no relation")
}

func ExampleApproval() {
	ask := hr.ApprovalAsk{Kind: "leave.request", Preparer: hr.Actor{ID: "asha", Employee: "E7"}, Subjects: []hr.EmployeeID{"E7"}}
	a, _ := hr.NewApproval(ask, hr.ApprovalLevel{Name: "manager", Approvers: []hr.ActorID{"asha", "ravi"}})
	_, err := a.Decide(hr.Actor{ID: "asha", Employee: "E7"}, true, "", noon)
	fmt.Println(err)
	a, _ = a.Decide(hr.Actor{ID: "ravi", Employee: "E2"}, true, "covered", noon)
	fmt.Println(a.State())
	// Output:
	// approval.by: who prepared a case may not decide on it [hr.approval.conflict]
	// approved
}

// A policy is a function of the question alone, so it is tested with a table like any other.
func ExamplePolicy() {
	policy := hr.Policy(func(a hr.Ask) hr.Verdict {
		switch {
		case a.Verb == "payroll.Payslip" && a.Stands(hr.RelationSelf):
			return hr.Verdict{Allow: true, Reason: "one's own payslip"}
		case a.Verb == "leave.Approve" && a.Stands(hr.RelationManager):
			return hr.Verdict{Allow: true, Reason: "the manager"}
		}
		return hr.Verdict{Reason: "not for this role"}
	})
	self := []hr.Relation{{Kind: hr.RelationSelf, To: "E7"}}
	fmt.Println(policy.Decide(hr.Ask{Verb: "payroll.Payslip", Subjects: []hr.EmployeeID{"E7"}, Relations: self}).Reason)
	fmt.Println(policy.Decide(hr.Ask{Verb: "leave.Approve", Subjects: []hr.EmployeeID{"E7"}, Relations: self}).Reason)
	// Output:
	// one's own payslip
	// not for this role
}
