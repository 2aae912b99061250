package api

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/storage"
)

// Balance is what somebody has left of a leave type.
type Balance struct {
	Type    leave.TypeID    `json:"type" example:"earned"`
	Name    string          `json:"name" example:"Earned leave"`
	On      hr.Date         `json:"on"`
	Balance decimal.Decimal `json:"balance" example:"12.5" doc:"in days, or in hours where the type is counted in hours"`
	Lots    []Lot           `json:"lots"`
}

// Lot is leave that came in together and lapses together.
type Lot struct {
	ID      leave.LotID     `json:"id"`
	Usable  hr.Period       `json:"usable" doc:"the days on which it may be used"`
	Granted decimal.Decimal `json:"granted"`
	Taken   decimal.Decimal `json:"taken"`
	Carried decimal.Decimal `json:"carried"`
	Paid    decimal.Decimal `json:"paid"`
	Lapsed  decimal.Decimal `json:"lapsed"`
	Left    decimal.Decimal `json:"left"`
}

// LeaveRequest is a request for leave.
type LeaveRequest struct {
	ID          leave.RequestID `json:"id"`
	Employee    hr.EmployeeID   `json:"employee"`
	Type        leave.TypeID    `json:"type"`
	Period      hr.Period       `json:"period"`
	FromHalf    hr.HalfOfDay    `json:"from_half,omitempty"`
	ThroughHalf hr.HalfOfDay    `json:"through_half,omitempty"`
	Hours       decimal.Decimal `json:"hours,omitzero"`
	Reason      string          `json:"reason,omitempty"`
	State       leave.State     `json:"state" enum:"requested,approved,refused,withdrawn,cancelled"`
	Total       decimal.Decimal `json:"total" doc:"what it takes, as counted last"`
	Days        []LeaveDay      `json:"days"`
	Waits       []string        `json:"waits_for,omitempty" doc:"whose decision it waits for"`

	stored storage.Version
}

func (r LeaveRequest) version() storage.Version { return r.stored }

// LeaveDay is a day of a request.
type LeaveDay struct {
	Date     hr.Date         `json:"date"`
	Quantity decimal.Decimal `json:"quantity" example:"0.5"`
}

func leaveRequest(r leave.Request) LeaveRequest {
	out := LeaveRequest{
		ID: r.ID, Employee: r.Employee, Type: r.Type, Period: r.Period, FromHalf: r.FromHalf, ThroughHalf: r.ThroughHalf, Hours: r.Hours, Reason: r.Reason,
		State: r.State, Total: r.Total(), Days: []LeaveDay{}, stored: r.Version,
	}
	for _, d := range r.Days {
		out.Days = append(out.Days, LeaveDay{d.Date, d.Quantity})
	}
	if r.State == leave.Requested {
		out.Waits = waits(r.Approval)
	}
	return out
}

// waits lists whose decision an approval waits for.
func waits(a hr.Approval) (who []string) {
	for _, level := range a.Open() {
		for _, id := range a.Levels[level].Approvers {
			if !slices.Contains(who, string(id)) {
				who = append(who, string(id))
			}
		}
	}
	return who
}

type applyIn struct {
	Writing
	Body struct {
		Employee    hr.EmployeeID   `json:"employee" maxLength:"64"`
		Type        leave.TypeID    `json:"type" maxLength:"64" example:"earned"`
		Period      hr.Period       `json:"period" example:"2026-11-09..2026-11-10"`
		FromHalf    hr.HalfOfDay    `json:"from_half,omitempty" doc:"second: the first day begins at noon"`
		ThroughHalf hr.HalfOfDay    `json:"through_half,omitempty" doc:"first: the last day ends at noon"`
		Hours       decimal.Decimal `json:"hours,omitzero" maxLength:"20"`
		Reason      string          `json:"reason,omitempty" maxLength:"1000" doc:"for whoever decides"`
	}
}

type decideIn[ID ~string] struct {
	Writing
	Matching
	ID   ID `path:"id" maxLength:"200"`
	Body struct {
		Agree  bool   `json:"agree"`
		Reason string `json:"reason,omitempty" maxLength:"1000" doc:"needed when you refuse"`
	}
}

type caseIn[ID ~string] struct {
	Writing
	Matching
	ID ID `path:"id" maxLength:"200"`
}

