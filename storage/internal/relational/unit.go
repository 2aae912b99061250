package relational

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/musterhr/hr/storage"
)

// DB is the store of one tenant: every port of Muster over one database.
type DB struct {
	engine Engine
	tenant string
	cipher storage.Cipher // nil: nothing is sealed
	*tables
}

// Open returns the store of a tenant, which seals what is personal if there is a cipher. The tables must be there: see [Migrate].
func Open(engine Engine, tenant string, cipher storage.Cipher) *DB {
	return &DB{engine: engine, tenant: tenant, cipher: cipher, tables: newTables()}
}

// Tenant returns the store of another tenant over the same database. Units are shared: a unit may write for several tenants.
func (db *DB) Tenant(id string) *DB {
	return &DB{engine: db.engine, tenant: id, cipher: db.cipher, tables: db.tables}
}

// unit is one unit of work, and whether an error has ended it.
type unit struct {
	tx   Tx
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
	for n := 1; ; n++ {
		err := db.once(ctx, fn)
		if err == nil || n == attempts || !db.engine.Again(err) || ctx.Err() != nil {
			return err
		}
		pause := time.Duration(rand.Int64N(int64(time.Millisecond) << min(n, 8)))
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		}
	}
}

// once runs fn in a transaction of its own.
func (db *DB) once(ctx context.Context, fn func(ctx context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := db.engine.Begin(ctx)
	if err != nil {
		return err
	}
	u := &unit{tx: tx}
	committed := false
	defer func() { // also when fn panics
		if !committed {
			_ = tx.Rollback()
		}
	}()
	if err := fn(context.WithValue(ctx, unitKey{db.engine}, u)); err != nil {
		return err
	}
	if u.dead != nil {
		return u.dead
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	committed = true
	return nil
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
	return u.end(fn(writer{reader{u.tx, d}, u.tx}))
}

// writer is a transaction, to write in.
type writer struct {
	reader
	Adder
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
	return r.Conn.Query(ctx, r.d.Query(q), args, row)
}
