package memory

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// LegalHold implements [lifecycle.Holds].
func (db *DB) LegalHold(ctx context.Context, id lifecycle.HoldID) (lifecycle.LegalHold, error) {
	return row(ctx, db, &db.lifecycle.holds, id)
}

// HoldsOf implements [lifecycle.Holds].
func (db *DB) HoldsOf(ctx context.Context, emp hr.EmployeeID) ([]lifecycle.LegalHold, error) {
	return rowsAfter(ctx, db, &db.lifecycle.holds, "", 0, func(h lifecycle.LegalHold) bool { return h.Employee == emp })
}

// PutHold implements [lifecycle.Holds].
func (db *DB) PutHold(ctx context.Context, h lifecycle.LegalHold) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.lifecycle.holds, h.ID, h, func(h *lifecycle.LegalHold) *storage.Version { return &h.Version })
	})
}

// ConsentsOf implements [lifecycle.Consents].
func (db *DB) ConsentsOf(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[lifecycle.Consent], err error) {
	err = db.in(ctx, func(*unit) error { out = known(&db.lifecycle.consents, pins); return nil })
	return out, err
}

// AppendConsents implements [lifecycle.Consents].
func (db *DB) AppendConsents(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[lifecycle.Consent]) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			if err := db.lifecycle.consents.add(u, emp, e); err != nil {
				return err
			}
		}
		return nil
	})
}
