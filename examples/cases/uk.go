package main

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/uk"
)

// ukRules is what a host adds to the pack: its own pay.
//
//go:embed uk.rules
var ukRules string

// ukTopics are income tax, National Insurance and student loans, all through one plan of the pack.
func ukTopics() register {
	var book ukBook
	book.plan, book.err = payroll.Compile(payroll.Config{
		Currency: "GBP", Packs: []payroll.Pack{uk.Pack()}, Components: []payroll.Component{{Name: "uk.rules", Text: ukRules}},
	})
	return register{
		"uk:income_tax":          book.incomeTax,
		"uk:nic":                 book.nic,
		"uk:nic_director_annual": book.director,
		"uk:student_loan":        book.studentLoan,
	}
}

type ukBook struct {
	plan *payroll.Plan
	err  error // of compiling it
}

// ukPayment is one payment: when, how often they are paid, and what is known of them.
type ukPayment struct {
	on      hr.Date
	pay     decimal.Decimal
	answers []hr.Answer
	toDate  []payroll.Amount
}

func (b ukBook) calculate(p ukPayment) (payroll.Payslip, error) {
	if b.err != nil {
		return payroll.Payslip{}, b.err
	}
	answers := p.answers
	has := func(name string) bool {
		for _, a := range answers {
			if a.Name == name {
				return true
			}
		}
		return false
	}
	if !has("tax_code_kind") {
		answers = append(answers, hr.Answer{Name: "tax_code_kind", Text: "none"})
	}
	if !has("nic_category") {
		answers = append(answers, hr.Answer{Name: "nic_category", Text: "X"})
	}
	month := hr.MonthOf(p.on)
	return b.plan.Calculate(payroll.Input{
		Employee: "example", Period: month, PayDate: p.on, Answers: answers, YearToDate: p.toDate,
		Terms: hr.Since(month.From, hr.Terms{Currency: "GBP", Pay: []hr.PayTerm{{Name: "pay", Amount: p.pay}}}),
	})
}

// taxYearStart returns the first day of a tax year written "2025-26".
func taxYearStart(g *given) hr.Date {
	year := g.text("tax_year")
	first, _, _ := strings.Cut(year, "-")
	d, err := hr.ParseDate(first + "-04-06")
	if err != nil {
		g.faults.Add("tax_year", ruleGiven, "must be written 2025-26")
		return hr.MustDate("2025-04-06")
	}
	return d
}

// payDay returns a day of payment in a tax period: the month, or for all others the week.
func payDay(g *given, frequency string, period int) hr.Date {
	start := taxYearStart(g)
	if frequency == "monthly" {
		if d, err := start.AddMonths(period-1, hr.MonthClamp); err == nil && period <= 12 {
			return d
		}
		return start.Add(364)
	}
	return start.Add(7 * (min(period, 53) - 1))
}

func (b ukBook) incomeTax(g *given) (map[string]any, error) {
	frequency, period := g.text("frequency"), g.whole("period")
	code, err := uk.ReadTaxCode(g.text("code"))
	if err != nil {
		return nil, err
	}
	if week1, _ := g.values["w1m1"].(bool); week1 {
		code.Week1 = true
	}
	if period > 52 || frequency == "monthly" && period > 12 {
		code.Week1 = true // a payment after the last whole period of the year
	}
	answers := append(code.Answers(),
		hr.Answer{Name: "pay_frequency", Text: frequency},
		hr.Answer{Name: "payrolled_benefits", Text: hr.Canonical(g.numberOr("payrolled_bik", 0))},
	)
	before := g.numberOr("tax_to_date_before", 0)
	slip, err := b.calculate(ukPayment{
		on: payDay(g, frequency, period), pay: g.number("pay"), answers: answers,
		toDate: []payroll.Amount{{Name: "taxable_pay", Amount: g.numberOr("pay_to_date_before", 0)}, {Name: "paye", Amount: before}},
	})
	if err != nil {
		return nil, err
	}
	tax, _ := slip.Amount("paye")
	toDate, _ := slip.Amount("paye_to_date")
	return map[string]any{"tax": tax, "tax_to_date": toDate}, nil
}

func (b ukBook) nic(g *given) (map[string]any, error) {
	slip, err := b.calculate(ukPayment{
		on: taxYearStart(g), pay: g.number("pay"),
		answers: []hr.Answer{{Name: "pay_frequency", Text: g.text("frequency")}, {Name: "nic_category", Text: g.text("category")}},
	})
	return nicFigures(slip, err)
}

func nicFigures(slip payroll.Payslip, err error) (map[string]any, error) {
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	for key, line := range map[string]string{
		"employee": "employee_nic", "employer": "employer_nic", "at_lel": "earnings_at_lel", "lel_to_pt": "earnings_lel_to_pt", "pt_to_uel": "earnings_pt_to_uel",
	} {
		out[key], _ = slip.Amount(line)
	}
	return out, nil
}

func (b ukBook) director(g *given) (map[string]any, error) {
	weeks := g.numberOr("weeks", 52)
	return nicFigures(b.calculate(ukPayment{
		on: taxYearStart(g), pay: g.number("pay_to_date"),
		answers: []hr.Answer{
			{Name: "pay_frequency", Text: "monthly"},
			{Name: "nic_category", Text: g.text("category")},
			{Name: "director", Text: "yes"},
			{Name: "director_weeks", Text: weeks.String()},
		},
		toDate: []payroll.Amount{{Name: "employee_nic", Amount: g.numberOr("ee_paid", 0)}, {Name: "employer_nic", Amount: g.numberOr("er_paid", 0)}},
	}))
}

func (b ukBook) studentLoan(g *given) (map[string]any, error) {
	plan, line := g.text("plan"), "student_loan_deduction"
	answers := []hr.Answer{{Name: "pay_frequency", Text: g.text("frequency")}}
	if plan == "pg" {
		line = "postgraduate_loan_deduction"
		answers = append(answers, hr.Answer{Name: "postgraduate_loan", Text: "yes"})
	} else {
		answers = append(answers, hr.Answer{Name: "student_loan", Text: plan})
	}
	slip, err := b.calculate(ukPayment{on: taxYearStart(g), pay: g.number("pay"), answers: answers})
	if err != nil {
		return nil, err
	}
	amount, ok := slip.Amount(line)
	if !ok {
		return nil, fmt.Errorf("the plan has no line %s", line)
	}
	return map[string]any{"deduction": amount}, nil
}
