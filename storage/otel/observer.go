package otel

import (
	"context"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	nometric "go.opentelemetry.io/otel/metric/noop"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
	notrace "go.opentelemetry.io/otel/trace/noop"

	"github.com/musterhr/hr/storage"
)

// scope is the name of the instrumentation.
const scope = "github.com/musterhr/hr/storage/otel"

const (
	verbKey      = attribute.Key("muster.verb")
	kindKey      = attribute.Key("muster.call.kind")
	insideKey    = attribute.Key("muster.inside")
	outcomeKey   = attribute.Key("muster.outcome")
	commandKey   = attribute.Key("muster.command.id")
	ruleKey      = attribute.Key("muster.rule")
	rulesKey     = attribute.Key("muster.rules")
	employeesKey = attribute.Key("muster.employees")
	eventsKey    = attribute.Key("muster.events")
	attemptsKey  = attribute.Key("muster.attempts")
	rowsKey      = attribute.Key("muster.rows")
	reasonKey    = attribute.Key("muster.retry.reason")
	reasonsKey   = attribute.Key("muster.retry.reasons")
)

// How a unit of work ended, as the attribute muster.outcome has it.
const (
	committed  = "committed"
	rolledBack = "rolled_back"
	gaveUp     = "gave_up"
)

// seconds are the bounds of the histograms: those that the conventions give for durations, and more for the chunks of a payroll.
var seconds = []float64{0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60}

// Observer is the [storage.Observer] that [New] makes.
type Observer struct {
	tracer      trace.Tracer
	calls       metric.Float64Histogram
	callRetries metric.Int64Counter
	rules       metric.Int64Counter
	units       metric.Float64Histogram
	unitRetries metric.Int64Counter
	rows        metric.Int64Counter
}

// New makes an observer that begins its spans with traces and measures with meters. Either may be nil: there are then no spans, or no metrics. It
// returns an error only where the provider of the meters refuses an instrument.
func New(traces trace.TracerProvider, meters metric.MeterProvider) (*Observer, error) {
	if traces == nil {
		traces = notrace.NewTracerProvider()
	}
	if meters == nil {
		meters = nometric.NewMeterProvider()
	}
	m := instruments{meter: meters.Meter(scope)}
	o := &Observer{
		tracer:      traces.Tracer(scope),
		calls:       m.duration("muster.call.duration", "How long calls took."),
		callRetries: m.counter("muster.call.retries", "{retry}", "How often commands ran again."),
		rules:       m.counter("muster.rules.broken", "{rule}", "Rules that stopped calls."),
		units:       m.duration("muster.unit.duration", "How long units of work took, with the time that they waited."),
		unitRetries: m.counter("muster.unit.retries", "{retry}", "How often units of work ran again because of others."),
		rows:        m.counter("muster.unit.rows", "{row}", "Rows that were committed."),
	}
	if m.err != nil {
		return nil, m.err
	}
	return o, nil
}

// instruments makes instruments until one is refused.
type instruments struct {
	meter metric.Meter
	err   error
}

func (m *instruments) duration(name, description string) metric.Float64Histogram {
	h, err := m.meter.Float64Histogram(name, metric.WithUnit("s"), metric.WithDescription(description), metric.WithExplicitBucketBoundaries(seconds...))
	if m.err == nil {
		m.err = err
	}
	return h
}

func (m *instruments) counter(name, unit, description string) metric.Int64Counter {
	c, err := m.meter.Int64Counter(name, metric.WithUnit(unit), metric.WithDescription(description))
	if m.err == nil {
		m.err = err
	}
	return c
}

