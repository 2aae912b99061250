package main

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/musterhr/hr/payroll/reference"
)

// referenceTopics is the payslip that speed is measured on: the law of a text, of no year.
func referenceTopics() register {
	program, err := compileReference()
	return register{"reference:payslip.reference": func(g *given) (map[string]any, error) {
		if err != nil {
			return nil, err
		}
		return referencePayslip(g, program)
	}}
}

func compileReference() (*formula.Program, error) {
	var config formula.Config
	for _, c := range reference.Components() {
		file, err := formula.Parse(c.Name, c.Text)
		if err != nil {
			return nil, err
		}
		config.Files = append(config.Files, file)
	}
	return formula.Compile(config)
}

func referencePayslip(g *given, program *formula.Program) (map[string]any, error) {
	values := map[string]formula.Value{
		"pf_capped": formula.YesNo(g.flag("pf_capped", false)),
		"pt_table":  formula.Text(g.number("pt_table").String()),
	}
	for input, key := range map[string]string{
		// What is given is the rate of a full month; the line of that name is what was paid of it.
		"basic_rate": "basic", "conveyance_rate": "conveyance", "medical_rate": "medical", "lta_rate": "lta", "special_rate": "special", "food_rate": "food",
		"overtime_hours": "overtime_hours", "payable_days": "payable_days", "period_days": "days_in_month",
		"taxable_before": "ytd_taxable", "tds_before": "ytd_tds", "months_left": "months_left",
	} {
		values[input] = formula.Number(g.number(key))
	}
	if g.faults.Any() {
		return nil, nil
	}
	// The rules have no dated parameter, so any month does.
	request := formula.Request{Period: hr.MustPeriod("2026-04-01..2026-04-30")}
	for _, in := range program.Inputs() {
		v, ok := values[in.Name]
		if !ok {
			return nil, fmt.Errorf("the rules ask for %s and nothing gives it", in.Name)
		}
		request.Values = append(request.Values, v)
	}
	result, err := program.Run(request)
	if err != nil {
		return nil, err
	}
	got := map[string]any{}
	for i, line := range program.Lines() {
		got[line.Name] = result.Amount(i)
	}
	return got, nil
}
