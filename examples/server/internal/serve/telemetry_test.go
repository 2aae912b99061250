package serve_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
)

// Somebody with planted values is hired and their pay is calculated, over HTTP. Nothing of that is in the logs, down to what only debugging
// shows, or in the metrics.
func TestLogsAndMetricsShowNobody(t *testing.T) {
	s := servetest.Start(t, func(o *serve.Options) { o.Fast = true })
	hr := s.As(t, "HR")
	const number, name, account, identity, salary = "EPLANTED", "Planted Name", "918273645546", "ABCPQ1234R", "73219.57"
	status, out := hr.Post("/v1/people", "planted-1", map[string]any{
		"employee": number, "start": "2026-11-02",
		"person": map[string]any{
			"name": name, "identities": []any{map[string]any{"kind": "pan_in", "number": identity}},
			"bank": map[string]any{"holder": name, "number": account, "bank": "SPEC0PUNE01", "kind": "savings"},
		},
		"terms": map[string]any{"entity": "SAHYADRI", "currency": "INR", "pay": []any{map[string]any{"name": "basic", "amount": salary}}},
	}, nil)
	require.Equal(t, http.StatusOK, status, "%s", out)
	require.Equal(t, http.StatusOK, hr.Get("/v1/people/"+number+"/terms", nil))
	require.Equal(t, http.StatusForbidden, s.As(t, "employee").Get("/v1/people/"+number+"/terms", nil))
	var run struct{ ID string }
	status, out = s.As(t, "payroll, prepares").Post("/v1/payroll/runs", "planted-2", map[string]any{"kind": "off_cycle", "reason": "a bonus of " + salary, "period": "2026-11-01..2026-11-30", "pay_date": "2026-11-30", "employees": []string{number}}, &run)
	require.Equal(t, http.StatusOK, status, "%s", out)
	status, out = s.As(t, "payroll, prepares").Post("/v1/payroll/runs/"+run.ID+"/calculation", "planted-3", nil, nil)
	require.Equal(t, http.StatusOK, status, "%s", out)
	_, metrics := s.As(t, "admin").Do(http.MethodGet, "/metrics", nil)
	require.Contains(t, string(metrics), "muster_http_requests_total")
	log := s.Log.String()
	require.Contains(t, log, `"verb":"lifecycle.Hire"`, "the calls of the services are logged")
	for _, planted := range []string{number, name, account, identity, salary, "73219", "E045", "E063", "E060"} {
		require.NotContains(t, log, planted)
		require.NotContains(t, string(metrics), planted)
	}
}
