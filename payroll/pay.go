package payroll

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Pay posts every payslip of an approved run, in chunks like [Service.Calculate]: from then on it counts in every year-to-date. It
// posts what was approved and nothing else: results that are not those (RuleRunDigest) or that would come out differently today
// (RuleRunStale) stop it before anything is posted, and an employee for whom something else was posted meanwhile stops the chunk
// (RuleRunPosted): calculate the run again. A run that was interrupted is still paying: send the same command again, or a new one.
func (s Service) Pay(ctx context.Context, cmd hr.Command, id RunID) (RunState, error) {
	const verb = "payroll.Pay"
	if _, err := storage.Do(ctx, s.Kit, cmd, verb, id, func(ctx context.Context, cmd hr.Command) (RunState, []storage.Event, error) {
		run, err := s.move(ctx, id, EventPay)
		if err != nil {
			return "", nil, err
		}
		if err := s.sameResults(ctx, run); err != nil {
			return "", nil, err
		}
		if err := s.fresh(ctx, cmd.View(verb, hr.Known{}), run); err != nil {
			return "", nil, err
		}
		return run.State, event(cmd, "payroll.run_paying", run), s.Runs.PutRun(ctx, run)
	}); err != nil {
		return "", err
	}
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	chunk := 0
	if err := s.eachPage(ctx, id, run.Chunk, func(page []Result) error {
		args := struct {
			Run   RunID
			Chunk int
		}{id, chunk}
		_, err := storage.Do(ctx, s.Kit, part(cmd, fmt.Sprintf("chunk-%d", chunk)), verb, args, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
			return s.post(ctx, cmd, id, page)
		})
		chunk++
		return err
	}); err != nil {
		return "", err
	}
	return storage.Do(ctx, s.Kit, part(cmd, "finish"), verb, id, func(ctx context.Context, cmd hr.Command) (RunState, []storage.Event, error) {
		run, err := s.move(ctx, id, EventPosted)
		if err != nil {
			return "", nil, err
		}
		if run.Posted != run.Members {
			return "", nil, &hr.FieldError{Path: "run", Rule: RuleRunPopulation, Reason: fmt.Sprintf("has %d members and %d posted payslips", run.Members, run.Posted)}
		}
		return run.State, event(cmd, "payroll.run_paid", run), s.Runs.PutRun(ctx, run)
	})
}

// post posts one chunk inside a unit.
func (s Service) post(ctx context.Context, cmd hr.Command, id RunID, page []Result) (int, []storage.Event, error) {
	run, err := s.move(ctx, id, EventPosted)
	if err != nil {
		return 0, nil, err
	}
	run.State = RunPaying // until the last chunk
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
	var posted []Result
	for i, r := range page {
		done := false
		for _, e := range before[i] {
			switch {
			case e.Value.Run == id:
				done = true
			case e.Seq > r.Slip.Known.Own:
				faults.Add(fmt.Sprintf("results[%s]", r.Employee), RuleRunPosted, "something was posted since the payslip was calculated: calculate the run again")
			}
		}
		if done {
			continue
		}
		posted = append(posted, r)
		settled := r.Slip.Settled
		if given := taken[r.Employee].Known.Own; run.Kind.looksBack() && given == settled.Own+1 {
			settled.Own = given // nothing was learnt meanwhile but this
		}
		for line, p := range PostingsFor(run, r.Slip) {
			p.Settled = settled
			name := fmt.Sprintf("%s/%s", id, r.Employee)
			if line > 0 {
				name += "/" + p.Period.String()
			}
			entries = append(entries, hr.Entry[Posting]{
				ID: name, Seq: taken[r.Employee].Known.Own, Line: line, Recorded: taken[r.Employee].Recorded,
				Period: p.Period, Value: p, Cause: hr.Ref{Kind: "run", ID: string(id)},
			})
		}
	}
	if faults.Any() {
		return 0, nil, faults.Err()
	}
	if err := s.Postings.AppendPostings(ctx, entries...); err != nil {
		return 0, nil, err
	}
	if err := s.appendOverpaid(ctx, run, entries); err != nil {
		return 0, nil, err
	}
	run.Posted += len(posted)
	return len(posted), chunkEvent(cmd, "payroll.payslips_posted", run, posted), s.Runs.PutRun(ctx, run)
}
