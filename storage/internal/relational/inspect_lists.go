package relational

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// Two tables repeat what rows say, so that these are found by it: the numbers of employees, and the words of recruitment. Their texts may be a
// government's numbers, and no finding has them.

// found is by what one owner's rows are found: kind and text.
type found map[[2]string]bool

// differing compares a list with what it should have, and returns the owners of whom it says something else, in order.
func differing(want, have map[string]found) []string {
	everybody := map[string]bool{}
	for o := range want {
		everybody[o] = true
	}
	for o := range have {
		everybody[o] = true
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(everybody)), func(o string) bool { return maps.Equal(want[o], have[o]) })
}

func put(into map[string]found, owner, kind, text string) {
	if into[owner] == nil {
		into[owner] = found{}
	}
	into[owner][[2]string{kind, text}] = true
}

// kept returns what a list has, by owner.
func (db *DB) kept(ctx context.Context, c Conn, table, text, owner string) (map[string]found, error) {
	have := map[string]found{}
	err := c.Query(ctx, `SELECT "kind", `+quote(text)+`, `+quote(owner)+` FROM `+quote(table)+` WHERE "tenant" = ?`, []any{db.tenant}, func(scan func(...any) error) error {
		var kind, word, of string
		err := scan(&kind, &word, &of)
		put(have, of, kind, word)
		return err
	})
	return have, err
}

// every calls fn with every row of a table of cases, a page at a time.
func every[T any](ctx context.Context, c Conn, db *DB, t *cases[T], id func(T) string, fn func(T)) error {
	for after, page := "", 1000; ; {
		rows, err := t.list(ctx, c, db, `"id" > ? ORDER BY "id" LIMIT ?`, after, int64(page))
		if err != nil {
			return err
		}
		for _, v := range rows {
			fn(v)
			after = id(v)
		}
		if len(rows) < page {
			return nil
		}
	}
}

// unlike calls identity and words with each employee and each row of recruitment of whom the lists say something else than they should, and with
// what they should say.
func (db *DB) unlike(ctx context.Context, c Conn, identity func(id string, want hr.Person) error, words func(id string, want found) error) error {
	people, want := map[string]hr.Person{}, map[string]found{}
	var failed error
	marked := func(owner, kind, field, text string) {
		word, err := db.mark(ctx, field, text)
		failed = errors.Join(failed, err)
		put(want, owner, kind, word)
	}
	err := every(ctx, c, db, db.employments, func(e lifecycle.Employment) string { return string(e.ID) }, func(e lifecycle.Employment) {
		people[string(e.ID)] = hr.Person{Identities: e.Person.Identities, Bank: e.Person.Bank}
		for _, n := range e.Person.Identities {
			if !n.Number.IsZero() {
				marked(string(e.ID), n.Kind, "identity/"+n.Kind, n.Number.Reveal())
			}
		}
		if db.cipher != nil && !e.Person.Bank.Number.IsZero() {
			number, err := db.accountMark(ctx, e.Person.Bank)
			failed = errors.Join(failed, err)
			put(want, string(e.ID), accountKind, number)
		}
	})
	err = errors.Join(err, failed)
	if err != nil {
		return err
	}
	have, err := db.kept(ctx, c, identityTable, "number", "employee")
	if err != nil {
		return err
	}
	for _, id := range differing(want, have) {
		if err := identity(id, people[id]); err != nil {
			return err
		}
	}
	want = map[string]found{}
	plain := map[string]found{}
	err = every(ctx, c, db, db.candidates, func(v recruitment.Candidate) string { return string(v.ID) }, func(v recruitment.Candidate) {
		for _, k := range v.Keys {
			put(plain, string(v.ID), keyWord, k)
			marked(string(v.ID), keyWord, "word/"+keyWord, k)
		}
		for _, t := range v.Tags {
			put(plain, string(v.ID), tagWord, t)
			marked(string(v.ID), tagWord, "word/"+tagWord, t)
		}
	})
	if err == nil {
		err = every(ctx, c, db, db.interviews, func(v recruitment.Interview) string { return string(v.ID) }, func(v recruitment.Interview) {
			for _, who := range v.Interviewers {
				put(plain, string(v.ID), interviewerWord, string(who))
				put(want, string(v.ID), interviewerWord, string(who))
			}
		})
	}
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	if have, err = db.kept(ctx, c, wordTable, "word", "id"); err != nil {
		return err
	}
	for _, id := range differing(want, have) {
		if err := words(id, plain[id]); err != nil {
			return err
		}
	}
	return nil
}

func unlikeIdentity(id, reason string) storage.Finding {
	return storage.Finding{Check: storage.CheckDerived, Where: "numbers of employee " + id, Reason: reason, Derived: true}
}

func unlikeWords(id, reason string) storage.Finding {
	return storage.Finding{Check: storage.CheckDerived, Where: "words of " + id, Reason: reason, Derived: true}
}

func (db *DB) inspectLists(ctx context.Context, c Conn, report func(storage.Finding)) error {
	if db.blind { // of what is sealed nothing can be said
		keys, err := ids[string](ctx, c, `SELECT "subject" FROM `+quote(keyTable)+` WHERE "tenant" = ? LIMIT 1`, db.tenant)
		if err != nil || len(keys) > 0 {
			return err
		}
	}
	return db.unlike(ctx, c, func(id string, _ hr.Person) error {
		report(unlikeIdentity(id, "are found by others than the employment has"))
		return nil
	}, func(id string, _ found) error {
		report(unlikeWords(id, "are others than the row has"))
		return nil
	})
}

func (db *DB) repairLists(ctx context.Context, c writer, did func(storage.Finding)) error {
	return db.unlike(ctx, c, func(id string, want hr.Person) error {
		did(unlikeIdentity(id, "are now those of the employment"))
		return db.setIdentities(ctx, c, hr.EmployeeID(id), want.Identities, want.Bank)
	}, func(id string, want found) error {
		byKind := map[string][]string{keyWord: nil, tagWord: nil, interviewerWord: nil}
		for w := range want {
			byKind[w[0]] = append(byKind[w[0]], w[1])
		}
		for kind, texts := range byKind {
			if err := setWords(ctx, c, db, kind, id, texts); err != nil {
				return err
			}
		}
		did(unlikeWords(id, "are now those of the row"))
		return nil
	})
}
