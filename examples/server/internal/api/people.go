package api

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// Person is somebody who is employed.
type Person struct {
	ID           hr.EmployeeID   `json:"id"`
	Name         string          `json:"name"`
	Email        string          `json:"email,omitempty"`
	Phone        string          `json:"phone,omitempty"`
	Entity       string          `json:"entity,omitempty" doc:"who employs and pays"`
	Department   string          `json:"department,omitempty"`
	Position     string          `json:"position,omitempty"`
	Grade        string          `json:"grade,omitempty"`
	Place        string          `json:"place,omitempty"`
	Manager      hr.EmployeeID   `json:"manager,omitempty"`
	State        lifecycle.State `json:"state,omitempty" doc:"of one person: probation, confirmed, on_notice, ..."`
	Start        hr.Date         `json:"start,omitzero" doc:"of one person: the first day"`
	ProbationEnd hr.Date         `json:"probation_end,omitzero"`
	LastDay      hr.Date         `json:"last_day,omitzero" doc:"the last day, itself employed"`

	stored storage.Version
}

func (p Person) version() storage.Version { return p.stored }

func (a *API) people() {
	type on struct {
		Paging
		On hr.Date `query:"on" doc:"who is employed on this day; empty: today"`
	}
	get(a, "/v1/people", "people", "Who is employed on a day", func(ctx context.Context, r Request, in *on) (List[Person], error) {
		day := r.day(in.On)
		ids, err := r.App.People.Employees(ctx, r.View(), hr.Period{From: day, Through: day}, hr.EmployeeID(in.After), in.Limit)
		if err != nil {
			return List[Person]{}, err
		}
		people, err := r.people(ctx, day, ids...)
		return list(people, in.Limit, func(p Person) string { return string(p.ID) }), err
	})
	get(a, "/v1/people/{employee}", "people", "One person", func(ctx context.Context, r Request, in *Employee) (Person, error) {
		e, err := r.App.People.Employment(ctx, r.View(), in.Employee)
		if err != nil {
			return Person{}, err
		}
		people, err := r.people(ctx, r.App.Today(), in.Employee)
		if err != nil {
			return Person{}, err
		}
		if e, err = shown(ctx, r, "lifecycle.Employment", e, in.Employee); err != nil {
			return Person{}, err
		}
		p := people[0]
		p.State, p.Start, p.ProbationEnd, p.LastDay, p.stored = e.State, e.Start, e.ProbationEnd, e.LastDay, e.Version
		return p, nil
	})
	get(a, "/v1/team", "people", "Who reports to me", func(ctx context.Context, r Request, _ *Nothing) (List[Person], error) {
		ids, err := r.App.Reports(ctx, r.User.Actor.Employee)
		if err != nil || len(ids) == 0 {
			return whole[Person](nil), err
		}
		people, err := r.people(ctx, r.App.Today(), ids...)
		return whole(people), err
	})
	type employeeOn struct {
		Employee
		On hr.Date `query:"on" doc:"the day; empty: today"`
	}
	get(a, "/v1/people/{employee}/terms", "people", "What holds between employer and employee on a day, pay included", func(ctx context.Context, r Request, in *employeeOn) (Terms, error) {
		history, err := r.App.People.TermsHistory(ctx, r.View(), in.Employee.Employee)
		if err != nil {
			return Terms{}, err
		}
		t, _ := history.AsKnown(0).At(r.day(in.On))
		t, err = shown(ctx, r, "lifecycle.TermsHistory", t, in.Employee.Employee)
		return termsOf(t), err
	})
	get(a, "/v1/people/{employee}/history", "people", "Everything that was ever changed about somebody, and who did it and why", func(ctx context.Context, r Request, in *Employee) (List[lifecycle.HistoryRow], error) {
		report, err := r.App.People.HistoryReport(ctx, r.View(), in.Employee)
		if err != nil {
			return List[lifecycle.HistoryRow]{}, err
		}
		rows, err := shown(ctx, r, "lifecycle.HistoryReport", report.Rows, in.Employee)
		return whole(rows), err
	})
}

