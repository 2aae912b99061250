package recruitment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Policy is what a house decides beside its [Pipeline]. The zero Policy asks for no plan, no requisition and no approval of offers, pays
// nobody for a referral, and keeps nothing for a law.
type Policy struct {
	PlanNeeded        bool // a requisition must name a line of the headcount plan
	RequisitionNeeded bool // an opening must come from an approved requisition
	OfferApproved     bool // an offer must be approved before it can be accepted
	Referral          ReferralPolicy
	Match             MatchWeights
	Criteria          Criteria       // by which applications are screened
	Retention         []hr.Retention // how long records of candidates must be kept
}

// Service runs the hiring of one tenant. It is wired as a literal and safe for concurrent use. The ports below Zone are for those who use
// what they are for: a method that needs one which is not there says so with RuleService. Rows are always written in the order plan line,
// requisition, opening, candidate, application, interview, scorecard, so that two units never wait for each other's rows crosswise.
type Service struct {
	Kit          storage.Kit
	Openings     Openings
	Applications Applications
	Candidates   Candidates
	Hirer        Hirer
	Pipeline     Pipeline       // zero: the stages of [Machine]
	Policy       Policy         // zero: nothing is asked for
	Zone         *time.Location // where it is decided what day it is; nil: UTC

	Plan         Plan         // the headcount plan
	Requisitions Requisitions // requests for staff
	Router       Router       // who approves requisitions and offers
	Headcount    Headcount    // nil: the plan alone says what is free
	Pricer       Pricer       // nil: offers have no price
	Interviews   Interviews   // interviews, and scorecards with them
	Scorecards   Scorecards
	Keys         storage.Keys // what forgets candidates, in a store that seals; nil: what is erased is overwritten, and no key is destroyed
	Terms        Terms        // who is employed, for referrals
	People       People       // nil: it is not looked whether a referrer is an employee and another person than the candidate
	Bonuses      Bonuses      // who pays them
	Calendar     hr.Calendar  // working days, for limits of time
}

// need is a port that a method uses.
type need struct {
	path string
	ok   bool
}

func missing(needs ...need) error {
	var faults hr.Faults
	for _, n := range needs {
		if !n.ok {
			faults.Missing("recruitment."+n.path, RuleService)
		}
	}
	return faults.Err()
}

// Validate returns [hr.FieldError]s with RuleService for what is missing of the ports that every house needs. Every writing method
// checks it.
func (s Service) Validate() error {
	return missing(
		need{"openings", s.Openings != nil}, need{"applications", s.Applications != nil}, need{"candidates", s.Candidates != nil},
		need{"hirer", s.Hirer != nil},
	)
}

// do runs a writing command of s, which uses the ports of needs beside those of [Service.Validate].
func do[R any](ctx context.Context, s Service, cmd hr.Command, verb string, args any, fn func(context.Context, hr.Command) (R, []storage.Event, error), needs ...need) (R, error) {
	var faults hr.Faults
	faults.Join("", s.Validate())
	faults.Join("", missing(needs...))
	if faults.Any() {
		var none R
		return none, fmt.Errorf("%s: %w", verb, faults.Err())
	}
	return storage.Do(ctx, s.Kit, cmd, verb, args, fn)
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

// ApplicationsOf returns the applications of a candidate behind after, by id, at most limit of them (below 1: all).
func (s Service) ApplicationsOf(ctx context.Context, v hr.View, candidate CandidateID, after ApplicationID, limit int) ([]Application, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.ApplicationsOf"); err != nil {
		return nil, err
	}
	return s.Applications.ApplicationsOf(ctx, candidate, after, limit)
}

func (s Service) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

func (s Service) today(cmd hr.Command) hr.Date { return hr.DateOf(cmd.At(), s.zone()) }

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

func event(cmd hr.Command, kind, of, id string) storage.Event {
	return storage.Event{
		ID: cmd.NewID("event", kind, id), Stream: "recruitment/" + id, Kind: "recruitment." + kind,
		Ref: hr.Ref{Kind: of, ID: id}, At: cmd.At(),
	}
}
