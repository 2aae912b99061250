package simulate

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
)

// Store is every port that a history uses. One value may be all of them, or a host puts its own ports and others together in a struct.
type Store interface {
	storage.Transactor
	storage.Log
	storage.Knowledge
	storage.Journal
	storage.AuditTrail
	storage.Outbox
	storage.Inbox
	storage.Keys
	lifecycle.Employments
	lifecycle.Facts
	lifecycle.Record
	lifecycle.Holds
	leave.Requests
	leave.Ledger
	leave.Absent
	attendance.Punches
	attendance.Rosters
	payroll.Runs
	payroll.Results
	payroll.Postings
	payroll.Adjustments
	payroll.Adoptions
	payroll.Debts
	payroll.Requests
	recruitment.Openings
	recruitment.Applications
	recruitment.Candidates
}

// World is a history while it is played: the store, and what the player wrote down for itself. It wrote that down by the plainest means, and an
// invariant compares the two.
type World struct {
	Company Company
	Store   Store
	Script  Script

	now        time.Time
	book       book
	ports      storagetest.Ports // those of Store
	seeing     *services         // those of [World.look]
	read       reads             // in the look that goes on
	violations []Violation
}

// reads is what one look of the invariants has read, for those that ask for it too.
type reads struct {
	slips   map[*run][]payroll.Payslip
	banks   map[*run]payroll.PaymentBatch
	ids     []hr.EmployeeID // whose ledgers are looked at
	ledgers [][]leave.Entry
}

// book is what the player remembers of what was answered.
type book struct {
	requests map[int]leave.RequestID // of the step that applied
	runs     map[string]*run         // by label
	hired    map[hr.EmployeeID]int   // by number: the step that hired, of who was hired or imported
	said     map[hr.EmployeeID]hr.BankAccount
	answers  []answer // what was answered before, and must be answered again
	done     map[int]bool
	loans    map[int]payroll.RequestID // of the step that asked
	owed     map[hr.EmployeeID]owed
	erased   map[hr.EmployeeID]bool
	posts    map[string]post                             // by label
	applied  map[hr.EmployeeID]recruitment.ApplicationID // by the number they would have
	mirror   mirror
	looked   int                            // how many were looked at, at the ends of months
	seen     map[hr.EmployeeID]hr.Known     // what was known of each when it was last looked at
	late     map[hr.EmployeeID]bool         // about whom something was said of an earlier month since the last regular run
	chains   map[string][]storage.AuditLink // the chains of the audit, as they were verified when a month ended
	ledgers  map[hr.EmployeeID]int          // how many entries the leave ledger of each had when it was last added up
}

func newBook() book {
	return book{
		requests: map[int]leave.RequestID{}, runs: map[string]*run{}, hired: map[hr.EmployeeID]int{}, said: map[hr.EmployeeID]hr.BankAccount{},
		done: map[int]bool{}, mirror: newMirror(),
		loans: map[int]payroll.RequestID{}, owed: map[hr.EmployeeID]owed{}, erased: map[hr.EmployeeID]bool{},
		seen: map[hr.EmployeeID]hr.Known{}, late: map[hr.EmployeeID]bool{}, chains: map[string][]storage.AuditLink{}, ledgers: map[hr.EmployeeID]int{},
		posts: map[string]post{}, applied: map[hr.EmployeeID]recruitment.ApplicationID{},
	}
}

func (w *World) violate(step Step, invariant, what string) {
	w.violations = append(w.violations, Violation{step, invariant, what})
}

// run is what the player knows of a payroll run.
type run struct {
	id         payroll.RunID
	digest     string
	calculated string // who calculated it
	approved   string // who approved it
	period     hr.Period
	payDate    hr.Date
	kind       payroll.RunKind
	paid       bool
	agreed     map[hr.EmployeeID]decimal.Decimal // the net pay that was approved
	counted    bool                              // whether its loans are in the book
}

// services are every service, as one actor in one step has them.
type services struct {
	tx     storage.Transactor
	db     storagetest.Ports
	people lifecycle.Service
	away   leave.Service
	clocks attendance.Service
	pay    payroll.Service
	desk   recruitment.Service
}

