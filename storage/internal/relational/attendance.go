package relational

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// AppendPunches implements [attendance.Punches].
func (db *DB) AppendPunches(ctx context.Context, entries ...hr.Entry[attendance.Punch]) error {
	return db.write(ctx, func(c writer) error {
		return db.punches.add(ctx, c, db, func(e *hr.Entry[attendance.Punch]) hr.EmployeeID { return e.Value.Employee }, entries)
	})
}

// PunchesOf implements [attendance.Punches].
func (db *DB) PunchesOf(ctx context.Context, pins []hr.Pin, days hr.Period) (out [][]hr.Entry[attendance.Punch], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.punches.of(ctx, c, db, pins, days, false); return err })
	return out, err
}

// PunchesSince implements [attendance.Punches].
func (db *DB) PunchesSince(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[attendance.Punch], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.punches.of(ctx, c, db, pins, hr.Period{}, true); return err })
	return out, err
}

// PunchesByID implements [attendance.Punches].
func (db *DB) PunchesByID(ctx context.Context, ids ...attendance.PunchID) (out []hr.Entry[attendance.Punch], err error) {
	var blobs [][]byte
	var employees []hr.EmployeeID
	err = db.read(ctx, func(c Conn) error {
		for batch := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(ids))), db.engine.Dialect().Batch) {
			q := `SELECT ` + db.punches.selected() + ` FROM ` + quote(db.punches.name) + ` AS f WHERE "tenant" = ? AND "id" IN (` + list(len(batch)) + `) ORDER BY "id"`
			err := c.Query(ctx, q, append([]any{db.tenant}, anyOf(batch)...), func(scan func(...any) error) error {
				emp, e, blob, err := db.punches.scan(db.engine.Dialect(), scan)
				out, blobs, employees = append(out, e), append(blobs, blob), append(employees, emp)
				return err
			})
			if err != nil {
				return err
			}
		}
		var sealed []sealable
		for i, blob := range blobs {
			if blob != nil {
				sealed = append(sealed, db.punches.sealable(employees[i], &out[i], blob))
			}
		}
		return db.open(ctx, c, sealed)
	})
	return out, err
}

// AppendRosters implements [attendance.Rosters].
func (db *DB) AppendRosters(ctx context.Context, entries ...hr.Entry[attendance.Rostered]) error {
	return db.write(ctx, func(c writer) error {
		return db.rosters.add(ctx, c, db, func(e *hr.Entry[attendance.Rostered]) hr.EmployeeID { return e.Value.Employee }, entries)
	})
}

// RostersOf implements [attendance.Rosters].
func (db *DB) RostersOf(ctx context.Context, pins []hr.Pin, days hr.Period) (out [][]hr.Entry[attendance.Rostered], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.rosters.of(ctx, c, db, pins, days, false); return err })
	return out, err
}

// RostersSince implements [attendance.Rosters].
func (db *DB) RostersSince(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[attendance.Rostered], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.rosters.of(ctx, c, db, pins, hr.Period{}, true); return err })
	return out, err
}

// AppendPermits implements [attendance.Permits].
func (db *DB) AppendPermits(ctx context.Context, entries ...hr.Entry[attendance.Permit]) error {
	return db.write(ctx, func(c writer) error {
		return db.permits.add(ctx, c, db, func(e *hr.Entry[attendance.Permit]) hr.EmployeeID { return e.Value.Employee }, entries)
	})
}

// PermitsOf implements [attendance.Permits].
func (db *DB) PermitsOf(ctx context.Context, pins []hr.Pin, days hr.Period) (out [][]hr.Entry[attendance.Permit], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.permits.of(ctx, c, db, pins, days, false); return err })
	return out, err
}

// PermitsSince implements [attendance.Permits].
func (db *DB) PermitsSince(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[attendance.Permit], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.permits.of(ctx, c, db, pins, hr.Period{}, true); return err })
	return out, err
}

// AttendanceRequest implements [attendance.Requests].
func (db *DB) AttendanceRequest(ctx context.Context, id attendance.RequestID) (r attendance.Request, err error) {
	err = db.read(ctx, func(c Conn) error { r, err = db.asked.get(ctx, c, db, string(id)); return err })
	return r, err
}

// AttendanceRequestsIn implements [attendance.Requests].
func (db *DB) AttendanceRequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) (out []attendance.Request, err error) {
	err = db.read(ctx, func(c Conn) error { out, err = touching(ctx, c, db, db.asked, emp, p); return err })
	return out, err
}

// PutAttendanceRequest implements [attendance.Requests].
func (db *DB) PutAttendanceRequest(ctx context.Context, r attendance.Request) error {
	return db.write(ctx, func(c writer) error { return db.asked.put(ctx, c, db, r) })
}
