package in_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// hostRules is the smallest host: one line in each group that the pack reads, each with an amount of its own.
const hostRules = `
input t_wages : money = 0
input t_excluded : money = 0
input t_terminal : money = 0
input t_gross : money = 0
input t_taxable : money = 0
input t_full_wages : money = 0
input t_full_gross : money = 0
input t_full_taxable : money = 0
line h_wages in wages = t_wages
line h_excluded in wages_excluded = t_excluded
line h_terminal in wages_terminal = t_terminal
line h_gross in gross = t_gross
line h_taxable in taxable = t_taxable
line h_full_wages in full_month_wages = t_full_wages
line h_full_gross in full_month_gross = t_full_gross
line h_full_taxable in full_month_taxable = t_full_taxable
line exact_eps = round(eps.wages_exact * eps.rate, 0.01)
line exact_epf_employer = round(epf.wages_exact * epf.employer_rate_here - eps.wages_exact * eps.rate, 0.01)
line exact_edli = round(edli.wages_exact * edli.rate, 0.01)
`

// law is the pack compiled with hostRules.
type law struct {
	p *formula.Program
}

func compiled(t testing.TB, pack payroll.Pack) law {
	t.Helper()
	cfg := formula.Config{Params: pack.Params, Tables: pack.Tables}
	for _, c := range append(pack.Components, payroll.Component{Name: "host", Text: hostRules}) {
		f, err := formula.Parse(c.Name, c.Text)
		require.NoError(t, err)
		cfg.Files = append(cfg.Files, f)
	}
	p, err := formula.Compile(cfg)
	require.NoError(t, err)
	require.Empty(t, p.Warnings())
	return law{p}
}

// usual are the answers of most people.
var usual = map[string]string{
	"pf_capped": "yes", "eps_member": "yes", "esi_covered": "no", "pt_state": "DL", "months_left": "6",
	"leaving": "no",
}

// run calculates a month that somebody was employed for, all of it unless days says otherwise, and paid on its last day.
func (l law) run(t testing.TB, month string, given map[string]string) result {
	t.Helper()
	return l.employed(t, hr.MonthOf(hr.MustDate(month+"-01")), hr.Period{}, given)
}

func (l law) employed(t testing.TB, month, days hr.Period, given map[string]string) result {
	t.Helper()
	if days.IsZero() {
		days = month
	}
	all := maps.Clone(usual)
	all["employed_days"], all["wage_month"] = fmt.Sprint(days.Len()), fmt.Sprint(int(month.Through.Month()))
	all["period_days"] = fmt.Sprint(month.Len())
	for _, input := range l.p.Inputs() { // nothing was posted before, unless it is given
		if strings.HasPrefix(input.Name, "ytd_") {
			all[input.Name] = "0"
		}
	}
	maps.Copy(all, given)
	req := formula.Request{Period: month, PayDate: month.Through, Values: l.values(t, all), Trace: true}
	for _, piece := range days.Cut(l.p.Cuts(month)...) {
		part := map[string]string{"piece_days": fmt.Sprint(piece.Len()), "payable_days": fmt.Sprint(piece.Len()), "unpaid_days": "0", "eps_member": all["eps_member"]}
		for _, input := range l.p.Inputs() {
			if v, ok := given[input.Name]; ok && input.ByPiece {
				part[input.Name] = v
			}
		}
		if d, ok := given["payable_days"]; ok { // of the whole month: all in its first piece
			part["payable_days"] = "0"
			if piece.From == days.From {
				part["payable_days"] = d
			}
		}
		req.Pieces = append(req.Pieces, formula.Piece{Period: piece, Values: l.values(t, part)})
	}
	res, err := l.p.Run(req)
	var line *formula.LineError
	if err != nil {
		require.ErrorAs(t, err, &line)
	}
	return result{t, l.p, res}
}

func (l law) values(t testing.TB, given map[string]string) []formula.Value {
	t.Helper()
	values := make([]formula.Value, len(l.p.Inputs()))
	for i, input := range l.p.Inputs() {
		s, ok := given[input.Name]
		if !ok {
			continue
		}
		switch input.Unit {
		case formula.Words:
			values[i] = formula.Text(s)
		case formula.Flag:
			values[i] = formula.YesNo(s == "yes")
		default:
			values[i] = formula.Number(decimal.RequireFromString(s))
		}
	}
	return values
}

