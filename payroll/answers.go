package payroll

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Run returns a run, or storage.ErrNotFound.
func (s Service) Run(ctx context.Context, v hr.View, id RunID) (Run, error) {
	if err := storage.May(ctx, s.Kit, v, "payroll.Run"); err != nil {
		return Run{}, err
	}
	return s.Runs.Run(ctx, id)
}

// Payslip returns the payslip of one employee in a run: storage.ErrNotFound for who is not in it, and the faults as
// [hr.FieldError]s for who has no payslip because of them. Before a run is approved its payslips are working papers: they are shown to who
// may read the run's members ("payroll.Members"), and to everybody else, the employee included, they are not there (storage.ErrNotFound).
// So it is in [Service.Explain] and [Service.Compare] too.
func (s Service) Payslip(ctx context.Context, v hr.View, id RunID, employee hr.EmployeeID) (Payslip, error) {
	if err := storage.May(ctx, s.Kit, v, "payroll.Payslip", employee); err != nil {
		return Payslip{}, err
	}
	return s.shown(ctx, v, id, employee)
}

// shown is the payslip of one employee for v, who may read it as far as the employee is concerned.
func (s Service) shown(ctx context.Context, v hr.View, id RunID, employee hr.EmployeeID) (Payslip, error) {
	run, err := s.Runs.Run(ctx, id)
	if err == nil && !run.State.approved() {
		var office hr.Verdict
		if office, err = storage.Judge(ctx, s.Kit, v, "payroll.Members"); err == nil && !office.Allow {
			err = storage.ErrNotFound
		}
	}
	if err != nil {
		return Payslip{}, fmt.Errorf("payroll: payslip of %s: %w", employee, err)
	}
	return s.payslip(ctx, id, employee)
}

func (s Service) payslip(ctx context.Context, id RunID, employee hr.EmployeeID) (Payslip, error) {
	r, err := s.Results.Result(ctx, id, employee)
	if err != nil {
		return Payslip{}, fmt.Errorf("payroll: payslip of %s: %w", employee, err)
	}
	var faults hr.Faults
	for _, f := range r.Failures {
		faults.Add(f.Path, f.Rule, "%s", f.Reason)
	}
	return r.Slip, faults.Err()
}

// Members returns up to limit results of a run after an employee, by employee: payslips, and the faults of who has none.
func (s Service) Members(ctx context.Context, v hr.View, id RunID, after hr.EmployeeID, limit int) ([]Result, error) {
	if err := storage.May(ctx, s.Kit, v, "payroll.Members"); err != nil {
		return nil, err
	}
	return s.Results.Results(ctx, id, after, limit)
}

// Payslips returns every payslip of a run, by employee; a run that does not exist is storage.ErrNotFound.
func (s Service) Payslips(ctx context.Context, v hr.View, id RunID) ([]Payslip, error) {
	if err := storage.May(ctx, s.Kit, v, "payroll.Payslips"); err != nil {
		return nil, err
	}
	return s.payslips(ctx, id)
}

func (s Service) payslips(ctx context.Context, id RunID) ([]Payslip, error) {
	if _, err := s.Runs.Run(ctx, id); err != nil {
		return nil, err
	}
	var slips []Payslip
	err := s.eachResult(ctx, id, func(r Result) error {
		if !r.Failed() {
			slips = append(slips, r.Slip)
		}
		return nil
	})
	return slips, err
}

// Journal returns the journal of a run's payslips, with the errors of [Post].
func (s Service) Journal(ctx context.Context, v hr.View, id RunID, chart Chart) (Journal, error) {
	if err := storage.May(ctx, s.Kit, v, "payroll.Journal"); err != nil {
		return Journal{}, err
	}
	slips, err := s.payslips(ctx, id)
	if err != nil {
		return Journal{}, err
	}
	return Post(slips, chart)
}

