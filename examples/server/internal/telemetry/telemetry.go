// Package telemetry tells whoever runs the server what it does: metrics for Prometheus, and traces of OpenTelemetry from the request over the call
// of a service to its unit of work. Both are told verbs, routes, rules and counts, and never a path, a query, a person or a value.
package telemetry

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	exporter "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/exporters/stdout/stdouttrace"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/musterhr/hr/examples/server/internal/web"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/otel"
)

// Options say where traces go. Metrics are always there, for who asks for them.
type Options struct {
	Traces string           // nowhere where it is empty; "stdout"; or the address of a collector that takes OTLP over HTTP: "https://otel.example.com:4318"
	Out    io.Writer        // of "stdout"
	To     sdk.SpanExporter // in the place of Traces: of a test
}

// Stdout writes traces where the server writes what it says.
const Stdout = "stdout"

// Telemetry is what watches a server.
type Telemetry struct {
	Observer *otel.Observer // of the services
	Registry *prometheus.Registry

	traces *sdk.TracerProvider
	meters *metric.MeterProvider
	tracer trace.Tracer
}

// New begins to watch. Without a place for traces their ids are there all the same, so that the lines of a log belong together. How many requests are
// traced, and what a collector asks for to let us in, is set by the variables that OpenTelemetry has for it: OTEL_TRACES_SAMPLER,
// OTEL_EXPORTER_OTLP_HEADERS.
func New(ctx context.Context, o Options) (*Telemetry, error) {
	about := resource.NewSchemaless(semconv.ServiceName("muster"))
	options := []sdk.TracerProviderOption{sdk.WithResource(about)}
	to, err := destination(ctx, o)
	switch {
	case err != nil:
		return nil, err
	case to == nil:
		options = append(options, sdk.WithSampler(sdk.NeverSample()))
	case o.To != nil:
		options = append(options, sdk.WithSyncer(to))
	default:
		options = append(options, sdk.WithBatcher(to))
	}
	t := &Telemetry{Registry: prometheus.NewRegistry(), traces: sdk.NewTracerProvider(options...)}
	t.tracer = t.traces.Tracer("github.com/musterhr/hr/examples/server")
	t.Registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	reader, err := exporter.New(exporter.WithRegisterer(t.Registry), exporter.WithoutScopeInfo(), exporter.WithoutTargetInfo())
	if err != nil {
		return nil, fmt.Errorf("telemetry: %w", err)
	}
	t.meters = metric.NewMeterProvider(metric.WithReader(reader), metric.WithResource(about))
	if t.Observer, err = otel.New(t.traces, t.meters); err != nil {
		return nil, fmt.Errorf("telemetry: %w", err)
	}
	return t, nil
}

func destination(ctx context.Context, o Options) (sdk.SpanExporter, error) {
	switch {
	case o.To != nil:
		return o.To, nil
	case o.Traces == "":
		return nil, nil
	case o.Traces == Stdout:
		return stdouttrace.New(stdouttrace.WithWriter(o.Out))
	}
	if err := Check(o.Traces); err != nil {
		return nil, err
	}
	return otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(strings.TrimSuffix(o.Traces, "/")+"/v1/traces"))
}

// Check refuses a place for traces that is none.
func Check(traces string) error {
	u, err := url.Parse(traces)
	if traces != "" && traces != Stdout && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "") {
		return fmt.Errorf("telemetry: traces go to %q or to the address of a collector, such as https://otel.example.com:4318", Stdout)
	}
	return nil
}

// WatchOutbox measures how long the oldest event of a company waits to be taken up, by the company's clock.
func (t *Telemetry) WatchOutbox(o storage.Outbox, now func() time.Time) error {
	_, err := otel.WatchOutbox(t.meters, o, now)
	return err
}

// Close sends what is not sent yet.
func (t *Telemetry) Close(ctx context.Context) error { return t.traces.Shutdown(ctx) }

// Trace gives each request a span, and its answer the id of the trace. Whoever is believed, such as a proxy that is named, may have begun the trace;
// what anybody else says of traces is not heard.
func (t *Telemetry) Trace(believed func(*http.Request) bool) web.Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx := r.Context()
			if believed(r) {
				ctx = propagation.TraceContext{}.Extract(ctx, propagation.HeaderCarrier(r.Header))
			}
			ctx, span := t.tracer.Start(ctx, "request", trace.WithSpanKind(trace.SpanKindServer))
			defer span.End()
			w.Header().Set(web.TraceHeader, web.TraceID(ctx))
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

// Ended puts on the span of a request what is known of it at its end: the pattern of its route, and never its path.
func (t *Telemetry) Ended(ctx context.Context, method, route string, status int) {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return
	}
	route = strings.TrimPrefix(route, method+" ")
	span.SetName(method + " " + route)
	span.SetAttributes(semconv.HTTPRequestMethodKey.String(method), semconv.HTTPRoute(route), semconv.HTTPResponseStatusCode(status))
	if status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
		span.SetAttributes(semconv.ErrorTypeKey.String(strconv.Itoa(status)))
	}
}
