package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	driver "modernc.org/sqlite"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/relational"
)

// Codes of SQLite: https://sqlite.org/rescode.html. The lowest byte is the kind, the rest says more.
const (
	general    = 1
	busy       = 5
	locked     = 6
	constraint = 19
	primaryKey = constraint + 6<<8
	uniqueKey  = constraint + 8<<8
)

// refused is of what SQLite may fail that is no fault of ours.
var refused = map[int]error{
	3:      storage.ErrNotPermitted,
	23:     storage.ErrNotPermitted,
	busy:   storage.ErrUnavailable, // another process wrote for longer than Options.Wait
	locked: storage.ErrUnavailable,
	7:      storage.ErrFull, // no memory
	8:      storage.ErrReadOnly,
	10:     storage.ErrUnavailable, // the disk cannot be read or written
	11:     storage.ErrDamaged,
	13:     storage.ErrFull,
	14:     storage.ErrUnavailable, // no such folder, or it may not be opened
	18:     storage.ErrUnstorable,
	26:     storage.ErrDamaged, // no database
}

// fault gives an error in the words of package storage. What is of the context or the caller's to handle comes back as it is.
func fault(ctx context.Context, err error) error {
	var known *relational.Fault
	var said *driver.Error
	if err == nil || ctx.Err() != nil || errors.As(err, &known) || !errors.As(err, &said) {
		return err
	}
	kind, found := refused[said.Code()&0xff]
	if !found && said.Code()&0xff == constraint {
		kind, found = contradiction(said), true
	}
	if !found && said.Code() == general && missing(said.Error()) {
		kind, found = relational.ErrSchemaOther, true
	}
	if !found {
		return err
	}
	return &relational.Fault{Kind: kind, Code: fmt.Sprintf("SQLite %d", said.Code()), Cause: err}
}

// contradiction is the error of a row that does not meet a constraint: another has its key, or a [storage.ConstraintError]. SQLite names a check and not
// what a foreign key refers to.
func contradiction(said *driver.Error) error {
	if said.Code() == primaryKey || said.Code() == uniqueKey {
		return storage.ErrConflict
	}
	_, name, _ := strings.Cut(said.Error(), "CHECK constraint failed: ")
	name, _, _ = strings.Cut(name, " ") // the code follows
	return &storage.ConstraintError{Name: name}
}

// missing finds what has no code of its own.
func missing(text string) bool {
	for _, words := range []string{"no such table", "no such column", "has no column named", "ON CONFLICT clause does not match"} {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}
