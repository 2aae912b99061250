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
func (s Service) Calculate(ctx context.Context, cmd hr.Command, id RunID) (string, error) {
	const verb = "payroll.Calculate"
	digest, err := storage.Do(ctx, s.Kit, cmd, verb, id, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		run, err := s.move(ctx, id, EventCalculate)
		if err != nil {
			return "", nil, err
		}
		plan, err := s.planFor(ctx, run)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		if plan.checkReview(&faults, run.Period, run.PayDate); faults.Any() { // once, and not for each employee
			return "", nil, faults.Err()
		}
		run.Plan, run.Digest, run.Failed, run.Approval = plan.Digest(), "", 0, hr.Approval{}
		return run.Plan, event(cmd, "payroll.run_calculating", run), s.Runs.PutRun(ctx, run)
	})
	if err != nil {
		return "", err
	}
	plan, err := s.planOf(digest)
	if err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	after := hr.EmployeeID("")
	for chunk := 0; ; chunk++ {
		members, err := s.Runs.Members(ctx, id, after, run.Chunk)
		if err != nil {
			return "", fmt.Errorf("%s: %w", verb, err)
		}
		if len(members) == 0 {
			break
		}
		after = members[len(members)-1]
		args := struct {
			Run   RunID
			Chunk int
		}{id, chunk}
		if _, err := storage.Do(ctx, s.Kit, part(cmd, fmt.Sprintf("chunk-%d", chunk)), verb, args, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
			return s.calculate(ctx, cmd, verb, plan, id, members)
		}); err != nil {
			return "", err
		}
	}
	return storage.Do(ctx, s.Kit, part(cmd, "finish"), verb, id, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		run, err := s.ongoing(ctx, id, plan)
		if err != nil {
			return "", nil, err
		}
		if run.Digest, run.Failed, err = s.digest(ctx, run); err != nil {
			return "", nil, err
		}
		run.Approval, err = hr.NewApproval(hr.ApprovalAsk{Kind: "payroll.run", Preparer: cmd.Actor, On: run.PayDate, At: cmd.At()}, s.Approvers...)
		if err != nil {
			return "", nil, err
		}
		return run.Digest, event(cmd, "payroll.run_calculated", run), s.Runs.PutRun(ctx, run)
	})
}

// calculate stores the results of one chunk inside a unit. The version of the run is what keeps a late chunk of an earlier
// calculation away from results that are approved.
func (s Service) calculate(ctx context.Context, cmd hr.Command, verb string, plan *Plan, id RunID, members []hr.EmployeeID) (int, []storage.Event, error) {
	run, err := s.ongoing(ctx, id, plan)
	if err != nil {
		return 0, nil, err
	}
	run.State = RunCalculating // until the last chunk
	results, err := s.results(ctx, cmd.View(verb, hr.Known{}), plan, run, members)
	if err != nil {
		return 0, nil, err
	}
	if err := s.Results.PutResults(ctx, id, results...); err != nil {
		return 0, nil, err
	}
	return len(results), chunkEvent(cmd, "payroll.payslips_calculated", run, results), s.Runs.PutRun(ctx, run)
}

// ongoing is move for a calculation with a plan: another one may have begun since, with other rules.
func (s Service) ongoing(ctx context.Context, id RunID, plan *Plan) (Run, error) {
	run, err := s.move(ctx, id, EventCalculated)
	if err == nil && run.Plan != plan.Digest() {
		err = &hr.FieldError{Path: "run.plan", Rule: RuleRunStale, Reason: "the run is calculated with another plan since"}
	}
	return run, err
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
	return out, nil
}

// digest returns the digest of all results of a run and how many have faults. A member without a result is RuleRunPopulation.
func (s Service) digest(ctx context.Context, run Run) (digest string, failed int, err error) {
	var d resultsDigest
	err = s.eachResult(ctx, run.ID, func(r Result) error {
		d.add(r)
		if r.Failed() {
			failed++
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
	err = s.eachPage(ctx, run.ID, s.chunk(), func(page []Result) error {
		ids := make([]hr.EmployeeID, len(page))
		for i, r := range page {
			ids[i] = r.Employee
		}
		heads, err := s.Kit.Know.Heads(ctx, ids...)
		if err != nil {
			return err
		}
		var moved []hr.Pin
		var before []Payslip
		for i, pin := range heads {
			if pin.Known != page[i].Slip.Known {
				moved, before = append(moved, pin), append(before, page[i].Slip)
			}
		}
		if len(moved) == 0 {
			return nil
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

// sameResults returns a [hr.FieldError] with RuleRunDigest unless the stored results are those that were approved.
func (s Service) sameResults(ctx context.Context, run Run) error {
	digest, _, err := s.digest(ctx, run)
	if err == nil && digest != run.Digest {
		err = &hr.FieldError{Path: "digest", Rule: RuleRunDigest, Reason: "the stored results are not those that were approved"}
	}
	return err
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
