package postgres_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
)

// BenchmarkBulk writes the results and postings of a thousand payslips in one unit, and beside it copies the same rows, read back from the tables
// and already in the form of the driver, with nothing but COPY. The ratio is what of COPY's speed the ports have; the goal is 0.8.
func BenchmarkBulk(b *testing.B) {
	path := database(b)
	db, err := postgres.Open(b.Context(), path)
	require.NoError(b, err)
	b.Cleanup(db.Close)
	require.NoError(b, db.Migrate(b.Context()))
	raw, err := pgx.Connect(b.Context(), path)
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, raw.Close(context.Background())) })

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
	tables := [2]string{"hr_result", "hr_posting"}
	var rows [2][][]any
	var columns [2][]string
	var keys [2]int // which column has the number of the run
	for i, table := range tables {
		rows[i], columns[i] = all(b, raw, table)
		for k, name := range columns[i] {
			if name == [2]string{"run", "id"}[i] {
				keys[i] = k
			}
		}
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
			tx, err := raw.Begin(b.Context())
			require.NoError(b, err)
			for i, table := range tables {
				_, err := tx.CopyFrom(b.Context(), pgx.Identifier{table}, columns[i], pgx.CopyFromRows(rows[i]))
				require.NoError(b, err)
			}
			require.NoError(b, tx.Commit(b.Context()))
		})
	}
	ratio, median := sides.Speed()
	b.ReportMetric(ratio, "of-COPY")
	b.ReportMetric(float64(median.Microseconds())/1000, "µs/payslip")
}

// all reads a table as values that the driver writes the quickest.
func all(b *testing.B, c *pgx.Conn, table string) (out [][]any, columns []string) {
	found, err := c.Query(b.Context(), `SELECT * FROM `+table)
	require.NoError(b, err)
	for _, f := range found.FieldDescriptions() {
		columns = append(columns, f.Name)
	}
	out, err = pgx.CollectRows(found, func(r pgx.CollectableRow) ([]any, error) {
		values, err := r.Values()
		for k, f := range r.FieldDescriptions() {
			if r.RawValues()[k] == nil {
				continue
			}
			switch v := values[k].(type) {
			case time.Time:
				if f.DataTypeOID == pgtype.DateOID {
					values[k] = pgtype.Date{Time: v, Valid: true}
				}
			case []any:
				if f.DataTypeOID == pgtype.Int8ArrayOID {
					list := make([]int64, len(v))
					for i := range v {
						list[i] = v[i].(int64)
					}
					values[k] = list
				}
			}
			if f.DataTypeOID == pgtype.JSONBOID { // the text of a document, as COPY is given it
				text, err := json.Marshal(values[k])
				if err != nil {
					return nil, err
				}
				values[k] = string(text)
			}
		}
		return values, err
	})
	require.NoError(b, err)
	return out, columns
}
