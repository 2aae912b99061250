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

	var rows [2][][]any
	var columns [2][]string
	keys := [2]int{} // which column has the number of the run
	tables := [2]string{"hr_result", "hr_posting"}
	var ports, copied time.Duration
	for n := 0; b.Loop(); n++ {
		run := payroll.RunID(fmt.Sprint("R", n))
		results, postings := scenario.Chunk(run)
		start := time.Now()
		require.NoError(b, db.InTx(b.Context(), func(ctx context.Context) error {
			if err := db.PutResults(ctx, run, results...); err != nil {
				return err
			}
			return db.AppendPostings(ctx, postings...)
		}))
		ports += time.Since(start)
		if n == 0 {
			for i, table := range tables {
				found, err := raw.Query(b.Context(), `SELECT * FROM `+table)
				require.NoError(b, err)
				for _, f := range found.FieldDescriptions() {
					columns[i] = append(columns[i], f.Name)
					if f.Name == [2]string{"run", "id"}[i] {
						keys[i] = len(columns[i]) - 1
					}
				}
				rows[i], err = pgx.CollectRows(found, func(r pgx.CollectableRow) ([]any, error) {
					values, err := r.Values()
					for k, f := range r.FieldDescriptions() {
						if f.DataTypeOID == pgtype.JSONBOID && values[k] != nil { // the text of a document, as COPY is given it
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
			}
		}
		for i := range rows {
			for _, r := range rows[i] { // another tenant, and another key each time, with as much of it before
				r[0] = "raw"
				r[keys[i]] = strings.Replace(r[keys[i]].(string), fmt.Sprint("R", max(0, n-1)), string(run), 1)
			}
		}
		start = time.Now()
		tx, err := raw.Begin(b.Context())
		require.NoError(b, err)
		for i, table := range tables {
			_, err := tx.CopyFrom(b.Context(), pgx.Identifier{table}, columns[i], pgx.CopyFromRows(rows[i]))
			require.NoError(b, err)
		}
		require.NoError(b, tx.Commit(b.Context()))
		copied += time.Since(start)
	}
	b.ReportMetric(float64(copied)/float64(ports), "of-COPY")
	b.ReportMetric(float64(ports.Microseconds())/float64(b.N)/1000, "µs/payslip")
}