// Call implements [storage.Observer].
func (o *Observer) Call(ctx context.Context, c storage.Call) (context.Context, func(storage.CallEnd)) {
	began := time.Now()
	ctx, span := o.tracer.Start(ctx, c.Verb, trace.WithAttributes(kindKey.String(string(c.Kind))))
	if c.Command != "" {
		span.SetAttributes(commandKey.String(string(c.Command)))
	}
	return ctx, func(e storage.CallEnd) {
		failed := e.Outcome == storage.OutcomeFailed
		outcome := outcomeKey.String(string(e.Outcome))
		measured := []attribute.KeyValue{verbKey.String(c.Verb), kindKey.String(string(c.Kind)), insideKey.Bool(len(c.Via) > 0), outcome}
		if failed {
			measured = append(measured, semconv.ErrorTypeKey.String(string(e.Outcome)))
		}
		o.calls.Record(ctx, time.Since(began).Seconds(), metric.WithAttributes(measured...))
		if e.Attempts > 1 {
			o.callRetries.Add(ctx, int64(e.Attempts-1), metric.WithAttributes(verbKey.String(c.Verb)))
		}
		names := make([]string, len(e.Rules))
		for i, r := range e.Rules {
			names[i] = string(r)
			if len(c.Via) == 0 {
				o.rules.Add(ctx, 1, metric.WithAttributes(ruleKey.String(string(r)), verbKey.String(c.Verb)))
			}
		}
		span.SetAttributes(outcome, employeesKey.Int(e.Employees))
		if c.Kind == storage.CallCommand {
			span.SetAttributes(eventsKey.Int(e.Events), attemptsKey.Int(e.Attempts), rowsKey.Int64(e.Rows))
		}
		if len(names) > 0 {
			span.SetAttributes(rulesKey.StringSlice(names))
		}
		end(span, failed, string(e.Outcome), e.Retries)
	}
}

// Unit implements [storage.Observer].
func (o *Observer) Unit(ctx context.Context, store string) (context.Context, func(storage.UnitEnd)) {
	began := time.Now()
	system := semconv.DBSystemNameKey.String(systemOf(store))
	ctx, span := o.tracer.Start(ctx, "unit of work", trace.WithAttributes(system))
	return ctx, func(e storage.UnitEnd) {
		outcome := rolledBack
		switch {
		case e.Committed:
			outcome = committed
		case e.GaveUp:
			outcome = gaveUp
		}
		measured := []attribute.KeyValue{system, outcomeKey.String(outcome)}
		if e.GaveUp {
			measured = append(measured, semconv.ErrorTypeKey.String(outcome))
		}
		o.units.Record(ctx, time.Since(began).Seconds(), metric.WithAttributes(measured...))
		for _, why := range e.Retries {
			o.unitRetries.Add(ctx, 1, metric.WithAttributes(system, reasonKey.String(string(why))))
		}
		if e.Rows > 0 {
			o.rows.Add(ctx, e.Rows, metric.WithAttributes(system))
		}
		span.SetAttributes(outcomeKey.String(outcome), rowsKey.Int64(e.Rows))
		end(span, e.GaveUp, outcome, e.Retries)
	}
}

// end ends a span.
func end(span trace.Span, failed bool, outcome string, retries []storage.RetryReason) {
	if len(retries) > 0 {
		reasons := make([]string, len(retries))
		for i, why := range retries {
			reasons[i] = string(why)
		}
		span.SetAttributes(reasonsKey.StringSlice(reasons))
	}
	if failed {
		span.SetAttributes(semconv.ErrorTypeKey.String(outcome))
		span.SetStatus(codes.Error, "") // no text: it might say what must not be seen
	}
	span.End()
}

// systemOf is a store's name in the words of the conventions.
func systemOf(store string) string {
	if store == "postgres" {
		return semconv.DBSystemNamePostgreSQL.Value.AsString()
	}
	return store
}

// WatchOutbox measures the age of the oldest event that is not delivered, by now, each time that meters are read: zero where there is none. It reads the
// outbox then, so read meters seldom. Stop it by the Unregister of what it returns.
func WatchOutbox(meters metric.MeterProvider, outbox storage.Outbox, now func() time.Time) (metric.Registration, error) {
	meter := meters.Meter(scope)
	lag, err := meter.Float64ObservableGauge("muster.outbox.lag", metric.WithUnit("s"), metric.WithDescription("The age of the oldest event that is not delivered."))
	if err != nil {
		return nil, err
	}
	return meter.RegisterCallback(func(ctx context.Context, to metric.Observer) error {
		oldest, err := outbox.Pending(ctx, 1)
		if err != nil {
			return err
		}
		age := time.Duration(0)
		if len(oldest) > 0 {
			age = now().Sub(oldest[0].At)
		}
		to.ObserveFloat64(lag, age.Seconds())
		return nil
	}, lag)
}
