package postgres_test

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
	"github.com/musterhr/hr/storage/storagetest"
)

// partitioned spreads the tables of a database as partitions.sql does.
func partitioned(t testing.TB, path string) *pgx.Conn {
	t.Helper()
	sql, err := os.ReadFile("partitions.sql")
	require.NoError(t, err)
	raw, err := pgx.Connect(t.Context(), path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = raw.Close(context.Background()) })
	_, err = raw.Exec(t.Context(), string(sql))
	require.NoError(t, err)
	return raw
}

// What partitions.sql makes of a database that was written to holds what was written, and keeps the ports of payroll and attendance as before, also where the
// payslips of a run have been closed.
func TestPartitions(t *testing.T) {
	path, _ := begun(t)
	raw := partitioned(t, path)
	db, err := postgres.Open(t.Context(), path)
	require.NoError(t, err)
	defer db.Close()
	require.NoError(t, db.Check(t.Context()))
	require.NoError(t, small.Read(t.Context(), db, "first"))

	_, err = raw.Exec(t.Context(), `SELECT hr_close_payslips(ARRAY['first', 'R1'], '2026')`)
	require.NoError(t, err)
	require.NoError(t, small.Read(t.Context(), db, "first"))
	var closed, shown int
	require.NoError(t, raw.QueryRow(t.Context(), `SELECT count(*) FROM hr_result WHERE tableoid::regclass::text LIKE '%_2026'`).Scan(&closed))
	require.Equal(t, 50, closed)
	require.NoError(t, raw.QueryRow(t.Context(), `SELECT count(DISTINCT employee) FROM payslip_line WHERE run = 'first'`).Scan(&shown))
	require.Equal(t, 50, shown)
	require.NoError(t, scenario.Write(t.Context(), db, "second"))
	require.NoError(t, small.Read(t.Context(), db, "first", "second"))

	var n atomic.Int64
	fresh := func(*testing.T) (*postgres.DB, storagetest.Core) {
		own := db.Tenant(fmt.Sprint("tenant", n.Add(1)))
		return own, storagetest.Core{Tx: own, Log: own, Know: own, Journal: own}
	}
	t.Run("Payroll", func(t *testing.T) {
		storagetest.Payroll(t, func(t *testing.T) storagetest.PayrollStore {
			db, c := fresh(t)
			return storagetest.PayrollStore{Core: c, Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db, Debts: db, Requests: db}
		})
	})
	t.Run("Attendance", func(t *testing.T) {
		storagetest.Attendance(t, func(t *testing.T) storagetest.AttendanceStore {
			db, c := fresh(t)
			return storagetest.AttendanceStore{Core: c, Punches: db, Rosters: db, Permits: db, Requests: db}
		})
	})
}
