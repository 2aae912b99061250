package in_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

func sourced(t *testing.T, at string, s hr.Source, reviewed hr.Date, uncertain string) {
	t.Helper()
	require.NotEmpty(t, s.Title, at)
	require.NotEmpty(t, s.Section, at)
	require.False(t, s.Dated.IsZero() && s.Note == "" && uncertain == "", "%s: no date, and nothing says why", at)
	require.False(t, s.Dated.After(reviewed), "%s is published after it was reviewed", at)
	require.Equal(t, hr.MustDate("2026-11-24"), reviewed, at)
}

func TestEveryValueHasASourceAndADate(t *testing.T) {
	pack := in.Pack()
	values := 0
	for _, p := range pack.Params {
		require.NoError(t, p.Validate(), p.Name)
		require.NotEmpty(t, p.Title, p.Name)
		for i, s := range p.Steps {
			sourced(t, p.Name, s.Source, s.Reviewed, s.Uncertain)
			if i > 0 {
				require.True(t, s.Since.After(p.Steps[i-1].Since), "%s: steps rise", p.Name)
			}
			values++
		}
	}
	for _, table := range pack.Tables {
		require.NoError(t, table.Validate(), table.Name)
		require.NotEmpty(t, table.Title, table.Name)
		for _, s := range table.Steps {
			sourced(t, table.Name+" "+s.Text, s.Source, s.Reviewed, s.Uncertain)
			values++
		}
	}
	for _, c := range pack.Components {
		require.NotEmpty(t, c.Source.Title, c.Name)
	}
	require.Greater(t, values, 150)
	require.Equal(t, pack.Reviewed, hr.MustDate("2026-11-24"))
}

func TestUncertainFactsAreMarked(t *testing.T) {
	pack := in.Pack()
	for name, on := range map[string]string{
		"epf.ceiling_by_days": "2026-09-30", "esi.on_code_wages": "2026-10-31", "tds.rounding_step": "2026-10-31", "tds.no_pan_rate": "2026-10-31",
		"eps.rate": "2026-10-31", "epf.admin_rate": "2026-10-31", "esi.coverage_limit": "2026-12-01",
	} {
		for _, p := range pack.Params {
			if p.Name == name {
				s, err := p.At(hr.MustDate(on))
				require.NoError(t, err)
				require.NotEmpty(t, s.Uncertain, name)
			}
		}
	}
}

// The tables of professional tax belong together: who has monthly rows says which month is special, who has rows of a half-year or year
// says when they are collected, and each of them says what is looked at.
func TestProfessionalTaxTablesAgree(t *testing.T) {
	all := tables()
	require.Equal(t, all["pt.monthly"].Texts(), all["pt.is_special_month"].Texts())
	require.Equal(t, all["pt.period_tax"].Texts(), all["pt.collects"].Texts())
	either := append(all["pt.monthly"].Texts(), all["pt.period_tax"].Texts()...)
	slices.Sort(either)
	require.Equal(t, slices.Compact(either), all["pt.looks_at"].Texts())
	require.Len(t, either, len(all["pt.looks_at"].Texts()), "a state has one kind of rows")
	for _, s := range append(all["pt.monthly"].Steps, all["pt.period_tax"].Steps...) {
		for _, name := range []string{"pt.looks_at", "pt.period_months"} {
			_, err := all[name].At(s.Text, s.Since)
			require.NoError(t, err, "%s %s", name, s.Text)
		}
	}
	for _, s := range all["pt.monthly"].Steps {
		special, err := all["pt.is_special_month"].At(s.Text, s.Since)
		require.NoError(t, err)
		for month := int64(1); month <= 12; month++ {
			if _, yes := special.Lookup(decimal.NewFromInt(month)); yes.IsPositive() {
				_, err := all["pt.special_month"].At(s.Text, s.Since)
				require.NoError(t, err, s.Text)
			}
		}
	}
}

func TestPacksShareNothing(t *testing.T) {
	a := in.Pack()
	a.Params[0].Steps[0].Value = decimal.NewFromInt(99)
	a.Tables[0].Steps[0].Rows[0].Value = decimal.NewFromInt(99)
	b := in.Pack()
	require.NotEqual(t, "99", b.Params[0].Steps[0].Value.String())
	require.NotEqual(t, "99", b.Tables[0].Steps[0].Rows[0].Value.String())
}

func office(t testing.TB, pack payroll.Pack) *payroll.Plan {
	t.Helper()
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{pack}, Components: []payroll.Component{{Name: "office", Text: officeRules}}})
	require.NoError(t, err)
	require.Empty(t, plan.Warnings())
	return plan
}

func explained(t testing.TB, plan *payroll.Plan, in payroll.Input, line string) string {
	t.Helper()
	trace, err := plan.Explain(in, line)
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, trace.Text(&b))
	return b.String()
}

