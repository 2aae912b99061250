package recruitment

import (
	"context"
	"errors"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// OpeningID names one opening.
type OpeningID string

// Opening is a place to be filled, once or several times. Its version is what two acceptances of the last seat meet at. Version 0 is
// not stored yet.
type Opening struct {
	ID          OpeningID       `json:"id" class:"public"`
	Requisition RequisitionID   `json:"requisition,omitempty" class:"public"` // the approval it comes from; empty: none was asked for
	Title       string          `json:"title" class:"public"`
	Manager     hr.EmployeeID   `json:"manager,omitempty" class:"public"` // who will lead the new people; that of the requisition where there is one
	Seats       int             `json:"seats" class:"public"`
	Filled      int             `json:"filled" class:"public"`            // seats taken by an accepted offer; never above Seats
	Terms       hr.Terms        `json:"terms,omitzero" class:"money"`     // what an offer says where it says nothing of its own
	Channels    []Channel       `json:"channels,omitempty" class:"money"` // what is paid for, beside those that cost nothing
	Opened      hr.Date         `json:"opened" class:"public"`            // the day it was published
	Closed      hr.Date         `json:"closed,omitzero" class:"public"`   // the day from which nobody new is taken up and nothing is offered; zero: open
	Version     storage.Version `json:"version" class:"public"`
}

// Open publishes an opening. An empty ID gets a new one; Filled, Opened, Closed and Version are not the caller's and are ignored. With a
// requisition it takes its seats from those approved, and title, manager and terms where it has none of its own. It refuses an opening
// without a title (RuleOpeningTitle) or without a seat (RuleOpeningSeats), an ID that is taken (RuleOpeningTaken), a requisition that is
// not approved or has not the seats (RuleOpeningRequisition), no requisition where the policy wants one, channels without a name of their own or below zero
// (RuleChannel), and terms that no offer could take over: an unknown currency (RuleOfferCurrency), a pay term without a name of its own
// or below zero (RuleOfferPay). What the terms leave open, each offer says.
func (s Service) Open(ctx context.Context, cmd hr.Command, o Opening) (OpeningID, error) {
	o.Filled, o.Opened, o.Closed, o.Version = 0, hr.Date{}, hr.Date{}, 0
	return do(ctx, s, cmd, "recruitment.Open", o, func(ctx context.Context, cmd hr.Command) (OpeningID, []storage.Event, error) {
		made := o
		made.Opened = s.today(cmd)
		if made.ID == "" {
			made.ID = OpeningID(cmd.NewID("opening"))
		}
		var faults hr.Faults
		from, err := s.opensFrom(ctx, &faults, &made)
		if err != nil {
			return "", nil, err
		}
		if made.Title == "" {
			faults.Missing("title", RuleOpeningTitle)
		}
		if made.Seats < 1 {
			faults.Add("seats", RuleOpeningSeats, "must be one or more")
		}
		checkGiven(&faults, "terms", made.Terms)
		checkChannels(&faults, made.Channels)
		switch _, err := s.Openings.Opening(ctx, made.ID); {
		case err == nil:
			faults.Join("", &hr.FieldError{Path: "id", Rule: RuleOpeningTaken, Reason: "is the id of another opening", Err: hr.ErrDuplicate})
		case !errors.Is(err, storage.ErrNotFound):
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		if from.ID != "" {
			if err := s.Requisitions.PutRequisition(ctx, from); err != nil {
				return "", nil, err
			}
		}
		if err := s.Openings.PutOpening(ctx, made); err != nil {
			return "", nil, err
		}
		return made.ID, []storage.Event{event(cmd, "open", "opening", string(made.ID))}, nil
	})
}

// opensFrom fills an opening from its requisition and returns that with the seats opened.
func (s Service) opensFrom(ctx context.Context, f *hr.Faults, o *Opening) (Requisition, error) {
	if o.Requisition == "" {
		if s.Policy.RequisitionNeeded {
			f.Missing("requisition", RuleOpeningRequisition)
		}
		return Requisition{}, nil
	}
	r, err := s.requisition(ctx, o.Requisition)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		f.Join("", err)
		return Requisition{}, nil
	case err != nil:
		return Requisition{}, err
	case r.State != Approved:
		f.Add("requisition", RuleOpeningRequisition, "is %s, and only an approved one can be opened", r.State)
	case r.Opened+o.Seats > r.Seats:
		f.Add("seats", RuleOpeningRequisition, "only %d of the requisition are left", r.Seats-r.Opened)
	}
	r.Opened += o.Seats
	if o.Title == "" {
		o.Title = r.Title
	}
	o.Manager = r.Manager
	if noTerms(o.Terms) {
		o.Terms = r.Terms
	}
	return r, nil
}

// CloseOpening ends an opening from today: nobody new is taken up and nothing is offered any more. Offers that are open may still be
// accepted. Seats that are not filled and for which no offer is open go back to the requisition, those of open offers when they end without a
// hire. A second time it is refused (RuleOpeningClosed).
func (s Service) CloseOpening(ctx context.Context, cmd hr.Command, id OpeningID) error {
	_, err := do(ctx, s, cmd, "recruitment.CloseOpening", id, func(ctx context.Context, cmd hr.Command) (OpeningID, []storage.Event, error) {
		o, err := s.opening(ctx, id)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		o.checkOpen(&faults)
		if faults.Any() {
			return "", nil, faults.Err()
		}
		o.Closed = s.today(cmd)
		if o, err = s.giveBack(ctx, o, o.Closed, nil); err != nil {
			return "", nil, err
		}
		return id, []storage.Event{event(cmd, "close", "opening", string(id))}, s.Openings.PutOpening(ctx, o)
	})
	return err
}

// giveBack returns a closed opening with no more seats than are filled and may still be by an open offer, and writes the others to the requisition.
// The applications of ended count as they are there, and not as they are stored.
func (s Service) giveBack(ctx context.Context, o Opening, today hr.Date, ended []Application) (Opening, error) {
	list, err := s.Applications.ApplicationsFor(ctx, o.ID, "", 0)
	if err != nil {
		return o, err
	}
	seats := o.Filled
	for _, a := range list {
		i := slices.IndexFunc(ended, func(e Application) bool { return e.ID == a.ID })
		if i >= 0 {
			a = ended[i]
		}
		if a.Offer.live() && !today.After(a.Offer.Expires) {
			seats++
		}
	}
	back := o.Seats - min(o.Seats, seats)
	o.Seats -= back
	if o.Requisition == "" || back == 0 {
		return o, nil
	}
	r, err := s.requisition(ctx, o.Requisition)
	if err != nil {
		return o, err
	}
	r.Opened -= back
	if r.State == Cancelled { // its other seats went back when it was cancelled
		if err := s.release(ctx, r, back); err != nil {
			return o, err
		}
	}
	return o, s.Requisitions.PutRequisition(ctx, r)
}

// offersEnd writes the openings of applications whose offers have ended without a hire: closed ones give the seats back, and at the others
// this meets the close.
func (s Service) offersEnd(ctx context.Context, cmd hr.Command, ended ...Application) error {
	done := map[OpeningID]bool{}
	for _, a := range ended {
		if done[a.Opening] || a.Offer.State != OfferDeclined && a.Offer.State != OfferDropped && a.Offer.State != OfferRefused {
			continue
		}
		done[a.Opening] = true
		o, err := s.opening(ctx, a.Opening)
		if err == nil && !o.Closed.IsZero() {
			o, err = s.giveBack(ctx, o, s.today(cmd), ended)
		}
		if err == nil {
			err = s.Openings.PutOpening(ctx, o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (o Opening) checkOpen(f *hr.Faults) {
	if !o.Closed.IsZero() {
		f.Add("opening", RuleOpeningClosed, "was closed on %s", o.Closed)
	}
}

// noTerms reports whether t says nothing.
func noTerms(t hr.Terms) bool { return hr.Digest("terms/1", t) == hr.Digest("terms/1", hr.Terms{}) }
