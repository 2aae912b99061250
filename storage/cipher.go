package storage

import (
	"context"

	"github.com/musterhr/hr"
)

// KeyName names a data key: the one for everything of a class that is held about one subject. So what no law asks for any more can be
// destroyed while the rest of the same person is kept.
type KeyName struct {
	Tenant  string
	Subject string // as [SubjectEmployee] and its like write it
	Class   hr.FieldClass
}

// SubjectEmployee is the subject of what is held about an employee.
func SubjectEmployee(id hr.EmployeeID) string { return "employee/" + string(id) }

// Cipher seals what a store holds about people. A store that is opened with one keeps the data keys that it makes, wrapped, in a table of its
// own; the key that wraps them is the cipher's alone and is never in the database. Package storage/tinkkeys is one; prove another with
// storagetest.Cipher. It is safe for concurrent use.
//
// What is sealed opens only under the same name and field: a ciphertext that is moved to another row, person, class or tenant does not.
// No error says what was sealed.
type Cipher interface {
	// NewKey makes a data key and returns it wrapped, which is all that a store keeps of it.
	NewKey(ctx context.Context, name KeyName) (wrapped []byte, err error)
	// RenewKey returns the key with a new part that seals from now on. What its older parts sealed opens as before.
	RenewKey(ctx context.Context, name KeyName, wrapped []byte) ([]byte, error)
	// RewrapKey returns the same key wrapped by the master key of today.
	RewrapKey(ctx context.Context, name KeyName, wrapped []byte) ([]byte, error)
	// Seal seals a plain text for a field. The same text twice gives two ciphertexts.
	Seal(ctx context.Context, name KeyName, wrapped []byte, field string, plain []byte) ([]byte, error)
	// Open is the reverse of Seal, and an error that is [ErrSealed] where key, name, field or ciphertext is another.
	Open(ctx context.Context, name KeyName, wrapped []byte, field string, sealed []byte) ([]byte, error)
	// Mark returns a keyed hash: equal for equal texts of a tenant and field, and nothing to who has not the key. It is what a store finds an
	// identity number or an account by. It does not change when keys are renewed or wrapped again.
	Mark(ctx context.Context, tenant, field, plain string) (string, error)
}

// Grave is a data key that was destroyed. It names a subject by number and holds nothing personal, so it may be kept where backups are
// not: a backup from before brings the key back, and [Bury] destroys it again.
type Grave struct {
	Subject string        `class:"public"`
	Class   hr.FieldClass `class:"public"`
	On      hr.Date       `class:"public"` // the day it was destroyed
}

// Bury destroys the keys of graves again: after a restore from a backup, before anybody reads. Those destroyed already stay as they are.
func Bury(ctx context.Context, tx Transactor, keys Keys, graves []Grave) error {
	return tx.InTx(ctx, func(ctx context.Context) error {
		for _, g := range graves {
			if err := keys.DestroyKeys(ctx, g.Subject, g.On, g.Class); err != nil {
				return err
			}
		}
		return nil
	})
}

// Sealer is what a store offers that can be given a cipher after it has been in use.
type Sealer interface {
	// SealRows seals rows that were written before the store had a cipher: those behind a place, at most limit rows looked at, in one unit. It may be called again from
	// any place, and beside everything else that is done. [ErrNoCipher]: there is nothing to seal with.
	SealRows(ctx context.Context, after string, limit int) (SealProgress, error)
}

// SealProgress says how far a store has come with sealing, of one call or of all.
type SealProgress struct {
	Table  string // of the last row; empty at the end
	Looked int    // rows without ciphertexts that were looked at; some have nothing personal
	Sealed int    // those that were sealed
	Next   string // the place to go on from; empty at the end
}

// SealAll seals every row that was written before the store had a cipher, in units of at most limit rows, from a place on: empty is the beginning. After each unit told,
// if it is not nil, is given what was done so far: a host shows it, and keeps Next to go on from after a stop. From the beginning again is never wrong, only longer. At the
// end nothing is left of what was written in plain, but in backups, logs and free space of the database: see PRIVACY.md. It returns what was done.
func SealAll(ctx context.Context, s Sealer, after string, limit int, told func(SealProgress)) (SealProgress, error) {
	total := SealProgress{Next: after}
	for {
		p, err := s.SealRows(ctx, total.Next, limit)
		if err != nil {
			return total, err
		}
		total = SealProgress{Table: p.Table, Looked: total.Looked + p.Looked, Sealed: total.Sealed + p.Sealed, Next: p.Next}
		if told != nil {
			told(total)
		}
		if p.Next == "" {
			return total, nil
		}
	}
}
