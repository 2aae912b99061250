package payroll

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Calculate works out every payslip of a run, in chunks that are each stored whole: a run that was interrupted goes on where it
// stopped when the same command is sent again. An employee whose payslip cannot be calculated is left out with the faults, and
// stops nobody else. Calculating again takes today's facts and drops an approval. It returns the digest of all results, which
// is what [Service.Approve] asks for.
func (s Service) Calculate(ctx context.Context, cmd hr.Command, id RunID) (string, error) {
	const verb = "payroll.Calculate"
	run, err := s.load(ctx, id, EventCalculate)
	if err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	plan, err := s.planFor(ctx, run)
	if err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	chunks := 0
	for after := hr.EmployeeID(""); ; chunks++ {
		members, err := s.Runs.Members(ctx, id, after, s.chunk())
		if err != nil {
			return "", fmt.Errorf("%s: %w", verb, err)
		}
		if len(members) == 0 {
			break
		}
		after = members[len(members)-1]
		part := cmd
		part.ID = hr.CommandID(fmt.Sprintf("%s/chunk-%d", cmd.ID, chunks))
		args := struct {
			Run   RunID
			Chunk int
		}{id, chunks}
		if _, err := storage.Do(ctx, s.Kit, part, verb, args, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
			results, err := s.results(ctx, cmd.View(verb, hr.Known{}), plan, run, members)
			if err != nil {
				return 0, nil, err
			}
			return len(results), nil, s.Results.PutResults(ctx, id, results...)
		}); err != nil {
			return "", err
		}
	}
	return storage.Do(ctx, s.Kit, cmd, verb, id, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		run, err := s.load(ctx, id, EventCalculate)
		if err != nil {
			return "", nil, err
		}
		var digest resultsDigest
		run.Failed = 0
		if err := s.eachResult(ctx, id, func(r Result) error {
			digest.add(r)
			if r.Failed() {
				run.Failed++
			}
			return nil
		}); err != nil {
			return "", nil, err
		}
		run.State, run.Plan, run.Digest = RunCalculated, plan.Digest(), digest.sum()
		run.Approval, err = hr.NewApproval(hr.ApprovalAsk{Kind: "payroll.run", Preparer: cmd.Actor, On: run.PayDate}, s.Approvers...)
		if err != nil {
			return "", nil, err
		}
		return run.Digest, event(cmd, "payroll.run_calculated", run), s.Runs.PutRun(ctx, run)
	})
}

// eachResult walks the results of a run in employee order, a page at a time.
func (s Service) eachResult(ctx context.Context, id RunID, fn func(Result) error) error {
	for after := hr.EmployeeID(""); ; {
		page, err := s.Results.Results(ctx, id, after, s.chunk())
		if err != nil || len(page) == 0 {
			return err
		}
		for _, r := range page {
			if err := fn(r); err != nil {
				return err
			}
		}
		after = page[len(page)-1].Employee
	}
}

// results calculates the payslips of members, in order; faults of one stay with that one.
func (s Service) results(ctx context.Context, v hr.View, plan *Plan, run Run, members []hr.EmployeeID) ([]Result, error) {
	pins, err := s.Kit.Know.Heads(ctx, members...)
	if err != nil {
		return nil, err
	}
	inputs, err := s.inputs(ctx, v, plan, pins, run)
	if err != nil && ctx.Err() == nil && !errors.Is(err, hr.ErrDenied) { // somebody's facts are faulty: find out whose
		inputs, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := make([]Result, len(pins))
	for i, pin := range pins {
		out[i].Employee = pin.Employee
		var in Input
		if inputs != nil {
			in = inputs[i]
		} else {
			one, err := s.inputs(ctx, v, plan, []hr.Pin{pin}, run)
			if err != nil {
				if ctx.Err() != nil {
					return nil, err
				}
				out[i].Failures = failuresOf(err)
				continue
			}
			in = one[0]
		}
		slip, err := plan.Calculate(in)
		if err != nil {
			out[i].Failures = failuresOf(err)
			continue
		}
		out[i].Slip = slip
	}
	return out, nil
}

// inputs gathers what the payslips of a page of pins are calculated from, as known at each pin.
func (s Service) inputs(ctx context.Context, v hr.View, plan *Plan, pins []hr.Pin, run Run) ([]Input, error) {
	terms, err := s.Terms.TermsOf(ctx, v, pins, run.Period)
	if err != nil {
		return nil, err
	}
	sheets := make([]hr.Timesheet, len(pins))
	if s.Sheets != nil {
		if sheets, err = s.Sheets.Timesheets(ctx, v, pins, run.Period); err != nil {
			return nil, err
		}
	}
	posted, err := s.Postings.PostingsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	adjusted, err := s.Adjustments.AdjustmentsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	inputs := make([]Input, len(pins))
	for i, pin := range pins {
		in := Input{Employee: pin.Employee, Period: run.Period, PayDate: run.PayDate, Terms: terms[i], Timesheet: sheets[i], Known: pin.Known}
		before, err := hr.NewHistory("posting", posted[i]...)
		if err != nil {
			return nil, err
		}
		beside, err := hr.NewHistory("adjustment", adjusted[i]...)
		if err != nil {
			return nil, err
		}
		postings := slices.DeleteFunc(before.Live(pin.Known.Own), func(e hr.Entry[Posting]) bool { return e.Value.Run == run.ID })
		in.YearToDate = YearToDate(postings, plan.TaxYear(), run.PayDate)
		for _, e := range beside.Live(pin.Known.Own) {
			if e.Value.Period == run.Period {
				a := e.Value
				a.Ref = beside.Ref(e)
				in.Adjustments = append(in.Adjustments, a)
			}
		}
		inputs[i] = in
	}
	return inputs, nil
}
