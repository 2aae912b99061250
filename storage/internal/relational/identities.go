package relational

import (
	"context"

	"github.com/musterhr/hr"
)

// setIdentities puts the numbers that governments gave an employee in the place of those before. An empty number is nobody's, and not kept.
func (db *DB) setIdentities(ctx context.Context, c Conn, employee hr.EmployeeID, all []hr.Identity) error {
	if _, err := c.Exec(ctx, "DELETE FROM "+quote(identityTable)+` WHERE "tenant" = ? AND "employee" = ?`, db.tenant, string(employee)); err != nil {
		return err
	}
	for _, id := range all {
		if id.Number.IsZero() {
			continue
		}
		q := insert(identityTable, 1, "tenant", "kind", "number", "employee") + " ON CONFLICT DO NOTHING" // the same number twice in one row
		if _, err := c.Exec(ctx, q, db.tenant, id.Kind, id.Number.Reveal(), string(employee)); err != nil {
			return err
		}
	}
	return nil
}

// WithIdentity implements [lifecycle.Identities].
func (db *DB) WithIdentity(ctx context.Context, id hr.Identity) (out []hr.EmployeeID, err error) {
	if id.Number.IsZero() {
		return nil, ctx.Err()
	}
	err = db.read(ctx, func(c Conn) error {
		out, err = ids[hr.EmployeeID](ctx, c, `SELECT "employee" FROM `+quote(identityTable)+` WHERE "tenant" = ? AND "kind" = ? AND "number" = ? ORDER BY "employee"`,
			db.tenant, id.Kind, id.Number.Reveal())
		return err
	})
	return out, err
}
