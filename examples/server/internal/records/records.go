// Package records keeps what the server itself has to remember and Muster does not: accounts, sessions, tokens, webhooks, and an index of the
// cases that wait for somebody. It is a file beside the company's in SQLite, or tables of their own in the same Postgres database.
package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"

	_ "github.com/jackc/pgx/v5/stdlib" // registers itself as "pgx"
	_ "modernc.org/sqlite"             // registers itself as "sqlite"
)

// DB are the records. It is safe for concurrent use.
type DB struct {
	read, write *sql.DB
	numbered    bool // parameters are $1, $2, not ?

	mu       sync.RWMutex
	prepared map[string]*sql.Stmt // the questions that were asked once: to understand one takes SQLite longer than to answer it
}

// OpenFile opens a SQLite file, which is made if it is not there.
func OpenFile(ctx context.Context, path string) (*DB, error) {
	pragmas := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "synchronous(normal)", "foreign_keys(on)"}}
	name := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas.Encode()}).String()
	write, err := sql.Open("sqlite", name+"&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("records: %w", err)
	}
	write.SetMaxOpenConns(1) // SQLite has one writer
	read, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, fmt.Errorf("records: %w", errors.Join(err, write.Close()))
	}
	read.SetMaxOpenConns(8)
	read.SetMaxIdleConns(8)
	return ready(ctx, &DB{read: read, write: write})
}

// OpenPostgres opens the tables in a Postgres database.
func OpenPostgres(ctx context.Context, dsn string) (*DB, error) {
	pool, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, errors.New("records: the DSN is not understood") // it holds a password, so nothing of it is repeated
	}
	pool.SetMaxOpenConns(16)
	return ready(ctx, &DB{read: pool, write: pool, numbered: true})
}

func ready(ctx context.Context, db *DB) (*DB, error) {
	for _, statement := range tables {
		if db.numbered {
			statement = strings.ReplaceAll(statement, " blob", " bytea")
		}
		if _, err := db.write.ExecContext(ctx, statement); err != nil {
			return nil, fmt.Errorf("records: %w", errors.Join(err, db.Close()))
		}
	}
	return db, nil
}

// Close ends all connections.
func (db *DB) Close() error {
	if db.read == db.write {
		return db.read.Close()
	}
	return errors.Join(db.read.Close(), db.write.Close())
}

// Ping reports whether the records can be read.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// Exec runs a statement and returns how many rows it touched.
func (db *DB) Exec(ctx context.Context, statement string, args ...any) (int64, error) {
	result, err := db.write.ExecContext(ctx, db.bind(statement), args...)
	if err != nil {
		return 0, fmt.Errorf("records: %w", err)
	}
	return result.RowsAffected()
}

// prepare returns a question as a statement. The questions are those written in this program, so all are kept.
func (db *DB) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	db.mu.RLock()
	s := db.prepared[query]
	db.mu.RUnlock()
	if s != nil {
		return s, nil
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if s = db.prepared[query]; s != nil {
		return s, nil
	}
	s, err := db.read.PrepareContext(ctx, db.bind(query))
	if err != nil {
		return nil, fmt.Errorf("records: %w", err)
	}
	if db.prepared == nil {
		db.prepared = map[string]*sql.Stmt{}
	}
	db.prepared[query] = s
	return s, nil
}

// Query calls row for each row of a query.
func (db *DB) Query(ctx context.Context, query string, args []any, row func(scan func(dest ...any) error) error) (err error) {
	asked, err := db.prepare(ctx, query)
	if err != nil {
		return err
	}
	rows, err := asked.QueryContext(ctx, args...)
	if err != nil {
		return fmt.Errorf("records: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// One reads one row into dest, and reports whether there is one.
func (db *DB) One(ctx context.Context, query string, args []any, dest ...any) (found bool, err error) {
	asked, err := db.prepare(ctx, query)
	if err != nil {
		return false, err
	}
	err = asked.QueryRowContext(ctx, args...).Scan(dest...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("records: %w", err)
	}
	return true, nil
}

// Change reads one row and writes in one transaction, so that nobody comes between.
func (db *DB) Change(ctx context.Context, fn func(tx Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("records: %w", err)
	}
	if err := fn(Tx{db, tx}); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// Tx is a transaction of [DB.Change].
type Tx struct {
	db *DB
	tx *sql.Tx
}

// Exec is that of [DB.Exec].
func (t Tx) Exec(ctx context.Context, statement string, args ...any) (int64, error) {
	result, err := t.tx.ExecContext(ctx, t.db.bind(statement), args...)
	if err != nil {
		return 0, fmt.Errorf("records: %w", err)
	}
	return result.RowsAffected()
}

// One is that of [DB.One]. In Postgres a query ends in FOR UPDATE to hold its row; SQLite has one writer anyway.
func (t Tx) One(ctx context.Context, query string, args []any, dest ...any) (bool, error) {
	if t.db.numbered {
		query += " FOR UPDATE"
	}
	err := t.tx.QueryRowContext(ctx, t.db.bind(query), args...).Scan(dest...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("records: %w", err)
	}
	return true, nil
}

// bind numbers the parameters where the database wants that. No statement of ours has a question mark in a text.
func (db *DB) bind(query string) string {
	if !db.numbered {
		return query
	}
	var b strings.Builder
	n := 0
	for _, c := range query {
		if c == '?' {
			n++
			b.WriteString("$" + strconv.Itoa(n))
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Setting returns what is kept under a name; empty: nothing.
func (db *DB) Setting(ctx context.Context, name string) (value string, err error) {
	_, err = db.One(ctx, "SELECT value FROM srv_setting WHERE name = ?", []any{name}, &value)
	return value, err
}

// Set keeps a value under a name.
func (db *DB) Set(ctx context.Context, name, value string) error {
	_, err := db.Exec(ctx, "INSERT INTO srv_setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
	return err
}
