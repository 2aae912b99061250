package serve_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/examples/server/internal/sample"
	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
	"github.com/musterhr/hr/examples/server/internal/web"
)

// planted is in the requests of these tests where somebody's secrets would be. It must not come back, and must not be logged.
const planted = "PLANTED9876543210"

// One server is enough for most: setting the company up takes longer than all of these.
func TestOneServer(t *testing.T) {
	s := servetest.Start(t, func(o *serve.Options) { o.Fast = true })
	for _, c := range []struct {
		name string
		run  func(*testing.T, *servetest.Server)
	}{
		{"bad input changes nothing", badInputChangesNothing},
		{"all faults at once", allFaultsAtOnce},
		{"operators", operators},
		{"traces", traces},
		{"a proxy begins a trace", aProxyBeginsATrace},
		{"metrics", metrics},
		{"openapi", openAPI},
		{"nothing is there", nothingThere},
		{"not ready", notReady},
		{"pages of a list", pagesOfAList},
		{"routes say what they take", routesSayWhatTheyTake},
		{"lockout", lockout},
		{"sending again, and meanwhile", sendingAgainAndMeanwhile},
		{"who is not known stays out", whoIsNotKnownStaysOut}, // last: it disables an account
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, s) })
	}
}

func problem(t *testing.T, answer *http.Response, body []byte) (p web.Problem) {
	t.Helper()
	require.Equal(t, "application/problem+json", answer.Header.Get("Content-Type"), "%d %s", answer.StatusCode, body)
	require.NoError(t, json.Unmarshal(body, &p), "%s", body)
	require.Equal(t, answer.StatusCode, p.Status)
	require.NotEmpty(t, p.Code)
	require.NotContains(t, string(body), planted)
	return p
}

