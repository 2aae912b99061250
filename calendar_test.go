package hr_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/us"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

func day(t require.TestingT, c hr.Calendar, date string) hr.Day {
	d, err := c.Day(hr.MustDate(date))
	require.NoError(t, err)
	return d
}

var (
	everySunday = []hr.WeekdayRule{{Weekday: time.Sunday}}
	weekend     = []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}}
	year2026    = hr.MustPeriod("2026-01-01..2026-12-31")
)

func TestWeeklyPatterns(t *testing.T) {
	// October 2026 begins on a Thursday: Saturdays are 3, 10, 17, 24, 31.
	banks := hr.MustCalendar(hr.CalendarRules{
		Name: "bank", Span: year2026,
		Off:  []hr.WeekdayRule{{Weekday: time.Sunday}, {Weekday: time.Saturday, Nth: []int{2, 4}}},
		Half: []hr.WeekdayRule{{Weekday: time.Saturday}},
	})
	for date, halves := range map[string]int{"2026-10-03": 1, "2026-10-10": 0, "2026-10-17": 1, "2026-10-24": 0, "2026-10-31": 1, "2026-10-04": 0, "2026-10-05": 2} {
		require.Equal(t, halves, day(t, banks, date).Halves, date)
		require.Equal(t, halves == 0, day(t, banks, date).WeeklyOff, "an off wins over a half: %s", date)
	}
	days, err := banks.WorkingDays(period("2026-10-01..2026-10-31"))
	require.NoError(t, err)
	require.Equal(t, "23.5", days.String()) // 31 days - 4 Sundays - 2 Saturdays - 3 halves
	last := hr.MustCalendar(hr.CalendarRules{Span: year2026, Off: []hr.WeekdayRule{{Weekday: time.Friday, Nth: []int{-1, 1}}}})
	require.True(t, day(t, last, "2026-10-30").WeeklyOff && day(t, last, "2026-10-02").WeeklyOff)
	require.False(t, day(t, last, "2026-10-23").WeeklyOff)
	require.True(t, day(t, last, "2026-02-27").WeeklyOff, "the last Friday of February is its fourth")
	fifth := hr.MustCalendar(hr.CalendarRules{Span: year2026, Off: []hr.WeekdayRule{{Weekday: time.Saturday, Nth: []int{5}}}})
	require.True(t, day(t, fifth, "2026-10-31").WeeklyOff)
	require.False(t, day(t, fifth, "2026-09-26").WeeklyOff, "September 2026 has four Saturdays")
}

// Listing the month's weekdays and counting from both ends is the second method.
func TestNthWeekdaysAgreeWithListingThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := func(name string) hr.WeekdayRule {
			return hr.WeekdayRule{
				Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(t, name)),
				Nth:     rapid.SliceOfN(rapid.SampledFrom([]int{-1, 1, 2, 3, 4, 5}), 0, 3).Draw(t, name+" nth"),
			}
		}
		month := hr.MonthOf(recent().Draw(t, "month"))
		rules := hr.CalendarRules{Span: month, Off: []hr.WeekdayRule{rule("off"), rule("too")}, Half: []hr.WeekdayRule{rule("half")}}
		c := hr.MustCalendar(rules)
		picked := func(rules []hr.WeekdayRule, d hr.Date) bool {
			for _, r := range rules {
				var listed []hr.Date
				for x := range month.Days() {
					if utc(x).Weekday() == r.Weekday {
						listed = append(listed, x)
					}
				}
				for i, x := range listed {
					if x == d && (len(r.Nth) == 0 || slices.Contains(r.Nth, i+1) || i == len(listed)-1 && slices.Contains(r.Nth, -1)) {
						return true
					}
				}
			}
			return false
		}
		for d := range month.Days() {
			want := 2
			switch {
			case picked(rules.Off, d):
				want = 0
			case picked(rules.Half, d):
				want = 1
			}
			require.Equal(t, want, day(t, c, d.String()).Halves, "%s", d)
			require.Equal(t, want == 0, day(t, c, d.String()).WeeklyOff)
		}
	})
}

