package sqlite_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/musterhr/hr/storage/internal/crash"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/sqlite"
)

var small = scenario.Company{Employees: 2, Months: 1, Chunk: 2}

// begun returns a file with a month of payroll and some payslips, and a connection that goes around the store and, as a disk does, around the checks.
func begun(t *testing.T) (path string, raw *sql.DB) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "muster.db")
	require.NoError(t, os.WriteFile(path, template(), 0o600))
	raw, err := sql.Open("sqlite", "file:"+path+"?_pragma=ignore_check_constraints(on)")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, raw.Close()) })
	return path, raw
}

// template is the bytes of such a file.
var template = sync.OnceValue(func() []byte {
	dir, err := os.MkdirTemp("", "muster")
	must(err)
	defer func() { must(os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "muster.db")
	db, err := sqlite.Open(context.Background(), path)
	must(err)
	must(small.Work(context.Background(), db, func(string) {}))
	must(scenario.Write(context.Background(), db, "first"))
	must(small.Read(context.Background(), db, "first"))
	must(db.Close()) // which brings the log into the file
	b, err := os.ReadFile(path)
	must(err)
	return b
})

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// A row that somebody or a disk has spoilt is an error that names its place and nothing of what is in it. It spoils nothing else, and is read
// again once it is restored.
func TestDamagedRows(t *testing.T) {
	crash.Alone(t)
	path, raw := begun(t)
	for _, c := range []struct {
		name, table, spoil string
		column             string
	}{
		{"a payslip with an amount less", "hr_result", `SET units = '[9876543]' WHERE employee = 'E000007'`, "units"},
		{"a payslip without amounts", "hr_result", `SET units = NULL WHERE employee = 'E000007'`, "units"},
		{"amounts that are no list", "hr_result", `SET units = '[9876543' WHERE employee = 'E000007'`, ""},
		{"a text for a number", "hr_result", `SET known_own = '98765.43 and' WHERE employee = 'E000007'`, "known_own"},
		{"another title in the dictionary", "hr_payslip_line_kind", `SET title = 'Gift' WHERE position = 1`, ""},
		{"a line of the dictionary is gone", "hr_payslip_line_kind", `WHERE position = 1`, ""},
		{"a posting with an amount less", "hr_posting", `SET units = '[9876543]' WHERE id = 'first/E000007'`, "units"},
		{"other names of posted lines", "hr_posting_names", `SET names = replace(names, 'line_1', 'line_x')`, ""},
		{"no names of posted lines", "hr_posting_names", `WHERE true`, ""},
		{"a case with half a document", "hr_run", `SET overrides = '[{"amount":"98765.43"'`, "overrides"},
		{"a case with a document of another form", "hr_run", `SET overrides = '[{"98765.43":[]}, 98765.43]'`, "overrides"},
		{"a document that goes on", "hr_run", `SET overrides = '[] 98765.43'`, "overrides"},
		{"a decimal that is none", "hr_adjustment", `SET amount = '98765.43x'`, "amount"},
		{"a day that is none", "hr_employment", `SET start = '98765.43'`, "start"},
		{"an instant that is none", "hr_posting", `SET recorded = '98765.43' WHERE id = 'first/E000007'`, "recorded"},
		{"a yes that is neither", "hr_posting", `SET void = 7 WHERE id = 'first/E000007'`, "void"},
		{"an amount that is a blob", "hr_terms", `SET pay = x'ff00'`, "pay"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, err := sqlite.Open(t.Context(), path) // anew: what names the lines of payslips is read once, and kept
			require.NoError(t, err)
			defer func() { require.NoError(t, db.Close()) }()
			run := func(q string) {
				_, err := raw.ExecContext(t.Context(), q)
				require.NoError(t, err, q)
			}
			run("CREATE TABLE kept AS SELECT * FROM " + c.table)
			defer func() {
				run("DELETE FROM " + c.table)
				run("INSERT INTO " + c.table + " SELECT * FROM kept")
				run("DROP TABLE kept")
				require.NoError(t, small.Read(t.Context(), db, "first"))
			}()
			if c.spoil[0] == 'W' {
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
	db, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	found, err := storage.VerifyAudit(t.Context(), db)
	require.NoError(t, err)
	require.Empty(t, found)
	_, err = raw.ExecContext(context.Background(), `UPDATE hr_audit SET actor = 'somebody' WHERE position = 3`)
	require.NoError(t, err)
	found, err = storage.VerifyAudit(t.Context(), db)
	require.NoError(t, err)
	require.Len(t, found, 1)
}

// Who is employed is found without reading anybody's row whole: one that is spoilt elsewhere hides nobody.
func TestWhoIsEmployedIsFoundWithoutTheirRows(t *testing.T) {
	path, raw := begun(t)
	db, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	all := hr.Period{From: hr.MustDate("2000-01-01")}
	before, err := db.EmployedIn(t.Context(), all, "", 0)
	require.NoError(t, err)
	require.NotEmpty(t, before)
	_, err = raw.ExecContext(t.Context(), `UPDATE "hr_employment" SET "person_identities" = '{'`)
	require.NoError(t, err)
	_, err = db.Employment(t.Context(), before[0])
	require.Error(t, err)
	after, err := db.EmployedIn(t.Context(), all, "", 0)
	require.NoError(t, err)
	require.Equal(t, before, after)
}
