package memory

import (
	"cmp"
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/personal"
)

// attendanceTables is what package attendance keeps: its facts by employee.
type attendanceTables struct {
	punches  dated[attendance.Punch]
	rosters  dated[attendance.Rostered]
	permits  dated[attendance.Permit]
	requests table[attendance.RequestID, attendance.Request]
	asked    bag[hr.EmployeeID, attendance.RequestID] // the requests of an employee
}

// AppendPunches implements [attendance.Punches].
func (db *DB) AppendPunches(ctx context.Context, entries ...hr.Entry[attendance.Punch]) error {
	return db.in(ctx, func(u *unit) error {
		return appendFacts(u, &db.attendance.punches, entries, func(p attendance.Punch) hr.EmployeeID { return p.Employee })
	})
}

// PunchesOf implements [attendance.Punches].
func (db *DB) PunchesOf(ctx context.Context, pins []hr.Pin, days hr.Period) (out [][]hr.Entry[attendance.Punch], err error) {
	err = db.in(ctx, func(*unit) error { out = factsOf(&db.attendance.punches, pins, days); return nil })
	return out, err
}

// PunchesSince implements [attendance.Punches].
func (db *DB) PunchesSince(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[attendance.Punch], err error) {
	err = db.in(ctx, func(*unit) error { out = factsSince(&db.attendance.punches, pins); return nil })
	return out, err
}

// PunchesByID implements [attendance.Punches].
func (db *DB) PunchesByID(ctx context.Context, ids ...attendance.PunchID) (out []hr.Entry[attendance.Punch], err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
			if e := db.attendance.punches.byID(string(id)); e != nil {
				out = append(out, clone(*e))
			}
		}
		return nil
	})
	return out, err
}

// AppendRosters implements [attendance.Rosters].
func (db *DB) AppendRosters(ctx context.Context, entries ...hr.Entry[attendance.Rostered]) error {
	return db.in(ctx, func(u *unit) error {
		return appendFacts(u, &db.attendance.rosters, entries, func(r attendance.Rostered) hr.EmployeeID { return r.Employee })
	})
}

// RostersOf implements [attendance.Rosters].
func (db *DB) RostersOf(ctx context.Context, pins []hr.Pin, days hr.Period) (out [][]hr.Entry[attendance.Rostered], err error) {
	err = db.in(ctx, func(*unit) error { out = factsOf(&db.attendance.rosters, pins, days); return nil })
	return out, err
}

// RostersSince implements [attendance.Rosters].
func (db *DB) RostersSince(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[attendance.Rostered], err error) {
	err = db.in(ctx, func(*unit) error { out = factsSince(&db.attendance.rosters, pins); return nil })
	return out, err
}

// AppendPermits implements [attendance.Permits].
func (db *DB) AppendPermits(ctx context.Context, entries ...hr.Entry[attendance.Permit]) error {
	return db.in(ctx, func(u *unit) error {
		return appendFacts(u, &db.attendance.permits, entries, func(p attendance.Permit) hr.EmployeeID { return p.Employee })
	})
}

// PermitsOf implements [attendance.Permits].
func (db *DB) PermitsOf(ctx context.Context, pins []hr.Pin, days hr.Period) (out [][]hr.Entry[attendance.Permit], err error) {
	err = db.in(ctx, func(*unit) error { out = factsOf(&db.attendance.permits, pins, days); return nil })
	return out, err
}

// PermitsSince implements [attendance.Permits].
func (db *DB) PermitsSince(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[attendance.Permit], err error) {
	err = db.in(ctx, func(*unit) error { out = factsSince(&db.attendance.permits, pins); return nil })
	return out, err
}

// AttendanceRequest implements [attendance.Requests].
func (db *DB) AttendanceRequest(ctx context.Context, id attendance.RequestID) (r attendance.Request, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if r, ok = db.attendance.requests.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return r, err
}

