package payroll

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Owed is what earlier periods owe one employee, or take back; or the faults that keep it from being known.
type Owed struct {
	Employee hr.EmployeeID `class:"public"`
	Arrears  []Arrear      `class:"money"`
	Failures []Failure     `class:"private"`
}

// Retro returns the arrears that a regular run of a period would pay, of the employees named or, where nobody is, of everybody who was
// ever paid (for that the store must offer [Settled], else RuleRetroStore). It writes nothing. Those who are owed nothing are left out,
// and only those about whom something was learnt since their last payslip are looked at. Sorted by employee.
func (s Service) Retro(ctx context.Context, v hr.View, of PayPeriod, ids ...hr.EmployeeID) ([]Owed, error) {
	const verb = "payroll.Retro"
	if err := storage.May(ctx, s.Kit, v, verb, ids...); err != nil {
		return nil, err
	}
	v = v.Inside(verb)
	run := Run{Kind: RunRegular, Period: of.Period, PayDate: of.PayDate}
	var out []Owed
	collect := func(pins []hr.Pin, accounts []account, visits [][]visit) error {
		owed, err := s.retro(ctx, v, pins, accounts, visits)
		for i, o := range owed {
			switch {
			case o.err != nil:
				out = append(out, Owed{Employee: pins[i].Employee, Failures: failuresOf(o.err)})
			case len(o.arrears) > 0:
				out = append(out, Owed{Employee: pins[i].Employee, Arrears: o.arrears})
			}
		}
		return err
	}
	if len(ids) == 0 {
		if _, offers := s.Postings.(Settled); !offers {
			return nil, fmt.Errorf("%s: %w", verb, &hr.FieldError{Path: "employees", Rule: RuleRetroStore, Reason: "must be named: the store of postings does not tell who was ever paid"})
		}
		err := s.eachMoved(ctx, v, run, nil, collect)
		return out, err
	}
	pins, err := s.Kit.Know.Heads(ctx, ids...)
	if err != nil {
		return nil, err
	}
	return out, s.look(ctx, v, run, pins, collect)
}

// Preview returns what a run of spec would have for each member if it were created and calculated now, by employee. It writes nothing.
func (s Service) Preview(ctx context.Context, v hr.View, spec RunSpec) ([]Result, error) {
	const verb = "payroll.Preview"
	if err := storage.May(ctx, s.Kit, v, verb, spec.Employees...); err != nil {
		return nil, err
	}
	v = v.Inside(verb)
	run, plan, ids, err := s.wouldPay(ctx, v, spec)
	if err != nil {
		return nil, err
	}
	var out []Result
	for page := range slices.Chunk(ids, s.chunk()) {
		results, err := s.results(ctx, v, plan, run, page)
		if err != nil {
			return nil, err
		}
		out = append(out, results...)
	}
	return out, nil
}

// Replay works out every payslip of a run again from what was known when it was made, and returns the digest of the results: that of
// the run. A payslip that comes out differently is a [hr.FieldError] with RuleRunReproduce, and one of somebody who was erased, which is not provable and no mismatch,
// with RuleRunErased; all of them together.
func (s Service) Replay(ctx context.Context, v hr.View, id RunID) (string, error) {
	const verb = "payroll.Replay"
	if err := storage.May(ctx, s.Kit, v, verb); err != nil {
		return "", err
	}
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return "", err
	}
	var d resultsDigest
	var faults hr.Faults
	err = s.eachResult(ctx, id, func(r Result) error {
		if !r.Failed() {
			then, err := s.remake(ctx, v.Inside(verb), run, r.Slip)
			if err != nil && !aboutFacts(err) {
				return err
			}
			faults.Join("", err)
			r.Slip = then.slip
		}
		d.add(r.content())
		return nil
	})
	if err == nil {
		err = faults.Err()
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	return d.sum(), nil
}
