package attendance

import (
	"context"

	"github.com/musterhr/hr"
)

// Device is a reader of punches. A reader at the gate is nobody's; a phone is its owner's, and takes no punch of anybody else.
type Device struct {
	ID    string
	Owner hr.EmployeeID // empty: everybody's
}

// closed returns, one item per pin in pin order, the last day that may not be changed any more; no date where all may.
func (s Service) closed(ctx context.Context, v hr.View, pins []hr.Pin) ([]hr.Date, error) {
	if s.Closings == nil {
		return make([]hr.Date, len(pins)), nil
	}
	days, err := s.Closings.ClosedThrough(ctx, v, pins)
	if err != nil {
		return nil, err
	}
	return days, perPin(len(pins), "closed days", len(days))
}
