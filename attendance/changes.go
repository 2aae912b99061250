package attendance

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Changes returns what was learnt about each pin after its Own number: the period that a punch, a void, a roster entry or a
// permit can touch, with the entry as cause, in pin order and then in order of learning, punches first, then rosters. A pin with zero Own stands for
// today and has no changes.
//
// The period is wide rather than exact: it reaches two days to either side of the fact, since a night shift or a clock far from
// UTC can own a punch of another day, and a shift moves the cut between its neighbours. With [Service].Tiers it reaches six days
// further: a workweek counts on.
func (s Service) Changes(ctx context.Context, v hr.View, pins []hr.Pin) ([]hr.Change, error) {
	const verb = "attendance.Changes"
	if err := storage.May(ctx, s.Kit, v, verb, subjects(pins)...); err != nil {
		return nil, err
	}
	if err := s.wired(); err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	var since []hr.Pin
	for _, p := range pins {
		if p.Known.Own != 0 {
			since = append(since, p)
		}
	}
	if since == nil {
		return nil, nil
	}
	punches, err := s.Punches.PunchesSince(ctx, since)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	rosters, err := s.Rosters.RostersSince(ctx, since)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	permits := make([][]hr.Entry[Permit], len(since))
	if s.Permits != nil {
		if permits, err = s.Permits.PermitsSince(ctx, since); err != nil {
			return nil, fmt.Errorf("%s: %w", verb, err)
		}
	}
	if err := perPin(len(since), "lists of punches", len(punches), "rosters", len(rosters), "lists of permits", len(permits)); err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	var out []hr.Change
	for i, p := range since {
		reach := func(p hr.Period) hr.Period { return s.restOfWeek(padded(p, spill)) }
		for _, e := range punches[i] {
			out = append(out, hr.Change{Employee: p.Employee, Period: reach(e.Period), Cause: hr.Ref{Kind: "punch", ID: e.ID, Seq: e.Seq}})
		}
		for _, e := range rosters[i] {
			out = append(out, hr.Change{Employee: p.Employee, Period: reach(e.Period), Cause: hr.Ref{Kind: "roster", ID: e.ID, Seq: e.Seq}})
		}
		for _, e := range permits[i] {
			out = append(out, hr.Change{Employee: p.Employee, Period: s.restOfWeek(e.Period), Cause: permitRef(e)})
		}
	}
	return out, nil
}
