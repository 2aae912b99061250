package hr_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
	_ "time/tzdata" // the tests name zones and run on machines that have none

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

// days draws any day of the calendar, the ends included.
func days() *rapid.Generator[hr.Date] {
	first := hr.MustDate("0001-01-01")
	return rapid.Map(rapid.IntRange(0, 3652058), first.Add)
}

// recent draws a day within a few years, so that two of them often meet.
func recent() *rapid.Generator[hr.Date] {
	return rapid.Map(rapid.IntRange(0, 800), hr.MustDate("2025-06-01").Add)
}

func utc(d hr.Date) time.Time {
	y, m, day := d.Parts()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}

// Package time, in UTC, is the second method for everything a Date does.
func TestDateAgreesWithPackageTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, o := days().Draw(t, "d"), days().Draw(t, "o")
		n := rapid.IntRange(-4000000, 4000000).Draw(t, "n")
		u := utc(d)
		require.Equal(t, u.Format("2006-01-02"), d.String())
		require.Equal(t, []int{u.Year(), int(u.Month()), u.Day()}, []int{d.Year(), int(d.Month()), d.Day()})
		require.Equal(t, u.Weekday(), d.Weekday())
		require.Equal(t, u.AddDate(0, 1, -u.Day()).Day(), d.DaysInMonth())
		require.Equal(t, u.AddDate(0, 0, 1-u.Day()).Format("2006-01-02"), d.FirstOfMonth().String())
		require.Equal(t, int((u.Unix()-utc(o).Unix())/86400), d.Since(o))
		require.Equal(t, u.Compare(utc(o)), d.Compare(o))
		require.Equal(t, u.Before(utc(o)), d.Before(o))
		require.Equal(t, u.After(utc(o)), d.After(o))
		require.Equal(t, d, o.Add(d.Since(o)))
		moved := u.AddDate(0, 0, n)
		if moved.Year() < 1 || moved.Year() > 9999 {
			require.True(t, d.Add(n).IsZero(), "past the end of the calendar there is no date")
		} else {
			require.Equal(t, moved.Format("2006-01-02"), d.Add(n).String())
		}
	})
}

func TestEveryDayIsADay(t *testing.T) {
	d := hr.MustDate("1999-12-31")
	for u := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); u.Year() < 2101; u = u.AddDate(0, 0, 1) {
		d = d.Add(1)
		made, err := hr.NewDate(u.Date())
		require.NoError(t, err)
		require.Equal(t, made, d)
		parsed, err := hr.ParseDate(u.Format("2006-01-02"))
		require.NoError(t, err)
		require.Equal(t, d, parsed)
	}
}

func TestDateRefusesWhatNoCalendarHas(t *testing.T) {
	for _, text := range []string{
		"2026-02-29", "2026-02-30", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "0000-01-01",
		"", "2026-1-01", "26-01-01", "2026/01/01", "2026-01-01T00:00:00Z", " 2026-01-01", "２026-01-01", "-001-01-01", "20a6-01-01",
	} {
		_, err := hr.ParseDate(text)
		require.ErrorIs(t, err, hr.ErrInvalid, text)
		require.Equal(t, hr.RuleDateInvalid, hr.FieldErrors(err)[0].Rule)
	}
	require.NotPanics(t, func() { hr.MustDate("2024-02-29"); hr.MustDate("2000-02-29"); hr.MustDate("9999-12-31") })
	require.Panics(t, func() { hr.MustDate("2023-02-29") })
	_, err := hr.NewDate(10000, 1, 1)
	require.Error(t, err)
}

