package memory

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// AppendDebts implements [payroll.Debts].
func (db *DB) AppendDebts(ctx context.Context, entries ...hr.Entry[payroll.Debt]) error {
	return db.in(ctx, func(u *unit) error {
		for _, e := range entries {
			if err := db.payroll.debts.add(u, e.Value.Employee, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// DebtsOf implements [payroll.Debts].
func (db *DB) DebtsOf(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[payroll.Debt], err error) {
	err = db.in(ctx, func(*unit) error { out = known(&db.payroll.debts, pins); return nil })
	return out, err
}

// PayrollRequest implements [payroll.Requests].
func (db *DB) PayrollRequest(ctx context.Context, id payroll.RequestID) (r payroll.Request, err error) {
	err = db.in(ctx, func(*unit) error {
		var ok bool
		if r, ok = db.payroll.requests.get(id); !ok {
			return storage.ErrNotFound
		}
		return nil
	})
	return r, err
}

// PayrollRequestsOf implements [payroll.Requests].
func (db *DB) PayrollRequestsOf(ctx context.Context, employee hr.EmployeeID) (out []payroll.Request, err error) {
	err = db.in(ctx, func(*unit) error {
		for _, id := range db.payroll.requested.peek(employee) {
			r, _ := db.payroll.requests.get(id)
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

// PutPayrollRequest implements [payroll.Requests].
func (db *DB) PutPayrollRequest(ctx context.Context, r payroll.Request) error {
	return db.in(ctx, func(u *unit) error {
		fresh := r.Version == 0
		if err := putCase(u, &db.payroll.requests, r.ID, r, func(r *payroll.Request) *storage.Version { return &r.Version }); err != nil {
			return err
		}
		if fresh {
			db.payroll.requested.add(u, r.Employee, r.ID, byText)
		}
		return nil
	})
}
