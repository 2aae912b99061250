package assistant_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/assistant/internal/assistant"
	"github.com/musterhr/hr/leave"
)

// site is the house behind HTTP, with the employee E045 and their manager E044 as users.
type site struct {
	house
	*httptest.Server
}

func newSite(t *testing.T, h house) site {
	_, actors := roles()
	users := []assistant.User{
		{Actor: actors["employee"], Name: "Arjun", Token: "token-45", Password: "password-45"},
		{Actor: actors["manager"], Name: "Kavitha", Token: "token-44", Password: "password-44"},
		{Actor: hr.Actor{ID: "nobody"}, Name: "has neither"},
	}
	s := httptest.NewServer(h.Handler(users, "https://client.example"))
	t.Cleanup(s.Close)
	return site{h, s}
}

// bearer adds a token to every request.
type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(r)
}

func (s site) client(t *testing.T, token string) (*mcp.ClientSession, error) {
	transport := &mcp.StreamableClientTransport{Endpoint: s.URL + "/mcp", HTTPClient: &http.Client{Transport: bearer(token)}, MaxRetries: -1}
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
	if err == nil {
		t.Cleanup(func() { _ = c.Close() })
	}
	return c, err
}

// send sends a request and returns status and body.
func (s site) send(t *testing.T, method, path, body string, edit func(*http.Request)) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	require.NoError(t, err)
	if edit != nil {
		edit(r)
	}
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { require.NoError(t, res.Body.Close()) }()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res.StatusCode, string(text)
}

