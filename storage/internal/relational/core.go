package relational

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Claim implements [storage.Log].
func (db *DB) Claim(ctx context.Context, row storage.CommandRow) (prev storage.CommandRow, fresh bool, err error) {
	err = db.write(ctx, func(c writer) error {
		args := db.commands.args([]any{db.tenant}, db.engine.Dialect(), reflect.ValueOf(&row).Elem())
		n, err := c.Exec(ctx, insert(commandTable, 1, append([]string{"tenant"}, db.commands.names()...)...)+" ON CONFLICT DO NOTHING", args...)
		if err != nil || n == 1 {
			fresh = err == nil
			return err
		}
		found := false
		err = c.Query(ctx, `SELECT `+quoted("", db.commands.names())+` FROM `+quote(commandTable)+` WHERE "tenant" = ? AND "id" = ?`, []any{db.tenant, string(row.ID)},
			func(scan func(...any) error) error {
				found = true
				return at(commandTable, scan(db.commands.cells(nil, reflect.ValueOf(&prev).Elem())...), string(row.ID))
			})
		if err == nil && !found { // it was there when we tried to insert, and the snapshot of this transaction is older
			err = storage.ErrConflict
		}
		return err
	})
	return prev, fresh, err
}

// Finish implements [storage.Log].
func (db *DB) Finish(ctx context.Context, id hr.CommandID, result []byte) error {
	return db.write(ctx, func(c writer) error {
		n, err := c.Exec(ctx, `UPDATE `+quote(commandTable)+` SET "result" = ? WHERE "tenant" = ? AND "id" = ?`, append([]byte{}, result...), db.tenant, string(id))
		if err == nil && n == 0 {
			return storage.ErrNotFound
		}
		return err
	})
}

