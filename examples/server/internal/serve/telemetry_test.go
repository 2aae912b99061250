package serve_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
	"github.com/musterhr/hr/storage/memory"
)

// Somebody with planted values is hired and paid, over HTTP, down to the bank file, the payslip and the webhooks. The values stand where they must, and
// nowhere in what others see: the logs, down to what only debugging shows, metrics, traces, webhooks, and the audit but for what people wrote into it.
func TestLogsMetricsTracesAndWebhooksShowNobody(t *testing.T) {
	t.Setenv("PATH", t.TempDir()) // no browser: the payslip is printed without one
	s := servetest.Start(t, func(o *serve.Options) { o.Fast = true })
	var mu sync.Mutex
	var hooked bytes.Buffer
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_ = r.Header.Write(&hooked)
		_, _ = io.Copy(&hooked, r.Body)
	}))
	defer receiver.Close()
	n := 0
	must := func(part, path string, body, into any) {
		t.Helper()
		n++
		status, out := s.As(t, part).Post(path, fmt.Sprintf("planted-%d", n), body, into)
		require.Equal(t, http.StatusOK, status, "%s: %s", path, out)
	}
	const preparer, approver = "payroll, prepares", "payroll, approves"
	const number, name, account, identity, salary = "EPLANTED", "Planted Name", "918273645546", "ABCPQ1234R", "73219.57"
	must("admin", "/v1/admin/webhooks", map[string]any{"url": receiver.URL, "kinds": []string{"*"}}, nil)
	must("HR", "/v1/people", map[string]any{
		"employee": number, "start": "2026-10-31",
		"person": map[string]any{
			"name": name, "identities": []any{map[string]any{"kind": "pan_in", "number": identity}},
			"bank": map[string]any{"holder": name, "number": account, "bank": "SPEC0PUNE01", "kind": "savings"},
		},
		"terms": map[string]any{
			"entity": "SAHYADRI", "department": "Engineering", "position": "Design Engineer", "place": "Bengaluru", "region": "IN-KA", "cost_centre": "CC320", "manager": "E044",
			"calendar": "pune-office", "shift": "general", "currency": "INR", "pay": []any{map[string]any{"name": "basic", "amount": salary}}, "answers": []any{
				answer("pf_capped", "yes"), answer("eps_member", "no"), answer("esi_covered", "no"), answer("pt_state", "KA"), answer("tax_regime", "new"), answer("overtime_eligible", "no"),
			},
		},
	}, nil)
	must("HR", "/v1/people/"+number+"/join", map[string]any{}, nil)
	reply, out := s.As(t, "HR").Do(http.MethodPost, "/v1/imports/punches", "employee,at,direction\n"+number+",2026-10-31 09:30:00,in\n"+number+",2026-10-31 18:00:00,out\n", "Content-Type", "text/csv", "Idempotency-Key", "planted-punches")
	require.Equal(t, http.StatusOK, reply.StatusCode, "%s", out)
	require.Equal(t, http.StatusOK, s.As(t, "HR").Get("/v1/people/"+number+"/terms", nil))
	require.Equal(t, http.StatusForbidden, s.As(t, "employee").Get("/v1/people/"+number+"/terms", nil))

	var run struct{ ID string }
	must(preparer, "/v1/payroll/runs", map[string]any{"kind": "regular", "period": "2026-10-01..2026-10-31", "pay_date": "2026-10-31"}, &run)
	at := "/v1/payroll/runs/" + run.ID
	must(preparer, at+"/calculation", nil, nil)
	pass(t, s, at, must)
	var state struct{ Digest string }
	require.Equal(t, http.StatusOK, s.As(t, approver).Get(at, &state))
	must(approver, at+"/approval", map[string]any{"digest": state.Digest}, nil)
	must(approver, at+"/payment", nil, nil)
	require.NoError(t, s.Desk.Settle(t.Context()))
	sent, err := s.Desk.Hooks.Send(t.Context(), 500)
	require.NoError(t, err)
	require.Greater(t, sent, 3)

	// Where the values must stand: what is earned for the last day of October is a 31st, 73219.57 / 31 = 2361.92.
	pay := s.As(t, preparer)
	_, bank := pay.Do(http.MethodGet, at+"/files/bank.csv", nil)
	require.Contains(t, string(bank), account)
	_, register := pay.Do(http.MethodGet, at+"/files/register.csv", nil)
	require.Contains(t, string(register), number)
	require.Contains(t, string(register), "2361.92")
	_, slip := pay.Do(http.MethodGet, at+"/payslips/"+number, nil)
	require.Contains(t, string(slip), "2361.92")
	reply, pdf := pay.Do(http.MethodGet, "/payroll/runs/"+run.ID+"/payslips/"+number+"/payslip.pdf", nil)
	require.Equal(t, http.StatusOK, reply.StatusCode, "%s", pdf)
	require.True(t, bytes.HasPrefix(pdf, []byte("%PDF-")))
	reply, xlsx := pay.Do(http.MethodGet, at+"/files/register.xlsx", nil)
	require.Equal(t, http.StatusOK, reply.StatusCode)
	_, err = zip.NewReader(bytes.NewReader(xlsx), int64(len(xlsx)))
	require.NoError(t, err)
	reply, _ = s.As(t, "employee").Do(http.MethodGet, "/payroll/runs/"+run.ID+"/payslips/"+number+"/payslip.pdf", nil)
	require.Equal(t, http.StatusForbidden, reply.StatusCode)

	_, metrics := s.As(t, "admin").Do(http.MethodGet, "/metrics", nil)
	require.Contains(t, string(metrics), "muster_http_requests_total")
	require.Contains(t, string(metrics), `muster_verb="payroll.Pay"`)
	spans, err := json.Marshal(s.Spans.GetSpans())
	require.NoError(t, err)
	require.Contains(t, string(spans), "payroll.Pay")
	log := s.Log.String()
	require.Contains(t, log, `"verb":"lifecycle.Hire"`, "the calls of the services are logged")
	require.Contains(t, log, `"verb":"payroll.Pay"`)
	mu.Lock()
	letters := hooked.String()
	mu.Unlock()
	require.Contains(t, letters, `"kind":"payroll.run_paid"`)
	told := map[string]string{"the log": log, "metrics": string(metrics), "traces": string(spans)}
	for where, text := range told {
		for _, planted := range []string{number, "E045", "E063", "E060"} { // who has the staff list knows who these are
			require.NotContains(t, text, planted, where)
		}
	}
	told["webhooks"] = letters // they have numbers of employees, to ask for more
	audits, err := json.Marshal(all(t, s))
	require.NoError(t, err)
	told["the audit"] = string(audits)
	for where, text := range told {
		for _, planted := range []string{name, account, identity, salary, "2361.92"} {
			require.NotContains(t, text, planted, where)
		}
		for _, digits := range []string{"73219", "236192"} { // which come up by chance inside of the id of a span and of a time
			require.NotRegexp(t, "(^|[^0-9a-f])"+digits+"($|[^0-9a-f])", text, where)
		}
	}
}

