package recruitment

import (
	"context"
	"errors"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Apply takes up a candidate for an opening, also a full one: a seat may come free. source says how they came. It refuses a candidate or
// an opening that does not exist (RuleCandidateUnknown, RuleOpeningUnknown), a record that is merged or erased (RuleCandidateClosed), a
// closed opening (RuleOpeningClosed), a candidate who is being considered for it already (RuleApplicationLive), a channel that the
// opening does not have (RuleChannel) and a referral by the candidate or by somebody the policy bars (RuleReferralSelf,
// RuleReferralBarred). Of two that meet at one candidate one may get storage.ErrConflict: sent again it is told the truth.
func (s Service) Apply(ctx context.Context, cmd hr.Command, opening OpeningID, candidate CandidateID, source Source) (ApplicationID, error) {
	source = source.named()
	args := struct {
		Opening   OpeningID
		Candidate CandidateID
		Source    Source
	}{opening, candidate, source}
	return do(ctx, s, cmd, "recruitment.Apply", args, func(ctx context.Context, cmd hr.Command) (ApplicationID, []storage.Event, error) {
		var faults hr.Faults
		c, err := s.candidate(ctx, candidate)
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return "", nil, err
		}
		faults.Join("", err)
		o, err := s.opening(ctx, opening)
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return "", nil, err
		}
		faults.Join("", err)
		if faults.Any() {
			return "", nil, faults.Err()
		}
		c.open(&faults)
		o.checkOpen(&faults)
		source.check(&faults, o)
		if err := s.checkReferrer(ctx, cmd.View("recruitment.Apply", hr.Known{}), &faults, source.Referrer, c, o); err != nil {
			return "", nil, err
		}
		others, err := s.Applications.ApplicationsOf(ctx, candidate, "", 0)
		if err != nil {
			return "", nil, err
		}
		if slices.ContainsFunc(others, func(a Application) bool { return a.Opening == opening && s.Pipeline.Live(a.State) }) {
			faults.Add("candidate", RuleApplicationLive, "is being considered for this opening already")
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		if err := s.Candidates.PutCandidate(ctx, c); err != nil { // nothing changes: here two applications of one candidate meet
			return "", nil, err
		}
		start := s.Pipeline.Stages().Start()
		a := Application{
			ID: ApplicationID(cmd.NewID("application")), Opening: opening, Candidate: candidate, Source: source, State: start,
			Trail: []Move{{To: start, At: cmd.At(), By: cmd.Actor.ID}},
		}
		if err := s.Applications.PutApplication(ctx, a); err != nil {
			return "", nil, err
		}
		return a.ID, []storage.Event{event(cmd, "apply", "application", string(a.ID))}, nil
	})
}
