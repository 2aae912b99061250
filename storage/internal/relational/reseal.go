package relational

import (
	"context"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// plainTable is a table of which rows may have been written before the store had a cipher.
type plainTable interface {
	named() string
	// sealPlain looks at up to limit rows without ciphertexts behind a key, and seals what is personal of them in place. It returns the key of the last one, nil
	// where there are no more, and how many it looked at and sealed.
	sealPlain(ctx context.Context, c writer, db *DB, after []string, limit int) (last []string, looked, sealed int, err error)
}

// plainTables are the tables that have the column of ciphertexts, in the order in which they are sealed: those first by which people are found.
func (db *DB) plainTables() []plainTable {
	t := db.tables
	return []plainTable{
		plainCases[lifecycle.Employment]{t.employments, func(ctx context.Context, c Conn, e lifecycle.Employment, gone []hr.FieldClass) error {
			if slices.Contains(gone, hr.ClassGovernmentID) {
				return db.setIdentities(ctx, c, e.ID, nil, hr.BankAccount{})
			}
			return db.setIdentities(ctx, c, e.ID, e.Person.Identities, e.Person.Bank)
		}},
		plainCases[recruitment.Candidate]{t.candidates, func(ctx context.Context, c Conn, v recruitment.Candidate, gone []hr.FieldClass) error {
			if slices.Contains(gone, hr.ClassContact) {
				v.Keys = nil
			}
			if slices.Contains(gone, hr.ClassPrivate) {
				v.Tags = nil
			}
			return db.setCandidateWords(ctx, c, v)
		}},
		onlyRows(t.proposals), onlyRows(t.documents), onlyRows(t.checklists), onlyRows(t.holds), onlyRows(t.requests), onlyRows(t.asked), onlyRows(t.payrollAsked),
		onlyRows(t.applications), onlyRows(t.interviews), onlyRows(t.scorecards),
		t.postings, t.adjustments, t.debts, t.terms, t.happenings, t.delegations, t.consents, t.movements, t.away, t.punches, t.rosters, t.permits, t.adoptions, t.parts,
		plainAudit{},
	}
}

// SealRows seals in place what is personal of rows that were written before the store had a cipher: those behind a place, at most limit rows looked at, in one
// unit. It changes no version and no number, and what every port reads is the same before and after. A row that another has written meanwhile is sealed already and
// left as it is; of a class that was destroyed for its subject nothing is kept. So it may be stopped, run again from any place and run beside other work. A limit
// below 1 is 500. See [storage.SealAll].
func (db *DB) SealRows(ctx context.Context, after string, limit int) (p storage.SealProgress, err error) {
	if db.cipher == nil {
		return p, storage.ErrNoCipher
	}
	if limit < 1 {
		limit = 500
	}
	table, key := placeOf(after)
	err = db.write(ctx, func(c writer) error {
		p = storage.SealProgress{}
		all := db.plainTables()
		i := max(0, slices.IndexFunc(all, func(t plainTable) bool { return t.named() == table }))
		for behind := key; i < len(all); i, behind = i+1, nil {
			last, looked, sealed, err := all[i].sealPlain(ctx, c, db, behind, limit-p.Looked)
			if err != nil {
				return err
			}
			p.Looked, p.Sealed = p.Looked+looked, p.Sealed+sealed
			if p.Looked >= limit {
				p.Table, p.Next = all[i].named(), place(all[i].named(), last)
				return nil
			}
		}
		return nil
	})
	return p, err
}

// place writes where a walk stands: a table and the key of a row in it.
func place(table string, key []string) string {
	for _, k := range key {
		table += "/" + url.QueryEscape(k)
	}
	return table
}

func placeOf(text string) (table string, key []string) {
	parts := strings.Split(text, "/")
	for _, p := range parts[1:] {
		k, err := url.QueryUnescape(p)
		if err != nil {
			return parts[0], nil // no place of ours: from the beginning of the table, which is always right
		}
		key = append(key, k)
	}
	return parts[0], key
}

// plainCases seals rows of cases, and keeps what they are found by in step.
type plainCases[T any] struct {
	*cases[T]
	found func(ctx context.Context, c Conn, before T, gone []hr.FieldClass) error // nil: by nothing that is sealed
}

func onlyRows[T any](t *cases[T]) plainTable { return plainCases[T]{t, nil} }

func (t plainCases[T]) named() string { return t.name }

func (t plainCases[T]) sealPlain(ctx context.Context, c writer, db *DB, after []string, limit int) (last []string, looked, sealed int, err error) {
	behind := strings.Join(append(slices.Clone(after), ""), "")
	list, err := t.list(ctx, c, db, `"id" > ? AND "sealed" IS NULL ORDER BY "id" LIMIT ?`, behind, int64(limit))
	if err != nil || len(list) == 0 {
		return nil, 0, 0, err
	}
	before, rows := slices.Clone(list), make([]sealable, len(list))
	for i := range list {
		rows[i] = t.sealable(reflect.ValueOf(&list[i]).Elem())
		rows[i].late = true
	}
	if err := db.seal(ctx, c, rows); err != nil {
		return nil, 0, 0, err
	}
	for i, r := range rows {
		last = t.key(r.v)
		if !r.taken {
			continue
		}
		version := r.v.FieldByName("Version").Int()
		n, err := db.putSealed(ctx, c, t.name, t.m, r, `"id" = ? AND "version" = ?`, last[0], version)
		if err == nil && n > 0 && t.found != nil {
			err = t.found(ctx, c, before[i], r.gone)
		}
		if err != nil {
			return nil, 0, 0, err
		}
		sealed += int(n)
	}
	return last, len(list), sealed, nil
}

// putSealed puts what remains of a row, and its ciphertexts, in the place of a row without any.
func (db *DB) putSealed(ctx context.Context, c Conn, table string, m mapping, r sealable, where string, key ...any) (int64, error) {
	args := m.args(nil, db.engine.Dialect(), r.v)
	var sets []string
	for _, name := range m.names() {
		sets = append(sets, quote(name)+" = ?")
	}
	q := "UPDATE " + quote(table) + " SET " + strings.Join(append(sets, `"sealed" = ?`), ", ") + ` WHERE "tenant" = ? AND "sealed" IS NULL AND ` + where
	return c.Exec(ctx, q, slices.Concat(args, []any{orNull(r.blob, r.blob == nil), db.tenant}, key)...)
}

func (t *facts[T]) named() string { return t.name }

func (t *facts[T]) sealPlain(ctx context.Context, c writer, db *DB, after []string, limit int) (last []string, looked, sealed int, err error) {
	if !t.seal {
		return nil, 0, 0, nil
	}
	for len(after) < 2 {
		after = append(after, "")
	}
	var list []hr.Entry[T]
	var employees []hr.EmployeeID
	where, args := `(f."employee", f."id") > (?, ?) ORDER BY f."employee", f."id"`, []any{db.tenant, after[0], after[1]} // in the order of the key: it is not sorted
	if t.wide {
		where, args = `f."id" > ? ORDER BY f."id"`, []any{db.tenant, after[1]}
	}
	q := `SELECT ` + t.selected() + ` FROM ` + quote(t.name) + ` AS f WHERE f."tenant" = ? AND f."sealed" IS NULL AND ` + where + ` LIMIT ?`
	err = c.Query(ctx, q, append(args, int64(limit)), func(scan func(...any) error) error {
		employee, e, _, err := t.scan(db.engine.Dialect(), scan)
		list, employees = append(list, e), append(employees, employee)
		return err
	})
	if err != nil || len(list) == 0 {
		return nil, 0, 0, err
	}
	rows := make([]sealable, len(list))
	for i := range list {
		rows[i] = t.sealable(employees[i], &list[i], nil)
		rows[i].late = true
	}
	if err := db.seal(ctx, c, rows); err != nil {
		return nil, 0, 0, err
	}
	for i, r := range rows {
		last = []string{string(employees[i]), list[i].ID}
		if !r.taken {
			continue
		}
		n, err := db.putSealed(ctx, c, t.name, t.m, r, `"employee" = ? AND "id" = ?`, last[0], last[1])
		if err != nil {
			return nil, 0, 0, err
		}
		sealed += int(n)
	}
	return last, len(list), sealed, nil
}

// plainAudit seals the texts of the audit about one person. The hashes of a chain do not cover them, so it holds as before.
type plainAudit struct{}

func (plainAudit) named() string { return auditTable }

func (plainAudit) sealPlain(ctx context.Context, c writer, db *DB, after []string, limit int) (last []string, looked, sealed int, err error) {
	stream, number := "", int64(0)
	if len(after) == 2 {
		stream = after[0]
		number, _ = strconv.ParseInt(after[1], 10, 64) // what is no number is the beginning of the chain
	}
	list, err := db.linksWhere(ctx, c, `"tenant" = ? AND "sealed" IS NULL AND ("stream", "number") > (?, ?) ORDER BY "stream", "number" LIMIT ?`,
		db.tenant, stream, number, int64(limit))
	if err != nil || len(list) == 0 {
		return nil, 0, 0, err
	}
	rows := make([]sealable, len(list))
	for i := range list {
		rows[i] = sealableLink(&list[i], nil)
		rows[i].late = true
	}
	if err := db.seal(ctx, c, rows); err != nil {
		return nil, 0, 0, err
	}
	for i, r := range rows {
		last = []string{list[i].Stream, strconv.FormatInt(list[i].Number, 10)}
		if !r.taken {
			continue
		}
		n, err := db.putSealed(ctx, c, auditTable, db.links, r, `"stream" = ? AND "number" = ?`, list[i].Stream, list[i].Number)
		if err != nil {
			return nil, 0, 0, err
		}
		sealed += int(n)
	}
	return last, len(list), sealed, nil
}
