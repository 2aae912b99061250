package login

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/musterhr/hr/examples/server/internal/records"
)

// How long a session lasts without being used, and at most.
const (
	idleAfter = 30 * time.Minute
	endsAfter = 12 * time.Hour
)

// usedAfter is how old what a session knows of its last use may be. It is not put down at every request: reading must not write.
const usedAfter = time.Minute

// Sessions are who is logged in by cookie.
type Sessions struct {
	*scs.SessionManager
	accounts Accounts
}

// NewSessions keeps sessions in the records. secure says that browsers reach the server by https, and the cookie is sent by nothing else.
func NewSessions(accounts Accounts, secure bool) Sessions {
	m := scs.New()
	m.Store = sessionStore{accounts.DB}
	m.HashTokenInStore = true
	m.Codec = sessionCodec{}
	m.Lifetime = endsAfter // by the clock of the machine, for what nobody asks about any more; [Sessions.User] goes by ours, and looks whether it was used
	m.Cookie.Name, m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Path, m.Cookie.Secure = "muster", true, http.SameSiteLaxMode, "/", secure
	if secure {
		m.Cookie.Name = "__Host-muster"
	}
	return Sessions{m, accounts}
}

const (
	keyLogin = "login"
	keyToken = "csrf"
	keyFlash = "flash"
	keyBegun = "begun" // when somebody logged in
	keyUsed  = "used"  // and was last here
)

// Enter logs a user in, under a new session: one that somebody else may know from before is worth nothing.
func (s Sessions) Enter(ctx context.Context, u User) error {
	if err := s.RenewToken(ctx); err != nil {
		return err
	}
	s.Put(ctx, keyLogin, u.Login)
	s.Put(ctx, keyToken, rand.Text())
	now := s.accounts.Now().Unix()
	s.Put(ctx, keyBegun, now)
	s.Put(ctx, keyUsed, now)
	return nil
}

// Leave logs the user out and forgets the session.
func (s Sessions) Leave(ctx context.Context) error { return s.Destroy(ctx) }

// User returns who is logged in by the cookie: who was here within half an hour, and logged in within half a day. The account is looked at each
// time: who is disabled is out at once.
func (s Sessions) User(ctx context.Context) (User, bool, error) {
	login := s.GetString(ctx, keyLogin)
	if login == "" {
		return User{}, false, nil
	}
	now := s.accounts.Now()
	if now.Sub(time.Unix(s.GetInt64(ctx, keyUsed), 0)) >= idleAfter || now.Sub(time.Unix(s.GetInt64(ctx, keyBegun), 0)) >= endsAfter {
		return User{}, false, s.Destroy(ctx)
	}
	if now.Sub(time.Unix(s.GetInt64(ctx, keyUsed), 0)) >= usedAfter {
		s.Put(ctx, keyUsed, now.Unix())
	}
	return s.accounts.User(ctx, login)
}

// FormToken is what every form of a session carries in a hidden field.
func (s Sessions) FormToken(ctx context.Context) string {
	token := s.GetString(ctx, keyToken)
	if token == "" { // not logged in yet: the form of the login itself
		token = rand.Text()
		s.Put(ctx, keyToken, token)
	}
	return token
}

// RightToken reports whether a form carries the token of the session.
func (s Sessions) RightToken(ctx context.Context, token string) bool {
	want := s.GetString(ctx, keyToken)
	return want != "" && subtle.ConstantTimeCompare([]byte(want), []byte(token)) == 1
}

// Flash keeps a sentence to be shown on the next page.
func (s Sessions) Flash(ctx context.Context, text string) { s.Put(ctx, keyFlash, text) }

// Flashed returns the sentence to be shown, once.
func (s Sessions) Flashed(ctx context.Context) string { return s.PopString(ctx, keyFlash) }

// sessionStore implements scs.CtxStore over the records.
type sessionStore struct{ db *records.DB }

func (s sessionStore) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	found, err = s.db.One(ctx, "SELECT data FROM srv_session WHERE token = ? AND expiry > ?", []any{token, time.Now().Unix()}, &data)
	return data, found, err
}

func (s sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, err := s.db.Exec(ctx, "INSERT INTO srv_session (token, data, expiry) VALUES (?, ?, ?) ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry",
		token, data, expiry.Unix())
	return err
}

func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.db.Exec(ctx, "DELETE FROM srv_session WHERE token = ?", token)
	return err
}

func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s sessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Sweep removes the sessions that have ended.
func (s Sessions) Sweep(ctx context.Context) error {
	_, err := s.accounts.DB.Exec(ctx, "DELETE FROM srv_session WHERE expiry <= ?", time.Now().Unix())
	return err
}
