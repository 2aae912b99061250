package attendance

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// spill is how many days apart the work day that owns a punch and the UTC day under which the punch is kept can be: a shift
// may end on the next day, owns at most 12 hours beyond, and a zone is at most 14 hours from UTC. The neighbours that decide
// where a work day is cut lie within the same distance.
const spill = 2

// planned is one day of an employee before anybody came: employed or not, by which shift and calendar.
type planned struct {
	WorkDay
	employed bool
	roster   hr.Ref
	calendar hr.Day
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

// plan lays out the days of p and of the spill around it. What is wrong on a day of p is a fault under path; around it, a
// day that cannot be planned has no shift.
func (s Service) plan(faults *hr.Faults, path string, f facts, p hr.Period) []planned {
	around := padded(p, spill)
	out := make([]planned, 0, around.Len())
	said := map[string]bool{}
	fault := func(d hr.Date, field string, rule hr.Rule, reason string) {
		if key := field + string(rule); p.Contains(d) && !said[key] { // once, not for every day of the month
			said[key] = true
			faults.Add(path+"."+field, rule, "%s (on %s)", reason, d)
		}
	}
	for d := range around.Days() {
		day := planned{WorkDay: WorkDay{Date: d}}
		terms, employed := f.terms.At(d)
		if !employed {
			out = append(out, day)
			continue
		}
		day.employed = true
		id, field := terms.Shift, "terms.shift"
		if step, ok := f.roster.StepAt(d); ok {
			id, field, day.roster = step.Value.Shift, "roster.shift", step.Ref
		}
		shift, ok := s.Shifts[id]
		switch {
		case id == "":
			fault(d, field, RuleShiftUnknown, "names no shift, and no roster does")
		case !ok:
			fault(d, field, RuleShiftUnknown, "is not a shift of this service")
		case shift.ID != id:
			fault(d, field, RuleShiftID, "names a shift that is kept under another name")
		case shift.Validate() != nil:
			fault(d, field, RuleShiftLength, "names a shift that is not valid: see Service.Validate")
		default:
			day.Shift = shift
		}
		if p.Contains(d) {
			calendar, ok := s.Calendars[terms.Calendar]
			if !ok {
				fault(d, "terms.calendar", RuleCalendarUnknown, "is not a calendar of this service")
			} else if day.calendar, _ = calendar.Day(d); day.calendar.Date != d {
				fault(d, "terms.calendar", hr.RuleCalendarSpan, fmt.Sprintf("names a calendar that knows %s only", calendar.Span()))
			}
		}
		out = append(out, day)
	}
	return out
}

func workDays(days []planned) []WorkDay {
	out := make([]WorkDay, len(days))
	for i, d := range days {
		out[i] = d.WorkDay
	}
	return out
}

// span returns the UTC days of instants that are not zero; ok is false if there are none.
func span(times []time.Time) (p hr.Period, ok bool) {
	for _, t := range times {
		d := hr.DateOf(t, time.UTC)
		if d.IsZero() {
			continue
		}
		if !ok || d.Before(p.From) {
			p.From = d
		}
		if !ok || d.After(p.Through) {
			p.Through = d
		}
		ok = true
	}
	return p, ok
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
