package payroll_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// An employee sees the payslip of a run that is approved, and before that no more than somebody who is not in the run.
func TestAPayslipIsShownToItsEmployeeOnceItIsApproved(t *testing.T) {
	ctx := t.Context()
	w := adopted(t, 4)
	w.Kit.Authorize = func(a hr.Ask) hr.Verdict {
		office := a.Actor.ID == officer.ID || a.Actor.ID == chief.ID
		return hr.Verdict{Allow: office || a.Stands(hr.RelationSelf)}
	}
	self := hr.View{Actor: hr.Actor{ID: "E002", Employee: "E002"}, Purpose: "my payslip"}
	before := w.pay(t, "2026-09-01..2026-09-30")
	id := w.create(t)
	hidden := func(state payroll.RunState) {
		require.Equal(t, state, w.state(t, id))
		_, err := w.Payslip(ctx, self, id, "E002")
		require.ErrorIs(t, err, storage.ErrNotFound)
		_, missing := w.Payslip(ctx, self, "no-run", "E002")
		require.ErrorIs(t, missing, storage.ErrNotFound)
		require.Equal(t, missing.Error(), err.Error(), "it cannot be told from a run that is not there")
		_, err = w.Explain(ctx, self, id, "E002", "basic_pay")
		require.ErrorIs(t, err, storage.ErrNotFound)
		_, err = w.Compare(ctx, self, before, id, "E002")
		require.ErrorIs(t, err, storage.ErrNotFound)
	}
	hidden(payroll.RunDraft)
	digest := w.calculate(t, id)
	hidden(payroll.RunCalculated)
	_, err := w.Payslip(ctx, asOfficer, id, "E002")
	require.NoError(t, err, "who works on the run sees it")
	w.approve(t, id, digest)
	seen := func(state payroll.RunState) {
		require.Equal(t, state, w.state(t, id))
		_, err := w.Payslip(ctx, self, id, "E002")
		require.NoError(t, err)
		_, err = w.Explain(ctx, self, id, "E002", "basic_pay")
		require.NoError(t, err)
		_, err = w.Compare(ctx, self, before, id, "E002")
		require.NoError(t, err)
	}
	seen(payroll.RunApproved)
	w.calculate(t, id)
	hidden(payroll.RunCalculated)
	_, err = w.Cancel(ctx, w.cmd(officer), id)
	require.NoError(t, err)
	hidden(payroll.RunCancelled)
	_, err = w.Payslip(ctx, self, before, "E002")
	require.NoError(t, err, "paid")
}
