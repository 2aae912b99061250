package in_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// answers are the functions of labour law, each with the parameters that its answer rests on.
var answers = []struct {
	name   string
	ask    func(p payroll.Pack) (hr.Trace, error)
	params []string
}{
	{"gratuity of who leaves", func(p payroll.Pack) (hr.Trace, error) {
		g, err := in.GratuityOf(p, in.GratuityService{Joined: hr.MustDate("2016-04-01"), LastDay: hr.MustDate("2026-10-01"), Ending: in.EndedLeaving})
		return g.Trace, err
	}, []string{"gratuity.service_years", "gratuity.part_year_months"}},
	{"gratuity by the days of the fifth year", func(p payroll.Pack) (hr.Trace, error) {
		g, err := in.GratuityOf(p, in.GratuityService{Joined: hr.MustDate("2021-12-01"), LastDay: hr.MustDate("2026-10-01"), Ending: in.EndedLeaving, LastYearDays: 250})
		return g.Trace, err
	}, []string{"gratuity.service_years", "gratuity.fifth_year_days", "gratuity.part_year_months"}},
	{"the same in a week of five days", func(p payroll.Pack) (hr.Trace, error) {
		g, err := in.GratuityOf(p, in.GratuityService{Joined: hr.MustDate("2021-12-01"), LastDay: hr.MustDate("2026-10-01"), Ending: in.EndedLeaving, LastYearDays: 150, FiveDayWeek: true})
		return g.Trace, err
	}, []string{"gratuity.service_years", "gratuity.fifth_year_days_five_day_week"}},
	{"gratuity of a fixed term", func(p payroll.Pack) (hr.Trace, error) {
		g, err := in.GratuityOf(p, in.GratuityService{Joined: hr.MustDate("2025-03-01"), LastDay: hr.MustDate("2026-10-01"), Ending: in.EndedFixedTerm})
		return g.Trace, err
	}, []string{"gratuity.service_years_fixed_term", "gratuity.fixed_term_by_months"}},
	{"gratuity of a journalist", func(p payroll.Pack) (hr.Trace, error) {
		g, err := in.GratuityOf(p, in.GratuityService{Joined: hr.MustDate("2022-03-01"), LastDay: hr.MustDate("2026-10-01"), Ending: in.EndedLeaving, Journalist: true})
		return g.Trace, err
	}, []string{"gratuity.service_years_journalist", "gratuity.part_year_months"}},
	{"bonus of a year", func(p payroll.Pack) (hr.Trace, error) {
		b, err := in.BonusOf(p, in.BonusClaim{Year: hr.MustPeriod("2025-04-01..2026-03-31"), Wages: dec(84000), DaysWorked: 30})
		return b.Trace, err
	}, []string{"bonus.days_worked", "bonus.least", "bonus.minimum_parts", "bonus.minimum_of", "bonus.maximum_rate"}},
	{"set-on and set-off", func(p payroll.Pack) (hr.Trace, error) {
		a, err := in.AllocateBonus(p, hr.MustDate("2027-03-31"), in.BonusYear{Year: 1, Allocable: dec(9), Minimum: dec(5), Maximum: dec(7)}, in.BonusCarry{})
		return a.Trace, err
	}, []string{"bonus.carry_years"}},
	{"a birth", func(p payroll.Pack) (hr.Trace, error) {
		b, err := in.Maternity(p, in.MaternityClaim{On: hr.MustDate("2026-10-15"), Event: in.Birth, DaysWorked: 80, AverageDailyWage: dec(1000)})
		return b.Trace, err
	}, []string{"maternity.days_worked", "maternity.children", "maternity.weeks", "maternity.weeks_before", "maternity.medical_bonus"}},
	{"a third birth", func(p payroll.Pack) (hr.Trace, error) {
		b, err := in.Maternity(p, in.MaternityClaim{On: hr.MustDate("2026-10-15"), Event: in.Birth, SurvivingChildren: 2, DaysWorked: 80, AverageDailyWage: dec(1000)})
		return b.Trace, err
	}, []string{"maternity.weeks_two_children", "maternity.weeks_before_two_children"}},
	{"an adoption", func(p payroll.Pack) (hr.Trace, error) {
		b, err := in.Maternity(p, in.MaternityClaim{On: hr.MustDate("2026-10-15"), Event: in.Adoption, DaysWorked: 80, AverageDailyWage: dec(1000)})
		return b.Trace, err
	}, []string{"maternity.weeks_adoption"}},
	{"a miscarriage", func(p payroll.Pack) (hr.Trace, error) {
		b, err := in.Maternity(p, in.MaternityClaim{On: hr.MustDate("2026-10-15"), Event: in.Miscarriage, DaysWorked: 80, AverageDailyWage: dec(1000)})
		return b.Trace, err
	}, []string{"maternity.weeks_miscarriage"}},
	{"a tubectomy", func(p payroll.Pack) (hr.Trace, error) {
		b, err := in.Maternity(p, in.MaternityClaim{On: hr.MustDate("2026-10-15"), Event: in.Tubectomy, DaysWorked: 80, AverageDailyWage: dec(1000)})
		return b.Trace, err
	}, []string{"maternity.weeks_tubectomy"}},
	{"the limit on deductions", func(p payroll.Pack) (hr.Trace, error) {
		c, err := in.CapDeductions(p, hr.MustPeriod("2026-10-01..2026-10-31"), dec(30000), []payroll.Amount{{Name: "Loan", Amount: dec(20000)}})
		return c.Trace, err
	}, []string{"deductions.limit"}},
	{"full and final", func(p payroll.Pack) (hr.Trace, error) {
		office := hr.MustCalendar(hr.CalendarRules{Name: "office", Span: hr.MustPeriod("2026-01-01..2026-12-31")})
		d, err := in.FullAndFinalDue(p, hr.MustDate("2026-10-30"), office)
		return d.Trace, err
	}, []string{"settlement.working_days"}},
	{"gratuity due", func(p payroll.Pack) (hr.Trace, error) {
		d, err := in.GratuityDue(p, hr.MustDate("2026-10-30"))
		return d.Trace, err
	}, []string{"gratuity.pay_within_days"}},
	{"bonus due", func(p payroll.Pack) (hr.Trace, error) {
		d, err := in.BonusDue(p, hr.MustDate("2026-03-31"))
		return d.Trace, err
	}, []string{"bonus.pay_within_months"}},
	{"wages due", func(p payroll.Pack) (hr.Trace, error) {
		d, err := in.WagesDue(p, hr.MustDate("2026-10-31"))
		return d.Trace, err
	}, []string{"wages.due_day"}},
}

