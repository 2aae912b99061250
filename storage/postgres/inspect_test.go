package postgres_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
)

// examples/verify proves on SQLite that every tampering is found; here the same questions are asked of this server.
func TestInspect(t *testing.T) {
	ctx := t.Context()
	dsn := database(t)
	db, err := postgres.Open(ctx, dsn)
	require.NoError(t, err)
	t.Cleanup(db.Close)
	require.NoError(t, db.Migrate(ctx))
	require.NoError(t, scenario.Company{Employees: 5, Months: 2, Chunk: 2}.Work(ctx, db, func(string) {}))
	by, err := pgx.Connect(ctx, dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, by.Close(context.Background())) })
	look := func() (lines []string) {
		report := func(f storage.Finding) { lines = append(lines, f.String()) }
		require.NoError(t, payroll.Books{Runs: db, Results: db, Postings: db}.Verify(ctx, report))
		require.NoError(t, db.Inspect(ctx, report))
		faults, err := storage.VerifyAudit(ctx, db)
		require.NoError(t, err)
		for _, f := range faults {
			report(f.Finding())
		}
		return lines
	}
	require.Empty(t, look())
	unchecked(t, by)
	for _, statement := range []string{
		`UPDATE hr_guard SET seq = seq - 1 WHERE employee = 'E00001'`,
		`INSERT INTO hr_recruitment_word (tenant, kind, word, id) VALUES ('', 'key', 'x', 'C9')`,
		`UPDATE hr_command SET result = NULL WHERE id = 'import'`,
		`DELETE FROM hr_run_member WHERE employee = 'E00002'`,
		`UPDATE hr_posting SET units[1] = units[1] + 1 WHERE employee = 'E00003'`,
		`UPDATE hr_audit SET actor = 'somebody' WHERE position = 1`,
	} {
		before := len(look())
		tag, err := by.Exec(ctx, statement)
		require.NoError(t, err)
		require.Positive(t, tag.RowsAffected())
		require.Greater(t, len(look()), before, statement)
	}
	var done []string
	before := len(look())
	require.NoError(t, db.Repair(ctx, func(f storage.Finding) { done = append(done, f.Where) }))
	require.Equal(t, []string{"employee E00001", "words of C9"}, done)
	require.Len(t, look(), before-2, "the rest is nobody's to derive")
}
