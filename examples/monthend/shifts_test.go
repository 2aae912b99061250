package main

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// shiftsByTheMinute walks every minute between the first and the last punch of each day of each shift, and compares with what is printed.
func shiftsByTheMinute(t *testing.T, printed string) {
	c := readSecond(t, "company")
	begin := map[string]time.Duration{"general": 570, "morning": 360, "night": 1320}
	type sums struct{ people, days, minutes, nights int }
	by := map[string]sums{}
	for _, e := range c.employees {
		of, before := by[e["shift"]], by[e["shift"]].days
		for d := c.october; d.Before(c.afterTheEnd); d = d.AddDate(0, 0, 1) {
			if iso := d.Format("2006-01-02"); iso < e["joined"] || e["left"] != "" && iso > e["left"] {
				continue
			}
			start := d.Add(begin[e["shift"]] * time.Minute)
			var mine []time.Time
			for _, p := range c.punches[e["employee"]] {
				if !p.Before(start.Add(-4*time.Hour)) && p.Before(start.Add(20*time.Hour)) {
					if n := len(mine); n == 0 || p.Truncate(time.Minute).Sub(mine[n-1]) > 5*time.Minute { // read again it is the same badge
						mine = append(mine, p.Truncate(time.Minute))
					}
				}
			}
			present, night := 0, 0
			if len(mine) > 1 {
				for m := mine[0]; m.Before(mine[len(mine)-1]); m = m.Add(time.Minute) {
					present++
					if m.Hour() >= 22 || m.Hour() < 6 {
						night++
					}
				}
			}
			if worked := present - 30; worked > 0 {
				of.days, of.minutes, of.nights = of.days+1, of.minutes+worked, of.nights+min(night, worked)
			}
		}
		if of.days > before {
			of.people++
		}
		by[e["shift"]] = of
	}
	for shift, s := range by {
		row := regexp.MustCompile(fmt.Sprintf(`(?i)%s shift .* %d +%d +%d:%02d +%d:%02d\n`, shift, s.people, s.days, s.minutes/60, s.minutes%60, s.nights/60, s.nights%60))
		require.Regexp(t, row, printed)
	}
	require.Len(t, by, 3)
}

// E005 came late five times and E057 three times, so half a day of casual leave each. E041 is on unpaid leave from Friday the 9th to Monday
// the 12th: the second Saturday and the Sunday between count with it.
func leaveByHand(t *testing.T, printed string) {
	require.Contains(t, printed, "Took half a day of casual leave for each 3 late marks: 2 times, and 0 times too little was left.")
	require.Regexp(t, `unpaid +no balance needed +3 +6\.5 +2\n`, printed)
}
