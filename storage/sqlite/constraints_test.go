package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/scenario"
	"github.com/musterhr/hr/storage/sqlite"
)

// What contradicts itself or what is there is refused by the tables, whoever writes it, and a caller of a port is told by a typed error; of the unit
// nothing is left.
func TestContradictions(t *testing.T) {
	path, _ := begun(t)
	db, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	require.NoError(t, scenario.Hiring(t.Context(), db))
	raw, err := sql.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(on)")
	require.NoError(t, err)
	defer func() { require.NoError(t, raw.Close()) }()
	referring := map[string]bool{}
	for _, s := range sqlite.Schema() {
		for _, name := range regexp.MustCompile(`"(\w+_there)" FOREIGN KEY`).FindAllStringSubmatch(s, -1) {
			referring[name[1]] = true
		}
	}
	for _, c := range scenario.Contradictions() {
		delete(referring, c.Constraint)
		reference := strings.HasSuffix(c.Constraint, "_there")
		t.Run(c.Constraint, func(t *testing.T) {
			_, err := raw.ExecContext(t.Context(), c.SQL)
			if reference {
				require.ErrorContains(t, err, "FOREIGN KEY constraint failed")
			} else {
				require.ErrorContains(t, err, "CHECK constraint failed: "+c.Constraint+" ")
			}
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
			if !reference { // which SQLite does not name
				require.Equal(t, c.Constraint, refused.Name)
			}
			require.NotContains(t, err.Error(), "nowhere")
			fresh, err := db.First(t.Context(), "probe", c.Constraint)
			require.NoError(t, err)
			require.True(t, fresh, "something of the unit is left")
		})
	}
	require.Empty(t, referring, "no row is shown to be refused by these")
}

// What is sent twice at once, from two connections, is made once.
func TestTwiceIsOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "muster.db")
	a, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, a.Close()) }()
	b, err := sqlite.Open(t.Context(), path)
	require.NoError(t, err)
	defer func() { require.NoError(t, b.Close()) }()
	require.NoError(t, scenario.Hiring(t.Context(), a))
	require.NoError(t, scenario.Twice(t.Context(), a, b, 10))
}
