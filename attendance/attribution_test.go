package attendance_test

import (
	"archive/zip"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

func TestAttribution(t *testing.T) {
	type days map[string]int
	for _, row := range []struct {
		zone, from, until string
		rule              attendance.Attribution
		want              days
	}{
		{"Asia/Kolkata", "2026-01-31 22:00", "2026-02-01 06:00", "", days{"2026-01-31": 480}},
		{"Asia/Kolkata", "2026-01-31 22:00", "2026-02-01 06:00", attendance.EndDay, days{"2026-02-01": 480}},
		{"Asia/Kolkata", "2026-01-31 22:00", "2026-02-01 06:00", attendance.MajorityDay, days{"2026-02-01": 480}}, // 2 hours against 6
		{"Asia/Kolkata", "2026-01-31 20:00", "2026-02-01 04:00", attendance.MajorityDay, days{"2026-01-31": 480}}, // a tie
		{"Asia/Kolkata", "2026-01-31 22:00", "2026-02-01 06:00", attendance.SplitAtMidnight, days{"2026-01-31": 120, "2026-02-01": 360}},
		{"Asia/Kolkata", "2026-01-31 16:00", "2026-02-01 00:00", attendance.SplitAtMidnight, days{"2026-01-31": 480}}, // no day of no minutes
		{"Asia/Kolkata", "2026-01-30 22:00", "2026-02-01 06:00", attendance.SplitAtMidnight, days{"2026-01-30": 120, "2026-01-31": 1440, "2026-02-01": 360}},
		// London's clocks go forward at 01:00: from midnight to 06:00 are 5 hours; and back in October: 7.
		{"Europe/London", "2026-03-28 22:00", "2026-03-29 06:00", attendance.SplitAtMidnight, days{"2026-03-28": 120, "2026-03-29": 300}},
		{"Europe/London", "2026-10-24 22:00", "2026-10-25 06:00", attendance.SplitAtMidnight, days{"2026-10-24": 120, "2026-10-25": 420}},
		// Forward, 3 hours before midnight and 3 on the clock after it are 180 against 120.
		{"Europe/London", "2026-03-28 21:00", "2026-03-29 03:00", attendance.MajorityDay, days{"2026-03-28": 300}},
		{"Europe/London", "2026-06-01 09:00", "2026-06-01 09:00", attendance.SplitAtMidnight, days{}},
	} {
		got, err := row.rule.Days(in(t, row.zone, row.from), in(t, row.zone, row.until), zone(t, row.zone))
		require.NoError(t, err)
		sums := days{}
		for _, d := range got {
			sums[d.Date.String()] = d.Minutes
		}
		require.Equal(t, row.want, sums, "%s to %s by %q", row.from, row.until, row.rule)
	}
}

func TestAttributionRefuses(t *testing.T) {
	_, err := attendance.Attribution("noon").Days(time.Time{}, at(t, "2026-01-31 22:00"), nil)
	require.Equal(t, []hr.Rule{attendance.RuleAttribution, attendance.RuleShiftZone, attendance.RulePunchAt}, rules(err))
	_, err = attendance.StartDay.Days(at(t, "2026-01-31 22:00"), at(t, "2026-01-31 21:59"), time.UTC)
	require.Equal(t, []hr.Rule{attendance.RuleSpanOrder}, rules(err))
	_, err = attendance.StartDay.Days(at(t, "2026-01-31 22:00"), at(t, "2028-01-31 21:59"), time.UTC)
	require.Equal(t, []hr.Rule{attendance.RuleSpanOrder}, rules(err))
	// 2028 has 366 days: 527,040 minutes.
	got, err := attendance.StartDay.Days(at(t, "2028-01-01 00:00"), at(t, "2029-01-01 00:00"), zone(t, "Asia/Kolkata"))
	require.NoError(t, err)
	require.Equal(t, []attendance.DayMinutes{{day("2028-01-01"), 366 * 24 * 60}}, got)
	_, err = attendance.StartDay.Days(at(t, "2028-01-01 00:00"), at(t, "2029-01-01 00:01"), time.UTC)
	require.Equal(t, []hr.Rule{attendance.RuleSpanOrder}, rules(err))
}

// zones change their clocks by an hour, by half an hour, by a day (Apia, Kwajalein), by twenty minutes and by odd seconds (Monrovia), at midnight
// (Sao Paulo, Beirut), in either half of the year, twice a year more than once (Casablanca), and not at all.
var zones = []string{
	"Europe/London", "Europe/Dublin", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "America/St_Johns", "Africa/Casablanca", "Africa/Monrovia",
	"Asia/Kolkata", "Asia/Kathmandu", "Asia/Beirut", "Asia/Pyongyang", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kwajalein", "Pacific/Chatham", "Antarctica/Troll",
}

// transitions finds every instant from 1970 to the end of 2037 at which the clocks of a zone were changed.
func transitions(loc *time.Location) (out []time.Time) {
	offset := func(t time.Time) int { _, o := t.In(loc).Zone(); return o }
	const step = 6 * time.Hour
	end := time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC); t.Before(end); t = t.Add(step) {
		low, high := t, t.Add(step)
		if offset(low) == offset(high) {
			continue
		}
		for high.Sub(low) > time.Second {
			if mid := low.Add(high.Sub(low) / 2).Truncate(time.Second); offset(mid) == offset(low) {
				low = mid
			} else {
				high = mid
			}
		}
		out = append(out, high)
	}
	return out
}

