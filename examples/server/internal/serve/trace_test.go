package serve_test

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/musterhr/hr/examples/server/internal/serve"
	"github.com/musterhr/hr/examples/server/internal/servetest"
	"github.com/musterhr/hr/examples/server/internal/telemetry"
	"github.com/musterhr/hr/examples/server/internal/web"
)

// One trace goes from the request over the call of a service to its unit of work in the store, and the lines of the log and a refusal carry its id.
func traces(t *testing.T, s *servetest.Server) {
	e := s.As(t, "employee")
	s.Spans.Reset()
	answer, body := e.Do(http.MethodPost, "/v1/leave/requests", map[string]any{"employee": "E045", "type": "casual", "period": "2026-12-10..2026-12-10"}, "Idempotency-Key", "traced-leave")
	require.Equal(t, http.StatusOK, answer.StatusCode, "%s", body)
	id := answer.Header.Get(web.TraceHeader)
	require.Len(t, id, 32)
	spans := s.Spans.GetSpans()
	find := func(name string) tracetest.SpanStub {
		at := slices.IndexFunc(spans, func(x tracetest.SpanStub) bool { return x.Name == name })
		require.GreaterOrEqual(t, at, 0, "no span %s among %v", name, names(spans))
		require.Equal(t, id, spans[at].SpanContext.TraceID().String())
		return spans[at]
	}
	request, call := find("POST /v1/leave/requests"), find("leave.Apply")
	require.Equal(t, trace.SpanKindServer, request.SpanKind)
	require.False(t, request.Parent.IsValid())
	require.Equal(t, request.SpanContext.SpanID(), call.Parent.SpanID())
	unit := slices.IndexFunc(spans, func(x tracetest.SpanStub) bool {
		return x.Name == "unit of work" && x.Parent.SpanID() == call.SpanContext.SpanID()
	})
	require.GreaterOrEqual(t, unit, 0, "the unit of work of the call")
	lines := 0
	for line := range strings.Lines(s.Log.String()) {
		var said struct {
			Trace string `json:"trace_id"`
			Verb  string
			Msg   string
			Span  string `json:"span_id"`
		}
		require.NoError(t, json.Unmarshal([]byte(line), &said))
		switch {
		case said.Trace != id:
		case said.Msg == "request":
			require.Equal(t, request.SpanContext.SpanID().String(), said.Span)
			lines++
		case said.Verb == "leave.Apply":
			require.Equal(t, call.SpanContext.SpanID().String(), said.Span)
			lines++
		}
	}
	require.Equal(t, 2, lines, "the request and the call are in the log, under the trace")

	for _, refused := range []struct{ path, body string }{{"/v1/leave/requests", `{"employee":"E045"}`}, {"/v1/leave/requests", `{"employee":"E045","type":"none","period":"2026-12-10..2026-12-10"}`}} {
		answer, body := e.Do(http.MethodPost, refused.path, refused.body, "Idempotency-Key", "traced-refusal", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
		require.Equal(t, http.StatusUnprocessableEntity, answer.StatusCode)
		require.Equal(t, answer.Header.Get(web.TraceHeader), problem(t, answer, body).Trace)
		require.NotEqual(t, "0af7651916cd43dd8448eb211c80319c", answer.Header.Get(web.TraceHeader), "what a stranger says of traces is not heard")
	}
	for _, x := range s.Spans.GetSpans() {
		raw, err := json.Marshal(x.Attributes)
		require.NoError(t, err)
		require.NotContains(t, x.Name+string(raw), "E045", "no span names anybody")
	}
}

func names(spans tracetest.SpanStubs) (list []string) {
	for _, x := range spans {
		list = append(list, x.Name)
	}
	return list
}

// A proxy that is named may have begun the trace.
func aProxyBeginsATrace(t *testing.T, s *servetest.Server) {
	spans := tracetest.NewInMemoryExporter()
	watch, err := telemetry.New(t.Context(), telemetry.Options{To: spans})
	require.NoError(t, err)
	_, near, err := net.ParseCIDR("10.0.0.0/8")
	require.NoError(t, err)
	whole, err := serve.New(s.Desk, serve.Options{Fast: true, Watch: watch, Proxies: []*net.IPNet{near}})
	require.NoError(t, err)
	ask := func(from string) string {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/livez", nil)
		r.RemoteAddr = from + ":4711"
		r.Header.Set("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
		w := httptest.NewRecorder()
		whole.ServeHTTP(w, r)
		require.Equal(t, http.StatusOK, w.Code)
		return w.Header().Get(web.TraceHeader)
	}
	require.Equal(t, "0af7651916cd43dd8448eb211c80319c", ask("10.1.2.3"))
	require.NotEqual(t, "0af7651916cd43dd8448eb211c80319c", ask("192.0.2.1"))
	require.Equal(t, []string{"GET /livez", "GET /livez"}, names(spans.GetSpans()))
	require.Equal(t, "b7ad6b7169203331", spans.GetSpans()[0].Parent.SpanID().String())
}

// Metrics of the services stand beside those of the requests, with none of anybody.
func metrics(t *testing.T, s *servetest.Server) {
	answer, body := s.As(t, "admin").Do(http.MethodGet, "/metrics", nil)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	for _, want := range []string{`muster_call_duration_seconds_count{`, `muster_verb="`, `muster_unit_duration_seconds_count{`, `muster_http_requests_total{`, `muster_http_request_seconds_count{`, "go_goroutines"} {
		require.Contains(t, string(body), want)
	}
	require.NotContains(t, string(body), "E045")
}
