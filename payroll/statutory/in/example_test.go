package in_test

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// officeRules are the components of a small company; the law is in the pack and reads the groups that they name.
const officeRules = `
input basic "Basic, a month" : money by piece
input hra "House rent allowance, a month" : money by piece
input payable_days : days by piece
input period_days : days
line basic_pay "Basic" in earnings, wages, gross, taxable = round(pieces(basic * payable_days / period_days), 0.01)
line hra_pay "House rent allowance" in earnings, wages_excluded, gross, taxable = round(pieces(hra * payable_days / period_days), 0.01)
line basic_full in full_month_wages, full_month_gross, full_month_taxable = last(basic)
line hra_full in full_month_gross, full_month_taxable = last(hra)
`

// october is one employee of Karnataka on 60,000 and 90,000 a month, paid on 31 October 2026, the seventh pay of the year.
func october() payroll.Input {
	return payroll.Input{
		Employee: "E1", Period: hr.MustPeriod("2026-10-01..2026-10-31"), PayDate: hr.MustDate("2026-10-31"),
		Terms: hr.Since(hr.MustDate("2026-04-01"), hr.Terms{
			Currency: "INR",
			Pay:      []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(60000)}, {Name: "hra", Amount: decimal.NewFromInt(90000)}},
			Answers: []hr.Answer{
				{Name: "pf_capped", Text: "yes"},
				{Name: "eps_member", Text: "yes"},
				{Name: "esi_covered", Text: "no"},
				{Name: "pt_state", Text: "KA"},
				{Name: "tax_regime", Text: "new"},
			},
		}),
		YearToDate: []payroll.Amount{{Name: "taxable", Amount: decimal.NewFromInt(900000)}, {Name: "tds", Amount: decimal.NewFromInt(75402)}},
	}
}

// Wages are 75,000, half of all pay, because house rent above half of it is added back. Tax of the year on 18,00,000 less 75,000 is
// 1,45,000 and 4 % cess; 75,402 of it is deducted already, and the rest is spread over six months.
func Example() {
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{in.Pack()},
		Components: []payroll.Component{{Name: "office", Text: officeRules}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	slip, err := plan.Calculate(october())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, name := range []string{"code_wages", "epf", "eps", "epf_employer", "pt", "annual_tax", "tds"} {
		amount, _ := slip.Amount(name)
		fmt.Println(name, amount)
	}
	// Output:
	// code_wages 75000
	// epf 3000
	// eps 2083
	// epf_employer 917
	// pt 200
	// annual_tax 150800
	// tds 12566
}

// The ceiling is raised by a notification that no release has yet: the host lays it over the pack, and the explanation says so.
func ExamplePack() {
	pack, err := in.Pack().Overlay(payroll.Overlay{Name: "epf.wage_ceiling", Steps: []hr.ParameterStep{{
		Since: hr.MustDate("2026-10-01"), Value: decimal.NewFromInt(30000),
		Source: hr.Source{Title: "S.O. 1(E), an example", Dated: hr.MustDate("2026-09-25")}, Reviewed: hr.MustDate("2026-09-26"),
	}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := payroll.Compile(payroll.Config{
		Currency: "INR", Packs: []payroll.Pack{pack}, Components: []payroll.Component{{Name: "office", Text: officeRules}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	why, err := plan.Explain(october(), "epf")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(why.Value)
	why.Leaves(func(leaf hr.Trace) bool {
		if strings.HasPrefix(leaf.Name, "epf.wage_ceiling") {
			fmt.Println(leaf.Value, leaf.Source)
			fmt.Println(leaf.Note)
		}
		return true
	})
	// Output:
	// 3600
	// 30000 S.O. 1(E), an example, 2026-09-25
	// read on 2026-10-31, holds since 2026-10-01; set by the host on top of the pack
}
