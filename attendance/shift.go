package attendance

import (
	"time"

	"github.com/musterhr/hr"
)

// ShiftKind says how strictly a shift binds to its clock. The empty kind is FixedShift.
type ShiftKind string

// The kinds of shift.
const (
	FixedShift    ShiftKind = ""         // come at Start, go at End
	FlexibleShift ShiftKind = "flexible" // come within Flex minutes after Start; the end moves as far as one came later
	OpenShift     ShiftKind = "open"     // come and go at any time between Start and End, and work Asks minutes: nobody is late or early
	// UnclockedShift is for those who do not come to a clock, such as office staff: what is planned and not on leave counts as worked, and nobody is
	// late, early or missing. Punches that there are all the same show what was worked beyond the plan.
	UnclockedShift ShiftKind = "unclocked"
)

// Shift is when a day of work begins and ends on the clock of a zone. A shift belongs to the day on which it begins, also
// when it ends on the next: End before Start is the next day. The zero Shift is none.
type Shift struct {
	ID     string         // what [hr.Terms].Shift and the roster call it
	Name   string         // what people call it; empty: the ID
	Zone   *time.Location // required; the machine's own zone is never used
	Start  hr.TimeOfDay
	End    hr.TimeOfDay // 24:00 is midnight at the end of the day
	Kind   ShiftKind
	Flex   int   // minutes, of a flexible shift
	Asks   int   // minutes of presence that an open shift asks for, its break included
	Pause  Pause // of a split shift
	Break  Break
	Window Window
}

// Pause cuts a split shift in two: 06:00 to 10:00 and 16:00 to 20:00 have a pause from 10:00 to 16:00. It is not asked for, and not an
// unpaid break either; who works in it has worked. A half of the day is a part of the shift. The zero Pause is none.
type Pause struct {
	From, Until hr.TimeOfDay
}

// IsZero reports whether the shift is in one piece.
func (p Pause) IsZero() bool { return p == Pause{} }

// IsZero reports whether there is no shift.
func (s Shift) IsZero() bool { return s.ID == "" && s.Zone == nil }

// Validate returns every fault of s together: no ID, no zone or the machine's own, a shift of no length (a full day is written 00:00 to 24:00), a
// break or window out of range, minutes that its kind does not have, a pause that is not inside the shift.
func (s Shift) Validate() error {
	var faults hr.Faults
	if s.ID == "" {
		faults.Missing("id", RuleShiftID)
	}
	switch s.Zone {
	case nil:
		faults.Missing("zone", RuleShiftZone)
	case time.Local: // the answer would depend on where the program runs
		faults.Add("zone", RuleShiftZone, "must be a named zone, not that of the machine")
	}
	if s.Start == s.End || s.Start.Seconds() == 86400 {
		faults.Add("end", RuleShiftLength, "must not be the same as the start, which must be before 24:00; a full day is written 00:00 to 24:00")
	}
	s.checkKind(&faults)
	if begin, end, last := s.into(s.Pause.From), s.into(s.Pause.Until), s.into(s.End); !s.Pause.IsZero() && (begin <= 0 || end <= begin || last <= end) {
		faults.Add("pause", RuleShiftPause, "must begin after the start of the shift and end before its end")
	}
	faults.Join("break", s.Break.Validate())
	faults.Join("window", s.Window.Validate())
	return faults.Err()
}

func (s Shift) checkKind(faults *hr.Faults) {
	switch s.Kind {
	case FixedShift, FlexibleShift, OpenShift, UnclockedShift:
	default:
		faults.Add("kind", RuleShiftKind, "must be empty (fixed), flexible, open or unclocked")
	}
	if (s.Kind == FlexibleShift) != (s.Flex > 0) || s.Flex < 0 || s.Flex > 720 {
		faults.Add("flex", RuleShiftKind, "must be 1 to 720 minutes in a flexible shift, and nothing in another")
	}
	if (s.Kind == OpenShift) != (s.Asks > 0) || s.Asks < 0 || s.Asks > s.into(s.End)/60 {
		faults.Add("asks", RuleShiftKind, "must be minutes that fit between start and end in an open shift, and nothing in another")
	}
	if s.Kind == OpenShift && !s.Pause.IsZero() {
		faults.Add("pause", RuleShiftPause, "must be empty in an open shift")
	}
}

// into returns how many seconds of the clock after the start of the shift a time of day is.
func (s Shift) into(t hr.TimeOfDay) int {
	n := int(t.Seconds()) - int(s.Start.Seconds())
	if n < 0 {
		n += 86400
	}
	return n
}

// Label returns the name of the shift, or its ID where it has none.
func (s Shift) Label() string {
	if s.Name == "" {
		return s.ID
	}
	return s.Name
}

// Span returns the instants at which the shift of work day d begins and ends. On the night of a clock change the time
// between them is longer or shorter than the clock says, as [hr.Date.At] describes; a shift that lies wholly in the skipped
// hour has no length on that day.
func (s Shift) Span(d hr.Date) (start, end time.Time) { return s.at(d, s.Start), s.at(d, s.End) }

// at returns the instant of a time of day within the shift of work day d.
func (s Shift) at(d hr.Date, t hr.TimeOfDay) time.Time {
	if t.Compare(s.Start) < 0 {
		d = d.Add(1)
	}
	return d.At(t, s.Zone)
}

// Length returns the minutes that the shift of work day d really lasts from its start to its end, break and pause included.
func (s Shift) Length(d hr.Date) int {
	start, end := s.Span(d)
	return int(end.Sub(start).Minutes())
}

// halves returns the two parts of the shift of work day d, from start to end, that its halves ask for, and their minutes of presence: the
// parts of a split shift, else what lies before and after the middle.
func (s *Shift) halves(d hr.Date, start, end time.Time) (parts [2][2]time.Time, minutes [2]int) {
	length := int(end.Sub(start).Minutes())
	middle := start.Add(time.Duration(length/2) * time.Minute)
	parts = [2][2]time.Time{{start, middle}, {middle, end}}
	minutes = [2]int{length / 2, length - length/2}
	switch {
	case s.Kind == OpenShift:
		minutes = [2]int{s.Asks / 2, s.Asks - s.Asks/2}
	case !s.Pause.IsZero():
		parts[0][1], parts[1][0] = s.at(d, s.Pause.From), s.at(d, s.Pause.Until)
		for h, p := range parts {
			minutes[h] = max(0, int(p[1].Sub(p[0]).Minutes()))
		}
	}
	return parts, minutes
}
