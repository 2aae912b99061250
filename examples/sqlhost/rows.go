package main

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/musterhr/hr/storage"
)

type column struct {
	name  string
	value any
}

// put writes a case, the first column of which is its key, if the version that is stored is was: 0 where there is no row yet.
func (h *Host) put(ctx context.Context, was storage.Version, table string, columns []column) error {
	var names, marks []string
	var values []any
	for _, c := range columns {
		names, marks, values = append(names, c.name), append(marks, "?"), append(values, c.value)
	}
	query := `INSERT INTO ` + table + ` (` + strings.Join(names, ", ") + `) VALUES (` + strings.Join(marks, ", ") + `) ON CONFLICT DO NOTHING`
	if was > 0 {
		query = `UPDATE ` + table + ` SET (` + strings.Join(names, ", ") + `) = (` + strings.Join(marks, ", ") + `) WHERE ` + names[0] + ` = ?1 AND version = ?`
		values = append(values, was)
	}
	result, err := h.on(ctx).ExecContext(ctx, query, values...)
	if err != nil {
		return err
	}
	written, err := result.RowsAffected()
	if err == nil && written == 0 {
		err = storage.ErrConflict
	}
	return err
}

// list returns what read makes of each row of a query.
func list[T any](ctx context.Context, h *Host, query string, read func(scan func(into ...any) error) (T, error), args ...any) (out []T, err error) {
	rows, err := h.on(ctx).QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		v, err := read(rows.Scan)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one returns the only row of a list, or that there is none.
func one[T any](rows []T, err error) (v T, _ error) {
	if err != nil {
		return v, err
	}
	if len(rows) == 0 {
		return v, storage.ErrNotFound
	}
	return rows[0], nil
}

// document is a column of JSON: of the value in it, or read into the pointer in it.
type document struct{ of any }

// Value implements driver.Valuer.
func (d document) Value() (driver.Value, error) {
	b, err := json.Marshal(d.of)
	return string(b), err
}

// Scan implements sql.Scanner.
func (d document) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("%T is no JSON text", src)
	}
	return json.Unmarshal([]byte(text), d.of)
}
