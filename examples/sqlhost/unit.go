package main

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"net/url"

	"github.com/musterhr/hr/storage/sqlite"
)

//go:embed schema.sql
var schema string

// Host is the host's database: its own tables, and Muster's in the same file. It keeps lifecycle.Employments and leave.Requests in its own,
// and takes every other port from muster.
type Host struct {
	db     *sql.DB
	muster *sqlite.DB
}

// Open opens the file and makes the tables that are missing, the host's and Muster's.
func Open(ctx context.Context, path string) (*Host, error) {
	muster, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	// The same settings that Muster opens the file with: every transaction asks for the right to write at once, and waits for it.
	options := url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)"},
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+options.Encode())
	if err != nil {
		return nil, errors.Join(err, muster.Close())
	}
	h := &Host{db, muster}
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// Close closes the file.
func (h *Host) Close() error { return errors.Join(h.db.Close(), h.muster.Close()) }

type unitKey struct{}

// InTx implements storage.Transactor: one transaction for the host's tables and Muster's. What it is called with inside of another belongs to that one.
func (h *Host) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if _, inside := ctx.Value(unitKey{}).(*sql.Tx); inside {
		return h.muster.InTx(ctx, fn)
	}
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	ctx = h.muster.With(context.WithValue(ctx, unitKey{}, tx), tx)
	if err := h.muster.InTx(ctx, fn); err != nil { // fails also where fn has swallowed an error of Muster's
		return err
	}
	return tx.Commit()
}

// runner is what statements run on: the transaction of ctx, or what is committed.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func (h *Host) on(ctx context.Context) runner {
	if tx, inside := ctx.Value(unitKey{}).(*sql.Tx); inside {
		return tx
	}
	return h.db
}
