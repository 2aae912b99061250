package memory

import (
	"context"

	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// recruitmentTables is what package recruitment keeps.
type recruitmentTables struct {
	openings     table[recruitment.OpeningID, recruitment.Opening]
	applications table[recruitment.ApplicationID, recruitment.Application]
}

// Opening implements [recruitment.Openings].
func (db *DB) Opening(ctx context.Context, id recruitment.OpeningID) (o recruitment.Opening, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if o, ok = db.recruitment.openings.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return o, err
}

// PutOpening implements [recruitment.Openings].
func (db *DB) PutOpening(ctx context.Context, o recruitment.Opening) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.recruitment.openings, o.ID, o, func(o *recruitment.Opening) *storage.Version { return &o.Version })
	})
}

// OpeningsAfter implements [recruitment.Openings].
func (db *DB) OpeningsAfter(ctx context.Context, after recruitment.OpeningID, limit int) (out []recruitment.Opening, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range db.recruitment.openings.keys(byText[recruitment.OpeningID]) {
			if limit > 0 && len(out) == limit {
				break
			}
			if id > after {
				o, _ := db.recruitment.openings.get(id)
				out = append(out, o)
			}
		}
		return nil
	})
	return out, err
}

// Application implements [recruitment.Applications].
func (db *DB) Application(ctx context.Context, id recruitment.ApplicationID) (a recruitment.Application, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if a, ok = db.recruitment.applications.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return a, err
}

// PutApplication implements [recruitment.Applications].
func (db *DB) PutApplication(ctx context.Context, a recruitment.Application) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.recruitment.applications, a.ID, a, func(a *recruitment.Application) *storage.Version { return &a.Version })
	})
}

// ApplicationsFor implements [recruitment.Applications].
func (db *DB) ApplicationsFor(ctx context.Context, opening recruitment.OpeningID, after recruitment.ApplicationID, limit int) (out []recruitment.Application, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range db.recruitment.applications.keys(byText[recruitment.ApplicationID]) {
			if limit > 0 && len(out) == limit {
				break
			}
			if id > after && db.recruitment.applications.rows[id].Opening == opening {
				a, _ := db.recruitment.applications.get(id)
				out = append(out, a)
			}
		}
		return nil
	})
	return out, err
}
