package relational

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// DB is the store of one tenant: every port of Muster over one database.
type DB struct {
	engine Engine
	tenant string
	cipher storage.Cipher // nil: nothing is sealed
	blind  bool           // what is sealed reads as if its key was destroyed, and nothing is written
	*tables
}

// Open returns the store of a tenant, which seals what is personal if there is a cipher. The tables must be there: see [Migrate].
func Open(engine Engine, tenant string, cipher storage.Cipher) *DB {
	return &DB{engine: engine, tenant: tenant, cipher: cipher, tables: newTables()}
}

// Blind returns the same store for who has no keys and is to have none: what is sealed reads as empty, as if it was erased, and nothing can be written.
func (db *DB) Blind() *DB {
	return &DB{engine: db.engine, tenant: db.tenant, blind: true, tables: db.tables}
}

// Tenant returns the store of another tenant over the same database. Units are shared: a unit may write for several tenants.
func (db *DB) Tenant(id string) *DB {
	return &DB{engine: db.engine, tenant: id, cipher: db.cipher, blind: db.blind, tables: db.tables}
}

// Seals implements [storage.SealedLog].
func (db *DB) Seals() bool { return db.cipher != nil }

// Kit returns a kit over db with a policy and a clock; a nil clock is time.Now, and a nil policy denies everything. Over a store that seals it needs a Secret, which the
// host sets.
func (db *DB) Kit(authorize hr.Policy, now func() time.Time) storage.Kit {
	return storage.Kit{Tx: db, Log: db, Know: db, Journal: db, Authorize: authorize, Now: now}
}

// unit is one unit of work, how many rows it has written, and whether an error has ended it.
type unit struct {
	tx   Tx
	rows int64
	dead error
}

type unitKey struct{ engine Engine }

var errNoUnit = errors.New("must be called inside a unit of work")

// attempts is how often a unit runs that fails only because of others.
const attempts = 24

// With returns a context in which calls belong to a transaction of the host, which the host itself commits or rolls back.
func (db *DB) With(ctx context.Context, tx Tx) context.Context {
	return context.WithValue(ctx, unitKey{db.engine}, &unit{tx: tx})
}

// InTx implements [storage.Transactor].
func (db *DB) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if u := db.unitOf(ctx); u != nil {
		if u.dead != nil {
			return u.dead
		}
		if err := fn(ctx); err != nil {
			u.end(err)
			return err
		}
		return u.dead
	}
	ctx, ended := storage.BeginUnit(ctx, db.engine.Dialect().Name)
	var told storage.UnitEnd
	defer func() { ended(told) }() // also when fn panics
	for n := 1; ; n++ {
		rows, err := db.once(ctx, fn)
		if err == nil {
			told.Committed, told.Rows = true, rows
			return nil
		}
		why := db.engine.Again(err)
		if told.GaveUp = why != "" && n == attempts; told.GaveUp || why == "" || ctx.Err() != nil {
			return err
		}
		told.Retries = append(told.Retries, why)
		pause := time.Duration(rand.Int64N(int64(time.Millisecond) << min(n, 8)))
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		}
	}
}

// once runs fn in a transaction of its own, and returns how many rows it wrote.
func (db *DB) once(ctx context.Context, fn func(ctx context.Context) error) (rows int64, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	tx, err := db.engine.Begin(ctx)
	if err != nil {
		return 0, err
	}
	u := &unit{tx: tx}
	committed := false
	defer func() { // also when fn panics
		if !committed {
			_ = tx.Rollback()
		}
	}()
	if err := fn(context.WithValue(ctx, unitKey{db.engine}, u)); err != nil {
		return 0, err
	}
	if u.dead != nil {
		return 0, u.dead
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if err := tx.Commit(ctx); err != nil {
		return 0, err
	}
	committed = true
	return u.rows, nil
}

func (db *DB) unitOf(ctx context.Context) *unit {
	u, _ := ctx.Value(unitKey{db.engine}).(*unit)
	return u
}

// end marks the unit dead after an error from which it may not go on.
func (u *unit) end(err error) error {
	if err != nil && !errors.Is(err, storage.ErrNotFound) && u.dead == nil {
		u.dead = err
	}
	return err
}

// read runs one reading call: inside the unit of ctx, or on what is committed.
func (db *DB) read(ctx context.Context, fn func(c Conn) error) error {
	u := db.unitOf(ctx)
	if u == nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		return fn(reader{db.engine.Reader(), db.engine.Dialect()})
	}
	return u.call(ctx, db.engine.Dialect(), func(w writer) error { return fn(w) })
}

// write runs one writing call: inside the unit of ctx, or as a unit of its own.
func (db *DB) write(ctx context.Context, fn func(c writer) error) error {
	if db.blind { // a row that was read without what is sealed of it would lose it
		return fmt.Errorf("relational: the store was opened without its keys: %w", storage.ErrReadOnly)
	}
	if u := db.unitOf(ctx); u != nil {
		return u.call(ctx, db.engine.Dialect(), fn)
	}
	return db.InTx(ctx, func(ctx context.Context) error { return db.unitOf(ctx).call(ctx, db.engine.Dialect(), fn) })
}

func (u *unit) call(ctx context.Context, d Dialect, fn func(c writer) error) error {
	if u.dead != nil {
		return u.dead
	}
	if err := ctx.Err(); err != nil {
		return u.end(err)
	}
	return u.end(fn(writer{reader{u.tx, d}, u}))
}

// writer is a transaction, to write in, and counts what is written.
type writer struct {
	reader
	unit *unit
}

func (w writer) Exec(ctx context.Context, q string, args ...any) (int64, error) {
	n, err := w.reader.Exec(ctx, q, args...)
	w.unit.rows += n
	return n, err
}

// Add implements [Adder].
func (w writer) Add(ctx context.Context, to Target, replace bool, n int, row func(i int) []any) (there []int, err error) {
	there, err = w.unit.tx.Add(ctx, to, replace, n, row)
	w.unit.rows += int64(n - len(there))
	return there, err
}

// reader writes the parameters of statements as the database wants them.
type reader struct {
	Conn
	d Dialect
}

func (r reader) Exec(ctx context.Context, q string, args ...any) (int64, error) {
	return r.Conn.Exec(ctx, r.d.Query(q), args...)
}

func (r reader) Query(ctx context.Context, q string, args []any, row func(scan func(dest ...any) error) error) error {
	return r.Conn.Query(ctx, r.d.Query(q), args, func(scan func(...any) error) error {
		return row(func(dest ...any) error {
			if err := scan(dest...); err != nil {
				return damaged(ctx, err)
			}
			return nil
		})
	})
}

// Joined returns the transaction of the unit of work that ctx belongs to, if it belongs to one of this database.
func Joined(ctx context.Context, db *DB) (Tx, bool) {
	u := db.unitOf(ctx)
	if u == nil || u.dead != nil {
		return nil, false
	}
	return u.tx, true
}
