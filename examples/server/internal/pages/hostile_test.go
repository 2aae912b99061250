package pages_test

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/sample"
	"github.com/musterhr/hr/examples/server/internal/servetest"
)

// What somebody types into the address bar or into a form to see or change what is not theirs. One server is enough: setting up takes longest.
func TestHostilePages(t *testing.T) {
	s := servetest.Start(t, fast)
	x := prepare(t, s)
	for _, c := range []struct {
		name string
		run  func(*testing.T, *servetest.Server, fixture)
	}{
		{"ids of another company", otherCompanies},
		{"forged ids", forgedIDs},
		{"path tricks", pathTricks},
		{"formulas in exports", formulas},
		{"one form sent again, and another under its key", replays},
		{"two at once", twoAtOnce},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, s, x) })
	}
	require.NotContains(t, s.Log.String(), `"level":"ERROR"`, "none of this is a fault of the server")
}

// secrets are what is in a page about somebody of the specimen company, and in none that another company sees.
var secrets = []string{"Arjun", "E045", "Candidate"}

// bare is a page without what every page says back: its own path.
func bare(body []byte, path string) string {
	return strings.NewReplacer(path, "", url.PathEscape(path), "").Replace(string(body))
}

// HR and payroll of another company on the same server, who may do everything there, get 404 for whatever is of this one: never 403, which would say that
// it is there, and the same page as for an id that nobody ever had.
func otherCompanies(t *testing.T, s *servetest.Server, x fixture) {
	other := s.Login(t, "hr@other.example", sample.Password)
	before := s.Done(t)
	n := 0
	for _, pattern := range []string{
		"/people/%s/leave", "/people/%s/attendance?month=2026-10", "/people/%s/payslips", "/people/%s/letters/relieving",
	} {
		for _, id := range []string{"E045", "E999"} {
			path := fmt.Sprintf(pattern, id)
			answer, body := other.Do(http.MethodGet, path, nil)
			for _, word := range secrets {
				require.NotContains(t, strings.ReplaceAll(bare(body, path), id, ""), word, path)
			}
			require.Equal(t, http.StatusNotFound, answer.StatusCode, path)
			n++
		}
	}
	for _, pattern := range []string{
		"/payroll/runs/%s", "/payroll/runs/%s/variance", "/payroll/runs/%s/review", "/payroll/runs/%s/files/register.csv", "/payroll/runs/%s/files/bank.csv",
		"/payroll/runs/%s/payslips/E045", "/payroll/runs/%s/payslips/E045/why/epf", "/payroll/runs/%s/payslips/E045/payslip.pdf",
	} {
		var pages []string
		for _, id := range []string{x.paid, x.run, "run_nobodyeverhadthis"} {
			path := fmt.Sprintf(pattern, id)
			answer, body := other.Do(http.MethodGet, path, nil)
			require.Equal(t, http.StatusNotFound, answer.StatusCode, path)
			pages = append(pages, same(body))
			n++
		}
		require.Equal(t, pages[2], pages[0], "an id of another company looks like one that nobody ever had")
		require.Equal(t, pages[2], pages[1])
	}
	for _, path := range []string{"/hiring/" + x.opening, "/hiring/" + x.opening + "/applications/" + x.application, "/hiring/none"} {
		answer, _ := other.Do(http.MethodGet, path, nil)
		require.Equal(t, http.StatusNotFound, answer.StatusCode, path)
		n++
	}
	for path, form := range map[string]string{
		"/approvals/leave/" + x.leave:                                            "answer=yes&reason=x",
		"/payroll/runs/" + x.run + "/calculation":                                "",
		"/payroll/runs/" + x.run + "/cancellation":                               "",
		"/payroll/runs/" + x.run + "/review":                                     "unusual=E045|x&reason=x",
		"/payroll/runs/" + x.run + "/overrides":                                  "finding=attendance|E045|x&reason=x",
		"/hiring/" + x.opening + "/applications/" + x.application + "/rejection": "reason=x",
		"/people/E045/leave/" + x.leave + "/withdrawal":                          "",
	} {
		values, err := url.ParseQuery(form)
		require.NoError(t, err)
		values.Set("key", "of-another-company")
		status, body := other.Form("/", path, values)
		require.Equal(t, http.StatusNotFound, status, "%s %s", path, body)
		n++
	}
	require.Greater(t, n, 30)
	require.Equal(t, before, s.Done(t), "nothing was done")
}

