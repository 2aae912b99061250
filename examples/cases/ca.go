package main

import (
	_ "embed"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/ca"
)

// caRules is what a host adds to the pack: its own pay.
//
//go:embed ca.rules
var caRules string

// caTopics are income tax, CPP and EI, all through one plan of the pack.
func caTopics() register {
	var book caBook
	book.plan, book.err = payroll.Compile(payroll.Config{
		Currency: "CAD", Packs: []payroll.Pack{ca.Pack()}, Components: []payroll.Component{{Name: "ca.rules", Text: caRules}},
	})
	return register{
		"ca:deductions": book.deductions,
		"ca:cpp":        book.cpp,
		"ca:exemption":  book.exemption,
		"ca:bpaf":       book.basic("ON", "bpaf"),
		"ca:bpamb":      book.basic("MB", "bpamb"),
		"ca:claim":      claim,
	}
}

type caBook struct {
	plan *payroll.Plan
	err  error // of compiling it
}

// caPay is one pay of an example.
type caPay struct {
	on      hr.Date
	pay     map[string]decimal.Decimal
	answers map[string]string
	toDate  map[string]decimal.Decimal
}

func (b caBook) calculate(p caPay) (payroll.Payslip, error) {
	if b.err != nil {
		return payroll.Payslip{}, b.err
	}
	month := hr.MonthOf(p.on)
	terms := hr.Terms{Currency: "CAD"}
	for _, name := range []string{"salary", "benefit", "bonus", "no_premium"} {
		if amount, ok := p.pay[name]; ok {
			terms.Pay = append(terms.Pay, hr.PayTerm{Name: name, Amount: amount})
		}
	}
	in := payroll.Input{Employee: "example", Period: month, PayDate: p.on, Terms: hr.Since(month.From, terms)}
	for _, name := range []string{"province", "pay_periods", "cpp_months", "cpp_exempt", "ei_exempt", "rrsp", "union_dues", "federal_claim", "federal_claim_given", "provincial_claim", "provincial_claim_given"} {
		if text, ok := p.answers[name]; ok {
			in.Answers = append(in.Answers, hr.Answer{Name: name, Text: text})
		}
	}
	for _, name := range []string{"pensionable", "cpp", "cpp2", "ei", "bonus_pay", "f5b"} {
		if amount, ok := p.toDate[name]; ok {
			in.YearToDate = append(in.YearToDate, payroll.Amount{Name: name, Amount: amount})
		}
	}
	return b.plan.Calculate(in)
}

// edition returns a day of payment of the edition that is named: "2025-01", "2025-07", 2026, "2026-07".
func (g *given) edition() hr.Date {
	text := "2026-01"
	switch year := g.values["year"].(type) {
	case string:
		text = year
	case nil:
	default:
		text = fmt.Sprint(year)
	}
	if len(text) == 4 {
		text += "-01"
	}
	d, err := hr.ParseDate(text + "-15")
	if err != nil {
		g.faults.Add("year", ruleGiven, "must be an edition such as 2026 or 2026-07")
		return hr.MustDate("2026-01-15")
	}
	return d
}

func (g *given) yes(key string) string {
	b, _ := g.values[key].(bool)
	return yesNo(b)
}

func caFigures(slip payroll.Payslip, lines map[string]string) map[string]any {
	out := map[string]any{}
	for key, line := range lines {
		out[key], _ = slip.Amount(line)
	}
	return out
}

func (b caBook) deductions(g *given) (map[string]any, error) {
	p := caPay{
		on:  g.edition(),
		pay: map[string]decimal.Decimal{"salary": g.number("regular"), "benefit": g.numberOr("taxable_benefit", 0), "bonus": g.numberOr("bonus", 0), "no_premium": g.numberOr("non_insurable", 0)},
		answers: map[string]string{
			"province": g.text("province"), "pay_periods": g.number("pay_periods").String(), "cpp_months": g.numberOr("pm", 12).String(),
			"cpp_exempt": g.yes("cpp_exempt"), "ei_exempt": g.yes("ei_exempt"),
			"rrsp": hr.Canonical(g.numberOr("rrsp", 0)), "union_dues": hr.Canonical(g.numberOr("union_dues", 0)),
		},
		toDate: map[string]decimal.Decimal{
			"pensionable": g.numberOr("ytd_pensionable", 0), "cpp": g.numberOr("ytd_cpp", 0), "ei": g.numberOr("ytd_ei", 0),
			"bonus_pay": g.numberOr("ytd_bonus", 0), "f5b": g.numberOr("ytd_bonus_f5", 0),
		},
	}
	for _, claim := range []string{"federal_claim", "provincial_claim"} {
		if g.has(claim) {
			p.answers[claim], p.answers[claim+"_given"] = hr.Canonical(g.number(claim)), "yes"
		}
	}
	slip, err := b.calculate(p)
	if err != nil {
		return nil, err
	}
	return caFigures(slip, map[string]string{
		"cpp": "cpp", "cpp2": "cpp2", "ei": "ei", "f5": "f5", "federal_tax": "federal_tax", "provincial_tax": "provincial_tax", "bonus_federal_tax": "bonus_federal_tax",
	}), nil
}

func (b caBook) cpp(g *given) (map[string]any, error) {
	slip, err := b.calculate(caPay{
		on: g.edition(), pay: map[string]decimal.Decimal{"salary": g.number("pensionable")},
		answers: map[string]string{"province": "XX", "pay_periods": g.number("pay_periods").String(), "cpp_months": g.numberOr("pm", 12).String()},
		toDate:  map[string]decimal.Decimal{"pensionable": g.numberOr("ytd_pensionable", 0), "cpp": g.numberOr("ytd_cpp", 0), "cpp2": g.numberOr("ytd_cpp2", 0)},
	})
	if err != nil {
		return nil, err
	}
	return caFigures(slip, map[string]string{"cpp": "cpp", "cpp2": "cpp2", "f5": "f5"}), nil
}

func (b caBook) exemption(g *given) (map[string]any, error) {
	slip, err := b.calculate(caPay{
		on: g.edition(), pay: map[string]decimal.Decimal{"salary": decimal.Zero},
		answers: map[string]string{"province": "XX", "pay_periods": g.number("pay_periods").String()},
	})
	if err != nil {
		return nil, err
	}
	return caFigures(slip, map[string]string{"exemption": "cpp_exemption"}), nil
}

// basic answers a basic amount: that of who earns just the net income, once a year, and pays no contributions.
func (b caBook) basic(province, line string) topic {
	return func(g *given) (map[string]any, error) {
		slip, err := b.calculate(caPay{
			on: g.edition(), pay: map[string]decimal.Decimal{"salary": g.number("net_income")},
			answers: map[string]string{"province": province, "pay_periods": "1", "cpp_exempt": "yes", "ei_exempt": "yes"},
		})
		if err != nil {
			return nil, err
		}
		return caFigures(slip, map[string]string{line: line}), nil
	}
}

// claim is the credit of a claim code's total.
func claim(g *given) (map[string]any, error) {
	return map[string]any{"k1": hr.MustRounding("0.01", hr.HalfUp).Apply(g.number("rate").Mul(g.number("tc")))}, nil
}
