package storage_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

var (
	now = time.Date(2026, 10, 31, 18, 0, 0, 0, time.UTC)
	ann = hr.Actor{ID: "ann", Employee: "E1"}
)

func command(id hr.CommandID) hr.Command {
	return hr.Command{ID: id, Actor: ann, Purpose: "monthly payroll", Reason: "as agreed"}
}

// bench is a kit over a fresh store, with the asks that its policy has seen.
type bench struct {
	*memory.DB
	kit  storage.Kit
	asks []hr.Ask
	ran  int // how often the function of raise ran
}

func newBench(policy hr.Policy) *bench {
	b := &bench{DB: memory.New()}
	b.kit = b.Kit(func(a hr.Ask) hr.Verdict { b.asks = append(b.asks, a); return policy(a) }, func() time.Time { return now })
	seeds := 0
	b.kit.NewID = func() string { seeds++; return fmt.Sprint("seed", seeds) }
	return b
}

type raiseArgs struct {
	Employee hr.EmployeeID
	Amount   hr.Money
}

// raise is a service method as every domain has it: it learns something about an employee and says so.
func (b *bench) raise(ctx context.Context, cmd hr.Command, args raiseArgs) (string, error) {
	return storage.Do(ctx, b.kit, cmd, "test.Raise", storage.About(args, args.Employee), func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
		b.ran++
		if _, err := b.kit.Know.Take(ctx, b.kit.Clock, args.Employee); err != nil {
			return "", nil, err
		}
		id := cmd.NewID("raise")
		return id, []storage.Event{{ID: cmd.NewID("event"), Kind: "test.raised", Subject: args.Employee, At: cmd.At()}}, nil
	})
}

func (b *bench) head(t *testing.T, id hr.EmployeeID) hr.Seq {
	t.Helper()
	pins, err := b.Heads(t.Context(), id)
	require.NoError(t, err)
	return pins[0].Known.Own
}

func (b *bench) audits(t *testing.T) []storage.Audit {
	t.Helper()
	audits, err := b.Audits(t.Context())
	require.NoError(t, err)
	return audits
}

func (b *bench) events(t *testing.T) []storage.Event {
	t.Helper()
	events, err := b.Events(t.Context())
	require.NoError(t, err)
	return events
}

var five = raiseArgs{"E2", hr.MustMoney("5000", "INR")}

func TestDoRunsAuditsAndAnnounces(t *testing.T) {
	b := newBench(hr.AllowAll)
	id, err := b.raise(t.Context(), command("c1"), five)
	require.NoError(t, err)
	require.Equal(t, command("c1").Stamp(now, "seed1").NewID("raise"), id, "ids derive from the seed that the kit gave")
	require.Equal(t, hr.Seq(1), b.head(t, "E2"))
	require.Empty(t, cmp.Diff([]storage.Audit{{
		Command: "c1", Verb: "test.Raise", Actor: "ann", Purpose: "monthly payroll", Reason: "as agreed", Subjects: []hr.EmployeeID{"E2"}, At: now,
	}}, b.audits(t)))
	require.Len(t, b.events(t), 1)
	require.Equal(t, []hr.Ask{{
		Verb: "test.Raise", Actor: ann, Purpose: "monthly payroll", Subjects: []hr.EmployeeID{"E2"},
	}}, b.asks)
}

func TestDoAgainReturnsTheFirstResultAndDoesNothing(t *testing.T) {
	b := newBench(hr.AllowAll)
	first, err := b.raise(t.Context(), command("c1"), five)
	require.NoError(t, err)
	again := five
	again.Amount = hr.MustMoney("5000.00", "INR") // the same amount, written in another way
	cmd := command("c1")
	cmd.Reason = "sent again" // the reason is no part of the content
	second, err := b.raise(t.Context(), cmd, again)
	require.NoError(t, err)
	require.Equal(t, first, second)
	require.Equal(t, 1, b.ran)
	require.Equal(t, hr.Seq(1), b.head(t, "E2"))
	require.Len(t, b.audits(t), 1)
	require.Len(t, b.events(t), 1)
}

