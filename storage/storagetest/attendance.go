package storagetest

import (
	"context"
	"slices"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/storage"
)

// AttendanceStore is a store as [Attendance] sees it.
type AttendanceStore struct {
	Core
	Punches  attendance.Punches
	Rosters  attendance.Rosters
	Permits  attendance.Permits
	Requests attendance.Requests
}

// Attendance proves the ports of package attendance.
func Attendance(t *testing.T, open func(t *testing.T) AttendanceStore) {
	t.Run("Punches", func(t *testing.T) { Punches(t, open) })
	t.Run("Rosters", func(t *testing.T) { Rosters(t, open) })
	t.Run("Permits", func(t *testing.T) { Permits(t, open) })
	t.Run("Requests", func(t *testing.T) { AttendanceRequests(t, open) })
}

// always is every day of the calendar.
var always = hr.MustPeriod("0001-01-01..9999-12-31")

// Punches proves [attendance.Punches]; the other ports may be nil.
func Punches(t *testing.T, open func(t *testing.T) AttendanceStore) {
	if !offered(t, open(t).Punches, "AttendanceStore.Punches") {
		return
	}
	make := func(emp hr.EmployeeID, n int) hr.Entry[attendance.Punch] {
		return pinnedFact(n, func(e *hr.Entry[attendance.Punch]) {
			e.ID, e.Value.Employee, e.Period.Through = string(emp)+e.ID, emp, e.Period.From
			e.Value.ID = attendance.PunchID(e.ID)
		})
	}
	port := func(s AttendanceStore) dated[attendance.Punch] {
		return dated[attendance.Punch]{
			Core: s.Core, make: make, append: s.Punches.AppendPunches, of: s.Punches.PunchesOf, since: s.Punches.PunchesSince,
			other: func(e hr.Entry[attendance.Punch]) hr.Entry[attendance.Punch] { e.Value.Device += "x"; return e },
		}
	}
	runDated(t, func(t *testing.T) dated[attendance.Punch] { return port(open(t)) })

	t.Run("a void comes with the punch it withdraws", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		punch, void := make("E1", 1), make("E1", 2)
		void.Withdraws, void.Value, void.Period = punch.ID, punch.Value, punch.Period
		ok(t, s.Punches.AppendPunches(ctx, punch))
		ok(t, s.Punches.AppendPunches(ctx, void, make("E1", 3)))
		got, err := s.Punches.PunchesOf(ctx, []hr.Pin{{Employee: "E1"}}, punch.Period)
		ok(t, err)
		Equal(t, [][]hr.Entry[attendance.Punch]{{punch, void}}, got)
	})
	t.Run("entries are found by id, each once, and those not there left out", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		none, err := s.Punches.PunchesByID(ctx, "nobody")
		ok(t, err)
		must(t, len(none) == 0, "an id that is not there has an entry")
		void := make("E1", 2)
		void.Withdraws, void.Value = make("E1", 1).ID, make("E1", 1).Value
		ok(t, s.Punches.AppendPunches(ctx, make("E2", 1), make("E1", 1), make("E1", 3)))
		ok(t, s.Punches.AppendPunches(ctx, void))
		id := func(e hr.Entry[attendance.Punch]) attendance.PunchID { return attendance.PunchID(e.ID) }
		got, err := s.Punches.PunchesByID(ctx, id(make("E2", 1)), id(make("E1", 1)), "nobody", id(void), id(make("E1", 1)))
		ok(t, err)
		Equal(t, []hr.Entry[attendance.Punch]{void, make("E1", 1), make("E2", 1)}, got) // fact-7, fact-8 of E1, fact-8 of E2
	})
	t.Run("entries found by id belong to the caller and the call honours its context", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		ok(t, s.Punches.AppendPunches(ctx, make("E1", 1)))
		find := func(ctx context.Context) ([]hr.Entry[attendance.Punch], error) {
			return s.Punches.PunchesByID(ctx, attendance.PunchID(make("E1", 1).ID))
		}
		got, err := find(ctx)
		ok(t, err)
		Spoil(got)
		got, err = find(ctx)
		ok(t, err)
		Equal(t, []hr.Entry[attendance.Punch]{make("E1", 1)}, got)
		refuses(t, ctx, func(ctx context.Context) error { _, err := find(ctx); return err })
	})
}