type result struct {
	t   testing.TB
	p   *formula.Program
	res formula.Result
}

func (r result) amount(line string) decimal.Decimal {
	r.t.Helper()
	i, ok := r.p.Line(line)
	require.True(r.t, ok, line)
	require.NoError(r.t, r.res.Err(i))
	return r.res.Amount(i)
}

func (r result) err(line string) error {
	r.t.Helper()
	i, ok := r.p.Line(line)
	require.True(r.t, ok, line)
	return r.res.Err(i)
}

// is compares a line with a figure.
func (r result) is(line, want string) {
	r.t.Helper()
	require.True(r.t, r.amount(line).Equal(decimal.RequireFromString(want)), "%s is %s, want %s", line, r.amount(line), want)
}

// example is one worked example of testdata/in.json, a copy of the public examples.
type example struct {
	ID, Topic string
	Given     map[string]any
	Expect    map[string]any
}

func examples(t testing.TB, topic string) []example {
	t.Helper()
	raw, err := os.ReadFile("testdata/in.json")
	require.NoError(t, err)
	var file struct{ Cases []example }
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	require.NoError(t, dec.Decode(&file))
	var out []example
	for _, e := range file.Cases {
		if e.Topic == topic {
			out = append(out, e)
		}
	}
	require.NotEmpty(t, out, topic)
	return out
}

// text writes a given value as an input reads it.
func (e example) text(key string) string {
	switch v := e.Given[key].(type) {
	case nil:
		return ""
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v]
	default:
		return fmt.Sprint(v)
	}
}

func (e example) or(key, fallback string) string {
	if s := e.text(key); s != "" {
		return s
	}
	return fallback
}

// matches compares what is expected, by the line that answers each key; keys without a line must be listed as seen elsewhere.
func (e example) matches(r result, lines map[string]string, elsewhere ...string) {
	r.t.Helper()
	for key, want := range e.Expect {
		if slices.Contains(elsewhere, key) {
			continue
		}
		line, ok := lines[key]
		require.True(r.t, ok, "nothing answers %s", key)
		r.is(line, fmt.Sprint(want))
	}
}

func TestExamplesOfProvidentFund(t *testing.T) {
	l := compiled(t, in.Pack())
	lines := map[string]string{
		"epf_wages": "epf_wages", "eps_wages": "eps_wages", "edli_wages": "edli_wages", "employee": "epf", "vpf": "vpf",
		"employer_eps": "eps", "employer_epf": "epf_employer", "edli": "edli", "wages": "code_wages",
		"pf_wages_for_month": "epf_wages", "employer_eps_unrounded": "exact_eps", "employer_epf_unrounded": "exact_epf_employer", "edli_unrounded": "exact_edli",
	}
	for _, e := range append(examples(t, "epf.split"), examples(t, "code_wages.epf")...) {
		t.Run(e.ID, func(t *testing.T) {
			given := map[string]string{
				"t_wages": e.or("pf_wages", "0"), "t_excluded": e.or("excluded_a_to_i", "0"),
				"pf_capped": e.or("restricted_to_ceiling", "yes"), "eps_member": e.or("eps_member", "yes"),
			}
			if e.Topic == "code_wages.epf" {
				given["t_wages"] = e.text("basic_da")
			}
			r := l.run(t, e.text("wage_month"), given)
			e.matches(r, lines, "employer_total_12")
			if total, ok := e.Expect["employer_total_12"]; ok {
				require.Equal(t, fmt.Sprint(total), r.amount("eps").Add(r.amount("epf_employer")).String())
			}
		})
	}
	for _, e := range examples(t, "epf.admin") {
		t.Run(e.ID, func(t *testing.T) {
			members := int(decimal.RequireFromString(e.text("contributing_members")).IntPart())
			got, err := in.AdminCharges(in.Pack(), hr.MustPeriod("2026-10-01..2026-10-31"), decimal.RequireFromString(e.text("total_epf_wages")), members)
			require.NoError(t, err)
			require.Equal(t, fmt.Sprint(e.Expect["admin_charges"]), got.String())
		})
	}
}

