// Command sqlite is the quickstart over a file: it hires somebody, records a month of punches and pays her, closes the file, opens it again and
// reads the payslip back.
//
//	go -C examples/quickstart/sqlite run . [FILE]
//
// Without FILE it works in a temporary one. Run twice with the same FILE it does everything once: a command that is sent again is told
// what it did the first time.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/leave/holidays/in"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	law "github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/sqlite"
)

// The host's own component: what a month of basic pay is worth. Everything else is the law.
const rules = `
input basic: money by piece
input payable_days: days by piece
input period_days: days
line basic_pay "Basic" in earnings, wages, gross, taxable = round(pieces(basic * payable_days / period_days), 0.01)
line basic_full in full_month_wages, full_month_gross, full_month_taxable = last(basic)
`

var terms = hr.Terms{
	Entity: "Example Ltd", Currency: "INR", Calendar: "pune", Shift: "general",
	Pay: []hr.PayTerm{{Name: "basic", Amount: decimal.NewFromInt(52000)}},
	Answers: []hr.Answer{
		{Name: "pf_capped", Text: "yes"},
		{Name: "eps_member", Text: "yes"},
		{Name: "esi_covered", Text: "no"},
		{Name: "pt_state", Text: "MH"},
		{Name: "gender", Text: "female"},
	},
}

var october = hr.MustPeriod("2026-10-01..2026-10-31")

func main() {
	if err := run(context.Background(), os.Stdout, os.Args[1:]...); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, args ...string) (err error) {
	path := filepath.Join(os.TempDir(), fmt.Sprintf("quickstart-%d.db", os.Getpid()))
	if len(args) > 0 {
		path = args[0]
	} else {
		defer func() { err = errors.Join(err, os.Remove(path)) }()
	}
	company, err := setUp()
	if err != nil {
		return err
	}
	month, err := company.month(ctx, path)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "Hired, clocked and paid. The file is closed; now it is opened again.")
	fmt.Fprintln(w)
	return company.readBack(ctx, w, path, month)
}

// company is what a host's program holds and no database does: plan, calendar, shift.
type company struct {
	plan     *payroll.Plan
	calendar hr.Calendar
	shift    attendance.Shift
}

func setUp() (company, error) {
	zone, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		return company{}, err
	}
	calendar, err := hr.NewCalendar(hr.CalendarRules{
		Name: "pune", Span: hr.MustPeriod("2026-01-01..2026-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
		Holidays: in.National(), Observe: hr.ActualDay,
	})
	if err != nil {
		return company{}, err
	}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{law.Pack()}, Components: []payroll.Component{{Text: rules}}})
	if err != nil {
		return company{}, err
	}
	shift := attendance.Shift{ID: "general", Zone: zone, Start: hr.MustTimeOfDay("09:30"), End: hr.MustTimeOfDay("18:00"), Break: attendance.Break{Minutes: 30}}
	return company{plan, calendar, shift}, nil
}

// app is every service of one company.
type app struct {
	People     lifecycle.Service
	Leave      leave.Service
	Attendance attendance.Service
	Payroll    payroll.Service
	Hiring     recruitment.Service
}

// wire is that of examples/quickstart, with another db.
func wire(db *sqlite.DB, plan *payroll.Plan, calendar hr.Calendar, shift attendance.Shift, now func() time.Time) app {
	kit := db.Kit(hr.AllowAll, now) // your own hr.Policy here
	calendars := map[string]hr.Calendar{calendar.Name(): calendar}
	people := lifecycle.Service{Kit: kit, Employments: db, Facts: db, Record: db, Fallback: []hr.ActorID{"owner"}}
	away := leave.Service{Kit: kit, Requests: db, Ledger: db, Absent: db, Terms: people, Router: people, Calendars: calendars}
	clocks := attendance.Service{
		Kit: kit, Punches: db, Rosters: db, Terms: people, Absences: lifecycle.Away{People: people, Leave: away}, Leave: away, Calendars: calendars,
		Shifts: map[string]attendance.Shift{shift.ID: shift},
	}
	pay := payroll.Service{
		Kit: kit, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db,
		Terms: people, Staff: people, People: people, Sheets: clocks, Evidence: []payroll.Evidence{people, clocks, away},
		Changes: []payroll.Changes{people, clocks, away},
		Plans:   []*payroll.Plan{plan}, Approvers: []hr.ApprovalLevel{{Name: "owner", Approvers: []hr.ActorID{"owner"}}},
	}
	hiring := recruitment.Service{Kit: kit, Openings: db, Applications: db, Candidates: db, Hirer: people}
	return app{People: people, Leave: away, Attendance: clocks, Payroll: pay, Hiring: hiring}
}

