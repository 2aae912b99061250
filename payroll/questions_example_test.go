package payroll_test

import (
	"context"
	"fmt"
	"os"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

const cornerRules = `
input basic: money
input hra: money
line basic_pay "Basic" in earnings = basic
line hra_pay "House rent allowance" in earnings = hra
line fund "Provident fund" in deductions = round(12% * min(basic, 15_000), 1)
line tax "Professional tax" in deductions = if basic + hra >= 25_000 then 200 else 0
line fund_employer "Provident fund" in employer = fund
`

func corner(basic, hra int64) payroll.Input {
	return payroll.Input{
		Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-31"), PayDate: hr.MustDate("2026-10-31"),
		Terms: hr.Since(hr.MustDate("2026-04-01"), hr.Terms{Currency: "INR", Pay: []hr.PayTerm{
			{Name: "basic", Amount: decimal.NewFromInt(basic)}, {Name: "hra", Amount: decimal.NewFromInt(hra)},
		}}),
	}
}

// 23,100 net were promised, of basic pay and an allowance of 40 % of it. From 25,000 on there is a tax of 200, so there are two answers.
func ExamplePlan_GrossUp() {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "corner", Text: cornerRules}}})
	if err != nil {
		panic(err)
	}
	found, err := plan.GrossUp(payroll.GrossUp{
		Input: corner(10000, 4000), Aim: payroll.AimNet, Target: decimal.NewFromInt(23100), Terms: []string{"basic", "hra"},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println("exactly:", found.Exact)
	for _, way := range found.Ways {
		fmt.Println("basic and allowance together:", way.From.StringFixed(2), "to", way.Through.StringFixed(2))
	}
	for _, c := range found.Cliffs {
		fmt.Println("from", c.Before.Amount.StringFixed(2), "to", c.After.Amount.StringFixed(2), "it falls by", c.Jump().Neg().StringFixed(2), "because of", c.Lines[0].Title)
	}
	if err := found.Slip.Text(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// exactly: true
	// basic and allowance together: 24900.00 to 24900.00
	// basic and allowance together: 25100.00 to 25100.00
	// from 24999.99 to 25000.00 it falls by 199.99 because of Professional tax
	// Payslip E1   2026-10-01..2026-10-31   paid 2026-10-31   INR
	// ----------------------------------------------------------------
	// Earnings
	//   Basic                                                 17785.71
	//   House rent allowance                                   7114.29
	// Gross pay                                               24900.00
	// Deductions
	//   Provident fund                                         1800.00
	// Total deductions                                         1800.00
	// NET PAY                                                 23100.00
	// Paid by the employer
	//   Provident fund                                         1800.00
	// Total                                                    1800.00
}

// What would 10 % more basic pay cost? The fund follows up to its ceiling, and the tax begins.
func ExampleWhatIf_Of() {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "corner", Text: cornerRules}}})
	if err != nil {
		panic(err)
	}
	impact, err := payroll.WhatIf{Terms: []payroll.TermChange{{Name: "basic", Percent: decimal.NewFromInt(10)}}}.Of(payroll.Basis{Plan: plan, Input: corner(14000, 9600)})
	if err != nil {
		panic(err)
	}
	if err := impact.Text(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// Payslip E1   2026-10-01..2026-10-31   INR
	// Basic   14000.00 to 15400.00                                                            +1400.00
	//    input: basic 14000 to 15400                                                          +1400.00
	// Provident fund   1680.00 to 1800.00                                                      +120.00
	//    input: basic 14000 to 15400                                                           +120.00
	// Professional tax   0.00 to 200.00                                                        +200.00
	//    input: basic 14000 to 15400                                                           +200.00
	// Provident fund   1680.00 to 1800.00                                                      +120.00
	//    input: basic 14000 to 15400                                                           +120.00
	// NET PAY   21920.00 to 23000.00                                                          +1080.00
	//    input: basic 14000 to 15400                                                          +1080.00
	// Employer cost   25280.00 to 26800.00                                                    +1520.00
	//
	// Everybody: 1 otherwise, 0 the same, 0 without a payslip   INR
	// Basic   14000.00 to 15400.00                                                            +1400.00
	// Provident fund   1680.00 to 1800.00                                                      +120.00
	// Professional tax   0.00 to 200.00                                                        +200.00
	// Provident fund   1680.00 to 1800.00                                                      +120.00
	// Net pay   21920.00 to 23000.00                                                          +1080.00
	// Employer cost   25280.00 to 26800.00                                                    +1520.00
}

// Last month and this month, and what is unusual: a raise explains itself, and would be a sign only by a rule about raises.
func ExampleAnomalies() {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "corner", Text: cornerRules}}})
	if err != nil {
		panic(err)
	}
	september, october := corner(14000, 9600), corner(140000, 9600)
	september.Period, september.PayDate = hr.MustPeriod("2026-09-01..2026-09-30"), hr.MustDate("2026-09-30")
	was, err := plan.Calculate(september)
	if err != nil {
		panic(err)
	}
	is, err := plan.Calculate(october)
	if err != nil {
		panic(err)
	}
	list, err := payroll.Anomalies(
		payroll.AnomalyRules{
			Net:      payroll.Swing{Score: 5, Percent: decimal.NewFromInt(10)},
			Agreed:   payroll.Swing{Score: 3, Percent: decimal.NewFromInt(50)},
			Appeared: 1,
		},
		payroll.Examined{
			Payslip: is, Basis: payroll.Basis{Plan: plan, Input: october},
			Earlier: []payroll.Earlier{{Payslip: was, Basis: payroll.Basis{Plan: plan, Input: september}}},
		},
	)
	if err != nil {
		panic(err)
	}
	for _, a := range list {
		fmt.Println(a) // as in a log
		if err := a.Text(os.Stdout); err != nil {
			panic(err)
		}
	}
	// Output:
	// [anomaly of E1: 2 signs]
	// E1   4 points
	// Net pay   21920.00 to 147600.00                                                       +125680.00
	//    3  basic was agreed anew, and differs much from before
	//       basic   14000.00 to 140000.00                                                   +126000.00
	//    1  Professional tax is new: it was nothing in the payslips before (1 looked at)
	//       tax   0.00 to 200.00                                                               +200.00
}

// failing makes an example of a failure in what the tests share.
type failing struct{}

func (failing) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

func (failing) FailNow() { panic("failed") }

// Two months are closed. Had the fund ended at 5,000 a year, who would have been paid otherwise?
func ExampleService_BackTest() {
	w := newLate(failing{}, latePlan(failing{}, "1_00_000")) // a company over a store in memory
	w.adopt(failing{}, w.Plans[0], "2026-04-01..")
	w.pays(failing{}, "E1", "2026-04-01..", "30000")
	w.pays(failing{}, "E2", "2026-04-01..", "20000")
	w.run(failing{}, regular(9))
	w.run(failing{}, regular(10))
	service := *w.Service

	report, err := service.BackTest(context.Background(), hr.View{Actor: officer, Purpose: "a lower ceiling"}, payroll.BackTest{
		Plan: latePlan(failing{}, "5_000"), Over: hr.MustPeriod("2026-09-01..2026-10-31"), Workers: 2,
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(len(report.People), "otherwise,", report.Same, "the same,", len(report.Unproven), "not proven")
	for _, p := range report.People {
		fmt.Println(p.Employee, "net", p.Net.Change(), "cost", p.Cost.Change(), "in", p.Payslips[0].Period)
	}
	// Output:
	// 1 otherwise, 1 the same, 0 not proven
	// E1 net 1000 cost -1000 in 2026-10-01..2026-10-31
}
