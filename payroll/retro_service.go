package payroll

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

const (
	adoptionRef   = "adoption"
	adjustmentRef = "adjustment"
	runRef        = "run"
)

// owed is what earlier periods owe one employee, or take back.
type owed struct {
	arrears []Arrear
	err     error
}

// visits asks, of employees about whom something was learnt since they were settled and of nobody else, which periods it touches.
func (s Service) visits(ctx context.Context, v hr.View, run Run, pins []hr.Pin, accounts []account) ([][]visit, error) {
	changes := make([][]hr.Change, len(pins))
	var moved []hr.Pin
	at := map[hr.EmployeeID]int{}
	for i, pin := range pins {
		if settled := accounts[i].settled; settled != (hr.Known{}) && settled != pin.Known {
			at[pin.Employee] = i
			moved = append(moved, hr.Pin{Employee: pin.Employee, Known: settled})
		}
	}
	if moved != nil {
		everybody, err := s.adoptedSince(ctx)
		if err != nil {
			return nil, err
		}
		for _, source := range append([]Changes{adjusted{s}}, s.Changes...) {
			list, err := source.Changes(ctx, v, moved)
			if err != nil {
				return nil, err
			}
			for _, c := range list {
				if i, asked := at[c.Employee]; asked {
					changes[i] = append(changes[i], c)
				} else if c.Employee == hr.Everyone {
					everybody = append(everybody, c)
				}
			}
		}
		for _, i := range at {
			for _, c := range everybody {
				if c.Cause.Kind != adoptionRef || c.Cause.Seq > accounts[i].settled.Rules {
					changes[i] = append(changes[i], c)
				}
			}
		}
	}
	carries := slices.ContainsFunc(s.Plans, func(p *Plan) bool { return p.carries })
	out := make([][]visit, len(pins))
	for i, pin := range pins {
		known := slices.DeleteFunc(changes[i], func(c hr.Change) bool {
			return c.Cause.Kind == adoptionRef && c.Cause.Seq > pin.Known.Rules || c.Cause.Kind != adoptionRef && c.Cause.Seq > pin.Known.Own
		})
		out[i] = visitsOf(accounts[i], known, run.Period, run.Earlier, carries)
	}
	return out, nil
}

// adoptedSince lists every adoption as a change of everybody.
func (s Service) adoptedSince(ctx context.Context) ([]hr.Change, error) {
	entries, err := s.Adoptions.Adopted(ctx, 0)
	if err != nil {
		return nil, err
	}
	out := make([]hr.Change, len(entries))
	for i, e := range entries {
		out[i] = hr.Change{Period: e.Period, Cause: hr.Ref{Kind: adoptionRef, ID: e.ID, Seq: e.Seq}}
	}
	return out, nil
}

// adjusted tells which pay periods adjustments touch that were recorded since.
type adjusted struct{ s Service }

func (a adjusted) Changes(ctx context.Context, _ hr.View, pins []hr.Pin) ([]hr.Change, error) {
	today := make([]hr.Pin, len(pins))
	for i, p := range pins {
		today[i].Employee = p.Employee
	}
	lists, err := a.s.Adjustments.AdjustmentsOf(ctx, today)
	if err != nil {
		return nil, err
	}
	var out []hr.Change
	for i, list := range lists {
		for _, e := range list {
			if e.Seq > pins[i].Known.Own {
				out = append(out, hr.Change{Employee: pins[i].Employee, Period: e.Period, Cause: hr.Ref{Kind: adjustmentRef, ID: e.ID, Seq: e.Seq}})
			}
		}
	}
	return out, nil
}

// retrospect is the retro of one employee on its way through the steps.
type retrospect struct {
	pin     hr.Pin
	account account
	steps   []step
	visits  []*revision
	late    []Posting // of the visits before, in one step
	owed    *owed
}

// retro calculates the visits of each employee again, as known at each of the steps between what was settled and the pin, oldest
// period first, and returns the differences to what was posted.
func (s Service) retro(ctx context.Context, v hr.View, pins []hr.Pin, accounts []account, visits [][]visit) ([]owed, error) {
	out := make([]owed, len(pins))
	var all []*retrospect
	var periods []PayPeriod
	most := 0
	for i, pin := range pins {
		if len(visits[i]) == 0 {
			continue
		}
		r := &retrospect{pin: pin, account: accounts[i], steps: stepsOf(accounts[i].settled, pin.Known, visits[i]), owed: &out[i]}
		for _, x := range visits[i] {
			r.visits = append(r.visits, revise(x))
			if !slices.Contains(periods, x.PayPeriod) {
				periods = append(periods, x.PayPeriod)
			}
		}
		most = max(most, len(r.steps))
		all = append(all, r)
	}
	slices.SortFunc(periods, func(a, b PayPeriod) int { return a.Period.From.Compare(b.Period.From) })
	for k := range most {
		for _, r := range all {
			r.late = nil
		}
		for _, p := range periods {
			if err := s.revisit(ctx, v, k, p, all); err != nil {
				return nil, err
			}
		}
	}
	for _, r := range all { // what comes out otherwise may do so because what it was calculated from is gone
		if r.owed.err != nil || len(r.owed.arrears) == 0 {
			continue
		}
		erased, err := s.erased(ctx, r.pin.Employee)
		if err != nil {
			return nil, err
		}
		if !erased.IsZero() {
			r.owed.err = &hr.FieldError{Path: "arrears", Rule: RuleRunErased, Reason: "are not provable: what earlier pay was calculated from was erased on " + erased.String()}
		}
	}
	return out, nil
}

