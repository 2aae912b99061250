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

// The weighted sums are 230, 0, 12 and 2: 230 = 20 x 11 + 10 leaves 1; 11 and 10 are above 9, so 2 and 1; 9 is not.
func TestTaxpayerReferences(t *testing.T) {
	rule, ok := uk.Pack().Identifier("utr_uk")
	require.True(t, ok)
	for number, good := range map[string]bool{
		"1123456789": true, "11234 56789": true, "2000000000": true, "1000000006": true, "9000000001": true,
		"2123456789": false, "1123456798": false, "1000000000": false, "0000000001": false, "1000000004": false,
	} {
		_, err := rule.Parse(number)
		require.Equal(t, good, err == nil, number)
	}
}

// Of the minimum wage only the first year was not read again.
func TestMinimumWageDoubts(t *testing.T) {
	for _, p := range uk.Pack().Params {
		if p.Name == "nmw.adult" {
			require.NotEmpty(t, p.Steps[0].Uncertain)
			require.Empty(t, p.Steps[1].Uncertain)
			require.Empty(t, p.Steps[2].Uncertain)
			return
		}
	}
	t.Fatal("no minimum wage")
}