func TestDoRefusesAnIDThatWasUsedForSomethingElse(t *testing.T) {
	other := map[string]func(b *bench) error{
		"other arguments": func(b *bench) error {
			_, err := b.raise(t.Context(), command("c1"), raiseArgs{"E2", hr.MustMoney("5001", "INR")})
			return err
		},
		"another actor": func(b *bench) error {
			cmd := command("c1")
			cmd.Actor.ID = "bob"
			_, err := b.raise(t.Context(), cmd, five)
			return err
		},
		"another verb": func(b *bench) error {
			_, err := storage.Do(t.Context(), b.kit, command("c1"), "test.Lower", storage.About(five, "E2"), func(context.Context, hr.Command) (string, []storage.Event, error) { return "", nil, nil })
			return err
		},
	}
	for name, send := range other {
		t.Run(name, func(t *testing.T) {
			b := newBench(hr.AllowAll)
			_, err := b.raise(t.Context(), command("c1"), five)
			require.NoError(t, err)
			err = send(b)
			require.ErrorIs(t, err, storage.ErrReused)
			require.Equal(t, storage.RuleCommandReused, hr.FieldErrors(err)[0].Rule)
			require.Equal(t, "command.id", hr.FieldErrors(err)[0].Path)
			require.NotContains(t, err.Error(), "500")
			require.Equal(t, 1, b.ran)
			require.Equal(t, hr.Seq(1), b.head(t, "E2"))
			require.Len(t, b.audits(t), 1)
		})
	}
}

func TestDoChecksTheCommandAndTheKitBeforeAnything(t *testing.T) {
	b := newBench(hr.AllowAll)
	b.kit = storage.Kit{Log: b.DB, Know: b.DB}
	_, err := b.raise(t.Context(), hr.Command{}, five)
	var paths []string
	for _, f := range hr.FieldErrors(err) {
		paths = append(paths, f.Path)
	}
	require.Equal(t, []string{"kit.tx", "kit.journal", "command.id", "command.actor"}, paths)
	require.ErrorIs(t, err, hr.ErrRequired)
	require.Zero(t, b.ran)
	require.NoError(t, newBench(hr.AllowAll).kit.Validate())
	require.ErrorIs(t, storage.May(t.Context(), storage.Kit{}, hr.View{Actor: ann}, "test.Read"), hr.ErrRequired)
}

func TestDoAuditsADenialInAUnitOfItsOwn(t *testing.T) {
	b := newBench(func(hr.Ask) hr.Verdict { return hr.Verdict{Reason: "ann prepares no pay"} })
	_, err := b.raise(t.Context(), command("c1"), five)
	require.ErrorIs(t, err, hr.ErrDenied)
	var denied *storage.DeniedError
	require.ErrorAs(t, err, &denied)
	require.Equal(t, "test.Raise", denied.Ask.Verb)
	require.Contains(t, err.Error(), "ann prepares no pay")
	require.NotContains(t, err.Error(), "E2", "whom it concerns is not for everybody who reads a log")
	require.Zero(t, b.ran)
	require.Zero(t, b.head(t, "E2"))
	require.Empty(t, b.events(t))
	require.Empty(t, cmp.Diff([]storage.Audit{{
		Command: "c1", Verb: "test.Raise", Actor: "ann", Purpose: "monthly payroll", Reason: "as agreed",
		Subjects: []hr.EmployeeID{"E2"}, Refused: "ann prepares no pay", At: now,
	}}, b.audits(t)))

	// Nothing was claimed: once ann may, the same command runs.
	b.kit.Authorize = hr.AllowAll
	_, err = b.raise(t.Context(), command("c1"), five)
	require.NoError(t, err)
}

func TestANilPolicyDenies(t *testing.T) {
	b := newBench(hr.AllowAll)
	b.kit.Authorize = nil
	_, err := b.raise(t.Context(), command("c1"), five)
	require.ErrorIs(t, err, hr.ErrDenied)
	require.ErrorIs(t, storage.May(t.Context(), b.kit, hr.View{Actor: ann}, "test.Read"), hr.ErrDenied)
	require.Len(t, b.audits(t), 2)
}

// hire calls raise inside itself, as recruitment calls lifecycle.
func (b *bench) hire(ctx context.Context, cmd hr.Command, keys ...string) ([]string, error) {
	return storage.Do(ctx, b.kit, cmd, "test.Hire", storage.About("offer-1"), func(ctx context.Context, cmd hr.Command) (ids []string, _ []storage.Event, _ error) {
		if _, err := b.kit.Know.Take(ctx, b.kit.Clock, "E9"); err != nil {
			return nil, nil, err
		}
		for _, key := range keys {
			id, err := b.raise(ctx, cmd.Child("test.Hire", key), five)
			if err != nil {
				return nil, nil, err
			}
			ids = append(ids, id)
		}
		return ids, []storage.Event{{ID: cmd.NewID("event"), Kind: "test.hired", At: cmd.At()}}, nil
	})
}