func TestNoDate(t *testing.T) {
	var none hr.Date
	require.True(t, none.IsZero())
	require.Empty(t, none.String())
	require.Equal(t, []int{0, 0, 0, 0}, []int{none.Year(), int(none.Month()), none.Day(), none.DaysInMonth()})
	require.True(t, none.Before(hr.MustDate("0001-01-01")))
	require.Equal(t, none, none.Add(5))
	require.Equal(t, none, none.FirstOfMonth())
	require.Equal(t, none, none.EndOfMonth())
	require.True(t, none.At(hr.MustTimeOfDay("10:00"), time.UTC).IsZero())
	_, err := none.AddMonths(1, hr.MonthClamp)
	require.Equal(t, hr.RuleDateRange, hr.FieldErrors(err)[0].Rule)
	require.True(t, hr.DateOf(time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC), time.UTC).IsZero())
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from                         string
		n                            int
		clamp, sticks, overflow, why string
	}{
		{"2026-01-31", 1, "2026-02-28", "2026-02-28", "2026-03-03", "the day is missing in February"},
		{"2028-01-31", 1, "2028-02-29", "2028-02-29", "2028-03-02", "in a leap year too"},
		{"2026-02-28", 1, "2026-03-28", "2026-03-31", "2026-03-28", "a last day stays one only where it sticks"},
		{"2028-02-28", 1, "2028-03-28", "2028-03-28", "2028-03-28", "28 February is no last day of 2028"},
		{"2026-04-30", 1, "2026-05-30", "2026-05-31", "2026-05-30", ""},
		{"2026-03-31", -1, "2026-02-28", "2026-02-28", "2026-03-03", "back is as forward"},
		{"2026-10-15", 3, "2027-01-15", "2027-01-15", "2027-01-15", "over the year's end"},
		{"2026-10-15", -10, "2025-12-15", "2025-12-15", "2025-12-15", ""},
		{"2024-02-29", 12, "2025-02-28", "2025-02-28", "2025-03-01", "a leap day's year"},
		{"2026-10-31", 0, "2026-10-31", "2026-10-31", "2026-10-31", ""},
		{"0001-02-15", -1, "0001-01-15", "0001-01-15", "0001-01-15", "the first month of the calendar"},
		{"9999-11-30", 1, "9999-12-30", "9999-12-31", "9999-12-30", "the last one"},
	} {
		for rule, want := range map[hr.MonthRule]string{hr.MonthClamp: c.clamp, hr.MonthEndSticks: c.sticks, hr.MonthOverflow: c.overflow} {
			got, err := hr.MustDate(c.from).AddMonths(c.n, rule)
			require.NoError(t, err)
			require.Equal(t, want, got.String(), "%s + %d months, %s: %s", c.from, c.n, rule, c.why)
		}
	}
	_, err := hr.MustDate("2026-01-31").AddMonths(1, "")
	require.Equal(t, hr.RuleMonthRule, hr.FieldErrors(err)[0].Rule)
	for _, n := range []int{-12, 12 * 9999, 1 << 40, -(1 << 40)} {
		_, err = hr.MustDate("0001-12-31").AddMonths(n, hr.MonthClamp)
		require.Equal(t, hr.RuleDateRange, hr.FieldErrors(err)[0].Rule, n)
	}
	_, err = hr.MustDate("9999-12-31").AddMonths(1, hr.MonthOverflow)
	require.Error(t, err)
}

// Overflow is time.AddDate; clamp is overflow where the day exists and the month's last day where not; a month added and taken
// away again is the same day wherever the days exist.
func TestAddMonthsAgreesWithPackageTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := recent().Draw(t, "d")
		n := rapid.IntRange(-300, 300).Draw(t, "n")
		over, err := d.AddMonths(n, hr.MonthOverflow)
		require.NoError(t, err)
		require.Equal(t, utc(d).AddDate(0, n, 0).Format("2006-01-02"), over.String())
		clamp, err := d.AddMonths(n, hr.MonthClamp)
		require.NoError(t, err)
		sticks, err := d.AddMonths(n, hr.MonthEndSticks)
		require.NoError(t, err)
		month := utc(d.FirstOfMonth()).AddDate(0, n, 0)
		require.Equal(t, month.Month(), clamp.Month())
		if over.Month() == month.Month() {
			require.Equal(t, over, clamp)
		} else {
			require.Equal(t, clamp.EndOfMonth(), clamp)
		}
		if d == d.EndOfMonth() {
			require.Equal(t, sticks.EndOfMonth(), sticks)
		} else {
			require.Equal(t, clamp, sticks)
		}
	})
}

