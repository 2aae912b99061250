package recruitment

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// ExportCandidate returns what is stored about a candidate: who they are, consents, applications with their offers, interviews, and what was written about them
// in scorecards; with the records that were merged into theirs. Who met and rated them, referred them and decided is another person.
// It is the candidate's answer to [storage.Export], and joins that of the employee they became with [hr.Extract.Join].
func (s Service) ExportCandidate(ctx context.Context, v hr.View, id CandidateID) (hr.Extract, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.ExportCandidate"); err != nil {
		return hr.Extract{}, err
	}
	verdict, err := storage.Judge(ctx, s.Kit, v, "recruitment.ExportCandidate")
	if err != nil {
		return hr.Extract{}, err
	}
	c, err := s.candidate(ctx, id)
	if err != nil {
		return hr.Extract{}, err
	}
	today := hr.DateOf(s.Kit.Clock(), s.zone())
	due, applications, err := s.erasure(ctx, c, today)
	if err != nil {
		return hr.Extract{}, err
	}
	records := []Candidate{c}
	for _, m := range c.Merged {
		other, err := s.candidate(ctx, m.From)
		if err != nil {
			return hr.Extract{}, err
		}
		records = append(records, other)
	}
	x := hr.Extractor{Verdict: verdict, Employees: []hr.EmployeeID{c.Employee}}
	for _, a := range applications {
		x.Employees = append(x.Employees, a.HiredAs, a.Offer.Employee)
		for _, o := range a.Earlier {
			x.Employees = append(x.Employees, o.Employee)
		}
	}
	interviews, cards, err := s.talks(ctx, id, applications)
	if err != nil {
		return hr.Extract{}, err
	}
	return hr.Extract{
		Subject: SubjectCandidate(id), On: today, Kept: due.keeping(),
		Sections: slices.Concat(
			hr.SectionOf(x, "Candidate", "recruitment.Candidates", func(r Candidate) string { return string(r.ID) }, records...),
			hr.SectionOf(x, "Applications", "recruitment.Applications", func(r Application) string { return string(r.ID) }, applications...),
			hr.SectionOf(x, "Interviews", "recruitment.Interviews", func(r Interview) string { return string(r.ID) }, interviews...),
			hr.SectionOf(x, "What interviewers wrote", "recruitment.Scorecards", func(r Scorecard) string { return string(r.ID) }, cards...),
		),
	}, nil
}

// talks reads the interviews of a candidate and the scorecards of their applications.
func (s Service) talks(ctx context.Context, id CandidateID, applications []Application) (interviews []Interview, cards []Scorecard, err error) {
	if s.Interviews != nil {
		if interviews, err = s.Interviews.InterviewsWith(ctx, id, "", 0); err != nil {
			return nil, nil, err
		}
	}
	if s.Scorecards == nil {
		return interviews, nil, nil
	}
	for _, a := range applications {
		list, err := s.Scorecards.ScorecardsFor(ctx, a.ID, "", 0)
		if err != nil {
			return nil, nil, err
		}
		cards = append(cards, list...)
	}
	return interviews, cards, nil
}

// keeping says until when a candidate is kept: all classes go together.
func (e Erasure) keeping() []hr.Keeping {
	k := hr.Keeping{Class: hr.ClassContact, Record: "everything about the candidate"}
	if !e.Due.IsZero() {
		k.Through = e.Due.Add(-1)
	}
	if len(e.Because) > 0 {
		k.Why = e.Because[0]
	}
	return []hr.Keeping{k}
}
