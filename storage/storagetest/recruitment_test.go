package storagetest_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func recruitmentStore(*testing.T) storagetest.RecruitmentStore {
	db := memory.New()
	return storagetest.RecruitmentStore{
		Core:     storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
		Openings: db, Applications: db, Candidates: db, Plan: db, Requisitions: db, Interviews: db, Scorecards: db,
	}
}

// badOpenings is the port over a sound one with a bug.
type badOpenings struct {
	bug string
	recruitment.Openings
	mu    *sync.Mutex
	first map[recruitment.OpeningID]recruitment.Opening // as first stored
}

func (b badOpenings) PutOpening(ctx context.Context, o recruitment.Opening) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, had := b.first[o.ID]; !had {
		b.first[o.ID] = o
	}
	switch b.bug {
	case "forgets the terms of a seat":
		o.Terms.Pay = nil
	case "gives a seat to everybody":
		if now, err := b.Openings.Opening(ctx, o.ID); err == nil {
			o.Version = now.Version
		}
	}
	return b.Openings.PutOpening(ctx, o)
}

func (b badOpenings) Opening(ctx context.Context, id recruitment.OpeningID) (recruitment.Opening, error) {
	o, err := b.Openings.Opening(ctx, id)
	if b.bug == "gives a seat to everybody" && err == nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		o.Filled = b.first[id].Filled // what each had read before the first wrote
	}
	return o, err
}

// badRows is every other port over sound ones, each with a bug of its own: a column that is forgotten, a list that is another's.
type badRows struct {
	bug string
	recruitment.Applications
	recruitment.Candidates
	recruitment.Plan
	recruitment.Requisitions
	recruitment.Interviews
	recruitment.Scorecards
}

func (b badRows) PutApplication(ctx context.Context, a recruitment.Application) error {
	if b.bug == "forgets whom it made" {
		a.HiredAs = ""
	}
	return b.Applications.PutApplication(ctx, a)
}

func (b badRows) ApplicationsFor(ctx context.Context, opening recruitment.OpeningID, after recruitment.ApplicationID, limit int) ([]recruitment.Application, error) {
	if b.bug == "one pile for all openings" {
		return b.Applications.ApplicationsOf(ctx, "C1", after, limit)
	}
	return b.Applications.ApplicationsFor(ctx, opening, after, limit)
}

func (b badRows) ApplicationsOf(ctx context.Context, candidate recruitment.CandidateID, after recruitment.ApplicationID, limit int) ([]recruitment.Application, error) {
	if b.bug == "one pile for all candidates" {
		return b.Applications.ApplicationsFor(ctx, "O1", after, limit)
	}
	return b.Applications.ApplicationsOf(ctx, candidate, after, limit)
}

func (b badRows) PutCandidate(ctx context.Context, c recruitment.Candidate) error {
	if b.bug == "forgets a consent" && len(c.Consents) > 0 {
		c.Consents = c.Consents[:1]
	}
	return b.Candidates.PutCandidate(ctx, c)
}

func (b badRows) CandidatesWith(ctx context.Context, key string, after recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
	if b.bug == "everybody has the key" {
		return b.Candidates.CandidatesAfter(ctx, after, limit)
	}
	return b.Candidates.CandidatesWith(ctx, key, after, limit)
}

func (b badRows) CandidatesTagged(ctx context.Context, tag string, after recruitment.CandidateID, limit int) ([]recruitment.Candidate, error) {
	if b.bug == "everybody is in the pool" {
		return b.Candidates.CandidatesAfter(ctx, after, limit)
	}
	return b.Candidates.CandidatesTagged(ctx, tag, after, limit)
}

func (b badRows) PutPlanLine(ctx context.Context, l recruitment.PlanLine) error {
	if b.bug == "forgets what is committed" {
		l.Committed = 0
	}
	return b.Plan.PutPlanLine(ctx, l)
}

func (b badRows) PutRequisition(ctx context.Context, r recruitment.Requisition) error {
	if b.bug == "forgets who decided" {
		r.Approval.Decisions = nil
	}
	return b.Requisitions.PutRequisition(ctx, r)
}

