package storagetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// pinned is a port that keeps facts of employees and answers a page of pins, as all domains have it.
type pinned[T any] struct {
	Core
	append func(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[T]) error
	of     func(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[T], error)
	make   func(emp hr.EmployeeID, n int) hr.Entry[T] // see pinnedFact
	other  func(hr.Entry[T]) hr.Entry[T]              // the same id with other content
}

// pinnedFact is the nth entry of a list: by knowledge number, and by line inside one. The numbers are 1, 2, 2, 3, 3 ...
func pinnedFact[T any](n int, edit func(*hr.Entry[T])) hr.Entry[T] {
	return Fill[hr.Entry[T]](n, func(e *hr.Entry[T]) {
		e.ID, e.Seq, e.Line = fmt.Sprintf("fact-%d", 9-n), hr.Seq(1+n/2), n%2
		edit(e)
	})
}

// runPinned proves what every port that answers pins has in common.
func runPinned[T any](t *testing.T, open func(t *testing.T) pinned[T]) {
	RunFacts(t, func(t *testing.T) Facts[hr.Entry[T]] {
		p := open(t)
		return Facts[hr.Entry[T]]{
			Core: p.Core, Other: p.other,
			Make:   func(n int) hr.Entry[T] { return p.make("E1", n) },
			Append: func(ctx context.Context, entries ...hr.Entry[T]) error { return p.append(ctx, "E1", entries...) },
			List: func(ctx context.Context) ([]hr.Entry[T], error) {
				lists, err := p.of(ctx, []hr.Pin{{Employee: "E1"}})
				if err != nil {
					return nil, err
				}
				return lists[0], nil
			},
		}
	})
	run := func(name string, fn func(t *testing.T, ctx context.Context, p pinned[T])) {
		t.Run(name, func(t *testing.T) { fn(t, deadline(t), open(t)) })
	}
	run("one list a pin in pin order", func(t *testing.T, ctx context.Context, p pinned[T]) {
		ok(t, p.append(ctx, "E1", p.make("E1", 1), p.make("E1", 2)))
		ok(t, p.append(ctx, "E2", p.make("E2", 1)))
		got, err := p.of(ctx, []hr.Pin{{Employee: "E2"}, {Employee: "E3"}, {Employee: "E1"}})
		ok(t, err)
		Equal(t, [][]hr.Entry[T]{{p.make("E2", 1)}, nil, {p.make("E1", 1), p.make("E1", 2)}}, got)
	})
	run("a pin limits what is known", func(t *testing.T, ctx context.Context, p pinned[T]) {
		ok(t, p.append(ctx, "E1", p.make("E1", 1), p.make("E1", 2), p.make("E1", 3), p.make("E1", 4)))
		ok(t, p.append(ctx, "E2", p.make("E2", 1), p.make("E2", 2)))
		got, err := p.of(ctx, []hr.Pin{{Employee: "E2", Known: hr.Known{Own: 1}}, {Employee: "E1", Known: hr.Known{Own: 2}}})
		if p.NoHistory {
			is(t, err, storage.ErrNoHistory)
			t.Log("not offered: by Core.NoHistory the store cannot look back, and it answers so")
			return
		}
		ok(t, err)
		Equal(t, [][]hr.Entry[T]{{p.make("E2", 1)}, {p.make("E1", 1), p.make("E1", 2), p.make("E1", 3)}}, got)
	})
}

// runOwnIDs proves that ids are told apart by employee, for the ports that say so.
func runOwnIDs[T any](t *testing.T, open func(t *testing.T) pinned[T]) {
	t.Run("two employees may have the same ids", func(t *testing.T) {
		p, ctx := open(t), deadline(t)
		theirs := p.make("E2", 2)
		theirs.ID = p.make("E1", 1).ID
		ok(t, p.append(ctx, "E1", p.make("E1", 1)))
		ok(t, p.append(ctx, "E2", theirs))
		got, err := p.of(ctx, []hr.Pin{{Employee: "E1"}, {Employee: "E2"}})
		ok(t, err)
		Equal(t, [][]hr.Entry[T]{{p.make("E1", 1)}, {theirs}}, got)
	})
}

// runMany proves that entries of several employees are added together, for the ports that take them so.
func runMany[T any](t *testing.T, open func(t *testing.T) pinned[T]) {
	t.Run("entries of many employees are added all or none", func(t *testing.T) {
		p, ctx := open(t), deadline(t)
		pins := []hr.Pin{{Employee: "E1"}, {Employee: "E2"}}
		ok(t, p.append(ctx, "", p.make("E1", 1), p.make("E2", 1)))
		is(t, p.append(ctx, "", p.make("E1", 2), p.other(p.make("E2", 1))), storage.ErrConflict)
		got, err := p.of(ctx, pins)
		ok(t, err)
		Equal(t, [][]hr.Entry[T]{{p.make("E1", 1)}, {p.make("E2", 1)}}, got)
	})
}
