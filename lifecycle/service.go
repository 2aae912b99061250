package lifecycle

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Service keeps the employments of one tenant. It is wired as a literal and safe for concurrent use.
type Service struct {
	Kit         storage.Kit
	Employments Employments
	Facts       Facts
	Record      Record       // what happened, when, by whom and why; nil: only what holds now is kept
	Proposals   Proposals    // changes that wait for approval; nil: none can be proposed
	Documents   Documents    // what expires; nil: none are kept
	Holds       Holds        // legal holds; nil: there are none
	Consents    Consents     // what employees agreed to; nil: none are kept
	Keys        storage.Keys // what can forget; nil: nobody is erased

	Table       Table            // the zero Table: as in [Standard]
	Probations  []ProbationRule  // how long a trial lasts: the first that fits; none fits: no end is planned
	Retirements []RetirementRule // at what age employment ends: the first that fits; none fits: at no age
	BankChange  BankChange       // how a changed bank account waits
	Retention   []KeepRule       // how long the law wants what is held about people; none: nobody is erased
	Zone        *time.Location   // where the day of a command is; nil: UTC
	// Progress is told how many rows of how many an import has done, if it is not nil. It may be told the same again.
	Progress func(done, of int)
	// Fallback approves where no manager can: whom [Service.Route] names then.
	Fallback []hr.ActorID

	Structure   Structure              // nil: there is no organisation but the terms, and no limit on a position
	Delegations Delegations            // nil: nobody stands in for anybody
	Absences    Absences               // nil: nobody is ever away
	Routing     Routing                // who approves; the zero Routing: the direct manager
	Checklists  Checklists             // nil: there are no checklists, and no gate is held up
	Templates   []ChecklistTemplate    // what checklists are made from: the first that fits
	Calendars   map[string]hr.Calendar // by the name that terms give: the days that checklists count
}

func (s Service) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// Validate returns [hr.FieldError]s with RuleService for what is missing. Every writing method checks it.
func (s Service) Validate() error {
	var faults hr.Faults
	for _, need := range []struct {
		path string
		ok   bool
	}{{"employments", s.Employments != nil}, {"facts", s.Facts != nil}} {
		if !need.ok {
			faults.Missing("lifecycle."+need.path, RuleService)
		}
	}
	return faults.Err()
}

// do runs a writing command of s.
func do[R any](ctx context.Context, s Service, cmd hr.Command, verb string, args any, fn func(context.Context, hr.Command) (R, []storage.Event, error)) (R, error) {
	if err := s.Validate(); err != nil {
		var none R
		return none, fmt.Errorf("%s: %w", verb, err)
	}
	return storage.Do(ctx, s.Kit, cmd, verb, args, fn)
}

// find looks up the row of id in rows, which are by id as the port returns them.
func find(rows []Employment, id hr.EmployeeID) (e Employment, found bool) {
	i, found := slices.BinarySearchFunc(rows, id, func(e Employment, id hr.EmployeeID) int { return cmp.Compare(e.ID, id) })
	if found {
		e = rows[i]
	}
	return e, found
}

// learnt gives entries of emp their ids and the number and moment they are learnt under. taken is by employee and holds emp.
func learnt(cmd hr.Command, taken []storage.Taken, emp hr.EmployeeID, entries []hr.Entry[hr.Terms]) []hr.Entry[hr.Terms] {
	t, _ := takenOf(taken, emp)
	for i := range entries {
		e := &entries[i]
		e.ID, e.Seq, e.Line, e.Recorded = cmd.NewID(kindTerms, string(emp), strconv.Itoa(i)), t.Known.Own, i, t.Recorded
		if e.Cause.IsZero() {
			e.Cause = hr.Ref{Kind: "command", ID: string(cmd.ID)}
		}
	}
	return entries
}

// takenOf finds the number of emp in taken, which is by employee.
func takenOf(taken []storage.Taken, emp hr.EmployeeID) (t storage.Taken, found bool) {
	at, found := slices.BinarySearchFunc(taken, emp, func(t storage.Taken, emp hr.EmployeeID) int { return cmp.Compare(t.Employee, emp) })
	if found {
		t = taken[at]
	}
	return t, found
}

func termsRef(e hr.Entry[hr.Terms]) hr.Ref { return hr.Ref{Kind: kindTerms, ID: e.ID, Seq: e.Seq} }

// event announces what happened to emp; one command announces one thing of each kind and employee.
func event(cmd hr.Command, kind string, emp hr.EmployeeID, ref hr.Ref) storage.Event {
	return storage.Event{ID: cmd.NewID("event", kind, string(emp)), Stream: "lifecycle/" + string(emp), Kind: "lifecycle." + kind, Subject: emp, Ref: ref, At: cmd.At()}
}

