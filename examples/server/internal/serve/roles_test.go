package serve_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
)

// parts are the columns of the table, in its order.
var parts = []string{"employee", "manager", "HR", "payroll, prepares", "payroll, approves", "auditor", "admin"}

// row is a request, and what each part gets for it. The employee is E045, the manager is E044 who leads E045 and E046, and E002 is somebody
// else's. Bodies that would change something are such that the service refuses them (422) once it is decided that the part may: so who may gets
// 422 or 404 and who may not gets 403, and nothing is changed by the test.
type row struct {
	route, path, body, want string
}

func rows(x fixture) []row {
	q := func(s string) string {
		return strings.NewReplacer("RUN", x.run, "LEAVE", x.leave, "ATT", x.attendance, "LOAN", x.loan, "OPENING", x.opening, "CAND", x.candidate, "APP", x.application, "CHECK", x.checklist).Replace(s)
	}
	const everybody, onlyAdmin = "200 200 200 200 200 200 200", "403 403 403 403 403 403 200"
	table := []row{
		{"GET /v1/me", "/v1/me", "", everybody},
		{"GET /v1/people", "/v1/people", "", "403 403 200 200 200 200 200"},
		{"GET /v1/people/{employee}", "/v1/people/E045", "", "200 200 200 200 200 200 403"},
		{"GET /v1/people/{employee}", "/v1/people/E002", "", "403 403 200 200 200 200 403"},
		{"GET /v1/team", "/v1/team", "", everybody},
		{"GET /v1/people/{employee}/terms", "/v1/people/E045/terms", "", "200 403 200 200 200 200 403"},
		{"GET /v1/people/{employee}/history", "/v1/people/E045/history", "", "200 403 200 403 403 200 403"},
		{"GET /v1/people/{employee}/history", "/v1/people/E002/history", "", "403 403 200 403 403 200 403"},
		{"POST /v1/people", "/v1/people", `{"person":{"name":"X"},"start":"2026-11-02","terms":{}}`, "403 403 422 403 403 403 403"},
		{"POST /v1/people/{employee}/terms", "/v1/people/E045/terms", `{"from":"2026-11-02","set":{}}`, "403 403 422 403 403 403 403"},
		{"POST /v1/people/{employee}/person", "/v1/people/E045/person", `{"name":" ","identities":[{"kind":"","number":""}]}`, "403 403 422 403 403 403 403"},
		{"POST /v1/people/{employee}/join", "/v1/people/E045/join", `{}`, "403 403 422 403 403 403 403"},
		{"POST /v1/people/{employee}/confirm", "/v1/people/E045/confirm", `{"on":"2026-10-01"}`, "403 403 422 403 403 403 403"},
		{"POST /v1/people/{employee}/notice", "/v1/people/E045/notice", `{"given":"2026-10-30","last_day":"2026-10-01"}`, "422 403 422 403 403 403 403"},
		{"POST /v1/people/{employee}/exit", "/v1/people/E045/exit", `{"on":"1999-01-01"}`, "403 403 422 403 403 403 403"},
		{"GET /v1/organisation", "/v1/organisation", "", everybody},
		{"GET /v1/people/{employee}/leave/balances", "/v1/people/E045/leave/balances", "", "200 200 200 403 403 200 403"},
		{"GET /v1/people/{employee}/leave/balances", "/v1/people/E002/leave/balances", "", "403 403 200 403 403 200 403"},
		{"GET /v1/people/{employee}/leave/requests", "/v1/people/E045/leave/requests?period=2026-11-01..2026-11-30", "", "200 200 200 403 403 200 403"},
		{"GET /v1/leave/requests/{id}", "/v1/leave/requests/LEAVE", "", "200 200 200 403 403 200 403"},
		{"POST /v1/leave/requests", "/v1/leave/requests", `{"employee":"E045","type":"none","period":"2026-11-12..2026-11-12"}`, "422 422 422 403 403 403 403"},
		{"POST /v1/leave/requests/{id}/decision", "/v1/leave/requests/DONE/decision", `{"agree":false}`, "403 409 409 403 403 403 403"},
		{"POST /v1/leave/requests/{id}/withdrawal", "/v1/leave/requests/DONE/withdrawal", "", "409 409 409 403 403 403 403"},
		{"POST /v1/leave/requests/{id}/cancellation", "/v1/leave/requests/LEAVE/cancellation", "", "409 403 409 403 403 403 403"},
		{"GET /v1/leave/calendar", "/v1/leave/calendar?period=2026-10-01..2026-10-31", "", everybody},
		{"GET /v1/people/{employee}/days", "/v1/people/E045/days?period=2026-10-01..2026-10-31", "", "200 200 200 403 403 200 403"},
		{"GET /v1/people/{employee}/days", "/v1/people/E002/days?period=2026-10-01..2026-10-31", "", "403 403 200 403 403 200 403"},
		{"POST /v1/punches", "/v1/punches", `{"at":"2020-01-01T00:00:00Z","direction":"in"}`, "422 422 422 422 422 422 422"},
		{"POST /v1/attendance/requests", "/v1/attendance/requests", `{"employee":"E045","reason":"x"}`, "422 422 422 403 403 403 403"},
		{"GET /v1/attendance/requests/{id}", "/v1/attendance/requests/ATT", "", "200 200 200 403 403 200 403"},
		{"POST /v1/attendance/requests/{id}/decision", "/v1/attendance/requests/ENDED/decision", `{"agree":false}`, "403 409 409 403 403 403 403"},
		{"GET /v1/payroll/runs", "/v1/payroll/runs", "", "403 403 403 200 200 200 403"},
		{"POST /v1/payroll/runs", "/v1/payroll/runs", `{"kind":"off_cycle","period":"2026-10-01..2026-10-31","pay_date":"2026-10-31"}`, "403 403 403 422 403 403 403"},
		{"POST /v1/payroll/plan/adoption", "/v1/payroll/plan/adoption", `{"period":""}`, "403 403 403 403 403 403 422"},
		{"POST /v1/payroll/preview", "/v1/payroll/preview", `{"kind":"off_cycle","period":"2026-10-01..2026-10-31","pay_date":"2026-10-31"}`, "403 403 403 422 422 422 403"},
		{"GET /v1/payroll/runs/{run}", "/v1/payroll/runs/RUN", "", "403 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/progress", "/v1/payroll/runs/RUN/progress", "", "403 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/members", "/v1/payroll/runs/RUN/members", "", "403 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/findings", "/v1/payroll/runs/RUN/findings", "", "403 403 403 200 200 200 403"},
		{"POST /v1/payroll/runs/{run}/calculation", "/v1/payroll/runs/none/calculation", "", "403 403 403 404 404 404 403"},
		{"POST /v1/payroll/runs/{run}/overrides", "/v1/payroll/runs/RUN/overrides", `{"findings":[{"check":"none","digest":"x"}],"reason":"x"}`, "403 403 403 422 403 403 403"},
		{"GET /v1/payroll/runs/{run}/review", "/v1/payroll/runs/RUN/review", "", "403 403 403 200 200 200 403"},
		{"POST /v1/payroll/runs/{run}/review", "/v1/payroll/runs/RUN/review", `{"unusual":[{"employee":"E001","digest":"x"}],"reason":"x"}`, "403 403 403 422 422 403 403"},
		{"POST /v1/payroll/runs/{run}/approval", "/v1/payroll/runs/RUN/approval", `{"digest":"other"}`, "403 403 403 403 422 403 403"},
		{"POST /v1/payroll/runs/{run}/payment", "/v1/payroll/runs/RUN/payment", "", "403 403 403 403 409 403 403"},
		{"POST /v1/payroll/runs/{run}/closing", "/v1/payroll/runs/RUN/closing", "", "403 403 403 409 403 403 403"},
		{"POST /v1/payroll/runs/{run}/cancellation", "/v1/payroll/runs/none/cancellation", "", "403 403 403 404 403 403 403"},
		{"GET /v1/people/{employee}/payslips", "/v1/people/E045/payslips", "", "200 403 403 200 200 200 403"},
		{"GET /v1/people/{employee}/payslips", "/v1/people/E002/payslips", "", "403 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/payslips/{employee}", "/v1/payroll/runs/PAID/payslips/E045", "", "200 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/payslips/{employee}", "/v1/payroll/runs/PAID/payslips/E002", "", "403 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/payslips/{employee}", "/v1/payroll/runs/RUN/payslips/E045", "", "404 403 403 200 200 200 403"}, // not paid yet: not the employee's to see
		{"GET /v1/payroll/runs/{run}/payslips/{employee}/explain/{line}", "/v1/payroll/runs/PAID/payslips/E045/explain/epf", "", "200 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/payslips/{employee}/explain/{line}", "/v1/payroll/runs/RUN/payslips/E045/explain/epf", "", "404 403 403 200 200 200 403"},
		{"GET /v1/people/{employee}/loans", "/v1/people/E045/loans", "", "200 403 403 200 200 200 403"},
		{"POST /v1/loans", "/v1/loans", `{"employee":"E045","name":"","amount":"-1","instalment":"0","pay_out":"2026-11-01","first":"2026-11-01","reason":"x"}`, "422 403 422 403 403 403 403"},
		{"POST /v1/loans/{id}/decision", "/v1/loans/DONELOAN/decision", `{"agree":true}`, "403 409 409 403 409 403 403"},
		{"GET /v1/people/{employee}/checklists", "/v1/people/E045/checklists", "", "200 200 200 403 403 200 403"},
		{"POST /v1/people/{employee}/checklists", "/v1/people/E045/checklists", `{"kind":"leaving"}`, "403 403 422 403 403 403 403"},
		{"POST /v1/checklists/{id}/tasks/{task}", "/v1/checklists/CHECK/tasks/none", `{"state":"done"}`, "403 403 404 403 403 403 403"},
		{"GET /v1/tasks", "/v1/tasks", "", "403 403 200 403 403 200 403"},
		{"GET /v1/due", "/v1/due?period=2026-11-01..2026-11-30", "", "403 403 200 403 403 200 403"},
		{"GET /v1/movements", "/v1/movements?period=2026-10-01..2026-10-31", "", "403 403 200 200 200 200 403"},
		{"GET /v1/openings", "/v1/openings", "", "403 403 200 403 403 200 403"},
		{"POST /v1/openings", "/v1/openings", `{"title":" ","seats":1,"terms":{"pay":[{"name":"","amount":"-1"}]}}`, "403 403 422 403 403 403 403"},
		{"GET /v1/openings/{id}", "/v1/openings/OPENING", "", "403 403 200 403 403 200 403"},
		{"POST /v1/openings/{id}/closing", "/v1/openings/none/closing", "", "403 403 404 403 403 403 403"},
		{"GET /v1/openings/{id}/applications", "/v1/openings/OPENING/applications", "", "403 403 200 403 403 200 403"},
		{"POST /v1/openings/{id}/applications", "/v1/openings/none/applications", `{"candidate":"none"}`, "403 403 404 403 403 403 403"},
		{"GET /v1/candidates", "/v1/candidates", "", "403 403 200 403 403 200 403"},
		{"POST /v1/candidates", "/v1/candidates", `{"person":{"name":"X"},"consent":{"purpose":"","given":"2026-01-01","expires":"2025-01-01"}}`, "403 403 422 403 403 403 403"},
		{"GET /v1/candidates/{id}", "/v1/candidates/CAND", "", "403 403 200 403 403 200 403"},
		{"GET /v1/applications/{id}", "/v1/applications/APP", "", "403 403 200 403 403 200 403"},
		{"POST /v1/applications/{id}/stage", "/v1/applications/APP/stage", `{"on":"none"}`, "403 403 422 403 403 403 403"},
		{"POST /v1/applications/{id}/rejection", "/v1/applications/none/rejection", `{"reason":"x"}`, "403 403 404 403 403 403 403"},
		{"POST /v1/applications/{id}/withdrawal", "/v1/applications/none/withdrawal", `{"reason":"x"}`, "403 403 404 403 403 403 403"},
		{"POST /v1/applications/{id}/offer", "/v1/applications/APP/offer", `{"start":"2026-01-01","expires":"2026-01-01","terms":{}}`, "403 403 422 403 403 403 403"},
		{"POST /v1/applications/{id}/offer/decision", "/v1/applications/APP/offer/decision", `{"number":1,"agree":true}`, "403 403 422 403 403 403 403"},
		{"POST /v1/applications/{id}/acceptance", "/v1/applications/APP/acceptance", `{"number":1}`, "403 403 422 403 403 403 403"},
		{"POST /v1/applications/{id}/refusal", "/v1/applications/APP/refusal", `{"reason":"x"}`, "403 403 422 403 403 403 403"},
		{"GET /v1/applications/{id}/interviews", "/v1/applications/APP/interviews", "", "403 403 200 403 403 200 403"},
		{"POST /v1/applications/{id}/interviews", "/v1/applications/none/interviews", `{"from":"2026-11-02T05:00:00Z","until":"2026-11-02T06:00:00Z","interviewers":["E044"]}`, "403 403 404 403 403 403 403"},
		{"POST /v1/interviews/{id}/time", "/v1/interviews/none/time", `{"from":"2026-11-02T05:00:00Z","until":"2026-11-02T06:00:00Z"}`, "403 403 404 403 403 403 403"},
		{"POST /v1/interviews/{id}/cancellation", "/v1/interviews/none/cancellation", `{"reason":"x"}`, "403 403 404 403 403 403 403"},
		{"GET /v1/applications/{id}/scorecards", "/v1/applications/APP/scorecards", "", "403 403 200 403 403 200 403"},
		{"GET /v1/interviews", "/v1/interviews", "", everybody},
		{"POST /v1/interviews/{id}/scorecard", "/v1/interviews/none/scorecard", `{"opinion":"yes","ratings":[{"of":"clarity","points":4}]}`, "404 404 404 404 404 404 404"},
		{"GET /v1/approvals", "/v1/approvals", "", everybody},
		{"GET /v1/audit", "/v1/audit", "", "403 403 403 403 403 200 403"},
		{"GET /v1/audit/entries", "/v1/audit/entries?stream=x", "", "403 403 403 403 403 200 403"},
		{"GET /v1/tokens", "/v1/tokens", "", everybody},
		{"POST /v1/tokens", "/v1/tokens", `{"name":"x","scopes":["all"],"expires":"2020-01-01T00:00:00Z"}`, "422 422 422 422 422 422 422"},
		{"POST /v1/tokens/{id}/revocation", "/v1/tokens/none/revocation", "", everybody},
		{"GET /v1/second-factor", "/v1/second-factor", "", everybody},
		{"POST /v1/second-factor", "/v1/second-factor", "", everybody}, // begins one, which holds once it is confirmed
		{"POST /v1/second-factor/confirmation", "/v1/second-factor/confirmation", `{"password":"another","code":"000000"}`, "422 422 422 422 422 422 422"},
		{"POST /v1/second-factor/removal", "/v1/second-factor/removal", `{"password":"another","code":"000000"}`, "422 422 422 422 422 422 422"},
		{"GET /v1/admin/accounts", "/v1/admin/accounts", "", onlyAdmin},
		{"POST /v1/admin/accounts", "/v1/admin/accounts", `{"login":"x@y.example","name":"X","roles":[],"password":"short"}`, "403 403 403 403 403 403 422"},
		{"POST /v1/admin/accounts/{login}/unlocking", "/v1/admin/accounts/hr@other.example/unlocking", "", "403 403 403 403 403 403 404"}, // of another company
		{"GET /v1/admin/webhooks", "/v1/admin/webhooks", "", onlyAdmin},
		{"POST /v1/admin/webhooks", "/v1/admin/webhooks", `{"url":"ftp://x","kinds":["*"]}`, "403 403 403 403 403 403 422"},
		{"POST /v1/admin/webhooks/{id}/stopping", "/v1/admin/webhooks/none/stopping", "", "403 403 403 403 403 403 404"},
		{"GET /v1/admin/webhooks/{id}/deliveries", "/v1/admin/webhooks/none/deliveries", "", onlyAdmin},
		{"GET /v1/payroll/runs/{run}/files", "/v1/payroll/runs/RUN/files", "", "403 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/files/{name}", "/v1/payroll/runs/PAID/files/register.csv", "", "403 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/files/{name}", "/v1/payroll/runs/PAID/files/journal.xlsx", "", "403 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/files/{name}", "/v1/payroll/runs/PAID/files/bank.csv", "", "403 403 403 200 200 200 403"},
		{"GET /v1/payroll/runs/{run}/files/{name}", "/v1/payroll/runs/PAID/files/..%2f..%2fserver.key", "", "403 403 403 404 404 404 403"},
		{"GET /v1/exports/{name}", "/v1/exports/leave-balances.csv", "", "403 403 200 403 403 200 403"},
		{"GET /v1/exports/{name}", "/v1/exports/leave-balances.xlsx", "", "403 403 200 403 403 200 403"},
		{"POST /v1/imports/people", "/v1/imports/people", "employee,step,from,name\nE999,hire,2026-13-01,X\n", "403 403 422 403 403 403 403"},
		{"POST /v1/imports/people", "/v1/imports/people", "employee,step,from,name,entity\nE999,hire,2026-11-01,,\n", "403 403 422 403 403 403 403"},
		{"POST /v1/imports/punches", "/v1/imports/punches", "employee,at,direction\nE999,2026-10-01 09:00:00,in\n", "403 403 422 403 403 403 403"},
		{"GET /v1/audit/verification", "/v1/audit/verification", "", "403 403 403 403 403 200 403"},
	}
	for i := range table {
		table[i].path = q(strings.NewReplacer("PAID", x.paid, "DONELOAN", x.doneLoan, "ENDED", x.doneAttendance, "DONE", x.doneLeave).Replace(table[i].path))
	}
	return table
}

