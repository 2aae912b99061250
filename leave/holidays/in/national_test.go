package in_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave/holidays/in"
)

func holidays(t *testing.T, span string) map[string]string {
	t.Helper()
	c, err := hr.NewCalendar(hr.CalendarRules{Span: hr.MustPeriod(span), Holidays: in.National(), Observe: hr.BothDays})
	require.NoError(t, err)
	days, err := c.Days(c.Span())
	require.NoError(t, err)
	named := map[string]string{}
	for _, d := range days {
		if d.Holiday != "" {
			named[d.Date.String()] = d.Holiday
		}
	}
	return named
}

// The dates are those of every government calendar of India; no day moves, although 15 August 2026 is a Saturday.
func TestNationalHolidays(t *testing.T) {
	for year := 1950; year <= 2100; year++ {
		require.Equal(t, map[string]string{
			fmt.Sprintf("%d-01-26", year): "Republic Day",
			fmt.Sprintf("%d-08-15", year): "Independence Day",
			fmt.Sprintf("%d-10-02", year): "Gandhi Jayanti",
		}, holidays(t, fmt.Sprintf("%d-01-01..%d-12-31", year, year)))
	}
	require.Equal(t, map[string]string{
		"1947-08-15": "Independence Day", "1948-08-15": "Independence Day", "1949-08-15": "Independence Day",
		"1948-10-02": "Gandhi Jayanti", "1949-10-02": "Gandhi Jayanti",
	}, holidays(t, "1900-01-01..1949-12-31"))
}

func TestEveryHolidayNamesItsSource(t *testing.T) {
	for _, h := range in.National() {
		require.Regexp(t, `memorandum.*section \d+`, h.Description, h.Name)
	}
}

func TestEachCallReturnsFreshValues(t *testing.T) {
	mine := in.National()
	mine[0].Name, mine[0].Day = "changed", 1
	require.Equal(t, "Republic Day", in.National()[0].Name)
	require.Equal(t, "Republic Day", holidays(t, "2026-01-01..2026-01-31")["2026-01-26"])
}

// A host adds the days of the state, its own and the restricted ones from which employees choose.
func Example() {
	entry := func(kind hr.DayKind, date, name string) hr.CalendarEntry {
		return hr.CalendarEntry{Date: hr.MustDate(date), Kind: kind, Name: name}
	}
	karnataka := []hr.CalendarEntry{
		entry(hr.DayHoliday, "2026-05-01", "May Day"),
		entry(hr.DayHoliday, "2026-11-01", "Kannada Rajyotsava"),
	}
	company := []hr.CalendarEntry{
		entry(hr.DayHoliday, "2026-11-09", "Founders' Day"),
		entry(hr.DayRestricted, "2026-10-20", "Dussehra"),
		entry(hr.DayWorking, "2026-10-10", ""), // a Saturday that makes up for a shutdown
	}
	calendar, err := hr.NewCalendar(hr.CalendarRules{
		Name:     "Bengaluru 2026",
		Span:     hr.MustPeriod("2026-01-01..2026-12-31"),
		Off:      []hr.WeekdayRule{{Weekday: time.Sunday}, {Weekday: time.Saturday, Nth: []int{2, 4}}},
		Holidays: in.National(),
		Observe:  hr.ActualDay,
		Entries:  append(karnataka, company...),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, date := range []string{"2026-10-02", "2026-10-10", "2026-10-20", "2026-11-01", "2026-11-09"} {
		d, _ := calendar.Day(hr.MustDate(date))
		fmt.Printf("%s works %s, weekly off %t, holiday %q, may be chosen %q\n", d.Date, d.Portion(), d.WeeklyOff, d.Holiday, d.Restricted)
	}
	october, _ := calendar.WorkingDays(hr.MustPeriod("2026-10-01..2026-10-31"))
	fmt.Println("October has", october, "working days")
	// Output:
	// 2026-10-02 works 0, weekly off false, holiday "Gandhi Jayanti", may be chosen ""
	// 2026-10-10 works 1, weekly off false, holiday "", may be chosen ""
	// 2026-10-20 works 1, weekly off false, holiday "", may be chosen "Dussehra"
	// 2026-11-01 works 0, weekly off true, holiday "Kannada Rajyotsava", may be chosen ""
	// 2026-11-09 works 0, weekly off false, holiday "Founders' Day", may be chosen ""
	// October has 25 working days
}
