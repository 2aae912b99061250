package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/storage"
)

// LeaveStore is a store as [Leave] sees it.
type LeaveStore struct {
	Core
	Requests leave.Requests
	Ledger   leave.Ledger
	Absent   leave.Absent
}

// Leave proves the ports of package leave.
func Leave(t *testing.T, open func(t *testing.T) LeaveStore) {
	t.Run("Requests", func(t *testing.T) { LeaveRequests(t, open) })
	t.Run("Ledger", func(t *testing.T) { LeaveLedger(t, open) })
	t.Run("Absent", func(t *testing.T) { LeaveAbsent(t, open) })
}

// LeaveRequests proves [leave.Requests]. It needs Core.Tx beside; the other ports may be nil.
func LeaveRequests(t *testing.T, open func(t *testing.T) LeaveStore) {
	if !offered(t, open(t).Requests, "LeaveStore.Requests") {
		return
	}
	RunCases(t, func(t *testing.T) Cases[leave.Request] {
		s := open(t)
		return Cases[leave.Request]{
			Core: s.Core, Put: s.Requests.PutRequest,
			Get: func(ctx context.Context) (leave.Request, error) { return s.Requests.Request(ctx, "L1") },
			Make: func(seed int) leave.Request {
				return Fill[leave.Request](seed, func(r *leave.Request) { r.ID, r.Employee = "L1", "E1" })
			},
			Version: func(r *leave.Request) *storage.Version { return &r.Version },
		}
	})
	request := func(id leave.RequestID, emp hr.EmployeeID, p string) leave.Request {
		return Fill[leave.Request](1, func(r *leave.Request) {
			r.ID, r.Employee, r.Period, r.Version = id, emp, hr.MustPeriod(p), 0
		})
	}
	in := func(t *testing.T, ctx context.Context, s LeaveStore, emp hr.EmployeeID, p string, want ...leave.RequestID) {
		t.Helper()
		got, err := s.Requests.RequestsIn(ctx, emp, hr.MustPeriod(p))
		ok(t, err)
		var ids []leave.RequestID
		for _, r := range got {
			ids = append(ids, r.ID)
		}
		Equal(t, want, ids)
	}
	store := func(t *testing.T) (LeaveStore, context.Context) {
		s, ctx := open(t), deadline(t)
		for _, r := range []leave.Request{
			request("L5", "E1", "2026-10-10..2026-10-12"),
			request("L4", "E1", "2026-10-12..2026-10-12"),
			request("L3", "E1", "2026-10-01..2026-10-02"),
			request("L2", "E1", "2026-10-10..2026-10-10"),
			request("L1", "E2", "2026-10-10..2026-10-10"),
		} {
			ok(t, s.Requests.PutRequest(ctx, r))
		}
		return s, ctx
	}
	t.Run("requests of an employee come by first day and then by id", func(t *testing.T) {
		s, ctx := store(t)
		in(t, ctx, s, "E1", "2026-01-01..2026-12-31", "L3", "L2", "L5", "L4")
		in(t, ctx, s, "E2", "2026-01-01..", "L1")
		in(t, ctx, s, "E3", "2026-01-01..2026-12-31")
	})
	t.Run("a request is listed when it shares a day with the period and not otherwise", func(t *testing.T) {
		s, ctx := store(t)
		in(t, ctx, s, "E1", "2026-10-02..2026-10-09", "L3")
		in(t, ctx, s, "E1", "2026-10-03..2026-10-09")
		in(t, ctx, s, "E1", "2026-10-11..2026-10-11", "L5")
		in(t, ctx, s, "E1", "2026-10-12..", "L5", "L4")
		in(t, ctx, s, "E1", "2026-10-13..")
	})
	t.Run("a request is listed as it stands now and where it lies now", func(t *testing.T) {
		s, ctx := store(t)
		r := request("L3", "E1", "2026-11-01..2026-11-02")
		r.Version, r.State = 1, leave.Withdrawn
		ok(t, s.Requests.PutRequest(ctx, r))
		in(t, ctx, s, "E1", "2026-10-01..2026-10-09")
		got, err := s.Requests.RequestsIn(ctx, "E1", hr.MustPeriod("2026-11-01..2026-11-30"))
		ok(t, err)
		r.Version = 2
		Equal(t, []leave.Request{r}, got)
	})
	t.Run("listed requests belong to the caller", func(t *testing.T) {
		s, ctx := store(t)
		got, err := s.Requests.RequestsIn(ctx, "E2", hr.MustPeriod("2026-10-01.."))
		ok(t, err)
		Spoil(got)
		got, err = s.Requests.RequestsIn(ctx, "E2", hr.MustPeriod("2026-10-01.."))
		ok(t, err)
		want := request("L1", "E2", "2026-10-10..2026-10-10")
		want.Version = 1
		Equal(t, []leave.Request{want}, got)
	})
	t.Run("a list honours its context", func(t *testing.T) {
		s, ctx := store(t)
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := s.Requests.RequestsIn(ctx, "E1", hr.MustPeriod("2026-10-01.."))
			return err
		})
	})
}