// fixture are the ids of things that the table asks about.
type fixture struct {
	run, paid, leave, doneLeave, attendance, doneAttendance, loan, doneLoan, opening, candidate, application, checklist string
}

func TestEveryRouteForEveryRole(t *testing.T) {
	s := servetest.Start(t, func(o *serve.Options) { o.Fast = true })
	clients := make([]*servetest.Client, len(parts))
	for i, p := range parts {
		clients[i] = s.As(t, p)
	}
	table := rows(prepare(t, s))
	for _, route := range s.Serve.API.Routes() {
		require.True(t, slices.ContainsFunc(table, func(r row) bool { return r.route == route }), "%s is a route that the table does not have: say who may call it", route)
	}
	var wrong []string
	for n, r := range table {
		require.Contains(t, s.Serve.API.Routes(), r.route)
		method, _, _ := strings.Cut(r.route, " ")
		call := func(c *servetest.Client, who string) int {
			var body any
			if r.body != "" {
				body = r.body
			}
			headers := []string{}
			if strings.Contains(r.path, "/imports/") {
				headers = append(headers, "Content-Type", "text/csv")
			}
			if method != http.MethodGet {
				headers = append(headers, "Idempotency-Key", fmt.Sprintf("row-%d-%s", n, who))
			}
			answer, _ := c.Do(method, r.path, body, headers...)
			return answer.StatusCode
		}
		if got := call(s.Anonymous(t), "anonymous"); got != http.StatusUnauthorized {
			wrong = append(wrong, fmt.Sprintf("%s %s: nobody gets %d", method, r.path, got))
		}
		var got []string
		for i, c := range clients {
			got = append(got, fmt.Sprint(call(c, fmt.Sprintf("p%d", i))))
		}
		if g := strings.Join(got, " "); g != r.want {
			wrong = append(wrong, fmt.Sprintf("%s %s\n  want %s\n  got  %s", method, r.path, r.want, g))
		}
	}
	require.Empty(t, wrong, "%s", strings.Join(wrong, "\n"))
	require.NotContains(t, s.Log.String(), `"level":"ERROR"`)
}

