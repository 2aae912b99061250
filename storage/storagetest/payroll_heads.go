package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// resultHeads proves what a store of results may offer beside.
func resultHeads(t *testing.T, open func(t *testing.T) PayrollStore) {
	if _, offers := open(t).Results.(payroll.ResultHeads); !offers {
		t.Log("not offered: the store of results is no payroll.ResultHeads")
		return
	}
	result := func(id hr.EmployeeID, seed int, fails bool) payroll.Result {
		return Fill[payroll.Result](seed, func(r *payroll.Result) {
			if r.Employee = id; !fails {
				r.Failures = nil
			}
		})
	}
	list := func(t *testing.T, s PayrollStore, after hr.EmployeeID, limit int) []payroll.ResultHead {
		t.Helper()
		got, err := s.Results.(payroll.ResultHeads).ResultHeads(deadline(t), "R1", after, limit)
		ok(t, err)
		return got
	}
	t.Run("heads are those of the results, by employee, a page at a time", func(t *testing.T) {
		s, ctx := begun(t, begun(t, open(t), "R1", "E1", "E2", "E3"), "R2", "E4"), deadline(t)
		one, two, three := result("E1", 1, false), result("E2", 2, true), result("E3", 3, false)
		must(t, len(list(t, s, "", 10)) == 0, "a run without results has heads")
		ok(t, s.Results.PutResults(ctx, "R1", three, one, two))
		ok(t, s.Results.PutResults(ctx, "R2", result("E4", 4, false)))
		Equal(t, []payroll.ResultHead{one.Head(), two.Head()}, list(t, s, "", 2))
		Equal(t, []payroll.ResultHead{three.Head()}, list(t, s, "E2", 2))
	})
	t.Run("the head of a later result takes the place of that of an earlier one", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1", "E1"), deadline(t)
		later := result("E1", 2, true)
		ok(t, s.Results.PutResults(ctx, "R1", result("E1", 1, false)))
		ok(t, s.Results.PutResults(ctx, "R1", later))
		Equal(t, []payroll.ResultHead{later.Head()}, list(t, s, "", 10))
	})
	t.Run("heads are undone with their unit", func(t *testing.T) {
		s, ctx := begun(t, open(t), "R1", "E1", "E2"), deadline(t)
		kept := result("E1", 1, false)
		ok(t, s.Results.PutResults(ctx, "R1", kept))
		is(t, s.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, s.Results.PutResults(ctx, "R1", result("E1", 2, false), result("E2", 2, false)))
			return errStop
		}), errStop)
		Equal(t, []payroll.ResultHead{kept.Head()}, list(t, s, "", 10))
	})
	t.Run("a list of heads honours its context", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := s.Results.(payroll.ResultHeads).ResultHeads(ctx, "R1", "", 10)
			return err
		})
	})
}
