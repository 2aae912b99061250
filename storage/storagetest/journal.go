package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr/storage"
)

// Journal proves [storage.Journal]. What is in the journal afterwards is read through Core.Written.
func Journal(t *testing.T, open func(t *testing.T) Core) {
	run := suite(t, open, "Tx", "Journal")
	audit := func(seed int) storage.Audit { return Fill[storage.Audit](seed) }
	event := func(seed int) storage.Event { return Fill[storage.Event](seed) }
	has := func(t *testing.T, ctx context.Context, c Core, audits []storage.Audit, events ...storage.Event) {
		t.Helper()
		if c.Written == nil {
			t.Log("not offered: there is no way to read the journal back without Core.Written, so nothing is proven of what is in it")
			return
		}
		a, e, err := c.Written(ctx)
		ok(t, err)
		Equal(t, audits, a)
		Equal(t, events, e)
	}
	run("audit and events keep their order and every field", func(t *testing.T, ctx context.Context, c Core) {
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error { return c.Journal.Append(ctx, audit(2), event(4), event(3)) }))
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error { return c.Journal.Append(ctx, audit(1), event(1), event(2)) }))
		has(t, ctx, c, []storage.Audit{audit(2), audit(1)}, event(4), event(3), event(1), event(2))
	})
	run("a refusal has no events and may come twice for one command", func(t *testing.T, ctx context.Context, c Core) {
		refused := storage.Audit{Command: "c1", Verb: "leave.Approve", Actor: "ann", Refused: "not a manager", At: noon}
		reading := storage.Audit{Verb: "payroll.Payslip", Actor: "ann", Refused: "not a manager", At: noon} // has no command
		for _, a := range []storage.Audit{refused, refused, reading, reading} {
			ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error { return c.Journal.Append(ctx, a) }))
		}
		has(t, ctx, c, []storage.Audit{refused, refused, reading, reading})
	})
	run("an entry is undone with its unit", func(t *testing.T, ctx context.Context, c Core) {
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error { return c.Journal.Append(ctx, audit(1), event(1)) }))
		is(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, c.Journal.Append(ctx, audit(2), event(2)))
			return errStop
		}), errStop)
		has(t, ctx, c, []storage.Audit{audit(1)}, event(1))
	})
	run("what a store was given it has copied", func(t *testing.T, ctx context.Context, c Core) {
		a, events := audit(1), []storage.Event{event(1), event(2)}
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error { return c.Journal.Append(ctx, a, events...) }))
		Spoil(a)
		Spoil(events)
		has(t, ctx, c, []storage.Audit{audit(1)}, event(1), event(2))
	})
	run("every call honours its context", func(t *testing.T, ctx context.Context, c Core) {
		refuses(t, ctx, func(ctx context.Context) error {
			return c.Tx.InTx(ctx, func(ctx context.Context) error { return c.Journal.Append(ctx, audit(1), event(1)) })
		})
		short, cancel := context.WithCancel(ctx)
		defer cancel()
		must(t, c.Tx.InTx(short, func(ctx context.Context) error { cancel(); return c.Journal.Append(ctx, audit(1)) }) != nil,
			"Append with a context that is done went through")
		has(t, ctx, c, nil)
	})
}