func TestDoInsideDoJoins(t *testing.T) {
	// ann may not raise directly, but may through a hire.
	b := newBench(func(a hr.Ask) hr.Verdict {
		return hr.Verdict{Allow: a.Verb == "test.Hire" || len(a.Via) == 1 && a.Via[0] == "test.Hire", Reason: "not directly"}
	})
	ids, err := b.hire(t.Context(), command("c1"), "first", "second")
	require.NoError(t, err)
	require.Len(t, ids, 2)
	require.NotEqual(t, ids[0], ids[1], "each child has ids of its own")
	require.Equal(t, hr.Seq(2), b.head(t, "E2"))
	audits := b.audits(t)
	require.Len(t, audits, 3)
	require.Equal(t, []string{"test.Hire"}, audits[0].Via)
	require.Equal(t, hr.CommandID("c1/test.Hire/first"), audits[0].Command)
	require.Equal(t, now, audits[0].At, "one clock for the whole command")
	require.Empty(t, audits[2].Via)
	require.Len(t, b.events(t), 3)

	again, err := b.hire(t.Context(), command("c1"), "first", "second")
	require.NoError(t, err)
	require.Equal(t, ids, again)
	require.Equal(t, 2, b.ran)

	_, err = b.raise(t.Context(), command("c2"), five)
	require.ErrorIs(t, err, hr.ErrDenied)
}

func TestAnInnerFailureRollsEverythingBack(t *testing.T) {
	t.Run("a denied inner call", func(t *testing.T) {
		b := newBench(func(a hr.Ask) hr.Verdict { return hr.Verdict{Allow: a.Verb == "test.Hire", Reason: "no raises"} })
		_, err := b.hire(t.Context(), command("c1"), "first")
		require.ErrorIs(t, err, hr.ErrDenied)
		require.True(t, strings.HasPrefix(err.Error(), "test.Hire: test.Raise: "), err)
		require.Zero(t, b.head(t, "E9"))
		require.Zero(t, b.head(t, "E2"))
		require.Empty(t, b.events(t))
		require.Empty(t, cmp.Diff([]storage.Audit{{ // once, by the outermost call, about the inner verb
			Command: "c1", Verb: "test.Raise", Actor: "ann", Purpose: "monthly payroll", Reason: "as agreed", Via: []string{"test.Hire"},
			Subjects: []hr.EmployeeID{"E2"}, Refused: "no raises", At: now,
		}}, b.audits(t)))
	})
	t.Run("a failure after an inner call", func(t *testing.T) {
		b := newBench(hr.AllowAll)
		broken := errors.New("broken")
		_, err := storage.Do(t.Context(), b.kit, command("c1"), "test.Hire", nil, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
			_, err := b.raise(ctx, cmd.Child("test.Hire"), five)
			require.NoError(t, err)
			return "escapes", nil, broken
		})
		require.ErrorIs(t, err, broken)
		require.Zero(t, b.head(t, "E2"))
		require.Empty(t, b.audits(t), "what failed is not a refusal")
		require.Empty(t, b.events(t))
		_, err = b.raise(t.Context(), command("c1/test.Hire"), five)
		require.NoError(t, err, "the inner claim is gone too")
	})
	t.Run("a failed inner call that is not returned", func(t *testing.T) {
		b := newBench(hr.AllowAll)
		_, err := storage.Do(t.Context(), b.kit, command("c1"), "test.Hire", nil, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
			_, err := storage.Do(ctx, b.kit, cmd.Child("test.Hire"), "test.Find", nil, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
				_, err := b.raise(ctx, cmd.Child("test.Find"), five)
				require.NoError(t, err)
				return "", nil, storage.ErrNotFound // of somebody else, after the raise
			})
			require.ErrorIs(t, err, storage.ErrNotFound)
			return "gone on", nil, nil
		})
		require.ErrorIs(t, err, storage.ErrNotFound)
		require.Zero(t, b.head(t, "E2"), "what the inner call wrote is not committed")
		require.Empty(t, b.audits(t))
		_, fresh, err := b.Claim(t.Context(), storage.CommandRow{ID: "c1/test.Hire"})
		require.NoError(t, err)
		require.True(t, fresh, "nor what it claimed")
	})
	t.Run("two inner calls with one key", func(t *testing.T) {
		b := newBench(hr.AllowAll)
		_, err := b.hire(t.Context(), command("c1"), "same", "same")
		require.NoError(t, err, "the same content again is a retry")
		require.Equal(t, 1, b.ran)
		_, err = storage.Do(t.Context(), b.kit, command("c2"), "test.Hire", nil, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
			_, err := b.raise(ctx, cmd.Child("test.Hire"), five)
			require.NoError(t, err)
			return b.raiseOther(ctx, cmd.Child("test.Hire"))
		})
		require.ErrorIs(t, err, storage.ErrReused)
	})
	t.Run("a call inside itself with its own command", func(t *testing.T) {
		b := newBench(hr.AllowAll)
		var call func(ctx context.Context, cmd hr.Command, depth int) (string, error)
		call = func(ctx context.Context, cmd hr.Command, depth int) (string, error) {
			return storage.Do(ctx, b.kit, cmd, "test.Loop", nil, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
				id, err := call(ctx, cmd, depth+1)
				return id, nil, err
			})
		}
		_, err := call(t.Context(), command("c1"), 0)
		require.ErrorIs(t, err, storage.ErrReused)
		require.Contains(t, err.Error(), "already running")
	})
}