// In 2026 4 July is a Saturday, and the United States observe it on Friday 3 July. Who works six days a week is off on the 4th.
func TestActualAndObservedHolidays(t *testing.T) {
	rules := hr.CalendarRules{Span: year2026, Off: everySunday, Holidays: us.Holidays}
	for observe, holiday := range map[hr.Observance][2]bool{hr.ActualDay: {false, true}, hr.ObservedDay: {true, false}, hr.BothDays: {true, true}} {
		rules.Observe = observe
		c := hr.MustCalendar(rules)
		for i, date := range []string{"2026-07-03", "2026-07-04"} {
			d := day(t, c, date)
			require.Equal(t, holiday[i], d.Holiday == "Independence Day", "%s %s", observe, date)
			require.Equal(t, !holiday[i], d.Working())
			require.False(t, d.WeeklyOff)
		}
	}
	// Boxing Day 2026 is a Saturday; England has Monday the 28th instead.
	bank := hr.CalendarRules{Span: year2026, Off: weekend, Holidays: gb.Holidays, Observe: hr.BothDays}
	c := hr.MustCalendar(bank)
	saturday := day(t, c, "2026-12-26")
	require.True(t, saturday.WeeklyOff && saturday.Holiday != "", "a holiday on a weekly off is both")
	require.Equal(t, "Boxing Day", day(t, c, "2026-12-28").Holiday)
	// The substitute of a New Year's Day on a weekend may lie in the year after the span's last, and counts from the year before.
	newYear := hr.MustCalendar(hr.CalendarRules{Span: period("2023-01-02..2023-01-31"), Off: weekend, Holidays: gb.Holidays, Observe: hr.ObservedDay})
	require.Equal(t, "New Year's Day", day(t, newYear, "2023-01-02").Holiday) // 1 January 2023 is a Sunday
	// A United States New Year's Day on a Saturday is observed on 31 December of the year before.
	eve := hr.MustCalendar(hr.CalendarRules{Span: period("2021-12-01..2021-12-31"), Off: weekend, Holidays: us.Holidays, Observe: hr.ObservedDay})
	require.NotEmpty(t, day(t, eve, "2021-12-31").Holiday)
}

func TestOwnEntriesComeLast(t *testing.T) {
	c := hr.MustCalendar(hr.CalendarRules{
		Span: year2026, Off: weekend, Holidays: us.Holidays, Observe: hr.ActualDay,
		Entries: []hr.CalendarEntry{
			{Date: hr.MustDate("2026-11-26"), Kind: hr.DayWorking},                          // Thanksgiving: a make-up day
			{Date: hr.MustDate("2026-12-25"), Kind: hr.DayHalf},                             // Christmas: half a day
			{Date: hr.MustDate("2026-10-31"), Kind: hr.DayWorking},                          // a Saturday
			{Date: hr.MustDate("2026-12-31"), Kind: hr.DayOff},                              // shutdown
			{Date: hr.MustDate("2026-11-09"), Kind: hr.DayHoliday, Name: "Founders' day"},   // a Monday
			{Date: hr.MustDate("2026-11-07"), Kind: hr.DayHoliday, Name: "Annual function"}, // a Saturday
			{Date: hr.MustDate("2026-11-10"), Kind: hr.DayRestricted, Name: "Bhai Dooj"},
			{Date: hr.MustDate("2026-11-11"), Kind: hr.DayRestricted, Name: "Chhath"},
			{Date: hr.MustDate("2026-11-11"), Kind: hr.DayHalf},
		},
	})
	want := map[string]hr.Day{
		"2026-11-26": {Halves: 2},
		"2026-12-25": {Halves: 1},
		"2026-10-31": {Halves: 2},
		"2026-12-31": {Halves: 0, WeeklyOff: true},
		"2026-11-09": {Halves: 0, Holiday: "Founders' day"},
		"2026-11-07": {Halves: 0, Holiday: "Annual function", WeeklyOff: true},
		"2026-11-10": {Halves: 2, Restricted: "Bhai Dooj"},
		"2026-11-11": {Halves: 1, Restricted: "Chhath"},
	}
	for date, d := range want {
		d.Date = hr.MustDate(date)
		require.Equal(t, d, day(t, c, date), date)
	}
	require.Equal(t, "0.5", day(t, c, "2026-11-11").Portion().String())
	require.Equal(t, "0", day(t, c, "2026-11-09").Portion().String())
}

