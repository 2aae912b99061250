package attendance

import (
	"time"

	"github.com/musterhr/hr"
)

// PunchRounding moves the instants between which time counts to whole steps of the clock. The punches themselves are never touched:
// what is late, what is early and every exception go by them. The zero PunchRounding is off, and that is the right default: rounding
// must be neutral over time (29 CFR 785.48(b)), and where minutes are captured exactly, courts have refused it (Camp v. Home
// Depot, Cal. 2022; Donohue v. AMN, Cal. 2021, for meal periods).
type PunchRounding struct {
	Step int // minutes, a divisor of 60: 5, 6, 10, 15; zero: no rounding
	Mode PunchRoundingMode
}

// PunchRoundingMode says which way a punch between two steps goes. The empty mode is RoundNearest.
type PunchRoundingMode string

// The modes. Each punch is rounded alone.
const (
	RoundNearest   PunchRoundingMode = "nearest"         // half a step goes up: of 15 minutes, 7 go down and 8 up
	FavourEmployee PunchRoundingMode = "favour_employee" // in goes down, out goes up
	FavourEmployer PunchRoundingMode = "favour_employer" // in goes up, out goes down
)

// Validate returns [hr.FieldError]s with RulePunchStep and RulePunchMode.
func (r PunchRounding) Validate() error {
	var faults hr.Faults
	if r.Step < 0 || r.Step > 60 || r.Step > 0 && 60%r.Step != 0 {
		faults.Add("step", RulePunchStep, "must be 0, or minutes that divide an hour: 5, 6, 10, 15")
	}
	switch r.Mode {
	case "", RoundNearest, FavourEmployee, FavourEmployer:
	default:
		faults.Add("mode", RulePunchMode, "must be nearest, favour_employee or favour_employer")
	}
	return faults.Err()
}

// Round returns the instant that counts for a punch that came in or went out, on the clock of zone: a quarter of an hour is one of the
// clock on the wall, also where the zone is half an hour off. What is counted begins at the start of a minute, rounded or not.
func (r PunchRounding) Round(at time.Time, direction Direction, zone *time.Location) time.Time {
	at = at.Truncate(time.Minute)
	if r.Step <= 0 {
		return at
	}
	_, offset := at.In(zone).Zone()
	step := int64(r.Step) * 60
	past := ((at.Unix()+int64(offset))%step + step) % step
	down := at.Add(-time.Duration(past) * time.Second)
	up := past > 0
	switch {
	case r.Mode == "" || r.Mode == RoundNearest:
		up = 2*past >= step
	case (r.Mode == FavourEmployee) == (direction == In):
		up = false
	}
	if up {
		return down.Add(minutes(r.Step))
	}
	return down
}
