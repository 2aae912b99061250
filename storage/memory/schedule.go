package memory

import (
	"context"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/schedule"
)

// Mark implements [schedule.Marks].
func (db *DB) Mark(ctx context.Context, job string) (m schedule.Mark, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if m, ok = db.marks.get(job); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return m, err
}

// PutMark implements [schedule.Marks].
func (db *DB) PutMark(ctx context.Context, m schedule.Mark) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.marks, m.Job, m, func(m *schedule.Mark) *storage.Version { return &m.Version })
	})
}

var _ schedule.Marks = (*DB)(nil)
