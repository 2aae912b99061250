package payroll_test

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
	"github.com/musterhr/hr/payroll"
)

// debtRules adds to [lateRules] what is lent and recovered: at most half of what is paid for work, the fund and tax counted.
const debtRules = lateRules + `
input repaid_loan: money
input repaid_court: money
input repaid_overpaid: money
input lent_loan: money
input lent_overpaid: money

line lent "Loan, paid out" in outgoing, earnings, when_paid = lent_loan
line owing "Owed from now on" in outgoing, earnings, when_paid = lent_overpaid
line loan "Loan" in deductions, when_paid = repaid_loan
line court "Court order" in deductions, when_paid = repaid_court
line overpaid "Overpaid" in deductions, when_paid = repaid_overpaid
line may_be_taken in recoverable, when_paid = round(50% * (sum(earnings) - sum(outgoing) + arrears_earnings), 0.01) - fund - tax
`

func debtText() string {
	text := strings.ReplaceAll(debtRules, "%CEILING%", "1_00_000")
	return strings.ReplaceAll(text, "20% * (sum(earnings) + arrears_earnings)", "20% * (sum(earnings) - sum(outgoing) + arrears_earnings)") // no pay, so no tax
}

func debtPlan(t require.TestingT) *payroll.Plan {
	text := debtText()
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{april}, Components: []payroll.Component{{Name: "debts", Text: text}}})
	require.NoError(t, err)
	return plan
}

func newDebts(t require.TestingT) *lateWorld {
	w := newLate(t, debtPlan(t))
	w.Debts, w.Requests, w.Overpaid = w.db, w.db, "overpaid"
	return w
}

// lend asks for a debt and has it agreed to.
func (w *lateWorld) lend(t require.TestingT, d payroll.Debt) payroll.DebtID {
	ctx := w.ctx()
	if d.Kind == "" {
		d.Kind = payroll.DebtLoan
	}
	d.Name = map[payroll.DebtKind]string{payroll.DebtLoan: "loan", payroll.DebtOverpaid: "overpaid"}[d.Kind]
	id, err := w.Ask(ctx, w.cmd(officer), payroll.Request{Kind: payroll.AskDebt, Employee: d.Employee, Debt: d, Reason: "asked for"})
	require.NoError(t, err)
	state, err := w.Decide(ctx, w.cmd(chief), id, true)
	require.NoError(t, err)
	require.Equal(t, payroll.RequestApproved, state)
	if d.ID == "" {
		d.ID = payroll.DebtID(id)
	}
	return d.ID
}

func (w *lateWorld) attach(t require.TestingT, d payroll.Debt) payroll.DebtID {
	d.Kind, d.Name = payroll.DebtOrder, "court"
	ids, err := w.Attach(w.ctx(), w.cmd(officer), d)
	require.NoError(t, err)
	return ids[0]
}

// owes is what is owed, by id; nothing where a debt is settled.
func (w *lateWorld) owes(t require.TestingT, e hr.EmployeeID) map[payroll.DebtID]string {
	list, err := w.Owing(w.ctx(), asOfficer, e)
	require.NoError(t, err)
	out := map[payroll.DebtID]string{}
	for _, o := range list[0] {
		if b := o.Balance(); !b.IsZero() {
			out[o.Debt.ID] = b.String()
		}
	}
	return out
}

func loanOf(principal, instalment string, first int) payroll.Loan {
	return payroll.Loan{Principal: dec(principal), Instalment: dec(instalment), First: month(first).From}
}

// 10,000 are lent with September's pay and come back by 4,000 a month from October. Of 30,000 are left 30,000 - 3,000 - 6,000 = 21,000. The
// balance is what postings say, also when a payslip is taken back and paid again.
func TestALoanIsLentAndRepaidThroughRuns(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	id := w.lend(t, payroll.Debt{Employee: "E1", Loan: loanOf("10000", "4000", 10), PayOut: month(9).From})
	require.Empty(t, w.owes(t, "E1"), "agreed, and not lent yet")
	var nets []string
	var runs []payroll.RunID
	for m := 9; m <= 12; m++ {
		runs = append(runs, w.run(t, regular(m)))
		nets = append(nets, w.slip(t, runs[m-9], "E1").Net().AmountText())
	}
	require.Equal(t, []string{"31000.00", "17000.00", "17000.00", "19000.00"}, nets)
	require.Empty(t, w.owes(t, "E1"))
	october := w.slip(t, runs[1], "E1")
	require.Equal(t, []payroll.DebtMove{{Debt: id, Name: "loan", Repaid: dec("4000"), Left: dec("6000")}}, plainMoves(october.Debts))
	require.Equal(t, "4000.00", amount(t, october, "loan"))

	trace, err := w.Explain(w.ctx(), asOfficer, runs[1], "E1", "loan")
	require.NoError(t, err)
	var kinds []string
	collect(trace, func(r hr.Ref) { kinds = append(kinds, r.Kind) })
	require.Contains(t, kinds, "debt", "the line names the fact behind it")
	journal, err := w.Journal(w.ctx(), asOfficer, runs[0], debtChart)
	require.NoError(t, err)
	require.NoError(t, journal.Balanced())
	require.Equal(t, "10000", accountOf(journal, "loans"), "what was lent is a receivable")

	taken := regular(12)
	taken.Kind, taken.Of, taken.Reason, taken.Employees = payroll.RunReversal, runs[3], "paid to the wrong account", []hr.EmployeeID{"E1"}
	w.run(t, taken)
	require.Equal(t, map[payroll.DebtID]string{id: "2000"}, w.owes(t, "E1"))
	w.run(t, special(payroll.RunCorrection, 12, 12, "E1"))
	require.Empty(t, w.owes(t, "E1"))
	w.run(t, special(payroll.RunCorrection, 10, 12, "E1"))
	require.Empty(t, w.owes(t, "E1"), "a correction of a month takes its instalment once")
	for _, id := range runs {
		_, err := w.Replay(w.ctx(), asOfficer, id)
		require.NoError(t, err)
	}
}

