package postgres_test

import (
	"fmt"
	"testing"

	"github.com/musterhr/hr/storage/internal/crash"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr/storage/internal/history"
	"github.com/musterhr/hr/storage/internal/testcipher"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/postgres"
)

// The same history is the same on this store as on the memory store, answer for answer, and breaks nothing.
func TestHistoriesAreTheSame(t *testing.T) {
	crash.Alone(t)
	fresh := opened(t, postgres.Options{Cipher: testcipher.Cipher("one")}) // people are erased
	for _, seed := range history.Seeds() {
		want, err := history.Play(t.Context(), seed, memory.New())
		require.NoError(t, err)
		db := fresh.Tenant(fmt.Sprint("history", seed))
		got, err := history.Play(t.Context(), seed, db)
		require.NoError(t, err)
		require.Empty(t, got.Violations)
		require.Equal(t, want.Lines, got.Lines)
		require.Equal(t, want.Digest(), got.Digest())
	}
}
