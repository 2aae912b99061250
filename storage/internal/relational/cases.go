package relational

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/personal"
)

// cases is a table of current rows with a version.
type cases[T any] struct {
	name string
	keys []string // the columns that make a row, after the tenant
	m    mapping
	own  bool   // something of a row is personal: it has the column of ciphertexts
	read string // the SELECT of rows, up to its conditions
	one  string // the condition that is true of the one row of a key
}

func newCases[T any](name string, keys ...string) *cases[T] {
	t := &cases[T]{name: name, keys: keys, m: mapOf[T](nil)}
	t.m.refer(name)
	var v T
	t.own = personal.Has(reflect.TypeFor[T]()) && personal.IsAboutSomebody(v)
	t.read = "SELECT " + quoted("", namesIn(t.columns())) + " FROM " + quote(name) + ` WHERE "tenant" = ? AND `
	for i, k := range keys {
		if i > 0 {
			t.one += " AND "
		}
		t.one += quote(k) + " = ?"
	}
	return t
}

// columns are all columns but the tenant's.
func (t *cases[T]) columns() []column {
	if !t.own {
		return t.m.columns
	}
	return append(slices.Clone(t.m.columns), sealedColumn)
}

// sealable is a row as it is sealed: the ciphertexts are those of this version of it.
func (t *cases[T]) sealable(row reflect.Value) sealable {
	field := t.name
	for _, k := range t.keys {
		at := slices.IndexFunc(t.m.columns, func(c column) bool { return c.name == k })
		field += "/" + row.FieldByIndex(t.m.columns[at].path).String()
	}
	return sealable{subject: personal.Subject(row.Interface()), field: field + "/" + strconv.FormatInt(row.FieldByName("Version").Int(), 10), v: row}
}

// put stores the next version of a case if the stored version is that of v, and otherwise answers [storage.ErrConflict].
func (t *cases[T]) put(ctx context.Context, c Conn, db *DB, v T) error {
	row := reflect.ValueOf(&v).Elem()
	version := row.FieldByName("Version")
	before := version.Int()
	version.SetInt(before + 1)
	var sealed []sealable
	if t.own {
		sealed = []sealable{t.sealable(row)}
		if err := db.seal(ctx, c, sealed); err != nil {
			return err
		}
	}
	args := t.m.args(nil, db.engine.Dialect(), row)
	for _, s := range sealed {
		args = append(args, orNull(s.blob, s.blob == nil))
	}
	names := namesIn(t.columns())
	if before == 0 {
		n, err := c.Exec(ctx, insert(t.name, 1, append([]string{"tenant"}, names...)...)+" ON CONFLICT DO NOTHING", append([]any{db.tenant}, args...)...)
		return conflictUnless(n == 1, err)
	}
	var sets []string
	var values, keys []any
	for i, name := range names {
		if slices.Contains(t.keys, name) {
			continue
		}
		sets = append(sets, quote(name)+" = ?")
		values = append(values, args[i])
	}
	where := []string{`"tenant" = ?`}
	keys = append(keys, db.tenant)
	for _, k := range t.keys {
		where = append(where, quote(k)+" = ?")
		keys = append(keys, args[slices.Index(t.m.names(), k)])
	}
	q := "UPDATE " + quote(t.name) + " SET " + strings.Join(sets, ", ") + " WHERE " + strings.Join(where, " AND ") + ` AND "version" = ?`
	n, err := c.Exec(ctx, q, slices.Concat(values, keys, []any{before})...)
	return conflictUnless(n == 1, err)
}

// key returns what makes a row, as far as it was read.
func (t *cases[T]) key(row reflect.Value) (out []string) {
	for i, c := range t.m.columns {
		if slices.Contains(t.keys, c.name) {
			out = append(out, fmt.Sprint(t.m.value[i](row.FieldByIndex(c.path))))
		}
	}
	return out
}

// get returns the one case of a key, or [storage.ErrNotFound].
func (t *cases[T]) get(ctx context.Context, c Conn, db *DB, key ...any) (T, error) {
	found, err := t.list(ctx, c, db, t.one, key...)
	if err == nil && len(found) == 0 {
		err = storage.ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return found[0], nil
}

// list returns the cases of which a condition holds, which may go on with an order and a limit.
func (t *cases[T]) list(ctx context.Context, c Conn, db *DB, where string, args ...any) (out []T, err error) {
	var blobs [][]byte
	err = c.Query(ctx, t.read+where, append([]any{db.tenant}, args...), func(scan func(...any) error) error {
		var v T
		var blob []byte
		row := reflect.ValueOf(&v).Elem()
		dest := t.m.cells(nil, row)
		if t.own {
			dest = append(dest, &blob)
		}
		if err := scan(dest...); err != nil {
			return at(t.name, err, t.key(row)...)
		}
		out, blobs = append(out, v), append(blobs, blob)
		return nil
	})
	if err != nil || !t.own {
		return out, err
	}
	var sealed []sealable
	for i, blob := range blobs {
		if blob != nil {
			s := t.sealable(reflect.ValueOf(&out[i]).Elem())
			s.blob = blob
			sealed = append(sealed, s)
		}
	}
	if err := db.open(ctx, c, sealed); err != nil {
		return nil, err
	}
	return out, nil
}

func conflictUnless(written bool, err error) error {
	if err == nil && !written {
		return storage.ErrConflict
	}
	return err
}

// quote makes a name of a table or column what no word of SQL can be mistaken for.
func quote(name string) string { return `"` + name + `"` }

// quoted lists columns, each behind the name of its table where there is one.
func quoted(table string, names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = table + quote(n)
	}
	return strings.Join(out, ", ")
}

// insert is the statement that adds a number of rows.
func insert(table string, rows int, names ...string) string {
	row := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", ") + ")"
	return "INSERT INTO " + quote(table) + " (" + quoted("", names) + ") VALUES " + strings.TrimSuffix(strings.Repeat(row+", ", rows), ", ")
}
