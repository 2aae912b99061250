package postgres_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/musterhr/hr/storage/internal/crash"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
)

// What the server refuses is an error that says what to do and shows no value; nothing of the command is left, what was there before is, and once
// the cause is gone the database is opened and the same command works.
func TestRefusals(t *testing.T) {
	crash.Alone(t)
	long := "" // and not to be made shorter
	for range 500 {
		long += rand.Text()
	}
	// trigger makes the server do something in the middle of a unit, when the twentieth of the postings of a command comes.
	trigger := func(does string) []string {
		return []string{
			`CREATE FUNCTION cause() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			IF NEW.id LIKE '%/E000020' THEN ` + does + `; END IF; RETURN NEW; END $$`,
			`CREATE TRIGGER cause BEFORE INSERT ON hr_posting FOR EACH ROW EXECUTE FUNCTION cause()`,
		}
	}
	away := []string{`DROP TRIGGER cause ON hr_posting`, `DROP FUNCTION cause`}
	for _, c := range []struct {
		name        string
		want        error
		cause, gone []string
		id          string                   // of the command
		place       func(path string) string // the DSN that is used
	}{
		{name: "no room", want: storage.ErrFull, cause: trigger(`RAISE EXCEPTION 'no room for 98765.43' USING ERRCODE = 'disk_full'`), gone: away},
		{name: "the session ends", want: storage.ErrUnavailable, cause: trigger(`PERFORM pg_terminate_backend(pg_backend_pid())`), gone: away},
		{name: "the server is slow", want: storage.ErrUnavailable, cause: trigger(`PERFORM pg_sleep(20)`), gone: away},
		{name: "a page is corrupt", want: storage.ErrDamaged, cause: trigger(`RAISE EXCEPTION '98765.43' USING ERRCODE = 'data_corrupted'`), gone: away},
		{
			name: "a standby", want: storage.ErrReadOnly, cause: []string{`ALTER DATABASE @ SET default_transaction_read_only = on`},
			gone: []string{`SET default_transaction_read_only = off`, `ALTER DATABASE @ RESET default_transaction_read_only`},
		},
		{name: "a right is revoked", want: storage.ErrNotPermitted, place: clerk, cause: []string{
			`CREATE ROLE @clerk LOGIN`, `GRANT ALL ON ALL TABLES IN SCHEMA public TO @clerk`, `GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO @clerk`,
			`REVOKE INSERT ON hr_posting FROM @clerk`,
		}, gone: []string{`DROP OWNED BY @clerk`, `DROP ROLE @clerk`}},
		{name: "nobody of that name", want: storage.ErrNotPermitted, place: clerk},
		{name: "no such database", want: storage.ErrUnavailable, place: func(path string) string { return path + "_98765" }},
		{name: "no such server", want: storage.ErrUnavailable, place: func(string) string { return "host=/nowhere user=u password=98765 dbname=d" }},
		{name: "a key that is too long", want: storage.ErrUnstorable, id: long},
		{name: "a character that is none", want: storage.ErrUnstorable, id: "98765\x00"},
		{name: "a table is gone", want: postgres.ErrSchemaOther, cause: []string{`ALTER TABLE hr_posting RENAME TO away`}, gone: []string{`ALTER TABLE away RENAME TO hr_posting`}},
		{
			name: "a column is gone", want: postgres.ErrSchemaOther, cause: []string{`ALTER TABLE hr_result RENAME units TO away`},
			gone: []string{`ALTER TABLE hr_result RENAME away TO units`},
		},
		{
			name: "a column of another type", want: postgres.ErrSchemaOther, cause: []string{
				`DROP VIEW payslip_line`, `ALTER TABLE hr_posting RENAME places TO away`,
				`ALTER TABLE hr_posting ADD places boolean`,
			},
			gone: []string{`ALTER TABLE hr_posting DROP places`, `ALTER TABLE hr_posting RENAME away TO places`},
		},
		{
			name: "an edited migration", want: postgres.ErrSchemaForeign, cause: []string{`UPDATE hr_migration SET checksum = 'x' || checksum`},
			gone: []string{`UPDATE hr_migration SET checksum = substr(checksum, 2)`},
		},
		{
			name: "migrations of somebody else", want: postgres.ErrSchemaForeign, cause: []string{`ALTER TABLE hr_migration RENAME TO ours`, `CREATE TABLE hr_migration (version text)`},
			gone: []string{`DROP TABLE hr_migration`, `ALTER TABLE ours RENAME TO hr_migration`},
		},
		{
			name: "tables of somebody else", want: postgres.ErrSchemaForeign, cause: []string{`ALTER TABLE hr_migration RENAME TO ours`},
			gone: []string{`ALTER TABLE ours RENAME TO hr_migration`},
		},
		{
			name: "a schema from the future", want: postgres.ErrSchemaNewer, cause: []string{`INSERT INTO hr_migration VALUES (2, 'contract_x', 'x', 2, '')`},
			gone: []string{`DELETE FROM hr_migration WHERE number = 2`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, raw := begun(t)
			database := path[strings.LastIndex(path, "=")+1:]
			run := func(statements []string) {
				for _, q := range statements {
					_, err := raw.Exec(context.Background(), strings.ReplaceAll(q, "@", database))
					require.NoError(t, err, q)
				}
			}
			place, id := path, "second"
			if c.place != nil {
				place = c.place(path)
			}
			if c.id != "" {
				id = c.id
			}
			run(c.cause)
			db, err := postgres.Open(t.Context(), place, postgres.Options{Statement: 300 * time.Millisecond})
			if err == nil {
				if err = db.Check(t.Context()); err == nil {
					err = scenario.Write(t.Context(), db, id)
				}
				db.Close()
			}
			require.ErrorIs(t, err, c.want)
			require.NotContains(t, err.Error(), "98765")
			require.Contains(t, err.Error(), ": ") // it goes on to say what to do
			run(c.gone)

			db, err = postgres.Open(t.Context(), path)
			require.NoError(t, err)
			defer db.Close()
			require.NoError(t, db.Migrate(t.Context()))
			require.NoError(t, small.Read(t.Context(), db, "first"))
			if c.id != "" {
				id = "second" // the same with what can be kept
			}
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

// clerk is the DSN of an account of its own for each database.
func clerk(path string) string {
	c, err := pgx.ParseConfig(path)
	must(err)
	return fmt.Sprintf("host=%s port=%d user=%sclerk dbname=%s", c.Host, c.Port, c.Database, c.Database)
}

// A connection string that cannot be read is not shown, and one that nobody answers shows no password.
func TestConnectionStrings(t *testing.T) {
	for _, dsn := range []string{
		"postgres://ann:secret98765@host:port/x", "postgres://ann:secret98765@[", "host= password=secret98765 port=x", "secret98765",
		"postgres://ann:secret98765@127.0.0.1:1/x",
	} {
		_, err := postgres.Open(t.Context(), dsn)
		require.Error(t, err)
		require.NotContains(t, err.Error(), "98765")
		for ; err != nil; err = errors.Unwrap(err) {
			require.NotContains(t, err.Error(), "98765")
		}
	}
}
