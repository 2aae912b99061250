package pages_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/pages"
	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
	"github.com/musterhr/hr/payroll"
)

// parts are the columns of the table, in its order.
var parts = []string{"employee", "manager", "HR", "payroll, prepares", "payroll, approves", "auditor", "admin"}

// row is a page or a form, and what each part gets for it. The employee is E045, the manager is E044 who leads E045 and E046, and E002 is somebody
// else's. Forms that would change something are filled in such a way that the service refuses them once it is decided that the part may: so who may
// gets 422, 404 or 409, and nothing is changed by the test.
type row struct {
	route, path, form, want string
}

const (
	everybody = "200 200 200 200 200 200 200"
	onlyHR    = "403 403 200 403 403 200 403" // and the auditor
	onlyPay   = "403 403 403 200 200 200 403"
	ofTheirs  = "200 200 200 403 403 200 403" // leave and attendance of E045
	ownPay    = "200 403 403 200 200 200 403"
)

func rows(x fixture) []row {
	table := []row{
		{"GET /{$}", "/", "", everybody},
		{"GET /people/{employee}/payslips", "/people/E045/payslips", "", ownPay},
		{"GET /people/{employee}/payslips", "/people/E002/payslips", "", onlyPay},
		{"GET /payroll/runs/{run}/payslips/{employee}", "/payroll/runs/PAID/payslips/E045", "", ownPay},
		{"GET /payroll/runs/{run}/payslips/{employee}", "/payroll/runs/PAID/payslips/E002", "", onlyPay},
		{"GET /payroll/runs/{run}/payslips/{employee}", "/payroll/runs/RUN/payslips/E045", "", "404 403 403 200 200 200 403"}, // not paid yet: not the employee's to see
		{"GET /payroll/runs/{run}/payslips/{employee}/why/{line}", "/payroll/runs/PAID/payslips/E045/why/epf", "", ownPay},
		{"GET /payroll/runs/{run}/payslips/{employee}/why/{line}", "/payroll/runs/PAID/payslips/E045/why/none", "", "404 403 403 404 404 404 403"},
		{"GET /payroll/runs/{run}/payslips/{employee}/why/{line}", "/payroll/runs/RUN/payslips/E045/why/epf", "", "404 403 403 200 200 200 403"},
		{"GET /payroll/runs/{run}/payslips/{employee}/payslip.pdf", "/payroll/runs/PAID/payslips/E045/payslip.pdf", "", ownPay},
		{"GET /payroll/runs/{run}/payslips/{employee}/payslip.pdf", "/payroll/runs/PAID/payslips/E002/payslip.pdf?language=hi", "", onlyPay},
		{"GET /people/{employee}/leave", "/people/E045/leave", "", ofTheirs},
		{"GET /people/{employee}/leave", "/people/E002/leave", "", onlyHR},
		{"POST /people/{employee}/leave", "/people/E045/leave", "type=none&from=2026-11-12", "422 422 422 403 403 403 403"},
		{"POST /people/{employee}/leave/{id}/withdrawal", "/people/E045/leave/LEAVE/withdrawal", "", "409 409 409 403 403 403 403"},
		{"POST /people/{employee}/leave/{id}/cancellation", "/people/E045/leave/none/cancellation", "", "403 403 404 403 403 403 403"},
		{"GET /team", "/team", "", everybody},
		{"GET /people/{employee}/attendance", "/people/E045/attendance?month=2026-10", "", ofTheirs},
		{"GET /people/{employee}/attendance", "/people/E002/attendance?month=2026-10", "", onlyHR},
		{"POST /punches", "/punches", "direction=sideways", "422 422 422 422 422 403 422"},
		{"POST /people/{employee}/attendance", "/people/E045/attendance", "day=2026-10-20&time=09:30&direction=in&reason=", "422 422 422 403 403 403 403"},
		{"GET /approvals", "/approvals", "", everybody},
		{"POST /approvals/{kind}/{id}", "/approvals/leave/LEAVE", "answer=no&reason=x", "403 409 409 403 403 403 403"},
		{"GET /payroll", "/payroll", "", onlyPay},
		{"GET /payroll/preview", "/payroll/preview?from=2026-10-01&through=2026-10-31&pay_date=2026-10-31", "", onlyPay},
		{"POST /payroll/runs", "/payroll/runs", "from=2026-11-30&through=2026-11-01&pay_date=2026-11-30", "403 403 403 422 403 403 403"},
		{"GET /payroll/runs/{run}", "/payroll/runs/RUN", "", onlyPay},
		{"POST /payroll/runs/{run}/calculation", "/payroll/runs/none/calculation", "", "403 403 403 404 403 403 403"},
		{"POST /payroll/runs/{run}/payment", "/payroll/runs/RUN/payment", "", "403 403 403 403 409 403 403"},
		{"POST /payroll/runs/{run}/overrides", "/payroll/runs/RUN/overrides", "finding=none||x&reason=x", "403 403 403 422 403 403 403"},
		{"POST /payroll/runs/{run}/approval", "/payroll/runs/RUN/approval", "digest=other", "403 403 403 403 422 403 403"},
		{"POST /payroll/runs/{run}/closing", "/payroll/runs/RUN/closing", "", "403 403 403 409 403 403 403"},
		{"POST /payroll/runs/{run}/cancellation", "/payroll/runs/none/cancellation", "", "403 403 403 404 403 403 403"},
		{"GET /payroll/runs/{run}/files/{name}", "/payroll/runs/PAID/files/register.csv", "", onlyPay},
		{"GET /payroll/runs/{run}/files/{name}", "/payroll/runs/PAID/files/..%2f..%2fserver.key", "", "403 403 403 404 404 404 403"},
		{"GET /payroll/runs/{run}/variance", "/payroll/runs/RUN/variance", "", onlyPay},
		{"GET /payroll/runs/{run}/review", "/payroll/runs/RUN/review", "", onlyPay},
		{"POST /payroll/runs/{run}/review", "/payroll/runs/RUN/review", "unusual=none|x&reason=x", "403 403 403 422 422 403 403"},
		{"GET /payroll/what-if", "/payroll/what-if?from=2026-10-01&through=2026-10-31&term=basic&percent=5", "", onlyPay},
		{"GET /payroll/back-test", "/payroll/back-test", "", onlyPay},
		{"POST /payroll/back-test", "/payroll/back-test", "rules=nonsense", "403 403 403 422 422 422 403"},
		{"GET /people", "/people", "", "403 403 200 200 200 200 200"},
		{"GET /organisation", "/organisation", "", everybody},
		{"GET /movements", "/movements", "", onlyHR},
		{"GET /due", "/due", "", onlyHR},
		{"GET /people/{employee}/letters/{kind}", "/people/E045/letters/confirmation", "", "200 403 200 403 403 200 403"},
		{"GET /people/{employee}/letters/{kind}", "/people/E002/letters/relieving", "", "403 403 422 403 403 422 403"}, // who stays
		{"GET /people/{employee}/letters/{kind}", "/people/E048/letters/relieving", "", onlyHR},
		{"POST /people/{employee}/checklists", "/people/E045/checklists", "kind=leaving", "403 403 422 403 403 403 403"},
		{"POST /checklists/{id}/tasks/{task}", "/checklists/none/tasks/none", "state=done", "403 403 404 403 403 403 403"},
		{"GET /hiring", "/hiring", "", onlyHR},
		{"POST /hiring", "/hiring", "title=&seats=1&like=E045", "403 403 422 403 403 403 403"},
		{"GET /hiring/{opening}", "/hiring/OPENING", "", onlyHR},
		{"POST /hiring/{opening}/candidates", "/hiring/OPENING/candidates", "name=", "403 403 422 403 403 403 403"},
		{"GET /hiring/{opening}/applications/{id}", "/hiring/OPENING/applications/CASE", "", onlyHR},
		{"GET /hiring/{opening}/applications/{id}", "/hiring/none/applications/CASE", "", "403 403 404 403 403 404 403"},
		{"POST /hiring/{opening}/applications/{id}/interviews", "/hiring/OPENING/applications/CASE/interviews", "day=2026-11-02&time=10:00&minutes=45", "403 403 422 403 403 403 403"},
		{"POST /hiring/{opening}/applications/{id}/interviews", "/hiring/OPENING/applications/CASE/interviews", "day=never", "403 403 422 403 403 403 403"},
		{"POST /hiring/{opening}/applications/{id}/interviews/{interview}/time", "/hiring/OPENING/applications/CASE/interviews/none/time", "day=2026-11-02&time=10:00&minutes=45", "403 403 404 403 403 403 403"},
		{"POST /hiring/{opening}/applications/{id}/interviews/{interview}/cancellation", "/hiring/OPENING/applications/CASE/interviews/none/cancellation", "reason=x", "403 403 404 403 403 403 403"},
		{"GET /interviews", "/interviews", "", everybody},
		{"POST /interviews/{interview}/scorecard", "/interviews/none/scorecard", "opinion=yes&points_0=5&points_1=5&points_2=5", "404 404 404 404 404 404 404"},
		{"GET /second-factor", "/second-factor", "", everybody},
		{"POST /second-factor", "/second-factor", "x=x", "303 303 303 303 303 303 303"}, // begins one, which holds once it is confirmed
		{"POST /second-factor/confirmation", "/second-factor/confirmation", "password=another&code=000000", "422 422 422 422 422 422 422"},
		{"POST /second-factor/removal", "/second-factor/removal", "password=another&code=000000", "422 422 422 422 422 422 422"},
		{"POST /hiring/{opening}/applications/{id}/{step}", "/hiring/OPENING/applications/none/rejection", "reason=x", "403 403 404 403 403 403 403"},
	}
	for i := range table {
		table[i].path = strings.NewReplacer("PAID", x.paid, "RUN", x.run, "LEAVE", x.leave, "OPENING", x.opening, "CASE", x.application).Replace(table[i].path)
	}
	return table
}

