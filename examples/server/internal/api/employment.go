package api

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// NewPerson is who somebody is, as it is given: what identifies and pays them is taken in and never given out again.
type NewPerson struct {
	Name       string     `json:"name" minLength:"1" maxLength:"200"`
	Born       hr.Date    `json:"born,omitzero"`
	Gender     string     `json:"gender,omitempty" enum:"female,male,other"`
	Email      string     `json:"email,omitempty" maxLength:"254"`
	Phone      string     `json:"phone,omitempty" maxLength:"40"`
	Identities []Identity `json:"identities,omitempty" maxItems:"20"`
	Bank       *Bank      `json:"bank,omitempty"`
}

// Identity is a number that a government gave.
type Identity struct {
	Kind   string `json:"kind" example:"pan_in" maxLength:"40"`
	Number string `json:"number" maxLength:"64"`
}

// Bank is where pay goes.
type Bank struct {
	Holder string `json:"holder" maxLength:"200"`
	Number string `json:"number" maxLength:"64"`
	Bank   string `json:"bank" example:"SPEC0PUNE01" maxLength:"40"`
	Kind   string `json:"kind,omitempty" example:"savings" maxLength:"20"`
}

func (p NewPerson) person() hr.Person {
	out := hr.Person{Name: p.Name, Born: p.Born, Gender: p.Gender, Email: p.Email, Phone: p.Phone}
	for _, i := range p.Identities {
		out.Identities = append(out.Identities, hr.Identity{Kind: i.Kind, Number: hr.NewSecret(i.Number)})
	}
	if p.Bank != nil {
		out.Bank = hr.BankAccount{Holder: p.Bank.Holder, Number: hr.NewSecret(p.Bank.Number), Bank: p.Bank.Bank, Kind: p.Bank.Kind}
	}
	return out
}

type hireIn struct {
	Writing
	Body struct {
		Employee hr.EmployeeID `json:"employee,omitempty" maxLength:"64" doc:"the number they get; empty: one is made"`
		Person   NewPerson     `json:"person"`
		Start    hr.Date       `json:"start" doc:"the first day"`
		Terms    Terms         `json:"terms"`
	}
}

// onEmployee is a change to the employment of somebody.
type onEmployee[B any] struct {
	Writing
	Matching
	Employee hr.EmployeeID `path:"employee" maxLength:"64"`
	Body     B
}

// joinBody is empty: somebody joins on the day that was agreed.
type joinBody struct{}

// day and Reason of a step in an employment.
type stepBody struct {
	On     hr.Date `json:"on" doc:"the day from which it holds; of an exit the last day"`
	Reason string  `json:"reason,omitempty" maxLength:"500" doc:"why, in your words; it stays on record"`
}

type termsBody struct {
	From    hr.Date  `json:"from" doc:"the first day of the change"`
	Through hr.Date  `json:"through,omitzero" doc:"its last day; empty: until the next change that is known, or for good"`
	Set     Terms    `json:"set" doc:"what becomes different; the rest stays"`
	Clear   []string `json:"clear,omitempty" maxItems:"50" doc:"what holds no longer: manager, pay.bonus, answers.tax_regime"`
	Reason  string   `json:"reason,omitempty" maxLength:"500"`
}

type noticeBody struct {
	Given      hr.Date `json:"given"`
	LastDay    hr.Date `json:"last_day,omitzero"`
	ByEmployer bool    `json:"by_employer,omitempty"`
	Reason     string  `json:"reason,omitempty" maxLength:"500"`
}

func (a *API) employment() {
	post(a, "/v1/people", "employment", "Hire somebody", func(ctx context.Context, r Request, cmd hr.Command, in hireIn) (Made, error) {
		id, err := r.App.People.Hire(ctx, cmd, hr.Hire{Employee: in.Body.Employee, Person: in.Body.Person.person(), Start: in.Body.Start, Terms: in.Body.Terms.terms()})
		return Made{string(id)}, err
	})
	step(a, "terms", "Change pay, place, manager or other terms from a day on", func(ctx context.Context, r Request, cmd hr.Command, e hr.EmployeeID, b termsBody) error {
		cmd.Reason = b.Reason
		_, err := r.App.People.ChangeTerms(ctx, cmd, e, lifecycle.TermsChange{From: b.From, Through: b.Through, Set: b.Set.terms(), Clear: b.Clear})
		return err
	})
	step(a, "person", "Correct who somebody is: name, contact, identity numbers, bank account", func(ctx context.Context, r Request, cmd hr.Command, e hr.EmployeeID, b NewPerson) error {
		return r.App.People.ChangePerson(ctx, cmd, e, b.person())
	})
	step(a, "join", "Record that somebody has come on their first day", func(ctx context.Context, r Request, cmd hr.Command, e hr.EmployeeID, _ joinBody) error {
		return r.App.People.Join(ctx, cmd, e)
	})
	step(a, "confirm", "Confirm somebody after the trial", func(ctx context.Context, r Request, cmd hr.Command, e hr.EmployeeID, b stepBody) error {
		cmd.Reason = b.Reason
		return r.App.People.Confirm(ctx, cmd, e, b.On)
	})
	step(a, "notice", "Record a notice", func(ctx context.Context, r Request, cmd hr.Command, e hr.EmployeeID, b noticeBody) error {
		cmd.Reason = b.Reason
		return r.App.People.GiveNotice(ctx, cmd, e, lifecycle.NoticeDates{Given: b.Given, LastDay: b.LastDay, ByEmployer: b.ByEmployer})
	})
	step(a, "exit", "Record that somebody leaves, with their last day", func(ctx context.Context, r Request, cmd hr.Command, e hr.EmployeeID, b stepBody) error {
		return r.App.People.Exit(ctx, cmd, e, b.On, b.Reason)
	})
}

// step adds a route that changes the employment of somebody.
func step[B any](a *API, name, summary string, do func(ctx context.Context, r Request, cmd hr.Command, e hr.EmployeeID, b B) error) {
	post(a, "/v1/people/{employee}/"+name, "employment", summary, func(ctx context.Context, r Request, cmd hr.Command, in onEmployee[B]) (Done, error) {
		version := func(ctx context.Context) (storage.Version, error) {
			e, err := r.App.Store.Employment(ctx, in.Employee)
			return e.Version, err
		}
		return change(ctx, r, in.IfMatch, version, func(ctx context.Context) (Done, error) { return done(do(ctx, r, cmd, in.Employee, in.Body)) })
	})
}
