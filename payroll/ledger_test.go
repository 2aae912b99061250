package payroll_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// ledger posts one payslip of October 2026: 1000.00 basic, 100.01 of the employer's fund, 120.00 of the employee's.
func ledger(t require.TestingT) payroll.Journal {
	slip := payroll.Payslip{Employee: "E1", Currency: "INR", Period: hr.MustPeriod("2026-10-01..2026-10-31"), CostCentre: "HQ", Lines: []payroll.Line{
		{Name: "basic_pay", Kind: payroll.Earning, Amount: dec("1000.00")},
		{Name: "fund", Kind: payroll.Deduction, Amount: dec("120.00")},
		{Name: "fund_employer", Kind: payroll.Employer, Amount: dec("100.01")},
	}}
	j, err := payroll.Post([]payroll.Payslip{slip}, chart())
	require.NoError(t, err)
	return j
}

// booked lists "account centre debit credit" of each entry.
func booked(j payroll.Journal) (out []string) {
	for _, e := range j.Entries {
		out = append(out, fmt.Sprintf("%s %s %s %s", e.Account, e.CostCentre, e.Debit.StringFixed(2), e.Credit.StringFixed(2)))
	}
	return out
}

// Costs are split by largest remainder: a third of 1000.00 is 333.33 and the cent left goes to the first; of 100.01, 33.33666 each,
// so two cents are left for the first two. What is owed stays where it was.
func TestSplitCosts(t *testing.T) {
	thirds := []payroll.CostShare{{"A", dec("1")}, {"B", dec("1")}, {"C", dec("1")}}
	j, err := ledger(t).SplitCosts(chart(), map[hr.EmployeeID][]payroll.CostShare{"E1": thirds, "E2": thirds})
	require.NoError(t, err)
	require.NoError(t, j.Balanced())
	require.Equal(t, []string{
		"5000 A 333.34 0.00", "5000 B 333.33 0.00", "5000 C 333.33 0.00", "2200 HQ 0.00 120.00",
		"5100 A 33.34 0.00", "5100 B 33.34 0.00", "5100 C 33.33 0.00", "2200 HQ 0.00 100.01", "2100 HQ 0.00 880.00",
	}, booked(j))

	_, err = ledger(t).SplitCosts(chart(), map[hr.EmployeeID][]payroll.CostShare{"E1": {{"A", dec("-1")}, {"A", dec("2")}, {"", dec("1")}}})
	require.Equal(t, []string{"shares[E1][0].weight", "shares[E1][1].cost_centre", "shares[E1][2].cost_centre"}, paths(err))
	_, err = ledger(t).SplitCosts(chart(), map[hr.EmployeeID][]payroll.CostShare{"E1": {{"A", decimal.Zero}}})
	require.Equal(t, []hr.Rule{payroll.RuleCostShare}, rules(err))
}

func paths(err error) (out []string) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Path)
	}
	return out
}

// Ten of the 31 days: 1000 x 10 / 31 = 322.5806 and 100.01 x 10 / 31 = 32.2612. Deductions and net pay are not accrued.
func TestAccrue(t *testing.T) {
	j, err := ledger(t).Accrue(chart(), hr.MustDate("2026-10-10"), "2190")
	require.NoError(t, err)
	require.NoError(t, j.Balanced())
	require.Equal(t, []string{"5000 HQ 322.58 0.00", "5100 HQ 32.26 0.00", "2190  0.00 354.84"}, booked(j))
	require.Equal(t, "2026-10-10..2026-10-10", j.Period.String())

	none, err := ledger(t).Accrue(chart(), hr.MustDate("2026-09-30"), "2190")
	require.NoError(t, err)
	require.Empty(t, none.Entries)
	for _, day := range []string{"2026-10-31", "2026-11-30"} {
		all, err := ledger(t).Accrue(chart(), hr.MustDate(day), "2190")
		require.NoError(t, err)
		require.Equal(t, []string{"5000 HQ 1000.00 0.00", "5100 HQ 100.01 0.00", "2190  0.00 1100.01"}, booked(all))
	}
	_, err = payroll.Journal{}.Accrue(chart(), hr.Date{}, "")
	require.Equal(t, []string{"through", "accrued", "journal.period"}, paths(err))
}