func TestCalendarReportsEveryFaultAtOnce(t *testing.T) {
	_, err := hr.NewCalendar(hr.CalendarRules{
		Span: period("2026-01-01.."), Off: []hr.WeekdayRule{{Weekday: 7}, {Weekday: time.Saturday, Nth: []int{0, 2, 6}}},
		Half:     []hr.WeekdayRule{{Weekday: time.Saturday, Nth: []int{-2}}},
		Holidays: []*cal.Holiday{nil, {Name: "When?"}, {Func: cal.CalcDayOfMonth, Month: time.May, Day: 1}, gb.NewYear},
		Entries: []hr.CalendarEntry{
			{Date: hr.MustDate("2026-05-01"), Kind: hr.DayHoliday},
			{Date: hr.MustDate("2025-05-01"), Kind: hr.DayWorking},
			{Date: hr.MustDate("2026-05-01"), Kind: hr.DayWorking},
			{Date: hr.MustDate("2026-05-02"), Kind: "fancy"},
			{Kind: hr.DayOff},
		},
	})
	var paths []string
	for _, f := range hr.FieldErrors(err) {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{
		"span", "off[0].weekday", "off[1].nth[0]", "off[1].nth[2]", "half[0].nth[0]", "observe", "holidays[0]", "holidays[1]", "holidays[2]",
		"entries[0].name", "entries[1].date", "entries[2].date", "entries[3].kind", "entries[4].date",
	}, paths, err)
	_, err = hr.NewCalendar(hr.CalendarRules{})
	require.ErrorIs(t, err, hr.ErrRequired)
	_, err = hr.NewCalendar(hr.CalendarRules{Span: period("1800-01-01..2100-01-01")})
	require.Equal(t, hr.RuleCalendarSpan, hr.FieldErrors(err)[0].Rule)
	require.Panics(t, func() { hr.MustCalendar(hr.CalendarRules{}) })
	longest := hr.Period{From: hr.MustDate("1900-01-01"), Through: hr.MustDate("1900-01-01").Add(366*200 - 1)} // 200 years of 366 days
	require.Equal(t, longest, hr.MustCalendar(hr.CalendarRules{Span: longest}).Span())
	longest.Through = longest.Through.Add(1)
	_, err = hr.NewCalendar(hr.CalendarRules{Span: longest})
	require.Equal(t, hr.RuleCalendarSpan, hr.FieldErrors(err)[0].Rule, "a day more is too long")
}

func TestACalendarKnowsItsSpanOnly(t *testing.T) {
	c := hr.MustCalendar(hr.CalendarRules{Name: "IN-KA", Span: year2026, Off: everySunday})
	require.Equal(t, "IN-KA", c.Name())
	require.Equal(t, year2026, c.Span())
	for _, err := range []error{
		second(c.Day(hr.MustDate("2025-12-31"))), second(c.Day(hr.Date{})), second(c.Days(period("2026-12-01..2027-01-01"))),
		second(c.Days(period("2026-12-01.."))), second(c.WorkingDays(period("2025-12-31..2026-01-01"))), second(c.AddWorkingDays(hr.MustDate("2026-12-30"), 5)),
		second(c.AddWorkingDays(hr.MustDate("2026-01-02"), -5)), second(hr.Calendar{}.Day(hr.MustDate("2026-01-01"))),
	} {
		require.ErrorIs(t, err, hr.ErrNoValue)
		require.Equal(t, hr.RuleCalendarSpan, hr.FieldErrors(err)[0].Rule)
	}
	days, err := c.Days(hr.Period{})
	require.NoError(t, err)
	require.Empty(t, days)
	days, err = c.Days(year2026)
	require.NoError(t, err)
	days[0].Halves = 0
	require.Equal(t, 2, day(t, c, "2026-01-01").Halves, "the calendar is immutable")
}

func second[T any](_ T, err error) error { return err }

// Walking day by day is the second method.
func TestAddWorkingDaysCountsDays(t *testing.T) {
	c := hr.MustCalendar(hr.CalendarRules{Span: period("2024-01-01..2029-12-31"), Off: weekend, Half: []hr.WeekdayRule{{Weekday: time.Wednesday, Nth: []int{1}}}, Holidays: gb.Holidays, Observe: hr.BothDays})
	rapid.Check(t, func(t *rapid.T) {
		d := recent().Draw(t, "d")
		n := rapid.IntRange(0, 60).Draw(t, "n")
		due, err := c.AddWorkingDays(d, n)
		require.NoError(t, err)
		worked, sum := 0, 0
		for x := d.Add(1); !x.After(due); x = x.Add(1) {
			halves := day(t, c, x.String()).Halves
			sum += halves
			if halves > 0 {
				worked++
			}
		}
		require.Equal(t, n, worked)
		if n > 0 {
			require.True(t, day(t, c, due.String()).Working())
			total, err := c.WorkingDays(hr.Period{From: d.Add(1), Through: due})
			require.NoError(t, err)
			require.Equal(t, decimal.New(int64(sum)*5, -1).String(), total.String())
			back, err := c.AddWorkingDays(due.Add(1), -n)
			require.NoError(t, err)
			require.True(t, back.After(d), "counting back from the day after the due date finds the first of them")
		}
	})
}

