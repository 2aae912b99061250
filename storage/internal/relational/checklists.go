package relational

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// Checklist implements [lifecycle.Checklists].
func (db *DB) Checklist(ctx context.Context, id lifecycle.ChecklistID) (lifecycle.Checklist, error) {
	return one(ctx, db, db.checklists, string(id))
}

// PutChecklist implements [lifecycle.Checklists].
func (db *DB) PutChecklist(ctx context.Context, v lifecycle.Checklist) error {
	return db.write(ctx, func(c writer) error { return db.checklists.put(ctx, c, db, v) })
}

// ChecklistsOf implements [lifecycle.Checklists].
func (db *DB) ChecklistsOf(ctx context.Context, emp hr.EmployeeID) (out []lifecycle.Checklist, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.checklists.list(ctx, c, db, `"employee" = ? ORDER BY "id"`, string(emp))
		return err
	})
	return out, err
}

// ChecklistsDue implements [lifecycle.Checklists]. What has no day that is next is null, and so is not before any.
func (db *DB) ChecklistsDue(ctx context.Context, through hr.Date, id lifecycle.ChecklistID, limit int) ([]lifecycle.Checklist, error) {
	return after(ctx, db, db.checklists, string(id), limit, `"next_due" <= ?`, db.day(through))
}
