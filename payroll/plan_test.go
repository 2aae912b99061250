package payroll_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
)

// officeRules is a small company: two prorated earnings, overtime at twice the hourly rate, a bonus, a fund.
const officeRules = `
input basic: money by piece
input hra: money by piece
input payable_days: days by piece
input period_days: days
input overtime_hours: hours by piece
input bonus: money = 0
input gender: text = ""
input ytd_fund: money

line basic_pay "Basic" in earnings, wages = round(pieces(basic * payable_days / period_days), 0.01)
line hra_pay "House rent allowance" in earnings = round(pieces(hra * payable_days / period_days), 0.01)
line overtime "Overtime" in earnings = round(pieces(basic * overtime_hours * 2 / 208 hours), 0.01)
line bonus_pay "Bonus" in earnings = round(bonus, 0.01)
line fund "Provident fund" in deductions law "EPF Scheme 2026, para 18(2)" = round(12% * min(sum(wages), 25_000), 1)
line women_day "Women's day gift" in earnings = if gender = "female" and period_days = 31 days then 100 else 0
line fund_employer "Provident fund" in employer = round(12% * min(sum(wages), 25_000), 1)
line fund_this_year "Provident fund this year" = ytd_fund + fund
`

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func office(t testing.TB) *payroll.Plan {
	t.Helper()
	april := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{april}, Components: []payroll.Component{{Name: "office", Text: officeRules}}})
	require.NoError(t, err)
	require.Empty(t, plan.Warnings())
	return plan
}

func terms(basic, hra string) hr.Terms {
	return hr.Terms{
		Entity: "Example Ltd", Currency: "INR", CostCentre: "CC1",
		Pay: []hr.PayTerm{{Name: "basic", Amount: dec(basic)}, {Name: "hra", Amount: dec(hra)}},
	}
}

var october = hr.MustPeriod("2026-10-01..2026-10-31")

func full(employee hr.EmployeeID) payroll.Input {
	return payroll.Input{
		Employee: employee, Period: october, PayDate: october.Through,
		Terms: hr.Since(hr.MustDate("2026-04-01"), terms("20000", "8000")),
	}
}

// rules lists the rule ids inside err.
func rules(err error) (out []hr.Rule) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Rule)
	}
	return out
}

func TestCompileReportsEveryFaultAtOnce(t *testing.T) {
	_, err := payroll.Compile(payroll.Config{Currency: "rupees", Components: []payroll.Component{
		{Name: "a", Text: "line x = 1 +\n"},
		{Name: "b", Text: "line y = )\n"},
	}})
	require.Contains(t, rules(err), payroll.RuleConfigCurrency)
	require.ErrorContains(t, err, "a:1:")
	require.ErrorContains(t, err, "b:1:")

	_, err = payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Name: "c", Text: `
input ytd_nothing: money
input period_days: count
input wage_month: count by piece
line both in earnings, deductions = 5 + ytd_nothing
line hours_worked: hours in earnings = 5
line word = "text"
line days_and_month = period_days + first(wage_month)
`}}})
	require.ElementsMatch(t, []hr.Rule{
		payroll.RuleLineKind, payroll.RuleLineUnit, payroll.RuleLineUnit,
		payroll.RuleInputYearToDate, payroll.RuleInputText, payroll.RuleInputChanges,
	}, rules(err))
	require.ErrorContains(t, err, "c:5:6: line both is in two of the groups")
	require.ErrorContains(t, err, "c:2:7: input ytd_nothing: there is no line nothing")
	_, err = payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{Text: "line x in earnings = 1\n"}, {Text: "line y = )\n"}}})
	require.ErrorContains(t, err, "component 2:1:", "one without a name is counted")

	april, july := payroll.Pack{TaxYear: payroll.YearStart{Month: time.April, Day: 1}}, payroll.Pack{TaxYear: payroll.YearStart{Month: time.July, Day: 1}}
	for _, packs := range [][]payroll.Pack{{april, july}, {april, {}}, {{}, april}} { // a pack without one begins on 1 January
		_, err = payroll.Compile(payroll.Config{Currency: "INR", Packs: packs})
		require.Equal(t, []hr.Rule{payroll.RuleConfigYear}, rules(err))
	}
}

func TestPlanDigestChangesWithTheRulesOnly(t *testing.T) {
	compile := func(currency hr.Currency, text string) string {
		plan, err := payroll.Compile(payroll.Config{Currency: currency, Components: []payroll.Component{{Name: "x", Text: text}}})
		require.NoError(t, err)
		return plan.Digest()
	}
	base := compile("INR", "line a = 5\n")
	require.Equal(t, base, compile("INR", "line a   =  5\n"), "blanks change no answer")
	require.NotEqual(t, base, compile("INR", "line a = 6\n"))
	require.NotEqual(t, base, compile("USD", "line a = 5\n"))
}

