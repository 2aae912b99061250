package attendance

import (
	"maps"
	"slices"

	"github.com/musterhr/hr"
)

// spill is how many days apart the work day that owns a punch and the UTC day under which the punch is kept can be: a shift
// may end on the next day, owns at most 12 hours beyond, and a zone is at most 14 hours from UTC. The neighbours that decide
// where a work day is cut lie within the same distance.
const spill = 2

// planned is one day of an employee before anybody came: employed or not, and by which shift.
type planned struct {
	WorkDay
	employed bool
	roster   hr.Ref // the entry that chose the shift; zero where the terms did
	calendar string
	turn     *RotationDay // what a rotation says of the day; nil without one
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

// plan lays out the days of p. A day without a usable shift is a fault and has none.
func (s Service) plan(faults *once, f facts, p hr.Period) []planned {
	out := make([]planned, 0, p.Len())
	for d := range p.Days() {
		day := planned{WorkDay: WorkDay{Date: d}}
		terms, employed := f.terms.At(d)
		if !employed {
			out = append(out, day)
			continue
		}
		day.employed, day.calendar = true, terms.Calendar
		id, field := terms.Shift, "terms.shift"
		if step, ok := f.rostered(d); ok {
			id, field, day.roster = step.Value.Shift, "roster.shift", step.Ref
		}
		shift, id, turn, ok := s.shiftOn(id, d)
		day.turn = turn
		switch {
		case id == "":
			faults.add(d, field, RuleShiftUnknown, "names no shift, and no roster does")
		case !ok:
			faults.add(d, field, RuleShiftUnknown, "is not a shift of this service")
		case shift.ID != id:
			faults.add(d, field, RuleShiftID, "names a shift that is kept under another name")
		case shift.Validate() != nil:
			faults.add(d, field, RuleShiftUnknown, "names a shift that is not valid: see Service.Validate")
		default:
			day.Shift = shift
		}
		out = append(out, day)
	}
	return out
}

// calendarDay returns what the calendar of a planned day says of it.
func (s Service) calendarDay(faults *once, day planned) hr.Day {
	calendar, ok := s.Calendars[day.calendar]
	if !ok {
		faults.add(day.Date, "terms.calendar", RuleCalendarUnknown, "is not a calendar of this service")
		return hr.Day{}
	}
	d, err := calendar.Day(day.Date)
	if err != nil {
		faults.add(day.Date, "terms.calendar", hr.RuleCalendarSpan, "names a calendar that knows %s only", calendar.Span())
	}
	return turned(d, day.turn)
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

func workDays(days []planned) []WorkDay {
	out := make([]WorkDay, len(days))
	for i, d := range days {
		out[i] = d.WorkDay
	}
	return out
}

// span returns the UTC days of punches, which have an instant.
func span(punches []Punch) hr.Period {
	var p hr.Period
	for i, punch := range punches {
		d := punch.day()
		if i == 0 || d.Before(p.From) {
			p.From = d
		}
		if i == 0 || d.After(p.Through) {
			p.Through = d
		}
	}
	return p
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
