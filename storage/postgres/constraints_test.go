package postgres_test

import (
	"context"
	"regexp"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/postgres"
)

// What contradicts itself or what is there is refused by the tables, whoever writes it, and a caller of a port is told by a typed error; of the unit
// nothing is left. The same holds of tables that are spread over partitions.
func TestContradictions(t *testing.T) {
	for name, spread := range map[string]bool{"whole": false, "partitioned": true} {
		t.Run(name, func(t *testing.T) {
			path, raw := begun(t)
			db, err := postgres.Open(t.Context(), path)
			require.NoError(t, err)
			defer db.Close()
			require.NoError(t, scenario.Hiring(t.Context(), db))
			if spread {
				partitioned(t, path)
			}
			referring := map[string]bool{}
			for _, s := range postgres.Schema() {
				for _, name := range regexp.MustCompile(`"(\w+_there)" FOREIGN KEY`).FindAllStringSubmatch(s, -1) {
					referring[name[1]] = true
				}
			}
			for _, c := range scenario.Contradictions() {
				delete(referring, c.Constraint)
				t.Run(c.Constraint, func(t *testing.T) {
					_, err := raw.Exec(t.Context(), c.SQL)
					var said *pgconn.PgError
					require.ErrorAs(t, err, &said)
					require.Equal(t, c.Constraint, said.ConstraintName, said.Message)
					if c.Through == nil {
						return
					}
					err = db.InTx(t.Context(), func(ctx context.Context) error {
						_, err := db.First(ctx, "probe", c.Constraint)
						require.NoError(t, err)
						return c.Through(ctx, db)
					})
					require.ErrorIs(t, err, storage.ErrInconsistent)
					var refused *storage.ConstraintError
					require.ErrorAs(t, err, &refused)
					require.Equal(t, c.Constraint, refused.Name)
					require.NotContains(t, err.Error(), "nowhere")
					fresh, err := db.First(t.Context(), "probe", c.Constraint)
					require.NoError(t, err)
					require.True(t, fresh, "something of the unit is left")
				})
			}
			require.Empty(t, referring, "no row is shown to be refused by these")
		})
	}
}

// What is sent twice at once, from two connections, is made once, at every isolation level.
func TestTwiceIsOnce(t *testing.T) {
	for _, level := range []pgx.TxIsoLevel{pgx.ReadCommitted, pgx.RepeatableRead, pgx.Serializable} {
		t.Run(string(level), func(t *testing.T) {
			a, path := openedAt(t, postgres.Options{Isolation: level})
			b, err := postgres.Open(t.Context(), path, postgres.Options{Isolation: level})
			require.NoError(t, err)
			defer b.Close()
			require.NoError(t, scenario.Hiring(t.Context(), a))
			require.NoError(t, scenario.Twice(t.Context(), a, b, 10))
		})
	}
}
