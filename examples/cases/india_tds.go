package main

import (
	"fmt"
	"maps"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// tds deducts tax month by month: each payslip knows what was posted before it, and expects the regular pay to go on.
func (b india) tds(g *given) (map[string]any, error) {
	year := g.taxYear("fy")
	pay := g.payments(year)
	if g.faults.Any() {
		return nil, nil
	}
	person := g.personal()
	if g.faults.Any() {
		return nil, nil
	}
	var paid, deducted decimal.Decimal
	var schedule []any
	var last map[string]decimal.Decimal
	for _, p := range pay {
		facts := maps.Clone(person)
		facts["taxable_pay"], facts["taxable_to_come"] = p.pay.String(), p.regular.String()
		lines, err := b.calculate(month{
			Period: p.period, Leaving: p.last,
			ToDate: []payroll.Amount{{Name: "taxable", Amount: paid}, {Name: "tds", Amount: deducted}},
			Facts:  facts,
		})
		if err != nil {
			return nil, err
		}
		paid, deducted, last = paid.Add(lines["taxable"]), deducted.Add(lines["tds"]), lines
		row := pick(lines, map[string]string{"projected_gross": "projected_salary", "taxable": "taxable_income", "annual_tax": "annual_tax", "tds": "tds"})
		row["month"] = int(p.period.From.Month())
		schedule = append(schedule, row)
	}
	return map[string]any{
		"schedule": schedule, "total_tds": deducted, "total_tds_this_employer": deducted,
		"monthly_tds": schedule[0].(map[string]any)["tds"], "tax_on_actual": last["annual_tax"],
	}, nil
}

// payment is the pay of one month and what is expected of each later one.
type payment struct {
	period       hr.Period
	pay, regular decimal.Decimal
	last         bool // the employee leaves with it
}

// payments reads pay by month, or level pay from joining, or from April, on.
func (g *given) payments(year []hr.Period) []payment {
	if g.faults.Any() {
		return nil
	}
	var out []payment
	if g.has("pay_by_month_apr_to_mar") {
		for i, v := range g.list("pay_by_month_apr_to_mar") {
			if i >= len(year) {
				g.faults.Add("pay_by_month_apr_to_mar", ruleGiven, "must have at most 12 months")
				break
			}
			pay := g.numberAt(fmt.Sprintf("pay_by_month_apr_to_mar[%d]", i), v)
			out = append(out, payment{period: year[i], pay: pay, regular: pay})
		}
	} else {
		pay := g.number("monthly_gross")
		for _, p := range year {
			out = append(out, payment{period: p, pay: pay, regular: pay})
		}
	}
	if g.has("regular_monthly") { // what is above it is paid once
		for i := range out {
			out[i].regular = g.number("regular_monthly")
		}
	}
	if g.has("join_month") {
		out = out[min(g.monthIndex("join_month"), len(out)):]
	}
	if g.has("months") {
		out = out[:max(0, min(g.whole("months"), len(out)))]
	}
	if g.has("last_month") {
		leaves := time.Month(g.whole("last_month"))
		for i := range out {
			if out[i].period.From.Month() == leaves {
				out[i].last = true
				out = out[:i+1]
				break
			}
		}
	}
	if len(out) == 0 {
		g.faults.Add("monthly_gross", ruleGiven, "no month is paid")
	}
	return out
}

// monthIndex reads a calendar month as its place in the tax year: April is 0.
func (g *given) monthIndex(key string) int {
	m := g.whole(key)
	if m < 1 || m > 12 {
		g.faults.Add(key, ruleGiven, "must be 1 to 12")
		return 0
	}
	return (m + 8) % 12
}
