package relational

import (
	"context"
	"reflect"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// entryColumns are the columns that every fact has beside those of its value.
var entryColumns = []string{
	"id", "seq", "line", "recorded", "period_from", "period_through", "void", "withdraws", "cause_kind", "cause_id", "cause_seq",
	"source_title", "source_section", "source_link", "source_dated", "source_note", "tenant", "employee", "content",
}

// facts is a table to which entries are only ever added.
type facts[T any] struct {
	name string
	wide bool    // an id is unique over all employees, not only among those of one
	head mapping // of the entry
	m    mapping // of its value
	own  bool    // the value names the employee, which is then kept once
}

// newFacts describes a table of facts. A value that names the employee has it in the column of the entry.
func newFacts[T any](name string, wide bool) *facts[T] {
	_, own := reflect.TypeFor[T]().FieldByName("Employee")
	f := &facts[T]{name: name, wide: wide, own: own, head: mapOf[hr.Entry[T]](nil, "Value")}
	if own {
		f.m = mapOf[T](entryColumns, "Employee")
	} else {
		f.m = mapOf[T](entryColumns)
	}
	return f
}

func (t *facts[T]) names() []string {
	return append(append([]string{"employee", "content"}, t.head.names()...), t.m.names()...)
}

// add appends entries, all or none: an id that exists with equal content is skipped, with other content it is [storage.ErrConflict].
func (t *facts[T]) add(ctx context.Context, c Conn, db *DB, employee func(*hr.Entry[T]) hr.EmployeeID, entries []hr.Entry[T]) error {
	names := append([]string{"tenant"}, t.names()...)
	d := db.engine.Dialect()
	for len(entries) > 0 {
		batch := entries[:min(len(entries), max(1, d.Parameters/len(names)))]
		entries = entries[len(batch):]
		content := make(map[[2]string]string, len(batch))
		args := make([]any, 0, len(batch)*len(names))
		var ids []any
		for i := range batch {
			e := &batch[i]
			owner := string(employee(e))
			digest := hr.Digest("entry/1", *e)
			key := [2]string{owner, e.ID}
			if t.wide {
				key[0] = ""
			}
			if before, twice := content[key]; twice && before != digest {
				return storage.ErrConflict
			}
			content[key] = digest
			ids = append(ids, e.ID)
			args = append(args, db.tenant, owner, digest)
			args = t.head.args(args, d, reflect.ValueOf(e).Elem())
			args = t.m.args(args, d, reflect.ValueOf(&e.Value).Elem())
		}
		n, err := c.Exec(ctx, insert(t.name, len(batch), names...)+" ON CONFLICT DO NOTHING", args...)
		if err != nil {
			return err
		}
		if n == int64(len(batch)) {
			continue
		}
		q := `SELECT "employee", "id", "content" FROM ` + quote(t.name) + ` WHERE "tenant" = ? AND "id" IN (` + list(len(ids)) + `)`
		err = c.Query(ctx, q, append([]any{db.tenant}, ids...), func(scan func(...any) error) error {
			var owner, id, stored string
			if err := scan(&owner, &id, &stored); err != nil {
				return err
			}
			if t.wide {
				owner = ""
			}
			if want, ours := content[[2]string{owner, id}]; ours && want != stored {
				return storage.ErrConflict
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// list is the inside of an IN (...) of n parameters.
func list(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// page is how many pins one statement asks about.
const page = 2000

// of returns for each pin, in the order given, the entries of that employee by seq and line: those up to the number of the pin or, with
// since, those after it. Days limits them to entries that share a day with it; the zero Period does not.
func (t *facts[T]) of(ctx context.Context, c Conn, db *DB, pins []hr.Pin, days hr.Period, since bool) ([][]hr.Entry[T], error) {
	out := make([][]hr.Entry[T], len(pins))
	for from := 0; from < len(pins); from += page {
		through := min(len(pins), from+page)
		var args []any
		for i := from; i < through; i++ {
			args = append(args, int64(i), string(pins[i].Employee), int64(pins[i].Known.Own))
		}
		row := "(CAST(? AS bigint), CAST(? AS text), CAST(? AS bigint))"
		q := `WITH pin(n, employee, own) AS (VALUES ` + strings.TrimSuffix(strings.Repeat(row+", ", through-from), ", ") + `) ` +
			`SELECT pin.n, ` + quoted("f.", append(append([]string{"employee"}, t.head.names()...), t.m.names()...)) +
			` FROM pin JOIN ` + quote(t.name) + ` AS f ON f."tenant" = ? AND f."employee" = pin.employee WHERE `
		args = append(args, db.tenant)
		if since {
			q += `f."seq" > pin.own`
		} else {
			q += `(pin.own = 0 OR f."seq" <= pin.own)`
		}
		if !days.IsZero() {
			q += ` AND (f."period_through" IS NULL OR f."period_through" >= ?)`
			args = append(args, db.day(days.From))
			if !days.Through.IsZero() {
				q += ` AND f."period_from" <= ?`
				args = append(args, db.day(days.Through))
			}
		}
		q += ` ORDER BY pin.n, f."seq", f."line"`
		err := c.Query(ctx, q, args, func(scan func(...any) error) error {
			var n int64
			e, err := t.scan(func(dest ...any) error { return scan(append([]any{&n}, dest...)...) })
			if err == nil {
				out[n] = append(out[n], e)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// where returns the entries of which a condition holds, by id.
func (t *facts[T]) where(ctx context.Context, c Conn, db *DB, condition string, args ...any) (out []hr.Entry[T], err error) {
	q := `SELECT ` + quoted("", append(append([]string{"employee"}, t.head.names()...), t.m.names()...)) + ` FROM ` + quote(t.name) +
		` WHERE "tenant" = ? AND ` + condition + ` ORDER BY "id"`
	err = c.Query(ctx, q, append([]any{db.tenant}, args...), func(scan func(...any) error) error {
		e, err := t.scan(scan)
		out = append(out, e)
		return err
	})
	return out, err
}

// scan reads the employee and the columns of an entry.
func (t *facts[T]) scan(scan func(...any) error) (e hr.Entry[T], err error) {
	var employee string
	cells := t.head.cells([]any{&employee}, reflect.ValueOf(&e).Elem())
	value := reflect.ValueOf(&e.Value).Elem()
	if err = scan(t.m.cells(cells, value)...); err == nil && t.own {
		value.FieldByName("Employee").SetString(employee)
	}
	return e, err
}

// day is a date as the driver takes it.
func (db *DB) day(d hr.Date) any { return db.engine.Dialect().Value(Day, d) }
