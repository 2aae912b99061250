package main

import (
	_ "embed"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

// referenceRules is the reference payslip in the language of package formula.
//
//go:embed reference.rules
var referenceRules string

// referenceTopics is the payslip that speed is measured on: the law of a text, of no year.
func referenceTopics() register {
	return register{"reference:payslip.reference": referencePayslip}
}

func referencePayslip(g *given) (map[string]any, error) {
	file, err := formula.Parse("reference.rules", referenceRules)
	if err != nil {
		return nil, err
	}
	program, err := formula.Compile(formula.Config{Files: []*formula.File{file}})
	if err != nil {
		return nil, err
	}
	values := map[string]formula.Value{
		"pf_capped": formula.YesNo(g.flag("pf_capped", false)),
		"pt_table":  formula.Text(g.number("pt_table").String()),
	}
	for _, name := range []string{"overtime_hours", "payable_days", "days_in_month", "ytd_taxable", "ytd_tds", "months_left"} {
		values[name] = formula.Number(g.number(name))
	}
	for _, name := range []string{"basic", "conveyance", "medical", "lta", "special", "food"} {
		values[name+"_rate"] = formula.Number(g.number(name)) // given is the rate of a full month, expected is what was paid of it
	}
	if g.faults.Any() {
		return nil, nil
	}
	// The rules have no dated parameter, so any month does.
	return run1(program, formula.Request{Period: hr.MustPeriod("2026-04-01..2026-04-30")}, values)
}

// run1 runs a program on values by name and returns all its lines.
func run1(p *formula.Program, r formula.Request, values map[string]formula.Value) (map[string]any, error) {
	for _, in := range p.Inputs() {
		v, ok := values[in.Name]
		if !ok {
			return nil, fmt.Errorf("the rules ask for %s and nothing gives it", in.Name)
		}
		r.Values = append(r.Values, v)
	}
	result, err := p.Run(r)
	if err != nil {
		return nil, err
	}
	got := map[string]any{}
	for i, line := range p.Lines() {
		got[line.Name] = result.Amount(i)
	}
	return got, nil
}
