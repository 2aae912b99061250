package relational

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/personal"
)

// keyTable keeps the data keys, wrapped. The row of a destroyed key stays, without the key: it is the grave.
const keyTable = "hr_key"

func keyColumns() []column {
	return []column{{name: "subject", kind: Text}, {name: "class", kind: Text}, {name: "wrapped", kind: Bytes}, {name: "destroyed", kind: Day}}
}

// key is a row of the table of keys.
type key struct {
	wrapped []byte
	on      hr.Date // the day it was destroyed
}

func (k key) destroyed() bool { return !k.on.IsZero() }

// keys reads the keys of those names that have one.
func (db *DB) keys(ctx context.Context, c Conn, names []storage.KeyName) (map[storage.KeyName]key, error) {
	out := map[storage.KeyName]key{}
	var subjects []string
	for _, n := range names {
		subjects = append(subjects, n.Subject)
	}
	slices.Sort(subjects)
	for batch := range slices.Chunk(slices.Compact(subjects), db.engine.Dialect().Batch) {
		q := `SELECT "subject", "class", "wrapped", "destroyed" FROM ` + quote(keyTable) + ` WHERE "tenant" = ? AND "subject" IN (` + list(len(batch)) + `)`
		err := c.Query(ctx, q, append([]any{db.tenant}, anyOf(batch)...), func(scan func(...any) error) error {
			name := storage.KeyName{Tenant: db.tenant}
			var k key
			var class string
			err := scan(&name.Subject, &class, &k.wrapped, &k.on)
			name.Class = hr.FieldClass(class)
			out[name] = k
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// keysFor reads the keys of names and makes those that are missing. Of two units that make the same key the second waits and takes that of the first.
func (db *DB) keysFor(ctx context.Context, c Conn, names []storage.KeyName) (map[storage.KeyName]key, error) {
	if len(names) == 0 {
		return nil, nil
	}
	there, err := db.keys(ctx, c, names)
	if err != nil {
		return nil, err
	}
	var late []storage.KeyName
	for _, n := range names {
		if _, found := there[n]; found {
			continue
		}
		k := key{}
		if k.wrapped, err = db.cipher.NewKey(ctx, n); err != nil {
			return nil, err
		}
		q := insert(keyTable, 1, "tenant", "subject", "class", "wrapped") + " ON CONFLICT DO NOTHING"
		made, err := c.Exec(ctx, q, db.tenant, n.Subject, string(n.Class), k.wrapped)
		if err != nil {
			return nil, err
		}
		if made == 0 {
			late = append(late, n)
		}
		there[n] = k
	}
	if len(late) == 0 {
		return there, nil
	}
	theirs, err := db.keys(ctx, c, late)
	if err != nil {
		return nil, err
	}
	for _, n := range late {
		k, found := theirs[n]
		if !found { // the snapshot of this transaction is older than the key
			return nil, storage.ErrConflict
		}
		there[n] = k
	}
	return there, nil
}

// DestroyKeys implements [storage.Keys]. By what a subject was found under a destroyed key goes with it.
func (db *DB) DestroyKeys(ctx context.Context, subject string, on hr.Date, classes ...hr.FieldClass) error {
	if err := personal.Check(classes); err != nil {
		return err
	}
	if db.cipher == nil {
		return storage.ErrNoCipher
	}
	return db.write(ctx, func(c writer) error {
		for _, class := range classes {
			q := insert(keyTable, 1, "tenant", "subject", "class", "destroyed") + ` ON CONFLICT ("tenant", "subject", "class") DO UPDATE SET "wrapped" = NULL, "destroyed" = COALESCE(` +
				quote(keyTable) + `."destroyed", excluded."destroyed")`
			if _, err := c.Exec(ctx, q, db.tenant, subject, string(class), db.day(on)); err != nil {
				return err
			}
			if err := db.unfind(ctx, c, subject, class); err != nil {
				return err
			}
		}
		return nil
	})
}

// unfind removes the marks that a subject was found by.
func (db *DB) unfind(ctx context.Context, c Conn, subject string, class hr.FieldClass) error {
	if id, ok := personal.EmployeeOf(subject); ok && class == hr.ClassGovernmentID {
		return db.setIdentities(ctx, c, id, nil, hr.BankAccount{})
	}
	id, ok := personal.CandidateOf(subject)
	switch {
	case ok && class == hr.ClassContact:
		return setWords[string](ctx, c, db, keyWord, string(id), nil)
	case ok && class == hr.ClassPrivate:
		return setWords[string](ctx, c, db, tagWord, string(id), nil)
	}
	return nil
}

// Graves implements [storage.Keys].
func (db *DB) Graves(ctx context.Context, after storage.Grave, limit int) (out []storage.Grave, err error) {
	err = db.read(ctx, func(c Conn) error {
		q := `SELECT "subject", "class", "destroyed" FROM ` + quote(keyTable) + ` WHERE "tenant" = ? AND "destroyed" IS NOT NULL AND ("subject" > ? OR "subject" = ? AND "class" > ?)
			ORDER BY "subject", "class" LIMIT ?`
		return c.Query(ctx, q, []any{db.tenant, after.Subject, after.Subject, string(after.Class), limited(limit)}, func(scan func(...any) error) error {
			var g storage.Grave
			var class string
			err := scan(&g.Subject, &class, &g.On)
			g.Class = hr.FieldClass(class)
			out = append(out, g)
			return err
		})
	})
	return out, err
}

// RenewKeys gives the keys of a subject that are not destroyed a new part, with which what is written from now on is sealed. What was sealed before
// opens as before.
func (db *DB) RenewKeys(ctx context.Context, subject string) error {
	if db.cipher == nil {
		return storage.ErrNoCipher
	}
	return db.write(ctx, func(c writer) error {
		there, err := db.keys(ctx, c, []storage.KeyName{{Subject: subject}})
		if err != nil {
			return err
		}
		return db.change(ctx, c, there, db.cipher.RenewKey)
	})
}

// RewrapKeys wraps the keys of the tenant again, by the master key of today, those of subjects behind after and of at most limit of them (below 1:
// all). It returns the last subject, to go on from; empty at the end. What is sealed is not read.
func (db *DB) RewrapKeys(ctx context.Context, after string, limit int) (last string, err error) {
	if db.cipher == nil {
		return "", storage.ErrNoCipher
	}
	err = db.write(ctx, func(c writer) error {
		q := `SELECT DISTINCT "subject" FROM ` + quote(keyTable) + ` WHERE "tenant" = ? AND "subject" > ? ORDER BY "subject" LIMIT ?`
		subjects, err := ids[string](ctx, c, q, db.tenant, after, limited(limit))
		if err != nil || len(subjects) == 0 {
			last = ""
			return err
		}
		names := make([]storage.KeyName, len(subjects))
		for i, s := range subjects {
			names[i].Subject = s
		}
		there, err := db.keys(ctx, c, names)
		if err != nil {
			return err
		}
		last = subjects[len(subjects)-1]
		return db.change(ctx, c, there, db.cipher.RewrapKey)
	})
	return last, err
}

// change puts other wrapped keys in the place of those. Where somebody else has changed one meanwhile it is [storage.ErrConflict], and none is changed: call again.
func (db *DB) change(ctx context.Context, c Conn, there map[storage.KeyName]key, by func(context.Context, storage.KeyName, []byte) ([]byte, error)) error {
	for name, k := range there {
		if k.destroyed() {
			continue
		}
		next, err := by(ctx, name, k.wrapped)
		if err != nil {
			return fmt.Errorf("relational: a key is not changed: %w", err)
		}
		q := `UPDATE ` + quote(keyTable) + ` SET "wrapped" = ? WHERE "tenant" = ? AND "subject" = ? AND "class" = ? AND "wrapped" = ?`
		n, err := c.Exec(ctx, q, next, db.tenant, name.Subject, string(name.Class), k.wrapped)
		if err := conflictUnless(n == 1, err); err != nil {
			return err
		}
	}
	return nil
}
