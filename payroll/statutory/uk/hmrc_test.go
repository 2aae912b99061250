package uk_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/packtest"
	"github.com/musterhr/hr/payroll/statutory/uk"
)

func posted(day string, lines ...string) payroll.Posting {
	p := payroll.Posting{Employee: "E1", Kind: payroll.PostingPayslip, Period: hr.MonthOf(hr.MustDate(day)), PayDate: hr.MustDate(day), Currency: "GBP"}
	for i := 0; i < len(lines); i += 2 {
		p.Lines = append(p.Lines, payroll.Amount{Name: lines[i], Amount: decimal.RequireFromString(lines[i+1])})
	}
	return p
}

// Allowance 10,500 against 7,500 of employer's contributions a month: 7,500 in the first, 3,000 in the second, nothing after. Levy: 0.5 % of
// 300,000 is 1,500 less 1,250; then 1,000 of 200,000, so to date 2,500 less 2,500 is nothing and month 2 takes back 250.
func TestDueToHMRC(t *testing.T) {
	postings := []payroll.Posting{
		posted("2026-04-30", "levy_pay", "300000", "paye", "50000", "employee_nic", "20000", "employer_nic", "7500", "student_loan_deduction", "90"),
		posted("2026-05-05", "postgraduate_loan_deduction", "10"), // the last day of tax month 1
		posted("2026-05-06", "levy_pay", "200000", "paye", "-40", "employer_nic", "7500", "family_pay_recovered", "100", "family_pay_compensation", "9"),
		posted("2026-06-30", "employer_nic", "7500", "paye", "1"), // after through: not counted
	}
	months, err := uk.DueToHMRC(uk.Pack(), uk.Scheme{EmploymentAllowance: true}, postings, hr.MustDate("2026-06-05"))
	require.NoError(t, err)
	require.Len(t, months, 2)
	one, two := months[0], months[1]
	require.Equal(t, "2026-04-06..2026-05-05", one.Month.String())
	require.Equal(t, []string{"250", "7500", "100", "70350"}, figures(one.Levy, one.EmploymentAllowance, one.StudentLoans, one.Due)) // 50,000 + 100 + 20,000 + 7,500 + 250 - 7,500
	require.Equal(t, []string{"-250", "3000", "4101"}, figures(two.Levy, two.EmploymentAllowance, two.Due))                          // -40 + 7,500 - 250 - 100 - 9 - 3,000
	require.Equal(t, "2026-05-22", one.PayBy.String())
	require.Equal(t, "2026-06-22", two.PayBy.String())

	words := payroll.Paragraph(one.Trace)
	for _, w := range []string{"Due to HMRC, tax month 1", "70350", "Employment Allowance", "10500"} {
		require.Contains(t, words, w)
	}
	require.NotContains(t, fmt.Sprintf("%v %+v", one, months), "70350")
}

func figures(all ...decimal.Decimal) (out []string) {
	for _, d := range all {
		out = append(out, hr.Canonical(d))
	}
	return out
}

// What months owe sums to the year: the allowance to the smaller of itself and the contributions, the levy to its rate less the allowance.
func TestMonthsSumToTheYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var postings []payroll.Posting
		var bill, employer int64
		for n := range 12 {
			pay, nic := rapid.Int64Range(-100_000, 900_000).Draw(t, "pay"), rapid.Int64Range(-500, 3000).Draw(t, "nic")
			on, err := hr.MustDate("2026-04-06").AddMonths(n, hr.MonthClamp)
			require.NoError(t, err)
			bill, employer = bill+pay, employer+nic
			postings = append(postings, posted(on.String(), "levy_pay", fmt.Sprint(pay), "employer_nic", fmt.Sprint(nic)))
		}
		months, err := uk.DueToHMRC(uk.Pack(), uk.Scheme{EmploymentAllowance: true}, postings, hr.MustDate("2027-04-05"))
		require.NoError(t, err)
		require.Len(t, months, 12)
		var levy, allowance, due decimal.Decimal
		for _, m := range months {
			levy, allowance, due = levy.Add(m.Levy), allowance.Add(m.EmploymentAllowance), due.Add(m.Due)
		}
		pence := (max(0, bill*5-15_000_000) + 5) / 10 // thousandths of a pound, half up
		require.Equal(t, fmt.Sprintf("%d.%02d", pence/100, pence%100), levy.StringFixed(2))
		require.Equal(t, fmt.Sprint(max(0, min(10_500, employer))), hr.Canonical(allowance))
		require.True(t, due.Equal(decimal.NewFromInt(employer).Add(levy).Sub(allowance)))
	})
}

