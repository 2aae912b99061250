package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
)

// The versions of this test: 1 is this program. 2 adds a column and a table, and writes both; 3 takes away a column that only 1 uses; 4 adds again.
var later = fstest.MapFS{
	"0002_expand_note.sql": {Data: []byte("ALTER TABLE \"hr_run\" ADD COLUMN \"note\" text NOT NULL DEFAULT '';\n\n" +
		"CREATE TABLE \"hr_note\" (\"run\" text PRIMARY KEY, \"text\" text NOT NULL);\n")},
	"0003_contract_reason.sql": {Data: []byte("-- oldest: 2\nALTER TABLE \"hr_adjustment\" DROP COLUMN \"reason\";\n")},
	"0004_expand_again.sql":    {Data: []byte("CREATE TABLE \"hr_again\" (\"id\" text PRIMARY KEY);\n")},
}

// version returns the migrations of a program.
func version(t *testing.T, n int) fs.FS {
	first, err := fs.ReadFile(postgres.Migrations(), "0001_first.sql")
	require.NoError(t, err)
	out := fstest.MapFS{"0001_first.sql": {Data: first}}
	for name, file := range later {
		if name < fmt.Sprintf("%04d", n+1) {
			out[name] = file
		}
	}
	require.Len(t, out, n)
	return out
}

// Old programs go on while a new one expands the schema under them, keep what the new one writes, and are started again; a new program refuses a
// schema that it does not find; a contraction waits until it is asked for, then refuses the old ones, and loses nothing.
func TestOldAndNewPrograms(t *testing.T) {
	path := database(t)
	raw, err := pgx.Connect(t.Context(), path)
	require.NoError(t, err)
	defer func() { _ = raw.Close(context.Background()) }()
	exec := func(q string) {
		_, err := raw.Exec(t.Context(), q)
		require.NoError(t, err, q)
	}
	old, err := postgres.Open(t.Context(), path)
	require.NoError(t, err)
	defer old.Close()
	require.NoError(t, old.Migrate(t.Context()))
	program := func(n int) *postgres.DB { return postgres.Of(old, version(t, n)) }

	require.ErrorIs(t, program(2).Check(t.Context()), postgres.ErrSchemaOlder)

	// In the middle of the second month of an old program the new one comes, and notes something of the run that the old one still writes.
	company := scenario.Company{Employees: 20, Months: 3, Chunk: 7}
	require.NoError(t, company.Work(t.Context(), old, func(step string) {
		if step == "2020-05/calculate" {
			require.NoError(t, program(2).Migrate(t.Context()))
			require.NoError(t, program(2).Check(t.Context()))
			exec(`UPDATE hr_run SET note = 'by the new program' WHERE state <> 'closed'`)
			exec(`INSERT INTO hr_note VALUES ('second', 'new')`)
		}
	}))
	require.NoError(t, company.Verify(t.Context(), old))
	require.NoError(t, company.Verify(t.Context(), program(2)))
	var noted int
	require.NoError(t, raw.QueryRow(t.Context(), `SELECT count(*) FROM hr_run WHERE note = 'by the new program' AND state = 'closed'`).Scan(&noted))
	require.Equal(t, 1, noted, "what the new program wrote is kept by what the old one wrote after it")
	require.NoError(t, old.Check(t.Context()), "an old program works with what was only expanded")
	require.NoError(t, old.Migrate(t.Context()), "and is started again on it")

	// The contraction comes with the version after, and is not done as long as nobody says that the old programs are gone.
	require.NoError(t, program(3).Migrate(t.Context()))
	require.NoError(t, program(3).Check(t.Context()))
	require.NoError(t, scenario.Write(t.Context(), old, "before"))
	require.ErrorIs(t, program(4).Migrate(t.Context()), postgres.ErrSchemaContract)

	// One that was not stopped is refused in the middle of its next month.
	company.Months = 5
	err = company.Work(t.Context(), old, func(step string) {
		if step == "2020-08/create" {
			require.NoError(t, program(3).Contract(t.Context()))
		}
	})
	require.ErrorIs(t, err, postgres.ErrSchemaOther)
	require.ErrorIs(t, old.Check(t.Context()), postgres.ErrSchemaNewer)
	require.ErrorIs(t, old.Migrate(t.Context()), postgres.ErrSchemaNewer)
	require.ErrorIs(t, scenario.Write(t.Context(), old, "after"), postgres.ErrSchemaOther)
	require.NoError(t, program(4).Migrate(t.Context()))

	// Nothing is lost or torn: with the column back, it finishes what it had begun.
	exec(`ALTER TABLE hr_adjustment ADD COLUMN reason text NOT NULL DEFAULT ''`)
	exec(`UPDATE hr_migration SET oldest = 1`)
	require.NoError(t, old.Check(t.Context()))
	require.NoError(t, company.Work(t.Context(), old, func(string) {}))
	require.NoError(t, company.Verify(t.Context(), old))
	for id, want := range map[string]bool{"before": true, "after": false} {
		all, err := scenario.Written(t.Context(), old, id)
		require.NoError(t, err)
		require.Equal(t, want, all, id)
	}
}

// A database that is new gets everything at once: there is no older program.
func TestANewDatabaseIsContracted(t *testing.T) {
	db, err := postgres.Open(t.Context(), database(t))
	require.NoError(t, err)
	defer db.Close()
	newest := postgres.Of(db, version(t, 4))
	require.NoError(t, newest.Migrate(t.Context()))
	require.NoError(t, newest.Check(t.Context()))
	require.ErrorIs(t, db.Check(t.Context()), postgres.ErrSchemaNewer)
}

// Programs that are started together find or make one schema.
func TestManyProgramsMigrateAtOnce(t *testing.T) {
	path := database(t)
	faults := make(chan error)
	for range 8 {
		go func() {
			db, err := postgres.Open(t.Context(), path)
			if err == nil {
				err = errors.Join(db.Migrate(t.Context()), db.Check(t.Context()))
				db.Close()
			}
			faults <- err
		}()
	}
	for range 8 {
		require.NoError(t, <-faults)
	}
}
