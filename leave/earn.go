package leave

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// GrantOccasion opens the lot that an event gives by the type's [Occasion], once for each cause, and returns it.
func (s Service) GrantOccasion(ctx context.Context, cmd hr.Command, employee hr.EmployeeID, t TypeID, on hr.Date, cause hr.Ref) (LotID, error) {
	args := struct {
		Employee hr.EmployeeID
		Type     TypeID
		On       hr.Date
		Cause    hr.Ref
	}{employee, t, on, cause}
	return do(ctx, s, cmd, "leave.GrantOccasion", storage.About(args, employee), func(ctx context.Context, cmd hr.Command) (LotID, []storage.Event, error) {
		var faults hr.Faults
		if employee == "" {
			faults.Missing("employee", RuleEmployee)
		}
		policy, err := s.Policies.At(t, on)
		faults.Join("", err)
		if faults.Any() {
			return "", nil, faults.Err()
		}
		b, err := s.take(ctx, employee)
		if err != nil {
			return "", nil, err
		}
		entries, err := s.live(ctx, hr.Pin{Employee: employee})
		if err != nil {
			return "", nil, err
		}
		e, fresh, err := policy.Lot(on, cause, entries)
		if err != nil || !fresh {
			return e.Value.Lot, nil, err
		}
		b.post(e)
		if err := s.keep(ctx, cmd, b, entries); err != nil {
			return "", nil, err
		}
		return e.Value.Lot, []storage.Event{event(cmd, "leave.credited", employee, hr.Ref{Kind: "leave_ledger", ID: e.ID, Seq: b.taken.Known.Own})}, nil
	})
}

// EarnFrom posts what timesheets of one employee earn, for every type that is earned by work ([Earned]), and returns how many entries it
// posted. A host calls it when a pay period's sheets are final, and again when one is revised: the difference is posted.
func (s Service) EarnFrom(ctx context.Context, cmd hr.Command, sheets ...hr.Timesheet) (posted int, err error) {
	var employee hr.EmployeeID
	if len(sheets) > 0 {
		employee = sheets[0].Employee
	}
	return do(ctx, s, cmd, "leave.EarnFrom", storage.About(sheets, employee), func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		var faults hr.Faults
		if employee == "" {
			faults.Missing("sheets", RuleWorked)
		}
		for i, sheet := range sheets {
			faults.Join(fmt.Sprintf("sheets[%d]", i), sheet.Validate())
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		b, err := s.take(ctx, employee)
		if err != nil {
			return 0, nil, err
		}
		entries, err := s.live(ctx, hr.Pin{Employee: employee})
		if err != nil {
			return 0, nil, err
		}
		terms, err := s.Terms.TermsOf(ctx, cmd.View("leave.EarnFrom", hr.Known{}), []hr.Pin{{Employee: employee}}, ever)
		if err != nil {
			return 0, nil, err
		}
		for _, t := range slices.Sorted(maps.Keys(s.Policies)) {
			due, err := Earned(t, s.Policies[t], employments(terms[0]), entries, sheets...)
			if err != nil {
				return 0, nil, err
			}
			b.post(due...)
		}
		if len(b.movements) == 0 {
			return 0, nil, nil
		}
		if err := s.keep(ctx, cmd, b, entries); err != nil {
			return 0, nil, err
		}
		return len(b.movements), []storage.Event{event(cmd, "leave.accrued", employee, hr.Ref{Kind: "leave_ledger", ID: b.movements[0].ID, Seq: b.taken.Known.Own})}, nil
	})
}
