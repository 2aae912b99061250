package recruitment

import (
	"cmp"
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// DueKind says what is due.
type DueKind string

const (
	DueStage    DueKind = "stage"    // the application is longer in its stage than the pipeline allows
	DueAnswer   DueKind = "answer"   // the last day to accept the offer is over
	DueReferral DueKind = "referral" // a bonus waits to be settled
)

// Due is something that somebody should do about an application, since the day On. Nothing happens by itself: a host asks every day and
// sends its reminders.
type Due struct {
	Kind        DueKind
	Application ApplicationID
	Stage       State
	On          hr.Date // the first day on which it is due
}

// DueOf returns what is due about an application on today. A limit of working days is counted in the calendar from the day after the
// one on which the application came to its stage, and is over when that many have passed; the error is the calendar's, for days that it does not
// know. dayOf says on what day a move was.
func (p Pipeline) DueOf(a Application, calendar hr.Calendar, today hr.Date, dayOf func(Move) hr.Date) ([]Due, error) {
	var list []Due
	add := func(kind DueKind, on hr.Date) {
		if !on.After(today) {
			list = append(list, Due{kind, a.ID, a.State, on})
		}
	}
	for _, l := range p.rules.Limits {
		if l.Stage != a.State {
			continue
		}
		last, err := calendar.AddWorkingDays(dayOf(Move{At: a.Since()}), l.WorkingDays)
		if err != nil {
			return nil, err
		}
		add(DueStage, last.Add(1))
	}
	if a.Offer.State == OfferOpen {
		add(DueAnswer, a.Offer.Expires.Add(1))
	}
	if a.Referral.State == ReferralWaiting {
		add(DueReferral, a.Referral.Due)
	}
	return list, nil
}

// Due returns what is due today about the applications for an opening, the oldest first, then by application.
func (s Service) Due(ctx context.Context, v hr.View, opening OpeningID) ([]Due, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.Due"); err != nil {
		return nil, err
	}
	list, err := s.Applications.ApplicationsFor(ctx, opening, "", 0)
	if err != nil {
		return nil, err
	}
	today := hr.DateOf(s.Kit.Clock(), s.zone())
	var all []Due
	for _, a := range list {
		due, err := s.Pipeline.DueOf(a, s.Calendar, today, s.dayOf)
		if err != nil {
			return nil, err
		}
		all = append(all, due...)
	}
	slices.SortStableFunc(all, func(a, b Due) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.Application, b.Application)) })
	return all, nil
}

func (s Service) dayOf(m Move) hr.Date { return hr.DateOf(m.At, s.zone()) }
