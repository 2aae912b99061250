package leave_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Once the first level is overdue it may be escalated to those whom it names: chief decides at it beside boss.
func TestEscalate(t *testing.T) {
	h := open(t)
	h.Router = route{{Name: "manager", Approvers: []hr.ActorID{"boss"}, Escalate: []hr.ActorID{"chief"}}}
	chief := hr.Actor{ID: "chief"}
	id := h.apply(t, ask("unpaid", "2026-11-02..2026-11-03"))
	escalate := func(level int) error { return h.Escalate(t.Context(), h.cmd(desk), id, level) }
	decide := func() error { return h.Decide(t.Context(), h.cmd(chief), id, leave.Decision{Agree: true}) }
	require.Equal(t, []hr.Rule{hr.RuleApprovalActor}, rulesOf(decide()))
	require.Equal(t, []hr.Rule{hr.RuleApprovalDone}, rulesOf(escalate(1)))
	require.False(t, h.request(t, id).Approval.Escalated(0), "what is refused changes nothing")
	require.NoError(t, escalate(0))
	require.True(t, h.request(t, id).Approval.Escalated(0))
	require.Equal(t, []hr.Rule{hr.RuleApprovalEscalation}, rulesOf(escalate(0)))
	require.NoError(t, decide())
	require.Equal(t, leave.Approved, h.request(t, id).State)
	require.ErrorContains(t, escalate(0), string(hr.RuleMachineMove), "it waits for nobody")
}

// noTurns cannot say what anybody's turns are.
type noTurns struct{}

var errNoTurns = errors.New("no turns")

func (noTurns) Workdays(context.Context, hr.View, hr.EmployeeID, hr.Period) ([]hr.Day, error) {
	return nil, errNoTurns
}

func TestNothingIsCountedWithoutTheTurns(t *testing.T) {
	h := open(t)
	h.Workdays = noTurns{}
	_, err := h.Apply(t.Context(), h.cmd(maya), ask("unpaid", "2026-11-02..2026-11-02"))
	require.ErrorIs(t, err, errNoTurns)
}
