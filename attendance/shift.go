package attendance

import (
	"time"

	"github.com/musterhr/hr"
)

// Shift is when a day of work begins and ends on the clock of a zone. A shift belongs to the day on which it begins, also
// when it ends on the next: End before Start is the next day. The zero Shift is none.
type Shift struct {
	ID     string         // what [hr.Terms].Shift and the roster call it
	Name   string         // what people call it; empty: the ID
	Zone   *time.Location // required; the machine's own zone is never used
	Start  hr.TimeOfDay
	End    hr.TimeOfDay // 24:00 is midnight at the end of the day
	Break  Break
	Window Window
}

// IsZero reports whether there is no shift.
func (s Shift) IsZero() bool { return s.ID == "" && s.Zone == nil }

// Validate returns every fault of s together: no ID, no zone or the machine's own, a shift of no length (a full day is written 00:00 to 24:00), a
// break or window out of range.
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
	faults.Join("break", s.Break.Validate())
	faults.Join("window", s.Window.Validate())
	return faults.Err()
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
func (s Shift) Span(d hr.Date) (start, end time.Time) {
	last := d
	if s.End.Compare(s.Start) < 0 {
		last = d.Add(1)
	}
	return d.At(s.Start, s.Zone), last.At(s.End, s.Zone)
}

// Length returns the minutes that the shift of work day d really lasts, its break included.
func (s Shift) Length(d hr.Date) int {
	start, end := s.Span(d)
	return int(end.Sub(start).Minutes())
}