// fixture are the ids of things that the table asks about.
type fixture struct{ run, paid, leave, opening, application string }

// prepare makes the things that the table asks about, over the API.
func prepare(t *testing.T, s *servetest.Server) (x fixture) {
	t.Helper()
	made := func(part, path string, body any) string {
		var m struct{ ID string }
		status, out := s.As(t, part).Post(path, "prepare-"+strings.ReplaceAll(path, "/", "-"), body, &m)
		require.Equal(t, http.StatusOK, status, "%s %s", path, out)
		return m.ID
	}
	x.opening = made("HR", "/v1/openings", map[string]any{"title": "Fitter", "seats": 1, "terms": map[string]any{"entity": "SAHYADRI", "currency": "INR"}})
	x.application = made("HR", "/v1/openings/"+x.opening+"/applications", map[string]any{"candidate": made("HR", "/v1/candidates", map[string]any{"person": map[string]any{"name": "Candidate"}})})
	x.run = made("payroll, prepares", "/v1/payroll/runs", map[string]any{"kind": "regular", "period": "2026-10-01..2026-10-31", "pay_date": "2026-10-31"})
	pay := s.As(t, "payroll, prepares")
	status, out := pay.Post("/v1/payroll/runs/"+x.run+"/calculation", "prepare-calculation", nil, nil)
	require.Equal(t, http.StatusOK, status, "%s", out)
	var runs struct{ Items []struct{ ID, State string } }
	require.Equal(t, http.StatusOK, pay.Get("/v1/payroll/runs", &runs))
	for _, r := range runs.Items {
		if r.State == "paid" {
			x.paid = r.ID
		}
	}
	var leaves struct{ Items []struct{ ID, State string } }
	require.Equal(t, http.StatusOK, s.As(t, "employee").Get("/v1/people/E045/leave/requests?period=2026-10-01..2026-10-31", &leaves))
	x.leave = leaves.Items[0].ID
	return x
}

