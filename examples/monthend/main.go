// Command monthend closes a month of a company that is kept as a folder of CSV files: from hires, leave and punches to payslips, a
// register, a balanced journal and a bank file, and proves that no money was lost on the way.
//
//	go run ./examples/monthend [-country in|uk|us|ca] [-company DIR] [-out DIR] [-explain EMPLOYEE/LINE]
//
// Without -company it closes the specimen company of the country, India's in examples/monthend/company, whose README.md documents every
// column; copy that folder, or company-uk, company-us or company-ca beside it, to begin your own. The same folder gives the same bytes on any day and any machine. A row that is wrong stops it before
// anything is written, with every fault of all files at once. -explain says why one figure is what it is, and writes nothing.
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // the zones of the company, also on a machine that has none

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/examples/internal/report"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

//go:embed company company-uk company-us company-ca
var specimen embed.FS

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "%v\n\nNothing was written.\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("monthend", flag.ContinueOnError)
	country := flags.String("country", "in", "whose specimen company: in, uk, us or ca")
	dir := flags.String("company", "", "the `folder` of the company's files (default: the specimen company that is built in)")
	out := flags.String("out", filepath.Join("out", "monthend"), "the `folder` to write to; what an earlier run wrote there is replaced")
	explain := flags.String("explain", "", "say why `EMPLOYEE/LINE` is what it is, such as E014/epf, and write nothing")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return err
	case flags.NArg() > 0:
		return fmt.Errorf("%q is not understood: see -help", flags.Arg(0))
	}
	folder, err := company.Open(specimen, *country, *dir)
	if err != nil {
		return err
	}
	c, err := company.Read(folder)
	if err != nil {
		return fmt.Errorf("%w\n\nMend what is named above and run again; examples/monthend/company/README.md says what each file and column means", err)
	}
	employee, line, err := c.Line(*explain)
	if err != nil {
		return fmt.Errorf("-explain %w", err)
	}
	o := open(c, stdout)
	if line != "" {
		o.stdout = io.Discard
	}
	paid, err := o.month(ctx)
	if err != nil {
		return err
	}
	if line != "" {
		trace, err := o.pay.Explain(ctx, o.view(), paid, employee, line)
		if err == nil {
			err = report.Explain(stdout, trace)
		}
		return err
	}
	month, err := report.Gather(ctx, o.view(), c, paid, report.Sources{People: o.people, Leave: o.leave, Attendance: o.time, Payroll: o.pay})
	if err != nil {
		return err
	}
	checks, err := month.Write(*out)
	if err != nil {
		return err
	}
	o.say("Wrote %s to %s.", month.Wrote(), *out)
	return month.Summary(stdout, checks)
}

// office is a company at work: the services, wired over one store, and what it says while it works.
type office struct {
	company.Company
	kit    storage.Kit
	people lifecycle.Service
	leave  leave.Service
	time   attendance.Service
	pay    payroll.Service
	hiring recruitment.Service
	now    *time.Time
	steps  int
	stdout io.Writer
}

// open wires every service over the store in memory. A host does the same over its own tables, with its own clock, its own policy in
// the place of hr.AllowAll, and random seeds.
func open(c company.Company, stdout io.Writer) *office {
	db, now := memory.New(), c.Period.From.At(hr.MustTimeOfDay("09:00"), c.Zone)
	o := &office{Company: c, kit: db.Kit(hr.AllowAll, nil), now: &now, stdout: stdout}
	o.kit.Now = func() time.Time { return *o.now }
	o.kit.NewID = func() string { return "monthend" } // the same ids on every run; a host leaves this nil
	top := []hr.ActorID{c.ApprovedBy.ID}              // over everybody who has no manager
	o.people = lifecycle.Service{Kit: o.kit, Employments: db, Facts: db, Fallback: top}
	o.hiring = recruitment.Service{Kit: o.kit, Openings: db, Applications: db, Candidates: db, Hirer: o.people, Zone: c.Zone}
	o.leave = leave.Service{
		Kit: o.kit, Requests: db, Ledger: db, Absent: db,
		Terms: o.people, Router: o.people, Calendars: c.Calendars, Policies: c.LeaveTypes,
	}
	o.time = attendance.Service{
		Kit: o.kit, Punches: db, Rosters: db, Terms: o.people, Absences: o.leave, Leave: o.leave,
		Calendars: c.Calendars, Shifts: c.Shifts, Policy: c.Attendance, Penalty: c.Late,
	}
	o.pay = payroll.Service{
		Kit: o.kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db,
		Terms: o.people, Staff: o.people, People: o.people, Sheets: o.time, Evidence: []payroll.Evidence{o.people, o.time, o.leave},
		Changes: []payroll.Changes{o.people, o.time, o.leave}, Plans: []*payroll.Plan{c.Plan}, Approvers: []hr.ApprovalLevel{{Name: "finance", Approvers: top}},
	}
	return o
}

