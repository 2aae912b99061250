package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

func chunks(t *testing.T, open func(t *testing.T) PayrollStore) {
	chunk := func(run payroll.RunID, number, seed int) payroll.RunChunk {
		return Fill[payroll.RunChunk](seed, func(c *payroll.RunChunk) { c.Run, c.Number, c.Members = run, number, c.Members+10 })
	}
	RunCases(t, func(t *testing.T) Cases[payroll.RunChunk] {
		s := begun(t, open(t), "R1")
		return Cases[payroll.RunChunk]{
			Core: s.Core, Put: func(ctx context.Context, c payroll.RunChunk) error { return s.Runs.PutChunks(ctx, c) },
			Get: func(ctx context.Context) (payroll.RunChunk, error) {
				found, err := s.Runs.Chunks(ctx, "R1", 0, 1)
				if err == nil && len(found) == 0 {
					err = storage.ErrNotFound
				}
				if err != nil {
					return payroll.RunChunk{}, err
				}
				return found[0], nil
			},
			Make:    func(seed int) payroll.RunChunk { return chunk("R1", 0, seed) },
			Version: func(c *payroll.RunChunk) *storage.Version { return &c.Version },
		}
	})
	numbers := func(cs []payroll.RunChunk) (out []int) {
		for _, c := range cs {
			out = append(out, c.Number)
		}
		return out
	}
	fresh := func(run payroll.RunID, number int) payroll.RunChunk {
		return payroll.RunChunk{Run: run, Number: number, Members: 3}
	}
	t.Run("chunks come by number, a page at a time", func(t *testing.T) {
		s, ctx := begun(t, begun(t, open(t), "R1"), "R2"), deadline(t)
		for n := range 12 { // as texts they would come in another order
			ok(t, s.Runs.PutChunks(ctx, fresh("R1", n), fresh("R2", n)))
		}
		first, err := s.Runs.Chunks(ctx, "R1", 0, 5)
		ok(t, err)
		Equal(t, []int{0, 1, 2, 3, 4}, numbers(first))
		rest, err := s.Runs.Chunks(ctx, "R1", 5, 50)
		ok(t, err)
		Equal(t, []int{5, 6, 7, 8, 9, 10, 11}, numbers(rest))
		for _, c := range append(first, rest...) {
			must(t, c.Run == "R1", "a chunk of another run is listed")
		}
		none, err := s.Runs.Chunks(ctx, "R1", 12, 5)
		ok(t, err)
		must(t, len(none) == 0, "a run has chunks behind its last")
	})
	t.Run("several chunks are stored all or none", func(t *testing.T) {
		s, ctx := begun(t, begun(t, open(t), "R1"), "R2"), deadline(t)
		ok(t, s.Runs.PutChunks(ctx, fresh("R1", 0)))
		is(t, s.Runs.PutChunks(ctx, fresh("R1", 1), fresh("R1", 0)), storage.ErrConflict)
		got, err := s.Runs.Chunks(ctx, "R1", 0, 5)
		ok(t, err)
		Equal(t, []int{0}, numbers(got))
	})
}
