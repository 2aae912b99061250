package lifecycle

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Changes compares the terms as known at each pin with those of today: each stretch of days on which they differ, with the fact that
// made the difference, in pin order and then by date. A pin without a number is today, and differs in nothing. Payroll visits these
// periods again. A stretch without an end is open.
func (s Service) Changes(ctx context.Context, v hr.View, pins []hr.Pin) ([]hr.Change, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.Changes", employees(pins)...); err != nil {
		return nil, err
	}
	heads := make([]hr.Pin, len(pins))
	for i, p := range pins {
		heads[i] = hr.Pin{Employee: p.Employee}
	}
	all, err := histories(ctx, s.Facts, heads)
	if err != nil {
		return nil, err
	}
	var changes []hr.Change
	for i, p := range pins {
		changes = append(changes, changesSince(all[i], p)...)
	}
	return changes, nil
}

// changesSince compares h as known at the pin with all of h.
func changesSince(h hr.History[hr.Terms], p hr.Pin) (changes []hr.Change) {
	if p.Known.Own == 0 || h.Head() <= p.Known.Own {
		return nil
	}
	was, is := h.AsKnown(p.Known.Own), h.AsKnown(0)
	var days []hr.Date
	for _, s := range slices.Concat(was.Steps(), is.Steps()) {
		days = append(days, s.Since)
	}
	slices.SortFunc(days, hr.Date.Compare)
	days = slices.Compact(days)
	for i, day := range days {
		piece := hr.Period{From: day}
		if i+1 < len(days) {
			piece.Through = days[i+1].Add(-1)
		}
		before, then := was.At(day)
		after, now := is.At(day)
		if then == now && same(before, after) {
			continue
		}
		c := hr.Change{Employee: p.Employee, Period: piece, Cause: cause(h, p.Known.Own, piece)}
		if n := len(changes); n > 0 && changes[n-1].Cause == c.Cause && changes[n-1].Period.Through == piece.From.Add(-1) {
			changes[n-1].Period.Through = piece.Through
			continue
		}
		changes = append(changes, c)
	}
	return changes
}

// cause returns the newest fact behind the pin that says something about the days of piece: an entry, or a withdrawal of one that the
// pin knew. What was written and taken back behind the pin made no difference. An entry that only restates stands for the withdrawal
// it was written with.
func cause(h hr.History[hr.Terms], known hr.Seq, piece hr.Period) hr.Ref {
	all := h.Entries()
	stands := standing(all)
	periods, numbers := map[string]hr.Period{}, map[string]hr.Seq{}
	for _, e := range all {
		periods[e.ID], numbers[e.ID] = e.Period, e.Seq
		if e.Withdraws != "" {
			periods[e.ID] = periods[e.Withdraws]
		}
	}
	restated := hr.Seq(0)
	for _, e := range slices.Backward(all) {
		switch {
		case e.Seq <= known:
			return hr.Ref{}
		case e.Seq == restated && e.Withdraws != "":
			return h.Ref(e)
		case !stands[e.ID], numbers[e.Withdraws] > known, !periods[e.ID].Overlaps(piece):
		case restates(e):
			restated = e.Seq
		default:
			return h.Ref(e)
		}
	}
	return hr.Ref{}
}
