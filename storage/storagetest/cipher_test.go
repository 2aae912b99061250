package storagetest_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/testcipher"
	"github.com/musterhr/hr/storage/storagetest"
)

// cipherFuncs is a sound cipher of which some methods have a bug.
type cipherFuncs struct {
	storage.Cipher
	newKey, rewrap, renew func(ctx context.Context, name storage.KeyName, wrapped []byte) ([]byte, error)
	seal, open            func(ctx context.Context, name storage.KeyName, wrapped []byte, field string, text []byte) ([]byte, error)
	mark                  func(ctx context.Context, tenant, field, plain string) (string, error)
}

func (f cipherFuncs) NewKey(ctx context.Context, name storage.KeyName) ([]byte, error) {
	return f.newKey(ctx, name, nil)
}

func (f cipherFuncs) RenewKey(ctx context.Context, name storage.KeyName, wrapped []byte) ([]byte, error) {
	return f.renew(ctx, name, wrapped)
}

func (f cipherFuncs) RewrapKey(ctx context.Context, name storage.KeyName, wrapped []byte) ([]byte, error) {
	return f.rewrap(ctx, name, wrapped)
}

func (f cipherFuncs) Seal(ctx context.Context, name storage.KeyName, wrapped []byte, field string, plain []byte) ([]byte, error) {
	return f.seal(ctx, name, wrapped, field, plain)
}

func (f cipherFuncs) Open(ctx context.Context, name storage.KeyName, wrapped []byte, field string, sealed []byte) ([]byte, error) {
	return f.open(ctx, name, wrapped, field, sealed)
}

func (f cipherFuncs) Mark(ctx context.Context, tenant, field, plain string) (string, error) {
	return f.mark(ctx, tenant, field, plain)
}

func TestCipher(t *testing.T) {
	const inner = testcipher.Cipher("one")
	broken := func(bug string, spoil func(f *cipherFuncs), fails ...string) double {
		return double{bug: bug, fails: fails, run: func(t *testing.T) {
			storagetest.Cipher(t, func(*testing.T) storage.Cipher {
				fresh := func(ctx context.Context, name storage.KeyName, _ []byte) ([]byte, error) {
					return inner.NewKey(ctx, name)
				}
				f := cipherFuncs{newKey: fresh, rewrap: inner.RewrapKey, renew: inner.RenewKey, seal: inner.Seal, open: inner.Open, mark: inner.Mark}
				if spoil != nil {
					spoil(&f)
				}
				return f
			})
		}}
	}
	// blind knows names and fields as less than they are.
	blind := func(of string, see func(name *storage.KeyName, field *string)) double {
		return broken("the "+of+" is not bound", func(f *cipherFuncs) {
			key := func(call func(context.Context, storage.KeyName, []byte) ([]byte, error)) func(context.Context, storage.KeyName, []byte) ([]byte, error) {
				return func(ctx context.Context, name storage.KeyName, wrapped []byte) ([]byte, error) {
					see(&name, new(string))
					return call(ctx, name, wrapped)
				}
			}
			text := func(call func(context.Context, storage.KeyName, []byte, string, []byte) ([]byte, error)) func(context.Context, storage.KeyName, []byte, string, []byte) ([]byte, error) {
				return func(ctx context.Context, name storage.KeyName, wrapped []byte, field string, text []byte) ([]byte, error) {
					see(&name, &field)
					return call(ctx, name, wrapped, field, text)
				}
			}
			f.newKey, f.rewrap, f.renew, f.seal, f.open = key(f.newKey), key(f.rewrap), key(f.renew), text(f.seal), text(f.open)
		}, "a ciphertext does not open as that of another "+of)
	}
	proves(
		t, "", broken("", nil).run,
		broken("nothing is sealed", func(f *cipherFuncs) {
			same := func(_ context.Context, _ storage.KeyName, _ []byte, _ string, text []byte) ([]byte, error) {
				return text, nil
			}
			f.seal, f.open = same, same
		}, "what was sealed opens, and shows nothing before"),
		broken("equal texts are sealed alike", func(f *cipherFuncs) {
			before := map[string][]byte{}
			f.seal = func(ctx context.Context, name storage.KeyName, wrapped []byte, field string, plain []byte) (_ []byte, err error) {
				if before[string(plain)] == nil {
					before[string(plain)], err = inner.Seal(ctx, name, wrapped, field, plain)
				}
				return before[string(plain)], err
			}
		}, "the same text is sealed differently each time"),
		blind("tenant", func(name *storage.KeyName, _ *string) { name.Tenant = "" }),
		blind("subject", func(name *storage.KeyName, _ *string) { name.Subject = "" }),
		blind("class", func(name *storage.KeyName, _ *string) { name.Class = "" }),
		blind("field", func(_ *storage.KeyName, field *string) { *field = "" }),
		broken("a byte counts for nothing", func(f *cipherFuncs) {
			f.seal = func(ctx context.Context, name storage.KeyName, wrapped []byte, field string, plain []byte) ([]byte, error) {
				sealed, err := inner.Seal(ctx, name, wrapped, field, plain)
				return append(bytes.Clone(sealed), 0), err
			}
			f.open = func(ctx context.Context, name storage.KeyName, wrapped []byte, field string, sealed []byte) ([]byte, error) {
				return inner.Open(ctx, name, wrapped, field, sealed[:len(sealed)-1])
			}
		}, "a ciphertext or key that was changed does not open"),
		broken("there is one key", func(f *cipherFuncs) {
			keys := map[storage.KeyName][]byte{}
			f.newKey = func(ctx context.Context, name storage.KeyName, _ []byte) (_ []byte, err error) {
				if keys[name] == nil {
					keys[name], err = inner.NewKey(ctx, name)
				}
				return keys[name], err
			}
		}, "no two keys are the same"),
		broken("a renewed key has forgotten the old one", func(f *cipherFuncs) { f.renew = f.newKey },
			"a renewed key opens what was sealed before, and seals what the old one does not open"),
		broken("a key that is wrapped again is another one", func(f *cipherFuncs) { f.rewrap = f.newKey }, "a key that was wrapped again is the same key"),
		broken("marks run tenant and field together", func(f *cipherFuncs) {
			f.mark = func(ctx context.Context, tenant, field, plain string) (string, error) {
				return inner.Mark(ctx, "", "", tenant+field+plain)
			}
		}, "equal texts have equal marks in one tenant and field only"),
	)
}