// Whatever the clocks did: the minutes of a stretch of work are those that passed, however it is given to days and wherever it is cut.
func TestNoMinuteIsLostAtAnyClockChange(t *testing.T) {
	found := 0
	for _, name := range zones {
		loc := zone(t, name)
		for _, change := range transitions(loc) {
			found++
			for _, around := range [][2]time.Duration{{-5 * time.Hour, 4 * time.Hour}, {-40 * time.Minute, 30 * time.Minute}, {0, 26 * time.Hour}, {-9 * time.Hour, 0}} {
				from, until := change.Add(around[0]).Truncate(time.Minute), change.Add(around[1]).Truncate(time.Minute)
				passed := int(until.Sub(from) / time.Minute)
				for _, rule := range []attendance.Attribution{attendance.StartDay, attendance.EndDay, attendance.MajorityDay, attendance.SplitAtMidnight} {
					days, err := rule.Days(from, until, loc)
					require.NoError(t, err)
					sum := 0
					for i, d := range days {
						require.Positive(t, d.Minutes)
						require.True(t, i == 0 || days[i-1].Date.Before(d.Date))
						sum += d.Minutes
					}
					require.Equal(t, passed, sum, "%s %s %q", name, change, rule)
				}
				middle := change.Truncate(time.Minute)
				if middle.Before(from) || middle.After(until) {
					continue
				}
				session := func(a, b time.Time) int {
					return attendance.Session{In: attendance.Punch{At: a}, Out: attendance.Punch{At: b}}.Minutes()
				}
				require.Equal(t, session(from, until), session(from, middle)+session(middle, until), "%s %s", name, change)
				require.Equal(t, passed, session(from, until))
			}
		}
	}
	require.Greater(t, found, 1200, "the search itself works: some 17 zones, most twice a year for 68 years")
}

// Every clock change from 1970 to 2037 in every zone that the toolchain knows, those with the same changes once: a session over it, cut at the
// change and at midnight, keeps the minutes that passed.
func TestNoMinuteIsLostInAnyZone(t *testing.T) {
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	require.NoError(t, err)
	archive, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	require.NoError(t, err)
	defer func() { require.NoError(t, archive.Close()) }()
	seen := map[string]bool{}
	changes := 0
	for _, file := range archive.File {
		loc, err := time.LoadLocation(file.Name)
		if file.FileInfo().IsDir() || err != nil {
			continue
		}
		var all []time.Time
		for at := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC); ; {
			_, at = at.In(loc).ZoneBounds()
			if at.IsZero() || at.Year() > 2037 {
				break
			}
			all = append(all, at)
		}
		key := fmt.Sprint(len(all))
		for _, at := range all {
			_, offset := at.In(loc).Zone()
			key += fmt.Sprint(" ", at.Unix(), offset)
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		for _, change := range all {
			changes++
			from, until := change.Add(-5*time.Hour).Truncate(time.Minute), change.Add(22*time.Hour).Truncate(time.Minute)
			days, err := attendance.SplitAtMidnight.Days(from, until, loc)
			require.NoError(t, err)
			sum := 0
			for _, d := range days {
				sum += d.Minutes
			}
			cut := change.Truncate(time.Minute)
			session := func(a, b time.Time) int {
				return attendance.Session{In: attendance.Punch{At: a}, Out: attendance.Punch{At: b}}.Minutes()
			}
			if sum != 27*60 || session(from, cut)+session(cut, until) != 27*60 {
				require.Fail(t, "minutes lost or counted twice", "%s %s: %d", file.Name, change, sum)
			}
		}
	}
	require.Greater(t, len(seen), 250, "zones that differ")
	require.Greater(t, changes, 15000)
}

