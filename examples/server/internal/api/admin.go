package api

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/webhook"
	"github.com/musterhr/hr/storage"
)

// Account is somebody who may log in.
type Account struct {
	Login    string        `json:"login"`
	Name     string        `json:"name"`
	Employee hr.EmployeeID `json:"employee,omitempty"`
	Roles    []string      `json:"roles"`
	Disabled bool          `json:"disabled"`
	Second   bool          `json:"second_factor"`
}

type accountPath struct {
	Writing
	Login string `path:"login" maxLength:"254"`
}

type newAccountIn struct {
	Writing
	Body struct {
		Login    string        `json:"login" format:"email" maxLength:"254"`
		Name     string        `json:"name" minLength:"1" maxLength:"200"`
		Employee hr.EmployeeID `json:"employee,omitempty" maxLength:"64" doc:"empty: somebody from outside"`
		Roles    []string      `json:"roles" maxItems:"10"`
		Password string        `json:"password,omitempty" maxLength:"128" doc:"empty: the one that is there stays; a new account then logs in by the identity provider"`
		Subject  string        `json:"subject,omitempty" maxLength:"500" doc:"who they are at the identity provider: its address, a space, its id of them"`
		Disabled bool          `json:"disabled,omitempty"`
	}
}

// NewHook is a webhook with its secret, which is shown once.
type NewHook struct {
	webhook.Hook
	Secret string `json:"secret" doc:"what the signature is made with; it is not shown again"`
}

type newHookIn struct {
	Writing
	Body struct {
		URL   string   `json:"url" maxLength:"500" example:"https://example.com/muster"`
		Kinds []string `json:"kinds" minItems:"1" maxItems:"50" doc:"leave.approved, leave.*, or * for all"`
	}
}

type hookPath struct {
	ID string `path:"id" maxLength:"40"`
}

func (a *API) admin() {
	get(a, "/v1/admin/accounts", "admin", "Who may log in", func(ctx context.Context, r Request, _ *Nothing) (List[Account], error) {
		if err := storage.May(ctx, r.App.Kit, r.View(), app.VerbAccounts); err != nil {
			return List[Account]{}, err
		}
		all, err := a.Accounts.Each(ctx, r.User.Tenant)
		out := make([]Account, len(all))
		for i, x := range all {
			second, err := a.Accounts.HasSecondFactor(ctx, x.Login)
			if err != nil {
				return List[Account]{}, err
			}
			out[i] = Account{x.Login, x.Name, x.Actor.Employee, append([]string{}, x.Actor.Roles...), x.Disabled, second}
		}
		return whole(out), err
	})
	post(a, "/v1/admin/accounts", "admin", "Make an account, or change one", func(ctx context.Context, r Request, cmd hr.Command, in newAccountIn) (Done, error) {
		return a.adminDoes(ctx, r, cmd, app.VerbAccounts, "account "+in.Body.Login, func(ctx context.Context) error {
			b := in.Body
			id := hr.ActorID(b.Employee)
			if id == "" {
				id = hr.ActorID(b.Login)
			}
			return a.Accounts.PutIn(ctx, login.Account{
				Login: b.Login, Name: b.Name, Tenant: r.User.Tenant, Password: b.Password, Subject: b.Subject, Disabled: b.Disabled,
				Actor: hr.Actor{ID: id, Employee: b.Employee, Roles: b.Roles},
			})
		})
	})
	post(a, "/v1/admin/accounts/{login}/unlocking", "admin", "Let a locked account log in again, and take off its second factor", func(ctx context.Context, r Request, cmd hr.Command, in accountPath) (Done, error) {
		return a.adminDoes(ctx, r, cmd, app.VerbAccounts, "unlock "+in.Login, func(ctx context.Context) error {
			u, _, err := a.Accounts.User(ctx, in.Login)
			if err != nil {
				return err
			}
			if u.Tenant != r.User.Tenant {
				return storage.ErrNotFound
			}
			if err := a.Accounts.Unlock(ctx, in.Login); err != nil {
				return err
			}
			return a.Accounts.DropSecondFactor(ctx, in.Login)
		})
	})
	get(a, "/v1/admin/webhooks", "admin", "Where events are sent", func(ctx context.Context, r Request, _ *Nothing) (List[webhook.Hook], error) {
		if err := storage.May(ctx, r.App.Kit, r.View(), app.VerbWebhooks); err != nil {
			return List[webhook.Hook]{}, err
		}
		all, err := a.Hooks.All(ctx, r.User.Tenant)
		return whole(all), err
	})
	post(a, "/v1/admin/webhooks", "admin", "Send events somewhere, signed", func(ctx context.Context, r Request, cmd hr.Command, in newHookIn) (NewHook, error) {
		if err := storage.May(ctx, r.App.Kit, r.View(), app.VerbWebhooks); err != nil {
			return NewHook{}, err
		}
		hook, secret, err := a.Hooks.Add(ctx, r.User.Tenant, string(cmd.ID), in.Body.URL, in.Body.Kinds)
		if err == nil { // the audit has it; of the secret nothing
			_, err = a.adminDoes(ctx, r, cmd, app.VerbWebhooks, "add "+hook.ID, func(context.Context) error { return nil })
		}
		return NewHook{hook, secret}, err
	})
	type stopIn struct {
		Writing
		ID string `path:"id" maxLength:"40"`
	}
	post(a, "/v1/admin/webhooks/{id}/stopping", "admin", "Send nothing more there", func(ctx context.Context, r Request, cmd hr.Command, in stopIn) (Done, error) {
		return a.adminDoes(ctx, r, cmd, app.VerbWebhooks, "stop "+in.ID, func(ctx context.Context) error {
			found, err := a.Hooks.Stop(ctx, r.User.Tenant, in.ID)
			if err == nil && !found {
				err = storage.ErrNotFound
			}
			return err
		})
	})
	get(a, "/v1/admin/webhooks/{id}/deliveries", "admin", "What was sent there, or waits to be", func(ctx context.Context, r Request, in *hookPath) (List[webhook.Delivery], error) {
		if err := storage.May(ctx, r.App.Kit, r.View(), app.VerbWebhooks); err != nil {
			return List[webhook.Delivery]{}, err
		}
		all, err := a.Hooks.Deliveries(ctx, r.User.Tenant, in.ID, 200)
		return whole(all), err
	})
}

// adminDoes changes something of the server's own, as a command: who may is asked of the policy, what was done is in the audit, and the same
// key again does it once.
func (a *API) adminDoes(ctx context.Context, r Request, cmd hr.Command, verb, what string, do func(ctx context.Context) error) (Done, error) {
	_, err := storage.Do(ctx, r.App.Kit, cmd, verb, what, func(ctx context.Context, _ hr.Command) (struct{}, []storage.Event, error) {
		return struct{}{}, nil, do(context.WithoutCancel(ctx))
	})
	return done(err)
}
