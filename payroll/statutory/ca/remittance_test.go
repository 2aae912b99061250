package ca_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	holidays "github.com/musterhr/hr/leave/holidays/ca"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/ca"
)

func business(t testing.TB) hr.Calendar {
	t.Helper()
	c, err := hr.NewCalendar(hr.CalendarRules{
		Name: "CRA", Span: hr.MustPeriod("2025-01-01..2027-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
		Holidays: holidays.Federal(), Observe: hr.ActualDay,
	})
	require.NoError(t, err)
	return c
}

func posted(day, employee string, lines ...string) payroll.Posting {
	p := payroll.Posting{Employee: hr.EmployeeID(employee), Kind: payroll.PostingPayslip, Period: hr.MonthOf(hr.MustDate(day)), PayDate: hr.MustDate(day), Currency: "CAD"}
	for i := 0; i < len(lines); i += 2 {
		p.Lines = append(p.Lines, payroll.Amount{Name: lines[i], Amount: decimal.RequireFromString(lines[i+1])})
	}
	return p
}

// Payments of June and July 2026: the 15th of August is a Saturday; the 1st of July is Canada Day; the 25th of July is a Saturday.
func TestRemittances(t *testing.T) {
	var postings []payroll.Posting
	for _, day := range []string{"2026-06-05", "2026-06-19", "2026-06-30", "2026-07-03", "2026-07-31"} {
		postings = append(postings, posted(day, "E1", "federal_tax", "10"), posted(day, "E2", "cpp", "1", "cpp_employer", "1", "cpp2", "0.5", "cpp2_employer", "0.5", "ei", "2", "ei_employer", "2.8", "provincial_tax", "3"))
	}
	for of, want := range map[ca.Remitter][]string{
		ca.Quarterly: {"2026-04-01..2026-06-30 62.4 2026-07-15", "2026-07-01..2026-09-30 41.6 2026-10-15"},
		ca.Regular:   {"2026-06-01..2026-06-30 62.4 2026-07-15", "2026-07-01..2026-07-31 41.6 2026-08-17"},
		ca.Threshold1: {
			"2026-06-01..2026-06-15 20.8 2026-06-25", "2026-06-16..2026-06-30 41.6 2026-07-10", "2026-07-01..2026-07-15 20.8 2026-07-27", "2026-07-16..2026-07-31 20.8 2026-08-10",
		},
		ca.Threshold2: { // three working days after the 7th, 14th, 21st and the last
			"2026-06-01..2026-06-07 20.8 2026-06-10", "2026-06-15..2026-06-21 20.8 2026-06-24", "2026-06-22..2026-06-30 20.8 2026-07-06",
			"2026-07-01..2026-07-07 20.8 2026-07-10", "2026-07-22..2026-07-31 20.8 2026-08-05",
		},
	} {
		got, err := ca.Remittances(ca.Pack(), of, postings, hr.MustPeriod("2026-04-01..2026-09-30"), business(t))
		require.NoError(t, err)
		var shown []string
		for _, r := range got {
			shown = append(shown, fmt.Sprintf("%s %s %s", r.Paid, hr.Canonical(r.Total), r.Due))
			require.Equal(t, 2, r.Employees)
			require.Contains(t, payroll.Paragraph(r.Trace), "CPP of both sides is "+hr.Canonical(r.CPP))
			require.NotContains(t, fmt.Sprintf("%+v", r), "20.8")
		}
		require.Equal(t, want, shown, of)
	}
}

// However it is cut, all that is withheld is remitted, after it was paid and on a working day.
func TestRemittancesSumToWhatIsWithheld(t *testing.T) {
	c := business(t)
	rapid.Check(t, func(t *rapid.T) {
		var postings []payroll.Posting
		sum := int64(0)
		for range rapid.IntRange(0, 20).Draw(t, "payments") {
			amount := rapid.Int64Range(0, 9000).Draw(t, "amount")
			sum += amount
			day := hr.MustDate("2026-01-01").Add(rapid.IntRange(0, 364).Draw(t, "day"))
			postings = append(postings, posted(day.String(), "E1", "federal_tax", fmt.Sprint(amount)))
		}
		of := rapid.SampledFrom([]ca.Remitter{ca.Quarterly, ca.Regular, ca.Threshold1, ca.Threshold2}).Draw(t, "remitter")
		got, err := ca.Remittances(ca.Pack(), of, postings, hr.MustPeriod("2026-01-01..2026-12-31"), c)
		require.NoError(t, err)
		var all decimal.Decimal
		for _, r := range got {
			all = all.Add(r.Total)
			require.True(t, r.Due.After(r.Paid.Through))
			day, err := c.Day(r.Due)
			require.NoError(t, err)
			require.True(t, day.Working())
		}
		require.Equal(t, fmt.Sprint(sum), hr.Canonical(all))
	})
}

func TestRemitterFor(t *testing.T) {
	for average, want := range map[string]ca.Remitter{"2999.99": ca.Quarterly, "3000": ca.Regular, "24999.99": ca.Regular, "25000": ca.Threshold1, "99999.99": ca.Threshold1, "100000": ca.Threshold2} {
		got, err := ca.RemitterFor(ca.Pack(), hr.MustDate("2026-01-01"), decimal.RequireFromString(average), true)
		require.NoError(t, err)
		require.Equal(t, want, got, average)
	}
	got, err := ca.RemitterFor(ca.Pack(), hr.MustDate("2026-01-01"), decimal.NewFromInt(5), false)
	require.NoError(t, err)
	require.Equal(t, ca.Regular, got)
	got, err = ca.RemitterFor(ca.Pack(), hr.MustDate("2026-01-01"), decimal.Zero, true)
	require.NoError(t, err)
	require.Equal(t, ca.Quarterly, got, "nothing was withheld")
	_, err = ca.RemitterFor(ca.Pack(), hr.MustDate("2026-01-01"), decimal.NewFromInt(-5), false)
	require.Equal(t, ca.RuleNegative, hr.FieldErrors(err)[0].Rule)
	_, err = ca.RemitterFor(ca.Pack(), hr.MustDate("2027-01-01"), decimal.NewFromInt(5), false)
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = ca.Remittances(ca.Pack(), "weekly", []payroll.Posting{posted("2026-01-02", "E1")}, hr.MustPeriod("2026-01-01..2026-01-31"), business(t))
	require.Equal(t, ca.RuleRemitter, hr.FieldErrors(err)[0].Rule)
}

// Boxes 24 and 26 stop at 68,900 and 85,000 in 2026; income does not.
func TestT4(t *testing.T) {
	postings := []payroll.Posting{
		posted("2026-03-31", "E1", "regular_pay", "90000", "pensionable", "90000", "insurable", "60000", "cpp", "4230.45", "federal_tax", "100", "provincial_tax", "50.5"),
		posted("2026-12-31", "E1", "bonus_pay", "9000", "pensionable", "9000", "insurable", "9000"), posted("2027-01-02", "E1", "bonus_pay", "1"),
	}
	s, err := ca.T4(ca.Pack(), postings, 2026)
	require.NoError(t, err)
	var got []string
	for _, d := range []decimal.Decimal{s.Income, s.CPP, s.Tax, s.Insurable, s.Pensionable} {
		got = append(got, hr.Canonical(d))
	}
	require.Equal(t, []string{"99000", "4230.45", "150.5", "68900", "85000"}, got)
	postings[0].Currency = "USD"
	_, err = ca.T4(ca.Pack(), postings, 2026)
	require.Equal(t, ca.RulePostings, hr.FieldErrors(err)[0].Rule)
}