func badInputChangesNothing(t *testing.T, s *servetest.Server) {
	hrs := s.As(t, "HR")
	before := s.Done(t)
	leave := `{"employee":"E045","type":"casual","period":"2026-11-12..2026-11-12"%s}`
	for i, c := range []struct {
		name, path, body string
		headers          []string
		status           int
		code             hr.Rule
	}{
		{"no JSON", "/v1/leave/requests", `{"employee":`, nil, 400, web.RuleBody},
		{"a list for an object", "/v1/leave/requests", `[]`, nil, 422, web.RuleBody},
		{"nothing", "/v1/leave/requests", ``, nil, 400, web.RuleBody},
		{"an unknown field", "/v1/leave/requests", fmt.Sprintf(leave, `,"salary":"`+planted+`"`), nil, 422, web.RuleBody},
		{"a wrong type", "/v1/leave/requests", fmt.Sprintf(leave, `,"reason":7`), nil, 422, web.RuleBody},
		{"a decimal as a number", "/v1/loans", `{"employee":"E045","name":"loan","amount":60000,"instalment":"1","pay_out":"2026-11-01","first":"2026-12-01","reason":"x"}`, nil, 422, web.RuleBody},
		{"a decimal that is none", "/v1/loans", `{"employee":"E045","name":"loan","amount":"` + planted + `x","instalment":"1","pay_out":"2026-11-01","first":"2026-12-01","reason":"x"}`, nil, 422, web.RuleBody},
		{"a day that no calendar has", "/v1/people/E045/confirm", `{"on":"2026-02-30"}`, nil, 422, web.RuleBody},
		{"a long text", "/v1/leave/requests", fmt.Sprintf(leave, `,"reason":"`+strings.Repeat("x", 2000)+`"`), nil, 422, web.RuleBody},
		{"two values after each other", "/v1/leave/requests", fmt.Sprintf(leave, "") + `{"x":1}`, nil, 400, web.RuleBody},
		{"not UTF-8", "/v1/leave/requests", fmt.Sprintf(leave, ",\"reason\":\"\xff\xfe\""), nil, 400, web.RuleBody},
		{"an unknown query", "/v1/leave/requests?admin=1", fmt.Sprintf(leave, ""), nil, 422, web.RuleBody},
		{"no key", "/v1/leave/requests", fmt.Sprintf(leave, ""), []string{"Idempotency-Key", ""}, 422, web.RuleBody},
		{"a key that is none", "/v1/leave/requests", fmt.Sprintf(leave, ""), []string{"Idempotency-Key", "../../../x y"}, 422, web.RuleBody},
		{"another type of body", "/v1/leave/requests", fmt.Sprintf(leave, ""), []string{"Content-Type", "text/xml"}, 415, web.RuleBody},
		{"a huge body", "/v1/leave/requests", fmt.Sprintf(leave, `,"reason":"`+strings.Repeat("x", 2<<20)+`"`), nil, 413, web.RuleTooLarge},
		{"a CSV with a formula", "/v1/imports/people", "employee,step,from,name\nE900,hire,2026-11-01,=HYPERLINK(" + planted + ")\n", []string{"Content-Type", "text/csv"}, 422, "server.csv.formula"},
		{"a CSV of punches with a formula", "/v1/imports/punches", "employee,at,direction\n@SUM(1),2026-10-05 09:00:00,in\n", []string{"Content-Type", "text/csv"}, 422, "server.csv.formula"},
		{"somebody unknown", "/v1/people/NOBODY/confirm", `{"on":"2026-10-01"}`, nil, 404, web.RuleNotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			headers := append([]string{"Idempotency-Key", fmt.Sprintf("bad-input-%d", i)}, c.headers...)
			answer, body := hrs.Do(http.MethodPost, c.path, c.body, headers...)
			p := problem(t, answer, body)
			require.Equal(t, c.status, p.Status, "%s", body)
			require.Equal(t, c.code, p.Code, "%s", body)
			require.NotEmpty(t, p.Detail, "%s", body)
		})
	}
	for _, path := range []string{"/v1/people/..%2f..%2fE001", "/v1/payroll/runs/..%2f..%2fx/files/..%2f..%2fserver.key", "/static/../server.key", "/static/..%2f..%2fgo.mod", "/v1/people/E045%00", "/v1/people/" + strings.Repeat("E", 300), "//v1/me", "/v1/./me"} {
		answer, body := hrs.Do(http.MethodGet, path, nil)
		require.Contains(t, []int{301, 307, 400, 403, 404, 422}, answer.StatusCode, "%s: %s", path, body)
		require.NotContains(t, string(body), "module github.com")
	}
	require.Equal(t, before, s.Done(t), "nothing was done")
	require.NotContains(t, s.Log.String(), planted)
	require.NotContains(t, s.Log.String(), "ERROR", "none of this is a fault of the server")
}

// All faults of a request come together, each with its field and its rule.
func allFaultsAtOnce(t *testing.T, s *servetest.Server) {
	answer, body := s.As(t, "HR").Do(http.MethodPost, "/v1/imports/punches", "employee,at,direction\n,yesterday,sideways\nE001,2026-10-05 09:00:00,in\nE001,never,in\n",
		"Idempotency-Key", "faults-1", "Content-Type", "text/csv")
	p := problem(t, answer, body)
	var paths []string
	for _, f := range p.Errors {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{"lines[2].employee", "lines[2].at", "lines[2].direction", "lines[4].at"}, paths)
}

