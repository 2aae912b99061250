package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

var update = flag.Bool("update", false, "rewrite testdata")

// story is played once for all tests: what is shown of it changes nothing.
var story = sync.OnceValues(func() (*tale, error) { return live(context.Background()) })

// prints compares what the story tells of a year, or of all, with a file.
func prints(t *testing.T, golden string, year int) string {
	t.Helper()
	life, err := story()
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, life.show(&out, year, ""))
	if *update {
		require.NoError(t, os.WriteFile(golden, out.Bytes(), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), out.String())
	return out.String()
}

func TestTimeline(t *testing.T) {
	got := prints(t, "testdata/timeline.txt", 0)
	for row := range strings.Lines(got) {
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(row, "\n")), width, row)
	}
	require.Contains(t, got, "every chain is as it was written")
	require.Contains(t, got, "₹3,83,333.33, for 92 days", "5 June to 4 September: 26 + 31 + 31 + 4 days at 1,25,000 / 30")
	require.NotContains(t, got, "000444555666", "an account is shown to nobody")
}

func TestAYearInFull(t *testing.T) {
	got := prints(t, "testdata/2011.txt", 2011)
	require.Contains(t, got, "suspended")
	require.NotContains(t, got, "2012-")
}

func TestALineExplained(t *testing.T) {
	played, err := story()
	require.NoError(t, err)
	var out bytes.Buffer
	life := *played // which an error stays in
	require.NoError(t, life.show(&out, 0, "gratuity"))
	require.Contains(t, out.String(), "Years of service paid for")
	require.Contains(t, out.String(), "Code on Social Security 2020")
	require.ErrorContains(t, life.show(io.Discard, 0, "nothing"), "nothing")
	life = *played
	require.ErrorContains(t, life.show(io.Discard, 1980, ""), "from 1996 to 2027")
	require.ErrorContains(t, run(t.Context(), []string{"-year", "x"}, io.Discard), "-year")
}

// The settlement by hand:
//
//	gratuity    2 December 1996 to 31 December 2026 are 30 years and 30 days, which is less than half a year: 30 years.
//	            1,10,000 x 15 / 26 x 30 = 19,03,846.15, so 19,03,846; below 20 lakh, so free of tax
//	leave       45 days carried into 2026, 15 credited, 10 taken: 50 days. 1,10,000 / 30 x 50 = 1,83,333.33, so 1,83,333. Free of tax is
//	            50 / 30 of the average of March to December, (1,00,000 + 9 x 1,10,000) / 10 = 1,09,000: 1,81,667; taxed 1,666
//	December    1,10,000 + 55,000 + 35,000, all of it
//	provident   12 % of the ceiling of 25,000 = 3,000
//	Maharashtra 200 of professional tax, 25 of the labour welfare fund
//	income tax  of the year: 9 x 2,00,000 + 1,666 - 75,000 = 17,26,666, to ten 17,26,670. Nothing to 4 lakh, 20,000 to 8, 40,000 to 12,
//	            60,000 to 16, 20 % of 1,26,670 = 25,334: 1,45,334, with 4 % 1,51,147.36, to ten 1,51,150.
//	            Taken before: on 12 x 1,80,000 - 75,000 = 20,85,000 it is 1,20,000 + 20 % of 4,00,000 and 25 % of 85,000 = 2,21,250, with
//	            4 % 2,30,100, a month 19,175; three months are 57,525. From July on of 17,25,000, 1,50,800: (1,50,800 - 57,525) / 6 =
//	            15,545.83, so 15,546 in each of five months: 77,730. 1,51,150 - 57,525 - 77,730 = 15,895
//
// 19,03,846 + 1,83,333 + 2,00,000 = 22,87,179; less 3,000 + 200 + 25 + 15,895 = 19,120: 22,68,059.
func TestTheFiguresByHand(t *testing.T) {
	life, err := story()
	require.NoError(t, err)
	got := map[string]string{}
	for _, x := range life.settled.Lines {
		if x.Kind != string(payroll.Employer) {
			got[x.Name] = x.Amount.String()
		}
	}
	require.Equal(t, map[string]string{
		"gratuity": "1903846", "leave_pay": "183333", "basic_pay": "110000", "hra_pay": "55000", "special_pay": "35000",
		"epf": "3000", "pt": "200", "lwf": "25", "tds": "15895",
	}, got)
	require.Equal(t, "2268059", life.settled.Net.Amount.String())
	require.Equal(t, "151150", life.tax().String())
	require.False(t, life.settled.Late())
	require.Equal(t, hr.MustDate("2027-01-04"), life.settled.Due, "1 January is a Friday, the second working day a Monday")

	// Who turns 58 on 9 December 2026 goes at the end of that month. 30 years from 2 December 1996 have 7 leap days, and 30 days follow:
	// 10,950 + 7 + 30. April to December 2026 are 39 weeks and a Wednesday and Thursday, 197 weekdays; 2 October is a holiday, 13 are leave.
	e, err := life.people.Employment(t.Context(), life.view(), kavita.Employee)
	require.NoError(t, err)
	require.Equal(t, hr.MustDate("2026-12-31"), e.LastDay)
	require.Equal(t, 10987, hr.Period{From: e.Start, Through: e.LastDay}.Len())
	require.Equal(t, 197-1-13, life.worked)
	require.Equal(t, life.settled.Run.ID, e.Settled.Run.ID)

	// The late raise is owed for April, May and June: 20,000 a month.
	require.Equal(t, "60000", arrears(life.payslips[3]).String())
	// Every month is paid in full, whenever its raise was known: eight of 2,00,000.
	sum := decimal.Zero
	for _, slip := range life.payslips {
		sum = sum.Add(slip.Total(payroll.Earning))
	}
	require.Equal(t, "1600000", sum.String())
}

// Leave by a second, dumber way: each year fifteen days more, less what is taken; what is above 45 goes at the year's end.
func TestLeaveByHand(t *testing.T) {
	life, err := story()
	require.NoError(t, err)
	left, taken := 0, 0
	for year := firstYear; year <= lastYear; year++ {
		took := 0
		if year > firstYear {
			took = 10
		}
		if year%3 == 0 && year != 2015 {
			took += 5
		}
		left, taken = min(left, 45)+15-took, taken+took
	}
	require.Equal(t, decimal.NewFromInt(int64(left)).String(), life.unused.String())
	require.Equal(t, decimal.NewFromInt(int64(taken)).String(), life.taken["earned"].String())
}
