package storage

import (
	"context"
	"errors"
	"slices"

	"github.com/musterhr/hr"
)

// Observer is told of every call and every unit of work as it begins and as it ends, for logs, metrics and traces: see [LogObserver] and
// package storage/otel. It learns verbs, rules, counts and the id of the command, and never a value, a name, a person or an error's text: a
// driver's error may quote what a row holds. It must be safe for concurrent use, touch no store, and be quick: what happens in a unit waits for it.
//
// Employee ids are pseudonyms, and whoever has the staff list can read them: no observation has one, only how many people a call was about.
// The id of a command is the host's: let it name nobody.
type Observer interface {
	// Call is told that a command or a read begins. The call goes on with the context that is returned, and calls ended once as it ends;
	// ended may be nil. Commands inside a command are calls too, of the same command id.
	Call(ctx context.Context, c Call) (inside context.Context, ended func(CallEnd))
	// Unit is told that a store begins a unit of work, like Call. Units inside a unit are no units of their own.
	Unit(ctx context.Context, store string) (inside context.Context, ended func(UnitEnd))
}

// CallKind says what a call is for.
type CallKind string

// The kinds of calls.
const (
	CallCommand CallKind = "command" // [Do]: from before its unit of work to after it
	CallRead    CallKind = "read"    // [May]: whether somebody may read. What is read comes after it
)

// Call is a call that begins.
type Call struct {
	Kind    CallKind
	Verb    string
	Command hr.CommandID // of the outermost command; empty for a read outside of commands
	Via     []string     // the verbs that led here, outermost first: empty for the outermost
}

// Outcome is how a call ended.
type Outcome string

// The outcomes. Those from OutcomeFailed on are what an operator wakes up for: the others are answers to the caller.
const (
	OutcomeOK        Outcome = "ok"
	OutcomeReplayed  Outcome = "replayed"  // sent before: its first result was returned
	OutcomeRefused   Outcome = "refused"   // the policy said no, and the audit says so
	OutcomeNotFound  Outcome = "not_found" // [ErrNotFound]
	OutcomeConflict  Outcome = "conflict"  // [ErrConflict] or [ErrReused]
	OutcomeInvalid   Outcome = "invalid"   // the input or the moment is wrong: the rules say why
	OutcomeCancelled Outcome = "cancelled" // the caller's context was over
	OutcomeFailed    Outcome = "failed"    // anything else, a panic and a refusal that could not be audited too
)

// CallEnd is how a call ended.
type CallEnd struct {
	Outcome   Outcome
	Rules     []hr.Rule // that were broken, each once, sorted
	Employees int       // how many the call was about, as far as it came to say so
	Events    int       // how many it announced
	Attempts  int       // how often its unit ran, whatever the store tells; 0 where it came to none
	// What the store told of the units that the call began, for one that tells: none where it ran inside another.
	Rows    int64
	Retries []RetryReason
}

// RetryReason says why a unit ran again.
type RetryReason string

// The reasons.
const (
	RetrySerialization RetryReason = "serialization" // what it had read was changed by another
	RetryDeadlock      RetryReason = "deadlock"      // it and another waited for each other
	RetryBusy          RetryReason = "busy"          // another process was writing for longer than it would wait
)

// UnitEnd is how a unit of work ended.
type UnitEnd struct {
	Committed bool
	Rows      int64         // how many rows it wrote, as far as the store counts them; 0 where it was rolled back
	Retries   []RetryReason // one for each time that it ran again
	GaveUp    bool          // it failed because of others as often as the store tries
}

// BeginUnit is what a store calls as it begins a unit of work, outside of any attempt. It returns the context for the unit and what the store calls at
// the unit's end, once, also after a panic; nobody watching costs nothing.
func BeginUnit(ctx context.Context, store string) (context.Context, func(UnitEnd)) {
	w, _ := ctx.Value(watchKey{}).(*watch)
	if w == nil {
		return ctx, func(UnitEnd) {}
	}
	ctx, ended := w.observer.Unit(ctx, store)
	return ctx, func(e UnitEnd) {
		if w.end != nil {
			w.end.Rows += e.Rows
			w.end.Retries = append(w.end.Retries, e.Retries...)
		}
		if ended != nil {
			ended(e)
		}
	}
}

// Watch returns a context whose units of work o is told of, for those that no command runs: [Consume] and what a host does in units of its own.
// Commands do this by [Kit].Observer.
func Watch(ctx context.Context, o Observer) context.Context {
	return context.WithValue(ctx, watchKey{}, &watch{observer: o})
}

// watchKey is the key under which a context carries the call that runs.
type watchKey struct{}

// watch is one call that is observed. Its methods do nothing on nil.
type watch struct {
	observer Observer
	command  hr.CommandID
	ended    func(CallEnd)
	end      *CallEnd // nil for [Watch], which may watch several units at once
}

// watch tells the observer, if there is one, that a call begins.
func (k Kit) watch(ctx context.Context, c Call) (context.Context, *watch) {
	w := &watch{observer: k.Observer, command: c.Command, end: &CallEnd{Outcome: OutcomeFailed}} // which is what a panic leaves
	if around, _ := ctx.Value(watchKey{}).(*watch); around != nil && around.command != "" {
		w.command = around.command
	}
	c.Command = w.command
	ctx, w.ended = k.Observer.Call(ctx, c)
	return context.WithValue(ctx, watchKey{}, w), w
}

// over tells the observer that the call has ended.
func (w *watch) over() {
	if w.ended != nil {
		w.ended(*w.end)
	}
}

func (w *watch) attempt() {
	if w != nil {
		w.end.Attempts++
		w.end.Outcome, w.end.Events = OutcomeFailed, 0 // until it is done
	}
}

func (w *watch) about(employees int) {
	if w != nil {
		w.end.Employees = employees
	}
}

func (w *watch) replayed() {
	if w != nil {
		w.end.Outcome = OutcomeReplayed
	}
}

func (w *watch) done(events int) {
	if w != nil {
		w.end.Outcome, w.end.Events = OutcomeOK, events
	}
}

// failed notes the error that a call ends with; unaudited says that a refusal is not on record.
func (w *watch) failed(err error, unaudited bool) {
	if w == nil || err == nil {
		return
	}
	w.end.Outcome, w.end.Events = outcomeOf(err), 0
	if unaudited {
		w.end.Outcome = OutcomeFailed
	}
	var denied *DeniedError
	if errors.As(err, &denied) {
		w.end.Rules = append(w.end.Rules, RuleDenied)
	}
	for _, f := range hr.FieldErrors(err) {
		w.end.Rules = append(w.end.Rules, f.Rule)
	}
	slices.Sort(w.end.Rules)
	w.end.Rules = slices.Compact(w.end.Rules)
}

func outcomeOf(err error) Outcome {
	is := func(targets ...error) bool {
		return slices.ContainsFunc(targets, func(t error) bool { return errors.Is(err, t) })
	}
	switch {
	case is(hr.ErrDenied):
		return OutcomeRefused
	case is(ErrNotFound):
		return OutcomeNotFound
	case is(ErrConflict, ErrReused):
		return OutcomeConflict
	case is(context.Canceled, context.DeadlineExceeded):
		return OutcomeCancelled
	case is(hr.ErrRequired, hr.ErrInvalid, hr.ErrDuplicate, hr.ErrNoValue, ErrNoHistory, ErrTooEarly), len(hr.FieldErrors(err)) > 0:
		return OutcomeInvalid
	}
	return OutcomeFailed
}
