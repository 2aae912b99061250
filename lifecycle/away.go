package lifecycle

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
)

// AwayTerms say how long somebody is away and what they are paid meanwhile.
type AwayTerms struct {
	From hr.Date `json:"from"`
	// Through is the last day as agreed: the day after, pay goes on as before without anybody doing anything. Zero: until
	// [Service.Return] records that they are back.
	Through hr.Date `json:"through,omitzero"`
	// Pay is the share of the agreed pay that goes on, from From on; empty: as the state means. Half of it, and three quarters from the
	// 91st day, is a subsistence allowance; nothing is a secondment that the host employer pays.
	Pay  []PayStep `json:"pay,omitempty"`
	At   string    `json:"at,omitempty"`   // the host employer of a secondment, who must be named
	Word string    `json:"word,omitempty"` // the host's word for why
}

// Suspend keeps somebody from work. What they are paid, and that no leave accrues, is in their terms from the first day of it.
// Faults: a first day outside the employment, a last day before it or behind the employment (RuleAwayDates), shares of pay that do not
// rise by date or are none (RulePaySteps).
func (s Service) Suspend(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, a AwayTerms) error {
	return s.leaves(ctx, cmd, "lifecycle.Suspend", emp, Suspend, a)
}

// StartLongLeave records that somebody is away for long by agreement. Leave that is counted in days of a year is that of package leave.
// Faults are those of [Service.Suspend].
func (s Service) StartLongLeave(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, a AwayTerms) error {
	return s.leaves(ctx, cmd, "lifecycle.StartLongLeave", emp, StartLongLeave, a)
}

// Second lends somebody to another employer, who must be named (RuleAwayDates). They stay employed and paid here, unless Pay says that
// the other pays: a share of nothing. Faults are those of [Service.Suspend].
func (s Service) Second(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, a AwayTerms) error {
	return s.leaves(ctx, cmd, "lifecycle.Second", emp, Second, a)
}

func (s Service) leaves(ctx context.Context, cmd hr.Command, verb string, emp hr.EmployeeID, on Event, a AwayTerms) error {
	return s.act(ctx, cmd, verb, emp, a, func(_ context.Context, d *deed) error {
		d.moves(on, a.From)
		if on == Second && a.At == "" {
			d.faults.Missing("at", RuleAwayDates)
		}
		d.happened.Word = a.Word
		d.e.Away = AwayDates{From: a.From, Through: a.Through, At: a.At}
		if d.away(a) {
			d.stand(d.e.State, hr.Period{From: a.From, Through: a.Through}, a.Pay)
		}
		return nil
	})
}

// away adds what is wrong with a, and reports whether it can be written.
func (d *deed) away(a AwayTerms) bool {
	var own hr.Faults
	_, employed := d.known.At(a.From)
	last := lastEmployed(d.known, a.From)
	switch {
	case a.From.IsZero():
		own.Missing("from", RuleAwayDates)
	case !employed:
		own.Add("from", RuleAwayDates, "must be a day of the employment")
	case a.Through.IsZero():
	case a.Through.Before(a.From):
		own.Add("through", RuleAwayDates, "must not be before from")
	case !last.IsZero() && a.Through.After(last):
		own.Add("through", RuleAwayDates, "must not be after the last day")
	}
	if !own.Any() {
		checkSteps(&own, "pay", a.Pay, hr.Period{From: a.From, Through: a.Through})
	}
	d.faults.Join("", own.Err())
	return !own.Any()
}

// Revise changes what was agreed for the time away from a day on: it goes on for longer or ends earlier, at the same pay or another.
// From must be a day of the time away or the day after it (RuleAwayDates); the other faults are those of [Service.Suspend]. An empty At
// leaves the host employer.
func (s Service) Revise(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, a AwayTerms) error {
	return s.act(ctx, cmd, "lifecycle.Revise", emp, a, func(_ context.Context, d *deed) error {
		was := d.e.Away
		d.moves(Revise, a.From)
		if d.faults.Any() {
			return nil
		}
		if a.From.Before(was.From) || !was.Through.IsZero() && a.From.After(was.Through.Add(1)) {
			d.faults.Add("from", RuleAwayDates, "must be a day of the time away, or the day after it")
		}
		d.happened.Word = a.Word
		d.e.Away.Through = a.Through
		if a.At != "" {
			d.e.Away.At = a.At
		}
		if d.away(a) {
			d.stand(d.e.State, hr.Period{From: a.From, Through: a.Through}, a.Pay)
			if !a.Through.IsZero() {
				d.standNormally(a.Through.Add(1))
			}
		}
		return nil
	})
}

// Back is the end of a suspension, a long leave, a secondment or a host's own interruption.
type Back struct {
	On hr.Date `json:"on"` // the first day back; the first day of the time away: it was as if they had never gone
	// Pay corrects the share of pay over the whole time away, from its first day on: a suspension that is held to have been wrong is paid
	// in full afterwards, as arrears. Empty: it stays as it was.
	Pay []PayStep `json:"pay,omitempty"`
}

// Return records that somebody is back, in the state that they were in before. They are paid as agreed from b.On; where that is later
// than planned, the days between are as the days away before them. Faults: a day before the time away or outside the employment
// (RuleAwayBack), RulePaySteps.
func (s Service) Return(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, b Back) error {
	return s.act(ctx, cmd, "lifecycle.Return", emp, b, func(_ context.Context, d *deed) error {
		from, was := d.e.State, d.e.Away
		event := Return
		if m := d.table.meanings[from]; m.Interrupts && !m.Keeps {
			event = d.wayBack(event)
		}
		d.moves(event, b.On)
		if d.faults.Any() {
			return nil
		}
		_, employed := d.known.At(b.On)
		switch {
		case b.On.IsZero():
			d.faults.Missing("on", RuleAwayBack)
		case b.On.Before(was.From):
			d.faults.Add("on", RuleAwayBack, "must not be before the first day away")
		case !employed:
			d.faults.Add("on", RuleAwayBack, "must be a day of the employment")
		}
		days := hr.Period{From: was.From, Through: b.On.Add(-1)}
		gone := b.On.After(was.From)
		if len(b.Pay) > 0 && !gone {
			d.faults.Add("pay", RulePaySteps, "there is no day away to pay")
		} else {
			checkSteps(&d.faults, "pay", b.Pay, days)
		}
		if d.faults.Any() {
			return nil
		}
		late := hr.Period{From: was.Through.Add(1), Through: days.Through}
		switch {
		case len(b.Pay) > 0:
			d.stand(from, days, b.Pay)
		case gone && !was.Through.IsZero() && b.On.After(late.From):
			held, _ := d.known.At(was.Through)
			standing, err := StandingOf(held)
			if err != nil {
				return err
			}
			d.stand(from, late, []PayStep{{From: late.From, Share: standing.Share}})
		}
		d.e.Away = AwayDates{}
		states := append([]State{d.e.State}, d.e.Behind...)
		at := slices.IndexFunc(states, func(s State) bool { return !d.table.meanings[s].Keeps })
		if under := d.table.meanings[states[max(0, at)]]; under.Interrupts {
			d.stand(states[at], hr.Period{From: b.On}, nil)
			return nil
		}
		d.standNormally(b.On)
		return nil
	})
}
