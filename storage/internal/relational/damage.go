package relational

import (
	"context"
	"errors"
	"strings"

	"github.com/musterhr/hr/storage"
)

// damaged is what comes of an error of reading a row: a [storage.DamagedError] without the driver's words, which quote the value. A row is not to be
// blamed for a context that is over.
func damaged(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var known *storage.DamagedError
	if errors.As(err, &known) {
		return known
	}
	return &storage.DamagedError{}
}

// at says in which row of which table a damage is.
func at(table string, err error, key ...string) error {
	var d *storage.DamagedError
	if errors.As(err, &d) && d.Table == "" {
		d.Table, d.Row = table, strings.Join(key, "/")
	}
	return err
}

// Fault is an error of a database in the words of package storage, and has no other words than those and a code.
type Fault struct {
	Kind  error // storage.ErrFull and its like
	Code  string
	Cause error
}

// Error gives the kind and the code.
func (f *Fault) Error() string { return f.Kind.Error() + " (" + f.Code + ")" }

// Unwrap returns the kind and the cause.
func (f *Fault) Unwrap() []error { return []error{f.Kind, f.Cause} }