func TestReverseUndoes(t *testing.T) {
	j := ledger(t)
	back := j.Reverse()
	require.NoError(t, back.Balanced())
	require.Equal(t, []string{"5000 HQ 0.00 1000.00", "2200 HQ 120.00 0.00", "5100 HQ 0.00 100.01", "2200 HQ 100.01 0.00", "2100 HQ 880.00 0.00"}, booked(back))
	for _, a := range (payroll.Journal{Entries: append(j.Entries, back.Entries...)}).Accounts() {
		require.True(t, a.Debit.Equal(a.Credit), a.Account)
	}
	require.Equal(t, hr.Digest("journal", j), hr.Digest("journal", back.Reverse()))
}

func TestSettle(t *testing.T) {
	fund, err := ledger(t).SettleAccount("2200", "1000", hr.MustDate("2026-11-15"))
	require.NoError(t, err)
	require.Equal(t, []string{"2200 HQ 220.01 0.00", "1000 HQ 0.00 220.01"}, booked(fund)) // 120.00 + 100.01
	require.Equal(t, "2026-11-15..2026-11-15", fund.Period.String())
	refund, err := ledger(t).Reverse().SettleAccount("2200", "1000", hr.MustDate("2026-11-15"))
	require.NoError(t, err)
	require.Equal(t, []string{"2200 HQ 0.00 220.01", "1000 HQ 220.01 0.00"}, booked(refund))

	b := payroll.PaymentBatch{
		PaymentDetails: details(), Currency: "INR", Payments: []payroll.Payment{{Employee: "E1", Amount: hr.MustMoney("880.00", "INR")}},
		Holds: []payroll.Hold{{Employee: "E2", Amount: hr.MustMoney("5.00", "INR")}},
	}
	paid, err := payroll.SettlePayments(b, "2100", "1000")
	require.NoError(t, err)
	require.NoError(t, paid.Balanced())
	require.Equal(t, []string{"2100  880.00 0.00", "1000  0.00 880.00"}, booked(paid))

	b.ValueDate, b.Payments[0].Amount = hr.Date{}, hr.MustMoney("0.00", "INR")
	_, err = payroll.SettlePayments(b, "1000", "1000")
	require.Equal(t, []string{"bank", "value_date", "payments[0].amount"}, paths(err))
	_, err = ledger(t).SettleAccount("", "", hr.Date{})
	require.Equal(t, []string{"account", "bank", "on"}, paths(err))
}

// Posted, split, accrued, reversed and settled: every journal balances, splitting moves no money between accounts, and once everything is
// paid nothing is owed but the holds.
func TestBooksClose(t *testing.T) {
	plan := office(t)
	rapid.Check(t, func(t *rapid.T) {
		var slips []payroll.Payslip
		accounts := map[hr.EmployeeID]hr.BankAccount{}
		shares := map[hr.EmployeeID][]payroll.CostShare{}
		for i := range rapid.IntRange(1, 4).Draw(t, "employees") {
			id := hr.EmployeeID(rune('A' + i))
			in := full(id)
			in.Terms = hr.Since(hr.MustDate("2026-01-01"), terms(decimal.New(rapid.Int64Range(1, 9_000_000).Draw(t, "basic"), -2).String(), "100"))
			slip, err := plan.Calculate(in)
			require.NoError(t, err)
			slips = append(slips, slip)
			if rapid.Bool().Draw(t, "has account") {
				accounts[id] = account("10000000" + string(rune('0'+i)))
			}
			for c := range rapid.IntRange(1, 4).Draw(t, "centres") {
				shares[id] = append(shares[id], payroll.CostShare{CostCentre: fmt.Sprint("C", c), Weight: decimal.New(rapid.Int64Range(1, 99).Draw(t, "weight"), -1)})
			}
		}
		posted, err := payroll.Post(slips, chart())
		require.NoError(t, err)
		split, err := posted.SplitCosts(chart(), shares)
		require.NoError(t, err)
		require.NoError(t, split.Balanced())
		require.Equal(t, byAccount(posted), byAccount(split))

		accrual, err := split.Accrue(chart(), hr.MustDate("2026-10-01").Add(rapid.IntRange(-2, 33).Draw(t, "day")), "2190")
		require.NoError(t, err)
		require.NoError(t, accrual.Balanced())

		batch, err := payroll.NewPaymentBatch(slips, accounts, details())
		require.NoError(t, err)
		paid, err := payroll.SettlePayments(batch, "2100", "1000")
		require.NoError(t, err)
		fund, err := split.SettleAccount("2200", "1000", hr.MustDate("2026-11-15"))
		require.NoError(t, err)
		require.NoError(t, fund.Balanced())
		all := payroll.Journal{}
		for _, j := range []payroll.Journal{accrual, split, accrual.Reverse(), paid, fund} {
			all.Entries = append(all.Entries, j.Entries...)
		}
		sums := byAccount(all)
		require.Equal(t, batch.Held().Amount.Neg().StringFixed(2), sums["2100"])
		for _, settled := range []string{"2200", "2190"} {
			require.Contains(t, []string{"", "0.00"}, sums[settled], settled) // empty: never booked
		}
	})
}

