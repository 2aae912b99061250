package leave

import "github.com/musterhr/hr"

// Sandwich says which days off around leave count as leave. A run of days off counts only where leave touches it on the
// sides that the rule names: the last half day worked before it, the first half day worked after it, or both.
type Sandwich string

const (
	// SandwichNone counts no day off. The empty Sandwich is the same.
	SandwichNone Sandwich = "none"
	// SandwichEnclosed counts every day off of a run between leave and leave.
	SandwichEnclosed Sandwich = "enclosed"
	// SandwichWeeklyOff counts, of a run between leave and leave, the weekly offs; a weekly off on a holiday is a holiday.
	SandwichWeeklyOff Sandwich = "weekly_off_only"
	// SandwichHolidays counts, of a run between leave and leave, the holidays.
	SandwichHolidays Sandwich = "holidays_only"
	// SandwichEdges counts every day off of a run with leave on either side: between leave and leave, and also before its
	// first day and after its last.
	SandwichEdges Sandwich = "also_edges"
)

// Counting says which days of a request count. Working days always do, as far as they are worked. The zero Counting counts
// no other.
type Counting struct {
	Sandwich Sandwich `json:"sandwich,omitempty" class:"public"`
}

// Validate returns a [hr.FieldError] with RulePolicyCounting for a sandwich rule that is none.
func (c Counting) Validate() error {
	switch c.Sandwich {
	case "", SandwichNone, SandwichEnclosed, SandwichWeeklyOff, SandwichHolidays, SandwichEdges:
		return nil
	}
	return &hr.FieldError{Path: "sandwich", Rule: RulePolicyCounting, Reason: "must be none, enclosed, weekly_off_only, holidays_only or also_edges"}
}

func (c Counting) off() bool { return c.Sandwich == "" || c.Sandwich == SandwichNone }

// touched reports whether a run of days off counts, given whether there is leave before and after it.
func (c Counting) touched(before, after bool) bool {
	if c.Sandwich == SandwichEdges {
		return before || after
	}
	return before && after
}

// counts reports whether a day off of a run that counts is itself counted.
func (c Counting) counts(d hr.Day) bool {
	switch c.Sandwich {
	case SandwichWeeklyOff:
		return d.Holiday == ""
	case SandwichHolidays:
		return d.Holiday != ""
	}
	return true
}

// text says the rule in words, for a trace.
func (c Counting) text() string {
	switch c.Sandwich {
	case SandwichEnclosed:
		return "working days, and days off between leave and leave"
	case SandwichWeeklyOff:
		return "working days, and weekly offs between leave and leave"
	case SandwichHolidays:
		return "working days, and holidays between leave and leave"
	case SandwichEdges:
		return "working days, and days off next to leave"
	}
	return "working days"
}
