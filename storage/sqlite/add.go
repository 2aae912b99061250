package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/musterhr/hr/storage/internal/relational"
)

// together is how many rows are made before they are written.
const together = 250

// Add implements relational.Adder: by a prepared statement for some rows at a time. To bind a parameter costs about as much as to store its
// value, and most columns of most rows say nothing, so what says nothing in all of the rows stands in the statement.
func (t *transaction) Add(ctx context.Context, to relational.Target, replace bool, n int, row func(i int) []any) (there []int, err error) {
	there, err = t.add(ctx, to, replace, n, row)
	return there, fault(ctx, err)
}

func (t *transaction) add(ctx context.Context, to relational.Target, replace bool, n int, row func(i int) []any) (there []int, err error) {
	var insert *sql.Stmt
	defer func() {
		if insert != nil {
			err = errors.Join(err, insert.Close())
		}
	}()
	width := len(to.Columns)
	cells := make([]any, 0, min(n, together)*width)
	var args []any
	var before []string
	for from := 0; from < n; from += together {
		cells = cells[:0]
		words := make([]string, width)
		for i := from; i < min(n, from+together); i++ {
			for k, v := range row(i) {
				if w := nothing(v); i == from {
					words[k] = w
				} else if words[k] != w {
					words[k] = parameter
				}
				cells = append(cells, v)
			}
		}
		if !slices.Equal(words, before) {
			if insert != nil {
				if err := insert.Close(); err != nil {
					return nil, err
				}
			}
			if insert, err = t.tx.PrepareContext(ctx, to.Insert(dialect, replace, words...)); err != nil {
				return nil, err
			}
			before = words
		}
		for i := range len(cells) / width {
			args = args[:0]
			for k, v := range cells[i*width : (i+1)*width] {
				if words[k] == parameter {
					args = append(args, value(to.Kinds[k], v))
				}
			}
			result, err := insert.ExecContext(ctx, args...)
			if err != nil {
				return nil, err
			}
			written, err := result.RowsAffected()
			if err != nil {
				return nil, err
			}
			if written == 0 {
				there = append(there, from+i)
			}
		}
	}
	return there, nil
}

const parameter = "?"

// nothing is how SQL writes a value that says nothing: null, an empty text, list or object, zero or no. Of any other it is a parameter.
func nothing(v any) string {
	switch x := v.(type) {
	case nil:
		return "NULL"
	case string:
		switch x {
		case "", "[]", "{}", "null":
			return "'" + x + "'"
		}
	case int64:
		if x == 0 {
			return "0"
		}
	case bool:
		if !x {
			return "0"
		}
	}
	return parameter
}
