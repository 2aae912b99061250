package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/report"
	"github.com/musterhr/hr/payroll"
)

// payroll adopts the rules, takes over what was paid this year, and runs the month: one person calculates, another approves.
func (o *office) payroll(ctx context.Context) (payroll.RunID, error) {
	asks := o.PreparedBy
	if _, err := o.pay.Adopt(ctx, o.by(o.ApprovedBy, "adopt"), o.Plan, hr.Period{From: o.Period.From}); err != nil {
		return "", err
	}
	year := o.Plan.TaxYear().Of(o.PayDate)
	var openings []payroll.Opening
	for _, e := range o.People {
		before := hr.Period{From: year.From, Through: o.Period.From.Add(-1)}
		if len(e.Paid) > 0 {
			openings = append(openings, payroll.Opening{Employee: e.ID(), Period: before, PayDate: before.Through, Currency: o.Currency, Lines: e.Paid, Source: o.earlier()})
		}
	}
	if len(openings) > 0 {
		if _, err := o.pay.Open(ctx, o.by(asks, "year-to-date"), openings...); err != nil {
			return "", err
		}
	}
	for i, b := range o.Bonuses {
		if _, err := o.pay.Adjust(ctx, o.by(asks, "adjust", fmt.Sprint(i)), b.Employee, b.Adjustment); err != nil {
			return "", err
		}
	}
	o.say("Took over the year to date of %d people, and %d one-off amounts.", len(openings), len(o.Bonuses))
	run, err := o.pay.CreateRun(ctx, o.by(asks, "run"), payroll.RunSpec{Kind: payroll.RunRegular, Period: o.Period, PayDate: o.PayDate})
	if err != nil {
		return "", err
	}
	digest, err := o.pay.Calculate(ctx, o.by(asks, "calculate"), run)
	if err != nil {
		return "", err
	}
	if err := o.failures(ctx, run); err != nil {
		return "", err
	}
	o.say("Calculated the payroll; %s prepared it.", asks.ID)
	if _, err := o.pay.Approve(ctx, o.by(o.ApprovedBy, "approve"), run, digest); err != nil {
		return "", err
	}
	if _, err := o.pay.Pay(ctx, o.by(asks, "pay"), run); err != nil {
		return "", err
	}
	o.say("%s approved result %s, and it is posted.", o.ApprovedBy.ID, digest[:12])
	return run, nil
}

// failures says who has no payslip, and why.
func (o *office) failures(ctx context.Context, run payroll.RunID) error {
	results, err := o.pay.Members(ctx, o.view(), run, "", len(o.People))
	if err != nil {
		return err
	}
	var b strings.Builder
	failed := 0
	for _, r := range results {
		if r.Failed() {
			failed++
		}
		for _, f := range r.Failures {
			fmt.Fprintf(&b, "%s: %s: %s [%s]\n", r.Employee, f.Path, f.Reason, f.Rule)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%s\n%d of %d people have no payslip. Mend what the lines above name, in pay.csv, answers.csv or pay.rules, and run again", b.String(), failed, len(results))
	}
	return nil
}

// explain prints why one figure is what it is.
func (o *office) explain(ctx context.Context, w io.Writer, run payroll.RunID, what string) error {
	employee, line, ok := strings.Cut(what, "/")
	if !ok {
		return fmt.Errorf("-explain %s: write EMPLOYEE/LINE, such as E014/epf", what)
	}
	trace, err := o.pay.Explain(ctx, o.view(), run, hr.EmployeeID(employee), line)
	if err != nil {
		return fmt.Errorf("-explain %s: %w", what, err)
	}
	return trace.Text(w)
}

// report gathers what came of the month, writes it, and proves it from the written files.
func (o *office) report(ctx context.Context, run payroll.RunID, out string) error {
	m := report.Month{Company: o.Company, Days: map[hr.EmployeeID]report.Days{}}
	var err error
	if m.Slips, err = o.pay.Payslips(ctx, o.view(), run); err != nil {
		return err
	}
	if m.Journal, err = o.pay.Journal(ctx, o.view(), run, o.Chart); err != nil {
		return err
	}
	details := payroll.PaymentDetails{ID: o.Period.From.String()[:7], ValueDate: o.PayDate, From: o.Bank, Narration: o.Narration}
	if m.Batch, err = o.pay.Payments(ctx, o.view(), run, details); err != nil {
		return err
	}
	for _, s := range m.Slips {
		days, err := o.time.Days(ctx, o.view(), s.Employee, o.Period)
		if err != nil {
			return err
		}
		m.Days[s.Employee] = days
		lots, err := o.leave.Lots(ctx, o.view(), s.Employee, o.Period.Through)
		if err != nil {
			return err
		}
		requests, err := o.leave.RequestsIn(ctx, o.view(), s.Employee, o.Period)
		if err != nil {
			return err
		}
		m.Leave = append(m.Leave, report.LeaveOf{Employee: s.Employee, Lots: lots, Requests: requests})
	}
	pins := make([]hr.Pin, len(m.Slips))
	for i, s := range m.Slips {
		pins[i] = hr.Pin{Employee: s.Employee, Known: s.Known}
	}
	if m.Sheets, err = o.time.Timesheets(ctx, o.view(), pins, o.Period); err != nil {
		return err
	}
	if m.Terms, err = o.people.TermsOf(ctx, o.view(), pins, o.Period); err != nil {
		return err
	}
	checks, err := m.Write(out)
	if err != nil {
		return err
	}
	o.say("Wrote %d payslips, the register, the journal, the bank file and the timesheets to %s.", len(m.Slips), out)
	return m.Summary(o.stdout, checks)
}
