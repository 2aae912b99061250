package api

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/storage"
)

// RulePunchClock is broken by a punch that is not of now.
const RulePunchClock hr.Rule = "server.punch.clock"

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func compare[T ~string](a, b T) int { return cmp.Compare(a, b) }

// Day is what a day of somebody was.
type Day struct {
	Date       hr.Date           `json:"date"`
	Shift      string            `json:"shift,omitempty"`
	Status     attendance.Status `json:"status" example:"present"`
	Mark       string            `json:"mark" doc:"the day in one or two letters, as on a muster roll"`
	Worked     int               `json:"worked_minutes"`
	Overtime   int               `json:"overtime_minutes"`
	Late       int               `json:"late_minutes"`
	Early      int               `json:"early_minutes"`
	Payable    decimal.Decimal   `json:"payable" example:"1"`
	Unpaid     decimal.Decimal   `json:"unpaid" example:"0"`
	Sessions   []Session         `json:"sessions"`
	Exceptions []Exception       `json:"exceptions"`
}

// Session is a stretch of work between two punches.
type Session struct {
	In      Stamp `json:"in"`
	Out     Stamp `json:"out"`
	Minutes int   `json:"minutes"`
}

// Stamp is a punch.
type Stamp struct {
	ID attendance.PunchID `json:"id,omitempty"`
	At time.Time          `json:"at"`
}

// Exception is something out of the ordinary on a day.
type Exception struct {
	Code     attendance.ExceptionCode `json:"code" example:"late"`
	Severity attendance.Severity      `json:"severity"`
	Detail   string                   `json:"detail"`
}

func dayOf(d attendance.Day) Day {
	out := Day{
		Date: d.Date, Shift: d.Shift, Status: d.Status, Mark: d.Mark(), Worked: d.Worked, Overtime: d.Overtime, Late: d.Late, Early: d.Early,
		Payable: d.Payable, Unpaid: d.Unpaid, Sessions: []Session{}, Exceptions: []Exception{},
	}
	for _, s := range d.Sessions {
		out.Sessions = append(out.Sessions, Session{Stamp{s.In.ID, s.In.At}, Stamp{s.Out.ID, s.Out.At}, s.Minutes()})
	}
	for _, e := range d.Exceptions {
		out.Exceptions = append(out.Exceptions, Exception{e.Code, e.Severity, e.Detail})
	}
	return out
}

type punchIn struct {
	Writing
	Body struct {
		At        time.Time            `json:"at" doc:"now, by your clock: it must agree with ours to five minutes. The same request sent again has the same"`
		Direction attendance.Direction `json:"direction" enum:"in,out"`
	}
}

type askIn struct {
	Writing
	Body struct {
		Employee hr.EmployeeID        `json:"employee" maxLength:"64"`
		Missing  []MissingPunch       `json:"missing,omitempty" maxItems:"20" doc:"punches that are missing"`
		Wrong    []attendance.PunchID `json:"wrong,omitempty" maxItems:"20" doc:"punches that should not be there"`
		Reason   string               `json:"reason" minLength:"1" maxLength:"1000"`
	}
}

// MissingPunch is a punch that should have been there.
type MissingPunch struct {
	At        time.Time            `json:"at"`
	Direction attendance.Direction `json:"direction" enum:"in,out"`
}

// AttendanceRequest asks for something that changes what days are.
type AttendanceRequest struct {
	ID       attendance.RequestID    `json:"id"`
	Employee hr.EmployeeID           `json:"employee"`
	Kind     attendance.RequestKind  `json:"kind"`
	Period   hr.Period               `json:"period"`
	Reason   string                  `json:"reason"`
	State    attendance.RequestState `json:"state"`
	Waits    []string                `json:"waits_for,omitempty"`
	Diff     []DayDiff               `json:"diff,omitempty" doc:"what it would change"`

	stored storage.Version
}

func (r AttendanceRequest) version() storage.Version { return r.stored }

// DayDiff is a day before and after a request is done.
type DayDiff struct {
	Before Day `json:"before"`
	After  Day `json:"after"`
}

