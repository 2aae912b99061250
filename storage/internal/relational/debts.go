package relational

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// AppendDebts implements [payroll.Debts].
func (db *DB) AppendDebts(ctx context.Context, entries ...hr.Entry[payroll.Debt]) error {
	return db.write(ctx, func(c writer) error {
		return db.debts.add(ctx, c, db, func(e *hr.Entry[payroll.Debt]) hr.EmployeeID { return e.Value.Employee }, entries)
	})
}

// DebtsOf implements [payroll.Debts].
func (db *DB) DebtsOf(ctx context.Context, pins []hr.Pin) (out [][]hr.Entry[payroll.Debt], err error) {
	err = db.read(ctx, func(c Conn) error { out, err = db.debts.of(ctx, c, db, pins, hr.Period{}, false); return err })
	return out, err
}

// PayrollRequest implements [payroll.Requests].
func (db *DB) PayrollRequest(ctx context.Context, id payroll.RequestID) (payroll.Request, error) {
	return one(ctx, db, db.payrollAsked, string(id))
}

// PayrollRequestsOf implements [payroll.Requests].
func (db *DB) PayrollRequestsOf(ctx context.Context, employee hr.EmployeeID) (out []payroll.Request, err error) {
	err = db.read(ctx, func(c Conn) error {
		out, err = db.payrollAsked.list(ctx, c, db, `"employee" = ? ORDER BY "id"`, string(employee))
		return err
	})
	return out, err
}

// PutPayrollRequest implements [payroll.Requests].
func (db *DB) PutPayrollRequest(ctx context.Context, r payroll.Request) error {
	return db.write(ctx, func(c writer) error { return db.payrollAsked.put(ctx, c, db, r) })
}
