package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Tx proves [storage.Transactor]. It looks at a unit through the command log, whose rows are there or not.
func Tx(t *testing.T, open func(t *testing.T) Core) {
	run := suite(t, open, "Tx", "Log", "Know")

	run("commits when the function returns nil", func(t *testing.T, ctx context.Context, c Core) {
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error { return write(t, ctx, c, "a", "b") }))
		left(t, ctx, c, "a", "b")
	})
	run("rolls back when the function fails and returns its error", func(t *testing.T, ctx context.Context, c Core) {
		is(t, c.Tx.InTx(ctx, func(ctx context.Context) error { ok(t, write(t, ctx, c, "a", "b")); return errStop }), errStop)
		gone(t, ctx, c, "a", "b")
	})
	run("rolls back on a panic and passes it on", func(t *testing.T, ctx context.Context, c Core) {
		func() {
			defer func() {
				if r := recover(); r != errStop {
					t.Fatalf("the panic did not come through: %v", r)
				}
			}()
			_ = c.Tx.InTx(ctx, func(ctx context.Context) error { ok(t, write(t, ctx, c, "a")); panic(errStop) })
		}()
		gone(t, ctx, c, "a")
	})
	run("rolls back when its context ends", func(t *testing.T, ctx context.Context, c Core) {
		short, cancel := context.WithCancel(ctx)
		err := c.Tx.InTx(short, func(ctx context.Context) error { ok(t, write(t, ctx, c, "a")); cancel(); return nil })
		must(t, err != nil, "the unit committed after its context had ended")
		gone(t, ctx, c, "a")
	})
	run("refuses a context that is done", func(t *testing.T, ctx context.Context, c Core) {
		refuses(t, ctx, func(ctx context.Context) error {
			return c.Tx.InTx(ctx, func(ctx context.Context) error { return write(t, ctx, c, "a") })
		})
		gone(t, ctx, c, "a")
	})
	run("a call inside another joins it", func(t *testing.T, ctx context.Context, c Core) {
		is(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, write(t, ctx, c, "outer"))
			ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
				must(t, !fresh(t, ctx, c, "outer"), "the inner call does not see what the outer wrote")
				return write(t, ctx, c, "inner")
			}))
			must(t, !fresh(t, ctx, c, "inner"), "the outer call does not see what the inner wrote")
			return errStop
		}), errStop)
		gone(t, ctx, c, "outer", "inner")
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			return c.Tx.InTx(ctx, func(ctx context.Context) error { return write(t, ctx, c, "kept") })
		}))
		left(t, ctx, c, "kept")
	})
	run("a call sees the writes made before it in the same unit", func(t *testing.T, ctx context.Context, c Core) {
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, write(t, ctx, c, "a"))
			must(t, !fresh(t, ctx, c, "a"), "the unit does not see its own write")
			ok(t, c.Log.Finish(ctx, "a", []byte(`"done"`)))
			prev, _, err := c.Log.Claim(ctx, storage.CommandRow{ID: "a"})
			Equal(t, []byte(`"done"`), prev.Result)
			return err
		}))
	})
	run("a unit goes on after not found", func(t *testing.T, ctx context.Context, c Core) {
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			is(t, c.Log.Finish(ctx, "nobody", nil), storage.ErrNotFound)
			return write(t, ctx, c, "a")
		}))
		left(t, ctx, c, "a")
	})
	run("a call with the outer context is not part of the unit", func(t *testing.T, outer context.Context, c Core) {
		short, cancel := context.WithTimeout(outer, 3*pause)
		defer cancel()
		apart := false // the call with the outer context went through, as a unit of its own
		is(t, c.Tx.InTx(outer, func(ctx context.Context) error {
			_, err := c.Know.Take(ctx, clockAt(noon), "E1")
			ok(t, err)
			var free bool
			apart = answers(t, func() (err error) {
				_, free, err = c.Log.Claim(short, storage.CommandRow{ID: "apart", At: noon})
				return err
			}) == nil && free
			var pins []hr.Pin
			if answers(t, func() (err error) { pins, err = c.Know.Heads(short, "E1"); return err }) == nil {
				must(t, pins[0].Known.Own == 0, "a call with the outer context saw the unit's write")
			}
			return errStop
		}), errStop)
		must(t, fresh(t, outer, c, "apart") != apart, "a call with the outer context shared the fate of the unit")
	})
	run("units after one that failed are whole", func(t *testing.T, ctx context.Context, c Core) {
		for range 3 {
			is(t, c.Tx.InTx(ctx, func(ctx context.Context) error { ok(t, write(t, ctx, c, "a")); return errStop }), errStop)
		}
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error { return write(t, ctx, c, "a") }))
		left(t, ctx, c, "a")
	})
}

// fresh claims id and says whether nobody had.
func fresh(t *testing.T, ctx context.Context, c Core, id hr.CommandID) bool {
	t.Helper()
	_, free, err := c.Log.Claim(ctx, storage.CommandRow{ID: id, Verb: "test.Write", At: noon})
	ok(t, err)
	return free
}

// write claims each id, which nobody has.
func write(t *testing.T, ctx context.Context, c Core, ids ...hr.CommandID) error {
	t.Helper()
	for _, id := range ids {
		_, free, err := c.Log.Claim(ctx, storage.CommandRow{ID: id, Verb: "test.Write", At: noon})
		if err != nil {
			return err
		}
		must(t, free, "command %s is there already", id)
	}
	return nil
}

func left(t *testing.T, ctx context.Context, c Core, ids ...hr.CommandID) {
	t.Helper()
	for _, id := range ids {
		must(t, !fresh(t, ctx, c, id), "a committed write is gone: %s", id)
	}
}

func gone(t *testing.T, ctx context.Context, c Core, ids ...hr.CommandID) {
	t.Helper()
	for _, id := range ids {
		must(t, fresh(t, ctx, c, id), "a write survived its unit: %s", id)
	}
}
