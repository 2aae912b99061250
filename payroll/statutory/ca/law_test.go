package ca_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/ca"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
)

func amount(t *testing.T, s payroll.Payslip, line string) string {
	t.Helper()
	d, ok := s.Amount(line)
	require.True(t, ok, line)
	return hr.Canonical(d)
}

// 5,120.40 semimonthly: CPP 5.95 % of 5,120.40 - 145.83 = 295.986...; EI 1.63 % = 83.4625...; the additional part of CPP is
// 295.99 x 1.00 / 5.95 = 49.746...
func TestContributionsReadWell(t *testing.T) {
	plan := packtest.Plan(t, ca.Pack(), "CAD", host)
	in := somebody(t)
	slip, err := plan.Calculate(in)
	require.NoError(t, err)
	require.Equal(t, "145.83", amount(t, slip, "cpp_exemption"))
	require.Equal(t, "295.99", amount(t, slip, "cpp"))
	require.Equal(t, "83.46", amount(t, slip, "ei"))
	require.Equal(t, "116.84", amount(t, slip, "ei_employer")) // 1.4 x 83.46 = 116.844
	require.Equal(t, "49.75", amount(t, slip, "f5"))
	trace, err := plan.Explain(in, "cpp")
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, trace.Text(&b))
	for _, words := range []string{"CPP exemption of the period", "3500", "5.95", "T4127", "CPP still to pay this year"} {
		require.Contains(t, b.String(), words)
	}
}

// The guide's example of 2026: weekly 1,000 in Ontario, a bonus of 2,500 after one of 1,500 this year (F5B 14.60). It prints C 204.25,
// F5 34.33, F5B 24.52, and tax of 323.54 on the bonus, federal.
func TestTheGuidesBonus(t *testing.T) {
	plan := packtest.Plan(t, ca.Pack(), "CAD", host)
	month := hr.MustPeriod("2026-01-01..2026-01-31")
	n := decimal.RequireFromString
	slip, err := plan.Calculate(payroll.Input{
		Employee: "E1", Period: month, PayDate: hr.MustDate("2026-01-30"),
		Terms:      hr.Since(month.From, hr.Terms{Currency: "CAD", Pay: []hr.PayTerm{{Name: "salary", Amount: n("1000")}, {Name: "bonus", Amount: n("2500")}}}),
		Answers:    []hr.Answer{{Name: "pay_periods", Text: "52"}, {Name: "province", Text: "ON"}},
		YearToDate: []payroll.Amount{{Name: "bonus_pay", Amount: n("1500")}, {Name: "f5b", Amount: n("14.60")}},
	})
	require.NoError(t, err)
	require.Equal(t, "204.25", amount(t, slip, "cpp"))
	require.Equal(t, "34.33", amount(t, slip, "f5"))
	require.Equal(t, "24.52", amount(t, slip, "f5b"))
	require.Equal(t, "323.54", amount(t, slip, "bonus_federal_tax"))
}

// Who gives back more of earlier months than this one pays has no pensionable pay: no contribution, so no part of one is the bonus's, and no tax on
// less than nothing. (It was divided by the pensionable pay, and the payslip failed.)
func TestMoreIsTakenBackThanPaid(t *testing.T) {
	plan := packtest.Plan(t, ca.Pack(), "CAD", host)
	for _, arrears := range []string{"-5120.40", "-6000"} {
		in := somebody(t)
		in.Arrears = []payroll.Amount{{Name: "salary_pay", Amount: decimal.RequireFromString(arrears)}}
		slip, err := plan.Calculate(in)
		require.NoError(t, err)
		for _, line := range []string{"cpp", "cpp2", "ei", "f5", "f5b", "bonus_federal_tax", "bonus_provincial_tax"} {
			require.Equal(t, "0", amount(t, slip, line), "%s with %s", line, arrears)
		}
	}
}

func TestUnknownProvince(t *testing.T) {
	plan := packtest.Plan(t, ca.Pack(), "CAD", host)
	in := somebody(t)
	for i := range in.Answers {
		if in.Answers[i].Name == "province" {
			in.Answers[i].Text = "QC" // Quebec has a law of its own
		}
	}
	_, err := plan.Calculate(in)
	require.ErrorContains(t, err, "provincial_tax")
	require.NotContains(t, err.Error(), "5120")
}

// A change on 1 July goes by the day of payment, also inside a pay period.
func TestTheDayOfPaymentDecidesTheEdition(t *testing.T) {
	plan := packtest.Plan(t, ca.Pack(), "CAD", host)
	june, july := somebody(t), somebody(t)
	for _, in := range []*payroll.Input{&june, &july} {
		in.Period = hr.MustPeriod("2026-06-16..2026-06-30")
		in.Terms = hr.Since(in.Period.From, hr.Terms{Currency: "CAD", Pay: []hr.PayTerm{{Name: "salary", Amount: decimal.NewFromInt(3000)}}})
		for i := range in.Answers {
			if in.Answers[i].Name == "province" {
				in.Answers[i].Text = "BC"
			}
		}
	}
	june.PayDate, july.PayDate = hr.MustDate("2026-06-30"), hr.MustDate("2026-07-02")
	before, err := plan.Calculate(june)
	require.NoError(t, err)
	after, err := plan.Calculate(july)
	require.NoError(t, err)
	require.Equal(t, amount(t, before, "federal_tax"), amount(t, after, "federal_tax"))
	require.NotEqual(t, amount(t, before, "provincial_tax"), amount(t, after, "provincial_tax"))
}
