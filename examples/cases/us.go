package main

import (
	_ "embed"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/us"
)

// usRules is what a host adds to the pack: its own pay.
//
//go:embed us.rules
var usRules string

// usTopics are federal income tax, Social Security, Medicare and unemployment, all through one plan of the pack.
func usTopics() register {
	var book usBook
	book.plan, book.err = payroll.Compile(payroll.Config{
		Currency: "USD", Packs: []payroll.Pack{us.Pack()}, Components: []payroll.Component{{Name: "us.rules", Text: usRules}},
	})
	return register{
		"us:fit":              book.fit,
		"us:fit_whole_dollar": book.fitWholeDollar,
		"us:nra_table":        book.nraTable,
		"us:supplemental":     book.supplemental,
		"us:fica":             book.fica,
		"us:futa":             book.futa,
	}
}

type usBook struct {
	plan *payroll.Plan
	err  error // of compiling it
}

// calculate returns figures of one payment in a year, by the keys that want names lines for.
func (b usBook) calculate(g *given, pay []hr.PayTerm, answers []hr.Answer, toDate []payroll.Amount, want map[string]string) (map[string]any, error) {
	if b.err != nil {
		return nil, b.err
	}
	on, err := hr.ParseDate(fmt.Sprintf("%04d-03-31", g.whole("year")))
	if err != nil {
		g.faults.Add("year", ruleGiven, "must be a year")
		return nil, err
	}
	month := hr.MonthOf(on)
	slip, err := b.plan.Calculate(payroll.Input{
		Employee: "example", Period: month, PayDate: on, Answers: answers, YearToDate: toDate,
		Terms: hr.Since(month.From, hr.Terms{Currency: "USD", Pay: pay}),
	})
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	for key, line := range want {
		amount, ok := slip.Amount(line)
		if !ok {
			return nil, fmt.Errorf("the plan has no line %s", line)
		}
		out[key] = amount
	}
	return out, nil
}

// form returns the entries of the W-4 as answers.
func (g *given) form() []hr.Answer {
	w4, _ := g.values["w4"].(map[string]any)
	w := &given{values: w4}
	yes := func(key string) bool { b, _ := w4[key].(bool); return b }
	text := func(key, fallback string) string {
		if s, ok := w4[key].(string); ok {
			return s
		}
		return fallback
	}
	form, status := text("form", "2020"), text("status", "S")
	nra := yes("nra")
	before, told := w4["nra_first_paid_before_2020"].(bool)
	table1 := form == "2019" && (before || !told)
	other, deductions, allowances := w.numberOr("step4a", 0), w.numberOr("step4b", 0), w.numberOr("allowances", 0)
	if yes("bridge") { // the computational bridge turns an older form into a newer one
		form = "2020"
		other, deductions = decimal.NewFromInt(8600), allowances.Mul(decimal.NewFromInt(4300))
		if status == "M" {
			other = decimal.NewFromInt(12900)
		}
	}
	g.faults.Join("w4", w.faults.Err())
	return []hr.Answer{
		{Name: "w4_form", Text: form},
		{Name: "w4_status", Text: status},
		{Name: "w4_step2", Text: yesNo(yes("step2"))},
		{Name: "w4_step3", Text: hr.Canonical(w.numberOr("step3", 0))},
		{Name: "w4_step4a", Text: hr.Canonical(other)},
		{Name: "w4_step4b", Text: hr.Canonical(deductions)},
		{Name: "w4_extra", Text: hr.Canonical(w.numberOr("extra", 0))},
		{Name: "w4_allowances", Text: hr.Canonical(allowances)},
		{Name: "w4_exempt", Text: yesNo(yes("exempt"))},
		{Name: "nonresident_alien", Text: yesNo(nra)},
		{Name: "nra_table1", Text: yesNo(table1)},
	}
}

func usWages(amount decimal.Decimal) []hr.PayTerm {
	return []hr.PayTerm{{Name: "wages", Amount: amount}}
}

func (b usBook) fit(g *given) (map[string]any, error) {
	answers := append(g.form(), hr.Answer{Name: "pay_frequency", Text: g.text("frequency")})
	return b.calculate(g, usWages(g.number("wages")), answers, nil, map[string]string{"withhold": "federal_income_tax"})
}

func (b usBook) fitWholeDollar(g *given) (map[string]any, error) {
	answers := append(g.form(), hr.Answer{Name: "pay_frequency", Text: g.text("frequency")}, hr.Answer{Name: "whole_dollars", Text: "yes"})
	return b.calculate(g, usWages(g.number("wages")), answers, nil, map[string]string{"withhold": "federal_income_tax"})
}

func (b usBook) nraTable(g *given) (map[string]any, error) {
	answers := []hr.Answer{{Name: "pay_frequency", Text: g.text("frequency")}, {Name: "nra_table1", Text: yesNo(g.whole("table") == 1)}}
	return b.calculate(g, usWages(decimal.Zero), answers, nil, map[string]string{"add": "nra_addition"})
}

func (b usBook) supplemental(g *given) (map[string]any, error) {
	pay := append(usWages(decimal.Zero), hr.PayTerm{Name: "bonus", Amount: g.number("amount")})
	toDate := []payroll.Amount{{Name: "supplemental_wages", Amount: g.numberOr("ytd_supplemental", 0)}}
	return b.calculate(g, pay, nil, toDate, map[string]string{"withhold": "supplemental_income_tax"})
}

func (b usBook) fica(g *given) (map[string]any, error) {
	toDate := []payroll.Amount{{Name: "social_security_wages", Amount: g.numberOr("ytd_ss", 0)}, {Name: "medicare_wages", Amount: g.numberOr("ytd_medicare", 0)}}
	return b.calculate(g, usWages(g.number("wages")), nil, toDate, map[string]string{
		"ss_employee": "social_security", "ss_employer": "social_security_employer", "medicare_employee": "medicare",
		"medicare_employer": "medicare_employer", "additional_medicare_employee": "additional_medicare",
	})
}

func (b usBook) futa(g *given) (map[string]any, error) {
	var answers []hr.Answer
	if g.has("state") {
		answers = append(answers, hr.Answer{Name: "futa_state", Text: g.text("state")})
	}
	toDate := []payroll.Amount{{Name: "futa_wages", Amount: g.numberOr("ytd", 0)}}
	return b.calculate(g, usWages(g.number("wages")), answers, toDate, map[string]string{"employer": "futa_employer"})
}
