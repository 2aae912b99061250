package postgres_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/postgres"
)

var first = flag.Bool("first", false, "write migrations/0001_first.sql from the stored types; only before the first release")

// What the migrations come to is what the stored types need: a field that a domain adds fails here until a migration adds its column.
func TestMigrationsMakeTheTablesOfTheTypes(t *testing.T) {
	statements := postgres.Schema()
	if *first {
		require.NoError(t, os.WriteFile("migrations/0001_first.sql", []byte(strings.Join(statements, ";\n\n")+";\n"), 0o600))
		t.Skip("written; run again")
	}
	types := database(t)
	fresh, err := pgx.Connect(t.Context(), types)
	require.NoError(t, err)
	for _, s := range statements {
		_, err := fresh.Exec(t.Context(), s)
		require.NoError(t, err, s)
	}
	want := shape(t, fresh)
	migrated := database(t)
	db, err := postgres.Open(t.Context(), migrated)
	require.NoError(t, err)
	defer db.Close()
	require.ErrorIs(t, db.Check(t.Context()), postgres.ErrSchemaOlder)
	require.NoError(t, db.Migrate(t.Context()))
	require.NoError(t, db.Check(t.Context()))
	c, err := pgx.Connect(t.Context(), migrated)
	require.NoError(t, err)
	require.Greater(t, len(want), 900)
	require.Equal(t, want, shape(t, c))
}

// shape lists every column, index, view and constraint, and closes the connection.
func shape(t *testing.T, c *pgx.Conn) (out []string) {
	t.Helper()
	rows, err := c.Query(t.Context(), `SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name <> 'hr_migration'
		UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'hr_migration'
		UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
			WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace ORDER BY 1`)
	require.NoError(t, err)
	out, err = pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.NoError(t, c.Close(t.Context()))
	return out
}
