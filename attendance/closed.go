package attendance

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
)

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

// shut returns which punches of an employee belong to a day that is closed: the work day that owns them, as the rosters stand, and where none
// does the day on which they are kept.
func (s Service) shut(ctx context.Context, v hr.View, employee hr.EmployeeID, stored []hr.Entry[Punch]) (map[PunchID]bool, error) {
	pins := []hr.Pin{{Employee: employee}}
	closed, err := s.closed(ctx, v, pins)
	if err != nil || closed[0].IsZero() {
		return nil, err
	}
	out := map[PunchID]bool{}
	var punches []Punch
	for _, e := range stored {
		if e.Value.Employee == employee && e.Withdraws == "" {
			punches = append(punches, e.Value)
			out[e.Value.ID] = !e.Period.From.After(closed[0])
		}
	}
	if len(punches) == 0 {
		return out, nil
	}
	around := padded(span(punches), 2*spill)
	facts, err := s.factsOf(ctx, v, pins, pins, around)
	if err != nil {
		return nil, err
	}
	owned, _, err := assign(s.plan(&once{}, facts[0], around, nil), punches)
	if err != nil {
		return nil, err
	}
	for _, d := range owned {
		for _, p := range slices.Concat(d.Inside, d.Outside) {
			out[p.ID] = !d.Date.After(closed[0])
		}
	}
	return out, nil
}