// A loan is agreed for September. Who leaves in September is not lent it by their last payslip, which could not take it back; and who left in August, whose raise of
// that month is learnt later, is paid the raise and no loan. Where what is learnt changes no figure, there is nothing to pay. (That payslip failed, in every run from then on.)
func TestNobodyWhoLeavesIsLentALoan(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..2026-09-30", "30000")
	w.pays(t, "E2", "2026-04-01..2026-08-31", "30000")
	w.pays(t, "E3", "2026-04-01..2026-08-31", "30000")
	w.run(t, regular(8))
	w.pays(t, "E2", "2026-08-01..2026-08-31", "31000")
	w.pays(t, "E3", "2026-08-01..2026-08-31", "30000")
	for _, e := range []hr.EmployeeID{"E1", "E2", "E3"} {
		w.lend(t, payroll.Debt{Employee: e, Loan: loanOf("10000", "4000", 10), PayOut: month(9).From})
	}
	september := w.run(t, regular(9))
	require.Equal(t, "21000.00", w.slip(t, september, "E1").Net().AmountText(), "30,000 - 3,000 - 6,000")
	require.Equal(t, "700.00", w.slip(t, september, "E2").Net().AmountText(), "1,000 - 100 - 200")
	for _, e := range []hr.EmployeeID{"E1", "E2", "E3"} {
		require.Empty(t, w.owes(t, e))
	}
}

// A run that is calculated and cancelled takes nothing; a preview neither.
func TestACancelledRunTakesNothing(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	id := w.lend(t, payroll.Debt{Employee: "E1", Loan: loanOf("10000", "4000", 9)}) // lent beside payroll
	run, err := w.CreateRun(w.ctx(), w.cmd(officer), regular(9))
	require.NoError(t, err)
	_, err = w.Calculate(w.ctx(), w.cmd(officer), run)
	require.NoError(t, err)
	_, err = w.Cancel(w.ctx(), w.cmd(officer), run)
	require.NoError(t, err)
	_, err = w.Preview(w.ctx(), asOfficer, regular(9))
	require.NoError(t, err)
	require.Equal(t, map[payroll.DebtID]string{id: "10000"}, w.owes(t, "E1"))
	w.run(t, regular(9))
	require.Equal(t, map[payroll.DebtID]string{id: "6000"}, w.owes(t, "E1"))
}

// An advance is paid in mid-month by a run beside the regular one, which then takes it back. The off-cycle run pays the month's earnings too; of an instalment that
// it took the regular run asks no second.
func TestAnAdvanceThroughAnOffCycleRun(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	_, err := w.Adjust(w.ctx(), w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: month(9), Amount: dec("1000")})
	require.NoError(t, err)
	advance := w.lend(t, payroll.Debt{Employee: "E1", Loan: loanOf("500", "500", 10), PayOut: month(9).From})
	spec := special(payroll.RunOffCycle, 9, 9, "E1")
	slip := w.slip(t, w.run(t, spec), "E1")
	require.Equal(t, "1300.00", slip.Net().AmountText(), "1,000 less 20 % of it, and 500 in advance")
	require.Equal(t, map[payroll.DebtID]string{advance: "500"}, w.owes(t, "E1"))
	require.Equal(t, "20500.00", w.slip(t, w.run(t, regular(10)), "E1").Net().AmountText())
	require.Empty(t, w.owes(t, "E1"))

	loan := w.lend(t, payroll.Debt{Employee: "E1", Loan: loanOf("3000", "1000", 11)})
	w.run(t, regular(11))
	_, err = w.Adjust(w.ctx(), w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: month(11), Amount: dec("9000")})
	require.NoError(t, err)
	w.run(t, special(payroll.RunOffCycle, 11, 11, "E1"))
	require.Equal(t, map[payroll.DebtID]string{loan: "2000"}, w.owes(t, "E1"), "the month's instalment is asked once")
}

// Months are skipped and the end comes early by agreement; who leaves is asked for all that is left, and the law still leaves half.
func TestSkippedClosedEarlyAndAtExit(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.pays(t, "E2", "2026-04-01..2026-11-30", "30000")
	first := payroll.Debt{Employee: "E1", Loan: loanOf("12000", "2000", 9)}
	first.ID = w.lend(t, first)
	w.lend(t, payroll.Debt{Employee: "E2", Loan: loanOf("20000", "1000", 9)})
	took := func(m int) string { return amount(t, w.slip(t, w.run(t, regular(m)), "E1"), "loan") }
	require.Equal(t, "2000.00", took(9))
	first.Loan.Skip = []hr.Period{month(10)}
	w.lend(t, first)
	require.Equal(t, "0.00", took(10))
	first.Loan.Close = month(11).From
	w.lend(t, first)
	november := w.run(t, regular(11))
	// Half of 30,000 less 3,000 and 6,000: 6,000 of the 10,000 that are left.
	require.Equal(t, "6000.00", amount(t, w.slip(t, november, "E1"), "loan"))
	require.Equal(t, "6000.00", amount(t, w.slip(t, november, "E2"), "loan"), "18,000 are left of who leaves, and the cap holds")
	require.Equal(t, map[payroll.DebtID]string{first.ID: "4000"}, w.owes(t, "E1"))
	require.Len(t, w.owes(t, "E2"), 1, "what could not be recovered stays owed after the exit")
}

