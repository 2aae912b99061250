package attendance

import (
	"slices"

	"github.com/musterhr/hr"
)

// Severity says how much an [Exception] matters.
type Severity string

// The severities. The empty severity is not one.
const (
	Info    Severity = "info"    // worth knowing; nothing to do
	Warning Severity = "warning" // somebody may want to look at it
	Problem Severity = "problem" // pay depends on it: to be settled before payroll
)

// ExceptionCode is the stable name of something out of the ordinary on a day.
type ExceptionCode string

// The exceptions. [ExceptionCode.Severity] says how much each matters.
const (
	Late               ExceptionCode = "late"                // came after the start of the shift and its grace
	EarlyExit          ExceptionCode = "early_exit"          // went before the end of the shift, less its grace
	ShortDay           ExceptionCode = "short_day"           // worked, and too little for what was due
	NoShow             ExceptionCode = "no_show"             // due, and neither at work nor on leave
	MissingIn          ExceptionCode = "missing_in"          // went, and no punch says when they came
	MissingOut         ExceptionCode = "missing_out"         // came, and no punch says when they went
	RepeatedPunch      ExceptionCode = "repeated_punch"      // set aside by the rule Duplicates
	OutsideWindow      ExceptionCode = "outside_window"      // too far from the shift: does not count
	NotEmployedPunch   ExceptionCode = "not_employed_punch"  // on a day that is not employed: does not count
	WorkOnOffDay       ExceptionCode = "work_on_off_day"     // worked on a weekly off or a holiday
	WorkOnLeave        ExceptionCode = "work_on_leave"       // worked on leave: a day, half of one, or hours; see [WorkedLeave]
	OffSite            ExceptionCode = "off_site"            // punched outside the fence of the site
	UnapprovedOvertime ExceptionCode = "unapproved_overtime" // worked longer than anybody allowed
	CorrectedPunch     ExceptionCode = "corrected_punch"     // somebody else put the punch in
	NothingWorked      ExceptionCode = "nothing_worked"      // came and went, and no minute of it is work: it is within one minute, or all break
)

// Severity returns how much an exception of this kind matters; empty for an unknown one.
func (c ExceptionCode) Severity() Severity {
	switch c {
	case RepeatedPunch, CorrectedPunch, WorkOnOffDay:
		return Info
	case Late, EarlyExit, ShortDay, WorkOnLeave, OffSite:
		return Warning
	case NoShow, MissingIn, MissingOut, OutsideWindow, NotEmployedPunch, NothingWorked, UnapprovedOvertime:
		return Problem
	}
	return ""
}

// ExceptionCodes lists every code, in the order in which a day shows them.
func ExceptionCodes() []ExceptionCode {
	return []ExceptionCode{
		NotEmployedPunch, OutsideWindow, MissingIn, MissingOut, NothingWorked, NoShow, ShortDay, Late, EarlyExit,
		UnapprovedOvertime, WorkOnOffDay, WorkOnLeave, OffSite, CorrectedPunch, RepeatedPunch,
	}
}

// rank is the place of a code in the order of [ExceptionCodes].
func (c ExceptionCode) rank() int { return slices.Index(ExceptionCodes(), c) }

// Exception is something out of the ordinary on a day, for a person to see.
type Exception struct {
	Code     ExceptionCode
	Severity Severity
	Detail   string // in words, with times on the clock of the shift
	Ref      hr.Ref // the fact it is about; zero where it is about the day
}