// byAccount is what each account comes to, debits less credits.
func byAccount(j payroll.Journal) map[string]string {
	sums := map[string]decimal.Decimal{}
	for _, e := range j.Entries {
		sums[e.Account] = sums[e.Account].Add(e.Debit).Sub(e.Credit)
	}
	out := map[string]string{}
	for a, s := range sums {
		out[a] = s.StringFixed(2)
	}
	return out
}

func slipOf(employee string, lines ...payroll.Line) payroll.Payslip {
	return payroll.Payslip{Employee: hr.EmployeeID(employee), Currency: "INR", Lines: lines}
}

func earned(name, amount string) payroll.Line {
	return payroll.Line{Name: name, Title: strings.ToUpper(name), Kind: payroll.Earning, Unit: "money", Amount: dec(amount)}
}

func TestVariance(t *testing.T) {
	tax := payroll.Line{Name: "tax", Title: "Tax", Kind: payroll.Deduction, Unit: "money", Amount: dec("10")}
	days := payroll.Line{Name: "days", Kind: payroll.Info, Unit: "days", Amount: dec("31")}
	before := []payroll.Payslip{slipOf("E2", earned("basic", "300"), tax), slipOf("E1", earned("basic", "100"), tax), slipOf("E3", earned("basic", "50"))}
	now := []payroll.Payslip{slipOf("E4", earned("basic", "70")), slipOf("E1", earned("basic", "90"), earned("bonus", "10"), tax, days), slipOf("E2", earned("basic", "400"), tax)}
	v, err := payroll.NewVariance(before, now)
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, v.WriteCSV(&out))
	// by hand: E1 has ten less and ten more, and the same net; E2 a third more, net 290 to 390 is 34.48 %; E3 left; E4 is new
	require.Equal(t, `employee,presence,line,title,before,now,change,percent
E1,both,basic,BASIC,100.00,90.00,-10.00,-10.00
E1,both,bonus,BONUS,0.00,10.00,10.00,
E1,both,net,Net pay,90.00,90.00,0.00,0.00
E2,both,basic,BASIC,300.00,400.00,100.00,33.33
E2,both,net,Net pay,290.00,390.00,100.00,34.48
E3,left,basic,BASIC,50.00,0.00,-50.00,-100.00
E3,left,net,Net pay,50.00,0.00,-50.00,-100.00
E4,new,basic,BASIC,0.00,70.00,70.00,
E4,new,net,Net pay,0.00,70.00,70.00,
TOTAL,both,basic,BASIC,450.00,560.00,110.00,24.44
TOTAL,both,bonus,BONUS,0.00,10.00,10.00,
TOTAL,both,net,Net pay,430.00,550.00,120.00,27.91
`, out.String())

	same, err := payroll.NewVariance(before, before)
	require.NoError(t, err)
	require.Empty(t, same.Employees)
	require.Equal(t, "430", same.Total.Net.Now.String())

	dollars := slipOf("E9")
	dollars.Currency = "USD"
	_, err = payroll.NewVariance([]payroll.Payslip{before[0], before[0]}, []payroll.Payslip{dollars})
	require.Equal(t, []hr.Rule{payroll.RuleJournalEmployee, payroll.RuleJournalCurrency}, rules(err))
	require.NotContains(t, fmt.Sprintf("%v %+v %v %v", v, v, v.Employees, v.Employees[0].Lines), "300")
}

