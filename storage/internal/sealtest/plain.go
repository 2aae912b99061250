package sealtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/need"
	"github.com/musterhr/hr/storage/internal/testcipher"
)

// stopping seals until it fails.
type stopping struct {
	storage.Cipher
	after int
}

func (f *stopping) Seal(ctx context.Context, name storage.KeyName, wrapped []byte, field string, plain []byte) ([]byte, error) {
	f.after--
	if f.after < 0 {
		return nil, errStopped
	}
	return f.Cipher.Seal(ctx, name, wrapped, field, plain)
}

const people = 6

func plainPerson(i int) lifecycle.Employment {
	return lifecycle.Employment{ID: hr.EmployeeID(fmt.Sprint("E", i)), State: lifecycle.Confirmed, Start: hr.MustDate("2020-01-01"), Person: hr.Person{
		Name: fmt.Sprint("Planted Person ", i), Identities: []hr.Identity{{Kind: "pan_in", Number: hr.NewSecret(fmt.Sprint("PLANTED", i))}},
		Bank: hr.BankAccount{Holder: fmt.Sprint("Planted Person ", i), Number: hr.NewSecret(fmt.Sprint("77100", i)), Bank: "HDFC0001234"},
	}}
}

// Sealing proves SealRows and [storage.SealAll]: a database that was used without a cipher is given one while it is used.
func Sealing(t *testing.T, d Database) {
	ctx, plain := t.Context(), d.Open(t, nil)
	for i := 1; i <= people; i++ {
		need.NoError(t, plain.PutEmployment(ctx, plainPerson(i)))
		a := storage.Audit{Command: hr.CommandID(fmt.Sprint("c", i)), Verb: "lifecycle.Exit", Actor: "desk", Reason: "Planted reason", Subjects: []hr.EmployeeID{hr.EmployeeID(fmt.Sprint("E", i))}, At: time.Unix(1600000000, 0)}
		need.NoError(t, plain.InTx(ctx, func(ctx context.Context) error { return plain.Append(ctx, a) }))
	}
	put(t, plain, "D1")
	_, err := plain.SealRows(ctx, "", 0)
	need.ErrorIs(t, err, storage.ErrNoCipher)
	finds := func(s Store, want int) {
		t.Helper()
		n := 0
		for i := 1; i <= people; i++ {
			p := plainPerson(i)
			byNumber, err := s.WithIdentity(ctx, p.Person.Identities[0])
			need.NoError(t, err)
			byAccount, err := s.PaidInto(ctx, p.Person.Bank)
			need.NoError(t, err)
			need.Equal(t, byNumber, byAccount)
			n += len(byNumber)
		}
		need.Equal(t, want, n)
	}

	// From here on there is a cipher. Everything is read and found as before; one person is changed, one is forgotten, one document is new.
	s := d.Open(t, testcipher.Cipher("one"))
	finds(s, people)
	e3, err := s.Employment(ctx, "E3")
	need.NoError(t, err)
	e3.ExitReason = "Planted reason"
	need.NoError(t, s.PutEmployment(ctx, e3))
	put(t, s, "D2")
	need.NoError(t, s.DestroyKeys(ctx, "employee/E4", hr.MustDate("2030-01-01"), hr.ClassContact, hr.ClassGovernmentID)) // whose row is in plain until it is come to

	// Two rows a unit, and a stop in the third, which is lost as a whole. Each employment needs three ciphertexts, E4 one, and E3 has its own: ten, and E6 stops at its second.
	var told []storage.SealProgress
	note := func(p storage.SealProgress) { told = append(told, p) }
	done, err := storage.SealAll(ctx, d.Open(t, &stopping{testcipher.Cipher("one"), 11}), "", 2, note)
	need.ErrorIs(t, err, errStopped)
	need.Equal(t, []storage.SealProgress{{Table: "hr_employment", Looked: 2, Sealed: 2, Next: "hr_employment/E2"}, {Table: "hr_employment", Looked: 4, Sealed: 4, Next: "hr_employment/E5"}}, told)
	need.Equal(t, told[1], done)
	finds(s, people-1)
	left, err := storage.SealAll(ctx, s, done.Next, 2, nil)
	need.NoError(t, err)
	need.Equal(t, storage.SealProgress{Looked: 8, Sealed: 8}, left, "E6, the document D1, and six entries of the audit")
	again, err := storage.SealAll(ctx, s, "", 3, nil)
	need.NoError(t, err)
	need.Zero(t, again.Sealed)
	again, err = storage.SealAll(ctx, s, "no table/%zz", 0, nil)
	need.NoError(t, err)
	need.Zero(t, again.Sealed)

	// Nothing is left in plain, and everything reads as before: of whom was forgotten between, nothing.
	for _, query := range []string{
		`SELECT person_name || person_bank_holder || person_bank_number FROM hr_employment`, `SELECT CAST(person_identities AS text) FROM hr_employment`,
		`SELECT number FROM hr_identity`, `SELECT title || number FROM hr_employee_document`, `SELECT reason || salt FROM hr_audit`,
	} {
		rows := d.Raw(t, query)
		need.NotEmpty(t, rows)
		for _, r := range rows {
			need.False(t, slices.ContainsFunc([]string{"Planted", "PLANTED", "77100", "Title", "V-"}, func(text string) bool { return strings.Contains(string(r), text) }), query)
		}
	}
	finds(s, people-1)
	reads(t, s, "D1", "D2")
	for i := 1; i <= people; i++ {
		want := plainPerson(i)
		want.Version = 1
		switch i {
		case 3:
			want.Version, want.ExitReason = 2, "Planted reason"
		case 4:
			want.Person = hr.Person{Bank: hr.BankAccount{Bank: "HDFC0001234"}}
		}
		got, err := s.Employment(ctx, want.ID)
		need.NoError(t, err)
		need.Equal(t, hr.Digest("employment/1", want), hr.Digest("employment/1", got), want.ID)
		links, err := s.AuditLinks(ctx, "employee/"+string(want.ID), 0, 10)
		need.NoError(t, err)
		need.Equal(t, "Planted reason", links[0].Reason)
	}
	faults, err := storage.VerifyAudit(ctx, s)
	need.NoError(t, err)
	need.Empty(t, faults)
	need.NoError(t, s.DestroyKeys(ctx, "employee/E1", hr.MustDate("2030-01-01"), hr.ClassContact, hr.ClassPrivate))
	gone, err := s.Employment(ctx, "E1")
	need.NoError(t, err)
	need.Empty(t, gone.Person.Name, "what was sealed late is forgotten like the rest")
	faults, err = storage.VerifyAudit(ctx, s)
	need.NoError(t, err)
	need.Empty(t, faults)
}
