// Package testcipher is a small storage.Cipher for tests of stores: AES-GCM under keys that a fixed master key wraps. A host takes
// storage/tinkkeys.
package testcipher

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/musterhr/hr/storage"
)

// Cipher wraps keys under its text. Two of different texts do not open what the other sealed. A text of several, "new/old", wraps under the first and unwraps under each,
// as while a master key is rotated.
type Cipher string

const size = 32

// masters are the master keys, that of today first.
func (c Cipher) masters() (all [][]byte) {
	for text := range strings.SplitSeq(string(c), "/") {
		sum := sha256.Sum256([]byte(text))
		all = append(all, sum[:])
	}
	return all
}

func join(parts ...string) []byte { return []byte(strings.Join(parts, "\x00")) }

func bound(name storage.KeyName, field string) []byte {
	return join(name.Tenant, name.Subject, string(name.Class), field)
}

func seal(key, plain, bound []byte) ([]byte, error) {
	a, err := gcm(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, a.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return a.Seal(nonce, nonce, plain, bound), nil
}

func open(key, sealed, bound []byte) ([]byte, error) {
	a, err := gcm(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) < a.NonceSize() {
		return nil, storage.ErrSealed
	}
	plain, err := a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], bound)
	if err != nil {
		return nil, storage.ErrSealed
	}
	return plain, nil
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// NewKey implements [storage.Cipher]. A wrapped key is a list of keys of 32 bytes, the newest first.
func (c Cipher) NewKey(_ context.Context, name storage.KeyName) ([]byte, error) {
	return c.wrap(name, nil)
}

func (c Cipher) wrap(name storage.KeyName, older []byte) ([]byte, error) {
	key := make([]byte, size, size+len(older))
	_, _ = rand.Read(key)
	return seal(c.masters()[0], append(key, older...), bound(name, "key"))
}

func (c Cipher) unwrap(name storage.KeyName, wrapped []byte) ([]byte, error) {
	for _, master := range c.masters() {
		if keys, err := open(master, wrapped, bound(name, "key")); err == nil {
			return keys, nil
		}
	}
	return nil, storage.ErrSealed
}

// RenewKey implements [storage.Cipher].
func (c Cipher) RenewKey(_ context.Context, name storage.KeyName, wrapped []byte) ([]byte, error) {
	older, err := c.unwrap(name, wrapped)
	if err != nil {
		return nil, err
	}
	return c.wrap(name, older)
}

// RewrapKey implements [storage.Cipher].
func (c Cipher) RewrapKey(_ context.Context, name storage.KeyName, wrapped []byte) ([]byte, error) {
	keys, err := c.unwrap(name, wrapped)
	if err != nil {
		return nil, err
	}
	return seal(c.masters()[0], keys, bound(name, "key"))
}

// Seal implements [storage.Cipher].
func (c Cipher) Seal(_ context.Context, name storage.KeyName, wrapped []byte, field string, plain []byte) ([]byte, error) {
	keys, err := c.unwrap(name, wrapped)
	if err != nil {
		return nil, err
	}
	return seal(keys[:size], plain, bound(name, field))
}

// Open implements [storage.Cipher].
func (c Cipher) Open(_ context.Context, name storage.KeyName, wrapped []byte, field string, sealed []byte) ([]byte, error) {
	keys, err := c.unwrap(name, wrapped)
	if err != nil {
		return nil, err
	}
	for at := 0; at < len(keys); at += size {
		if plain, err := open(keys[at:at+size], sealed, bound(name, field)); err == nil {
			return plain, nil
		}
	}
	return nil, storage.ErrSealed
}

// Mark implements [storage.Cipher]. Its key is one for all, so that it does not change with the master key.
func (c Cipher) Mark(_ context.Context, tenant, field, plain string) (string, error) {
	h := hmac.New(sha256.New, []byte("the key of marks"))
	h.Write(join("mark", tenant, field, plain))
	return hex.EncodeToString(h.Sum(nil)), nil
}
