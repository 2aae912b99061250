package main

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// accrualTopics are the rules by which leave is credited, of no country.
func accrualTopics() register {
	return register{
		"generic:generic.accrual.cumulative_rounding": cumulative,
		"generic:generic.accrual.proration":           proration,
		"generic:generic.accrual.tiers":               tiers,
		"generic:generic.accrual.by_hours":            byHours,
	}
}

// rounded reads mode and step.
func (g *given) rounded(mode hr.RoundingMode, step string) leave.Rounded {
	r := leave.Rounded{Step: decimal.RequireFromString(step), Mode: hr.RoundingMode(g.textOr("mode", string(mode)))}
	if g.has("step") {
		r.Step = g.number("step")
	}
	if err := r.Validate(); err != nil {
		g.faults.Join("", err)
	}
	return r
}

// year reads the leave year that begins on year_start.
func (g *given) year() hr.Period {
	from := g.date("year_start")
	next, err := from.AddMonths(12, hr.MonthClamp)
	if err != nil {
		g.faults.Join("year_start", err)
	}
	return hr.Period{From: from, Through: next.Add(-1)}
}

// numbers reads a list of numbers.
func (g *given) numbers(key string) []decimal.Decimal {
	var out []decimal.Decimal
	for i, v := range g.list(key) {
		out = append(out, g.numberAt(fmt.Sprintf("%s[%d]", key, i), v))
	}
	return out
}

// total adds numbers up and returns them as a list too.
func total(numbers []decimal.Decimal) (list []any, sum decimal.Decimal) {
	list = []any{}
	for _, n := range numbers {
		list, sum = append(list, n), sum.Add(n)
	}
	return list, sum
}

func cumulative(g *given) (map[string]any, error) {
	annual, n, r := g.number("annual"), g.whole("periods"), g.rounded(hr.HalfUp, "0.01")
	if n > 10_000 {
		g.faults.Add("periods", ruleGiven, "must be at most 10,000")
	}
	if g.faults.Any() {
		return nil, nil
	}
	each, err := leave.Spread(annual, n, r)
	list, sum := total(each)
	return map[string]any{"each": list, "total": sum}, err
}

func proration(g *given) (map[string]any, error) {
	annual, year, r := g.number("annual"), g.year(), g.rounded(hr.HalfUp, "0.01")
	employed := hr.Period{From: year.From}
	if g.has("from") {
		employed.From = g.date("from")
	}
	for _, key := range []string{"to", "through"} {
		if g.has(key) {
			employed.Through = g.date(key)
		}
	}
	method := leave.Method(g.text("method"))
	if g.faults.Any() {
		return nil, nil
	}
	days, err := leave.Prorate(annual, year, employed, method, r)
	return map[string]any{"days": days}, err
}

func tiers(g *given) (map[string]any, error) {
	rule := leave.Tiers{At: leave.Reached(g.text("method"))}
	for i, row := range g.rows("tiers", 2) {
		at := fmt.Sprintf("tiers[%d]", i)
		rule.Steps = append(rule.Steps, leave.Tier{Years: int(g.numberAt(at, row[0]).IntPart()), PerYear: g.numberAt(at, row[1])})
	}
	hired, year := g.date("hired"), g.year()
	if g.faults.Any() {
		return nil, nil
	}
	days, err := rule.PerYear(year, hired, leave.Rounded{Step: decimal.New(1, -2), Mode: hr.HalfUp})
	return map[string]any{"days": days}, err
}

func byHours(g *given) (map[string]any, error) {
	rule := leave.Earning{
		Give: decimal.NewFromInt(1), Per: g.number("hours_per_unit"), Bands: []string{"hours"},
		Most: g.numberOr("cap", 0), Rounds: g.rounded(hr.Down, "1"),
	}
	hours := g.numbers("hours")
	if g.faults.Any() {
		return nil, nil
	}
	each, err := rule.Credits(hours)
	list, sum := total(each)
	return map[string]any{"each": list, "total": sum}, err
}
