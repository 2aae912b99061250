package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/scenario"
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

// A unit in which a statement meets somebody else's lock runs again, whole, and says why: here the host writes a line of its own into another file,
// on which another connection has the right to write.
func TestRetriesBecauseOfALockAreTold(t *testing.T) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "muster.db"))
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	path := filepath.Join(t.TempDir(), "host.db")
	connect := func(more string) *sql.DB {
		c, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(1)"+more)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, c.Close()) })
		return c
	}
	host, other := connect(""), connect("&_txlock=immediate")
	_, err = host.ExecContext(t.Context(), "CREATE TABLE note (text)")
	require.NoError(t, err)
	tx, err := other.BeginTx(t.Context(), nil)
	require.NoError(t, err)

	seen := &units{}
	tries := 0
	require.NoError(t, db.InTx(storage.Watch(t.Context(), seen), func(ctx context.Context) error {
		if tries++; tries == 3 { // it lets go
			require.NoError(t, tx.Rollback())
		}
		if first, err := db.First(ctx, "mail", "e1"); err != nil || !first {
			return errors.Join(err, errors.New("something of the run before is left"))
		}
		_, err := host.ExecContext(ctx, "INSERT INTO note VALUES ('sent')")
		return err
	}))
	require.Equal(t, []storage.UnitEnd{{Committed: true, Rows: 1, Retries: []storage.RetryReason{storage.RetryBusy, storage.RetryBusy}}}, seen.ended)
}

// A transaction of the host's holds what the host writes and what Muster writes: both are there, or neither.
func TestATransactionOfTheHostsIsOneWithOurs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	db, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	own, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=foreign_keys(on)&_pragma=busy_timeout(10000)")
	require.NoError(t, err)
	defer func() { require.NoError(t, own.Close()) }()
	_, err = own.ExecContext(t.Context(), "CREATE TABLE desk (id text)")
	require.NoError(t, err)
	there := func() (desks, audits int) {
		require.NoError(t, own.QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM desk), (SELECT count(*) FROM hr_audit)").Scan(&desks, &audits))
		return desks, audits
	}
	move := func(policy hr.Policy, end func(*sql.Tx) error) error {
		tx, err := own.BeginTx(t.Context(), nil)
		require.NoError(t, err)
		_, err = tx.ExecContext(t.Context(), "INSERT INTO desk VALUES ('D1')")
		require.NoError(t, err)
		called := scenario.Note(db.With(t.Context(), tx), db.Kit(policy, time.Now), "c1")
		require.NoError(t, end(tx))
		return called
	}
	require.NoError(t, move(hr.AllowAll, (*sql.Tx).Rollback))
	desks, audits := there()
	require.Equal(t, [2]int{0, 0}, [2]int{desks, audits})
	refused := move(nil, (*sql.Tx).Rollback)
	require.ErrorIs(t, refused, hr.ErrDenied)
	desks, audits = there()
	require.Equal(t, [2]int{0, 0}, [2]int{desks, audits}, "the line of the refusal is rolled back too")
	require.NoError(t, storage.RecordRefusal(t.Context(), db.Kit(nil, time.Now), refused))
	desks, audits = there()
	require.Equal(t, [2]int{0, 1}, [2]int{desks, audits}, "and is written when the host asks for it")
	require.NoError(t, move(hr.AllowAll, (*sql.Tx).Commit))
	desks, audits = there()
	require.Equal(t, [2]int{1, 2}, [2]int{desks, audits})
}
