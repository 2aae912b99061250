package otel_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	api "go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	span "go.opentelemetry.io/otel/trace"

	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage/internal/leak"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/otel"
	"github.com/musterhr/hr/storage/storagetest"
)

// rows is lifecycle.Employments under another name than one of its methods.
type rows interface{ lifecycle.Employments }

// telling tells of the accounts that it keeps.
type telling struct {
	rows
	tell func(ctx context.Context, account string)
}

func (k telling) PutEmployment(ctx context.Context, e lifecycle.Employment) error {
	k.tell(ctx, e.Person.Bank.Number.Reveal())
	return k.rows.PutEmployment(ctx, e)
}

// told is everything that the SDK captures of a person's story, from the requisition to the erasure, with a fault in it or none.
func told(t *testing.T, tell func(meters api.MeterProvider, ctx context.Context, account string), faults ...storagetest.Fault) (text string, calls, spanned int) {
	t.Helper()
	spans, reader := tracetest.NewInMemoryExporter(), metric.NewManualReader()
	meters := metric.NewMeterProvider(metric.WithReader(reader))
	traces := trace.NewTracerProvider(trace.WithSyncer(spans))
	watch, err := otel.New(traces, meters)
	require.NoError(t, err)
	db := memory.New()
	p := storagetest.PortsOf(storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true}, db)
	if tell != nil {
		p.Employments = telling{p.Employments, func(ctx context.Context, account string) { tell(meters, ctx, account) }}
	}
	f := storagetest.NewFaulty(p, faults...)
	_, _, err = leak.Tell(leak.NewSink(), leak.Scene{Ports: f.Ports(), Context: f.Context, Clock: f.Clock, Observer: watch})
	require.NoError(t, err)
	var all metricdata.ResourceMetrics
	require.NoError(t, reader.Collect(t.Context(), &all))
	raw, err := json.Marshal(all)
	require.NoError(t, err)
	stubs := spans.GetSpans()
	text = string(raw)
	for _, s := range stubs {
		text += fmt.Sprintf("\n%s %v %v %v %v", s.Name, s.Attributes, s.Events, s.Status, s.Links)
	}
	return text, len(f.Calls()), len(stubs)
}

// Spans and metrics of a person's story show no salary, account or identity number, whatever fails in it; and both would be seen if they did.
func TestNothingThatIsObservedShowsPayOrNumbers(t *testing.T) {
	text, calls, spanned := told(t, nil)
	require.Empty(t, leak.Leaks(text), leak.Around(text))
	require.Greater(t, spanned, 100)
	require.Contains(t, text, "lifecycle.Erase")
	for k, kind := range storagetest.FaultKinds() {
		text, _, _ := told(t, nil, storagetest.Fault{Call: calls * (k + 1) / 13, Kind: kind, Seed: k})
		require.Empty(t, leak.Leaks(text), "%s: %s", kind, leak.Around(text))
	}
	for name, tell := range map[string]func(api.MeterProvider, context.Context, string){
		"a span": func(_ api.MeterProvider, ctx context.Context, account string) {
			span.SpanFromContext(ctx).SetAttributes(attribute.String("account", account))
		},
		"a metric": func(meters api.MeterProvider, ctx context.Context, account string) {
			counter, err := meters.Meter("careless").Int64Counter("accounts")
			require.NoError(t, err)
			counter.Add(ctx, 1, api.WithAttributes(attribute.String("account", account)))
		},
	} {
		text, _, _ := told(t, tell)
		require.Equal(t, []string{leak.Account}, leak.Leaks(text), name)
	}
}
