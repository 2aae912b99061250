package relational

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/musterhr/hr/storage"
)

// cases is a table of current rows with a version.
type cases[T any] struct {
	name string
	keys []string // the columns that make a row, after the tenant
	m    mapping
}

func newCases[T any](name string, keys ...string) *cases[T] {
	return &cases[T]{name: name, keys: keys, m: mapOf[T](nil)}
}

// put stores the next version of a case if the stored version is that of v, and otherwise answers [storage.ErrConflict].
func (t *cases[T]) put(ctx context.Context, c Conn, db *DB, v T) error {
	row := reflect.ValueOf(&v).Elem()
	version := row.FieldByName("Version")
	before := version.Int()
	version.SetInt(before + 1)
	args := t.m.args(nil, db.engine.Dialect(), row)
	if before == 0 {
		n, err := c.Exec(ctx, insert(t.name, 1, append([]string{"tenant"}, t.m.names()...)...)+" ON CONFLICT DO NOTHING", append([]any{db.tenant}, args...)...)
		return conflictUnless(n == 1, err)
	}
	var sets []string
	var values, keys []any
	for i, name := range t.m.names() {
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
	var where []string
	for _, k := range t.keys {
		where = append(where, quote(k)+" = ?")
	}
	found, err := t.list(ctx, c, db, strings.Join(where, " AND "), key...)
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
	q := "SELECT " + quoted("", t.m.names()) + " FROM " + quote(t.name) + ` WHERE "tenant" = ? AND ` + where
	err = c.Query(ctx, q, append([]any{db.tenant}, args...), func(scan func(...any) error) error {
		var v T
		row := reflect.ValueOf(&v).Elem()
		if err := scan(t.m.cells(nil, row)...); err != nil {
			return at(t.name, err, t.key(row)...)
		}
		out = append(out, v)
		return nil
	})
	return out, err
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
