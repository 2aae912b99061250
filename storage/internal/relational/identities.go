package relational

import (
	"context"

	"github.com/musterhr/hr"
)

// setIdentities puts the numbers that governments gave an employee in the place of those before. An empty number is nobody's, and not kept.
// Where the store seals, the numbers are marks, and the account is found among them, because its column is empty.
func (db *DB) setIdentities(ctx context.Context, c Conn, employee hr.EmployeeID, all []hr.Identity, account hr.BankAccount) error {
	if _, err := c.Exec(ctx, "DELETE FROM "+quote(identityTable)+` WHERE "tenant" = ? AND "employee" = ?`, db.tenant, string(employee)); err != nil {
		return err
	}
	put := func(kind, number string) error {
		q := insert(identityTable, 1, "tenant", "kind", "number", "employee") + " ON CONFLICT DO NOTHING" // the same number twice in one row
		_, err := c.Exec(ctx, q, db.tenant, kind, number, string(employee))
		return err
	}
	for _, id := range all {
		if id.Number.IsZero() {
			continue
		}
		number, err := db.mark(ctx, "identity/"+id.Kind, id.Number.Reveal())
		if err != nil {
			return err
		}
		if err := put(id.Kind, number); err != nil {
			return err
		}
	}
	if db.cipher == nil || account.Number.IsZero() {
		return nil
	}
	number, err := db.accountMark(ctx, account)
	if err != nil {
		return err
	}
	return put(accountKind, number)
}

// accountKind stands where the kind of an identity does; no pack has one of that name.
const accountKind = "@account"

func (db *DB) accountMark(ctx context.Context, a hr.BankAccount) (string, error) {
	return db.mark(ctx, "account", a.Bank+"\n"+a.Number.Reveal())
}

// WithIdentity implements [lifecycle.Identities].
func (db *DB) WithIdentity(ctx context.Context, id hr.Identity) (out []hr.EmployeeID, err error) {
	if id.Number.IsZero() {
		return nil, ctx.Err()
	}
	err = db.read(ctx, func(c Conn) error {
		number, err := db.mark(ctx, "identity/"+id.Kind, id.Number.Reveal())
		if err == nil {
			out, err = db.having(ctx, c, id.Kind, number, id.Number.Reveal())
		}
		return err
	})
	return out, err
}

// having returns who has a number of a kind: as it is kept, and as it was kept before the store had a cipher, see [DB.SealRows].
func (db *DB) having(ctx context.Context, c Conn, kind, number, plain string) ([]hr.EmployeeID, error) {
	return ids[hr.EmployeeID](ctx, c, `SELECT DISTINCT "employee" FROM `+quote(identityTable)+` WHERE "tenant" = ? AND "kind" = ? AND "number" IN (?, ?) ORDER BY "employee"`,
		db.tenant, kind, number, plain)
}
