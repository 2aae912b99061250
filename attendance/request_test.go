package attendance_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/storage"
)

// twoLevels sends every request to the manager and then to the desk.
type twoLevels struct{}

func (twoLevels) Route(context.Context, hr.ApprovalAsk) ([]hr.ApprovalLevel, error) {
	return []hr.ApprovalLevel{{Name: "manager", Approvers: []hr.ActorID{"boss", "asha"}}, {Name: "desk", Approvers: []hr.ActorID{"desk", "chief"}}}, nil
}

var (
	chief = hr.Actor{ID: "chief", Employee: "B2"}
	ravi  = hr.Actor{ID: "ravi", Employee: "E2"}
)

func requestable(t fataler) *office {
	t.Helper()
	o := open(t)
	o.Permits, o.Requests, o.Router = o.db, o.db, twoLevels{}
	return o
}

func (o *office) ask(t fataler, by hr.Actor, r attendance.Request) attendance.RequestID {
	t.Helper()
	r.Reason = "a good one"
	id, err := o.Ask(context.Background(), o.cmd(by), r)
	require.NoError(t, err)
	return id
}

func (o *office) decide(t fataler, by hr.Actor, id attendance.RequestID, agree bool) {
	t.Helper()
	require.NoError(t, o.Decide(context.Background(), o.cmd(by), id, agree))
}

func (o *office) request(t fataler, id attendance.RequestID) attendance.Request {
	t.Helper()
	r, err := o.db.AttendanceRequest(context.Background(), id)
	require.NoError(t, err)
	return r
}

func TestRequestMachineDrawing(t *testing.T) {
	drawn := attendance.Machine().DOT("attendance request")
	want, err := os.ReadFile("testdata/request.dot")
	require.NoError(t, err)
	require.Equal(t, string(want), drawn)
}

// Asha forgot to punch out on the 5th, and somebody else used her badge at noon. Two people agree, and the day is whole.
func TestACorrectionIsAgreedOnByTwo(t *testing.T) {
	o := requestable(t)
	ids := o.record(t, of("E1", 1, punches(t, monday, "i09:00 o12:00")))
	require.Equal(t, "0", o.day(t, "E1", monday, 0).Payable.String())
	known := o.head(t, "E1")
	id := o.ask(t, asha, attendance.Request{
		Kind: attendance.AskCorrection, Employee: "E1", Voids: ids[1:], Corrections: []attendance.Correction{{At: at(t, "2026-10-05 18:00"), Direction: attendance.Out}},
	})
	require.Equal(t, attendance.RequestPending, o.request(t, id).State)

	diff, err := o.Diff(t.Context(), view, id)
	require.NoError(t, err)
	require.Len(t, diff, 1)
	require.Equal(t, monday, diff[0].Before.Date.String())
	require.Equal(t, [2]int{180, 480}, [2]int{diff[0].Before.Worked, diff[0].After.Worked}) // three hours; nine less the break
	require.True(t, diff[0].After.Has(attendance.CorrectedPunch))
	require.Equal(t, 180, o.day(t, "E1", monday, 0).Worked, "asking changes nothing")

	o.decide(t, boss, id, true)
	require.Equal(t, 180, o.day(t, "E1", monday, 0).Worked, "nor does the first of two")
	o.decide(t, chief, id, true)
	got := o.day(t, "E1", monday, 0)
	require.Equal(t, 480, got.Worked)
	require.Equal(t, "1", got.Payable.String())
	require.Equal(t, 180, o.day(t, "E1", monday, known).Worked, "what was known stays")
	r := o.request(t, id)
	require.Equal(t, attendance.RequestApproved, r.State)
	require.Len(t, r.Approval.Decisions, 2)
	lists, err := o.db.PunchesSince(t.Context(), []hr.Pin{{Employee: "E1", Known: hr.Known{Own: known}}})
	require.NoError(t, err)
	require.Len(t, lists[0], 2)
	require.Equal(t, r.Ref(), lists[0][1].Cause, "the punch says which request it came from")
	require.Equal(t, hr.ActorID("chief"), lists[0][1].Value.ApprovedBy)
	diff, err = o.Diff(t.Context(), view, id)
	require.NoError(t, err)
	require.Empty(t, diff, "what is decided has no difference to show")
	_, err = o.Diff(t.Context(), view, "nothing")
	require.ErrorIs(t, err, storage.ErrNotFound)

	require.ErrorContains(t, o.Decide(t.Context(), o.cmd(chief), id, true), string(hr.RuleMachineMove))
}

