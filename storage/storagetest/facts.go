package storagetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/musterhr/hr/storage"
)

// Facts is a port that keeps facts, as [RunFacts] sees it: one list of it, with the port's own methods behind functions.
type Facts[T any] struct {
	Core
	Append func(ctx context.Context, facts ...T) error
	List   func(ctx context.Context) ([]T, error) // everything that was appended
	Make   func(n int) T                          // the nth fact of the list, from 1, in the order List gives; see [Fill]
	Other  func(T) T                              // the same id with other content
}

// RunFacts proves that a port keeps facts: they are only ever added, the same one twice is one, and the list has its order.
func RunFacts[T any](t *testing.T, open func(t *testing.T) Facts[T]) {
	run := func(name string, fn func(t *testing.T, ctx context.Context, f Facts[T])) {
		t.Run(name, func(t *testing.T) {
			f := open(t)
			f.needs(t, "Tx")
			fn(t, deadline(t), f)
		})
	}
	add := func(t *testing.T, ctx context.Context, f Facts[T], facts ...T) {
		t.Helper()
		ok(t, f.Append(ctx, facts...))
	}
	has := func(t *testing.T, ctx context.Context, f Facts[T], want ...T) {
		t.Helper()
		got, err := f.List(ctx)
		ok(t, err)
		Equal(t, want, got)
	}
	run("a missing list is empty and no error", func(t *testing.T, ctx context.Context, f Facts[T]) {
		has(t, ctx, f)
	})
	run("every field of a fact comes back", func(t *testing.T, ctx context.Context, f Facts[T]) {
		add(t, ctx, f, f.Make(1), f.Make(2))
		has(t, ctx, f, f.Make(1), f.Make(2))
	})
	run("a list comes in its order whatever the order of writing", func(t *testing.T, ctx context.Context, f Facts[T]) {
		add(t, ctx, f, f.Make(3))
		add(t, ctx, f, f.Make(5), f.Make(1))
		add(t, ctx, f, f.Make(4), f.Make(2))
		has(t, ctx, f, f.Make(1), f.Make(2), f.Make(3), f.Make(4), f.Make(5))
	})
	run("the same id with the same content is skipped", func(t *testing.T, ctx context.Context, f Facts[T]) {
		add(t, ctx, f, f.Make(1))
		add(t, ctx, f, f.Make(1), f.Make(2))
		ok(t, f.Tx.InTx(ctx, func(ctx context.Context) error {
			return errors.Join(f.Append(ctx, f.Make(3)), f.Append(ctx, f.Make(3)), f.Append(ctx, f.Make(1)))
		}))
		has(t, ctx, f, f.Make(1), f.Make(2), f.Make(3))
	})
	run("the same id with other content is a conflict and writes nothing", func(t *testing.T, ctx context.Context, f Facts[T]) {
		add(t, ctx, f, f.Make(1))
		is(t, f.Append(ctx, f.Make(2), f.Other(f.Make(1)), f.Make(3)), storage.ErrConflict)
		has(t, ctx, f, f.Make(1))
		is(t, f.Append(ctx, f.Make(4), f.Other(f.Make(4))), storage.ErrConflict)
		has(t, ctx, f, f.Make(1))
	})
	run("a fact is seen in its unit and undone with it", func(t *testing.T, ctx context.Context, f Facts[T]) {
		add(t, ctx, f, f.Make(1))
		is(t, f.Tx.InTx(ctx, func(ctx context.Context) error {
			add(t, ctx, f, f.Make(2))
			has(t, ctx, f, f.Make(1), f.Make(2))
			return errStop
		}), errStop)
		has(t, ctx, f, f.Make(1))
	})
	run("what a store was given it has copied", func(t *testing.T, ctx context.Context, f Facts[T]) {
		given := []T{f.Make(1), f.Make(2)}
		add(t, ctx, f, given...)
		Spoil(given)
		has(t, ctx, f, f.Make(1), f.Make(2))
	})
	run("returned values belong to the caller", func(t *testing.T, ctx context.Context, f Facts[T]) {
		add(t, ctx, f, f.Make(1), f.Make(2))
		got, err := f.List(ctx)
		ok(t, err)
		Spoil(got)
		has(t, ctx, f, f.Make(1), f.Make(2))
	})
	run("every call honours its context", func(t *testing.T, ctx context.Context, f Facts[T]) {
		refuses(t, ctx, func(ctx context.Context) error { return f.Append(ctx, f.Make(1)) })
		refuses(t, ctx, func(ctx context.Context) error { _, err := f.List(ctx); return err })
		has(t, ctx, f)
	})
}

// Cases is a port that keeps cases, as [RunCases] sees it: one case of it, with the port's own methods behind functions.
type Cases[T any] struct {
	Core
	Put     func(ctx context.Context, v T) error
	Get     func(ctx context.Context) (T, error)
	Make    func(seed int) T // always the same case, with other content for each seed; see [Fill]
	Version func(*T) *storage.Version
}

