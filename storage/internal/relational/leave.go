package relational

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Request implements [leave.Requests].
func (db *DB) Request(ctx context.Context, id leave.RequestID) (r leave.Request, err error) {
	err = db.read(ctx, func(c Conn) error { r, err = db.requests.get(ctx, c, db, string(id)); return err })
	return r, err
}

// RequestsIn implements [leave.Requests].
func (db *DB) RequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) (out []leave.Request, err error) {
	err = db.read(ctx, func(c Conn) error { out, err = touching(ctx, c, db, db.requests, emp, p); return err })
	return out, err
}

// touching returns the cases of an employee whose period shares a day with p, by first day and id.
func touching[T any](ctx context.Context, c Conn, db *DB, t *cases[T], emp hr.EmployeeID, p hr.Period) ([]T, error) {
	where := `"employee" = ? AND ("period_through" IS NULL OR "period_through" >= ?)`
	args := []any{string(emp), db.day(p.From)}
	if !p.Through.IsZero() {
		where += ` AND "period_from" <= ?`
		args = append(args, db.day(p.Through))
	}
	return t.list(ctx, c, db, where+` ORDER BY "period_from", "id"`, args...)
}

// PutRequest implements [leave.Requests].
func (db *DB) PutRequest(ctx context.Context, r leave.Request) error {
	return db.write(ctx, func(c writer) error { return db.requests.put(ctx, c, db, r) })
}

// MovementsOf implements [leave.Ledger].
func (db *DB) MovementsOf(ctx context.Context, pins []hr.Pin) (out [][]leave.Entry, err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.movements.of(ctx, c, db, pins, hr.Period{}, false); return err })
	return out, err
}

// AppendMovements implements [leave.Ledger].
func (db *DB) AppendMovements(ctx context.Context, emp hr.EmployeeID, entries ...leave.Entry) error {
	return db.write(ctx, func(c writer) error {
		return db.movements.add(ctx, c, db, func(*leave.Entry) hr.EmployeeID { return emp }, entries)
	})
}

// AwayOf implements [leave.Absent].
func (db *DB) AwayOf(ctx context.Context, pins []hr.Pin, p hr.Period) (out [][]leave.AwayEntry, err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.away.of(ctx, c, db, pins, p, false); return err })
	return out, err
}

// AppendAway implements [leave.Absent].
func (db *DB) AppendAway(ctx context.Context, emp hr.EmployeeID, entries ...leave.AwayEntry) error {
	return db.write(ctx, func(c writer) error {
		return db.away.add(ctx, c, db, func(*leave.AwayEntry) hr.EmployeeID { return emp }, entries)
	})
}
