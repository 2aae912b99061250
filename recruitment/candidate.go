package recruitment

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// CandidateID names one candidate.
type CandidateID string

// Candidate is a person who may be hired: one record, however often they apply. It prints and logs without values. Version 0 is not
// stored yet.
type Candidate struct {
	ID         CandidateID     `json:"id" class:"public"`
	Person     hr.Person       `json:"person" class:"government_id"`
	Employee   hr.EmployeeID   `json:"employee,omitempty" class:"public"` // who they are already, for somebody from the house; empty for an outsider
	Keys       []string        `json:"keys,omitempty" class:"contact"`    // what the same person would be found by; see [MatchKeys]
	Consents   []Consent       `json:"consents,omitempty" class:"private"`
	Holds      []LegalHold     `json:"holds,omitempty" class:"private"`
	Tags       []string        `json:"tags,omitempty" class:"private"` // what they are in the talent pool for, sorted
	Merged     []Merge         `json:"merged,omitempty" class:"private"`
	MergedInto CandidateID     `json:"merged_into,omitempty" class:"public"` // the record that took this one's place
	Erased     hr.Date         `json:"erased,omitzero" class:"public"`       // the day on which everything about the person went; zero: not yet
	Version    storage.Version `json:"version" class:"public"`
}

// Format hides who it is.
func (c Candidate) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[candidate %s]", c.ID) }

// LogValue hides who it is.
func (c Candidate) LogValue() slog.Value {
	return slog.StringValue("[candidate " + string(c.ID) + "]")
}

// AddCandidate takes up a person, with their consents, and returns their record. An empty ID gets a new one; of what is given, Person,
// Employee and Consents are the caller's. It refuses a person without a name (RuleCandidateName), an ID that is taken
// (RuleCandidateTaken), and consents as [Service.GiveConsent] does. Somebody who may be there already is not refused: who takes people
// up asks [Service.Duplicates], and a person decides.
func (s Service) AddCandidate(ctx context.Context, cmd hr.Command, c Candidate) (CandidateID, error) {
	c = Candidate{ID: c.ID, Person: c.Person, Employee: c.Employee, Consents: c.Consents}
	return do(ctx, s, cmd, "recruitment.AddCandidate", c, func(ctx context.Context, cmd hr.Command) (CandidateID, []storage.Event, error) {
		made := c
		if made.ID == "" {
			made.ID = CandidateID(cmd.NewID("candidate"))
		}
		made.Keys = MatchKeys(made.Person)
		var faults hr.Faults
		checkPerson(&faults, made.Person)
		for i, x := range made.Consents {
			faults.Join(pathOf("consents", i), x.check(s.today(cmd)))
		}
		switch _, err := s.Candidates.Candidate(ctx, made.ID); {
		case err == nil:
			faults.Join("", &hr.FieldError{Path: "id", Rule: RuleCandidateTaken, Reason: "is the id of another candidate", Err: hr.ErrDuplicate})
		case !errors.Is(err, storage.ErrNotFound):
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		return made.ID, []storage.Event{event(cmd, "candidate.added", "candidate", string(made.ID))}, s.Candidates.PutCandidate(ctx, made)
	})
}

// CorrectCandidate puts a person's right data in the place of what was there; what merged records were found by stays. It refuses a person without a name, and a record that is
// erased or merged (RuleCandidateClosed).
func (s Service) CorrectCandidate(ctx context.Context, cmd hr.Command, id CandidateID, p hr.Person) error {
	return s.onCandidate(ctx, cmd, "recruitment.CorrectCandidate", "candidate.corrected", id, p, func(_ hr.Command, c *Candidate, f *hr.Faults) {
		checkPerson(f, p)
		before := MatchKeys(c.Person)
		kept := slices.DeleteFunc(slices.Clone(c.Keys), func(k string) bool { return slices.Contains(before, k) })
		c.Person, c.Keys = p, slices.Compact(slices.Sorted(slices.Values(append(kept, MatchKeys(p)...))))
	})
}

// Candidate returns a candidate as of now, or RuleCandidateUnknown. A record that was merged names the one in its place.
func (s Service) Candidate(ctx context.Context, v hr.View, id CandidateID) (Candidate, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.Candidate"); err != nil {
		return Candidate{}, err
	}
	return s.candidate(ctx, id)
}

// CandidatesAfter returns the candidates behind after, by id, at most limit of them (below 1: all).
func (s Service) CandidatesAfter(ctx context.Context, v hr.View, after CandidateID, limit int) ([]Candidate, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.CandidatesAfter"); err != nil {
		return nil, err
	}
	return s.Candidates.CandidatesAfter(ctx, after, limit)
}

func checkPerson(f *hr.Faults, p hr.Person) {
	if p.Name == "" {
		f.Missing("person.name", RuleCandidateName)
	}
}

func (s Service) candidate(ctx context.Context, id CandidateID) (Candidate, error) {
	c, err := s.Candidates.Candidate(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return Candidate{}, &hr.FieldError{Path: "candidate", Rule: RuleCandidateUnknown, Reason: "is no candidate", Err: storage.ErrNotFound}
	}
	return c, err
}

// open adds a fault for a record that nothing may be done with any more.
func (c Candidate) open(f *hr.Faults) {
	switch {
	case !c.Erased.IsZero():
		f.Add("candidate", RuleCandidateClosed, "was erased on %s", c.Erased)
	case c.MergedInto != "":
		f.Add("candidate", RuleCandidateClosed, "was merged: go on with the record in its place")
	}
}

// onCandidate is a command that changes one open record and announces what.
func (s Service) onCandidate(ctx context.Context, cmd hr.Command, verb, what string, id CandidateID, args any, change func(hr.Command, *Candidate, *hr.Faults)) error {
	content := struct {
		Candidate CandidateID
		Args      any
	}{id, args}
	_, err := do(ctx, s, cmd, verb, content, func(ctx context.Context, cmd hr.Command) (CandidateID, []storage.Event, error) {
		c, err := s.candidate(ctx, id)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		c.open(&faults)
		change(cmd, &c, &faults)
		if faults.Any() {
			return "", nil, faults.Err()
		}
		return id, []storage.Event{event(cmd, what, "candidate", string(id))}, s.Candidates.PutCandidate(ctx, c)
	})
	return err
}
