package relational

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/personal"
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
	more more[T] // columns that are not those of a field each; nil where there are none
	seal bool    // something of a value is personal: there is the column of ciphertexts

	readOne func() string // the SELECT of the entries of one employee, made once
}

// more keeps a part of a value in a way of its own.
type more[T any] interface {
	columns() []column
	// selected writes the columns of a row of f as a SELECT reads them.
	selected() string
	values(dst []any, v *T) []any
	// cells appends what reads the columns; done sets the value from what was read.
	cells(dst []any, d Dialect, v *T) (dest []any, done func() error)
}

// newFacts describes a table of facts. A value that names the employee has it in the column of the entry.
func newFacts[T any](name string, wide bool, skip ...string) *facts[T] {
	_, own := reflect.TypeFor[T]().FieldByName("Employee")
	if own {
		skip = append(skip, "Employee")
	}
	t := &facts[T]{
		name: name, wide: wide, own: own, head: mapOf[hr.Entry[T]](nil, "Value"), m: mapOf[T](entryColumns, skip...),
		seal: personal.Has(reflect.TypeFor[T]()),
	}
	t.m.refer(name)
	t.readOne = sync.OnceValue(func() string {
		return `SELECT 0, ` + t.selected() + ` FROM ` + quote(t.name) + ` AS f WHERE f."tenant" = ? AND f."employee" = ?`
	})
	return t
}

// columns are all columns but the tenant's.
func (t *facts[T]) columns() []column {
	all := slices.Concat([]column{{name: "employee", kind: Text}}, t.head.columns, t.m.columns)
	if t.more != nil {
		all = append(all, t.more.columns()...)
	}
	if t.seal {
		all = append(all, sealedColumn)
	}
	return all
}

// selected is what a SELECT of rows f reads for [facts.scan].
func (t *facts[T]) selected() string {
	list := quoted("f.", slices.Concat([]string{"employee"}, t.head.names(), t.m.names()))
	if t.more != nil {
		list += ", " + t.more.selected()
	}
	if t.seal {
		list += `, f."sealed"`
	}
	return list
}

