package recruitment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Hirer makes an employee. lifecycle.Service is one.
type Hirer interface {
	// Hire makes an employee of h inside the unit of work of ctx, and returns their id.
	Hire(ctx context.Context, cmd hr.Command, h hr.Hire) (hr.EmployeeID, error)
}

// Service keeps the openings and applications of one tenant. It is wired as a literal and safe for concurrent use.
type Service struct {
	Kit          storage.Kit
	Openings     Openings
	Applications Applications
	Hirer        Hirer
	Zone         *time.Location // where it is decided what day it is; nil: UTC
}

// Validate returns [hr.FieldError]s with RuleService for what is missing. Every writing method checks it.
func (s Service) Validate() error {
	var faults hr.Faults
	for _, need := range []struct {
		path string
		ok   bool
	}{{"openings", s.Openings != nil}, {"applications", s.Applications != nil}, {"hirer", s.Hirer != nil}} {
		if !need.ok {
			faults.Missing("recruitment."+need.path, RuleService)
		}
	}
	return faults.Err()
}

// do runs a writing command of s.
func do[R any](ctx context.Context, s Service, cmd hr.Command, verb string, args any, fn func(context.Context, hr.Command) (R, []storage.Event, error)) (R, error) {
	if err := s.Validate(); err != nil {
		var none R
		return none, fmt.Errorf("%s: %w", verb, err)
	}
	return storage.Do(ctx, s.Kit, cmd, verb, args, fn)
}

