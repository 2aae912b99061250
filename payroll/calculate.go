package payroll

import (
	"context"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Calculate works out every payslip of a run, in chunks that are each stored whole: a run that was interrupted goes on where it
// stopped when the same command is sent again. An employee whose payslip cannot be calculated is left out with the faults, and
// stops nobody else; one who was paid for a day of the period already, by another run, is such a fault (RuleRunPaid). Calculating
// again takes today's facts and drops an approval; who is posted already stays as posted. It returns the digest of all results,
// which is what [Service.Approve] asks for. A run for days past the review of a pack is refused as a whole (RulePackReview).
//
// A host that spreads the work over processes takes the same steps itself, with the same command: [Service.BeginCalculate] once,
// [Service.CalculateChunk] for each chunk, in any order and at the same time, and [Service.FinishCalculate].
func (s Service) Calculate(ctx context.Context, cmd hr.Command, id RunID) (string, error) {
	if _, err := s.BeginCalculate(ctx, cmd, id); err != nil {
		return "", err
	}
	if err := s.eachChunk(ctx, id, func(page []RunChunk) error {
		for _, c := range page {
			if err := s.CalculateChunk(ctx, cmd, id, c.Number); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return "", err
	}
	return s.FinishCalculate(ctx, cmd, id)
}

// BeginCalculate is the first step of [Service.Calculate]: it fixes the plan and takes back what was calculated before. It returns how many
// chunks there are, numbered from 0. Whoever begins is the one who never approves the results, whoever takes the other steps.
func (s Service) BeginCalculate(ctx context.Context, cmd hr.Command, id RunID) (chunks int, err error) {
	return storage.Do(ctx, s.Kit, cmd, verbCalculate, id, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		run, err := s.move(ctx, id, EventCalculate)
		if err != nil {
			return 0, nil, err
		}
		plan, err := s.planFor(ctx, run)
		if err != nil {
			return 0, nil, err
		}
		var faults hr.Faults
		if plan.checkReview(&faults, run.Period, run.PayDate); faults.Any() { // once, and not for each employee
			return 0, nil, faults.Err()
		}
		run.Plan, run.Digest, run.Failed, run.Approval = plan.Digest(), "", 0, hr.Approval{Preparer: cmd.Actor.ID, PreparerEmployee: cmd.Actor.Employee}
		if run.Posted, err = s.beginAgain(ctx, id); err != nil {
			return 0, nil, err
		}
		return run.chunks(), event(cmd, "payroll.run_calculating", run), s.Runs.PutRun(ctx, run)
	})
}

const verbCalculate = "payroll.Calculate"

// CalculateChunk is the step of [Service.Calculate] between the first and the last, for one chunk: its results, one audit entry and one event
// with their digest in one unit. A chunk that is calculated already since the calculation began is left as it is, so any number of processes may
// try. A number that the run does not have is RuleRunChunk; an error that matches storage.ErrConflict says that somebody else was faster: send it again.
func (s Service) CalculateChunk(ctx context.Context, cmd hr.Command, id RunID, number int) error {
	_, err := storage.Do(ctx, s.Kit, chunkCommand(cmd, number), verbCalculate, chunkArgs{id, number}, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		chunk, err := s.chunkOf(ctx, id, number) // before the run: see RunChunk
		if err != nil {
			return 0, nil, err
		}
		run, err := s.move(ctx, id, EventCalculated)
		if err != nil || chunk.Digest != "" {
			return 0, nil, err
		}
		run.State = RunCalculating // until the last step
		plan, err := s.planOf(run.Plan)
		if err != nil {
			return 0, nil, err
		}
		members, err := s.Runs.Members(ctx, id, chunk.After, chunk.Members)
		if err != nil {
			return 0, nil, err
		}
		results, err := s.results(ctx, cmd.View(verbCalculate, hr.Known{}), plan, run, members)
		if err != nil {
			return 0, nil, err
		}
		if err := s.Results.PutResults(ctx, id, results...); err != nil {
			return 0, nil, err
		}
		for _, r := range results {
			if r.Failed() {
				chunk.Failed++
			}
		}
		chunk.Digest = digestOf(results)
		return len(results), chunkEvent(cmd, "payroll.payslips_calculated", run, chunk.Digest), s.Runs.PutChunks(ctx, chunk)
	})
	return err
}

// FinishCalculate is the last step of [Service.Calculate]: it returns the digest of all results. A chunk that is not calculated is RuleRunChunk.
func (s Service) FinishCalculate(ctx context.Context, cmd hr.Command, id RunID) (string, error) {
	return storage.Do(ctx, s.Kit, part(cmd, "finish"), verbCalculate, id, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		run, err := s.move(ctx, id, EventCalculated)
		if err != nil {
			return "", nil, err
		}
		if err := s.eachChunk(ctx, id, func(page []RunChunk) error {
			for _, c := range page {
				if c.Digest == "" {
					return &hr.FieldError{Path: fmt.Sprintf("chunks[%d]", c.Number), Rule: RuleRunChunk, Reason: "is not calculated since the calculation of the run began"}
				}
			}
			return nil
		}); err != nil {
			return "", nil, err
		}
		if run.Digest, run.Failed, err = s.digest(ctx, run); err != nil {
			return "", nil, err
		}
		began := hr.Actor{ID: run.Approval.Preparer, Employee: run.Approval.PreparerEmployee} // whoever sends the last step
		run.Approval, err = hr.NewApproval(hr.ApprovalAsk{Kind: "payroll.run", Preparer: began, On: run.PayDate, At: cmd.At()}, s.Approvers...)
		if err != nil {
			return "", nil, err
		}
		return run.Digest, event(cmd, "payroll.run_calculated", run), s.Runs.PutRun(ctx, run)
	})
}