func whoIsNotKnownStaysOut(t *testing.T, s *servetest.Server) {
	u, _, err := s.Desk.Accounts.User(t.Context(), "rukhsana.bagwan@sahyadri.example")
	require.NoError(t, err)
	token, secret, err := s.Desk.Accounts.NewToken(t.Context(), u, "k", "test", []string{login.ScopeRead}, time.Now().Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, s.Bearer(t, secret).Get("/v1/people", nil))

	refused := func(c *servetest.Client, why string) {
		answer, body := c.Do(http.MethodGet, "/v1/people", nil)
		p := problem(t, answer, body)
		require.Equal(t, http.StatusUnauthorized, p.Status, why)
		require.Equal(t, web.RuleLogin, p.Code, why)
		require.Equal(t, "Bearer", answer.Header.Get("WWW-Authenticate"), why)
	}
	refused(s.Anonymous(t), "nobody")
	refused(s.Bearer(t, secret+"x"), "a forged token")
	refused(s.Bearer(t, "muster_"+planted), "an invented token")
	refused(s.Bearer(t, strings.Repeat("x", 10000)), "a long token")
	_, err = s.Desk.Records.Exec(t.Context(), "UPDATE srv_token SET expires = 1 WHERE id = ?", token.ID)
	require.NoError(t, err)
	refused(s.Bearer(t, secret), "an expired token")

	_, secret, err = s.Desk.Accounts.NewToken(t.Context(), u, "k2", "test", []string{login.ScopeRead}, time.Now().Add(time.Hour))
	require.NoError(t, err)
	answer, body := s.Bearer(t, secret).Do(http.MethodPost, "/v1/openings", map[string]any{"title": "x", "seats": 1, "terms": map[string]any{}}, "Idempotency-Key", "scope-test")
	require.Equal(t, web.RuleScope, problem(t, answer, body).Code, "a token to read does not write")
	require.Equal(t, http.StatusForbidden, answer.StatusCode)
	require.Equal(t, http.StatusForbidden, s.Bearer(t, secret).Get("/v1/admin/accounts", nil))

	browser := s.As(t, "HR")
	answer, body = browser.Do(http.MethodPost, "/v1/openings", map[string]any{"title": "x", "seats": 1, "terms": map[string]any{}}, "Idempotency-Key", "csrf-test", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	require.Equal(t, web.RuleCrossOrigin, problem(t, answer, body).Code, "a page of somebody else, with our cookie")
	answer, _ = browser.Do(http.MethodOptions, "/v1/openings", nil, "Origin", "https://evil.example", "Access-Control-Request-Method", "POST")
	require.Empty(t, answer.Header.Get("Access-Control-Allow-Origin"))

	require.NoError(t, s.Desk.Accounts.Put(t.Context(), login.Account{Login: u.Login, Name: u.Name, Tenant: u.Tenant, Actor: u.Actor, Disabled: true}))
	refused(browser, "somebody who is disabled is out at once")
	refused(s.Bearer(t, secret), "and so are their tokens")
	require.NotContains(t, s.Log.String(), planted)
	require.NotContains(t, s.Log.String(), secret)
	require.NotContains(t, s.Log.String(), u.Login)
}

// Ids of another company lead nowhere, whatever the role there.
func TestAnotherCompanyDoesNotExist(t *testing.T) {
	s := servetest.Start(t, func(o *serve.Options) { o.Fast = true })
	x := prepare(t, s)
	before := s.Done(t)
	other := s.Login(t, "hr@other.example", sample.Password)
	for _, path := range []string{
		"/v1/people/E045", "/v1/leave/requests/" + x.leave, "/v1/attendance/requests/" + x.attendance, "/v1/payroll/runs/" + x.run, "/v1/payroll/runs/" + x.paid + "/payslips/E045",
		"/v1/payroll/runs/" + x.paid + "/files/register.csv",
	} {
		answer, body := other.Do(http.MethodGet, path, nil)
		require.Equal(t, http.StatusNotFound, answer.StatusCode, "%s: %s", path, body)
	}
	var people struct{ Items []any }
	require.Equal(t, http.StatusOK, other.Get("/v1/people", &people))
	require.Empty(t, people.Items)
	for i, path := range []string{"/v1/leave/requests/" + x.leave + "/decision", "/v1/attendance/requests/" + x.attendance + "/decision", "/v1/loans/" + x.loan + "/decision"} {
		status, body := other.Post(path, fmt.Sprintf("other-%d-key", i), map[string]any{"agree": true}, nil)
		require.Equal(t, http.StatusNotFound, status, "%s", body)
	}
	require.Equal(t, before, s.Done(t))
}

func sendingAgainAndMeanwhile(t *testing.T, s *servetest.Server) {
	employee, boss := s.As(t, "employee"), s.As(t, "manager")
	ask := map[string]any{"employee": "E045", "type": "casual", "period": "2026-11-12..2026-11-12", "reason": "a doctor"}
	var first, again struct{ ID string }
	status, _ := employee.Post("/v1/leave/requests", "same-key-1", ask, &first)
	require.Equal(t, http.StatusOK, status)
	n := s.Done(t)
	status, _ = employee.Post("/v1/leave/requests", "same-key-1", ask, &again)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, first, again, "the same key and content: the first answer")
	require.Equal(t, n, s.Done(t), "and nothing was done")
	ask["period"] = "2026-11-13..2026-11-13"
	status, body := employee.Post("/v1/leave/requests", "same-key-1", ask, nil)
	require.Equal(t, http.StatusUnprocessableEntity, status, "the same key and other content: %s", body)
	require.Contains(t, string(body), "storage.command.reused")

	path := "/v1/leave/requests/" + first.ID
	answer, body := boss.Do(http.MethodGet, path, nil)
	tag := answer.Header.Get("ETag")
	require.NotEmpty(t, tag)
	require.NotContains(t, string(body), "doctor", "a manager does not read why: it may speak of health")
	_, body = employee.Do(http.MethodGet, path, nil)
	require.Contains(t, string(body), "doctor")

	decide := func(c *servetest.Client, key, match string) (*http.Response, []byte) {
		return c.Do(http.MethodPost, path+"/decision", map[string]any{"agree": true}, "Idempotency-Key", key, "If-Match", match)
	}
	answer, body = decide(boss, "decide-stale", `"999"`)
	require.Equal(t, http.StatusPreconditionFailed, answer.StatusCode, "%s", body)
	require.Equal(t, web.RuleMatch, problem(t, answer, body).Code)
	require.Equal(t, tag, answer.Header.Get("ETag"))
	answer, _ = decide(employee, "decide-own", tag)
	require.Equal(t, http.StatusForbidden, answer.StatusCode, "nobody decides on their own leave, whatever version they have")
	answer, body = decide(boss, "decide-fresh", tag)
	require.Equal(t, http.StatusOK, answer.StatusCode, "%s", body)
	answer, body = decide(boss, "decide-fresh", tag)
	require.Equal(t, http.StatusOK, answer.StatusCode, "sent again, the case has changed by itself: the first answer. %s", body)
	answer, body = decide(boss, "decide-late", tag)
	require.Equal(t, http.StatusPreconditionFailed, answer.StatusCode, "%s", body)

	// Two who decide at once on what they both saw: one does.
	status, body = employee.Post("/v1/leave/requests", "race-key-1", map[string]any{"employee": "E045", "type": "earned", "period": "2026-11-19..2026-11-19"}, &first)
	require.Equal(t, http.StatusOK, status, "%s", body)
	path = "/v1/leave/requests/" + first.ID
	answer, _ = boss.Do(http.MethodGet, path, nil)
	tag = answer.Header.Get("ETag")
	got := make([]int, 8)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() {
			answer, _ := decide(boss, fmt.Sprintf("race-key-%d", i+10), tag)
			got[i] = answer.StatusCode
		})
	}
	all.Wait()
	won := 0
	for _, status := range got {
		if status == http.StatusOK {
			won++
			continue
		}
		require.Equal(t, http.StatusPreconditionFailed, status)
	}
	require.Equal(t, 1, won)
}

