package leave

import (
	"context"

	"github.com/musterhr/hr"
)

// Requests keeps the requests: one current row each. Methods keep the contract in package storage; prove an implementation
// with storagetest.LeaveRequests.
type Requests interface {
	// Request returns the request of id, or storage.ErrNotFound.
	Request(ctx context.Context, id RequestID) (Request, error)
	// RequestsIn returns the requests of emp whose Period shares a day with p, in any state, by first day and then by ID. A p
	// without a last day has no end.
	RequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) ([]Request, error)
	// PutRequest stores r under the next version if the stored version is r.Version (0: no row yet), else storage.ErrConflict.
	PutRequest(ctx context.Context, r Request) error
}

// Ledger keeps the leave ledger of each employee as facts. Prove it with storagetest.LeaveLedger.
type Ledger interface {
	// MovementsOf returns for each pin, in the order given, the entries of that employee with a Seq up to Known.Own (0: all), by Seq
	// and Line. An employee without entries has an empty list.
	MovementsOf(ctx context.Context, pins []hr.Pin) ([][]Entry, error)
	// AppendMovements adds entries to the ledger of emp. An entry whose ID the employee has already with the same content is
	// skipped; with other content it is storage.ErrConflict. All or none.
	AppendMovements(ctx context.Context, emp hr.EmployeeID, entries ...Entry) error
}

// Absent keeps who is away on which day, as facts. Prove it with storagetest.LeaveAbsent.
type Absent interface {
	// AwayOf returns for each pin, in the order given, the entries of that employee with a Seq up to Known.Own (0: all) whose Period
	// shares a day with p (the zero Period: every entry), by Seq and Line. A withdrawal has the Period of the entry that it
	// withdraws, so both are returned or neither.
	AwayOf(ctx context.Context, pins []hr.Pin, p hr.Period) ([][]AwayEntry, error)
	// AppendAway adds entries to those of emp, like Ledger.AppendMovements.
	AppendAway(ctx context.Context, emp hr.EmployeeID, entries ...AwayEntry) error
}

// Terms says who is employed when and by which calendar. A *lifecycle.Service is one.
type Terms interface {
	// TermsOf returns one timeline for each pin, in the order given. A day without a value is one on which the employee is not
	// employed. p limits the days that must be right; the timeline may say more.
	TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error)
}

// Router says who approves.
type Router interface {
	// Route returns the levels of approval for what is asked, at least one.
	Route(ctx context.Context, ask hr.ApprovalAsk) ([]hr.ApprovalLevel, error)
}

// Team says who works together. Only a policy with [Coverage] asks.
type Team interface {
	// TeamOf returns the employees whose absence counts beside that of emp in p, with or without emp, at most a few hundred.
	TeamOf(ctx context.Context, v hr.View, emp hr.EmployeeID, p hr.Period) ([]hr.EmployeeID, error)
}

// Sheets says what was worked. Only a policy with [Attended] asks. An attendance.Service is one: that which is wired with this leave.Service, less its
// Absences, because it must say what was worked whoever is on leave.
type Sheets interface {
	// Timesheets returns, one for each pin in the order given, the days of p of that employee, with the time worked in their bands.
	Timesheets(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timesheet, error)
}

// Workdays says what each day asks of an employee. It is needed where people work in turns; without it the calendar in their terms says it. An
// attendance.Service is one.
type Workdays interface {
	// Workdays returns the days of p by date: halves worked, weekly off, holiday. Days that are left out are those of the calendar in
	// the employee's terms. What a request counted stays counted when the turns change later.
	Workdays(ctx context.Context, v hr.View, emp hr.EmployeeID, p hr.Period) ([]hr.Day, error)
}

// Closings says which days may not be changed any more. Without it every day may: leave of a paid month that is approved late is arrears, found
// by [Service.Changes]. It is for a host that must not reopen a year, and has the shape of attendance.Closings: one value is both.
type Closings interface {
	// ClosedThrough returns, one item per pin in pin order, the last day of the employee that is closed; no date where none is.
	ClosedThrough(ctx context.Context, v hr.View, pins []hr.Pin) ([]hr.Date, error)
}