// A court takes 40 % of what is earned less the fund and tax, 21,000, before the loan; what an order with an amount could not get waits where it
// may. Half of the pay, 15,000, less 9,000 leaves 6,000.
func TestCourtOrdersComeFirstWithinTheCap(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	loan := w.lend(t, payroll.Debt{Employee: "E1", Priority: 9, Loan: loanOf("9000", "3000", 9)})
	order := payroll.Order{Period: hr.MustPeriod("2026-09-01..2026-10-31"), Percent: dec("20")}
	w.attach(t, payroll.Debt{Employee: "E1", Priority: 1, Order: order})
	slip := w.slip(t, w.run(t, regular(9)), "E1")
	require.Equal(t, "4200.00", amount(t, slip, "court"), "20 % of 21,000")
	require.Equal(t, "1800.00", amount(t, slip, "loan"), "6,000 - 4,200")
	tax := w.attach(t, payroll.Debt{Employee: "E1", Priority: 2, Order: payroll.Order{Period: month(10), Amount: dec("5000"), Carry: true}})
	slip = w.slip(t, w.run(t, regular(10)), "E1")
	require.Equal(t, "6000.00", amount(t, slip, "court"), "4,200 and the 1,800 that are left")
	require.Equal(t, "0.00", amount(t, slip, "loan"))
	require.Equal(t, map[payroll.DebtID]string{loan: "7200", tax: "3200"}, w.owes(t, "E1"))
	w.attach(t, payroll.Debt{ID: tax, Employee: "E1", Priority: 2, Order: payroll.Order{Period: hr.MustPeriod("2026-10-01.."), Amount: dec("1"), Carry: true}})
	slip = w.slip(t, w.run(t, regular(11)), "E1")
	require.Equal(t, "3201.00", amount(t, slip, "court"), "the first order has ended; the other catches up")
	require.Equal(t, "2799.00", amount(t, slip, "loan"))

	// A creditor gets nothing that makes more than a quarter of 21,000, 5,250, of all that is taken: 250 beside 5,000 of support.
	text := strings.ReplaceAll(debtRules, "%CEILING%", "1_00_000") + "line quarter in information, when_paid = round(25% * (sum(earnings) - fund - tax), 0.01)\n"
	quarter, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "quarter", Text: text}}})
	require.NoError(t, err)
	within := newLate(t, quarter)
	within.Debts = within.db
	within.pays(t, "E1", "2026-04-01..", "30000")
	within.attach(t, payroll.Debt{Employee: "E1", Priority: 1, Order: payroll.Order{Period: hr.MustPeriod("2026-09-01.."), Amount: dec("5000")}})
	within.attach(t, payroll.Debt{Employee: "E1", Priority: 2, Within: "quarter", Order: payroll.Order{Period: hr.MustPeriod("2026-09-01.."), Percent: dec("10"), Of: "earnings"}})
	require.Equal(t, "5250.00", amount(t, within.slip(t, within.run(t, regular(9)), "E1"), "court"), "3,000 were asked")

	keeps := newDebts(t)
	keeps.pays(t, "E1", "2026-04-01..", "30000")
	keeps.attach(t, payroll.Debt{Employee: "E1", Keeps: dec("20500"), Order: payroll.Order{Period: hr.MustPeriod("2026-09-01.."), Amount: dec("900"), Total: dec("700")}})
	require.Equal(t, "500.00", amount(t, keeps.slip(t, keeps.run(t, regular(9)), "E1"), "court"), "20,500 of 21,000 are protected")
	require.Equal(t, "200.00", amount(t, keeps.slip(t, keeps.run(t, regular(10)), "E1"), "court"), "700 in all")
	require.Equal(t, "0.00", amount(t, keeps.slip(t, keeps.run(t, regular(11)), "E1"), "court"))
}

// A month of absence is learnt after it was paid: 30,000 less come back, more than December pays. What is missing is owed, is taken within the cap from
// the next month on, and is written off in the end by somebody else than who asks.
func TestAnOverpaymentIsRecovered(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-01..2026-09-30", true)
	w.absent(t, "E1", "2026-10-01..2026-10-30", true)
	// October: 1,000 for one day of 30 (31 days, 30 unpaid: 967.74), fund 96.77 of it; September gives back 30,000 and 3,000 of the fund; tax is 20 % of
	// 967.74 - 30,000. Net: 967.74 - 96.77 - 30,000 + 3,000 + 5,806.45 = -20,322.58.
	october := w.run(t, regular(10))
	slip := w.slip(t, october, "E1")
	require.Equal(t, "0.00", slip.Net().AmountText())
	require.Equal(t, "20322.58", amount(t, slip, "owing"))
	owed := w.owes(t, "E1")
	require.Equal(t, map[payroll.DebtID]string{"overpaid/2026-10-01..2026-10-31": "20322.58"}, owed)
	journal, err := w.Journal(w.ctx(), asOfficer, october, debtChart)
	require.NoError(t, err)
	require.Equal(t, "20322.58", accountOf(journal, "overpaid"))
	findings, err := w.Findings(w.ctx(), asOfficer, october)
	require.NoError(t, err)
	require.Empty(t, findings, "nothing is below zero")
	_, err = w.Replay(w.ctx(), asOfficer, october)
	require.NoError(t, err)

	require.Equal(t, "6000.00", amount(t, w.slip(t, w.run(t, regular(11)), "E1"), "overpaid"), "half of 30,000 less 9,000")
	list, err := w.Owing(w.ctx(), asOfficer, "E1")
	require.NoError(t, err)
	plan := list[0][0].Debt
	plan.Loan.Close, plan.Loan.Instalment = hr.Date{}, dec("1000") // a plan is agreed
	w.lend(t, plan)
	require.Equal(t, "1000.00", amount(t, w.slip(t, w.run(t, regular(12)), "E1"), "overpaid"))
	plan.Forgiven = dec("13322.59")
	_, err = w.Ask(w.ctx(), w.cmd(officer), payroll.Request{Kind: payroll.AskDebt, Employee: "E1", Debt: plan, Reason: "hardship"})
	require.Equal(t, []string{"debt.forgiven payroll.debt"}, faultsOf(err), "a paisa more than is owed")
	plan.Forgiven = dec("13322.58")
	w.lend(t, plan)
	require.Empty(t, w.owes(t, "E1"))
	off, err := payroll.WriteOff("INR", month(12).Through, "overpaid", "written off", payroll.Forgiven{Employee: "E1", Debt: plan.ID, Amount: plan.Forgiven})
	require.NoError(t, err)
	require.NoError(t, off.Balanced())
	require.Equal(t, "13322.58", accountOf(off, "written off"))
	_, err = payroll.WriteOff("INR", hr.Date{}, "", "", payroll.Forgiven{})
	require.Equal(t, []string{"account payroll.journal.settlement", "bank payroll.journal.settlement", "on payroll.journal.settlement", "forgiven[0].employee payroll.journal.settlement", "forgiven[0].amount payroll.journal.settlement"}, faultsOf(err))
}

// A correction that takes pay back owes nothing to a bank: the difference is a receivable.
func TestACorrectionBelowZeroIsAReceivable(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-07..2026-09-08", true) // 2,000 less, 200 of the fund and 400 of tax with it
	slip := w.slip(t, w.run(t, special(payroll.RunCorrection, 9, 10, "E1")), "E1")
	require.Equal(t, "0.00", slip.Net().AmountText())
	require.Equal(t, map[payroll.DebtID]string{"overpaid/2026-09-01..2026-09-30": "1400"}, w.owes(t, "E1"))
	w.absent(t, "E1", "2026-09-08..2026-09-08", false)
	slip = w.slip(t, w.run(t, special(payroll.RunCorrection, 9, 10, "E1")), "E1")
	require.Equal(t, "0.00", slip.Net().AmountText(), "700 of it were no overpayment")
	require.Equal(t, map[payroll.DebtID]string{"overpaid/2026-09-01..2026-09-30": "700"}, w.owes(t, "E1"))
}

