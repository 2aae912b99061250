package payroll

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Pay posts every payslip of an approved run, in chunks like [Service.Calculate]: from then on it counts in every year-to-date. It
// posts what was approved and nothing else: results that are not those (RuleRunDigest) or that would come out differently today
// (RuleRunStale) stop it before anything is posted; a result that is not what its digest says (RuleRunDigest), and an employee for whom something
// else was posted meanwhile (RuleRunPosted), stop the chunk before anything of it is: calculate the run again. A run that was interrupted is still paying: send the same command again, or a new one.
//
// A host that spreads the work over processes takes the same steps itself, with the same command: [Service.BeginPay] once,
// [Service.PayChunk] for each chunk, in any order and at the same time, and [Service.FinishPay].
func (s Service) Pay(ctx context.Context, cmd hr.Command, id RunID) (RunState, error) {
	if _, err := s.BeginPay(ctx, cmd, id); err != nil {
		return "", err
	}
	if err := s.eachChunk(ctx, id, func(page []RunChunk) error {
		for _, c := range page {
			if err := s.PayChunk(ctx, cmd, id, c.Number); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return "", err
	}
	return s.FinishPay(ctx, cmd, id)
}

const verbPay = "payroll.Pay"

// BeginPay is the first step of [Service.Pay]: it looks whether the results are those that were approved, by the digest that each
// of them has, and current. It returns how many
// chunks there are, numbered from 0.
func (s Service) BeginPay(ctx context.Context, cmd hr.Command, id RunID) (chunks int, err error) {
	return storage.Do(ctx, s.Kit, cmd, verbPay, id, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		run, err := s.move(ctx, id, EventPay)
		if err != nil {
			return 0, nil, err
		}
		if err := s.sameResults(ctx, run); err != nil {
			return 0, nil, err
		}
		if err := s.fresh(ctx, cmd.View(verbPay, hr.Known{}), run); err != nil {
			return 0, nil, err
		}
		return run.chunks(), event(cmd, "payroll.run_paying", run), s.Runs.PutRun(ctx, run)
	})
}

// PayChunk is the step of [Service.Pay] between the first and the last, for one chunk: its postings, one audit entry and one event with the
// digest of their payslips in one unit. Who is posted by the run already is left as posted, so any number of processes may try. A number that the run does
// not have is RuleRunChunk; an error that matches storage.ErrConflict says that somebody else was faster: send it again.
func (s Service) PayChunk(ctx context.Context, cmd hr.Command, id RunID, number int) error {
	_, err := storage.Do(ctx, s.Kit, chunkCommand(cmd, number), verbPay, chunkArgs{id, number}, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		return s.post(ctx, cmd, id, number)
	})
	return err
}

// FinishPay is the last step of [Service.Pay]. Somebody who is not posted is RuleRunPopulation.
func (s Service) FinishPay(ctx context.Context, cmd hr.Command, id RunID) (RunState, error) {
	return storage.Do(ctx, s.Kit, part(cmd, "finish"), verbPay, id, func(ctx context.Context, cmd hr.Command) (RunState, []storage.Event, error) {
		run, err := s.move(ctx, id, EventPosted)
		if err != nil {
			return "", nil, err
		}
		run.Posted = 0
		if err := s.eachChunk(ctx, id, func(page []RunChunk) error {
			for _, c := range page {
				run.Posted += c.Posted
			}
			return nil
		}); err != nil {
			return "", nil, err
		}
		if run.Posted != run.Members {
			return "", nil, &hr.FieldError{Path: "run", Rule: RuleRunPopulation, Reason: fmt.Sprintf("has %d members and %d posted payslips", run.Members, run.Posted)}
		}
		return run.State, event(cmd, "payroll.run_paid", run), s.Runs.PutRun(ctx, run)
	})
}

// post posts one chunk inside a unit.
func (s Service) post(ctx context.Context, cmd hr.Command, id RunID, number int) (int, []storage.Event, error) {
	chunk, err := s.chunkOf(ctx, id, number) // before the run: see RunChunk
	if err != nil {
		return 0, nil, err
	}
	run, err := s.move(ctx, id, EventPosted)
	if err != nil || chunk.Posted == chunk.Members {
		return 0, nil, err
	}
	page, err := s.Results.Results(ctx, id, chunk.After, chunk.Members)
	if err != nil {
		return 0, nil, err
	}
	ids := make([]hr.EmployeeID, len(page))
	pins := make([]hr.Pin, len(page))
	for i, r := range page {
		ids[i], pins[i] = r.Employee, hr.Pin{Employee: r.Employee}
	}
	same, postings := make([]bool, len(page)), make([][]Posting, len(page))
	spread(len(page), func(i int) {
		slip := page[i].Slip.Digest()
		same[i], postings[i] = page[i].Digest == page[i].contentWith(slip), postingsOf(run, page[i].Slip, slip)
	})
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
		if !same[i] {
			faults.Add(fmt.Sprintf("results[%s]", r.Employee), RuleRunDigest, "is not the result that was approved")
		}
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
		for line, p := range postings[i] {
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
	chunk.Posted = len(page)
	return len(posted), chunkEvent(cmd, "payroll.payslips_posted", run, digestOf(posted)), s.Runs.PutChunks(ctx, chunk)
}