// Take implements [storage.Knowledge]. The guard row of an employee is theirs in hr_guard, and is there from their first number on.
func (db *DB) Take(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
	if db.unitOf(ctx) == nil {
		return nil, errNoUnit
	}
	var out []storage.Taken
	err := db.write(ctx, func(c writer) error {
		d := db.engine.Dialect()
		for some := range slices.Chunk(distinct(ids), d.Batch) {
			held, err := db.hold(ctx, c, some)
			if err != nil {
				return err
			}
			var guards, numbers []any
			for _, id := range some {
				last := held[id]
				t := storage.Taken{Pin: hr.Pin{Employee: id}, Recorded: clock().UTC().Truncate(time.Microsecond)}
				if !t.Recorded.After(last.Recorded) {
					t.Recorded = last.Recorded.Add(time.Microsecond)
				}
				seq := number(last.Pin) + 1
				if id == hr.Everyone {
					t.Known.Rules = seq
				} else {
					t.Known.Own = seq
				}
				at := d.Value(Instant, t.Recorded)
				guards = append(guards, db.tenant, string(id), int64(seq), at)
				numbers = append(numbers, db.tenant, string(id), quarter(t.Recorded), int64(seq), at)
				out = append(out, t)
			}
			_, err = c.Exec(ctx, insert(guardTable, len(some), "tenant", "employee", "seq", "recorded")+
				` ON CONFLICT ("tenant", "employee") DO UPDATE SET "seq" = excluded."seq", "recorded" = excluded."recorded"`, guards...)
			if err != nil {
				return err
			}
			_, err = c.Exec(ctx, insert(knowledgeTable, len(some), "tenant", "employee", "quarter", "seq", "recorded")+
				` ON CONFLICT ("tenant", "employee", "quarter") DO UPDATE SET "seq" = excluded."seq", "recorded" = excluded."recorded"`, numbers...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

const (
	guardTable     = "hr_guard"
	knowledgeTable = "hr_knowledge"
)

// hold locks the guard rows of employees until the unit ends, in the order given, makes those that are missing, and returns the last number of each.
// A row that is there is written as it is: that is what locks it, in one statement with those that are not.
func (db *DB) hold(ctx context.Context, c Conn, ids []hr.EmployeeID) (map[hr.EmployeeID]storage.Taken, error) {
	args := make([]any, 0, 4*len(ids))
	for _, id := range ids {
		args = append(args, db.tenant, string(id), int64(0), nil)
	}
	held := make(map[hr.EmployeeID]storage.Taken, len(ids))
	q := insert(guardTable, len(ids), "tenant", "employee", "seq", "recorded") +
		` ON CONFLICT ("tenant", "employee") DO UPDATE SET "seq" = ` + quote(guardTable) + `."seq" RETURNING "employee", "seq", "recorded"`
	err := c.Query(ctx, q, args, func(scan func(...any) error) error {
		var t storage.Taken
		var seq int64
		if err := scan(&t.Employee, &seq, instant{&t.Recorded}); err != nil {
			return at(guardTable, err, string(t.Employee))
		}
		if t.Employee == hr.Everyone {
			t.Known.Rules = hr.Seq(seq)
		} else {
			t.Known.Own = hr.Seq(seq)
		}
		held[t.Employee] = t
		return nil
	})
	return held, err
}

func number(p hr.Pin) hr.Seq { return max(p.Known.Own, p.Known.Rules) }

// quarter counts quarters of an hour. Every zone ends its days at one of them, so the last number of each is enough to say what was known
// when a day ended, and the table does not grow with every fact.
func quarter(t time.Time) int64 { return t.Unix() / (15 * 60) }

// Heads implements [storage.Knowledge].
func (db *DB) Heads(ctx context.Context, ids ...hr.EmployeeID) ([]hr.Pin, error) {
	var out []hr.Pin
	err := db.read(ctx, func(c Conn) (err error) {
		out, err = db.pins(ctx, c, ids, guardTable, "")
		return err
	})
	return out, err
}

// On implements [storage.Knowledge]. It holds the guard rows to wait for who is writing.
func (db *DB) On(ctx context.Context, now time.Time, day hr.Date, zone *time.Location, ids ...hr.EmployeeID) ([]hr.Pin, error) {
	end := day.At(hr.MustTimeOfDay("24:00"), zone)
	if now.Before(end) {
		return nil, storage.ErrTooEarly
	}
	var out []hr.Pin
	err := db.write(ctx, func(c writer) (err error) {
		for some := range slices.Chunk(distinct(append([]hr.EmployeeID{hr.Everyone}, ids...)), db.engine.Dialect().Batch) {
			if _, err := db.hold(ctx, c, some); err != nil {
				return err
			}
		}
		out, err = db.pins(ctx, c, ids, knowledgeTable, ` AND f."recorded" < ?`, db.engine.Dialect().Value(Instant, end.UTC()))
		return err
	})
	return out, err
}

// pins asks a table for the newest number of each employee and of the definitions, of the rows that meet a condition.
func (db *DB) pins(ctx context.Context, c Conn, ids []hr.EmployeeID, table, condition string, more ...any) ([]hr.Pin, error) {
	d, asked := db.engine.Dialect(), distinct(ids)
	numbers := map[hr.EmployeeID]hr.Seq{}
	for batch := range slices.Chunk(distinct(append([]hr.EmployeeID{hr.Everyone}, ids...)), d.Batch) {
		with, args := d.given("k", []string{"employee"}, []string{"text"}, anyOf(batch))
		q := with + ` SELECT f."employee", MAX(f."seq") FROM ` + d.each("k", table, `f."tenant" = ? AND f."employee" = k.employee`+condition) + ` GROUP BY f."employee"`
		err := c.Query(ctx, q, append(append(args, db.tenant), more...), func(scan func(...any) error) error {
			var id string
			var seq int64
			err := scan(&id, &seq)
			numbers[hr.EmployeeID(id)] = hr.Seq(seq)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	var out []hr.Pin
	for _, id := range asked {
		pin := hr.Pin{Employee: id, Known: hr.Known{Rules: numbers[hr.Everyone]}}
		if id != hr.Everyone {
			pin.Known.Own = numbers[id]
		}
		out = append(out, pin)
	}
	return out, nil
}

func distinct(ids []hr.EmployeeID) []hr.EmployeeID {
	return slices.Compact(slices.SortedFunc(slices.Values(ids), func(a, b hr.EmployeeID) int { return strings.Compare(string(a), string(b)) }))
}

// instant reads a column of instants.
type instant struct{ t *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(src any) error { return scanInstant(i.t, src) }
