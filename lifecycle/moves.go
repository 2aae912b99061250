package lifecycle

import (
	"context"

	"github.com/musterhr/hr"
)

// Join records that a hired employee came. Like every move it returns RuleEmploymentUnknown for nobody, and RuleEmploymentMove with
// the moves that are possible instead; errors.As finds the [*hr.TransitionError].
func (s Service) Join(ctx context.Context, cmd hr.Command, emp hr.EmployeeID) error {
	return s.act(ctx, cmd, "lifecycle.Join", emp, nil, func(_ context.Context, d *deed) error {
		d.moves(Join, d.e.Start)
		return nil
	})
}

// Postpone moves the first day of somebody who has not come yet, to a later or an earlier one. The terms follow: days before the new
// first day have none. The planned end of the trial is worked out again.
func (s Service) Postpone(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, start hr.Date) error {
	return s.act(ctx, cmd, "lifecycle.Postpone", emp, start, func(_ context.Context, d *deed) error {
		d.moves(Postpone, start)
		was, terms := d.e.Start, hr.Terms{}
		for piece, t := range d.known.Over(hr.Period{From: was}) {
			if piece.From == was {
				terms = t
			}
		}
		switch {
		case start.IsZero():
			d.faults.Missing("start", RuleStartMoved)
		case start == was:
			d.faults.Add("start", RuleStartMoved, "is the first day already")
		case !d.e.Person.Born.IsZero() && !d.e.Person.Born.Before(start):
			d.faults.Add("start", RuleStartMoved, "must be after the day of birth")
		case len(d.e.Earlier) > 0 && !start.After(d.e.Earlier[len(d.e.Earlier)-1].LastDay):
			d.faults.Add("start", RuleRehireStart, "must be after the last day of the employment before")
		case start.After(was):
			if _, stays := d.known.At(start); !stays {
				d.faults.Add("start", RuleStartMoved, "must be a day for which terms are known")
			}
			d.entries = []hr.Entry[hr.Terms]{{Period: hr.Period{From: was, Through: start.Add(-1)}, Void: true}}
		default:
			d.entries = []hr.Entry[hr.Terms]{{Period: hr.Period{From: start, Through: was.Add(-1)}, Value: terms}}
		}
		d.e.Start, d.e.ProbationEnd = start, s.probationEnd(terms, start)
		return nil
	})
}

// NoShow records that a hired employee did not come: there are no terms on any day, and they count as never employed.
func (s Service) NoShow(ctx context.Context, cmd hr.Command, emp hr.EmployeeID) error {
	return s.act(ctx, cmd, "lifecycle.NoShow", emp, nil, func(_ context.Context, d *deed) error {
		d.never(NoShow, "")
		return nil
	})
}

// CallOff records that either side withdrew before the first day: there are no terms on any day. reason is the host's word for why.
func (s Service) CallOff(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, reason string) error {
	return s.act(ctx, cmd, "lifecycle.CallOff", emp, reason, func(_ context.Context, d *deed) error {
		d.never(CallOff, reason)
		return nil
	})
}

// never ends what did not begin.
func (d *deed) never(on Event, reason string) {
	d.moves(on, d.e.Start)
	d.e.LastDay, d.e.ExitReason, d.happened.Word = d.e.Start.Add(-1), reason, reason
	d.entries = []hr.Entry[hr.Terms]{end(d.e.LastDay)}
}

// Confirm ends the probation: they are confirmed from on, which must not be before their first day (RuleEmploymentConfirm).
func (s Service) Confirm(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, on hr.Date) error {
	return s.act(ctx, cmd, "lifecycle.Confirm", emp, on, func(_ context.Context, d *deed) error {
		d.moves(Confirm, on)
		if on.Before(d.e.Start) {
			d.faults.Add("on", RuleEmploymentConfirm, "must be the first day or later")
		}
		d.e.Confirmed = on
		return nil
	})
}