// wire wires the services over the store. Every step gets its own: a program that was killed begins with nothing but the store.
func (w *World) wire(db storagetest.Ports, tx storage.Transactor, policy hr.Policy, now func() time.Time) *services {
	kit := storage.Kit{
		Tx: tx, Log: db.Log, Know: db.Know, Journal: db.Journal, Authorize: policy, Now: now,
		NewID:  func() string { return fmt.Sprint("history ", w.Script.Seed) },
		Secret: []byte("a secret of a company that is none"), // a store that seals wants one
	}
	c, boss := w.Company, []hr.ActorID{"boss"}
	s := &services{tx: tx, db: db}
	people, away, clocks := &s.people, &s.away, &s.clocks // one of each, for all who ask it
	s.people = lifecycle.Service{
		Kit: kit, Employments: db.Employments, Facts: db.Terms, Record: db.Record, Fallback: boss, Zone: c.Zone,
		Holds: db.Holds, Keys: db.Keys, Retention: c.Retention, Retirements: c.Retirements,
	}
	s.away = leave.Service{
		Kit: kit, Requests: db.LeaveRequests, Ledger: db.Ledger, Absent: db.Absent, Terms: people, Router: people, Calendars: c.Calendars, Policies: c.Leave,
	}
	s.clocks = attendance.Service{
		Kit: kit, Punches: db.Punches, Rosters: db.Rosters, Terms: people, Absences: lifecycle.Away{People: s.people, Leave: away}, Leave: away,
		Calendars: c.Calendars, Shifts: c.Shifts, Policy: c.Attendance,
	}
	s.pay = payroll.Service{
		Kit: kit, Runs: db.Runs, Results: db.Results, Postings: db.Postings, Adjustments: db.Adjustments, Adoptions: db.Adoptions,
		Debts: db.Debts, Requests: db.PayrollRequests, Router: people,
		Terms: people, Staff: people, People: people, Sheets: clocks, Leavers: people, Evidence: []payroll.Evidence{people, clocks, away},
		Changes: []payroll.Changes{people, clocks, away}, Plans: c.Plans, Calendars: c.Calendars,
		Approvers: []hr.ApprovalLevel{{Name: "boss", Approvers: boss}},
	}
	s.desk = recruitment.Service{Kit: kit, Openings: db.Openings, Applications: db.Applications, Candidates: db.Candidates, Hirer: people, Zone: c.Zone}
	return s
}

// look are the services as an invariant sees them: it may see everything, nothing goes wrong, and nobody goes between.
func (w *World) look() *services {
	if w.seeing == nil {
		w.seeing = w.wire(w.ports, w.Store, hr.AllowAll, func() time.Time { return w.now })
	}
	return w.seeing
}

func (w *World) view() hr.View {
	return hr.View{Actor: hr.Actor{ID: "auditor", Roles: []string{"auditor"}}, Purpose: "what must always hold"}
}

// employees are all who were ever hired, by number.
func (w *World) employees() []hr.EmployeeID { return slices.Sorted(maps.Keys(w.book.hired)) }

