package payroll

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Adjust adds amounts beside the agreed terms, of one employee or of many: a bonus for everybody is one command. A missing employee,
// name or period or a zero amount that stands instead of none is a [hr.FieldError] with RuleAdjustment, all together; whether a plan reads the name shows when a
// run is calculated. Where the period is paid already, the next regular run pays it as arrears. It returns how many were added.
func (s Service) Adjust(ctx context.Context, cmd hr.Command, adjustments ...Adjustment) (int, error) {
	ids := make([]hr.EmployeeID, len(adjustments))
	for i, a := range adjustments {
		ids[i] = a.Employee
	}
	return storage.Do(ctx, s.Kit, cmd, "payroll.Adjust", storage.About(adjustments, ids...), func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		var faults hr.Faults
		for i, a := range adjustments {
			at := fmt.Sprintf("adjustments[%d]", i)
			if a.Employee == "" {
				faults.Missing(at+".employee", RuleAdjustment)
			}
			if a.Name == "" {
				faults.Missing(at+".name", RuleAdjustment)
			}
			if a.Period.Validate() != nil || a.Period.Open() && !a.Repeats {
				faults.Add(at+".period", RuleAdjustment, "must be a pay period with both days; only what repeats may be without an end")
			}
			if a.Tax != "" && a.Tax != TaxNow && a.Tax != TaxSpread {
				faults.Add(at+".tax", RuleAdjustment, "must be now, spread or empty")
			}
			if a.Amount.IsZero() && !a.Instead {
				faults.Add(at+".amount", RuleAdjustment, "must not be zero")
			}
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		taken, err := s.take(ctx, ids)
		if err != nil {
			return 0, nil, err
		}
		entries := make([]hr.Entry[Adjustment], len(adjustments))
		for i, a := range adjustments {
			a.Ref = hr.Ref{} // set when it is read
			entries[i] = hr.Entry[Adjustment]{
				ID: cmd.NewID("adjustment", fmt.Sprint(i)), Seq: taken[a.Employee].Known.Own, Line: i, Recorded: taken[a.Employee].Recorded,
				Period: a.Period, Value: a, Cause: hr.Ref{Kind: "command", ID: string(cmd.ID)},
			}
		}
		return len(entries), nil, s.Adjustments.AppendAdjustments(ctx, entries...)
	})
}

// posted returns what is posted for each employee.
func (s Service) posted(ctx context.Context, ids []hr.EmployeeID) (map[hr.EmployeeID][]Posting, error) {
	pins := make([]hr.Pin, len(ids))
	for i, id := range ids {
		pins[i].Employee = id
	}
	lists, err := s.Postings.PostingsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	out := map[hr.EmployeeID][]Posting{}
	for i, list := range lists {
		live, err := livePostings(list, pins[i])
		if err != nil {
			return nil, err
		}
		var values []Posting
		for _, e := range live {
			values = append(values, e.Value)
		}
		out[ids[i]] = values
	}
	return out, nil
}