// Open publishes an opening. An empty ID gets a new one; Filled and Version are not the caller's and are ignored. It refuses an opening
// without a title (RuleOpeningTitle) or without a seat (RuleOpeningSeats), an ID that is taken (RuleOpeningTaken), and terms that no offer
// could take over: an unknown currency (RuleOfferCurrency), a pay term without a name of its own or below zero (RuleOfferPay). What the
// terms leave open, each offer says.
func (s Service) Open(ctx context.Context, cmd hr.Command, o Opening) (OpeningID, error) {
	o.Filled, o.Version = 0, 0
	return do(ctx, s, cmd, "recruitment.Open", o, func(ctx context.Context, cmd hr.Command) (OpeningID, []storage.Event, error) {
		made := o
		if made.ID == "" {
			made.ID = OpeningID(cmd.NewID("opening"))
		}
		var faults hr.Faults
		if made.Title == "" {
			faults.Missing("title", RuleOpeningTitle)
		}
		if made.Seats < 1 {
			faults.Add("seats", RuleOpeningSeats, "must be one or more")
		}
		checkGiven(&faults, "terms", made.Terms)
		switch _, err := s.Openings.Opening(ctx, made.ID); {
		case err == nil:
			faults.Join("", &hr.FieldError{Path: "id", Rule: RuleOpeningTaken, Reason: "is the id of another opening", Err: hr.ErrDuplicate})
		case !errors.Is(err, storage.ErrNotFound):
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		if err := s.Openings.PutOpening(ctx, made); err != nil {
			return "", nil, err
		}
		return made.ID, []storage.Event{event(cmd, "open", "opening", string(made.ID))}, nil
	})
}

// Apply takes up a candidate for an opening, also a full one: a seat may come free. It refuses a candidate without a name
// (RuleApplicationName) and an opening that does not exist (RuleOpeningUnknown).
func (s Service) Apply(ctx context.Context, cmd hr.Command, opening OpeningID, p hr.Person) (ApplicationID, error) {
	args := struct {
		Opening OpeningID
		Person  hr.Person
	}{opening, p}
	return do(ctx, s, cmd, "recruitment.Apply", args, func(ctx context.Context, cmd hr.Command) (ApplicationID, []storage.Event, error) {
		var faults hr.Faults
		if p.Name == "" {
			faults.Missing("person.name", RuleApplicationName)
		}
		if _, err := s.opening(ctx, opening); errors.Is(err, storage.ErrNotFound) {
			faults.Join("", err)
		} else if err != nil {
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		a := Application{ID: ApplicationID(cmd.NewID("application")), Opening: opening, Person: p, State: machine.Start()}
		if err := s.Applications.PutApplication(ctx, a); err != nil {
			return "", nil, err
		}
		return a.ID, []storage.Event{event(cmd, "apply", "application", string(a.ID))}, nil
	})
}

// Advance moves an application to screening or to the interview. Every verb on an application refuses one that does not exist
// (RuleApplicationUnknown), and what its stage does not allow (RuleApplicationStage, with what it does allow; errors.As finds the
// [*hr.TransitionError]). Advance does so too for an event that has a verb of its own, such as accept.
func (s Service) Advance(ctx context.Context, cmd hr.Command, id ApplicationID, on Event) error {
	return s.move(ctx, cmd, "recruitment.Advance", id, on, nil, func(_ context.Context, _ hr.Command, _ *Application, f *hr.Faults) error {
		if on != ToScreening && on != ToInterview {
			f.Add("event", RuleApplicationStage, "must be %s or %s: what else happens has a verb of its own", ToScreening, ToInterview)
		}
		return nil
	})
}

// MakeOffer offers the job, or offers it anew in place of the offer before. An offer without terms takes those of the opening; its State
// is set here. It needs a first day, a last day to accept that is not past and not after the first day, an entity, a known currency, and
// pay terms that each have a name of their own and no negative amount (RuleOfferStart, RuleOfferExpires, RuleOfferEntity,
// RuleOfferCurrency, RuleOfferPay).
func (s Service) MakeOffer(ctx context.Context, cmd hr.Command, id ApplicationID, o Offer) error {
	return s.move(ctx, cmd, "recruitment.MakeOffer", id, Propose, o, func(ctx context.Context, cmd hr.Command, a *Application, f *hr.Faults) error {
		opening, err := s.opening(ctx, a.Opening)
		if err != nil {
			return err
		}
		a.Offer = opening.offer(o)
		a.Offer.check(f, s.today(cmd))
		return nil
	})
}

// Accept takes the offer and hires, in one unit of work: the application, the seat and the employee are written together or not at all. It
// returns the new employee. However many accept at once and however often a command is sent again, an application makes one
// employee, and an opening no more than it has seats. It refuses an offer after its last day (RuleOfferExpired) and an opening
// without a free seat (RuleOpeningFull), and whatever the hire refuses, under the paths of [hr.Hire]. Of two that meet at one opening,
// one may get storage.ErrConflict: sent again, with the same command, it hires or is told that no seat is left. The hire runs as a child
// of this command, so that a policy may allow it to a recruiter by [hr.Ask.Via] alone.
func (s Service) Accept(ctx context.Context, cmd hr.Command, id ApplicationID) (hr.EmployeeID, error) {
	const verb = "recruitment.Accept"
	return do(ctx, s, cmd, verb, id, func(ctx context.Context, cmd hr.Command) (hr.EmployeeID, []storage.Event, error) {
		var hired hr.EmployeeID
		err := s.change(ctx, cmd, id, Accept, func(ctx context.Context, cmd hr.Command, a *Application, f *hr.Faults) error {
			if f.Any() { // no offer is open
				return nil
			}
			o, err := s.opening(ctx, a.Opening)
			if err != nil {
				return err
			}
			if s.today(cmd).After(a.Offer.Expires) {
				f.Add("offer.expires", RuleOfferExpired, "the last day to accept was %s", a.Offer.Expires)
			}
			if o.Filled >= o.Seats {
				f.Add("opening", RuleOpeningFull, "every seat is taken")
			}
			if f.Any() {
				return nil
			}
			o.Filled++
			if err := s.Openings.PutOpening(ctx, o); err != nil { // first: here two acceptances meet
				return err
			}
			if hired, err = s.Hirer.Hire(ctx, cmd.Child(verb, "hire"), a.hire()); err != nil {
				return err
			}
			a.HiredAs, a.Offer.State = hired, OfferAccepted
			return nil
		})
		accepted := event(cmd, string(Accept), "application", string(id))
		accepted.Subject = hired
		return hired, []storage.Event{accepted}, err
	})
}

// Decline records that the candidate says no to the offer, and why.
func (s Service) Decline(ctx context.Context, cmd hr.Command, id ApplicationID, reason string) error {
	return s.end(ctx, cmd, "recruitment.Decline", id, Decline, reason, OfferDeclined)
}

// Reject ends an application from our side, and says why; an open offer is dropped.
func (s Service) Reject(ctx context.Context, cmd hr.Command, id ApplicationID, reason string) error {
	return s.end(ctx, cmd, "recruitment.Reject", id, Reject, reason, OfferDropped)
}

// Withdraw ends an application from the candidate's side, and says why; an open offer is dropped.
func (s Service) Withdraw(ctx context.Context, cmd hr.Command, id ApplicationID, reason string) error {
	return s.end(ctx, cmd, "recruitment.Withdraw", id, Withdraw, reason, OfferDropped)
}

// Opening returns an opening as of now, or RuleOpeningUnknown.
func (s Service) Opening(ctx context.Context, v hr.View, id OpeningID) (Opening, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.Opening"); err != nil {
		return Opening{}, err
	}
	return s.opening(ctx, id)
}

// OpeningsAfter returns the openings behind after, by id, at most limit of them (below 1: all).
func (s Service) OpeningsAfter(ctx context.Context, v hr.View, after OpeningID, limit int) ([]Opening, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.OpeningsAfter"); err != nil {
		return nil, err
	}
	return s.Openings.OpeningsAfter(ctx, after, limit)
}

