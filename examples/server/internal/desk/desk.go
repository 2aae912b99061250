// Package desk is what pages and API work with: the companies, who is logged in, and what waits for somebody.
package desk

import (
	"context"
	"log/slog"
	"sync"

	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/records"
	"github.com/musterhr/hr/examples/server/internal/webhook"
)

// Desk holds what every request needs. It is made once and not changed.
type Desk struct {
	taking  sync.Mutex
	reviews reviews

	Companies map[string]*app.App // by tenant
	Accounts  login.Accounts
	Sessions  login.Sessions
	Records   *records.DB
	Log       *slog.Logger
	Jobs      *Jobs
	Hooks     *webhook.Hooks
	Provider  bool // people may log in by an identity provider
	Dev       bool // development mode: the sample company, with passwords that everybody knows
}

// Of returns the company of a user. An account of a company that this server does not keep cannot log in, see [Desk.Knows].
func (d *Desk) Of(u login.User) *app.App { return d.Companies[u.Tenant] }

// Knows reports whether the server keeps the company of a user.
func (d *Desk) Knows(u login.User) bool { return d.Companies[u.Tenant] != nil }

// Settle takes up what a request has left behind: events that tell of it are put where pages and webhooks find them. It is called after each
// request that writes, and from time to time for what other programs wrote.
func (d *Desk) Settle(ctx context.Context) error {
	d.taking.Lock()
	defer d.taking.Unlock()
	for tenant, a := range d.Companies {
		if err := d.takeUp(ctx, tenant, a); err != nil {
			return err
		}
	}
	return nil
}