func TestExplanationsReachTheLaw(t *testing.T) {
	plan := office(t, in.Pack())
	for line, words := range map[string][]string{
		"epf":        {"S.O. 5109(E)", "25000", "S.O. 3582(E)", "House rent allowance", "half_up to 1"},
		"pt":         {"Karnataka", "Act 33 of 2025", "Article 276(2)", "Professional tax by the schedule"},
		"tds":        {"s.392(1)", "Standard deduction", "s.202(1)", "neither section rounds", "Taxable salary this year before"},
		"code_wages": {"first proviso", "Code on Wages"},
	} {
		text := explained(t, plan, october(), line)
		for _, w := range words {
			require.Contains(t, text, w, line)
		}
	}
}

// A clerk reads it aloud: the law, the steps and the figures in words, and no name of a formula.
func TestParagraphsOfTheLawReadWell(t *testing.T) {
	plan := office(t, in.Pack())
	for line, words := range map[string][]string{
		"epf": {
			"Provident fund (EPF) is 3000, by EPF Scheme 2026, para 18. It was worked out so: 25000 times 0.12 is 3000, rounded to the nearest 1, a half away from zero.",
			"EPF rate of the employee is 12 percent",
		},
		"pt": {
			"Professional tax is 200", `"Professional tax of a month": KA, row: from 25000: 200`, "Pay, or income, that the schedule looks at is 150000.",
			"Act 33 of 2025", "the greatest of 0, 2500 less 0 is 2500",
		},
		"tds": {
			"Income tax (TDS) is 12566, by Income-tax Act 2025, s.392(1)", "75398 divided by (6 times 1) is", "Tax of the year to take from pay is 150800", "150800 less 75402 is 75398",
			"Mind that Step that monthly income tax is rounded to is doubtful: neither section rounds; to the rupee is practice.",
		},
	} {
		trace, err := plan.Explain(october(), line)
		require.NoError(t, err)
		text := payroll.Paragraph(trace)
		for _, w := range words {
			require.Contains(t, text, w, line)
		}
		require.NotRegexp(t, `_|\b(pt|tds|tax|epf|eps|esi|wages|perquisite)\.[a-z]`, text, line)
	}
}

// A host that puts a new value on top sees it in the next payslip and in its explanation.
func TestOverlay(t *testing.T) {
	pack := in.Pack()
	for i := range pack.Params {
		if pack.Params[i].Name == "epf.wage_ceiling" {
			pack.Params[i].Steps = append(pack.Params[i].Steps, hr.ParameterStep{
				Since: hr.MustDate("2026-10-01"), Value: decimal.NewFromInt(30000), Overlay: true,
				Source: hr.Source{Title: "S.O. 9999(E)"}, Reviewed: hr.MustDate("2026-10-02"),
			})
		}
	}
	slip, err := office(t, pack).Calculate(october())
	require.NoError(t, err)
	epf, _ := slip.Amount("epf")
	require.Equal(t, "3600", epf.String()) // 12 % of 30,000
	require.Contains(t, explained(t, office(t, pack), october(), "epf"), "S.O. 9999(E)")
}

func TestRefusals(t *testing.T) {
	plan := office(t, in.Pack())
	with := func(name, text string) payroll.Input {
		x := october()
		terms, _ := x.Terms.At(x.Period.From)
		terms = terms.Clone()
		for i := range terms.Answers {
			if terms.Answers[i].Name == name {
				terms.Answers[i].Text = text
				x.Terms = hr.Since(hr.MustDate("2026-04-01"), terms)
				return x
			}
		}
		terms.Answers = append(terms.Answers, hr.Answer{Name: name, Text: text})
		x.Terms = hr.Since(hr.MustDate("2026-04-01"), terms)
		return x
	}
	for _, c := range []struct {
		name string
		in   payroll.Input
		want string
	}{
		{"unknown regime", with("tax_regime", "flat"), "payroll.formula.table.text"},
		{"unknown age, in the new regime too", with("tax_age", "90"), "payroll.formula.table.text"},
		{"unknown city of the employer's house", with("housing", "castle"), "perquisite.housing"},
		{"unknown state of the welfare fund", with("lwf_state", "ZZ"), "lwf.is_due"},
		{"state without a schedule", with("pt_state", "ZZ"), "line pt"},
		{"Tamil Nadu, where each local body has a table", with("pt_state", "TN"), "line pt"},
		{"Maharashtra without a gender", with("pt_state", "MH"), "line pt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := plan.Calculate(c.in)
			require.ErrorContains(t, err, c.want)
			require.ErrorContains(t, err, "2026-10-31", "the days that the law was asked for")
			require.NotContains(t, err.Error(), "60000")
		})
	}
	late := october()
	late.Period, late.PayDate = hr.MustPeriod("2027-04-01..2027-04-30"), hr.MustDate("2027-04-30")
	_, err := plan.Calculate(late)
	require.ErrorIs(t, err, hr.ErrNoValue, "the rates of 2027-28 are not law yet")
	require.ErrorContains(t, err, "tax.new.standard_deduction has no value on 2027-04-30")

	early := october()
	early.Terms = hr.Since(hr.MustDate("2013-04-01"), early.Terms.Steps()[0].Value)
	early.Period, early.PayDate = hr.MustPeriod("2013-05-01..2013-05-31"), hr.MustDate("2013-05-31")
	_, err = plan.Calculate(early)
	require.ErrorIs(t, err, hr.ErrNoValue)
}

