package payroll_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// A receipt is claimed once: while it waits and when it was agreed to it is claimed already, and when it was refused or withdrawn it may be claimed again.
func TestAReceiptMayBeClaimedAgainWhereItWasNotPaid(t *testing.T) {
	self := hr.Actor{ID: "e1", Employee: "E1"}
	twice := []string{"expense.items[0].receipt payroll.expense"}
	for name, c := range map[string]struct {
		end  func(*lateWorld, payroll.RequestID) error
		want []string
	}{
		"waiting": {func(*lateWorld, payroll.RequestID) error { return nil }, twice},
		"agreed to": {func(w *lateWorld, id payroll.RequestID) error {
			_, err := w.Decide(w.ctx(), w.cmd(chief), id, true)
			return err
		}, twice},
		"refused": {func(w *lateWorld, id payroll.RequestID) error {
			_, err := w.Decide(w.ctx(), w.cmd(chief), id, false)
			return err
		}, nil},
		"withdrawn": {func(w *lateWorld, id payroll.RequestID) error {
			_, err := w.Withdraw(w.ctx(), w.cmd(self), id)
			return err
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newDebts(t)
			w.pays(t, "E1", "2026-04-01..", "30000")
			claim := payroll.Request{Kind: payroll.AskExpense, Employee: "E1", Reason: "customers in Pune", Expense: payroll.Expense{Name: "bonus", Period: month(9), Items: []payroll.ExpenseItem{
				{Day: hr.MustDate("2026-09-03"), What: "train", Amount: dec("750.50"), Receipt: "r-1"},
			}}}
			id, err := w.Ask(w.ctx(), w.cmd(self), claim)
			require.NoError(t, err)
			require.NoError(t, c.end(w, id))
			_, err = w.Ask(w.ctx(), w.cmd(self), claim)
			require.Equal(t, c.want, faultsOf(err))
		})
	}
}
