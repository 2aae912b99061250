package api

import (
	"context"

	"github.com/musterhr/hr"
)

// Me is who is logged in.
type Me struct {
	Login    string        `json:"login"`
	Name     string        `json:"name"`
	Company  string        `json:"company"`
	Employee hr.EmployeeID `json:"employee,omitempty" doc:"the employee's number; empty for somebody who is not employed here"`
	Roles    []string      `json:"roles"`
	Today    hr.Date       `json:"today" doc:"the day on the company's clock"`
}

func (a *API) me() {
	get(a, "/v1/me", "me", "Who is logged in", func(_ context.Context, r Request, _ *Nothing) (Me, error) {
		return Me{Login: r.User.Login, Name: r.User.Name, Company: r.App.Company.Name, Employee: r.User.Actor.Employee, Roles: append([]string{}, r.User.Actor.Roles...), Today: r.App.Today()}, nil
	})
}
