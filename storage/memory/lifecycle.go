package memory

import (
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// lifecycleTables is what package lifecycle keeps.
type lifecycleTables struct {
	employments table[hr.EmployeeID, lifecycle.Employment]
	terms       facts[hr.EmployeeID, hr.Terms]
	parts       facts[hr.EmployeeID, lifecycle.Part] // under hr.Everyone
	delegations facts[hr.EmployeeID, lifecycle.Delegation]
	checklists  table[lifecycle.ChecklistID, lifecycle.Checklist]
	happenings  facts[hr.EmployeeID, lifecycle.Happening]
	identities  bag[string, hr.EmployeeID] // by kind and number: who has or had it
	proposals   table[lifecycle.ProposalID, lifecycle.Proposal]
	documents   table[lifecycle.DocumentID, lifecycle.Document]
	holds       table[lifecycle.HoldID, lifecycle.LegalHold]
	consents    facts[hr.EmployeeID, lifecycle.Consent]
}

// Employment implements [lifecycle.Employments].
func (db *DB) Employment(ctx context.Context, id hr.EmployeeID) (e lifecycle.Employment, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if e, ok = db.lifecycle.employments.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return e, err
}

// Employments implements [lifecycle.Employments].
func (db *DB) Employments(ctx context.Context, ids ...hr.EmployeeID) (out []lifecycle.Employment, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range distinct(ids) {
			if e, ok := db.lifecycle.employments.get(id); ok {
				out = append(out, e)
			}
		}
		return nil
	})
	return out, err
}

// PutEmployment implements [lifecycle.Employments].
func (db *DB) PutEmployment(ctx context.Context, e lifecycle.Employment) error {
	return db.in(ctx, func(u *unit) error {
		for _, id := range e.Person.Identities {
			if key := identityKey(id); !slices.Contains(db.lifecycle.identities.peek(key), e.ID) {
				db.lifecycle.identities.add(u, key, e.ID, nil)
			}
		}
		return putCase(u, &db.lifecycle.employments, e.ID, e, func(e *lifecycle.Employment) *storage.Version { return &e.Version })
	})
}

// EmployedIn implements [lifecycle.Employments].
func (db *DB) EmployedIn(ctx context.Context, p hr.Period, after hr.EmployeeID, limit int) (out []hr.EmployeeID, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range db.lifecycle.employments.keys(byText[hr.EmployeeID]) {
			if limit > 0 && len(out) == limit {
				break
			}
			if e := db.lifecycle.employments.rows[id]; id > after && e.EmployedIn(p) {
				out = append(out, id)
			}
		}
		return nil
	})
	return out, err
}

// PaidInto implements [lifecycle.Employments].
func (db *DB) PaidInto(ctx context.Context, account hr.BankAccount) (out []hr.EmployeeID, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range db.lifecycle.employments.keys(byText[hr.EmployeeID]) {
			b := db.lifecycle.employments.rows[id].Person.Bank
			if !b.Number.IsZero() && b.Bank == account.Bank && b.Number.Equal(account.Number) {
				out = append(out, id)
			}
		}
		return nil
	})
	return out, err
}

// Terms implements [lifecycle.Facts].
func (db *DB) Terms(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[hr.Terms], err error) {
	err = db.in(ctx, func(*unit) error { out = known(&db.lifecycle.terms, pins); return nil })
	return out, err
}

// AppendTerms implements [lifecycle.Facts].
func (db *DB) AppendTerms(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[hr.Terms]) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			if err := db.lifecycle.terms.add(u, emp, e); err != nil {
				return err
			}
		}
		return nil
	})
}
