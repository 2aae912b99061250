// Package sample is the specimen company on a server: its accounts, everybody's password, and its clock.
package sample

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/company"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/records"
)

// Tenant names the specimen company.
const Tenant = "sahyadri"

// Password is everybody's in the specimen company.
const Password = "specimen password"

// Part is a login of the specimen company that stands for a role. Everybody else has a login too, by their e-mail address.
type Part struct {
	What     string        // "employee"
	Employee hr.EmployeeID // empty: somebody from outside
	Login    string
	Name     string
	Roles    []string
}

// cast are the parts before the names and logins of those who are employed are known.
var cast = []Part{
	{What: "employee", Employee: "E045"},
	{What: "manager", Employee: "E044"},
	{What: "HR", Employee: "E063", Roles: []string{hr.RoleHR, hr.RoleRecruiter}},
	{What: "payroll, prepares", Employee: "E060", Roles: []string{hr.RolePayrollPreparer}},
	{What: "payroll, approves", Employee: "E059", Roles: []string{hr.RolePayrollApprover}},
	{What: "auditor", Login: "auditor@outside.example", Name: "Auditor", Roles: []string{hr.RoleAuditor}},
	{What: "admin", Employee: "E065", Roles: []string{hr.RoleAdmin}},
}

// Cast returns who may be played, each with their login.
func Cast(c company.Company) (parts []Part) {
	for _, p := range cast {
		for _, e := range c.People {
			if e.ID() == p.Employee {
				p.Login, p.Name = e.Hire.Person.Email, e.Hire.Person.Name
			}
		}
		parts = append(parts, p)
	}
	return parts
}

// account returns the account of a part.
func (p Part) account() login.Account {
	a := login.Account{Login: p.Login, Name: p.Name, Tenant: Tenant, Password: Password, Actor: hr.Actor{ID: hr.ActorID(p.Employee), Employee: p.Employee, Roles: p.Roles}}
	if p.Employee == "" {
		a.Actor.ID = hr.ActorID(p.Login)
	}
	return a
}

// Accounts makes an account for each part and, if everybody is asked for, for everybody else who is employed.
func Accounts(ctx context.Context, accounts login.Accounts, c company.Company, everybody bool) error {
	parts := Cast(c)
	for _, e := range c.People {
		if everybody && !slices.ContainsFunc(parts, func(p Part) bool { return p.Employee == e.ID() }) {
			parts = append(parts, Part{Employee: e.ID(), Login: e.Hire.Person.Email, Name: e.Hire.Person.Name})
		}
	}
	for _, p := range parts {
		if err := accounts.Put(ctx, p.account()); err != nil {
			return err
		}
	}
	return nil
}

// Clock is the clock of the specimen company: it begins when the company is set up, and goes on with the machine's.
func Clock(ctx context.Context, db *records.DB, begins time.Time) (func() time.Time, error) {
	const name = "clock.behind.seconds"
	text, err := db.Setting(ctx, name)
	if err != nil {
		return nil, err
	}
	if text == "" {
		text = strconv.FormatInt(int64(time.Until(begins)/time.Second), 10)
		if err := db.Set(ctx, name, text); err != nil {
			return nil, err
		}
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, err
	}
	return func() time.Time { return time.Now().Add(time.Duration(seconds) * time.Second) }, nil
}
