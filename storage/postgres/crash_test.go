package postgres_test

import (
	"context"
	"flag"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/internal/crash"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
)

var (
	kills   = flag.Int("kills", 10, "how often a process that writes a payroll run is killed")
	freezes = flag.Int("freezes", 1, "how often one is frozen and thawed")
)

// work opens a database for a worker. The limits are short, so that a frozen worker does not keep the others for long.
func work(ctx context.Context, database string) (scenario.Store, func(), error) {
	db, err := postgres.Open(ctx, database, postgres.Options{Idle: time.Second})
	if err != nil {
		return nil, nil, err
	}
	return db, db.Close, db.Migrate(ctx)
}

// kill -9 of a process that writes a payroll run, at random moments: no torn unit, no double payslip, and the work is finished by whoever goes on.
func TestKilled(t *testing.T) {
	if crash.Detector {
		t.Skip("the race detector has nothing to see in processes that are killed; the plain run kills them")
	}
	path := database(t)
	months := 8 + *kills
	steps, err := crash.Kill(t.Context(), path, months, *kills, 1)
	require.NoError(t, err)
	require.Positive(t, steps, "every kill came before any work")
	verify(t, path, months)
}

func TestFrozen(t *testing.T) {
	if crash.Detector {
		t.Skip("the race detector has nothing to see in processes that are frozen; the plain run freezes them")
	}
	for seed := range uint64(*freezes) {
		path := database(t)
		require.NoError(t, crash.Freeze(t.Context(), path, 3, seed))
		verify(t, path, 3)
	}
}

func verify(t *testing.T, path string, months int) {
	t.Helper()
	db, err := postgres.Open(t.Context(), path)
	require.NoError(t, err)
	defer db.Close()
	require.NoError(t, crash.Company(months).Verify(t.Context(), db))
}