// results calculates the payslips of members, in order; faults of one stay with that one. Who is posted is not among them.
func (s Service) results(ctx context.Context, v hr.View, plan *Plan, run Run, members []hr.EmployeeID) ([]Result, error) {
	pins, err := s.Kit.Know.Heads(ctx, members...)
	if err != nil {
		return nil, err
	}
	all, err := s.make(ctx, v, plan, run, pins, nil)
	if err != nil {
		return nil, err
	}
	out := make([]Result, 0, len(pins))
	for i, m := range all {
		if m.posted {
			continue
		}
		r := Result{Employee: pins[i].Employee, Slip: m.slip}
		if m.err != nil {
			r.Slip, r.Failures = Payslip{}, failuresOf(m.err)
		}
		out = append(out, r)
	}
	spread(len(out), func(i int) { out[i].Digest = out[i].content() })
	return out, nil
}

// digest returns the digest of all results of a run and how many have faults, from what each has as its own digest. A member without a result is
// RuleRunPopulation.
func (s Service) digest(ctx context.Context, run Run) (digest string, failed int, err error) {
	var d resultsDigest
	err = s.eachHead(ctx, run.ID, func(_ hr.EmployeeID, page []ResultHead) error {
		for _, h := range page {
			d.add(h.Digest)
			if h.Failed {
				failed++
			}
		}
		return nil
	})
	if err == nil && len(d.parts) != run.Members {
		err = &hr.FieldError{Path: "run", Rule: RuleRunPopulation, Reason: fmt.Sprintf("has %d members and %d results", run.Members, len(d.parts))}
	}
	return d.sum(), failed, err
}

