package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/musterhr/hr/storage/internal/crash"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/sqlite"
)

// Copies that are taken while a payroll is written are each a moment of it: the chain of the audit is whole, and whoever opens one goes on from
// there to the same payslips under the same numbers of knowledge.
func TestBackupAndRestore(t *testing.T) {
	crash.Alone(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "muster.db")
	db, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	company := scenario.Company{Employees: 30, Months: 4, Chunk: 7}
	work := make(chan error, 1)
	steps := make(chan string)
	go func() {
		defer close(steps)
		work <- company.Work(context.WithoutCancel(t.Context()), db, func(step string) { steps <- step })
	}()
	raw, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer func() { require.NoError(t, raw.Close()) }()
	var copies []string
	for step := range steps { // the next one is written meanwhile
		if !slices.Contains([]string{"2020-04/calculate", "2020-05/create", "2020-06/pay"}, step) {
			continue
		}
		to := filepath.Join(dir, fmt.Sprintf("copy%d.db", len(copies)))
		_, err := raw.ExecContext(t.Context(), `VACUUM INTO ?`, to)
		require.NoError(t, err)
		copies = append(copies, to)
	}
	require.NoError(t, <-work)
	require.Len(t, copies, 3)
	want, err := company.State(t.Context(), db)
	require.NoError(t, err)
	require.NotContains(t, want.Digests, "")

	for _, path := range copies {
		restored, err := sqlite.Open(t.Context(), path)
		require.NoError(t, err)
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
		require.NoError(t, restored.Close())
	}
}
