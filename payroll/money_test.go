package payroll_test

import (
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func chart() payroll.Chart {
	return payroll.Chart{NetPay: "2100", Lines: []payroll.ChartLine{
		{Line: "basic_pay", Debit: "5000"},
		{Line: "hra_pay", Debit: "5000"},
		{Line: "overtime", Debit: "5010"},
		{Line: "bonus_pay", Debit: "5020"},
		{Line: "women_day", Debit: "5030"},
		{Line: "fund", Credit: "2200"},
		{Line: "fund_employer", Debit: "5100", Credit: "2200"},
	}}
}

func account(number string) hr.BankAccount {
	return hr.BankAccount{Holder: "A Specimen", Number: hr.NewSecret(number), Bank: "SPEC0000001", Kind: "savings"}
}

func details() payroll.PaymentDetails {
	return payroll.PaymentDetails{ID: "OCT26", ValueDate: hr.MustDate("2026-10-31"), From: account("999999999"), Narration: "SALARY OCT 2026"}
}

// Whatever the payslips, debits equal credits, net pay is the credit of the net pay account, and payments with holds are net pay.
func TestMoneyIsConserved(t *testing.T) {
	plan := office(t)
	rapid.Check(t, func(t *rapid.T) {
		var slips []payroll.Payslip
		accounts := map[hr.EmployeeID]hr.BankAccount{}
		for i := range rapid.IntRange(1, 6).Draw(t, "employees") {
			id := hr.EmployeeID(rune('A' + i))
			in := full(id)
			in.Terms = hr.Since(hr.MustDate("2026-01-01"), terms(
				decimal.New(rapid.Int64Range(0, 9_000_000).Draw(t, "basic"), -2).String(),
				decimal.New(rapid.Int64Range(0, 9_000_000).Draw(t, "hra"), -2).String()))
			if rapid.Bool().Draw(t, "bonus") {
				in.Adjustments = []payroll.Adjustment{{Employee: id, Name: "bonus", Amount: dec("1234.56")}}
			}
			slip, err := plan.Calculate(in)
			require.NoError(t, err)
			slips = append(slips, slip)
			if rapid.Bool().Draw(t, "has account") {
				accounts[id] = account("10000000" + string(rune('0'+i)))
			}
		}
		shuffled := rapid.Permutation(slips).Draw(t, "order")
		journal, err := payroll.Post(shuffled, chart())
		require.NoError(t, err)
		debit, credit := journal.Totals()
		require.True(t, debit.Equal(credit))
		net, owed := decimal.Zero, decimal.Zero
		for _, s := range slips {
			net = net.Add(s.Net().Amount)
		}
		for _, a := range journal.Accounts() {
			if a.Account == "2100" {
				owed = owed.Add(a.Credit).Sub(a.Debit)
			}
		}
		require.True(t, net.Equal(owed))
		batch, err := payroll.NewPaymentBatch(shuffled, accounts, details())
		require.NoError(t, err)
		require.True(t, net.Equal(batch.Total().Amount.Add(batch.Held().Amount)))

		again, err := payroll.Post(slips, chart())
		require.NoError(t, err)
		require.Equal(t, hr.Digest("journal", again), hr.Digest("journal", journal), "the order of employees changes nothing")
	})
}

func TestPostRefusesWhatTheChartDoesNotMap(t *testing.T) {
	slip, err := office(t).Calculate(full("E1"))
	require.NoError(t, err)
	c := chart()
	c.NetPay = ""
	c.Lines = c.Lines[1:]                 // basic_pay is not mapped
	c.Lines[4].Credit = ""                // fund has no credit side
	c.Lines = append(c.Lines, c.Lines[0]) // hra_pay twice
	_, err = payroll.Post([]payroll.Payslip{slip}, c)
	require.Equal(t, []hr.Rule{payroll.RuleChartAccount, payroll.RuleChartAccount, payroll.RuleChartAccount, payroll.RuleChartAccount}, rules(err))
	require.NotContains(t, err.Error(), "20000")

	dollars := slip
	dollars.Employee, dollars.Currency = "E2", "USD"
	_, err = payroll.Post([]payroll.Payslip{slip, dollars}, chart())
	require.Equal(t, []hr.Rule{payroll.RuleJournalCurrency}, rules(err))

	november := slip
	november.Employee, november.Period = "E2", hr.MustPeriod("2026-11-01..2026-11-30")
	_, err = payroll.Post([]payroll.Payslip{november, slip, slip}, chart())
	require.ElementsMatch(t, []hr.Rule{payroll.RuleJournalPeriod, payroll.RuleJournalEmployee}, rules(err))

	both := payroll.Journal{Entries: []payroll.JournalEntry{
		{Account: "1", Employee: "E1", Debit: dec("5"), Credit: dec("5")}, {Account: "1", Employee: "E1", Debit: dec("-5")}, {Account: "2", Employee: "E1", Credit: dec("-5")}, {Account: "3"},
	}}
	require.Len(t, rules(both.Balanced()), 4, "the sums agree, and no entry is one side above zero")

	lopsided := payroll.Journal{Entries: []payroll.JournalEntry{{Account: "1", Employee: "E1", Debit: dec("5")}}}
	require.Equal(t, []hr.Rule{payroll.RuleJournalBalance}, rules(lopsided.Balanced()))
}

func TestPaymentFaults(t *testing.T) {
	slip, err := office(t).Calculate(full("E1"))
	require.NoError(t, err)
	other := slip
	other.Employee = "E2"
	negative := slip
	negative.Employee = "E3"
	negative.Lines = []payroll.Line{{Name: "loan", Kind: payroll.Deduction, Amount: dec("77777")}}
	same := map[hr.EmployeeID]hr.BankAccount{"E1": account("123456789"), "E2": account("123456789"), "E3": account("5")}
	_, err = payroll.NewPaymentBatch([]payroll.Payslip{slip, slip, other, negative}, same, payroll.PaymentDetails{})
	require.ElementsMatch(t, []string{
		"details.id payroll.payment.details", "details.value_date payroll.payment.details", "details.from payroll.payment.details",
		"payslips[E1] payroll.payment.employee_twice", "payslips[E2].account payroll.payment.account_twice", "payslips[E3].net payroll.payment.negative",
	}, faultsOf(err))
	require.NotContains(t, err.Error(), "123456789")
	require.NotContains(t, err.Error(), "77777")
}

// Who has nothing to get is neither paid nor held; who has no account is held with the reason; the reference is the same each time.
func TestPaymentsAndHolds(t *testing.T) {
	plan := office(t)
	var slips []payroll.Payslip
	for _, e := range []hr.EmployeeID{"E3", "E1", "E2"} {
		slip, err := plan.Calculate(full(e))
		require.NoError(t, err)
		slips = append(slips, slip)
	}
	nothing := slips[0]
	nothing.Employee, nothing.Lines = "E4", nil
	accounts := map[hr.EmployeeID]hr.BankAccount{"E1": account("123456789"), "E3": account("223456789"), "E4": account("323456789")}
	overpaid := details()
	overpaid.Overpaid = []hr.EmployeeID{"E4"} // may be below zero, and is not
	batch, err := payroll.NewPaymentBatch(append(slips, nothing), accounts, overpaid)
	require.NoError(t, err)
	require.Len(t, batch.Payments, 2)
	require.Equal(t, []string{"OCT26-E1", "OCT26-E3"}, []string{batch.Payments[0].Reference, batch.Payments[1].Reference})
	require.Len(t, batch.Holds, 1)
	require.Equal(t, hr.EmployeeID("E2"), batch.Holds[0].Employee)
	require.Equal(t, "no bank account", batch.Holds[0].Reason)
	// 20,000 + 8,000 less a fund of 2,400 is 25,600 each: two are paid, one is held.
	require.Equal(t, "51200.00", batch.Total().AmountText())
	require.Equal(t, "25600.00", batch.Held().AmountText())

	dollars := slips[2]
	dollars.Currency = "USD"
	_, err = payroll.NewPaymentBatch([]payroll.Payslip{slips[1], dollars}, accounts, details())
	require.Equal(t, []hr.Rule{payroll.RuleJournalCurrency}, rules(err))
}

func TestYearToDateIsAFoldOverPostings(t *testing.T) {
	april := payroll.YearStart{Month: time.April, Day: 1}
	posting := func(payDate, fund string) hr.Entry[payroll.Posting] {
		return hr.Entry[payroll.Posting]{Value: payroll.Posting{PayDate: hr.MustDate(payDate), Lines: []payroll.Amount{{Name: "fund", Amount: dec(fund)}}}}
	}
	entries := []hr.Entry[payroll.Posting]{
		posting("2026-03-31", "1"), // the year before
		posting("2026-04-01", "10"),
		posting("2026-09-30", "100"),
		posting("2026-10-31", "-1000"), // a correction on the same day counts
		posting("2026-11-30", "10000"), // not yet
	}
	got := payroll.YearToDate(entries, april, hr.MustDate("2026-10-31"))
	require.Len(t, got, 1)
	require.Equal(t, "-890", got[0].Amount.String())
	require.Empty(t, payroll.YearToDate(entries, april, hr.MustDate("2027-04-01")))
}
