package leave_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// october: Saturday is half worked, Sunday off, Friday 2 and Tuesday 20 holidays (1 October 2026 is a Thursday).
var october = hr.MustCalendar(hr.CalendarRules{
	Name: "blr", Span: hr.MustPeriod("2026-09-01..2026-11-30"),
	Off:  []hr.WeekdayRule{{Weekday: time.Sunday}},
	Half: []hr.WeekdayRule{{Weekday: time.Saturday}},
	Entries: []hr.CalendarEntry{
		{Date: hr.MustDate("2026-10-02"), Kind: hr.DayHoliday, Name: "Gandhi Jayanti"},
		{Date: hr.MustDate("2026-10-20"), Kind: hr.DayHoliday, Name: "Dussehra"},
	},
})

func TestCount(t *testing.T) {
	for _, c := range []struct {
		name          string
		period        string
		from, through hr.HalfOfDay
		rule          leave.Sandwich
		want          string
	}{
		{"one day", "2026-10-05..2026-10-05", "", "", "", "1"},
		{"a week of five and a half days", "2026-10-05..2026-10-11", "", "", "", "5.5"},
		{"from noon of Monday to noon of Wednesday", "2026-10-05..2026-10-07", hr.SecondHalf, hr.FirstHalf, "", "2"},
		{"half a day, named in either field", "2026-10-05..2026-10-05", "", hr.SecondHalf, "", "0.5"},
		{"the half of a Saturday that is not worked", "2026-10-03..2026-10-03", hr.SecondHalf, "", "", "0"},
		{"a holiday is not counted", "2026-10-01..2026-10-03", "", "", "", "1.5"},
		{"a holiday is enclosed", "2026-10-01..2026-10-03", "", "", leave.SandwichEnclosed, "2.5"},
		{"no weekly off is enclosed", "2026-10-01..2026-10-03", "", "", leave.SandwichWeeklyOff, "1.5"},
		{"Sunday lies between Saturday morning and Monday", "2026-10-10..2026-10-12", "", "", leave.SandwichWeeklyOff, "2.5"},
		{"work on Monday morning leaves Sunday alone", "2026-10-10..2026-10-11", "", "", leave.SandwichEnclosed, "0.5"},
		{"the edges of a Monday: Sunday before it", "2026-10-12..2026-10-12", "", "", leave.SandwichEdges, "2"},
		{"the edges of a Monday afternoon: nothing", "2026-10-12..2026-10-12", hr.SecondHalf, "", leave.SandwichEdges, "0.5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			counted, err := leave.Count(leave.CountInput{
				Period: hr.MustPeriod(c.period), FromHalf: c.from, ThroughHalf: c.through,
				Calendar: october, Counting: leave.Counting{Sandwich: c.rule},
			})
			require.NoError(t, err)
			require.Equal(t, c.want, counted.Total.String())
			require.Equal(t, c.want, counted.Trace.Value)
			require.Len(t, counted.Trace.Parts, len(counted.Days))
		})
	}
}

func TestCountRefuses(t *testing.T) {
	_, err := leave.Count(leave.CountInput{
		Period: hr.Period{From: hr.MustDate("2026-10-05"), Through: hr.MustDate("2026-10-04")}, FromHalf: "third", Counting: leave.Counting{Sandwich: "club"},
	})
	require.Equal(t, []hr.Rule{leave.RuleRequestPeriod, leave.RuleRequestHalf, leave.RulePolicyCounting, leave.RuleRequestCalendar}, rulesOf(err))

	day := hr.MustDate("2026-10-05")
	for period, path := range map[hr.Period]string{{}: "period.from", {Through: day}: "period.from", {From: day}: "period.through", {From: day, Through: day.Add(-1)}: "period.through"} {
		_, err := leave.Count(leave.CountInput{Period: period, Calendar: october, ThroughHalf: hr.SecondHalf})
		require.Len(t, hr.FieldErrors(err), 1, err)
		require.Equal(t, path, hr.FieldErrors(err)[0].Path)
	}
	_, err = leave.Count(leave.CountInput{Period: hr.MustPeriod("2026-10-05..2026-10-06"), FromHalf: hr.FirstHalf, ThroughHalf: "third", Calendar: october})
	require.Equal(t, []hr.Rule{leave.RuleRequestHalf, leave.RuleRequestHalf}, rulesOf(err), "both ends are wrong")

	for _, c := range []leave.CountInput{
		{Period: hr.MustPeriod("2026-10-05..2026-10-06"), FromHalf: hr.FirstHalf},
		{Period: hr.MustPeriod("2026-10-05..2026-10-06"), ThroughHalf: hr.SecondHalf},
		{Period: hr.MustPeriod("2026-10-05..2026-10-05"), FromHalf: hr.SecondHalf, ThroughHalf: hr.FirstHalf},
	} {
		c.Calendar = october
		_, err := leave.Count(c)
		require.Equal(t, []hr.Rule{leave.RuleRequestHalf}, rulesOf(err))
	}
	_, err = leave.Count(leave.CountInput{Period: hr.MustPeriod("2026-11-30..9999-12-31"), Calendar: october})
	require.True(t, errors.Is(err, hr.ErrNoValue), err)
	require.Equal(t, []hr.Rule{hr.RuleCalendarSpan}, rulesOf(err))
}

