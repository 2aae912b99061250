package tinkkeys_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/storagetest"
	"github.com/musterhr/hr/storage/tinkkeys"
)

func handle(t *testing.T) *keyset.Handle {
	t.Helper()
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	require.NoError(t, err)
	return h
}

func marksOf(t *testing.T) *keyset.Handle {
	t.Helper()
	h, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	require.NoError(t, err)
	return h
}

func cipher(t *testing.T, master, marks *keyset.Handle) *tinkkeys.Cipher {
	t.Helper()
	kek, err := aead.New(master)
	require.NoError(t, err)
	c, err := tinkkeys.New(kek, marks)
	require.NoError(t, err)
	return c
}

func TestCipher(t *testing.T) {
	storagetest.Cipher(t, func(t *testing.T) storage.Cipher { return cipher(t, handle(t), marksOf(t)) })
}

var name = storage.KeyName{Tenant: "acme", Subject: "employee/E1", Class: hr.ClassContact}

// rotated returns the master keyset with a new primary key, and that without the old one.
func rotated(t *testing.T, old *keyset.Handle) (both, fresh *keyset.Handle) {
	t.Helper()
	m := keyset.NewManagerFromHandle(old)
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	require.NoError(t, err)
	require.NoError(t, m.SetPrimary(id))
	both, err = m.Handle()
	require.NoError(t, err)
	before, err := old.Primary()
	require.NoError(t, err)
	require.NoError(t, m.Delete(before.KeyID()))
	fresh, err = m.Handle()
	require.NoError(t, err)
	return both, fresh
}

// The master key is rotated without reading what is sealed; once the old one is destroyed, what was wrapped by it, a backup, opens no more.
func TestTheMasterKeyIsRotated(t *testing.T) {
	ctx, old, marks := t.Context(), handle(t), marksOf(t)
	before := cipher(t, old, marks)
	backup, err := before.NewKey(ctx, name)
	require.NoError(t, err)
	sealed, err := before.Seal(ctx, name, backup, "f", []byte("Asha"))
	require.NoError(t, err)

	bothKeys, freshKeys := rotated(t, old)
	both, fresh := cipher(t, bothKeys, marks), cipher(t, freshKeys, marks)
	rewrapped, err := both.RewrapKey(ctx, name, backup)
	require.NoError(t, err)
	for _, c := range []*tinkkeys.Cipher{both, fresh} {
		plain, err := c.Open(ctx, name, rewrapped, "f", sealed)
		require.NoError(t, err)
		require.Equal(t, "Asha", string(plain))
	}
	_, err = fresh.Open(ctx, name, backup, "f", sealed)
	require.ErrorIs(t, err, storage.ErrSealed)
	_, err = before.Open(ctx, name, rewrapped, "f", sealed)
	require.ErrorIs(t, err, storage.ErrSealed)

	one, err := before.Mark(ctx, "acme", "identity/pan_in", "ABCPK1234Q")
	require.NoError(t, err)
	other, err := fresh.Mark(ctx, "acme", "identity/pan_in", "ABCPK1234Q")
	require.NoError(t, err)
	require.Equal(t, one, other, "whoever was found before is found")
}

func TestManyAtOnce(t *testing.T) {
	c := cipher(t, handle(t), marksOf(t))
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for n := range 50 {
				own := name
				own.Subject = fmt.Sprint("employee/E", n%5+10*i)
				key, err := c.NewKey(context.Background(), own)
				if err == nil {
					var sealed []byte
					if sealed, err = c.Seal(context.Background(), own, key, "f", []byte("x")); err == nil {
						_, err = c.Open(context.Background(), own, key, "f", sealed)
					}
				}
				if err != nil {
					t.Error(err)
				}
				if n%10 == 0 {
					c.Forget()
				}
			}
		})
	}
	group.Wait()
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	kek, err := aead.New(handle(t))
	require.NoError(t, err)
	_, err = tinkkeys.New(nil, marksOf(t))
	require.Error(t, err)
	_, err = tinkkeys.New(kek, nil)
	require.Error(t, err)
	_, err = tinkkeys.New(kek, handle(t)) // of another kind
	require.Error(t, err)
}

func TestCallsHonourTheirContext(t *testing.T) {
	c := cipher(t, handle(t), marksOf(t))
	key, err := c.NewKey(t.Context(), name)
	require.NoError(t, err)
	done, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = c.NewKey(done, name)
	require.ErrorIs(t, err, context.Canceled)
	_, err = c.Seal(done, name, key, "f", nil)
	require.ErrorIs(t, err, context.Canceled)
	_, err = c.Mark(done, "", "f", "x")
	require.ErrorIs(t, err, context.Canceled)
}

func BenchmarkSealAndOpen(b *testing.B) {
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	require.NoError(b, err)
	kek, err := aead.New(h)
	require.NoError(b, err)
	marks, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	require.NoError(b, err)
	c, err := tinkkeys.New(kek, marks)
	require.NoError(b, err)
	key, err := c.NewKey(b.Context(), name)
	require.NoError(b, err)
	text := make([]byte, 200)
	b.ReportAllocs()
	for b.Loop() {
		sealed, err := c.Seal(b.Context(), name, key, "hr_employment/E1/1", text)
		if err == nil {
			_, err = c.Open(b.Context(), name, key, "hr_employment/E1/1", sealed)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}
