package lifecycle

import (
	"github.com/musterhr/hr"
)

// kindTerms names terms entries in references; kindRestated marks an entry that only repeats, after a withdrawal, what another says;
// kindStanding marks one that belongs to an event: that event's counterpart ends it, and no withdrawal.
const (
	kindTerms    = "terms"
	kindRestated = "terms.restated"
	kindStanding = "terms.standing"
)

// Change decides what to write for c over the known history h: one entry for each stretch of days on which the terms, with the
// change made, are the same. The caller gives them ID, Seq, Line and Recorded. A step is a day on which the terms known so far become
// others; without Through or Onward the change ends the day before the next one, so that what is known for later is not overwritten.
//
// Faults come together as [hr.FieldError]s: dates missing or turned around (RuleTermsFrom, RuleTermsThrough), a change that names
// nothing (RuleTermsEmpty), pay terms and answers without a name or named twice (RuleTermsPayName, RuleTermsPayTwice,
// RuleTermsAnswer), a negative amount (RuleTermsPayAmount), an unknown currency (RuleTermsCurrency), a name to clear that is wrong or
// holds on none of the days (RuleTermsClear), days on which the employee is not employed (RuleTermsOutside).
func Change(h hr.History[hr.Terms], c TermsChange) ([]hr.Entry[hr.Terms], error) {
	var faults hr.Faults
	c.check(&faults)
	known := h.AsKnown(0)
	_, employed := known.At(c.From)
	if !c.From.IsZero() && !employed {
		faults.Add("from", RuleTermsOutside, "must be a day of the employment")
	}
	if end := lastEmployed(known, c.From); !c.Through.IsZero() && !end.IsZero() && c.Through.After(end) {
		faults.Add("through", RuleTermsOutside, "must not be after the last day")
	}
	if p := c.days(known); employed && p.Validate() == nil {
		c.checkHeld(&faults, known, p)
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	return c.over(known), nil
}

// days are the days of the change, on known terms.
func (c TermsChange) days(known hr.Timeline[hr.Terms]) hr.Period {
	p := hr.Period{From: c.From, Through: c.Through}
	switch {
	case c.Onward:
		p.Through = lastEmployed(known, c.From)
	case c.Through.IsZero():
		p.Through = beforeNextStep(known, c.From)
	}
	return p
}

// over makes the change on known terms; c is without faults.
func (c TermsChange) over(known hr.Timeline[hr.Terms]) []hr.Entry[hr.Terms] {
	var entries []hr.Entry[hr.Terms]
	for piece, terms := range known.Over(c.days(known)) {
		terms = c.apply(terms)
		if n := len(entries); n > 0 && same(entries[n-1].Value, terms) {
			entries[n-1].Period.Through = piece.Through
			continue
		}
		entries = append(entries, hr.Entry[hr.Terms]{Period: piece, Value: terms})
	}
	return entries
}

// beforeNextStep returns the day before the first day after from on which the terms become others or end; no date if they never do.
func beforeNextStep(known hr.Timeline[hr.Terms], from hr.Date) hr.Date {
	held, _ := known.At(from)
	for _, s := range known.Steps() {
		if s.Since.After(from) && (s.Void || !same(s.Value, held)) {
			return s.Since.Add(-1)
		}
	}
	return hr.Date{}
}

// lastEmployed returns the last day of the unbroken run of terms that holds on from; no date if it is open.
func lastEmployed(known hr.Timeline[hr.Terms], from hr.Date) hr.Date {
	for _, s := range known.Steps() {
		if s.Since.After(from) && s.Void {
			return s.Since.Add(-1)
		}
	}
	return hr.Date{}
}

// first is the entry of a hire: its terms from the first day on.
func first(h hr.Hire) hr.Entry[hr.Terms] {
	return hr.Entry[hr.Terms]{Period: hr.Period{From: h.Start}, Value: h.Terms, Cause: h.Cause}
}

// end is the entry of an exit: no terms after the last day.
func end(lastDay hr.Date) hr.Entry[hr.Terms] {
	return hr.Entry[hr.Terms]{Period: hr.Period{From: lastDay.Add(1)}, Void: true}
}
