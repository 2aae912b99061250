package uk_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance/statutory/uk"
)

var on = hr.MustDate("2026-06-01")

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func rules(err error) (out []hr.Rule) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Rule)
	}
	return out
}

func TestAverages(t *testing.T) {
	for _, row := range []struct {
		hours, after string
		weeks        int
		want         string
		over         bool
	}{
		{"816", "0", 0, "48", false},         // 816 / 17 = 48 exactly, which is within the limit
		{"816.01", "0", 17, "48.0006", true}, // 48.000588...
		{"760", "56", 17, "48", false},       // hours made up after leave
		{"2600", "0", 52, "50", true},
	} {
		got, err := uk.WeeklyAverage(uk.Pack(), on, dec(row.hours), dec(row.after), row.weeks)
		require.NoError(t, err)
		require.Equal(t, row.want, hr.Canonical(got.Hours))
		require.Equal(t, row.over, got.Over)
	}
	// Reg 6(5): 119 days less 17 of rest are 102; 680 / 102 = 6.6666..., and 816.0001 / 102 is over 8 where its four decimals are not.
	got, err := uk.NightAverage(uk.Pack(), on, dec("680"), 119, 17)
	require.NoError(t, err)
	require.Equal(t, uk.Average{Hours: dec("6.6667")}, got)
	got, err = uk.NightAverage(uk.Pack(), on, dec("816.0001"), 119, 17)
	require.NoError(t, err)
	require.True(t, got.Over)
	require.Equal(t, "8", hr.Canonical(got.Hours))
}

// London's clocks go forward in the night to 29 March 2026 and back in that to 25 October: rest is what passed.
func TestDailyRest(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, london)
		require.NoError(t, err)
		return v
	}
	for _, row := range []struct {
		finish, next string
		young        bool
		minutes      int
		enough       bool
	}{
		{"2026-06-01 22:00", "2026-06-02 09:00", false, 660, true},
		{"2026-06-01 22:00", "2026-06-02 08:59", false, 659, false},
		{"2026-06-01 22:00", "2026-06-02 09:30", true, 690, false},
		{"2026-06-01 21:00", "2026-06-02 09:00", true, 720, true},
		{"2026-03-28 22:00", "2026-03-29 09:30", false, 630, false},
		{"2026-10-24 22:00", "2026-10-25 08:00", false, 660, true},
	} {
		minutes, enough, err := uk.DailyRest(uk.Pack(), on, at(row.finish), at(row.next), row.young)
		require.NoError(t, err)
		require.Equal(t, row.minutes, minutes)
		require.Equal(t, row.enough, enough)
	}
}

func TestBreakDue(t *testing.T) {
	for _, row := range []struct {
		minutes int
		young   bool
		want    int
	}{{360, false, 0}, {361, false, 20}, {270, true, 0}, {271, true, 30}, {0, false, 0}} {
		got, err := uk.BreakDue(uk.Pack(), on, row.minutes, row.young)
		require.NoError(t, err)
		require.Equal(t, row.want, got)
	}
}

func TestYoungOver(t *testing.T) {
	for _, row := range []struct {
		day, week         int
		overDay, overWeek bool
	}{{480, 2400, false, false}, {481, 2400, true, false}, {480, 2401, false, true}} {
		day, week, err := uk.YoungOver(uk.Pack(), on, row.day, row.week)
		require.NoError(t, err)
		require.Equal(t, [2]bool{row.overDay, row.overWeek}, [2]bool{day, week})
	}
	_, _, err := uk.YoungOver(uk.Pack(), on, -1, 0)
	require.Equal(t, []hr.Rule{uk.RuleNegative}, rules(err))
	_, _, err = uk.YoungOver(uk.Pack(), hr.MustDate("2003-04-05"), 1, 1)
	require.ErrorIs(t, err, hr.ErrNoValue)
}

func TestRefusals(t *testing.T) {
	p, minus := uk.Pack(), dec("-1")
	_, err := uk.WeeklyAverage(p, on, minus, minus, -1)
	require.Equal(t, []hr.Rule{uk.RuleNegative, uk.RuleNegative, uk.RuleNoTime}, rules(err))
	_, err = uk.NightAverage(p, on, minus, 5, 5)
	require.Equal(t, []hr.Rule{uk.RuleNegative, uk.RuleNoTime}, rules(err))
	_, err = uk.NightAverage(p, on, dec("1"), 5, -1)
	require.Equal(t, []hr.Rule{uk.RuleNegative}, rules(err))
	_, _, err = uk.DailyRest(p, on, time.Time{}, time.Now(), false)
	require.Equal(t, []hr.Rule{uk.RuleOrder}, rules(err))
	_, _, err = uk.DailyRest(p, on, time.Unix(60, 0), time.Unix(0, 0), false)
	require.Equal(t, []hr.Rule{uk.RuleOrder}, rules(err))
	_, err = uk.BreakDue(p, on, -1, false)
	require.Equal(t, []hr.Rule{uk.RuleNegative}, rules(err))
	_, err = uk.WeeklyAverage(p, hr.MustDate("1998-09-30"), dec("1"), dec("0"), 0)
	require.ErrorIs(t, err, hr.ErrNoValue)
}

