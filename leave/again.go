package leave

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// keep saves the book, after the year's ends that its entries touch have been done again: leave of a year that is closed changes what
// was carried, paid and lapsed, and the difference is posted with it; and days away that are paid in steps are stated again. Entries are the live ones that the book was made on.
func (s Service) keep(ctx context.Context, cmd hr.Command, b *book, entries []Entry) error {
	ended := map[TypeID]hr.Date{} // the first day after the last ending on record
	for _, e := range entries {
		if e.Cause.Kind == endingKind {
			ended[e.Value.Type] = later(ended[e.Value.Type], e.Period.From)
		}
	}
	touched := map[TypeID]bool{}
	for _, e := range b.movements {
		t := e.Value.Type
		carried := strings.HasPrefix(string(e.Value.Lot), carry) // what is used of a carried lot stays carried
		if e.Period.From.Before(ended[t]) || carried && !ended[t].IsZero() {
			touched[t] = true
		}
	}
	if len(touched) > 0 {
		terms, err := s.Terms.TermsOf(ctx, cmd.View("leave.YearEnd", hr.Known{}), []hr.Pin{{Employee: b.taken.Employee}}, ever)
		if err != nil {
			return err
		}
		employed := employments(terms[0])
		for _, t := range slices.Sorted(maps.Keys(touched)) {
			diff, err := YearEnd(t, s.Policies[t], employed, append(slices.Clone(entries), b.movements...), ended[t])
			if err != nil {
				return err
			}
			b.post(diff...)
		}
	}
	if err := s.stepped(ctx, cmd, b, entries); err != nil {
		return err
	}
	return b.save(ctx, s)
}