// Rosters proves [attendance.Rosters]; the other ports may be nil.
func Rosters(t *testing.T, open func(t *testing.T) AttendanceStore) {
	if !offered(t, open(t).Rosters, "AttendanceStore.Rosters") {
		return
	}
	runDated(t, func(t *testing.T) dated[attendance.Rostered] {
		s := open(t)
		return dated[attendance.Rostered]{
			Core: s.Core, append: s.Rosters.AppendRosters, of: s.Rosters.RostersOf, since: s.Rosters.RostersSince,
			make: func(emp hr.EmployeeID, n int) hr.Entry[attendance.Rostered] {
				return pinnedFact(n, func(e *hr.Entry[attendance.Rostered]) { e.ID, e.Value.Employee = string(emp)+e.ID, emp })
			},
			other: func(e hr.Entry[attendance.Rostered]) hr.Entry[attendance.Rostered] { e.Value.Shift += "x"; return e },
		}
	})
	t.Run("a roster is found by any of its days, and by any later day while it is open", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		entry := func(n int, p string) hr.Entry[attendance.Rostered] {
			return pinnedFact(n, func(e *hr.Entry[attendance.Rostered]) { e.Value.Employee, e.Period = "E1", hr.MustPeriod(p) })
		}
		week, day, on := entry(1, "2026-10-05..2026-10-09"), entry(2, "2026-10-07..2026-10-07"), entry(3, "2026-10-12..")
		ok(t, s.Rosters.AppendRosters(ctx, week, day, on))
		for p, want := range map[string][]hr.Entry[attendance.Rostered]{
			"2026-10-01..2026-10-04": nil,
			"2026-10-01..2026-10-05": {week},
			"2026-10-07..2026-10-07": {week, day},
			"2026-10-09..2026-10-11": {week},
			"2026-10-10..2026-10-11": nil,
			"2026-10-12..2026-10-12": {on},
			"2030-01-01..2030-01-31": {on},
			"2026-10-08..":           {week, on},
		} {
			got, err := s.Rosters.RostersOf(ctx, []hr.Pin{{Employee: "E1"}}, hr.MustPeriod(p))
			ok(t, err)
			Equal(t, [][]hr.Entry[attendance.Rostered]{want}, got)
		}
	})
}

// Permits proves [attendance.Permits]; the other ports may be nil.
func Permits(t *testing.T, open func(t *testing.T) AttendanceStore) {
	if !offered(t, open(t).Permits, "AttendanceStore.Permits") {
		return
	}
	runDated(t, func(t *testing.T) dated[attendance.Permit] {
		s := open(t)
		return dated[attendance.Permit]{
			Core: s.Core, append: s.Permits.AppendPermits, of: s.Permits.PermitsOf, since: s.Permits.PermitsSince,
			make: func(emp hr.EmployeeID, n int) hr.Entry[attendance.Permit] {
				return pinnedFact(n, func(e *hr.Entry[attendance.Permit]) { e.ID, e.Value.Employee = string(emp)+e.ID, emp })
			},
			other: func(e hr.Entry[attendance.Permit]) hr.Entry[attendance.Permit] { e.Value.Minutes++; return e },
		}
	})
	t.Run("a permit is found by any of its days", func(t *testing.T) {
		s, ctx := open(t), deadline(t)
		week := pinnedFact(1, func(e *hr.Entry[attendance.Permit]) {
			e.Value.Employee, e.Period = "E1", hr.MustPeriod("2026-10-05..2026-10-09")
		})
		ok(t, s.Permits.AppendPermits(ctx, week))
		for p, want := range map[string][]hr.Entry[attendance.Permit]{
			"2026-10-01..2026-10-04": nil, "2026-10-01..2026-10-05": {week}, "2026-10-07..2026-10-07": {week}, "2026-10-09..": {week}, "2026-10-10..": nil,
		} {
			got, err := s.Permits.PermitsOf(ctx, []hr.Pin{{Employee: "E1"}}, hr.MustPeriod(p))
			ok(t, err)
			Equal(t, [][]hr.Entry[attendance.Permit]{want}, got)
		}
	})
}

