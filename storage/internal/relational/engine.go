package relational

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/musterhr/hr/storage"
)

// Conn runs statements. Parameters are written "?" in the order of use, and no statement has a "?" of another meaning.
type Conn interface {
	// Exec runs a statement and returns how many rows it wrote.
	Exec(ctx context.Context, query string, args ...any) (int64, error)
	// Query runs a statement and calls row for each row of its answer, with a function that reads it.
	Query(ctx context.Context, query string, args []any, row func(scan func(dest ...any) error) error) error
}

// Adder adds many rows at once.
type Adder interface {
	// Add adds n rows, which row makes one after the other, in a list that it may use again for the next. Their values are string, int64, bool,
	// decimal.Decimal, hr.Date, time.Time, []int64 or []byte, by the kind of the column, or nil: Add writes them as its database takes them. A row whose
	// key is there already takes the place of what is there with replace, and otherwise is not added: the numbers of those are returned, in
	// order. Of two rows of one key the first is there for the second.
	Add(ctx context.Context, to Target, replace bool, n int, row func(i int) []any) (there []int, err error)
}

// Target says where rows go. The tenant is the first column and the first of the key.
type Target struct {
	Table   string
	Columns []string
	Kinds   []Kind // of the columns
	Key     []string
}

// target describes the table to which rows of these columns go, behind that of the tenant.
func target(table string, columns []column, key ...string) Target {
	t := Target{Table: table, Columns: []string{"tenant"}, Kinds: []Kind{Text}, Key: append([]string{"tenant"}, key...)}
	for _, c := range columns {
		t.Columns, t.Kinds = append(t.Columns, c.name), append(t.Kinds, c.kind.stored())
	}
	return t
}

// Insert is the statement that adds one row, or does what is asked with one whose key is there. Values are parameters, or what a database
// writes for them.
func (t Target) Insert(d Dialect, replace bool, values ...string) string {
	if len(values) == 0 {
		values = slices.Repeat([]string{"?"}, len(t.Columns))
	}
	q := "INSERT INTO " + quote(t.Table) + " (" + quoted("", t.Columns) + ") VALUES (" + strings.Join(values, ", ") + ") ON CONFLICT (" + quoted("", t.Key) + ") DO "
	if !replace {
		return d.Query(q + "NOTHING")
	}
	var sets []string
	for _, name := range t.Columns {
		if !slices.Contains(t.Key, name) {
			sets = append(sets, quote(name)+" = excluded."+quote(name))
		}
	}
	return d.Query(q + "UPDATE SET " + strings.Join(sets, ", "))
}

// Tx is a transaction.
type Tx interface {
	Conn
	Adder
	Commit(ctx context.Context) error
	Rollback() error
}

// Engine is a database of one kind.
type Engine interface {
	Dialect() Dialect
	// Begin starts a transaction that may write.
	Begin(ctx context.Context) (Tx, error)
	// Reader returns what reads outside of a unit: committed rows only.
	Reader() Conn
	// Again says why a transaction failed because of another one, so that the whole of it may run again; empty: it did not.
	Again(err error) storage.RetryReason
}

// Dialect is how a database differs from another.
type Dialect struct {
	Name          string                  // "postgres"
	Types         Types                   // the column type of each kind
	Numbered      bool                    // parameters are written $1, $2
	Arrays        bool                    // keys are given as arrays, and looked up by LATERAL: see lookup.go
	Batch         int                     // how many rows, or keys, one statement is given
	Value         func(k Kind, v any) any // how a value that is not nil is given to the driver
	MigrationLock string                  // a SELECT that waits for other migrations until the transaction ends; empty where transactions do anyway
	Tables        string                  // a SELECT of the names of the tables and views that there are
	Position      string                  // the type of a column that numbers rows as they come
	List          func(p *[]int64) any    // what reads a list of integers into p; nil where the column is null
	Whole         string                  // the condition that the list of integers ? has nothing else in it
	Lines         string                  // the SELECT of the view of payslip lines
}

// Query writes a statement's parameters as the database wants them.
func (d Dialect) Query(q string) string {
	if !d.Numbered {
		return q
	}
	var b strings.Builder
	n := 0
	for {
		before, after, found := strings.Cut(q, "?")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		n++
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
		q = after
	}
}

// Types has the column type of each kind.
type Types [kinds]string
