package attendance

import (
	"fmt"
	"slices"
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
	var faults hr.Faults
	plan := make([]planned, len(days))
	for i := range days {
		d := &days[i]
		if d.Date.IsZero() {
			faults.Missing(fmt.Sprintf("days[%d].date", i), RuleDayDate)
		}
		if !d.Shift.IsZero() && (i == 0 || d.Shift != days[i-1].Shift || faults.Any()) {
			if err := d.Shift.Validate(); err != nil {
				faults.Join(fmt.Sprintf("days[%d].shift", i), err)
			}
		}
		plan[i] = planned{Date: d.Date, Shift: &d.Shift}
	}
	slices.SortStableFunc(plan, func(a, b planned) int { return a.Date.Compare(b.Date) })
	for i := 1; i < len(plan); i++ {
		if plan[i].Date == plan[i-1].Date {
			faults.Add("days", RuleDayTwice, "%s is given twice", plan[i].Date)
		}
	}
	return divide(&faults, plan, punches)
}

// assign is [Assign] for the days of a plan, which need no check; it sets their spans.
func assign(days []planned, punches []Punch) (owned []DayPunches, strays []Punch, err error) {
	var faults hr.Faults
	return divide(&faults, days, punches)
}

// divide looks at the punches and, where nothing is wrong with them or was before, shares them out.
func divide(faults *hr.Faults, days []planned, punches []Punch) (owned []DayPunches, strays []Punch, err error) {
	checkInstants(faults, punches)
	if faults.Any() {
		return nil, nil, faults.Err()
	}
	spans(days)
	owned, strays = share(days, inOrder(punches))
	return owned, strays, nil
}

func checkInstants(faults *hr.Faults, punches []Punch) {
	for i := range punches {
		if punches[i].At.IsZero() {
			faults.Missing(fmt.Sprintf("punches[%d].at", i), RulePunchAt)
		}
	}
	checkIDs(faults, []string{"punches"}, punches)
}

// spans sets the instants at which the shifts of a plan begin and end.
func spans(days []planned) {
	for i := range days {
		if d := &days[i]; !d.Shift.IsZero() {
			d.start, d.end = d.Shift.Span(d.Date)
		}
	}
}

// share gives punches, which are in order, to days, which are too. What a day owns is mostly one run of them, and then it is that part of
// the list itself.
func share(days []planned, punches []Punch) (owned []DayPunches, strays []Punch) {
	owned = make([]DayPunches, len(days))
	for i := range days {
		owned[i].Date = days[i].Date
	}
	if len(punches) == 0 {
		return owned, nil
	}
	claims := claimsOf(days)
	at, from := -1, 0 // the last claim that begins before the punch, and the first punch of the run
	var list *[]Punch
	for n := range punches {
		t := punches[n].At
		for at+1 < len(claims) && !claims[at+1].from.After(t) {
			at++
		}
		next := &strays
		if at >= 0 && t.Before(claims[at].until) {
			i := claims[at].day
			if next = &owned[i].Outside; days[i].Shift.Window.takes(t, days[i].start, days[i].end) {
				next = &owned[i].Inside
			}
		} else {
			zone := time.UTC // that of the nearest shift before, else after
			if len(claims) > 0 {
				zone = days[claims[max(0, at)].day].Shift.Zone
			}
			if i, found := slices.BinarySearchFunc(owned, hr.DateOf(t, zone), func(d DayPunches, date hr.Date) int { return d.Date.Compare(date) }); found {
				next = &owned[i].Outside
			}
		}
		if next != list {
			extend(list, punches[from:n])
			list, from = next, n
		}
	}
	extend(list, punches[from:])
	return owned, strays
}

// extend adds a run of punches to a list, without a copy where it is all there is.
func extend(list *[]Punch, run []Punch) {
	switch {
	case len(run) == 0:
	case *list == nil:
		*list = slices.Clip(run)
	default:
		*list = append(*list, run...)
	}
}

// claim is the time around one shift that belongs to its day: from from on, before until.
type claim struct {
	day         int // index of the work day
	from, until time.Time
}

func claimsOf(days []planned) []claim {
	out := make([]claim, 0, len(days))
	for i := range days {
		d := &days[i]
		if d.Shift.IsZero() {
			continue
		}
		c := claim{day: i, from: d.start.Add(-reach), until: d.end.Add(reach)}
		if n := len(out); n > 0 {
			before := &out[n-1]
			end := days[before.day].end
			cut := end.Add(d.start.Sub(end) / 2)
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
