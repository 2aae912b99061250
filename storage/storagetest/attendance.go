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
	Punches attendance.Punches
	Rosters attendance.Rosters
}

// Attendance proves the ports of package attendance.
func Attendance(t *testing.T, open func(t *testing.T) AttendanceStore) {
	t.Run("Punches", func(t *testing.T) { Punches(t, open) })
	t.Run("Rosters", func(t *testing.T) { Rosters(t, open) })
}

// always is every day of the calendar.
var always = hr.MustPeriod("0001-01-01..9999-12-31")

// Punches proves [attendance.Punches]; the other port may be nil.
func Punches(t *testing.T, open func(t *testing.T) AttendanceStore) {
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

// Rosters proves [attendance.Rosters]; the other port may be nil.
func Rosters(t *testing.T, open func(t *testing.T) AttendanceStore) {
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

// dated is a port of attendance: facts by employee and day. An id is one for all employees.
type dated[T any] struct {
	Core
	append func(ctx context.Context, entries ...hr.Entry[T]) error
	of     func(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]hr.Entry[T], error)
	since  func(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[T], error)
	make   func(emp hr.EmployeeID, n int) hr.Entry[T]
	other  func(hr.Entry[T]) hr.Entry[T]
}

// runDated proves what both ports of attendance have in common.
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
