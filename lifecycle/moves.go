package lifecycle

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Join records that a hired employee came. Like every move it returns RuleEmploymentUnknown for nobody, and RuleEmploymentMove with
// the moves that are possible instead; errors.As finds the [*hr.TransitionError].
func (s Service) Join(ctx context.Context, cmd hr.Command, emp hr.EmployeeID) error {
	return s.move(ctx, cmd, "lifecycle.Join", emp, always(Join), nil, func(*Employment, *hr.Faults) {})
}

// Confirm ends the probation: they are confirmed from on, which must not be before their first day (RuleEmploymentConfirm).
func (s Service) Confirm(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, on hr.Date) error {
	return s.move(ctx, cmd, "lifecycle.Confirm", emp, always(Confirm), on, func(e *Employment, f *hr.Faults) {
		if on.Before(e.Start) {
			f.Add("on", RuleEmploymentConfirm, "must be the first day or later")
		}
		e.Confirmed = on
	})
}

// GiveNotice records that either side has ended the employment. The terms go on until [Service.Exit] settles the last day. The notice
// needs the day it was given, and must not plan a last day before it or before the first day (RuleNoticeDates).
func (s Service) GiveNotice(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, n NoticeDates) error {
	return s.move(ctx, cmd, "lifecycle.GiveNotice", emp, always(Notice), n, func(e *Employment, f *hr.Faults) {
		switch {
		case n.Given.IsZero():
			f.Missing("given", RuleNoticeDates)
		case !n.LastDay.IsZero() && (n.LastDay.Before(n.Given) || n.LastDay.Before(e.Start)):
			f.Add("last_day", RuleNoticeDates, "must not be before the notice or the first day")
		}
		e.Notice = n
	})
}

// WithdrawNotice records that they stay: back to confirmed, or to probation for who was never confirmed.
func (s Service) WithdrawNotice(ctx context.Context, cmd hr.Command, emp hr.EmployeeID) error {
	stay := func(e Employment) Event {
		if e.Confirmed.IsZero() {
			return ResumeProbation
		}
		return NoticeWithdrawn
	}
	return s.move(ctx, cmd, "lifecycle.WithdrawNotice", emp, stay, nil, func(e *Employment, _ *hr.Faults) { e.Notice = NoticeDates{} })
}

// ChangePerson replaces who the employee is: a new name, address or bank account. What was there before is in nobody's answer
// any more; that it was changed, by whom and why is in the audit. Faults are those of the person in [Service.Hire].
func (s Service) ChangePerson(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, p hr.Person) error {
	const verb = "lifecycle.ChangePerson"
	_, err := do(ctx, s, cmd, verb, storage.About(p, emp), func(ctx context.Context, cmd hr.Command) (hr.EmployeeID, []storage.Event, error) {
		e, err := s.employment(ctx, emp)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		checkPerson(&faults, "person", p)
		if !p.Born.IsZero() && !p.Born.Before(e.Start) {
			faults.Add("person.born", RulePersonBorn, "must be before the first day")
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		e.Person = p
		if err := s.Employments.PutEmployment(ctx, e); err != nil {
			return "", nil, err
		}
		return emp, []storage.Event{event(cmd, "person", emp, hr.Ref{})}, nil
	})
	return err
}

// Exit settles the last day, which is still employed, before or after it has come, and ends the terms with it: whatever was known for
// later holds no more. reason is the host's word for why. The last day must be given and not lie before the first (RuleExitLastDay).
func (s Service) Exit(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, lastDay hr.Date, reason string) error {
	const verb = "lifecycle.Exit"
	args := struct {
		Employee hr.EmployeeID
		LastDay  hr.Date
		Reason   string
	}{emp, lastDay, reason}
	_, err := do(ctx, s, cmd, verb, storage.About(args, emp), func(ctx context.Context, cmd hr.Command) (hr.EmployeeID, []storage.Event, error) {
		e, err := s.employment(ctx, emp)
		if err != nil {
			return "", nil, err
		}
		taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, emp)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		step(&faults, &e, Exit)
		checkLastDay(&faults, "last_day", e.Start, lastDay)
		if err := s.gate(ctx, &faults, e, GateExit, lastDay); err != nil {
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		e.LastDay, e.ExitReason = lastDay, reason
		if err := s.Employments.PutEmployment(ctx, e); err != nil {
			return "", nil, err
		}
		if err := s.follow(ctx, cmd, e); err != nil {
			return "", nil, err
		}
		entries := learnt(cmd, taken, emp, []hr.Entry[hr.Terms]{end(lastDay)})
		if err := s.Facts.AppendTerms(ctx, emp, entries...); err != nil {
			return "", nil, err
		}
		return emp, []storage.Event{event(cmd, string(Exit), emp, termsRef(entries[0]))}, nil
	})
	return err
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

// step moves e, or adds why that is not possible.
func step(f *hr.Faults, e *Employment, on Event) {
	next, err := machine.Next(e.State, on)
	if err != nil {
		f.Join("", &hr.FieldError{Path: "state", Rule: RuleEmploymentMove, Reason: err.Error(), Err: err})
		return
	}
	e.State = next
}

func always(on Event) func(Employment) Event { return func(Employment) Event { return on } }

// move is what the verbs that touch the case alone share: edit sets what belongs to the event and adds what is wrong with it.
func (s Service) move(ctx context.Context, cmd hr.Command, verb string, emp hr.EmployeeID, on func(Employment) Event, args any, edit func(*Employment, *hr.Faults)) error {
	content := struct {
		Employee hr.EmployeeID
		Args     any
	}{emp, args}
	_, err := do(ctx, s, cmd, verb, storage.About(content, emp), func(ctx context.Context, cmd hr.Command) (hr.EmployeeID, []storage.Event, error) {
		e, err := s.employment(ctx, emp)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		happened := on(e)
		step(&faults, &e, happened)
		edit(&e, &faults)
		if happened == Join {
			if err := s.gate(ctx, &faults, e, GateJoin, e.Start); err != nil {
				return "", nil, err
			}
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		if err := s.Employments.PutEmployment(ctx, e); err != nil {
			return "", nil, err
		}
		if err := s.follow(ctx, cmd, e); err != nil {
			return "", nil, err
		}
		return emp, []storage.Event{event(cmd, string(happened), emp, hr.Ref{})}, nil
	})
	return err
}
