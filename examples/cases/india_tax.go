package main

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// ptMonth is the professional tax of one month by the schedule of a state.
func (b india) ptMonth(g *given) (map[string]any, error) {
	m := month{Period: g.month("month"), Facts: map[string]string{"pt_exempt": "no", "pt_state": g.schedule("state")}}
	switch gender := g.textOr("gender", "M"); gender { // the schedule of men is the general one
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
	case g.has("annual_gross"):
		gross := g.number("annual_gross")
		if g.faults.Any() {
			return nil, nil
		}
		tax, _, err := b.ptInYear(m, gross)
		return map[string]any{"pt": tax}, err
	default:
		pay, err := b.beforeDeduction(g.textOr("regime", "new"), m.Period.Through, g.number("taxable_income"))
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

// beforeDeduction is the salary that leaves a taxable income after the standard deduction of the regime on a day.
func (b india) beforeDeduction(regime string, on hr.Date, income decimal.Decimal) (decimal.Decimal, error) {
	deduction, err := b.pack.Value("tax."+regime+".standard_deduction", on)
	return income.Add(deduction), err
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
