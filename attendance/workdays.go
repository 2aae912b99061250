package attendance

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Workdays returns what each day of p asks of an employee, as known at v.Known: the day of their calendar, as the rotation they are on turns it,
// so that a weekly off is theirs and not that of the office. Days on which they are not employed, and those that the calendar or the
// shifts of the service do not know, are left out. Leave counts by it, for people who work in turns.
func (s Service) Workdays(ctx context.Context, v hr.View, employee hr.EmployeeID, p hr.Period) ([]hr.Day, error) {
	const verb = "attendance.Workdays"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return nil, err
	}
	var faults hr.Faults
	checkPeriod(&faults, "period", p)
	faults.Join("", s.wired())
	if faults.Any() {
		return nil, fmt.Errorf("%s: %w", verb, faults.Err())
	}
	pins := []hr.Pin{{Employee: employee, Known: v.Known}}
	facts, err := s.factsOf(ctx, v.Inside(verb), pins, pins, p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	var out []hr.Day
	days := s.plan(&once{}, facts[0], p, nil)
	for i := range days {
		day := &days[i]
		if !day.employed || !s.Calendars[day.calendar].Span().Contains(day.Date) {
			continue
		}
		if d := s.calendarDay(&once{}, day); !d.Date.IsZero() {
			out = append(out, d)
		}
	}
	return out, nil
}
