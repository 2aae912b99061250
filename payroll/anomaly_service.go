package payroll

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Anomalies ranks what is unusual about the payslips of a run, beside the payslips of the same people before it, and says why; see the function
// [Anomalies]. It stands beside [Service.Findings], which keep a run from approval: these points keep nothing, they say what to look at first. It
// writes nothing. paidTo is where net pay went last, such as [PaymentBatch.PaidTo] of the month before; nil where that is not known.
//
// Every payslip is calculated again from what was known when it was made, for that is what explains a change; where one does not come out the same,
// nothing explains it. Only runs of whole periods (regular and settlement) are held against earlier ones. A run that is not calculated has no payslips.
func (s Service) Anomalies(ctx context.Context, v hr.View, id RunID, rules AnomalyRules, paidTo map[hr.EmployeeID]hr.BankAccount) ([]Anomaly, error) {
	const verb = "payroll.Anomalies"
	if err := storage.May(ctx, s.Kit, v, verb); err != nil {
		return nil, err
	}
	if err := rules.validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", verb, err)
	}
	v = v.Inside(verb)
	run, err := s.Runs.Run(ctx, id)
	if err != nil || run.Plan == "" {
		return nil, err
	}
	found, err := s.findings(ctx, v, run)
	if err != nil {
		return nil, err
	}
	findings := map[hr.EmployeeID][]Finding{}
	for _, f := range found {
		findings[f.Employee] = append(findings[f.Employee], f)
	}
	review := reviewing{rules: rules}
	after := hr.EmployeeID("")
	err = s.eachPage(ctx, id, s.chunk(), func(page []Result) error {
		var slips []Payslip
		var ids []hr.EmployeeID
		for _, r := range page {
			if !r.Failed() {
				slips, ids = append(slips, r.Slip), append(ids, r.Employee)
			}
		}
		before := after
		if after = page[len(page)-1].Employee; slips == nil {
			return nil
		}
		people, err := s.People.People(ctx, v, ids...)
		if err != nil {
			return err
		}
		bases, err := s.basesThen(ctx, v, run, slips)
		if err != nil {
			return err
		}
		earlier := make([][]Earlier, len(slips))
		if run.Kind.looksBack() {
			if earlier, err = s.earlier(ctx, v, run, rules, before, slips); err != nil {
				return err
			}
		}
		for i, slip := range slips {
			review.add(Examined{
				Payslip: slip, Basis: bases[i], Earlier: earlier[i], Account: people[i].Bank, PaidTo: paidTo[slip.Employee], Findings: findings[slip.Employee],
			})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return review.ranked(), nil
}

// basesThen returns what payslips of a run were calculated from; the zero Basis for one that does not come out the same.
func (s Service) basesThen(ctx context.Context, v hr.View, run Run, slips []Payslip) ([]Basis, error) {
	out := make([]Basis, len(slips))
	byPlan := map[string][]int{}
	var plans []string
	for i, slip := range slips {
		if byPlan[slip.Plan] == nil {
			plans = append(plans, slip.Plan)
		}
		byPlan[slip.Plan] = append(byPlan[slip.Plan], i)
	}
	for _, digest := range plans {
		plan, err := s.planOf(digest)
		if err != nil {
			continue // a program without the plan cannot say
		}
		var pins []hr.Pin
		var then []Payslip
		for _, i := range byPlan[digest] {
			pins = append(pins, hr.Pin{Employee: slips[i].Employee, Known: slips[i].Known})
			then = append(then, slips[i])
		}
		made, err := s.make(ctx, v, plan, run, pins, then)
		if err != nil {
			return nil, err
		}
		for j, i := range byPlan[digest] {
			if made[j].err == nil && made[j].slip.same(slips[i]) {
				out[i] = Basis{Plan: plan, Input: made[j].input}
			}
		}
	}
	return out, nil
}

// earlier reads the payslips of earlier periods of a page of payslips, and what they were calculated from. The page begins after an employee.
func (s Service) earlier(ctx context.Context, v hr.View, run Run, rules AnomalyRules, after hr.EmployeeID, slips []Payslip) ([][]Earlier, error) {
	pins := make([]hr.Pin, len(slips))
	for i, slip := range slips {
		pins[i] = hr.Pin{Employee: slip.Employee, Known: slip.Known}
	}
	accounts, err := s.accounts(ctx, pins, run.ID)
	if err != nil {
		return nil, err
	}
	wanted := make([][]RunID, len(slips)) // by payslip, the latest first
	back := map[RunID]map[hr.EmployeeID]bool{}
	var runs []RunID
	for i, a := range accounts {
		periods := a.periods()
		for _, p := range slices.Backward(periods) {
			if !p.period.Through.Before(run.Period.From) || p.kind != PostingPayslip || len(wanted[i]) == max(1, rules.Look) {
				continue
			}
			wanted[i] = append(wanted[i], p.by)
			if back[p.by] == nil {
				back[p.by] = map[hr.EmployeeID]bool{}
				runs = append(runs, p.by)
			}
			back[p.by][slips[i].Employee] = true
		}
	}
	last := slips[len(slips)-1].Employee
	found := map[RunID]map[hr.EmployeeID]Earlier{}
	for _, id := range runs {
		if found[id], err = s.earlierOf(ctx, v, id, after, last, back[id]); err != nil {
			return nil, err
		}
	}
	out := make([][]Earlier, len(slips))
	for i, ids := range wanted {
		for _, id := range ids {
			if e, has := found[id][slips[i].Employee]; has {
				out[i] = append(out[i], e)
			}
		}
	}
	return out, nil
}

// earlierOf reads the payslips of some employees in one run.
func (s Service) earlierOf(ctx context.Context, v hr.View, id RunID, after, last hr.EmployeeID, of map[hr.EmployeeID]bool) (map[hr.EmployeeID]Earlier, error) {
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return nil, err
	}
	var slips []Payslip
	for after < last {
		page, err := s.Results.Results(ctx, id, after, s.chunk())
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			break
		}
		for _, r := range page {
			if of[r.Employee] && !r.Failed() {
				slips = append(slips, r.Slip)
			}
		}
		after = page[len(page)-1].Employee
	}
	bases, err := s.basesThen(ctx, v, run, slips)
	if err != nil {
		return nil, err
	}
	out := map[hr.EmployeeID]Earlier{}
	for i, slip := range slips {
		out[slip.Employee] = Earlier{Payslip: slip, Basis: bases[i]}
	}
	return out, nil
}
