package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage/sqlite"
)

// While somebody else has the right to write, a unit waits for as long as its context and Options.Wait allow, and not longer. Each limit
// is far from the other.
func TestWaitingForAnotherWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	patient, err := sqlite.Open(t.Context(), path, sqlite.Options{Wait: time.Minute})
	require.NoError(t, err)
	defer func() { require.NoError(t, patient.Close()) }()
	hasty, err := sqlite.Open(t.Context(), path, sqlite.Options{Wait: 100 * time.Millisecond})
	require.NoError(t, err)
	defer func() { require.NoError(t, hasty.Close()) }()
	other, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	tx, err := other.BeginTx(t.Context(), nil)
	require.NoError(t, err)

	write := func(db *sqlite.DB, ctx context.Context) error {
		return db.InTx(ctx, func(ctx context.Context) error {
			_, err := db.Take(ctx, time.Now, hr.EmployeeID("E1"))
			return err
		})
	}
	short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	watch, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	require.ErrorIs(t, write(patient, short), context.DeadlineExceeded)
	require.ErrorIs(t, write(hasty, watch), sqlite.ErrBusy)
	require.NoError(t, watch.Err(), "both together waited for less than ten seconds")

	require.NoError(t, tx.Rollback())
	require.NoError(t, write(hasty, watch), "the store goes on afterwards")
}