// LeaveLedger proves [leave.Ledger]. It needs Core.Tx beside; the other ports may be nil.
func LeaveLedger(t *testing.T, open func(t *testing.T) LeaveStore) {
	if !offered(t, open(t).Ledger, "LeaveStore.Ledger") {
		return
	}
	ledger := func(t *testing.T) pinned[leave.Movement] {
		s := open(t)
		return pinned[leave.Movement]{
			Core: s.Core, append: s.Ledger.AppendMovements, of: s.Ledger.MovementsOf,
			make: func(emp hr.EmployeeID, n int) leave.Entry {
				return pinnedFact(n, func(e *leave.Entry) { e.Value.Type += leave.TypeID(emp) })
			},
			other: func(e leave.Entry) leave.Entry { e.Value.Lot += "x"; return e },
		}
	}
	runPinned(t, ledger)
	runOwnIDs(t, ledger)
}

// LeaveAbsent proves [leave.Absent]. It needs Core.Tx beside; the other ports may be nil.
func LeaveAbsent(t *testing.T, open func(t *testing.T) LeaveStore) {
	if !offered(t, open(t).Absent, "LeaveStore.Absent") {
		return
	}
	away := func(t *testing.T) pinned[leave.Away] {
		s := open(t)
		return pinned[leave.Away]{
			Core: s.Core, append: s.Absent.AppendAway,
			of: func(ctx context.Context, pins []hr.Pin) ([][]leave.AwayEntry, error) {
				return s.Absent.AwayOf(ctx, pins, hr.Period{})
			},
			make: func(emp hr.EmployeeID, n int) leave.AwayEntry {
				return pinnedFact(n, func(e *leave.AwayEntry) { e.Value.Type += leave.TypeID(emp) })
			},
			other: func(e leave.AwayEntry) leave.AwayEntry { e.Value.Request += "x"; return e },
		}
	}
	runPinned(t, away)
	runOwnIDs(t, away)
	t.Run("a period limits the days and a withdrawal comes with what it withdraws", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		day := func(n int, p string) leave.AwayEntry {
			return pinnedFact(n, func(e *leave.AwayEntry) { e.Period = hr.MustPeriod(p) })
		}
		first, second, third := day(1, "2026-10-05..2026-10-05"), day(2, "2026-10-06..2026-10-06"), day(3, "2026-10-08..2026-10-08")
		gone := day(4, "2026-10-06..2026-10-06")
		gone.Withdraws = second.ID
		ok(t, s.Absent.AppendAway(ctx, "E1", first, second, third))
		ok(t, s.Absent.AppendAway(ctx, "E1", gone))
		for p, want := range map[string][]leave.AwayEntry{
			"2026-10-05..2026-10-05": {first},
			"2026-10-06..2026-10-07": {second, gone},
			"2026-10-06..":           {second, third, gone},
			"2026-10-07..2026-10-07": nil,
		} {
			got, err := s.Absent.AwayOf(ctx, []hr.Pin{{Employee: "E1"}}, hr.MustPeriod(p))
			ok(t, err)
			Equal(t, [][]leave.AwayEntry{want}, got)
		}
	})
}
