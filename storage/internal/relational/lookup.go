package relational

import "strings"

// A page of pins, or of ids, is looked up one by one in the index of a table. That is what both databases are made to do: left to themselves they may
// read everything that the tenant has and sort out what was asked for, so that reading all of it, a page at a time, grows with the square of the
// rows. PostgreSQL does so until it has statistics of a new table: of 10,000 postings it read all 10,000 for a page of 1,000 (EXPLAIN ANALYZE).

// given is the beginning of a statement that knows rows, by a name: WITH name(columns) AS (...). Args are their values, row by row: int64 for a bigint,
// string for a text. It returns the arguments of the statement.
func (d Dialect) given(name string, columns, types []string, args []any) (with string, out []any) {
	with = "WITH " + name + "(" + strings.Join(columns, ", ") + ") AS "
	n := len(args) / len(types)
	if !d.Arrays {
		return with + "(VALUES " + rows(n, types...) + ")", args
	}
	for k, t := range types { // one text for any number of rows, which is then understood once
		if t == "bigint" {
			out = append(out, columnOf[int64](args, k, len(types)))
		} else {
			out = append(out, columnOf[string](args, k, len(types)))
		}
	}
	return with + "(SELECT * FROM unnest(CAST(? AS " + strings.Join(types, "[]), CAST(? AS ") + "[])))", out
}

// columnOf is one column of values that come row by row.
func columnOf[T any](args []any, k, width int) []T {
	out := make([]T, 0, len(args)/width)
	for ; k < len(args); k += width {
		out = append(out, args[k].(T))
	}
	return out
}

// each is the part of a statement behind FROM that has the rows f of a table which meet a condition, for each of the rows that are given.
func (d Dialect) each(given, table, condition string) string {
	if !d.Arrays {
		return given + " CROSS JOIN " + quote(table) + " AS f WHERE " + condition // which SQLite does in this order
	}
	return given + " CROSS JOIN LATERAL (SELECT * FROM " + quote(table) + " AS f WHERE " + condition + " OFFSET 0) AS f"
}