// TermsOf returns the terms of each pin, in pin order, as known at the pin; zero is today. A day without a value is a day on which
// they are not employed. The period limits what must be right; the timelines may say more.
func (s Service) TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, _ hr.Period) ([]hr.Timeline[hr.Terms], error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.TermsOf", employees(pins)...); err != nil {
		return nil, err
	}
	return timelines(ctx, s.Facts, pins)
}

// TermsHistory returns everything ever written about the terms of one employee, up to v.Known.Own; zero is today. It is the history
// report, and where the id of a change to withdraw is found. An employee that does not exist is RuleEmploymentUnknown.
func (s Service) TermsHistory(ctx context.Context, v hr.View, emp hr.EmployeeID) (hr.History[hr.Terms], error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.TermsHistory", emp); err != nil {
		return hr.History[hr.Terms]{}, err
	}
	return s.termsHistory(ctx, v, emp)
}

func (s Service) termsHistory(ctx context.Context, v hr.View, emp hr.EmployeeID) (hr.History[hr.Terms], error) {
	if _, err := s.employment(ctx, emp); err != nil {
		return hr.History[hr.Terms]{}, err
	}
	all, err := histories(ctx, s.Facts, []hr.Pin{{Employee: emp, Known: v.Known}})
	if err != nil {
		return hr.History[hr.Terms]{}, err
	}
	return all[0], nil
}

// People returns who the employees are, in the order asked, as of now. Where BankChange.Hold is set, who waits for another bank account has
// none, so that payroll holds the pay; otherwise it is the old one. Ids that do not exist are faults with
// RuleEmploymentUnknown, all reported together; errors.Is finds storage.ErrNotFound.
func (s Service) People(ctx context.Context, v hr.View, ids ...hr.EmployeeID) ([]hr.Person, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.People", ids...); err != nil {
		return nil, err
	}
	rows, err := s.Employments.Employments(ctx, ids...)
	if err != nil {
		return nil, err
	}
	held, err := s.onHold(ctx)
	if err != nil {
		return nil, err
	}
	people := make([]hr.Person, len(ids))
	var faults hr.Faults
	for i, id := range ids {
		e, found := find(rows, id)
		if !found {
			faults.Join("ids["+strconv.Itoa(i)+"]", unknown(""))
		}
		people[i] = e.Person
		if held[id] {
			people[i].Bank = hr.BankAccount{}
		}
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	return people, nil
}

// Employees returns who is employed on some day of p, as of now, by id: those behind after, at most limit of them (below 1: all).
func (s Service) Employees(ctx context.Context, v hr.View, p hr.Period, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.Employees"); err != nil {
		return nil, err
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return s.Employments.EmployedIn(ctx, p, after, limit)
}

// Employment returns the case of one employee, as of now, or RuleEmploymentUnknown.
func (s Service) Employment(ctx context.Context, v hr.View, emp hr.EmployeeID) (Employment, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.Employment", emp); err != nil {
		return Employment{}, err
	}
	return s.employment(ctx, emp)
}

// SharingAccount returns the others whose exit is not recorded and who are paid into the bank account of emp, by id: spouses, or
// somebody's mistake, or fraud. A payroll check asks it before paying.
func (s Service) SharingAccount(ctx context.Context, v hr.View, emp hr.EmployeeID) ([]hr.EmployeeID, error) {
	if err := storage.May(ctx, s.Kit, v, "lifecycle.SharingAccount", emp); err != nil {
		return nil, err
	}
	e, err := s.employment(ctx, emp)
	if err != nil {
		return nil, err
	}
	ids, err := s.Employments.PaidInto(ctx, e.Person.Bank)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	rows, err := s.Employments.Employments(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var others []hr.EmployeeID
	for _, o := range rows {
		if o.ID != emp && s.Table.Meaning(o.State).Employed {
			others = append(others, o.ID)
		}
	}
	return others, nil
}

func (s Service) employment(ctx context.Context, emp hr.EmployeeID) (Employment, error) {
	e, err := s.Employments.Employment(ctx, emp)
	if errors.Is(err, storage.ErrNotFound) {
		return Employment{}, unknown("employee")
	}
	return e, err
}

func unknown(path string) *hr.FieldError {
	return &hr.FieldError{Path: path, Rule: RuleEmploymentUnknown, Reason: "is no employee", Err: storage.ErrNotFound}
}

func employees(pins []hr.Pin) []hr.EmployeeID {
	ids := make([]hr.EmployeeID, len(pins))
	for i, p := range pins {
		ids[i] = p.Employee
	}
	return ids
}