// What an order could not get is carried over, and a second payslip of the month asks for that and not for the month again: of 8,000 the
// regular payslip takes the 6,000 that may be taken, the one beside it the 2,000 that are left, although 2,700 might be taken of its 19,000.
func TestAnOrderThatCarriesOverAsksOnceAMonth(t *testing.T) {
	for name, order := range map[string]payroll.Order{
		"an amount":             {Amount: dec("8000")},
		"an amount and a share": {Amount: dec("7700"), Percent: dec("1"), Of: "earnings"}, // 7,700 + 300, and then 190 of the 19,000
	} {
		t.Run(name, func(t *testing.T) {
			w := newDebts(t)
			w.pays(t, "E1", "2026-04-01..", "30000")
			order.Period, order.Carry = hr.MustPeriod("2026-09-01.."), true
			id := w.attach(t, payroll.Debt{Employee: "E1", Order: order})
			require.Equal(t, "6000.00", amount(t, w.slip(t, w.run(t, regular(9)), "E1"), "court"))
			require.Equal(t, map[payroll.DebtID]string{id: "2000"}, w.owes(t, "E1"))
			_, err := w.Adjust(w.ctx(), w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: month(9), Amount: dec("19000")})
			require.NoError(t, err)
			beside := w.slip(t, w.run(t, special(payroll.RunOffCycle, 9, 9, "E1")), "E1")
			require.Equal(t, map[string]string{"an amount": "2000.00", "an amount and a share": "2190.00"}[name], amount(t, beside, "court"))
			require.Empty(t, w.owes(t, "E1"))
		})
	}
}

// A month is corrected twice. What was agreed about the first overpayment still stands after the second: 1,400 + 700 less 500 that were written
// off are owed, and come back by 100 a month.
func TestASecondOverpaymentLeavesWhatWasAgreed(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-07..2026-09-08", true) // 1,400, as above
	w.run(t, special(payroll.RunCorrection, 9, 9, "E1"))
	list, err := w.Owing(w.ctx(), asOfficer, "E1")
	require.NoError(t, err)
	plan := list[0][0].Debt
	plan.Loan.Close, plan.Loan.Instalment, plan.Forgiven = hr.Date{}, dec("100"), dec("500")
	w.lend(t, plan)
	require.Equal(t, map[payroll.DebtID]string{plan.ID: "900"}, w.owes(t, "E1"))
	w.absent(t, "E1", "2026-09-09..2026-09-09", true)
	w.run(t, special(payroll.RunCorrection, 9, 9, "E1"))
	require.Equal(t, map[payroll.DebtID]string{plan.ID: "1600"}, w.owes(t, "E1"))
	require.Equal(t, "100.00", amount(t, w.slip(t, w.run(t, regular(10)), "E1"), "overpaid"))
}

// Two changes of one loan are asked for at once. The second to be agreed would undo the first, which nobody who agreed to it has seen: it is asked anew.
func TestADebtThatChangedSinceItWasAskedIsAskedAnew(t *testing.T) {
	w := newDebts(t)
	ctx := w.ctx()
	w.pays(t, "E1", "2026-04-01..", "30000")
	loan := payroll.Debt{Employee: "E1", Kind: payroll.DebtLoan, Name: "loan", Loan: loanOf("12000", "2000", 9)}
	loan.ID = w.lend(t, loan)
	ask := func(d payroll.Debt) payroll.RequestID {
		id, err := w.Ask(ctx, w.cmd(officer), payroll.Request{Kind: payroll.AskDebt, Employee: "E1", Debt: d, Reason: "asked for"})
		require.NoError(t, err)
		return id
	}
	skip, halve := loan, loan
	skip.Loan.Skip, halve.Loan.Instalment = []hr.Period{month(9)}, dec("1000")
	first, second := ask(skip), ask(halve)
	_, err := w.Decide(ctx, w.cmd(chief), first, true)
	require.NoError(t, err)
	_, err = w.Decide(ctx, w.cmd(chief), second, true)
	require.Equal(t, []string{"debt payroll.debt"}, faultsOf(err))
	require.Equal(t, "0.00", amount(t, w.slip(t, w.run(t, regular(9)), "E1"), "loan"), "September is skipped, as was agreed")
	_, err = w.Decide(ctx, w.cmd(chief), second, false)
	require.NoError(t, err)
}

// A provisional payslip neither lends nor recovers; the payslip of the month does, once.
func TestAProvisionalPayslipLeavesDebtsAlone(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	id := w.lend(t, payroll.Debt{Employee: "E1", Loan: loanOf("9000", "3000", 9)})
	september := w.run(t, regular(9))
	spec := regular(10)
	spec.Kind, spec.Of, spec.Reason = payroll.RunProvisional, september, "the clocks are down"
	require.Equal(t, "21000.00", w.slip(t, w.run(t, spec), "E1").Net().AmountText())
	require.Equal(t, map[payroll.DebtID]string{id: "6000"}, w.owes(t, "E1"))
	slip := w.slip(t, w.run(t, regular(10)), "E1")
	require.Equal(t, map[payroll.DebtID]string{id: "3000", "overpaid/2026-10-01..2026-10-31": "3000"}, w.owes(t, "E1"), "21,000 were paid and 18,000 were due")
	require.Equal(t, "0.00", slip.Net().AmountText())
}

// A correction that finds nothing to correct lends and takes nothing, of any of several debts.
func TestACorrectionOfNothingMovesNoDebt(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	first := w.lend(t, payroll.Debt{Employee: "E1", Loan: loanOf("9000", "3000", 9)})
	second := w.lend(t, payroll.Debt{Employee: "E1", Loan: loanOf("5000", "1000", 9)})
	require.Len(t, w.slip(t, w.run(t, regular(9)), "E1").Debts, 2)
	require.Empty(t, w.slip(t, w.run(t, special(payroll.RunCorrection, 9, 10, "E1")), "E1").Debts)
	require.Equal(t, map[payroll.DebtID]string{first: "6000", second: "4000"}, w.owes(t, "E1"))
}

