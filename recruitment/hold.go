package recruitment

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// HoldID names a legal hold.
type HoldID string

// LegalHold keeps everything that is held about a candidate while a claim needs it, such as that of somebody who was rejected, whatever the periods
// of retention and the consents say. It stands from Since until it is released, and moves along when its record is merged into another.
type LegalHold struct {
	ID       HoldID  `json:"id" class:"public"`
	Matter   string  `json:"matter" class:"private"`           // what it is for, in the words of who placed it
	Since    hr.Date `json:"since" class:"public"`             // the day it was placed
	Released hr.Date `json:"released,omitzero" class:"public"` // from this day on it does not stand any more; zero: it stands
}

// Format hides the matter.
func (h LegalHold) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[legal hold %s]", h.ID) }

// LogValue hides the matter.
func (h LegalHold) LogValue() slog.Value {
	return slog.StringValue("[legal hold " + string(h.ID) + "]")
}

// Stands reports whether nothing may be erased because of it.
func (h LegalHold) Stands() bool { return h.Released.IsZero() }

// PlaceHold places a legal hold on what is held about a candidate, and returns its id. It needs a matter (RuleHold); who is erased or merged into
// another is RuleCandidateClosed.
func (s Service) PlaceHold(ctx context.Context, cmd hr.Command, id CandidateID, matter string) (HoldID, error) {
	args := struct {
		Candidate CandidateID
		Matter    string
	}{id, matter}
	return do(ctx, s, cmd, "recruitment.PlaceHold", args, func(ctx context.Context, cmd hr.Command) (HoldID, []storage.Event, error) {
		c, err := s.candidate(ctx, id)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		c.open(&faults)
		if matter == "" {
			faults.Missing("matter", RuleHold)
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		hold := HoldID(cmd.NewID("hold"))
		c.Holds = append(slices.Clone(c.Holds), LegalHold{ID: hold, Matter: matter, Since: s.today(cmd)})
		return hold, []storage.Event{event(cmd, "candidate.hold_placed", "candidate", string(id))}, s.Candidates.PutCandidate(ctx, c)
	})
}

// ReleaseHold ends a legal hold on a candidate. One that is not there, or is released already, is RuleHold.
func (s Service) ReleaseHold(ctx context.Context, cmd hr.Command, id CandidateID, hold HoldID) error {
	return s.onCandidate(ctx, cmd, "recruitment.ReleaseHold", "candidate.hold_released", id, hold, func(cmd hr.Command, c *Candidate, f *hr.Faults) {
		at := slices.IndexFunc(c.Holds, func(h LegalHold) bool { return h.ID == hold && h.Stands() })
		if at < 0 {
			f.Add("hold", RuleHold, "is none that stands")
			return
		}
		c.Holds = slices.Clone(c.Holds)
		c.Holds[at].Released = s.today(cmd)
	})
}
