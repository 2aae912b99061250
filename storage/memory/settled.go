package memory

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// SettledAfter implements [payroll.Settled].
func (db *DB) SettledAfter(ctx context.Context, after hr.EmployeeID, limit int) (out []hr.Pin, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, e := range page(db.payroll.paid.peek(allPaid), after, limit) {
			pin := hr.Pin{Employee: e}
			entries := db.payroll.postings.rows.peek(e)
			for i := len(entries) - 1; i >= 0 && pin.Known == (hr.Known{}); i-- {
				pin.Known = entries[i].Value.Settled
			}
			out = append(out, pin)
		}
		return nil
	})
	return out, err
}

// allPaid is the one key under which everybody with a posting is listed.
const allPaid = "paid"

// markPaid lists an employee among those with a posting.
func (db *DB) markPaid(u *unit, e hr.EmployeeID) {
	if len(db.payroll.postings.rows.peek(e)) == 0 {
		db.payroll.paid.add(u, allPaid, e, byText)
	}
}

var _ payroll.Settled = (*DB)(nil)
