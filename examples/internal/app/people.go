package app

import (
	"context"

	"github.com/musterhr/hr"
)

// page is how many people are read at once.
const page = 500

// Stand returns the terms of people as known today, in the order given: where they work, and under whom. It asks no policy: whoever asks
// shows of it what everybody in a company may know, department, position and manager.
func (a *App) Stand(ctx context.Context, pins []hr.Pin) ([]hr.Timeline[hr.Terms], error) {
	entries, err := a.Store.Terms(ctx, pins)
	if err != nil {
		return nil, err
	}
	out := make([]hr.Timeline[hr.Terms], len(pins))
	for i, e := range entries {
		h, err := hr.NewHistory("terms", e...)
		if err != nil {
			return nil, err
		}
		out[i] = h.AsKnown(0)
	}
	return out, nil
}

// Reports returns who has boss as their manager today, by number. What may be seen of them is asked of the services, one by one.
func (a *App) Reports(ctx context.Context, boss hr.EmployeeID) (ids []hr.EmployeeID, err error) {
	if boss == "" {
		return nil, nil
	}
	ever, err := a.Store.ReportsOf(ctx, boss)
	if err != nil || len(ever) == 0 {
		return nil, err
	}
	pins := make([]hr.Pin, len(ever))
	for i, id := range ever {
		pins[i].Employee = id
	}
	lines, err := a.Stand(ctx, pins)
	today := a.Today()
	for i, line := range lines {
		if t, ok := line.At(today); ok && t.Manager == boss {
			ids = append(ids, ever[i])
		}
	}
	return ids, err
}

// EachEmployed walks those who are employed on some day of a period, a page at a time, by number. Like [App.Stand] it asks no policy.
func (a *App) EachEmployed(ctx context.Context, p hr.Period, fn func([]hr.EmployeeID) error) error {
	for after := hr.EmployeeID(""); ; {
		ids, err := a.Store.EmployedIn(ctx, p, after, page)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := fn(ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}
