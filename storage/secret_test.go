package storage_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Who has stolen the command log and tries every amount at a log of their own finds the command where the log has no key, and does not where it
// has one. The same command again is the same, and other content is not, either way.
func TestAStolenLogConfirmsNoGuess(t *testing.T) {
	key := bytes.Repeat([]byte{7}, 32)
	content := func(secret []byte) string {
		b := newBench(hr.AllowAll)
		b.kit.Secret = secret
		first, err := b.raise(t.Context(), command("c1"), five)
		require.NoError(t, err)
		again, err := b.raise(t.Context(), command("c1"), five)
		require.NoError(t, err)
		require.Equal(t, first, again)
		require.Equal(t, 1, b.ran)
		other := five
		other.Employee = "E3"
		_, err = b.raise(t.Context(), command("c1"), other)
		require.ErrorIs(t, err, storage.ErrReused)
		row, _, err := b.Claim(t.Context(), storage.CommandRow{ID: "c1"})
		require.NoError(t, err)
		return row.Content
	}
	require.Equal(t, content(nil), content(nil), "without a key the guess is confirmed")
	require.NotEqual(t, content(nil), content(key))
	require.NotEqual(t, content(bytes.Repeat([]byte{8}, 32)), content(key), "nor with a key of one's own")
	require.Equal(t, content(key), content(key))
}