func TestNeedsNamesWhoAnswers(t *testing.T) {
	from := map[string]string{}
	for _, n := range office(t).Needs() {
		from[n.Name] = n.From
	}
	require.Equal(t, map[string]string{
		"basic": "terms", "hra": "terms", "bonus": "terms", "gender": "terms", "payable_days": "timesheet",
		"overtime_hours": "timesheet", "period_days": "period", "ytd_fund": "year to date",
	}, from)
}

func TestYearStart(t *testing.T) {
	india, uk := payroll.YearStart{Month: time.April, Day: 1}, payroll.YearStart{Month: time.April, Day: 6}
	for _, c := range []struct {
		year payroll.YearStart
		on   string
		of   string
		left int
	}{
		{india, "2026-10-31", "2026-04-01..2027-03-31", 6},
		{india, "2027-03-31", "2026-04-01..2027-03-31", 1},
		{india, "2026-04-01", "2026-04-01..2027-03-31", 12},
		{uk, "2026-04-05", "2025-04-06..2026-04-05", 1},
		{uk, "2026-04-06", "2026-04-06..2027-04-05", 12},
		{uk, "2026-05-05", "2026-04-06..2027-04-05", 12},
		{payroll.YearStart{}, "2026-12-31", "2026-01-01..2026-12-31", 1},
	} {
		d := hr.MustDate(c.on)
		require.Equal(t, c.of, c.year.Of(d).String(), c.on)
		require.Equal(t, c.left, c.year.MonthsLeft(d), c.on)
	}
}

// The tax months and weeks of the year that begins on 6 April are numbered as HMRC's tables number them: month 7 is 6 October to 5 November, week 30 26 October to
// 1 November, and 5 April is week 53. A calendar year begins its weeks on 1 January.
func TestTaxMonthAndWeek(t *testing.T) {
	uk := payroll.YearStart{Month: time.April, Day: 6}
	for _, c := range []struct {
		year        payroll.YearStart
		on          string
		month, week string
	}{
		{uk, "2026-04-06", "1", "1"},
		{uk, "2026-04-12", "1", "1"},
		{uk, "2026-04-13", "1", "2"},
		{uk, "2026-05-05", "1", "5"},
		{uk, "2026-05-06", "2", "5"},
		{uk, "2026-10-25", "7", "29"},
		{uk, "2026-10-26", "7", "30"},
		{uk, "2026-11-01", "7", "30"},
		{uk, "2027-04-05", "12", "53"},
		{payroll.YearStart{}, "2026-01-07", "1", "1"},
		{payroll.YearStart{}, "2026-01-08", "1", "2"},
		{payroll.YearStart{}, "2026-12-31", "12", "53"},
	} {
		plan, err := payroll.Compile(payroll.Config{Currency: "GBP", Packs: []payroll.Pack{{TaxYear: c.year}}, Components: []payroll.Component{{
			Name: "own", Text: "input tax_month: count\ninput tax_week: count\nline nth_month in information = tax_month\nline nth_week in information = tax_week\n",
		}}})
		require.NoError(t, err)
		in := full("E1")
		in.PayDate, in.Terms = hr.MustDate(c.on), hr.Since(hr.MustDate("2026-01-01"), hr.Terms{})
		slip, err := plan.Calculate(in)
		require.NoError(t, err)
		require.Equal(t, []string{c.month, c.week}, []string{amountOf(slip, "nth_month"), amountOf(slip, "nth_week")}, c.on)
	}
}

func TestPrintsWithoutValues(t *testing.T) {
	slip, err := office(t).Calculate(full("E1"))
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, slip.Text(&text))
	require.Contains(t, text.String(), "25600.00", "the payslip itself shows net pay: 28,000 less 12% of 20,000")
	posting := payroll.PostingsFor(payroll.Run{ID: "run", Kind: payroll.RunRegular}, slip)[0]
	for _, v := range []any{slip, slip.Lines[0], full("E1"), posting, payroll.Amount{Name: "basic", Amount: dec("20000")}, payroll.Adjustment{Name: "b", Amount: dec("20000")}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			require.NotContains(t, sprintf(verb, v), "20000", "%T with %s", v, verb)
		}
		var log bytes.Buffer
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "v", v)
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v)
		require.NotContains(t, log.String(), "20000", "%T in a log", v)
	}
}

// The source of a component stands behind those of its lines that name no law of their own.
func TestTheSourceOfAComponentIsExplained(t *testing.T) {
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Components: []payroll.Component{{
		Name: "gift", Source: hr.Source{Title: "Policy 7"}, Text: "line gift in earnings = 100\nline due law \"The Act, s. 3\" = gift\n",
	}}})
	require.NoError(t, err)
	in := full("E1")
	in.Terms = hr.Since(hr.MustDate("2026-04-01"), hr.Terms{Currency: "INR"})
	trace, err := plan.Explain(in, "due")
	require.NoError(t, err)
	require.Equal(t, "The Act, s. 3", trace.Source.Title)
	require.Equal(t, "Policy 7", trace.Parts[0].Source.Title)
}
