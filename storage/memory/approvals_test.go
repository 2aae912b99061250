package memory_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
)

// managed is a company in which E2 manages E1 and E3 manages E2. Absences of leave reach the routing of lifecycle: a host builds both, and then
// gives leave, and the others, the lifecycle that knows of leave.
func managed(t *testing.T) *company {
	t.Helper()
	c, ctx := newCompany(t), t.Context()
	_, err := c.people.Hire(ctx, c.cmd(clerk), hr.Hire{
		Employee: "E3", Start: hr.MustDate("2026-04-01"), Person: hr.Person{Name: "A Specimen"},
		Terms: hr.Terms{Entity: "Works Ltd", Currency: "INR", Calendar: "works", Shift: "day", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(30000)}}},
	})
	require.NoError(t, err)
	for emp, manager := range map[hr.EmployeeID]hr.EmployeeID{"E1": "E2", "E2": "E3"} {
		_, err := c.people.ChangeTerms(ctx, c.cmd(clerk), emp, lifecycle.TermsChange{From: hr.MustDate("2026-04-01"), Set: hr.Terms{Manager: manager}})
		require.NoError(t, err)
	}
	_, err = c.away.Grant(ctx, c.cmd(clerk), leave.Credit{Employee: "E2", Type: "earned", Kind: leave.Granted, Quantity: decimal.NewFromInt(10), Usable: hr.MustPeriod("2026-04-01..2027-03-31")})
	require.NoError(t, err)
	router := c.people
	router.Absences = c.away
	router.Routing.Rules = []lifecycle.RouteRule{{Name: "the manager", Kinds: []string{"leave.*", "attendance.*"}, Levels: []lifecycle.RouteLevel{{
		Name: "manager", Ask: []lifecycle.Approver{{Kind: lifecycle.AskManager}}, Climb: true, Within: 2, Escalate: []lifecycle.Approver{{Kind: lifecycle.AskManager, Up: 1}},
	}}}}
	require.NoError(t, router.Routing.Validate())
	c.people, c.away.Router, c.clocks.Router = router, router, router
	return c
}

func person(id hr.EmployeeID) hr.Actor { return hr.Actor{ID: hr.ActorID(id), Employee: id} }

