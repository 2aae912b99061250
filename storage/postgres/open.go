package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/relational"
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

// What [DB.Migrate] and [DB.Check] answer, for errors.Is.
var (
	// ErrSchemaNewer: the tables were migrated by a later version of this package, and this one can no longer work with them. Nothing was changed.
	ErrSchemaNewer = relational.ErrSchemaNewer
	// ErrSchemaOlder: migrations are missing. Call [DB.Migrate].
	ErrSchemaOlder = relational.ErrSchemaOlder
	// ErrSchemaForeign: the tables were made by other migrations. Nothing was changed.
	ErrSchemaForeign = relational.ErrSchemaForeign
	// ErrSchemaContract: the next migration takes away what older programs need. Stop those, and call [DB.Contract].
	ErrSchemaContract = relational.ErrSchemaContract
	// ErrSchemaOther: a table or a column that this program needs is not there, or is another one. Call [DB.Check], which says why.
	ErrSchemaOther = relational.ErrSchemaOther
)

// Options are how a database is used. The zero Options are right for most.
type Options struct {
	Tenant    string         // the company whose store it is; may be empty where there is one
	Isolation pgx.TxIsoLevel // of units; empty is READ COMMITTED
	Statement time.Duration  // how long one statement of a unit may take; 0 is a minute
	Idle      time.Duration  // how long a unit may wait between two statements; 0 is a minute
	Cipher    storage.Cipher // seals what is held about people; nil: nothing is sealed. A database that was used without one is sealed by storage.SealAll
	Blind     bool           // without a cipher: what is sealed reads as empty, as if it was erased, and nothing is written; for who verifies and has no keys
}

// DB is the store of one tenant in a database. A store that [DB.Tenant] returned shares the pool and is closed with it.
type DB struct {
	*relational.DB
	engine *engine
	owned  bool // the pool is ours to close
}

// Open connects to a database by its DSN or URL. It changes nothing: see [DB.Migrate].
func Open(ctx context.Context, dsn string, options ...Options) (*DB, error) {
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return nil, fmt.Errorf("postgres: the connection string cannot be used: %w", hideDSN(err))
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("postgres: %w", fault(ctx, err))
	}
	db := New(pool, options...)
	db.owned = true
	return db, nil
}

// hideDSN leaves out what a connection string might show: errors of parsing quote it.
func hideDSN(err error) error {
	var parse *pgconn.ParseConfigError
	if errors.As(err, &parse) {
		return errors.New("it is not in the form of PostgreSQL: postgres://user@host/database, or key=value pairs")
	}
	return err
}

// New uses a pool of the host, which the host closes.
func New(pool *pgxpool.Pool, options ...Options) *DB {
	var o Options
	if len(options) > 0 {
		o = options[0]
	}
	limit := func(d time.Duration) string {
		if d <= 0 {
			d = time.Minute
		}
		return strconv.FormatInt(d.Milliseconds(), 10)
	}
	e := &engine{pool: pool, files: migrations(), options: pgx.TxOptions{
		IsoLevel: o.Isolation,
		BeginQuery: begin(o.Isolation) + "; SET LOCAL statement_timeout = " + limit(o.Statement) +
			"; SET LOCAL idle_in_transaction_session_timeout = " + limit(o.Idle),
	}}
	store := relational.Open(e, o.Tenant, o.Cipher)
	if o.Blind && o.Cipher == nil {
		store = store.Blind()
	}
	return &DB{DB: store, engine: e}
}

func begin(level pgx.TxIsoLevel) string {
	if level == "" {
		level = pgx.ReadCommitted
	}
	return "BEGIN ISOLATION LEVEL " + string(level)
}

// Tenant returns the store of another tenant in the same database.
func (db *DB) Tenant(id string) *DB { return &DB{DB: db.DB.Tenant(id), engine: db.engine} }

// Migrate brings the tables up to date. Several processes may call it at once: one does the work and the others wait. It returns
// ErrSchemaNewer or ErrSchemaForeign where the tables are not ours to change. Programs of the version before go on working; a last step that
// would stop them waits for [DB.Contract].
func (db *DB) Migrate(ctx context.Context) error { return db.migrate(ctx, false) }

// Contract is Migrate with the steps that take away what older programs need. Call it when none of them runs any more: those that do are refused
// with ErrSchemaNewer or ErrSchemaOther, and lose nothing that they had committed.
func (db *DB) Contract(ctx context.Context) error { return db.migrate(ctx, true) }

func (db *DB) migrate(ctx context.Context, contract bool) error {
	if err := relational.Migrate(ctx, db.engine, db.engine.files, time.Now(), contract); err != nil {
		return fmt.Errorf("postgres: %w", err)
	}
	return nil
}

// Check says whether this version can work with the tables: nil, or an error that says what to do.
func (db *DB) Check(ctx context.Context) error {
	return relational.Check(ctx, db.engine, db.engine.files)
}

