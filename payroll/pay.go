package payroll

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Pay posts every payslip of an approved run, in chunks like [Service.Calculate]: from then on it counts in every year-to-date.
// An employee for whom something else was posted since the payslip was calculated stops it (RuleRunPosted): calculate again.
func (s Service) Pay(ctx context.Context, cmd hr.Command, id RunID) (RunState, error) {
	const verb = "payroll.Pay"
	if _, err := s.load(ctx, id, EventPay); err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	after := hr.EmployeeID("")
	for chunk := 0; ; chunk++ {
		page, err := s.Results.Results(ctx, id, after, s.chunk())
		if err != nil {
			return "", fmt.Errorf("%s: %w", verb, err)
		}
		if len(page) == 0 {
			break
		}
		after = page[len(page)-1].Employee
		part := cmd
		part.ID = hr.CommandID(fmt.Sprintf("%s/chunk-%d", cmd.ID, chunk))
		args := struct {
			Run   RunID
			Chunk int
		}{id, chunk}
		if _, err := storage.Do(ctx, s.Kit, part, verb, args, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
			return s.post(ctx, cmd, id, page)
		}); err != nil {
			return "", err
		}
	}
	return s.move(ctx, cmd, verb, id, EventPay)
}

// post posts one chunk inside a unit.
func (s Service) post(ctx context.Context, cmd hr.Command, id RunID, page []Result) (int, []storage.Event, error) {
	ids := make([]hr.EmployeeID, len(page))
	pins := make([]hr.Pin, len(page))
	for i, r := range page {
		ids[i], pins[i] = r.Employee, hr.Pin{Employee: r.Employee}
	}
	taken, err := s.take(ctx, ids)
	if err != nil {
		return 0, nil, err
	}
	before, err := s.Postings.PostingsOf(ctx, pins)
	if err != nil {
		return 0, nil, err
	}
	var faults hr.Faults
	var entries []hr.Entry[Posting]
	for i, r := range page {
		posted := false
		for _, e := range before[i] {
			switch {
			case e.Value.Run == id:
				posted = true
			case e.Seq > r.Slip.Known.Own:
				faults.Add(fmt.Sprintf("results[%s]", r.Employee), RuleRunPosted, "something was posted since the payslip was calculated: calculate the run again")
			}
		}
		if posted {
			continue
		}
		entries = append(entries, hr.Entry[Posting]{
			ID: fmt.Sprintf("%s/%s", id, r.Employee), Seq: taken[r.Employee].Known.Own, Recorded: taken[r.Employee].Recorded,
			Period: r.Slip.Period, Value: PostingOf(id, r.Slip), Cause: hr.Ref{Kind: "run", ID: string(id)},
		})
	}
	if faults.Any() {
		return 0, nil, faults.Err()
	}
	return len(entries), nil, s.Postings.AppendPostings(ctx, entries...)
}
