package attendance_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// assigned writes who owns what: "05: 22:00 +06:00 | 06: (12:00)", what does not count in brackets, a day later with a plus.
func assigned(t fataler, loc *time.Location, owned []attendance.DayPunches) string {
	t.Helper()
	var days []string
	for _, d := range owned {
		write := func(p attendance.Punch) string {
			return strings.Repeat("+", max(0, hr.DateOf(p.At, loc).Since(d.Date))) + strings.Repeat("-", max(0, d.Date.Since(hr.DateOf(p.At, loc)))) + p.At.In(loc).Format("15:04")
		}
		var words []string
		for _, p := range d.Inside {
			words = append(words, write(p))
		}
		for _, p := range d.Outside {
			words = append(words, "("+write(p)+")")
		}
		if len(words) > 0 {
			days = append(days, d.Date.String()[8:]+": "+strings.Join(words, " "))
		}
	}
	return strings.Join(days, " | ")
}

// Days begin on Monday, 5 October 2026. A day of the roster is "START-END", with /BEFORE/AFTER where there is a window, or "none".
func TestAssign(t *testing.T) {
	for _, row := range []struct {
		name, roster, punches string // punches: "day of the month, time" each
		want                  string
	}{
		{"a day shift", "09:00-18:00", "5 09:02, 5 18:01", "05: 09:02 18:01"},
		{
			"nights over midnight, one after another: 16 hours lie between, cut at 14:00",
			"22:00-06:00, 22:00-06:00",
			"5 21:55, 6 06:05, 6 21:50, 7 06:02", "05: 21:55 +06:05 | 06: 21:50 +06:02",
		},
		{"the cut itself is the later day's", "22:00-06:00, 22:00-06:00", "6 13:59, 6 14:00", "05: +13:59 | 06: 14:00"},
		{
			"a night before an evening: from 06:00 to 14:00 the cut is 10:00, however far the windows reach",
			"22:00-06:00/720/720, 14:00-22:00/720/720",
			"6 09:59, 6 10:00", "05: +09:59 | 06: 10:00",
		},
		{
			"an early check-in takes nothing from the night before: 06:00 to 07:00 is cut at 06:30",
			"22:00-06:00, 07:00-15:00",
			"6 06:20, 6 06:40, 6 15:00", "05: +06:20 | 06: 06:40 15:00",
		},
		{"shifts that touch: the instant is the later day's", "16:00-24:00, 00:00-08:00", "5 23:59, 6 00:00", "05: 23:59 | 06: 00:00"},
		{"shifts that overlap from 06:00 back to 05:00 are cut at 05:30", "22:00-06:00, 05:00-13:00", "6 05:29, 6 05:30", "05: +05:29 | 06: 05:30"},
		{
			"from 18:00 to 22:00 of the day after lie 28 hours: 12 are the earlier day's, 12 the later's, and 4 are outside",
			"09:00-18:00, 22:00-06:00", "6 05:59, 6 06:00, 6 09:59, 6 10:00", "05: +05:59 | 06: 10:00 (06:00) (09:59)",
		},
		{"with nobody near, 12 hours on either side", "none, 09:00-18:00, none", "5 20:59, 5 21:00, 7 05:59, 7 06:00", "05: (20:59) | 06: -21:00 +05:59 | 07: (06:00)"},
		{"the window is part of what counts, to the minute", "09:00-18:00/60/120", "5 07:59, 5 08:00, 5 20:00, 5 20:01", "05: 08:00 20:00 (07:59) (20:01)"},
		{"no window on one side only", "09:00-18:00/60/0", "5 07:59, 5 23:00", "05: 23:00 (07:59)"},
		{"outside its window a punch still is not the neighbour's", "22:00-06:00/60/30, 14:00-22:00", "6 07:00, 6 11:00", "05: (+07:00) | 06: 11:00"},
		{"a full day", "00:00-24:00, 00:00-24:00", "5 00:00, 5 23:59, 6 00:00", "05: 00:00 23:59 | 06: 00:00"},
		{"nobody has a shift: the civil day in UTC, 20:30 for 02:00", "none, none", "6 02:00", "05: (+02:00)"},
		{"far from every day", "09:00-18:00", "3 12:00, 8 12:00", "strays 2"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var days []attendance.WorkDay
			for i, text := range strings.Split(row.roster, ", ") {
				d := attendance.WorkDay{Date: day("2026-10-05").Add(i)}
				if text != "none" {
					parts := strings.Split(text, "/")
					start, end, _ := strings.Cut(parts[0], "-")
					d.Shift = shift(t, "s", start, end)
					if len(parts) == 3 {
						_, err := fmt.Sscan(parts[1]+" "+parts[2], &d.Shift.Window.Before, &d.Shift.Window.After)
						require.NoError(t, err)
					}
				}
				days = append(days, d)
			}
			var given []attendance.Punch
			for _, p := range strings.Split(row.punches, ", ") {
				n, hour, _ := strings.Cut(p, " ")
				given = append(given, punch("", at(t, "2026-10-0"+n+" "+hour)))
			}
			owned, strays, err := attendance.Assign(days, given)
			require.NoError(t, err)
			got := assigned(t, zone(t, "Asia/Kolkata"), owned)
			if len(strays) > 0 {
				got += fmt.Sprint("strays ", len(strays))
			}
			require.Equal(t, row.want, got)
		})
	}
}

