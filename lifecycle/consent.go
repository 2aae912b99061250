package lifecycle

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Consent is that an employee agreed that something of theirs is used for a purpose, or that they do not any more. It is kept as a fact with two
// times, whose Period begins on the day from which it counts: so it can be shown later what was agreed on a day, and what was known of it
// then. Muster itself needs no consent of employees: what it keeps is for the contract and for the law. A photograph on the intranet does.
type Consent struct {
	What      string `json:"what" class:"public"`                // what is used: "photograph", "private telephone number"
	Purpose   string `json:"purpose" class:"public"`             // what for: "intranet"
	Text      string `json:"text" class:"public"`                // the version of the words that they were shown: "intranet-2026-04"
	Evidence  hr.Ref `json:"evidence,omitzero" class:"private"`  // where it was given: a form, a message
	Withdrawn bool   `json:"withdrawn,omitempty" class:"public"` // they do not agree any more
}

const kindConsent = "consent"

// MayUse reports whether something may be used for a purpose on a day, as known at k (0: all that is known): whether the consent that was said last
// of those that cover the day is not a withdrawal. Without any it may not.
func MayUse(h hr.History[Consent], what, purpose string, day hr.Date, k hr.Seq) bool {
	may := false
	for _, e := range h.Live(k) { // oldest knowledge first
		if e.Value.What == what && e.Value.Purpose == purpose && e.Period.Contains(day) {
			may = !e.Value.Withdrawn
		}
	}
	return may
}

// GiveConsent records that an employee agrees from a day on, which is not in the future, and through an end if there is one. It needs What, Purpose
// and Text (RuleConsent). It returns the id of the entry.
func (s Service) GiveConsent(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, c Consent, p hr.Period) (string, error) {
	c.Withdrawn = false
	args := struct {
		Consent Consent
		Period  hr.Period
	}{c, p}
	return do(ctx, s, cmd, "lifecycle.GiveConsent", storage.About(args, emp), func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		var faults hr.Faults
		for _, need := range [][2]string{{"consent.what", c.What}, {"consent.purpose", c.Purpose}, {"consent.text", c.Text}} {
			if need[1] == "" {
				faults.Missing(need[0], RuleConsent)
			}
		}
		switch {
		case p.Validate() != nil || p.From.IsZero():
			faults.Add("period", RuleConsent, "must have a first day, and a last day that is not before it")
		case p.From.After(s.day(cmd)):
			faults.Add("period.from", RuleConsent, "must not lie in the future")
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		return s.say(ctx, cmd, emp, "consent_given", hr.Entry[Consent]{Period: p, Value: c})
	})
}

// WithdrawConsent records that an employee does not agree any more, from today on. It is always possible: there need be no consent, what was given is not asked,
// and saying it twice is as good as once.
func (s Service) WithdrawConsent(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, what, purpose string) (string, error) {
	c := Consent{What: what, Purpose: purpose, Withdrawn: true}
	return do(ctx, s, cmd, "lifecycle.WithdrawConsent", storage.About(c, emp), func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		var faults hr.Faults
		for _, need := range [][2]string{{"what", what}, {"purpose", purpose}} {
			if need[1] == "" {
				faults.Missing(need[0], RuleConsent)
			}
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		return s.say(ctx, cmd, emp, "consent_withdrawn", hr.Entry[Consent]{Period: hr.Period{From: s.day(cmd)}, Value: c})
	})
}

func (s Service) say(ctx context.Context, cmd hr.Command, emp hr.EmployeeID, kind string, e hr.Entry[Consent]) (string, []storage.Event, error) {
	if s.Consents == nil {
		return "", nil, unwired("consents")
	}
	taken, err := s.Kit.Know.Take(ctx, s.Kit.Clock, emp)
	if err != nil {
		return "", nil, err
	}
	if _, err := s.employment(ctx, emp); err != nil {
		return "", nil, err
	}
	e.ID, e.Seq, e.Recorded = cmd.NewID(kindConsent), taken[0].Known.Own, taken[0].Recorded
	e.Cause = hr.Ref{Kind: "command", ID: string(cmd.ID)}
	return e.ID, []storage.Event{event(cmd, kind, emp, hr.Ref{Kind: kindConsent, ID: e.ID, Seq: e.Seq})}, s.Consents.AppendConsents(ctx, emp, e)
}

// ConsentsOf returns everything that an employee ever agreed to or withdrew, up to v.Known.Own; zero is today. Ask it with [MayUse].
func (s Service) ConsentsOf(ctx context.Context, v hr.View, emp hr.EmployeeID) (hr.History[Consent], error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.ConsentsOf", emp); err != nil {
		return hr.History[Consent]{}, err
	}
	if s.Consents == nil {
		return hr.History[Consent]{}, unwired("consents")
	}
	lists, err := s.Consents.ConsentsOf(ctx, []hr.Pin{{Employee: emp, Known: v.Known}})
	if err != nil {
		return hr.History[Consent]{}, err
	}
	return hr.NewHistory(kindConsent, slices.Clone(lists[0])...)
}
