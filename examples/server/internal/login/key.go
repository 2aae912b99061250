package login

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
)

// Key is the server's own secret of 32 bytes. What is kept under it cannot be read by who has only the database.
type Key [32]byte

// NewKey returns a random key.
func NewKey() (k Key) {
	_, _ = rand.Read(k[:]) // never fails
	return k
}

// of returns the cipher for one use.
func (k Key) of(use string) (cipher.AEAD, error) {
	derived, err := hkdf.Key(sha256.New, k[:], nil, use, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// Seal returns plain in a form that only Open of the same key, use and owner reads.
func (k Key) Seal(use, owner string, plain []byte) ([]byte, error) {
	c, err := k.of(use)
	if err != nil {
		return nil, err
	}
	return c.Seal(nil, nil, plain, []byte(owner)), nil
}

// Open returns what Seal was given.
func (k Key) Open(use, owner string, sealed []byte) ([]byte, error) {
	c, err := k.of(use)
	if err != nil {
		return nil, err
	}
	plain, err := c.Open(nil, nil, sealed, []byte(owner))
	if err != nil {
		return nil, errors.New("a secret cannot be read: the server runs with another key than it was kept under")
	}
	return plain, nil
}
