package recruitment

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Accept takes the offer of a number and hires, in one unit of work: the application, the seat and the employee are written together or
// not at all. It returns the new employee. However many accept at once and however often a command is sent again, an application makes one
// employee, an opening no more than it has seats, and a line of the headcount plan no more than it has. It refuses an offer that another has
// replaced (RuleOfferNumber), one that is not approved (RuleOfferState), one after its last day (RuleOfferExpired), an opening without a
// free seat (RuleOpeningFull), a headcount without one (RuleHeadcount), a candidate whom another application has made an employee of the same
// entity who is there on the first day or later (RuleCandidateHired, where the service has Terms), and whatever the hire refuses, under the paths of [hr.Hire]. Of two
// that meet at one opening or one line, one may get storage.ErrConflict: sent again, with the same command, it hires or is told that no seat is
// left. The hire runs as a child of this command, so that a policy may allow it to a recruiter by [hr.Ask.Via] alone.
func (s Service) Accept(ctx context.Context, cmd hr.Command, id ApplicationID, number int) (hr.EmployeeID, error) {
	const verb = "recruitment.Accept"
	args := struct {
		Application ApplicationID
		Number      int
	}{id, number}
	return do(ctx, s, cmd, verb, args, func(ctx context.Context, cmd hr.Command) (hr.EmployeeID, []storage.Event, error) {
		a, err := s.change(ctx, cmd, id, Accept, func(ctx context.Context, cmd hr.Command, a *Application, f *hr.Faults) error {
			if f.Any() { // no offer is open
				return nil
			}
			o, err := s.opening(ctx, a.Opening)
			if err != nil {
				return err
			}
			a.Offer.checkAccept(f, number, s.today(cmd))
			if o.Filled >= o.Seats {
				f.Add("opening", RuleOpeningFull, "every seat is taken")
			}
			line, err := s.seat(ctx, cmd, verb, f, o, a.Offer.Start)
			if err != nil || f.Any() {
				return err
			}
			c, err := s.candidate(ctx, a.Candidate) // before their applications: see take
			if err == nil {
				err = s.checkHired(ctx, cmd.View(verb, hr.Known{}), f, *a)
			}
			if err != nil || f.Any() {
				return err
			}
			return s.take(ctx, cmd.Child(verb, "hire"), a, c, o, line)
		})
		accepted := event(cmd, string(Accept), "application", string(id))
		accepted.Subject = a.HiredAs
		return a.HiredAs, []storage.Event{accepted}, err
	})
}

// checkAccept adds what keeps an offer from being accepted today.
func (o Offer) checkAccept(f *hr.Faults, number int, today hr.Date) {
	switch {
	case number != o.Number:
		f.Add("number", RuleOfferNumber, "is not the offer that counts: another has taken its place")
		return
	case o.State == OfferRefused:
		f.Add("offer.state", RuleOfferState, "was not approved")
	case o.State != OfferOpen:
		f.Add("offer.state", RuleOfferState, "waits for approval")
	}
	if today.After(o.Expires) {
		f.Add("offer.expires", RuleOfferExpired, "the last day to accept was %s", o.Expires)
	}
}

// seat works out the line of the plan with one more seat filled. An opening without a requisition, or one beside the plan, has none.
func (s Service) seat(ctx context.Context, cmd hr.Command, verb string, f *hr.Faults, o Opening, start hr.Date) (PlanLine, error) {
	if o.Requisition == "" {
		return PlanLine{}, nil
	}
	r, err := s.requisition(ctx, o.Requisition)
	if err != nil || r.Line == "" {
		return PlanLine{}, err
	}
	line, err := s.planLine(ctx, r.Line)
	if err != nil {
		return PlanLine{}, err
	}
	if line.Filled >= line.Committed {
		f.Add("seats", RuleHeadcount, "every seat of the plan is taken")
	}
	line.Filled++
	return line, s.checkFree(ctx, cmd, verb, f, line, start, 1)
}

// checkHired adds that another application of the candidate has made them an employee of the entity of the offer.
func (s Service) checkHired(ctx context.Context, v hr.View, f *hr.Faults, a Application) error {
	if s.Terms == nil {
		return nil
	}
	others, err := s.Applications.ApplicationsOf(ctx, a.Candidate, "", 0)
	if err != nil {
		return err
	}
	from := hr.Period{From: a.Offer.Start}
	for _, o := range others {
		if o.ID == a.ID || o.HiredAs == "" {
			continue
		}
		lines, err := s.Terms.TermsOf(ctx, v, []hr.Pin{{Employee: o.HiredAs}}, from)
		if err != nil {
			return err
		}
		for _, terms := range lines[0].Over(from) {
			if terms.Entity == a.Offer.Terms.Entity {
				f.Add("candidate", RuleCandidateHired, "is employed in the entity then, by application %s", o.ID)
				return nil
			}
		}
	}
	return nil
}

// take writes the seat and makes the employee. The line, the opening and the candidate come first: there two acceptances meet.
func (s Service) take(ctx context.Context, hire hr.Command, a *Application, c Candidate, o Opening, line PlanLine) error {
	if err := s.putLine(ctx, line); err != nil {
		return err
	}
	o.Filled++
	if err := s.Openings.PutOpening(ctx, o); err != nil {
		return err
	}
	err := s.Candidates.PutCandidate(ctx, c) // nothing changes
	if err != nil {
		return err
	}
	if a.Referral, err = s.Policy.Referral.referral(a.Source.Referrer, a.Offer.Start); err != nil {
		return err
	}
	a.HiredAs, err = s.Hirer.Hire(ctx, hire, a.hire(c.Person))
	a.Offer.State = OfferAccepted
	return err
}
