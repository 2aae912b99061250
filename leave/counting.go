package leave

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

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
	// SandwichCalendar counts every day of the request whole, working or not: leave in weeks, such as maternity leave. Days off
	// beside a request do not count, and between two requests neither.
	SandwichCalendar Sandwich = "calendar_days"
)

// Counting says which days of a request count. Working days always do, as far as they are worked. The zero Counting counts
// no other.
type Counting struct {
	Sandwich Sandwich `json:"sandwich,omitempty" class:"public"`
	// Longest is the length of a run of days off above which none of it counts: with 2 a weekend does, and a week of holidays does
	// not. 0: any length counts.
	Longest int `json:"longest,omitempty" class:"public"`
	// Across takes leave of every type for leave when it asks what is beside a day off, and not only leave of this type.
	Across bool `json:"across,omitempty" class:"public"`
	// Hours is the hours of a whole working day, of a type whose [Unit] is hours; half a day is half of them.
	Hours decimal.Decimal `json:"hours,omitzero" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyCounting: a sandwich rule that is none, or something below zero.
func (c Counting) Validate() error {
	var faults hr.Faults
	switch c.Sandwich {
	case "", SandwichNone, SandwichEnclosed, SandwichWeeklyOff, SandwichHolidays, SandwichEdges, SandwichCalendar:
	default:
		faults.Add("sandwich", RulePolicyCounting, "must be none, enclosed, weekly_off_only, holidays_only, also_edges or calendar_days")
	}
	if c.Longest < 0 {
		faults.Add("longest", RulePolicyCounting, "must not be below zero")
	}
	if c.Hours.Sign() < 0 {
		faults.Add("hours", RulePolicyCounting, "must not be below zero")
	}
	return faults.Err()
}

// off reports that no run of days off is looked at.
func (c Counting) off() bool {
	return c.Sandwich == "" || c.Sandwich == SandwichNone || c.Sandwich == SandwichCalendar
}

// counted returns what a part of a day counts, in days or, with Hours, in hours.
func (c Counting) counted(days decimal.Decimal) decimal.Decimal {
	if c.Hours.IsZero() {
		return days
	}
	return days.Mul(c.Hours)
}

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
	case SandwichCalendar:
		return "calendar days"
	}
	return "working days"
}
