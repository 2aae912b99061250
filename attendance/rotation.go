package attendance

import (
	"fmt"

	"github.com/musterhr/hr"
)

// RotationDay is one day of a [Rotation].
type RotationDay struct {
	Shift string // the ID of the shift; on a day off the shift by which punches find their day, empty: that of the last day of work before it
	Off   bool   // the weekly off of who works in turns, whatever the calendar says of the weekday
}

// Rotation is a round of shifts that repeats: a week of mornings, a week of nights, four days on and two off. Terms and rosters name it
// like a shift. Its days off replace the weekly offs of the calendar; holidays stay. Crews that work in turns are rotations that begin on
// different days.
type Rotation struct {
	ID     string
	Begins hr.Date // a day on which the round begins; earlier days count backward from it
	Days   []RotationDay
}

// Validate returns [hr.FieldError]s with RuleRotation: no ID, no first day, no days or more than ten years of them, no day of work, a day
// of work without a shift.
func (r Rotation) Validate() error {
	var faults hr.Faults
	if r.ID == "" {
		faults.Missing("id", RuleRotation)
	}
	if r.Begins.IsZero() {
		faults.Missing("begins", RuleRotation)
	}
	if len(r.Days) == 0 || len(r.Days) > 3660 {
		faults.Add("days", RuleRotation, "must be 1 to 3660 days")
	}
	works := false
	for i, d := range r.Days {
		works = works || !d.Off
		if !d.Off && d.Shift == "" {
			faults.Missing(fmt.Sprintf("days[%d].shift", i), RuleRotation)
		}
	}
	if len(r.Days) > 0 && !works {
		faults.Add("days", RuleRotation, "must have a day of work")
	}
	return faults.Err()
}

// On returns what the rotation says of a day: its shift, also on a day off, and whether it is one. r must be valid.
func (r Rotation) On(d hr.Date) RotationDay {
	n := len(r.Days)
	i := ((d.Since(r.Begins) % n) + n) % n
	day := r.Days[i]
	for back := 1; day.Shift == "" && back < n; back++ {
		if before := r.Days[(i-back+n)%n]; !before.Off {
			day.Shift = before.Shift
		}
	}
	return day
}

// named reports whether a name is a shift or a rotation of the service.
func (s Service) named(name string) bool {
	_, isShift := s.Shifts[name]
	_, isRotation := s.Rotations[name]
	return isShift || isRotation
}

// checkRotations reports rotations that are not valid, are kept under another name, or name a shift that is not there.
func (s Service) checkRotations(faults *hr.Faults) {
	for _, id := range sorted(s.Rotations) {
		at := fmt.Sprintf("rotations[%s]", id)
		r := s.Rotations[id]
		faults.Join(at, r.Validate())
		if r.ID != id {
			faults.Add(at+".id", RuleRotation, "is kept under another name")
		}
		if _, taken := s.Shifts[id]; taken {
			faults.Add(at+".id", RuleRotation, "is the name of a shift as well")
		}
		for i, d := range r.Days {
			if _, ok := s.Shifts[d.Shift]; d.Shift != "" && !ok {
				faults.Add(fmt.Sprintf("%s.days[%d].shift", at, i), RuleShiftUnknown, "is not a shift of this service")
			}
		}
	}
}

// turned returns what the calendar says of a day for who works in turns and is off by them, or not.
func turned(d hr.Day, off bool) hr.Day {
	switch {
	case d.Date.IsZero():
	case off:
		d.Halves, d.WeeklyOff = 0, true
	case d.WeeklyOff && d.Holiday == "":
		d.Halves, d.WeeklyOff = 2, false
	}
	return d
}
