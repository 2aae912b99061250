package simulate

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// erase forgets who somebody was who left long enough ago.
func (c *call) erase() error {
	id := c.employee(0)
	gone, err := c.people.Erase(c.ctx, c.cmd(), id)
	if err != nil {
		return err
	}
	for _, class := range gone {
		c.said("%s", class)
	}
	c.w.book.erased[id] = true
	c.w.book.said[id] = hr.BankAccount{}
	c.w.book.answers = slices.DeleteFunc(c.w.book.answers, func(a answer) bool { return a.pin.Employee == id })
	return nil
}

// erased looks whether those who were erased are gone, and at once whether every chain of the audit holds without them.
func erased(ctx context.Context, w *World, s Scope) (out []string, err error) {
	if !s.Whole && !s.did("erase") {
		return nil, nil
	}
	ids := slices.Sorted(maps.Keys(w.book.erased))
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := w.Store.Employments(ctx, ids...)
	for _, e := range rows {
		if e.Person.Name != "" || !e.Person.Born.IsZero() || e.Person.Bank != (hr.BankAccount{}) {
			out = append(out, fmt.Sprintf("%s is erased, and who it was is still there", e.ID))
		}
	}
	if err != nil || !s.did("erase") {
		return out, err
	}
	faults, _, err := w.verify(ctx, func(storage.AuditHead) bool { return true })
	return append(out, faults...), err
}
