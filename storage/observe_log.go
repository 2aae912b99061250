package storage

import (
	"context"
	"log/slog"
	"time"
)

// LogObserver writes a line to a log for each call and each unit that ends: "command", "read" or "unit", with verb, outcome, counts and duration.
//
//   - Error: a call that failed, a unit that gave up.
//   - Warn: a call that was refused, a unit that had to run again.
//   - Info: every other command that a host sent, and reads that were not simply allowed.
//   - Debug: what happens inside a command, reads that were allowed, units.
type LogObserver struct {
	Logger *slog.Logger // nil: slog.Default()
}

func (o LogObserver) logger() *slog.Logger {
	if o.Logger == nil {
		return slog.Default()
	}
	return o.Logger
}

// Call implements [Observer].
func (o LogObserver) Call(ctx context.Context, c Call) (context.Context, func(CallEnd)) {
	began := time.Now()
	return ctx, func(e CallEnd) {
		level := slog.LevelInfo
		switch {
		case len(c.Via) > 0 || c.Kind == CallRead && e.Outcome == OutcomeOK:
			level = slog.LevelDebug
		case e.Outcome == OutcomeFailed:
			level = slog.LevelError
		case e.Outcome == OutcomeRefused:
			level = slog.LevelWarn
		}
		l := o.logger()
		if !l.Enabled(ctx, level) {
			return
		}
		attrs := []slog.Attr{slog.String("verb", c.Verb), slog.String("outcome", string(e.Outcome)), slog.Duration("duration", time.Since(began))}
		if c.Command != "" {
			attrs = append(attrs, slog.String("command", string(c.Command)))
		}
		if len(c.Via) > 0 {
			attrs = append(attrs, slog.Any("via", c.Via))
		}
		if len(e.Rules) > 0 {
			attrs = append(attrs, slog.Any("rules", e.Rules))
		}
		attrs = append(attrs, slog.Int("employees", e.Employees))
		if c.Kind == CallCommand {
			attrs = append(attrs, slog.Int("events", e.Events), slog.Int("attempts", e.Attempts), slog.Int64("rows", e.Rows))
		}
		l.LogAttrs(ctx, level, string(c.Kind), retried(attrs, e.Retries)...)
	}
}

// Unit implements [Observer].
func (o LogObserver) Unit(ctx context.Context, store string) (context.Context, func(UnitEnd)) {
	began := time.Now()
	return ctx, func(e UnitEnd) {
		level := slog.LevelDebug
		switch {
		case e.GaveUp:
			level = slog.LevelError
		case len(e.Retries) > 0:
			level = slog.LevelWarn
		}
		l := o.logger()
		if !l.Enabled(ctx, level) {
			return
		}
		attrs := []slog.Attr{
			slog.String("store", store), slog.Bool("committed", e.Committed), slog.Int64("rows", e.Rows), slog.Duration("duration", time.Since(began)),
		}
		if e.GaveUp {
			attrs = append(attrs, slog.Bool("gave_up", true))
		}
		l.LogAttrs(ctx, level, "unit", retried(attrs, e.Retries)...)
	}
}

func retried(attrs []slog.Attr, why []RetryReason) []slog.Attr {
	if len(why) == 0 {
		return attrs
	}
	return append(attrs, slog.Any("retries", why))
}

// Observers tells each of several observers, in order: a log and a meter.
type Observers []Observer

// Call implements [Observer].
func (all Observers) Call(ctx context.Context, c Call) (context.Context, func(CallEnd)) {
	ended := make([]func(CallEnd), len(all))
	for i, o := range all {
		ctx, ended[i] = o.Call(ctx, c)
	}
	return ctx, each(ended)
}

// Unit implements [Observer].
func (all Observers) Unit(ctx context.Context, store string) (context.Context, func(UnitEnd)) {
	ended := make([]func(UnitEnd), len(all))
	for i, o := range all {
		ctx, ended[i] = o.Unit(ctx, store)
	}
	return ctx, each(ended)
}

// each calls functions, the last first: what was begun inside ends inside.
func each[E any](ended []func(E)) func(E) {
	return func(e E) {
		for i := len(ended) - 1; i >= 0; i-- {
			if ended[i] != nil {
				ended[i](e)
			}
		}
	}
}
