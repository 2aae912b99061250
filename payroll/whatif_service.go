package payroll

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// WhatIf says what a run of spec would pay otherwise if w held, from the facts as they are known now. It writes nothing. What earlier
// periods owe is the same on both sides: a change of terms since an earlier day is of this period alone. Runs that copy payslips
// (reversal and provisional) have nothing to change: RuleWhatIf; other faults are those of [Service.Preview] and [WhatIf.Of].
func (s Service) WhatIf(ctx context.Context, v hr.View, spec RunSpec, w WhatIf) (Impact, error) {
	const verb = "payroll.WhatIf"
	if err := storage.May(ctx, s.Kit, v, verb, spec.Employees...); err != nil {
		return Impact{}, err
	}
	v = v.Inside(verb)
	run, plan, ids, err := s.wouldPay(ctx, v, spec)
	if err != nil {
		return Impact{}, err
	}
	var faults hr.Faults
	faults.Join("what_if", w.validate())
	if run.Kind == RunReversal || run.Kind == RunProvisional {
		faults.Add("kind", RuleWhatIf, "a %s run copies payslips, and calculates none", run.Kind)
	}
	if w.Plan != nil && w.Plan.currency != plan.currency {
		faults.Add("what_if.plan", RuleWhatIf, "%s and %s cannot be compared", plan.currency, w.Plan.currency)
	}
	if faults.Any() {
		return Impact{}, fmt.Errorf("%s: %w", verb, faults.Err())
	}
	out := newImpact(plan.currency)
	for page := range slices.Chunk(ids, s.chunk()) {
		now, err := s.bases(ctx, v, run, page, plan, w.Plan)
		if err != nil {
			return Impact{}, err
		}
		for i, id := range page {
			before, after := now[0][i], now[len(now)-1][i]
			if err := firstOf(before.err, after.err); err != nil {
				out.fail(id, err)
				continue
			}
			if !employedIn(before.input.Terms, run.Period) {
				continue // is owed something from before, and that stays
			}
			changed, err := WhatIf{Terms: w.Terms}.after(Basis{Plan: w.Plan, Input: after.input}.or(plan))
			if err != nil {
				return Impact{}, err
			}
			out.add(Basis{Plan: plan, Input: before.input}, changed)
		}
	}
	return out.done(), nil
}

func (b Basis) or(plan *Plan) Basis {
	if b.Plan == nil {
		b.Plan = plan
	}
	return b
}

// GrossUp is [Plan.GrossUp] for an employee's payslip of a pay period, by the plan that is adopted for it and from the facts as they are
// known now: g.Input is filled here, and what g gives of it is not read. What earlier periods owe is paid beside it, and does not
// count toward the target. It writes nothing.
func (s Service) GrossUp(ctx context.Context, v hr.View, employee hr.EmployeeID, of PayPeriod, g GrossUp) (GrossedUp, error) {
	const verb = "payroll.GrossUp"
	if err := storage.May(ctx, s.Kit, v, verb, employee); err != nil {
		return GrossedUp{}, err
	}
	run := Run{Kind: RunRegular, Period: of.Period, PayDate: of.PayDate}
	plan, err := s.planFor(ctx, run)
	if err != nil {
		return GrossedUp{}, err
	}
	now, err := s.bases(ctx, v.Inside(verb), run, []hr.EmployeeID{employee}, plan)
	if err != nil {
		return GrossedUp{}, err
	}
	if err := now[0][0].err; err != nil {
		return GrossedUp{}, fmt.Errorf("%s: %w", verb, err)
	}
	g.Input = now[0][0].input
	return plan.GrossUp(g)
}

// bases gathers what payslips of a run would be calculated from now, by one plan and then by others; a nil plan is left out.
func (s Service) bases(ctx context.Context, v hr.View, run Run, ids []hr.EmployeeID, plans ...*Plan) ([][]gathered, error) {
	pins, err := s.Kit.Know.Heads(ctx, ids...)
	if err != nil {
		return nil, err
	}
	accounts, err := s.accounts(ctx, pins, run.ID)
	if err != nil {
		return nil, err
	}
	visits := make([][]visit, len(pins))
	if run.Kind.looksBack() {
		if visits, err = s.visits(ctx, v, run, pins, accounts); err != nil {
			return nil, err
		}
	}
	owed, err := s.retro(ctx, v, pins, accounts, visits)
	if err != nil {
		return nil, err
	}
	var out [][]gathered
	for _, plan := range plans {
		if plan == nil {
			continue
		}
		page, err := s.inputs(ctx, v, plan, run, pins, accounts, owed)
		if err != nil {
			return nil, err
		}
		for i := range page {
			page[i].err = firstOf(page[i].err, owed[i].err)
		}
		out = append(out, page)
	}
	return out, nil
}

// wouldPay returns the run that a spec would create, the plan that would pay it, and who would be in it.
func (s Service) wouldPay(ctx context.Context, v hr.View, spec RunSpec) (Run, *Plan, []hr.EmployeeID, error) {
	if err := s.checkSpec(ctx, spec); err != nil {
		return Run{}, nil, nil, err
	}
	run := Run{Kind: spec.Kind, Period: spec.Period, PayDate: spec.PayDate, Of: spec.Of, Earlier: spec.Earlier}
	plan, err := s.planFor(ctx, run)
	if err != nil {
		return Run{}, nil, nil, err
	}
	ids := slices.Clone(spec.Employees)
	if spec.Kind.findsMembers() {
		members := map[hr.EmployeeID]bool{}
		if err := s.population(ctx, v, run, members); err != nil {
			return Run{}, nil, nil, err
		}
		ids = slices.Collect(maps.Keys(members))
	}
	slices.SortFunc(ids, func(a, b hr.EmployeeID) int { return strings.Compare(string(a), string(b)) })
	return run, plan, ids, nil
}
