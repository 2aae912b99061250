package uk

import (
	"fmt"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Span is a stretch of work between two instants.
type Span struct{ From, Until time.Time }

// WeeklyRest reports whether a reference period has the rest of reg 11: 24 hours without work in seven days, or in fourteen 48 at once or
// 24 twice; for a young worker 48 in seven days. days is 7 or 14 and from the instant at which the period begins; work of before and after
// it may be among the spans, which may come in any order. Rest is time that passes: give instants, and the night of a clock change is
// as long as it is. longest is the longest stretch without work, in minutes. Whether the daily rest lies beside the weekly one
// (reg 11(7)) is not asked.
//
// It returns [hr.FieldError]s: RuleNoTime for other days, or for 14 of a young worker, RuleOrder for a span that ends before it begins.
func WeeklyRest(p attendance.Pack, on hr.Date, from time.Time, days int, work []Span, young bool) (longest int, enough bool, err error) {
	var faults hr.Faults
	if days != 7 && (days != 14 || young) {
		faults.Add("days", RuleNoTime, "must be 7, or 14 for somebody who is not a young worker")
	}
	if from.IsZero() {
		faults.Missing("from", RuleOrder)
	}
	for i, s := range work {
		if s.From.IsZero() || s.Until.Before(s.From) {
			faults.Add(fmt.Sprintf("work[%d]", i), RuleOrder, "must not end before it begins")
		}
	}
	if faults.Any() {
		return 0, false, faults.Err()
	}
	week, err := p.Minutes(forAge("rest.week", young), on)
	if err != nil {
		return 0, false, err
	}
	fortnight, err := p.Minutes("rest.fortnight", on)
	if err != nil {
		return 0, false, err
	}
	until := from.Add(time.Duration(days) * 24 * time.Hour)
	sorted := slices.Clone(work)
	slices.SortFunc(sorted, func(a, b Span) int { return a.From.Compare(b.From) })
	weeks, free := 0, from // rests of a week, and since when nothing was worked
	rest := func(next time.Time) {
		if next.After(until) {
			next = until
		}
		minutes := int(next.Sub(free) / time.Minute)
		longest = max(longest, minutes)
		weeks += max(0, minutes) / week
	}
	for _, s := range append(sorted, Span{From: until, Until: until}) {
		rest(s.From)
		if s.Until.After(free) {
			free = s.Until
		}
	}
	if days == 14 {
		return longest, longest >= fortnight || weeks >= 2, nil
	}
	return longest, longest >= week, nil
}

// NightWork returns the minutes of a shift that lie in the night, 11 pm to 6 am on the clock of the zone, and whether it makes a night
// worker of who does so as a normal course: three hours. It returns a [hr.FieldError] with RuleOrder for no zone, no instant or a shift that
// ends before it begins.
func NightWork(p attendance.Pack, on hr.Date, shift Span, zone *time.Location) (minutes int, worker bool, err error) {
	if zone == nil || shift.From.IsZero() || shift.Until.Before(shift.From) {
		return 0, false, &hr.FieldError{Path: "shift", Rule: RuleOrder, Reason: "must have a zone, and not end before it begins"}
	}
	from, err := p.Value("night.from", on)
	if err != nil {
		return 0, false, err
	}
	until, err := p.Value("night.until", on)
	if err != nil {
		return 0, false, err
	}
	least, err := p.Minutes("night.worker", on)
	if err != nil {
		return 0, false, err
	}
	first, last := hr.DateOf(shift.From, zone).Add(-1), hr.DateOf(shift.Until, zone)
	for d := first; !d.After(last); d = d.Add(1) {
		begin := d.At(hr.MustTimeOfDay(fmt.Sprintf("%02d:00", from.IntPart())), zone)
		end := d.Add(1).At(hr.MustTimeOfDay(fmt.Sprintf("%02d:00", until.IntPart())), zone)
		if begin.Before(shift.From) {
			begin = shift.From
		}
		if end.After(shift.Until) {
			end = shift.Until
		}
		minutes += max(0, int(end.Sub(begin)/time.Minute))
	}
	return minutes, minutes >= least, nil
}

// HazardOver reports whether a night worker whose work has special hazards worked more than 8 hours in some 24, which is not averaged
// (reg 6(7)). It returns a [hr.FieldError] with RuleNegative for minutes below zero.
func HazardOver(p attendance.Pack, on hr.Date, minutes int) (bool, error) {
	if minutes < 0 {
		return false, &hr.FieldError{Path: "minutes", Rule: RuleNegative, Reason: "must not be negative"}
	}
	most, err := p.Minutes("night.hazard", on)
	return minutes > most, err
}
