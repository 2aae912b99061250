package lifecycle

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
)

// HostMove is an event of a host's own, from its extended [Table].
type HostMove struct {
	Event   Event     `json:"event"`
	On      hr.Date   `json:"on"`               // from when it counts; where it ends the employment, the last day
	Through hr.Date   `json:"through,omitzero"` // the last day in the new state, where pay goes on as before the day after; zero: until the next event
	Pay     []PayStep `json:"pay,omitempty"`    // the share of the agreed pay from On on; empty: as the state means
	Word    string    `json:"word,omitempty"`   // the host's word for why
}

// Move moves an employment by an event that the host has added. What the new state means decides the rest: an end ends the terms after On;
// another state writes into the terms from On what it means for pay and leave, or takes that away again. Events of [Standard] have verbs
// of their own (RuleMoveEvent). Faults are those of [Service.Exit] for an end, and of [Service.Suspend] otherwise.
func (s Service) Move(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, m HostMove) error {
	return s.act(ctx, cmd, "lifecycle.Move", emp, m, func(_ context.Context, d *deed) error {
		if slices.ContainsFunc(standard.machine.Rows(), func(r hr.Transition[State, Event]) bool { return r.On == m.Event }) {
			d.faults.Add("event", RuleMoveEvent, "%s has a verb of its own", m.Event)
			return nil
		}
		before := d.e.State
		d.moves(m.Event, m.On)
		d.happened.Word = m.Word
		if d.faults.Any() {
			return nil
		}
		to := d.table.meanings[d.e.State]
		switch {
		case !to.Employed && before == d.table.machine.Start():
			d.e.LastDay, d.e.ExitReason = d.e.Start.Add(-1), m.Word
			d.entries = []hr.Entry[hr.Terms]{end(d.e.LastDay)}
		case !to.Employed:
			checkLastDay(&d.faults, "on", d.e.Start, m.On)
			d.e.LastDay, d.e.ExitReason = m.On, m.Word
			d.entries = []hr.Entry[hr.Terms]{end(m.On)}
		case !d.away(AwayTerms{From: m.On, Through: m.Through, Pay: m.Pay}), to.Keeps:
		case to.Works && to.Accrues && to.Paid.Equal(atWork.Paid) && len(m.Pay) == 0:
			d.e.Away = AwayDates{}
			d.standNormally(m.On)
		default:
			d.e.Away = AwayDates{From: m.On, Through: m.Through}
			d.stand(d.e.State, hr.Period{From: m.On, Through: m.Through}, m.Pay)
			if !m.Through.IsZero() {
				d.standNormally(m.Through.Add(1))
			}
		}
		return nil
	})
}