// London's clocks went back at 01:00 UTC on 25 October 2026. From Saturday 18:00 (17:00 UTC) to Sunday 06:00 (06:00 UTC) lie 13 real
// hours: the cut is 23:30 UTC, half past midnight on a clock that still shows summer time.
func TestTheCutIsInRealTime(t *testing.T) {
	loc := zone(t, "Europe/London")
	owned, _, err := attendance.Assign(
		[]attendance.WorkDay{
			{Date: day("2026-10-24"), Shift: shiftIn(t, "Europe/London", "late", "10:00", "18:00")},
			{Date: day("2026-10-25"), Shift: shiftIn(t, "Europe/London", "early", "06:00", "14:00")},
		},
		[]attendance.Punch{punch("", time.Date(2026, 10, 24, 23, 29, 0, 0, time.UTC)), punch("", time.Date(2026, 10, 24, 23, 30, 0, 0, time.UTC))},
	)
	require.NoError(t, err)
	require.Equal(t, "24: +00:29 | 25: 00:30", assigned(t, loc, owned))
}

// Somebody who goes and comes back within one reading of a clock without seconds has made two punches.
func TestGoingAndComingAtOneInstant(t *testing.T) {
	s := shift(t, "general", "09:00", "18:00")
	given := punches(t, "2026-10-05", "i09:00 i13:00 o13:00 o18:00")
	owned, _, err := attendance.Assign([]attendance.WorkDay{{Date: day("2026-10-05"), Shift: s}}, given)
	require.NoError(t, err)
	require.Len(t, owned[0].Inside, 4)
	got, err := attendance.Classify(attendance.DayInput{Date: day("2026-10-05"), Shift: s, Calendar: workday("2026-10-05"), Punches: given})
	require.NoError(t, err)
	require.Equal(t, attendance.StatusPresent, got.Status)
	require.Equal(t, 540, got.Worked) // 240 + 300
	require.Empty(t, got.Exceptions)
}

func TestAssignRefuses(t *testing.T) {
	nine := at(t, "2026-10-05 09:00")
	owned, strays, err := attendance.Assign(
		[]attendance.WorkDay{
			{Date: day("2026-10-05"), Shift: shift(t, "s", "09:00", "09:00")},
			{},
			{Date: day("2026-10-05"), Shift: attendance.Shift{ID: "here", Zone: time.Local, Start: clock("09:00"), End: clock("18:00")}},
		},
		[]attendance.Punch{
			{Employee: "E1"},
			{ID: "p", Employee: "E1", At: nine},
			{ID: "p", Employee: "E1", At: nine.UTC()}, // the same instant, written elsewhere: the same punch
			{ID: "p", Employee: "E1", At: nine, Direction: attendance.Out},
		},
	)
	require.Nil(t, owned)
	require.Nil(t, strays)
	require.Equal(t, []string{"days[0].shift.end", "days[1].date", "days[2].shift.zone", "days", "punches[0].at", "punches[3].id"}, paths(err))
	require.Equal(t, []hr.Rule{
		attendance.RuleShiftLength, attendance.RuleDayDate, attendance.RuleShiftZone, attendance.RuleDayTwice, attendance.RulePunchAt, attendance.RulePunchID,
	}, rules(err))
}

// A shift that differs from that of the day before is looked at, whether that one is right or not.
func TestAssignLooksAtEveryShift(t *testing.T) {
	good := shift(t, "s", "09:00", "18:00")
	_, _, err := attendance.Assign([]attendance.WorkDay{
		{Date: day("2026-10-05"), Shift: good}, {Date: day("2026-10-06"), Shift: good}, {Date: day("2026-10-07"), Shift: shift(t, "s", "09:00", "09:00")},
	}, nil)
	require.Equal(t, []string{"days[2].shift.end"}, paths(err))
}