func (o *office) say(format string, args ...any) {
	o.steps++
	_, _ = fmt.Fprintf(o.stdout, "%2d. %s\n", o.steps, fmt.Sprintf(format, args...))
}

// by is a command of an actor. Its id says what it is about, so that the same row is the same command.
func (o *office) by(a hr.Actor, id ...string) hr.Command {
	return hr.Command{ID: hr.CommandID(o.Month() + "/" + strings.Join(id, "/")), Actor: a, Purpose: "month end"}
}

func (o *office) view() hr.View { return hr.View{Actor: o.PreparedBy, Purpose: "month end"} }

// month feeds everything that happened through the services, and pays.
func (o *office) month(ctx context.Context) (payroll.RunID, error) {
	o.say("Read %s: %d people, %d calendars, %d shifts, %d pay lines, %s.", o.Name, len(o.People), len(o.Calendars), len(o.Shifts), len(o.Plan.Lines()), o.Period)
	err := o.staff(ctx)
	if err == nil {
		err = errors.Join(o.absence(ctx), o.clocks(ctx)) // what both refuse is told together
	}
	if err == nil {
		err = o.settle(ctx)
	}
	if err != nil {
		return "", fmt.Errorf("%w\n\nA service refused what the files say. Mend the rows that are named and run again", err)
	}
	return o.payroll(ctx)
}

// staff takes over who is there, hires who joins through an accepted offer, and records raises and exits.
func (o *office) staff(ctx context.Context) error {
	hrs := o.PreparedBy
	taken, err := o.people.Import(ctx, o.by(hrs, "import"), o.Arrivals())
	if err != nil {
		return err
	}
	o.say("Took over %d employees from the earlier system.", len(taken))
	for _, e := range o.People {
		id := string(e.ID())
		if e.Offer {
			if err := o.hire(ctx, e); err != nil {
				return err
			}
			o.say("Hired %s through an accepted offer; the first day is %s.", id, e.Hire.Start)
		}
		for _, change := range e.Changes {
			if _, err := o.people.ChangeTerms(ctx, o.by(hrs, "terms", id, change.From.String()), e.ID(), change); err != nil {
				return err
			}
			o.say("Changed the pay of %s from %s on.", id, change.From)
		}
		if !e.LastDay.IsZero() {
			if err := o.people.Exit(ctx, o.by(hrs, "exit", id), e.ID(), e.LastDay, "left"); err != nil {
				return err
			}
			o.say("Recorded the exit of %s; the last day is %s.", id, e.LastDay)
		}
	}
	return nil
}

// hire goes the way of a candidate: opening, application, interview, offer, acceptance. The acceptance makes the employee.
func (o *office) hire(ctx context.Context, e company.Employee) error {
	id, t, hrs := string(e.ID()), e.Hire.Terms, o.PreparedBy
	opening, err := o.hiring.Open(ctx, o.by(hrs, "opening", id), recruitment.Opening{Title: t.Position, Seats: 1, Terms: t})
	person, fault := o.hiring.AddCandidate(ctx, o.by(hrs, "candidate", id), recruitment.Candidate{Person: e.Hire.Person})
	if err := errors.Join(err, fault); err != nil {
		return err
	}
	candidate, err := o.hiring.Apply(ctx, o.by(hrs, "apply", id), opening, person, recruitment.Source{})
	if err != nil {
		return err
	}
	for _, on := range []recruitment.Event{recruitment.ToScreening, recruitment.ToInterview} {
		if err := o.hiring.Advance(ctx, o.by(hrs, string(on), id), candidate, on); err != nil {
			return err
		}
	}
	if err := o.hiring.MakeOffer(ctx, o.by(hrs, "offer", id), candidate, recruitment.Offer{Employee: e.ID(), Start: e.Hire.Start, Expires: e.Hire.Start, Terms: t}); err != nil {
		return err
	}
	if _, err := o.hiring.Accept(ctx, o.by(hrs, "accept", id), candidate, 1); err != nil {
		return err
	}
	return o.people.Join(ctx, o.by(hrs, "join", id), e.ID())
}

