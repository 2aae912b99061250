package api

import (
	"context"
	"net/http"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/web"
)

type newTokenIn struct {
	Writing
	Body struct {
		Name    string    `json:"name" minLength:"1" maxLength:"100" doc:"what it is for"`
		Scopes  []string  `json:"scopes" minItems:"1" maxItems:"3" doc:"read, write, admin"`
		Expires time.Time `json:"expires" doc:"at most a year ahead"`
	}
}

// NewToken is a token with its secret, which is shown once.
type NewToken struct {
	login.Token
	Secret string `json:"secret" doc:"keep it now: it is not kept here and is never shown again"`
}

type tokenIn struct {
	Writing
	ID string `path:"id" maxLength:"40"`
}

func (a *API) tokens() {
	get(a, "/v1/tokens", "tokens", "My API tokens, without their secrets", func(ctx context.Context, r Request, _ *Nothing) (List[login.Token], error) {
		all, err := a.Accounts.Tokens(ctx, r.User)
		return whole(all), err
	})
	post(a, "/v1/tokens", "tokens", "Make an API token. It may at most what you may", func(ctx context.Context, r Request, cmd hr.Command, in newTokenIn) (NewToken, error) {
		if r.User.Token != "" { // a token that leaks must not be able to outlive itself
			return NewToken{}, web.NewProblem(http.StatusForbidden, web.RuleScope, "A token cannot make tokens. Log in and make it there.")
		}
		t, secret, err := a.Accounts.NewToken(ctx, r.User, string(cmd.ID), in.Body.Name, in.Body.Scopes, in.Body.Expires)
		return NewToken{t, secret}, err
	})
	post(a, "/v1/tokens/{id}/revocation", "tokens", "End an API token", func(ctx context.Context, r Request, _ hr.Command, in tokenIn) (Done, error) {
		_, err := a.Accounts.Revoke(ctx, r.User, in.ID) // a second time it is gone already, and that is what was asked for
		return done(err)
	})
}
