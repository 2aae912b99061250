package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/musterhr/hr/storage/internal/crash"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/storagetest"
)

// Every call of every story fails once: see storagetest.Faults.
func TestFaults(t *testing.T) {
	crash.Alone(t)
	fresh, again := open(t), map[storagetest.FaultKind]error{storagetest.FaultBusy: busy(t)}
	storagetest.Faults(t, func(t *testing.T) storagetest.Ports {
		db, c := fresh(t)
		p := storagetest.PortsOf(c, db)
		p.Again = again
		return p
	})
}

// busy is what the driver says where another process writes to the file.
func busy(t *testing.T) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "busy.db")
	begin := func() error {
		db, err := sql.Open("sqlite", path)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, db.Close()) })
		_, err = db.ExecContext(t.Context(), "BEGIN IMMEDIATE")
		return err
	}
	require.NoError(t, begin())
	err := begin()
	require.Error(t, err)
	return err
}
