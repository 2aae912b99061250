package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// ptMonth is the professional tax of one month by the schedule of a state.
func (b india) ptMonth(g *given) (map[string]any, error) {
	m := month{Period: g.month("month"), Facts: map[string]string{"pt_exempt": "no", "pt_state": g.text("state")}}
	switch gender := g.textOr("gender", ""); gender {
	case "M":
		m.Facts["gender"] = "male"
	case "F":
		m.Facts["gender"] = "female"
	default:
		m.Facts["gender"] = gender
	}
	switch {
	case g.has("monthly_gross"):
		m.Facts["pt_pay"] = g.number("monthly_gross").String()
	case g.has("annual_gross"): // nothing before this month and nothing to come: this month's pay is the year's
		m.Facts["pt_pay"] = g.number("annual_gross").String()
	default:
		pay, err := b.beforeDeduction(m.Period.Through, g.number("taxable_income"))
		if err != nil {
			return nil, err
		}
		m.Facts["taxable_pay"] = pay.String()
	}
	m.Facts["tax_regime"] = g.textOr("regime", "new")
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.calculate(m)
	return pick(lines, map[string]string{"pt": "pt"}), err
}

// beforeDeduction is the salary that leaves a taxable income after the standard deduction of the day.
func (b india) beforeDeduction(on hr.Date, income decimal.Decimal) (decimal.Decimal, error) {
	i := slices.IndexFunc(b.pack.Params, func(x hr.Parameter) bool { return x.Name == "tax.new.standard_deduction" })
	if i < 0 {
		return income, &hr.ParameterError{Name: "tax.new.standard_deduction", On: on}
	}
	step, err := b.pack.Params[i].At(on)
	return income.Add(step.Value), err
}

// taxYear reads "2026-27" as its twelve months, April first.
func (g *given) taxYear(key string) []hr.Period {
	text := g.text(key)
	year, err := strconv.Atoi(strings.SplitN(text, "-", 2)[0])
	if err != nil || text != fmt.Sprintf("%04d-%02d", year, (year+1)%100) {
		g.faults.Add(key, ruleGiven, "must be a tax year written 2026-27")
		return nil
	}
	first, err := hr.NewDate(year, time.April, 1)
	var out []hr.Period
	for n := range 12 {
		var from hr.Date
		if err == nil {
			from, err = first.AddMonths(n, hr.MonthClamp)
		}
		out = append(out, hr.Period{From: from, Through: from.EndOfMonth()})
	}
	if err != nil {
		g.faults.Add(key, ruleGiven, "must be a tax year written 2026-27")
	}
	return out
}

// taxOf works out the tax of a year on one salary, all of it paid in the last month.
func (b india) taxOf(g *given, months []hr.Period, salary decimal.Decimal, more map[string]string) (map[string]decimal.Decimal, error) {
	facts := map[string]string{
		"taxable_pay": salary.String(), "tax_regime": g.textOr("regime", "new"), "tax_age": g.textOr("age", "below60"),
		"resident": yesNo(g.flag("resident", true)), "has_pan": yesNo(g.flag("pan", true)),
	}
	maps.Copy(facts, more)
	if g.faults.Any() {
		return nil, g.faults.Err()
	}
	return b.calculate(month{Period: months[11], Facts: facts})
}
