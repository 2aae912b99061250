package login

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Rules of tokens.
const (
	RuleTokenName   hr.Rule = "server.token.name"
	RuleTokenScope  hr.Rule = "server.token.scope"
	RuleTokenExpiry hr.Rule = "server.token.expiry"
	RuleTokenMade   hr.Rule = "server.token.made"
)

// What a token may be used for. The first covers every route that changes nothing.
const (
	ScopeRead  = "read"
	ScopeWrite = "write" // and reading
	ScopeAdmin = "admin" // accounts, tokens and webhooks
)

// longestToken is how long a token may work.
const longestToken = 366 * 24 * time.Hour

// tokenMark begins every token, so that scanners for leaked secrets know one.
const tokenMark = "muster_"

// Token is an API token as it is shown: without the secret.
type Token struct {
	ID      string    `json:"id"`
	Name    string    `json:"name" doc:"what it is for, in the words of its owner"`
	Scopes  []string  `json:"scopes" doc:"read, write, admin"`
	Created time.Time `json:"created"`
	Expires time.Time `json:"expires"`
	Used    time.Time `json:"used,omitzero" doc:"when it was last used, to the minute"`
}

// ErrTokenMade says that the key has made a token already, whose secret was shown then and is not kept.
var ErrTokenMade = &hr.FieldError{Path: "idempotency_key", Rule: RuleTokenMade, Reason: "has made a token already, whose secret is not kept; revoke that one and use another key", Err: storage.ErrConflict}

// NewToken makes a token for a user and returns its secret, which is shown once and not kept. key names the intention; the same key again
// is ErrTokenMade.
func (s Accounts) NewToken(ctx context.Context, u User, key, name string, scopes []string, expires time.Time) (t Token, secret string, err error) {
	var faults hr.Faults
	if name = strings.TrimSpace(name); name == "" || len(name) > 100 {
		faults.Add("name", RuleTokenName, "must say in at most 100 letters what the token is for")
	}
	for _, scope := range scopes {
		if !slices.Contains([]string{ScopeRead, ScopeWrite, ScopeAdmin}, scope) {
			faults.Add("scopes", RuleTokenScope, "must be read, write or admin")
		}
	}
	if len(scopes) == 0 {
		faults.Add("scopes", RuleTokenScope, "must name at least one of read, write and admin")
	}
	now := s.Now()
	if !expires.After(now) || expires.After(now.Add(longestToken)) {
		faults.Add("expires", RuleTokenExpiry, "must lie ahead, at most a year from now")
	}
	if err := faults.Err(); err != nil {
		return Token{}, "", err
	}
	secret = tokenMark + rand.Text() + rand.Text()
	t = Token{ID: hr.Digest("token/1", key)[:24], Name: name, Scopes: scopes, Created: now.UTC().Truncate(time.Second), Expires: expires.UTC().Truncate(time.Second)}
	made, err := s.DB.Exec(ctx, "INSERT INTO srv_token (hash, id, login, name, scopes, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
		hashToken(secret), t.ID, u.Login, t.Name, strings.Join(scopes, " "), t.Created.Unix(), t.Expires.Unix())
	if err == nil && made == 0 {
		err = ErrTokenMade
	}
	if err != nil {
		return Token{}, "", err
	}
	return t, secret, nil
}

// hashToken needs no salt: a token has 260 random bits.
func hashToken(secret string) string {
	h := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(h[:])
}

// Bearer returns the user of a token that works: not expired, not revoked, of an account that may log in.
func (s Accounts) Bearer(ctx context.Context, secret string) (User, bool, error) {
	if !strings.HasPrefix(secret, tokenMark) || len(secret) > 100 {
		return User{}, false, nil
	}
	var id, login, scopes string
	var expires, used int64
	found, err := s.DB.One(ctx, "SELECT id, login, scopes, expires, used FROM srv_token WHERE hash = ?", []any{hashToken(secret)}, &id, &login, &scopes, &expires, &used)
	now := s.Now().Unix()
	if err != nil || !found || expires <= now {
		return User{}, false, err
	}
	u, ok, err := s.User(ctx, login)
	if err != nil || !ok {
		return User{}, false, err
	}
	if now-used >= 60 { // not at every request: reading must not write
		if _, err := s.DB.Exec(ctx, "UPDATE srv_token SET used = ? WHERE id = ?", now, id); err != nil {
			return User{}, false, err
		}
	}
	u.Scopes, u.Token = strings.Fields(scopes), id
	return u, true, nil
}

// Tokens returns the tokens of a user, the newest first.
func (s Accounts) Tokens(ctx context.Context, u User) (all []Token, err error) {
	err = s.DB.Query(ctx, "SELECT id, name, scopes, created, expires, used FROM srv_token WHERE login = ? ORDER BY created DESC, id", []any{u.Login}, func(scan func(...any) error) error {
		var t Token
		var scopes string
		var created, expires, used int64
		if err := scan(&t.ID, &t.Name, &scopes, &created, &expires, &used); err != nil {
			return err
		}
		t.Scopes, t.Created, t.Expires = strings.Fields(scopes), time.Unix(created, 0).UTC(), time.Unix(expires, 0).UTC()
		if used > 0 {
			t.Used = time.Unix(used, 0).UTC()
		}
		all = append(all, t)
		return nil
	})
	return all, err
}

// Revoke ends a token of a user, and reports whether there was one.
func (s Accounts) Revoke(ctx context.Context, u User, id string) (bool, error) {
	n, err := s.DB.Exec(ctx, "DELETE FROM srv_token WHERE id = ? AND login = ?", id, u.Login)
	return n > 0, err
}