// fresh returns a [hr.FieldError] with RuleRunStale for each payslip of a run that would come out differently today: because
// something was learnt about the employee since, or because another plan was adopted. Who is posted stays as posted.
func (s Service) fresh(ctx context.Context, v hr.View, run Run) error {
	plan, err := s.planFor(ctx, run)
	if err != nil {
		return err
	}
	if plan.Digest() != run.Plan {
		return &hr.FieldError{Path: "run.plan", Rule: RuleRunStale, Reason: "another plan is adopted for the period since: calculate the run again"}
	}
	var faults hr.Faults
	err = s.eachHead(ctx, run.ID, func(after hr.EmployeeID, page []ResultHead) error {
		ids := make([]hr.EmployeeID, len(page))
		for i, h := range page {
			ids[i] = h.Employee
		}
		heads, err := s.Kit.Know.Heads(ctx, ids...)
		if err != nil {
			return err
		}
		var moved []hr.Pin
		for i, pin := range heads {
			if pin.Known != page[i].Known {
				moved = append(moved, pin)
			}
		}
		if len(moved) == 0 {
			return nil
		}
		results, err := s.Results.Results(ctx, run.ID, after, len(page))
		if err != nil {
			return err
		}
		before := make([]Payslip, 0, len(moved))
		for _, r := range results {
			if len(before) < len(moved) && r.Employee == moved[len(before)].Employee {
				before = append(before, r.Slip)
			}
		}
		if len(before) != len(moved) {
			return storage.ErrConflict // the results are others than a moment ago
		}
		now, err := s.make(ctx, v, plan, run, moved, nil)
		if err != nil {
			return err
		}
		for i, m := range now {
			if m.posted {
				continue
			}
			m.slip.Known, m.slip.Settled, m.slip.Looked = before[i].Known, before[i].Settled, before[i].Looked
			if m.err != nil || m.slip.Digest() != before[i].Digest() {
				faults.Add(fmt.Sprintf("results[%s]", before[i].Employee), RuleRunStale, "would come out differently today: calculate the run again")
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return faults.Err()
}

// sameResults returns a [hr.FieldError] with RuleRunDigest unless the digests that the stored results have are those that were approved. Whether each
// result has its own digest is seen where it is read: when it is posted.
func (s Service) sameResults(ctx context.Context, run Run) error {
	digest, _, err := s.digest(ctx, run)
	if err == nil && digest != run.Digest {
		err = errOtherResults
	}
	return err
}

var errOtherResults = &hr.FieldError{Path: "digest", Rule: RuleRunDigest, Reason: "the stored results are not those that were approved"}

// sameContent is sameResults by what every stored result says.
func (s Service) sameContent(ctx context.Context, run Run) error {
	var d resultsDigest
	err := s.eachResult(ctx, run.ID, func(r Result) error {
		d.add(r.content())
		return nil
	})
	if err == nil && d.sum() != run.Digest {
		err = errOtherResults
	}
	return err
}

// eachHead walks the heads of the results of a run in employee order, a page at a time, with the employee before its first.
func (s Service) eachHead(ctx context.Context, id RunID, fn func(after hr.EmployeeID, page []ResultHead) error) error {
	read := func(after hr.EmployeeID) (heads []ResultHead, err error) {
		results, err := s.Results.Results(ctx, id, after, s.chunk())
		for _, r := range results {
			heads = append(heads, r.Head())
		}
		return heads, err
	}
	if store, offers := s.Results.(ResultHeads); offers {
		read = func(after hr.EmployeeID) ([]ResultHead, error) { return store.ResultHeads(ctx, id, after, s.chunk()) }
	}
	for after := hr.EmployeeID(""); ; {
		page, err := read(after)
		if err != nil || len(page) == 0 {
			return err
		}
		if err := fn(after, page); err != nil {
			return err
		}
		after = page[len(page)-1].Employee
	}
}

// eachResult walks the results of a run in employee order, a page at a time.
func (s Service) eachResult(ctx context.Context, id RunID, fn func(Result) error) error {
	return s.eachPage(ctx, id, s.chunk(), func(page []Result) error {
		for _, r := range page {
			if err := fn(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachPage walks the results of a run in employee order.
func (s Service) eachPage(ctx context.Context, id RunID, size int, fn func([]Result) error) error {
	for after := hr.EmployeeID(""); ; {
		page, err := s.Results.Results(ctx, id, after, size)
		if err != nil || len(page) == 0 {
			return err
		}
		if err := fn(page); err != nil {
			return err
		}
		after = page[len(page)-1].Employee
	}
}
