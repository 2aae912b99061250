package payroll_test

import (
	"fmt"
	"os"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

const shopRules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
input bonus: money = 0

line basic_pay "Basic" in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line bonus_pay "Bonus" in earnings = round(bonus, 0.01)
line fund "Provident fund" in deductions law "EPF Scheme 2026, para 18(2)" = round(12% * min(basic_pay, 25_000), 1)
`

func shopTerms(basic int64) hr.Terms {
	return hr.Terms{Currency: "INR", Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(basic)}}}
}

// A raise on 16 October: two pieces of the month, added exactly and rounded once.
func ExamplePlan_Calculate() {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "shop", Text: shopRules}}})
	if err != nil {
		panic(err)
	}
	pay, err := hr.NewTimeline(
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-04-01"), Value: shopTerms(20000)},
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: shopTerms(24000)},
	)
	if err != nil {
		panic(err)
	}
	slip, err := plan.Calculate(payroll.Input{
		Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-31"), PayDate: hr.MustDate("2026-10-31"), Terms: pay,
	})
	if err != nil {
		panic(err)
	}
	if err := slip.Text(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// Payslip E1   2026-10-01..2026-10-31   paid 2026-10-31   INR
	// ----------------------------------------------------------------
	// Earnings
	//   Basic                                                 22064.52
	// Gross pay                                               22064.52
	// Deductions
	//   Provident fund                                         2648.00
	// Total deductions                                         2648.00
	// NET PAY                                                 19416.52
}

// Why is the provident fund what it is?
func ExamplePlan_Explain() {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "shop", Text: shopRules}}})
	if err != nil {
		panic(err)
	}
	trace, err := plan.Explain(payroll.Input{
		Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-31"), PayDate: hr.MustDate("2026-10-31"),
		Terms: hr.Since(hr.MustDate("2026-04-01"), shopTerms(26000)),
	}, "fund")
	if err != nil {
		panic(err)
	}
	if err := trace.Text(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// fund (Provident fund) = 3000 money
	//    = round(12% * min(basic_pay, 25_000), 1)
	//    the least of 26000, 25000 is 25000; 12% x 25000 = 3000 ; half_up to 1
	//    source: EPF Scheme 2026, para 18(2)
	//    basic_pay (Basic) = 26000 money
	//       = round(pieces(basic * payable_days / period_days), 0.01)
	//       26000 ; half_up to 0.01
	//       piece 1 = 26000 money  [2026-10-01..2026-10-31]
	//          = basic * payable_days / period_days
	//          26000 x 31 / 31 = 26000
	//          basic = 26000 money  [2026-10-01..2026-10-31]
	//          payable_days = 31 days  [2026-10-01..2026-10-31]
	//          period_days = 31 days
}

// Debits equal credits, for each employee and in all.
func ExamplePost() {
	slip := payroll.Payslip{Employee: "E1", Currency: "INR", CostCentre: "SHOP", Lines: []payroll.Line{
		{Name: "basic_pay", Kind: payroll.Earning, Amount: decimal.NewFromInt(20000)},
		{Name: "fund", Kind: payroll.Deduction, Amount: decimal.NewFromInt(2400)},
	}}
	journal, err := payroll.Post([]payroll.Payslip{slip}, payroll.Chart{NetPay: "2100 net pay", Lines: []payroll.ChartLine{
		{Line: "basic_pay", Debit: "5000 salaries"},
		{Line: "fund", Credit: "2200 provident fund"},
	}})
	if err != nil {
		panic(err)
	}
	for _, a := range journal.Accounts() {
		fmt.Println(a.Account, a.CostCentre, a.Debit.StringFixed(2), a.Credit.StringFixed(2))
	}
	// Output:
	// 2100 net pay SHOP 0.00 17600.00
	// 2200 provident fund SHOP 0.00 2400.00
	// 5000 salaries SHOP 20000.00 0.00
}