func (a *API) attendance() {
	type daysIn struct {
		Employee
		Period hr.Period `query:"period" required:"true" example:"2026-10-01..2026-10-31" doc:"at most 92 days"`
	}
	get(a, "/v1/people/{employee}/days", "attendance", "What the days of somebody were, with punches and exceptions", func(ctx context.Context, r Request, in *daysIn) (List[Day], error) {
		if err := atMost(in.Period, 92); err != nil {
			return List[Day]{}, err
		}
		days, err := r.App.Time.Days(ctx, r.View(), in.Employee.Employee, in.Period)
		out := make([]Day, len(days))
		for i, d := range days {
			out[i] = dayOf(d)
		}
		return whole(out), err
	})
	post(a, "/v1/punches", "attendance", "Come or go: a punch of yourself, now", func(ctx context.Context, r Request, cmd hr.Command, in punchIn) (List[attendance.PunchID], error) {
		if off := r.App.Kit.Clock().Sub(in.Body.At); off.Abs() > 5*time.Minute {
			return List[attendance.PunchID]{}, &hr.FieldError{Path: "at", Rule: RulePunchClock, Reason: "must be now, to five minutes; ask for a correction of a punch that is missing"}
		}
		ids, err := r.App.Time.Record(ctx, cmd, attendance.Punch{
			Employee: r.User.Actor.Employee, At: in.Body.At, Direction: in.Body.Direction, Source: attendance.FromWeb,
		})
		return whole(ids), err
	})
	post(a, "/v1/attendance/requests", "attendance", "Ask for punches to be put right", func(ctx context.Context, r Request, cmd hr.Command, in askIn) (Made, error) {
		q := attendance.Request{Kind: attendance.AskCorrection, Employee: in.Body.Employee, Voids: in.Body.Wrong, Reason: in.Body.Reason}
		for _, m := range in.Body.Missing {
			q.Corrections = append(q.Corrections, attendance.Correction{Employee: in.Body.Employee, At: m.At, Direction: m.Direction})
		}
		id, err := r.App.Time.Ask(ctx, cmd, q)
		return Made{string(id)}, err
	})
	type one struct {
		ID attendance.RequestID `path:"id" maxLength:"200"`
	}
	get(a, "/v1/attendance/requests/{id}", "attendance", "One attendance request, with what it would change", func(ctx context.Context, r Request, in *one) (AttendanceRequest, error) {
		diff, err := r.App.Time.Diff(ctx, r.View(), in.ID) // which also says whether it may be read
		if err != nil {
			return AttendanceRequest{}, err
		}
		q, err := r.App.Store.AttendanceRequest(ctx, in.ID)
		if err != nil {
			return AttendanceRequest{}, err
		}
		out := AttendanceRequest{ID: q.ID, Employee: q.Employee, Kind: q.Kind, Period: q.Period, Reason: q.Reason, State: q.State, Waits: waits(q.Approval), stored: q.Version}
		for _, d := range diff {
			out.Diff = append(out.Diff, DayDiff{dayOf(d.Before), dayOf(d.After)})
		}
		return out, nil
	})
	post(a, "/v1/attendance/requests/{id}/decision", "attendance", "Approve or refuse an attendance request", func(ctx context.Context, r Request, cmd hr.Command, in decideIn[attendance.RequestID]) (Done, error) {
		cmd.Reason = in.Body.Reason
		version := func(ctx context.Context) (storage.Version, error) {
			q, err := r.App.Store.AttendanceRequest(ctx, in.ID)
			return q.Version, err
		}
		return change(ctx, r, in.IfMatch, version, func(ctx context.Context) (Done, error) {
			return done(r.App.Time.Decide(ctx, cmd, in.ID, in.Body.Agree))
		})
	})
}

// atMost refuses a period that has no end or is long.
func atMost(p hr.Period, days int) error {
	if err := p.Validate(); err != nil {
		return err
	}
	if p.Through.IsZero() || p.Len() > days {
		return &hr.FieldError{Path: "period", Rule: hr.RulePeriodOrder, Reason: "must have an end and is too long; ask for a shorter one"}
	}
	return nil
}
