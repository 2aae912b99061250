package postgres_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/musterhr/hr/storage/internal/crash"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
)

var small = scenario.Company{Employees: 2, Months: 1, Chunk: 2}

// begun returns a database with a month of payroll and some payslips, and a connection that goes around the store.
func begun(t *testing.T) (path string, raw *pgx.Conn) {
	t.Helper()
	if dsn == "" {
		database(t) // which skips
	}
	path = databaseLike(t, template())
	raw, err := pgx.Connect(t.Context(), path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = raw.Close(context.Background()) })
	return path, raw
}

// template is the name of such a database, which stays until the cluster goes.
var template = sync.OnceValue(func() string {
	const name = "muster_begun"
	ctx := context.Background()
	admin, err := pgx.Connect(ctx, dsn)
	must(err)
	for _, q := range []string{"DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name} {
		_, err = admin.Exec(ctx, q)
		must(err)
	}
	must(admin.Close(ctx))
	db, err := postgres.Open(ctx, named(name))
	must(err)
	defer db.Close()
	must(db.Migrate(ctx))
	must(small.Work(ctx, db, func(string) {}))
	must(scenario.Write(ctx, db, "first"))
	must(small.Read(ctx, db, "first"))
	return name
})

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// unchecked takes the constraints off a database, as a disk does not ask them.
func unchecked(t *testing.T, raw *pgx.Conn) {
	t.Helper()
	_, err := raw.Exec(t.Context(), `DO $$ DECLARE c record; BEGIN
		FOR c IN SELECT conrelid::regclass AS of, conname FROM pg_constraint WHERE contype IN ('c', 'f') AND connamespace = current_schema()::regnamespace LOOP
			EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.of, c.conname);
		END LOOP;
	END $$`)
	require.NoError(t, err)
}

// A row that somebody or a disk has spoilt is an error that names its place and nothing of what is in it. It spoils nothing else, and is read
// again once it is restored.
func TestDamagedRows(t *testing.T) {
	crash.Alone(t)
	path, raw := begun(t)
	unchecked(t, raw)
	for _, c := range []struct {
		name, table, spoil string
		column             string
	}{
		{"a payslip with an amount less", "hr_result", `SET units = '{9876543}' WHERE employee = 'E000007'`, "units"},
		{"a payslip without amounts", "hr_result", `SET units = NULL WHERE employee = 'E000007'`, "units"},
		{"an amount that is null", "hr_result", `SET units[1] = NULL WHERE employee = 'E000007'`, ""},
		{"amounts in a table", "hr_result", `SET units = '{{9876543},{9876544}}' WHERE employee = 'E000007'`, "units"},
		{"another title in the dictionary", "hr_payslip_line_kind", `SET title = 'Gift' WHERE position = 1`, ""},
		{"a line of the dictionary is gone", "hr_payslip_line_kind", `WHERE position = 1`, ""},
		{"a posting with an amount less", "hr_posting", `SET units = '{9876543}' WHERE id = 'first/E000007'`, "units"},
		{"other names of posted lines", "hr_posting_names", `SET names = jsonb_set(names, '{1}', '"line_x"')`, ""},
		{"no names of posted lines", "hr_posting_names", `WHERE true`, ""},
		{"a case with a document of another form", "hr_run", `SET overrides = '[{"98765.43":[]}, 98765.43]'`, "overrides"},
		{"a decimal that is no number", "hr_adjustment", `SET amount = 'NaN'`, "amount"},
		{"a day without end", "hr_employment", `SET start = 'infinity'`, "start"},
		{"an instant without end", "hr_posting", `SET recorded = 'infinity' WHERE id = 'first/E000007'`, "recorded"},
		{"an amount that is a list", "hr_terms", `SET pay = '[{"amount": [98765.43]}]'`, "pay"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, err := postgres.Open(t.Context(), path) // anew: what names the lines of payslips is read once, and kept
			require.NoError(t, err)
			defer db.Close()
			run := func(q string) {
				_, err := raw.Exec(t.Context(), q)
				require.NoError(t, err, q)
			}
			run("CREATE TABLE kept AS SELECT * FROM " + c.table)
			defer func() {
				run("DELETE FROM " + c.table)
				run("INSERT INTO " + c.table + " SELECT * FROM kept")
				run("DROP TABLE kept")
				require.NoError(t, small.Read(t.Context(), db, "first"))
			}()
			if strings.HasPrefix(c.spoil, "WHERE") {
				run("DELETE FROM " + c.table + " " + c.spoil)
			} else {
				run("UPDATE " + c.table + " " + c.spoil)
			}
			err = small.Read(t.Context(), db, "first")
			var damage *storage.DamagedError
			require.ErrorAs(t, err, &damage)
			require.ErrorIs(t, err, storage.ErrDamaged)
			require.Equal(t, c.table, damage.Table)
			require.Equal(t, c.column, damage.Column)
			require.NotEmpty(t, damage.Row)
			require.NotContains(t, err.Error(), "9876")
		})
	}
}

// What an audit row says is proved by its chain.
func TestAnEditedAuditIsFound(t *testing.T) {
	path, raw := begun(t)
	db, err := postgres.Open(t.Context(), path)
	require.NoError(t, err)
	defer db.Close()
	found, err := storage.VerifyAudit(t.Context(), db)
	require.NoError(t, err)
	require.Empty(t, found)
	_, err = raw.Exec(t.Context(), `UPDATE hr_audit SET actor = 'somebody' WHERE position = 3`)
	require.NoError(t, err)
	found, err = storage.VerifyAudit(t.Context(), db)
	require.NoError(t, err)
	require.Len(t, found, 1)
}
