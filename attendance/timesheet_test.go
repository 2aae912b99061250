package attendance_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// week is Monday 5 to Sunday 11 October 2026 of somebody whose last day is the Friday, on 09:00 to 18:00 with an hour of break: two days
// at work (480, and 540 with 60 overtime), one absent, one on leave at half pay, one with the out missing.
func week(t testing.TB) []attendance.Day {
	s := shift(t, "general", "09:00", "18:00")
	s.Break.Minutes = 60
	policy := attendance.Policy{Overtime: attendance.Overtime{Step: 15}}
	var days []attendance.Day
	for i, text := range []string{"i09:00 o18:00", "i09:00 o19:00", "", "", "i09:00", "", ""} {
		date := day("2026-10-05").Add(i)
		in := attendance.DayInput{Date: date, Shift: s, Calendar: hr.Day{Date: date, Halves: 2}, Punches: punches(t, date.String(), text), Policy: policy, NotEmployed: i > 4}
		if i == 3 {
			in.Absences = []hr.Absence{{Date: date, Type: "sick", Paid: dec("0.5"), Ref: hr.Ref{Kind: "leave", ID: "L1"}}}
		}
		d, err := attendance.Classify(in)
		require.NoError(t, err)
		days = append(days, d)
	}
	return days
}

func TestSummarize(t *testing.T) {
	sheet, err := attendance.Summarize("E1", hr.MustPeriod("2026-10-05..2026-10-11"), week(t))
	require.NoError(t, err)
	require.Equal(t, "2.5", sheet.Payable.String()) // 1 + 1 + 0 + 0.5 + 0
	require.Equal(t, "2.5", sheet.Unpaid.String())
	require.Equal(t, []hr.Band{{Name: "regular", Minutes: 480 + 480}, {Name: "overtime", Minutes: 60}}, sheet.Bands)
	require.Len(t, sheet.Days, 5, "the days after they left are no days of the sheet")
	require.Equal(t, hr.EmployeeID("E1"), sheet.Employee)
	var words []string
	for _, d := range sheet.Days {
		refs := ""
		for _, r := range d.Refs {
			refs += " " + r.String()
		}
		words = append(words, fmt.Sprintf("%s %s %s%s", d.Date.String()[8:], d.Status, d.Payable, refs))
	}
	require.Equal(t, []string{
		"05 present 1 punch e:E1:2026-10-05T03:30:00Z:in punch e:E1:2026-10-05T12:30:00Z:out",
		"06 present 1 punch e:E1:2026-10-06T03:30:00Z:in punch e:E1:2026-10-06T13:30:00Z:out",
		"07 absent 0",
		"08 leave 0.5 leave L1",
		"09 missing_punch 0 punch e:E1:2026-10-09T03:30:00Z:in",
	}, words)
	hours, err := sheet.Hours("overtime", hr.Period{}, hr.Rounding{Step: dec("0.01"), Mode: hr.HalfUp})
	require.NoError(t, err)
	require.Equal(t, "1", hr.Canonical(hours))
}

// A host may bring bands of its own: they are summed too, behind ours, by name.
func TestSummarizeKeepsBandsItDoesNotKnow(t *testing.T) {
	days := week(t)[:2]
	days[0].Bands = append(days[0].Bands, hr.Band{Name: "standby", Minutes: 30}, hr.Band{Name: "on call", Minutes: 5})
	days[1].Bands = append(days[1].Bands, hr.Band{Name: "standby", Minutes: 12}, hr.Band{Name: "never"})
	sheet, err := attendance.Summarize("E1", hr.MustPeriod("2026-10-05..2026-10-06"), days)
	require.NoError(t, err)
	require.Equal(t, []hr.Band{{Name: "regular", Minutes: 960}, {Name: "overtime", Minutes: 60}, {Name: "on call", Minutes: 5}, {Name: "standby", Minutes: 42}}, sheet.Bands)
	for _, b := range sheet.Bands {
		require.Equal(t, b.Minutes, sheet.Minutes(b.Name, hr.Period{}), "totals are the sums of the days")
	}
}