// Payments returns the payment batch of a run that is approved or beyond, with the errors of [NewPaymentBatch]. Accounts are those
// of today.
func (s Service) Payments(ctx context.Context, v hr.View, id RunID, d PaymentDetails) (PaymentBatch, error) {
	const verb = "payroll.Payments"
	if err := storage.May(ctx, s.Kit, v, verb); err != nil {
		return PaymentBatch{}, err
	}
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return PaymentBatch{}, err
	}
	if !run.State.approved() {
		return PaymentBatch{}, &hr.TransitionError[RunState, RunEvent]{From: run.State, On: EventPay, Allowed: RunMachine().Allowed(run.State)}
	}
	inside := v.Inside(verb)
	accounts := map[hr.EmployeeID]hr.BankAccount{}
	var slips []Payslip
	for after := hr.EmployeeID(""); ; {
		page, err := s.Results.Results(ctx, id, after, s.chunk())
		if err != nil {
			return PaymentBatch{}, err
		}
		if len(page) == 0 {
			break
		}
		ids := make([]hr.EmployeeID, len(page))
		for i, r := range page {
			ids[i] = r.Employee
			if !r.Failed() {
				slips = append(slips, r.Slip)
			}
		}
		people, err := s.People.People(ctx, inside, ids...)
		if err != nil {
			return PaymentBatch{}, err
		}
		for i, p := range people {
			accounts[ids[i]] = p.Bank
		}
		after = ids[len(ids)-1]
	}
	d.Shared, d.Overpaid = slices.Clone(d.Shared), slices.Clone(d.Overpaid)
	for _, o := range run.Overrides {
		switch o.Check {
		case CheckSharedAccount:
			d.Shared = append(d.Shared, o.Employee)
		case CheckNegativeNet:
			d.Overpaid = append(d.Overpaid, o.Employee)
		}
	}
	return NewPaymentBatch(slips, accounts, d)
}

// Explain returns the reasoning behind one line of a payslip. The payslip is calculated again from the facts as they were known
// then, with every step written down; should it come out differently (the store forgot, or the engine changed) the answer is
// a [hr.FieldError] with RuleRunReproduce and no explanation; where somebody was erased it is RuleRunErased: not provable any more. Facts are put into words where the actor may see them.
func (s Service) Explain(ctx context.Context, v hr.View, id RunID, employee hr.EmployeeID, line string) (hr.Trace, error) {
	const verb = "payroll.Explain"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return hr.Trace{}, err
	}
	slip, err := s.shown(ctx, v, id, employee)
	if err != nil {
		return hr.Trace{}, err
	}
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return hr.Trace{}, err
	}
	inside := v.Inside(verb).At(slip.Known)
	basis, err := s.again(ctx, inside, id, slip)
	if err != nil {
		return hr.Trace{}, err
	}
	if run.Kind == RunReversal || run.Kind == RunProvisional {
		return copyTrace(run, slip, line)
	}
	t, err := basis.Plan.Explain(basis.Input, line)
	if err != nil {
		return hr.Trace{}, err
	}
	return s.describe(ctx, inside, employee, t)
}

// again returns what a payslip was calculated from, as it was known then.
func (s Service) again(ctx context.Context, v hr.View, id RunID, slip Payslip) (Basis, error) {
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return Basis{}, err
	}
	then, err := s.remake(ctx, v, run, slip)
	if err != nil {
		return Basis{}, err
	}
	plan, err := s.planOf(slip.Plan)
	return Basis{Plan: plan, Input: then.input}, err
}

// describe puts the references of a trace into words: each fact that somebody describes becomes a part of its own.
func (s Service) describe(ctx context.Context, v hr.View, employee hr.EmployeeID, t hr.Trace) (hr.Trace, error) {
	for i, p := range t.Parts {
		described, err := s.describe(ctx, v, employee, p)
		if err != nil {
			return t, err
		}
		t.Parts[i] = described
	}
	for _, e := range s.Evidence {
		if len(t.Refs) == 0 {
			break
		}
		texts, err := e.Describe(ctx, v, employee, t.Refs)
		if errors.Is(err, hr.ErrDenied) { // the figure may be seen and this fact may not: it stays a reference
			continue
		}
		if err != nil {
			return t, err
		}
		var left []hr.Ref
		for i, ref := range t.Refs {
			if texts[i] == "" {
				left = append(left, ref)
				continue
			}
			t.Parts = append(t.Parts, hr.Trace{Name: ref.Kind + " " + texts[i], Refs: []hr.Ref{ref}})
		}
		t.Refs = left
	}
	return t, nil
}
