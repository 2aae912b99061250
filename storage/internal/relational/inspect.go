package relational

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Inspect implements [storage.Inspector].
func (db *DB) Inspect(ctx context.Context, report func(storage.Finding)) error {
	return db.read(ctx, func(c Conn) error {
		for _, look := range []func(context.Context, Conn, func(storage.Finding)) error{db.inspectRows, db.inspectKnowledge, db.inspectLists} {
			if err := look(ctx, c, report); err != nil {
				return err
			}
		}
		return nil
	})
}

// Repair implements [storage.Inspector].
func (db *DB) Repair(ctx context.Context, report func(storage.Finding)) error {
	var done []storage.Finding // told once the unit is committed, which may run again
	err := db.write(ctx, func(c writer) error {
		done = nil
		did := func(f storage.Finding) { done = append(done, f) }
		if err := db.repairKnowledge(ctx, c, did); err != nil {
			return err
		}
		return db.repairLists(ctx, c, did)
	})
	if err != nil {
		return err
	}
	for _, f := range done {
		report(f)
	}
	return nil
}

// rowCheck is a question whose answers are the ids of rows that do not fit. Every "?" of it is the tenant.
type rowCheck struct {
	check, what, reason string
	query               string
}

// rowChecks: what belongs to employments and commands is looked at only where there are any, for a host may keep those elsewhere.
var rowChecks = []rowCheck{
	{
		storage.CheckCommand, "command", "was claimed and never finished, and cannot be sent again",
		`SELECT "id" FROM "hr_command" WHERE "tenant" = ? AND "result" IS NULL ORDER BY "id"`,
	},
	{
		storage.CheckCommand, "command", "is in the audit and not in the log: sent again, it would run again",
		`SELECT DISTINCT a."command" FROM "hr_audit" AS a WHERE a."tenant" = ? AND a."command" <> '' AND a."refused_mark" = ''
			AND EXISTS (SELECT 1 FROM "hr_command" AS c WHERE c."tenant" = ?)
			AND NOT EXISTS (SELECT 1 FROM "hr_command" AS c WHERE c."tenant" = a."tenant" AND c."id" = a."command") ORDER BY a."command"`,
	},
	{
		storage.CheckAudit, "stream", "the chain has entries and no head",
		`SELECT DISTINCT a."stream" FROM "hr_audit" AS a WHERE a."tenant" = ?
			AND NOT EXISTS (SELECT 1 FROM "hr_audit_head" AS h WHERE h."tenant" = a."tenant" AND h."stream" = a."stream" AND h."number" > 0) ORDER BY a."stream"`,
	},
	{
		storage.CheckOrphan, "run", "has members and is not there",
		`SELECT DISTINCT m."run" FROM "hr_run_member" AS m WHERE m."tenant" = ?
			AND NOT EXISTS (SELECT 1 FROM "hr_run" AS r WHERE r."tenant" = m."tenant" AND r."id" = m."run") ORDER BY m."run"`,
	},
	{
		storage.CheckOrphan, "run and employee", "has a payslip, and the employee is not in the run",
		`SELECT r."run" || ', ' || r."employee" FROM "hr_result" AS r WHERE r."tenant" = ?
			AND NOT EXISTS (SELECT 1 FROM "hr_run_member" AS m WHERE m."tenant" = r."tenant" AND m."run" = r."run" AND m."employee" = r."employee") ORDER BY r."run", r."employee"`,
	},
	{
		storage.CheckOrphan, "run and employee", "has a payslip whose lines are described nowhere",
		`SELECT r."run" || ', ' || r."employee" FROM "hr_result" AS r WHERE r."tenant" = ? AND (r."units" IS NOT NULL OR r."amounts" IS NOT NULL)
			AND r."currency" <> '' AND NOT EXISTS (SELECT 1 FROM "hr_payslip_line_kind" AS k WHERE k."tenant" = r."tenant" AND k."id" = r."dictionary") ORDER BY r."run", r."employee"`,
	},
	{
		storage.CheckOrphan, "employee and posting", "has amounts whose lines are named nowhere",
		`SELECT p."employee" || ', ' || p."id" FROM "hr_posting" AS p WHERE p."tenant" = ?
			AND NOT EXISTS (SELECT 1 FROM "hr_posting_names" AS n WHERE n."tenant" = p."tenant" AND n."id" = p."lines") ORDER BY p."employee", p."id"`,
	},
	{
		storage.CheckOrphan, "employee", "has terms and no employment",
		`SELECT DISTINCT t."employee" FROM "hr_terms" AS t WHERE t."tenant" = ? AND EXISTS (SELECT 1 FROM "hr_employment" AS e WHERE e."tenant" = ?)
			AND NOT EXISTS (SELECT 1 FROM "hr_employment" AS e WHERE e."tenant" = t."tenant" AND e."id" = t."employee") ORDER BY t."employee"`,
	},
}

