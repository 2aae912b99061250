package storage_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

// watcher writes down what it is told, in the order in which it ends.
type watcher struct {
	calls []seen
	units []storage.UnitEnd
	open  int
}

type seen struct {
	storage.Call
	storage.CallEnd
}

func (w *watcher) Call(ctx context.Context, c storage.Call) (context.Context, func(storage.CallEnd)) {
	w.open++
	return ctx, func(e storage.CallEnd) {
		w.open--
		w.calls = append(w.calls, seen{c, e})
	}
}

func (w *watcher) Unit(ctx context.Context, store string) (context.Context, func(storage.UnitEnd)) {
	w.open++
	return ctx, func(e storage.UnitEnd) {
		w.open--
		w.units = append(w.units, e)
	}
}

func (b *bench) watched() *watcher {
	w := &watcher{}
	b.kit.Observer = w
	return w
}

func TestEveryOutcomeIsTold(t *testing.T) {
	noRaise := func(a hr.Ask) hr.Verdict { return hr.Verdict{Allow: a.Verb != "test.Raise", Reason: "no raises"} }
	fails := func(err error) func(b *bench) error {
		return func(b *bench) error {
			_, err := storage.Do(t.Context(), b.kit, command("c1"), "test.Fail", storage.About(five, "E2", "E3"), func(context.Context, hr.Command) (int, []storage.Event, error) {
				return 1, []storage.Event{{ID: "e1"}}, err
			})
			return err
		}
	}
	raise := func(b *bench) error { _, err := b.raise(t.Context(), command("c1"), five); return err }
	command := func(verb string, e storage.CallEnd) seen {
		return seen{storage.Call{Kind: storage.CallCommand, Verb: verb, Command: "c1"}, e}
	}
	failed := func(o storage.Outcome, rules ...hr.Rule) seen {
		return command("test.Fail", storage.CallEnd{Outcome: o, Rules: rules, Employees: 2, Attempts: 1})
	}
	tests := map[string]struct {
		policy hr.Policy
		before func(b *bench) error
		call   func(b *bench) error
		want   seen
	}{
		"ok": {nil, nil, raise, command("test.Raise", storage.CallEnd{
			Outcome: storage.OutcomeOK, Employees: 1, Events: 1, Attempts: 1, Rows: 7, // claim, number, audit twice, event twice, result
		})},
		"sent again": {nil, raise, raise, command("test.Raise", storage.CallEnd{Outcome: storage.OutcomeReplayed, Attempts: 1})},
		"refused": {noRaise, nil, raise, command("test.Raise", storage.CallEnd{
			Outcome: storage.OutcomeRefused, Rules: []hr.Rule{storage.RuleDenied}, Employees: 1, Attempts: 1, Rows: 2, // the audit of it
		})},
		"refused, and the audit fails": {noRaise, nil, func(b *bench) error {
			b.kit.Journal = brokenJournal{}
			return raise(b)
		}, command("test.Raise", storage.CallEnd{Outcome: storage.OutcomeFailed, Rules: []hr.Rule{storage.RuleDenied}, Employees: 1, Attempts: 1})},
		"not found":      {nil, nil, fails(fmt.Errorf("run: %w", storage.ErrNotFound)), failed(storage.OutcomeNotFound)},
		"conflict":       {nil, nil, fails(storage.ErrConflict), failed(storage.OutcomeConflict)},
		"cancelled":      {nil, nil, fails(context.Canceled), failed(storage.OutcomeCancelled)},
		"past its time":  {nil, nil, fails(context.DeadlineExceeded), failed(storage.OutcomeCancelled)},
		"no value":       {nil, nil, fails(hr.ErrNoValue), failed(storage.OutcomeInvalid)},
		"no history":     {nil, nil, fails(storage.ErrNoHistory), failed(storage.OutcomeInvalid)},
		"another fault":  {nil, nil, fails(errors.New("disk full")), failed(storage.OutcomeFailed)},
		"several faults": {nil, nil, fails(errors.Join(&hr.FieldError{Rule: "z.last"}, &hr.FieldError{Rule: "a.first"}, &hr.FieldError{Rule: "z.last"})), failed(storage.OutcomeInvalid, "a.first", "z.last")},
		"an id used for something else": {nil, raise, fails(nil), command("test.Fail", storage.CallEnd{
			Outcome: storage.OutcomeConflict, Rules: []hr.Rule{storage.RuleCommandReused}, Employees: 2, Attempts: 1,
		})},
		"a kit without a store": {nil, nil, func(b *bench) error {
			b.kit.Tx = nil
			return raise(b)
		}, command("test.Raise", storage.CallEnd{Outcome: storage.OutcomeInvalid, Rules: []hr.Rule{storage.RuleKit}})},
		"a read": {
			nil, nil,
			func(b *bench) error {
				return storage.May(t.Context(), b.kit, hr.View{Actor: ann}, "test.Read", "E2", "E3")
			},
			seen{storage.Call{Kind: storage.CallRead, Verb: "test.Read"}, storage.CallEnd{Outcome: storage.OutcomeOK, Employees: 2}},
		},
		"a read that is refused": {
			func(hr.Ask) hr.Verdict { return hr.Verdict{} }, nil,
			func(b *bench) error { return storage.May(t.Context(), b.kit, hr.View{Actor: ann}, "test.Read", "E2") },
			seen{storage.Call{Kind: storage.CallRead, Verb: "test.Read"}, storage.CallEnd{
				Outcome: storage.OutcomeRefused, Rules: []hr.Rule{storage.RuleDenied}, Employees: 1, Rows: 2,
			}},
		},
		"a read without a store": {
			nil, nil,
			func(b *bench) error {
				b.kit.Log = nil
				return storage.May(t.Context(), b.kit, hr.View{Actor: ann}, "test.Read", "E2")
			},
			seen{storage.Call{Kind: storage.CallRead, Verb: "test.Read"}, storage.CallEnd{Outcome: storage.OutcomeInvalid, Rules: []hr.Rule{storage.RuleKit}}},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.policy == nil {
				test.policy = hr.AllowAll
			}
			b := newBench(test.policy)
			if test.before != nil {
				require.NoError(t, test.before(b))
			}
			w := b.watched()
			err := test.call(b)
			ok := test.want.Outcome == storage.OutcomeOK || test.want.Outcome == storage.OutcomeReplayed
			require.Equal(t, ok, err == nil, "%v", err)
			require.Empty(t, cmp.Diff([]seen{test.want}, w.calls, cmpopts.EquateEmpty()))
			require.Zero(t, w.open, "what begins ends")
		})
	}
}

