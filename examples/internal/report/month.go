package report

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
)

// Month is what came of one month. Slips, Sheets and Terms are in the same order: by employee.
type Month struct {
	company.Company
	Pack    payroll.Pack // the law, whose files are written
	Slips   []payroll.Payslip
	Sheets  []hr.Timesheet
	Terms   []hr.Timeline[hr.Terms]
	Days    map[hr.EmployeeID]Days
	Leave   []LeaveOf
	Journal payroll.Journal
	Batch   payroll.PaymentBatch

	Findings  []payroll.Finding
	Overrides []payroll.Override
	Variance  payroll.Variance // against the month before, where Compared
	Compared  bool
	Debts     []DebtsOf
	Taken     []Taken
}

// Days are the days of one employee in the month.
type Days []attendance.Day

// LeaveOf is the leave of one employee: the lots at the end of the month, and the requests that touch it.
type LeaveOf struct {
	Employee hr.EmployeeID
	Lots     []leave.Lot
	Requests []leave.Request
}

// terms returns what held for the i-th employee on their last day in the month.
func (m Month) terms(i int) (last hr.Terms) {
	for _, t := range m.Terms[i].Over(m.Period) {
		last = t
	}
	return last
}

// employed returns how many days of the month the i-th employee was employed, by their terms.
func (m Month) employed(i int) (days int) {
	for piece := range m.Terms[i].Over(m.Period) {
		days += piece.Len()
	}
	return days
}

// Sources are the services that know what came of the month.
type Sources struct {
	People     lifecycle.Service
	Leave      leave.Service
	Attendance attendance.Service
	Payroll    payroll.Service
}

// Gather asks the services for everything the report shows of a run that is approved.
func Gather(ctx context.Context, v hr.View, c company.Company, runs Runs, from Sources) (m Month, err error) {
	run := runs.Month
	m = Month{Company: c, Pack: company.InCountry(c.Country).Law, Days: map[hr.EmployeeID]Days{}}
	if m.Slips, err = from.Payroll.Payslips(ctx, v, run); err != nil {
		return m, err
	}
	if m.Journal, err = from.Payroll.Journal(ctx, v, run, c.Chart); err != nil {
		return m, err
	}
	details := payroll.PaymentDetails{ID: c.Month(), ValueDate: c.PayDate, From: c.Bank, Narration: c.Narration, OnHold: c.OnHold}
	if m.Batch, err = from.Payroll.Payments(ctx, v, run, details); err != nil {
		return m, err
	}
	if err = m.payrun(ctx, v, runs, from.Payroll); err != nil {
		return m, err
	}
	pins := make([]hr.Pin, len(m.Slips))
	for i, s := range m.Slips {
		pins[i] = hr.Pin{Employee: s.Employee, Known: s.Known}
		if m.Days[s.Employee], err = from.Attendance.Days(ctx, v.At(s.Known), s.Employee, c.Period); err != nil {
			return m, err
		}
		of := LeaveOf{Employee: s.Employee}
		if of.Lots, err = from.Leave.Lots(ctx, v.At(s.Known), s.Employee, c.Period.Through); err != nil {
			return m, err
		}
		if of.Requests, err = from.Leave.RequestsIn(ctx, v, s.Employee, c.Period); err != nil {
			return m, err
		}
		m.Leave = append(m.Leave, of)
	}
	if m.Sheets, err = from.Attendance.Timesheets(ctx, v, pins, c.Period); err != nil {
		return m, err
	}
	m.Terms, err = from.People.TermsOf(ctx, v, pins, c.Period)
	return m, err
}

// Refused adds what a service says against a row, such as "leave.csv line 2", to what was said before.
func Refused(before error, row string, err error) error {
	if err == nil {
		return before
	}
	return errors.Join(before, fmt.Errorf("%s: %w", row, err))
}

// Failures says who has no payslip, and why; nil if everybody has one.
func Failures(results []payroll.Result) error {
	var b strings.Builder
	failed := 0
	for _, r := range results {
		if r.Failed() {
			failed++
		}
		said := map[string]bool{}
		for _, f := range r.Failures {
			line := fmt.Sprintf("%s: %s: %s [%s]\n", r.Employee, f.Path, f.Reason, f.Rule)
			if !said[line] { // one answer may be at fault in many formulas
				said[line] = true
				b.WriteString(line)
			}
		}
	}
	if failed == 0 {
		return nil
	}
	return fmt.Errorf("%s\n%d of %d people have no payslip. Mend what the lines above name, in pay.csv, answers.csv or pay.rules, and run again", b.String(), failed, len(results))
}
