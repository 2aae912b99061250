package sqlite_test

import (
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/sqlite"
)

var first = flag.Bool("first", false, "write migrations/0001_first.sql from the stored types; only before the first release")

// What the migrations come to is what the stored types need: a field that a domain adds fails here until a migration adds its column.
func TestMigrationsMakeTheTablesOfTheTypes(t *testing.T) {
	statements := sqlite.Schema()
	if *first {
		require.NoError(t, os.WriteFile("migrations/0001_first.sql", []byte(strings.Join(statements, ";\n\n")+";\n"), 0o600))
		t.Skip("written; run again")
	}
	fresh, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "types.db"))
	require.NoError(t, err)
	defer func() { require.NoError(t, fresh.Close()) }()
	for _, s := range statements {
		_, err := fresh.ExecContext(t.Context(), s)
		require.NoError(t, err, s)
	}
	path := filepath.Join(t.TempDir(), "migrated.db")
	db, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	require.NoError(t, db.Close())
	migrated, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer func() { require.NoError(t, migrated.Close()) }()
	want := shape(t, fresh)
	require.Greater(t, len(want), 900)
	require.Equal(t, want, shape(t, migrated))
}

// shape lists every column and constraint of every table, and every index and view.
func shape(t *testing.T, db *sql.DB) (out []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT m.type || ' ' || m.name || ' ' || coalesce(c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk, '')
		FROM sqlite_master AS m LEFT JOIN pragma_table_info(m.name) AS c ON m.type IN ('table', 'view')
		WHERE m.name NOT IN ('hr_migration', 'sqlite_sequence') AND m.name NOT LIKE '%hr_migration%' ORDER BY 1`)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	for rows.Next() {
		var line string
		require.NoError(t, rows.Scan(&line))
		out = append(out, line)
	}
	require.NoError(t, rows.Err())
	rules, err := db.QueryContext(t.Context(), `SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT IN ('hr_migration', 'sqlite_sequence')`)
	require.NoError(t, err)
	defer func() { require.NoError(t, rules.Close()) }()
	for rules.Next() {
		var name, text string
		require.NoError(t, rules.Scan(&name, &text))
		for _, rule := range regexp.MustCompile(`(?m)CONSTRAINT .*[^,\n]`).FindAllString(text, -1) {
			out = append(out, name+" "+strings.TrimSuffix(rule, ","))
		}
	}
	require.NoError(t, rules.Err())
	slices.Sort(out)
	return out
}