func zone(t require.TestingT, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

func TestAtOverClockChanges(t *testing.T) {
	for _, c := range []struct{ zone, date, clock, want, why string }{
		{"Europe/London", "2026-03-29", "00:59", "2026-03-29T00:59:00Z", "the last minute of winter time"},
		{"Europe/London", "2026-03-29", "01:00", "2026-03-29T01:00:00Z", "skipped: the instant of the change"},
		{"Europe/London", "2026-03-29", "01:30", "2026-03-29T01:00:00Z", "skipped: the instant of the change"},
		{"Europe/London", "2026-03-29", "02:00", "2026-03-29T01:00:00Z", "the first of summer time"},
		{"Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30:00Z", "comes twice: the first"},
		{"Europe/London", "2026-10-25", "02:00", "2026-10-25T02:00:00Z", ""},
		{"Europe/London", "2026-10-25", "24:00", "2026-10-26T00:00:00Z", "a day of 25 hours ends once"},
		{"America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00:00Z", "skipped"},
		{"America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z", "comes twice: the first"},
		{"America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00:00Z", ""},
		{"Asia/Kolkata", "2026-10-31", "22:00", "2026-10-31T16:30:00Z", "no changes"},
		{"Asia/Kolkata", "2026-10-31", "24:00", "2026-10-31T18:30:00Z", "the start of the next day"},
		{"Pacific/Apia", "2011-12-29", "23:59", "2011-12-30T09:59:00Z", "before the day that Samoa left out"},
		{"Pacific/Apia", "2011-12-29", "24:00", "2011-12-30T10:00:00Z", ""},
		{"Pacific/Apia", "2011-12-30", "00:00", "2011-12-30T10:00:00Z", "the whole day was skipped"},
		{"Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T10:00:00Z", "the whole day was skipped"},
		{"Pacific/Apia", "2011-12-30", "23:00", "2011-12-30T10:00:00Z", "the whole day was skipped"},
		{"Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00:00Z", "the day after it"},
		{"America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00:00Z", "clocks went forward at midnight"},
		{"Pacific/Kiritimati", "2026-10-31", "00:00", "2026-10-30T10:00:00Z", ""},
	} {
		got := hr.MustDate(c.date).At(hr.MustTimeOfDay(c.clock), zone(t, c.zone))
		require.Equal(t, c.want, got.UTC().Format(time.RFC3339), "%s %s %s: %s", c.zone, c.date, c.clock, c.why)
	}
}

// The dumb method: watch the clock on the wall minute by minute, and stop when it first shows the time or a later one.
func TestAtAgreesWithWatchingTheClock(t *testing.T) {
	zones := []string{"Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "UTC"}
	rapid.Check(t, func(t *rapid.T) {
		loc := zone(t, rapid.SampledFrom(zones).Draw(t, "zone"))
		d := rapid.Map(rapid.IntRange(0, 20000), hr.MustDate("1975-01-01").Add).Draw(t, "day")
		if changes := changesIn(d.Year(), loc); len(changes) > 0 && rapid.Bool().Draw(t, "near a change") {
			d = hr.DateOf(rapid.SampledFrom(changes).Draw(t, "change"), loc).Add(rapid.IntRange(-1, 1).Draw(t, "beside"))
		}
		minute := rapid.IntRange(0, 1440).Draw(t, "minute")
		clock, err := hr.NewTimeOfDay(minute/60, minute%60, 0)
		require.NoError(t, err)
		wall := utc(d).Add(time.Duration(minute) * time.Minute)
		at := wall.Add(-27 * time.Hour)
		for ; ; at = at.Add(time.Minute) {
			_, offset := at.In(loc).Zone()
			if shown := at.Add(time.Duration(offset) * time.Second); !shown.Before(wall) {
				break
			}
		}
		got := d.At(clock, loc)
		require.True(t, at.Equal(got), "%s %s in %s: want %s, got %s", d, clock, loc, at, got.UTC())
		require.Equal(t, loc, got.Location())
	})
}

func changesIn(year int, loc *time.Location) (changes []time.Time) {
	at := time.Date(year, 1, 1, 0, 0, 0, 0, loc)
	for {
		_, until := at.ZoneBounds()
		if until.IsZero() || until.Year() > year {
			return changes
		}
		changes, at = append(changes, until), until
	}
}

func TestDateTextAndColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := days().Draw(t, "d")
		b, err := json.Marshal(map[hr.Date]hr.Date{d: d})
		require.NoError(t, err)
		var back map[hr.Date]hr.Date
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, map[hr.Date]hr.Date{d: d}, back)
		stored, err := d.Value()
		require.NoError(t, err)
		for _, column := range []any{stored, []byte(stored.(string)), utc(d), utc(d).Add(5 * time.Hour).In(time.FixedZone("", 0))} {
			var read hr.Date
			require.NoError(t, read.Scan(column))
			require.Equal(t, d, read)
		}
	})
	stored, err := hr.Date{}.Value()
	require.NoError(t, err)
	require.Nil(t, stored)
	d := hr.MustDate("2026-10-31")
	require.NoError(t, d.Scan(nil))
	require.True(t, d.IsZero())
	require.Error(t, d.Scan(42))
	require.NoError(t, d.Scan(time.Date(2026, 10, 31, 23, 0, 0, 0, time.FixedZone("", -36000))), "a column's day is not moved to another zone")
	require.Equal(t, "2026-10-31", d.String())
	require.Error(t, d.UnmarshalText([]byte("31.10.2026")))
	require.Equal(t, "2026-10-31", d.String(), "what cannot be read changes nothing")
	require.NoError(t, d.UnmarshalText(nil))
	require.True(t, d.IsZero())
}