// add appends entries, all or none: an id that exists with equal content is skipped, with other content it is [storage.ErrConflict].
func (t *facts[T]) add(ctx context.Context, c writer, db *DB, employee func(*hr.Entry[T]) hr.EmployeeID, entries []hr.Entry[T]) error {
	key := []string{"employee", "id"}
	if t.wide {
		key = []string{"id"}
	}
	bare, sealed, err := t.sealed(ctx, c, db, employee, entries)
	if err != nil {
		return err
	}
	to := target(t.name, t.columns(), key...)
	var row []any
	there, err := c.Add(ctx, to, false, len(bare), func(n int) []any {
		e := &bare[n]
		row = append(row[:0], db.tenant, string(employee(e)))
		row = t.head.values(row, reflect.ValueOf(e).Elem())
		row = t.m.values(row, reflect.ValueOf(&e.Value).Elem())
		if t.more != nil {
			row = t.more.values(row, &e.Value)
		}
		if t.seal {
			var blob []byte
			if sealed != nil {
				blob = sealed[n].blob
			}
			row = append(row, orNull(blob, blob == nil))
		}
		return row
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(there, db.engine.Dialect().Batch) {
		if err := t.same(ctx, c, db, employee, entries, some); err != nil {
			return err
		}
	}
	return nil
}

// sealed returns entries without what is personal of them, and the ciphertexts of that: nil where nothing is sealed.
func (t *facts[T]) sealed(ctx context.Context, c Conn, db *DB, employee func(*hr.Entry[T]) hr.EmployeeID, entries []hr.Entry[T]) ([]hr.Entry[T], []sealable, error) {
	if !t.seal || db.cipher == nil {
		return entries, nil, nil
	}
	bare := slices.Clone(entries)
	rows := make([]sealable, len(bare))
	for i := range bare {
		rows[i] = t.sealable(employee(&bare[i]), &bare[i], nil)
	}
	return bare, rows, db.seal(ctx, c, rows)
}

// sealable is an entry as it is sealed.
func (t *facts[T]) sealable(employee hr.EmployeeID, e *hr.Entry[T], blob []byte) sealable {
	return sealable{subject: personal.SubjectOfFacts(employee), field: t.name + "/" + e.ID, v: reflect.ValueOf(&e.Value).Elem(), blob: blob}
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

// same returns [storage.ErrConflict] unless the given entries of those numbers say what is there under their ids.
func (t *facts[T]) same(ctx context.Context, c Conn, db *DB, employee func(*hr.Entry[T]) hr.EmployeeID, given []hr.Entry[T], numbers []int) error {
	join, args := `f."id" = k.id`, make([]any, 0, 2*len(numbers)+1)
	if !t.wide {
		join = `f."employee" = k.employee AND ` + join
	}
	for _, i := range numbers {
		args = append(args, string(employee(&given[i])), given[i].ID)
	}
	there := map[factKey]*hr.Entry[T]{}
	var sealed []sealable
	d := db.engine.Dialect()
	with, args := d.given("k", []string{"employee", "id"}, []string{"text", "text"}, args)
	q := with + ` SELECT ` + t.selected() + ` FROM ` + d.each("k", t.name, `f."tenant" = ? AND `+join)
	err := c.Query(ctx, q, append(args, db.tenant), func(scan func(...any) error) error {
		emp, e, blob, err := t.scan(d, scan)
		there[t.key(emp, e.ID)] = &e
		if blob != nil {
			sealed = append(sealed, t.sealable(emp, &e, blob))
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := db.open(ctx, c, sealed); err != nil {
		return err
	}
	for _, i := range numbers {
		before, found := there[t.key(employee(&given[i]), given[i].ID)]
		if !found || t.content(*before) != t.content(given[i]) { // not found: the snapshot of this transaction is older than what is there
			return storage.ErrConflict
		}
	}
	return nil
}

// content is the digest of what an entry says, as far as the table keeps it: instants to the microsecond.
func (t *facts[T]) content(e hr.Entry[T]) string {
	t.head.trim(reflect.ValueOf(&e).Elem())
	t.m.trim(reflect.ValueOf(&e.Value).Elem())
	return hr.Digest("entry/1", e)
}

// list is the inside of an IN (...) of n parameters.
func list(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// rows is the inside of a VALUES of n rows of parameters of these types.
func rows(n int, types ...string) string {
	row := "(CAST(? AS " + strings.Join(types, "), CAST(? AS ") + "))"
	return strings.TrimSuffix(strings.Repeat(row+", ", n), ", ")
}

// of returns for each pin, in the order given, the entries of that employee by seq and line: those up to the number of the pin or, with
// since, those after it. Days limits them to entries that share a day with it; the zero Period does not.
func (t *facts[T]) of(ctx context.Context, c Conn, db *DB, pins []hr.Pin, days hr.Period, since bool) ([][]hr.Entry[T], error) {
	out := make([][]hr.Entry[T], len(pins))
	batch := db.engine.Dialect().Batch
	for from := 0; from < len(pins); from += batch {
		through := min(len(pins), from+batch)
		q, args := t.ofPins(db, pins[from:through], from, days, since)
		type place struct {
			pin, at int
			blob    []byte
		}
		var closed []place
		err := c.Query(ctx, q, args, func(scan func(...any) error) error {
			var n int64
			_, e, blob, err := t.scan(db.engine.Dialect(), func(dest ...any) error { return scan(append([]any{&n}, dest...)...) })
			if through-from == 1 {
				n = int64(from)
			}
			if err == nil {
				out[n] = append(out[n], e)
			}
			if blob != nil {
				closed = append(closed, place{int(n), len(out[n]) - 1, blob})
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		var sealed []sealable
		for _, p := range closed {
			sealed = append(sealed, t.sealable(pins[p.pin].Employee, &out[p.pin][p.at], p.blob))
		}
		if err := db.open(ctx, c, sealed); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ofPins asks for the entries of pins, of which the first has a number, that share a day with days. That for one, as most reading of one person is, needs
// no list to be joined.
func (t *facts[T]) ofPins(db *DB, pins []hr.Pin, first int, days hr.Period, since bool) (q string, args []any) {
	var within string
	var bounds []any
	if !days.IsZero() {
		within, bounds = ` AND (f."period_through" IS NULL OR f."period_through" >= ?)`, []any{db.day(days.From)}
		if !days.Through.IsZero() {
			within, bounds = within+` AND f."period_from" <= ?`, append(bounds, db.day(days.Through))
		}
	}
	if len(pins) == 1 {
		q, args = t.readOne(), []any{db.tenant, string(pins[0].Employee)}
		switch own := int64(pins[0].Known.Own); {
		case since:
			q, args = q+` AND f."seq" > ?`, append(args, own)
		case own != 0:
			q, args = q+` AND f."seq" <= ?`, append(args, own)
		}
		return q + within + ` ORDER BY f."seq", f."line"`, append(args, bounds...)
	}
	for i, p := range pins {
		args = append(args, int64(first+i), string(p.Employee), int64(p.Known.Own))
	}
	d := db.engine.Dialect()
	with, args := d.given("pin", []string{"n", "employee", "own"}, []string{"bigint", "text", "bigint"}, args)
	where := `f."tenant" = ? AND f."employee" = pin.employee AND (pin.own = 0 OR f."seq" <= pin.own)`
	if since {
		where = `f."tenant" = ? AND f."employee" = pin.employee AND f."seq" > pin.own`
	}
	q = with + ` SELECT pin.n, ` + t.selected() + ` FROM ` + d.each("pin", t.name, where+within) + ` ORDER BY pin.n, f."seq", f."line"`
	return q, append(append(args, db.tenant), bounds...)
}

// ofEveryone returns the entries of the tenant's definitions with a seq up to rules, or all where rules is 0, by seq and line.
func (t *facts[T]) ofEveryone(ctx context.Context, c Conn, db *DB, rules hr.Seq) ([]hr.Entry[T], error) {
	all, err := t.of(ctx, c, db, []hr.Pin{{Employee: hr.Everyone, Known: hr.Known{Own: rules}}}, hr.Period{}, false)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// scan reads the employee and the columns of an entry, and the ciphertexts, which the caller opens.
func (t *facts[T]) scan(d Dialect, scan func(...any) error) (employee hr.EmployeeID, e hr.Entry[T], blob []byte, err error) {
	cells := t.head.cells([]any{&employee}, reflect.ValueOf(&e).Elem())
	value := reflect.ValueOf(&e.Value).Elem()
	cells = t.m.cells(cells, value)
	done := func() error { return nil }
	if t.more != nil {
		cells, done = t.more.cells(cells, d, &e.Value)
	}
	if t.seal {
		cells = append(cells, &blob)
	}
	if err = scan(cells...); err == nil {
		err = done()
	}
	err = at(t.name, err, string(employee), e.ID)
	if t.own {
		value.FieldByName("Employee").SetString(string(employee))
	}
	return employee, e, blob, err
}

// day is a date as the driver takes it.
func (db *DB) day(d hr.Date) any { return db.engine.Dialect().Value(Day, d) }
