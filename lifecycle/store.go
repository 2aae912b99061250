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

// Holders is what a store of [Facts] may offer beside: who ever held a position, without reading everybody's terms. Without it a check
// of headcount reads the terms of all who were ever employed.
type Holders interface {
	// HoldersOf returns whose terms ever named one of the positions, by id, each once: also where the entry was withdrawn since.
	HoldersOf(ctx context.Context, positions ...string) ([]hr.EmployeeID, error)
}

// Structure keeps the organisation, as facts with two times under the numbers of the tenant's definitions. Facts are only added. Prove it
// with storagetest.Organisation.
type Structure interface {
	// Parts returns the entries with a Seq up to rules (0: all), by Seq and Line.
	Parts(ctx context.Context, rules hr.Seq) ([]hr.Entry[Part], error)
	// AppendParts adds entries. An ID that is there with the same content is skipped; with other content it is storage.ErrConflict. All
	// or none.
	AppendParts(ctx context.Context, entries ...hr.Entry[Part]) error
}

// Delegations keeps to whom employees lend their approvals, as facts with two times. Facts are only added. Prove it with
// storagetest.Organisation.
type Delegations interface {
	// DelegationsOf returns entries by pin, like Facts.Terms.
	DelegationsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[Delegation], error)
	// AppendDelegations adds entries to those of emp, like Facts.AppendTerms.
	AppendDelegations(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[Delegation]) error
}

// Checklists keeps what has to be done for those who join and leave: cases. Prove it with storagetest.Checklists.
type Checklists interface {
	// Checklist returns a checklist, or storage.ErrNotFound.
	Checklist(ctx context.Context, id ChecklistID) (Checklist, error)
	// PutChecklist stores c under the next version if the stored version is c.Version (0: no row yet), else storage.ErrConflict.
	PutChecklist(ctx context.Context, c Checklist) error
	// ChecklistsOf returns every checklist of an employee, by id.
	ChecklistsOf(ctx context.Context, emp hr.EmployeeID) ([]Checklist, error)
	// ChecklistsDue returns those with a NextDue on or before through, by id: those behind after only, at most limit of them; a limit
	// below 1 is no limit. A checklist without a NextDue is not among them.
	ChecklistsDue(ctx context.Context, through hr.Date, after ChecklistID, limit int) ([]Checklist, error)
}

// Absences says who is away, so that nobody is asked who is not there. A *leave.Service is one. Leave comes after lifecycle, so a host builds
// both and then sets this on the lifecycle service that it gives leave, and the others, as the router.
type Absences interface {
	// Absences returns one list for each pin, in the order given: the approved days away in p.
	Absences(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([][]hr.Absence, error)
}