func TestDueToHMRCRefuses(t *testing.T) {
	euros := posted("2026-05-01", "paye", "51.20")
	euros.Currency = "EUR"
	for name, c := range map[string]struct {
		scheme   uk.Scheme
		postings []payroll.Posting
		through  string
		rule     hr.Rule
	}{
		"another currency":          {uk.Scheme{}, []payroll.Posting{euros}, "2026-05-05", uk.RulePostings},
		"an allowance below zero":   {uk.Scheme{LevyAllowance: decimal.NewFromInt(-1)}, nil, "2026-05-05", uk.RuleNegative},
		"a year without values":     {uk.Scheme{}, nil, "2027-05-05", ""},
		"before the first value":    {uk.Scheme{}, nil, "2023-05-05", ""},
		"a posting without its day": {uk.Scheme{}, []payroll.Posting{{Currency: "GBP"}}, "2026-05-05", uk.RulePostings},
	} {
		_, err := uk.DueToHMRC(uk.Pack(), c.scheme, c.postings, hr.MustDate(c.through))
		if c.rule == "" {
			require.ErrorIs(t, err, hr.ErrNoValue, name)
			continue
		}
		require.NotEmpty(t, hr.FieldErrors(err), name)
		require.Equal(t, c.rule, hr.FieldErrors(err)[0].Rule, name)
		require.NotContains(t, err.Error(), "51.2")
	}
}

func paidStatutory(t *testing.T, day string, answers ...hr.Answer) payroll.Payslip {
	t.Helper()
	in := somebody(t)
	in.PayDate = hr.MustDate(day)
	in.Period = hr.MonthOf(in.PayDate)
	in.Terms = hr.Since(in.Period.From, hr.Terms{Currency: "GBP", Pay: []hr.PayTerm{{Name: "pay", Amount: decimal.Zero}}})
	in.Answers = append(in.Answers, answers...)
	slip, err := packtest.Plan(t, uk.Pack(), "GBP", host).Calculate(in)
	require.NoError(t, err)
	return slip
}

// Sick pay: 80 % of 150 is 120 a week, below 123.25; three of five days are 72. Of 400 it is 123.25, three of seven days 52.821..., up to 52.83.
// In 2025-26 the flat rate of 118.75 held from 125 of earnings on, and nothing below.
func TestSickPay(t *testing.T) {
	for _, c := range []struct{ day, earnings, days, week, want string }{
		{"2026-10-30", "150", "3", "5", "72"},
		{"2026-10-30", "400", "3", "7", "52.83"},
		{"2026-10-30", "40", "5", "5", "32"}, // no earnings floor any more
		{"2025-10-30", "125", "5", "5", "118.75"},
		{"2025-10-30", "124.99", "5", "5", "0"},
		{"2024-10-30", "123", "2", "5", "46.7"},
	} {
		slip := paidStatutory(t, c.day, hr.Answer{Name: "average_weekly_earnings", Text: c.earnings}, hr.Answer{Name: "ssp_days", Text: c.days}, hr.Answer{Name: "qualifying_days", Text: c.week})
		require.Equal(t, c.want, amount(t, slip, "ssp"), "%+v", c)
		require.Equal(t, c.want, amount(t, slip, "taxable_pay"))
		require.Equal(t, c.want, amount(t, slip, "nicable_pay"))
	}
}

// Maternity pay of 2026-27: 90 % of 512.37 is 461.133, up to 461.14, for two of the first six weeks, then 194.32 for three: 922.28 + 582.96 =
// 1,505.24. Recovered: 92 % is 1,384.8208; a small employer recovers all of it, and 9 % more, 135.4716.
func TestFamilyPay(t *testing.T) {
	answers := []hr.Answer{{Name: "average_weekly_earnings", Text: "512.37"}, {Name: "smp_first_weeks", Text: "2"}, {Name: "smp_later_weeks", Text: "3"}}
	slip := paidStatutory(t, "2026-10-30", answers...)
	require.Equal(t, "1505.24", amount(t, slip, "smp"))
	require.Equal(t, "1384.82", amount(t, slip, "family_pay_recovered"))
	require.Equal(t, "0", amount(t, slip, "family_pay_compensation"))
	slip = paidStatutory(t, "2026-10-30", append(answers, hr.Answer{Name: "small_employer", Text: "yes"})...)
	require.Equal(t, "1505.24", amount(t, slip, "family_pay_recovered"))
	require.Equal(t, "135.47", amount(t, slip, "family_pay_compensation"))

	// 90 % of 200 is 180, below the flat rate of each year; of 1,000 it is above.
	for line, input := range map[string]string{"spp": "spp_weeks", "shpp": "shpp_weeks", "spbp": "spbp_weeks", "sap": "sap_later_weeks", "smp": "smp_later_weeks"} {
		for _, c := range []struct{ day, earnings, want string }{
			{"2026-10-30", "200", "360"}, {"2026-10-30", "1000", "388.64"}, {"2025-10-30", "1000", "374.36"}, {"2024-10-30", "1000", "368.06"},
		} {
			slip := paidStatutory(t, c.day, hr.Answer{Name: "average_weekly_earnings", Text: c.earnings}, hr.Answer{Name: input, Text: "2"})
			require.Equal(t, c.want, amount(t, slip, line), "%s %+v", line, c)
			require.Equal(t, c.want, amount(t, slip, "family_pay_paid"), line)
		}
	}
}

