package attendance

import "github.com/musterhr/hr"

// MissingPunch says what a day is worth on which somebody came and no punch says when they went, or the reverse. The zero
// value pays nothing: the day is unpaid and shows an exception until a correction brings the punch. Either way the
// exception stays, and only time between two punches counts as worked.
type MissingPunch struct {
	Halves int // halves of the day taken as worked: 0, 1 or 2; never more than were due
}

// Validate returns a [hr.FieldError] with RulePolicyHalves.
func (m MissingPunch) Validate() error {
	if m.Halves < 0 || m.Halves > 2 {
		return &hr.FieldError{Path: "halves", Rule: RulePolicyHalves, Reason: "must be 0, 1 or 2"}
	}
	return nil
}