func (b *bench) raiseOther(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
	id, err := b.raise(ctx, cmd, raiseArgs{"E3", hr.MustMoney("1", "INR")})
	return id, nil, err
}

// twice runs every unit two times and rolls the first attempt back, as a database does after a failure to serialise.
type twice struct{ storage.Transactor }

type twiceKey struct{}

func (tx twice) InTx(ctx context.Context, fn func(context.Context) error) error {
	if ctx.Value(twiceKey{}) != nil {
		return tx.Transactor.InTx(ctx, fn)
	}
	ctx = context.WithValue(ctx, twiceKey{}, true)
	again := errors.New("serialisation failure")
	if err := tx.Transactor.InTx(ctx, func(ctx context.Context) error { _ = fn(ctx); return again }); !errors.Is(err, again) {
		return err
	}
	return tx.Transactor.InTx(ctx, fn)
}

func TestAFunctionThatRunsTwiceMakesTheSameIDs(t *testing.T) {
	b := newBench(hr.AllowAll)
	b.kit.Tx = twice{b.DB}
	ids := map[string]int{}
	id, err := storage.Do(t.Context(), b.kit, command("c1"), "test.Make", nil, func(_ context.Context, cmd hr.Command) (string, []storage.Event, error) {
		id := cmd.NewID("thing")
		ids[id]++
		return id, nil, nil
	})
	require.NoError(t, err)
	require.Equal(t, map[string]int{id: 2}, ids)
	require.Len(t, b.audits(t), 1)

	// A denial is audited once, although the unit was tried twice.
	b.kit.Authorize = nil
	_, err = b.raise(t.Context(), command("c2"), five)
	require.ErrorIs(t, err, hr.ErrDenied)
	require.Len(t, b.audits(t), 2)
}