// absence brings over leave balances, applies for leave in the name of each employee and lets the manager decide.
func (o *office) absence(ctx context.Context) (faults error) {
	for _, l := range o.Lots {
		_, err := o.leave.Grant(ctx, o.by(o.PreparedBy, "lot", l.Key()), l.Credit)
		faults = report.Refused(faults, l.Row, err)
	}
	for _, l := range o.Leave {
		request, err := o.leave.Apply(ctx, o.by(company.ActorOf(l.Employee), "leave", l.Key()), l.Application)
		if err == nil {
			err = o.leave.Decide(ctx, o.by(o.Approver(l.Employee), "decide", l.Key()), request, leave.Decision{Agree: true})
		}
		faults = report.Refused(faults, l.Row, err)
	}
	if faults == nil {
		o.say("Brought over %d leave balances.", len(o.Lots))
		o.say("Counted and approved %d leave requests.", len(o.Leave))
	}
	return faults
}

// clocks records the punches of the gates, and those that were missing and that somebody vouches for.
func (o *office) clocks(ctx context.Context) (faults error) {
	*o.now = o.ClosedAt
	if len(o.Punches) > 0 {
		_, err := o.time.Record(ctx, o.by(o.PreparedBy, "punches"), o.Punches...)
		faults = report.Refused(faults, "punches.csv", err)
	}
	for _, x := range o.Corrections {
		cmd := o.by(company.ActorOf(x.ApprovedBy), "correction", x.Key())
		cmd.Reason = x.Reason
		_, err := o.time.Correct(ctx, cmd, x.Correction)
		faults = report.Refused(faults, x.Row, err)
	}
	if faults == nil {
		o.say("Recorded %d punches, and %d that were missing.", len(o.Punches), len(o.Corrections))
	}
	return faults
}

// settle takes from leave what late marks cost.
func (o *office) settle(ctx context.Context) error {
	if o.Late.IsZero() {
		return nil
	}
	ids, pins := make([]hr.EmployeeID, len(o.People)), make([]hr.Pin, len(o.People))
	for i, e := range o.People {
		ids[i], pins[i].Employee = e.ID(), e.ID()
	}
	asked, err := o.time.ForLeave(ctx, o.view(), pins, o.Period)
	if err != nil {
		return err
	}
	charges, short := 0, 0
	for _, a := range asked {
		charges += len(a.Charges)
	}
	settled, err := o.time.SettleLeave(ctx, o.by(o.PreparedBy, "settle"), o.Period, ids...)
	for _, s := range settled {
		short += len(s.Short)
	}
	o.say("Took half a day of %s leave for each %d late marks: %d times, and %d times too little was left.", o.Late.Type, o.Late.Every, charges-short, short)
	return err
}

// payroll adopts the rules, takes over what was paid this year, and runs the month: one person calculates, another approves.
func (o *office) payroll(ctx context.Context) (payroll.RunID, error) {
	asks := o.PreparedBy
	if _, err := o.pay.Adopt(ctx, o.by(o.ApprovedBy, "adopt"), o.Plan, hr.Period{From: o.Period.From}); err != nil {
		return "", err
	}
	paid, err := o.pay.Open(ctx, o.by(asks, "year-to-date"), o.Paid()...)
	if err != nil {
		return "", fmt.Errorf("ytd.csv: %w", err)
	}
	if _, err := o.pay.Adjust(ctx, o.by(asks, "adjust"), o.Adjustments...); err != nil {
		return "", fmt.Errorf("adjustments.csv: %w", err)
	}
	o.say("Took over the year to date of %d people, and %d one-off amounts.", paid, len(o.Adjustments))
	run, err := o.pay.CreateRun(ctx, o.by(asks, "run"), payroll.RunSpec{Kind: payroll.RunRegular, Period: o.Period, PayDate: o.PayDate})
	if err != nil {
		return "", err
	}
	digest, err := o.pay.Calculate(ctx, o.by(asks, "calculate"), run)
	if err != nil {
		return "", err
	}
	results, err := o.pay.Members(ctx, o.view(), run, "", len(o.People))
	if err = errors.Join(err, report.Failures(results)); err != nil {
		return "", err
	}
	o.say("Calculated %d payslips; %s prepared them.", len(results), asks.ID)
	if _, err = o.pay.Approve(ctx, o.by(o.ApprovedBy, "approve"), run, digest); err == nil {
		_, err = o.pay.Pay(ctx, o.by(asks, "pay"), run)
	}
	if err != nil {
		return "", err
	}
	o.say("%s approved them, and they are posted as paid.", o.ApprovedBy.ID)
	return run, nil
}