func lockout(t *testing.T, s *servetest.Server) {
	name := "arjun.menon@sahyadri.example"
	try := func(login, password string) (int, string) {
		status, body := s.Anonymous(t).Form("/login", "/login", url.Values{"login": {login}, "password": {password}})
		return status, string(body)
	}
	strip := func(page, login string) string {
		page = strings.ReplaceAll(page, login, "")
		before, rest, _ := strings.Cut(page, `name="csrf" value="`)
		_, after, _ := strings.Cut(rest, `"`)
		return before + after
	}
	_, known := try(name, "wrong password 1")
	_, unknown := try("nobody@sahyadri.example", "wrong password 1")
	require.Equal(t, strip(known, name), strip(unknown, "nobody@sahyadri.example"), "nobody learns which accounts there are")
	for range 4 {
		status, _ := try(name, planted)
		require.Equal(t, http.StatusUnauthorized, status)
	}
	status, _ := try(name, sample.Password)
	require.Equal(t, http.StatusUnauthorized, status, "locked: the right password does not help for a while")
	require.NoError(t, s.Desk.Accounts.Unlock(t.Context(), name))
	status, _ = try(name, sample.Password)
	require.Equal(t, http.StatusSeeOther, status)
	require.NotContains(t, s.Log.String(), planted)

	c := s.Anonymous(t)
	answer, _ := c.Do(http.MethodGet, "/login", nil)
	before := answer.Header.Get("Set-Cookie")
	c.Form("/login", "/login", url.Values{"login": {name}, "password": {sample.Password}})
	answer, _ = c.Do(http.MethodGet, "/", nil)
	require.NotEqual(t, strings.Split(before, ";")[0], strings.Split(answer.Header.Get("Set-Cookie"), ";")[0], "another session after the login")
	answer, _ = s.Anonymous(t).Do(http.MethodPost, "/login", "login="+name+"&password=x", "Content-Type", "application/x-www-form-urlencoded")
	require.Equal(t, http.StatusForbidden, answer.StatusCode, "a form without the token of its session")
}