func TestExamplesOfWages(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, e := range examples(t, "code_wages") {
		t.Run(e.ID, func(t *testing.T) {
			r := l.run(t, "2026-10", map[string]string{"t_wages": e.text("included"), "t_excluded": e.text("excluded_a_to_i"), "t_terminal": e.text("gratuity_retrenchment_j_k")})
			e.matches(r, map[string]string{"wages": "code_wages", "added_back": "wages_added_back"})
		})
	}
}

func TestExamplesOfStateInsurance(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, e := range slices.Concat(examples(t, "esi.round"), examples(t, "esi.exempt"), examples(t, "esi.threshold")) {
		t.Run(e.ID, func(t *testing.T) {
			wages := e.or("wages", e.text("wages_at_period_start"))
			covered := e.text("covered")
			disability := e.text("disabled") == "yes"
			r := l.run(t, "2026-10", map[string]string{"t_full_wages": wages, "t_full_gross": wages, "disability": e.or("disabled", "no")})
			if covered == "" {
				c, err := in.ESICovered(in.Pack(), hr.MustDate("2026-10-01"), r.amount("esi_coverage_wages"), disability)
				require.NoError(t, err)
				require.Equal(t, c, r.amount("esi_within_limit").IsPositive(), "the line and the function agree")
				covered = map[bool]string{true: "yes", false: "no"}[c]
			}
			require.Equal(t, e.Expect["covered"], covered == "yes")
			r = l.run(t, "2026-10", map[string]string{"t_wages": wages, "esi_covered": covered, "payable_days": e.or("days", "0"), "disability": e.or("disabled", "no")})
			e.matches(r, map[string]string{"employee": "esi", "employer": "esi_employer"}, "covered")
		})
	}
	for _, e := range examples(t, "esi.stickiness") {
		months, covered, until := e.Given["wages_by_month"].(map[string]any), "", hr.Date{}
		for d := hr.MustDate("2026-04-01"); ; d = d.EndOfMonth().Add(1) {
			wages, ok := months[d.String()[:7]]
			if !ok {
				break
			}
			if until.IsZero() || d.After(until) { // decided once, at the start of a contribution period
				c, err := in.ESICovered(in.Pack(), d, decimal.RequireFromString(fmt.Sprint(wages)), false)
				require.NoError(t, err)
				covered, until = map[bool]string{true: "yes", false: "no"}[c], in.ContributionPeriod(d).Through
			}
			want := example{Expect: e.Expect[d.String()[:7]].(map[string]any)}
			require.Equal(t, want.Expect["covered"], covered == "yes", d)
			r := l.run(t, d.String()[:7], map[string]string{"t_wages": fmt.Sprint(wages), "esi_covered": covered})
			want.matches(r, map[string]string{"employee": "esi", "employer": "esi_employer"}, "covered")
		}
	}
}

func TestExamplesOfProfessionalTax(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, e := range examples(t, "pt.month") {
		t.Run(e.ID, func(t *testing.T) {
			given := map[string]string{
				"pt_state": e.text("state"), "months_left": "1", "gender": map[string]string{"F": "female", "M": "male"}[e.text("gender")],
				"t_gross": e.or("monthly_gross", e.or("annual_gross", "0")),
			}
			if e.text("annual_gross") != "" && e.text("month")[5:] == "04" { // all of it in April
				given["months_left"] = "12"
			}
			if income := e.text("taxable_income"); income != "" { // after the standard deduction
				given["previous_salary"] = decimal.RequireFromString(income).Add(decimal.NewFromInt(75000)).String()
			}
			e.matches(l.run(t, e.text("month"), given), map[string]string{"pt": "pt"})
		})
	}
}

func TestExamplesOfIncomeTax(t *testing.T) {
	l := compiled(t, in.Pack())
	lines := map[string]string{
		"rounded_income": "taxable_income", "slab_tax": "slab_tax", "rebate": "rebate", "tax_after_rebate": "tax_after_rebate",
		"surcharge": "surcharge", "surcharge_marginal_relief": "surcharge_relief", "cess": "cess", "total_exact": "annual_tax_exact", "total": "annual_tax",
		"standard_deduction": "standard_deduction", "total_income": "taxable_income", "tax": "annual_tax",
	}
	covered := 0
	for _, e := range append(examples(t, "income_tax.annual"), examples(t, "income_tax.salary_new")...) {
		t.Run(e.ID, func(t *testing.T) {
			month := e.text("fy")[:4] + "-10"
			given := map[string]string{"tax_regime": e.text("regime"), "tax_age": e.or("age", "below60"), "months_left": "1"}
			if e.Topic == "income_tax.salary_new" {
				given["t_taxable"] = e.text("gross_salary")
			} else { // before rounding to ten, after the standard deduction
				standard := l.run(t, month, map[string]string{"t_taxable": "10000000", "tax_regime": e.text("regime")}).amount("standard_deduction")
				given["t_taxable"] = decimal.RequireFromString(e.text("total_income")).Add(standard).String()
			}
			r := l.run(t, month, given)
			covered++
			e.matches(r, lines)
		})
	}
	require.Equal(t, 19, covered)
}