type brokenJournal struct{}

func (brokenJournal) Append(context.Context, storage.Audit, ...storage.Event) error {
	return errors.New("disk full")
}

func TestCallsInsideACommandAreOfThatCommand(t *testing.T) {
	b := newBench(hr.AllowAll)
	w := b.watched()
	_, err := b.hire(t.Context(), command("c1"), "E014") // an id of an employee as a key, as services use it
	require.NoError(t, err)
	require.Len(t, w.calls, 2)
	require.Equal(t, storage.Call{Kind: storage.CallCommand, Verb: "test.Raise", Command: "c1", Via: []string{"test.Hire"}}, w.calls[0].Call)
	require.Equal(t, storage.Call{Kind: storage.CallCommand, Verb: "test.Hire", Command: "c1"}, w.calls[1].Call)
	require.NotContains(t, fmt.Sprint(w.calls), "E014")
	require.Zero(t, w.calls[0].Rows, "the unit is that of the outermost")
	require.Len(t, w.units, 1)
	require.Equal(t, storage.UnitEnd{Committed: true, Rows: w.calls[1].Rows}, w.units[0])
	require.Positive(t, w.units[0].Rows)
}

func TestAttemptsAreCountedWhateverTheStoreTells(t *testing.T) {
	b := newBench(hr.AllowAll)
	b.kit.Tx = twice{b.DB}
	w := b.watched()
	_, err := b.raise(t.Context(), command("c1"), five)
	require.NoError(t, err)
	require.Equal(t, 2, w.calls[0].Attempts)
	require.Equal(t, storage.OutcomeOK, w.calls[0].Outcome)
	require.Equal(t, []bool{false, true}, []bool{w.units[0].Committed, w.units[1].Committed})
}

func TestAPanicEndsTheCall(t *testing.T) {
	b := newBench(hr.AllowAll)
	w := b.watched()
	require.Panics(t, func() {
		_, _ = storage.Do(t.Context(), b.kit, command("c1"), "test.Panic", nil, func(context.Context, hr.Command) (int, []storage.Event, error) { panic("out of range") })
	})
	require.Zero(t, w.open)
	require.Equal(t, storage.OutcomeFailed, w.calls[0].Outcome)
	require.False(t, w.units[0].Committed)
}

func TestUnitsOutsideOfCommandsAreTold(t *testing.T) {
	b := newBench(hr.AllowAll)
	w := &watcher{}
	ctx := storage.Watch(t.Context(), w)
	require.NoError(t, storage.Consume(ctx, b.DB, b.DB, "mail", storage.Event{ID: "e1"}, func(context.Context) error { return nil }))
	require.Equal(t, []storage.UnitEnd{{Committed: true, Rows: 1}}, w.units)
	require.NoError(t, storage.Consume(t.Context(), b.DB, b.DB, "mail", storage.Event{ID: "e2"}, func(context.Context) error { return nil }))
	require.Len(t, w.units, 1, "and those that nobody watches are not")
}

