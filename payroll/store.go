package payroll

import (
	"context"

	"github.com/musterhr/hr"
)

// Runs keeps runs, who is in them, and the chunks in which they are worked on. The contract of package storage holds.
type Runs interface {
	// Run returns a run, or storage.ErrNotFound.
	Run(ctx context.Context, id RunID) (Run, error)
	// PutRun stores r with the next version if the stored version equals r.Version (0: must not exist), else storage.ErrConflict.
	PutRun(ctx context.Context, r Run) error
	// AddMembers puts employees into a run; who is in it already stays.
	AddMembers(ctx context.Context, id RunID, ids ...hr.EmployeeID) error
	// Members lists up to limit members after an employee, by id.
	Members(ctx context.Context, id RunID, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error)
	// PutChunks stores chunks, each with the next version as PutRun does. All or none.
	PutChunks(ctx context.Context, cs ...RunChunk) error
	// Chunks lists up to limit chunks of a run from a number on, by number. The numbers of a run begin at 0 and have no gaps.
	Chunks(ctx context.Context, id RunID, from, limit int) ([]RunChunk, error)
}

// RunList is what a store of [Runs] may offer beside: all of them, for whoever verifies the books.
type RunList interface {
	// RunsAfter lists up to limit runs after an id, by id; all where limit is below 1.
	RunsAfter(ctx context.Context, after RunID, limit int) ([]Run, error)
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

// ResultHead is what a run must know of a result to be finished, approved and paid: no amount is in it.
type ResultHead struct {
	Employee hr.EmployeeID `class:"public"`
	Known    hr.Known      `class:"public"` // of the payslip; zero where there is none
	Digest   string        `class:"public"` // of the result
	Failed   bool          `class:"public"` // there are faults in the place of a payslip
}

// ResultHeads is what a store of [Results] may offer beside: their heads, without reading the payslips. With it the steps of a run that concern
// everybody at once cost little, and what is left is done chunk by chunk, by as many workers as there are. Without it they read every result.
type ResultHeads interface {
	// ResultHeads lists up to limit heads after an employee, by employee.
	ResultHeads(ctx context.Context, run RunID, after hr.EmployeeID, limit int) ([]ResultHead, error)
}

// Postings keeps what was paid, as facts with two times: the period of an entry is the period earned. Facts are only added.
type Postings interface {
	// AppendPostings adds entries, of one employee or of many. An ID that the employee has already with the same content is
	// skipped; with other content it is storage.ErrConflict. All or none.
	AppendPostings(ctx context.Context, entries ...hr.Entry[Posting]) error
	// PostingsOf returns for each pin, in the order given, the entries of that employee with a Seq up to Known.Own (0: all), by Seq
	// and Line. An employee without entries has an empty list.
	PostingsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[Posting], error)
}

// Adjustments keeps amounts beside the agreed terms, as facts with two times: the period of an entry is the pay period. Facts are
// only added.
type Adjustments interface {
	// AppendAdjustments adds entries, like Postings.AppendPostings.
	AppendAdjustments(ctx context.Context, entries ...hr.Entry[Adjustment]) error
	// AdjustmentsOf returns entries by pin, like Postings.PostingsOf.
	AdjustmentsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[Adjustment], error)
}

// Debts keeps what employees owe, as facts with two times: the newest entry of a debt that is known holds. Facts are only added.
type Debts interface {
	// AppendDebts adds entries, like Postings.AppendPostings.
	AppendDebts(ctx context.Context, entries ...hr.Entry[Debt]) error
	// DebtsOf returns entries by pin, like Postings.PostingsOf.
	DebtsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[Debt], error)
}

// Requests keeps what is asked for and waits for agreement: one current row each.
type Requests interface {
	// PayrollRequest returns the request of id, or storage.ErrNotFound.
	PayrollRequest(ctx context.Context, id RequestID) (Request, error)
	// PayrollRequestsOf returns the requests about an employee, in any state, by ID.
	PayrollRequestsOf(ctx context.Context, employee hr.EmployeeID) ([]Request, error)
	// PutPayrollRequest stores r with the next version if the stored version equals r.Version (0: must not exist), else storage.ErrConflict.
	PutPayrollRequest(ctx context.Context, r Request) error
}

// Router says who approves a request; lifecycle does.
type Router interface {
	// Route returns the levels of approval for what is asked, at least one.
	Route(ctx context.Context, ask hr.ApprovalAsk) ([]hr.ApprovalLevel, error)
}

// Adoption says that a plan pays from a day on: a definition of the tenant. The period of its entry says for which pay periods.
type Adoption struct {
	Plan string `class:"public"` // the digest of the plan
}

// Adoptions keeps which plan pays when. Facts are only added.
type Adoptions interface {
	// AppendAdoptions adds entries, like Postings.AppendPostings.
	AppendAdoptions(ctx context.Context, entries ...hr.Entry[Adoption]) error
	// Adopted returns the entries with a Seq up to rules (0: all), by Seq and Line.
	Adopted(ctx context.Context, rules hr.Seq) ([]hr.Entry[Adoption], error)
}

// Terms tells the terms of employees on the days of a period, and whether any hold on the day after it: that is how a payslip knows
// who leaves. One timeline for each pin, in pin order; lifecycle does.
type Terms interface {
	TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error)
}

// Sheets tells the payable time of employees in a pay period, one timesheet for each pin, in pin order; attendance does.
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

// Changes tells which periods of employees are touched by what was learnt after each pin; lifecycle, leave and attendance each do.
// A change without an employee is of everybody.
type Changes interface {
	Changes(ctx context.Context, v hr.View, pins []hr.Pin) ([]hr.Change, error)
}

// Settled is what a store of [Postings] may offer beside: who was ever paid, and through where it was compared, without reading what
// was paid. With it a retro over everybody costs what those cost about whom something was learnt, and a run finds who left and is
// owed something. Without it both read every posting of those who are employed, and who left is found only by name.
type Settled interface {
	// SettledAfter lists up to limit employees after one that have postings, by id: each with the Settled of the newest posting (by Seq
	// and Line) that has one, and with the zero Known where none has.
	SettledAfter(ctx context.Context, after hr.EmployeeID, limit int) ([]hr.Pin, error)
}

// Leavers says what must be done before somebody is settled; lifecycle does.
type Leavers interface {
	// SettlementGates says of each employee, in the order asked, what stands in the way, in words; nothing where nothing does.
	SettlementGates(ctx context.Context, v hr.View, ids ...hr.EmployeeID) ([][]string, error)
}
