package ca_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/ca"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
)

const host = `
input salary "Salary" : money
input benefit "Taxable benefit" : money = 0
input bonus "Bonus" : money = 0
input no_premium "Part that is not insurable" : money = 0
line salary_pay "Salary" in earnings, regular = salary
line benefit_value "Taxable benefit" in benefits, regular = benefit
line bonus_paid "Bonus" in earnings, bonus = bonus
line not_insured "Not insurable" in not_insurable = no_premium
`

func somebody(t testing.TB) payroll.Input {
	t.Helper()
	month := hr.MustPeriod("2026-10-01..2026-10-31")
	return payroll.Input{
		Employee: "E1", Period: month, PayDate: hr.MustDate("2026-10-30"),
		Terms:   hr.Since(month.From, hr.Terms{Currency: "CAD", Pay: []hr.PayTerm{{Name: "salary", Amount: decimal.RequireFromString("5120.40")}}}),
		Answers: []hr.Answer{{Name: "pay_periods", Text: "24"}, {Name: "province", Text: "ON"}},
	}
}

// Every value has its source and its dates, and nothing on the way is too long for integers.
func TestEveryValueHasASource(t *testing.T) { packtest.Walk(t, ca.Pack(), "CAD", host) }

func BenchmarkPayslip(b *testing.B) {
	in := somebody(b)
	packtest.Cost(b, packtest.Plan(b, ca.Pack(), "CAD", host), in)
}

// A day before the first or behind the last known value is an error that names the value and the day.
func TestOutsideTheKnownYears(t *testing.T) {
	plan := packtest.Plan(t, ca.Pack(), "CAD", host)
	for _, day := range []string{"2019-05-31", "2027-05-31"} {
		in := somebody(t)
		in.PayDate = hr.MustDate(day)
		in.Period = hr.MonthOf(in.PayDate)
		in.Terms = hr.Since(in.Period.From, hr.Terms{Currency: "CAD", Pay: []hr.PayTerm{{Name: "salary", Amount: decimal.RequireFromString("5120.40")}}})
		_, err := plan.Calculate(in)
		require.ErrorIs(t, err, hr.ErrNoValue)
		require.ErrorContains(t, err, day)
		require.NotContains(t, err.Error(), "5120")
	}
}
