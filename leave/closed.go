package leave

import (
	"context"

	"github.com/musterhr/hr"
)

// open records a fault where days of an employee begin on one that is closed.
func (s Service) open(ctx context.Context, faults *hr.Faults, v hr.View, path string, employee hr.EmployeeID, from hr.Date) error {
	if s.Closings == nil || from.IsZero() {
		return nil
	}
	closed, err := s.Closings.ClosedThrough(ctx, v, []hr.Pin{{Employee: employee}})
	if err != nil {
		return err
	}
	if !from.After(closed[0]) {
		faults.Add(path, RulePeriodClosed, "begins on a day that is closed")
	}
	return nil
}
