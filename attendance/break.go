package attendance

import "github.com/musterhr/hr"

// Break is the unpaid break of a shift, taken off without a punch. Time that the employee was punched out between two
// stretches of work is break already and is not taken off again. Short rests can be paid. The zero Break takes nothing off, and pays
// no time between punches.
type Break struct {
	Minutes  int // unpaid minutes in a day, 0 to 720
	After    int // only from what was worked beyond so many minutes; zero: from the first
	PaidUpTo int // a time of at most so many minutes between two stretches of work is a paid rest and counts as worked, 0 to 60
}

// Validate returns [hr.FieldError]s with RuleShiftBreak.
func (b Break) Validate() error {
	var faults hr.Faults
	checkMinutes(&faults, "minutes", RuleShiftBreak, b.Minutes, 720)
	checkMinutes(&faults, "after", RuleShiftBreak, b.After, 1440)
	checkMinutes(&faults, "paid_up_to", RuleShiftBreak, b.PaidUpTo, 60)
	return faults.Err()
}

// Deduct returns the minutes to take off from present minutes at work, of which the employee was away for gaps minutes in
// between. It never brings the day below After, so that a minute more at work is never a minute less paid.
func (b Break) Deduct(present, gaps int) int {
	return max(0, min(b.Minutes-gaps, present-b.After))
}
