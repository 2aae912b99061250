package relational

import (
	"context"

	"github.com/musterhr/hr/recruitment"
)

// Opening implements [recruitment.Openings].
func (db *DB) Opening(ctx context.Context, id recruitment.OpeningID) (o recruitment.Opening, err error) {
	err = db.read(ctx, func(c Conn) error { o, err = db.openings.get(ctx, c, db, string(id)); return err })
	return o, err
}

// PutOpening implements [recruitment.Openings].
func (db *DB) PutOpening(ctx context.Context, o recruitment.Opening) error {
	return db.write(ctx, func(c writer) error { return db.openings.put(ctx, c, db, o) })
}

// OpeningsAfter implements [recruitment.Openings].
func (db *DB) OpeningsAfter(ctx context.Context, after recruitment.OpeningID, limit int) (out []recruitment.Opening, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.openings.list(ctx, c, db, `"id" > ? ORDER BY "id" LIMIT ?`, string(after), limited(limit))
		return err
	})
	return out, err
}

// Application implements [recruitment.Applications].
func (db *DB) Application(ctx context.Context, id recruitment.ApplicationID) (a recruitment.Application, err error) {
	err = db.read(ctx, func(c Conn) error { a, err = db.applications.get(ctx, c, db, string(id)); return err })
	return a, err
}

// PutApplication implements [recruitment.Applications].
func (db *DB) PutApplication(ctx context.Context, a recruitment.Application) error {
	return db.write(ctx, func(c writer) error { return db.applications.put(ctx, c, db, a) })
}

// ApplicationsFor implements [recruitment.Applications].
func (db *DB) ApplicationsFor(ctx context.Context, opening recruitment.OpeningID, after recruitment.ApplicationID, limit int) (out []recruitment.Application, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.applications.list(ctx, c, db, `"opening" = ? AND "id" > ? ORDER BY "id" LIMIT ?`, string(opening), string(after), limited(limit))
		return err
	})
	return out, err
}

// ApplicationsOf implements [recruitment.Applications].
func (db *DB) ApplicationsOf(ctx context.Context, candidate recruitment.CandidateID, after recruitment.ApplicationID, limit int) (out []recruitment.Application, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.applications.list(ctx, c, db, `"candidate" = ? AND "id" > ? ORDER BY "id" LIMIT ?`, string(candidate), string(after), limited(limit))
		return err
	})
	return out, err
}