func TestDateOfTakesTheDayOfTheZone(t *testing.T) {
	at := time.Date(2026, 10, 31, 20, 0, 0, 0, time.UTC)
	require.Equal(t, "2026-11-01", hr.DateOf(at, zone(t, "Asia/Kolkata")).String())
	require.Equal(t, "2026-10-31", hr.DateOf(at, zone(t, "America/New_York")).String())
	require.Equal(t, "2026-11-01", hr.DateOf(at, zone(t, "Pacific/Kiritimati")).String())
	for _, end := range []string{"0001-01-01", "9999-12-31"} { // 9999-12-31 is what many systems store for "for ever"
		require.Equal(t, end, hr.DateOf(utc(hr.MustDate(end)), time.UTC).String())
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-10-31", "2026-02-30", "", "0001-01-01", "9999-12-31", "2026-10-3x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := hr.ParseDate(s)
		std, stdErr := time.Parse("2006-01-02", s)
		if stdErr == nil && std.Year() == 0 {
			stdErr = err // our calendar begins with year 1
		}
		require.Equal(t, stdErr == nil, err == nil, s)
		if err == nil {
			require.Equal(t, s, d.String())
		}
	})
}

func ExampleDate_AddMonths() {
	d := hr.MustDate("2026-01-31")
	for _, rule := range []hr.MonthRule{hr.MonthClamp, hr.MonthEndSticks, hr.MonthOverflow} {
		february, _ := d.AddMonths(1, rule)
		march, _ := february.AddMonths(1, rule)
		fmt.Println(rule, february, march)
	}
	// Output:
	// clamp 2026-02-28 2026-03-28
	// end_sticks 2026-02-28 2026-03-31
	// overflow 2026-03-03 2026-04-03
}

func ExampleDate_At() {
	london, _ := time.LoadLocation("Europe/London")
	night := hr.MustDate("2026-10-24") // clocks go back in this night
	from, until := night.At(hr.MustTimeOfDay("22:00"), london), night.Add(1).At(hr.MustTimeOfDay("06:00"), london)
	fmt.Println(until.Sub(from))
	// Output: 9h0m0s
}

// Every day there is has the year, the month and the day that the standard library's calendar gives it, and is made from them again.
func TestEveryDayIsThatOfTheCalendar(t *testing.T) {
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := hr.MustDate("0001-01-01"); !d.IsZero(); d = d.Add(1) {
		y, m, day := d.Parts()
		if wy, wm, wd := at.Date(); y != wy || m != wm || day != wd {
			t.Fatalf("%s is %d-%d-%d", at.Format(time.DateOnly), y, m, day)
		}
		if again, err := hr.NewDate(y, m, day); err != nil || again != d {
			t.Fatalf("%d-%d-%d is made %s: %v", y, m, day, again, err)
		}
		next := at.AddDate(0, 0, 1)
		if last := next.Month() != m; last != (day == d.DaysInMonth()) {
			t.Fatalf("%s is the last of its month: %v", d, last)
		}
		at = next
	}
	require.Equal(t, 10000, at.Year())
}
