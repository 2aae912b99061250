package attendance

import (
	"maps"
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// spill is how many days apart the work day that owns a punch and the UTC day under which the punch is kept can be: a shift
// may end on the next day, owns at most 12 hours beyond, and a zone is at most 14 hours from UTC. The neighbours that decide
// where a work day is cut lie within the same distance.
const spill = 2

// planned is one day of an employee before anybody came: employed or not, and by which shift.
type planned struct {
	Date       hr.Date
	Shift      *Shift    // the zero Shift where there is none
	start, end time.Time // of the shift: see [spans]
	roster     hr.Ref    // the entry that chose the shift; zero where the terms did
	calendar   string
	employed   bool
	turns      bool // by a rotation
	off        bool // by that rotation
}

// once reports a fault of the wiring for the first day it shows on, not for every day of the month.
type once struct {
	faults *hr.Faults
	path   string
	of     hr.Period // only days of it are at fault
	said   map[string]bool
}

func (o *once) add(d hr.Date, field string, rule hr.Rule, reason string, args ...any) {
	key := field + " " + string(rule)
	if !o.of.Contains(d) || o.said[key] {
		return
	}
	if o.said == nil {
		o.said = map[string]bool{}
	}
	o.said[key] = true
	o.faults.Add(o.path+"."+field, rule, reason+" (on "+d.String()+")", args...)
}

// plan lays out the days of p, in the place of the list it is given. A day without a usable shift is a fault and has none.
func (s Service) plan(faults *once, f facts, p hr.Period, in []planned) []planned {
	out := slices.Grow(in[:0], p.Len())[:p.Len()]
	none := &Shift{}
	for i := range out {
		out[i] = planned{Date: p.From.Add(i), Shift: none}
	}
	names := names{service: &s}
	for piece, terms := range f.terms.Over(p) {
		for d := range piece.Days() {
			day := &out[d.Since(p.From)]
			day.employed, day.calendar = true, terms.Calendar
			name, field := terms.Shift, "terms.shift"
			if step, ok := f.rostered(d); ok {
				name, field, day.roster = step.Value.Shift, "roster.shift", step.Ref
			}
			if r := names.rotation(name); r != nil {
				turn := r.On(d)
				name, day.turns, day.off = turn.Shift, true, turn.Off
			}
			shift := names.shift(name)
			day.Shift = &shift.Shift
			if shift.fault != "" {
				faults.add(d, field, shift.rule, shift.fault)
			}
		}
	}
	return out
}

// names looks up the shifts and rotations that terms and rosters name, each once: days that follow each other mostly name the same.
type names struct {
	service   *Service
	shifts    map[string]*namedShift
	rotations map[string]*Rotation
}

// namedShift is what a name stands for: a shift that is valid, or a fault and the zero Shift.
type namedShift struct {
	Shift
	rule  hr.Rule
	fault string
}

func (n *names) shift(id string) *namedShift {
	if found, ok := n.shifts[id]; ok {
		return found
	}
	found := &namedShift{rule: RuleShiftUnknown}
	switch shift, ok := n.service.Shifts[id]; {
	case id == "":
		found.fault = "names no shift, and no roster does"
	case !ok:
		found.fault = "is not a shift of this service"
	case shift.ID != id:
		found.rule, found.fault = RuleShiftID, "names a shift that is kept under another name"
	case shift.Validate() != nil:
		found.fault = "names a shift that is not valid: see Service.Validate"
	default:
		found.Shift = shift
	}
	if n.shifts == nil {
		n.shifts = map[string]*namedShift{}
	}
	n.shifts[id] = found
	return found
}

// rotation returns the rotation of a name, nil where it is none that is valid.
func (n *names) rotation(id string) *Rotation {
	if len(n.service.Rotations) == 0 {
		return nil
	}
	if found, ok := n.rotations[id]; ok {
		return found
	}
	var found *Rotation
	if r, ok := n.service.Rotations[id]; ok && r.Validate() == nil {
		found = &r
	}
	if n.rotations == nil {
		n.rotations = map[string]*Rotation{}
	}
	n.rotations[id] = found
	return found
}

// calendarDay returns what the calendar of a planned day says of it.
func (s *Service) calendarDay(faults *once, day *planned) hr.Day {
	calendar, ok := s.Calendars[day.calendar]
	if !ok {
		faults.add(day.Date, "terms.calendar", RuleCalendarUnknown, "is not a calendar of this service")
		return hr.Day{}
	}
	d, err := calendar.Day(day.Date)
	if err != nil {
		faults.add(day.Date, "terms.calendar", hr.RuleCalendarSpan, "names a calendar that knows %s only", calendar.Span())
	}
	if day.turns {
		return turned(d, day.off)
	}
	return d
}

// padded returns p with n more days at either end, as far as the calendar goes.
func padded(p hr.Period, n int) hr.Period {
	if from := p.From.Add(-n); !from.IsZero() {
		p.From = from
	}
	if through := p.Through.Add(n); !through.IsZero() {
		p.Through = through
	}
	return p
}

// span returns the UTC days of punches, which have an instant.
func span(punches []Punch) hr.Period {
	var p hr.Period
	for i, punch := range punches {
		d := punch.day()
		if i == 0 || d.Before(p.From) {
			p.From = d
		}
		if d.After(p.Through) {
			p.Through = d
		}
	}
	return p
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