// 1,400 were overpaid for September, as above. A bonus of September that is paid later gives them back: half of 19,000 less 2,800 of the fund of the month and
// 3,800 of tax, 2,900, may be taken. That records no debt.
func TestWhatComesBackOfAnOverpaymentIsNoDebt(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.run(t, regular(9))
	w.absent(t, "E1", "2026-09-07..2026-09-08", true)
	w.run(t, special(payroll.RunCorrection, 9, 10, "E1"))
	_, err := w.Adjust(w.ctx(), w.cmd(officer), payroll.Adjustment{Employee: "E1", Name: "bonus", Period: month(9), Amount: dec("19000")})
	require.NoError(t, err)
	require.Equal(t, "1400.00", amount(t, w.slip(t, w.run(t, special(payroll.RunOffCycle, 9, 11, "E1")), "E1"), "overpaid"))
	require.Empty(t, w.owes(t, "E1"))
	lists, err := w.db.DebtsOf(w.ctx(), []hr.Pin{{Employee: "E1"}})
	require.NoError(t, err)
	require.Len(t, lists[0], 1, "of the correction")
}

func TestWhatIsLentNeedsTheAgreementOfOthers(t *testing.T) {
	w := newDebts(t)
	ctx := w.ctx()
	w.pays(t, "E1", "2026-04-01..", "30000")
	w.Approvers = []hr.ApprovalLevel{{Name: "payroll head", Approvers: []hr.ActorID{"chief", "officer", "e1"}}}
	self := hr.Actor{ID: "e1", Employee: "E1"}
	ask := payroll.Request{Kind: payroll.AskDebt, Employee: "E1", Reason: "a wedding", Debt: payroll.Debt{Kind: payroll.DebtLoan, Name: "loan", Loan: loanOf("9000", "3000", 9)}}
	id, err := w.Ask(ctx, w.cmd(officer), ask)
	require.NoError(t, err)
	_, err = w.Decide(ctx, w.cmd(officer), id, true)
	require.Equal(t, []hr.Rule{hr.RuleApprovalConflict}, rules(err), "who asks does not agree")
	_, err = w.Decide(ctx, w.cmd(self), id, true)
	require.Equal(t, []hr.Rule{hr.RuleApprovalConflict}, rules(err), "nor whom it benefits")
	state, err := w.Decide(ctx, w.cmd(chief), id, false)
	require.NoError(t, err)
	require.Equal(t, payroll.RequestRefused, state)
	require.Empty(t, w.owes(t, "E1"))
	_, err = w.Decide(ctx, w.cmd(chief), id, true)
	require.ErrorIs(t, err, hr.ErrInvalid)

	again, err := w.Ask(ctx, w.cmd(self), ask)
	require.NoError(t, err)
	_, err = w.Withdraw(ctx, w.cmd(chief), again)
	require.Equal(t, []hr.Rule{payroll.RuleRequest}, rules(err))
	state, err = w.Withdraw(ctx, w.cmd(self), again)
	require.NoError(t, err)
	require.Equal(t, payroll.RequestWithdrawn, state)
	list, err := w.RequestsOf(ctx, asOfficer, "E1")
	require.NoError(t, err)
	require.Len(t, list, 2)

	_, err = w.Attach(ctx, w.cmd(self), payroll.Debt{Employee: "E1", Kind: payroll.DebtOrder, Name: "court", Order: payroll.Order{Period: hr.MustPeriod("2026-09-01.."), Amount: dec("1")}})
	require.Equal(t, []string{"orders[0].employee payroll.debt"}, faultsOf(err))
	_, err = w.Attach(ctx, hr.Command{ID: "no reason", Actor: officer}, payroll.Debt{Kind: payroll.DebtLoan, Keeps: dec("-987654")})
	require.Equal(t, []string{
		"orders[0].employee payroll.debt", "orders[0].name payroll.debt", "orders[0].keeps payroll.debt", "orders[0].loan.principal payroll.loan",
		"orders[0].loan.instalment payroll.loan", "orders[0].loan.first payroll.loan", "orders[0].kind payroll.debt", "command.reason payroll.debt",
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "987654")
	bad := payroll.Debt{Employee: "E1", Kind: payroll.DebtOrder, Name: "court", PayOut: month(9).From, Order: payroll.Order{Percent: dec("101"), Total: dec("-1"), Of: "earnings"}}
	require.Equal(t, []string{"order.period payroll.debt", "order.total payroll.debt", "order.percent payroll.debt", "loan payroll.debt"}, faultsOf(bad.Validate()))
}

// What no payslip could have is refused when it is agreed, and not by the run of every month after.
func TestDebtsThatCannotBePaid(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	order := payroll.Debt{ID: "O1", Employee: "E1", Kind: payroll.DebtOrder, Name: "court", Order: payroll.Order{Period: hr.MustPeriod("2026-09-01.."), Amount: dec("100.005"), Total: dec("1.0001")}}
	_, err := w.Attach(w.ctx(), w.cmd(officer), order)
	require.Equal(t, []string{"orders[0].order.amount payroll.debt", "orders[0].order.total payroll.debt"}, faultsOf(err))
	order.Order.Amount, order.Order.Total = dec("100.050"), dec("0")
	other := order
	other.Order.Amount = dec("200")
	_, err = w.Attach(w.ctx(), w.cmd(officer), order, other)
	require.Equal(t, []string{"orders[1].id payroll.debt"}, faultsOf(err))
	fine := loanOf("9000.001", "0.333", 9)
	_, err = w.Ask(w.ctx(), w.cmd(officer), payroll.Request{Kind: payroll.AskDebt, Employee: "E1", Reason: "a wedding", Debt: payroll.Debt{Kind: payroll.DebtLoan, Name: "loan", Loan: fine, Keeps: dec("0.999")}})
	require.Equal(t, []string{"debt.keeps payroll.debt", "debt.loan.principal payroll.debt", "debt.loan.instalment payroll.debt"}, faultsOf(err))
	require.NotContains(t, err.Error(), "9000")
	require.Empty(t, w.owes(t, "E1"))
}

// Every receipt is paid once: with its month, or with the next where that is paid; it is not taxed, because its line is not.
func TestExpensesArePaidBackOnce(t *testing.T) {
	text := strings.Replace(strings.ReplaceAll(lateRules, "%CEILING%", "1_00_000"), "input bonus: money = 0", "input bonus: money = 0\ninput travel: money = 0\nline travel_paid \"Travel\" in earnings, untaxed = travel", 1)
	text = strings.Replace(text, "20% * (sum(earnings) + arrears_earnings)", "20% * (sum(earnings) - sum(untaxed) + arrears_earnings - arrears_untaxed)", 1) + "input arrears_untaxed: money\n"
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{april}, Components: []payroll.Component{{Name: "travel", Text: text}}})
	require.NoError(t, err)
	w := newLate(t, plan)
	w.Debts, w.Requests = w.db, w.db
	ctx := w.ctx()
	w.pays(t, "E1", "2026-04-01..", "30000")
	claim := payroll.Request{Kind: payroll.AskExpense, Employee: "E1", Reason: "customers in Pune", Expense: payroll.Expense{Name: "travel", Period: month(9), Items: []payroll.ExpenseItem{
		{Day: hr.MustDate("2026-09-03"), What: "train", Amount: dec("750.50"), Receipt: "r-1"},
		{Day: hr.MustDate("2026-09-04"), What: "taxi", Amount: dec("249.50"), Receipt: "r-2"},
	}}}
	self := hr.Actor{ID: "e1", Employee: "E1"}
	id, err := w.Ask(ctx, w.cmd(self), claim)
	require.NoError(t, err)
	_, err = w.Ask(ctx, w.cmd(self), claim)
	require.Equal(t, []string{"expense.items[0].receipt payroll.expense", "expense.items[1].receipt payroll.expense"}, faultsOf(err), "they are claimed already")
	decide := w.cmd(chief)
	for range 2 { // sent again it is the same decision
		_, err = w.Decide(ctx, decide, id, true)
		require.NoError(t, err)
	}
	slip := w.slip(t, w.run(t, regular(9)), "E1")
	require.Equal(t, "22000.00", slip.Net().AmountText(), "21,000 and 1,000, of which nothing is taxed")
	trace, err := w.Explain(ctx, asOfficer, w.run(t, regular(10)), "E1", "travel_paid")
	require.NoError(t, err)
	require.Equal(t, "0", trace.Value, "and never again")

	claim.Expense.Items = []payroll.ExpenseItem{{Day: hr.MustDate("2026-09-30"), What: "meal", Amount: dec("100"), Receipt: "r-3"}}
	id, err = w.Ask(ctx, w.cmd(self), claim)
	require.NoError(t, err)
	_, err = w.Decide(ctx, w.cmd(chief), id, true)
	require.NoError(t, err)
	november := w.slip(t, w.run(t, regular(11)), "E1")
	require.Equal(t, []string{"travel_paid 9 100: 100 by adjustment"}, told(november), "September was paid")
	require.Equal(t, "21100.00", november.Net().AmountText())
	require.Empty(t, w.slip(t, w.run(t, regular(12)), "E1").Arrears)

	claim.Expense.Items = []payroll.ExpenseItem{{Day: hr.MustDate("2026-09-30"), What: "meal", Receipt: "r-4"}}
	_, err = w.Ask(ctx, w.cmd(self), claim)
	require.Equal(t, []string{"expense.items[0].amount payroll.expense"}, faultsOf(err), "a receipt of nothing")
	_, err = w.Ask(ctx, w.cmd(self), payroll.Request{Kind: payroll.AskExpense, Expense: payroll.Expense{Items: []payroll.ExpenseItem{{Amount: dec("-987654")}}}})
	require.Equal(t, []string{
		"employee payroll.request", "reason payroll.request", "expense.name payroll.expense", "expense.period payroll.expense",
		"expense.items[0].day payroll.expense", "expense.items[0].what payroll.expense", "expense.items[0].amount payroll.expense", "expense.items[0].receipt payroll.expense",
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "987654")
}

