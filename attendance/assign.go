package attendance

import (
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/musterhr/hr"
)

// WorkDay is a day and the shift on it. A day with the zero Shift is one on which nobody works for us: before joining,
// after leaving. Weekly offs and holidays have a shift too: it decides which of their punches are theirs.
type WorkDay struct {
	Date  hr.Date
	Shift Shift
}

// DayPunches are the punches that a work day owns, by instant.
type DayPunches struct {
	Date    hr.Date
	Inside  []Punch // within the shift's window: they count
	Outside []Punch // outside of it, or on a day without a shift: evidence that does not count
}

// Assign gives every punch to exactly one work day, whatever the order and however often a punch is repeated. Days come back
// in order of date.
//
// The time between two neighbouring shifts is cut in the middle: a punch before the cut is the earlier day's, from the cut
// on the later day's, however far the windows reach. A shift without a neighbour within a day owns 12 hours on either side.
// What no shift owns goes, as outside, to the civil day it falls on in the zone of the nearest shift. A punch on none of the
// days is a stray: to ask about a few days only, also pass the two days before and after them.
//
// It returns [hr.FieldError]s for a day without a date (RuleDayDate), one given twice (RuleDayTwice), an invalid shift, a punch
// without an instant (RulePunchAt) and two punches of one id that say different things (RulePunchID).
func Assign(days []WorkDay, punches []Punch) (owned []DayPunches, strays []Punch, err error) {
	days = slices.Clone(days)
	var faults hr.Faults
	for i, d := range days {
		if d.Date.IsZero() {
			faults.Missing(fmt.Sprintf("days[%d].date", i), RuleDayDate)
		}
		if !d.Shift.IsZero() {
			faults.Join(fmt.Sprintf("days[%d].shift", i), d.Shift.Validate())
		}
	}
	slices.SortStableFunc(days, func(a, b WorkDay) int { return a.Date.Compare(b.Date) })
	for i := 1; i < len(days); i++ {
		if days[i].Date == days[i-1].Date {
			faults.Add("days", RuleDayTwice, "%s is given twice", days[i].Date)
		}
	}
	for i, p := range punches {
		if p.At.IsZero() {
			faults.Missing(fmt.Sprintf("punches[%d].at", i), RulePunchAt)
		}
	}
	checkIDs(&faults, []string{"punches"}, punches)
	if faults.Any() {
		return nil, nil, faults.Err()
	}
	owned = make([]DayPunches, len(days))
	for i, d := range days {
		owned[i].Date = d.Date
	}
	if len(punches) == 0 {
		return owned, nil, nil
	}
	claims := claimsOf(days)
	for _, p := range inOrder(punches) {
		i, shift, claimed := claims.owner(p.At)
		switch {
		case claimed && shift.window.takes(p.At, shift.start, shift.end):
			owned[i].Inside = append(owned[i].Inside, p)
			continue
		case !claimed:
			date := hr.DateOf(p.At, claims.zone(p.At))
			found := false
			if i, found = slices.BinarySearchFunc(owned, date, func(d DayPunches, date hr.Date) int { return d.Date.Compare(date) }); !found {
				strays = append(strays, p)
				continue
			}
		}
		owned[i].Outside = append(owned[i].Outside, p)
	}
	return owned, strays, nil
}

// claim is the time around one shift that belongs to its day: from from on, before until.
type claim struct {
	day         int // index of the work day
	start, end  time.Time
	from, until time.Time
	window      Window
	zone        *time.Location
}

type claims []claim

func claimsOf(days []WorkDay) claims {
	out := make(claims, 0, len(days))
	for i, d := range days {
		if d.Shift.IsZero() {
			continue
		}
		start, end := d.Shift.Span(d.Date)
		c := claim{day: i, start: start, end: end, from: start.Add(-reach), until: end.Add(reach), window: d.Shift.Window, zone: d.Shift.Zone}
		if n := len(out); n > 0 {
			before := &out[n-1]
			cut := before.end.Add(start.Sub(before.end) / 2)
			if cut.Before(before.from) { // a shift inside another: what is left of it has no time of its own
				cut = before.from
			}
			before.until = earlier(before.until, cut)
			c.from = later(c.from, cut)
			c.until = later(c.until, c.from)
		}
		out = append(out, c)
	}
	return out
}

// owner finds the claim on an instant.
func (c claims) owner(t time.Time) (day int, of claim, ok bool) {
	i := sort.Search(len(c), func(i int) bool { return c[i].from.After(t) }) - 1
	if i < 0 || !t.Before(c[i].until) {
		return 0, claim{}, false
	}
	return c[i].day, c[i], true
}

// zone returns the zone of the shift nearest before t, else after it; UTC where there is no shift at all.
func (c claims) zone(t time.Time) *time.Location {
	i := sort.Search(len(c), func(i int) bool { return c[i].from.After(t) }) - 1
	if len(c) == 0 {
		return time.UTC
	}
	return c[max(0, i)].zone
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
