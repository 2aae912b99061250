package tinkkeys_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/tinkkeys"
)

// A store does this for a host: it is opened with the cipher and calls it.
func Example() {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate()) // a host reads its own, from where backups are not
	if err != nil {
		panic(err)
	}
	master, err := aead.New(handle)
	if err != nil {
		panic(err)
	}
	marks, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		panic(err)
	}
	cipher, err := tinkkeys.New(master, marks)
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	asha := storage.KeyName{Tenant: "acme", Subject: storage.SubjectEmployee("E1"), Class: hr.ClassContact}
	key, err := cipher.NewKey(ctx, asha)
	if err != nil {
		panic(err)
	}
	sealed, err := cipher.Seal(ctx, asha, key, "hr_employment/E1/1", []byte("Asha Rao"))
	if err != nil {
		panic(err)
	}
	plain, err := cipher.Open(ctx, asha, key, "hr_employment/E1/1", sealed)
	fmt.Println(string(plain), err)
	_, err = cipher.Open(ctx, asha, key, "hr_employment/E2/1", sealed) // moved to another row
	fmt.Println(errors.Is(err, storage.ErrSealed))
	// Output:
	// Asha Rao <nil>
	// true
}
