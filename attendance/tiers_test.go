package attendance_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// california are its tiers, as the Labor Code s.510 states them.
var california = attendance.Tiers{
	Day:     []attendance.Tier{{480, "overtime"}, {720, "double"}},
	Seventh: []attendance.Tier{{0, "overtime"}, {480, "double"}},
	Week:    []attendance.Tier{{2400, "overtime"}},
}

func worked(minutes ...int) []attendance.DayWork {
	out := make([]attendance.DayWork, len(minutes))
	for i, m := range minutes {
		out[i].Minutes = m
	}
	return out
}

func TestTiersByHand(t *testing.T) {
	daily := attendance.Tiers{Day: []attendance.Tier{{480, "overtime"}}, Week: []attendance.Tier{{2400, "overtime"}}}
	off := attendance.Tiers{
		Day: []attendance.Tier{{540, "overtime"}}, RestDay: []attendance.Tier{{0, "rest_day"}}, Holiday: []attendance.Tier{{0, "holiday"}, {480, "holiday_overtime"}},
		Week: []attendance.Tier{{2880, "overtime"}, {3000, "double"}},
	}
	kinds := worked(600, 480, 0, 300)
	kinds[1].Kind, kinds[3].Kind = attendance.HolidayDay, attendance.RestDay
	for _, row := range []struct {
		name  string
		tiers attendance.Tiers
		days  []attendance.DayWork
		want  string
	}{
		{"nothing is overtime without tiers", attendance.Tiers{}, worked(900, 0, 900), "[regular 900] [] [regular 900]"},
		// 10 hours four times and 6: 4 x 2 hours are daily; 4 x 8 + 6 = 38 stay, so the week adds none.
		{"no minute twice", daily, worked(600, 600, 600, 600, 360), "[regular 480 overtime 120] [regular 480 overtime 120] [regular 480 overtime 120] [regular 480 overtime 120] [regular 360]"},
		// Six days of 8 hours: 40 hours are reached with Friday, so Saturday is overtime.
		{"the day that passes the limit", daily, worked(480, 480, 480, 480, 480, 480), "[regular 480] [regular 480] [regular 480] [regular 480] [regular 480] [overtime 480]"},
		{"and in the middle of it", daily, worked(480, 480, 480, 480, 420, 180), "[regular 480] [regular 480] [regular 480] [regular 480] [regular 420] [regular 60 overtime 120]"},
		{"week and day on one day are one band", daily, worked(480, 480, 480, 480, 360, 600), "[regular 480] [regular 480] [regular 480] [regular 480] [regular 360] [regular 120 overtime 480]"},
		// Seven days of 13 hours: 8 regular, 4 and 1 on each of five days; Saturday's 8 are beyond 40; on the seventh 8 and 5.
		{
			"the seventh day", california, worked(780, 780, 780, 780, 780, 780, 780),
			"[regular 480 overtime 240 double 60] [regular 480 overtime 240 double 60] [regular 480 overtime 240 double 60] [regular 480 overtime 240 double 60] [regular 480 overtime 240 double 60] [overtime 720 double 60] [overtime 480 double 300]",
		},
		{"all seven must be worked", california, worked(480, 0, 480, 480, 480, 60, 300), "[regular 480] [] [regular 480] [regular 480] [regular 480] [regular 60] [regular 300]"},
		{"two tiers of one band are one band", attendance.Tiers{Day: []attendance.Tier{{0, "overtime"}, {60, "overtime"}}}, worked(100), "[overtime 100]"},
		{"days off have tiers of their own", off, kinds, "[regular 540 overtime 60] [holiday 480] [] [rest_day 300]"},
		// 9 hours of six days are 3240 minutes: 2880 regular, 120 to 3000, 240 beyond; Saturday's 540 are 2700 to 3240.
		{"tiers of the week", off, worked(540, 540, 540, 540, 540, 540), "[regular 540] [regular 540] [regular 540] [regular 540] [regular 540] [regular 180 overtime 120 double 240]"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := row.tiers.Split(row.days)
			require.NoError(t, err)
			text := ""
			for i, bands := range got {
				if i > 0 {
					text += " "
				}
				text += "["
				for j, b := range bands {
					if j > 0 {
						text += " "
					}
					text += fmt.Sprint(b.Name, " ", b.Minutes)
				}
				text += "]"
			}
			require.Equal(t, row.want, text)
		})
	}
}

// A second, dumber way: walk the week minute by minute and give each its band.
func minuteByMinute(t attendance.Tiers, days []attendance.DayWork) []map[string]int {
	at := func(tiers []attendance.Tier, n int) string { // the band of minute n, counted from 0
		band := "regular"
		for _, x := range tiers {
			if n >= x.Beyond {
				band = x.Band
			}
		}
		return band
	}
	out := make([]map[string]int, len(days))
	all, week := true, 0
	for i, d := range days {
		out[i] = map[string]int{}
		all = all && d.Minutes > 0
		tiers := t.Day
		if d.Kind != attendance.WorkingDay && t.RestDay != nil {
			tiers = t.RestDay
		}
		if i == 6 && all && t.Seventh != nil {
			tiers = t.Seventh
		}
		if d.Kind == attendance.HolidayDay && t.Holiday != nil {
			tiers = t.Holiday
		}
		for n := range d.Minutes {
			band := at(tiers, n)
			if band == "regular" {
				band = at(t.Week, week)
				week++
			}
			out[i][band]++
		}
	}
	return out
}

