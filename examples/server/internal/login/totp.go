package login

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/records"
	"github.com/musterhr/hr/storage"
)

// Rules of second factors.
const (
	RuleCode   hr.Rule = "server.login.code"   // a code that is not right, or was used before
	RuleSecond hr.Rule = "server.login.second" // a second factor that is there already, or was not begun
)

const (
	issuer     = "Muster"
	stepLength = 30 * time.Second // RFC 6238, and what every authenticator app uses
	enrolFor   = 15 * time.Minute // how long a second factor that was begun waits for its first code
)

// The ways in which a second factor is not in the state that is asked for.
var (
	errSecondThere = &hr.FieldError{Path: "second_factor", Rule: RuleSecond, Reason: "is there already; remove it first", Err: storage.ErrConflict}
	errNoSecond    = &hr.FieldError{Path: "second_factor", Rule: RuleSecond, Reason: "is not there", Err: storage.ErrConflict}
	errNotBegun    = &hr.FieldError{Path: "second_factor", Rule: RuleSecond, Reason: "was not begun, or too long ago; begin it again", Err: storage.ErrConflict}
)

// NewSecondFactor begins a second factor: it returns the address that an authenticator app reads from a QR code, and its secret for typing.
// It holds once [Accounts.ConfirmSecondFactor] has seen a code of it. Beginning again forgets what was begun before.
func (s Accounts) NewSecondFactor(ctx context.Context, login string) (address, secret string, err error) {
	login = strings.ToLower(login)
	a, _, err := s.find(ctx, "login", login)
	if err != nil || len(a.totp) > 0 {
		return "", "", firstOf(err, errSecondThere)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: login, Period: uint(stepLength / time.Second)})
	if err != nil {
		return "", "", err
	}
	sealed, err := s.Key.Seal("totp", login, []byte(key.Secret()))
	if err != nil {
		return "", "", err
	}
	err = s.recorded(ctx, a, SecondBegun, func(ctx context.Context) error {
		_, err := s.DB.Exec(ctx, "INSERT INTO srv_enrolment (login, secret, at) VALUES (?, ?, ?) ON CONFLICT (login) DO UPDATE SET secret = excluded.secret, at = excluded.at", login, sealed, s.Now().Unix())
		return err
	})
	return key.String(), key.Secret(), err
}

// PendingSecondFactor returns the address and the secret of a second factor that was begun and waits for its first code; begun is false where none does.
func (s Accounts) PendingSecondFactor(ctx context.Context, login string) (address, secret string, begun bool, err error) {
	login = strings.ToLower(login)
	var sealed []byte
	var at int64
	found, err := s.DB.One(ctx, "SELECT secret, at FROM srv_enrolment WHERE login = ?", []any{login}, &sealed, &at)
	if err != nil || !found || s.Now().Sub(time.Unix(at, 0)) > enrolFor {
		return "", "", false, err
	}
	plain, err := s.Key.Open("totp", login, sealed)
	if err != nil {
		return "", "", false, err
	}
	q := url.Values{"secret": {string(plain)}, "issuer": {issuer}} // the rest is what every app takes for granted: a shorter address is a coarser picture
	return (&url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + login, RawQuery: q.Encode()}).String(), string(plain), true, nil
}

// firstOf returns err, and otherwise what is to be said instead.
func firstOf(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// ConfirmSecondFactor makes what was begun the second factor of an account, once code shows that the app has it. It returns the recovery codes,
// which are shown once and not kept.
func (s Accounts) ConfirmSecondFactor(ctx context.Context, login, code string) (recovery []string, err error) {
	login = strings.ToLower(login)
	a, _, err := s.find(ctx, "login", login)
	if err != nil {
		return nil, err
	}
	recovery = newRecoveryCodes()
	err = s.recorded(ctx, a, SecondConfirmed, func(ctx context.Context) error { return s.confirm(ctx, login, code, recovery) })
	if err != nil {
		return nil, err
	}
	return recovery, nil
}

func (s Accounts) confirm(ctx context.Context, login, code string, recovery []string) error {
	return s.DB.Change(ctx, func(tx records.Tx) error {
		var there, sealed []byte
		var at int64
		if _, err := tx.One(ctx, "SELECT totp FROM srv_account WHERE login = ?", []any{login}, &there); err != nil || len(there) > 0 {
			return firstOf(err, errSecondThere)
		}
		found, err := tx.One(ctx, "SELECT secret, at FROM srv_enrolment WHERE login = ?", []any{login}, &sealed, &at)
		if err != nil || !found || s.Now().Sub(time.Unix(at, 0)) > enrolFor {
			return firstOf(err, errNotBegun)
		}
		secret, err := s.Key.Open("totp", login, sealed)
		if err != nil {
			return err
		}
		step, ok := codeStep(string(secret), code, s.Now(), 0)
		if !ok {
			return &hr.FieldError{Path: "code", Rule: RuleCode, Reason: "is not the code that the app shows now; look whether the clocks of phone and server agree"}
		}
		if _, err := tx.Exec(ctx, "UPDATE srv_account SET totp = ?, totp_step = ? WHERE login = ?", sealed, step, login); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "DELETE FROM srv_enrolment WHERE login = ?", login); err != nil {
			return err
		}
		return keepRecoveryCodes(ctx, tx, login, recovery)
	})
}

// RemoveSecondFactor takes the second factor off an account, and its recovery codes with it: its owner does.
func (s Accounts) RemoveSecondFactor(ctx context.Context, login string) error {
	a, _, err := s.find(ctx, "login", strings.ToLower(login))
	if err != nil || len(a.totp) == 0 {
		return firstOf(err, errNoSecond)
	}
	return s.recorded(ctx, a, SecondRemoved, func(ctx context.Context) error { return s.DropSecondFactor(ctx, login) })
}

// DropSecondFactor takes the second factor off an account, where there is one, for an admin who puts that on record.
func (s Accounts) DropSecondFactor(ctx context.Context, login string) error {
	login = strings.ToLower(login)
	return s.DB.Change(ctx, func(tx records.Tx) error {
		for _, statement := range []string{"UPDATE srv_account SET totp = NULL, totp_step = 0 WHERE login = ?", "DELETE FROM srv_recovery WHERE login = ?", "DELETE FROM srv_enrolment WHERE login = ?"} {
			if _, err := tx.Exec(ctx, statement, login); err != nil {
				return err
			}
		}
		return nil
	})
}

// HasSecondFactor reports whether an account has a second factor.
func (s Accounts) HasSecondFactor(ctx context.Context, login string) (bool, error) {
	a, _, err := s.find(ctx, "login", strings.ToLower(login))
	return len(a.totp) > 0, err
}

// HasPassword reports whether an account has a password; without one its owner logs in by the identity provider, and a second factor is looked after there.
func (s Accounts) HasPassword(ctx context.Context, login string) (bool, error) {
	a, _, err := s.find(ctx, "login", strings.ToLower(login))
	return a.hash != "", err
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