func TestEstablishmentFunctions(t *testing.T) {
	pack, month := in.Pack(), hr.MustPeriod("2026-10-01..2026-10-31")
	for _, c := range []struct {
		wages   string
		members int
		want    string
	}{{"0", 0, "75"}, {"1000", 1, "500"}, {"100000", 4, "500"}, {"100100", 4, "501"}, {"100099", 4, "500"}, {"500000.50", 40, "2500"}} { // 0.5 % of 100,100 is 500.50, up
		got, err := in.AdminCharges(pack, month, decimal.RequireFromString(c.wages), c.members)
		require.NoError(t, err)
		require.Equal(t, c.want, got.String(), c.wages)
	}
	_, err := in.AdminCharges(pack, hr.MustPeriod("2018-05-01..2018-05-31"), decimal.NewFromInt(100), 1)
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.AdminCharges(pack, hr.Period{}, decimal.NewFromInt(-1), -1)
	require.Len(t, hr.FieldErrors(err), 3)

	for _, c := range []struct {
		wages      string
		disability bool
		want       bool
	}{{"21000", false, true}, {"21000.01", false, false}, {"25000", true, true}, {"25000.01", true, false}} {
		got, err := in.ESICovered(pack, month.From, decimal.RequireFromString(c.wages), c.disability)
		require.NoError(t, err)
		require.Equal(t, c.want, got, c.wages)
	}
	covered, err := in.ESICovered(pack, month.From, decimal.Zero, false)
	require.NoError(t, err)
	require.True(t, covered, "somebody without wages yet")
	_, err = in.ESICovered(pack, hr.MustDate("2016-12-31"), decimal.NewFromInt(1), false)
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.ESICovered(payroll.Pack{}, month.From, decimal.NewFromInt(1), false)
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.ESICovered(pack, month.From, decimal.NewFromInt(-1), false)
	require.Equal(t, in.RuleNegative, hr.FieldErrors(err)[0].Rule)

	for day, want := range map[string]string{
		"2026-03-31": "2025-10-01..2026-03-31", "2026-04-01": "2026-04-01..2026-09-30", "2026-09-30": "2026-04-01..2026-09-30",
		"2026-10-01": "2026-10-01..2027-03-31", "2026-12-31": "2026-10-01..2027-03-31", "2027-02-15": "2026-10-01..2027-03-31",
	} {
		require.Equal(t, want, in.ContributionPeriod(hr.MustDate(day)).String(), day)
	}
	require.True(t, in.ContributionPeriod(hr.Date{}).IsZero())
}

// The provident fund, overtime and a prorated line of one month: down to the punches, the dated parameter, its source, the rounding.
func TestExplanationsReachThePunches(t *testing.T) {
	const overtime = `
input overtime_hours : hours by piece
line overtime "Overtime" in earnings, wages_excluded, gross, taxable law "Code on Wages 2019, s.14" = round(pieces(basic * overtime_hours * 2 / 208 hours), 0.01)
`
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{in.Pack()}, Components: []payroll.Component{
		{Name: "office", Text: officeRules}, {Name: "overtime", Text: overtime},
	}})
	require.NoError(t, err)
	x := october()
	ts := hr.Timesheet{Employee: x.Employee, Period: x.Period, Payable: decimal.NewFromInt(30), Unpaid: decimal.NewFromInt(1)}
	for d := range x.Period.Days() {
		day := hr.TimesheetDay{Date: d, Status: "present", Payable: decimal.NewFromInt(1), Refs: []hr.Ref{{Kind: "punch", ID: d.String()}}}
		switch d.Day() {
		case 5:
			day = hr.TimesheetDay{Date: d, Status: "absent", Unpaid: decimal.NewFromInt(1)}
		case 7:
			day.Bands = []hr.Band{{Name: "overtime", Minutes: 90}}
		}
		ts.Days = append(ts.Days, day)
	}
	x.Timesheet = ts
	// 60,000 x 30/31 = 58,064.516...; 60,000 x 1.5 x 2 / 208 = 865.3846...
	for line, words := range map[string][]string{
		"epf":       {"= 3000 money", "half_up to 1", "epf.wage_ceiling", "25000", "S.O. 5109(E)", "2026-09-17", "epf.employee_rate", "S.O. 3582(E)", "punch 2026-10-01", "2026-10-05 1 unpaid, absent"},
		"overtime":  {"= 865.38 money", "half_up to 0.01", "Code on Wages 2019, s.14", "punch 2026-10-07"},
		"basic_pay": {"= 58064.52 money", "half_up to 0.01", "payable_days (Days paid) = 30 days", "present 30", "2026-10-05 1 unpaid, absent", "punch 2026-10-31"},
	} {
		text := explained(t, plan, x, line)
		for _, w := range words {
			require.Contains(t, text, w, line)
		}
	}
	require.NotContains(t, explained(t, plan, x, "overtime"), "punch 2026-10-08")
}