// rickar/cal changes holidays in place and gives times in the machine's zone: neither reaches a calendar that was built.
func TestWhatOthersDoToRickarCalDoesNotMatter(t *testing.T) {
	mine := &cal.Holiday{Name: "Mine", Month: time.May, Day: 4, Func: cal.CalcDayOfMonth}
	c := hr.MustCalendar(hr.CalendarRules{Span: year2026, Holidays: []*cal.Holiday{mine}, Observe: hr.ActualDay})
	other := cal.NewBusinessCalendar()
	other.AddHoliday(mine)
	mine.Name, mine.Day = "Changed", 5
	require.Equal(t, "Mine", day(t, c, "2026-05-04").Holiday)
	require.Empty(t, day(t, c, "2026-05-05").Holiday)
	together := hr.MustCalendar(hr.CalendarRules{Span: year2026, Observe: hr.ActualDay, Holidays: []*cal.Holiday{
		mine, mine, {Name: "Theirs", Month: time.May, Day: 5, Func: cal.CalcDayOfMonth},
	}})
	require.Equal(t, "Changed, Theirs", day(t, together, "2026-05-05").Holiday)

	// Clocks in Brazil went forward at midnight on 2 November 2004, All Souls' Day: in its zone the day has no start, and
	// rickar/cal answers with 23:00 of the day before.
	defer func(loc *time.Location) { cal.DefaultLoc = loc }(cal.DefaultLoc)
	cal.DefaultLoc = zone(t, "America/Sao_Paulo")
	souls := &cal.Holiday{Name: "Finados", Month: time.November, Day: 2, Func: cal.CalcDayOfMonth}
	late := &cal.Holiday{Name: "Late", Month: time.November, Day: 4, Func: func(h *cal.Holiday, year int) time.Time {
		return time.Date(year, h.Month, h.Day, 23, 0, 0, 0, cal.DefaultLoc) // an hour before midnight, and clocks stay
	}}
	brazil := hr.MustCalendar(hr.CalendarRules{Span: period("2004-11-01..2004-11-30"), Holidays: []*cal.Holiday{souls, late}, Observe: hr.ActualDay})
	require.Empty(t, day(t, brazil, "2004-11-01").Holiday)
	require.Equal(t, "Finados", day(t, brazil, "2004-11-02").Holiday)
	require.Equal(t, "Late", day(t, brazil, "2004-11-04").Holiday)
}

// Run with -race.
func TestACalendarIsSafeForManyReaders(t *testing.T) {
	rules := hr.CalendarRules{Span: year2026, Off: weekend, Holidays: gb.Holidays, Observe: hr.BothDays}
	c := hr.MustCalendar(rules)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				_, _ = c.WorkingDays(year2026)
				_, _ = c.Day(hr.MustDate("2026-12-25"))
			}
			_ = hr.MustCalendar(rules) // builders read the shared holidays too
		})
	}
	wg.Wait()
}

func ExampleCalendar() {
	c := hr.MustCalendar(hr.CalendarRules{
		Name: "Bengaluru",
		Span: hr.MustPeriod("2026-01-01..2026-12-31"),
		Off:  []hr.WeekdayRule{{Weekday: time.Sunday}, {Weekday: time.Saturday, Nth: []int{2, 4}}},
		Entries: []hr.CalendarEntry{
			{Date: hr.MustDate("2026-10-02"), Kind: hr.DayHoliday, Name: "Gandhi Jayanti"},
			{Date: hr.MustDate("2026-10-20"), Kind: hr.DayRestricted, Name: "Dussehra"},
		},
	})
	days, _ := c.WorkingDays(hr.MustPeriod("2026-10-01..2026-10-31"))
	fmt.Println(days, "working days in October")
	due, _ := c.AddWorkingDays(hr.MustDate("2026-10-01"), 1)
	fmt.Println("the working day after 1 October:", due)
	// Output:
	// 24 working days in October
	// the working day after 1 October: 2026-10-03
}