// RunCases proves that a port keeps cases: a current row with a version, of which a stale one is refused.
func RunCases[T any](t *testing.T, open func(t *testing.T) Cases[T]) {
	run := func(name string, fn func(t *testing.T, ctx context.Context, c Cases[T])) {
		t.Run(name, func(t *testing.T) {
			c := open(t)
			c.needs(t, "Tx")
			fn(t, deadline(t), c)
		})
	}
	made := func(c Cases[T], seed int, v storage.Version) T {
		out := c.Make(seed)
		*c.Version(&out) = v
		return out
	}
	has := func(t *testing.T, ctx context.Context, c Cases[T], want T) {
		t.Helper()
		got, err := c.Get(ctx)
		ok(t, err)
		Equal(t, want, got)
	}
	run("a missing record is not found and the unit goes on", func(t *testing.T, ctx context.Context, c Cases[T]) {
		ok(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			_, err := c.Get(ctx)
			is(t, err, storage.ErrNotFound)
			return c.Put(ctx, made(c, 1, 0))
		}))
		has(t, ctx, c, made(c, 1, 1))
	})
	run("every field comes back and the version is the next", func(t *testing.T, ctx context.Context, c Cases[T]) {
		for v := range storage.Version(3) {
			ok(t, c.Put(ctx, made(c, int(v)+1, v)))
			has(t, ctx, c, made(c, int(v)+1, v+1))
		}
	})
	run("a stale version is a conflict and nothing is written", func(t *testing.T, ctx context.Context, c Cases[T]) {
		is(t, c.Put(ctx, made(c, 1, 1)), storage.ErrConflict)
		_, err := c.Get(ctx)
		is(t, err, storage.ErrNotFound)
		ok(t, c.Put(ctx, made(c, 1, 0)))
		is(t, c.Put(ctx, made(c, 2, 0)), storage.ErrConflict)
		is(t, c.Put(ctx, made(c, 2, 2)), storage.ErrConflict)
		has(t, ctx, c, made(c, 1, 1))
		ok(t, c.Put(ctx, made(c, 3, 1)))
		is(t, c.Put(ctx, made(c, 4, 1)), storage.ErrConflict)
		has(t, ctx, c, made(c, 3, 2))
	})
	run("a case is seen in its unit and undone with it", func(t *testing.T, ctx context.Context, c Cases[T]) {
		ok(t, c.Put(ctx, made(c, 1, 0)))
		is(t, c.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, c.Put(ctx, made(c, 2, 1)))
			has(t, ctx, c, made(c, 2, 2))
			return errStop
		}), errStop)
		has(t, ctx, c, made(c, 1, 1))
	})
	run("what a store was given it has copied", func(t *testing.T, ctx context.Context, c Cases[T]) {
		given := made(c, 1, 0)
		ok(t, c.Put(ctx, given))
		Spoil(given)
		has(t, ctx, c, made(c, 1, 1))
	})
	run("returned values belong to the caller", func(t *testing.T, ctx context.Context, c Cases[T]) {
		ok(t, c.Put(ctx, made(c, 1, 0)))
		got, err := c.Get(ctx)
		ok(t, err)
		Spoil(got)
		has(t, ctx, c, made(c, 1, 1))
	})
	run("of sixteen writers with one version exactly one wins", func(t *testing.T, ctx context.Context, c Cases[T]) {
		ok(t, c.Put(ctx, made(c, 1, 0)))
		won := writers(t, func(i int) error {
			return c.Tx.InTx(ctx, func(ctx context.Context) error { return c.Put(ctx, made(c, i+2, 1)) })
		}, storage.ErrConflict)
		if len(won) != 1 {
			t.Fatalf("%d writers won", len(won))
		}
		has(t, ctx, c, made(c, won[0]+2, 2))
	})
	run("every call honours its context", func(t *testing.T, ctx context.Context, c Cases[T]) {
		refuses(t, ctx, func(ctx context.Context) error { return c.Put(ctx, made(c, 1, 0)) })
		refuses(t, ctx, func(ctx context.Context) error { _, err := c.Get(ctx); return err })
		_, err := c.Get(ctx)
		is(t, err, storage.ErrNotFound)
	})
}

// writers runs sixteen writers at once and returns those that succeeded, sorted. Another error than lost fails the test.
func writers(t *testing.T, write func(i int) error, lost error) (won []int) {
	t.Helper()
	var wg sync.WaitGroup
	errs := make([]error, 16)
	for i := range errs {
		wg.Go(func() { errs[i] = write(i) })
	}
	wg.Wait()
	for i, err := range errs {
		switch {
		case err == nil:
			won = append(won, i)
		case lost == nil || !errors.Is(err, lost):
			t.Errorf("writer %d: %v", i, err)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
	return slices.Clip(won)
}