// Work from Monday 1 June 2026: five days of 09:00 to 17:00 leave the weekend; seven do not; of fourteen with one day off in the first week
// and one in the second there are two rests of a day, and with two in one week one of 48 hours.
func TestWeeklyRest(t *testing.T) {
	monday := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	days := func(list ...int) (out []uk.Span) {
		for _, d := range list {
			out = append([]uk.Span{{From: monday.AddDate(0, 0, d).Add(9 * time.Hour), Until: monday.AddDate(0, 0, d).Add(17 * time.Hour)}}, out...) // newest first
		}
		return out
	}
	for _, row := range []struct {
		days   int
		work   []uk.Span
		young  bool
		enough bool
	}{
		{7, days(0, 1, 2, 3, 4), false, true},                               // Friday 17:00 to Monday 00:00 are 55 hours
		{7, days(0, 1, 2, 3, 4), true, true},                                // and so enough for a young worker
		{7, days(0, 1, 2, 3, 4, 5), false, true},                            // 31 hours
		{7, days(0, 1, 2, 3, 4, 5), true, false},                            // of 48
		{7, days(0, 1, 2, 3, 4, 5, 6), false, false},                        // 16 hours at most
		{14, days(0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 12, 13), false, true},      // Thursday 17:00 to Saturday 09:00 twice, 40 hours each
		{14, days(0, 1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13), false, true},     // Thursday 17:00 to Sunday 09:00, 64 hours
		{14, days(0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13), false, false}, // 40 hours once
		{7, nil, false, true},
	} {
		_, enough, err := uk.WeeklyRest(uk.Pack(), on, monday, row.days, row.work, row.young)
		require.NoError(t, err)
		require.Equal(t, row.enough, enough, "%d days, %d of work", row.days, len(row.work))
	}
	// From Saturday 28 March, 00:30, to Sunday 29 March, 02:00 summer time: 25 and a half hours on the clock, of which 24 and a half pass.
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, london) }
	busy := []uk.Span{{From: at(23, 0, 0), Until: at(28, 0, 30)}, {From: at(29, 2, 0), Until: at(30, 12, 0)}}
	longest, enough, err := uk.WeeklyRest(uk.Pack(), on, at(23, 0, 0), 7, busy, false)
	require.NoError(t, err)
	require.Equal(t, 24*60+30, longest)
	require.True(t, enough)
	_, _, err = uk.WeeklyRest(uk.Pack(), on, time.Time{}, 14, []uk.Span{{From: at(2, 0, 0), Until: at(1, 0, 0)}}, true)
	require.Equal(t, []hr.Rule{uk.RuleNoTime, uk.RuleOrder, uk.RuleOrder}, rules(err))
}

func TestNightWork(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, london)
	}
	for _, row := range []struct {
		shift   uk.Span
		minutes int
		worker  bool
	}{
		{uk.Span{From: at(6, 1, 22), Until: at(6, 2, 6)}, 420, true},
		{uk.Span{From: at(6, 1, 18), Until: at(6, 2, 2)}, 180, true},
		{uk.Span{From: at(6, 1, 18), Until: at(6, 2, 1)}, 120, false},
		{uk.Span{From: at(6, 1, 4), Until: at(6, 1, 12)}, 120, false},
		{uk.Span{From: at(3, 28, 22), Until: at(3, 29, 6)}, 360, true}, // the hour that is skipped is not worked
		{uk.Span{From: at(6, 1, 9), Until: at(6, 1, 17)}, 0, false},
	} {
		minutes, worker, err := uk.NightWork(uk.Pack(), on, row.shift, london)
		require.NoError(t, err)
		require.Equal(t, row.minutes, minutes)
		require.Equal(t, row.worker, worker)
	}
	_, _, err = uk.NightWork(uk.Pack(), on, uk.Span{}, nil)
	require.Equal(t, []hr.Rule{uk.RuleOrder}, rules(err))
	for minutes, want := range map[int]bool{480: false, 481: true} {
		over, err := uk.HazardOver(uk.Pack(), on, minutes)
		require.NoError(t, err)
		require.Equal(t, want, over)
	}
	_, err = uk.HazardOver(uk.Pack(), on, -1)
	require.Equal(t, []hr.Rule{uk.RuleNegative}, rules(err))
}