// slots is the dumb second version of Count: a line of half days, some worked, some leave. A day off counts by looking from it
// to the nearest worked half on each side.
type slots struct {
	calendar hr.Calendar
	leave    map[hr.Date][2]bool
}

func (s slots) worked(d hr.Date, i int) bool {
	day, err := s.calendar.Day(d)
	return err == nil && i < day.Halves
}

func (s slots) nearest(d hr.Date, step int) bool {
	i := 0
	if step < 0 {
		i = 1
	}
	for range 100 {
		i += step
		if i < 0 || i > 1 {
			d, i = d.Add(step), (i+2)%2
		}
		if s.worked(d, i) {
			return s.leave[d][i]
		}
	}
	return false
}

func (s slots) total(rule leave.Sandwich) decimal.Decimal {
	halves := 0
	for d := range s.calendar.Span().Days() {
		day, _ := s.calendar.Day(d)
		for i := range 2 {
			if s.worked(d, i) && s.leave[d][i] {
				halves++
			}
		}
		if day.Working() {
			continue
		}
		before, after := s.nearest(d, -1), s.nearest(d, +1)
		switch rule {
		case leave.SandwichEnclosed:
			if before && after {
				halves += 2
			}
		case leave.SandwichWeeklyOff:
			if before && after && day.Holiday == "" {
				halves += 2
			}
		case leave.SandwichHolidays:
			if before && after && day.Holiday != "" {
				halves += 2
			}
		case leave.SandwichEdges:
			if before || after {
				halves += 2
			}
		}
	}
	return decimal.New(int64(halves)*5, -1)
}

var sandwiches = []leave.Sandwich{"", leave.SandwichNone, leave.SandwichEnclosed, leave.SandwichWeeklyOff, leave.SandwichHolidays, leave.SandwichEdges}

// drawCalendar draws three months of a company, quiet at both ends so that no run of days off leaves the calendar.
func drawCalendar(t *rapid.T) hr.Calendar {
	rules := hr.CalendarRules{Span: hr.MustPeriod("2026-09-01..2026-11-30")}
	for d := time.Sunday; d <= time.Saturday; d++ {
		switch rapid.SampledFrom([]string{"work", "work", "work", "off", "half"}).Draw(t, d.String()) {
		case "off":
			rules.Off = append(rules.Off, hr.WeekdayRule{Weekday: d})
		case "half":
			rules.Half = append(rules.Half, hr.WeekdayRule{Weekday: d})
		}
	}
	for d := range rules.Span.Days() {
		switch {
		case d.Before(hr.MustDate("2026-09-04")), d.After(hr.MustDate("2026-11-27")):
			rules.Entries = append(rules.Entries, hr.CalendarEntry{Date: d, Kind: hr.DayWorking})
		case rapid.IntRange(0, 9).Draw(t, "holiday") == 0:
			rules.Entries = append(rules.Entries, hr.CalendarEntry{Date: d, Kind: hr.DayHoliday, Name: "h"})
		}
	}
	return hr.MustCalendar(rules)
}

// halfDays is a span of leave in half days from noon or midnight of a day on.
type halfDays struct{ from, through int } // half days since 1 October; both included

func (h halfDays) input(c hr.Calendar, rule leave.Sandwich, joined []leave.Day) leave.CountInput {
	first := hr.MustDate("2026-10-01")
	in := leave.CountInput{
		Period:   hr.Period{From: first.Add(h.from / 2), Through: first.Add(h.through / 2)},
		Calendar: c, Counting: leave.Counting{Sandwich: rule}, Joined: joined,
	}
	if h.from%2 == 1 {
		in.FromHalf = hr.SecondHalf
	}
	if h.through%2 == 0 {
		in.ThroughHalf = hr.FirstHalf
	}
	return in
}

