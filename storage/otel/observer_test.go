package otel_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/otel"
)

// bench is a kit that is watched by an observer whose spans and metrics stay in memory.
type bench struct {
	kit    storage.Kit
	db     *memory.DB
	spans  *tracetest.InMemoryExporter
	reader *metric.ManualReader
	meters *metric.MeterProvider
}

func newBench(t *testing.T, policy hr.Policy) bench {
	t.Helper()
	b := bench{db: memory.New(), spans: tracetest.NewInMemoryExporter(), reader: metric.NewManualReader()}
	b.meters = metric.NewMeterProvider(metric.WithReader(b.reader))
	watch, err := otel.New(trace.NewTracerProvider(trace.WithSyncer(b.spans)), b.meters)
	require.NoError(t, err)
	b.kit = b.db.Kit(policy, nil)
	b.kit.Observer = watch
	return b
}

// send runs a command that runs another inside, which ends with err.
func (b bench) send(ctx context.Context, id hr.CommandID, err error) error {
	cmd := hr.Command{ID: id, Actor: hr.Actor{ID: "asha.rao@example.com", Employee: "E1"}, Purpose: "raise to 987654.32", Reason: "Asha Rao asked"}
	args := storage.About(hr.MustMoney("987654.32", "INR"), "E2")
	_, got := storage.Do(ctx, b.kit, cmd, "test.Outer", args, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		id, err := storage.Do(ctx, b.kit, cmd.Child("test.Outer", "E2"), "test.Inner", args, func(context.Context, hr.Command) (string, []storage.Event, error) {
			return "result_of_E2", nil, err
		})
		return id, []storage.Event{{ID: cmd.NewID("event"), Kind: "test.sent", Subject: "E2", At: cmd.At()}}, err
	})
	return got
}

func (b bench) metrics(t *testing.T) map[string]metricdata.Metrics {
	t.Helper()
	var all metricdata.ResourceMetrics
	require.NoError(t, b.reader.Collect(t.Context(), &all))
	byName := map[string]metricdata.Metrics{}
	for _, scope := range all.ScopeMetrics {
		require.Equal(t, "github.com/musterhr/hr/storage/otel", scope.Scope.Name)
		for _, m := range scope.Metrics {
			byName[m.Name] = m
		}
	}
	return byName
}

// attributes are those of a span or a point, by name.
func attributes(list []attribute.KeyValue) map[string]any {
	out := map[string]any{}
	for _, a := range list {
		out[string(a.Key)] = a.Value.AsInterface()
	}
	return out
}

func TestSpansOfACommand(t *testing.T) {
	b := newBench(t, hr.AllowAll)
	require.NoError(t, b.send(t.Context(), "c1", nil))
	spans := b.spans.GetSpans()
	require.Len(t, spans, 3, "in the order in which they end")
	inner, unit, outer := spans[0], spans[1], spans[2]
	require.Equal(t, []string{"test.Inner", "unit of work", "test.Outer"}, []string{inner.Name, unit.Name, outer.Name})
	require.Equal(t, unit.SpanContext.SpanID(), inner.Parent.SpanID())
	require.Equal(t, outer.SpanContext.SpanID(), unit.Parent.SpanID())
	require.False(t, outer.Parent.SpanID().IsValid())
	rows := attributes(unit.Attributes)["muster.rows"]
	require.Equal(t, map[string]any{
		"muster.call.kind": "command", "muster.command.id": "c1", "muster.outcome": "ok", "muster.employees": int64(1),
		"muster.events": int64(1), "muster.attempts": int64(1), "muster.rows": rows,
	}, attributes(outer.Attributes))
	require.Equal(t, map[string]any{"db.system.name": "memory", "muster.outcome": "committed", "muster.rows": rows}, attributes(unit.Attributes))
	require.Equal(t, "c1", attributes(inner.Attributes)["muster.command.id"], "the command of the host")
	for _, s := range spans {
		require.Equal(t, codes.Unset, s.Status.Code)
	}
}

func TestSpansOfWhatGoesWrong(t *testing.T) {
	refuses := func(a hr.Ask) hr.Verdict { return hr.Verdict{Allow: a.Verb == "test.Outer", Reason: "is E2's brother"} }
	tests := map[string]struct {
		policy  hr.Policy
		err     error
		outcome string
		rules   []string
		failed  bool
	}{
		"refused":  {refuses, nil, "refused", []string{"storage.denied"}, false},
		"invalid":  {hr.AllowAll, &hr.FieldError{Rule: "test.salary", Reason: "987654.32"}, "invalid", []string{"test.salary"}, false},
		"conflict": {hr.AllowAll, storage.ErrConflict, "conflict", nil, false},
		"failed":   {hr.AllowAll, errors.New("account 50100012345678 of Asha Rao"), "failed", nil, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, test.policy)
			require.Error(t, b.send(t.Context(), "c1", test.err))
			spans := b.spans.GetSpans()
			outer := spans[len(spans)-1]
			got := attributes(outer.Attributes)
			require.Equal(t, test.outcome, got["muster.outcome"])
			if test.rules != nil {
				require.Equal(t, test.rules, got["muster.rules"])
			}
			require.Equal(t, test.failed, outer.Status.Code == codes.Error)
			require.Equal(t, test.failed, got["error.type"] == "failed")
			require.Empty(t, outer.Status.Description)

			calls := b.metrics(t)["muster.call.duration"].Data.(metricdata.Histogram[float64]).DataPoints
			require.Len(t, calls, 2)
			for _, p := range calls {
				require.Equal(t, test.outcome, attributes(p.Attributes.ToSlice())["muster.outcome"])
			}
			if test.rules != nil {
				broken := b.metrics(t)["muster.rules.broken"].Data.(metricdata.Sum[int64]).DataPoints
				require.Len(t, broken, 1, "once, of the outermost")
				require.Equal(t, map[string]any{"muster.rule": test.rules[0], "muster.verb": "test.Outer"}, attributes(broken[0].Attributes.ToSlice()))
			}
		})
	}
}

