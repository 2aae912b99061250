package recruitment

import (
	"context"
	"errors"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// RequisitionID names one requisition.
type RequisitionID string

// RequisitionState is where a [Requisition] stands.
type RequisitionState string

const (
	Requested RequisitionState = "requested" // waits for approval
	Approved  RequisitionState = "approved"  // openings may be made of it, as many seats as it has
	Refused   RequisitionState = "refused"
	Cancelled RequisitionState = "cancelled" // no more openings; what is not opened went back to the plan
)

// RequisitionEvent moves a requisition from one state to another.
type RequisitionEvent string

const (
	ApproveRequisition RequisitionEvent = "approve"
	RefuseRequisition  RequisitionEvent = "refuse"
	CancelRequisition  RequisitionEvent = "cancel"
)

var requisitions = hr.MustMachine(Requested,
	hr.Transition[RequisitionState, RequisitionEvent]{From: Requested, On: ApproveRequisition, To: Approved},
	hr.Transition[RequisitionState, RequisitionEvent]{From: Requested, On: RefuseRequisition, To: Refused},
	hr.Transition[RequisitionState, RequisitionEvent]{From: Requested, On: CancelRequisition, To: Cancelled},
	hr.Transition[RequisitionState, RequisitionEvent]{From: Approved, On: CancelRequisition, To: Cancelled},
)

// RequisitionMachine returns the states of a requisition. Its drawing is testdata/requisition.dot.
func RequisitionMachine() hr.Machine[RequisitionState, RequisitionEvent] { return requisitions }

// Requisition is the request of a manager to hire: how many, for what, on what terms. Version 0 is not stored yet.
type Requisition struct {
	ID       RequisitionID    `json:"id" class:"public"`
	Line     PlanLineID       `json:"line,omitempty" class:"public"` // the line of the plan its seats come from; empty: not from the plan
	Title    string           `json:"title" class:"public"`
	Manager  hr.EmployeeID    `json:"manager" class:"public"` // who will lead them; never approves
	Seats    int              `json:"seats" class:"public"`
	Cost     hr.Money         `json:"cost,omitzero" class:"money"` // of one seat in a year; needed where the line has a budget
	Terms    hr.Terms         `json:"terms,omitzero" class:"money"`
	Start    hr.Date          `json:"start" class:"public"` // when they are needed
	State    RequisitionState `json:"state" class:"public"`
	Approval hr.Approval      `json:"approval,omitzero" class:"private"`
	Opened   int              `json:"opened" class:"public"` // seats of the openings made of it
	Version  storage.Version  `json:"version" class:"public"`
}

// Request asks for approval to hire, along the levels of the router. An empty ID gets a new one; State, Approval, Opened and Version are
// not the caller's. Neither who asks nor the manager approves. It refuses a requisition without title, manager, start or a seat, or
// with terms that no offer could take over (RuleRequisition and the rules of an offer), seats that the line of the plan or the
// headcount has not free (RuleHeadcount), a start outside the line's period (RulePlanPeriod), a cost beyond its budget (RuleBudget), no line where the policy wants
// one (RulePlanUnknown), and a route on which nobody can approve.
func (s Service) Request(ctx context.Context, cmd hr.Command, r Requisition) (RequisitionID, error) {
	r.State, r.Approval, r.Opened, r.Version = requisitions.Start(), hr.Approval{}, 0, 0
	const verb = "recruitment.Request"
	return do(ctx, s, cmd, verb, r, func(ctx context.Context, cmd hr.Command) (RequisitionID, []storage.Event, error) {
		made := r
		if made.ID == "" {
			made.ID = RequisitionID(cmd.NewID("requisition"))
		}
		var faults hr.Faults
		made.check(&faults)
		switch _, err := s.Requisitions.Requisition(ctx, made.ID); {
		case err == nil:
			faults.Join("", &hr.FieldError{Path: "id", Rule: RuleRequisition, Reason: "is the id of another requisition", Err: hr.ErrDuplicate})
		case !errors.Is(err, storage.ErrNotFound):
			return "", nil, err
		}
		if _, err := s.hold(ctx, cmd, verb, &faults, made, made.Seats); err != nil {
			return "", nil, err
		}
		ask := hr.ApprovalAsk{
			Kind: "recruitment.requisition", Preparer: cmd.Actor, On: s.today(cmd), At: cmd.At(),
			Amount: hr.Money{Amount: made.Cost.Amount.Mul(decimal.NewFromInt(int64(made.Seats))), Currency: made.Cost.Currency},
		}
		if made.Manager != "" {
			ask.Subjects = []hr.EmployeeID{made.Manager}
		}
		var err error
		if made.Approval, err = s.route(ctx, ask); err != nil {
			faults.Join("approval", err)
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		return made.ID, []storage.Event{event(cmd, "requisition.requested", "requisition", string(made.ID))}, s.Requisitions.PutRequisition(ctx, made)
	}, need{"requisitions", s.Requisitions != nil}, need{"router", s.Router != nil}, need{"plan", r.Line == "" || s.Plan != nil})
}

// DecideRequisition records the actor's decision on a requisition. When the last level has agreed its seats leave the plan, which must
// still have them. It refuses what [Service.Request] says of plan and headcount, and with the rules of [hr.Approval] whoever asked, will
// lead the new people, is not asked now or has decided already. It returns the state.
func (s Service) DecideRequisition(ctx context.Context, cmd hr.Command, id RequisitionID, agree bool, reason string) (RequisitionState, error) {
	args := struct {
		Agree  bool
		Reason string
	}{agree, reason}
	const verb = "recruitment.DecideRequisition"
	return s.onRequisition(ctx, cmd, verb, id, args, func(ctx context.Context, cmd hr.Command, r *Requisition, f *hr.Faults) (string, error) {
		if r.State == Requested {
			decided, err := r.Approval.Decide(cmd.Actor, agree, reason, cmd.At())
			f.Join("", err)
			r.Approval = decided
		} else {
			r.move(f, ApproveRequisition)
		}
		if f.Any() {
			return "", nil
		}
		switch r.Approval.State() {
		case hr.ApprovalGiven:
			line, err := s.hold(ctx, cmd, verb, f, *r, r.Seats)
			if err != nil || f.Any() {
				return "", err
			}
			r.move(f, ApproveRequisition)
			return "requisition.approved", s.putLine(ctx, line)
		case hr.ApprovalRefused:
			r.move(f, RefuseRequisition)
			return "requisition.refused", nil
		}
		return "requisition.agreed", nil
	})
}

// CancelRequisition ends a requisition. The seats of an approved one that no opening was made of go back to the plan.
func (s Service) CancelRequisition(ctx context.Context, cmd hr.Command, id RequisitionID, reason string) error {
	const verb = "recruitment.CancelRequisition"
	_, err := s.onRequisition(ctx, cmd, verb, id, reason, func(ctx context.Context, cmd hr.Command, r *Requisition, f *hr.Faults) (string, error) {
		approved := r.State == Approved
		r.move(f, CancelRequisition)
		if f.Any() || !approved || r.Line == "" {
			return "requisition.cancelled", nil
		}
		return "requisition.cancelled", s.release(ctx, *r, r.Seats-r.Opened)
	})
	return err
}

// Requisition returns a requisition as of now, or RuleRequisitionUnknown.
func (s Service) Requisition(ctx context.Context, v hr.View, id RequisitionID) (Requisition, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.Requisition"); err != nil {
		return Requisition{}, err
	}
	return s.requisition(ctx, id)
}

// RequisitionsAfter returns the requisitions behind after, by id, at most limit of them (below 1: all).
func (s Service) RequisitionsAfter(ctx context.Context, v hr.View, after RequisitionID, limit int) ([]Requisition, error) {
	if err := storage.May(ctx, s.Kit, v, "recruitment.RequisitionsAfter"); err != nil {
		return nil, err
	}
	if err := missing(need{"requisitions", s.Requisitions != nil}); err != nil {
		return nil, err
	}
	return s.Requisitions.RequisitionsAfter(ctx, after, limit)
}

func (r Requisition) check(f *hr.Faults) {
	if r.Title == "" {
		f.Missing("title", RuleRequisition)
	}
	if r.Manager == "" {
		f.Missing("manager", RuleRequisition)
	}
	if r.Start.IsZero() {
		f.Missing("start", RuleRequisition)
	}
	if r.Seats < 1 {
		f.Add("seats", RuleRequisition, "must be one or more")
	}
	if r.Cost.Amount.Sign() < 0 || !r.Cost.IsNothing() && !r.Cost.Currency.Valid() {
		f.Add("cost", RuleRequisition, "must be an amount in a known currency, not below zero")
	}
	checkGiven(f, "terms", r.Terms)
}

func (r *Requisition) move(f *hr.Faults, on RequisitionEvent) {
	next, err := requisitions.Next(r.State, on)
	if err != nil {
		f.Join("", &hr.FieldError{Path: "state", Rule: RuleRequisitionState, Reason: err.Error(), Err: err})
		return
	}
	r.State = next
}

// hold works out the line of the plan with seats of r committed, adds what speaks against it, and writes nothing.
func (s Service) hold(ctx context.Context, cmd hr.Command, verb string, f *hr.Faults, r Requisition, seats int) (PlanLine, error) {
	if r.Line == "" {
		if s.Policy.PlanNeeded {
			f.Missing("line", RulePlanUnknown)
		}
		return PlanLine{}, nil
	}
	line, err := s.planLine(ctx, r.Line)
	if errors.Is(err, storage.ErrNotFound) {
		f.Join("", err)
		return PlanLine{}, nil
	}
	if err != nil {
		return PlanLine{}, err
	}
	if !r.Start.IsZero() && !line.Period.Contains(r.Start) {
		f.Add("start", RulePlanPeriod, "must lie in the period of the line, %s", line.Period)
	}
	line.commit(f, seats, r.Cost)
	return line, s.checkFree(ctx, cmd, verb, f, line, r.Start, seats)
}

// checkFree asks the headcount, where there is one, for free seats.
func (s Service) checkFree(ctx context.Context, cmd hr.Command, verb string, f *hr.Faults, line PlanLine, on hr.Date, seats int) error {
	if s.Headcount == nil {
		return nil
	}
	free, err := s.Headcount.FreeSeats(ctx, cmd.View(verb, hr.Known{}), line.Unit, line.Position, on)
	if err == nil && free < seats {
		f.Add("seats", RuleHeadcount, "only %d of the position are free", max(0, free))
	}
	return err
}

func (s Service) putLine(ctx context.Context, l PlanLine) error {
	if l.ID == "" {
		return nil
	}
	return s.Plan.PutPlanLine(ctx, l)
}

// release gives seats of r back to the plan.
func (s Service) release(ctx context.Context, r Requisition, seats int) error {
	if r.Line == "" || seats == 0 {
		return nil
	}
	line, err := s.planLine(ctx, r.Line)
	if err != nil {
		return err
	}
	var f hr.Faults // a line that was cut below what is committed holds less faults with every seat given back
	line.commit(&f, -seats, r.Cost)
	return s.Plan.PutPlanLine(ctx, line)
}

// route starts the approval of ask.
func (s Service) route(ctx context.Context, ask hr.ApprovalAsk) (hr.Approval, error) {
	levels, err := s.Router.Route(ctx, ask)
	if err != nil {
		return hr.Approval{}, err
	}
	return hr.NewApproval(ask, levels...)
}

func (s Service) requisition(ctx context.Context, id RequisitionID) (Requisition, error) {
	if err := missing(need{"requisitions", s.Requisitions != nil}); err != nil {
		return Requisition{}, err
	}
	r, err := s.Requisitions.Requisition(ctx, id)
	if errors.Is(err, storage.ErrNotFound) {
		return Requisition{}, &hr.FieldError{Path: "requisition", Rule: RuleRequisitionUnknown, Reason: "is no requisition", Err: storage.ErrNotFound}
	}
	return r, err
}

// onRequisition is a command that changes one requisition and announces what change returns.
func (s Service) onRequisition(ctx context.Context, cmd hr.Command, verb string, id RequisitionID, args any, change func(context.Context, hr.Command, *Requisition, *hr.Faults) (string, error)) (RequisitionState, error) {
	content := struct {
		Requisition RequisitionID
		Args        any
	}{id, args}
	return do(ctx, s, cmd, verb, content, func(ctx context.Context, cmd hr.Command) (RequisitionState, []storage.Event, error) {
		r, err := s.requisition(ctx, id)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		what, err := change(ctx, cmd, &r, &faults)
		if err != nil {
			return "", nil, err
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		return r.State, []storage.Event{event(cmd, what, "requisition", string(id))}, s.Requisitions.PutRequisition(ctx, r)
	}, need{"requisitions", s.Requisitions != nil})
}