// Leave of E1 goes to E2. While E2 is on leave it goes to E3; a request that was made before is overdue after two working days, and
// then E3 is asked too. A payroll run and a correction of punches are escalated the same way.
func TestApprovalsOfEveryDomainAreRoutedAndEscalated(t *testing.T) {
	c, ctx := managed(t), t.Context()
	view := hr.View{Actor: clerk}
	apply := func(emp hr.EmployeeID, period string) leave.RequestID {
		t.Helper()
		id, err := c.away.Apply(ctx, c.cmd(person(emp)), leave.Application{Employee: emp, Type: "earned", Period: hr.MustPeriod(period)})
		require.NoError(t, err)
		return id
	}
	asked := func(id leave.RequestID) []hr.ActorID {
		t.Helper()
		r, err := c.away.Request(ctx, view, id)
		require.NoError(t, err)
		return r.Approval.Levels[0].Approvers
	}
	first := apply("E1", "2026-10-12..2026-10-13") // on Wednesday 30 September
	require.Equal(t, []hr.ActorID{"E2"}, asked(first))
	own := apply("E2", "2026-10-01..2026-10-02")
	require.Equal(t, []hr.ActorID{"E3"}, asked(own))
	require.ErrorContains(t, c.away.Decide(ctx, c.cmd(person("E2")), own, leave.Decision{Agree: true}), "may not decide")
	require.NoError(t, c.away.Decide(ctx, c.cmd(person("E3")), own, leave.Decision{Agree: true}))

	c.now = time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC) // E2 is away
	second := apply("E1", "2026-10-19..2026-10-19")
	require.Equal(t, []hr.ActorID{"E3"}, asked(second))
	require.NoError(t, c.away.Decide(ctx, c.cmd(person("E3")), second, leave.Decision{Agree: true}))

	// Two working days after the 30th are over with Friday the 2nd; on Monday the first request is escalated.
	c.now = time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)
	r, err := c.away.Request(ctx, view, first)
	require.NoError(t, err)
	due, err := lifecycle.DueApprovals([]lifecycle.OpenApproval{{Case: first.Ref(), Approval: r.Approval}}, hr.MustDate("2026-10-05"), 0, time.UTC, c.away.Calendars)
	require.NoError(t, err)
	require.Len(t, due, 1)
	require.Equal(t, lifecycle.Escalate, due[0].Do)
	require.Equal(t, []hr.ActorID{"E3"}, due[0].To)
	require.NoError(t, c.away.Escalate(ctx, c.cmd(clerk), first, due[0].Level))
	require.Equal(t, hr.RuleApprovalEscalation, hr.FieldErrors(c.away.Escalate(ctx, c.cmd(clerk), first, 0))[0].Rule, "once")
	require.NoError(t, c.away.Decide(ctx, c.cmd(person("E3")), first, leave.Decision{Agree: true}))
	require.Error(t, c.away.Escalate(ctx, c.cmd(clerk), first, 0), "it is decided")

	// A punch is corrected.
	c.clocks.Requests = c.pay.Runs.(attendance.Requests)
	c.clocks.Permits = c.pay.Runs.(attendance.Permits)
	at := hr.MustDate("2026-10-05").At(hr.MustTimeOfDay("08:55"), time.UTC)
	asks, err := c.clocks.Ask(ctx, c.cmd(alma), attendance.Request{
		Kind: attendance.AskCorrection, Employee: "E1", Reason: "forgot",
		Corrections: []attendance.Correction{{At: at, Direction: attendance.In}},
	})
	require.NoError(t, err)
	require.NoError(t, c.clocks.Escalate(ctx, c.cmd(clerk), asks, 0))
	require.NoError(t, c.clocks.Decide(ctx, c.cmd(person("E3")), asks, true))
	require.Error(t, c.clocks.Escalate(ctx, c.cmd(clerk), asks, 0), "it is decided")

	// A run waits for the boss, and then for somebody above; the clerk, who prepared it, is never asked.
	c.pay.Approvers = []hr.ApprovalLevel{{Name: "boss", Approvers: []hr.ActorID{"boss"}, Within: 1, Escalate: []hr.ActorID{"clerk", "owner"}}}
	p := monthOf(9)
	run, err := c.pay.CreateRun(ctx, c.cmd(clerk), payroll.RunSpec{Kind: payroll.RunRegular, Period: p, PayDate: p.Through})
	require.NoError(t, err)
	require.Error(t, c.pay.Escalate(ctx, c.cmd(clerk), run, 0), "it is a draft")
	digest, err := c.pay.Calculate(ctx, c.cmd(clerk), run)
	require.NoError(t, err)
	require.NoError(t, c.pay.Escalate(ctx, c.cmd(clerk), run, 0))
	_, err = c.pay.Approve(ctx, c.cmd(clerk), run, digest)
	require.Equal(t, hr.RuleApprovalConflict, hr.FieldErrors(err)[0].Rule)
	state, err := c.pay.Approve(ctx, c.cmd(hr.Actor{ID: "owner"}), run, digest)
	require.NoError(t, err)
	require.Equal(t, payroll.RunApproved, state)
}

// A delegation that begins after a request was made makes an approver of who stands in, and the decision says for whom.
func TestADelegationAfterTheRequest(t *testing.T) {
	c, ctx := managed(t), t.Context()
	id, err := c.away.Apply(ctx, c.cmd(alma), leave.Application{Employee: "E1", Type: "earned", Period: hr.MustPeriod("2026-10-12..2026-10-13")})
	require.NoError(t, err)
	_, err = c.people.Hire(ctx, c.cmd(clerk), hr.Hire{
		Employee: "E4", Start: hr.MustDate("2026-04-01"), Person: hr.Person{Name: "A Specimen"}, Terms: hr.Terms{Entity: "Works Ltd", Currency: "INR"},
	})
	require.NoError(t, err)
	c.people.Delegations = c.pay.Runs.(lifecycle.Delegations)
	c.away.Router = c.people
	decide := func(by hr.Actor) error {
		return c.away.Decide(ctx, c.cmd(by), id, leave.Decision{Agree: true})
	}
	require.Equal(t, hr.RuleApprovalActor, hr.FieldErrors(decide(person("E4")))[0].Rule)
	_, err = c.people.Delegate(ctx, c.cmd(person("E2")), lifecycle.Delegation{From: "E2", To: "E1"}, hr.MustPeriod("2026-09-30..2026-10-30"))
	require.NoError(t, err)
	require.Equal(t, hr.RuleApprovalConflict, hr.FieldErrors(decide(alma))[0].Rule, "not to the subject")
	_, err = c.people.Delegate(ctx, c.cmd(person("E2")), lifecycle.Delegation{From: "E2", To: "E4"}, hr.MustPeriod("2026-09-30..2026-10-30"))
	require.NoError(t, err)
	require.NoError(t, decide(person("E4")))
	r, err := c.away.Request(ctx, hr.View{Actor: clerk}, id)
	require.NoError(t, err)
	require.Equal(t, leave.Approved, r.State)
	require.Equal(t, hr.ActorID("E2"), r.Approval.Decisions[0].For)
}
