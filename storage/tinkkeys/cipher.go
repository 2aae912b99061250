package tinkkeys

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/musterhr/hr/storage"
)

// Cipher is a [storage.Cipher] over Tink. It is safe for concurrent use.
type Cipher struct {
	master tink.AEAD
	marks  *prf.Set

	mu   sync.Mutex
	open map[string]tink.AEAD // unwrapped data keys, by name and wrapped form
}

// remembered is how many unwrapped data keys are kept, so that a page of a thousand people does not ask a key management service a thousand times
// again.
const remembered = 10_000

// New returns a cipher that wraps data keys by master and marks by the keyset marks, of a template for PRFs (prf.HMACSHA256PRFKeyTemplate).
func New(master tink.AEAD, marks *keyset.Handle) (*Cipher, error) {
	if master == nil || marks == nil {
		return nil, errors.New("tinkkeys: a master key and a keyset for marks are required")
	}
	set, err := prf.NewPRFSet(marks)
	if err != nil {
		return nil, fmt.Errorf("tinkkeys: the keyset for marks: %w", err)
	}
	return &Cipher{master: master, marks: set, open: map[string]tink.AEAD{}}, nil
}

// Forget drops the unwrapped data keys from memory.
func (c *Cipher) Forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.open)
}

// bound writes texts so that no two lists of texts are written alike.
func bound(texts ...string) []byte {
	var out []byte
	for _, t := range texts {
		out = append(binary.BigEndian.AppendUint64(out, uint64(len(t))), t...)
	}
	return out
}

func boundKey(name storage.KeyName) []byte {
	return bound("muster/key/1", name.Tenant, name.Subject, string(name.Class))
}

func boundField(name storage.KeyName, field string) []byte {
	return bound("muster/field/1", name.Tenant, name.Subject, string(name.Class), field)
}

func (c *Cipher) wrap(name storage.KeyName, h *keyset.Handle) ([]byte, error) {
	var buf bytes.Buffer
	if err := h.WriteWithAssociatedData(keyset.NewBinaryWriter(&buf), c.master, boundKey(name)); err != nil {
		return nil, fmt.Errorf("tinkkeys: a data key cannot be wrapped: %w", err)
	}
	return buf.Bytes(), nil
}

func (c *Cipher) unwrap(name storage.KeyName, wrapped []byte) (*keyset.Handle, error) {
	h, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(wrapped)), c.master, boundKey(name))
	if err != nil {
		return nil, fmt.Errorf("tinkkeys: a data key does not unwrap: %w", storage.ErrSealed)
	}
	return h, nil
}

// key returns the data key itself.
func (c *Cipher) key(name storage.KeyName, wrapped []byte) (tink.AEAD, error) {
	id := string(boundKey(name)) + string(wrapped)
	c.mu.Lock()
	key, known := c.open[id]
	c.mu.Unlock()
	if known {
		return key, nil
	}
	h, err := c.unwrap(name, wrapped)
	if err != nil {
		return nil, err
	}
	if key, err = aead.New(h); err != nil {
		return nil, fmt.Errorf("tinkkeys: a data key is of another kind: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.open) >= remembered {
		clear(c.open)
	}
	c.open[id] = key
	return key, nil
}

// NewKey implements [storage.Cipher].
func (c *Cipher) NewKey(ctx context.Context, name storage.KeyName) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("tinkkeys: %w", err)
	}
	return c.wrap(name, h)
}

// RenewKey implements [storage.Cipher]: the keyset gets a new primary key and keeps the others.
func (c *Cipher) RenewKey(ctx context.Context, name storage.KeyName, wrapped []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h, err := c.unwrap(name, wrapped)
	if err != nil {
		return nil, err
	}
	m := keyset.NewManagerFromHandle(h)
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	if err == nil {
		err = m.SetPrimary(id)
	}
	if err != nil {
		return nil, fmt.Errorf("tinkkeys: %w", err)
	}
	if h, err = m.Handle(); err != nil {
		return nil, fmt.Errorf("tinkkeys: %w", err)
	}
	return c.wrap(name, h)
}

// RewrapKey implements [storage.Cipher].
func (c *Cipher) RewrapKey(ctx context.Context, name storage.KeyName, wrapped []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	h, err := c.unwrap(name, wrapped)
	if err != nil {
		return nil, err
	}
	return c.wrap(name, h)
}

// Seal implements [storage.Cipher].
func (c *Cipher) Seal(ctx context.Context, name storage.KeyName, wrapped []byte, field string, plain []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	key, err := c.key(name, wrapped)
	if err != nil {
		return nil, err
	}
	sealed, err := key.Encrypt(plain, boundField(name, field))
	if err != nil {
		return nil, fmt.Errorf("tinkkeys: %w", err)
	}
	return sealed, nil
}

// Open implements [storage.Cipher].
func (c *Cipher) Open(ctx context.Context, name storage.KeyName, wrapped []byte, field string, sealed []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	key, err := c.key(name, wrapped)
	if err != nil {
		return nil, err
	}
	plain, err := key.Decrypt(sealed, boundField(name, field))
	if err != nil {
		return nil, fmt.Errorf("tinkkeys: %w", storage.ErrSealed)
	}
	return plain, nil
}

// Mark implements [storage.Cipher].
func (c *Cipher) Mark(ctx context.Context, tenant, field, plain string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	sum, err := c.marks.ComputePrimaryPRF(bound("muster/mark/1", tenant, field, plain), 32)
	if err != nil {
		return "", fmt.Errorf("tinkkeys: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(sum), nil
}
