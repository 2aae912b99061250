// Package office is a company at work, for the examples: its services wired over one store, and the month as they live it.
package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// Office is a company and its services. It says what it does while it works.
type Office struct {
	company.Company
	People lifecycle.Service
	Leave  leave.Service
	Time   attendance.Service
	Pay    payroll.Service
	Hiring recruitment.Service

	kit    storage.Kit
	now    *time.Time
	steps  int
	stdout io.Writer
}

// Open wires every service over the store in memory. A host does the same over its own tables, with its own clock, its own policy in
// the place of hr.AllowAll, and random seeds.
func Open(c company.Company, stdout io.Writer) *Office {
	db, now := memory.New(), c.First.From.At(hr.MustTimeOfDay("09:00"), c.Zone)
	o := &Office{Company: c, kit: db.Kit(hr.AllowAll, nil), now: &now, stdout: stdout}
	o.kit.Now = func() time.Time { return *o.now }
	o.kit.NewID = func() string { return "monthend" } // the same ids on every run; a host leaves this nil
	top := []hr.ActorID{c.ApprovedBy.ID}              // over everybody who has no manager
	o.People = lifecycle.Service{Kit: o.kit, Employments: db, Facts: db, Fallback: top}
	o.Hiring = recruitment.Service{Kit: o.kit, Openings: db, Applications: db, Candidates: db, Hirer: o.People, Zone: c.Zone}
	o.Leave = leave.Service{
		Kit: o.kit, Requests: db, Ledger: db, Absent: db,
		Terms: o.People, Router: o.People, Calendars: c.Calendars, Policies: c.LeaveTypes,
	}
	o.Time = attendance.Service{
		Kit: o.kit, Punches: db, Rosters: db, Terms: o.People, Absences: o.Leave, Leave: o.Leave,
		Calendars: c.Calendars, Shifts: c.Shifts, Policy: c.Attendance, Penalty: c.Late,
	}
	o.Pay = payroll.Service{
		Kit: o.kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Debts: db, Requests: db,
		Terms: o.People, Staff: o.People, People: o.People, Sheets: Clocked{o.Time, c.Period.From}, Evidence: []payroll.Evidence{o.People, o.Time, o.Leave},
		Changes: []payroll.Changes{o.People, o.Time, o.Leave}, Plans: []*payroll.Plan{c.Plan}, Approvers: []hr.ApprovalLevel{{Name: "finance", Approvers: top}},
		Checks: c.Checks(),
	}
	if _, reads := c.Plan.Field("lent_overpaid"); reads { // what was paid too much is lent, and comes back
		o.Pay.Overpaid = "overpaid"
	}
	return o
}

// Over is the office of a host that has wired its services itself, over its own store and with a policy that lets the office work. The
// clock of its kit must read now, which the office moves through the month.
func Over(c company.Company, people lifecycle.Service, away leave.Service, clocks attendance.Service, pay payroll.Service, hiring recruitment.Service, now *time.Time, stdout io.Writer) *Office {
	return &Office{Company: c, People: people, Leave: away, Time: clocks, Pay: pay, Hiring: hiring, kit: people.Kit, now: now, stdout: stdout}
}

// Clocked are the timesheets since there are clocks. Before, everybody was paid in full.
type Clocked struct {
	attendance.Service
	Since hr.Date
}

// Timesheets implements payroll.Sheets.
func (c Clocked) Timesheets(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timesheet, error) {
	if p.Through.Before(c.Since) {
		return make([]hr.Timesheet, len(pins)), nil
	}
	return c.Service.Timesheets(ctx, v, pins, p)
}

func (o *Office) say(format string, args ...any) {
	o.steps++
	_, _ = fmt.Fprintf(o.stdout, "%2d. %s\n", o.steps, fmt.Sprintf(format, args...))
}

// Wrote says what was written where.
func (o *Office) Wrote(what, dir string) { o.say("Wrote %s to %s.", what, dir) }

// by is a command of an actor. Its id says what it is about, so that the same row is the same command.
func (o *Office) by(a hr.Actor, id ...string) hr.Command {
	return hr.Command{ID: hr.CommandID(o.Month() + "/" + strings.Join(id, "/")), Actor: a, Purpose: "month end"}
}

// View is how the office looks at itself.
func (o *Office) View() hr.View { return hr.View{Actor: o.PreparedBy, Purpose: "month end"} }

// Runs are the payroll runs of a month end.
type Runs struct {
	Month  payroll.RunID
	Before payroll.RunID // of the month before; none where nothing was run here before
	Back   []Again
}

// Again is a payslip that was taken back, and the one that pays the month again.
type Again struct {
	company.TakenBack
	Reversal, Correction payroll.RunID
}

// Close feeds everything that happened through the services, and pays.
func (o *Office) Close(ctx context.Context) (runs Runs, err error) {
	earlier, err := o.Prepare(ctx)
	if err != nil {
		return runs, err
	}
	return o.payroll(ctx, earlier)
}

// Prepare feeds everything that happened through the services, up to the moment at which the month can be paid. It returns the runs of
// the months before it.
func (o *Office) Prepare(ctx context.Context) (earlier map[hr.Period]payroll.RunID, err error) {
	o.say("Read %s: %d people, %d calendars, %d shifts, %d pay lines, %s.", o.Name, len(o.Company.People), len(o.Calendars), len(o.Shifts), len(o.Plan.Lines()), o.Period)
	if err = o.takeOver(ctx); err == nil {
		err = o.lend(ctx)
	}
	if err != nil {
		return nil, refused(err)
	}
	if earlier, err = o.earlier(ctx); err != nil {
		return nil, err
	}
	*o.now = o.Period.From.At(hr.MustTimeOfDay("09:00"), o.Zone)
	if err = o.staff(ctx); err == nil {
		err = errors.Join(o.absence(ctx), o.clocks(ctx)) // what both refuse is told together
	}
	if err == nil {
		err = o.settle(ctx)
	}
	if err != nil {
		return nil, refused(err)
	}
	return earlier, nil
}

func refused(err error) error {
	return fmt.Errorf("%w\n\nA service refused what the files say. Mend the rows that are named and run again", err)
}
