package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/records"
)

// samplePassword is everybody's in the specimen company.
const samplePassword = "specimen password"

// extras are the logins of the specimen company that stand for the roles. Everybody else has a login too, by their e-mail address.
var extras = []struct {
	what     string
	employee hr.EmployeeID // empty: somebody from outside
	login    string
	name     string
	roles    []string
}{
	{what: "employee", employee: "E045"},
	{what: "manager", employee: "E044"},
	{what: "HR", employee: "E063", roles: []string{app.RoleHR}},
	{what: "payroll, prepares", employee: "E060", roles: []string{app.RolePreparer}},
	{what: "payroll, approves", employee: "E059", roles: []string{app.RoleApprover}},
	{what: "auditor", login: "auditor@outside.example", name: "Auditor", roles: []string{app.RoleAuditor}},
	{what: "admin", employee: "E065", roles: []string{app.RoleAdmin}},
}

// seed fills the stores with the specimen company and its accounts.
func seed(ctx context.Context, d *desk.Desk, a *app.App, stdout io.Writer) error {
	_, _ = fmt.Fprintln(stdout, "Setting up the specimen company, once:")
	if err := a.Seed(ctx, stdout); err != nil {
		return err
	}
	roles := map[hr.EmployeeID][]string{}
	var all []login.Account
	for _, x := range extras {
		roles[x.employee] = x.roles
		if x.employee == "" {
			all = append(all, login.Account{Login: x.login, Name: x.name, Actor: hr.Actor{ID: hr.ActorID(x.login), Roles: x.roles}})
		}
	}
	for _, e := range a.Company.People {
		all = append(all, login.Account{Login: e.Hire.Person.Email, Name: e.Hire.Person.Name, Actor: hr.Actor{ID: hr.ActorID(e.ID()), Employee: e.ID(), Roles: roles[e.ID()]}})
	}
	for _, one := range all {
		one.Tenant, one.Password = tenant, samplePassword
		if err := d.Accounts.Put(ctx, one); err != nil {
			return err
		}
	}
	return d.Settle(ctx)
}

// welcome says how to get in.
func (h *house) welcome(stdout io.Writer, address string) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(stdout, format+"\n", args...) }
	say("\nMuster is at %s (pages), %s/v1/openapi.json (API). Its files are in %s.", address, address, h.where)
	if !h.desk.Dev {
		return
	}
	say("DEVELOPMENT MODE: the specimen company, and everybody knows the passwords. Do not put anybody's data into it.\n")
	say("Log in with the password %q as", samplePassword)
	a := h.desk.Companies[tenant]
	for _, x := range extras {
		name := x.login
		for _, e := range a.Company.People {
			if e.ID() == x.employee {
				name = e.Hire.Person.Email
			}
		}
		say("  %-18s %s", x.what, name)
	}
	say("\nIt is %s in the company: September is paid, and October is there to be run.", a.Today())
}

// sampleClock is the clock of the specimen company: it begins when the company is set up, and goes on with the machine's.
func sampleClock(ctx context.Context, db *records.DB, begins time.Time) (func() time.Time, error) {
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
