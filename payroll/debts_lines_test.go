package payroll_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Only a line that what is lent or repaid can change belongs in when_paid: not one that stands behind it in the text, and one that reads it piece by piece alone does.
func TestWhichLinesReadADebt(t *testing.T) {
	const inputs = "input basic: money by piece\ninput payable_days: days by piece\ninput repaid_loan: money\n"
	for name, c := range map[string]struct {
		lines string
		want  []string
	}{
		"lines behind one that reads it by piece": {
			"line loan in deductions, when_paid = round(pieces(repaid_loan * payable_days) / 30 days, 0.01)\nline pay in earnings = round(pieces(basic * payable_days) / 30 days, 0.01)\nline twice in information = 2 * pay\nline less in information = -pay\n", nil,
		},
		"nothing but its pieces": {"line pay in earnings = last(basic)\nline length: days in information = pieces(payable_days)\nline loan in deductions = pieces(repaid_loan)\n", []string{"x:6:6 payroll.debt.line"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: inputs + c.lines}}})
			require.Equal(t, c.want, faultsOf(err))
		})
	}
}

// A debt of somebody else is not recovered, and neither is the share of what the plan does not have.
func TestADebtThatDoesNotFitThePayslip(t *testing.T) {
	in := payroll.Input{Employee: "E1", Period: month(9), PayDate: month(9).Through, Terms: hr.Since(month(9).From, basic("30000"))}
	order := payroll.Order{Period: hr.MustPeriod("2026-09-01.."), Percent: dec("10"), Of: "bonuses"}
	in.Debts = []payroll.Outstanding{{Debt: payroll.Debt{ID: "C1", Employee: "E2", Kind: payroll.DebtOrder, Name: "court", Order: order}}}
	_, err := debtPlan(t).Calculate(in)
	require.Equal(t, []string{"debts[0].employee payroll.debt", "debts[0].order.of payroll.debt.line"}, faultsOf(err))
}

// Who left is paid what was learnt since, and debts are served from that alone: of a raise of 1,000 for August half may be taken, less the tax of 200.
// Whose raise was none is paid nothing and lends nothing, although a fee of 50 is due with every payment.
func TestWhatIsPaidAfterLeavingServesDebts(t *testing.T) {
	w := newDebts(t)
	fees := grossPlan(t, debtText()+"line fee in deductions, when_paid = 50\n")
	w.Plans = append(w.Plans, fees)
	w.pays(t, "E1", "2026-04-01..2026-08-31", "30000")
	w.pays(t, "E2", "2026-04-01..2026-08-31", "30000")
	loan := w.lend(t, payroll.Debt{Employee: "E1", Loan: loanOf("40000", "4000", 8)})
	w.run(t, regular(8)) // 6,000 of who leaves: half of 30,000 less 9,000
	require.Equal(t, map[payroll.DebtID]string{loan: "34000"}, w.owes(t, "E1"))
	w.adopt(t, fees, "2026-09-01..")
	w.pays(t, "E1", "2026-08-01..2026-08-31", "31000")
	w.pays(t, "E2", "2026-08-01..2026-08-31", "30000")
	september := w.run(t, regular(9))
	slip := w.slip(t, september, "E1")
	require.Equal(t, "300.00", amount(t, slip, "loan"), "1,000 / 2 - 200; the fund of September is nothing")
	require.Equal(t, "350.00", slip.Net().AmountText(), "1,000 - 100 of the fund - 200 - 50 - 300")
	require.Equal(t, map[payroll.DebtID]string{loan: "33700"}, w.owes(t, "E1"))
	slip = w.slip(t, september, "E2")
	require.Equal(t, "0.00", slip.Net().AmountText())
	require.Empty(t, slip.Debts)
	require.Empty(t, w.owes(t, "E2"))
}

// A month is corrected twice, and each time 1,400 and 700 are paid too much: the second payslip lends to the same debt, and says what is left of it in all.
func TestASecondOverpaymentOfAMonthIsOfTheSameDebt(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	var got [][]payroll.DebtMove
	for _, days := range []string{"2026-09-07..2026-09-08", "2026-09-09..2026-09-09"} {
		w.absent(t, "E1", days, true)
		got = append(got, plainMoves(w.slip(t, w.run(t, special(payroll.RunCorrection, 9, 9, "E1")), "E1").Debts))
	}
	const id = "overpaid/2026-09-01..2026-09-30"
	require.Equal(t, [][]payroll.DebtMove{
		{{Debt: id, Name: "overpaid", Lent: dec("1400"), Left: dec("1400")}},
		{{Debt: id, Name: "overpaid", Lent: dec("700"), Left: dec("2100")}},
	}, got)
}

// 1,400 are owed of September already, and a second payslip of September takes back more than it pays: 30,000 less 3,000 of the fund, and 40,000 of earlier months less 2,000
// of tax on what is left of both, -10,000. The 11,000 are lent to the same debt.
func TestWhatIsLentToADebtThatIsThere(t *testing.T) {
	next := month(9).Through.Add(1)
	owed := payroll.Debt{ID: "overpaid/2026-09-01..2026-09-30", Employee: "E1", Kind: payroll.DebtOverpaid, Name: "overpaid", Loan: payroll.Loan{Principal: dec("1400"), Instalment: dec("1400"), First: next, Close: next}}
	slip, err := debtPlan(t).Calculate(payroll.Input{
		Employee: "E1", Period: month(9), PayDate: month(9).Through, Terms: hr.Since(month(9).From, basic("30000")),
		Arrears: []payroll.Amount{{Name: "basic_pay", Amount: dec("-40000")}}, Overpaid: "overpaid", Debts: []payroll.Outstanding{{Debt: owed, Lent: dec("1400")}},
	})
	require.NoError(t, err)
	require.Equal(t, []payroll.DebtMove{{Debt: owed.ID, Name: "overpaid", Lent: dec("11000"), Left: dec("12400")}}, plainMoves(slip.Debts))
}
