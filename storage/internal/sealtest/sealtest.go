// Package sealtest proves of an SQL store what no port says: how its keys are renewed and wrapped again, and how rows are sealed that were written before it had a
// cipher.
package sealtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/need"
	"github.com/musterhr/hr/storage/internal/testcipher"
)

// Store is an SQL store that seals.
type Store interface {
	storage.Transactor
	storage.Journal
	storage.AuditTrail
	storage.Keys
	storage.Sealer
	lifecycle.Employments
	lifecycle.Documents
	lifecycle.Identities
	RenewKeys(ctx context.Context, subject string) error
	RewrapKeys(ctx context.Context, after string, limit int) (last string, err error)
}

// Database is one database, opened as often as it is asked for.
type Database struct {
	Open func(t *testing.T, c storage.Cipher) Store
	Raw  func(t *testing.T, query string) [][]byte // the one column of a SELECT, past the store
}

const subject = "employee/E1"

func document(id string) lifecycle.Document {
	return lifecycle.Document{ID: lifecycle.DocumentID(id), Employee: "E1", Kind: "visa", Title: "Title of " + id, Number: hr.NewSecret("V-" + id)}
}

func put(t *testing.T, s Store, id string) {
	t.Helper()
	need.NoError(t, s.PutDocument(t.Context(), document(id)))
}

// reads reads the documents of E1, which must be these, with all that was sealed of them.
func reads(t *testing.T, s Store, ids ...string) {
	t.Helper()
	list, err := s.DocumentsOf(t.Context(), "E1")
	need.NoError(t, err)
	need.Len(t, list, len(ids))
	for i, d := range list {
		want := document(ids[i])
		need.Equal(t, []string{want.Title, want.Number.Reveal()}, []string{d.Title, d.Number.Reveal()})
	}
}

// sealedUnder reports whether what is sealed of a document opens with a wrapped key.
func (d Database) sealedUnder(t *testing.T, id string, wrapped []byte) bool {
	t.Helper()
	var blob map[hr.FieldClass][]byte
	need.NoError(t, json.Unmarshal(d.Raw(t, `SELECT sealed FROM hr_employee_document WHERE id = '`+id+`'`)[0], &blob))
	name := storage.KeyName{Subject: subject, Class: hr.ClassGovernmentID}
	_, err := testcipher.Cipher("one").Open(t.Context(), name, wrapped, "hr_employee_document/"+id+"/1", blob[name.Class])
	if err != nil {
		need.ErrorIs(t, err, storage.ErrSealed)
	}
	return err == nil
}

// Renewal proves RenewKeys: what is written afterwards is sealed under a new part, what was written before is readable, and nobody else's key changes.
func Renewal(t *testing.T, d Database) {
	ctx, s := t.Context(), d.Open(t, testcipher.Cipher("one"))
	key := func(of string) []byte {
		return d.Raw(t, `SELECT wrapped FROM hr_key WHERE subject = '`+of+`' AND class = 'government_id'`)[0]
	}
	put(t, s, "D1")
	other := document("D9")
	other.Employee = "E2"
	need.NoError(t, s.PutDocument(ctx, other))
	before, others := key(subject), key("employee/E2")
	need.NoError(t, s.RenewKeys(ctx, subject))
	put(t, s, "D2")
	reads(t, s, "D1", "D2")
	need.True(t, d.sealedUnder(t, "D1", before))
	need.False(t, d.sealedUnder(t, "D2", before), "what is new is not under the old key")
	need.True(t, d.sealedUnder(t, "D1", key(subject)))
	need.True(t, d.sealedUnder(t, "D2", key(subject)))
	need.Equal(t, others, key("employee/E2"))

	// A key that was destroyed is not made again by it.
	need.NoError(t, s.DestroyKeys(ctx, subject, hr.MustDate("2030-01-01"), hr.ClassGovernmentID))
	need.NoError(t, s.RenewKeys(ctx, subject))
	need.Empty(t, key(subject))
	need.ErrorIs(t, s.PutDocument(ctx, document("D3")), storage.ErrErased)
}

// failing wraps keys again until it fails.
type failing struct {
	storage.Cipher
	after int
}

var errStopped = errors.New("stopped in the middle")

func (f *failing) RewrapKey(ctx context.Context, name storage.KeyName, wrapped []byte) ([]byte, error) {
	f.after--
	if f.after < 0 {
		return nil, errStopped
	}
	return f.Cipher.RewrapKey(ctx, name, wrapped)
}

// Rotation proves RewrapKeys: the master key is rotated in batches, a stop in the middle loses nothing and is gone on from, and at the end nothing opens any more by the old
// master key alone.
func Rotation(t *testing.T, d Database) {
	ctx, s := t.Context(), d.Open(t, testcipher.Cipher("one"))
	const people = 7 // of whom each has two keys: a name, and a number
	person := func(i int) lifecycle.Employment {
		return lifecycle.Employment{ID: hr.EmployeeID(fmt.Sprint("E", i)), State: lifecycle.Confirmed, Start: hr.MustDate("2020-01-01"), Person: hr.Person{
			Name: fmt.Sprint("Person ", i), Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret(fmt.Sprint("PAN", i))}},
		}}
	}
	for i := 1; i <= people; i++ {
		need.NoError(t, s.PutEmployment(ctx, person(i)))
	}
	need.NoError(t, s.DestroyKeys(ctx, "employee/E4", hr.MustDate("2030-01-01"), hr.ClassContact))
	readable := func(s Store) (n int) {
		for i := 1; i <= people; i++ {
			want := person(i)
			e, err := s.Employment(ctx, want.ID)
			if err != nil {
				need.ErrorIs(t, err, storage.ErrSealed)
				continue
			}
			if i == 4 {
				want.Person.Name = ""
			}
			need.Equal(t, want.Person.Name, e.Person.Name)
			found, err := s.WithIdentity(ctx, want.Person.Identities[0])
			need.NoError(t, err)
			need.Equal(t, []hr.EmployeeID{want.ID}, found)
			n++
		}
		return n
	}
	need.Equal(t, people, readable(s))

	// Three subjects a batch, two keys each: the ninth key is in the second batch, which is lost as a whole. E1 to E3 are wrapped anew.
	rotating := d.Open(t, &failing{testcipher.Cipher("two/one"), 8})
	last, err := rotating.RewrapKeys(ctx, "", 3)
	need.NoError(t, err)
	need.Equal(t, "employee/E3", last)
	_, err = rotating.RewrapKeys(ctx, last, 3)
	need.ErrorIs(t, err, errStopped)
	need.Equal(t, people, readable(rotating), "in the middle everybody is readable by both keys")
	fresh := d.Open(t, testcipher.Cipher("two"))
	need.Equal(t, 3, readable(fresh))
	need.Equal(t, people-3, readable(s))

	rotating = d.Open(t, testcipher.Cipher("two/one"))
	batches := 0
	for { // goes on from where it stopped
		last, err = rotating.RewrapKeys(ctx, last, 3)
		need.NoError(t, err)
		if last == "" {
			break
		}
		batches++
	}
	need.Equal(t, 2, batches, "E4 to E6, and E7")
	need.Equal(t, people, readable(fresh))
	need.Zero(t, readable(s), "the old master key opens nothing any more")
	_, err = rotating.RewrapKeys(ctx, "", 0) // all again is harmless
	need.NoError(t, err)
	need.Equal(t, people, readable(fresh))
	e, err := fresh.Employment(ctx, "E4")
	need.NoError(t, err)
	need.Empty(t, e.Person.Name, "what was destroyed stays so")
}
