package us_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
	"github.com/musterhr/hr/payroll/statutory/us"
)

const host = `
input wages "Wages" : money
input bonus "Supplemental wages" : money = 0
line regular_wages "Wages" in earnings, fit_wages, fica_wages, futa = wages
line bonus_wages "Supplemental wages" in earnings, supplemental = bonus
`

func somebody(t testing.TB) payroll.Input {
	t.Helper()
	month := hr.MustPeriod("2026-10-01..2026-10-31")
	return payroll.Input{
		Employee: "E1", Period: month, PayDate: hr.MustDate("2026-10-30"),
		Terms:   hr.Since(month.From, hr.Terms{Currency: "USD", Pay: []hr.PayTerm{{Name: "wages", Amount: decimal.RequireFromString("5120.40")}}}),
		Answers: []hr.Answer{{Name: "pay_frequency", Text: "semimonthly"}, {Name: "w4_status", Text: "M"}, {Name: "w4_step3", Text: "2000"}, {Name: "futa_state", Text: "CA"}},
	}
}

// Every value has its source and its dates, and nothing on the way is too long for integers.
func TestEveryValueHasASource(t *testing.T) { packtest.Walk(t, us.Pack(), "USD", host) }

func BenchmarkPayslip(b *testing.B) {
	in := somebody(b)
	packtest.Cost(b, packtest.Plan(b, us.Pack(), "USD", host), in)
}

// A day before the first or behind the last known value is an error that names the value and the day.
func TestOutsideTheKnownYears(t *testing.T) {
	plan := packtest.Plan(t, us.Pack(), "USD", host)
	for _, day := range []string{"2019-05-31", "2027-05-31"} {
		in := somebody(t)
		in.PayDate = hr.MustDate(day)
		in.Period = hr.MonthOf(in.PayDate)
		in.Terms = hr.Since(in.Period.From, hr.Terms{Currency: "USD", Pay: []hr.PayTerm{{Name: "wages", Amount: decimal.RequireFromString("5120.40")}}})
		_, err := plan.Calculate(in)
		require.ErrorIs(t, err, hr.ErrNoValue)
		require.ErrorContains(t, err, day)
		require.NotContains(t, err.Error(), "5120")
	}
}

// The credit reductions that are in doubt are those, and no others; sources name the year that they are of.
func TestDoubtsAndSources(t *testing.T) {
	doubted := map[string][]string{}
	for _, table := range us.Pack().Tables {
		for _, s := range table.Steps {
			require.NotContains(t, s.Source.Title, "()", table.Name)
			if table.Name == "futa.credit_reduction" && s.Uncertain != "" {
				doubted[s.Since.String()] = append(doubted[s.Since.String()], s.Text)
			}
		}
	}
	require.Equal(t, map[string][]string{"2023-01-01": {"CA", "CT", "NY", "VI"}, "2024-01-01": {"CA", "CT", "NY", "VI"}, "2026-01-01": {"CA", "VI"}}, doubted)
	titles := map[string]bool{}
	for _, p := range us.Pack().Params {
		for _, s := range p.Steps {
			titles[s.Source.Title] = true
		}
	}
	for _, year := range []string{"", " (2023)", " (2026)"} { // none for what ends
		require.True(t, titles["IRS Publication 15-T, Federal Income Tax Withholding Methods"+year], year)
	}
	kept := map[string]int{} // four years after April of the next; three, two and three years
	for _, r := range us.Pack().Retention {
		kept[r.Name] = r.Months
	}
	require.Equal(t, map[string]int{"us.employment_tax": 52, "us.payroll": 36, "us.time": 24, "us.family_leave": 36}, kept)
}