// AttendanceRequestsIn implements [attendance.Requests].
func (db *DB) AttendanceRequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) (out []attendance.Request, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range db.attendance.asked.peek(emp) {
			if db.attendance.requests.rows[id].Period.Overlaps(p) {
				r, _ := db.attendance.requests.get(id)
				out = append(out, r)
			}
		}
		slices.SortFunc(out, func(a, b attendance.Request) int {
			return cmp.Or(a.Period.From.Compare(b.Period.From), cmp.Compare(a.ID, b.ID))
		})
		return nil
	})
	return out, err
}

// PutAttendanceRequest implements [attendance.Requests].
func (db *DB) PutAttendanceRequest(ctx context.Context, r attendance.Request) error {
	return db.in(ctx, func(u *unit) error {
		fresh := r.Version == 0
		if err := putCase(u, &db.attendance.requests, r.ID, r, func(r *attendance.Request) *storage.Version { return &r.Version }); err != nil {
			return err
		}
		if fresh {
			db.attendance.asked.add(u, r.Employee, r.ID, nil)
		}
		return nil
	})
}

// appendFacts adds entries of any employees, all or none: it looks at all of them before it writes the first.
func appendFacts[T any](u *unit, facts *dated[T], entries []hr.Entry[T], employee func(T) hr.EmployeeID) error {
	given, fresh := make(map[string]int, len(entries)), make([]int, 0, len(entries)) // places in entries
	for i, e := range entries {
		if err := u.takes(personal.SubjectOfFacts(employee(e.Value)), e.Value); err != nil {
			return err
		}
		old := facts.byID(e.ID)
		if at, again := given[e.ID]; again {
			old = &entries[at]
		}
		switch {
		case old == nil:
			given[e.ID] = i
			fresh = append(fresh, i)
		case hr.Digest("entry/1", *old) != hr.Digest("entry/1", e):
			return storage.ErrConflict
		}
	}
	for _, i := range fresh {
		facts.add(u, employee(entries[i].Value), entries[i])
	}
	return nil
}

// dated keeps facts by employee, oldest knowledge first, with the days of each beside it: facts are large, and looking for those of a month
// reads the days of years.
type dated[T any] struct {
	bag[hr.EmployeeID, hr.Entry[T]]
	days bag[hr.EmployeeID, daysOf]   // one for each fact, in the same order
	of   table[string, hr.EmployeeID] // whose each fact is, by its id
}

// daysOf are the place of a fact and its days.
type daysOf struct {
	seq    hr.Seq
	line   int
	period hr.Period
}

func (d *dated[T]) add(u *unit, employee hr.EmployeeID, e hr.Entry[T]) {
	d.of.put(u, e.ID, employee)
	d.bag.add(u, employee, e, func(a, b hr.Entry[T]) int {
		return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Line, b.Line))
	})
	d.days.add(u, employee, daysOf{e.Seq, e.Line, e.Period}, func(a, b daysOf) int {
		return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.line, b.line))
	})
}

// byID is the stored fact with an id itself, for reading inside one call only; nil if there is none.
func (d *dated[T]) byID(id string) *hr.Entry[T] {
	employee, found := d.of.rows[id]
	if !found {
		return nil
	}
	rows := d.peek(employee)
	for i := range rows {
		if rows[i].ID == id {
			return &rows[i]
		}
	}
	return nil
}

func factsOf[T any](facts *dated[T], pins []hr.Pin, days hr.Period) [][]hr.Entry[T] {
	out := make([][]hr.Entry[T], len(pins))
	for i, p := range pins {
		known := facts.days.peek(p.Employee)
		out[i] = facts.pick(p.Employee, func(i int) bool {
			return known[i].period.Overlaps(days) && (p.Known.Own == 0 || known[i].seq <= p.Known.Own)
		})
	}
	return out
}

func factsSince[T any](rows *dated[T], pins []hr.Pin) [][]hr.Entry[T] {
	out := make([][]hr.Entry[T], len(pins))
	for i, p := range pins {
		out[i] = rows.list(p.Employee, func(e *hr.Entry[T]) bool { return e.Seq > p.Known.Own })
	}
	return out
}
