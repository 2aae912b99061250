package attendance

import (
	"context"

	"github.com/musterhr/hr"
)

// Punches keeps punches as facts: they are only ever added, under the sentences of package storage. storagetest.Punches
// proves a store.
//
// The id of an entry is that of its punch; the id of a void is its own. Period of an entry is one day, the UTC day of the
// instant: the index is (employee, that day, seq). A void withdraws an entry of the same employee and day and holds the punch
// it withdraws as its value, so that both are found together.
type Punches interface {
	// AppendPunches adds entries of any number of employees, all or none. An id that is there with equal content is skipped; with
	// other content it is storage.ErrConflict.
	AppendPunches(ctx context.Context, entries ...hr.Entry[Punch]) error
	// PunchesOf returns, one item per pin in pin order, the entries of the employee whose day lies in days and whose Seq is not
	// above the pin's Own (zero: all), by Seq, then Line. A store that keeps only what holds today returns storage.ErrNoHistory
	// for an Own that is not zero.
	PunchesOf(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]hr.Entry[Punch], error)
	// PunchesSince returns, one item per pin in pin order, the entries of the employee whose Seq is above the pin's Own, of any
	// day, by Seq, then Line.
	PunchesSince(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[Punch], error)
	// PunchesByID returns the entries that are there of the given ids, voids included, by id. Ids that are not there are left out.
	PunchesByID(ctx context.Context, ids ...PunchID) ([]hr.Entry[Punch], error)
}

// Rosters keeps the shifts that people are put on, as facts, under the sentences of package storage. storagetest.Rosters proves
// a store.
type Rosters interface {
	// AppendRosters adds entries of any number of employees, all or none. An id that is there with equal content is skipped; with
	// other content it is storage.ErrConflict.
	AppendRosters(ctx context.Context, entries ...hr.Entry[Rostered]) error
	// RostersOf returns, one item per pin in pin order, the entries of the employee whose period shares a day with days and whose
	// Seq is not above the pin's Own (zero: all), by Seq, then Line. A store that keeps only what holds today returns
	// storage.ErrNoHistory for an Own that is not zero.
	RostersOf(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]hr.Entry[Rostered], error)
	// RostersSince returns, one item per pin in pin order, the entries of the employee whose Seq is above the pin's Own, of any
	// period, by Seq, then Line.
	RostersSince(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[Rostered], error)
}

// TermsOf is what attendance asks of lifecycle: who is employed, on what shift and by what calendar.
type TermsOf interface {
	// TermsOf returns, one item per pin in pin order, the terms as known at the pin. A day without a value is not employed. Only
	// the days of p must be right.
	TermsOf(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([]hr.Timeline[hr.Terms], error)
}

// Absences is what attendance asks of leave: the approved days away.
type Absences interface {
	// Absences returns, one item per pin in pin order, the approved days and halves of days away in p, by date.
	Absences(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) ([][]hr.Absence, error)
}

// Leave is what attendance gives to leave and takes from it.
type Leave interface {
	// Settle brings what attendance asks of leave for one employee to what the dues say, each item by its reference, and returns the
	// references of the charges for which too little is left: nothing is taken for them. The same dues again change nothing. It joins
	// the unit of work of ctx.
	Settle(ctx context.Context, cmd hr.Command, dues hr.LeaveDues) (short []hr.Ref, err error)
}

// Permits keeps what was allowed, as facts, under the sentences of package storage. storagetest.Permits proves a store.
type Permits interface {
	// AppendPermits adds entries of any number of employees, all or none. An id that is there with equal content is skipped; with
	// other content it is storage.ErrConflict.
	AppendPermits(ctx context.Context, entries ...hr.Entry[Permit]) error
	// PermitsOf returns, one item per pin in pin order, the entries of the employee whose period shares a day with days and whose
	// Seq is not above the pin's Own (zero: all), by Seq, then Line. A store that keeps only what holds today returns
	// storage.ErrNoHistory for an Own that is not zero.
	PermitsOf(ctx context.Context, pins []hr.Pin, days hr.Period) ([][]hr.Entry[Permit], error)
	// PermitsSince returns, one item per pin in pin order, the entries of the employee whose Seq is above the pin's Own, of any
	// period, by Seq, then Line.
	PermitsSince(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[Permit], error)
}

// Requests keeps the requests: one current row each, under the sentences of package storage. storagetest.AttendanceRequests proves a
// store.
type Requests interface {
	// AttendanceRequest returns the request of id, or storage.ErrNotFound.
	AttendanceRequest(ctx context.Context, id RequestID) (Request, error)
	// AttendanceRequestsIn returns the requests of emp whose Period shares a day with p, in any state, by first day and then by ID.
	// A p without a last day has no end.
	AttendanceRequestsIn(ctx context.Context, emp hr.EmployeeID, p hr.Period) ([]Request, error)
	// PutAttendanceRequest stores r under the next version if the stored version is r.Version (0: no row yet), else
	// storage.ErrConflict.
	PutAttendanceRequest(ctx context.Context, r Request) error
}

// Router says who approves.
type Router interface {
	// Route returns the levels of approval for what is asked, at least one.
	Route(ctx context.Context, ask hr.ApprovalAsk) ([]hr.ApprovalLevel, error)
}

// Closings says which days may not be changed any more. Without it every day may: a late punch of a paid month is arrears, found by
// [Service.Changes] and paid with the next run. It is for a host that must not reopen a year.
type Closings interface {
	// ClosedThrough returns, one item per pin in pin order, the last day of the employee that is closed; no date where none is.
	ClosedThrough(ctx context.Context, v hr.View, pins []hr.Pin) ([]hr.Date, error)
}