// What an order asks for a pay period is asked once, over all the payslips of the period: 1,000, of which 600 were taken or were missed before.
func TestAnOrderAsksOnceForAPeriod(t *testing.T) {
	plan := debtPlan(t)
	order := payroll.Debt{ID: "C1", Employee: "E1", Kind: payroll.DebtOrder, Name: "court", Order: payroll.Order{Period: hr.MustPeriod("2026-04-01.."), Amount: dec("1000")}}
	require.NoError(t, order.Validate())
	for _, c := range []struct {
		taken, missed string
		want          string
	}{{"0", "0", "1000"}, {"600", "0", "400"}, {"0", "600", "400"}, {"700", "200", "100"}, {"1000", "0", ""}, {"1000", "1", ""}} {
		slip, err := plan.Calculate(payroll.Input{
			Employee: "E1", Period: month(9), PayDate: month(9).Through, Terms: hr.Since(month(9).From, basic("30000")),
			Debts: []payroll.Outstanding{{Debt: order, InPeriod: dec(c.taken), Missed: dec(c.missed)}},
		})
		require.NoError(t, err)
		var got string
		for _, m := range slip.Debts {
			got = m.Repaid.String()
		}
		require.Equal(t, c.want, got, "%+v", c)
	}
	order.Order.Amount = decimal.Zero
	require.Equal(t, []string{"order.amount payroll.debt"}, faultsOf(order.Validate()), "an order asks for something")
}

// What is not recovered as it should is a fault of the plan, when it is compiled or when it is used.
func TestAPlanThatDoesNotRecover(t *testing.T) {
	compile := func(text string) (*payroll.Plan, error) {
		return payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "x", Text: text}}})
	}
	_, err := compile("input basic: money by piece\ninput repaid_loan: money\nline pay in earnings = round(pieces(basic), 0.01)\nline loan in deductions = repaid_loan\nline half in information = round(pieces(basic) - repaid_loan, 1)\ninput payable_days: days by piece\nline daily in information = round(pieces(repaid_loan * payable_days) / 30 days, 1)\n")
	require.Equal(t, []string{"x:4:6 payroll.debt.line", "x:5:6 payroll.debt.line", "x:7:6 payroll.debt.line"}, faultsOf(err), "an earned line would be paid back by the next retro")
	_, err = compile("input repaid_loan: money\ninput payable_days: days by piece\nline daily in information = round(pieces(repaid_loan * payable_days) / 30 days, 1)\n")
	require.Equal(t, []string{"x:3:6 payroll.debt.line"}, faultsOf(err), "alone and in pieces")
	plan, err := compile("input basic: money by piece\ninput repaid_loan: money\nline pay in earnings = round(pieces(basic), 0.01)\nline loan in deductions, when_paid = round(50% * repaid_loan, 0.01)\n")
	require.NoError(t, err)
	in := payroll.Input{Employee: "E1", Period: month(9), PayDate: month(9).Through, Terms: hr.Since(month(9).From, hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: dec("30000")}}})}
	loan := payroll.Outstanding{Debt: payroll.Debt{ID: "L1", Employee: "E1", Kind: payroll.DebtLoan, Name: "loan", Loan: loanOf("100", "100", 9)}}
	in.Debts = []payroll.Outstanding{loan}
	_, err = plan.Calculate(in)
	require.Equal(t, []string{"debts payroll.debt.line"}, faultsOf(err), "half of it would be forgotten")
	loan.Debt.Name, loan.Debt.Within = "lone", "disposable"
	in.Debts, in.Overpaid = []payroll.Outstanding{loan, loan}, "surplus"
	_, err = plan.Calculate(in)
	require.Equal(t, []string{
		"debts[0].name payroll.debt.line", "debts[0].within payroll.debt.line", "debts[1].id payroll.debt", "debts[1].name payroll.debt.line", "debts[1].within payroll.debt.line", "overpaid payroll.debt.line", "overpaid payroll.debt.line",
	}, faultsOf(err))
}

