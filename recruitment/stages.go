package recruitment

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Advance moves an application on by an event that has no verb of its own: to screening, to the interview, or to a stage of the host's
// table. Every verb on an application refuses one that does not exist (RuleApplicationUnknown), what its stage does not allow
// (RuleApplicationStage, with what it does allow; errors.As finds the [*hr.TransitionError]), and what a guard of the pipeline still
// waits for (RuleApplicationGuard). Advance refuses an event that has a verb of its own, such as accept.
func (s Service) Advance(ctx context.Context, cmd hr.Command, id ApplicationID, on Event) error {
	return s.move(ctx, cmd, "recruitment.Advance", id, on, nil, s.advance(on))
}

// AdvanceAll moves many applications on, all or none: what is wrong with any of them is told for all at once, each under
// "applications[i]". It returns what each has come to, in the order given.
func (s Service) AdvanceAll(ctx context.Context, cmd hr.Command, on Event, ids ...ApplicationID) ([]Moved, error) {
	return s.moveAll(ctx, cmd, "recruitment.AdvanceAll", on, nil, s.advance(on), ids)
}

// Reject ends an application from our side, and says why; an open offer is dropped. Where the pipeline has reasons for it, the reason must be
// one of their codes (RuleApplicationReason).
func (s Service) Reject(ctx context.Context, cmd hr.Command, id ApplicationID, reason string) error {
	return s.move(ctx, cmd, "recruitment.Reject", id, Reject, reason, s.end(Reject, reason, OfferDropped))
}

// RejectAll ends many applications for one reason, all or none, as [Service.AdvanceAll] does.
func (s Service) RejectAll(ctx context.Context, cmd hr.Command, reason string, ids ...ApplicationID) ([]Moved, error) {
	return s.moveAll(ctx, cmd, "recruitment.RejectAll", Reject, reason, s.end(Reject, reason, OfferDropped), ids)
}

// Withdraw ends an application from the candidate's side, and says why as [Service.Reject] does; an open offer is dropped.
func (s Service) Withdraw(ctx context.Context, cmd hr.Command, id ApplicationID, reason string) error {
	return s.move(ctx, cmd, "recruitment.Withdraw", id, Withdraw, reason, s.end(Withdraw, reason, OfferDropped))
}

// Decline records that the candidate says no to the offer, and why as [Service.Reject] does.
func (s Service) Decline(ctx context.Context, cmd hr.Command, id ApplicationID, reason string) error {
	return s.move(ctx, cmd, "recruitment.Decline", id, Decline, reason, s.end(Decline, reason, OfferDeclined))
}

// Moved is what one application of many has come to.
type Moved struct {
	Application ApplicationID
	State       State
}

// edit changes what belongs to an event and adds what is wrong with it; the stage is moved already, unless that was a fault.
type edit func(ctx context.Context, cmd hr.Command, a *Application, f *hr.Faults) error

func (s Service) advance(on Event) edit {
	return func(_ context.Context, _ hr.Command, _ *Application, f *hr.Faults) error {
		if !s.Pipeline.advances(on) {
			f.Add("event", RuleApplicationStage, "must be one that only moves an application: what else happens has a verb of its own")
		}
		return nil
	}
}

// end closes an application.
func (s Service) end(on Event, reason string, offer OfferState) edit {
	return func(_ context.Context, _ hr.Command, a *Application, f *hr.Faults) error {
		s.Pipeline.checkReason(f, on, reason)
		a.Reason = reason
		if a.Offer.live() {
			a.Offer.State = offer
		}
		return nil
	}
}

// move is a command that changes one application.
func (s Service) move(ctx context.Context, cmd hr.Command, verb string, id ApplicationID, on Event, args any, change edit) error {
	content := struct {
		Application ApplicationID
		Event       Event
		Args        any
	}{id, on, args}
	_, err := do(ctx, s, cmd, verb, content, func(ctx context.Context, cmd hr.Command) (ApplicationID, []storage.Event, error) {
		_, err := s.change(ctx, cmd, id, on, change)
		return id, []storage.Event{event(cmd, string(on), "application", string(id))}, err
	})
	return err
}

// onApplication is a command that changes a live application without moving it, and announces what.
func (s Service) onApplication(ctx context.Context, cmd hr.Command, verb, what string, id ApplicationID, args any, change func(hr.Command, *Application, *hr.Faults)) error {
	content := struct {
		Application ApplicationID
		Args        any
	}{id, args}
	_, err := do(ctx, s, cmd, verb, content, func(ctx context.Context, cmd hr.Command) (ApplicationID, []storage.Event, error) {
		a, err := s.application(ctx, id)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		if !s.Pipeline.Live(a.State) {
			faults.Add("application", RuleApplicationStage, "has ended: it is %s", a.State)
		}
		change(cmd, &a, &faults)
		if faults.Any() {
			return "", nil, faults.Err()
		}
		return id, []storage.Event{event(cmd, what, "application", string(id))}, s.Applications.PutApplication(ctx, a)
	})
	return err
}

