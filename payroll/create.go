package payroll

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// CreateRun creates a run in draft. Who is in it, and in which chunks it is worked on, is fixed from now on and for good: those who are named, or, in a regular and a
// provisional run, everybody employed on some day of the period. A regular run also has whoever was paid before and is owed something,
// such as a leaver whose punch came late (found where the store offers [Settled]), and whoever was employed in one of the earlier
// periods of spec and has nothing posted for it; who was settled for the period, or paid by another run of it, is not in it. All faults come at once: of the spec with RuleRunKind, RuleInputPeriod,
// RuleInputPayDate, RuleRunReason, RuleRunOf and RuleRunEmployees; nobody to pay is RuleRunPopulation; and what Leavers says
// stands in the way of a settlement is RuleFinalGate.
func (s Service) CreateRun(ctx context.Context, cmd hr.Command, spec RunSpec) (RunID, error) {
	const verb = "payroll.CreateRun"
	if err := s.Validate(); err != nil {
		return "", fmt.Errorf("%s: %w", verb, err)
	}
	return storage.Do(ctx, s.Kit, cmd, verb, storage.About(spec, spec.Employees...), func(ctx context.Context, cmd hr.Command) (RunID, []storage.Event, error) {
		if err := s.checkSpec(ctx, spec); err != nil {
			return "", nil, err
		}
		if err := s.checkLeavers(ctx, cmd.View(verb, hr.Known{}), spec); err != nil {
			return "", nil, err
		}
		run := Run{
			ID: RunID(cmd.NewID("run")), Kind: spec.Kind, Period: spec.Period, PayDate: spec.PayDate, Reason: spec.Reason, Of: spec.Of, Earlier: spec.Earlier,
			State: RunMachine().Start(), Chunk: s.chunk(),
		}
		members := map[hr.EmployeeID]bool{}
		for _, e := range spec.Employees {
			members[e] = true
		}
		if spec.Kind.findsMembers() {
			if err := s.population(ctx, cmd.View(verb, hr.Known{}), run, members); err != nil {
				return "", nil, err
			}
		}
		if run.Members = len(members); run.Members == 0 {
			return "", nil, &hr.FieldError{Path: "period", Rule: RuleRunPopulation, Reason: "nobody is employed in it who is not paid"}
		}
		if err := s.Runs.PutRun(ctx, run); err != nil { // before what names it
			return "", nil, err
		}
		if err := s.Runs.AddMembers(ctx, run.ID, slices.Sorted(maps.Keys(members))...); err != nil {
			return "", nil, err
		}
		return run.ID, event(cmd, "payroll.run_created", run), s.planChunks(ctx, run)
	})
}

// checkSpec returns every fault of a spec.
func (s Service) checkSpec(ctx context.Context, spec RunSpec) error {
	var faults hr.Faults
	kinds := []RunKind{RunRegular, RunOffCycle, RunCorrection, RunReversal, RunSettlement, RunProvisional}
	if !slices.Contains(kinds, spec.Kind) {
		faults.Add("kind", RuleRunKind, "must be one of %v", kinds)
	}
	if spec.Period.Validate() != nil || spec.Period.Open() {
		faults.Add("period", RuleInputPeriod, "must have a first and a last day")
	}
	if spec.PayDate.IsZero() {
		faults.Missing("pay_date", RuleInputPayDate)
	}
	known := slices.Contains(kinds, spec.Kind)
	if known && spec.Kind != RunRegular && spec.Kind != RunSettlement && strings.TrimSpace(spec.Reason) == "" {
		faults.Missing("reason", RuleRunReason)
	}
	switch {
	case !known:
	case spec.Kind.findsMembers() && len(spec.Employees) > 0:
		faults.Add("employees", RuleRunEmployees, "a %s run finds its employees: name none", spec.Kind)
	case !spec.Kind.findsMembers() && len(spec.Employees) == 0:
		faults.Missing("employees", RuleRunEmployees)
	}
	for i, e := range spec.Employees {
		if e == "" || slices.Contains(spec.Employees[:i], e) {
			faults.Add(fmt.Sprintf("employees[%d]", i), RuleRunEmployees, "must be given, once each")
		}
	}
	for i, p := range spec.Earlier {
		if p.Period.Validate() != nil || p.Period.Open() || !p.Period.Through.Before(spec.Period.From) || p.PayDate.IsZero() || spec.Kind != RunRegular {
			faults.Add(fmt.Sprintf("earlier[%d]", i), RuleInputPeriod, "must be a pay period before that of a regular run, with the day it was paid")
		}
	}
	copies := spec.Kind == RunReversal || spec.Kind == RunProvisional
	switch {
	case !copies && spec.Of != "":
		faults.Add("of", RuleRunOf, "is only for a reversal or a provisional run")
	case copies && spec.Of == "":
		faults.Missing("of", RuleRunOf)
	case copies:
		of, err := s.Runs.Run(ctx, spec.Of)
		switch {
		case errors.Is(err, storage.ErrNotFound):
			faults.Add("of", RuleRunOf, "is no run")
		case err != nil:
			return err
		case of.State != RunPaid && of.State != RunClosed:
			faults.Add("of", RuleRunOf, "is not paid")
		case of.Kind == RunReversal:
			faults.Add("of", RuleRunOf, "is a reversal: a correction run pays the period again")
		case spec.Kind == RunReversal && of.Period != spec.Period:
			faults.Add("period", RuleRunOf, "must be that of the run that is taken back")
		}
	}
	return faults.Err()
}