func TestRetriesAreCounted(t *testing.T) {
	b := newBench(t, hr.AllowAll)
	ctx, ended := b.kit.Observer.Call(t.Context(), storage.Call{Kind: storage.CallCommand, Verb: "payroll.Pay", Command: "c1"})
	_, unitEnded := b.kit.Observer.Unit(ctx, "postgres")
	why := []storage.RetryReason{storage.RetryDeadlock, storage.RetrySerialization, storage.RetryDeadlock}
	unitEnded(storage.UnitEnd{Retries: why, GaveUp: true})
	ended(storage.CallEnd{Outcome: storage.OutcomeFailed, Attempts: 4, Retries: why})
	got := map[string]int64{}
	m := b.metrics(t)
	for _, p := range m["muster.unit.retries"].Data.(metricdata.Sum[int64]).DataPoints {
		a := attributes(p.Attributes.ToSlice())
		require.Equal(t, "postgresql", a["db.system.name"])
		got[fmt.Sprint(a["muster.retry.reason"])] = p.Value
	}
	require.Equal(t, map[string]int64{"deadlock": 2, "serialization": 1}, got)
	require.Equal(t, int64(3), m["muster.call.retries"].Data.(metricdata.Sum[int64]).DataPoints[0].Value)
	unit := attributes(m["muster.unit.duration"].Data.(metricdata.Histogram[float64]).DataPoints[0].Attributes.ToSlice())
	require.Equal(t, map[string]any{"db.system.name": "postgresql", "muster.outcome": "gave_up", "error.type": "gave_up"}, unit)
	spans := b.spans.GetSpans()
	require.Equal(t, []string{"deadlock", "serialization", "deadlock"}, attributes(spans[0].Attributes)["muster.retry.reasons"])
	require.Equal(t, codes.Error, spans[0].Status.Code)
}

func TestTheOutboxIsWatched(t *testing.T) {
	b := newBench(t, hr.AllowAll)
	now := time.Date(2026, 10, 31, 18, 0, 0, 0, time.UTC)
	b.kit.Now = func() time.Time { return now }
	watched, err := otel.WatchOutbox(b.meters, b.db, func() time.Time { return now.Add(90 * time.Second) })
	require.NoError(t, err)
	lag := func() float64 {
		points := b.metrics(t)["muster.outbox.lag"].Data.(metricdata.Gauge[float64]).DataPoints
		require.Len(t, points, 1)
		return points[0].Value
	}
	require.Zero(t, lag())
	require.NoError(t, b.send(t.Context(), "c1", nil))
	require.InDelta(t, 90, lag(), 0)
	_, err = storage.Deliver(t.Context(), b.db, 10, func(context.Context, storage.Event) error { return nil })
	require.NoError(t, err)
	require.Zero(t, lag())
	require.NoError(t, watched.Unregister())
}

func TestWithoutTracesOrMetersNothingIsSent(t *testing.T) {
	b := newBench(t, hr.AllowAll)
	watch, err := otel.New(nil, nil)
	require.NoError(t, err)
	b.kit.Observer = watch
	require.NoError(t, b.send(t.Context(), "c1", nil))
	require.Empty(t, b.spans.GetSpans())
}

// Whatever is planted in commands, in errors and in refusals, no span and no metric has it.
func TestNothingShowsValues(t *testing.T) {
	for _, policy := range []hr.Policy{hr.AllowAll, func(hr.Ask) hr.Verdict { return hr.Verdict{Reason: "is E2's brother"} }} {
		b := newBench(t, policy)
		for i, err := range []error{
			nil, errors.New("duplicate key: account 50100012345678 of Asha Rao"),
			&hr.FieldError{Path: "employees[E2].salary", Rule: "test.salary", Reason: "987654.32"},
		} {
			_ = b.send(t.Context(), hr.CommandID(fmt.Sprint("c", i)), err)
			_ = storage.May(t.Context(), b.kit, hr.View{Actor: hr.Actor{ID: "asha.rao@example.com"}, Purpose: "987654.32"}, "test.Read", "E2")
		}
		var all strings.Builder
		for _, s := range b.spans.GetSpans() {
			fmt.Fprintln(&all, s.Name, attributes(s.Attributes), s.Status, s.Events, s.Links)
		}
		fmt.Fprintf(&all, "%+v", b.metrics(t))
		require.Contains(t, all.String(), "test.Outer")
		for _, planted := range []string{"987654", "50100012345678", "Asha", "asha", "E2", "E1", "brother"} {
			require.NotContains(t, all.String(), planted)
		}
	}
}

// The tables in doc.go name every metric and every attribute that there is, and no other.
func TestTheTablesAreTrue(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	code, err := os.ReadFile("observer.go")
	require.NoError(t, err)
	name := regexp.MustCompile(`muster\.[a-z_]+(\.[a-z_]+)*`)
	inDoc, inCode := map[string]bool{}, map[string]bool{}
	for _, n := range name.FindAllString(string(doc), -1) {
		inDoc[n] = true
	}
	for _, n := range regexp.MustCompile(`"`+name.String()+`"`).FindAllString(string(code), -1) {
		inCode[strings.Trim(n, `"`)] = true
	}
	require.Greater(t, len(inCode), 15)
	require.Equal(t, inCode, inDoc)
}
