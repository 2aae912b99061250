package api

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// MoneyRequest asks for a loan or an advance.
type MoneyRequest struct {
	ID       payroll.RequestID    `json:"id"`
	Employee hr.EmployeeID        `json:"employee"`
	Kind     payroll.RequestKind  `json:"kind"`
	Name     string               `json:"name,omitempty"`
	Amount   decimal.Decimal      `json:"amount,omitzero"`
	Reason   string               `json:"reason"`
	State    payroll.RequestState `json:"state"`
	Waits    []string             `json:"waits_for,omitempty"`
}

// Owed is a debt of somebody and what is left of it.
type Owed struct {
	Name    string          `json:"name"`
	Lent    decimal.Decimal `json:"lent"`
	Repaid  decimal.Decimal `json:"repaid"`
	Balance decimal.Decimal `json:"balance"`
}

type loanIn struct {
	Writing
	Body struct {
		Employee   hr.EmployeeID   `json:"employee" maxLength:"64"`
		Name       string          `json:"name" example:"loan" maxLength:"64" doc:"as the pay rules call it"`
		Amount     decimal.Decimal `json:"amount" maxLength:"20" example:"60000"`
		Instalment decimal.Decimal `json:"instalment" maxLength:"20" example:"5000"`
		PayOut     hr.Date         `json:"pay_out" doc:"the day it is paid out"`
		First      hr.Date         `json:"first" doc:"the day of the first instalment"`
		Reason     string          `json:"reason" minLength:"1" maxLength:"1000"`
	}
}

func (a *API) loans() {
	get(a, "/v1/people/{employee}/loans", "loans", "What somebody owes, and their requests", func(ctx context.Context, r Request, in *Employee) (Loans, error) {
		owing, err := r.App.Pay.Owing(ctx, r.View(), in.Employee)
		if err != nil {
			return Loans{}, err
		}
		requests, err := r.App.Pay.RequestsOf(ctx, r.View(), in.Employee)
		out := Loans{Owed: []Owed{}, Requests: []MoneyRequest{}}
		for _, list := range owing {
			for _, o := range list {
				out.Owed = append(out.Owed, Owed{o.Debt.Name, o.Lent, o.Repaid, o.Balance()})
			}
		}
		for _, q := range requests {
			m := MoneyRequest{ID: q.ID, Employee: q.Employee, Kind: q.Kind, Name: q.Debt.Name, Amount: q.Debt.Loan.Principal, Reason: q.Reason, State: q.State, Waits: waits(q.Approval)}
			out.Requests = append(out.Requests, m)
		}
		return out, err
	})
	post(a, "/v1/loans", "loans", "Ask for a loan or an advance", func(ctx context.Context, r Request, cmd hr.Command, in loanIn) (Made, error) {
		b := in.Body
		id, err := r.App.Pay.Ask(ctx, cmd, payroll.Request{Kind: payroll.AskDebt, Employee: b.Employee, Reason: b.Reason, Debt: payroll.Debt{
			Employee: b.Employee, Kind: payroll.DebtLoan, Name: b.Name, PayOut: b.PayOut, Loan: payroll.Loan{Principal: b.Amount, Instalment: b.Instalment, First: b.First},
		}})
		return Made{string(id)}, err
	})
	post(a, "/v1/loans/{id}/decision", "loans", "Approve or refuse a loan", func(ctx context.Context, r Request, cmd hr.Command, in decideIn[payroll.RequestID]) (Done, error) {
		cmd.Reason = in.Body.Reason
		version := func(ctx context.Context) (storage.Version, error) {
			q, err := r.App.Store.PayrollRequest(ctx, in.ID)
			return q.Version, err
		}
		return change(ctx, r, in.IfMatch, version, func(ctx context.Context) (Done, error) {
			_, err := r.App.Pay.Decide(ctx, cmd, in.ID, in.Body.Agree)
			return done(err)
		})
	})
}

// Loans are what somebody owes and has asked for.
type Loans struct {
	Owed     []Owed         `json:"owed"`
	Requests []MoneyRequest `json:"requests"`
}
