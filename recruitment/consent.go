package recruitment

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Purposes that this package asks about. A host may have others.
const (
	PurposeHiring     = "hiring"      // to be considered for an opening
	PurposeTalentPool = "talent_pool" // to be kept in mind for later ones
)

// Consent is what a candidate has agreed to, for one purpose. It holds from Given through Expires, unless withdrawn before: from the
// day of the withdrawal on it does not. It is kept after that, as the proof that it was given.
type Consent struct {
	Purpose   string  `json:"purpose" class:"public"`
	Given     hr.Date `json:"given" class:"private"`
	Expires   hr.Date `json:"expires" class:"private"`            // the last day
	Withdrawn hr.Date `json:"withdrawn,omitzero" class:"private"` // zero: not withdrawn
	Evidence  hr.Ref  `json:"evidence,omitzero" class:"private"`  // where it was given: a form, a message
}

// Holds reports whether the consent covers a day.
func (c Consent) Holds(on hr.Date) bool {
	return !on.Before(c.Given) && !on.After(c.Expires) && (c.Withdrawn.IsZero() || on.Before(c.Withdrawn))
}

// Consented reports whether a consent for a purpose holds on a day.
func (c Candidate) Consented(purpose string, on hr.Date) bool {
	return slices.ContainsFunc(c.Consents, func(x Consent) bool { return x.Purpose == purpose && x.Holds(on) })
}

// joined returns the consents of two records of one person. Who withdrew one did not know of the other record: the other's consents for the purpose that
// were given by that day are withdrawn as well.
func joined(a, b []Consent) []Consent {
	var all []Consent
	for _, side := range [][2][]Consent{{a, b}, {b, a}} {
		for _, x := range side[0] {
			for _, y := range side[1] {
				later := !x.Withdrawn.IsZero() && !y.Withdrawn.Before(x.Withdrawn)
				if y.Purpose == x.Purpose && !y.Withdrawn.IsZero() && !x.Given.After(y.Withdrawn) && !later {
					x.Withdrawn = y.Withdrawn
				}
			}
			all = append(all, x)
		}
	}
	return all
}

func (c Consent) check(today hr.Date) error {
	var f hr.Faults
	if c.Purpose == "" {
		f.Missing("purpose", RuleConsent)
	}
	switch {
	case c.Given.IsZero():
		f.Missing("given", RuleConsent)
	case c.Given.After(today):
		f.Add("given", RuleConsent, "must not lie in the future")
	}
	switch {
	case c.Expires.IsZero():
		f.Missing("expires", RuleConsent)
	case c.Expires.Before(c.Given):
		f.Add("expires", RuleConsent, "must not be before it was given")
	}
	if !c.Withdrawn.IsZero() {
		f.Add("withdrawn", RuleConsent, "is recorded by a withdrawal, not when a consent is given")
	}
	return f.Err()
}

// GiveConsent records a consent beside those that are there. It needs a purpose, the day it was given, which is not in the future, and
// the last day it holds (RuleConsent): no consent is for ever.
func (s Service) GiveConsent(ctx context.Context, cmd hr.Command, id CandidateID, given Consent) error {
	return s.onCandidate(ctx, cmd, "recruitment.GiveConsent", "consent.given", id, given, func(cmd hr.Command, c *Candidate, f *hr.Faults) {
		f.Join("consent", given.check(s.today(cmd)))
		c.Consents = append(c.Consents, given)
	})
}

// WithdrawConsent ends every consent of a candidate for a purpose, from today on. Without one that holds it is RuleConsentNone. A
// candidate who leaves the talent pool that way loses their tags at once.
func (s Service) WithdrawConsent(ctx context.Context, cmd hr.Command, id CandidateID, purpose string) error {
	return s.onCandidate(ctx, cmd, "recruitment.WithdrawConsent", "consent.withdrawn", id, purpose, func(cmd hr.Command, c *Candidate, f *hr.Faults) {
		today := s.today(cmd)
		if !c.Consented(purpose, today) {
			f.Add("purpose", RuleConsentNone, "no consent for it holds today")
		}
		c.Consents = slices.Clone(c.Consents)
		for i, x := range c.Consents {
			if x.Purpose == purpose && x.Holds(today) {
				c.Consents[i].Withdrawn = today
			}
		}
		if purpose == PurposeTalentPool {
			c.Tags = nil
		}
	})
}

// Pool puts a candidate into the talent pool under tags, in place of those before; no tags take them out. It needs a consent for
// [PurposeTalentPool] that holds today (RuleConsentNone).
func (s Service) Pool(ctx context.Context, cmd hr.Command, id CandidateID, tags ...string) error {
	return s.onCandidate(ctx, cmd, "recruitment.Pool", "candidate.pooled", id, tags, func(cmd hr.Command, c *Candidate, f *hr.Faults) {
		if len(tags) > 0 && !c.Consented(PurposeTalentPool, s.today(cmd)) {
			f.Add("consent", RuleConsentNone, "no consent for %s holds today", PurposeTalentPool)
		}
		if slices.Contains(tags, "") {
			f.Missing("tags", RuleCandidateTag)
		}
		c.Tags = slices.Compact(slices.Sorted(slices.Values(tags)))
	})
}

// Pooled returns who is in the talent pool under a tag and whose consent holds today: those behind after, by id, from a page of at most
// limit (below 1: all). A page may therefore be shorter than limit and not the last; next is what to ask for the page behind it, empty at the end.
func (s Service) Pooled(ctx context.Context, v hr.View, tag string, after CandidateID, limit int) (list []Candidate, next CandidateID, err error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.Pooled"); err != nil {
		return nil, "", err
	}
	page, err := s.Candidates.CandidatesTagged(ctx, tag, after, limit)
	if err != nil {
		return nil, "", err
	}
	today := hr.DateOf(s.Kit.Clock(), s.zone())
	for _, c := range page {
		if c.Consented(PurposeTalentPool, today) {
			list = append(list, c)
		}
	}
	if limit > 0 && len(page) == limit {
		next = page[len(page)-1].ID
	}
	return list, next, nil
}