var debtChart = payroll.Chart{NetPay: "net", Lines: append(slices.Clone(lateChart.Lines),
	payroll.ChartLine{Line: "lent", Debit: "loans"}, payroll.ChartLine{Line: "owing", Debit: "overpaid"}, payroll.ChartLine{Line: "loan", Credit: "loans"}, payroll.ChartLine{Line: "court", Credit: "courts"}, payroll.ChartLine{Line: "overpaid", Credit: "overpaid"})}

func accountOf(j payroll.Journal, account string) string {
	sum := decimal.Zero
	for _, a := range j.Accounts() {
		if a.Account == account {
			sum = sum.Add(a.Debit).Sub(a.Credit)
		}
	}
	return sum.String()
}

// plainMoves have their zeros as zeros, so that they compare.
func plainMoves(moves []payroll.DebtMove) []payroll.DebtMove {
	for i, m := range moves {
		for _, d := range []*decimal.Decimal{&m.Lent, &m.Repaid, &m.Carried, &m.Left} {
			*d = dec(hr.Canonical(*d))
			if d.IsZero() {
				*d = decimal.Decimal{}
			}
		}
		moves[i] = m
	}
	return moves
}

// Over random histories with debts, late facts, corrections and reversals: what is earned is what it would be without debts; nobody is paid less than
// nothing; within the cap; what lines take is what debts say; no debt is repaid beyond what was lent; every run replays; a second retro is zero.
func TestDebtsOverRandomHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, fresh := newDebts(t), newLate(t, latePlan(t, "1_00_000"))
		var facts []func(*lateWorld)
		learn := func(f func(*lateWorld)) { facts = append(facts, f); f(w) }
		learn(func(w *lateWorld) { w.pays(t, "E1", "2026-04-01..", "30000") })
		through := rapid.IntRange(7, 9).Draw(t, "through")
		runs := map[int]payroll.RunID{}
		var all []payroll.RunID
		check := func(id payroll.RunID, kind payroll.RunKind) {
			slip := w.slip(t, id, "E1")
			if kind != payroll.RunReversal {
				require.False(t, slip.Net().Amount.IsNegative(), "%s", kind)
			}
			moved := decimal.Zero
			for _, m := range slip.Debts {
				moved = moved.Add(m.Repaid).Sub(m.Lent)
			}
			for _, line := range []string{"loan", "court", "overpaid"} {
				x, _ := slip.Amount(line)
				moved = moved.Sub(x)
			}
			for _, line := range []string{"lent", "owing"} {
				x, _ := slip.Amount(line)
				moved = moved.Add(x)
			}
			require.True(t, moved.IsZero(), "lines and debts differ")
			all = append(all, id)
		}
		for m := 6; m <= through; m++ {
			for range rapid.IntRange(0, 2).Draw(t, "debts") {
				principal, instalment := fmt.Sprint(rapid.IntRange(100, 20_000).Draw(t, "principal")), fmt.Sprint(rapid.IntRange(100, 9_000).Draw(t, "instalment"))
				switch rapid.IntRange(0, 2).Draw(t, "debt") {
				case 0:
					w.lend(t, payroll.Debt{Employee: "E1", Priority: rapid.IntRange(0, 2).Draw(t, "priority"), Loan: loanOf(principal, instalment, m), PayOut: month(m).From})
				case 1:
					w.lend(t, payroll.Debt{Employee: "E1", Loan: loanOf(principal, instalment, m+1)})
				case 2:
					w.attach(t, payroll.Debt{Employee: "E1", Priority: rapid.IntRange(0, 2).Draw(t, "priority"), Keeps: dec(principal), Order: payroll.Order{
						Period: hr.Period{From: month(m).From}, Amount: dec(instalment), Percent: decimalOf(rapid.IntRange(0, 30).Draw(t, "percent")), Carry: rapid.Bool().Draw(t, "carry"),
					}})
				}
			}
			if m > 6 && m < through {
				of := rapid.IntRange(6, m-1).Draw(t, "of")
				switch rapid.IntRange(0, 4).Draw(t, "beside") {
				case 0:
					check(w.run(t, special(payroll.RunOffCycle, of, m, "E1")), payroll.RunOffCycle)
				case 1:
					check(w.run(t, special(payroll.RunCorrection, of, m, "E1")), payroll.RunCorrection)
				case 2:
					if _, there := runs[of]; there {
						spec := special(payroll.RunReversal, of, m, "E1")
						spec.Of = runs[of]
						check(w.run(t, spec), payroll.RunReversal)
						delete(runs, of)
						check(w.run(t, special(payroll.RunCorrection, of, m, "E1")), payroll.RunCorrection)
					}
				}
			}
			if m > 6 {
				for range rapid.IntRange(0, 2).Draw(t, "facts") {
					day := month(rapid.IntRange(6, m-1).Draw(t, "month")).From.Add(rapid.IntRange(0, 29).Draw(t, "day"))
					span := day.String() + ".." + day.Add(rapid.IntRange(0, 40).Draw(t, "days")).String()
					basic, away := fmt.Sprint(rapid.IntRange(5_000, 50_000).Draw(t, "basic")), rapid.Bool().Draw(t, "away")
					if rapid.Bool().Draw(t, "absence") {
						learn(func(w *lateWorld) { w.absent(t, "E1", span, away) })
					} else {
						learn(func(w *lateWorld) { w.pays(t, "E1", span, basic) })
					}
				}
			}
			runs[m] = w.run(t, regular(m))
			check(runs[m], payroll.RunRegular)
			for _, o := range first(w.Owing(w.ctx(), asOfficer, "E1"))[0] {
				if o.Debt.Kind != payroll.DebtOrder {
					require.False(t, o.Repaid.IsNegative(), "more came back than was taken")
				}
			}
		}
		for _, id := range all {
			_, err := w.Replay(w.ctx(), asOfficer, id)
			require.NoError(t, err)
		}
		for _, f := range facts {
			f(fresh)
		}
		for m := 6; m <= through; m++ {
			fresh.run(t, regular(m))
		}
		require.Equal(t, fresh.earned(t, "E1"), w.earned(t, "E1"))
		owed, err := w.Retro(w.ctx(), asOfficer, payroll.PayPeriod{Period: month(through + 1), PayDate: month(through + 1).Through})
		require.NoError(t, err)
		require.Empty(t, owed, "a second retro is zero")
	})
}

