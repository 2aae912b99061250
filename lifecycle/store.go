package lifecycle

import (
	"context"

	"github.com/musterhr/hr"
)

// Employments keeps the cases: one current row an employee. A host implements it over its own table and proves it with
// storagetest.Employments. Methods keep the contract in package storage.
type Employments interface {
	// Employment returns the row of id, or storage.ErrNotFound.
	Employment(ctx context.Context, id hr.EmployeeID) (Employment, error)
	// Employments returns the rows of those ids that have one, by id, each once.
	Employments(ctx context.Context, ids ...hr.EmployeeID) ([]Employment, error)
	// PutEmployment stores e under the next version if the stored version is e.Version (0: no row yet), else storage.ErrConflict.
	PutEmployment(ctx context.Context, e Employment) error
	// EmployedIn returns who is employed on some day of p, any state: Start is not after p and LastDay, where there is one, not
	// before it. They come by id, those behind after only, at most limit of them; a limit below 1 is no limit.
	EmployedIn(ctx context.Context, p hr.Period, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error)
	// PaidInto returns whose Person.Bank has the Bank and Number of account, any state, by id. The holder and the kind do not
	// count. An account without a number is nobody's.
	PaidInto(ctx context.Context, account hr.BankAccount) ([]hr.EmployeeID, error)
}

// Facts keeps the terms of each employee as facts with two times. They are added and never changed. Prove it with
// storagetest.Terms.
type Facts interface {
	// Terms returns for each pin, in the order given, the entries of that employee with a Seq up to Known.Own (0: all), in order of
	// Seq and Line. An employee without entries has an empty list.
	Terms(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[hr.Terms], error)
	// AppendTerms adds entries to those of emp. An entry whose ID the employee has already with the same content is skipped; with
	// other content it is storage.ErrConflict. All or none. Recorded is kept to the microsecond at least.
	AppendTerms(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[hr.Terms]) error
}
