package company

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
)

// Company is everything the folder says, sorted.
type Company struct {
	Settings
	Calendars   map[string]hr.Calendar
	Shifts      map[string]attendance.Shift
	Attendance  attendance.Policy
	Late        attendance.LatePenalty // what late marks cost
	People      []Employee             // by id
	Punches     []attendance.Punch
	Corrections []Correction
	LeaveTypes  leave.Policies
	Lots        []Lot
	Leave       []Leave
	Plan        *payroll.Plan
	Rules       string // pay.rules, from which the plan is compiled
	Chart       payroll.Chart
	Adjustments []payroll.Adjustment // amounts beside the agreed pay
	Loans       []Loan
	OnHold      map[hr.EmployeeID]string // whose net pay is kept back, and why
	TakenBack   []TakenBack
	Seen        []Seen
}

// Settings is company.csv.
type Settings struct {
	Country    string // "uk": by the currency; see [InCountry]
	Name       string
	Entity     string
	Currency   hr.Currency
	Zone       *time.Location
	First      hr.Period // the first month that is run here
	Period     hr.Period // the month that is closed
	PayDate    hr.Date
	ClosedAt   time.Time      // the clock of the whole program: the same input gives the same bytes on any day
	Bank       hr.BankAccount // the account that pays
	Narration  string
	More       map[string]string // what only this country asks for, by setting
	PreparedBy hr.Actor
	ApprovedBy hr.Actor
	// ChangePercent is how much net pay may differ from the month before without being looked at.
	ChangePercent int
}

// Month returns the month that is closed, "2026-10", or the first day of another pay period.
func (s Settings) Month() string {
	if s.Period == hr.MonthOf(s.Period.From) {
		return s.Period.From.String()[:7]
	}
	return s.Period.From.String()
}

// Employee is one row of employees.csv with its pay and answers.
type Employee struct {
	Hire    hr.Hire                 // with the first row of their pay
	Offer   bool                    // they come through an offer of this month, not from the earlier system
	Changes []lifecycle.TermsChange // further rows of their pay, by day; one from an earlier month was agreed late
	LastDay hr.Date                 // no date: they stay
	Paid    []payroll.Amount        // the lines of this tax year before this month, sorted
}

// ID returns the employee's number.
func (e Employee) ID() hr.EmployeeID { return e.Hire.Employee }

// Period returns the days of the employment.
func (e Employee) Period() hr.Period { return hr.Period{From: e.Hire.Start, Through: e.LastDay} }

// Approver returns who decides on the leave of an employee: the manager, and at the top whoever approves the payroll.
func (c Company) Approver(id hr.EmployeeID) hr.Actor {
	for _, e := range c.People {
		if m := e.Hire.Terms.Manager; e.ID() == id && m != "" {
			return ActorOf(m)
		}
	}
	return c.ApprovedBy
}

// ActorOf returns the employee as somebody who acts: here the login is the number.
func ActorOf(id hr.EmployeeID) hr.Actor { return hr.Actor{ID: hr.ActorID(id), Employee: id} }

// Correction is a punch that somebody else puts in, with the reason.
type Correction struct {
	attendance.Correction
	Reason     string
	ApprovedBy hr.EmployeeID
	Row        string // where it stands: "corrections.csv line 2"
}

// Key says what the correction is about, in whatever line it stands.
func (x Correction) Key() string { return string(x.Employee) + "/" + x.At.String() }

// Lot is a leave balance that is brought over.
type Lot struct {
	leave.Credit
	Row string
}

// Key says which lot it is, in whatever line it stands.
func (l Lot) Key() string {
	return string(l.Employee) + "/" + string(l.Type) + "/" + l.Usable.From.String()
}

// Leave is one leave request, which the manager approves.
type Leave struct {
	leave.Application
	Row string
}

// Key says which request it is, in whatever line it stands.
func (l Leave) Key() string {
	return string(l.Employee) + "/" + l.Period.From.String() + "/" + string(l.FromHalf)
}

// Source says where everything comes from that an earlier system knew.
func (c Company) Source() hr.Source {
	return hr.Source{Title: "the files of " + c.Name, Dated: c.First.From}
}

// Arrivals returns who is taken over: everybody but those who join through an offer.
func (c Company) Arrivals() (rows []lifecycle.Arrival) {
	for _, e := range c.People {
		if !e.Offer {
			rows = append(rows, lifecycle.Arrival{Hire: e.Hire, Joined: true, Confirmed: e.Hire.Start, Source: c.Source()})
		}
	}
	return rows
}

// Paid returns what was paid in this tax year before the first month that is run here, for those who were.
func (c Company) Paid() (rows []payroll.Opening) {
	before := hr.Period{From: taxYear(&c), Through: c.First.From.Add(-1)}
	for _, e := range c.People {
		if len(e.Paid) > 0 {
			rows = append(rows, payroll.Opening{Employee: e.ID(), Period: before, PayDate: before.Through, Currency: c.Currency, Lines: e.Paid, Source: c.Source()})
		}
	}
	return rows
}

// Line reads which figure is asked for, "E014/epf": an employee and a line of their payslip; an empty text asks for none. The error
// says what there is instead.
func (c Company) Line(text string) (hr.EmployeeID, string, error) {
	if text == "" {
		return "", "", nil
	}
	employee, line, _ := strings.Cut(text, "/")
	if !slices.ContainsFunc(c.People, func(e Employee) bool { return e.ID() == hr.EmployeeID(employee) }) {
		return "", "", fmt.Errorf("wants EMPLOYEE/LINE, such as E014/epf, and %q is no employee of %s", employee, fileEmployees)
	}
	var shown, behind []string
	for _, l := range c.Plan.Lines() {
		switch {
		case l.Name == line:
			return hr.EmployeeID(employee), line, nil
		case l.Kind == payroll.Working:
			behind = append(behind, l.Name)
		default:
			shown = append(shown, l.Name)
		}
	}
	return "", "", fmt.Errorf("wants EMPLOYEE/LINE, such as E014/epf, and %q is no line of a payslip. It shows %s; behind these are %s",
		line, strings.Join(shown, ", "), strings.Join(behind, ", "))
}

// Folder opens the folder that a person names.
func Folder(name string) (fs.FS, error) {
	if _, err := os.ReadDir(name); err != nil {
		return nil, fmt.Errorf("the company's folder cannot be opened: %w", err)
	}
	return os.DirFS(name), nil
}

// Read reads a company, or returns every [Fault] of all files together as [Faults].
func Read(fsys fs.FS) (Company, error) {
	r := &reader{fsys: fsys, broken: map[string]bool{}}
	var c Company
	set := r.company(&c)
	r.calendars(&c)
	r.shifts(&c)
	r.attendance(&c)
	r.plan(&c)
	staff := r.employees(&c)
	r.actors(set, staff)
	r.pay(&c, staff)
	r.answers(&c, staff)
	r.yearToDate(&c, staff)
	r.punches(&c, staff)
	r.corrections(&c, staff)
	r.leaveTypes(&c)
	r.leaveOpening(&c, staff)
	r.leave(&c, staff)
	r.adjustments(&c, staff)
	r.loans(&c, staff)
	r.onHold(&c, staff)
	r.takenBack(&c, staff)
	r.seen(&c, staff)
	r.chart(&c)
	r.trial(&c, staff)
	for _, m := range staff.sorted() {
		c.People = append(c.People, m.Employee)
	}
	if err := r.faults.err(); err != nil {
		return Company{}, err
	}
	return c, nil
}
