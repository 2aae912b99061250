package lifecycle

import (
	"fmt"
	"slices"

	"github.com/musterhr/hr"
)

// Withdraw decides what to write so that a change is as if it had never been made: the withdrawal of each of its entries, and
// entries that restate the days on which the neighbours do not say the right thing by themselves. A later change keeps what it
// changed and loses what it only took over: a transfer in May stays when the raise in March is withdrawn, at the pay before the raise.
// What a change changed is read from the entries: a field that it set to the value the field had already does not count.
//
// id is any entry of the change, or of an earlier withdrawal, which is then undone. The caller gives the entries ID, Seq, Line and
// Recorded. It returns a [hr.FieldError]: RuleTermsUnknown for an id that h does not have, RuleTermsFirst for the terms of the hire,
// RuleTermsEnd for their end by an exit, RuleTermsStanding for what an event such as a suspension wrote, RuleTermsWithdrawn for what is
// withdrawn already.
func Withdraw(h hr.History[hr.Terms], id string) ([]hr.Entry[hr.Terms], error) {
	all := h.Entries()
	fault := func(rule hr.Rule, reason string) ([]hr.Entry[hr.Terms], error) {
		return nil, &hr.FieldError{Path: "entry", Rule: rule, Reason: reason}
	}
	at := slices.IndexFunc(all, func(e hr.Entry[hr.Terms]) bool { return e.ID == id })
	if at >= 0 && restates(all[at]) {
		id = all[at].Cause.ID
		at = slices.IndexFunc(all, func(e hr.Entry[hr.Terms]) bool { return e.ID == id })
	}
	switch {
	case at < 0:
		return fault(RuleTermsUnknown, "names no entry of the terms")
	case begins(all, at):
		return fault(RuleTermsFirst, "the terms of the hire cannot be withdrawn; change them from the first day")
	case all[at].Void:
		return fault(RuleTermsEnd, "days without terms belong to the exit, or to a first day that was moved, and cannot be withdrawn")
	case all[at].Cause.Kind == kindStanding:
		return fault(RuleTermsStanding, "belongs to an event such as a suspension; record its end, from its first day where it should not have been")
	case !standing(all)[id]:
		return fault(RuleTermsWithdrawn, "is withdrawn already")
	}
	var entries []hr.Entry[hr.Terms]
	for _, e := range all {
		if together(e, all[at]) {
			entries = append(entries, hr.Entry[hr.Terms]{Withdraws: e.ID})
		}
	}
	now, err := hr.NewHistory(kindTerms, append(all, numbered(h.Head()+1, entries)...)...)
	if err != nil {
		return nil, err
	}
	restated, err := restate(now)
	return append(entries, restated...), err
}

// numbered gives entries that are not stored yet the ids and places that NewHistory wants.
func numbered(seq hr.Seq, entries []hr.Entry[hr.Terms]) []hr.Entry[hr.Terms] {
	entries = slices.Clone(entries)
	for i := range entries {
		entries[i].ID, entries[i].Seq, entries[i].Line = fmt.Sprintf("#%d.%d", seq, i), seq, i
	}
	return entries
}

// begins reports whether the entry at an index gives terms to days that had none: those of a hire, a rehire, an earlier first day.
func begins(all []hr.Entry[hr.Terms], at int) bool {
	if all[at].Void || all[at].Withdraws != "" || restates(all[at]) {
		return false
	}
	for _, e := range slices.Backward(all[:at]) { // an entry with a value says that the day was employed when it was written, and only one without ends that
		if e.Withdraws == "" && e.Period.Contains(all[at].Period.From) {
			return e.Void
		}
	}
	return true
}

// restates reports whether e only repeats what another entry says.
func restates(e hr.Entry[hr.Terms]) bool { return e.Cause.Kind == kindRestated }

// together reports whether a and b were written as one change.
func together(a, b hr.Entry[hr.Terms]) bool {
	return a.Seq == b.Seq && a.Cause == b.Cause && a.Void == b.Void && (a.Withdraws == "") == (b.Withdraws == "")
}