func TestResultsTravelThroughJSON(t *testing.T) {
	type answer struct {
		ID   hr.EmployeeID
		Refs []hr.Ref
		On   hr.Date
	}
	want := answer{"E7", []hr.Ref{{Kind: "terms", ID: "t1", Seq: 4}}, hr.MustDate("2026-10-31")}
	b := newBench(hr.AllowAll)
	for range 2 {
		got, err := storage.Do(t.Context(), b.kit, command("c1"), "test.Answer", nil, func(context.Context, hr.Command) (answer, []storage.Event, error) { return want, nil, nil })
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for range 2 { // nothing to say is an answer too
		got, err := storage.Do(t.Context(), b.kit, command("c2"), "test.Nothing", nil, func(context.Context, hr.Command) (*answer, []storage.Event, error) { return nil, nil, nil })
		require.NoError(t, err)
		require.Nil(t, got)
	}
	_, err := storage.Do(t.Context(), b.kit, command("c3"), "test.Secret", nil, func(context.Context, hr.Command) (hr.Secret, []storage.Event, error) {
		return hr.NewSecret("ABCDE1234F"), nil, nil
	})
	require.Error(t, err, "a secret is no reference")
	require.NotContains(t, err.Error(), "ABCDE1234F")
	var unmarshalled *json.MarshalerError
	require.ErrorAs(t, err, &unmarshalled)
	require.Len(t, b.audits(t), 2)
}

// own are arguments that say themselves whom they concern.
type own struct{ Case string }

func (a own) Subjects(context.Context) ([]hr.EmployeeID, error) {
	return []hr.EmployeeID{"E8"}, nil
}

func TestSubjectsAreFoundInsideTheUnit(t *testing.T) {
	b := newBench(hr.AllowAll)
	do := func(id hr.CommandID, args any) error {
		_, err := storage.Do(t.Context(), b.kit, command(id), "test.Case", args, func(context.Context, hr.Command) (int, []storage.Event, error) { return 1, nil, nil })
		return err
	}
	stored := storage.AboutCase("case-1", func(ctx context.Context) ([]hr.EmployeeID, error) {
		pins, err := b.Heads(ctx, "E4")
		if err != nil || pins[0].Known.Own == 0 {
			return nil, errors.Join(err, storage.ErrNotFound)
		}
		return []hr.EmployeeID{"E4"}, nil
	})
	require.ErrorIs(t, do("c1", stored), storage.ErrNotFound, "a case that is not there ends the command")
	require.Len(t, b.asks, 1)
	require.Empty(t, b.asks[0].Subjects, "it was judged as about nobody in particular")
	_, err := b.raise(t.Context(), command("c2"), raiseArgs{Employee: "E4"})
	require.NoError(t, err)
	require.NoError(t, do("c1", stored))
	require.Equal(t, []hr.EmployeeID{"E4"}, b.asks[2].Subjects)
	require.NoError(t, do("c3", storage.About("x", "E5", "E6")))
	require.Equal(t, []hr.EmployeeID{"E5", "E6"}, b.asks[3].Subjects)
	require.NoError(t, do("c4", "nobody in particular"))
	require.Empty(t, b.asks[4].Subjects)
	require.NoError(t, do("c5", own{"case-2"}))
	require.Equal(t, []hr.EmployeeID{"E8"}, b.asks[5].Subjects)
}

type relations []hr.Relation

func (r relations) Relations(context.Context, hr.Actor, ...hr.EmployeeID) ([]hr.Relation, error) {
	return r, nil
}

func TestThePolicySeesRelations(t *testing.T) {
	b := newBench(hr.AllowAll)
	b.kit.Relations = relations{{Kind: hr.RelationManager, To: "E2"}}
	require.NoError(t, storage.May(t.Context(), b.kit, hr.View{Actor: ann, Purpose: "look"}, "test.Read", "E1", "E2"))
	require.Equal(t, hr.Ask{
		Verb: "test.Read", Actor: ann, Purpose: "look", Subjects: []hr.EmployeeID{"E1", "E2"},
		Relations: []hr.Relation{{Kind: hr.RelationManager, To: "E2"}, {Kind: hr.RelationSelf, To: "E1"}},
	}, b.asks[0])
	require.False(t, b.asks[0].Stands(hr.RelationManager))
}

func TestMayAuditsEveryRefusalOnce(t *testing.T) {
	b := newBench(func(hr.Ask) hr.Verdict { return hr.Verdict{Reason: "no"} })
	v := hr.View{Actor: ann, Purpose: "look"}
	err := storage.May(t.Context(), b.kit, v, "test.Read", "E2")
	require.ErrorIs(t, err, hr.ErrDenied)
	require.Empty(t, cmp.Diff([]storage.Audit{{
		Verb: "test.Read", Actor: "ann", Purpose: "look", Subjects: []hr.EmployeeID{"E2"}, Refused: "no", At: now,
	}}, b.audits(t)))
	require.Len(t, b.asks, 1)

	// One reading that asks another, as payroll does when it explains a figure: nobody else would audit the second.
	require.ErrorIs(t, storage.May(t.Context(), b.kit, v.Inside("test.Explain"), "test.Read", "E2"), hr.ErrDenied)
	require.Equal(t, []string{"test.Explain"}, b.asks[1].Via)
	audits := b.audits(t)
	require.Len(t, audits, 2)
	require.Equal(t, []string{"test.Explain"}, audits[1].Via)
	require.Equal(t, "test.Read", audits[1].Verb)
}

func TestARefusalInsideAReadingCommandIsAuditedByTheCommand(t *testing.T) {
	b := newBench(func(a hr.Ask) hr.Verdict { return hr.Verdict{Allow: a.Verb == "test.Run", Reason: "no reading"} })
	_, err := storage.Do(t.Context(), b.kit, command("c1"), "test.Run", nil, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		inside := cmd.View("test.Run", hr.Known{}).Inside("test.Sheet") // however deep the question is asked
		return 0, nil, storage.May(ctx, b.kit, inside, "test.Read", "E2")
	})
	require.ErrorIs(t, err, hr.ErrDenied)
	audits := b.audits(t)
	require.Len(t, audits, 1)
	require.Equal(t, "test.Read", audits[0].Verb)
	require.Equal(t, hr.CommandID("c1"), audits[0].Command)

	// A command that goes on without what it may not read leaves both on record.
	_, err = storage.Do(t.Context(), b.kit, command("c2"), "test.Run", nil, func(ctx context.Context, cmd hr.Command) (int, []storage.Event, error) {
		require.ErrorIs(t, storage.May(ctx, b.kit, cmd.View("test.Run", hr.Known{}), "test.Read", "E2"), hr.ErrDenied)
		return 1, nil, nil
	})
	require.NoError(t, err)
	audits = b.audits(t)
	require.Len(t, audits, 3)
	require.Equal(t, []string{"test.Read", "no reading"}, []string{audits[1].Verb, audits[1].Refused})
	require.Equal(t, []string{"test.Run", ""}, []string{audits[2].Verb, audits[2].Refused})
}

func TestTheKitsClockAndSeedHaveDefaults(t *testing.T) {
	db := memory.New()
	k := db.Kit(hr.AllowAll, nil)
	before := time.Now()
	ids := map[string]bool{}
	for i := range 20 {
		id, err := storage.Do(t.Context(), k, command(hr.CommandID(fmt.Sprint(i))), "test.Make", nil, func(_ context.Context, cmd hr.Command) (string, []storage.Event, error) {
			require.False(t, cmd.At().Before(before))
			return hr.Command{ID: "same"}.Stamp(cmd.At(), "").NewID("x") + cmd.NewID("thing"), nil, nil
		})
		require.NoError(t, err)
		ids[id] = true
	}
	require.Len(t, ids, 20)
}

