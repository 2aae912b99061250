package sqlite_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/internal/crash"
	"github.com/musterhr/hr/storage/internal/history"
	"github.com/musterhr/hr/storage/internal/testcipher"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/sqlite"
)

// The same history is the same on this store as on the memory store, answer for answer, and breaks nothing.
func TestHistoriesAreTheSame(t *testing.T) {
	crash.Alone(t)
	sealed, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "muster.db"), sqlite.Options{Cipher: testcipher.Cipher("one")}) // people are erased
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, sealed.Close()) })
	for _, seed := range history.Seeds() {
		want, err := history.Play(t.Context(), seed, memory.New())
		require.NoError(t, err)
		db := sealed.Tenant(fmt.Sprint("history", seed))
		got, err := history.Play(t.Context(), seed, db)
		require.NoError(t, err)
		require.Empty(t, got.Violations)
		require.Equal(t, want.Lines, got.Lines)
		require.Equal(t, want.Digest(), got.Digest())
	}
}
