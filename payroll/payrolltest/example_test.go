package payrolltest_test

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/payrolltest"
	"github.com/shopspring/decimal"
)

// A host's own rule, a story of it, and two properties that hold whatever the figures are.
func Example() {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "canteen", Text: `
input basic: money by piece
input payable_days: days by piece
input period_days: days
line basic_pay in earnings = round(pieces(basic * payable_days / period_days), 0.01)
line canteen in deductions = if basic_pay > 30_000 then 1_000 else 0
`}}})
	if err != nil {
		panic(err)
	}
	stories, err := payrolltest.ParseStories(`
story Who joins on the 17th
# 15 of 31 days at 31,000; the canteen is free up to 30,000
period 2026-10-01..2026-10-31
terms 2026-10-17: basic 31000
----
earning    basic_pay                  15000.00
net                                   15000.00
`)
	if err != nil {
		panic(err)
	}
	fmt.Print(payrolltest.Play(plan, stories[0]))

	base := stories[0].Input
	fmt.Println("cutting the month changes a line:", payrolltest.SplitInvariant(plan, base) != nil)
	base.Terms = hr.Since(hr.MustDate("2026-04-01"), hr.Terms{Pay: []hr.PayTerm{{Name: "basic"}}})
	fmt.Println(payrolltest.Monotone(plan, base, "basic", payrolltest.Net, decimal.NewFromInt(30000), decimal.NewFromInt(30500), decimal.NewFromInt(40000)))
	// Output:
	// earning    basic_pay                         15000.00
	// net                                          15000.00
	// cutting the month changes a line: false
	// payrolltest: monotone: from basic 30000 to 30500 it falls from 30000 to 29500
}