// A correction may only add punches, and one may only take them away.
func TestACorrectionOfOneKind(t *testing.T) {
	o := requestable(t)
	ids := o.record(t, of("E1", 1, punches(t, monday, "i09:00 o12:00")))
	agreed := func(r attendance.Request) {
		r.Kind, r.Employee = attendance.AskCorrection, "E1"
		id := o.ask(t, asha, r)
		o.decide(t, boss, id, true)
		o.decide(t, chief, id, true)
		require.Equal(t, attendance.RequestApproved, o.request(t, id).State)
	}
	agreed(attendance.Request{Voids: ids[1:]})
	require.Equal(t, attendance.StatusMissingPunch, o.day(t, "E1", monday, 0).Status)
	agreed(attendance.Request{Corrections: []attendance.Correction{{At: at(t, "2026-10-05 18:00"), Direction: attendance.Out}}})
	require.Equal(t, 480, o.day(t, "E1", monday, 0).Worked)
}

// Who must consent to a swap does not ask for it in the name of the other; a manager, the employee and a program may.
func TestWhoMayAskForASwap(t *testing.T) {
	o := requestable(t)
	swap := attendance.Request{Kind: attendance.AskSwap, Employee: "E1", With: "E2", Reason: "r", Period: hr.MustPeriod("2026-10-06..2026-10-07")}
	_, err := o.Ask(t.Context(), o.cmd(ravi), swap)
	require.Equal(t, []hr.Rule{attendance.RuleConsent}, rules(err))
	require.Equal(t, []string{"with"}, paths(err))
	for _, by := range []hr.Actor{boss, asha, gate} {
		_, err = o.Ask(t.Context(), o.cmd(by), swap)
		require.NoError(t, err)
	}
}

// Once the first level is overdue it may be escalated to those whom it names: chief decides at it beside boss.
func TestEscalate(t *testing.T) {
	o := requestable(t)
	o.Router = escalating{}
	home := attendance.Request{Kind: attendance.AskPermit, Employee: "E1", Period: hr.MustPeriod("2026-10-05..2026-10-05"), Permit: attendance.Permit{Kind: attendance.PermitHome}}
	id := o.ask(t, asha, home)
	require.Equal(t, []hr.Rule{hr.RuleApprovalActor}, rules(o.Decide(t.Context(), o.cmd(chief), id, true)))
	require.Equal(t, []hr.Rule{hr.RuleApprovalDone}, rules(o.Escalate(t.Context(), o.cmd(gate), id, 1)))
	require.NoError(t, o.Escalate(t.Context(), o.cmd(gate), id, 0))
	require.True(t, o.request(t, id).Approval.Escalated(0))
	require.Equal(t, o.now, o.request(t, id).Approval.Escalations[0].At)
	require.Equal(t, []hr.Rule{hr.RuleApprovalEscalation}, rules(o.Escalate(t.Context(), o.cmd(gate), id, 0)))
	o.decide(t, chief, id, true)
	require.Equal(t, attendance.RequestApproved, o.request(t, id).State)
	require.ErrorContains(t, o.Escalate(t.Context(), o.cmd(gate), id, 0), string(hr.RuleMachineMove), "it waits for nobody")
}

// escalating asks the boss, and once that is overdue the chief.
type escalating struct{}

func (escalating) Route(context.Context, hr.ApprovalAsk) ([]hr.ApprovalLevel, error) {
	return []hr.ApprovalLevel{{Name: "manager", Approvers: []hr.ActorID{"boss"}, Escalate: []hr.ActorID{"chief"}}}, nil
}