// The schedules are worked month by month with what was posted before, as a payroll does.
func TestExamplesOfMonthlyIncomeTax(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, e := range slices.Concat(examples(t, "tds.schedule"), examples(t, "tds.join"), examples(t, "tds.leave")) {
		t.Run(e.ID, func(t *testing.T) {
			first, last := 4, 3
			if m := e.text("join_month"); m != "" {
				first = int(decimal.RequireFromString(m).IntPart())
			}
			if m := e.text("last_month"); m != "" {
				last = int(decimal.RequireFromString(m).IntPart())
			}
			ytd, deducted := decimal.Zero, decimal.Zero
			for i, month := 0, first; ; i, month = i+1, month%12+1 {
				pay := e.or("monthly_gross", "0")
				if by, ok := e.Given["pay_by_month_apr_to_mar"].([]any); ok {
					pay = fmt.Sprint(by[(month+8)%12])
				}
				year, left := 2026, 16-month
				if month < 4 {
					year, left = 2027, 4-month
				}
				if month == last {
					left = 1
				}
				r := l.run(t, fmt.Sprintf("%d-%02d", year, month), map[string]string{
					"t_taxable": pay, "t_full_taxable": e.or("regular_monthly", pay), "months_left": fmt.Sprint(left),
					"previous_salary": e.or("previous_employer_salary", "0"), "previous_tds": e.or("previous_employer_tds", "0"),
					"ytd_taxable": ytd.String(), "ytd_tds": deducted.String(),
				})
				if schedule, ok := e.Expect["schedule"].([]any); ok {
					row := example{Expect: schedule[i].(map[string]any)}
					require.Equal(t, fmt.Sprint(month), fmt.Sprint(row.Expect["month"]))
					row.matches(r, map[string]string{"projected_gross": "projected_salary", "taxable": "taxable_income", "annual_tax": "annual_tax", "tds": "tds"}, "month")
				}
				if want, ok := e.Expect["monthly_tds"]; ok && i == 0 {
					r.is("tds", fmt.Sprint(want))
				}
				ytd, deducted = ytd.Add(decimal.RequireFromString(pay)), deducted.Add(r.amount("tds"))
				if month == last {
					if want, ok := e.Expect["tax_on_actual"]; ok {
						r.is("annual_tax", fmt.Sprint(want))
					}
					break
				}
			}
			for _, key := range []string{"total_tds", "total_tds_this_employer"} {
				if want, ok := e.Expect[key]; ok {
					require.Equal(t, fmt.Sprint(want), deducted.String(), key)
				}
			}
		})
	}
}

func TestExamplesWithoutPAN(t *testing.T) {
	l := compiled(t, in.Pack())
	for _, e := range examples(t, "tds.no_pan") {
		t.Run(e.ID, func(t *testing.T) {
			income := decimal.RequireFromString(e.text("total_income"))
			r := l.run(t, "2026-10", map[string]string{"t_taxable": income.Add(decimal.NewFromInt(75000)).String(), "months_left": "1", "has_pan": "no"})
			r.is("tax_to_deduct", fmt.Sprint(e.Expect["annual_tds"]))
			r.is("tds", fmt.Sprint(e.Expect["annual_tds"]))
			if want, ok := e.Expect["average_rate_percent"]; ok {
				got, err := hr.MustRounding("0.01", hr.HalfUp).Ratio(r.amount("annual_tax").Mul(decimal.NewFromInt(100)), income)
				require.NoError(t, err)
				require.Equal(t, fmt.Sprint(want), got.String())
			}
		})
	}
}
