package memory

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// Parts implements [lifecycle.Structure].
func (db *DB) Parts(ctx context.Context, rules hr.Seq) (out []hr.Entry[lifecycle.Part], err error) {
	err = db.in(ctx, func(*unit) error {
		out = known(&db.lifecycle.parts, []hr.Pin{{Employee: hr.Everyone, Known: hr.Known{Own: rules}}})[0]
		return nil
	})
	return out, err
}

// AppendParts implements [lifecycle.Structure].
func (db *DB) AppendParts(ctx context.Context, entries ...hr.Entry[lifecycle.Part]) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			if err := db.lifecycle.parts.add(u, hr.Everyone, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// DelegationsOf implements [lifecycle.Delegations].
func (db *DB) DelegationsOf(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[lifecycle.Delegation], err error) {
	err = db.in(ctx, func(*unit) error {
		out = known(&db.lifecycle.delegations, pins)
		return nil
	})
	return out, err
}

// AppendDelegations implements [lifecycle.Delegations].
func (db *DB) AppendDelegations(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[lifecycle.Delegation]) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			if err := db.lifecycle.delegations.add(u, emp, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// HoldersOf implements [lifecycle.Holders].
func (db *DB) HoldersOf(ctx context.Context, positions ...string) ([]hr.EmployeeID, error) {
	return whose(ctx, db, positions, func(t hr.Terms) string { return t.Position })
}

// ReportsOf implements [lifecycle.Holders].
func (db *DB) ReportsOf(ctx context.Context, managers ...hr.EmployeeID) ([]hr.EmployeeID, error) {
	return whose(ctx, db, managers, func(t hr.Terms) hr.EmployeeID { return t.Manager })
}

// whose returns whose terms ever said one of some values. The empty value is nobody's.
func whose[V ~string](ctx context.Context, db *DB, values []V, said func(hr.Terms) V) (out []hr.EmployeeID, err error) {
	wanted := map[V]bool{}
	for _, v := range values {
		wanted[v] = v != ""
	}
	err = db.in(ctx, func(*unit) error {
		for id := range db.lifecycle.terms.rows.rows {
			if slices.ContainsFunc(db.lifecycle.terms.rows.peek(id), func(e hr.Entry[hr.Terms]) bool { return wanted[said(e.Value)] }) {
				out = append(out, id)
			}
		}
		slices.Sort(out)
		return nil
	})
	return out, err
}
