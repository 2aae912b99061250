package payroll

import (
	"context"

	"github.com/musterhr/hr"
)

// Runs keeps runs and who is in them. The contract of package storage holds.
type Runs interface {
	// Run returns a run, or storage.ErrNotFound.
	Run(ctx context.Context, id RunID) (Run, error)
	// PutRun stores r with the next version if the stored version equals r.Version (0: must not exist), else storage.ErrConflict.
	PutRun(ctx context.Context, r Run) error
	// AddMembers puts employees into a run; who is in it already stays.
	AddMembers(ctx context.Context, id RunID, ids ...hr.EmployeeID) error
	// Members lists up to limit members after an employee, by id.
	Members(ctx context.Context, id RunID, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error)
}

// Results keeps what a run has for each member: at most one result an employee.
type Results interface {
	// PutResults stores results, in place of earlier ones of the same employees in this run.
	PutResults(ctx context.Context, run RunID, rs ...Result) error
	// Result returns the result of one employee, or storage.ErrNotFound.
	Result(ctx context.Context, run RunID, employee hr.EmployeeID) (Result, error)
	// Results lists up to limit results after an employee, by employee.
	Results(ctx context.Context, run RunID, after hr.EmployeeID, limit int) ([]Result, error)
}

// PostingFact is a posting of one employee, as a fact with two times. The period of the entry is the period earned.
type PostingFact struct {
	Employee hr.EmployeeID     `class:"public"`
	Entry    hr.Entry[Posting] `class:"money"`
}

// Postings keeps what was paid. Facts are only added.
type Postings interface {
	// AppendPostings adds facts: an entry id that exists with equal content is skipped, with other content it is storage.ErrConflict.
	AppendPostings(ctx context.Context, facts ...PostingFact) error
	// PostingsOf returns the history of each pin's employee up to Known.Own, in pin order; empty where there is none.
	PostingsOf(ctx context.Context, pins []hr.Pin) ([]hr.History[Posting], error)
}

// AdjustmentFact is an adjustment of one employee, as a fact with two times. The period of the entry is the pay period.
type AdjustmentFact struct {
	Employee hr.EmployeeID        `class:"public"`
	Entry    hr.Entry[Adjustment] `class:"money"`
}

// Adjustments keeps amounts beside the agreed terms. Facts are only added.
type Adjustments interface {
	// AppendAdjustments adds facts, like Postings.AppendPostings.
	AppendAdjustments(ctx context.Context, facts ...AdjustmentFact) error
	// AdjustmentsOf returns the history of each pin's employee up to Known.Own, in pin order; empty where there is none.
	AdjustmentsOf(ctx context.Context, pins []hr.Pin) ([]hr.History[Adjustment], error)
}

// Adoption says that a plan pays from a day on: a definition of the tenant. The period of its entry says for which pay periods.
type Adoption struct {
	Plan string `class:"public"` // the digest of the plan
}

// Adoptions keeps which plan pays when. Facts are only added.
type Adoptions interface {
	// AppendAdoption adds a fact, like Postings.AppendPostings.
	AppendAdoption(ctx context.Context, e hr.Entry[Adoption]) error
	// Adopted returns the history of adoptions up to the definitions number rules (0: all).
	Adopted(ctx context.Context, rules hr.Seq) (hr.History[Adoption], error)
}

// Terms tells the terms of employees on the days of a period; lifecycle does.
type Terms interface {
	TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error)
}

// Sheets tells the payable time of employees in a pay period; attendance does.
type Sheets interface {
	Timesheets(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timesheet, error)
}

// Staff lists who is employed on some day of a period, by id, up to limit after an employee; lifecycle does.
type Staff interface {
	Employees(ctx context.Context, v hr.View, p hr.Period, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error)
}

// People tells who employees are and where their pay goes, in the order asked; lifecycle does.
type People interface {
	People(ctx context.Context, v hr.View, ids ...hr.EmployeeID) ([]hr.Person, error)
}

// Evidence puts references to its own facts into words, one text for each ref: empty for a ref of another kind. Attendance
// describes punches, leave its requests.
type Evidence interface {
	Describe(ctx context.Context, v hr.View, employee hr.EmployeeID, refs []hr.Ref) ([]string, error)
}