// Close ends all connections, unless the pool is the host's. Units that are open fail.
func (db *DB) Close() {
	if db.owned {
		db.engine.pool.Close()
	}
}

// With returns a context in which calls belong to tx, a transaction of the host's in this database. The host commits it or rolls it back;
// after an error of any call other than storage.ErrNotFound it must roll back. The line in the audit of a command that was refused goes with it: once it has
// rolled back, and outside of it, the host gives the error to storage.RecordRefusal, which writes the line.
//
// Statement and Idle of [Options] are not set on it: what its transactions may take is the host's to say.
func (db *DB) With(ctx context.Context, tx pgx.Tx) context.Context {
	return db.DB.With(ctx, &transaction{conn{tx}, tx})
}

// engine is the database as package relational sees it.
type engine struct {
	pool    *pgxpool.Pool
	files   fs.FS // the migrations
	options pgx.TxOptions
}

func (e *engine) Dialect() relational.Dialect { return dialect }

func (e *engine) Reader() relational.Conn { return conn{e.pool} }

func (e *engine) Begin(ctx context.Context) (relational.Tx, error) {
	tx, err := e.pool.BeginTx(ctx, e.options)
	if err != nil {
		return nil, fault(ctx, err)
	}
	return &transaction{conn{tx}, tx}, nil
}

// Again is about failures to serialise and deadlocks.
func (e *engine) Again(err error) storage.RetryReason {
	var fault *pgconn.PgError
	if !errors.As(err, &fault) {
		return ""
	}
	switch fault.Code {
	case notSerialized:
		return storage.RetrySerialization
	case deadlock:
		return storage.RetryDeadlock
	}
	return ""
}

// Codes of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html.
const (
	uniqueViolation = "23505"
	notSerialized   = "40001"
	deadlock        = "40P01"
)

// runner is a transaction or a pool.
type runner interface {
	Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
}

type conn struct{ runner runner }

func (c conn) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	tag, err := c.runner.Exec(ctx, query, args...)
	return tag.RowsAffected(), fault(ctx, err)
}

func (c conn) Query(ctx context.Context, query string, args []any, row func(scan func(dest ...any) error) error) error {
	rows, err := c.runner.Query(ctx, query, args...)
	if err != nil {
		return fault(ctx, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return fault(ctx, rows.Err())
}

type transaction struct {
	conn
	tx pgx.Tx
}

// Add implements relational.Adder: by COPY and, where a key is there already or there are few rows, by a statement for each row. A savepoint keeps the
// transaction alive in between.
func (t *transaction) Add(ctx context.Context, to relational.Target, replace bool, n int, row func(i int) []any) (there []int, err error) {
	there, err = t.add(ctx, to, replace, n, row)
	return there, fault(ctx, err)
}

func (t *transaction) add(ctx context.Context, to relational.Target, replace bool, n int, row func(i int) []any) (there []int, err error) {
	if n <= few {
		return t.addEach(ctx, to, replace, n, row)
	}
	sub, err := t.tx.Begin(ctx)
	if err != nil {
		return nil, err
	}
	_, err = sub.Conn().PgConn().CopyFrom(ctx, &copied{kinds: to.Kinds, rows: n, row: row, types: sub.Conn().TypeMap()}, copyStatement(to))
	if err == nil {
		return nil, sub.Commit(ctx)
	}
	var fault *pgconn.PgError
	if !errors.As(err, &fault) || fault.Code != uniqueViolation {
		return nil, err
	}
	if err := sub.Rollback(ctx); err != nil {
		return nil, err
	}
	return t.addEach(ctx, to, replace, n, row)
}

// few is how many rows are added as fast by statements as by COPY, which takes four exchanges with the server.
const few = 16

// addEach adds rows by a statement each, sent together.
func (t *transaction) addEach(ctx context.Context, to relational.Target, replace bool, n int, row func(i int) []any) (there []int, err error) {
	if n == 0 {
		return nil, nil
	}
	var batch pgx.Batch
	statement := to.Insert(dialect, replace)
	for i := range n {
		values := slices.Clone(row(i))
		for k, v := range values {
			values[k] = value(to.Kinds[k], v)
		}
		batch.Queue(statement, values...)
	}
	results := t.tx.SendBatch(ctx, &batch)
	for i := range n {
		tag, err := results.Exec()
		if err != nil {
			return nil, errors.Join(err, results.Close())
		}
		if tag.RowsAffected() == 0 {
			there = append(there, i)
		}
	}
	return there, results.Close()
}

func (t *transaction) Commit(ctx context.Context) error { return fault(ctx, t.tx.Commit(ctx)) }

// Rollback does not heed the context of the unit, which may be over.
func (t *transaction) Rollback() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return t.tx.Rollback(ctx)
}