// same is a refusal without what differs from request to request.
func same(body []byte) string {
	page := string(body)
	for _, mark := range []string{`name="csrf" value="`, `name="key" value="`, `<code id="request">`} {
		for {
			before, rest, found := strings.Cut(page, mark)
			if !found {
				break
			}
			_, after, _ := strings.Cut(rest, `"`)
			page = before + after
		}
	}
	if before, _, found := strings.Cut(page, "Request "); found {
		page = before
	}
	return page
}

// An employee who makes ids up: of a person the answer is the same refusal whether there is such a person or not, and of a case it is 404 or the
// refusal that they would get for any.
func forgedIDs(t *testing.T, s *servetest.Server, x fixture) {
	e := s.As(t, "employee")
	before := s.Done(t)
	for _, pattern := range []string{"/people/%s/leave", "/people/%s/attendance", "/people/%s/payslips", "/people/%s/letters/confirmation", "/payroll/runs/" + x.paid + "/payslips/%s", "/payroll/runs/" + x.run + "/payslips/%s"} {
		var got []string
		for _, id := range []string{"E002", "E999", "../E002", "E045'--", "E0\u00e945"} {
			path := fmt.Sprintf(pattern, url.PathEscape(id))
			answer, body := e.Do(http.MethodGet, path, nil)
			require.Contains(t, []int{http.StatusForbidden, http.StatusNotFound}, answer.StatusCode, path)
			require.NotContains(t, string(body), "Deshpande", path)
			got = append(got, fmt.Sprint(answer.StatusCode))
		}
		require.Equal(t, got[0], got[1], "%s: who is there is not told from who is not", pattern)
	}
	for _, path := range []string{"/interviews/" + x.application + "/scorecard", "/approvals/leave/nobody", "/approvals/nothing/" + x.leave, "/checklists/none/tasks/none"} {
		status, _ := e.Form("/", path, url.Values{"key": {"forged-form"}, "answer": {"yes"}, "reason": {"x"}, "state": {"done"}, "opinion": {"yes"}, "points_0": {"5"}, "points_1": {"5"}, "points_2": {"5"}})
		require.Contains(t, []int{http.StatusForbidden, http.StatusNotFound}, status, path)
	}
	require.Equal(t, before, s.Done(t), "nothing was done")
}

func pathTricks(t *testing.T, s *servetest.Server, x fixture) {
	pay := s.As(t, "payroll, prepares")
	for _, path := range []string{
		"/payroll/runs/" + x.paid + "/files/..%2f..%2fserver.key", "/payroll/runs/" + x.paid + "/files/%2e%2e%2fserver.db", "/payroll/runs/" + x.paid + "/files/register.csv%00.txt", "/payroll/runs/..%2f..%2fetc/files/passwd",
		"/static/..%2fpages.go", "/static/%2e%2e/%2e%2e/server.db", "/static/../templates/login.html", "/templates/login.html", "/people/..%2f..%2f/leave", "/people/%00/leave", "/people/" + strings.Repeat("E", 5000) + "/leave",
		"/./payroll/../people", "//people", "/payroll/runs/" + x.paid + "/payslips/E045/why/..%2f..%2f", "/second-factor/..%2fhiring",
	} {
		answer, body := pay.Do(http.MethodGet, path, nil)
		require.Contains(t, []int{301, 303, 307, 308, 400, 403, 404, 414, 422}, answer.StatusCode, path)
		for _, leaked := range []string{"package pages", "SQLite format", "{{define"} {
			require.NotContains(t, string(body), leaked, path)
		}
		if to := answer.Header.Get("Location"); to != "" {
			require.True(t, strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//"), "%s leads to %s", path, to)
		}
	}
}

// What somebody is called may be a formula; the files for spreadsheets that pages offer do not run it.
func formulas(t *testing.T, s *servetest.Server, x fixture) {
	hrs := s.As(t, "HR")
	status, out := hrs.Post("/v1/people/E045/person", "formula-person", map[string]any{
		"name": `=HYPERLINK("https://evil.example","x")`, "email": "arjun.menon@sahyadri.example", "identities": []any{map[string]any{"kind": "pan_in", "number": "ZZZPM0045Z"}},
		"bank": map[string]any{"holder": "Arjun Menon", "number": "77000356355", "bank": "SPEC0BLR002", "kind": "savings"},
	}, nil)
	require.Equal(t, http.StatusOK, status, "%s", out)
	_, page := hrs.Do(http.MethodGet, "/people", nil)
	require.Contains(t, string(page), "=HYPERLINK(&#34;https://evil.example", "a page shows it as it is")
	pay := s.As(t, "payroll, prepares")
	for _, name := range []string{"register.csv", "journal.csv"} {
		answer, body := pay.Do(http.MethodGet, "/payroll/runs/"+x.paid+"/files/"+name, nil)
		require.Equal(t, http.StatusOK, answer.StatusCode)
		require.Equal(t, `attachment; filename="`+name+`"`, answer.Header.Get("Content-Disposition"))
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(body), "\ufeff"))).ReadAll()
		require.NoError(t, err)
		require.Greater(t, len(rows), 10)
		for _, row := range rows {
			for _, cell := range row {
				if strings.HasPrefix(cell, "-") { // an amount below zero
					require.Regexp(t, `^-[0-9.]+$`, cell)
					continue
				}
				require.NotRegexp(t, "^[=+@\t\r]", cell)
			}
		}
	}
}

