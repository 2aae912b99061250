package lifecycle

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Settled says that the employment ended with everything paid: by which run, on which day, and the digest of what was paid.
type Settled struct {
	Run    hr.Ref  `json:"run" class:"public"`
	PaidOn hr.Date `json:"paid_on" class:"private"`
	Digest string  `json:"digest" class:"public"`
}

// SettlementGates says of each employee, in the order asked, what must be done before they are settled, in words; nothing where nothing is
// open. Payroll asks it before it makes a settlement. Somebody whose exit is not recorded is not to be settled yet.
func (s Service) SettlementGates(ctx context.Context, v hr.View, ids ...hr.EmployeeID) ([][]string, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.SettlementGates", ids...); err != nil {
		return nil, err
	}
	rows, err := s.Employments.Employments(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make([][]string, len(ids))
	for i, id := range ids {
		e, found := find(rows, id)
		switch {
		case !found:
			out[i] = []string{"is no employee"}
			continue
		case e.LastDay.IsZero():
			out[i] = []string{"no exit is recorded"}
			continue
		}
		if s.Checklists != nil {
			if out[i], err = s.gates(ctx, e, GateSettlement, e.LastDay); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// Settle records that somebody who left is paid: what payroll's settlement run came to. It needs a recorded exit with that last day
// (RuleSettlement) and every task done that a settlement waits for (RuleGate). The same settlement again changes nothing; another one is
// RuleSettled, for what is learnt later is paid as arrears by payroll's next run, which settles nothing again.
func (s Service) Settle(ctx context.Context, cmd hr.Command, set hr.Settlement) error {
	_, err := do(ctx, s, cmd, "lifecycle.Settle", storage.About(set, set.Employee), func(ctx context.Context, cmd hr.Command) (hr.EmployeeID, []storage.Event, error) {
		e, err := s.employment(ctx, set.Employee)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		switch {
		case e.LastDay.IsZero():
			faults.Add("last_day", RuleSettlement, "no exit is recorded")
		case set.LastDay != e.LastDay:
			faults.Add("last_day", RuleSettlement, "is not the last day of the employment")
		}
		if set.Run.IsZero() || set.Digest == "" {
			faults.Missing("run", RuleSettlement)
		}
		if set.PaidOn.IsZero() {
			faults.Missing("paid_on", RuleSettlement)
		}
		now := Settled{Run: set.Run, PaidOn: set.PaidOn, Digest: set.Digest}
		again := e.Settled == now && now != Settled{}
		if e.Settled != (Settled{}) && !again {
			faults.Add("run", RuleSettled, "they are settled already")
		}
		if err := s.gate(ctx, &faults, e, GateSettlement, e.LastDay); err != nil {
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		if again {
			return set.Employee, nil, nil
		}
		e.Settled = now
		if err := s.Employments.PutEmployment(ctx, e); err != nil {
			return "", nil, fmt.Errorf("settle: %w", err)
		}
		return set.Employee, []storage.Event{event(cmd, "settled", set.Employee, set.Run)}, nil
	})
	return err
}