// findsMembers reports whether a run of this kind looks for its employees itself.
func (k RunKind) findsMembers() bool { return k == RunRegular || k == RunProvisional }

// population adds everybody whom a run has to look at.
func (s Service) population(ctx context.Context, v hr.View, run Run, members map[hr.EmployeeID]bool) error {
	if run.Kind != RunRegular {
		return s.eachStaff(ctx, v, run.Period, func(page []hr.EmployeeID) error {
			for _, e := range page {
				members[e] = true
			}
			return nil
		})
	}
	// some adds those who are employed on some day of a period unless what is posted for them says otherwise: of all, or of those who are asked about
	some := func(p hr.Period, about func(hr.EmployeeID) bool, unless func(account) bool) error {
		return s.eachStaff(ctx, v, p, func(page []hr.EmployeeID) error {
			var pins []hr.Pin
			for _, e := range page {
				if about(e) {
					pins = append(pins, hr.Pin{Employee: e})
				}
			}
			accounts, err := s.accounts(ctx, pins, run.ID)
			if err != nil {
				return err
			}
			out := map[hr.EmployeeID]bool{}
			for i, a := range accounts {
				out[pins[i].Employee] = unless(a)
			}
			for _, e := range page {
				if !out[e] {
					members[e] = true
				}
			}
			return nil
		})
	}
	maybe, err := s.maybePaid(ctx, run.Period)
	if err != nil {
		return err
	}
	if err := some(run.Period, maybe, func(a account) bool { paid, _ := a.of(run.Period); return paid.kind == PostingPayslip }); err != nil {
		return err // who was settled is not in it
	}
	for _, p := range run.Earlier {
		if err := some(p.Period, func(hr.EmployeeID) bool { return true }, func(a account) bool {
			return slices.ContainsFunc(a.postings, func(x posted) bool { return x.Period.Overlaps(p.Period) })
		}); err != nil {
			return err
		}
	}
	return s.eachMoved(ctx, v, run, members, func(pins []hr.Pin, _ []account, visits [][]visit) error {
		for i, pin := range pins {
			if len(visits[i]) > 0 {
				members[pin.Employee] = true
			}
		}
		return nil
	})
}

// maybePaid says of whom a payslip may be posted for a period: of the members of the runs that share a day with it, and so of nobody in most months.
// A store that does not offer [RunList] may have one of everybody.
func (s Service) maybePaid(ctx context.Context, p hr.Period) (func(hr.EmployeeID) bool, error) {
	store, offers := s.Runs.(RunList)
	if !offers {
		return func(hr.EmployeeID) bool { return true }, nil
	}
	members := map[hr.EmployeeID]bool{}
	for after := RunID(""); ; {
		runs, err := store.RunsAfter(ctx, after, s.chunk())
		if err != nil {
			return nil, err
		}
		if len(runs) == 0 {
			return func(e hr.EmployeeID) bool { return members[e] }, nil
		}
		after = runs[len(runs)-1].ID
		for _, r := range runs {
			if !r.Period.Overlaps(p) {
				continue
			}
			for last := hr.EmployeeID(""); ; {
				page, err := s.Runs.Members(ctx, r.ID, last, s.chunk())
				if err != nil {
					return nil, err
				}
				if len(page) == 0 {
					break
				}
				for _, e := range page {
					members[e] = true
				}
				last = page[len(page)-1]
			}
		}
	}
}

// eachStaff walks those who are employed on some day of a period, a page at a time.
func (s Service) eachStaff(ctx context.Context, v hr.View, p hr.Period, fn func([]hr.EmployeeID) error) error {
	for after := hr.EmployeeID(""); ; {
		page, err := s.Staff.Employees(ctx, v, p, after, s.chunk())
		if err != nil || len(page) == 0 {
			return err
		}
		if err := fn(page); err != nil {
			return err
		}
		after = page[len(page)-1]
	}
}

// eachMoved walks those who were paid before and about whom something was learnt since they were settled, with the periods that it
// touches, but for some. A store that does not offer [Settled] has none to walk.
func (s Service) eachMoved(ctx context.Context, v hr.View, run Run, but map[hr.EmployeeID]bool, fn func(pins []hr.Pin, accounts []account, visits [][]visit) error) error {
	store, offers := s.Postings.(Settled)
	for after := hr.EmployeeID(""); offers; {
		page, err := store.SettledAfter(ctx, after, s.chunk())
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1].Employee
		ids := make([]hr.EmployeeID, len(page))
		for i, pin := range page {
			ids[i] = pin.Employee
		}
		heads, err := s.Kit.Know.Heads(ctx, ids...)
		if err != nil {
			return err
		}
		var moved []hr.Pin
		for i, pin := range heads {
			if pin.Known != page[i].Known && page[i].Known != (hr.Known{}) && !but[pin.Employee] {
				moved = append(moved, pin)
			}
		}
		if moved == nil {
			continue
		}
		if err := s.look(ctx, v, run, moved, fn); err != nil {
			return err
		}
	}
	return nil
}

// look finds the periods that late knowledge touches, for a page of employees.
func (s Service) look(ctx context.Context, v hr.View, run Run, pins []hr.Pin, fn func(pins []hr.Pin, accounts []account, visits [][]visit) error) error {
	accounts, err := s.accounts(ctx, pins, run.ID)
	if err != nil {
		return err
	}
	visits, err := s.visits(ctx, v, run, pins, accounts)
	if err != nil {
		return err
	}
	return fn(pins, accounts, visits)
}