func first[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// tells is a Router that keeps what it is asked, and answers with an error if it has one.
type tells struct {
	asked []hr.ApprovalAsk
	err   error
}

func (r *tells) Route(_ context.Context, ask hr.ApprovalAsk) ([]hr.ApprovalLevel, error) {
	r.asked = append(r.asked, ask)
	return []hr.ApprovalLevel{{Name: "head", Approvers: []hr.ActorID{"chief"}}}, r.err
}

// Who approves may depend on how much is at stake and on the day: the last of the pay period of an expense, the one a loan is paid out on, else that
// of its first instalment. Where there is no plan there is no currency, and so no amount.
func TestARouterIsToldWhatIsAtStake(t *testing.T) {
	w := newDebts(t)
	router := &tells{}
	w.Router = router
	loan := payroll.Debt{Kind: payroll.DebtLoan, Name: "loan", Loan: loanOf("9000", "3000", 10)}
	paidOut := loan
	paidOut.PayOut = hr.MustDate("2026-09-15")
	expense := payroll.Expense{Name: "travel", Period: month(9), Items: []payroll.ExpenseItem{
		{Day: hr.MustDate("2026-09-03"), What: "train", Amount: dec("750.50"), Receipt: "r-1"},
		{Day: hr.MustDate("2026-09-04"), What: "taxi", Amount: dec("249.50"), Receipt: "r-2"},
	}}
	ask := func(r payroll.Request) hr.ApprovalAsk {
		r.Employee, r.Reason = "E1", "asked for"
		_, err := w.Ask(w.ctx(), w.cmd(officer), r)
		require.NoError(t, err)
		return router.asked[len(router.asked)-1]
	}
	for _, c := range []struct {
		request    payroll.Request
		amount, on string
	}{
		{payroll.Request{Kind: payroll.AskDebt, Debt: loan}, "9000", "2026-10-01"},
		{payroll.Request{Kind: payroll.AskDebt, Debt: paidOut}, "9000", "2026-09-15"},
		{payroll.Request{Kind: payroll.AskExpense, Expense: expense}, "1000", "2026-09-30"}, // 750.50 + 249.50
	} {
		got := ask(c.request)
		require.Equal(t, c.on, got.On.String())
		require.Equal(t, hr.Currency("INR"), got.Amount.Currency)
		require.Equal(t, c.amount, hr.Canonical(got.Amount.Amount))
	}
	w.Plans = nil
	expense.Items = []payroll.ExpenseItem{{Day: hr.MustDate("2026-09-05"), What: "taxi", Amount: dec("10"), Receipt: "r-3"}}
	require.Equal(t, hr.Money{}, ask(payroll.Request{Kind: payroll.AskExpense, Expense: expense}).Amount)

	before, err := w.RequestsOf(w.ctx(), asOfficer, "E1")
	require.NoError(t, err)
	router.err = errCrash
	expense.Items[0].Receipt = "r-4"
	_, err = w.Ask(w.ctx(), w.cmd(officer), payroll.Request{Kind: payroll.AskExpense, Employee: "E1", Reason: "asked for", Expense: expense})
	require.ErrorIs(t, err, errCrash)
	after, err := w.RequestsOf(w.ctx(), asOfficer, "E1")
	require.NoError(t, err)
	require.Len(t, after, len(before), "where nobody can say who approves, nothing is asked")
}

// Of 10,000 that were paid out the principal cannot become 9,999 any more; before they were, it could.
func TestAPrincipalIsNotLessThanWhatWasLent(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	loan := payroll.Debt{Employee: "E1", Kind: payroll.DebtLoan, Name: "loan", Loan: loanOf("12000", "4000", 10), PayOut: month(9).From}
	loan.ID = w.lend(t, loan)
	loan.Loan.Principal = dec("10000")
	w.lend(t, loan)
	w.run(t, regular(9))
	w.lend(t, loan) // the same again
	loan.Loan.Principal = dec("9999")
	_, err := w.Ask(w.ctx(), w.cmd(officer), payroll.Request{Kind: payroll.AskDebt, Employee: "E1", Debt: loan, Reason: "asked for"})
	require.Equal(t, []string{"debt.loan.principal payroll.debt"}, faultsOf(err))
}

// Nothing is written off before it is owed; nobody asks for an overpayment that no payslip made; a loan stays of its kind and name.
func TestADebtIsWhatItWas(t *testing.T) {
	w := newDebts(t)
	w.pays(t, "E1", "2026-04-01..", "30000")
	loan := payroll.Debt{Employee: "E1", Kind: payroll.DebtLoan, Name: "loan", Loan: loanOf("9000", "3000", 10)}
	loan.ID = w.lend(t, loan)
	forgiven, overpaid, renamed := loan, loan, loan
	forgiven.ID, forgiven.Forgiven = "", dec("1")
	overpaid.ID, overpaid.Kind, overpaid.Name = "", payroll.DebtOverpaid, "overpaid"
	renamed.Name = "overpaid"
	for _, c := range []struct {
		debt payroll.Debt
		want string
	}{{forgiven, "debt.forgiven"}, {overpaid, "debt.id"}, {renamed, "debt.id"}} {
		_, err := w.Ask(w.ctx(), w.cmd(officer), payroll.Request{Kind: payroll.AskDebt, Employee: "E1", Debt: c.debt, Reason: "asked for"})
		require.Equal(t, []string{c.want + " payroll.debt"}, faultsOf(err))
	}
}
