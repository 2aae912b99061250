package memory

import (
	"context"
	"errors"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/schedule"
)

// DB keeps everything in maps, for one tenant. The zero DB is not usable; call [New]. It is safe for concurrent use: units of
// work run one after the other, and a call outside a unit waits for the one that runs, or for the end of its context.
type DB struct {
	turn chan struct{} // holds one token: whoever has it may touch the maps

	commands  table[hr.CommandID, storage.CommandRow]
	knowledge bag[hr.EmployeeID, storage.Taken]
	journal   journalTables
	marks     table[string, schedule.Mark]
	graves    table[grave, hr.Date]

	payroll     payrollTables
	lifecycle   lifecycleTables
	leave       leaveTables
	recruitment recruitmentTables
	attendance  attendanceTables
}

// New returns an empty database.
func New() *DB {
	db := &DB{turn: make(chan struct{}, 1)}
	db.turn <- struct{}{}
	return db
}

// Kit returns a kit over db with a policy and a clock; a nil clock is time.Now.
func (db *DB) Kit(authorize hr.Policy, now func() time.Time) storage.Kit {
	return storage.Kit{Tx: db, Log: db, Know: db, Journal: db, Authorize: authorize, Now: now}
}

var errNoUnit = errors.New("memory: must be called inside a unit of work")

// unit is one unit of work: how to undo it, and whether an error has ended it.
type unit struct {
	db   *DB
	undo []func()
	dead error
}

type unitKey struct{ db *DB }

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
	ctx, ended := storage.BeginUnit(ctx, "memory")
	var told storage.UnitEnd
	defer func() { ended(told) }() // also when fn panics
	rows, err := db.once(ctx, func(u *unit) error { return fn(context.WithValue(ctx, unitKey{db}, u)) })
	told.Committed, told.Rows = err == nil, rows
	return err
}

// once runs fn in a unit of its own, and returns how many values it wrote.
func (db *DB) once(ctx context.Context, fn func(u *unit) error) (rows int64, err error) {
	if err := db.take(ctx); err != nil {
		return 0, err
	}
	u := &unit{db: db}
	committed := false
	defer func() { // also when fn panics
		if !committed {
			for i := len(u.undo) - 1; i >= 0; i-- {
				u.undo[i]()
			}
		}
		db.turn <- struct{}{}
	}()
	if err := fn(u); err != nil {
		return 0, err
	}
	if u.dead != nil {
		return 0, u.dead
	}
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	committed = true
	return int64(len(u.undo)), nil
}

func (db *DB) take(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-db.turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (db *DB) unitOf(ctx context.Context) *unit {
	u, _ := ctx.Value(unitKey{db}).(*unit)
	return u
}

// in runs one store call: inside the unit of ctx, or as a unit of its own. Every port method is one call of it.
func (db *DB) in(ctx context.Context, fn func(u *unit) error) error {
	u := db.unitOf(ctx)
	if u == nil {
		_, err := db.once(ctx, fn)
		return err
	}
	if u.dead != nil {
		return u.dead
	}
	if err := ctx.Err(); err != nil {
		return u.end(err)
	}
	return u.end(fn(u))
}

// end marks the unit dead after an error from which it may not go on.
func (u *unit) end(err error) error {
	if err != nil && !errors.Is(err, storage.ErrNotFound) && u.dead == nil {
		u.dead = err
	}
	return err
}
