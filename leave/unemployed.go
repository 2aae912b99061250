package leave

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// unemployed is the kind of cause of what is returned of a day of leave that lies in no employment.
const unemployed = "unemployed_leave"

func unemployedRef(id RequestID, d hr.Date) hr.Ref {
	return hr.Ref{Kind: unemployed, ID: fmt.Sprintf("%s/%s", id, d)}
}

// giveBackUnemployed posts what brings approved days of leave that lie in no employment back to their lots, and takes those again that an
// employment has after all. Entries are the live ones of the employee.
func (s Service) giveBackUnemployed(ctx context.Context, b *book, employed []hr.Period, entries []Entry) error {
	spells := spells(employed)
	if len(spells) == 0 {
		return nil // nobody can take leave before there were terms
	}
	type dayOf struct {
		request RequestID
		day     hr.Date
	}
	var days []dayOf
	for _, e := range entries {
		if e.Value.Request == "" {
			continue
		}
		if _, in := spellOn(spells, e.Period.From); in && e.Cause.Kind != unemployed {
			continue
		}
		if d := (dayOf{e.Value.Request, e.Period.From}); !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	if len(days) == 0 {
		return nil
	}
	st := &settling{Service: s, employee: b.taken.Employee, book: b, entries: slices.Clone(entries)}
	for _, d := range days {
		r, err := s.Requests.Request(ctx, d.request)
		if err != nil {
			return err
		}
		if r.State != Approved {
			continue // it has given everything back already
		}
		share := one
		if _, in := spellOn(spells, d.day); in {
			share = decimal.Decimal{}
		}
		st.bring(r, d.day, share, unemployedRef(d.request, d.day))
	}
	return nil
}