func TestWhoMayDecide(t *testing.T) {
	o := requestable(t)
	id := o.ask(t, asha, attendance.Request{
		Kind: attendance.AskCorrection, Employee: "E1", Corrections: []attendance.Correction{{At: at(t, "2026-10-05 18:00"), Direction: attendance.Out}},
	})
	before := o.state(t)
	for _, row := range []struct {
		by   hr.Actor
		rule hr.Rule
	}{{asha, hr.RuleApprovalConflict}, {chief, hr.RuleApprovalActor}, {hr.Actor{ID: "boss", Employee: "E1"}, hr.RuleApprovalConflict}} {
		err := o.Decide(t.Context(), o.cmd(row.by), id, true)
		require.Equal(t, []hr.Rule{row.rule}, rules(err))
	}
	require.ErrorIs(t, o.Withdraw(t.Context(), o.cmd(boss), id), hr.ErrInvalid)
	require.Equal(t, before, o.state(t))
	o.decide(t, boss, id, false)
	require.Equal(t, attendance.RequestRefused, o.request(t, id).State)
	require.ErrorContains(t, o.Decide(t.Context(), o.cmd(chief), id, true), string(hr.RuleMachineMove))

	id = o.ask(t, asha, attendance.Request{Kind: attendance.AskPermit, Employee: "E1", Period: hr.MustPeriod("2026-10-05..2026-10-05"), Permit: attendance.Permit{Kind: attendance.PermitHome}})
	require.NoError(t, o.Withdraw(t.Context(), o.cmd(asha), id))
	require.Equal(t, attendance.RequestWithdrawn, o.request(t, id).State)
	require.ErrorIs(t, o.Decide(t.Context(), o.cmd(boss), "nobody", true), storage.ErrNotFound)
}

// Asha by day and Ravi by night exchange the 6th and the 7th: he has to consent, and two to agree.
func TestASwap(t *testing.T) {
	o := requestable(t)
	id := o.ask(t, asha, attendance.Request{Kind: attendance.AskSwap, Employee: "E1", With: "E2", Period: hr.MustPeriod("2026-10-06..2026-10-07")})
	require.ErrorContains(t, o.Decide(t.Context(), o.cmd(boss), id, true), string(hr.RuleMachineMove), "not before he has")
	require.Equal(t, []hr.Rule{attendance.RuleConsent}, rules(o.Consent(t.Context(), o.cmd(asha), id, true)))
	require.NoError(t, o.Consent(t.Context(), o.cmd(ravi), id, true))
	o.decide(t, boss, id, true)
	require.Equal(t, "general", o.day(t, "E1", "2026-10-06", 0).Shift)
	o.decide(t, chief, id, true)
	for _, d := range []string{"2026-10-06", "2026-10-07"} {
		require.Equal(t, "night", o.day(t, "E1", d, 0).Shift)
		require.Equal(t, "general", o.day(t, "E2", d, 0).Shift)
	}
	require.Equal(t, "general", o.day(t, "E1", "2026-10-08", 0).Shift)
	require.Equal(t, "roster", o.day(t, "E1", "2026-10-06", 0).Refs[0].Kind, "and the day says why")

	declined := o.ask(t, asha, attendance.Request{Kind: attendance.AskSwap, Employee: "E1", With: "E2", Period: hr.MustPeriod("2026-10-08..2026-10-08")})
	require.NoError(t, o.Consent(t.Context(), o.cmd(ravi), declined, false))
	require.Equal(t, attendance.RequestRefused, o.request(t, declined).State)

	// By the time two have agreed, both work the same shift: the decision is refused whole.
	same := o.ask(t, asha, attendance.Request{Kind: attendance.AskSwap, Employee: "E1", With: "E3", Period: hr.MustPeriod("2026-10-13..2026-10-13")})
	require.NoError(t, o.Consent(t.Context(), o.cmd(hr.Actor{ID: "e3", Employee: "E3"}), same, true))
	o.decide(t, boss, same, true)
	before := o.state(t)
	require.Equal(t, []hr.Rule{attendance.RuleEmpty}, rules(o.Decide(t.Context(), o.cmd(chief), same, true)))
	require.Equal(t, before, o.state(t))
	require.Equal(t, attendance.RequestPending, o.request(t, same).State)
	require.Len(t, o.request(t, same).Approval.Decisions, 1)
}

