package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/sqlite"
)

// BenchmarkBulk writes the results and postings of a thousand payslips in one unit, and beside it inserts the same rows, read back from the
// tables, with a prepared statement in a loop. The ratio is what of that loop's speed the ports have; the goal is 0.8.
func BenchmarkBulk(b *testing.B) {
	path := filepath.Join(b.TempDir(), "bulk.db")
	db, err := sqlite.Open(b.Context(), path)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, db.Close()) })
	raw, err := sql.Open("sqlite", path+"?_txlock=immediate&_pragma=synchronous(full)&_pragma=foreign_keys(on)")
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, raw.Close()) })

	ours := func(run payroll.RunID, results []payroll.Result, postings []hr.Entry[payroll.Posting]) {
		require.NoError(b, db.InTx(b.Context(), func(ctx context.Context) error {
			if err := db.PutResults(ctx, run, results...); err != nil {
				return err
			}
			return db.AppendPostings(ctx, postings...)
		}))
	}
	results, postings := scenario.Chunk("R")
	begin := func(run payroll.RunID) { // for both sides, and for neither in its time
		require.NoError(b, scenario.Begin(b.Context(), db, run, results))
		require.NoError(b, scenario.Begin(b.Context(), db.Tenant("raw"), run, results))
	}
	begin("R")
	ours("R", results, postings)
	var rows [2][][]any
	var statements [2]string
	var keys [2]int // which column has the number of the run
	for i, table := range []string{"hr_result", "hr_posting"} {
		rows[i], statements[i] = all(b, raw, table)
		keys[i] = strings.Count(statements[i][:strings.Index(statements[i], [2]string{`"run"`, `"id"`}[i])], ",")
	}
	require.NoError(b, db.Tenant("raw").AppendPostings(b.Context(), postings[:2]...)) // the names of lines, to which those of the rows refer
	var sides scenario.Sides
	before := "R"
	for n := 0; b.Loop(); n++ {
		run := payroll.RunID(fmt.Sprint("R", n))
		begin(run)
		results, postings := scenario.Chunk(run)
		for i := range rows {
			for _, r := range rows[i] { // another tenant, and another key each time, with as much of it before
				r[0] = "raw"
				r[keys[i]] = strings.Replace(r[keys[i]].(string), before, string(run), 1)
			}
		}
		before = string(run)
		sides.Time(func() { ours(run, results, postings) }, func() {
			tx, err := raw.BeginTx(b.Context(), nil)
			require.NoError(b, err)
			for i, statement := range statements {
				prepared, err := tx.PrepareContext(b.Context(), statement)
				require.NoError(b, err)
				for _, r := range rows[i] {
					_, err := prepared.ExecContext(b.Context(), r...)
					require.NoError(b, err)
				}
				require.NoError(b, prepared.Close())
			}
			require.NoError(b, tx.Commit())
		})
	}
	ratio, median := sides.Speed()
	b.ReportMetric(ratio, "of-raw")
	b.ReportMetric(float64(median.Microseconds())/1000, "µs/payslip")
}

// all reads a table as values of the driver, with the statement that inserts one row of it.
func all(b *testing.B, db *sql.DB, table string) (out [][]any, statement string) {
	found, err := db.QueryContext(b.Context(), `SELECT * FROM `+table)
	require.NoError(b, err)
	defer func() { require.NoError(b, found.Close()) }()
	columns, err := found.Columns()
	require.NoError(b, err)
	for found.Next() {
		row := make([]any, len(columns))
		dest := make([]any, len(columns))
		for i := range row {
			dest[i] = &row[i]
		}
		require.NoError(b, found.Scan(dest...))
		out = append(out, row)
	}
	require.NoError(b, found.Err())
	return out, `INSERT INTO ` + table + ` ("` + strings.Join(columns, `", "`) + `") VALUES (` + strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ") + `)`
}
