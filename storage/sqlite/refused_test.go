package sqlite_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/musterhr/hr/storage/internal/crash"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/sqlite"
)

// What the file refuses is an error that says what to do and shows no value; nothing of the command is left, what was there before is, and once the
// cause is gone the file is opened and the same command works.
func TestRefusals(t *testing.T) {
	crash.Alone(t)
	exec := func(t *testing.T, raw *sql.DB, q string) {
		_, err := raw.ExecContext(context.Background(), q)
		require.NoError(t, err)
	}
	header := func(t *testing.T, path string, at int64, b byte) {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = f.WriteAt([]byte{b}, at)
		require.NoError(t, err)
		require.NoError(t, f.Close())
	}
	for _, c := range []struct {
		name  string
		want  error
		cause func(t *testing.T, path string, raw *sql.DB) (gone func())
		limit func(ctx context.Context, db *sqlite.DB) error // on the open file
		text  string                                         // of the command's id
	}{
		{name: "no room", want: storage.ErrFull, limit: func(ctx context.Context, db *sqlite.DB) error {
			return sqlite.Write(ctx, db, "PRAGMA max_page_count = 1") // which the engine takes as: no page more than there are
		}},
		{name: "a value that is too long", want: storage.ErrUnstorable, limit: func(ctx context.Context, db *sqlite.DB) error {
			return sqlite.LimitLength(ctx, db, 5000)
		}, text: strings.Repeat("second", 1000)},
		// The first of the two bytes is the version that may write: https://sqlite.org/fileformat2.html#file_format_version_numbers.
		{name: "a file that can only be read", want: storage.ErrReadOnly, cause: func(t *testing.T, path string, raw *sql.DB) func() {
			exec(t, raw, "PRAGMA wal_checkpoint(TRUNCATE)")
			exec(t, raw, "PRAGMA journal_mode = delete")
			header(t, path, 18, 3)
			return func() { header(t, path, 18, 1) }
		}},
		{name: "another process writes", want: storage.ErrUnavailable, cause: func(t *testing.T, _ string, raw *sql.DB) func() {
			c, err := raw.Conn(context.Background())
			require.NoError(t, err)
			_, err = c.ExecContext(context.Background(), "BEGIN IMMEDIATE")
			require.NoError(t, err)
			return func() {
				_, err := c.ExecContext(context.Background(), "ROLLBACK")
				require.NoError(t, err)
				require.NoError(t, c.Close())
			}
		}},
		{name: "a table is gone", want: sqlite.ErrSchemaOther, cause: func(t *testing.T, path string, raw *sql.DB) func() {
			exec(t, raw, "ALTER TABLE hr_posting RENAME TO away")
			return func() { exec(t, raw, "ALTER TABLE away RENAME TO hr_posting") }
		}},
		{name: "a column is gone", want: sqlite.ErrSchemaOther, cause: func(t *testing.T, path string, raw *sql.DB) func() {
			exec(t, raw, "DROP VIEW payslip_line")
			exec(t, raw, "ALTER TABLE hr_result RENAME COLUMN units TO away")
			return func() { exec(t, raw, "ALTER TABLE hr_result RENAME COLUMN away TO units") }
		}},
		{name: "an edited migration", want: sqlite.ErrSchemaForeign, cause: func(t *testing.T, path string, raw *sql.DB) func() {
			exec(t, raw, "UPDATE hr_migration SET checksum = 'x' || checksum")
			return func() { exec(t, raw, "UPDATE hr_migration SET checksum = substr(checksum, 2)") }
		}},
		{name: "migrations of somebody else", want: sqlite.ErrSchemaForeign, cause: func(t *testing.T, path string, raw *sql.DB) func() {
			exec(t, raw, "ALTER TABLE hr_migration RENAME TO ours")
			exec(t, raw, "CREATE TABLE hr_migration (version text)")
			return func() {
				exec(t, raw, "DROP TABLE hr_migration")
				exec(t, raw, "ALTER TABLE ours RENAME TO hr_migration")
			}
		}},
		{name: "tables of somebody else", want: sqlite.ErrSchemaForeign, cause: func(t *testing.T, path string, raw *sql.DB) func() {
			exec(t, raw, "ALTER TABLE hr_migration RENAME TO ours")
			return func() { exec(t, raw, "ALTER TABLE ours RENAME TO hr_migration") }
		}},
		{name: "a schema from the future", want: sqlite.ErrSchemaNewer, cause: func(t *testing.T, path string, raw *sql.DB) func() {
			exec(t, raw, "INSERT INTO hr_migration VALUES (2, 'contract_x', 'x', 2, '')")
			return func() { exec(t, raw, "DELETE FROM hr_migration WHERE number = 2") }
		}},
		{name: "no such folder", want: storage.ErrUnavailable, cause: func(t *testing.T, path string, raw *sql.DB) func() {
			dir := filepath.Dir(path)
			require.NoError(t, os.Rename(dir, dir+"-away"))
			return func() { require.NoError(t, os.Rename(dir+"-away", dir)) }
		}},
		{name: "no database", want: storage.ErrDamaged, cause: func(t *testing.T, path string, raw *sql.DB) func() {
			require.NoError(t, os.Rename(path, path+"-away"))
			require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("98765.43 is no database. ", 100)), 0o600))
			return func() { require.NoError(t, os.Rename(path+"-away", path)) }
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, raw := begun(t)
			options := sqlite.Options{Wait: 50 * time.Millisecond}
			id := c.text
			if id == "" {
				id = "second"
			}
			gone := func() {}
			if c.cause != nil {
				gone = c.cause(t, path, raw)
			}
			db, err := sqlite.Open(t.Context(), path, options)
			if err == nil {
				if c.limit != nil {
					require.NoError(t, c.limit(t.Context(), db))
				}
				err = scenario.Write(t.Context(), db, id)
				require.NoError(t, db.Close())
			}
			require.ErrorIs(t, err, c.want)
			require.NotContains(t, err.Error(), "98765")
			require.Contains(t, err.Error(), ": ") // it goes on to say what to do
			gone()

			db, err = sqlite.Open(t.Context(), path, options)
			require.NoError(t, err)
			defer func() { require.NoError(t, db.Close()) }()
			require.NoError(t, small.Read(t.Context(), db, "first"))
			all, err := scenario.Written(t.Context(), db, id)
			require.NoError(t, err)
			require.False(t, all, "a part of what was refused is there")
			require.NoError(t, scenario.Write(t.Context(), db, id))
			all, err = scenario.Written(t.Context(), db, id)
			require.NoError(t, err)
			require.True(t, all)
			found, err := storage.VerifyAudit(t.Context(), db)
			require.NoError(t, err)
			require.Empty(t, found)
		})
	}
}
