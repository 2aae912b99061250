package payroll_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// gates stands in for lifecycle: what must be done before somebody is settled.
type gates map[hr.EmployeeID][]string

func (g gates) SettlementGates(_ context.Context, v hr.View, ids ...hr.EmployeeID) ([][]string, error) {
	var out [][]string
	for _, id := range ids {
		out = append(out, g[id])
	}
	return out, nil
}

func leaves(items ...payroll.FinalItem) payroll.Leaver {
	return payroll.Leaver{Employee: "E1", Period: month(10), PayDate: hr.MustDate("2026-10-12"), Items: items}
}

func TestASettlementIsRefusedWithAllItsFaults(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..2026-10-10", "30000")
	w.Leavers = gates{"E1": {"open: Return laptop", "open: No dues"}}
	_, err := w.Settle(t.Context(), w.cmd(officer), payroll.Leaver{Items: []payroll.FinalItem{{}, {Input: "bonus", Amount: dec("777"), Why: "x"}, {Input: "bonus", Why: " "}}})
	require.Equal(t, []string{
		"items[0].input payroll.settlement.item", "items[0].why payroll.settlement.item", "items[2].input payroll.settlement.item", "items[2].why payroll.settlement.item",
		"period payroll.input.period", "pay_date payroll.input.pay_date", "employees[0] payroll.run.employees",
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "777")
	_, err = w.Settle(t.Context(), w.cmd(officer), leaves(payroll.FinalItem{Input: "bonus", Amount: dec("777"), Why: "pro rata"}))
	require.Equal(t, []string{"employees[0] payroll.settlement.gate", "employees[0] payroll.settlement.gate"}, faultsOf(err))
	lists, err := w.db.AdjustmentsOf(t.Context(), []hr.Pin{{Employee: "E1"}})
	require.NoError(t, err)
	require.Empty(t, lists[0], "the adjustments go with the run")
	_, err = w.CreateRun(t.Context(), w.cmd(officer), special(payroll.RunSettlement, 10, 10, "E1"))
	require.Equal(t, []string{"employees[0] payroll.settlement.gate", "employees[0] payroll.settlement.gate"}, faultsOf(err), "neither by the other door")
	_, err = w.CreateRun(t.Context(), w.cmd(officer), special(payroll.RunOffCycle, 10, 10, "E1"))
	require.NoError(t, err, "a gate is of settlements")
	secret := payroll.FinalItem{Input: "bonus", Amount: dec("777")}
	require.Equal(t, "[leaver] [item bonus] [item bonus]", fmt.Sprint(leaves(payroll.FinalItem{Input: "bonus"}), secret, secret.LogValue()))
}

// What an input comes to is what was said last: 700 of bonus, then 500, then the same 500 again.
func TestAnItemIsWhatItComesToInAll(t *testing.T) {
	w := newLate(t, latePlan(t, "1_00_000"))
	w.pays(t, "E1", "2026-04-01..2026-10-10", "30000")
	var id payroll.RunID
	for _, bonus := range []string{"700", "500", "500"} {
		if id != "" {
			_, err := w.Cancel(t.Context(), w.cmd(officer), id)
			require.NoError(t, err)
		}
		var err error
		id, err = w.Settle(t.Context(), w.cmd(officer), leaves(payroll.FinalItem{Input: "bonus", Amount: dec(bonus), Why: "pro rata"}))
		require.NoError(t, err)
	}
	lists, err := w.db.AdjustmentsOf(t.Context(), []hr.Pin{{Employee: "E1"}})
	require.NoError(t, err)
	require.Len(t, lists[0], 2, "700 and -200")
	audits, err := w.db.Audits(t.Context())
	require.NoError(t, err)
	adjusted := slices.DeleteFunc(audits, func(a storage.Audit) bool { return a.Verb != "payroll.Adjust" })
	require.Len(t, adjusted, 2, "who says the same again adjusts nothing")
	_, err = w.Settlement(t.Context(), asOfficer, id, "E1", hr.MustDate("2026-10-10"), payroll.FinalDue{})
	require.Equal(t, []string{"run payroll.settlement.unpaid"}, faultsOf(err))
	digest, err := w.Calculate(t.Context(), w.cmd(officer), id)
	require.NoError(t, err)
	_, err = w.Approve(t.Context(), w.cmd(chief), id, digest)
	require.NoError(t, err)
	_, err = w.Pay(t.Context(), w.cmd(officer), id)
	require.NoError(t, err)

	// 10 of 31 days of 30,000 are 9,677.42; 10 % of it to the fund, and 20 % of 10,177.42 in tax.
	due := payroll.FinalDue{Day: hr.MustDate("2026-10-11"), Law: hr.Source{Title: "Act", Section: "s.1"}}
	set, err := w.Settlement(t.Context(), asOfficer, id, "E1", hr.MustDate("2026-10-10"), due)
	require.NoError(t, err)
	var lines []string
	for _, l := range set.Lines {
		lines = append(lines, fmt.Sprint(l.Name, " ", l.Kind, " ", l.Amount))
	}
	require.Equal(t, []string{"basic_pay earning 9677.42", "bonus_pay earning 500", "fund deduction 967.74", "fund_employer employer 967.74", "tax deduction 2035.48"}, lines)
	require.True(t, set.Net.Equal(hr.MustMoney("7174.20", "INR")), "10,177.42 - 967.74 - 2,035.48")
	require.Contains(t, set.Lines[1].Why, "pro rata.")
	require.True(t, set.Late(), "paid on the 12th, due on the 11th")
	require.Equal(t, due.Law, set.Law)
	require.Equal(t, "[settlement of E1] [settlement line tax]", fmt.Sprint(set, set.Lines[4]))
	_, err = w.Settle(t.Context(), w.cmd(officer), leaves())
	require.NoError(t, err, "a draft")
	preview, err := w.Preview(t.Context(), asOfficer, special(payroll.RunSettlement, 10, 10, "E1"))
	require.NoError(t, err)
	require.Equal(t, payroll.RuleRunPaid, preview[0].Failures[0].Rule, "nobody is settled twice for a day")
}
