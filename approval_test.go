package hr_test

import (
	"fmt"
	"testing"

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
	require.Equal(t, hr.ApprovalDecision{By: "hedy", Level: 1, Agree: true, At: noon}, a.Decisions[2])

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

// Whatever is tried in whatever order: nobody who prepared the case or gains from it is ever among those who decided, nobody
// decides twice on a level, and it is approved only with every level's need met.
func TestPreparerAndSubjectNeverApprove(t *testing.T) {
	people := []hr.Actor{preparer, {ID: "sue", Employee: "E2"}, actor("a"), actor("b"), actor("c"), {ID: "robot"}}
	ids := []hr.ActorID{"paul", "sue", "a", "b", "c", "robot"}
	rapid.Check(t, func(t *rapid.T) {
		levels := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) hr.ApprovalLevel {
			return hr.ApprovalLevel{Approvers: rapid.SliceOf(rapid.SampledFrom(ids)).Draw(t, "approvers"), Need: rapid.IntRange(0, 3).Draw(t, "need")}
		}), 1, 3).Draw(t, "levels")
		a, err := hr.NewApproval(leaveAsk, levels...)
		if err != nil {
			return
		}
		for _, by := range rapid.SliceOfN(rapid.SampledFrom(people), 0, 30).Draw(t, "tries") {
			a, _ = a.Decide(by, rapid.IntRange(0, 9).Draw(t, "agree") > 0, "", noon)
		}
		agreed := make([]map[hr.ActorID]bool, len(levels))
		refused := false
		for _, d := range a.Decisions {
			require.NotContains(t, []hr.ActorID{"paul", "sue"}, d.By)
			require.Contains(t, levels[d.Level].Approvers, d.By)
			if agreed[d.Level] == nil {
				agreed[d.Level] = map[hr.ActorID]bool{}
			}
			require.NotContains(t, agreed[d.Level], d.By)
			agreed[d.Level][d.By] = d.Agree
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
