// Package login says who is asking: accounts with a password and a second factor, sessions in a cookie, API tokens, and login by an
// identity provider. What they may do is decided by the policy of the company.
package login

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
)

// User is somebody who has logged in.
type User struct {
	Login  string // the e-mail address of the account
	Name   string
	Tenant string // whose data they work with
	Actor  hr.Actor
	Scopes []string // of an API token: what it may be used for; nil: everything that the person may
	Token  string   // the id of the API token; empty: a session
}

// View is how the user looks at something, for a purpose that the audit shows.
func (u User) View(purpose string) hr.View { return hr.View{Actor: u.Actor, Purpose: purpose} }

// Command is something that the user does. The id tells a repeated request from another one; reason is in the user's words. Logs and traces show the
// ids of commands, so what they are made of, the employee's number with it, cannot be read in them.
func (u User) Command(id, purpose, reason string) hr.Command {
	return hr.Command{ID: hr.CommandID(hr.Digest("server.command/1", []string{u.Tenant, string(u.Actor.ID), id})), Actor: u.Actor, Purpose: purpose, Reason: reason}
}

// Has reports whether the user has one of the roles.
func (u User) Has(roles ...string) bool {
	return slices.ContainsFunc(roles, func(r string) bool { return slices.Contains(u.Actor.Roles, r) })
}

type userKey struct{}

// With returns a context that knows the user.
func With(ctx context.Context, u User) context.Context { return context.WithValue(ctx, userKey{}, u) }

// From returns the user of a request; ok is false where nobody has logged in.
func From(ctx context.Context) (u User, ok bool) {
	u, ok = ctx.Value(userKey{}).(User)
	return u, ok
}
