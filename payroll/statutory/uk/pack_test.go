package uk_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
	"github.com/musterhr/hr/payroll/statutory/uk"
)

const host = `
input pay "Pay" : money
line gross_pay "Pay" in earnings, taxable, nicable = pay
`

func somebody(t testing.TB) payroll.Input {
	t.Helper()
	code, err := uk.ReadTaxCode("1257L")
	require.NoError(t, err)
	month := hr.MustPeriod("2026-10-01..2026-10-31")
	return payroll.Input{
		Employee: "E1", Period: month, PayDate: hr.MustDate("2026-10-30"),
		Terms:   hr.Since(month.From, hr.Terms{Currency: "GBP", Pay: []hr.PayTerm{{Name: "pay", Amount: decimal.RequireFromString("3250.40")}}}),
		Answers: append(code.Answers(), hr.Answer{Name: "nic_category", Text: "A"}, hr.Answer{Name: "student_loan", Text: "plan2"}),
	}
}

// Every value has its source and its dates, and nothing on the way is too long for integers.
func TestEveryValueHasASource(t *testing.T) { packtest.Walk(t, uk.Pack(), "GBP", host) }

func BenchmarkPayslip(b *testing.B) {
	in := somebody(b)
	packtest.Cost(b, packtest.Plan(b, uk.Pack(), "GBP", host), in)
}

// A day before the first or behind the last known value is an error that names the value and the day.
func TestOutsideTheKnownYears(t *testing.T) {
	plan := packtest.Plan(t, uk.Pack(), "GBP", host)
	for _, day := range []string{"2019-05-31", "2027-05-31"} {
		in := somebody(t)
		in.PayDate = hr.MustDate(day)
		in.Period = hr.MonthOf(in.PayDate)
		in.Terms = hr.Since(in.Period.From, hr.Terms{Currency: "GBP", Pay: []hr.PayTerm{{Name: "pay", Amount: decimal.RequireFromString("3250.40")}}})
		_, err := plan.Calculate(in)
		require.ErrorIs(t, err, hr.ErrNoValue)
		require.ErrorContains(t, err, day)
		require.NotContains(t, err.Error(), "5120")
	}
}