func TestRegisterIsAValue(t *testing.T) {
	r, err := payroll.NewRegister([]payroll.Payslip{slipOf("=E2", earned("basic", "300")), slipOf("-E1", earned("-odd", "-100"), earned("basic", "1"))})
	require.NoError(t, err)
	require.Equal(t, "201", r.Total.Net.String()) // 300 - 100 + 1
	var out bytes.Buffer
	require.NoError(t, r.WriteCSV(&out))
	rows, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	require.Equal(t, "'-odd", rows[0][5], "a spreadsheet takes no text for a formula")
	require.Equal(t, []string{"'-E1", "'=E2", "TOTAL"}, []string{rows[1][0], rows[2][0], rows[3][0]})
	require.Equal(t, "-100.00", rows[1][5], "an amount stays a number")
	require.NotContains(t, fmt.Sprintf("%v %+v %v", r, r, r.Rows), "300")
	_, err = payroll.NewRegister([]payroll.Payslip{slipOf("E1"), {Employee: "E2", Currency: "USD"}})
	require.Equal(t, []hr.Rule{payroll.RuleJournalCurrency}, rules(err))
}

// The cells and both files are of the project's facts about formats: plain for programs, guarded for spreadsheets.
// What a payslip pays of earlier months stands in the column of its line, and is counted once: 300 and 20 of August and 5 of September, of which 7 were
// a bonus too much.
func TestARegisterCountsArrearsInTheirColumn(t *testing.T) {
	slip := slipOf("E1", earned("basic", "300"))
	for _, a := range []struct{ name, amount string }{{"basic", "20"}, {"bonus", "-7"}, {"basic", "5"}} {
		slip.Arrears = append(slip.Arrears, payroll.Arrear{Name: a.name, Title: a.name, Kind: payroll.Earning, Unit: "money", Amount: dec(a.amount)})
	}
	r, err := payroll.NewRegister([]payroll.Payslip{slip})
	require.NoError(t, err)
	var got []string
	for i, c := range r.Columns {
		got = append(got, c.Name+" "+r.Rows[0].Amounts[i].String())
	}
	require.Equal(t, []string{"basic 325", "bonus -7"}, got)
	require.Equal(t, "318", r.Rows[0].Gross.String())
}

// A register of nobody is a header, and no total.
func TestARegisterOfNobody(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, payroll.WriteRegister(&out, nil))
	require.Equal(t, "employee,from,through,pay_date,currency,gross,deductions,net,employer_cost\n", out.String())
}

func TestSpreadsheetText(t *testing.T) {
	raw, err := os.ReadFile("testdata/csv_cells.json")
	require.NoError(t, err)
	var cells [][]string
	require.NoError(t, json.Unmarshal(raw, &cells))
	for name, guard := range map[string]bool{"plain": false, "guarded": true} {
		want, err := os.ReadFile("testdata/csv_" + name + ".csv")
		require.NoError(t, err)
		got, err := csv.NewReader(bytes.NewReader(want)).ReadAll()
		require.NoError(t, err)
		require.Len(t, got, len(cells))
		for i, row := range cells {
			for c, text := range row {
				if guard && c < 3 { // the last column is amounts
					text = payroll.SpreadsheetText(text)
				}
				require.Equal(t, text, got[i][c])
			}
		}
	}
	require.Empty(t, payroll.SpreadsheetText(""))
	require.Equal(t, "'\rx", payroll.SpreadsheetText("\rx"))
}