// Every answer shows each value of the law that it rests on, with its source; a value that the host set says so; one that is missing is an
// error that names it and the day, and there is no answer.
func TestAnswersShowTheLawTheyRestOn(t *testing.T) {
	for _, a := range answers {
		t.Run(a.name, func(t *testing.T) {
			trace, err := a.ask(in.Pack())
			require.NoError(t, err)
			require.NotEmpty(t, trace.Name)
			require.NotEmpty(t, trace.Value)
			require.NotEmpty(t, trace.Rule, "why, in words")
			require.NotEmpty(t, trace.Source.Title)
			for _, name := range a.params {
				p, value := parameter(t, name, "2026-03-31")
				text := told(t, trace)
				require.Regexp(t, `(?m)^ +`+regexp.QuoteMeta(name+" ("+p.Title+") = "), text)
				if a.name == "bonus of a year" {
					require.Contains(t, text, name+" ("+p.Title+") = "+hr.Canonical(value))
				}
				require.Contains(t, text, "holds since 20")

				_, err := a.ask(without(name))
				var missing *hr.ParameterError
				require.ErrorAs(t, err, &missing, name)
				require.Equal(t, name, missing.Name)
				require.Contains(t, err.Error(), " has no value on 202")

				now, _ := parameter(t, name, "2026-10-31")
				step, err := now.At(hr.MustDate("2026-10-31"))
				require.NoError(t, err)
				mine, err := a.ask(set(name, "2026-01-01", step.Value.String()))
				require.NoError(t, err)
				require.Contains(t, told(t, mine), "set by the host on top of the pack", name)
				require.Contains(t, told(t, mine), "source: notice of the host", name)
			}
		})
	}
}

func parameter(t *testing.T, name, day string) (hr.Parameter, decimal.Decimal) {
	t.Helper()
	for _, p := range in.Pack().Params {
		if p.Name == name {
			step, err := p.At(hr.MustDate(day))
			require.NoError(t, err)
			return p, step.Value
		}
	}
	require.Fail(t, name)
	return hr.Parameter{}, decimal.Decimal{}
}

// What a clerk reads is words and figures: no line is only a name of ours, none is long, and no fraction is left unexplained.
func TestAnswersReadWell(t *testing.T) {
	for _, a := range answers {
		trace, err := a.ask(in.Pack())
		require.NoError(t, err, a.name)
		for line := range strings.Lines(told(t, trace)) {
			line = strings.TrimSpace(line)
			require.NotRegexp(t, `%!|\{|\}|<nil>|0001-01-01|, ,|  =`, line, a.name)
			if name, _, ok := strings.Cut(line, " = "); ok && strings.Contains(name, ".") {
				require.Regexp(t, `^[a-z_.]+ \([A-Z].*\)$`, name, "%s: a name of ours stands beside its title", a.name)
			}
			require.Less(t, len(line), 220, "%s: %s", a.name, line)
		}
	}
}

