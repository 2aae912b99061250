package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr/storage"
)

// List is a list of cases that a port gives a page at a time, as [RunList] sees it, with the port's own methods behind functions.
type List[T any] struct {
	Core
	Put     func(ctx context.Context, v T) error
	List    func(ctx context.Context, after string, limit int) ([]T, error)
	Make    func(id string, seed int) T // a row that belongs to the list, not stored yet; see [Fill]
	Other   func(id string, seed int) T // a row that does not; nil where the list has every row
	Version func(*T) *storage.Version
}

// RunList proves a port's list: by id, behind one, at most so many, and what belongs to it as it stands now.
func RunList[T any](t *testing.T, open func(t *testing.T) List[T]) {
	run := func(name string, fn func(t *testing.T, ctx context.Context, l List[T])) {
		t.Run(name, func(t *testing.T) { fn(t, deadline(t), open(t)) })
	}
	stored := func(l List[T], v T, version storage.Version) T {
		*l.Version(&v) = version
		return v
	}
	lists := func(t *testing.T, ctx context.Context, l List[T], after string, limit int, want ...T) {
		t.Helper()
		got, err := l.List(ctx, after, limit)
		ok(t, err)
		Equal(t, want, got)
	}
	run("a missing list is empty and no error", func(t *testing.T, ctx context.Context, l List[T]) {
		lists(t, ctx, l, "", 0)
		lists(t, ctx, l, "R1", 3)
	})
	run("rows come by id, a page at a time", func(t *testing.T, ctx context.Context, l List[T]) {
		for seed, id := range []string{"R4", "R1", "R3", "R2"} {
			ok(t, l.Put(ctx, l.Make(id, seed+1)))
		}
		r1, r2, r3, r4 := stored(l, l.Make("R1", 2), 1), stored(l, l.Make("R2", 4), 1), stored(l, l.Make("R3", 3), 1), stored(l, l.Make("R4", 1), 1)
		lists(t, ctx, l, "", 2, r1, r2)
		lists(t, ctx, l, "R2", 2, r3, r4)
		lists(t, ctx, l, "R25", 1, r3)
		lists(t, ctx, l, "R4", 2)
		lists(t, ctx, l, "R1", 0, r2, r3, r4)
		lists(t, ctx, l, "", -1, r1, r2, r3, r4)
	})
	run("a row is listed as it stands now", func(t *testing.T, ctx context.Context, l List[T]) {
		ok(t, l.Put(ctx, l.Make("R1", 1)))
		ok(t, l.Put(ctx, stored(l, l.Make("R1", 2), 1)))
		lists(t, ctx, l, "", 0, stored(l, l.Make("R1", 2), 2))
	})
	if probe := open(t); probe.Other != nil {
		run("a row that belongs elsewhere is not listed", func(t *testing.T, ctx context.Context, l List[T]) {
			ok(t, l.Put(ctx, l.Other("R1", 1)))
			ok(t, l.Put(ctx, l.Make("R2", 2)))
			ok(t, l.Put(ctx, l.Other("R3", 3)))
			ok(t, l.Put(ctx, l.Make("R4", 4)))
			lists(t, ctx, l, "", 0, stored(l, l.Make("R2", 2), 1), stored(l, l.Make("R4", 4), 1))
			lists(t, ctx, l, "", 2, stored(l, l.Make("R2", 2), 1), stored(l, l.Make("R4", 4), 1))
		})
		run("a row that belongs elsewhere now has left the list", func(t *testing.T, ctx context.Context, l List[T]) {
			ok(t, l.Put(ctx, l.Make("R1", 1)))
			ok(t, l.Put(ctx, stored(l, l.Other("R1", 2), 1)))
			lists(t, ctx, l, "", 0)
			ok(t, l.Put(ctx, stored(l, l.Make("R1", 3), 2)))
			lists(t, ctx, l, "", 0, stored(l, l.Make("R1", 3), 3))
		})
	}
	run("listed values belong to the caller", func(t *testing.T, ctx context.Context, l List[T]) {
		ok(t, l.Put(ctx, l.Make("R1", 1)))
		got, err := l.List(ctx, "", 0)
		ok(t, err)
		Spoil(got)
		lists(t, ctx, l, "", 0, stored(l, l.Make("R1", 1), 1))
	})
	run("the list honours its context", func(t *testing.T, ctx context.Context, l List[T]) {
		refuses(t, ctx, func(ctx context.Context) error { _, err := l.List(ctx, "", 0); return err })
	})
}
