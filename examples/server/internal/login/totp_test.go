package login_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/records"
	"github.com/musterhr/hr/storage"
)

const password = "four words of no sense"

// bench is accounts with a clock that a test turns.
type bench struct {
	login.Accounts
	t   *testing.T
	now time.Time
}

func newBench(t *testing.T) *bench {
	t.Helper()
	db, err := records.OpenFile(t.Context(), filepath.Join(t.TempDir(), "server.db"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	b := &bench{t: t, now: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}
	b.Accounts = login.Accounts{DB: db, Now: func() time.Time { return b.now }, Key: login.NewKey()}
	require.NoError(t, b.Put(t.Context(), login.Account{Login: "asha@example.com", Name: "Asha", Tenant: "t", Password: password, Actor: hr.Actor{ID: "E1"}}))
	return b
}

// in tries a code, and reports whether it was right.
func (b *bench) in(code string) bool {
	b.t.Helper()
	_, err := b.Check(b.t.Context(), "asha@example.com", password, code)
	if err != nil {
		require.ErrorIs(b.t, err, login.ErrLogin)
	}
	return err == nil
}

// code is what the app shows: the library of another hand computes it here from the secret alone.
func (b *bench) code(secret string, at time.Time) string {
	b.t.Helper()
	code, err := totp.GenerateCode(secret, at)
	require.NoError(b.t, err)
	return code
}

func TestSecondFactor(t *testing.T) {
	b := newBench(t)
	ctx := t.Context()
	require.True(t, b.in(""), "without a second factor")

	address, secret, err := b.NewSecondFactor(ctx, "Asha@Example.com")
	require.NoError(t, err)
	require.Contains(t, address, "otpauth://totp/")
	require.True(t, b.in(""), "not confirmed yet: who loses the phone now is not locked out")
	_, err = b.ConfirmSecondFactor(ctx, "asha@example.com", "000000")
	require.Equal(t, login.RuleCode, hr.FieldErrors(err)[0].Rule)
	recovery, err := b.ConfirmSecondFactor(ctx, "asha@example.com", b.code(secret, b.now))
	require.NoError(t, err)
	require.Len(t, recovery, 10)

	require.False(t, b.in(""), "the password alone")
	require.False(t, b.in(b.code(secret, b.now)), "the code that confirmed it was used by that")
	b.now = b.now.Add(30 * time.Second)
	next := b.code(secret, b.now)
	require.True(t, b.in(next[:3]+" "+next[3:]), "as apps show it")
	require.False(t, b.in(next), "a code works once")
	b.now = b.now.Add(2 * time.Minute)
	require.False(t, b.in(b.code(secret, b.now.Add(-time.Minute))), "too old")
	require.True(t, b.in(b.code(secret, b.now.Add(30*time.Second))), "of a phone that is half a minute ahead")
	require.False(t, b.in(b.code(secret, b.now)), "an older code than the one used last")

	_, _, err = b.NewSecondFactor(ctx, "asha@example.com")
	require.ErrorIs(t, err, storage.ErrConflict, "there is one")

	require.True(t, b.in(strings.ToLower(recovery[3])), "a recovery code, typed in small letters")
	require.False(t, b.in(recovery[3]), "and it works once")
	left, err := b.RecoveryCodes(ctx, "asha@example.com")
	require.NoError(t, err)
	require.Equal(t, 9, left)
	_, err = b.Check(ctx, "asha@example.com", "another password that is wrong", recovery[4])
	require.ErrorIs(t, err, login.ErrLogin)
	left, err = b.RecoveryCodes(ctx, "asha@example.com")
	require.NoError(t, err)
	require.Equal(t, 9, left, "a wrong password uses up no recovery code")

	require.NoError(t, b.DropSecondFactor(ctx, "ASHA@example.com"))
	require.True(t, b.in(""))
	left, err = b.RecoveryCodes(ctx, "asha@example.com")
	require.NoError(t, err)
	require.Zero(t, left, "the codes go with it")
}

func TestASecondFactorWaitsNotForEver(t *testing.T) {
	b := newBench(t)
	_, err := b.ConfirmSecondFactor(t.Context(), "asha@example.com", "123456")
	require.ErrorIs(t, err, storage.ErrConflict, "nothing was begun")
	_, old, err := b.NewSecondFactor(t.Context(), "asha@example.com")
	require.NoError(t, err)
	_, secret, err := b.NewSecondFactor(t.Context(), "asha@example.com")
	require.NoError(t, err)
	_, err = b.ConfirmSecondFactor(t.Context(), "asha@example.com", b.code(old, b.now))
	require.Equal(t, login.RuleCode, hr.FieldErrors(err)[0].Rule, "what was begun before is forgotten")
	b.now = b.now.Add(16 * time.Minute)
	_, err = b.ConfirmSecondFactor(t.Context(), "asha@example.com", b.code(secret, b.now))
	require.ErrorIs(t, err, storage.ErrConflict, "begun too long ago")
}

// Guessing codes locks the account, and a recovery code does not open it before its time.
func TestGuessingCodesLocks(t *testing.T) {
	b := newBench(t)
	_, secret, err := b.NewSecondFactor(t.Context(), "asha@example.com")
	require.NoError(t, err)
	recovery, err := b.ConfirmSecondFactor(t.Context(), "asha@example.com", b.code(secret, b.now))
	require.NoError(t, err)
	for range 5 {
		require.False(t, b.in("no code"))
	}
	require.False(t, b.in(recovery[0]))
	b.now = b.now.Add(16 * time.Minute)
	require.True(t, b.in(recovery[0]), "it was not used up while locked")
}
