package in

import (
	"fmt"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// WithoutWeeklyOff returns the weeks in which somebody worked on more than six days, each with the day of the week on which they should have been
// off: the last one worked. For each of them [WeeklyOffDue] says by when a day off is to be given. days follow each other, whole
// weeks from the weekday on which the establishment's week begins; a week of which days are missing is not judged. A day is worked where
// [attendance.Day].Worked is above zero.
func WithoutWeeklyOff(p attendance.Pack, starts time.Weekday, days []attendance.Day) ([]hr.Date, error) {
	var missed []hr.Date
	worked, seen := 0, 0
	var last hr.Date
	for i, d := range days {
		if i > 0 && d.Date != days[i-1].Date.Add(1) {
			return nil, &hr.FieldError{Path: fmt.Sprintf("days[%d].date", i), Rule: RuleDay, Reason: "must be the day after the one before it"}
		}
		if d.Date.Weekday() == starts {
			worked, seen = 0, 0
		}
		seen++
		if d.Worked > 0 {
			worked, last = worked+1, d.Date
		}
		if seen < 7 || d.Date.Add(1).Weekday() != starts {
			continue
		}
		most, err := p.Value("weekly_off.days", d.Date)
		if err != nil {
			return nil, err
		}
		if worked > int(most.IntPart()) {
			missed = append(missed, last)
		}
	}
	return missed, nil
}

// NightWeeklyOff returns the weekly off of somebody whose shift runs past midnight: the 24 hours that pass from the end of the shift. It
// returns a [hr.FieldError] with RuleDay for no instant.
func NightWeeklyOff(p attendance.Pack, on hr.Date, shiftEnds time.Time) (from, until time.Time, err error) {
	if shiftEnds.IsZero() {
		return from, until, &hr.FieldError{Path: "shift_ends", Rule: RuleDay, Reason: "is required", Err: hr.ErrRequired}
	}
	minutes, err := p.Minutes("weekly_off.hours", on)
	return shiftEnds, shiftEnds.Add(time.Duration(minutes) * time.Minute), err
}

// SpreadOver returns the minutes from the beginning of a day's work to its end, and whether they are more than the law lets: ten and a half
// hours under the Factories Act. Under the OSH Code it is what was notified, which a host adds to the parameter spread_over. It returns a
// [hr.FieldError] with RuleDay for an instant missing or an end before the beginning.
func SpreadOver(p attendance.Pack, on hr.Date, begins, ends time.Time) (minutes int, over bool, err error) {
	if begins.IsZero() || ends.Before(begins) {
		return 0, false, &hr.FieldError{Path: "ends", Rule: RuleDay, Reason: "must not be before the beginning"}
	}
	most, err := p.Minutes("spread_over", on)
	if err != nil {
		return 0, false, err
	}
	minutes = int(ends.Truncate(time.Minute).Sub(begins.Truncate(time.Minute)).Minutes())
	return minutes, minutes > most, nil
}

// WomenAtNight reports whether some of a shift lies between 7 pm and 6 am on the clock of the zone: a woman works it with her consent only,
// and with safety and transport (OSH Code s.43). Before the Code there is no value. It returns a [hr.FieldError] with RuleDay for no
// zone, an instant missing or an end before the beginning.
func WomenAtNight(p attendance.Pack, on hr.Date, begins, ends time.Time, zone *time.Location) (bool, error) {
	if zone == nil || begins.IsZero() || ends.Before(begins) {
		return false, &hr.FieldError{Path: "ends", Rule: RuleDay, Reason: "must have a zone, and not be before the beginning"}
	}
	var clock [2]hr.TimeOfDay
	for i, name := range []string{"women.night_from", "women.night_until"} {
		hour, err := p.Value(name, on)
		if err != nil {
			return false, err
		}
		clock[i] = hr.MustTimeOfDay(fmt.Sprintf("%02d:00", hour.IntPart()))
	}
	for d, last := hr.DateOf(begins, zone).Add(-1), hr.DateOf(ends, zone); !d.After(last); d = d.Add(1) {
		if begins.Before(d.Add(1).At(clock[1], zone)) && d.At(clock[0], zone).Before(ends) {
			return true, nil
		}
	}
	return false, nil
}
