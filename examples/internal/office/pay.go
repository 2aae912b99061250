package office

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/report"
	"github.com/musterhr/hr/payroll"
)

// lend asks for loans in the names of the employees and lets whoever is over everybody agree.
func (o *Office) lend(ctx context.Context) (faults error) {
	for _, l := range o.Loans {
		id, err := o.Pay.Ask(ctx, o.by(o.PreparedBy, "loan", l.Key()), l.Request)
		if err == nil {
			_, err = o.Pay.Decide(ctx, o.by(o.ApprovedBy, "agree", l.Key()), id, true)
		}
		faults = report.Refused(faults, l.Row, err)
	}
	if faults == nil && len(o.Loans) > 0 {
		o.say("%s asked for %d loans and advances, and %s agreed.", o.PreparedBy.ID, len(o.Loans), o.ApprovedBy.ID)
	}
	return faults
}

// earlier adopts the rules, takes over what was paid before, and runs the months before the one that is closed: paid in full, as they were known then.
func (o *Office) earlier(ctx context.Context) (runs map[hr.Period]payroll.RunID, err error) {
	if _, err := o.Pay.Adopt(ctx, o.by(o.ApprovedBy, "adopt"), o.Plan, hr.Period{From: o.First.From}); err != nil {
		return nil, err
	}
	paid, err := o.Pay.Open(ctx, o.by(o.PreparedBy, "year-to-date"), o.Paid()...)
	if err != nil {
		return nil, fmt.Errorf("ytd.csv: %w", err)
	}
	o.say("Took over the year to date of %d people.", paid)
	runs = map[hr.Period]payroll.RunID{}
	for _, p := range o.Earlier() {
		*o.now = p.Through.At(hr.MustTimeOfDay("20:00"), o.Zone)
		seen := func(payroll.Finding) string { return "seen when the month was closed" }
		spec := payroll.RunSpec{Kind: payroll.RunRegular, Period: p, PayDate: p.Through}
		id, results, err := o.run(ctx, p.From.String()[:7], spec, seen)
		if err != nil {
			return nil, err
		}
		runs[p] = id
		o.say("Paid %s: %d payslips, as it was known then.", p.From.String()[:7], len(results))
	}
	return runs, nil
}

// payroll takes back what must not stand, adjusts, and runs the month: one person calculates, another looks and approves.
func (o *Office) payroll(ctx context.Context, earlier map[hr.Period]payroll.RunID) (runs Runs, err error) {
	before := hr.MonthOf(o.Period.From.Add(-1))
	runs.Before = earlier[before]
	for _, x := range o.TakenBack {
		spec := payroll.RunSpec{
			Kind: payroll.RunReversal, Period: x.Period, PayDate: o.PayDate, Of: earlier[x.Period], Reason: x.Reason, Employees: []hr.EmployeeID{x.Employee},
		}
		name, again := string(x.Employee)+"/"+x.Period.From.String(), Again{TakenBack: x}
		if again.Reversal, _, err = o.run(ctx, "back/"+name, spec, o.Why); err != nil {
			return runs, fmt.Errorf("%s: %w", x.Row, err)
		}
		spec.Kind, spec.Of = payroll.RunCorrection, ""
		if again.Correction, _, err = o.run(ctx, "again/"+name, spec, o.Why); err != nil {
			return runs, fmt.Errorf("%s: %w", x.Row, err)
		}
		runs.Back = append(runs.Back, again)
		o.say("Took back the payslip of %s for %s and paid the month again: %s.", x.Employee, x.Period.From.String()[:7], x.Reason)
	}
	if _, err := o.Pay.Adjust(ctx, o.by(o.PreparedBy, "adjust"), o.Adjustments...); err != nil {
		return runs, fmt.Errorf("adjustments.csv: %w", err)
	}
	o.say("Recorded %d one-off amounts.", len(o.Adjustments))
	spec := payroll.RunSpec{Kind: payroll.RunRegular, Period: o.Period, PayDate: o.PayDate}
	id, results, err := o.run(ctx, "run", spec, o.Why)
	if err != nil {
		return runs, err
	}
	runs.Month = id
	run, err := o.Pay.Run(ctx, o.View(), id)
	if err != nil {
		return runs, err
	}
	o.say("Calculated %d payslips; %s prepared them.", len(results), o.PreparedBy.ID)
	looked := "found nothing to look into"
	if n := len(run.Overrides); n > 0 {
		looked = fmt.Sprintf("looked at %d findings and wrote down why they are right", n)
	}
	o.say("%s %s, approved the run, and it is posted as paid.", o.ApprovedBy.ID, looked)
	return runs, nil
}

// run goes the whole way of a payroll run. Findings that nobody has a reason to let pass stop it.
func (o *Office) run(ctx context.Context, name string, spec payroll.RunSpec, why func(payroll.Finding) string) (payroll.RunID, []payroll.Result, error) {
	asks := o.PreparedBy
	id, err := o.Pay.CreateRun(ctx, o.by(asks, "create", name), spec)
	if err != nil {
		return "", nil, err
	}
	digest, err := o.Pay.Calculate(ctx, o.by(asks, "calculate", name), id)
	if err != nil {
		return "", nil, err
	}
	results, err := o.Pay.Members(ctx, o.View(), id, "", len(o.Company.People))
	if err = errors.Join(err, report.Failures(results)); err != nil {
		return "", nil, err
	}
	if err := o.look(ctx, name, id, why); err != nil {
		return "", nil, err
	}
	if _, err = o.Pay.Approve(ctx, o.by(o.ApprovedBy, "approve", name), id, digest); err == nil {
		_, err = o.Pay.Pay(ctx, o.by(asks, "pay", name), id)
	}
	return id, results, err
}

// look overrides the findings of a run that somebody has a reason for, one command a reason, and tells all others.
func (o *Office) look(ctx context.Context, name string, id payroll.RunID, why func(payroll.Finding) string) error {
	findings, err := o.Pay.Findings(ctx, o.View(), id)
	if err != nil {
		return err
	}
	var reasons []string
	of := map[string][]payroll.FindingRef{}
	var open strings.Builder
	for _, f := range findings {
		reason := why(f)
		if reason == "" {
			fmt.Fprintf(&open, "%s,%s: %s\n", f.Check, f.Employee, f.Reason)
			continue
		}
		if of[reason] == nil {
			reasons = append(reasons, reason)
		}
		of[reason] = append(of[reason], f.Ref())
	}
	if open.Len() > 0 {
		return fmt.Errorf("%s\nThe payroll is not paid before somebody has looked at these. Mend what is wrong, or put a row with check, employee and the reason to pay all the same into seen.csv", open.String())
	}
	for _, reason := range reasons {
		cmd := o.by(o.ApprovedBy, "seen", name, reason)
		cmd.Reason = reason
		if _, err := o.Pay.Override(ctx, cmd, id, of[reason]...); err != nil {
			return err
		}
	}
	return nil
}