// brokenPort fails where a test says so.
type brokenPort struct {
	storage.Log
	storage.Journal
	claim, finish, journal, relations error
}

func (p brokenPort) Claim(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	if p.claim != nil {
		return storage.CommandRow{}, false, p.claim
	}
	return p.Log.Claim(ctx, row)
}

func (p brokenPort) Finish(ctx context.Context, id hr.CommandID, result []byte) error {
	return errors.Join(p.finish, p.Log.Finish(ctx, id, result))
}

func (p brokenPort) Append(ctx context.Context, a storage.Audit, ev ...storage.Event) error {
	return errors.Join(p.journal, p.Journal.Append(ctx, a, ev...))
}

func (p brokenPort) Relations(context.Context, hr.Actor, ...hr.EmployeeID) ([]hr.Relation, error) {
	return nil, p.relations
}

func TestAPortThatFailsLeavesNothingBehind(t *testing.T) {
	broken := errors.New("the disk is full")
	for name, port := range map[string]brokenPort{
		"claim": {claim: broken}, "finish": {finish: broken}, "journal": {journal: broken}, "relations": {relations: broken},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(hr.AllowAll)
			port.Log, port.Journal = b.DB, b.DB
			b.kit.Log, b.kit.Journal, b.kit.Relations = port, port, port
			_, err := b.raise(t.Context(), command("c1"), five)
			require.ErrorIs(t, err, broken)
			require.Zero(t, b.head(t, "E2"))
			require.Empty(t, b.audits(t))
			require.Empty(t, b.events(t))
		})
	}
	b := newBench(hr.AllowAll)
	b.kit.Relations = brokenPort{relations: broken}
	require.ErrorIs(t, storage.May(t.Context(), b.kit, hr.View{Actor: ann}, "test.Read", "E2"), broken, "who cannot be judged may not read")
	b.kit.Authorize, b.kit.Relations, b.kit.Journal = nil, nil, brokenPort{Journal: b.DB, journal: broken}
	_, err := b.raise(t.Context(), command("c1"), five)
	require.ErrorIs(t, err, hr.ErrDenied)
	require.ErrorIs(t, err, broken, "a refusal that could not be audited says so")
}

// diary writes down what Do asks of whom.
type diary struct {
	*memory.DB
	lines *[]string
}

func (d diary) note(line string) { *d.lines = append(*d.lines, line) }

func (d diary) InTx(ctx context.Context, fn func(context.Context) error) error {
	d.note("begin")
	err := d.DB.InTx(ctx, fn)
	d.note(map[bool]string{true: "commit", false: "roll back"}[err == nil])
	return err
}

func (d diary) Claim(ctx context.Context, row storage.CommandRow) (storage.CommandRow, bool, error) {
	d.note("claim")
	return d.DB.Claim(ctx, row)
}

func (d diary) Finish(ctx context.Context, id hr.CommandID, result []byte) error {
	d.note("finish")
	return d.DB.Finish(ctx, id, result)
}

func (d diary) Append(ctx context.Context, a storage.Audit, ev ...storage.Event) error {
	d.note(fmt.Sprintf("append, refused %q, %d events", a.Refused, len(ev)))
	return d.DB.Append(ctx, a, ev...)
}

func (d diary) Relations(context.Context, hr.Actor, ...hr.EmployeeID) ([]hr.Relation, error) {
	d.note("relations")
	return nil, nil
}

func TestDoKeepsTheOrderOfItsProtocol(t *testing.T) {
	var lines []string
	d := diary{memory.New(), &lines}
	allow := true
	kit := storage.Kit{
		Tx: d, Log: d, Know: d, Journal: d, Relations: d, Now: func() time.Time { d.note("clock"); return now }, NewID: func() string { d.note("seed"); return "s" },
		Authorize: func(hr.Ask) hr.Verdict { d.note("authorize"); return hr.Verdict{Allow: allow, Reason: "no"} },
	}
	do := func(id hr.CommandID) []string {
		lines = nil
		args := storage.AboutCase("x", func(context.Context) ([]hr.EmployeeID, error) { d.note("subjects"); return []hr.EmployeeID{"E2"}, nil })
		_, _ = storage.Do(t.Context(), kit, command(id), "test.Do", args, func(context.Context, hr.Command) (int, []storage.Event, error) {
			d.note("run")
			return 1, []storage.Event{{ID: "e"}}, nil
		})
		return lines
	}
	require.Equal(t, []string{"clock", "seed", "begin", "claim", "subjects", "relations", "authorize", "run", `append, refused "", 1 events`, "finish", "commit"}, do("c1"))
	require.Equal(t, []string{"clock", "seed", "begin", "claim", "commit"}, do("c1"), "again: nothing runs")
	allow = false
	require.Equal(t, []string{
		"clock", "seed", "begin", "claim", "subjects", "relations", "authorize", "roll back", "begin", `append, refused "no", 0 events`, "commit",
	}, do("c2"), "a refusal is audited in a unit of its own")
}

