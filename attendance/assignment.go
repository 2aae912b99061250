package attendance

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Roster puts employees on shifts and returns the references of the new roster entries, in the order given. From the command
// on they count for every day of their periods, also past ones; what was known before does not change.
//
// It refuses, all at once under paths such as "assignments[2].shift": an employee missing, a shift that the service does not
// have (RuleShiftUnknown), an impossible period, two assignments of one employee that share days (RuleRosterOverlap), an
// employee who is employed on no day of the period (RuleRosterNotEmployed).
func (s Service) Roster(ctx context.Context, cmd hr.Command, assignments ...Assignment) ([]hr.Ref, error) {
	const verb = "attendance.Roster"
	given := slices.Clone(assignments)
	people := make([]hr.EmployeeID, len(given))
	for i, a := range given {
		people[i] = a.Employee
	}
	people = distinct(people)
	return storage.Do(ctx, s.Kit, cmd, verb, storage.About(given, people...), func(ctx context.Context, cmd hr.Command) ([]hr.Ref, []storage.Event, error) {
		var faults hr.Faults
		faults.Join("", s.wired())
		if len(given) == 0 {
			faults.Missing("assignments", RuleEmpty)
		}
		s.checkAssignments(&faults, given)
		if s.wired() == nil {
			if err := s.rosterable(ctx, cmd.View(verb, hr.Known{}), &faults, given); err != nil {
				return nil, nil, err
			}
		}
		if faults.Any() {
			return nil, nil, faults.Err()
		}
		taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, people...)
		if err != nil {
			return nil, nil, err
		}
		numbers := map[hr.EmployeeID]storage.Taken{}
		for _, t := range taken {
			numbers[t.Employee] = t
		}
		entries := make([]hr.Entry[Rostered], len(given))
		refs := make([]hr.Ref, len(given))
		lines := map[hr.EmployeeID]int{}
		for i, a := range given {
			t := numbers[a.Employee]
			entries[i] = hr.Entry[Rostered]{
				ID: cmd.NewID("roster", strconv.Itoa(i)), Seq: t.Known.Own, Line: lines[a.Employee], Recorded: t.Recorded,
				Period: a.Period, Value: Rostered{Employee: a.Employee, Team: a.Team, Shift: a.Shift}, Void: a.Clear, Cause: commandRef(cmd),
			}
			lines[a.Employee]++
			refs[i] = hr.Ref{Kind: "roster", ID: entries[i].ID, Seq: entries[i].Seq}
		}
		if err := s.Rosters.AppendRosters(ctx, entries...); err != nil {
			return nil, nil, err
		}
		return refs, events(cmd, "attendance.rostered", taken), nil
	})
}

// rosterable reports the assignments of people who are not employed on any of the days.
func (s Service) rosterable(ctx context.Context, v hr.View, faults *hr.Faults, list []Assignment) error {
	var days hr.Period
	at := map[hr.EmployeeID]int{}
	var pins []hr.Pin
	for _, a := range list {
		if a.Employee == "" || a.Period.Validate() != nil {
			continue
		}
		if _, ok := at[a.Employee]; !ok {
			at[a.Employee] = len(pins)
			pins = append(pins, hr.Pin{Employee: a.Employee})
		}
		days = hull(days, a.Period)
	}
	if pins == nil {
		return nil
	}
	terms, err := s.Terms.TermsOf(ctx, v, pins, days)
	if err != nil {
		return err
	}
	if err := perPin(len(pins), "terms", len(terms)); err != nil {
		return err
	}
	closed, err := s.closed(ctx, v, pins)
	if err != nil {
		return err
	}
	for i, a := range list {
		if a.Employee == "" || a.Period.Validate() != nil {
			continue
		}
		if !a.Period.From.After(closed[at[a.Employee]]) {
			faults.Add(fmt.Sprintf("assignments[%d].period", i), RulePeriodClosed, "begins on a day that is closed")
		}
		employed := false
		for range terms[at[a.Employee]].Over(a.Period) {
			employed = true
			break
		}
		if !employed {
			faults.Add(fmt.Sprintf("assignments[%d].period", i), RuleRosterNotEmployed, "has no day on which they are employed")
		}
	}
	return nil
}

// hull returns the shortest period that covers both; the zero period adds nothing.
func hull(p, o hr.Period) hr.Period {
	if p.IsZero() {
		return o
	}
	if o.From.Before(p.From) {
		p.From = o.From
	}
	if o.Open() || !p.Open() && o.Through.After(p.Through) {
		p.Through = o.Through
	}
	return p
}
