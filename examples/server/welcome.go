package main

import (
	"context"
	"fmt"
	"io"

	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/sample"
)

// seed fills the stores with the specimen company and its accounts.
func seed(ctx context.Context, d *desk.Desk, a *app.App, stdout io.Writer) error {
	_, _ = fmt.Fprintln(stdout, "Setting up the specimen company, once:")
	if err := a.Seed(ctx, stdout); err != nil {
		return err
	}
	if err := sample.Accounts(ctx, d.Accounts, a.Company, true); err != nil {
		return err
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
	say("Log in with the password %q as", sample.Password)
	a := h.desk.Companies[sample.Tenant]
	for _, p := range sample.Cast(a.Company) {
		say("  %-18s %s", p.What, p.Login)
	}
	say("\nIt is %s in the company: September is paid, and October is there to be run.", a.Today())
}
