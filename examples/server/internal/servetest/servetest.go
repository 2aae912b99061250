// Package servetest runs the whole server inside a test, over the specimen company in memory.
package servetest

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/records"
	"github.com/musterhr/hr/examples/server/internal/sample"
	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/telemetry"
	"github.com/musterhr/hr/examples/server/internal/webhook"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// OtherTenant is a second company on the same server, with the same people in it and an account for its HR.
const OtherTenant = "other"

// Server is a server in a test.
type Server struct {
	*httptest.Server
	Desk  *desk.Desk
	Log   *Log
	Spans *tracetest.InMemoryExporter // what was traced
	Serve *serve.Server
	app   *app.App
	later atomic.Int64
}

// Later lets time pass on the clock of the company, not on that of the machine: nobody is logged out by it.
func (s *Server) Later(d time.Duration) { s.later.Add(int64(d)) }

// Log keeps what the server logs.
type Log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// String returns what was logged so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Start runs a server over a new specimen company, and over a second company.
func Start(t testing.TB, options ...func(*serve.Options)) *Server {
	t.Helper()
	return StartWith(t, func(_ login.Accounts, o *serve.Options) {
		for _, set := range options {
			set(o)
		}
	})
}

// StartWith is [Start] with options that need the accounts.
func StartWith(t testing.TB, options func(login.Accounts, *serve.Options)) *Server {
	t.Helper()
	c, err := app.Specimen()
	require.NoError(t, err)
	behind := time.Until(c.ClosedAt)
	s := &Server{Log: &Log{}, Spans: tracetest.NewInMemoryExporter()}
	clock := func() time.Time { return time.Now().Add(behind + time.Duration(s.later.Load())) }
	own, err := records.OpenFile(t.Context(), filepath.Join(t.TempDir(), "server.db"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = own.Close() })
	watch, err := telemetry.New(t.Context(), telemetry.Options{To: s.Spans})
	require.NoError(t, err)
	log := slog.New(telemetry.Logs(slog.NewJSONHandler(s.Log, &slog.HandlerOptions{Level: slog.LevelDebug}))) // all that may be logged
	observer := storage.Observers{watch.Observer, storage.LogObserver{Logger: log}}
	a, other := app.Observed(c, memory.New(), app.Policy(), clock, observer), app.New(c, memory.New(), app.Policy(), clock)
	require.NoError(t, a.Seed(t.Context(), io.Discard))
	s.app = a
	accounts := login.Accounts{DB: own, Now: time.Now, Key: login.NewKey()}
	s.Desk = &desk.Desk{
		Companies: map[string]*app.App{sample.Tenant: a, OtherTenant: other}, Accounts: accounts, Sessions: login.NewSessions(accounts, false), Records: own,
		Log: log, Jobs: desk.NewJobs(), Dev: true,
	}
	s.Desk.Accounts.Record = s.Desk.RecordLogin
	s.Desk.Hooks = webhook.New(own, accounts.Key, s.Desk.Log, true)
	require.NoError(t, sample.Accounts(t.Context(), accounts, c, false))
	require.NoError(t, accounts.Put(t.Context(), login.Account{
		Login: "hr@other.example", Name: "HR elsewhere", Tenant: OtherTenant, Password: sample.Password, Actor: hr.Actor{ID: "other-hr", Roles: []string{hr.RoleHR, hr.RoleRecruiter, hr.RolePayrollPreparer}},
	}))
	require.NoError(t, s.Desk.Settle(t.Context()))
	o := serve.Options{Watch: watch}
	options(accounts, &o)
	s.Serve, err = serve.New(s.Desk, o)
	require.NoError(t, err)
	s.Server = httptest.NewServer(s.Serve)
	t.Cleanup(s.Close)
	t.Cleanup(s.Desk.Jobs.Close)
	return s
}

// Over is a server that a test has put together itself.
func Over(server *httptest.Server, d *desk.Desk, whole *serve.Server) *Server {
	return &Server{Server: server, Desk: d, Log: &Log{}, Serve: whole, app: d.Companies[sample.Tenant]}
}

// BearerToken is the token that a client sends.
func (c *Client) BearerToken() string { return c.token }

// App is the specimen company.
func (s *Server) App() *app.App { return s.app }