// fast takes the limits of rates off: the table asks more in a second than a person can.
func fast(o *serve.Options) { o.Fast = true }

func TestEveryPageForEveryRole(t *testing.T) {
	t.Setenv("PATH", t.TempDir()) // no browser: the PDF is printed without one
	s := servetest.Start(t, fast)
	clients := make([]*servetest.Client, len(parts))
	for i, p := range parts {
		clients[i] = s.As(t, p)
	}
	table := rows(prepare(t, s))
	p, err := pages.New(s.Desk)
	require.NoError(t, err)
	p.Register(http.NewServeMux())
	for _, route := range p.Routes() {
		require.True(t, slices.ContainsFunc(table, func(r row) bool { return r.route == route }), "%s is a page that the table does not have: say who may see it", route)
	}
	figures := paidFigures(t, s)
	amount := regexp.MustCompile(`\d,\d{3}\.\d\d`)
	var wrong []string
	for n, r := range table {
		require.Contains(t, p.Routes(), r.route)
		answer, _ := s.Anonymous(t).Do(http.MethodGet, r.path, nil)
		if strings.HasPrefix(r.route, "GET") && (answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/login") {
			wrong = append(wrong, fmt.Sprintf("%s: who has not logged in gets %d", r.route, answer.StatusCode))
		}
		var got []string
		for i, c := range clients {
			var status int
			var body []byte
			if r.form == "" && strings.HasPrefix(r.route, "GET") {
				answer, out := c.Do(http.MethodGet, r.path, nil)
				status, body = answer.StatusCode, out
			} else {
				values, err := url.ParseQuery(r.form)
				require.NoError(t, err)
				values.Set("key", fmt.Sprintf("row-%d-%d", n, i))
				status, body = c.Form("/", r.path, values)
			}
			got = append(got, fmt.Sprint(status))
			if status >= 400 && (amount.Match(body) || !strings.Contains(string(body), `role="alert"`) && !strings.Contains(string(body), "That did not work")) {
				wrong = append(wrong, fmt.Sprintf("%s: the refusal of %s shows an amount, or is no page", r.path, parts[i]))
			}
			if parts[i] == "HR" || parts[i] == "manager" || parts[i] == "admin" { // who has no business with pay sees none but their own
				for who, list := range figures {
					for _, f := range list {
						if who != map[string]hr.EmployeeID{"HR": "E063", "manager": "E044", "admin": "E065"}[parts[i]] && strings.Contains(string(body), f) {
							wrong = append(wrong, fmt.Sprintf("%s shows %s a figure of %s", r.path, parts[i], who))
						}
					}
				}
			}
		}
		if g := strings.Join(got, " "); g != r.want {
			wrong = append(wrong, fmt.Sprintf("%s %s\n  want %s\n  got  %s", r.route, r.path, r.want, g))
		}
	}
	require.Empty(t, wrong, "%s", strings.Join(wrong, "\n"))
	require.NotContains(t, s.Log.String(), `"level":"ERROR"`)
}