func (a *API) leave() {
	type balancesIn struct {
		Employee
		On hr.Date `query:"on" doc:"the day; empty: today"`
	}
	get(a, "/v1/people/{employee}/leave/balances", "leave", "What somebody has left of each leave type, lot by lot", func(ctx context.Context, r Request, in *balancesIn) (List[Balance], error) {
		balances, err := r.balances(ctx, in.Employee.Employee, r.day(in.On))
		return whole(balances), err
	})
	type requestsIn struct {
		Employee
		Period hr.Period `query:"period" required:"true" example:"2026-10-01..2026-12-31"`
	}
	get(a, "/v1/people/{employee}/leave/requests", "leave", "The leave requests of somebody that touch a period", func(ctx context.Context, r Request, in *requestsIn) (List[LeaveRequest], error) {
		requests, err := r.App.Leave.RequestsIn(ctx, r.View(), in.Employee.Employee, in.Period)
		if err != nil {
			return List[LeaveRequest]{}, err
		}
		out := make([]LeaveRequest, len(requests))
		for i, q := range requests {
			if q, err = shown(ctx, r, "leave.RequestsIn", q, q.Employee); err != nil {
				return List[LeaveRequest]{}, err
			}
			out[i] = leaveRequest(q)
		}
		return whole(out), nil
	})
	type one struct {
		ID leave.RequestID `path:"id" maxLength:"200"`
	}
	get(a, "/v1/leave/requests/{id}", "leave", "One leave request", func(ctx context.Context, r Request, in *one) (LeaveRequest, error) {
		q, err := r.App.Leave.Request(ctx, r.View(), in.ID)
		if err != nil {
			return LeaveRequest{}, err
		}
		q, err = shown(ctx, r, "leave.Request", q, q.Employee)
		return leaveRequest(q), err
	})
	post(a, "/v1/leave/requests", "leave", "Ask for leave", func(ctx context.Context, r Request, cmd hr.Command, in applyIn) (Made, error) {
		b := in.Body
		id, err := r.App.Leave.Apply(ctx, cmd, leave.Application{
			Employee: b.Employee, Type: b.Type, Period: b.Period, FromHalf: b.FromHalf, ThroughHalf: b.ThroughHalf, Hours: b.Hours, Reason: b.Reason,
		})
		return Made{string(id)}, err
	})
	version := func(r Request, id leave.RequestID) func(context.Context) (storage.Version, error) {
		return func(ctx context.Context) (storage.Version, error) {
			q, err := r.App.Store.Request(ctx, id)
			return q.Version, err
		}
	}
	post(a, "/v1/leave/requests/{id}/decision", "leave", "Approve or refuse a leave request", func(ctx context.Context, r Request, cmd hr.Command, in decideIn[leave.RequestID]) (Done, error) {
		return change(ctx, r, in.IfMatch, version(r, in.ID), func(ctx context.Context) (Done, error) {
			return done(r.App.Leave.Decide(ctx, cmd, in.ID, leave.Decision{Agree: in.Body.Agree, Reason: in.Body.Reason}))
		})
	})
	post(a, "/v1/leave/requests/{id}/withdrawal", "leave", "Take back a request that is not decided yet", func(ctx context.Context, r Request, cmd hr.Command, in caseIn[leave.RequestID]) (Done, error) {
		return change(ctx, r, in.IfMatch, version(r, in.ID), func(ctx context.Context) (Done, error) { return done(r.App.Leave.Withdraw(ctx, cmd, in.ID)) })
	})
	post(a, "/v1/leave/requests/{id}/cancellation", "leave", "Cancel leave that was approved", func(ctx context.Context, r Request, cmd hr.Command, in caseIn[leave.RequestID]) (Done, error) {
		return change(ctx, r, in.IfMatch, version(r, in.ID), func(ctx context.Context) (Done, error) { return done(r.App.Leave.Cancel(ctx, cmd, in.ID)) })
	})
	type calendarIn struct {
		Period hr.Period `query:"period" required:"true" example:"2026-11-01..2026-11-30"`
	}
	get(a, "/v1/leave/calendar", "leave", "Who of my team is away when", func(ctx context.Context, r Request, in *calendarIn) (List[AwayDay], error) {
		ids, err := r.App.Reports(ctx, r.User.Actor.Employee)
		if err != nil {
			return List[AwayDay]{}, err
		}
		if e := r.User.Actor.Employee; e != "" && len(ids) == 0 {
			ids = []hr.EmployeeID{e} // who leads nobody sees their own days
		}
		if len(ids) == 0 {
			return whole[AwayDay](nil), nil
		}
		pins, err := r.App.Kit.Know.Heads(ctx, ids...)
		if err != nil {
			return List[AwayDay]{}, err
		}
		calendar, err := r.App.Leave.TeamCalendar(ctx, r.View(), pins, in.Period)
		out := make([]AwayDay, len(calendar))
		for i, d := range calendar {
			out[i] = AwayDay{Date: d.Date, Employee: d.Employee, Type: d.Type, Half: d.Half, Hours: d.Hours, Request: d.Request}
		}
		return whole(out), err
	})
}

// AwayDay is a day on which somebody is away.
type AwayDay struct {
	Date     hr.Date         `json:"date"`
	Employee hr.EmployeeID   `json:"employee"`
	Type     leave.TypeID    `json:"type"`
	Half     hr.HalfOfDay    `json:"half,omitempty"`
	Hours    decimal.Decimal `json:"hours,omitzero"`
	Request  leave.RequestID `json:"request"`
}

// balances returns what somebody has left on a day, for each leave type that has a policy then.
func (r Request) balances(ctx context.Context, employee hr.EmployeeID, on hr.Date) ([]Balance, error) {
	lots, err := r.App.Leave.Lots(ctx, r.View(), employee, on)
	if err != nil {
		return nil, err
	}
	var out []Balance
	for t, steps := range r.App.Leave.Policies {
		policy, ok := steps.At(on)
		if !ok {
			continue
		}
		b := Balance{Type: t, Name: policy.Name, On: on, Lots: []Lot{}}
		if b.Balance, err = r.App.Leave.Balance(ctx, r.View(), employee, t, on); err != nil {
			return nil, err
		}
		for _, l := range lots {
			if l.Type == t {
				b.Lots = append(b.Lots, Lot{ID: l.ID, Usable: l.Usable, Granted: l.Granted, Taken: l.Taken, Carried: l.Carried, Paid: l.Paid, Lapsed: l.Lapsed, Left: l.Left})
			}
		}
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b Balance) int { return compare(a.Type, b.Type) })
	return out, nil
}
