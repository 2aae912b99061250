// Command quickstart opens two doors of Muster: a payslip by pure functions, and every service wired over the store in memory.
//
//	go run ./examples/quickstart
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/leave/holidays/in"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	law "github.com/musterhr/hr/payroll/statutory/in"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage/memory"
	"github.com/shopspring/decimal"
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
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer) error {
	if err := pure(w); err != nil {
		return err
	}
	return services(ctx, w)
}

func pure(w io.Writer) error {
	// door 1
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{law.Pack()}, Components: []payroll.Component{{Text: rules}}})
	if err != nil {
		return err
	}
	joined := hr.MustDate("2026-10-12") // pay, answers and days employed follow from the terms on each day
	slip, err := plan.Calculate(payroll.Input{Employee: "E1", Period: october, PayDate: october.Through, Terms: hr.Since(joined, terms)})
	if err != nil {
		return err
	}
	return slip.Text(w)
	// Payslip E1   2026-10-01..2026-10-31   paid 2026-10-31   INR
	// ----------------------------------------------------------------
	// Earnings
	//   Basic                                                 33548.39
	// Gross pay                                               33548.39
	// Deductions
	//   Provident fund (EPF)                                   3000.00
	//   Professional tax                                        200.00
	// Total deductions                                         3200.00
	// NET PAY                                                 30348.39
	// end door 1
}

// app is every service of one company.
type app struct {
	People     lifecycle.Service
	Leave      leave.Service
	Attendance attendance.Service
	Payroll    payroll.Service
	Hiring     recruitment.Service
}

// door 2
func wire(plan *payroll.Plan, calendar hr.Calendar, shift attendance.Shift, now func() time.Time) app {
	db := memory.New()
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

// end door 2

// services hires somebody, records a month of punches, and pays her: calculated by one person, approved by another.
func services(ctx context.Context, w io.Writer) error {
	zone, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		return err
	}
	calendar, err := hr.NewCalendar(hr.CalendarRules{
		Name: "pune", Span: hr.MustPeriod("2026-01-01..2026-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
		Holidays: in.National(), Observe: hr.ActualDay,
	})
	if err != nil {
		return err
	}
	plan, err := payroll.Compile(payroll.Config{Currency: "INR", Packs: []payroll.Pack{law.Pack()}, Components: []payroll.Component{{Text: rules}}})
	if err != nil {
		return err
	}
	shift := attendance.Shift{ID: "general", Zone: zone, Start: hr.MustTimeOfDay("09:30"), End: hr.MustTimeOfDay("18:00"), Break: attendance.Break{Minutes: 30}}
	a := wire(plan, calendar, shift, func() time.Time { return time.Date(2026, 10, 31, 12, 0, 0, 0, zone) })

	officer, owner := hr.Actor{ID: "officer"}, hr.Actor{ID: "owner"}
	do := func(by hr.Actor, id hr.CommandID) hr.Command {
		return hr.Command{ID: id, Actor: by, Purpose: "quickstart"} // the same id again is the same command: it runs once
	}
	employee, err := a.People.Hire(ctx, do(officer, "hire"), hr.Hire{
		Employee: "E1", Start: hr.MustDate("2026-04-01"), Terms: terms,
		Person: hr.Person{Name: "Alma Specimen", Bank: hr.BankAccount{Holder: "ALMA SPECIMEN", Number: hr.NewSecret("000123456789"), Bank: "QWER0001234", Kind: "savings"}},
	})
	if err != nil {
		return err
	}
	var punches []attendance.Punch
	for d := range october.Days() {
		if day, err := calendar.Day(d); err == nil && day.Working() && d != hr.MustDate("2026-10-20") { // one day she did not come
			punches = append(punches,
				attendance.Punch{Employee: employee, At: d.At(hr.MustTimeOfDay("09:25"), zone), Direction: attendance.In},
				attendance.Punch{Employee: employee, At: d.At(hr.MustTimeOfDay("18:05"), zone), Direction: attendance.Out})
		}
	}
	if _, err := a.Attendance.Record(ctx, do(officer, "punches"), punches...); err != nil {
		return err
	}
	if _, err := a.Payroll.Adopt(ctx, do(owner, "adopt"), plan, hr.MustPeriod("2026-04-01..")); err != nil {
		return err
	}
	month, err := a.Payroll.CreateRun(ctx, do(officer, "create"), payroll.RunSpec{Kind: payroll.RunRegular, Period: october, PayDate: october.Through})
	if err != nil {
		return err
	}
	digest, err := a.Payroll.Calculate(ctx, do(officer, "calculate"), month)
	if err != nil {
		return err
	}
	if _, err := a.Payroll.Approve(ctx, do(owner, "approve"), month, digest); err != nil {
		return err
	}
	if _, err := a.Payroll.Pay(ctx, do(officer, "pay"), month); err != nil {
		return err
	}
	view := hr.View{Actor: officer, Purpose: "quickstart"}
	slip, err := a.Payroll.Payslip(ctx, view, month, employee)
	if err != nil {
		return err
	}
	fmt.Fprintln(w)
	if err := slip.Text(w); err != nil {
		return err
	}
	why, err := a.Payroll.Explain(ctx, view, month, employee, "basic_pay")
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "\nWhy is basic pay what it is?")
	return why.Text(w)
}