// AttendanceRequests proves [attendance.Requests]; the other ports may be nil.
func AttendanceRequests(t *testing.T, open func(t *testing.T) AttendanceStore) {
	if !offered(t, open(t).Requests, "AttendanceStore.Requests") {
		return
	}
	RunCases(t, func(t *testing.T) Cases[attendance.Request] {
		s := open(t)
		return Cases[attendance.Request]{
			Core: s.Core, Put: s.Requests.PutAttendanceRequest,
			Get: func(ctx context.Context) (attendance.Request, error) { return s.Requests.AttendanceRequest(ctx, "R1") },
			Make: func(seed int) attendance.Request {
				return Fill[attendance.Request](seed, func(r *attendance.Request) { r.ID, r.Employee = "R1", "E1" })
			},
			Version: func(r *attendance.Request) *storage.Version { return &r.Version },
		}
	})
	request := func(id attendance.RequestID, emp hr.EmployeeID, p string) attendance.Request {
		return Fill[attendance.Request](1, func(r *attendance.Request) { r.ID, r.Employee, r.Period, r.Version = id, emp, hr.MustPeriod(p), 0 })
	}
	list := func(t *testing.T, ctx context.Context, s AttendanceStore, emp hr.EmployeeID, p string) []attendance.Request {
		t.Helper()
		got, err := s.Requests.AttendanceRequestsIn(ctx, emp, hr.MustPeriod(p))
		ok(t, err)
		return got
	}
	in := func(t *testing.T, ctx context.Context, s AttendanceStore, emp hr.EmployeeID, p string, want ...attendance.RequestID) {
		t.Helper()
		var ids []attendance.RequestID
		for _, r := range list(t, ctx, s, emp, p) {
			ids = append(ids, r.ID)
		}
		Equal(t, want, ids)
	}
	store := func(t *testing.T) (AttendanceStore, context.Context) {
		s, ctx := open(t), deadline(t)
		for _, r := range []attendance.Request{
			request("R5", "E1", "2026-10-10..2026-10-12"), request("R4", "E1", "2026-10-12..2026-10-12"), request("R3", "E1", "2026-10-01..2026-10-02"),
			request("R2", "E1", "2026-10-10..2026-10-10"), request("R1", "E2", "2026-10-10..2026-10-10"),
		} {
			ok(t, s.Requests.PutAttendanceRequest(ctx, r))
		}
		return s, ctx
	}
	t.Run("requests of an employee come by first day and then by id", func(t *testing.T) {
		s, ctx := store(t)
		in(t, ctx, s, "E1", "2026-01-01..2026-12-31", "R3", "R2", "R5", "R4")
		in(t, ctx, s, "E2", "2026-01-01..", "R1")
		in(t, ctx, s, "E3", "2026-01-01..")
	})
	t.Run("a request is listed when it shares a day with the period and as it stands now", func(t *testing.T) {
		s, ctx := store(t)
		in(t, ctx, s, "E1", "2026-10-02..2026-10-09", "R3")
		in(t, ctx, s, "E1", "2026-10-03..2026-10-09")
		in(t, ctx, s, "E1", "2026-10-11..2026-10-11", "R5")
		moved := request("R3", "E1", "2026-11-01..2026-11-02")
		moved.Version, moved.State = 1, attendance.RequestWithdrawn
		ok(t, s.Requests.PutAttendanceRequest(ctx, moved))
		in(t, ctx, s, "E1", "2026-10-01..2026-10-09")
		moved.Version = 2
		Equal(t, []attendance.Request{moved}, list(t, ctx, s, "E1", "2026-11-01.."))
	})
	t.Run("listed requests belong to the caller and a list honours its context", func(t *testing.T) {
		s, ctx := store(t)
		Spoil(list(t, ctx, s, "E2", "2026-10-01.."))
		want := request("R1", "E2", "2026-10-10..2026-10-10")
		want.Version = 1
		Equal(t, []attendance.Request{want}, list(t, ctx, s, "E2", "2026-10-01.."))
		refuses(t, ctx, func(ctx context.Context) error {
			_, err := s.Requests.AttendanceRequestsIn(ctx, "E1", hr.MustPeriod("2026-10-01.."))
			return err
		})
	})
}

