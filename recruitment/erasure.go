package recruitment

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Erasure says when what is kept about a candidate must go, and why not before. The zero Due means not yet: something about them is
// going on.
type Erasure struct {
	Candidate CandidateID `class:"public"`
	Due       hr.Date     `class:"private"` // the first day on which nothing asks for keeping it
	Because   []string    `class:"private"` // what asks for keeping it, the one that lasts longest first
}

// ErasureOf plans the erasure of a candidate from their applications. rules are the retention periods that the house must keep, from
// packs of law or its own, counted from the end of the last application ([hr.AfterRecord]; other starts are not about candidates and are
// passed over); the longest decides. A consent that holds today keeps the record through its last day. Without applications, consents and
// rules it is due today. While an application is live or a legal hold stands nothing is due.
func (p Pipeline) ErasureOf(c Candidate, applications []Application, rules []hr.Retention, today hr.Date, dayOf func(Move) hr.Date) (Erasure, error) {
	e := Erasure{Candidate: c.ID}
	type hold struct {
		through hr.Date
		why     string
	}
	for _, h := range c.Holds {
		if h.Stands() {
			e.Because = append(e.Because, "legal hold "+string(h.ID)+" since "+h.Since.String())
		}
	}
	if len(e.Because) > 0 {
		return e, nil
	}
	var holds []hold
	var last hr.Date
	for _, a := range applications {
		if p.Live(a.State) {
			return Erasure{Candidate: c.ID, Because: []string{"application " + string(a.ID) + " is going on"}}, nil
		}
		if end := dayOf(a.Trail[len(a.Trail)-1]); end.After(last) {
			last = end
		}
	}
	if !last.IsZero() {
		for _, r := range rules {
			if r.Start != hr.AfterRecord {
				continue
			}
			through, err := r.Until(last)
			if err != nil {
				return Erasure{}, err
			}
			holds = append(holds, hold{through, r.Name + " through " + through.String()})
		}
	}
	for _, x := range c.Consents {
		if x.Holds(today) {
			holds = append(holds, hold{x.Expires, "consent for " + x.Purpose + " through " + x.Expires.String()})
		}
	}
	slices.SortStableFunc(holds, func(a, b hold) int { return cmp.Or(b.through.Compare(a.through), cmp.Compare(a.why, b.why)) })
	e.Due = today
	for i, h := range holds {
		e.Because = append(e.Because, h.why)
		if i == 0 && !h.through.Before(today) {
			e.Due = h.through.Add(1)
		}
	}
	return e, nil
}

// ErasurePlan returns when the records behind after must go, by id, of a page of at most limit candidates (below 1: all), by the
// retention periods of the policy. Records that are erased or merged are left out: a merged one goes with the one in its place.
func (s Service) ErasurePlan(ctx context.Context, v hr.View, after CandidateID, limit int) ([]Erasure, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.ErasurePlan"); err != nil {
		return nil, err
	}
	page, err := s.Candidates.CandidatesAfter(ctx, after, limit)
	if err != nil {
		return nil, err
	}
	today := hr.DateOf(s.Kit.Clock(), s.zone())
	var plan []Erasure
	for _, c := range page {
		if !c.Erased.IsZero() || c.MergedInto != "" {
			continue
		}
		e, _, err := s.erasure(ctx, c, today)
		if err != nil {
			return nil, err
		}
		plan = append(plan, e)
	}
	return plan, nil
}

func (s Service) erasure(ctx context.Context, c Candidate, today hr.Date) (Erasure, []Application, error) {
	list, err := s.Applications.ApplicationsOf(ctx, c.ID, "", 0)
	if err != nil {
		return Erasure{}, nil, err
	}
	e, err := s.Pipeline.ErasureOf(c, list, s.Policy.Retention, today, s.dayOf)
	return e, list, err
}