// standing returns the ids of the entries, withdrawals among them, that nothing standing withdraws.
func standing(all []hr.Entry[hr.Terms]) map[string]bool {
	stands, withdrawn := map[string]bool{}, map[string]bool{}
	for _, e := range slices.Backward(all) {
		if withdrawn[e.ID] {
			continue
		}
		stands[e.ID] = true
		withdrawn[e.Withdraws] = true // no entry has the empty id
	}
	return stands
}

// restate returns the entries that make h say what it would say if the withdrawn changes had never been made.
func restate(h hr.History[hr.Terms]) ([]hr.Entry[hr.Terms], error) {
	due, origin, err := replay(h)
	if err != nil {
		return nil, err
	}
	painted := h.AsKnown(0)
	var days []hr.Date
	for _, s := range slices.Concat(painted.Steps(), due.Steps()) {
		days = append(days, s.Since)
	}
	slices.SortFunc(days, hr.Date.Compare)
	days = slices.Compact(days)
	var entries []hr.Entry[hr.Terms]
	for i, day := range days {
		piece := hr.Period{From: day}
		if i+1 < len(days) {
			piece.Through = days[i+1].Add(-1)
		}
		says, employed := painted.StepAt(day)
		should, ok := due.StepAt(day)
		if employed == ok && same(says.Value, should.Value) {
			continue
		}
		e := hr.Entry[hr.Terms]{Period: piece, Value: should.Value, Void: !ok, Cause: hr.Ref{Kind: kindRestated, ID: origin[should.Ref.ID]}}
		if n := len(entries); n > 0 && entries[n-1].Cause == e.Cause && entries[n-1].Period.Through == piece.From.Add(-1) && same(entries[n-1].Value, e.Value) {
			entries[n-1].Period.Through = piece.Through
			continue
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// replay makes again, one after the other, the changes of h that stand, each as it was meant: what it changed, and whether it was to
// end before the next step. It returns the terms that come of it, and for each entry id in their references the entry of h behind it.
func replay(h hr.History[hr.Terms]) (due hr.Timeline[hr.Terms], origin map[string]string, err error) {
	all := h.Entries()
	stands := standing(all)
	origin = map[string]string{}
	var made []hr.Entry[hr.Terms]
	for i := 0; i < len(all); {
		next := i + 1
		for next < len(all) && together(all[i], all[next]) {
			next++
		}
		group := all[i:next]
		before, new := all[:i], begins(all, i)
		i = next
		if !stands[group[0].ID] || group[0].Withdraws != "" || restates(group[0]) {
			continue
		}
		again := slices.Clone(group)
		if !new && !group[0].Void {
			meant, err := intent(before, group)
			if err != nil {
				return due, nil, err
			}
			again = meant.over(due)
		}
		again = numbered(hr.Seq(i), again)
		for n, e := range again {
			origin[e.ID] = group[min(n, len(group)-1)].ID
		}
		made = append(made, again...)
		again2, err := hr.NewHistory(kindTerms, made...)
		if err != nil {
			return due, nil, err
		}
		due = again2.AsKnown(0)
	}
	return due, origin, nil
}

// intent reads from the entries of a change, and from what was known before it, the change as it was meant.
func intent(before, group []hr.Entry[hr.Terms]) (TermsChange, error) {
	h, err := hr.NewHistory(kindTerms, before...)
	if err != nil {
		return TermsChange{}, err
	}
	known := h.AsKnown(0)
	c := TermsChange{From: group[0].Period.From}
	for _, e := range group {
		for _, was := range known.Over(e.Period) {
			c = c.and(difference(was, e.Value))
		}
	}
	through := group[len(group)-1].Period.Through
	if group[0].Cause.Kind == kindStanding { // its days were given, whatever else was known
		c.Through, c.Onward = through, through.IsZero()
		return c, nil
	}
	switch through {
	case beforeNextStep(known, c.From):
	case lastEmployed(known, c.From):
		c.Onward = true
	default:
		c.Through = through
	}
	return c, nil
}
