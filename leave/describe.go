package leave

import (
	"context"
	"errors"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Describe puts references to leave requests into words, one text for each ref: "earned 2026-10-05..2026-10-06, approved". The
// text is empty for a ref of another kind and for a request that is not this employee's; the reason of a request is never in it.
// Payroll uses it to explain a figure.
func (s Service) Describe(ctx context.Context, v hr.View, employee hr.EmployeeID, refs []hr.Ref) ([]string, error) {
	const verb = "leave.Describe"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return nil, err
	}
	texts := make([]string, len(refs))
	for i, ref := range refs {
		if ref.Kind != "leave" {
			continue
		}
		r, err := s.Requests.Request(ctx, RequestID(ref.ID))
		switch {
		case errors.Is(err, storage.ErrNotFound):
		case err != nil:
			return nil, fmt.Errorf("%s: %w", verb, err)
		case r.Employee == employee:
			texts[i] = fmt.Sprintf("%s %s, %s", r.Type, r.Period, r.State)
		}
	}
	return texts, nil
}
