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
	// ErrSchemaNewer: the file was migrated by a later version of this package, and this one can no longer work with it. Nothing was changed.
	ErrSchemaNewer = relational.ErrSchemaNewer
	// ErrSchemaOlder: migrations are missing, as of a file that was restored under a running program. Open it again.
	ErrSchemaOlder = relational.ErrSchemaOlder
	// ErrSchemaForeign: the file has tables that other migrations made. Nothing was changed.
	ErrSchemaForeign = relational.ErrSchemaForeign
	// ErrSchemaContract: the next migration takes away what older programs need. Stop those, and call [DB.Contract].
	ErrSchemaContract = relational.ErrSchemaContract
	// ErrSchemaOther: a table or a column that this program needs is not there, or is another one. Call [DB.Check], which says why.
	ErrSchemaOther = relational.ErrSchemaOther
	// ErrBusy: somebody else, another process or a transaction of the host's, kept the right to write for longer than Options.Wait. Nothing
	// was changed.
	ErrBusy = errors.New("somebody else kept the right to write")
)

// Options are how a file is opened. The zero Options are right for most.
type Options struct {
	Tenant  string         // the company whose store it is; may be empty where there is one
	Wait    time.Duration  // how long a unit waits for the right to write; 0 is ten seconds
	Readers int            // connections that read at once; 0 is four
	Cipher  storage.Cipher // seals what is held about people; nil: nothing is sealed. A file that was used without one is sealed by storage.SealAll
	Blind   bool           // without a cipher: what is sealed reads as empty, as if it was erased, and nothing is written; for who verifies and has no keys
}

// DB is the store of one tenant in a file. It has every port that the domains and package storage declare, so it stands wherever a service
// asks for one, and Kit(policy, clock) makes the storage.Kit of it; the list of methods is that of memory.DB. Close it at the end; a store
// that [DB.Tenant] returned is closed with it.
type DB struct {
	*relational.DB
	engine *engine
}

// Open opens a file, which is made if it is not there, and brings its tables up to date. It returns ErrSchemaNewer or ErrSchemaForeign
// where the file is not ours to change. Programs of the version before go on working; a last step that would stop them waits for [DB.Contract].
func Open(ctx context.Context, path string, options ...Options) (*DB, error) {
	return open(ctx, path, migrations(), options...)
}

func open(ctx context.Context, path string, files fs.FS, options ...Options) (*DB, error) {
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
	connect := func(wait time.Duration, more string, connections int) (*sql.DB, error) {
		pragmas := url.Values{"_pragma": {
			"busy_timeout(" + strconv.FormatInt(wait.Milliseconds(), 10) + ")", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)",
		}}
		if o.Cipher != nil { // a destroyed key is not left in a free page
			pragmas.Add("_pragma", "secure_delete(on)")
		}
		db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas.Encode() + more}).String())
		if err == nil {
			db.SetMaxOpenConns(connections)
			db.SetMaxIdleConns(connections)
		}
		return db, err
	}
	writer, err := connect(turn, "&_txlock=immediate", 1)
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", err)
	}
	e := &engine{writer: writer, files: files, wait: o.Wait}
	if err := relational.Migrate(ctx, e, files, time.Now(), false); err != nil {
		return nil, fmt.Errorf("sqlite: %w", errors.Join(err, writer.Close()))
	}
	reader, err := connect(o.Wait, "", o.Readers)
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", errors.Join(err, writer.Close()))
	}
	e.reader = &prepared{DB: reader, of: map[string]*sql.Stmt{}}
	store := relational.Open(e, o.Tenant, o.Cipher)
	if o.Blind && o.Cipher == nil {
		store = store.Blind()
	}
	return &DB{store, e}, nil
}

// Tenant returns the store of another tenant in the same file.
func (db *DB) Tenant(id string) *DB { return &DB{db.DB.Tenant(id), db.engine} }

// Check says whether this version can work with the tables: nil, or an error that says what to do.
func (db *DB) Check(ctx context.Context) error {
	return relational.Check(ctx, db.engine, db.engine.files)
}