// Application returns an application as of now, or RuleApplicationUnknown.
func (s Service) Application(ctx context.Context, v hr.View, id ApplicationID) (Application, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.Application"); err != nil {
		return Application{}, err
	}
	return s.application(ctx, id)
}

// ApplicationsFor returns the applications for an opening behind after, by id, at most limit of them (below 1: all).
func (s Service) ApplicationsFor(ctx context.Context, v hr.View, opening OpeningID, after ApplicationID, limit int) ([]Application, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.ApplicationsFor"); err != nil {
		return nil, err
	}
	return s.Applications.ApplicationsFor(ctx, opening, after, limit)
}

func (s Service) today(cmd hr.Command) hr.Date {
	if s.Zone == nil {
		return hr.DateOf(cmd.At(), time.UTC)
	}
	return hr.DateOf(cmd.At(), s.Zone)
}

func (s Service) opening(ctx context.Context, id OpeningID) (Opening, error) {
	o, err := s.Openings.Opening(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return Opening{}, &hr.FieldError{Path: "opening", Rule: RuleOpeningUnknown, Reason: "is no opening", Err: storage.ErrNotFound}
	}
	return o, err
}

func (s Service) application(ctx context.Context, id ApplicationID) (Application, error) {
	a, err := s.Applications.Application(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return Application{}, &hr.FieldError{Path: "application", Rule: RuleApplicationUnknown, Reason: "is no application", Err: storage.ErrNotFound}
	}
	return a, err
}

// edit changes what belongs to an event and adds what is wrong with it; the stage is moved already, unless that was a fault.
type edit func(ctx context.Context, cmd hr.Command, a *Application, f *hr.Faults) error

// end closes an application.
func (s Service) end(ctx context.Context, cmd hr.Command, verb string, id ApplicationID, on Event, reason string, offer OfferState) error {
	return s.move(ctx, cmd, verb, id, on, reason, func(_ context.Context, _ hr.Command, a *Application, _ *hr.Faults) error {
		a.Reason = reason
		if a.Offer.State == OfferOpen {
			a.Offer.State = offer
		}
		return nil
	})
}

// move is a command that changes one application.
func (s Service) move(ctx context.Context, cmd hr.Command, verb string, id ApplicationID, on Event, args any, change edit) error {
	content := struct {
		Application ApplicationID
		Event       Event
		Args        any
	}{id, on, args}
	_, err := do(ctx, s, cmd, verb, content, func(ctx context.Context, cmd hr.Command) (ApplicationID, []storage.Event, error) {
		return id, []storage.Event{event(cmd, string(on), "application", string(id))}, s.change(ctx, cmd, id, on, change)
	})
	return err
}

// change loads an application, moves its stage, edits it and saves it; all faults come together.
func (s Service) change(ctx context.Context, cmd hr.Command, id ApplicationID, on Event, change edit) error {
	a, err := s.application(ctx, id)
	if err != nil {
		return err
	}
	var faults hr.Faults
	next, err := machine.Next(a.State, on)
	if err != nil {
		faults.Join("", &hr.FieldError{Path: "state", Rule: RuleApplicationStage, Reason: err.Error(), Err: err})
	} else {
		a.State = next
	}
	if err := change(ctx, cmd, &a, &faults); err != nil {
		return err
	}
	if faults.Any() {
		return faults.Err()
	}
	return s.Applications.PutApplication(ctx, a)
}

func event(cmd hr.Command, kind, of, id string) storage.Event {
	return storage.Event{
		ID: cmd.NewID("event", kind, id), Stream: "recruitment/" + id, Kind: "recruitment." + kind,
		Ref: hr.Ref{Kind: of, ID: id}, At: cmd.At(),
	}
}