// ExtendProbation lets the trial go on through a day, which must be after the first day and after the end that was planned
// (RuleProbationEnd).
func (s Service) ExtendProbation(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, through hr.Date) error {
	return s.act(ctx, cmd, "lifecycle.ExtendProbation", emp, through, func(_ context.Context, d *deed) error {
		d.moves(ExtendProbation, d.e.ProbationEnd.Add(1))
		switch {
		case through.IsZero():
			d.faults.Missing("through", RuleProbationEnd)
		case !through.After(d.e.ProbationEnd), !through.After(d.e.Start):
			d.faults.Add("through", RuleProbationEnd, "must be after the end that was planned and after the first day")
		}
		d.e.ProbationEnd = through
		return nil
	})
}

// GiveNotice records that either side has ended the employment. The terms go on until [Service.Exit] settles the last day. The notice
// needs the day it was given, and must not plan a last day before it or before the first day (RuleNoticeDates).
func (s Service) GiveNotice(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, n NoticeDates) error {
	return s.act(ctx, cmd, "lifecycle.GiveNotice", emp, n, func(_ context.Context, d *deed) error {
		d.moves(Notice, n.Given)
		switch {
		case n.Given.IsZero():
			d.faults.Missing("given", RuleNoticeDates)
		case !n.LastDay.IsZero() && (n.LastDay.Before(n.Given) || n.LastDay.Before(d.e.Start)):
			d.faults.Add("last_day", RuleNoticeDates, "must not be before the notice or the first day")
		}
		d.e.Notice = n
		return nil
	})
}

// WithdrawNotice records that they stay: back to where they were when the notice was given.
func (s Service) WithdrawNotice(ctx context.Context, cmd hr.Command, emp hr.EmployeeID) error {
	return s.act(ctx, cmd, "lifecycle.WithdrawNotice", emp, nil, func(_ context.Context, d *deed) error {
		event := NoticeWithdrawn
		if d.e.State == OnNotice {
			event = d.wayBack(event)
		}
		d.moves(event, hr.Date{})
		d.e.Notice = NoticeDates{}
		return nil
	})
}

// wayBack returns the event that leads to the state before, or otherwise where there is none.
func (d *deed) wayBack(otherwise Event) Event {
	if len(d.e.Behind) > 0 {
		if event, ok := d.table.to(d.e.State, d.e.Behind[0]); ok {
			return event
		}
	}
	return otherwise
}

// Exit settles the last day, which is still employed, before or after it has come, and ends the terms with it: whatever was known for
// later holds no more. reason is the host's word for why. The last day must be given and not lie before the first (RuleExitLastDay).
func (s Service) Exit(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, lastDay hr.Date, reason string) error {
	args := struct {
		LastDay hr.Date
		Reason  string
	}{lastDay, reason}
	return s.act(ctx, cmd, "lifecycle.Exit", emp, args, func(_ context.Context, d *deed) error {
		d.ends(Exit, lastDay, reason)
		return nil
	})
}

// RecordDeath records that somebody died. In service the day is their last; before the first day they were never employed. The day must
// not lie before the first day of somebody in service (RuleExitLastDay).
func (s Service) RecordDeath(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, on hr.Date) error {
	return s.act(ctx, cmd, "lifecycle.RecordDeath", emp, on, func(_ context.Context, d *deed) error {
		if d.e.State == d.table.machine.Start() {
			d.never(Die, "")
			return nil
		}
		d.ends(Die, on, "")
		return nil
	})
}

// ends settles the last day by an event.
func (d *deed) ends(on Event, lastDay hr.Date, reason string) {
	d.moves(on, lastDay)
	checkLastDay(&d.faults, "last_day", d.e.Start, lastDay)
	d.e.LastDay, d.e.ExitReason, d.happened.Word = lastDay, reason, reason
	d.entries = []hr.Entry[hr.Terms]{end(lastDay)}
}

// checkLastDay adds what is wrong with the last day of an employment that began on start.
func checkLastDay(f *hr.Faults, path string, start, lastDay hr.Date) {
	switch {
	case lastDay.IsZero():
		f.Missing(path, RuleExitLastDay)
	case lastDay.Before(start):
		f.Add(path, RuleExitLastDay, "must not be before the first day")
	case lastDay.Add(1).IsZero():
		f.Add(path, RuleExitLastDay, "must leave a day after it in the calendar")
	}
}
