package storagetest

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Cipher proves [storage.Cipher]. open returns one with a master key that stays the same for the subtest.
func Cipher(t *testing.T, open func(t *testing.T) storage.Cipher) {
	name := storage.KeyName{Tenant: "acme", Subject: "employee/E1", Class: hr.ClassGovernmentID}
	const field, text = "hr_employment/E1/1", "ABCPK1234Q"
	run := func(sentence string, fn func(t *testing.T, ctx context.Context, c storage.Cipher, key []byte)) {
		t.Run(sentence, func(t *testing.T) {
			ctx, c := deadline(t), open(t)
			key, err := c.NewKey(ctx, name)
			ok(t, err)
			fn(t, ctx, c, key)
		})
	}
	seal := func(t *testing.T, ctx context.Context, c storage.Cipher, key []byte) []byte {
		t.Helper()
		sealed, err := c.Seal(ctx, name, key, field, []byte(text))
		ok(t, err)
		return sealed
	}
	opens := func(t *testing.T, ctx context.Context, c storage.Cipher, key, sealed []byte) {
		t.Helper()
		plain, err := c.Open(ctx, name, key, field, sealed)
		ok(t, err)
		must(t, string(plain) == text, "it opens to another text")
	}
	run("what was sealed opens, and shows nothing before", func(t *testing.T, ctx context.Context, c storage.Cipher, key []byte) {
		sealed := seal(t, ctx, c, key)
		opens(t, ctx, c, key, sealed)
		must(t, !bytes.Contains(sealed, []byte(text)) && !bytes.Contains(sealed, []byte(text[:4])), "the ciphertext shows the text")
		empty, err := c.Seal(ctx, name, key, field, nil)
		ok(t, err)
		plain, err := c.Open(ctx, name, key, field, empty)
		ok(t, err)
		must(t, len(plain) == 0, "nothing opens to something")
	})
	run("the same text is sealed differently each time", func(t *testing.T, ctx context.Context, c storage.Cipher, key []byte) {
		must(t, !bytes.Equal(seal(t, ctx, c, key), seal(t, ctx, c, key)), "equal texts can be told by their ciphertexts")
	})
	for _, other := range []struct {
		of    string
		name  storage.KeyName
		field string
	}{
		{"tenant", storage.KeyName{Tenant: "other", Subject: name.Subject, Class: name.Class}, field},
		{"subject", storage.KeyName{Tenant: name.Tenant, Subject: "employee/E2", Class: name.Class}, field},
		{"class", storage.KeyName{Tenant: name.Tenant, Subject: name.Subject, Class: hr.ClassContact}, field},
		{"field", name, "hr_employment/E1/2"},
	} {
		run("a ciphertext does not open as that of another "+other.of, func(t *testing.T, ctx context.Context, c storage.Cipher, key []byte) {
			sealed := seal(t, ctx, c, key)
			_, err := c.Open(ctx, other.name, key, other.field, sealed)
			is(t, err, storage.ErrSealed)
			if other.name == name {
				return
			}
			foreign, err := c.NewKey(ctx, other.name)
			ok(t, err)
			_, err = c.Open(ctx, other.name, foreign, other.field, sealed)
			is(t, err, storage.ErrSealed)
			_, err = c.Seal(ctx, other.name, key, other.field, []byte(text)) // a wrapped key that was moved
			is(t, err, storage.ErrSealed)
		})
	}
	run("a ciphertext or key that was changed does not open", func(t *testing.T, ctx context.Context, c storage.Cipher, key []byte) {
		sealed := seal(t, ctx, c, key)
		for i := range sealed {
			changed := slices.Clone(sealed)
			changed[i] ^= 1
			_, err := c.Open(ctx, name, key, field, changed)
			is(t, err, storage.ErrSealed)
		}
		_, err := c.Open(ctx, name, key, field, sealed[:len(sealed)/2])
		is(t, err, storage.ErrSealed)
		changed := slices.Clone(key)
		changed[len(changed)-1] ^= 1
		_, err = c.Open(ctx, name, changed, field, sealed)
		is(t, err, storage.ErrSealed)
	})
	run("no two keys are the same", func(t *testing.T, ctx context.Context, c storage.Cipher, key []byte) {
		again, err := c.NewKey(ctx, name)
		ok(t, err)
		_, err = c.Open(ctx, name, again, field, seal(t, ctx, c, key))
		is(t, err, storage.ErrSealed)
	})
	run("a renewed key opens what was sealed before, and seals what the old one does not open", func(t *testing.T, ctx context.Context, c storage.Cipher, key []byte) {
		before := seal(t, ctx, c, key)
		renewed, err := c.RenewKey(ctx, name, key)
		ok(t, err)
		opens(t, ctx, c, renewed, before)
		after := seal(t, ctx, c, renewed)
		opens(t, ctx, c, renewed, after)
		_, err = c.Open(ctx, name, key, field, after)
		is(t, err, storage.ErrSealed)
	})
	run("a key that was wrapped again is the same key", func(t *testing.T, ctx context.Context, c storage.Cipher, key []byte) {
		again, err := c.RewrapKey(ctx, name, key)
		ok(t, err)
		opens(t, ctx, c, again, seal(t, ctx, c, key))
		opens(t, ctx, c, key, seal(t, ctx, c, again))
	})
	run("equal texts have equal marks in one tenant and field only", func(t *testing.T, ctx context.Context, c storage.Cipher, _ []byte) {
		mark := func(tenant, field, plain string) string {
			m, err := c.Mark(ctx, tenant, field, plain)
			ok(t, err)
			must(t, m != "" && m != plain, "a mark shows the text")
			return m
		}
		first := mark("acme", "identity/pan_in", text)
		must(t, first == mark("acme", "identity/pan_in", text), "two marks of one text")
		for _, other := range []string{mark("other", "identity/pan_in", text), mark("acme", "identity/uan_in", text), mark("acme", "identity/pan_in", text+"0"), mark("acmeidentity/", "pan_in", text)} {
			must(t, first != other, "one mark of two texts")
		}
	})
}
