package memory

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/internal/personal"
)

// grave names a key that was destroyed. Nothing is sealed in memory: what it would have sealed is emptied instead.
type grave struct {
	subject string
	class   hr.FieldClass
}

// DestroyKeys implements [storage.Keys].
func (db *DB) DestroyKeys(ctx context.Context, subject string, on hr.Date, classes ...hr.FieldClass) error {
	if err := personal.Check(classes); err != nil {
		return err
	}
	return db.in(ctx, func(u *unit) error {
		for _, c := range classes {
			if _, there := db.graves.get(grave{subject, c}); !there {
				db.graves.put(u, grave{subject, c}, on)
			}
		}
		db.forget(u, subject, classes)
		return nil
	})
}

// Graves implements [storage.Keys].
func (db *DB) Graves(ctx context.Context, after storage.Grave, limit int) (out []storage.Grave, err error) {
	order := func(a, b grave) int { return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.class, b.class)) }
	err = db.in(ctx, func(*unit) error {
		for _, g := range db.graves.keys(order) {
			if order(g, grave{after.Subject, after.Class}) > 0 && (limit < 1 || len(out) < limit) {
				out = append(out, storage.Grave{Subject: g.subject, Class: g.class, On: db.graves.rows[g]})
			}
		}
		return nil
	})
	return out, err
}

// takes returns [storage.ErrErased] for a value that has something of a class that was destroyed for its subject.
func (u *unit) takes(subject string, v any) error {
	var gone []hr.FieldClass
	for _, c := range personal.Classes() {
		if _, there := u.db.graves.rows[grave{subject, c}]; there {
			gone = append(gone, c)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	own := reflect.New(reflect.TypeOf(v)).Elem()
	own.Set(reflect.ValueOf(v))
	if len(personal.Take(own, gone...)) > 0 {
		return storage.ErrErased
	}
	return nil
}

// forget empties what is held about a subject in these classes.
func (db *DB) forget(u *unit, subject string, classes []hr.FieldClass) {
	if id, ok := personal.EmployeeOf(subject); ok {
		forgetFacts(u, &db.lifecycle.terms, id, classes)
		forgetFacts(u, &db.lifecycle.delegations, id, classes)
		forgetFacts(u, &db.lifecycle.happenings, id, classes)
		forgetFacts(u, &db.lifecycle.consents, id, classes)
		forgetFacts(u, &db.leave.movements, id, classes)
		forgetFacts(u, &db.leave.away, id, classes)
		forgetFacts(u, &db.payroll.postings, id, classes)
		forgetFacts(u, &db.payroll.adjustments, id, classes)
		forgetFacts(u, &db.payroll.debts, id, classes)
		forgetRows(u, &db.attendance.punches.bag, id, classes) // the days of each fact stay
		forgetRows(u, &db.attendance.rosters.bag, id, classes)
		forgetRows(u, &db.attendance.permits.bag, id, classes)
	}
	forgetCases(u, &db.lifecycle.employments, subject, classes)
	forgetCases(u, &db.lifecycle.checklists, subject, classes)
	forgetCases(u, &db.lifecycle.proposals, subject, classes)
	forgetCases(u, &db.lifecycle.documents, subject, classes)
	forgetCases(u, &db.lifecycle.holds, subject, classes)
	forgetCases(u, &db.leave.requests, subject, classes)
	forgetCases(u, &db.attendance.requests, subject, classes)
	forgetCases(u, &db.payroll.requests, subject, classes)
	forgetCases(u, &db.recruitment.candidates, subject, classes)
	forgetCases(u, &db.recruitment.applications, subject, classes)
	forgetCases(u, &db.recruitment.interviews, subject, classes)
	forgetCases(u, &db.recruitment.scorecards, subject, classes)
	if slices.Contains(classes, hr.ClassPrivate) {
		forgetAudit(u, db, subject)
	}
}

func forgetCases[K comparable, V any](u *unit, t *table[K, V], subject string, classes []hr.FieldClass) {
	for k, v := range t.rows {
		if personal.Subject(v) != subject {
			continue
		}
		if taken := personal.Take(reflect.ValueOf(&v).Elem(), classes...); len(taken) > 0 {
			t.put(u, k, v)
		}
	}
}

// emptied returns entries without what is held in these classes.
func emptied[T any](entries []hr.Entry[T], classes []hr.FieldClass) []hr.Entry[T] {
	out := slices.Clone(entries)
	for i := range out {
		personal.Take(reflect.ValueOf(&out[i].Value).Elem(), classes...)
	}
	return out
}

func forgetFacts[T any](u *unit, f *facts[hr.EmployeeID, T], id hr.EmployeeID, classes []hr.FieldClass) {
	forgetRows(u, &f.rows, id, classes)
}

func forgetRows[T any](u *unit, rows *bag[hr.EmployeeID, hr.Entry[T]], id hr.EmployeeID, classes []hr.FieldClass) {
	if !personal.Has(reflect.TypeFor[T]()) {
		return
	}
	rows.set(u, id, emptied(rows.rows[id], classes))
}

// forgetAudit takes the texts out of the entries about a subject. Their hashes stay.
func forgetAudit(u *unit, db *DB, subject string) {
	links := slices.Clone(db.journal.chains.rows[subject])
	for i := range links {
		links[i] = links[i].Erased()
	}
	db.journal.chains.set(u, subject, links)
	written := slices.Clone(db.journal.written.rows[""])
	for i, a := range written {
		if storage.AuditStream(a) == subject {
			written[i].Reason, written[i].Refused = "", ""
		}
	}
	db.journal.written.set(u, "", written)
}
