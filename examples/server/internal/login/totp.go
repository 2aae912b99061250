package login

import (
	"context"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// RuleCode is broken by a code of the second factor that is not right.
const RuleCode hr.Rule = "server.login.code"

const (
	issuer     = "Muster"
	stepLength = 30 * time.Second // RFC 6238, and what every authenticator app uses
)

// NewSecondFactor begins a second factor: it returns the address that an authenticator app reads from a QR code, and its secret for typing.
// It holds once [Accounts.SetSecondFactor] has seen a code of it.
func NewSecondFactor(login string) (address, secret string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: login, Period: uint(stepLength / time.Second)})
	if err != nil {
		return "", "", err
	}
	return key.String(), key.Secret(), nil
}

// SetSecondFactor keeps a secret as the second factor of an account, once code shows that the app has it.
func (s Accounts) SetSecondFactor(ctx context.Context, login, secret, code string) error {
	step, ok := codeStep(secret, code, s.Now(), 0)
	if !ok {
		return &hr.FieldError{Path: "code", Rule: RuleCode, Reason: "is not the code that the app shows now; look whether the clocks of phone and server agree"}
	}
	login = strings.ToLower(login)
	sealed, err := s.Key.Seal("totp", login, []byte(secret))
	if err != nil {
		return err
	}
	_, err = s.DB.Exec(ctx, "UPDATE srv_account SET totp = ?, totp_step = ? WHERE login = ?", sealed, step, login)
	return err
}

// DropSecondFactor takes the second factor off an account.
func (s Accounts) DropSecondFactor(ctx context.Context, login string) error {
	_, err := s.DB.Exec(ctx, "UPDATE srv_account SET totp = NULL, totp_step = 0 WHERE login = ?", strings.ToLower(login))
	return err
}

// HasSecondFactor reports whether an account has a second factor.
func (s Accounts) HasSecondFactor(ctx context.Context, login string) (bool, error) {
	a, _, err := s.find(ctx, "login", strings.ToLower(login))
	return len(a.totp) > 0, err
}

// secondFactor reports whether a code is right and was not used before, and the step it belongs to.
func (s Accounts) secondFactor(a account, code string, now time.Time) (step int64, ok bool) {
	secret, err := s.Key.Open("totp", a.Login, a.totp)
	if err != nil {
		return a.step, false
	}
	return codeStep(string(secret), code, now, a.step)
}

// codeStep returns the step of a code that is right now, or was or will be one step from now, and later than the step used last: a code works once.
func codeStep(secret, code string, now time.Time, after int64) (step int64, ok bool) {
	at := now.Unix() / int64(stepLength/time.Second)
	for _, step := range []int64{at - 1, at, at + 1} {
		right, err := totp.ValidateCustom(strings.ReplaceAll(code, " ", ""), secret, time.Unix(step*int64(stepLength/time.Second), 0).UTC(),
			totp.ValidateOpts{Period: uint(stepLength / time.Second), Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && right && step > after {
			return step, true
		}
	}
	return after, false
}