// prepare makes the things that the table asks about.
func prepare(t *testing.T, s *servetest.Server) (x fixture) {
	t.Helper()
	var keys []string
	made := func(part, path string, body any) string {
		keys = append(keys, path)
		var m struct{ ID string }
		status, out := s.As(t, part).Post(path, fmt.Sprintf("prepare-%d", len(keys)), body, &m)
		require.Equal(t, http.StatusOK, status, "%s %s", path, out)
		return m.ID
	}
	employee := "employee"
	x.leave = made(employee, "/v1/leave/requests", map[string]any{"employee": "E045", "type": "casual", "period": "2026-11-12..2026-11-12"})
	x.attendance = made(employee, "/v1/attendance/requests", map[string]any{"employee": "E045", "reason": "forgot", "missing": []any{map[string]any{"at": "2026-10-20T05:00:00Z", "direction": "in"}}})
	x.doneAttendance = made(employee, "/v1/attendance/requests", map[string]any{"employee": "E045", "reason": "forgot that too", "missing": []any{map[string]any{"at": "2026-10-21T05:00:00Z", "direction": "in"}}})
	status, out := s.As(t, "manager").Post("/v1/attendance/requests/"+x.doneAttendance+"/decision", "prepare-decision", map[string]any{"agree": false, "reason": "you were not here"}, nil)
	require.Equal(t, http.StatusOK, status, "%s", out)
	x.loan = made(employee, "/v1/loans", map[string]any{"employee": "E045", "name": "loan", "amount": "10000", "instalment": "1000", "pay_out": "2026-11-30", "first": "2026-12-01", "reason": "x"})
	x.opening = made("HR", "/v1/openings", map[string]any{"title": "Fitter", "seats": 1, "terms": map[string]any{"entity": "SAHYADRI", "currency": "INR"}})
	x.candidate = made("HR", "/v1/candidates", map[string]any{"person": map[string]any{"name": "Candidate"}})
	x.application = made("HR", "/v1/openings/"+x.opening+"/applications", map[string]any{"candidate": x.candidate})
	x.checklist = made("HR", "/v1/people/E064/checklists", map[string]any{"kind": "joining"})
	x.run = made("payroll, prepares", "/v1/payroll/runs", map[string]any{"kind": "regular", "period": "2026-10-01..2026-10-31", "pay_date": "2026-10-31"})
	var progress struct{ State string }
	status, out = s.As(t, "payroll, prepares").Post("/v1/payroll/runs/"+x.run+"/calculation", "prepare-calculation", nil, &progress)
	require.Equal(t, http.StatusOK, status, "%s", out)
	require.Equal(t, "calculated", progress.State)
	var runs struct{ Items []struct{ ID, State string } }
	require.Equal(t, http.StatusOK, s.As(t, "payroll, prepares").Get("/v1/payroll/runs", &runs))
	for _, r := range runs.Items {
		if r.State == "paid" {
			x.paid = r.ID
		}
	}
	var leaves struct{ Items []struct{ ID, State string } }
	require.Equal(t, http.StatusOK, s.As(t, employee).Get("/v1/people/E045/leave/requests?period=2026-10-01..2026-10-31", &leaves))
	x.doneLeave = leaves.Items[0].ID
	var loans struct{ Requests []struct{ ID, State string } }
	require.Equal(t, http.StatusOK, s.As(t, "payroll, prepares").Get("/v1/people/E047/loans", &loans))
	x.doneLoan = loans.Requests[0].ID
	return x
}
