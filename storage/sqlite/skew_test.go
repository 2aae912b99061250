package sqlite_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/sqlite"
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
	first, err := fs.ReadFile(sqlite.Migrations(), "0001_first.sql")
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
	path := filepath.Join(t.TempDir(), "muster.db")
	raw, err := sql.Open("sqlite", path)
	require.NoError(t, err)
	defer func() { require.NoError(t, raw.Close()) }()
	exec := func(q string) {
		_, err := raw.ExecContext(t.Context(), q)
		require.NoError(t, err, q)
	}
	program := func(n int) *sqlite.DB {
		db, err := sqlite.OpenAt(t.Context(), path, version(t, n))
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, db.Close()) })
		return db
	}
	refused := func(n int) error {
		_, err := sqlite.OpenAt(t.Context(), path, version(t, n))
		return err
	}
	old := program(1)

	// In the middle of the second month of an old program the new one comes, and notes something of the run that the old one still writes.
	company := scenario.Company{Employees: 20, Months: 3, Chunk: 7}
	var second *sqlite.DB
	require.NoError(t, company.Work(t.Context(), old, func(step string) {
		if step == "2020-05/calculate" {
			second = program(2)
			require.NoError(t, second.Check(t.Context()))
			exec(`UPDATE hr_run SET note = 'by the new program' WHERE state <> 'closed'`)
			exec(`INSERT INTO hr_note VALUES ('second', 'new')`)
		}
	}))
	require.NoError(t, company.Verify(t.Context(), old))
	require.NoError(t, company.Verify(t.Context(), second))
	var noted int
	require.NoError(t, raw.QueryRowContext(t.Context(), `SELECT count(*) FROM hr_run WHERE note = 'by the new program' AND state = 'closed'`).Scan(&noted))
	require.Equal(t, 1, noted, "what the new program wrote is kept by what the old one wrote after it")
	require.NoError(t, old.Check(t.Context()), "an old program works with what was only expanded")
	require.NoError(t, program(1).Check(t.Context()), "and is started again on it")

	// The contraction comes with the version after, and is not done as long as nobody says that the old programs are gone.
	third := program(3)
	require.NoError(t, third.Check(t.Context()))
	require.NoError(t, scenario.Write(t.Context(), old, "before"))
	require.ErrorIs(t, refused(4), sqlite.ErrSchemaContract)

	// One that was not stopped is refused in the middle of its next month.
	company.Months = 5
	err = company.Work(t.Context(), old, func(step string) {
		if step == "2020-08/create" {
			require.NoError(t, third.Contract(t.Context()))
		}
	})
	require.ErrorIs(t, err, sqlite.ErrSchemaOther)
	require.ErrorIs(t, old.Check(t.Context()), sqlite.ErrSchemaNewer)
	require.ErrorIs(t, refused(1), sqlite.ErrSchemaNewer)
	require.ErrorIs(t, scenario.Write(t.Context(), old, "after"), sqlite.ErrSchemaOther)
	require.NoError(t, program(4).Check(t.Context()))

	// A program whose tables went back under it, as by a restored file, says so.
	exec(`DELETE FROM hr_migration WHERE number > 1`)
	require.ErrorIs(t, second.Check(t.Context()), sqlite.ErrSchemaOlder)

	// Nothing is lost or torn: with the column back, it finishes what it had begun.
	exec(`ALTER TABLE hr_adjustment ADD COLUMN reason text NOT NULL DEFAULT ''`)
	require.NoError(t, old.Check(t.Context()))
	require.NoError(t, company.Work(t.Context(), old, func(string) {}))
	require.NoError(t, company.Verify(t.Context(), old))
	for id, want := range map[string]bool{"before": true, "after": false} {
		all, err := scenario.Written(t.Context(), old, id)
		require.NoError(t, err)
		require.Equal(t, want, all, id)
	}
}

// A file that is new gets everything at once: there is no older program.
func TestANewFileIsContracted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	newest, err := sqlite.OpenAt(t.Context(), path, version(t, 4))
	require.NoError(t, err)
	defer func() { require.NoError(t, newest.Close()) }()
	require.NoError(t, newest.Check(t.Context()))
	_, err = sqlite.Open(t.Context(), path)
	require.ErrorIs(t, err, sqlite.ErrSchemaNewer)
}

// Programs that are started together find or make one schema.
func TestManyProgramsMigrateAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	faults := make(chan error)
	for range 8 {
		go func() {
			db, err := sqlite.Open(t.Context(), path)
			if err == nil {
				err = errors.Join(db.Check(t.Context()), db.Close())
			}
			faults <- err
		}()
	}
	for range 8 {
		require.NoError(t, <-faults)
	}
}
