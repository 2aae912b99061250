package payroll

import (
	"context"
	"fmt"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Findings looks at the results of a run and returns what a person must see before it is approved, by employee: what is overridden too.
// It writes nothing.
func (s Service) Findings(ctx context.Context, v hr.View, id RunID) ([]Finding, error) {
	const verb = "payroll.Findings"
	if err := storage.May(ctx, s.Kit, v, verb); err != nil {
		return nil, err
	}
	run, err := s.Runs.Run(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.findings(ctx, v.Inside(verb), run)
}

func (s Service) findings(ctx context.Context, v hr.View, run Run) ([]Finding, error) {
	if run.Plan == "" {
		return nil, nil // not calculated yet
	}
	plan, err := s.planOf(run.Plan)
	if err != nil {
		return nil, err
	}
	out := s.Checks.ofPlan(plan, run.PayDate)
	checks := s.Checks
	if !run.Kind.looksBack() {
		checks.Minimum = nil // no whole period is paid
	}
	type number struct{ bank, account string }
	owners := map[number][]Payslip{}
	var order []number
	err = s.eachPage(ctx, run.ID, s.chunk(), func(page []Result) error {
		var slips []Payslip
		var pins []hr.Pin
		var ids []hr.EmployeeID
		for _, r := range page {
			if !r.Failed() {
				slips, ids = append(slips, r.Slip), append(ids, r.Employee)
				pins = append(pins, hr.Pin{Employee: r.Employee, Known: r.Slip.Known})
			}
		}
		if slips == nil {
			return nil
		}
		people, err := s.People.People(ctx, v, ids...)
		if err != nil {
			return err
		}
		accounts, err := s.accounts(ctx, pins, run.ID)
		if err != nil {
			return err
		}
		sheets := make([]hr.Timesheet, len(slips))
		if s.Checks.Attendance && s.Sheets != nil && run.Kind.looksBack() {
			if sheets, err = s.Sheets.Timesheets(ctx, v, pins, run.Period); err != nil {
				return err
			}
		}
		if len(people) != len(slips) || len(sheets) != len(slips) {
			return fmt.Errorf("payroll: a port gave %d people and %d timesheets for %d employees", len(people), len(sheets), len(slips))
		}
		for i, slip := range slips {
			before := accounts[i].postings
			if !run.Kind.looksBack() {
				before = nil // a payment beside the payslip is no month to compare
			}
			if run.Kind == RunReversal {
				continue // takes back what was paid: it is negative, and nothing is new in it
			}
			out = append(out, checks.look(slip, plan, before, sheets[i], people[i])...)
			if bank := people[i].Bank; !bank.Number.IsZero() && slip.Net().Amount.Sign() > 0 {
				key := number{bank.Bank, bank.Number.Reveal()}
				if owners[key] == nil {
					order = append(order, key)
				}
				owners[key] = append(owners[key], slip)
			}
		}
		return nil
	})
	for _, key := range order {
		for i, slip := range owners[key] {
			var with []hr.EmployeeID
			for j, other := range owners[key] {
				if j != i {
					with = append(with, other.Employee)
				}
			}
			if with != nil {
				out = find(out, CheckSharedAccount, slip, fmt.Sprintf("net pay would go to an account that is also that of %v", with), with...)
			}
		}
	}
	return out, err
}

// gate returns a [hr.FieldError] with RuleRunFinding for each finding that is not overridden.
func (s Service) gate(ctx context.Context, v hr.View, run Run) error {
	findings, err := s.findings(ctx, v, run)
	if err != nil {
		return err
	}
	var faults hr.Faults
	for _, f := range findings {
		if !run.overridden(f) {
			faults.Add(f.path(), RuleRunFinding, "%s: mend it and calculate again, or override it", f.Reason)
		}
	}
	return faults.Err()
}

func (f Finding) path() string {
	return strings.TrimSuffix(fmt.Sprintf("findings[%s/%s", f.Check, f.Employee), "/") + "]"
}

// Override records, with the command's reason, that a run may be approved in spite of findings. Each is named as it was found: where the
// run is calculated again and finds something else, the override is of no use any more. A command without a reason is RuleRunReason, a
// finding that the run does not have RuleRunFinding; all faults come at once. It returns how many findings are left.
func (s Service) Override(ctx context.Context, cmd hr.Command, id RunID, findings ...FindingRef) (int, error) {
	const verb = "payroll.Override"
	args := struct {
		Run      RunID
		Reason   string
		Findings []FindingRef
	}{id, cmd.Reason, findings}
	return storage.Do(ctx, s.Kit, cmd, verb, args, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		run, err := s.Runs.Run(ctx, id)
		if err != nil {
			return 0, nil, err
		}
		var faults hr.Faults
		if strings.TrimSpace(cmd.Reason) == "" {
			faults.Missing("command.reason", RuleRunReason)
		}
		if run.State != RunCalculated {
			faults.Add("run.state", RuleRunFinding, "is %s: findings are overridden between calculation and approval", run.State)
		}
		there, err := s.findings(ctx, cmd.View(verb, hr.Known{}), run)
		if err != nil {
			return 0, nil, err
		}
		found := map[FindingRef]bool{}
		for _, f := range there {
			found[f.Ref()] = true
		}
		for i, f := range findings {
			if !found[f] {
				faults.Add(fmt.Sprintf("findings[%d]", i), RuleRunFinding, "is not, or not any more, a finding of the run")
			}
		}
		if faults.Any() {
			return 0, nil, faults.Err()
		}
		for _, f := range findings {
			run.Overrides = append(run.Overrides, Override{Check: f.Check, Employee: f.Employee, Digest: f.Digest, By: cmd.Actor.ID, Reason: cmd.Reason, At: cmd.At()})
		}
		left := 0
		for _, f := range there {
			if !run.overridden(f) {
				left++
			}
		}
		return left, event(cmd, "payroll.findings_overridden", run), s.Runs.PutRun(ctx, run)
	})
}
