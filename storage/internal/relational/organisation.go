package relational

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// Parts implements [lifecycle.Structure].
func (db *DB) Parts(ctx context.Context, rules hr.Seq) (out []hr.Entry[lifecycle.Part], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.parts.ofEveryone(ctx, c, db, rules); return err })
	return out, err
}

// AppendParts implements [lifecycle.Structure].
func (db *DB) AppendParts(ctx context.Context, entries ...hr.Entry[lifecycle.Part]) error {
	return db.write(ctx, func(c writer) error {
		return db.parts.add(ctx, c, db, func(*hr.Entry[lifecycle.Part]) hr.EmployeeID { return hr.Everyone }, entries)
	})
}

// DelegationsOf implements [lifecycle.Delegations].
func (db *DB) DelegationsOf(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[lifecycle.Delegation], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.delegations.of(ctx, c, db, pins, hr.Period{}, false); return err })
	return out, err
}

// AppendDelegations implements [lifecycle.Delegations].
func (db *DB) AppendDelegations(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[lifecycle.Delegation]) error {
	return db.write(ctx, func(c writer) error {
		return db.delegations.add(ctx, c, db, func(*hr.Entry[lifecycle.Delegation]) hr.EmployeeID { return emp }, entries)
	})
}

// HoldersOf implements [lifecycle.Holders]. The position without a name is nobody's.
func (db *DB) HoldersOf(ctx context.Context, positions ...string) ([]hr.EmployeeID, error) {
	return whose(ctx, db, "position", positions)
}

// ReportsOf implements [lifecycle.Holders].
func (db *DB) ReportsOf(ctx context.Context, managers ...hr.EmployeeID) ([]hr.EmployeeID, error) {
	return whose(ctx, db, "manager", managers)
}

// whose returns whose terms ever had one of some values in a column.
func whose[V ~string](ctx context.Context, db *DB, column string, values []V) (out []hr.EmployeeID, err error) {
	err = db.read(ctx, func(c Conn) error {
		asked := slices.DeleteFunc(slices.Clone(values), func(v V) bool { return v == "" })
		for batch := range slices.Chunk(asked, db.engine.Dialect().Batch) {
			args := []any{db.tenant}
			for _, v := range batch {
				args = append(args, string(v))
			}
			found, err := ids[hr.EmployeeID](ctx, c, `SELECT DISTINCT "employee" FROM `+quote(db.terms.name)+` WHERE "tenant" = ? AND `+quote(column)+` IN (`+list(len(batch))+`)`, args...)
			if err != nil {
				return err
			}
			out = append(out, found...)
		}
		if len(out) > 0 { // who held two of them may be of two batches
			out = distinct(out)
		}
		return nil
	})
	return out, err
}