// moveAll is a command that changes many applications by one event.
func (s Service) moveAll(ctx context.Context, cmd hr.Command, verb string, on Event, args any, change edit, ids []ApplicationID) ([]Moved, error) {
	content := struct {
		Applications []ApplicationID
		Event        Event
		Args         any
	}{ids, on, args}
	return do(ctx, s, cmd, verb, content, func(ctx context.Context, cmd hr.Command) ([]Moved, []storage.Event, error) {
		var faults hr.Faults
		var moved []Moved
		var put []Application
		var events []storage.Event
		for i, id := range ids {
			at := pathOf("applications", i)
			if slices.Contains(ids[:i], id) {
				faults.Add(at, RuleApplicationTwice, "comes twice")
				continue
			}
			a, refused, err := s.changed(ctx, cmd, id, on, change)
			if err != nil {
				return nil, nil, err
			}
			faults.Join(at, refused)
			put, moved = append(put, a), append(moved, Moved{id, a.State})
			events = append(events, event(cmd, string(on), "application", string(id)))
		}
		if faults.Any() {
			return nil, nil, faults.Err()
		}
		if err := s.offersEnd(ctx, cmd, put...); err != nil {
			return nil, nil, err
		}
		for _, a := range put {
			if err := s.Applications.PutApplication(ctx, a); err != nil {
				return nil, nil, err
			}
		}
		return moved, events, nil
	})
}

// change loads an application, moves its stage, edits it and saves it; all faults come together.
func (s Service) change(ctx context.Context, cmd hr.Command, id ApplicationID, on Event, change edit) (Application, error) {
	a, refused, err := s.changed(ctx, cmd, id, on, change)
	if err == nil {
		err = refused
	}
	if err == nil {
		err = s.offersEnd(ctx, cmd, a)
	}
	if err != nil {
		return Application{}, err
	}
	return a, s.Applications.PutApplication(ctx, a)
}

// changed is an application after an event, not saved yet. What is wrong with the event is refused; err is a store that failed.
func (s Service) changed(ctx context.Context, cmd hr.Command, id ApplicationID, on Event, change edit) (a Application, refused, err error) {
	a, err = s.application(ctx, id)
	if len(hr.FieldErrors(err)) > 0 {
		return a, err, nil
	}
	if err != nil {
		return a, nil, err
	}
	var faults hr.Faults
	from := a.State
	next, moveErr := s.Pipeline.Stages().Next(from, on)
	if moveErr != nil {
		faults.Join("", &hr.FieldError{Path: "state", Rule: RuleApplicationStage, Reason: moveErr.Error(), Err: moveErr})
	} else {
		if err := s.guard(ctx, cmd, &faults, a, on); err != nil {
			return a, nil, err
		}
		a.State = next
	}
	if err := change(ctx, cmd, &a, &faults); err != nil {
		return a, nil, err
	}
	reason := ""
	if !s.Pipeline.Live(a.State) {
		reason = a.Reason
	}
	a.Trail = append(a.Trail, Move{On: on, From: from, To: a.State, At: cmd.At(), By: cmd.Actor.ID, Reason: reason, Code: s.Pipeline.code(on, reason)})
	return a, faults.Err(), nil
}

// guard adds a fault for everything that the pipeline's guards still wait for.
func (s Service) guard(ctx context.Context, cmd hr.Command, f *hr.Faults, a Application, on Event) error {
	for _, n := range s.Pipeline.needs(a.State, on) {
		met, err := s.met(ctx, cmd, a, n)
		if err != nil {
			return err
		}
		if !met {
			f.Add("needs."+string(n), RuleApplicationGuard, "must be there before %s", on)
		}
	}
	return nil
}

func (s Service) met(ctx context.Context, cmd hr.Command, a Application, n Need) (bool, error) {
	switch n {
	case NeedScreening:
		return len(a.Score.Points) > 0, nil
	case NeedConsent:
		c, err := s.candidate(ctx, a.Candidate)
		return c.Consented(PurposeHiring, s.today(cmd)), err
	case NeedRequisition:
		o, err := s.opening(ctx, a.Opening)
		return o.Requisition != "", err // an opening is made of an approved requisition only
	}
	interviews, cards, err := s.held(ctx, a)
	if err != nil {
		return false, err
	}
	if n == NeedScorecard {
		return len(cards) > 0, nil
	}
	return len(interviews) > 0 && len(unsubmitted(interviews, cards)) == 0, nil
}
