package login

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// OIDC is login by an identity provider: the authorization code flow with PKCE, state and nonce. Who somebody is there is looked up among the
// accounts by issuer and subject, never by an e-mail address, which may change hands. There is no account for who has none here.
type OIDC struct {
	accounts Accounts
	issuer   string
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
}

// NewOIDC asks an issuer how it works. redirect is our own address for the way back, ORIGIN/login/oidc/return.
func NewOIDC(ctx context.Context, accounts Accounts, issuer, client, secret, redirect string) (*OIDC, error) {
	provider, err := oidc.NewProvider(ctx, issuer)
	if err != nil {
		return nil, fmt.Errorf("the identity provider does not answer as one: %w", err)
	}
	return &OIDC{
		accounts: accounts, issuer: issuer, verifier: provider.Verifier(&oidc.Config{ClientID: client}),
		oauth: oauth2.Config{ClientID: client, ClientSecret: secret, RedirectURL: redirect, Endpoint: provider.Endpoint(), Scopes: []string{oidc.ScopeOpenID}},
	}, nil
}

const (
	keyState    = "oidc.state"
	keyNonce    = "oidc.nonce"
	keyVerifier = "oidc.verifier"
)

// Register adds the two addresses of the flow to a mux.
func (o *OIDC) Register(mux *http.ServeMux, s Sessions, log *slog.Logger) {
	mux.HandleFunc("GET /login/oidc", func(w http.ResponseWriter, r *http.Request) {
		state, nonce, verifier := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
		s.Put(r.Context(), keyState, state)
		s.Put(r.Context(), keyNonce, nonce)
		s.Put(r.Context(), keyVerifier, verifier)
		http.Redirect(w, r, o.oauth.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), http.StatusSeeOther)
	})
	mux.HandleFunc("GET /login/oidc/return", func(w http.ResponseWriter, r *http.Request) {
		u, err := o.back(r, s)
		if err == nil {
			err = s.Enter(r.Context(), u)
		}
		if err != nil {
			log.WarnContext(r.Context(), "a login by the identity provider failed", "err", err)
			s.Flash(r.Context(), "The identity provider and this server do not know the same person. Try again, or ask whoever looks after access.")
			http.Redirect(w, r, "/login", http.StatusSeeOther)
			return
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
	})
}

// The faults of the way back. They name nobody.
var (
	errState   = errors.New("the answer is not to a question of this browser")
	errRefused = errors.New("the identity provider refused")
	errToken   = errors.New("the token of the identity provider does not hold")
	errNobody  = errors.New("no account here has this issuer and subject")
)

func (o *OIDC) back(r *http.Request, s Sessions) (User, error) {
	ctx, q := r.Context(), r.URL.Query()
	state, nonce, verifier := s.PopString(ctx, keyState), s.PopString(ctx, keyNonce), s.PopString(ctx, keyVerifier)
	if state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(q.Get("state"))) != 1 {
		return User{}, errState
	}
	if q.Get("error") != "" || q.Get("code") == "" {
		return User{}, errRefused
	}
	token, err := o.oauth.Exchange(ctx, q.Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		return User{}, errRefused
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return User{}, errToken
	}
	id, err := o.verifier.Verify(ctx, raw)
	if err != nil || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(nonce)) != 1 {
		return User{}, errToken
	}
	a, found, err := o.accounts.find(ctx, "subject", o.issuer+" "+id.Subject)
	if err != nil {
		return User{}, err
	}
	if !found || a.Disabled || id.Subject == "" {
		return User{}, errNobody
	}
	return a.user(), nil
}