func (db *DB) inspectRows(ctx context.Context, c Conn, report func(storage.Finding)) error {
	for _, r := range rowChecks {
		var args []any
		for _, ch := range r.query {
			if ch == '?' {
				args = append(args, db.tenant)
			}
		}
		found, err := ids[string](ctx, c, r.query, args...)
		if err != nil {
			return err
		}
		for _, id := range found {
			report(storage.Finding{Check: r.check, Where: r.what + " " + id, Reason: r.reason})
		}
	}
	return nil
}

// newest is the newest number of somebody, and when it was given.
type newest struct {
	seq      int64
	recorded time.Time
}

// numbers returns the newest number of everybody who has one in a table.
func (db *DB) numbers(ctx context.Context, c Conn, table string, into map[hr.EmployeeID]newest) error {
	q := `SELECT "employee", MAX("seq"), MAX("recorded") FROM ` + quote(table) + ` WHERE "tenant" = ? GROUP BY "employee"`
	return c.Query(ctx, q, []any{db.tenant}, func(scan func(...any) error) error {
		var id string
		var n newest
		err := scan(&id, &n.seq, instant{&n.recorded})
		if n.seq > into[hr.EmployeeID(id)].seq {
			into[hr.EmployeeID(id)] = n
		}
		return err
	})
}

// factTables are the tables of facts.
func (t *tables) factTables() []string {
	return []string{
		t.postings.name, t.adjustments.name, t.adoptions.name, t.debts.name, t.terms.name, t.happenings.name, t.parts.name, t.delegations.name,
		t.movements.name, t.away.name, t.punches.name, t.rosters.name, t.permits.name, t.consents.name,
	}
}

// knowledge is the newest number of everybody, as each place has it.
type knowledge struct{ facts, guards, known map[hr.EmployeeID]newest }

func (db *DB) knowledge(ctx context.Context, c Conn) (knowledge, error) {
	k := knowledge{map[hr.EmployeeID]newest{}, map[hr.EmployeeID]newest{}, map[hr.EmployeeID]newest{}}
	for _, table := range db.factTables() {
		if err := db.numbers(ctx, c, table, k.facts); err != nil {
			return k, err
		}
	}
	if err := db.numbers(ctx, c, guardTable, k.guards); err != nil {
		return k, err
	}
	return k, db.numbers(ctx, c, "hr_knowledge", k.known)
}

// behind calls fn for everybody whose guard or whose knowledge is not at the newest number, in order.
func (k knowledge) behind(fn func(id hr.EmployeeID, at newest, f storage.Finding) error) error {
	everybody := maps.Clone(k.facts)
	maps.Copy(everybody, k.guards)
	maps.Copy(everybody, k.known)
	for _, id := range slices.Sorted(maps.Keys(everybody)) {
		at := slices.MaxFunc([]newest{k.facts[id], k.guards[id], k.known[id]}, func(a, b newest) int { return cmp.Compare(a.seq, b.seq) })
		f := storage.Finding{Check: storage.CheckKnowledge, Where: "employee " + string(id), Derived: true}
		if id == hr.Everyone {
			f.Where = "the definitions"
		}
		switch {
		case k.guards[id].seq < at.seq:
			f.Reason = fmt.Sprintf("the guard row is at number %d, and number %d was given", k.guards[id].seq, at.seq)
		case k.known[id].seq < at.seq:
			f.Reason = fmt.Sprintf("number %d was given and is not among those by day", at.seq)
		default:
			continue
		}
		if err := fn(id, at, f); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) inspectKnowledge(ctx context.Context, c Conn, report func(storage.Finding)) error {
	k, err := db.knowledge(ctx, c)
	if err != nil {
		return err
	}
	return k.behind(func(_ hr.EmployeeID, _ newest, f storage.Finding) error { report(f); return nil })
}

func (db *DB) repairKnowledge(ctx context.Context, c writer, did func(storage.Finding)) error {
	k, err := db.knowledge(ctx, c)
	if err != nil {
		return err
	}
	return k.behind(func(id hr.EmployeeID, at newest, f storage.Finding) error {
		recorded := db.engine.Dialect().Value(Instant, at.recorded)
		_, err := c.Exec(ctx, insert(guardTable, 1, "tenant", "employee", "seq", "recorded")+
			` ON CONFLICT ("tenant", "employee") DO UPDATE SET "seq" = excluded."seq", "recorded" = excluded."recorded"`, db.tenant, string(id), at.seq, recorded)
		if err == nil {
			_, err = c.Exec(ctx, insert("hr_knowledge", 1, "tenant", "employee", "quarter", "seq", "recorded")+
				` ON CONFLICT ("tenant", "employee", "quarter") DO UPDATE SET "seq" = excluded."seq", "recorded" = excluded."recorded"`,
				db.tenant, string(id), quarter(at.recorded), at.seq, recorded)
		}
		f.Reason = fmt.Sprintf("its newest number is now %d", at.seq)
		did(f)
		return err
	})
}