// door 2 over a file

// open opens the file and wires every service over it; whoever calls it closes it.
func (c company) open(ctx context.Context, path string) (app, *sqlite.DB, error) {
	db, err := sqlite.Open(ctx, path) // which is made if it is not there
	if err != nil {
		return app{}, nil, err
	}
	now := func() time.Time { return time.Date(2026, 10, 31, 12, 0, 0, 0, c.shift.Zone) } // yours is time.Now
	return wire(db, c.plan, c.calendar, c.shift, now), db, nil
}

// end door 2 over a file

var officer, owner = hr.Actor{ID: "officer"}, hr.Actor{ID: "owner"}

func do(by hr.Actor, id hr.CommandID) hr.Command {
	return hr.Command{ID: id, Actor: by, Purpose: "quickstart"} // the same id again is the same command: it runs once
}

// month hires, records and pays: calculated by one person, approved by another.
func (c company) month(ctx context.Context, path string) (month payroll.RunID, err error) {
	a, db, err := c.open(ctx, path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	employee, err := a.People.Hire(ctx, do(officer, "hire"), hr.Hire{
		Employee: "E1", Start: hr.MustDate("2026-04-01"), Terms: terms,
		Person: hr.Person{Name: "Alma Specimen", Bank: hr.BankAccount{Holder: "ALMA SPECIMEN", Number: hr.NewSecret("000123456789"), Bank: "QWER0001234", Kind: "savings"}},
	})
	if err != nil {
		return "", err
	}
	var punches []attendance.Punch
	for d := range october.Days() {
		if day, err := c.calendar.Day(d); err == nil && day.Working() && d != hr.MustDate("2026-10-20") { // one day she did not come
			punches = append(punches,
				attendance.Punch{Employee: employee, At: d.At(hr.MustTimeOfDay("09:25"), c.shift.Zone), Direction: attendance.In},
				attendance.Punch{Employee: employee, At: d.At(hr.MustTimeOfDay("18:05"), c.shift.Zone), Direction: attendance.Out})
		}
	}
	if _, err := a.Attendance.Record(ctx, do(officer, "punches"), punches...); err != nil {
		return "", err
	}
	if _, err := a.Payroll.Adopt(ctx, do(owner, "adopt"), c.plan, hr.MustPeriod("2026-04-01..")); err != nil {
		return "", err
	}
	month, err = a.Payroll.CreateRun(ctx, do(officer, "create"), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
	if err != nil {
		return "", err
	}
	digest, err := a.Payroll.Calculate(ctx, do(officer, "calculate"), month)
	if err != nil {
		return "", err
	}
	if _, err := a.Payroll.Approve(ctx, do(owner, "approve"), month, digest); err != nil {
		return "", err
	}
	_, err = a.Payroll.Pay(ctx, do(officer, "pay"), month)
	return month, err
}

// readBack is another process, or the same after a restart.
func (c company) readBack(ctx context.Context, w io.Writer, path string, month payroll.RunID) (err error) {
	a, db, err := c.open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	slip, err := a.Payroll.Payslip(ctx, hr.View{Actor: officer, Purpose: "quickstart"}, month, "E1")
	if err != nil {
		return err
	}
	return slip.Text(w)
}