// A panic inside goes on to the caller, and nothing of the unit is left: no claim, no audit, no number.
func TestAPanicInsideDoRollsBack(t *testing.T) {
	b := newBench(hr.AllowAll)
	require.PanicsWithValue(t, "boom", func() {
		_, _ = storage.Do(t.Context(), b.kit, command("c1"), "test.Hire", nil, func(ctx context.Context, cmd hr.Command) (string, []storage.Event, error) {
			_, err := b.raise(ctx, cmd.Child("test.Hire"), five)
			require.NoError(t, err)
			panic("boom")
		})
	})
	require.Zero(t, b.head(t, "E2"))
	require.Empty(t, b.audits(t))
	require.Empty(t, b.events(t))
	_, err := b.raise(t.Context(), command("c1"), five)
	require.NoError(t, err, "the id is free and the store works")
}

func TestDoHonoursItsContext(t *testing.T) {
	b := newBench(hr.AllowAll)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.raise(ctx, command("c1"), five)
	require.ErrorIs(t, err, context.Canceled)
	require.Zero(t, b.ran)
	require.Empty(t, b.audits(t))
}

// A service method is one call of Do: what it is called, whom it concerns, and what it does with the stamped command.
func ExampleDo() {
	db := memory.New()
	kit := db.Kit(hr.AllowAll, func() time.Time { return now })
	kit.NewID = func() string { return "a fixed seed, as in a test" }
	confirm := func(ctx context.Context, cmd hr.Command, id hr.EmployeeID) (hr.Ref, error) {
		return storage.Do(ctx, kit, cmd, "example.Confirm", storage.About(id, id), func(ctx context.Context, cmd hr.Command) (hr.Ref, []storage.Event, error) {
			taken, err := kit.Know.Take(ctx, kit.Clock, id)
			if err != nil {
				return hr.Ref{}, nil, err
			}
			ref := hr.Ref{Kind: "confirmation", ID: cmd.NewID("confirmation"), Seq: taken[0].Known.Own}
			return ref, []storage.Event{{ID: cmd.NewID("event"), Kind: "example.confirmed", Subject: id, Ref: ref, At: cmd.At()}}, nil
		})
	}
	cmd := hr.Command{ID: "form-17", Actor: hr.Actor{ID: "ann"}}
	first, err := confirm(context.Background(), cmd, "E2")
	again, _ := confirm(context.Background(), cmd, "E2")
	_, other := confirm(context.Background(), cmd, "E3")
	fmt.Println(first.Kind, first.Seq, err, again == first)
	fmt.Println(other)
	// Output:
	// confirmation 1 <nil> true
	// example.Confirm: command.id: was used for something else [storage.command.reused]
}

// aboutE2 allows what is about E2 and shows pay of it.
func aboutE2(a hr.Ask) hr.Verdict {
	if len(a.Subjects) == 1 && a.Subjects[0] == "E2" {
		return hr.Verdict{Allow: true, Reason: "about E2", Classes: []hr.FieldClass{hr.ClassMoney}}
	}
	return hr.Verdict{Reason: "not about E2"}
}

// Who has no right to a case is told the same whether it is there or not.
func TestACaseThatIsNotThereLooksLikeOneOfOthers(t *testing.T) {
	b := newBench(aboutE2)
	cases := map[string]hr.EmployeeID{"mine": "E2", "theirs": "E3"}
	find := func(id string) func(context.Context) ([]hr.EmployeeID, error) {
		return func(context.Context) ([]hr.EmployeeID, error) {
			if emp, there := cases[id]; there {
				return []hr.EmployeeID{emp}, nil
			}
			return nil, storage.ErrNotFound
		}
	}
	read := func(id string) error {
		return storage.MayCase(t.Context(), b.kit, hr.View{Actor: ann}, "test.Case", find(id))
	}
	n := 0
	write := func(id string) error {
		n++
		_, err := storage.Do(t.Context(), b.kit, command(hr.CommandID(fmt.Sprint("case", n))), "test.Case", storage.AboutCase(id, find(id)),
			func(context.Context, hr.Command) (int, []storage.Event, error) { return 1, nil, nil })
		return err
	}
	for name, call := range map[string]func(string) error{"read": read, "write": write} {
		t.Run(name, func(t *testing.T) {
			before := len(b.audits(t))
			require.NoError(t, call("mine"))
			theirs, none := call("theirs"), call("none")
			require.ErrorIs(t, theirs, hr.ErrDenied)
			require.ErrorIs(t, none, hr.ErrDenied)
			require.NotErrorIs(t, none, storage.ErrNotFound)
			require.Equal(t, theirs.Error(), none.Error())
			refused := 0
			for _, a := range b.audits(t)[before:] {
				if a.Refused != "" {
					refused++
				}
			}
			require.Equal(t, 2, refused, "both refusals are in the audit")
		})
	}
	b.kit.Authorize = hr.AllowAll
	require.ErrorIs(t, read("none"), storage.ErrNotFound, "who may read any is told")
	require.ErrorIs(t, write("none"), storage.ErrNotFound)
	require.NoError(t, read("theirs"))
	b.kit.Log = nil
	require.Error(t, read("mine"), "a kit that is not whole")
	b = newBench(hr.AllowAll)
	broken := errors.New("broken")
	require.ErrorIs(t, storage.MayCase(t.Context(), b.kit, hr.View{Actor: ann}, "test.Case", func(context.Context) ([]hr.EmployeeID, error) { return nil, broken }), broken)
	require.Empty(t, b.asks, "what cannot be read is not judged")
}