// paidFigures are net and gross pay of everybody in the paid runs, as pages write them: those that only one person has.
func paidFigures(t *testing.T, s *servetest.Server) map[hr.EmployeeID][]string {
	t.Helper()
	var runs struct{ Items []struct{ ID, State string } }
	pay := s.As(t, "payroll, prepares")
	require.Equal(t, http.StatusOK, pay.Get("/v1/payroll/runs", &runs))
	of := map[string]map[hr.EmployeeID]bool{}
	for _, r := range runs.Items {
		var members struct {
			Items []struct {
				Employee hr.EmployeeID
				Payslip  json.RawMessage
			}
		}
		require.Equal(t, http.StatusOK, pay.Get("/v1/payroll/runs/"+r.ID+"/members?limit=500", &members))
		for _, m := range members.Items {
			slip, err := s.App().Pay.Payslip(t.Context(), hr.View{Actor: hr.Actor{ID: "E060", Employee: "E060", Roles: []string{"payroll.preparer"}}, Purpose: "test"}, payroll.RunID(r.ID), m.Employee)
			require.NoError(t, err)
			for _, a := range []hr.Money{slip.Net(), {Amount: slip.Total(payroll.Earning), Currency: slip.Currency}} {
				text := payroll.Lakhs.Group(a.AmountText())
				if of[text] == nil {
					of[text] = map[hr.EmployeeID]bool{}
				}
				of[text][m.Employee] = true
			}
		}
	}
	out, n := map[hr.EmployeeID][]string{}, 0
	for text, who := range of {
		for id := range who {
			if len(who) == 1 {
				out[id], n = append(out[id], text), n+1
			}
		}
	}
	require.Greater(t, n, 50)
	return out
}

func TestAFormIsDoneOnce(t *testing.T) {
	s := servetest.Start(t, fast)
	e := s.As(t, "employee")
	form := func() url.Values {
		return url.Values{"key": {"the same form"}, "type": {"casual"}, "from": {"2026-11-12"}, "reason": {"a wedding"}}
	}
	for range 2 { // somebody presses the button twice
		status, body := e.Form("/", "/people/E045/leave", form())
		require.Equal(t, http.StatusSeeOther, status, "%s", body)
	}
	_, page := e.Do(http.MethodGet, "/people/E045/leave", nil)
	require.Equal(t, 1, strings.Count(string(page), "Withdraw</button>"))

	answer, _ := e.Do(http.MethodPost, "/people/E045/leave", form().Encode(), "Content-Type", "application/x-www-form-urlencoded")
	require.Equal(t, http.StatusForbidden, answer.StatusCode, "a form without the token of the session")
	without := form()
	without.Del("key")
	status, _ := e.Form("/", "/people/E045/leave", without)
	require.Equal(t, http.StatusBadRequest, status)
}