func (h halfDays) mark(leave map[hr.Date][2]bool) {
	for i := h.from; i <= h.through; i++ {
		d := hr.MustDate("2026-10-01").Add(i / 2)
		had := leave[d]
		had[i%2] = true
		leave[d] = had
	}
}

// TestCountParts proves two things at once: several requests, counted one after the other in any order with the others passed
// as joined, come to what the dumb count of all their half days says; and so does one request cut into parts.
func TestCountParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		calendar := drawCalendar(t)
		rule := rapid.SampledFrom(sandwiches).Draw(t, "rule")
		var parts []halfDays
		leaves := map[hr.Date][2]bool{}
		at := 0
		for range rapid.IntRange(1, 5).Draw(t, "parts") {
			at += rapid.SampledFrom([]int{0, 0, 1, 2, 4, 6}).Draw(t, "gap") // 0: goes on where the last one ended
			p := halfDays{at, at + rapid.IntRange(0, 9).Draw(t, "length")}
			at = p.through + 1
			parts = append(parts, p)
			p.mark(leaves)
		}
		parts = rapid.Permutation(parts).Draw(t, "order")
		var joined []leave.Day
		var total decimal.Decimal
		for _, p := range parts {
			counted, err := leave.Count(p.input(calendar, rule, joined))
			require.NoError(t, err)
			require.True(t, slices.IsSortedFunc(counted.Days, func(a, b leave.Day) int { return a.Date.Compare(b.Date) }))
			joined = append(joined, counted.Days...)
			total = total.Add(counted.Total)
		}
		require.Equal(t, slots{calendar, leaves}.total(rule).String(), total.String())
	})
}

// Each day says why it counts or does not: 1 October is a Thursday, 2 a holiday, 3 a Saturday with half a working day, 4 a Sunday.
func TestCountSaysWhy(t *testing.T) {
	why := func(period string, from, through hr.HalfOfDay, rule leave.Sandwich, joined ...leave.Day) string {
		counted, err := leave.Count(leave.CountInput{
			Period: hr.MustPeriod(period), FromHalf: from, ThroughHalf: through,
			Calendar: october, Counting: leave.Counting{Sandwich: rule}, Joined: joined,
		})
		require.NoError(t, err)
		var out []string
		for _, d := range counted.Days {
			out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %s %s", d.Date.Day(), d.Quantity, d.Why, d.Name)))
		}
		return strings.Join(out, ", ")
	}
	require.Equal(t, "1 1 working, 2 0 holiday Gandhi Jayanti, 3 0.5 half_working_day, 4 0 weekly_off, 5 0.5 working", why("2026-10-01..2026-10-05", "", hr.FirstHalf, ""))
	require.Equal(t, "3 0 half_not_worked", why("2026-10-03..2026-10-03", hr.SecondHalf, "", ""))
	require.Equal(t, "1 1 working, 2 1 holiday_counted Gandhi Jayanti, 3 0.5 half_working_day, 4 1 weekly_off_counted, 5 1 working", why("2026-10-01..2026-10-05", "", "", leave.SandwichEnclosed))
	require.Equal(t, "1 1 working, 2 1 holiday_counted Gandhi Jayanti, 3 0.5 half_working_day, 4 0 weekly_off, 5 1 working", why("2026-10-01..2026-10-05", "", "", leave.SandwichHolidays))
	// Saturday and Monday are two requests: the second counts the Sunday, and a third over it finds it counted.
	saturday := leave.Day{Date: hr.MustDate("2026-10-03"), Quantity: dec("0.5"), Why: leave.HalfWorking}
	sunday := leave.Day{Date: hr.MustDate("2026-10-04"), Quantity: dec("1"), Why: leave.WeeklyCounted}
	require.Equal(t, "4 1 weekly_off_counted, 5 1 working", why("2026-10-05..2026-10-05", "", "", leave.SandwichEnclosed, saturday))
	require.Equal(t, "4 0 counted_before, 5 1 working", why("2026-10-04..2026-10-05", "", "", leave.SandwichEnclosed, saturday, sunday))
	require.Equal(t, "5 1 working", why("2026-10-05..2026-10-05", "", "", leave.SandwichEnclosed, saturday, sunday), "outside the request it is not named again")
}

// counting is a calendar that knows which days were read.
type counting struct {
	leave.Calendar
	read map[hr.Date]int
}

func (c counting) Day(d hr.Date) (hr.Day, error) {
	c.read[d]++
	return c.Calendar.Day(d)
}