// some are up to n of the employees, others each time.
func (w *World) some(n int) (out []hr.EmployeeID) {
	all := w.employees()
	for range min(n, len(all)) {
		out = append(out, all[w.book.looked%len(all)])
		w.book.looked++
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sample are those who are looked at when a month ends.
func (w *World) sample() []hr.EmployeeID { return w.some(min(everyMonth, 3+len(w.book.hired)/8)) }

// pins are the pins of all who were ever hired, as known today.
func pins(ids []hr.EmployeeID) []hr.Pin {
	out := make([]hr.Pin, len(ids))
	for i, id := range ids {
		out[i].Employee = id
	}
	return out
}

// actor is who acts, with the roles of the one who has that name in scripts.
func actor(who string) hr.Actor {
	switch who {
	case "hr", "payroll", "boss", "clock":
		return hr.Actor{ID: hr.ActorID(who), Roles: []string{who}}
	}
	return hr.Actor{ID: hr.ActorID(who), Employee: hr.EmployeeID(who)}
}

// mayDo is who may do what: the policy of every history.
func mayDo(a hr.Ask) hr.Verdict {
	if len(a.Via) > 0 {
		return hr.Verdict{Allow: true, Reason: "follows from what was allowed"}
	}
	for _, role := range a.Actor.Roles {
		if slices.Contains(allowed[role], a.Verb) {
			return hr.Verdict{Allow: true, Reason: "is the work of " + role}
		}
	}
	if a.Actor.Employee != "" && a.Stands(hr.RelationSelf) && slices.Contains(allowed["self"], a.Verb) {
		return hr.Verdict{Allow: true, Reason: "is their own"}
	}
	return hr.Verdict{Reason: "is not their work"}
}

var allowed = map[string][]string{
	"hr": {
		"lifecycle.Import", "lifecycle.Hire", "lifecycle.Join", "lifecycle.ChangeTerms", "lifecycle.Exit", "lifecycle.GiveNotice", "lifecycle.RecordDeath",
		"lifecycle.Rehire", "lifecycle.Suspend", "lifecycle.Return", "lifecycle.ChangePerson", "lifecycle.Employment", "lifecycle.StartLongLeave", "lifecycle.Retire", "lifecycle.Erase",
		"recruitment.Open", "recruitment.AddCandidate", "recruitment.Apply", "recruitment.Advance", "recruitment.MakeOffer", "recruitment.Accept",
		"leave.AccrueThrough", "leave.Encash", "leave.GiveBack", "leave.Grant", "attendance.Roster", "attendance.Correct", "attendance.Void",
	},
	"payroll": {
		"payroll.Adopt", "payroll.CreateRun", "payroll.Calculate", "payroll.Pay", "payroll.Close", "payroll.Cancel", "payroll.Adjust", "payroll.Override",
		"payroll.Findings", "payroll.Ask", "payroll.Attach",
	},
	"boss":  {"payroll.Decide", "payroll.Approve", "payroll.Override", "payroll.Findings", "leave.Decide"},
	"clock": {"attendance.Record"},
	"self":  {"leave.Apply", "leave.Cancel", "leave.Withdraw", "leave.Decide", "payroll.Approve"}, // that nobody decides about themselves is the domain's own rule
}

// answer is what somebody was told about an employee, and as known when.
type answer struct {
	pin    hr.Pin
	period hr.Period
	digest string
}

// told is the digest of everything that is answered about a pin.
func (w *World) told(ctx context.Context, pin hr.Pin, p hr.Period) (string, error) {
	s, v := w.look(), w.view().At(pin.Known)
	one := []hr.Pin{pin}
	terms, err := s.people.TermsOf(ctx, v, one, p)
	if err != nil {
		return "", err
	}
	absences, err := s.away.Absences(ctx, v, one, p)
	if err != nil {
		return "", err
	}
	sheets, err := s.clocks.Timesheets(ctx, v, one, p)
	if err != nil {
		return "", err
	}
	var lots []leave.Lot
	if !p.Through.IsZero() {
		if lots, err = s.away.Lots(ctx, v, pin.Employee, p.Through); err != nil {
			return "", err
		}
	}
	posted, err := w.Store.PostingsOf(ctx, one)
	if err != nil {
		return "", err
	}
	return hr.Digest("simulate/answer/1", struct {
		Terms    []string
		Absences []hr.Absence
		Sheet    string
		Lots     string
		Posted   int
	}{digestTerms(terms[0]), absences[0], sheets[0].Digest(), digestLots(lots), len(posted[0])}), nil
}

func digestTerms(t hr.Timeline[hr.Terms]) (out []string) {
	for _, step := range t.Steps() {
		out = append(out, hr.Digest("simulate/terms/1", step))
	}
	return out
}

func digestLots(lots []leave.Lot) string {
	var out strings.Builder
	for _, l := range lots {
		_, _ = fmt.Fprintln(&out, l.ID, l.Type, l.Usable, l.Granted, l.Taken, l.Carried, l.Paid, l.Lapsed, l.Left)
	}
	return hr.Digest("simulate/lots/1", out.String())
}