// Whatever goes wrong, and however much it has to say, a log of it shows no value, no name and nobody's id.
func TestALogShowsNoValues(t *testing.T) {
	var out bytes.Buffer
	b := newBench(func(a hr.Ask) hr.Verdict {
		return hr.Verdict{Allow: a.Verb != "test.Refused", Reason: "is E2's brother"}
	})
	b.kit.Observer = storage.LogObserver{Logger: slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	leaky := errors.New(`duplicate key: (account)=(50100012345678), salary 987654.32 of Asha Rao, E2`)
	for i, verb := range []string{"test.Refused", "test.Failed", "test.Invalid", "test.Done"} {
		cmd := hr.Command{ID: hr.CommandID(fmt.Sprint("c", i)), Actor: hr.Actor{ID: "asha.rao@example.com", Employee: "E1"}, Purpose: "raise of 987654.32", Reason: "Asha Rao asked"}
		_, _ = storage.Do(t.Context(), b.kit, cmd, verb, storage.About(raiseArgs{"E2", hr.MustMoney("987654.32", "INR")}, "E2"), func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
			_, err := b.raise(ctx, cmd.Child(verb, "E2"), raiseArgs{"E2", hr.MustMoney("987654.32", "INR")})
			switch verb {
			case "test.Failed":
				err = leaky
			case "test.Invalid":
				err = &hr.FieldError{Path: "employees[E2].salary", Rule: "test.salary", Reason: "Asha Rao has 987654.32", Err: leaky}
			}
			return "raise_of_E2", []storage.Event{{ID: cmd.NewID("event"), Subject: "E2"}}, err
		})
		_ = storage.May(t.Context(), b.kit, hr.View{Actor: cmd.Actor, Purpose: cmd.Purpose}, verb, "E2")
	}
	log := out.String()
	for _, planted := range []string{"50100012345678", "987654", "Asha", "asha", "E2", "E1", "brother", "salary of"} {
		require.NotContains(t, log, planted)
	}

	type line struct {
		Level, Msg, Verb, Outcome, Command string
		Rules                              []string
		Employees                          int
	}
	var got []line
	for raw := range strings.Lines(log) {
		var l line
		require.NoError(t, json.Unmarshal([]byte(raw), &l))
		if l.Level != "DEBUG" {
			got = append(got, l)
		}
	}
	require.Empty(t, cmp.Diff([]line{
		{"WARN", "command", "test.Refused", "refused", "c0", []string{"storage.denied"}, 1},
		{"WARN", "read", "test.Refused", "refused", "", []string{"storage.denied"}, 1},
		{"ERROR", "command", "test.Failed", "failed", "c1", nil, 1},
		{"INFO", "command", "test.Invalid", "invalid", "c2", []string{"test.salary"}, 1},
		{"INFO", "command", "test.Done", "ok", "c3", nil, 1},
	}, got))
}

func TestSeveralObservers(t *testing.T) {
	b := newBench(hr.AllowAll)
	first, second := &watcher{}, &watcher{}
	b.kit.Observer = storage.Observers{first, deaf{}, second}
	_, err := b.raise(t.Context(), command("c1"), five)
	require.NoError(t, err)
	require.Equal(t, first.calls, second.calls)
	require.Equal(t, first.units, second.units)
	require.Len(t, first.calls, 1)
	require.Len(t, first.units, 1)
}

// deaf does not want to know how anything ends.
type deaf struct{}

func (deaf) Call(ctx context.Context, _ storage.Call) (context.Context, func(storage.CallEnd)) {
	return ctx, nil
}

func (deaf) Unit(ctx context.Context, _ string) (context.Context, func(storage.UnitEnd)) {
	return ctx, nil
}

func TestAnObserverMayNotWantTheEnd(t *testing.T) {
	b := newBench(hr.AllowAll)
	b.kit.Observer = deaf{}
	_, err := b.raise(t.Context(), command("c1"), five)
	require.NoError(t, err)
}

// What nobody watches costs nothing: a command without an observer, beside one with an observer that does nothing and one with a log that
// is not kept.
func BenchmarkObserver(b *testing.B) {
	for name, o := range map[string]storage.Observer{"none": nil, "deaf": deaf{}, "log": storage.LogObserver{Logger: slog.New(slog.DiscardHandler)}} {
		b.Run(name, func(b *testing.B) {
			kit := memory.New().Kit(hr.AllowAll, nil)
			kit.Observer = o
			kit.Log, kit.Journal = forgetful{}, forgetful{}
			b.ReportAllocs()
			for b.Loop() {
				_, err := storage.Do(b.Context(), kit, command("c1"), "test.Nothing", nil, func(context.Context, hr.Command) (int, []storage.Event, error) { return 0, nil, nil })
				require.NoError(b, err)
			}
		})
	}
}

// forgetful is a log and a journal that keep nothing, so that a benchmark does not grow.
type forgetful struct{}

func (forgetful) Claim(context.Context, storage.CommandRow) (storage.CommandRow, bool, error) {
	return storage.CommandRow{}, true, nil
}

func (forgetful) Finish(context.Context, hr.CommandID, []byte) error            { return nil }
func (forgetful) Append(context.Context, storage.Audit, ...storage.Event) error { return nil }