func TestTooManyRequests(t *testing.T) {
	s := servetest.Start(t)
	c := s.Anonymous(t)
	var last *http.Response
	for range 500 {
		if last, _ = c.Do(http.MethodGet, "/v1/me", nil); last.StatusCode == http.StatusTooManyRequests {
			break
		}
	}
	require.Equal(t, http.StatusTooManyRequests, last.StatusCode)
	require.NotEmpty(t, last.Header.Get("Retry-After"))
}

// What operators look at tells nobody else anything.
func operators(t *testing.T, s *servetest.Server) {
	for _, path := range []string{"/livez", "/readyz"} {
		answer, _ := s.Anonymous(t).Do(http.MethodGet, path, nil)
		require.Equal(t, http.StatusOK, answer.StatusCode)
	}
	for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/heap"} {
		answer, _ := s.Anonymous(t).Do(http.MethodGet, path, nil)
		require.Equal(t, http.StatusUnauthorized, answer.StatusCode, path)
		answer, _ = s.As(t, "HR").Do(http.MethodGet, path, nil)
		require.Equal(t, http.StatusForbidden, answer.StatusCode, path)
		answer, body := s.Token(t, "admin", login.ScopeAdmin).Do(http.MethodGet, path, nil)
		require.Equal(t, http.StatusOK, answer.StatusCode, path)
		require.NotContains(t, string(body), "E045")
	}
	answer, _ := s.Anonymous(t).Do(http.MethodGet, "/login", nil)
	policy := answer.Header.Get("Content-Security-Policy")
	require.Contains(t, policy, "default-src 'none'")
	require.NotContains(t, policy, "unsafe")
}

// Every parameter in a path is one that its route reads, and every route that writes asks for a key.
func routesSayWhatTheyTake(t *testing.T, s *servetest.Server) {
	for path, item := range s.Serve.API.Schema().Paths {
		for _, op := range []any{item.Get, item.Post} {
			raw, err := json.Marshal(op)
			require.NoError(t, err)
			if string(raw) == "null" {
				continue
			}
			for _, part := range strings.Split(path, "/") {
				if name, is := strings.CutPrefix(part, "{"); is {
					require.Contains(t, string(raw), `"in":"path","name":"`+strings.TrimSuffix(name, "}"), path)
				}
			}
		}
		if item.Post != nil {
			require.GreaterOrEqual(t, item.Post.BodyReadTimeout, web.Longest, "%s would be ended in the middle", path)
		}
		if item.Post != nil && path != "/v1/payroll/preview" {
			raw, err := json.Marshal(item.Post)
			require.NoError(t, err)
			require.Contains(t, string(raw), "Idempotency-Key", path)
		}
	}
}
