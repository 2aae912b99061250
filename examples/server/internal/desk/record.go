package desk

import (
	"context"
	"crypto/rand"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/storage"
)

// RecordLogin puts what happens to how somebody logs in on record with their company, and does it: [login.Accounts] asks for it. Each time is a command of
// its own, for its outcome has secrets that are not kept. What fails is not on record.
func (d *Desk) RecordLogin(ctx context.Context, who login.User, what login.Happening, do func(ctx context.Context) error) error {
	a := d.Of(who)
	if a == nil {
		return do(ctx)
	}
	cmd := hr.Command{ID: hr.CommandID("login/" + rand.Text()), Actor: who.Actor, Purpose: "logging in"}
	if what == login.Locked {
		cmd.Actor, cmd.Reason = app.Gatekeeper, "too many logins failed in a row"
	}
	var about []hr.EmployeeID
	if me := who.Actor.Employee; me != "" {
		about = append(about, me)
	} else {
		cmd.Reason += " [" + who.Login + "]" // somebody from outside is nobody's subject
	}
	did := false
	_, err := storage.Do(ctx, a.Kit, cmd, string(what), storage.About(string(what), about...), func(ctx context.Context, _ hr.Command) (struct{}, []storage.Event, error) {
		if did { // the unit runs again; what was done is not in it
			return struct{}{}, nil, nil
		}
		err := do(context.WithoutCancel(ctx))
		did = err == nil
		return struct{}{}, nil, err
	})
	return err
}
