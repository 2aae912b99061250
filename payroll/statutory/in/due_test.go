package in_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/in"
)

func sundaysOff(t testing.TB, entries ...hr.CalendarEntry) hr.Calendar {
	t.Helper()
	c, err := hr.NewCalendar(hr.CalendarRules{
		Name: "office", Span: hr.MustPeriod("2024-01-01..2028-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Sunday}}, Entries: entries,
	})
	require.NoError(t, err)
	return c
}

// 30 October 2026 is a Friday.
func TestFullAndFinalDue(t *testing.T) {
	holiday := hr.CalendarEntry{Date: hr.MustDate("2026-11-02"), Kind: hr.DayHoliday, Name: "Local holiday"}
	half := hr.CalendarEntry{Date: hr.MustDate("2026-10-31"), Kind: hr.DayHalf}
	for _, c := range []struct {
		last    string
		entries []hr.CalendarEntry
		want    string
	}{
		{"2026-10-30", nil, "2026-11-02"}, // Saturday, Monday
		{"2026-10-29", nil, "2026-10-31"}, // Friday, Saturday
		{"2026-10-31", nil, "2026-11-03"}, // Monday, Tuesday
		{"2026-11-01", nil, "2026-11-03"}, // who ends on a Sunday
		{"2026-10-30", []hr.CalendarEntry{holiday}, "2026-11-03"},
		{"2026-10-30", []hr.CalendarEntry{half}, "2026-11-02"}, // a half working day is one
	} {
		d, err := in.FullAndFinalDue(in.Pack(), hr.MustDate(c.last), sundaysOff(t, c.entries...))
		require.NoError(t, err)
		require.Equal(t, c.want, d.Day.String(), "%s %v", c.last, c.entries)
	}
	d, err := in.FullAndFinalDue(set("settlement.working_days", "2026-10-01", "1"), hr.MustDate("2026-10-30"), sundaysOff(t))
	require.NoError(t, err)
	require.Equal(t, "2026-10-31", d.Day.String(), "another limit of the appropriate Government")
	require.Contains(t, told(t, d.Trace), "set by the host on top of the pack")
}

func TestOtherDueDates(t *testing.T) {
	for name, c := range map[string]struct {
		due  func(payroll.Pack, hr.Date) (in.Due, error)
		from string
		want string
	}{
		"gratuity, 30 days after":                               {in.GratuityDue, "2026-10-31", "2026-11-30"},
		"gratuity under the Act":                                {in.GratuityDue, "2020-02-10", "2020-03-11"},
		"bonus, eight months after March":                       {in.BonusDue, "2027-03-31", "2027-11-30"},
		"bonus of a calendar year":                              {in.BonusDue, "2026-12-31", "2027-08-31"},
		"bonus of a year that ends on the last day of February": {in.BonusDue, "2026-02-28", "2026-10-31"},
		"bonus of a year that ends in June":                     {in.BonusDue, "2026-06-30", "2027-02-28"},
		"wages":                                                 {in.WagesDue, "2026-10-31", "2026-11-07"},
		"wages of December":                                     {in.WagesDue, "2026-12-15", "2027-01-07"},
	} {
		d, err := c.due(in.Pack(), hr.MustDate(c.from))
		require.NoError(t, err, name)
		require.Equal(t, c.want, d.Day.String(), name)
	}
}

func TestDueDatesRefuse(t *testing.T) {
	_, err := in.FullAndFinalDue(in.Pack(), hr.Date{}, sundaysOff(t))
	faulty(t, err, "last_working_day "+string(in.RuleDay))
	_, err = in.FullAndFinalDue(in.Pack(), hr.MustDate("2025-11-20"), sundaysOff(t))
	require.ErrorContains(t, err, "settlement.working_days has no value on 2025-11-20")
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.FullAndFinalDue(in.Pack(), hr.MustDate("2028-12-30"), sundaysOff(t))
	require.Equal(t, hr.RuleCalendarSpan, hr.FieldErrors(err)[0].Rule, "the calendar ends")
	for _, due := range []func(payroll.Pack, hr.Date) (in.Due, error){in.GratuityDue, in.BonusDue, in.WagesDue} {
		_, err := due(in.Pack(), hr.Date{})
		require.Equal(t, in.RuleDay, hr.FieldErrors(err)[0].Rule)
		_, err = due(in.Pack(), hr.MustDate("1950-01-01"))
		require.ErrorIs(t, err, hr.ErrNoValue)
	}
}

// The dumb way: list the days after the last one, strike what is off, take the second.
func TestFullAndFinalDueIsTheSecondOfTheWorkingDays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		last := hr.MustDate("2026-01-01").Add(rapid.IntRange(0, 300).Draw(rt, "last"))
		off := rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 0, 3, rapid.ID[int]).Draw(rt, "weekly offs")
		holidays := rapid.SliceOfNDistinct(rapid.IntRange(-3, 20), 0, 6, rapid.ID[int]).Draw(rt, "holidays after the last day")
		rules := hr.CalendarRules{Name: "drawn", Span: hr.MustPeriod("2025-12-01..2027-12-31")}
		for _, w := range off {
			rules.Off = append(rules.Off, hr.WeekdayRule{Weekday: time.Weekday(w)})
		}
		var struck []hr.Date
		for _, h := range holidays {
			struck = append(struck, last.Add(h))
			rules.Entries = append(rules.Entries, hr.CalendarEntry{Date: last.Add(h), Kind: hr.DayHoliday, Name: "holiday"})
		}
		var open []hr.Date
		for n := 1; n < 60; n++ {
			if d := last.Add(n); !slices.Contains(struck, d) && !slices.Contains(off, int(d.Weekday())) {
				open = append(open, d)
			}
		}
		c, err := hr.NewCalendar(rules)
		require.NoError(rt, err)
		d, err := in.FullAndFinalDue(in.Pack(), last, c)
		require.NoError(rt, err)
		if d.Day != open[1] {
			rt.Fatalf("due %s, want %s", d.Day, open[1])
		}
	})
}