func TestSummarizeRefuses(t *testing.T) {
	days := week(t)
	october := hr.MustPeriod("2026-10-05..2026-10-08")
	_, err := attendance.Summarize("E1", october, append(days[1:3:3], days[1], days[4]))
	require.Equal(t, []string{"days[2].date", "days[3].date", "days", "days"}, paths(err))
	require.Equal(t, []hr.Rule{attendance.RuleTimesheetDays, attendance.RuleTimesheetDays, attendance.RuleTimesheetDays, attendance.RuleTimesheetDays}, rules(err))
	require.ErrorContains(t, err, "2026-10-05 is missing")
	require.ErrorContains(t, err, "2026-10-08 is missing")
	_, err = attendance.Summarize("", hr.MustPeriod("2026-10-05.."), nil)
	require.Equal(t, []string{"period", "employee"}, paths(err))
	require.Equal(t, []hr.Rule{attendance.RulePeriodOpen, hr.RuleRequired}, rules(err))
	_, err = attendance.Summarize("E1", hr.Period{}, nil)
	require.Equal(t, []string{"period.from"}, paths(err))
	days[2].Unpaid = dec("0.5") // a day that a host built wrong
	_, err = attendance.Summarize("E1", hr.MustPeriod("2026-10-05..2026-10-11"), days)
	require.Contains(t, rules(err), hr.RuleTimesheetBalance)
}

// Payable + unpaid is the number of days employed, however the days were; the sheets of two parts of a period add up to the sheet of
// all of it; the order of days changes no byte, and what is known then or now is not part of what the digest says.
func TestTimesheetsAddUp(t *testing.T) {
	zones := []*time.Location{zone(t, "Asia/Kolkata"), zone(t, "Europe/London")}
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 10).Draw(rt, "days")
		var days []attendance.Day
		employed := 0
		for i := range n {
			in := someDay(rt, zones)
			in.NotEmployed = rapid.IntRange(0, 4).Draw(rt, "employed") == 0
			d, err := attendance.Classify(in)
			require.NoError(rt, err)
			d.Date = day("2026-10-01").Add(i)
			days = append(days, d)
			if !in.NotEmployed {
				employed++
			}
		}
		sum := func(first, last int) hr.Timesheet {
			sheet, err := attendance.Summarize("E1", hr.Period{From: day("2026-10-01").Add(first), Through: day("2026-10-01").Add(last)}, days[first:last+1])
			require.NoError(rt, err)
			return sheet
		}
		all := sum(0, n-1)
		require.Equal(rt, fmt.Sprint(employed), all.Payable.Add(all.Unpaid).String())
		require.Len(rt, all.Days, employed)
		if n > 1 {
			cut := rapid.IntRange(1, n-1).Draw(rt, "cut")
			a, b := sum(0, cut-1), sum(cut, n-1)
			require.True(rt, all.Payable.Equal(a.Payable.Add(b.Payable)))
			require.True(rt, all.Unpaid.Equal(a.Unpaid.Add(b.Unpaid)))
			for _, band := range []string{"regular", "overtime", "night"} {
				require.Equal(rt, all.Minutes(band, hr.Period{}), a.Minutes(band, hr.Period{})+b.Minutes(band, hr.Period{}))
			}
		}
		for _, b := range all.Bands {
			require.Equal(rt, b.Minutes, all.Minutes(b.Name, hr.Period{}))
		}
		days = rapid.Permutation(days).Draw(rt, "order")
		again, err := attendance.Summarize("E1", all.Period, days)
		require.NoError(rt, err)
		require.Equal(rt, bytesOf(t, all), bytesOf(t, again))
		again.Known = hr.Known{Own: 7}
		require.Equal(rt, all.Digest(), again.Digest())
		if employed > 0 {
			again.Days[0].Status = "other"
			require.NotEqual(rt, all.Digest(), again.Digest())
		}
	})
}

// A late punch makes a second revision of October; asking again for either makes none.
func TestRevisions(t *testing.T) {
	o := open(t)
	o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:00")))
	known := o.head(t, "E1")
	first, err := attendance.Revise(hr.Timesheet{}, o.sheet(t, "E1", 0))
	require.NoError(t, err)
	require.Equal(t, 1, first.Revision)
	o.record(t, of("E1", 2, punches(t, "2026-10-05", "o18:00")))
	second, err := attendance.Revise(first, o.sheet(t, "E1", 0))
	require.NoError(t, err)
	require.Equal(t, 2, second.Revision)
	again, err := attendance.Revise(second, o.sheet(t, "E1", 0))
	require.NoError(t, err)
	require.Equal(t, 2, again.Revision)
	then, err := attendance.Revise(first, o.sheet(t, "E1", known))
	require.NoError(t, err)
	require.Equal(t, first, then)
	_, err = attendance.Revise(first, hr.Timesheet{Employee: "E2", Period: october})
	require.Equal(t, []hr.Rule{attendance.RuleTimesheetDays}, rules(err))
}
