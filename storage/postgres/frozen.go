package postgres

import (
	"context"
	"fmt"
	"time"
)

// EndFrozen ends the units of processes that have stopped reading: the server has an answer for them, and could not hand it over for longer than after. A
// statement that waits for its reader is past every limit of [Options], and PostgreSQL 15 has none for it, so what it holds would be held until its
// process goes on or is gone. It looks at the connections of the same user to the same database, and returns how many it ended. Where several
// processes work on one database each calls it now and then, as storage/riverrun does; after is [Options].Statement or longer.
func (db *DB) EndFrozen(ctx context.Context, after time.Duration) (ended int, err error) {
	const frozen = `WITH frozen AS MATERIALIZED (
	SELECT pid FROM pg_stat_activity
	WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
		AND state = 'active' AND wait_event = 'ClientWrite' AND query_start <= clock_timestamp() - make_interval(secs => $1)
)
SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM frozen`
	if err := db.engine.pool.QueryRow(ctx, frozen, after.Seconds()).Scan(&ended); err != nil {
		return 0, fmt.Errorf("postgres: %w", fault(ctx, err))
	}
	return ended, nil
}
