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

// A rule picked by its name, such as in a settings screen, is a component like any other.
func ExampleProration() {
	c, err := payroll.Proration{Rule: "fixed 30", Rate: "basic", Line: `line basic_pay "Basic" in earnings`}.Component()
	if err != nil {
		panic(err)
	}
	fmt.Print(c.Text)
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{c}})
	if err != nil {
		panic(err)
	}
	slip, err := plan.Calculate(payroll.Input{
		Employee: "E1", Period: hr.MustPeriod("2027-02-01..2027-02-28"), PayDate: hr.MustDate("2027-02-28"),
		Terms: hr.Since(hr.MustDate("2027-02-16"), shopTerms(30000)),
	})
	if err != nil {
		panic(err)
	}
	fmt.Println("joined on 16 February:", slip.Net())
	// Output:
	// input basic: money by piece
	// input payable_days: days by piece
	// input unpaid_days: days by piece
	// input piece_days_of_30: days by piece
	//
	// line basic_pay "Basic" in earnings
	//    = round(if pieces(payable_days) = 0 days then 0 else max(0, pieces(basic * (piece_days_of_30 - unpaid_days) / 30 days)), 0.01)
	// joined on 16 February: INR 15000.00
}

// Why is there more this month? 4,000 more a month from the 16th on are 2,000 of a month like September, and October has a day more.
func ExampleCompare() {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "shop", Text: shopRules}}})
	if err != nil {
		panic(err)
	}
	september := payroll.Input{
		Employee: "E1", Period: hr.MustPeriod("2026-09-01..2026-09-30"), PayDate: hr.MustDate("2026-09-30"),
		Terms: hr.Since(hr.MustDate("2026-04-01"), shopTerms(20000)),
	}
	october := september
	october.Period, october.PayDate = hr.MustPeriod("2026-10-01..2026-10-31"), hr.MustDate("2026-10-31")
	october.Adjustments = []payroll.Adjustment{{Employee: "E1", Name: "bonus", Amount: decimal.NewFromInt(500)}}
	if october.Terms, err = hr.NewTimeline(
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-04-01"), Value: shopTerms(20000)},
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-10-16"), Value: shopTerms(24000)},
	); err != nil {
		panic(err)
	}
	c, err := payroll.Compare(payroll.Basis{Plan: plan, Input: september}, payroll.Basis{Plan: plan, Input: october})
	if err != nil {
		panic(err)
	}
	if err := c.Text(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// Payslip E1   2026-10-01..2026-10-31, and before it 2026-09-01..2026-09-30   INR
	// Basic   20000.00 to 22064.52                                                            +2064.52
	//    input: basic 20000 to 20000 and then 24000                                           +2000.00
	//    days: days and hours of the period                                                     +64.52
	// Bonus   0.00 to 500.00                                                                   +500.00
	//    input: bonus 0 to 500                                                                 +500.00
	// Provident fund   2400.00 to 2648.00                                                      +248.00
	//    input: basic 20000 to 20000 and then 24000                                            +240.00
	//    days: days and hours of the period                                                      +8.00
	// NET PAY   17600.00 to 19916.52                                                          +2316.52
	//    input: basic 20000 to 20000 and then 24000                                           +1760.00
	//    input: bonus 0 to 500                                                                 +500.00
	//    days: days and hours of the period                                                     +56.52
}