// day is the day that is asked for, or today.
func (r Request) day(d hr.Date) hr.Date {
	if d.IsZero() {
		return r.App.Today()
	}
	return d
}

// people returns who ids are and where they stand on a day, in order.
func (r Request) people(ctx context.Context, on hr.Date, ids ...hr.EmployeeID) ([]Person, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	persons, err := r.App.People.People(ctx, r.View(), ids...)
	if err != nil {
		return nil, err
	}
	out := make([]Person, len(ids))
	pins := make([]hr.Pin, len(ids))
	for i, id := range ids {
		pins[i].Employee = id
		p, err := shown(ctx, r, "lifecycle.People", persons[i], id)
		if err != nil {
			return nil, err
		}
		out[i] = Person{ID: id, Name: p.Name, Email: p.Email, Phone: p.Phone}
	}
	lines, err := r.App.Stand(ctx, pins)
	if err != nil {
		return nil, err
	}
	for i, line := range lines {
		if t, ok := line.At(on); ok {
			p := &out[i]
			p.Entity, p.Department, p.Position, p.Grade, p.Place, p.Manager = t.Entity, t.Department, t.Position, t.Grade, t.Place, t.Manager
		}
	}
	return out, nil
}

// Terms are what holds between employer and employee on a day.
type Terms struct {
	Entity     string        `json:"entity,omitempty"`
	Department string        `json:"department,omitempty"`
	Position   string        `json:"position,omitempty"`
	Grade      string        `json:"grade,omitempty"`
	Place      string        `json:"place,omitempty"`
	Region     string        `json:"region,omitempty"`
	CostCentre string        `json:"cost_centre,omitempty"`
	Manager    hr.EmployeeID `json:"manager,omitempty"`
	Calendar   string        `json:"calendar,omitempty"`
	Shift      string        `json:"shift,omitempty"`
	Currency   string        `json:"currency,omitempty" example:"INR"`
	Pay        []PayTerm     `json:"pay,omitempty"`
	Answers    []AnswerTerm  `json:"answers,omitempty"`
}

// PayTerm is a named amount of the terms.
type PayTerm struct {
	Name   string          `json:"name" example:"basic" maxLength:"100"`
	Amount decimal.Decimal `json:"amount" example:"52000" maxLength:"40"`
}

// AnswerTerm is a named fact that pay rules ask about.
type AnswerTerm struct {
	Name string `json:"name" example:"pf_capped" maxLength:"100"`
	Text string `json:"text" example:"yes" maxLength:"200"`
}

func termsOf(t hr.Terms) Terms {
	out := Terms{
		Entity: t.Entity, Department: t.Department, Position: t.Position, Grade: t.Grade, Place: t.Place, Region: t.Region, CostCentre: t.CostCentre,
		Manager: t.Manager, Calendar: t.Calendar, Shift: t.Shift, Currency: string(t.Currency),
	}
	for _, p := range t.Pay {
		out.Pay = append(out.Pay, PayTerm(p))
	}
	for _, x := range t.Answers {
		out.Answers = append(out.Answers, AnswerTerm(x))
	}
	return out
}

func (t Terms) terms() hr.Terms {
	out := hr.Terms{
		Entity: t.Entity, Department: t.Department, Position: t.Position, Grade: t.Grade, Place: t.Place, Region: t.Region, CostCentre: t.CostCentre,
		Manager: t.Manager, Calendar: t.Calendar, Shift: t.Shift, Currency: hr.Currency(t.Currency),
	}
	for _, p := range t.Pay {
		out.Pay = append(out.Pay, hr.PayTerm(p))
	}
	for _, x := range t.Answers {
		out.Answers = append(out.Answers, hr.Answer(x))
	}
	return out
}