// Around every clock change each punch has exactly one day, and three shifts around the clock own all the time there is.
func TestShiftsMeetAtEveryClockChange(t *testing.T) {
	for _, name := range []string{"Europe/London", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Beirut", "America/St_Johns"} {
		loc := zone(t, name)
		for _, change := range transitions(loc) {
			first := hr.DateOf(change, loc).Add(-1)
			var spans [][2]time.Time
			for d := first; d.Since(first) < 3; d = d.Add(1) {
				for _, s := range [][2]string{{"06:00", "14:00"}, {"14:00", "22:00"}, {"22:00", "06:00"}} {
					start, end := shiftIn(t, name, "s", s[0], s[1]).Span(d)
					spans = append(spans, [2]time.Time{start, end})
				}
			}
			for i := 1; i < len(spans); i++ {
				require.True(t, spans[i-1][1].Equal(spans[i][0]), "%s around %s: one shift ends as the next begins", name, change)
			}
		}
	}
}

func TestPunchRounding(t *testing.T) {
	for _, row := range []struct {
		mode    attendance.PunchRoundingMode
		step    int
		zone    string
		in, out string
		want    string
	}{
		{attendance.RoundNearest, 15, "Asia/Kolkata", "08:53", "17:07", "09:00 17:00"}, // 8 minutes past go up, 7 down (29 CFR 785.48(b))
		{"", 15, "Asia/Kolkata", "08:52", "17:08", "08:45 17:15"},
		{attendance.RoundNearest, 6, "Asia/Kolkata", "08:57", "17:03", "09:00 17:06"}, // half a step goes up
		{attendance.FavourEmployee, 15, "Asia/Kolkata", "09:14", "17:01", "09:00 17:15"},
		{attendance.FavourEmployer, 15, "Asia/Kolkata", "09:01", "17:14", "09:15 17:00"},
		{attendance.FavourEmployer, 15, "Asia/Kolkata", "09:00", "17:00", "09:00 17:00"},   // on the step nothing moves
		{attendance.FavourEmployee, 30, "Asia/Kathmandu", "09:14", "17:01", "09:00 17:30"}, // 5:45 off UTC: the clock on the wall counts
		{attendance.RoundNearest, 60, "Asia/Kolkata", "08:29", "17:30", "08:00 18:00"},
		{"", 0, "Asia/Kolkata", "08:53", "17:07", "08:53 17:07"},
	} {
		loc := zone(t, row.zone)
		r := attendance.PunchRounding{Step: row.step, Mode: row.mode}
		require.NoError(t, r.Validate())
		got := r.Round(in(t, row.zone, "2026-10-05 "+row.in+":59"), attendance.In, loc).In(loc).Format("15:04") + " " +
			r.Round(in(t, row.zone, "2026-10-05 "+row.out), attendance.Out, loc).In(loc).Format("15:04")
		require.Equal(t, row.want, got)
	}
	require.Equal(t, []hr.Rule{attendance.RulePunchStep, attendance.RulePunchMode}, rules(attendance.PunchRounding{Step: 7, Mode: "up"}.Validate()))
	require.Equal(t, []hr.Rule{attendance.RulePunchStep}, rules(attendance.PunchRounding{Step: -5}.Validate()))
}

// Rounding moves a punch by less than a step, to a step of the clock; nearest is never further than half of one.
func TestPunchRoundingStaysNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := zone(t, rapid.SampledFrom(zones).Draw(t, "zone"))
		r := attendance.PunchRounding{
			Step: rapid.SampledFrom([]int{5, 6, 10, 15, 20, 30, 60}).Draw(t, "step"),
			Mode: rapid.SampledFrom([]attendance.PunchRoundingMode{"", attendance.RoundNearest, attendance.FavourEmployee, attendance.FavourEmployer}).Draw(t, "mode"),
		}
		at := time.Date(2026, 1, 1, 0, rapid.IntRange(0, 525600).Draw(t, "minute"), 0, 0, time.UTC)
		direction := rapid.SampledFrom([]attendance.Direction{attendance.In, attendance.Out}).Draw(t, "direction")
		got := r.Round(at, direction, loc)
		moved := got.Sub(at)
		step := time.Duration(r.Step) * time.Minute
		switch {
		case r.Mode == "" || r.Mode == attendance.RoundNearest:
			require.True(t, -step/2 < moved && moved <= step/2, "%s", moved)
		case (r.Mode == attendance.FavourEmployee) == (direction == attendance.In):
			require.True(t, -step < moved && moved <= 0, "%s", moved)
		default:
			require.True(t, 0 <= moved && moved < step, "%s", moved)
		}
		_, before := at.In(loc).Zone()
		if _, after := got.In(loc).Zone(); before == after { // not over a clock change
			require.Zero(t, got.In(loc).Minute()%r.Step)
		}
	})
}