// dated is a port of attendance: facts by employee and day. An id is one for all employees.
type dated[T any] struct {
	Core
	append func(ctx context.Context, entries ...hr.Entry[T]) error
	of     func(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]hr.Entry[T], error)
	since  func(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[T], error)
	make   func(emp hr.EmployeeID, n int) hr.Entry[T]
	other  func(hr.Entry[T]) hr.Entry[T]
}

// runDated proves what the ports of attendance that keep facts have in common.
func runDated[T any](t *testing.T, open func(t *testing.T) dated[T]) {
	of := func(t *testing.T) pinned[T] {
		p := open(t)
		return pinned[T]{
			Core: p.Core, make: p.make, other: p.other,
			append: func(ctx context.Context, _ hr.EmployeeID, entries ...hr.Entry[T]) error {
				return p.append(ctx, entries...)
			},
			of: func(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[T], error) { return p.of(ctx, pins, always) },
		}
	}
	runPinned(t, of)
	runMany(t, of)
	run := func(name string, fn func(t *testing.T, ctx context.Context, p dated[T])) {
		t.Run(name, func(t *testing.T) { fn(t, deadline(t), open(t)) })
	}
	run("an id is one for all employees", func(t *testing.T, ctx context.Context, p dated[T]) {
		theirs := p.make("E2", 1)
		theirs.ID = p.make("E1", 1).ID
		ok(t, p.append(ctx, p.make("E1", 1)))
		is(t, p.append(ctx, theirs), storage.ErrConflict)
		got, err := p.of(ctx, []hr.Pin{{Employee: "E1"}, {Employee: "E2"}}, always)
		ok(t, err)
		Equal(t, [][]hr.Entry[T]{{p.make("E1", 1)}, nil}, got)
	})
	run("only entries of the days asked for come", func(t *testing.T, ctx context.Context, p dated[T]) {
		ok(t, p.append(ctx, p.make("E1", 1), p.make("E1", 2), p.make("E1", 3)))
		asked := p.make("E1", 2).Period
		var want []hr.Entry[T]
		for n := 1; n <= 3; n++ {
			if e := p.make("E1", n); e.Period.Overlaps(asked) {
				want = append(want, e)
			}
		}
		got, err := p.of(ctx, []hr.Pin{{Employee: "E1"}}, asked)
		ok(t, err)
		Equal(t, [][]hr.Entry[T]{want}, got)
		before := hr.Period{From: always.From, Through: p.make("E1", 1).Period.From.Add(-1)}
		got, err = p.of(ctx, []hr.Pin{{Employee: "E1"}}, before)
		ok(t, err)
		Equal(t, [][]hr.Entry[T]{nil}, got)
	})
	run("what was learnt since a pin comes one list a pin, in its order", func(t *testing.T, ctx context.Context, p dated[T]) {
		for _, n := range []int{4, 1, 3, 2} {
			ok(t, p.append(ctx, p.make("E1", n), p.make("E2", n)))
		}
		pins := []hr.Pin{{Employee: "E2", Known: hr.Known{Own: 2}}, {Employee: "E3"}, {Employee: "E1", Known: hr.Known{Own: 1}}, {Employee: "E1", Known: hr.Known{Own: 3}}, {Employee: "E2"}}
		got, err := p.since(ctx, pins)
		ok(t, err)
		list := func(emp hr.EmployeeID, from int) (out []hr.Entry[T]) {
			for n := from; n <= 4; n++ {
				out = append(out, p.make(emp, n))
			}
			return out
		}
		Equal(t, [][]hr.Entry[T]{list("E2", 4), nil, list("E1", 2), nil, list("E2", 1)}, got) // numbers 1, 2, 2, 3
	})
	run("what was learnt since a pin belongs to the caller and the call honours its context", func(t *testing.T, ctx context.Context, p dated[T]) {
		pins := []hr.Pin{{Employee: "E1"}}
		ok(t, p.append(ctx, p.make("E1", 1)))
		got, err := p.since(ctx, pins)
		ok(t, err)
		Spoil(slices.Clone(got[0]))
		got, err = p.since(ctx, pins)
		ok(t, err)
		Equal(t, [][]hr.Entry[T]{{p.make("E1", 1)}}, got)
		refuses(t, ctx, func(ctx context.Context) error { _, err := p.since(ctx, pins); return err })
	})
}