func (b badRows) PutInterview(ctx context.Context, i recruitment.Interview) error {
	if b.bug == "keeps one interviewer" && len(i.Interviewers) > 0 {
		i.Interviewers = i.Interviewers[:1]
	}
	return b.Interviews.PutInterview(ctx, i)
}

func (b badRows) InterviewsOf(ctx context.Context, employee hr.EmployeeID, from, until time.Time) ([]recruitment.Interview, error) {
	switch b.bug {
	case "what touches clashes":
		from, until = from.Add(-time.Second), until.Add(time.Second)
	case "looks for those that begin":
		list, err := b.Interviews.InterviewsOf(ctx, employee, from, until)
		return slices.DeleteFunc(list, func(i recruitment.Interview) bool { return i.Time.From.Before(from) }), err
	case "by id":
		list, err := b.Interviews.InterviewsOf(ctx, employee, from, until)
		slices.SortFunc(list, func(a, b recruitment.Interview) int { return int(a.ID[1]) - int(b.ID[1]) })
		return list, err
	case "any interviewer":
		var all []recruitment.Interview
		for _, e := range []hr.EmployeeID{"E1", "E2", "E3"} {
			list, err := b.Interviews.InterviewsOf(ctx, e, from, until)
			if err != nil {
				return nil, err
			}
			all = append(all, list...)
		}
		return all, nil
	case "keeps the time it had":
		if list, err := b.Interviews.InterviewsOf(ctx, employee, from.Add(6*time.Hour), until.Add(6*time.Hour)); err != nil || len(list) > 0 {
			return list, err
		}
	case "the diary outlives its context":
		ctx = context.WithoutCancel(ctx)
	}
	return b.Interviews.InterviewsOf(ctx, employee, from, until)
}

func (b badRows) PutScorecard(ctx context.Context, c recruitment.Scorecard) error {
	if b.bug == "forgets the opinion" {
		c.Opinion = ""
	}
	return b.Scorecards.PutScorecard(ctx, c)
}

func TestRecruitment(t *testing.T) {
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Recruitment(t, func(t *testing.T) storagetest.RecruitmentStore {
				s := recruitmentStore(t)
				s.Openings = badOpenings{bug, s.Openings, &sync.Mutex{}, map[recruitment.OpeningID]recruitment.Opening{}}
				rows := badRows{bug, s.Applications, s.Candidates, s.Plan, s.Requisitions, s.Interviews, s.Scorecards}
				s.Applications, s.Candidates, s.Plan, s.Requisitions, s.Interviews, s.Scorecards = rows, rows, rows, rows, rows, rows
				return s
			})
		}}
	}
	const back = "/every field comes back and the version is the next"
	proves(
		t, "", func(t *testing.T) { storagetest.Recruitment(t, recruitmentStore) },
		spoiled("forgets the terms of a seat", "Openings"+back),
		spoiled("gives a seat to everybody", "Openings/of sixteen units that read one seat free exactly one takes it", "Openings/of sixteen writers with one version exactly one wins"),
		spoiled("forgets whom it made", "Applications"+back),
		spoiled("one pile for all openings", "Applications/for an opening/a row that belongs elsewhere is not listed"),
		spoiled("one pile for all candidates", "Applications/of a candidate/a row that belongs elsewhere is not listed"),
		spoiled("forgets a consent", "Candidates"+back),
		spoiled("everybody has the key", "Candidates/with a key/a row that belongs elsewhere is not listed"),
		spoiled("everybody is in the pool", "Candidates/with a tag/a row that belongs elsewhere is not listed"),
		spoiled("forgets what is committed", "Plan"+back),
		spoiled("forgets who decided", "Requisitions"+back),
		spoiled("keeps one interviewer", "Interviews"+back),
		spoiled("what touches clashes", "Interviews/an interviewer has those that share time, and not those that touch"),
		spoiled("looks for those that begin", "Interviews/an interviewer has those that share time, and not those that touch"),
		spoiled("by id", "Interviews/an interviewer has only their own, by beginning and then by id"),
		spoiled("any interviewer", "Interviews/an interviewer has only their own, by beginning and then by id"),
		spoiled("keeps the time it had", "Interviews/an interview is found at the time it was moved to"),
		spoiled("the diary outlives its context", "Interviews/the list of an interviewer honours its context"),
		spoiled("forgets the opinion", "Scorecards"+back),
	)
}
