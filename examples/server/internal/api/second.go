package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/web"
)

// SecondFactor is whether logging in takes a code beside the password.
type SecondFactor struct {
	On       bool `json:"on"`
	Recovery int  `json:"recovery_codes" doc:"how many recovery codes are left"`
}

// NewSecondFactor is a second factor that was begun.
type NewSecondFactor struct {
	Address string `json:"address" doc:"otpauth://..., which an authenticator app reads from a QR code"`
	Secret  string `json:"secret" doc:"the same for typing; it is not shown again"`
}

// RecoveryCodes are for who loses the phone: each works once in the place of a code.
type RecoveryCodes struct {
	Codes []string `json:"recovery_codes" doc:"keep them now, and not on the phone: they are never shown again"`
}

type beginSecondIn struct{ Writing }

type secondIn struct {
	Writing
	Body struct {
		Password string `json:"password" maxLength:"128" doc:"your own, once more"`
		Code     string `json:"code" maxLength:"40" doc:"that the app shows; to remove it also a recovery code"`
	}
}

func (a *API) secondFactor() {
	get(a, "/v1/second-factor", "second factor", "Whether my login takes a code beside the password", func(ctx context.Context, r Request, _ *Nothing) (SecondFactor, error) {
		on, err := a.Accounts.HasSecondFactor(ctx, r.User.Login)
		if err != nil {
			return SecondFactor{}, err
		}
		left, err := a.Accounts.RecoveryCodes(ctx, r.User.Login)
		return SecondFactor{on, left}, err
	})
	post(a, "/v1/second-factor", "second factor", "Begin a second factor: it holds once it is confirmed", func(ctx context.Context, r Request, _ hr.Command, _ beginSecondIn) (NewSecondFactor, error) {
		if err := inPerson(r); err != nil {
			return NewSecondFactor{}, err
		}
		address, secret, err := a.Accounts.NewSecondFactor(ctx, r.User.Login)
		return NewSecondFactor{address, secret}, err
	})
	post(a, "/v1/second-factor/confirmation", "second factor", "Confirm it by password and code, and get the recovery codes", func(ctx context.Context, r Request, _ hr.Command, in secondIn) (RecoveryCodes, error) {
		if err := a.again(ctx, r, in.Body.Password, ""); err != nil {
			return RecoveryCodes{}, err
		}
		codes, err := a.Accounts.ConfirmSecondFactor(ctx, r.User.Login, in.Body.Code)
		return RecoveryCodes{codes}, err
	})
	post(a, "/v1/second-factor/removal", "second factor", "Remove it, by password and code", func(ctx context.Context, r Request, _ hr.Command, in secondIn) (Done, error) {
		if err := a.again(ctx, r, in.Body.Password, in.Body.Code); err != nil {
			return Done{}, err
		}
		return done(a.Accounts.RemoveSecondFactor(ctx, r.User.Login))
	})
}

// inPerson refuses tokens: one that leaks must not be able to shut its owner out.
func inPerson(r Request) error {
	if r.User.Token != "" {
		return web.NewProblem(http.StatusForbidden, web.RuleScope, "A token cannot change how its owner logs in. Log in and do it there.")
	}
	return nil
}

// again asks for the login once more, so that a browser that was left open is not enough. What fails counts as a login that fails.
func (a *API) again(ctx context.Context, r Request, password, code string) error {
	if err := inPerson(r); err != nil {
		return err
	}
	_, err := a.Accounts.Check(ctx, r.User.Login, password, code)
	if errors.Is(err, login.ErrLogin) {
		return &hr.FieldError{Path: "password", Rule: login.RuleLogin, Reason: "and code do not belong to you, or too many were tried"}
	}
	return err
}
