package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// epfKeys names the line behind each key of the examples for the provident fund.
var epfKeys = map[string]string{
	"wages": "code_wages", "epf_wages": "epf_wages", "eps_wages": "eps_wages", "edli_wages": "edli_wages", "employee": "epf", "vpf": "vpf",
	"employer_eps": "eps", "employer_epf": "epf_employer", "edli": "edli",
	"pf_wages_for_month": "epf_wages", "employer_eps_unrounded": "eps_unrounded",
	"employer_epf_unrounded": "epf_employer_unrounded", "edli_unrounded": "edli_unrounded",
}

func (b india) epfSplit(g *given) (map[string]any, error) {
	return b.epf(g, map[string]string{"included": g.number("pf_wages").String()})
}

func (b india) codeWagesEPF(g *given) (map[string]any, error) {
	return b.epf(g, map[string]string{"included": g.number("basic_da").String(), "excluded": g.number("excluded_a_to_i").String()})
}

func (b india) epf(g *given, facts map[string]string) (map[string]any, error) {
	m := month{Period: g.month("wage_month"), Facts: facts}
	facts["pf_capped"] = yesNo(g.flag("restricted_to_ceiling", true))
	b.epfFacts(g, facts)
	b.segments(g, m.Period)
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.calculate(m)
	if err != nil {
		return nil, err
	}
	got := pick(lines, epfKeys)
	got["employer_total_12"] = lines["eps"].Add(lines["epf_employer"])
	return got, nil
}

// epfFacts reads what every example of the provident fund may say: membership of the pension scheme, which ends at 58, voluntary
// contributions and the rate.
func (b india) epfFacts(g *given, facts map[string]string) {
	const pensionAge = 58
	if _, told := facts["eps_member"]; !told {
		facts["eps_member"] = yesNo(g.flag("eps_member", true) && g.numberOr("age", 0).LessThan(decimal.NewFromInt(pensionAge)))
	}
	facts["vpf_amount"] = g.numberOr("vpf", 0).String()
	facts["vpf_percent"] = g.numberOr("vpf_percent", 0).String()
	switch rate := g.numberOr("rate_percent", 12).String(); rate {
	case "12", "10":
		facts["epf_lower_rate"] = yesNo(rate == "10")
	default:
		g.faults.Add("rate_percent", ruleGiven, "must be 12, or 10 for a notified class")
	}
}

// segments checks that the parts of the month in an example are those that the law makes: the pack cuts the month by itself.
func (b india) segments(g *given, p hr.Period) {
	if !g.has("segments") || g.faults.Any() {
		return
	}
	i := slices.IndexFunc(b.pack.Params, func(x hr.Parameter) bool { return x.Name == "epf.wage_ceiling" })
	if i < 0 {
		return // the plan says what it misses
	}
	ceiling := b.pack.Params[i]
	var want []string
	for _, part := range p.Cut(ceiling.Changes(p)...) {
		step, err := ceiling.At(part.From)
		if err != nil {
			return
		}
		want = append(want, fmt.Sprint(part.Len(), " days at ", step.Value))
	}
	var got []string
	for j, v := range g.list("segments") {
		at := fmt.Sprintf("segments[%d]", j)
		o, _ := v.(map[string]any)
		got = append(got, fmt.Sprint(g.numberAt(at+".days", o["days"]), " days at ", g.numberAt(at+".ceiling", o["ceiling"])))
	}
	if !slices.Equal(got, want) {
		g.faults.Add("segments", ruleGiven, "the law has %s", strings.Join(want, ", "))
	}
}

func (b india) epfAdmin(g *given) (map[string]any, error) {
	wages, members := g.number("total_epf_wages"), g.whole("contributing_members")
	if g.faults.Any() {
		return nil, nil
	}
	charges, err := in.AdminCharges(b.pack, octoberWages(), wages, members)
	return map[string]any{"admin_charges": charges}, err
}

// octoberWages is the month of an example that names none: the one that the sample company closes.
func octoberWages() hr.Period { return hr.MustPeriod("2026-10-01..2026-10-31") }

func (b india) codeWages(g *given) (map[string]any, error) {
	lines, err := b.calculate(month{Period: octoberWages(), Facts: map[string]string{
		"included": g.number("included").String(), "excluded": g.number("excluded_a_to_i").String(),
		"terminal": g.numberOr("gratuity_retrenchment_j_k", 0).String(),
	}})
	return pick(lines, map[string]string{"wages": "code_wages", "added_back": "wages_added_back"}), err
}

// esi is a month of somebody who is covered unless said otherwise, or whose wages at the start of the contribution period decide.
func (b india) esi(g *given) (map[string]any, error) {
	if g.has("wages_at_period_start") {
		return b.esiThreshold(g)
	}
	return b.contribution(g, octoberWages(), g.number("wages"), g.flag("covered", true))
}

func (b india) contribution(g *given, p hr.Period, wages decimal.Decimal, covered bool) (map[string]any, error) {
	m := month{Period: p, Facts: map[string]string{"included": wages.String(), "esi_covered": yesNo(covered)}}
	m.Unpaid = p.Len() // without days the test of the daily wage is skipped: on no paid day, any wage is above it
	if g.has("days") {
		m.Unpaid -= g.whole("days")
		if m.Unpaid < 0 {
			g.faults.Add("days", ruleGiven, "must be at most %d", p.Len())
		}
	}
	if g.faults.Any() {
		return nil, nil
	}
	lines, err := b.calculate(m)
	got := pick(lines, map[string]string{"employee": "esi", "employer": "esi_employer"})
	got["covered"] = covered
	return got, err
}

// esiThreshold decides coverage by the wages at the start of a contribution period.
func (b india) esiThreshold(g *given) (map[string]any, error) {
	first := "wages_at_period_start"
	if !g.has(first) {
		first = "wages"
	}
	atStart, wages := g.number(first), g.number(first)
	if g.has("wages") {
		wages = g.number("wages")
	}
	p := octoberWages()
	switch g.textOr("contribution_period", "Oct-Mar") {
	case "Oct-Mar":
	case "Apr-Sep":
		p = hr.MustPeriod("2026-04-01..2026-04-30")
	default:
		g.faults.Add("contribution_period", ruleGiven, "must be Apr-Sep or Oct-Mar")
	}
	disabled := g.flag("disabled", false)
	if g.faults.Any() {
		return nil, nil
	}
	covered, err := in.ESICovered(b.pack, p.From, atStart, disabled)
	if err != nil {
		return nil, err
	}
	return b.contribution(g, p, wages, covered)
}

// esiStickiness goes through months in order: coverage is decided in the first one of each contribution period.
func (b india) esiStickiness(g *given) (map[string]any, error) {
	var covered bool
	var decided hr.Period
	disabled := g.flag("disabled", false)
	got := map[string]any{}
	for _, row := range g.pairs("wages_by_month") {
		name := g.textAt("wages_by_month", row[0])
		p, wages := g.monthOf("wages_by_month", name), g.numberAt("wages_by_month."+name, row[1])
		if g.faults.Any() {
			return nil, nil
		}
		if !decided.Contains(p.From) {
			decided = in.ContributionPeriod(p.From)
			var err error
			if covered, err = in.ESICovered(b.pack, p.From, wages, disabled); err != nil {
				return nil, err
			}
		}
		shares, err := b.contribution(g, p, wages, covered)
		if err != nil {
			return nil, err
		}
		got[name] = shares
	}
	return got, nil
}