func TestCountReadsNoFurtherThanItMust(t *testing.T) {
	short := hr.MustCalendar(hr.CalendarRules{Span: hr.MustPeriod("2026-10-05..2026-10-11"), Off: []hr.WeekdayRule{{Weekday: time.Sunday}}})
	in := leave.CountInput{Period: hr.MustPeriod("2026-10-05..2026-10-10"), Calendar: short, Counting: leave.Counting{Sandwich: leave.SandwichEnclosed}}
	counted, err := leave.Count(in)
	require.NoError(t, err)
	require.Equal(t, "6", counted.Total.String())
	in.Counting.Sandwich = leave.SandwichEdges // Sunday counts, and whether Monday does the calendar cannot say
	_, err = leave.Count(in)
	require.ErrorIs(t, err, hr.ErrNoValue)
	in.Period = hr.MustPeriod("2026-10-05..2026-10-09") // Monday: what the day before it was the calendar cannot say
	_, err = leave.Count(in)
	require.ErrorIs(t, err, hr.ErrNoValue)
	in.Period = hr.MustPeriod("2026-10-04..2026-10-09")
	_, err = leave.Count(in)
	require.ErrorIs(t, err, hr.ErrNoValue, "its own first day it cannot say either")

	read := counting{october, map[hr.Date]int{}}
	_, err = leave.Count(leave.CountInput{Period: hr.MustPeriod("2026-10-10..2026-10-12"), Calendar: read, Counting: leave.Counting{Sandwich: leave.SandwichEdges}})
	require.NoError(t, err)
	// Friday and Tuesday are worked and end the look around. No day is read twice.
	require.Equal(t, map[hr.Date]int{
		hr.MustDate("2026-10-09"): 1, hr.MustDate("2026-10-10"): 1, hr.MustDate("2026-10-11"): 1, hr.MustDate("2026-10-12"): 1, hr.MustDate("2026-10-13"): 1,
	}, read.read)
	clear(read.read)
	_, err = leave.Count(leave.CountInput{Period: hr.MustPeriod("2026-10-10..9999-12-31"), Calendar: read})
	require.ErrorIs(t, err, hr.ErrNoValue)
	require.Equal(t, map[hr.Date]int{hr.MustDate("9999-12-31"): 1}, read.read, "a span of centuries fails at once")
}

func rulesOf(err error) []hr.Rule {
	var out []hr.Rule
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Rule)
	}
	return out
}

// Where every calendar day counts, a day off says whether it is a weekly off or a holiday all the same.
func TestEveryCalendarDaySaysWhatItIs(t *testing.T) {
	calendar := hr.MustCalendar(hr.CalendarRules{
		Span: hr.MustPeriod("2026-10-01..2026-10-31"), Off: []hr.WeekdayRule{{Weekday: time.Sunday}},
		Entries: []hr.CalendarEntry{{Date: hr.MustDate("2026-10-02"), Kind: hr.DayHoliday, Name: "Gandhi Jayanti"}},
	})
	counted, err := leave.Count(leave.CountInput{Period: hr.MustPeriod("2026-10-02..2026-10-05"), Calendar: calendar, Counting: leave.Counting{Sandwich: leave.SandwichCalendar}})
	require.NoError(t, err)
	var why []string
	for _, d := range counted.Days {
		why = append(why, strings.TrimSpace(string(d.Why)+" "+d.Name))
	}
	require.Equal(t, []string{"holiday_counted Gandhi Jayanti", "working", "weekly_off_counted", "working"}, why)
}

// onlyDay is a calendar on which nothing is worked but one day, and which knows the 400 days on each side of it.
type onlyDay hr.Date

func (o onlyDay) Day(d hr.Date) (hr.Day, error) {
	if d == hr.Date(o) {
		return hr.Day{Date: d, Halves: 2}, nil
	}
	if apart := d.Since(hr.Date(o)); apart < -400 || apart > 400 {
		return hr.Day{}, hr.ErrNoValue
	}
	return hr.Day{Date: d}, nil
}

// No run of days off is longer than a year: beside one day of leave 366 are looked at on each side.
func TestARunOfDaysOffIsNoLongerThanAYear(t *testing.T) {
	day := hr.MustDate("2026-10-05")
	counted, err := leave.Count(leave.CountInput{Period: hr.Period{From: day, Through: day}, Calendar: onlyDay(day), Counting: leave.Counting{Sandwich: leave.SandwichEdges}})
	require.NoError(t, err)
	require.Equal(t, "733", counted.Total.String())
	require.Equal(t, []hr.Date{day.Add(-366), day.Add(366)}, []hr.Date{counted.Days[0].Date, counted.Days[732].Date})
}