// The last decision sent twice is one, and a closed day refuses it whole.
func TestADecisionIsDoneOnce(t *testing.T) {
	o := requestable(t)
	home := attendance.Request{Kind: attendance.AskPermit, Employee: "E1", Period: hr.MustPeriod("2026-10-05..2026-10-05"), Permit: attendance.Permit{Kind: attendance.PermitHome}}
	id := o.ask(t, asha, home)
	o.decide(t, boss, id, true)
	cmd := o.cmd(chief)
	require.NoError(t, o.Decide(t.Context(), cmd, id, true))
	head, before := o.head(t, "E1"), o.request(t, id)
	require.NoError(t, o.Decide(t.Context(), cmd, id, true))
	require.Equal(t, head, o.head(t, "E1"))
	require.Equal(t, before, o.request(t, id))

	home.Period = hr.MustPeriod("2026-10-07..2026-10-07")
	id = o.ask(t, asha, home)
	o.decide(t, boss, id, true)
	o.Closings = closedThrough{"E1": day("2026-10-07")}
	require.Equal(t, []hr.Rule{attendance.RulePeriodClosed}, rules(o.Decide(t.Context(), o.cmd(chief), id, true)))
	require.Equal(t, attendance.RequestPending, o.request(t, id).State)
	require.Equal(t, head, o.head(t, "E1"))
}

func TestPermits(t *testing.T) {
	o := requestable(t)
	o.Policy.Overtime.Approval = attendance.ApprovedAnyOrder
	permit := func(period string, p attendance.Permit) hr.Seq {
		id := o.ask(t, asha, attendance.Request{Kind: attendance.AskPermit, Employee: "E1", Period: hr.MustPeriod(period), Permit: p})
		known := o.head(t, "E1")
		o.decide(t, boss, id, true)
		o.decide(t, chief, id, true)
		return known
	}
	before := permit("2026-10-05..2026-10-06", attendance.Permit{Kind: attendance.PermitHome})
	require.Equal(t, attendance.StatusHome, o.day(t, "E1", monday, 0).Status)
	require.Equal(t, "permit", o.day(t, "E1", monday, 0).Refs[0].Kind)
	o.record(t, of("E1", 1, punches(t, "2026-10-07", "i09:00 o20:00"))) // 660 less 60: two hours of overtime
	require.Equal(t, []string{"10-07 regular 480 unapproved 120"}, bandsOf([]attendance.Day{o.day(t, "E1", "2026-10-07", 0)}))
	pinned := o.head(t, "E1")
	permit("2026-10-07..2026-10-07", attendance.Permit{Kind: attendance.PermitOvertime, Minutes: 90})
	require.Equal(t, []string{"10-07 regular 480 overtime 90 unapproved 30"}, bandsOf([]attendance.Day{o.day(t, "E1", "2026-10-07", 0)}))
	require.Equal(t, []string{"10-07 regular 480 unapproved 120"}, bandsOf([]attendance.Day{o.day(t, "E1", "2026-10-07", pinned)}))
	changes, err := o.Changes(t.Context(), view, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: pinned}}})
	require.NoError(t, err)
	require.Len(t, changes, 1)
	require.Equal(t, "permit", changes[0].Cause.Kind)
	require.Equal(t, "2026-10-07..2026-10-07", changes[0].Period.String())
	_ = before

	// A permit of the whole day is one duty and one piece of evidence; two of its halves are two, and the day says that of them which says more.
	require.Len(t, o.day(t, "E1", monday, 0).Refs, 1)
	require.Equal(t, "shift duty payable", names(o.day(t, "E1", monday, 0).Trace.Parts))
	permit("2026-10-08..2026-10-08", attendance.Permit{Kind: attendance.PermitHome, Half: hr.FirstHalf})
	permit("2026-10-08..2026-10-08", attendance.Permit{Kind: attendance.PermitOnDuty})
	both := o.day(t, "E1", "2026-10-08", 0)
	require.Equal(t, attendance.StatusOnDuty, both.Status)
	require.Len(t, both.Refs, 2)
	require.Equal(t, "shift duty duty payable", names(both.Trace.Parts))

	// Leave goes before a permit: the half at home that is also leave is leave.
	o.Absences = away{"E1": {{Employee: "E1", Date: day(monday), Half: hr.FirstHalf, Type: "casual", Paid: dec("0")}}}
	got := o.day(t, "E1", monday, 0)
	require.Equal(t, attendance.StatusHalfLeave, got.Status)
	require.Equal(t, "0.5", got.Payable.String())
}

