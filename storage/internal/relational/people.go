package relational

import (
	"context"
	"reflect"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// Employment implements [lifecycle.Employments].
func (db *DB) Employment(ctx context.Context, id hr.EmployeeID) (e lifecycle.Employment, err error) {
	err = db.read(ctx, func(c Conn) error { e, err = db.employments.get(ctx, c, db, string(id)); return err })
	return e, err
}

// Employments implements [lifecycle.Employments].
func (db *DB) Employments(ctx context.Context, ids ...hr.EmployeeID) (out []lifecycle.Employment, err error) {
	err = db.read(ctx, func(c Conn) error {
		for asked := distinct(ids); len(asked) > 0; {
			batch := asked[:min(len(asked), db.engine.Dialect().Batch)]
			asked = asked[len(batch):]
			found, err := db.employments.list(ctx, c, db, `"id" IN (`+list(len(batch))+`) ORDER BY "id"`, anyOf(batch)...)
			if err != nil {
				return err
			}
			out = append(out, found...)
		}
		return nil
	})
	return out, err
}

// anyOf returns ids as parameters.
func anyOf[S ~string](ids []S) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// PutEmployment implements [lifecycle.Employments]. The numbers of the person are written with the row, for [DB.WithIdentity].
func (db *DB) PutEmployment(ctx context.Context, e lifecycle.Employment) error {
	return db.write(ctx, func(c writer) error {
		if err := db.employments.put(ctx, c, db, e); err != nil {
			return err
		}
		return db.setIdentities(ctx, c, e.ID, e.Person.Identities, e.Person.Bank)
	})
}

// noLimit is more rows than there are.
const noLimit = int64(1) << 40

func limited(n int) int64 {
	if n < 1 {
		return noLimit
	}
	return int64(n)
}

// EmployedIn implements [lifecycle.Employments]. It reads numbers alone and, of those who were employed before under the same number and are not
// now, the earlier spells: no row is read whole, and nothing sealed is opened.
func (db *DB) EmployedIn(ctx context.Context, p hr.Period, after hr.EmployeeID, limit int) (out []hr.EmployeeID, err error) {
	now := `("last_day" IS NULL OR "last_day" >= ? AND "last_day" >= "start")`
	days := []any{db.day(p.From)}
	if !p.Through.IsZero() {
		now += ` AND "start" <= ?`
		days = append(days, db.day(p.Through))
	}
	const earlier = `CAST("earlier" AS text)`
	query := `SELECT "id", CASE WHEN ` + now + ` THEN '' ELSE ` + earlier + ` END FROM "hr_employment" WHERE "tenant" = ? AND "id" > ? AND (` +
		now + ` OR ` + earlier + ` NOT IN ('null', '[]')) ORDER BY "id" LIMIT ?`
	err = db.read(ctx, func(c Conn) error {
		for {
			found := 0
			args := slices.Concat(days, []any{db.tenant, string(after)}, days, []any{limited(limit)})
			err := c.Query(ctx, query, args, func(scan func(...any) error) error {
				var id, before string
				if err := scan(&id, &before); err != nil {
					return err
				}
				found++
				after = hr.EmployeeID(id)
				there := before == ""
				if !there {
					var spells []lifecycle.Spell
					if decodeDocument([]byte(before), reflect.ValueOf(&spells).Elem()) != nil {
						return at("hr_employment", &storage.DamagedError{Column: "earlier"}, id)
					}
					there = slices.ContainsFunc(spells, func(s lifecycle.Spell) bool { return s.Period().Overlaps(p) })
				}
				if there && (limit < 1 || len(out) < limit) {
					out = append(out, after)
				}
				return nil
			})
			if err != nil || limit < 1 || len(out) == limit || found < limit {
				return err
			}
		}
	})
	return out, err
}

// PaidInto implements [lifecycle.Employments].
func (db *DB) PaidInto(ctx context.Context, account hr.BankAccount) (out []hr.EmployeeID, err error) {
	if account.Number.IsZero() {
		return nil, ctx.Err()
	}
	err = db.read(ctx, func(c Conn) error {
		var marked []hr.EmployeeID
		if db.cipher != nil {
			number, err := db.accountMark(ctx, account)
			if err != nil {
				return err
			}
			if marked, err = db.having(ctx, c, accountKind, number, number); err != nil {
				return err
			}
		}
		out, err = ids[hr.EmployeeID](ctx, c, `SELECT "id" FROM "hr_employment" WHERE "tenant" = ? AND "person_bank_bank" = ? AND "person_bank_number" = ? ORDER BY "id"`,
			db.tenant, account.Bank, account.Number.Reveal())
		if len(marked) > 0 && err == nil {
			out = distinct(append(marked, out...))
		}
		return err
	})
	return out, err
}

// Terms implements [lifecycle.Facts].
func (db *DB) Terms(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[hr.Terms], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.terms.of(ctx, c, db, pins, hr.Period{}, false); return err })
	return out, err
}

// AppendTerms implements [lifecycle.Facts].
func (db *DB) AppendTerms(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[hr.Terms]) error {
	return db.write(ctx, func(c writer) error {
		return db.terms.add(ctx, c, db, func(*hr.Entry[hr.Terms]) hr.EmployeeID { return emp }, entries)
	})
}
