package app

import (
	"context"
	"errors"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// approvalKind is a kind of case whose approval can go to somebody else beside. Proposals and requests about pay cannot: they are reminded of.
type approvalKind struct {
	kind     string
	escalate func(ctx context.Context, cmd hr.Command, id string, level int) error
}

func approvalKinds(a *App) []approvalKind {
	return []approvalKind{
		{"leave", func(ctx context.Context, cmd hr.Command, id string, level int) error {
			return a.Leave.Escalate(ctx, cmd, leave.RequestID(id), level)
		}},
		{"attendance_request", func(ctx context.Context, cmd hr.Command, id string, level int) error {
			return a.Time.Escalate(ctx, cmd, attendance.RequestID(id), level)
		}},
		{"run", func(ctx context.Context, cmd hr.Command, id string, level int) error {
			return a.Pay.Escalate(ctx, cmd, payroll.RunID(id), level)
		}},
		{"requisition", func(ctx context.Context, cmd hr.Command, id string, level int) error {
			return a.Hiring.EscalateRequisition(ctx, cmd, recruitment.RequisitionID(id), level)
		}},
		{"application", func(ctx context.Context, cmd hr.Command, id string, level int) error {
			x, err := a.Store.Application(ctx, recruitment.ApplicationID(id))
			if err != nil {
				return err
			}
			return a.Hiring.EscalateOffer(ctx, cmd, x.ID, x.Offer.Number, level)
		}},
	}
}

// since is how far back a case may lie that still waits.
const since = 366

// OpenApprovals lists the approvals that are open, and whom each case concerns. It reads what [App.Open] names; where there is no such index it walks
// everybody, which takes seconds in a company of many thousands.
func (a *App) OpenApprovals(ctx context.Context, day hr.Date) (open []lifecycle.OpenApproval, about map[hr.Ref]hr.EmployeeID, err error) {
	if a.Open != nil {
		return a.indexed(ctx)
	}
	about = map[hr.Ref]hr.EmployeeID{}
	put := func(kind, id string, subject hr.EmployeeID, approval hr.Approval) {
		ref := hr.Ref{Kind: kind, ID: id}
		open, about[ref] = append(open, lifecycle.OpenApproval{Case: ref, Approval: approval}), subject
	}
	span := hr.Period{From: day.Add(-since)}
	err = a.EachEmployed(ctx, hr.Period{From: day}, func(ids []hr.EmployeeID) error {
		for _, id := range ids {
			away, err := a.Store.RequestsIn(ctx, id, span)
			if err != nil {
				return err
			}
			for _, r := range away {
				if r.State == leave.Requested {
					put("leave", string(r.ID), id, r.Approval)
				}
			}
			asked, err := a.Store.AttendanceRequestsIn(ctx, id, span)
			if err != nil {
				return err
			}
			for _, r := range asked {
				if r.State == attendance.RequestPending {
					put("attendance_request", string(r.ID), id, r.Approval)
				}
			}
			money, err := a.Store.PayrollRequestsOf(ctx, id)
			if err != nil {
				return err
			}
			for _, r := range money {
				if r.State == payroll.RequestPending {
					put("payroll_request", string(r.ID), id, r.Approval)
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	proposals, err := a.Store.OpenProposals(ctx, "", 0)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range proposals {
		if p.State == lifecycle.ProposalPending {
			put("proposal", string(p.ID), p.Employee, p.Approval)
		}
	}
	err = a.eachRun(ctx, func(r payroll.Run) {
		if r.State == payroll.RunCalculated && len(r.Approval.Levels) > 0 {
			put("run", string(r.ID), "", r.Approval)
		}
	})
	if err != nil {
		return nil, nil, err
	}
	for after := recruitment.OpeningID(""); ; {
		openings, err := a.Store.OpeningsAfter(ctx, after, page)
		if err != nil {
			return nil, nil, err
		}
		if len(openings) == 0 {
			break
		}
		for _, o := range openings {
			list, err := a.Store.ApplicationsFor(ctx, o.ID, "", 0)
			if err != nil {
				return nil, nil, err
			}
			for _, x := range list {
				if x.Offer.State == recruitment.OfferWaiting {
					put("application", string(x.ID), "", x.Offer.Approval)
				}
			}
		}
		after = openings[len(openings)-1].ID
	}
	for after := recruitment.RequisitionID(""); ; {
		rows, err := a.Store.RequisitionsAfter(ctx, after, page)
		if err != nil || len(rows) == 0 {
			return open, about, err
		}
		for _, r := range rows {
			if r.State == recruitment.Requested {
				put("requisition", string(r.ID), "", r.Approval)
			}
		}
		after = rows[len(rows)-1].ID
	}
}

// indexed is OpenApprovals by the index.
func (a *App) indexed(ctx context.Context) (open []lifecycle.OpenApproval, about map[hr.Ref]hr.EmployeeID, err error) {
	about = map[hr.Ref]hr.EmployeeID{}
	refs, err := a.Open(ctx)
	for _, ref := range refs {
		approval, subject, waits, err := a.approvalOf(ctx, ref)
		switch {
		case errors.Is(err, storage.ErrNotFound): // erased since
		case err != nil:
			return nil, nil, err
		case waits:
			open, about[ref] = append(open, lifecycle.OpenApproval{Case: ref, Approval: approval}), subject
		}
	}
	return open, about, err
}

// approvalOf returns the approval that a case has, whom the case concerns, and whether it waits.
func (a *App) approvalOf(ctx context.Context, ref hr.Ref) (approval hr.Approval, subject hr.EmployeeID, waits bool, err error) {
	switch ref.Kind {
	case "leave":
		r, err := a.Store.Request(ctx, leave.RequestID(ref.ID))
		return r.Approval, r.Employee, r.State == leave.Requested, err
	case "attendance_request":
		r, err := a.Store.AttendanceRequest(ctx, attendance.RequestID(ref.ID))
		return r.Approval, r.Employee, r.State == attendance.RequestPending, err
	case "payroll_request":
		r, err := a.Store.PayrollRequest(ctx, payroll.RequestID(ref.ID))
		return r.Approval, r.Employee, r.State == payroll.RequestPending, err
	case "proposal":
		p, err := a.Store.Proposal(ctx, lifecycle.ProposalID(ref.ID))
		return p.Approval, p.Employee, p.State == lifecycle.ProposalPending, err
	case "run":
		r, err := a.Store.Run(ctx, payroll.RunID(ref.ID))
		return r.Approval, "", r.State == payroll.RunCalculated && len(r.Approval.Levels) > 0, err
	case "application":
		x, err := a.Store.Application(ctx, recruitment.ApplicationID(ref.ID))
		return x.Offer.Approval, "", x.Offer.State == recruitment.OfferWaiting, err
	case "requisition":
		r, err := a.Store.Requisition(ctx, recruitment.RequisitionID(ref.ID))
		return r.Approval, "", r.State == recruitment.Requested, err
	}
	return hr.Approval{}, "", false, nil
}
