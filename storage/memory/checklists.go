package memory

import (
	"cmp"
	"context"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// Checklist implements [lifecycle.Checklists].
func (db *DB) Checklist(ctx context.Context, id lifecycle.ChecklistID) (c lifecycle.Checklist, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if c, ok = db.lifecycle.checklists.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return c, err
}

// PutChecklist implements [lifecycle.Checklists].
func (db *DB) PutChecklist(ctx context.Context, c lifecycle.Checklist) error {
	return db.in(ctx, func(u *unit) error {
		return putCase(u, &db.lifecycle.checklists, c.ID, c, func(c *lifecycle.Checklist) *storage.Version { return &c.Version })
	})
}

// ChecklistsOf implements [lifecycle.Checklists].
func (db *DB) ChecklistsOf(ctx context.Context, emp hr.EmployeeID) (out []lifecycle.Checklist, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range db.lifecycle.checklists.keys(byText[lifecycle.ChecklistID]) {
			if c, _ := db.lifecycle.checklists.get(id); c.Employee == emp {
				out = append(out, c)
			}
		}
		return nil
	})
	return out, err
}

// ChecklistsDue implements [lifecycle.Checklists].
func (db *DB) ChecklistsDue(ctx context.Context, through hr.Date, after lifecycle.ChecklistID, limit int) (out []lifecycle.Checklist, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range db.lifecycle.checklists.keys(cmp.Compare[lifecycle.ChecklistID]) {
			if limit > 0 && len(out) == limit {
				break
			}
			c, _ := db.lifecycle.checklists.get(id)
			if id > after && !c.NextDue.IsZero() && !c.NextDue.After(through) {
				out = append(out, c)
			}
		}
		return nil
	})
	return slices.Clip(out), err
}