// Contract does the migrations that take away what older programs need. Call it when none of them runs any more: those that do are refused with
// ErrSchemaNewer or ErrSchemaOther, and lose nothing that they had committed.
func (db *DB) Contract(ctx context.Context) error {
	if err := relational.Migrate(ctx, db.engine, db.engine.files, time.Now(), true); err != nil {
		return fmt.Errorf("sqlite: %w", err)
	}
	return nil
}

// Close ends all connections. Units that are open fail.
func (db *DB) Close() error { return errors.Join(db.engine.writer.Close(), db.engine.reader.Close()) }

// With returns a context in which calls belong to tx, a transaction of the host's on this file. The host commits it or rolls it back; after
// an error of any call other than storage.ErrNotFound it must roll back. DB.InTx with this context says so: it joins the transaction, and
// returns such an error also where its function has gone on. So a host whose own tables lie beside has one unit of work for both with
//
//	tx, err := own.BeginTx(ctx, nil)
//	if err != nil {
//		return err
//	}
//	defer tx.Rollback()
//	if err := db.InTx(db.With(ctx, tx), fn); err != nil {
//		return err
//	}
//	return tx.Commit()
//
// and gives Muster that as the Tx of its storage.Kit; examples/sqlhost is such a host. Open the file for it with _txlock=immediate, or a
// transaction may fail when it first writes, with a busy_timeout, or it waits for nobody, and with foreign_keys(on), or rows may refer to nothing.
//
// A command that is refused inside a transaction of the host's is rolled back with it, and so is the refusal's line in the audit: once it has
// rolled back, and outside of it, the host gives the error to storage.RecordRefusal, which writes the line.
func (db *DB) With(ctx context.Context, tx *sql.Tx) context.Context {
	return db.DB.With(ctx, newTransaction(tx))
}

// engine is the file as [relational] sees it.
type engine struct {
	files  fs.FS   // the migrations
	writer *sql.DB // one connection
	reader *prepared
	wait   time.Duration
}

// turn is for how long the driver waits for the right to write at a time: it does not notice that a context ends.
const turn = 50 * time.Millisecond

func (e *engine) Dialect() relational.Dialect { return dialect }

func (e *engine) Reader() relational.Conn { return conn{e.reader} }

func (e *engine) Begin(ctx context.Context) (relational.Tx, error) {
	for end := time.Now().Add(e.wait); ; {
		tx, err := e.writer.BeginTx(ctx, nil)
		switch {
		case err == nil:
			return newTransaction(tx), nil
		case ctx.Err() != nil:
			return nil, errors.Join(ctx.Err(), err)
		case e.Again(err) == "":
			return nil, fault(ctx, err)
		case time.Now().After(end):
			return nil, fmt.Errorf("sqlite: %w: %w", ErrBusy, storage.ErrUnavailable) // not to be run again: it has waited as long as it may
		}
	}
}

// Again is about another process that writes to the same file: within one, units wait for each other.
func (e *engine) Again(err error) storage.RetryReason {
	var fault *driver.Error
	if !errors.As(err, &fault) {
		return ""
	}
	if code := fault.Code() & 0xff; code == busy || code == locked {
		return storage.RetryBusy
	}
	return ""
}

// runner is a transaction or a pool.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

type conn struct{ runner }

func (c conn) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := c.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fault(ctx, err)
	}
	return result.RowsAffected()
}

func (c conn) Query(ctx context.Context, query string, args []any, row func(scan func(dest ...any) error) error) error {
	rows, err := c.QueryContext(ctx, query, args...)
	if err != nil {
		return fault(ctx, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return fault(ctx, rows.Err())
}

type transaction struct {
	conn
	tx *sql.Tx
}

func newTransaction(tx *sql.Tx) *transaction {
	return &transaction{conn{&repeated{Tx: tx, of: map[string]*sql.Stmt{}}}, tx}
}

func (t *transaction) Commit(ctx context.Context) error { return fault(ctx, t.tx.Commit()) }

func (t *transaction) Rollback() error { return t.tx.Rollback() }