// revisit calculates one period at one step, for everybody who has it.
func (s Service) revisit(ctx context.Context, v hr.View, k int, at PayPeriod, all []*retrospect) error {
	type group struct {
		plan     *Plan
		pins     []hr.Pin
		accounts []account
		of       []*retrospect
		visits   []*revision
	}
	type answer struct {
		plan *Plan
		err  error
	}
	adopted := map[hr.Seq]answer{}
	var groups []*group
	for _, r := range all {
		i := slices.IndexFunc(r.visits, func(x *revision) bool { return x.PayPeriod == at })
		if i < 0 || k >= len(r.steps) || r.owed.err != nil {
			continue
		}
		if x := r.visits[i]; k == 0 && r.account.settled.Own == 0 || x.missed && k < len(r.steps)-1 {
			continue // nothing was known, so nothing can come out again; nothing was paid, so nothing has moved
		}
		rules := r.steps[k].known.Rules
		if _, asked := adopted[rules]; !asked {
			plan, err := s.planAt(ctx, at.Period, rules)
			adopted[rules] = answer{plan, err}
		}
		plan, err := adopted[rules].plan, adopted[rules].err
		if err != nil {
			if k == len(r.steps)-1 {
				r.owed.err = err
			}
			if aboutFacts(err) {
				continue
			}
			return err
		}
		g := slices.IndexFunc(groups, func(g *group) bool { return g.plan == plan })
		if g < 0 {
			g = len(groups)
			groups = append(groups, &group{plan: plan})
		}
		x := groups[g]
		x.pins = append(x.pins, hr.Pin{Employee: r.pin.Employee, Known: r.steps[k].known})
		before := r.account.at(r.steps[k].known.Own).with(r.late)
		before.again = true
		x.accounts = append(x.accounts, before)
		x.of, x.visits = append(x.of, r), append(x.visits, r.visits[i])
	}
	for _, g := range groups {
		inputs, err := s.gatherEach(ctx, v, g.plan, g.pins, at, g.accounts)
		if err != nil {
			return err
		}
		for i, in := range inputs {
			g.of[i].take(k, g.plan, s.Plans, g.visits[i], in)
		}
	}
	return nil
}

// take goes one step on with one visit.
func (r *retrospect) take(k int, plan *Plan, plans []*Plan, x *revision, in gathered) {
	last := k == len(r.steps)-1
	cause := ArrearCause{Refs: slices.Clone(r.steps[k].refs)}
	switch {
	case k == 0 && x.first:
		cause.Refs = slices.Clone(x.since)
	case k == 0:
		cause.Reason = unexplained
	}
	value, err := map[string]decimal.Decimal{}, in.err
	if err == nil {
		switch earned, fault := plan.earned(in.input); {
		case notEmployed(fault):
		case fault == nil:
			value = earned
		default:
			err = fault
		}
	}
	switch {
	case err != nil && last:
		r.owed.err = fmt.Errorf("payroll: arrears for %s: %w", x.Period, err)
		return
	case err != nil: // faulty then, and mended since
		x.refs = append(x.refs, cause.Refs...)
	default:
		for name := range x.value {
			if _, has := value[name]; !has && plan.whenPaid[name] {
				value[name] = x.value[name] // stays as it was paid
			}
		}
		if x.missed {
			cause.Refs = nil
			for _, first := range in.input.Terms.StepsOver(x.Period) {
				cause.Refs = []hr.Ref{first.Ref}
				break
			}
		}
		x.move(value, cause)
	}
	if k > 0 || !x.first {
		posted, _ := r.account.at(r.steps[k].known.Own).of(x.Period)
		r.late = append(r.late, x.posting(posted.lines()))
	}
	if !last {
		return
	}
	arrears, err := x.arrears(plan, plans)
	r.owed.arrears = append(r.owed.arrears, arrears...)
	r.owed.err = errors.Join(r.owed.err, err)
}

// notEmployed reports whether err says that an employee is employed on no day of the period, and nothing else.
func notEmployed(err error) bool {
	faults := hr.FieldErrors(err)
	return len(faults) == 1 && faults[0].Rule == RuleNotEmployed
}
