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
	// EmployedIn returns who is employed on some day of p, any state: in this spell, when Start is not after p and LastDay, where there
	// is one, neither before p nor before Start; or in one of Earlier, by the same rule. [Employment.EmployedIn] says it of a row. They
	// come by id, those behind after only, at most limit of them; a limit below 1 is no limit.
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

// Holders is what a store of [Facts] may offer beside: who ever held a position, or worked under somebody, without reading everybody's terms.
// Without it a check of headcount reads the terms of all who were ever employed.
type Holders interface {
	// ReportsOf returns whose terms ever named one of the managers, by id, each once: also where the entry was withdrawn since.
	ReportsOf(ctx context.Context, managers ...hr.EmployeeID) ([]hr.EmployeeID, error)
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

// Absences says who is away: so that [Away] can tell attendance, and nobody is asked to approve who is not there. A leave.Service is one. Leave
// comes after lifecycle, so a host builds both and then sets this on the lifecycle service that it gives leave, and the others, as
// the router.
type Absences interface {
	// Absences returns one list for each pin, in the order given: the approved days away in p.
	Absences(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([][]hr.Absence, error)
}

// Record keeps what happened to each employment, as facts with two times. They are added and never changed. Prove it with
// storagetest.Record.
type Record interface {
	// Happenings returns for each pin, in the order given, the entries of that employee with a Seq up to Known.Own (0: all), in order
	// of Seq and Line. An employee without entries has an empty list.
	Happenings(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[Happening], error)
	// AppendHappenings adds entries to those of emp, like Facts.AppendTerms.
	AppendHappenings(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[Happening]) error
}

// Holds keeps legal holds: one current row each. Prove it with storagetest.Privacy.
type Holds interface {
	// LegalHold returns the row of id, or storage.ErrNotFound.
	LegalHold(ctx context.Context, id HoldID) (LegalHold, error)
	// HoldsOf returns those on emp, released ones too, by id.
	HoldsOf(ctx context.Context, emp hr.EmployeeID) ([]LegalHold, error)
	// PutHold stores h under the next version if the stored version is h.Version (0: no row yet), else storage.ErrConflict.
	PutHold(ctx context.Context, h LegalHold) error
}

// Consents keeps what each employee agreed to and withdrew, as facts with two times. They are added and never changed. Prove it with
// storagetest.Privacy.
type Consents interface {
	// ConsentsOf returns entries by pin, like Facts.Terms.
	ConsentsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[Consent], error)
	// AppendConsents adds entries to those of emp, like Facts.AppendTerms.
	AppendConsents(ctx context.Context, emp hr.EmployeeID, entries ...hr.Entry[Consent]) error
}

// Identities is what a store of [Employments] may offer beside: who else has a government's number. With it nobody is employed twice
// in one entity at once; without it that is not noticed.
type Identities interface {
	// WithIdentity returns whose Person.Identities has that kind and number, any state, by id. A number that is empty is nobody's.
	WithIdentity(ctx context.Context, id hr.Identity) ([]hr.EmployeeID, error)
}

// Proposals keeps changes that wait for approval: one current row each. Prove it with storagetest.Proposals.
type Proposals interface {
	// Proposal returns the row of id, or storage.ErrNotFound.
	Proposal(ctx context.Context, id ProposalID) (Proposal, error)
	// ProposalsOf returns those about emp, any state, by id.
	ProposalsOf(ctx context.Context, emp hr.EmployeeID) ([]Proposal, error)
	// OpenProposals returns those in state ProposalPending or ProposalApproved, by id, those behind after only, at most limit of them;
	// a limit below 1 is no limit.
	OpenProposals(ctx context.Context, after ProposalID, limit int) ([]Proposal, error)
	// PutProposal stores p under the next version if the stored version is p.Version (0: no row yet), else storage.ErrConflict.
	PutProposal(ctx context.Context, p Proposal) error
}

// Documents keeps what employees have shown: one current row each. Prove it with storagetest.Documents.
type Documents interface {
	// Document returns the row of id, or storage.ErrNotFound.
	Document(ctx context.Context, id DocumentID) (Document, error)
	// DocumentsOf returns those of emp, by id.
	DocumentsOf(ctx context.Context, emp hr.EmployeeID) ([]Document, error)
	// Expiring returns those whose Expires is a day of p, by id, those behind after only, at most limit of them; a limit below 1 is no
	// limit.
	Expiring(ctx context.Context, p hr.Period, after DocumentID, limit int) ([]Document, error)
	// PutDocument stores d under the next version if the stored version is d.Version (0: no row yet), else storage.ErrConflict.
	PutDocument(ctx context.Context, d Document) error
}
