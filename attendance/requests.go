package attendance

import (
	"context"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Ask begins a request and returns its id. The approvers come from [Service.Router]; a swap waits for the colleague first. Nothing changes
// before all have agreed.
//
// It refuses, all at once: what [Request.Validate] returns, a punch to void that is not the employee's (RulePunchUnknown), a missing punch in the
// future (RulePunchFuture), days on which one of them is not employed (RuleRosterNotEmployed), a swap that the colleague asks for in the employee's name (RuleConsent), and an id that is taken (storage.ErrConflict).
func (s Service) Ask(ctx context.Context, cmd hr.Command, r Request) (RequestID, error) {
	const verb = "attendance.Ask"
	return storage.Do(ctx, s.Kit, cmd, verb, storage.About(r, r.subjects()...), func(ctx context.Context, cmd hr.Command) (RequestID, []storage.Event, error) {
		if err := s.requestable(); err != nil {
			return "", nil, err
		}
		if err := r.Validate(); err != nil {
			return "", nil, err
		}
		if r.Kind == AskSwap && cmd.Actor.Employee != "" && cmd.Actor.Employee == r.With {
			return "", nil, &hr.FieldError{Path: "with", Rule: RuleConsent, Reason: "who must consent does not ask in the other's name"}
		}
		punches, err := s.touched(ctx, cmd, r)
		if err != nil {
			return "", nil, err
		}
		r := r.clean(punches)
		if err := s.employedOn(ctx, cmd.View(verb, hr.Known{}), r); err != nil {
			return "", nil, err
		}
		if r.ID == "" {
			r.ID = RequestID(cmd.NewID("request"))
		}
		ask := hr.ApprovalAsk{Kind: "attendance." + string(r.Kind), Subjects: r.subjects(), Preparer: cmd.Actor, On: r.Period.From, At: cmd.At()}
		levels, err := s.Router.Route(ctx, ask)
		if err != nil {
			return "", nil, err
		}
		if r.Approval, err = hr.NewApproval(ask, levels...); err != nil {
			return "", nil, err
		}
		r.State = RequestPending
		if r.Kind == AskSwap {
			r.State = RequestConsenting
		}
		return r.ID, requestEvents(cmd, r), s.Requests.PutAttendanceRequest(ctx, r)
	})
}

// Consent is the colleague's answer to a swap: yes, or no, which refuses it. Only they may give it (RuleConsent).
func (s Service) Consent(ctx context.Context, cmd hr.Command, id RequestID, agree bool) error {
	return s.step(ctx, cmd, "attendance.Consent", id, agree, func(_ context.Context, cmd hr.Command, r *Request) error {
		if cmd.Actor.Employee == "" || cmd.Actor.Employee != r.With {
			return &hr.FieldError{Path: "command.actor", Rule: RuleConsent, Reason: "must be the colleague of the swap"}
		}
		on := RequestConsent
		if !agree {
			on = RequestDecline
		}
		return r.move(on)
	})
}

// Withdraw takes back a request that has not been decided. Only who asked, in person or for the employee, may (RuleConsent).
func (s Service) Withdraw(ctx context.Context, cmd hr.Command, id RequestID) error {
	return s.step(ctx, cmd, "attendance.Withdraw", id, nil, func(_ context.Context, cmd hr.Command, r *Request) error {
		if cmd.Actor.ID != r.Approval.Preparer && cmd.Actor.Employee != r.Employee {
			return &hr.FieldError{Path: "command.actor", Rule: RuleConsent, Reason: "must be who asked"}
		}
		return r.move(RequestWithdraw)
	})
}

// Decide is one approver's word, with the command's reason. With the last of them the request is done in the same unit: punches are
// corrected and voided, shifts exchanged, permits given, and if that is refused so is the decision. Who asked and whose days it changes never decide:
// see [hr.Approval.Decide] for that and the other refusals.
func (s Service) Decide(ctx context.Context, cmd hr.Command, id RequestID, agree bool) error {
	return s.step(ctx, cmd, "attendance.Decide", id, agree, func(ctx context.Context, cmd hr.Command, r *Request) error {
		if len(requestStates.Allowed(r.State)) == 0 || r.State == RequestConsenting {
			return r.move(RequestAgree) // the error of the machine
		}
		approval, err := r.Approval.Decide(cmd.Actor, agree, cmd.Reason, cmd.At())
		if err != nil {
			return err
		}
		r.Approval = approval
		switch approval.State() {
		case hr.ApprovalRefused:
			return r.move(RequestRefuse)
		case hr.ApprovalGiven:
			if err := s.do(ctx, cmd, *r); err != nil {
				return err
			}
			return r.move(RequestAgree)
		}
		return nil
	})
}

func (r *Request) move(on RequestEvent) error {
	next, err := requestStates.Next(r.State, on)
	if err == nil {
		r.State = next
	}
	return err
}

// step changes one request in a unit of its own.
func (s Service) step(ctx context.Context, cmd hr.Command, verb string, id RequestID, said any, fn func(context.Context, hr.Command, *Request) error) error {
	args := struct {
		ID     RequestID
		Said   any
		Reason string
	}{id, said, cmd.Reason}
	if err := s.requestable(); err != nil {
		return fmt.Errorf("%s: %w", verb, err)
	}
	about := storage.AboutCase(args, func(ctx context.Context) ([]hr.EmployeeID, error) {
		r, err := s.Requests.AttendanceRequest(ctx, id)
		return r.subjects(), err
	})
	_, err := storage.Do(ctx, s.Kit, cmd, verb, about, func(ctx context.Context, cmd hr.Command) (struct{}, []storage.Event, error) {
		r, err := s.Requests.AttendanceRequest(ctx, id)
		if err != nil {
			return struct{}{}, nil, err
		}
		if err := fn(ctx, cmd, &r); err != nil {
			return struct{}{}, nil, err
		}
		return struct{}{}, requestEvents(cmd, r), s.Requests.PutAttendanceRequest(ctx, r)
	})
	return err
}

// requestable reports the ports that requests need.
func (s Service) requestable() error {
	var faults hr.Faults
	faults.Join("", s.wired())
	if s.Requests == nil {
		faults.Missing("requests", RuleService)
	}
	if s.Router == nil {
		faults.Missing("router", RuleService)
	}
	if s.Permits == nil {
		faults.Missing("permits", RuleService)
	}
	return faults.Err()
}

// touched returns the punches that a correction adds or takes away.
func (s Service) touched(ctx context.Context, cmd hr.Command, r Request) ([]Punch, error) {
	if r.Kind != AskCorrection {
		return nil, nil
	}
	var faults hr.Faults
	var out []Punch
	for i, c := range r.Corrections {
		if c.At.After(cmd.At()) {
			faults.Add(fmt.Sprintf("corrections[%d].at", i), RulePunchFuture, "lies in the future")
		}
		out = append(out, Punch{At: c.At})
	}
	stored, err := s.Punches.PunchesByID(ctx, r.Voids...)
	if err != nil {
		return nil, err
	}
	for i, id := range r.Voids {
		n := slices.IndexFunc(stored, func(e hr.Entry[Punch]) bool {
			return PunchID(e.ID) == id && e.Value.Employee == r.Employee && e.Withdraws == ""
		})
		if n < 0 {
			faults.Add(fmt.Sprintf("voids[%d]", i), RulePunchUnknown, "is no punch of this employee")
			continue
		}
		out = append(out, stored[n].Value)
	}
	return out, faults.Err()
}

// employedOn reports those of a request who are not employed on each of its days; for a correction, on none.
func (s Service) employedOn(ctx context.Context, v hr.View, r Request) error {
	people := r.subjects()
	pins := make([]hr.Pin, len(people))
	for i, id := range people {
		pins[i] = hr.Pin{Employee: id}
	}
	terms, err := s.Terms.TermsOf(ctx, v, pins, r.Period)
	if err != nil {
		return err
	}
	if err := perPin(len(pins), "terms", len(terms)); err != nil {
		return err
	}
	var faults hr.Faults
	for i, t := range terms {
		employed := 0
		for p := range t.Over(r.Period) {
			employed += p.Len()
		}
		if employed == 0 || r.Kind != AskCorrection && employed < r.Period.Len() {
			field := "employee"
			if people[i] == r.With {
				field = "with"
			}
			faults.Add(field, RuleRosterNotEmployed, "is not employed on the days asked for")
		}
	}
	return faults.Err()
}

func requestEvents(cmd hr.Command, r Request) []storage.Event {
	return []storage.Event{{
		ID: cmd.NewID("event", "attendance.request", string(r.ID)), Stream: "attendance/" + string(r.Employee), Kind: "attendance.request." + string(r.State),
		Subject: r.Employee, Ref: r.Ref(), At: cmd.At(),
	}}
}
