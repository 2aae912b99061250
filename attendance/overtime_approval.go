package attendance

import (
	"fmt"
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// OvertimeApproval says whose word overtime needs. The empty one needs none: all that was worked is paid, as many laws demand whoever
// allowed it; use the others only where the law lets an employer refuse.
type OvertimeApproval string

// The approvals.
const (
	OvertimeFree     OvertimeApproval = ""
	ApprovedBefore   OvertimeApproval = "before" // allowed before the first punch of the day
	ApprovedAnyOrder OvertimeApproval = "after"  // allowed before or after
)

// Allowance is overtime that somebody allowed on a day.
type Allowance struct {
	Employee hr.EmployeeID
	Date     hr.Date
	Minutes  int       // at most so many of the day
	At       time.Time // when it was allowed
	Ref      hr.Ref
}

// BandUnapproved is time worked beyond what was allowed: neither regular nor paid as overtime until somebody decides.
const BandUnapproved = "unapproved"

// Apply moves overtime that was not allowed into [BandUnapproved], the dearest tier first, and shows it as an exception. Several
// allowances of a day add up. Time worked stays what it is. It returns [hr.FieldError]s: RuleOvertimeApproval for an unknown rule,
// RuleAllowance for minutes below zero or no day.
func (a OvertimeApproval) Apply(days []Day, allowed []Allowance) ([]Day, error) {
	var faults hr.Faults
	if a != OvertimeFree && a != ApprovedBefore && a != ApprovedAnyOrder {
		faults.Add("approval", RuleOvertimeApproval, "must be empty (none needed), before or after")
	}
	for i, x := range allowed {
		if x.Minutes < 0 || x.Date.IsZero() {
			faults.Add(fmt.Sprintf("allowed[%d]", i), RuleAllowance, "needs a day, and minutes that are not negative")
		}
	}
	if faults.Any() || a == OvertimeFree {
		return days, faults.Err()
	}
	out := slices.Clone(days)
	for i := range out {
		d := &out[i]
		if d.Overtime == 0 {
			continue
		}
		minutes := 0
		var refs []hr.Ref
		for _, x := range allowed {
			if x.Date != d.Date || a == ApprovedBefore && len(d.Sessions) > 0 && x.At.After(d.Sessions[0].In.At) {
				continue
			}
			minutes += x.Minutes
			if !x.Ref.IsZero() {
				refs = append(refs, x.Ref)
			}
		}
		d.Refs = append(slices.Clip(d.Refs), refs...)
		d.refuse(d.Overtime - minutes)
	}
	return out, nil
}

// refuse takes minutes off the overtime, from the last band to the first.
func (d *Day) refuse(minutes int) {
	if minutes <= 0 {
		return
	}
	d.move(minutes, BandUnapproved, func(hr.Band) bool { return true })
	d.Exceptions = append(slices.Clip(d.Exceptions), exception(UnapprovedOvertime, hr.Ref{}, "%d minutes of overtime were not allowed", minutes))
	slices.SortStableFunc(d.Exceptions, func(x, y Exception) int { return x.Code.rank() - y.Code.rank() })
}

// move takes minutes from the bands of overtime that which chooses, the last first, and puts them into the band of a name.
func (d *Day) move(minutes int, name string, which func(hr.Band) bool) {
	bands := slices.Clone(d.Bands)
	moved := 0
	for i := range slices.Backward(bands) {
		if b := &bands[i]; isOvertime(b.Name) && which(*b) {
			n := min(b.Minutes, minutes-moved)
			b.Minutes -= n
			moved += n
		}
	}
	if moved == 0 {
		return
	}
	bands = slices.DeleteFunc(bands, func(b hr.Band) bool { return b.Minutes == 0 })
	d.Bands = withBand(bands, name, moved)
	d.Overtime -= moved
}

// isOvertime reports whether a band is time worked beyond regular time that is paid as such.
func isOvertime(band string) bool {
	switch band {
	case BandRegular, BandNight, BandWeekend, BandUnapproved, BandBanked:
		return false
	}
	return true
}
