package lifecycle

import (
	"context"
	"fmt"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Describe puts references to terms into words, one text for each ref: "2026-04-01.., recorded 2026-03-28". The days are those that
// the entry was written for; a later entry may have painted over some of them. The day of recording is that of UTC. The text is empty
// for a ref of another kind and for an entry that is not this employee's. Payroll uses it to explain a figure; no amount is in it.
func (s Service) Describe(ctx context.Context, v hr.View, employee hr.EmployeeID, refs []hr.Ref) ([]string, error) {
	const verb = "lifecycle.Describe"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return nil, err
	}
	texts := make([]string, len(refs))
	entries, err := s.Facts.Terms(ctx, []hr.Pin{{Employee: employee}})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	for i, ref := range refs {
		for _, e := range entries[0] {
			if ref.Kind == kindTerms && e.ID == ref.ID {
				texts[i] = fmt.Sprintf("%s, recorded %s", e.Period, hr.DateOf(e.Recorded, time.UTC))
				if source := e.Source.String(); source != "" {
					texts[i] += ", from " + source
				}
			}
		}
	}
	return texts, nil
}
