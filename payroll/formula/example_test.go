package formula_test

import (
	"fmt"
	"os"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

func Example() {
	file, err := formula.Parse("epf.rules", `
input basic "Basic pay a month" : money
input payable_days : days
input days_in_month : days

param ceiling : money = 15_000 from 2014-09-01

line earned "Basic pay" in earnings = round(basic * payable_days / days_in_month, 0.01)
let wage = min(earned, ceiling)
line epf "Provident fund" in deductions law "EPF Scheme 1952, para 29" = round(wage * 12%, 1)
`)
	if err != nil {
		fmt.Println(err)
		return
	}
	program, err := formula.Compile(formula.Config{Files: []*formula.File{file}})
	if err != nil {
		fmt.Println(err)
		return
	}
	number := func(s string) formula.Value { return formula.Number(decimal.RequireFromString(s)) }
	result, err := program.Run(formula.Request{
		Period: hr.MustPeriod("2026-04-01..2026-04-30"),
		Values: []formula.Value{number("16000.00"), number("28.5"), number("30")},
		Trace:  true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	epf, _ := program.Line("epf")
	trace, err := result.Trace(epf)
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = trace.Text(os.Stdout)
	// Output:
	// epf (Provident fund) = 1800 money
	//    = round(wage * 12%, 1)
	//    15000 x 12% = 1800 ; half_up to 1
	//    source: EPF Scheme 1952, para 29
	//    wage = 15000 money
	//       = min(earned, ceiling)
	//       the least of 15200, 15000 is 15000
	//       earned (Basic pay) = 15200 money
	//          = round(basic * payable_days / days_in_month, 0.01)
	//          16000 x 28.5 / 30 = 15200 ; half_up to 0.01
	//          basic (Basic pay a month) = 16000 money
	//          payable_days = 28.5 days
	//          days_in_month = 30 days
	//       ceiling = 15000 money
	//          read on 2026-04-30, holds since 2014-09-01
	//          source: epf.rules, line 6
}

// A raise on 16 April cuts the month in two. Each piece has its own rate and days; the sum is rounded once.
func Example_pieces() {
	file, err := formula.Parse("raise.rules", `
input rate "Basic pay a month" : money by piece
input worked "Payable days" : days by piece
line basic = round(pieces(rate * worked / 30 days), 0.01)
line old_rate = first(rate)
`)
	if err != nil {
		fmt.Println(err)
		return
	}
	program, err := formula.Compile(formula.Config{Files: []*formula.File{file}})
	if err != nil {
		fmt.Println(err)
		return
	}
	number := func(n int64) formula.Value { return formula.Number(decimal.NewFromInt(n)) }
	result, err := program.Run(formula.Request{
		Period: hr.MustPeriod("2026-04-01..2026-04-30"),
		Pieces: []formula.Piece{
			{Period: hr.MustPeriod("2026-04-01..2026-04-15"), Values: []formula.Value{number(20_000), number(15)}},
			{Period: hr.MustPeriod("2026-04-16..2026-04-30"), Values: []formula.Value{number(25_000), number(14)}},
		},
		Trace: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	trace, err := result.Trace(0)
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = trace.Text(os.Stdout)
	// Output:
	// basic = 21666.67 money
	//    = round(pieces(rate * worked / 30 days), 0.01)
	//    65000/3 (about 21666.666667) ; half_up to 0.01
	//    piece 1 = 10000 money  [2026-04-01..2026-04-15]
	//       = rate * worked / 30 days
	//       20000 x 15 / 30 = 10000
	//       rate (Basic pay a month) = 20000 money  [2026-04-01..2026-04-15]
	//       worked (Payable days) = 15 days  [2026-04-01..2026-04-15]
	//    piece 2 = 35000/3 (about 11666.666667) money  [2026-04-16..2026-04-30]
	//       = rate * worked / 30 days
	//       25000 x 14 / 30 = 35000/3 (about 11666.666667)
	//       rate (Basic pay a month) = 25000 money  [2026-04-16..2026-04-30]
	//       worked (Payable days) = 14 days  [2026-04-16..2026-04-30]
}

// Faults come all at once, each with its place, its rule and what to write instead.
func ExampleCompile() {
	file, err := formula.Parse("plan.rules", `
input basic : money
input payable_days : days
line earned = round(basic * payable_days / 30, 0.01)
line epf = round(min(eraned, 15_000) * 12%, 1)
line a = b + 1
line b = a - 1
`)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = formula.Compile(formula.Config{Files: []*formula.File{file}})
	fmt.Println(err)
	// Output:
	// plan.rules:4:15: this is money x days, and `earned` is money: write `/ 30 days` [payroll.formula.unit]
	// plan.rules:5:22: nothing is named `eraned`: did you mean `earned`? [payroll.formula.name.unknown]
	// plan.rules:6:6: the formulas need each other: a -> b -> a: take one of them out of the ring [payroll.formula.cycle]
}
