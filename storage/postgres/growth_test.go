package postgres_test

import (
	"context"
	"os"
	"strconv"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
)

// touched is how many blocks of tables and indexes the server looks at for one employee when a payroll of so many thousand is read back. Unlike time
// it is the same on a busy machine.
func touched(t *testing.T, thousands int) float64 {
	t.Helper()
	path := database(t)
	db, err := postgres.Open(t.Context(), path+" pool_max_conns=1") // one connection, which is asked to say what it has done
	require.NoError(t, err)
	defer db.Close()
	require.NoError(t, db.Migrate(t.Context()))
	_, _, err = scenario.Grow(t.Context(), db, thousands)
	require.NoError(t, err)
	c, err := pgx.Connect(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, c.Close(context.Background())) }()
	so := func() (n int64) {
		require.NoError(t, db.InTx(t.Context(), func(ctx context.Context) error {
			tx, _ := db.Tx(ctx)
			_, err := tx.Exec(ctx, "SELECT pg_stat_force_next_flush()")
			return err
		}))
		require.NoError(t, c.QueryRow(t.Context(), `SELECT sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read)::bigint FROM pg_statio_user_tables`).Scan(&n))
		return n
	}
	before := so()
	require.NoError(t, scenario.ReadGrown(t.Context(), db, thousands))
	return float64(so()-before) / float64(1000*thousands)
}

// What is read of an employee does not grow with their number, from the first hour of a database on, in which the server has no statistics yet. It
// grows by a level of an index at most. MUSTER_GROWN, thousands, reads as many and says what it was.
func TestReadsDoNotGrow(t *testing.T) {
	few, many := touched(t, 1), touched(t, 5)
	t.Logf("blocks an employee: %.1f of 1,000, %.1f of 5,000", few, many)
	require.Less(t, many, few+4)
	if n, err := strconv.Atoi(os.Getenv("MUSTER_GROWN")); err == nil {
		t.Logf("%.1f of %d,000", touched(t, n), n)
	}
}
