package storagetest

import (
	"context"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// KeysStore is a store that seals, as [Keys] sees it. Candidates may be nil.
type KeysStore struct {
	Core
	Keys        storage.Keys
	Trail       storage.AuditTrail
	Employments lifecycle.Employments
	Facts       lifecycle.Facts
	Candidates  recruitment.Candidates
}

// Keys proves [storage.Keys]: what a store reads, finds and takes once keys are destroyed.
func Keys(t *testing.T, open func(t *testing.T) KeysStore) {
	today := hr.MustDate("2033-05-01")
	subject := storage.SubjectEmployee("E1")
	person := func(id hr.EmployeeID) lifecycle.Employment {
		return Fill[lifecycle.Employment](len(id)+int(id[1]), func(e *lifecycle.Employment) { e.ID, e.Version = id, 0 })
	}
	stored := func(id hr.EmployeeID) lifecycle.Employment { e := person(id); e.Version = 1; return e }
	terms := func(n int) hr.Entry[hr.Terms] {
		return pinnedFact(n, func(*hr.Entry[hr.Terms]) {})
	}
	run := func(sentence string, fn func(t *testing.T, ctx context.Context, s KeysStore)) {
		t.Run(sentence, func(t *testing.T) {
			ctx, s := deadline(t), open(t)
			ok(t, s.Employments.PutEmployment(ctx, person("E1")))
			ok(t, s.Employments.PutEmployment(ctx, person("E2")))
			fn(t, ctx, s)
		})
	}
	destroy := func(t *testing.T, ctx context.Context, s KeysStore, classes ...hr.FieldClass) {
		t.Helper()
		ok(t, s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Keys.DestroyKeys(ctx, subject, today, classes...) }))
	}
	reads := func(t *testing.T, ctx context.Context, s KeysStore, want lifecycle.Employment) {
		t.Helper()
		got, err := s.Employments.Employment(ctx, want.ID)
		ok(t, err)
		Equal(t, want, got)
		page, err := s.Employments.Employments(ctx, want.ID)
		ok(t, err)
		Equal(t, []lifecycle.Employment{want}, page)
	}
	all := []hr.FieldClass{hr.ClassContact, hr.ClassGovernmentID, hr.ClassPrivate, hr.ClassSpecial}

	run("what was sealed reads as empty, and the rest as before", func(t *testing.T, ctx context.Context, s KeysStore) {
		reads(t, ctx, s, stored("E1"))
		destroy(t, ctx, s, all...)
		want := stored("E1")
		want.Person, want.ExitReason, want.Away.At = hr.Person{}, "", ""
		for i := range want.Earlier {
			want.Earlier[i].Reason = ""
		}
		reads(t, ctx, s, want)
		reads(t, ctx, s, stored("E2")) // nobody else
	})
	run("each class has a key of its own", func(t *testing.T, ctx context.Context, s KeysStore) {
		destroy(t, ctx, s, hr.ClassContact)
		want := stored("E1")
		want.Person.Name, want.Person.Email, want.Person.Phone, want.Person.Bank.Holder = "", "", "", ""
		reads(t, ctx, s, want)
		destroy(t, ctx, s, hr.ClassGovernmentID)
		want.Person.Identities, want.Person.Bank.Number = nil, hr.Secret{}
		reads(t, ctx, s, want)
	})
	run("nobody is found by what was forgotten", func(t *testing.T, ctx context.Context, s KeysStore) {
		account := person("E1").Person.Bank
		found, err := s.Employments.PaidInto(ctx, account)
		ok(t, err)
		Equal(t, []hr.EmployeeID{"E1"}, found)
		of, offers := s.Employments.(lifecycle.Identities)
		if offers {
			found, err = of.WithIdentity(ctx, person("E1").Person.Identities[0])
			ok(t, err)
			Equal(t, []hr.EmployeeID{"E1"}, found)
		}
		destroy(t, ctx, s, hr.ClassGovernmentID)
		found, err = s.Employments.PaidInto(ctx, account)
		ok(t, err)
		must(t, len(found) == 0, "somebody is found by an account that was forgotten")
		if offers {
			found, err = of.WithIdentity(ctx, person("E1").Person.Identities[0])
			ok(t, err)
			must(t, len(found) == 0, "somebody is found by a number that was forgotten")
		}
		found, err = s.Employments.EmployedIn(ctx, hr.Period{From: hr.MustDate("2000-01-01")}, "", 0)
		ok(t, err)
		Equal(t, []hr.EmployeeID{"E1", "E2"}, found) // who was employed is still counted
	})
	run("facts lose what is personal and keep amounts and days", func(t *testing.T, ctx context.Context, s KeysStore) {
		given := terms(1)
		ok(t, s.Facts.AppendTerms(ctx, "E1", given))
		ok(t, s.Facts.AppendTerms(ctx, "E2", given))
		destroy(t, ctx, s, all...)
		lists, err := s.Facts.Terms(ctx, []hr.Pin{{Employee: "E1"}, {Employee: "E2"}})
		ok(t, err)
		bare := terms(1)
		bare.Value.Answers = nil
		Equal(t, [][]hr.Entry[hr.Terms]{{bare}, {given}}, lists)
		ok(t, s.Facts.AppendTerms(ctx, "E1", bare)) // the same again
	})
	run("what was forgotten is not kept again", func(t *testing.T, ctx context.Context, s KeysStore) {
		destroy(t, ctx, s, hr.ClassContact, hr.ClassPrivate)
		again := stored("E1")
		is(t, s.Employments.PutEmployment(ctx, again), storage.ErrErased)
		is(t, s.Facts.AppendTerms(ctx, "E1", terms(2)), storage.ErrErased)
		bare, err := s.Employments.Employment(ctx, "E1")
		ok(t, err)
		must(t, bare.Version == 1, "a refused write has changed the row")
		bare.Start = bare.Start.Add(1)
		ok(t, s.Employments.PutEmployment(ctx, bare))
	})
	run("a subject of whom nothing is kept yet may be forgotten", func(t *testing.T, ctx context.Context, s KeysStore) {
		ok(t, s.Keys.DestroyKeys(ctx, storage.SubjectEmployee("E3"), today, hr.ClassContact))
		is(t, s.Employments.PutEmployment(ctx, person("E3")), storage.ErrErased)
	})
	run("audit entries lose their texts and their chains hold", func(t *testing.T, ctx context.Context, s KeysStore) {
		add := func(seed int, about hr.EmployeeID) {
			a := Fill[storage.Audit](seed, func(a *storage.Audit) { a.Subjects = []hr.EmployeeID{about} })
			ok(t, s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Journal.Append(ctx, a) }))
		}
		add(1, "E1")
		add(2, "E2")
		destroy(t, ctx, s, hr.ClassPrivate)
		add(3, "E1")
		links, err := s.Trail.AuditLinks(ctx, "employee/E1", 0, 10)
		ok(t, err)
		must(t, len(links) == 2, "%d entries of 2", len(links))
		for _, l := range links {
			must(t, l.Reason == "" && l.Refused == "" && l.Salt == "" && l.ReasonMark != "" && l.Verb != "", "an entry is not without its texts alone")
		}
		other, err := s.Trail.AuditLinks(ctx, "employee/E2", 0, 10)
		ok(t, err)
		must(t, len(other) == 1 && other[0].Reason != "", "somebody else's entry has lost its texts")
		faults, err := storage.VerifyAudit(ctx, s.Trail)
		ok(t, err)
		must(t, len(faults) == 0, "the chains do not hold: %v", faults)
	})
	run("a key is destroyed with its unit", func(t *testing.T, ctx context.Context, s KeysStore) {
		is(t, s.Tx.InTx(ctx, func(ctx context.Context) error {
			ok(t, s.Keys.DestroyKeys(ctx, subject, today, all...))
			e, err := s.Employments.Employment(ctx, "E1")
			ok(t, err)
			must(t, e.Person.Name == "", "the unit does not see that it has destroyed a key")
			return errStop
		}), errStop)
		reads(t, ctx, s, stored("E1"))
		graves, err := s.Keys.Graves(ctx, storage.Grave{}, 0)
		ok(t, err)
		must(t, len(graves) == 0, "a key that was not destroyed has a grave")
	})
	run("only classes that are sealed have keys", func(t *testing.T, ctx context.Context, s KeysStore) {
		for _, class := range []hr.FieldClass{hr.ClassMoney, hr.ClassPublic, "important"} {
			if err := s.Keys.DestroyKeys(ctx, subject, today, hr.ClassContact, class); err == nil {
				t.Fatalf("the key of class %q was destroyed", class)
			}
		}
		reads(t, ctx, s, stored("E1"))
	})
	run("graves come by subject and class, a page at a time, with their first day", func(t *testing.T, ctx context.Context, s KeysStore) {
		destroy(t, ctx, s, hr.ClassSpecial, hr.ClassContact)
		ok(t, s.Keys.DestroyKeys(ctx, subject, today.Add(9), hr.ClassContact))
		ok(t, s.Keys.DestroyKeys(ctx, "candidate/C1", today.Add(1), hr.ClassPrivate))
		want := []storage.Grave{{Subject: "candidate/C1", Class: hr.ClassPrivate, On: today.Add(1)}, {Subject: subject, Class: hr.ClassContact, On: today}, {Subject: subject, Class: hr.ClassSpecial, On: today}}
		got, err := s.Keys.Graves(ctx, storage.Grave{}, 0)
		ok(t, err)
		Equal(t, want, got)
		first, err := s.Keys.Graves(ctx, storage.Grave{}, 2)
		ok(t, err)
		rest, err := s.Keys.Graves(ctx, first[len(first)-1], 2)
		ok(t, err)
		Equal(t, want, append(first, rest...))
	})
	run("a candidate is forgotten like an employee", func(t *testing.T, ctx context.Context, s KeysStore) {
		if s.Candidates == nil {
			t.Log("not offered: KeysStore.Candidates is nil, so nothing is proven of candidates")
			return
		}
		c := Fill[recruitment.Candidate](1, func(c *recruitment.Candidate) { c.ID, c.MergedInto, c.Version = "C1", "", 0 })
		ok(t, s.Candidates.PutCandidate(ctx, c))
		finds := func(want int) {
			t.Helper()
			keyed, err := s.Candidates.CandidatesWith(ctx, c.Keys[0], "", 0)
			ok(t, err)
			tagged, err := s.Candidates.CandidatesTagged(ctx, c.Tags[0], "", 0)
			ok(t, err)
			must(t, len(keyed) == want && len(tagged) == want, "found %d by key and %d by tag, not %d", len(keyed), len(tagged), want)
		}
		finds(1)
		ok(t, s.Keys.DestroyKeys(ctx, recruitment.SubjectCandidate("C1"), today, all...))
		finds(0)
		got, err := s.Candidates.Candidate(ctx, "C1")
		ok(t, err)
		Equal(t, hr.Person{}, got.Person)
		must(t, len(got.Keys) == 0 && len(got.Tags) == 0, "words are left")
	})
	run("every call honours its context", func(t *testing.T, ctx context.Context, s KeysStore) {
		refuses(t, ctx, func(ctx context.Context) error { return s.Keys.DestroyKeys(ctx, subject, today, hr.ClassContact) })
		refuses(t, ctx, func(ctx context.Context) error { _, err := s.Keys.Graves(ctx, storage.Grave{}, 0); return err })
		reads(t, ctx, s, stored("E1"))
	})
}
