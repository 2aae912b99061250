package relational

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Run implements [payroll.Runs].
func (db *DB) Run(ctx context.Context, id payroll.RunID) (r payroll.Run, err error) {
	err = db.read(ctx, func(c Conn) error { r, err = db.runs.get(ctx, c, db, string(id)); return err })
	return r, err
}

// PutRun implements [payroll.Runs].
func (db *DB) PutRun(ctx context.Context, r payroll.Run) error {
	return db.write(ctx, func(c writer) error { return db.runs.put(ctx, c, db, r) })
}

// RunsAfter implements [payroll.RunList].
func (db *DB) RunsAfter(ctx context.Context, id payroll.RunID, limit int) ([]payroll.Run, error) {
	return after(ctx, db, db.runs, string(id), limit, "1 = 1")
}

// AddMembers implements [payroll.Runs].
func (db *DB) AddMembers(ctx context.Context, id payroll.RunID, ids ...hr.EmployeeID) error {
	return db.write(ctx, func(c writer) error {
		row := []any{db.tenant, string(id), ""}
		_, err := c.Add(ctx, target(memberTable, memberColumns, "run", "employee"), false, len(ids), func(i int) []any {
			row[2] = string(ids[i])
			return row
		})
		return err
	})
}

// memberColumns are those of a member of a run.
var memberColumns = []column{{name: "run", kind: Text}, {name: "employee", kind: Text}}

// Members implements [payroll.Runs].
func (db *DB) Members(ctx context.Context, id payroll.RunID, after hr.EmployeeID, limit int) (out []hr.EmployeeID, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = ids[hr.EmployeeID](ctx, c, `SELECT "employee" FROM `+quote(memberTable)+` WHERE "tenant" = ? AND "run" = ? AND "employee" > ? ORDER BY "employee" LIMIT ?`,
			db.tenant, string(id), string(after), int64(max(0, limit)))
		return err
	})
	return out, err
}

// PutChunks implements [payroll.Runs].
func (db *DB) PutChunks(ctx context.Context, cs ...payroll.RunChunk) error {
	return db.InTx(ctx, func(ctx context.Context) error {
		for _, c := range cs {
			if err := db.write(ctx, func(w writer) error { return db.chunks.put(ctx, w, db, c) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// Chunks implements [payroll.Runs].
func (db *DB) Chunks(ctx context.Context, id payroll.RunID, from, limit int) (out []payroll.RunChunk, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.chunks.list(ctx, c, db, `"run" = ? AND "number" >= ? ORDER BY "number" LIMIT ?`, string(id), int64(from), int64(max(0, limit)))
		return err
	})
	return out, err
}

// ids returns the one column of an answer.
func ids[S ~string](ctx context.Context, c Conn, q string, args ...any) (out []S, err error) {
	err = c.Query(ctx, q, args, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		out = append(out, S(id))
		return err
	})
	return out, err
}

// AppendPostings implements [payroll.Postings].
func (db *DB) AppendPostings(ctx context.Context, entries ...hr.Entry[payroll.Posting]) error {
	return db.write(ctx, func(c writer) error {
		if err := db.putNames(ctx, c, entries); err != nil {
			return err
		}
		return db.postings.add(ctx, c, db, func(e *hr.Entry[payroll.Posting]) hr.EmployeeID { return e.Value.Employee }, entries)
	})
}

// PostingsOf implements [payroll.Postings].
func (db *DB) PostingsOf(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[payroll.Posting], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.postings.of(ctx, c, db, pins, hr.Period{}, false); return err })
	return out, err
}

// SettledAfter implements [payroll.Settled].
func (db *DB) SettledAfter(ctx context.Context, after hr.EmployeeID, limit int) (out []hr.Pin, err error) {
	err = db.read(ctx, func(c Conn) error {
		newest := func(column string) string { // of the newest posting that says how far it was compared
			return `COALESCE((SELECT p.` + quote(column) + ` FROM "hr_posting" AS p WHERE p."tenant" = ? AND p."employee" = who."employee"
				AND (p."settled_own" <> 0 OR p."settled_rules" <> 0) ORDER BY p."seq" DESC, p."line" DESC LIMIT 1), 0)`
		}
		q := `SELECT who."employee", ` + newest("settled_own") + `, ` + newest("settled_rules") + `
			FROM (SELECT DISTINCT "employee" FROM "hr_posting" WHERE "tenant" = ? AND "employee" > ? ORDER BY "employee" LIMIT ?) AS who ORDER BY who."employee"`
		return c.Query(ctx, q, []any{db.tenant, db.tenant, db.tenant, string(after), int64(max(0, limit))}, func(scan func(...any) error) error {
			var id string
			var own, rules int64
			err := scan(&id, &own, &rules)
			out = append(out, hr.Pin{Employee: hr.EmployeeID(id), Known: hr.Known{Own: hr.Seq(own), Rules: hr.Seq(rules)}})
			return err
		})
	})
	return out, err
}

// AppendAdjustments implements [payroll.Adjustments].
func (db *DB) AppendAdjustments(ctx context.Context, entries ...hr.Entry[payroll.Adjustment]) error {
	return db.write(ctx, func(c writer) error {
		return db.adjustments.add(ctx, c, db, func(e *hr.Entry[payroll.Adjustment]) hr.EmployeeID { return e.Value.Employee }, entries)
	})
}

// AdjustmentsOf implements [payroll.Adjustments].
func (db *DB) AdjustmentsOf(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[payroll.Adjustment], err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.adjustments.of(ctx, c, db, pins, hr.Period{}, false)
		return err
	})
	return out, err
}

// AppendAdoptions implements [payroll.Adoptions].
func (db *DB) AppendAdoptions(ctx context.Context, entries ...hr.Entry[payroll.Adoption]) error {
	return db.write(ctx, func(c writer) error {
		return db.adoptions.add(ctx, c, db, func(*hr.Entry[payroll.Adoption]) hr.EmployeeID { return hr.Everyone }, entries)
	})
}

// Adopted implements [payroll.Adoptions].
func (db *DB) Adopted(ctx context.Context, rules hr.Seq) (out []hr.Entry[payroll.Adoption], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.adoptions.ofEveryone(ctx, c, db, rules); return err })
	return out, err
}
