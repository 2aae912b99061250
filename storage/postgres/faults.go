package postgres

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/relational"
)

// refused is of what the server may fail that is no fault of ours: https://www.postgresql.org/docs/current/errcodes-appendix.html.
var refused = map[string]error{
	"53100": storage.ErrFull,         // disk full
	"53200": storage.ErrFull,         // out of memory
	"53400": storage.ErrFull,         // a limit that was configured
	"25006": storage.ErrReadOnly,     // a transaction that can only read: a standby, or a setting
	"42501": storage.ErrNotPermitted, // a right is missing
	"42P01": relational.ErrSchemaOther,
	"42703": relational.ErrSchemaOther,
	"42P10": relational.ErrSchemaOther, // no unique key for ON CONFLICT
	"42804": relational.ErrSchemaOther, // a column of another type
	"22P03": relational.ErrSchemaOther, // likewise, found by COPY
	"57014": storage.ErrUnavailable,    // a statement took longer than it may
	"25P03": storage.ErrUnavailable,    // a transaction waited longer than it may
	"55P03": storage.ErrUnavailable,    // a lock was not given
	"3D000": storage.ErrUnavailable,    // no such database
	"3F000": storage.ErrUnavailable,    // no such schema

	uniqueViolation: storage.ErrConflict, // of a key that was not looked at: what is looked at is not an error
}

// integrity is the class of constraints that a row does not meet.
const integrity = "23"

// classes are the same for the first two characters of a code.
var classes = map[string]error{
	"08": storage.ErrUnavailable,  // connections
	"28": storage.ErrNotPermitted, // who are you
	"53": storage.ErrUnavailable,  // too many connections
	"57": storage.ErrUnavailable,  // the server is stopped, or starts
	"58": storage.ErrUnavailable,  // its disk cannot be read
	"54": storage.ErrUnstorable,   // longer than a limit
	"22": storage.ErrUnstorable,   // no text, no number
	"XX": storage.ErrDamaged,      // a page or an index is corrupt
}

// fault gives an error in the words of package storage. Those of the server may quote a value, so none of them stays. What is ours, of the
// context, or the caller's to handle (a deadlock, a key that is there) comes back as it is.
func fault(ctx context.Context, err error) error {
	var known *relational.Fault
	if err == nil || ctx.Err() != nil || errors.As(err, &known) || errors.Is(err, storage.ErrDamaged) {
		return err
	}
	var said *pgconn.PgError
	if errors.As(err, &said) {
		kind, found := refused[said.Code]
		if !found && len(said.Code) == 5 {
			kind, found = classes[said.Code[:2]]
		}
		if !found && strings.HasPrefix(said.Code, integrity) {
			kind, found = &storage.ConstraintError{Name: said.ConstraintName}, true
		}
		if found {
			return &relational.Fault{Kind: kind, Code: "SQLSTATE " + said.Code, Cause: err}
		}
		return err
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) || pgconn.SafeToRetry(err) || lost(err) {
		return &relational.Fault{Kind: storage.ErrUnavailable, Code: "no connection", Cause: err}
	}
	return err
}

// lost says whether the connection is gone.
func lost(err error) bool {
	var network net.Error
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, pgx.ErrTxClosed) || errors.As(err, &network)
}
