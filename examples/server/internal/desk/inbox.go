package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// Waiting is something that waits for the decision of a user.
type Waiting struct {
	Kind    string        `json:"kind" doc:"leave, attendance_request, payroll_request, run, proposal, requisition, application"`
	ID      string        `json:"id"`
	Subject hr.EmployeeID `json:"subject,omitempty"`
	What    string        `json:"what" doc:"in a few words, without amounts"`
	Since   time.Time     `json:"since"`
}

// kindOpen is a kind of case that waits for decisions, with how it is looked up.
type kindOpen struct {
	kind string
	ask  func(ctx context.Context, a *app.App, id string) (asked []hr.ActorID, what string, err error)
}

// open are those kinds.
var open = []kindOpen{
	{KindLeave, func(ctx context.Context, a *app.App, id string) ([]hr.ActorID, string, error) {
		r, err := a.Store.Request(ctx, leave.RequestID(id))
		if err != nil || r.State != leave.Requested {
			return nil, "", err
		}
		return asked(r.Approval), "leave " + r.Period.String(), nil
	}},
	{KindAttendance, func(ctx context.Context, a *app.App, id string) ([]hr.ActorID, string, error) {
		r, err := a.Store.AttendanceRequest(ctx, attendance.RequestID(id))
		if err != nil || r.State != attendance.RequestPending {
			return nil, "", err
		}
		return asked(r.Approval), string(r.Kind) + " of attendance", nil
	}},
	{KindPayrollRequest, func(ctx context.Context, a *app.App, id string) ([]hr.ActorID, string, error) {
		r, err := a.Store.PayrollRequest(ctx, payroll.RequestID(id))
		if err != nil || r.State != payroll.RequestPending {
			return nil, "", err
		}
		return asked(r.Approval), "a request for money", nil
	}},
	{KindRun, func(ctx context.Context, a *app.App, id string) ([]hr.ActorID, string, error) {
		r, err := a.Store.Run(ctx, payroll.RunID(id))
		if err != nil || r.State != payroll.RunCalculated {
			return nil, "", err
		}
		who := asked(r.Approval)
		if len(r.Approval.Levels) == 0 {
			for _, l := range a.Pay.Approvers {
				who = append(who, l.Approvers...)
			}
		}
		return who, "the payroll of " + r.Period.String(), nil
	}},
	{KindProposal, func(ctx context.Context, a *app.App, id string) ([]hr.ActorID, string, error) {
		r, err := a.Store.Proposal(ctx, lifecycle.ProposalID(id))
		if err != nil || r.State != lifecycle.ProposalPending {
			return nil, "", err
		}
		return asked(r.Approval), "a change of " + string(r.Kind), nil
	}},
	{KindRequisition, func(ctx context.Context, a *app.App, id string) ([]hr.ActorID, string, error) {
		r, err := a.Store.Requisition(ctx, recruitment.RequisitionID(id))
		if err != nil || r.State != recruitment.Requested {
			return nil, "", err
		}
		return asked(r.Approval), "a request to hire: " + r.Title, nil
	}},
	{KindApplication, func(ctx context.Context, a *app.App, id string) ([]hr.ActorID, string, error) {
		r, err := a.Store.Application(ctx, recruitment.ApplicationID(id))
		if err != nil || r.Offer.State != recruitment.OfferWaiting {
			return nil, "", err
		}
		return asked(r.Offer.Approval), "an offer", nil
	}},
}

// asked lists whose decision an approval waits for now.
func asked(a hr.Approval) (who []hr.ActorID) {
	for _, level := range a.Open() {
		who = append(who, a.Levels[level].Approvers...)
	}
	return who
}

// Inbox returns what waits for the decision of a user, the oldest first. What the case is about in full, its service says, to whom it may.
func (d *Desk) Inbox(ctx context.Context, u login.User) (list []Waiting, err error) {
	a := d.Of(u)
	cases, err := d.Waits(ctx, u.Tenant)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		i := slices.IndexFunc(open, func(o kindOpen) bool { return o.kind == c.Kind })
		if i < 0 {
			continue
		}
		who, what, err := open[i].ask(ctx, a, c.ID)
		switch {
		case errors.Is(err, storage.ErrNotFound): // erased since
			continue
		case err != nil:
			return nil, err
		}
		if slices.Contains(who, u.Actor.ID) {
			list = append(list, Waiting{Kind: c.Kind, ID: c.ID, Subject: c.Subject, What: what, Since: c.At})
		}
	}
	return list, nil
}