func TestTiersAreAWalkThroughTheWeek(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := func(label string, bands ...string) (out []attendance.Tier) {
			limits := rapid.SliceOfNDistinct(rapid.IntRange(0, 700), 0, 2, rapid.ID[int]).Draw(t, label)
			slices.Sort(limits)
			for i, n := range limits {
				if label == "week" {
					n *= 5
				}
				out = append(out, attendance.Tier{Beyond: n, Band: bands[i]})
			}
			return out
		}
		tiers := attendance.Tiers{
			Day: some("day", "overtime", "double"), RestDay: some("rest", "rest", "double"), Holiday: some("holiday", "holiday", "double"),
			Seventh: some("seventh", "overtime", "double"), Week: some("week", "overtime", "late"),
		}
		days := make([]attendance.DayWork, rapid.IntRange(0, 7).Draw(t, "days"))
		for i := range days {
			days[i] = attendance.DayWork{
				Minutes: rapid.SampledFrom([]int{0, 1, 60, 240, 480, 481, 600, 720, 780, 900}).Draw(t, "minutes"),
				Kind:    rapid.SampledFrom([]attendance.DayKind{"", "", "", attendance.RestDay, attendance.HolidayDay}).Draw(t, "kind"),
			}
		}
		got, err := tiers.Split(days)
		require.NoError(t, err)
		want := minuteByMinute(tiers, days)
		for i, bands := range got {
			sums, total := map[string]int{}, 0
			for _, b := range bands {
				require.Positive(t, b.Minutes)
				require.NotContains(t, sums, b.Name, "one band a name")
				sums[b.Name] = b.Minutes
				total += b.Minutes
			}
			require.Equal(t, want[i], sums)
			require.Equal(t, days[i].Minutes, total, "an hour has one band")
		}
		if n := len(days); n > 0 { // what is still to come changes nothing
			before, err := tiers.Split(days[:n-1])
			require.NoError(t, err)
			require.Equal(t, got[:n-1], before)
		}
	})
}

// The larger of daily and weekly overtime, as the Canada Labour Code s.174 words it, is what the tiers count.
func TestDailyThenWeeklyIsTheLargerOfTheTwo(t *testing.T) {
	tiers := attendance.Tiers{Day: []attendance.Tier{{480, "overtime"}}, Week: []attendance.Tier{{2400, "overtime"}}}
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.SliceOfN(rapid.IntRange(0, 960), 0, 7).Draw(t, "minutes")
		daily, total := 0, 0
		for _, m := range minutes {
			daily, total = daily+max(0, m-480), total+m
		}
		got, err := tiers.Split(worked(minutes...))
		require.NoError(t, err)
		overtime := 0
		for _, bands := range got {
			for _, b := range bands {
				if b.Name == "overtime" {
					overtime += b.Minutes
				}
			}
		}
		require.Equal(t, max(daily, total-2400, 0), overtime)
	})
}

func TestTiersRefuse(t *testing.T) {
	bad := attendance.Tiers{
		Starts: 9, Day: []attendance.Tier{{480, "overtime"}, {480, "double"}}, Week: []attendance.Tier{{-1, "regular"}, {5, ""}},
	}
	_, err := bad.Split([]attendance.DayWork{{Minutes: -1}, {Kind: "sunday"}, {}, {}, {}, {}, {}, {}})
	require.Equal(t, []string{
		"tiers.starts", "tiers.day[1].beyond", "tiers.week[0].beyond", "tiers.week[0].band", "tiers.week[1].band", "days", "days[0].minutes", "days[1].kind",
	}, paths(err))
	require.Equal(t, []hr.Rule{
		attendance.RuleTierWeek, attendance.RuleTierOrder, attendance.RuleTierOrder, attendance.RuleTierBand, attendance.RuleTierBand,
		attendance.RuleTierWeek, attendance.RulePolicyMinutes, attendance.RuleTierKind,
	}, rules(err))
	require.NoError(t, attendance.Tiers{Starts: time.Saturday}.Validate())
}

// Tiers of any kind, and of any two, are tiers.
func TestTiersAreZeroWithoutAnyTier(t *testing.T) {
	require.True(t, attendance.Tiers{Starts: 1}.IsZero())
	kinds := []func(*attendance.Tiers, []attendance.Tier){
		func(t *attendance.Tiers, x []attendance.Tier) { t.Day = x }, func(t *attendance.Tiers, x []attendance.Tier) { t.RestDay = x },
		func(t *attendance.Tiers, x []attendance.Tier) { t.Holiday = x }, func(t *attendance.Tiers, x []attendance.Tier) { t.Seventh = x },
		func(t *attendance.Tiers, x []attendance.Tier) { t.Week = x },
	}
	for i := range kinds {
		for j := range kinds {
			var tiers attendance.Tiers
			kinds[i](&tiers, []attendance.Tier{{Band: "overtime"}})
			kinds[j](&tiers, []attendance.Tier{{Band: "overtime"}})
			require.False(t, tiers.IsZero(), "%d and %d", i, j)
		}
	}
}