// nearest is the dumb way to find the owner: the shift to which the punch is closest, the later of two at the same distance.
func nearest(days []attendance.WorkDay, t time.Time) (owner int, inside bool) {
	const none = time.Duration(1<<63 - 1)
	owner, best := -1, none
	for i, d := range days {
		if d.Shift.IsZero() {
			continue
		}
		start, end := d.Shift.Span(d.Date)
		distance := max(0, start.Sub(t), t.Sub(end))
		if distance <= best {
			owner, best = i, distance
		}
	}
	if owner < 0 {
		return -1, false
	}
	start, end := days[owner].Shift.Span(days[owner].Date)
	if early, late := start.Sub(t), t.Sub(end); early > 12*time.Hour || late >= 12*time.Hour {
		return -1, false
	}
	w := days[owner].Shift.Window
	tooEarly := w.Before > 0 && start.Sub(t) > time.Duration(w.Before)*time.Minute
	tooLate := w.After > 0 && t.Sub(end) > time.Duration(w.After)*time.Minute
	return owner, !tooEarly && !tooLate
}

// Whatever the roster, the windows and the clock changes: every punch is in exactly one place, which is that of the nearest shift.
func TestEveryPunchBelongsToTheNearestShift(t *testing.T) {
	zones := []*time.Location{zone(t, "Asia/Kolkata"), zone(t, "Europe/London"), zone(t, "Pacific/Kiritimati"), zone(t, "America/New_York"), zone(t, "Etc/GMT+12")}
	times := []string{
		"06:00 14:00", "14:00 22:00", "22:00 06:00", "09:00 18:00", "10:00 14:00", "00:00 24:00", "18:00 00:00", "23:30 07:30", "12:00 11:59",
	}
	starts := []hr.Date{day("2026-10-22"), day("2026-03-26"), day("2026-03-06"), day("2026-10-30")} // around clock changes of 2026
	rapid.Check(t, func(t *rapid.T) {
		loc := rapid.SampledFrom(zones).Draw(t, "zone")
		first := rapid.SampledFrom(starts).Draw(t, "first")
		var days []attendance.WorkDay
		var free time.Time // when the last shift ended: shifts that overlap have no nearest
		for i := range rapid.IntRange(1, 6).Draw(t, "days") {
			d := attendance.WorkDay{Date: first.Add(i)}
			start, end, _ := strings.Cut(rapid.SampledFrom(times).Draw(t, "shift"), " ")
			s := attendance.Shift{ID: start, Zone: loc, Start: clock(start), End: clock(end), Window: attendance.Window{
				Before: rapid.SampledFrom([]int{0, 30, 240, 720}).Draw(t, "before"), After: rapid.SampledFrom([]int{0, 30, 240, 720}).Draw(t, "after"),
			}}
			from, until := s.Span(d.Date)
			if rapid.Bool().Draw(t, "works") && !from.Before(free) {
				d.Shift, free = s, until
			}
			days = append(days, d)
		}
		from := first.Add(-2).At(clock("00:00"), loc)
		var given []attendance.Punch
		for i := range rapid.IntRange(0, 12).Draw(t, "punches") {
			minute := rapid.IntRange(0, 60*24*10).Draw(t, "minute") // on the minute, so that cuts are hit
			given = append(given, attendance.Punch{
				ID: attendance.PunchID(fmt.Sprint(i)), Employee: "E1", At: from.Add(time.Duration(minute) * time.Minute),
				Direction: rapid.SampledFrom([]attendance.Direction{"", attendance.In, attendance.Out}).Draw(t, "direction"),
			})
		}
		want := map[attendance.PunchID]string{}
		for _, p := range given {
			owner, inside := nearest(days, p.At)
			where := "stray"
			if owner >= 0 {
				where = fmt.Sprint(days[owner].Date, inside)
			} else if civil := hr.DateOf(p.At, loc); civil.Since(first) >= 0 && civil.Since(first) < len(days) {
				where = fmt.Sprint(civil, false)
			}
			want[p.ID] = where
		}
		worked := false
		for _, d := range days {
			worked = worked || !d.Shift.IsZero()
		}
		if !worked {
			t.Skip("without any shift the civil day is that of UTC: a row of TestAssign")
		}
		shuffled := rapid.Permutation(append(given, given...)).Draw(t, "order")
		owned, strays, err := attendance.Assign(rapid.Permutation(days).Draw(t, "order of days"), shuffled)
		require.NoError(t, err)
		got := map[attendance.PunchID]string{}
		note := func(p attendance.Punch, where string) {
			require.NotContains(t, got, p.ID, "is in two places")
			got[p.ID] = where
		}
		for i, d := range owned {
			require.Equal(t, first.Add(i), d.Date)
			for _, p := range d.Inside {
				note(p, fmt.Sprint(d.Date, true))
			}
			for _, p := range d.Outside {
				note(p, fmt.Sprint(d.Date, false))
			}
		}
		for _, p := range strays {
			note(p, "stray")
		}
		require.Equal(t, want, got)
	})
}