func TestRequestsRefuse(t *testing.T) {
	o := requestable(t)
	ids := o.record(t, of("E2", 1, punches(t, monday, "i22:00")))
	before := o.state(t)
	for _, row := range []struct {
		name    string
		request attendance.Request
		rules   []hr.Rule
		paths   []string
	}{
		{"nothing", attendance.Request{}, []hr.Rule{attendance.RulePunchEmployee, attendance.RuleReason, attendance.RuleRequest, attendance.RuleRosterPeriod}, []string{"employee", "reason", "kind", "period"}},
		{"an empty correction", attendance.Request{Kind: "correction", Employee: "E1", Reason: "r"}, []hr.Rule{attendance.RuleEmpty}, []string{"corrections"}},
		{"a correction in the future, without direction, and of somebody else", attendance.Request{
			Kind: "correction", Employee: "E1", Reason: "r", Corrections: []attendance.Correction{{Employee: "E2"}},
		}, []hr.Rule{attendance.RulePunchAt, attendance.RulePunchDirection, attendance.RuleRequest}, []string{"corrections[0].at", "corrections[0].direction", "corrections[0].employee"}},
		{"a punch that is not theirs, and one in the future", attendance.Request{
			Kind: "correction", Employee: "E1", Reason: "r", Voids: ids, Corrections: []attendance.Correction{{At: o.now.Add(time.Hour), Direction: attendance.In}},
		}, []hr.Rule{attendance.RulePunchFuture, attendance.RulePunchUnknown}, []string{"corrections[0].at", "voids[0]"}},
		{"a swap with oneself, with punches", attendance.Request{
			Kind: "swap", Employee: "E1", With: "E1", Reason: "r", Voids: ids, Period: hr.MustPeriod("2026-10-05.."), Permit: attendance.Permit{Kind: "overtime"},
		}, []hr.Rule{attendance.RuleRequest, attendance.RuleRosterPeriod, attendance.RuleRequest, attendance.RuleRequest}, []string{"with", "period", "corrections", "permit"}},
		{"a swap before they joined", attendance.Request{Kind: "swap", Employee: "E1", With: "E3", Reason: "r", Period: hr.MustPeriod("2026-10-09..2026-10-12")}, []hr.Rule{attendance.RuleRosterNotEmployed}, []string{"with"}},
		{"a permit of nothing", attendance.Request{
			Kind: "permit", Employee: "E1", With: "E2", Reason: "r", Period: hr.MustPeriod("2026-10-09..2026-10-12"), Permit: attendance.Permit{Kind: "lunch", Half: "third", Minutes: 5},
		}, []hr.Rule{attendance.RulePermit, attendance.RulePermit, attendance.RulePermit, attendance.RuleRequest}, []string{"permit.kind", "permit.half", "permit.minutes", "with"}},
		{"overtime of a half, and of no minutes", attendance.Request{
			Kind: "permit", Employee: "E1", Reason: "r", Period: hr.MustPeriod("2026-10-09..2026-10-12"), Permit: attendance.Permit{Kind: "overtime", Half: hr.FirstHalf},
		}, []hr.Rule{attendance.RulePermit, attendance.RulePermit}, []string{"permit.half", "permit.minutes"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := o.Ask(t.Context(), o.cmd(asha), row.request)
			require.Equal(t, row.rules, rules(err))
			require.Equal(t, row.paths, paths(err))
			require.Equal(t, before, o.state(t))
		})
	}
	o.Router, o.Permits = nil, nil
	_, err := o.Ask(t.Context(), o.cmd(asha), attendance.Request{})
	require.Equal(t, []string{"router", "permits"}, paths(err))
}
