package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// debts proves [payroll.Debts].
func debts(t *testing.T, open func(t *testing.T) PayrollStore) {
	if !offered(t, open(t).Debts, "PayrollStore.Debts") {
		return
	}
	facts := func(t *testing.T) pinned[payroll.Debt] {
		s := open(t)
		return pinned[payroll.Debt]{
			Core: s.Core, of: s.Debts.DebtsOf,
			append: func(ctx context.Context, _ hr.EmployeeID, entries ...hr.Entry[payroll.Debt]) error {
				return s.Debts.AppendDebts(ctx, entries...)
			},
			make: func(emp hr.EmployeeID, n int) hr.Entry[payroll.Debt] {
				return pinnedFact(n, func(e *hr.Entry[payroll.Debt]) { e.Value.Employee = emp })
			},
			other: func(e hr.Entry[payroll.Debt]) hr.Entry[payroll.Debt] { e.Value.Name += "x"; return e },
		}
	}
	runPinned(t, facts)
	runOwnIDs(t, facts)
	runMany(t, facts)
}

// payrollRequests proves [payroll.Requests].
func payrollRequests(t *testing.T, open func(t *testing.T) PayrollStore) {
	if !offered(t, open(t).Requests, "PayrollStore.Requests") {
		return
	}
	RunCases(t, func(t *testing.T) Cases[payroll.Request] {
		s := open(t)
		return Cases[payroll.Request]{
			Core: s.Core, Put: s.Requests.PutPayrollRequest,
			Get: func(ctx context.Context) (payroll.Request, error) { return s.Requests.PayrollRequest(ctx, "R1") },
			Make: func(seed int) payroll.Request {
				return Fill[payroll.Request](seed, func(r *payroll.Request) { r.ID, r.Employee = "R1", "E1" })
			},
			Version: func(r *payroll.Request) *storage.Version { return &r.Version },
		}
	})
	request := func(id payroll.RequestID, emp hr.EmployeeID) payroll.Request {
		return Fill[payroll.Request](1, func(r *payroll.Request) { r.ID, r.Employee, r.Version = id, emp, 0 })
	}
	of := func(t *testing.T, ctx context.Context, s PayrollStore, emp hr.EmployeeID) (ids []payroll.RequestID) {
		t.Helper()
		got, err := s.Requests.PayrollRequestsOf(ctx, emp)
		ok(t, err)
		for _, r := range got {
			ids = append(ids, r.ID)
		}
		return ids
	}
	t.Run("the requests about an employee come by id, in any state", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		must(t, of(t, ctx, s, "E1") == nil, "there are requests where there are none")
		for _, r := range []payroll.Request{request("R3", "E1"), request("R1", "E1"), request("R2", "E2")} {
			ok(t, s.Requests.PutPayrollRequest(ctx, r))
		}
		withdrawn := request("R3", "E1")
		withdrawn.Version, withdrawn.State = 1, payroll.RequestWithdrawn
		ok(t, s.Requests.PutPayrollRequest(ctx, withdrawn))
		Equal(t, []payroll.RequestID{"R1", "R3"}, of(t, ctx, s, "E1"))
		got, err := s.Requests.PayrollRequestsOf(ctx, "E1")
		ok(t, err)
		Equal(t, payroll.RequestWithdrawn, got[1].State)
	})
	t.Run("requests about an employee are undone with their unit", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		is(t, s.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, s.Requests.PutPayrollRequest(ctx, request("R1", "E1")))
			return errStop
		}), errStop)
		must(t, of(t, ctx, s, "E1") == nil, "a request is left of a unit that was rolled back")
	})
	t.Run("a list of requests honours its context", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := s.Requests.PayrollRequestsOf(ctx, "E1")
			return err
		})
	})
}