func answer(name, text string) map[string]any { return map[string]any{"name": name, "text": text} }

// all is the audit of the company.
func all(t *testing.T, s *servetest.Server) any {
	t.Helper()
	list, err := s.App().Store.(*memory.DB).Audits(t.Context())
	require.NoError(t, err)
	return list
}

// pass lets what the checks and the review find pass. Until both is done nobody can approve.
func pass(t *testing.T, s *servetest.Server, at string, must func(part, path string, body, into any)) {
	t.Helper()
	const preparer, approver = "payroll, prepares", "payroll, approves"
	var state struct{ Digest string }
	require.Equal(t, http.StatusOK, s.As(t, approver).Get(at, &state))
	approve := func(key string) string {
		status, out := s.As(t, approver).Post(at+"/approval", key, map[string]any{"digest": state.Digest}, nil)
		require.Equal(t, http.StatusUnprocessableEntity, status, "%s", out)
		return string(out)
	}
	var unusual struct {
		Items []struct {
			Employee, Digest string
			Resolved         *struct{ By, Reason string }
		}
	}
	require.Equal(t, http.StatusOK, s.As(t, preparer).Get(at+"/review", &unusual))
	require.NotEmpty(t, unusual.Items)
	require.Contains(t, approve("too-early-1"), "server.review.open")

	var own, others []any
	for _, x := range unusual.Items {
		require.Nil(t, x.Resolved)
		ref := map[string]any{"employee": x.Employee, "digest": x.Digest}
		if x.Employee == "E060" {
			own = append(own, ref)
			continue
		}
		others = append(others, ref)
	}
	status, out := s.As(t, preparer).Post(at+"/review", "of-another-digest", map[string]any{"unusual": []any{map[string]any{"employee": unusual.Items[0].Employee, "digest": "other"}}, "reason": "x"}, nil)
	require.Equal(t, http.StatusUnprocessableEntity, status, "%s", out)
	require.Contains(t, string(out), "server.review.unusual")
	must(preparer, at+"/review", map[string]any{"unusual": others, "reason": "looked at one by one"}, nil)
	if own != nil { // nobody resolves their own
		status, out := s.As(t, preparer).Post(at+"/review", "of-their-own", map[string]any{"unusual": own, "reason": "it is mine"}, nil)
		require.Equal(t, http.StatusForbidden, status, "%s", out)
		must(approver, at+"/review", map[string]any{"unusual": own, "reason": "looked at for them"}, nil)
	}
	require.Equal(t, http.StatusOK, s.As(t, approver).Get(at+"/review", &unusual))
	for _, x := range unusual.Items {
		require.NotNil(t, x.Resolved)
		require.Contains(t, x.Resolved.Reason, "looked at")
	}
	_, page := s.As(t, approver).Do(http.MethodGet, strings.TrimPrefix(at, "/v1")+"/review", nil)
	require.Contains(t, string(page), "looked at one by one", "who approves sees who said it, and why")

	var findings struct {
		Items []finding
	}
	require.Equal(t, http.StatusOK, s.As(t, preparer).Get(at+"/findings", &findings))
	require.NotEmpty(t, findings.Items)
	require.NotContains(t, approve("too-early-2"), "server.review", "what is left is what the checks found")
	must(preparer, at+"/overrides", map[string]any{"findings": findings.Items, "reason": "seen with the supervisors"}, nil)
}

type finding struct {
	Check    string `json:"check"`
	Employee string `json:"employee,omitempty"`
	Digest   string `json:"digest"`
}