// Done counts what the company has on record as done: what is refused adds nothing to it.
func (s *Server) Done(t testing.TB) (done int) {
	t.Helper()
	all, err := s.app.Store.(*memory.DB).Audits(t.Context())
	require.NoError(t, err)
	for _, a := range all {
		if a.Refused == "" {
			done++
		}
	}
	return done
}

// Client is somebody who uses the server: a browser with cookies, or a program with a token.
type Client struct {
	t     testing.TB
	at    string
	http  *http.Client
	token string
}

// Anonymous is somebody who has not logged in.
func (s *Server) Anonymous(t testing.TB) *Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &Client{t: t, at: s.URL, http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// As logs in as a part of the specimen company, "HR", through the page.
func (s *Server) As(t testing.TB, part string) *Client {
	t.Helper()
	for _, p := range sample.Cast(s.app.Company) {
		if p.What == part {
			return s.Login(t, p.Login, sample.Password)
		}
	}
	t.Fatalf("nobody plays %q", part)
	return nil
}

// Login logs in through the page.
func (s *Server) Login(t testing.TB, name, password string) *Client {
	t.Helper()
	c := s.Anonymous(t)
	status, _ := c.Form("/login", "/login", url.Values{"login": {name}, "password": {password}})
	require.Equal(t, http.StatusSeeOther, status, "login of %s", name)
	return c
}

// Token returns a client with an API token of a part of the specimen company.
func (s *Server) Token(t testing.TB, part string, scopes ...string) *Client {
	t.Helper()
	for _, p := range sample.Cast(s.app.Company) {
		if p.What == part {
			u, ok, err := s.Desk.Accounts.User(t.Context(), p.Login)
			require.NoError(t, err)
			require.True(t, ok)
			_, secret, err := s.Desk.Accounts.NewToken(t.Context(), u, rand.Text(), "test", scopes, time.Now().Add(time.Hour))
			require.NoError(t, err)
			return s.Bearer(t, secret)
		}
	}
	t.Fatalf("nobody plays %q", part)
	return nil
}

// Bearer returns a client with a token.
func (s *Server) Bearer(t testing.TB, token string) *Client {
	c := s.Anonymous(t)
	c.token = token
	return c
}

// Do sends a request; body is sent as JSON unless it is a text or nil. headers are pairs.
func (c *Client) Do(method, path string, body any, headers ...string) (*http.Response, []byte) {
	c.t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		require.NoError(c.t, err)
		in = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.at+path, in)
	require.NoError(c.t, err)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := c.http.Do(r)
	require.NoError(c.t, err)
	defer func() { _ = answer.Body.Close() }()
	out, err := io.ReadAll(answer.Body)
	require.NoError(c.t, err)
	return answer, out
}

// Get reads JSON.
func (c *Client) Get(path string, into any) int {
	c.t.Helper()
	answer, body := c.Do(http.MethodGet, path, nil)
	if into != nil && answer.StatusCode == http.StatusOK {
		require.NoError(c.t, json.Unmarshal(body, into), "%s", body)
	}
	return answer.StatusCode
}

// Post sends JSON with a key, and reads the answer where it worked.
func (c *Client) Post(path, key string, body, into any) (int, []byte) {
	c.t.Helper()
	answer, out := c.Do(http.MethodPost, path, body, "Idempotency-Key", key)
	if into != nil && answer.StatusCode < 300 {
		require.NoError(c.t, json.Unmarshal(out, into), "%s", out)
	}
	return answer.StatusCode, out
}

// Form loads the page at from, and sends a form to path with the token of that page.
func (c *Client) Form(from, path string, values url.Values) (int, []byte) {
	c.t.Helper()
	answer, out := c.form(from, path, values)
	return answer.StatusCode, out
}

// Send is [Client.Form], and returns the page that comes next; empty where the form was refused.
func (c *Client) Send(from, path string, values url.Values) (next string, out []byte) {
	c.t.Helper()
	answer, out := c.form(from, path, values)
	return answer.Header.Get("Location"), out
}

func (c *Client) form(from, path string, values url.Values) (*http.Response, []byte) {
	c.t.Helper()
	_, page := c.Do(http.MethodGet, from, nil)
	_, rest, found := strings.Cut(string(page), `name="csrf" value="`)
	require.True(c.t, found, "no form on %s", from)
	token, _, _ := strings.Cut(rest, `"`)
	values.Set("csrf", token)
	return c.Do(http.MethodPost, path, values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}
