package recruitment

import (
	"context"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Merge says that another record was merged into this one.
type Merge struct {
	From CandidateID `json:"from" class:"public"`
	At   time.Time   `json:"at" class:"public"`
	By   hr.ActorID  `json:"by" class:"public"`
}

// MergeCandidates makes one of two records of the same person: into goes on, from stays as it was and names the other in its place. The
// applications of from become those of into with everything that happened to them; so do its interviews, its consents, and what it was merged from.
// What into says of the person stands, and finds both (the keys of from are added). What they withdrew in one of the records is withdrawn in both: a consent for
// the purpose that the other has from that day or before ends with it. Both must be open (RuleCandidateClosed) and two
// records (RuleCandidateMerge); both being considered for one opening, one of the applications must end first (RuleApplicationLive).
func (s Service) MergeCandidates(ctx context.Context, cmd hr.Command, from, into CandidateID) error {
	args := struct{ From, Into CandidateID }{from, into}
	_, err := do(ctx, s, cmd, "recruitment.MergeCandidates", args, func(ctx context.Context, cmd hr.Command) (CandidateID, []storage.Event, error) {
		a, err := s.candidate(ctx, from)
		if err != nil {
			return "", nil, err
		}
		b, err := s.candidate(ctx, into)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		if from == into {
			faults.Add("into", RuleCandidateMerge, "must be another record")
		}
		a.open(&faults)
		b.open(&faults)
		moving, err := s.Applications.ApplicationsOf(ctx, from, "", 0)
		if err != nil {
			return "", nil, err
		}
		there, err := s.Applications.ApplicationsOf(ctx, into, "", 0)
		if err != nil {
			return "", nil, err
		}
		for _, m := range moving {
			if s.Pipeline.Live(m.State) && slices.ContainsFunc(there, func(t Application) bool { return t.Opening == m.Opening && s.Pipeline.Live(t.State) }) {
				faults.Add("from", RuleApplicationLive, "both are being considered for opening %s", m.Opening)
			}
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		b.Merged = append(append(b.Merged, a.Merged...), Merge{From: from, At: cmd.At(), By: cmd.Actor.ID})
		b.Consents = joined(b.Consents, a.Consents)
		b.Holds = append(b.Holds, a.Holds...)
		b.Keys = slices.Compact(slices.Sorted(slices.Values(append(b.Keys, a.Keys...))))
		if b.Employee == "" {
			b.Employee = a.Employee
		}
		a.MergedInto, a.Tags = into, nil
		for _, c := range []Candidate{a, b} {
			if err := s.Candidates.PutCandidate(ctx, c); err != nil {
				return "", nil, err
			}
		}
		for _, m := range moving {
			m.Candidate = into
			if err := s.Applications.PutApplication(ctx, m); err != nil {
				return "", nil, err
			}
		}
		return into, []storage.Event{event(cmd, "candidate.merged", "candidate", string(into))}, s.handInterviews(ctx, from, into)
	})
	return err
}

func (s Service) handInterviews(ctx context.Context, from, into CandidateID) error {
	if s.Interviews == nil {
		return nil
	}
	list, err := s.Interviews.InterviewsWith(ctx, from, "", 0)
	if err != nil {
		return err
	}
	for _, i := range list {
		i.Candidate = into
		if err := s.Interviews.PutInterview(ctx, i); err != nil {
			return err
		}
	}
	return nil
}
