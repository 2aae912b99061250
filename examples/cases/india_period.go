package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/payroll/statutory/in/ecr"
	"github.com/shopspring/decimal"
)

// indiaFundTopics are professional tax of a half-year or year, labour welfare funds and the line of a member in the ECR.
func indiaFundTopics() register {
	book := compileIndia()
	return register{
		"in:pt.half_year": book.ptHalfYear,
		"in:pt.year":      book.ptYear,
		"in:lwf":          book.lwf,
		"in:epf.ecr":      book.ecrLine,
	}
}

// ptHalfYear reads "2026-04..2026-09" and the pay of these months, all of it paid in the last.
func (b india) ptHalfYear(g *given) (map[string]any, error) {
	first, last, _ := strings.Cut(g.text("half_year"), "..")
	from, through := g.monthOf("half_year", first), g.monthOf("half_year", last)
	if whole := (hr.Period{From: from.From, Through: through.Through}); !g.faults.Any() && whole != in.ContributionPeriod(from.From) {
		g.faults.Add("half_year", ruleGiven, "must be April to September or October to March")
	}
	tax, err := b.ptOfPeriod(g, through, g.number("half_year_gross"))
	return map[string]any{"pt_for_half_year": tax}, err
}

// ptYear is what a year comes to, month by month as it is deducted.
func (b india) ptYear(g *given) (map[string]any, error) {
	months, gross := g.taxYear("year"), g.number("annual_gross")
	m := month{Facts: map[string]string{"pt_exempt": "no", "pt_state": g.schedule("state"), "gender": "male"}}
	if g.faults.Any() {
		return nil, nil
	}
	m.Period = months[11]
	_, tax, err := b.ptInYear(m, gross)
	return map[string]any{"pt_for_year": tax}, err
}

// ptInYear deducts the tax on the pay of a year month by month up to the month of m, and returns that month's and what it comes to. Each
// month looks at the whole pay: nothing before it and nothing to come.
func (b india) ptInYear(m month, gross decimal.Decimal) (tax, total decimal.Decimal, err error) {
	last := m.Period
	facts := maps.Clone(m.Facts)
	facts["pt_pay"] = gross.String()
	deducted := map[string]decimal.Decimal{}
	for first := b.pack.TaxYear.Of(last.Through).From; !first.After(last.From); first = first.EndOfMonth().Add(1) {
		m := month{Period: hr.MonthOf(first), Facts: facts}
		for _, line := range slices.Sorted(maps.Keys(deducted)) {
			m.ToDate = append(m.ToDate, payroll.Amount{Name: line, Amount: deducted[line]})
		}
		lines, err := b.calculate(m)
		if err != nil {
			return tax, total, err
		}
		for _, line := range []string{"pt", "pt_first_half", "pt_second_half", "pt_months_first_half", "pt_months_second_half"} {
			deducted[line] = deducted[line].Add(lines[line])
		}
		tax = lines["pt"]
	}
	return tax, deducted["pt"], nil
}

// schedule reads a state; the city whose table stands for Tamil Nadu in the examples is Chennai.
func (g *given) schedule(key string) string {
	state := g.text(key)
	if state == "TN" {
		state = "TN-CHENNAI"
	}
	return state
}

// ptOfPeriod is the tax of a half-year whose last month has all of its pay.
func (b india) ptOfPeriod(g *given, last hr.Period, gross decimal.Decimal) (decimal.Decimal, error) {
	m := month{Period: last, Facts: map[string]string{"pt_exempt": "no", "pt_state": g.schedule("state"), "pt_pay": gross.String()}}
	if g.faults.Any() {
		return decimal.Decimal{}, nil
	}
	lines, err := b.calculate(m)
	return lines["pt_period"], err
}

func (b india) lwf(g *given) (map[string]any, error) {
	m := month{Period: g.month("month"), Facts: map[string]string{
		"lwf_member": "yes", "lwf_state": g.text("state"), "pt_pay": g.numberOr("wages", 0).String(),
	}}
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.calculate(m)
	return pick(lines, map[string]string{"employee": "lwf", "employer": "lwf_employer"}), err
}

// ecrLine is the line of one member. The wages are those before the ceiling or, where only these are given, those of the file.
func (b india) ecrLine(g *given) (map[string]any, error) {
	wages := "pf_wages"
	if !g.has(wages) {
		wages = "epf_wages" // capped already, or not to be
	}
	p := octoberWages()
	if g.has("wage_month") {
		p = g.month("wage_month")
	}
	facts := map[string]string{"included": g.number(wages).String(), "pf_capped": yesNo(g.flag("restricted_to_ceiling", g.has("pf_wages")))}
	if g.has("eps_wages") && g.number("eps_wages").IsZero() {
		facts["eps_member"] = "no"
	}
	b.epfFacts(g, facts)
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.calculate(month{Period: p, Facts: facts})
	if err != nil {
		return nil, err
	}
	law, err := in.ECRLaw(b.pack, p)
	if err != nil {
		return nil, err
	}
	m := ecr.Member{
		UAN: hr.NewSecret(g.text("uan")), Name: g.text("name"), Gross: whole(g.number("gross")),
		EPFWages: whole(lines["epf_wages"]), EPSWages: whole(lines["eps_wages"]), EDLIWages: whole(lines["edli_wages"]),
		EPF: lines["epf"].Add(lines["vpf"]), EPS: lines["eps"], Difference: lines["epf_employer"], Refund: g.numberOr("refund", 0),
	}
	if g.has("ncp_days") {
		m.NCPDays = g.whole("ncp_days")
	}
	return map[string]any{"line": m.Line()}, m.Check(law)
}

func whole(d decimal.Decimal) decimal.Decimal { return hr.NearestWhole.Apply(d) }
