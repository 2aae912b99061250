package us_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/holidays/us"
	"github.com/musterhr/hr/payroll"
	law "github.com/musterhr/hr/payroll/statutory/us"
)

func business(t testing.TB) hr.Calendar {
	t.Helper()
	c, err := hr.NewCalendar(hr.CalendarRules{
		Name: "District of Columbia", Span: hr.MustPeriod("2025-01-01..2027-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
		Holidays: us.Federal(), Observe: hr.ObservedDay,
	})
	require.NoError(t, err)
	return c
}

func posted(day string, lines ...string) payroll.Posting {
	p := payroll.Posting{Employee: "E1", Kind: payroll.PostingPayslip, Period: hr.MonthOf(hr.MustDate(day)), PayDate: hr.MustDate(day), Currency: "USD"}
	for i := 0; i < len(lines); i += 2 {
		p.Lines = append(p.Lines, payroll.Amount{Name: lines[i], Amount: decimal.RequireFromString(lines[i+1])})
	}
	return p
}

func owed(day, amount string) law.Liability {
	return law.Liability{PaidOn: hr.MustDate(day), IncomeTax: decimal.RequireFromString(amount)}
}

// The examples of Publication 15, section 11, on the calendar of 2026.
func TestDeposits(t *testing.T) {
	for name, c := range map[string]struct {
		schedule law.Schedule
		owed     []law.Liability
		want     []string // days of payment, amount, due
	}{
		"monthly: the 15th of the next month": {law.Monthly, []law.Liability{owed("2026-05-08", "100"), owed("2026-05-22", "50.5")}, []string{"2026-05-08..2026-05-22 150.5 2026-06-15"}},
		"a Saturday moves to Monday":          {law.Monthly, []law.Liability{owed("2026-07-03", "10")}, []string{"2026-07-03..2026-07-03 10 2026-08-17"}},
		"Friday is due on Wednesday":          {law.Semiweekly, []law.Liability{owed("2026-05-08", "100")}, []string{"2026-05-08..2026-05-08 100 2026-05-13"}},
		"Monday is due on Friday":             {law.Semiweekly, []law.Liability{owed("2026-05-11", "100")}, []string{"2026-05-11..2026-05-11 100 2026-05-15"}},
		"Wednesday and Friday together": {law.Semiweekly, []law.Liability{owed("2026-05-06", "1"), owed("2026-05-08", "2"), owed("2026-05-09", "3")}, []string{
			"2026-05-06..2026-05-08 3 2026-05-13", "2026-05-09..2026-05-09 3 2026-05-15",
		}},
		// Labor Day is Monday 7 September 2026: paid on Friday the 4th, due a day later.
		"a holiday gives a day more": {law.Semiweekly, []law.Liability{owed("2026-09-04", "100")}, []string{"2026-09-04..2026-09-04 100 2026-09-10"}},
		// Thanksgiving is Thursday 26 November 2026, the fourth business day after Friday the 20th: three are left as it is.
		"a holiday after the third business day": {law.Semiweekly, []law.Liability{owed("2026-11-20", "100")}, []string{"2026-11-20..2026-11-20 100 2026-11-25"}},
		// 30 June 2026 is a Tuesday, 30 September a Wednesday: of 30 September and 1 October each quarter has its own deposit, due alike.
		"a quarter ends in the stretch": {law.Semiweekly, []law.Liability{owed("2026-09-30", "1"), owed("2026-10-01", "2")}, []string{
			"2026-09-30..2026-09-30 1 2026-10-07", "2026-10-01..2026-10-01 2 2026-10-07",
		}},
		"a hundred thousand on the next business day": {law.Semiweekly, []law.Liability{owed("2026-05-11", "60000"), owed("2026-05-12", "40000"), owed("2026-05-13", "5")}, []string{
			"2026-05-11..2026-05-12 100000 2026-05-13", "2026-05-13..2026-05-13 5 2026-05-20",
		}},
		"after which a monthly depositor is semiweekly": {law.Monthly, []law.Liability{owed("2026-05-01", "99999.99"), owed("2026-05-08", "0.01"), owed("2026-05-15", "7")}, []string{
			"2026-05-01..2026-05-08 100000 2026-05-11", "2026-05-15..2026-05-15 7 2026-05-20",
		}},
	} {
		got, err := law.Deposits(law.Pack(), c.schedule, c.owed, business(t))
		require.NoError(t, err, name)
		var shown []string
		for _, d := range got {
			shown = append(shown, fmt.Sprintf("%s %s %s", d.Paid, hr.Canonical(d.Amount), d.Due))
			require.Contains(t, payroll.Paragraph(d.Trace), d.Due.String(), name)
			require.NotContains(t, fmt.Sprintf("%+v", d), "100000", name)
		}
		require.Equal(t, c.want, shown, name)
	}
}

// Whatever is owed is deposited, and never before it was paid out nor on a day without business.
func TestDepositsSumToWhatIsOwed(t *testing.T) {
	c := business(t)
	rapid.Check(t, func(t *rapid.T) {
		schedule := rapid.SampledFrom([]law.Schedule{law.Monthly, law.Semiweekly}).Draw(t, "schedule")
		var liabilities []law.Liability
		sum, day := int64(0), hr.MustDate("2026-01-02")
		for range rapid.IntRange(0, 30).Draw(t, "payments") {
			day = day.Add(rapid.IntRange(1, 14).Draw(t, "days"))
			if day.Year() > 2026 {
				break
			}
			amount := rapid.Int64Range(1, 60_000).Draw(t, "amount")
			sum += amount
			liabilities = append(liabilities, law.Liability{PaidOn: day, Medicare: decimal.NewFromInt(amount)})
		}
		deposits, err := law.Deposits(law.Pack(), schedule, liabilities, c)
		require.NoError(t, err)
		var all decimal.Decimal
		for _, d := range deposits {
			all = all.Add(d.Amount)
			require.True(t, d.Due.After(d.Paid.Through))
			on, err := c.Day(d.Due)
			require.NoError(t, err)
			require.True(t, on.Working())
		}
		require.Equal(t, fmt.Sprint(sum), hr.Canonical(all))
	})
}

// Two payments of 1,000.01: each withholds 6.2 % = 62.00, so 248.00 of both sides; the return's 12.4 % of 2,000.02 is 248.00. Medicare is 14.50 each,
// 58.00; 2.9 % of 2,000.02 is 58.00. A third payment of 1,000.05 by itself: 62.0031 and 14.5007.
func TestForm941(t *testing.T) {
	one := []string{"fit_wages", "1000.05", "federal_income_tax", "80", "social_security_taxed", "1000.05", "social_security", "62", "social_security_employer", "62", "medicare_wages", "1000.05", "medicare", "14.50", "medicare_employer", "14.50"}
	postings := []payroll.Posting{posted("2026-04-15", one...), posted("2026-05-15", one...), posted("2026-05-15", one...), posted("2026-07-01", one...)}
	q, err := law.Form941(law.Pack(), postings, 2026, 2)
	require.NoError(t, err)
	got := []string{}
	for _, d := range append([]decimal.Decimal{q.Wages, q.IncomeTax, q.SocialSecurity, q.Medicare, q.FractionsOfCents, q.Total}, q.Months[:]...) {
		got = append(got, hr.Canonical(d))
	}
	// 12.4 % of 3,000.15 is 372.0186 and 2.9 % of it 87.00435; the payslips have 372 and 87, so line 7 is -0.02.
	require.Equal(t, []string{"3000.15", "240", "372.02", "87", "-0.02", "699", "233", "466", "0"}, got)
	require.Len(t, q.Liabilities, 2)
	require.Equal(t, "699.02", hr.Canonical(q.BeforeAdjustments))
	require.Zero(t, q.Employees) // nobody was paid for a period with 12 June in it

	w2, err := law.FormW2(postings, 2026)
	require.NoError(t, err)
	require.Equal(t, "4000.2", hr.Canonical(w2.Wages))
	require.Equal(t, "248", hr.Canonical(w2.SocialSecurity))

	_, err = law.Form941(law.Pack(), postings, 2026, 5)
	require.Equal(t, law.RuleQuarter, hr.FieldErrors(err)[0].Rule)
	_, err = law.Form941(law.Pack(), postings, 2028, 1)
	require.ErrorIs(t, err, hr.ErrNoValue)
	postings[0].Currency = "CAD"
	_, err = law.FormW2(postings, 2026)
	require.Equal(t, law.RulePostings, hr.FieldErrors(err)[0].Rule)
}

// 12 people at 42.00 are 504 in the first quarter; 300 in the second wait, with 250 of the third they are 550; the state's reduction of 84 comes
// with the fourth, which is due whatever it is. 31 January 2027 is a Sunday.
func TestFUTADeposits(t *testing.T) {
	postings := []payroll.Posting{
		posted("2026-02-27", "futa_employer", "588", "futa_reduction", "84"),
		posted("2026-05-29", "futa_employer", "300"), posted("2026-08-31", "futa_employer", "250"), posted("2026-12-31", "futa_employer", "10"),
	}
	got, err := law.FUTADeposits(law.Pack(), postings, hr.MustDate("2026-12-31"), business(t))
	require.NoError(t, err)
	var shown []string
	for _, d := range got {
		shown = append(shown, hr.Canonical(d.Amount)+" "+d.Due.String())
	}
	require.Equal(t, []string{"504 2026-04-30", "550 2026-11-02", "94 2027-02-01"}, shown) // 31 October 2026 is a Saturday
	// What does not exceed 500 waits, 500 itself too; a cent more does not.
	for owed, want := range map[string]int{"500": 0, "500.01": 1} {
		got, err := law.FUTADeposits(law.Pack(), []payroll.Posting{posted("2026-02-27", "futa_employer", owed)}, hr.MustDate("2026-03-31"), business(t))
		require.NoError(t, err)
		require.Len(t, got, want, owed)
	}
}

func TestScheduleFor(t *testing.T) {
	for lookback, want := range map[string]law.Schedule{"0": law.Monthly, "50000": law.Monthly, "50000.01": law.Semiweekly} {
		got, err := law.ScheduleFor(law.Pack(), hr.MustDate("2026-01-01"), decimal.RequireFromString(lookback))
		require.NoError(t, err)
		require.Equal(t, want, got, lookback)
	}
	_, err := law.ScheduleFor(law.Pack(), hr.MustDate("2026-01-01"), decimal.NewFromInt(-1))
	require.Equal(t, law.RuleNegative, hr.FieldErrors(err)[0].Rule)
	_, err = law.Deposits(law.Pack(), "yearly", nil, business(t))
	require.Equal(t, law.RuleSchedule, hr.FieldErrors(err)[0].Rule)
	_, err = law.Deposits(law.Pack(), law.Monthly, []law.Liability{owed("2029-05-01", "1")}, business(t))
	require.ErrorIs(t, err, hr.ErrNoValue)
}

// Line 1 counts who is paid for the period of 12 June: two employees, one of them twice.
func TestForm941CountsEmployees(t *testing.T) {
	postings := []payroll.Posting{posted("2026-06-12"), posted("2026-06-26"), posted("2026-06-26"), posted("2026-05-29")}
	postings[2].Employee, postings[3].Employee = "E2", "E3"
	q, err := law.Form941(law.Pack(), postings, 2026, 2)
	require.NoError(t, err)
	require.Equal(t, 2, q.Employees)
}