// The components, as a clerk asks about a payslip: the formula's figures, the dated values, the doubts.
func TestSettlementExplained(t *testing.T) {
	plan := labour(t, in.Pack())
	x := worked(exit("2026-10-31", map[string]string{
		"h_full_wages": "26000", "h_full_excluded": "40000", "h_included": "26000", "h_excluded": "40000", "gratuity_years": "11", "minimum_wage": "10500",
		"leave_days_paid": "20", "leave_average_salary": "33000", "leave_days_at_credit": "20", "leave_service_years": "10", "retrenchment_compensation": "10000",
	}), 90)
	for line, words := range map[string][]string{
		// 26,000 and 40,000: half of 66,000 is 33,000, so 7,000 are added back; 33,000 x 15/26 x 11 is 2,09,423.08.
		"gratuity": {
			"gratuity (Gratuity) = 209423 money", "33000 x 15 x 11 / 26", "(about 209423.076923) ; half_up to 1", "Fifteen days of wages for each year",
			"66000 - 26000 - 0.5 x 66000 is 7000", "Code on Social Security 2020 (in force 21 November 2025), s.53(2)", "doubtful: s.53(3) of the Code leaves the ceiling to a notification",
		},
		"gratuity_exempt":     {"the least of 209423, 2000000 - 0, 209423", "Gratuity exempt earlier in life", "read on the day of payment, 2026-10-31", "doubtful: the Income-tax Act still points to the Gratuity Act of 1972"},
		"leave_pay":           {"leave_pay (Leave paid out) = 22000 money", "33000 x 20 / 30", "some employers divide by 26"},
		"leave_pay_exempt":    {"= 22000 money", "330000", "Days of leave that count", "leave_exempt.limit", "2500000"},
		"overtime":            {"overtime (Overtime) = 475.96 money", "2 x (4125/26) x 1.5", "minutes: 2026-10-01 90", "Code on Wages (Central) Rules 2026", "s.14"},
		"bonus_wages":         {"= 0 money", "wages.full_month <= bonus.wage_limit: no", "S.O. 4711(E)"},
		"retrenchment_exempt": {"= 0 money", "Compensation that the law on industrial relations asks for", "500000"},
		"payment_wages":       {"second proviso", "Items (j) and (k) count in all remuneration", "a FAQ of March 2026 is reported to leave it out"},
	} {
		text := explained(t, plan, x, line)
		for _, w := range words {
			require.Contains(t, text, w, line)
		}
	}
}

// Where the years were counted is in the explanation, if they are given as an adjustment.
func TestYearsOfGratuityPointToWhereTheyWereCounted(t *testing.T) {
	x := exit("2026-10-31", map[string]string{"h_full_wages": "26000"})
	terms := x.Terms.Steps()[0].Value.Clone()
	terms.Answers = slices.DeleteFunc(terms.Answers, func(a hr.Answer) bool { return a.Name == "gratuity_years" }) // an input is given once
	x.Terms = hr.Since(hr.MustDate("2010-01-01"), terms)
	x.Adjustments = []payroll.Adjustment{{Employee: x.Employee, Name: "gratuity_years", Amount: dec(11), Ref: hr.Ref{Kind: "settlement", ID: "S-7"}}}
	text := explained(t, labour(t, in.Pack()), x, "gratuity")
	require.Contains(t, text, "gratuity (Gratuity) = 165000 money")
	require.Contains(t, text, "settlement S-7")
}

// The page of the package names every input of these components.
func TestThePageNamesEveryInput(t *testing.T) {
	page, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	input := regexp.MustCompile(`(?m)^input ([a-z_]+)`)
	standard := []string{"leaving", "payable_days", "period_days", "overtime_hours"} // filled by payroll, from the timesheet
	found := 0
	for _, c := range append(in.Settlement(), in.Bonus(), in.OvertimePay(), in.PaymentWages()) {
		for _, m := range input.FindAllStringSubmatch(c.Text, -1) {
			found++
			if !slices.Contains(standard, m[1]) {
				require.Regexp(t, `\b`+m[1]+`\b`, string(page), c.Name)
			}
		}
	}
	require.Greater(t, found, 20)
}

func TestRuleIDsAreUnique(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "rules.go", nil, 0)
	require.NoError(t, err)
	seen := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && strings.Contains(lit.Value, "payroll.") {
			require.True(t, strings.HasPrefix(lit.Value, `"payroll.statutory.in.`), lit.Value)
			require.False(t, seen[lit.Value], lit.Value)
			seen[lit.Value] = true
		}
		return true
	})
	require.GreaterOrEqual(t, len(seen), 8)
}