// Erase takes away everything that is about a candidate: who they are, what they are found by, consents, tags, the texts and amounts of
// their applications, where they were met and what was written about them in scorecards, and the records that were merged into theirs. What remains says that
// somebody applied, how they came, through which stages, when, and the code of a reason: figures stay as they are. The rows are overwritten, and with [Service.Keys] the
// keys are destroyed that they and all their earlier versions were sealed under, so that no backup and no dead row opens any more. Before its day it is refused
// (RuleErasureEarly), and while a legal hold stands (RuleErasureHeld); where only a consent keeps the record, its withdrawal comes first.
func (s Service) Erase(ctx context.Context, cmd hr.Command, id CandidateID) error {
	_, err := do(ctx, s, cmd, "recruitment.Erase", id, func(ctx context.Context, cmd hr.Command) (CandidateID, []storage.Event, error) {
		c, err := s.candidate(ctx, id)
		if err != nil {
			return "", nil, err
		}
		today := s.today(cmd)
		e, applications, err := s.erasure(ctx, c, today)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		c.open(&faults)
		switch {
		case faults.Any():
		case slices.ContainsFunc(c.Holds, LegalHold.Stands):
			faults.Add("candidate", RuleErasureHeld, "a legal hold stands: release it first")
		case e.Due.IsZero():
			faults.Add("candidate", RuleErasureEarly, "an application is going on")
		case e.Due.After(today):
			faults.Add("candidate", RuleErasureEarly, "must be kept until %s", e.Due)
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		gone := []Candidate{c}
		for _, m := range c.Merged {
			other, err := s.candidate(ctx, m.From)
			if err != nil {
				return "", nil, err
			}
			gone = append(gone, other)
		}
		for _, g := range gone {
			bare := Candidate{ID: g.ID, MergedInto: g.MergedInto, Merged: g.Merged, Erased: today, Version: g.Version}
			if err := s.Candidates.PutCandidate(ctx, bare); err != nil {
				return "", nil, err
			}
		}
		for _, a := range applications {
			if err := s.Applications.PutApplication(ctx, strip(a)); err != nil {
				return "", nil, err
			}
		}
		if err := s.eraseTalks(ctx, id); err != nil {
			return "", nil, err
		}
		for _, a := range applications {
			if err := s.eraseCards(ctx, a.ID); err != nil {
				return "", nil, err
			}
		}
		return id, []storage.Event{event(cmd, "candidate.erased", "candidate", string(id))}, s.destroyKeys(ctx, today, gone, applications)
	})
	return err
}

// destroyKeys makes what was sealed about candidates unreadable for good: their records and, under keys of their own, the scorecards of their applications. A
// store without a cipher has sealed nothing, and overwriting was all there is to do.
func (s Service) destroyKeys(ctx context.Context, on hr.Date, gone []Candidate, applications []Application) error {
	if s.Keys == nil {
		return nil
	}
	subjects := make([]string, 0, len(gone)+len(applications))
	for _, c := range gone {
		subjects = append(subjects, SubjectCandidate(c.ID))
	}
	for _, a := range applications {
		subjects = append(subjects, SubjectApplication(a.ID))
	}
	for _, subject := range subjects {
		err := s.Keys.DestroyKeys(ctx, subject, on, hr.ClassContact, hr.ClassGovernmentID, hr.ClassPrivate, hr.ClassSpecial)
		if errors.Is(err, storage.ErrNoCipher) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// strip takes away what is about the person. Of a reason its code stays.
func strip(a Application) Application {
	a.Trail = slices.Clone(a.Trail)
	for i := range a.Trail {
		a.Trail[i].Reason = ""
	}
	a.Reason = ""
	a.Score = Score{}
	a.Offer = a.Offer.bare()
	a.Earlier = slices.Clone(a.Earlier)
	for i, o := range a.Earlier {
		a.Earlier[i] = o.bare()
	}
	return a
}

// bare is what remains of an offer: that there was one, and what became of it.
func (o Offer) bare() Offer { return Offer{Number: o.Number, State: o.State} }

func (s Service) eraseTalks(ctx context.Context, id CandidateID) error {
	if s.Interviews == nil {
		return nil
	}
	talks, err := s.Interviews.InterviewsWith(ctx, id, "", 0)
	if err != nil {
		return err
	}
	for _, i := range talks {
		i.Place = "" // it may be their telephone number
		if err := s.Interviews.PutInterview(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

func (s Service) eraseCards(ctx context.Context, application ApplicationID) error {
	if s.Scorecards == nil {
		return nil
	}
	cards, err := s.Scorecards.ScorecardsFor(ctx, application, "", 0)
	if err != nil {
		return err
	}
	for _, c := range cards {
		c.Ratings, c.Opinion, c.Note = nil, "", ""
		if err := s.Scorecards.PutScorecard(ctx, c); err != nil {
			return err
		}
	}
	return nil
}
