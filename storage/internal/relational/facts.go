package relational

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// entryColumns are the columns that every fact has beside those of its value.
var entryColumns = []string{
	"id", "seq", "line", "recorded", "period_from", "period_through", "void", "withdraws", "cause_kind", "cause_id", "cause_seq",
	"source_title", "source_section", "source_link", "source_dated", "source_note", "tenant", "employee",
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
	return append(append([]string{"employee"}, t.head.names()...), t.m.names()...)
}

// add appends entries, all or none: an id that exists with equal content is skipped, with other content it is [storage.ErrConflict].
func (t *facts[T]) add(ctx context.Context, c Conn, db *DB, employee func(*hr.Entry[T]) hr.EmployeeID, entries []hr.Entry[T]) error {
	names := append([]string{"tenant"}, t.names()...)
	d := db.engine.Dialect()
	for batch := range slices.Chunk(entries, max(1, d.Parameters/len(names))) {
		which := t.distinct(employee, batch) // where all are new, as most are, nothing need be asked before
		add := func() error {
			return addRows(ctx, c, t.name, names, len(which), func(args []any, n int) []any {
				e := &batch[which[n]]
				args = append(args, db.tenant, string(employee(e)))
				args = t.head.args(args, d, reflect.ValueOf(e).Elem())
				return t.m.args(args, d, reflect.ValueOf(&e.Value).Elem())
			})
		}
		err := ErrTaken
		if which != nil {
			err = add()
		}
		if errors.Is(err, ErrTaken) {
			if which, err = t.fresh(ctx, c, db, employee, batch); err == nil {
				err = add()
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// factKey is what tells one fact from another.
type factKey struct {
	employee hr.EmployeeID
	id       string
}

func (t *facts[T]) key(employee hr.EmployeeID, id string) factKey {
	if t.wide {
		employee = ""
	}
	return factKey{employee, id}
}

// distinct returns the numbers of all entries, and nil if two of them have one key.
func (t *facts[T]) distinct(employee func(*hr.Entry[T]) hr.EmployeeID, given []hr.Entry[T]) []int {
	seen := make(map[factKey]bool, len(given))
	all := make([]int, len(given))
	for i := range given {
		seen[t.key(employee(&given[i]), given[i].ID)] = true
		all[i] = i
	}
	if len(seen) < len(given) {
		return nil
	}
	return all
}

// fresh returns which of the given entries are not there yet, each once; one that says something else than what is there under its id is
// [storage.ErrConflict].
func (t *facts[T]) fresh(ctx context.Context, c Conn, db *DB, employee func(*hr.Entry[T]) hr.EmployeeID, given []hr.Entry[T]) (fresh []int, err error) {
	join, args := `f."id" = k.id`, make([]any, 0, 2*len(given)+1)
	if !t.wide {
		join = `f."employee" = k.employee AND ` + join
	}
	for i := range given {
		args = append(args, string(employee(&given[i])), given[i].ID)
	}
	there := map[factKey]*hr.Entry[T]{}
	q := `WITH k(employee, id) AS (VALUES ` + rows(len(given), "text", "text") + `) SELECT ` + quoted("f.", t.names()) +
		` FROM k JOIN ` + quote(t.name) + ` AS f ON f."tenant" = ? AND ` + join
	err = c.Query(ctx, q, append(args, db.tenant), func(scan func(...any) error) error {
		emp, e, err := t.scan(scan)
		there[t.key(emp, e.ID)] = &e
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range given {
		k := t.key(employee(&given[i]), given[i].ID)
		before, taken := there[k]
		switch {
		case !taken:
			there[k] = &given[i]
			fresh = append(fresh, i)
		case t.content(*before) != t.content(given[i]):
			return nil, storage.ErrConflict
		}
	}
	return fresh, nil
}

// content is the digest of what an entry says, as far as the table keeps it: instants to the microsecond.
func (t *facts[T]) content(e hr.Entry[T]) string {
	t.head.trim(reflect.ValueOf(&e).Elem())
	t.m.trim(reflect.ValueOf(&e.Value).Elem())
	return hr.Digest("entry/1", e)
}

// addRows adds rows in the quickest way that the connection has. If the key of one is there, nothing is added and the answer is ErrTaken.
func addRows(ctx context.Context, c Conn, table string, names []string, n int, values func(args []any, i int) []any) error {
	if n == 0 {
		return nil
	}
	if copies := copier(c); copies != nil {
		var row []any // one after the other, each is sent before the next is made
		return copies.Copy(ctx, table, names, n, func(i int) []any { row = values(row[:0], i); return row })
	}
	args := make([]any, 0, n*len(names))
	for i := range n {
		args = values(args, i)
	}
	_, err := c.Exec(ctx, insert(table, n, names...), args...)
	return err
}

// list is the inside of an IN (...) of n parameters.
func list(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// rows is the inside of a VALUES of n rows of parameters of these types.
func rows(n int, types ...string) string {
	row := "(CAST(? AS " + strings.Join(types, "), CAST(? AS ") + "))"
	return strings.TrimSuffix(strings.Repeat(row+", ", n), ", ")
}

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
		q := `WITH pin(n, employee, own) AS (VALUES ` + rows(through-from, "bigint", "text", "bigint") + `) ` +
			`SELECT pin.n, ` + quoted("f.", t.names()) +
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
			_, e, err := t.scan(func(dest ...any) error { return scan(append([]any{&n}, dest...)...) })
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

// scan reads the employee and the columns of an entry.
func (t *facts[T]) scan(scan func(...any) error) (employee hr.EmployeeID, e hr.Entry[T], err error) {
	cells := t.head.cells([]any{&employee}, reflect.ValueOf(&e).Elem())
	value := reflect.ValueOf(&e.Value).Elem()
	if err = scan(t.m.cells(cells, value)...); err == nil && t.own {
		value.FieldByName("Employee").SetString(string(employee))
	}
	return employee, e, err
}

// day is a date as the driver takes it.
func (db *DB) day(d hr.Date) any { return db.engine.Dialect().Value(Day, d) }
