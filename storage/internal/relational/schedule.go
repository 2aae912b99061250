package relational

import (
	"context"

	"github.com/musterhr/hr/storage/schedule"
)

// Mark implements [schedule.Marks].
func (db *DB) Mark(ctx context.Context, job string) (m schedule.Mark, err error) {
	err = db.read(ctx, func(c Conn) error { m, err = db.marks.get(ctx, c, db, job); return err })
	return m, err
}

// PutMark implements [schedule.Marks].
func (db *DB) PutMark(ctx context.Context, m schedule.Mark) error {
	return db.write(ctx, func(c writer) error { return db.marks.put(ctx, c, db, m) })
}
