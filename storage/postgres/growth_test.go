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

// touched is how many rows the server looks at for one employee when a payroll of so many thousand is read back. Unlike time it is the same on a busy
// machine.
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
		require.NoError(t, c.QueryRow(t.Context(), `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint FROM pg_stat_user_tables`).Scan(&n))
		return n
	}
	before := so()
	require.NoError(t, scenario.ReadGrown(t.Context(), db, thousands))
	return float64(so()-before) / float64(1000*thousands)
}

// What is read of an employee does not grow with their number, also while the server has no statistics yet: left to itself it then reads everything
// of the tenant for each page. MUSTER_GROWN, thousands, reads as many and says what it was.
func TestReadsDoNotGrow(t *testing.T) {
	few, many := touched(t, 1), touched(t, 5)
	t.Logf("rows read for an employee: %.1f of 1,000, %.1f of 5,000", few, many)
	require.Less(t, many, few+0.5)
	if n, err := strconv.Atoi(os.Getenv("MUSTER_GROWN")); err == nil {
		t.Logf("%.1f of %d,000", touched(t, n), n)
	}
}
