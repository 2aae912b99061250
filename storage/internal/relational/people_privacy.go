package relational

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// LegalHold implements [lifecycle.Holds].
func (db *DB) LegalHold(ctx context.Context, id lifecycle.HoldID) (lifecycle.LegalHold, error) {
	return one(ctx, db, db.holds, string(id))
}

// HoldsOf implements [lifecycle.Holds].
func (db *DB) HoldsOf(ctx context.Context, emp hr.EmployeeID) (out []lifecycle.LegalHold, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.holds.list(ctx, c, db, `"employee" = ? ORDER BY "id"`, string(emp))
		return err
	})
	return out, err
}

// PutHold implements [lifecycle.Holds].
func (db *DB) PutHold(ctx context.Context, h lifecycle.LegalHold) error {
	return db.write(ctx, func(c writer) error { return db.holds.put(ctx, c, db, h) })
}

// ConsentsOf implements [lifecycle.Consents].
func (db *DB) ConsentsOf(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[lifecycle.Consent], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.consents.of(ctx, c, db, pins, hr.Period{}, false); return err })
	return out, err
}

// AppendConsents implements [lifecycle.Consents].
func (db *DB) AppendConsents(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[lifecycle.Consent]) error {
	return db.write(ctx, func(c writer) error {
		return db.consents.add(ctx, c, db, func(*hr.Entry[lifecycle.Consent]) hr.EmployeeID { return emp }, entries)
	})
}
