package login_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/login"
)

// browser is somebody's cookie.
type browser struct {
	t      *testing.T
	s      login.Sessions
	cookie string
}

// ask does something in a request of the browser, and keeps the cookie of its answer.
func (b *browser) ask(do func(ctx context.Context)) {
	b.t.Helper()
	ctx, err := b.s.Load(b.t.Context(), b.cookie)
	require.NoError(b.t, err)
	do(ctx)
	b.cookie, _, err = b.s.Commit(ctx)
	require.NoError(b.t, err)
}

// in reports whether the browser is logged in.
func (b *browser) in() (ok bool) {
	b.t.Helper()
	b.ask(func(ctx context.Context) {
		var err error
		_, ok, err = b.s.User(ctx)
		require.NoError(b.t, err)
	})
	return ok
}

func (b *browser) enter() {
	b.t.Helper()
	b.ask(func(ctx context.Context) { require.NoError(b.t, b.s.Enter(ctx, login.User{Login: "asha@example.com"})) })
}

func TestSessionsEnd(t *testing.T) {
	accounts := newBench(t)
	b := &browser{t: t, s: login.NewSessions(accounts.Accounts, true)}
	require.False(t, b.in())
	b.enter()
	require.True(t, b.in())
	accounts.now = accounts.now.Add(29 * time.Minute)
	require.True(t, b.in(), "half an hour begins again")
	accounts.now = accounts.now.Add(30 * time.Minute)
	require.False(t, b.in(), "not used for half an hour")
	accounts.now = accounts.now.Add(-30 * time.Minute)
	require.False(t, b.in(), "and it is over for good")

	b.enter()
	for range 35 { // 35 times 20 minutes are 11 hours and 40 minutes
		accounts.now = accounts.now.Add(20 * time.Minute)
		require.True(t, b.in())
	}
	accounts.now = accounts.now.Add(20 * time.Minute)
	require.False(t, b.in(), "half a day after it began, though it was used")
}

// A session that somebody else may know from before is worth nothing after the login.
func TestTheSessionChangesAtLogin(t *testing.T) {
	accounts := newBench(t)
	b := &browser{t: t, s: login.NewSessions(accounts.Accounts, true)}
	var before, after string
	b.ask(func(ctx context.Context) { before = b.s.FormToken(ctx) })
	known := *b
	b.enter()
	require.NotEqual(t, known.cookie, b.cookie)
	require.True(t, b.in())
	require.False(t, known.in())
	b.ask(func(ctx context.Context) { after = b.s.FormToken(ctx) })
	require.NotEqual(t, before, after, "the token of forms too")

	left := *b
	b.ask(func(ctx context.Context) { require.NoError(t, b.s.Leave(ctx)) })
	require.False(t, left.in(), "who has left is out, also by a copy of the cookie")
}

func TestOneAccountForASubject(t *testing.T) {
	b := newBench(t)
	account := login.Account{Login: "Ravi@example.com", Name: "Ravi", Tenant: "t", Subject: "https://id.example 1", Actor: hr.Actor{ID: "E2"}}
	require.NoError(t, b.Put(t.Context(), account))
	require.NoError(t, b.Put(t.Context(), account), "the same account again")
	account.Login = "other@example.com"
	err := b.Put(t.Context(), account)
	require.Equal(t, login.RuleLoginTaken, hr.FieldErrors(err)[0].Rule)
	require.NotContains(t, err.Error(), "ravi", "whose it is, is not told")
	account.Subject = ""
	require.NoError(t, b.Put(t.Context(), account), "many have none")
}
