package telemetry_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/examples/server/internal/telemetry"
)

// A collector that takes OTLP over HTTP gets the spans, by the time the server has ended.
func TestACollectorGetsTheSpans(t *testing.T) {
	var mu sync.Mutex
	var got bytes.Buffer
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.Method != http.MethodPost || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/x-protobuf" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		body := io.Reader(r.Body)
		if r.Header.Get("Content-Encoding") == "gzip" {
			body, _ = gzip.NewReader(body)
		}
		_, _ = io.Copy(&got, body)
	}))
	defer collector.Close()
	watch, err := telemetry.New(t.Context(), telemetry.Options{Traces: collector.URL})
	require.NoError(t, err)
	handler := watch.Trace(func(*http.Request) bool { return false })(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		watch.Ended(r.Context(), http.MethodGet, "GET /people/{employee}/leave", http.StatusInternalServerError)
	}))
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/people/E045/leave?reason=health", nil))
	require.NoError(t, watch.Close(t.Context()))
	mu.Lock()
	defer mu.Unlock()
	for _, want := range []string{"muster", "GET /people/{employee}/leave", "http.route", "error.type"} {
		require.Contains(t, got.String(), want)
	}
	require.NotContains(t, got.String(), "E045", "the route, and not the path")
	require.NotContains(t, got.String(), "health")
}

func TestWhereTracesGo(t *testing.T) {
	for place, good := range map[string]bool{
		"": true, "stdout": true, "http://127.0.0.1:4318": true, "https://otel.example.com": true,
		"otel.example.com:4318": false, "file:///etc": false, "https://": false, "https://me:secret@otel.example.com": false, "https://otel.example.com?token=secret": false,
	} {
		err := telemetry.Check(place)
		require.Equal(t, good, err == nil, place)
		if err != nil {
			require.NotContains(t, err.Error(), "secret")
		}
	}
	_, err := telemetry.New(t.Context(), telemetry.Options{Traces: "nowhere"})
	require.Error(t, err)
}

// Without a place for traces the lines of a request have its id all the same; a line outside of requests has none.
func TestLogsCarryTheTrace(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(telemetry.Logs(slog.NewTextHandler(&out, nil))).With("a", 1).WithGroup("g")
	watch, err := telemetry.New(t.Context(), telemetry.Options{})
	require.NoError(t, err)
	log.InfoContext(t.Context(), "outside")
	require.NotContains(t, out.String(), "trace_id")
	w := httptest.NewRecorder()
	watch.Trace(func(*http.Request) bool { return false })(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		log.InfoContext(r.Context(), "inside")
	})).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
	require.Len(t, w.Header().Get("X-Trace-Id"), 32)
	require.Equal(t, 1, strings.Count(out.String(), w.Header().Get("X-Trace-Id")))
	require.Contains(t, out.String(), "a=1")
}
