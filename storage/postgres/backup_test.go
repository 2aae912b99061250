package postgres_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/musterhr/hr/storage/internal/crash"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/cluster"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
)

// Copies that are taken while a payroll is written are each a moment of it: the chain of the audit is whole, and whoever opens one goes on from
// there to the same payslips under the same numbers of knowledge.
func TestBackupAndRestore(t *testing.T) {
	crash.Alone(t)
	dir := t.TempDir()
	path := database(t)
	db, err := postgres.Open(t.Context(), path)
	require.NoError(t, err)
	defer db.Close()
	require.NoError(t, db.Migrate(t.Context()))
	company := scenario.Company{Employees: 30, Months: 4, Chunk: 7}
	work := make(chan error, 1)
	steps := make(chan string)
	go func() {
		defer close(steps)
		work <- company.Work(context.WithoutCancel(t.Context()), db, func(step string) { steps <- step })
	}()
	var copies []string
	for step := range steps { // the next one is written meanwhile
		if !slices.Contains([]string{"2020-04/calculate", "2020-05/create", "2020-06/pay"}, step) {
			continue
		}
		to := filepath.Join(dir, fmt.Sprintf("copy%d", len(copies)))
		program(t, path, "pg_dump", "--format=custom", "--file="+to)
		copies = append(copies, to)
	}
	require.NoError(t, <-work)
	require.Len(t, copies, 3)
	want, err := company.State(t.Context(), db)
	require.NoError(t, err)
	require.NotContains(t, want.Digests, "")

	for _, file := range copies {
		place := database(t)
		program(t, place, "pg_restore", "--exit-on-error", "--dbname="+place, file)
		restored, err := postgres.Open(t.Context(), place)
		require.NoError(t, err)
		require.NoError(t, restored.Check(t.Context()))
		found, err := storage.VerifyAudit(t.Context(), restored)
		require.NoError(t, err)
		require.Empty(t, found)
		then, err := company.State(t.Context(), restored)
		require.NoError(t, err)
		require.Contains(t, then.Digests, "", "it was taken in the middle of the work")
		require.Equal(t, want.Digests[0], then.Digests[0])
		for i, pin := range then.Heads {
			require.LessOrEqual(t, pin.Known.Own, want.Heads[i].Known.Own)
			require.Positive(t, pin.Known.Own)
		}

		require.NoError(t, company.Work(t.Context(), restored, func(string) {}))
		require.NoError(t, company.Verify(t.Context(), restored))
		got, err := company.State(t.Context(), restored)
		require.NoError(t, err)
		require.Equal(t, want, got)
		restored.Close()
	}
}

// program runs one of PostgreSQL's own against a database.
func program(t *testing.T, place, name string, args ...string) {
	t.Helper()
	path, err := cluster.Binary(name)
	if err != nil && os.Getenv(cluster.Required) == "" {
		t.Skip("the server is elsewhere, and its programs are not here: ", err)
	}
	require.NoError(t, err)
	c, err := pgx.ParseConfig(dsn)
	require.NoError(t, err)
	if name == "pg_dump" {
		args = append(args, "--dbname="+place)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Env = append(os.Environ(), "PGPASSWORD="+c.Password)
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, string(said))
}
