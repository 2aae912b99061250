package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strconv"
	"time"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/relational"
	driver "modernc.org/sqlite" // which also registers itself as "sqlite"
)

//go:embed migrations/*.sql
var embedded embed.FS

func migrations() fs.FS {
	files, err := fs.Sub(embedded, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return files
}

// What [Open] and [DB.Check] answer, for errors.Is.
var (
	// ErrSchemaNewer: the file was written by a later version of this package. Nothing was changed.
	ErrSchemaNewer = relational.ErrSchemaNewer
	// ErrSchemaForeign: the file has tables that other migrations made. Nothing was changed.
	ErrSchemaForeign = relational.ErrSchemaForeign
)

// Options are how a file is opened. The zero Options are right for most.
type Options struct {
	Tenant  string         // the company whose store it is; may be empty where there is one
	Wait    time.Duration  // how long a unit waits for the right to write; 0 is ten seconds
	Readers int            // connections that read at once; 0 is four
	Cipher  storage.Cipher // seals what is held about people; nil: nothing is sealed. A file has one or has none, from its first row on
}

// DB is the store of one tenant in a file. Close it at the end; a store that [DB.Tenant] returned is closed with it.
type DB struct {
	*relational.DB
	engine *engine
}

// Open opens a file, which is made if it is not there, and brings its tables up to date. It returns ErrSchemaNewer or ErrSchemaForeign
// where the file is not ours to change.
func Open(ctx context.Context, path string, options ...Options) (*DB, error) {
	var o Options
	if len(options) > 0 {
		o = options[0]
	}
	if o.Wait <= 0 {
		o.Wait = 10 * time.Second
	}
	if o.Readers <= 0 {
		o.Readers = 4
	}
	pragmas := url.Values{"_pragma": {
		"busy_timeout(" + strconv.FormatInt(o.Wait.Milliseconds(), 10) + ")", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)",
	}}
	if o.Cipher != nil { // a destroyed key is not left in a free page
		pragmas.Add("_pragma", "secure_delete(on)")
	}
	open := func(more string, connections int) (*sql.DB, error) {
		db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas.Encode() + more}).String())
		if err == nil {
			db.SetMaxOpenConns(connections)
			db.SetMaxIdleConns(connections)
		}
		return db, err
	}
	writer, err := open("&_txlock=immediate", 1)
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	e := &engine{writer: writer}
	if err := relational.Migrate(ctx, e, migrations(), time.Now()); err != nil {
		return nil, fmt.Errorf("sqlite: %w", errors.Join(err, writer.Close()))
	}
	if e.reader, err = open("", o.Readers); err != nil {
		return nil, fmt.Errorf("sqlite: %w", errors.Join(err, writer.Close()))
	}
	return &DB{relational.Open(e, o.Tenant, o.Cipher), e}, nil
}

// Tenant returns the store of another tenant in the same file.
func (db *DB) Tenant(id string) *DB { return &DB{db.DB.Tenant(id), db.engine} }

// Check says whether the tables are those of this version: nil or an error that says what to do.
func (db *DB) Check(ctx context.Context) error { return relational.Check(ctx, db.engine, migrations()) }

// Close ends all connections. Units that are open fail.
func (db *DB) Close() error { return errors.Join(db.engine.writer.Close(), db.engine.reader.Close()) }

// With returns a context in which calls belong to tx, a transaction of the host's on this file. The host commits it or rolls it back; after
// an error of any call other than storage.ErrNotFound it must roll back. Begin it as an immediate transaction, or it may fail when it first writes.
func (db *DB) With(ctx context.Context, tx *sql.Tx) context.Context {
	return db.DB.With(ctx, &transaction{conn{tx}, tx})
}

// engine is the file as [relational] sees it.
type engine struct {
	writer *sql.DB // one connection
	reader *sql.DB
}

func (e *engine) Dialect() relational.Dialect { return dialect }

func (e *engine) Reader() relational.Conn { return conn{e.reader} }

func (e *engine) Begin(ctx context.Context) (relational.Tx, error) {
	tx, err := e.writer.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &transaction{conn{tx}, tx}, nil
}

// Again is about another process that writes to the same file: within one, units wait for each other.
func (e *engine) Again(err error) bool {
	var fault *driver.Error
	if !errors.As(err, &fault) {
		return false
	}
	code := fault.Code() & 0xff
	return code == busy || code == locked
}

// Codes of SQLite: https://sqlite.org/rescode.html. The lowest byte is the kind, the rest says more.
const (
	busy   = 5
	locked = 6
)

// runner is a transaction or a pool.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

type conn struct{ runner }

func (c conn) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := c.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (c conn) Query(ctx context.Context, query string, args []any, row func(scan func(dest ...any) error) error) error {
	rows, err := c.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

type transaction struct {
	conn
	tx *sql.Tx
}

// Add implements relational.Adder: one prepared statement for all rows.
func (t *transaction) Add(ctx context.Context, to relational.Target, replace bool, n int, row func(i int) []any) (there []int, err error) {
	if n == 0 {
		return nil, nil
	}
	insert, err := t.tx.PrepareContext(ctx, to.Insert(dialect, replace))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, insert.Close()) }()
	for i := range n {
		result, err := insert.ExecContext(ctx, row(i)...)
		if err != nil {
			return nil, err
		}
		written, err := result.RowsAffected()
		if err != nil {
			return nil, err
		}
		if written == 0 {
			there = append(there, i)
		}
	}
	return there, nil
}

func (t *transaction) Commit(context.Context) error { return t.tx.Commit() }

func (t *transaction) Rollback() error { return t.tx.Rollback() }
