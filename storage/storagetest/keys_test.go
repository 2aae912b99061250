package storagetest_test

import (
	"context"
	"slices"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

type keysFuncs struct {
	destroy func(ctx context.Context, subject string, on hr.Date, classes ...hr.FieldClass) error
	graves  func(ctx context.Context, after storage.Grave, limit int) ([]storage.Grave, error)
}

func (f keysFuncs) DestroyKeys(ctx context.Context, subject string, on hr.Date, classes ...hr.FieldClass) error {
	return f.destroy(ctx, subject, on, classes...)
}

func (f keysFuncs) Graves(ctx context.Context, after storage.Grave, limit int) ([]storage.Grave, error) {
	return f.graves(ctx, after, limit)
}

// rows is another name for the port, which has a method of its own name.
type rows lifecycle.Employments

// tireless are employments that are written although they were forgotten.
type tireless struct{ rows }

func (e tireless) PutEmployment(ctx context.Context, row lifecycle.Employment) error {
	_ = e.rows.PutEmployment(ctx, row)
	return nil
}

// remembered are employments that are found by accounts that were forgotten.
type remembered struct {
	rows
	by map[hr.BankAccount]hr.EmployeeID
}

func (e remembered) PutEmployment(ctx context.Context, row lifecycle.Employment) error {
	e.by[row.Person.Bank] = row.ID
	return e.rows.PutEmployment(ctx, row)
}

func (e remembered) PaidInto(_ context.Context, account hr.BankAccount) ([]hr.EmployeeID, error) {
	return []hr.EmployeeID{e.by[account]}, nil
}

func TestKeys(t *testing.T) {
	sentenceAll := "what was sealed reads as empty, and the rest as before"
	broken := func(bug string, spoil func(s *storagetest.KeysStore), fails ...string) double {
		return double{bug: bug, fails: fails, run: func(t *testing.T) {
			storagetest.Keys(t, func(*testing.T) storagetest.KeysStore {
				db := memory.New()
				s := storagetest.KeysStore{
					Core: storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
					Keys: db, Trail: db, Employments: db, Facts: db, Candidates: db,
				}
				if spoil != nil {
					spoil(&s)
				}
				return s
			})
		}}
	}
	keys := func(bug string, spoil func(inner storage.Keys, f *keysFuncs), fails ...string) double {
		return broken(bug, func(s *storagetest.KeysStore) {
			f := keysFuncs{s.Keys.DestroyKeys, s.Keys.Graves}
			spoil(s.Keys, &f)
			s.Keys = f
		}, fails...)
	}
	proves(
		t, "", broken("", nil).run,
		keys("nothing is destroyed", func(_ storage.Keys, f *keysFuncs) {
			f.destroy = func(ctx context.Context, _ string, _ hr.Date, _ ...hr.FieldClass) error { return ctx.Err() }
		}, sentenceAll, "a subject of whom nothing is kept yet may be forgotten"),
		keys("a person has one key", func(inner storage.Keys, f *keysFuncs) {
			f.destroy = func(ctx context.Context, subject string, on hr.Date, _ ...hr.FieldClass) error {
				return inner.DestroyKeys(ctx, subject, on, hr.ClassContact, hr.ClassGovernmentID, hr.ClassPrivate, hr.ClassSpecial)
			}
		}, "each class has a key of its own", "only classes that are sealed have keys"),
		broken("an account is remembered", func(s *storagetest.KeysStore) {
			s.Employments = remembered{s.Employments, map[hr.BankAccount]hr.EmployeeID{}}
		}, "nobody is found by what was forgotten"),
		broken("facts are not sealed", func(s *storagetest.KeysStore) { s.Facts = memory.New() }, "facts lose what is personal and keep amounts and days"),
		broken("what cannot be kept is left out in silence", func(s *storagetest.KeysStore) { s.Employments = tireless{s.Employments} }, "what was forgotten is not kept again"),
		broken("the salts of the audit are kept", func(s *storagetest.KeysStore) {
			inner := s.Trail
			s.Trail = trailFuncs{inner.AuditHeads, func(ctx context.Context, stream string, after int64, limit int) ([]storage.AuditLink, error) {
				links, err := inner.AuditLinks(ctx, stream, after, limit)
				for i := range links {
					links[i].Salt = "salt"
				}
				return links, err
			}}
		}, "audit entries lose their texts and their chains hold"),
		keys("a grave outlives its unit", func(inner storage.Keys, f *keysFuncs) {
			var dug []storage.Grave
			f.destroy = func(ctx context.Context, subject string, on hr.Date, classes ...hr.FieldClass) error {
				for _, c := range classes {
					dug = append(dug, storage.Grave{Subject: subject, Class: c, On: on})
				}
				return inner.DestroyKeys(ctx, subject, on, classes...)
			}
			f.graves = func(context.Context, storage.Grave, int) ([]storage.Grave, error) { return dug, nil }
		}, "a key is destroyed with its unit"),
		keys("graves come in any order", func(inner storage.Keys, f *keysFuncs) {
			f.graves = func(ctx context.Context, after storage.Grave, limit int) ([]storage.Grave, error) {
				list, err := inner.Graves(ctx, after, limit)
				slices.Reverse(list)
				return list, err
			}
		}, "graves come by subject and class, a page at a time, with their first day"),
		broken("candidates are not sealed", func(s *storagetest.KeysStore) { s.Candidates = memory.New() }, "a candidate is forgotten like an employee"),
		keys("a context that is done counts for nothing", func(inner storage.Keys, f *keysFuncs) {
			f.destroy = func(ctx context.Context, subject string, on hr.Date, classes ...hr.FieldClass) error {
				return inner.DestroyKeys(context.WithoutCancel(ctx), subject, on, classes...)
			}
		}, "every call honours its context"),
	)
}