// A form that is sent again is done once. One of its keys with another content is refused, whatever the page it comes from.
func replays(t *testing.T, s *servetest.Server, _ fixture) {
	e := s.As(t, "employee")
	ask := url.Values{"key": {"replayed-form"}, "type": {"casual"}, "from": {"2026-12-17"}, "reason": {"a wedding"}}
	status, body := e.Form("/", "/people/E045/leave", ask)
	require.Equal(t, http.StatusSeeOther, status, "%s", body)
	before := s.Done(t)
	status, _ = e.Form("/", "/people/E045/leave", ask)
	require.Equal(t, http.StatusSeeOther, status)
	require.Equal(t, before, s.Done(t), "the second time nothing is done")
	ask.Set("from", "2026-12-18")
	status, body = e.Form("/", "/people/E045/leave", ask)
	require.Equal(t, http.StatusUnprocessableEntity, status)
	require.Contains(t, string(body), "was used for something else")
	require.Equal(t, before, s.Done(t))

	stranger := s.As(t, "manager") // the same key of somebody else is another key
	ask.Set("from", "2026-12-21")
	status, body = stranger.Form("/", "/people/E044/leave", ask)
	require.Equal(t, http.StatusSeeOther, status, "%s", body)

	// A form of one session is worth nothing in another, and nothing after its session has ended.
	_, page := e.Do(http.MethodGet, "/", nil)
	_, rest, _ := strings.Cut(string(page), `name="csrf" value="`)
	token, _, _ := strings.Cut(rest, `"`)
	taken := url.Values{"csrf": {token}, "key": {"taken-over-form"}, "direction": {"in"}}.Encode()
	answer, _ := stranger.Do(http.MethodPost, "/punches", taken, "Content-Type", "application/x-www-form-urlencoded")
	require.Equal(t, http.StatusForbidden, answer.StatusCode)
	answer, _ = e.Do(http.MethodPost, "/logout", url.Values{"csrf": {token}}.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	answer, _ = e.Do(http.MethodPost, "/punches", taken, "Content-Type", "application/x-www-form-urlencoded")
	require.Equal(t, http.StatusSeeOther, answer.StatusCode)
	require.Equal(t, "/login", answer.Header.Get("Location"))
}

// Two who decide the same from pages that both loaded before: one does, and the other is told to look again. A payroll that was calculated anew after
// somebody looked at it is not approved by what they saw.
func twoAtOnce(t *testing.T, s *servetest.Server, x fixture) {
	e := s.As(t, "employee")
	status, body := e.Form("/", "/people/E045/leave", url.Values{"key": {"contested-leave"}, "type": {"casual"}, "from": {"2026-12-23"}})
	require.Equal(t, http.StatusSeeOther, status, "%s", body)
	var leaves struct {
		Items []struct{ ID, State, Period string }
	}
	require.Equal(t, http.StatusOK, e.Get("/v1/people/E045/leave/requests?period=2026-12-23..2026-12-23", &leaves))
	require.Len(t, leaves.Items, 1)
	id := leaves.Items[0].ID
	boss := s.As(t, "manager")
	got, said := make([]int, 6), make([][]byte, 6)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() {
			answer := "yes"
			if i%2 == 1 {
				answer = "no"
			}
			got[i], said[i] = boss.Form("/", "/approvals/leave/"+id, url.Values{"key": {fmt.Sprintf("contested-%d", i)}, "answer": {answer}, "reason": {"x"}})
		})
	}
	all.Wait()
	won := 0
	for i, status := range got {
		if status == http.StatusSeeOther {
			won++
			continue
		}
		require.Equal(t, http.StatusConflict, status, "%s", said[i])
	}
	require.Equal(t, 1, won)

	approver := s.As(t, "payroll, approves")
	status, body = approver.Form("/", "/payroll/runs/"+x.run+"/approval", url.Values{"key": {"approve-what-was"}, "digest": {strings.Repeat("0", 64)}})
	require.Equal(t, http.StatusUnprocessableEntity, status, "%s", body)
	require.Contains(t, string(body), "That did not work")
}
