package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/musterhr/hr/storage/internal/relational"
)

// Tx returns the transaction of the unit of work that ctx belongs to, for statements of the host's own that are to be committed or rolled back
// with it: a job that is enqueued with a run, a row of the host's beside a hire. It is the other direction of [DB.With]. The host does not end the
// transaction, and returns the error of a statement of its own from the function it gave to InTx, which rolls back. Outside a unit of work, and in
// one that an error has ended, there is none.
func (db *DB) Tx(ctx context.Context) (pgx.Tx, bool) {
	joined, ok := relational.Joined(ctx, db.DB)
	if !ok {
		return nil, false
	}
	return joined.(*transaction).tx, true
}