func TestEarnsEnough(t *testing.T) {
	for _, c := range []struct {
		week, earnings string
		want           bool
	}{{"2026-04-05", "0", false}, {"2026-04-05", "125", true}, {"2026-04-06", "128.99", false}, {"2026-04-06", "129", true}} {
		got, err := uk.EarnsEnough(uk.Pack(), hr.MustDate(c.week), decimal.RequireFromString(c.earnings))
		require.NoError(t, err)
		require.Equal(t, c.want, got, c)
	}
	_, err := uk.EarnsEnough(uk.Pack(), hr.MustDate("2026-05-01"), decimal.NewFromInt(-1))
	require.Equal(t, uk.RuleNegative, hr.FieldErrors(err)[0].Rule)
	_, err = uk.EarnsEnough(uk.Pack(), hr.MustDate("2030-05-01"), decimal.NewFromInt(1))
	require.ErrorIs(t, err, hr.ErrNoValue)
}

// Qualifying earnings lie between 520 and 4,189 a month, 240 and 1,934 a fortnight.
func TestQualifyingEarnings(t *testing.T) {
	plan := packtest.Plan(t, uk.Pack(), "GBP", host+"line pensionable in qualifying = pay\n")
	for _, c := range []struct{ frequency, pay, want string }{
		{"monthly", "519.99", "0"},
		{"monthly", "3000", "2480"},
		{"monthly", "9000", "3669"},
		{"weekly", "300", "180"},
		{"fortnightly", "300", "60"},
		{"fourweekly", "5000", "3387"},
	} {
		in := somebody(t)
		in.Terms = hr.Since(in.Period.From, hr.Terms{Currency: "GBP", Pay: []hr.PayTerm{{Name: "pay", Amount: decimal.RequireFromString(c.pay)}}})
		in.Answers = append(in.Answers, hr.Answer{Name: "pay_frequency", Text: c.frequency})
		slip, err := plan.Calculate(in)
		require.NoError(t, err)
		require.Equal(t, c.want, amount(t, slip, "qualifying_earnings"), c)
	}
}

func TestP60(t *testing.T) {
	postings := []payroll.Posting{
		posted("2026-04-05", "taxable_pay", "9999", "paye", "999"), // the year before
		posted("2026-04-30", "taxable_pay", "2500.50", "paye", "290.40", "earnings_at_lel", "559", "earnings_lel_to_pt", "489", "earnings_pt_to_uel", "1452.50", "employee_nic", "116.20", "student_loan_deduction", "4"),
		posted("2027-04-05", "taxable_pay", "1000.25", "paye", "-10.40", "earnings_at_lel", "559", "earnings_lel_to_pt", "441.25", "family_pay_paid", "777.28"),
	}
	c, err := uk.P60(uk.Pack(), postings, 2026)
	require.NoError(t, err)
	require.Equal(t, []string{"3500.75", "280", "1118", "930", "1452", "116.2", "4", "777.28"}, figures(c.Pay, c.Tax, c.AtLEL, c.ToPT, c.ToUEL, c.EmployeeNIC, c.StudentLoan, c.FamilyPay))
	require.NotContains(t, fmt.Sprintf("%+v", c), "3500")
	postings[0].Currency = "EUR"
	_, err = uk.P60(uk.Pack(), postings, 2026)
	require.Equal(t, uk.RulePostings, hr.FieldErrors(err)[0].Rule)
}

// Two payments of a month are one earnings period: 1,000 and then 1,500 bear what 2,500 bears, 8 % of 2,500 - 1,048 = 116.16 and 15 % of 2,500 - 417 =
// 312.45; a loan of plan 2, 9 % of 2,500 - 2,448.75, whole pounds: 4. On their own they would bear 36.16, 249.90 and nothing.
func TestTwoPaymentsInOneEarningsPeriod(t *testing.T) {
	plan := packtest.Plan(t, uk.Pack(), "GBP", host)
	pay := func(amount string, answers ...hr.Answer) payroll.Payslip {
		in := somebody(t)
		in.Terms = hr.Since(in.Period.From, hr.Terms{Currency: "GBP", Pay: []hr.PayTerm{{Name: "pay", Amount: decimal.RequireFromString(amount)}}})
		in.Answers = append(in.Answers, answers...)
		slip, err := plan.Calculate(in)
		require.NoError(t, err)
		return slip
	}
	lines := []string{"employee_nic", "employer_nic", "student_loan_deduction", "earnings_at_lel", "earnings_lel_to_pt", "earnings_pt_to_uel"}
	first := pay("1000")
	second := pay("1500", hr.Answer{Name: "earlier_nicable_pay", Text: "1000"}, hr.Answer{Name: "earlier_employee_nic", Text: amount(t, first, "employee_nic")},
		hr.Answer{Name: "earlier_employer_nic", Text: amount(t, first, "employer_nic")}, hr.Answer{Name: "earlier_student_loan", Text: amount(t, first, "student_loan_deduction")})
	var got []string
	for _, line := range lines {
		a, _ := first.Amount(line)
		b, _ := second.Amount(line)
		got = append(got, hr.Canonical(a.Add(b)))
	}
	require.Equal(t, []string{"116.16", "312.45", "4", "559", "489", "1452"}, got)
}