// Who may not do a thing is not told that its command id was used.
func TestAReusedIDIsNoNewsToWhoMayNotDoIt(t *testing.T) {
	b := newBench(hr.AllowAll)
	_, err := b.raise(t.Context(), command("c1"), five)
	require.NoError(t, err)
	b.kit.Authorize = aboutE2
	_, err = b.raise(t.Context(), command("c1"), raiseArgs{"E3", five.Amount})
	require.ErrorIs(t, err, hr.ErrDenied)
	require.NotErrorIs(t, err, storage.ErrReused)
	_, err = b.raise(t.Context(), command("c1"), raiseArgs{"E2", hr.MustMoney("1", "INR")})
	require.ErrorIs(t, err, storage.ErrReused, "who may is told")
}

func TestJudgeSaysWhatMayBeSeen(t *testing.T) {
	b := newBench(aboutE2)
	verdict, err := storage.Judge(t.Context(), b.kit, hr.View{Actor: ann}, "test.Read", "E2")
	require.NoError(t, err)
	require.True(t, verdict.Sees(hr.ClassMoney))
	require.False(t, verdict.Sees(hr.ClassPrivate))
	verdict, err = storage.Judge(t.Context(), b.kit, hr.View{Actor: ann}, "test.Read", "E3")
	require.NoError(t, err, "a denial is a verdict")
	require.Equal(t, hr.Verdict{Reason: "not about E2"}, verdict)
	require.Empty(t, b.audits(t), "and is not audited")
	b.kit.Relations = brokenPort{relations: errors.New("broken")}
	_, err = storage.Judge(t.Context(), b.kit, hr.View{Actor: ann}, "test.Read", "E3")
	require.Error(t, err)
	_, err = storage.Judge(t.Context(), storage.Kit{}, hr.View{Actor: ann}, "test.Read")
	require.Error(t, err)
}

// A host's own transaction takes the line of a refusal with it when it rolls back; the error still has it, and it is written then.
func TestARefusalInsideATransactionOfTheHostsIsRecordedAfterIt(t *testing.T) {
	for name, call := range map[string]func(ctx context.Context, b *bench) error{
		"a command": func(ctx context.Context, b *bench) error {
			_, err := b.raise(ctx, command("c1"), five)
			return err
		},
		"a question": func(ctx context.Context, b *bench) error {
			return storage.May(ctx, b.kit, hr.View{Actor: ann, Purpose: "monthly payroll"}, "test.Raise", "E2")
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(func(hr.Ask) hr.Verdict { return hr.Verdict{Reason: "ann prepares no pay"} })
			err := b.InTx(t.Context(), func(ctx context.Context) error { return call(ctx, b) }) // which is a transaction of the host's
			require.ErrorIs(t, err, hr.ErrDenied)
			require.Equal(t, 1, strings.Count(err.Error(), "ann prepares no pay"))
			require.Empty(t, b.audits(t))
			require.NoError(t, storage.RecordRefusal(t.Context(), b.kit, fmt.Errorf("the host: %w", err)))
			want := storage.Audit{Verb: "test.Raise", Actor: "ann", Purpose: "monthly payroll", Subjects: []hr.EmployeeID{"E2"}, Refused: "ann prepares no pay", At: now}
			if name == "a command" {
				want.Command, want.Reason = "c1", "as agreed"
			}
			require.Empty(t, cmp.Diff([]storage.Audit{want}, b.audits(t)))
		})
	}
	b := newBench(hr.AllowAll)
	require.NoError(t, storage.RecordRefusal(t.Context(), b.kit, nil))
	require.NoError(t, storage.RecordRefusal(t.Context(), b.kit, storage.ErrConflict))
	require.Empty(t, b.audits(t), "what is no refusal leaves no line")
}
