package memory

import (
	"cmp"
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/storage"
)

// leaveTables is what package leave keeps.
type leaveTables struct {
	requests  table[leave.RequestID, leave.Request]
	of        bag[hr.EmployeeID, leave.RequestID] // the requests of an employee
	movements facts[hr.EmployeeID, leave.Movement]
	away      facts[hr.EmployeeID, leave.Away]
}

// Request implements [leave.Requests].
func (db *DB) Request(ctx context.Context, id leave.RequestID) (r leave.Request, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if r, ok = db.leave.requests.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return r, err
}

// RequestsIn implements [leave.Requests].
func (db *DB) RequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) (out []leave.Request, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range db.leave.of.peek(emp) {
			if db.leave.requests.rows[id].Period.Overlaps(p) {
				r, _ := db.leave.requests.get(id)
				out = append(out, r)
			}
		}
		slices.SortFunc(out, func(a, b leave.Request) int {
			return cmp.Or(a.Period.From.Compare(b.Period.From), cmp.Compare(a.ID, b.ID))
		})
		return nil
	})
	return out, err
}

// PutRequest implements [leave.Requests].
func (db *DB) PutRequest(ctx context.Context, r leave.Request) error {
	return db.in(ctx, func(u *unit) error {
		fresh := r.Version == 0
		if err := putCase(u, &db.leave.requests, r.ID, r, func(r *leave.Request) *storage.Version { return &r.Version }); err != nil {
			return err
		}
		if fresh {
			db.leave.of.add(u, r.Employee, r.ID, nil)
		}
		return nil
	})
}

// MovementsOf implements [leave.Ledger].
func (db *DB) MovementsOf(ctx context.Context, pins []hr.Pin) (out [][]leave.Entry, err error) {
	err = db.in(ctx, func(*unit) error { out = known(&db.leave.movements, pins); return nil })
	return out, err
}

// AppendMovements implements [leave.Ledger].
func (db *DB) AppendMovements(ctx context.Context, emp hr.EmployeeID, entries ...leave.Entry) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			if err := db.leave.movements.add(u, emp, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// AwayOf implements [leave.Absent].
func (db *DB) AwayOf(ctx context.Context, pins []hr.Pin, p hr.Period) (out [][]leave.AwayEntry, err error) {
	out = make([][]leave.AwayEntry, len(pins))
	err = db.in(ctx, func(*unit) error {
		for i, pin := range pins {
			out[i] = db.leave.away.rows.list(pin.Employee, func(e *leave.AwayEntry) bool {
				return (pin.Known.Own == 0 || e.Seq <= pin.Known.Own) && (p.IsZero() || e.Period.Overlaps(p))
			})
		}
		return nil
	})
	return out, err
}

// AppendAway implements [leave.Absent].
func (db *DB) AppendAway(ctx context.Context, emp hr.EmployeeID, entries ...leave.AwayEntry) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			if err := db.leave.away.add(u, emp, e); err != nil {
				return err
			}
		}
		return nil
	})
}