const hello = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}`

func asClient(token string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
	}
}

func asPerson(login, password string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth(login, password)
	}
}

func TestTheToolsNeedAToken(t *testing.T) {
	s := newSite(t, newHouse(t, ordinary))
	for name, c := range map[string]struct {
		edit func(*http.Request)
		body string
		want int
	}{
		"with a token":             {asClient("token-45"), hello, 200},
		"without one":              {asClient(""), hello, 401},
		"with a wrong one":         {asClient("token-46"), hello, 401},
		"with an empty one":        {func(r *http.Request) { asClient("")(r); r.Header.Set("Authorization", "Bearer ") }, hello, 401},
		"with a password":          {asClient("password-45"), hello, 401},
		"with number and password": {asPerson("E045", "password-45"), hello, 401},
		"from a page of somebody else": {func(r *http.Request) {
			asClient("token-45")(r)
			r.Header.Set("Origin", "https://evil.example")
		}, hello, 403},
		"from a sandboxed page": {func(r *http.Request) { asClient("token-45")(r); r.Header.Set("Origin", "null") }, hello, 403},
		"from a page that may":  {func(r *http.Request) { asClient("token-45")(r); r.Header.Set("Origin", "https://client.example") }, hello, 200},
		"under another name of the host": {func(r *http.Request) {
			asClient("token-45")(r)
			r.Host = "evil.example"
		}, hello, 403},
		"with a body too large": {asClient("token-45"), `{"x":"` + strings.Repeat("x", 300<<10) + `"}`, 413},
		"with a body that ends": {asClient("token-45"), `{"jsonrpc":`, 400},
	} {
		status, text := s.send(t, "POST", "/mcp", c.body, c.edit)
		require.Equal(t, c.want, status, "%s: %s", name, text)
	}
	_, err := s.client(t, "token-46")
	require.Error(t, err)
}

// The whole way: an assistant prepares over HTTP, its token does not open the page, the person confirms there, and the service has it once.
func TestAPersonConfirms(t *testing.T) {
	h := build(t, ordinary) // one of its own: this test writes
	h.Drafts = &assistant.Drafts{Dir: t.TempDir(), App: h.App}
	s := newSite(t, h)
	c, err := s.client(t, "token-45")
	require.NoError(t, err)
	prepared := call(t, c, "draft_leave_request", map[string]any{"type": "earned", "from": "2026-11-23", "through": "2026-11-24", "reason": "<script>alert(1)</script>"})
	require.Empty(t, prepared.refused)
	id := prepared.data["draft"].(string)
	requests := func() (n int) {
		list, err := h.App.Store.RequestsIn(t.Context(), "E045", hr.MustPeriod("2026-11-23..2026-11-24"))
		require.NoError(t, err)
		return len(list)
	}
	require.Zero(t, requests(), "nothing has happened yet")
	require.Contains(t, call(t, c, "needs_attention", nil).raw, id)

	form := url.Values{"draft": {id}, "do": {"confirm"}}.Encode()
	for name, x := range map[string]struct {
		edit func(*http.Request)
		want int
	}{
		"the assistant's token":   {asClient("token-45"), 401},
		"the token as a password": {asPerson("E045", "token-45"), 401},
		"no password at all":      {asPerson("nobody", ""), 401},
		"the manager":             {asPerson("E044", "password-44"), 404},
		"the person, from another page": {func(r *http.Request) {
			asPerson("E045", "password-45")(r)
			r.Header.Set("Origin", "https://evil.example")
		}, 403},
		"the person, sent there": {func(r *http.Request) {
			asPerson("E045", "password-45")(r)
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		}, 403},
	} {
		status, text := s.send(t, "POST", "/drafts", form, x.edit)
		require.Equal(t, x.want, status, "%s: %s", name, text)
		require.Zero(t, requests(), name)
	}
	status, page := s.send(t, "GET", "/drafts", "", asPerson("E045", "password-45"))
	require.Equal(t, 200, status)
	require.Contains(t, page, "Ask for earned leave from 2026-11-23 through 2026-11-24 for E045.")
	require.NotContains(t, page, "<script>")
	status, page = s.send(t, "POST", "/drafts", form, asPerson("E045", "password-45"))
	require.Equal(t, 200, status, page)
	require.Contains(t, page, "was sent")
	require.Equal(t, 1, requests())
	status, _ = s.send(t, "POST", "/drafts", form, asPerson("E045", "password-45"))
	require.Equal(t, 422, status, "once")
	require.Equal(t, 1, requests())
	for _, odd := range []string{"../../etc/passwd", "", strings.Repeat("A", 26)} {
		status, _ = s.send(t, "POST", "/drafts", url.Values{"draft": {odd}, "do": {"confirm"}}.Encode(), asPerson("E045", "password-45"))
		require.Equal(t, 404, status, odd)
	}

	boss, err := s.client(t, "token-44")
	require.NoError(t, err)
	decided := call(t, boss, "draft_leave_decision", map[string]any{"request": h.request, "agree": true})
	status, page = s.send(t, "POST", "/drafts", url.Values{"draft": {decided.data["draft"].(string)}, "do": {"confirm"}}.Encode(), asPerson("E044", "password-44"))
	require.Equal(t, 200, status, page)
	r, err := h.App.Store.Request(t.Context(), leave.RequestID(h.request))
	require.NoError(t, err)
	require.Equal(t, leave.Approved, r.State)

	dropped := call(t, c, "draft_letter", map[string]any{"kind": "salary"})
	require.Contains(t, dropped.data["text"], "is paid each month", "one's own pay may stand in one's own letter")
	status, _ = s.send(t, "POST", "/drafts", url.Values{"draft": {dropped.data["draft"].(string)}, "do": {"drop"}}.Encode(), asPerson("E045", "password-45"))
	require.Equal(t, 200, status)
	waiting, err := h.Drafts.Of("E045")
	require.NoError(t, err)
	require.Empty(t, waiting)
}

// Whoever may no longer do it when they confirm, does not: the policy is asked again.
func TestThePolicyIsAskedAgain(t *testing.T) {
	h := newHouse(t, ordinary)
	_, actors := roles()
	hrDesk := actors[hr.RoleHR]
	got := call(t, h.connect(t, hrDesk), "draft_leave_decision", map[string]any{"request": h.request, "agree": true})
	require.Empty(t, got.refused)
	_, err := h.Drafts.Confirm(t.Context(), hr.Actor{ID: hrDesk.ID}, got.data["draft"].(string), true)
	require.ErrorContains(t, err, "leave.Decide")
	r, err := h.App.Store.Request(t.Context(), leave.RequestID(h.request))
	require.NoError(t, err)
	require.Equal(t, leave.Requested, r.State)
}

// A session belongs to the user who began it: with somebody else's token it is not theirs.
func TestASessionIsNotLent(t *testing.T) {
	s := newSite(t, newHouse(t, ordinary))
	var id string
	r, err := http.NewRequestWithContext(t.Context(), "POST", s.URL+"/mcp", strings.NewReader(hello))
	require.NoError(t, err)
	asClient("token-45")(r)
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	_, _ = io.Copy(io.Discard, res.Body)
	require.NoError(t, res.Body.Close())
	id = res.Header.Get("Mcp-Session-Id")
	require.NotEmpty(t, id)
	status, _ := s.send(t, "POST", "/mcp", `{"jsonrpc":"2.0","id":2,"method":"tools/list"}`, func(r *http.Request) { asClient("token-44")(r); r.Header.Set("Mcp-Session-Id", id) })
	require.Equal(t, 403, status)
}
