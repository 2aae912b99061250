package leave

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Apply stores a request that waits for approval. It is counted and checked against the balance as it stands, and takes
// nothing yet: the days are counted again and taken on approval.
//
// Everything against it comes at once as [hr.FieldError]s: nobody named, a type without a policy, days or halves that are
// none, time outside employment, an unknown calendar, time shared with another live request (other halves of one day do not
// share), no working time, too few days left, and what [hr.NewApproval] says of the route.
func (s Service) Apply(ctx context.Context, cmd hr.Command, a Application) (RequestID, error) {
	return do(ctx, s, cmd, "leave.Apply", storage.About(a, a.Employee), func(ctx context.Context, cmd hr.Command) (RequestID, []storage.Event, error) {
		var faults hr.Faults
		if a.Employee == "" {
			faults.Missing("employee", RuleEmployee)
		}
		shape := a.span().validate()
		faults.Join("", shape)
		var policy Policy
		var err error
		if !a.Period.From.IsZero() {
			policy, err = s.Policies.At(a.Type, a.Period.From)
			faults.Join("", err)
		}
		if faults.Any() && (a.Employee == "" || shape != nil) {
			return "", nil, faults.Err()
		}
		// The guard row makes two applications for the same days wait for each other, although they add no fact.
		team, err := s.team(ctx, cmd.View("leave.Apply", hr.Known{}), policy, a.Employee, a.Period)
		if err != nil {
			return "", nil, err
		}
		if _, err := s.take(ctx, a.Employee, team...); err != nil {
			return "", nil, err
		}
		sit, err := s.look(ctx, cmd.View("leave.Apply", hr.Known{}), a.Employee, a.Period, "")
		if err != nil {
			return "", nil, err
		}
		if policy.Type == "" { // what needs no policy is still checked
			policy.Negative.NoLimit = true
		}
		if err := s.open(ctx, &faults, cmd.View("leave.Apply", hr.Known{}), "period", a.Employee, a.Period.From); err != nil {
			return "", nil, err
		}
		days, _ := sit.judge(&faults, policy, a.span())
		if len(days) > 0 {
			policy.Notice.check(&faults, total(days), a.Period.From, hr.DateOf(cmd.At(), time.UTC))
		}
		if err := s.covered(ctx, &faults, policy, a.Employee, team, days, a.Period); err != nil {
			return "", nil, err
		}
		if err := s.attended(ctx, &faults, cmd, policy, a.Employee, days); err != nil {
			return "", nil, err
		}
		ask := hr.ApprovalAsk{
			Kind: "leave.request", Subjects: []hr.EmployeeID{a.Employee}, Preparer: cmd.Actor, On: a.Period.From, At: cmd.At(),
			Type: string(a.Type), Quantity: total(days),
		}
		levels, err := s.Router.Route(ctx, ask)
		if err != nil {
			return "", nil, err
		}
		approval, err := hr.NewApproval(ask, levels...)
		faults.Join("approval", err)
		if faults.Any() {
			return "", nil, faults.Err()
		}
		for i := range days {
			days[i].Lots = nil
		}
		id := RequestID(cmd.NewID("leave"))
		err = s.Requests.PutRequest(ctx, Request{
			ID: id, Employee: a.Employee, Type: a.Type, Period: a.Period, FromHalf: a.FromHalf, ThroughHalf: a.ThroughHalf,
			Hours: a.Hours, Reason: a.Reason, Documents: a.Documents, Extends: a.Extends,
			State: states.Start(), Approval: approval, Days: days,
		})
		if err != nil {
			return "", nil, err
		}
		return id, []storage.Event{event(cmd, "leave.requested", a.Employee, id.Ref())}, nil
	})
}

// Decision is what an approver says to a request.
type Decision struct {
	Agree  bool
	Reason string
}

// Decide records what the actor says to a request. When the last level agrees, the request is approved: its days are counted
// again together with the requests that were approved meanwhile, each is taken from a lot, and the employee is away. Where later leave holds
// the lots that these days need and can be taken from others, it is, and its requests name those. A refusal ends it. Who asked and who benefits may not decide ([hr.Approval.Decide]).
//
// An approval for which the days no longer suffice, or which shares time with another request, is refused with the faults
// of [Service.Apply], and the request goes on waiting. Approvals of one employee run one after the other, so two can never
// take the same day from a lot.
func (s Service) Decide(ctx context.Context, cmd hr.Command, id RequestID, d Decision) error {
	args := struct {
		ID RequestID
		Decision
	}{id, d}
	return s.onCase(ctx, cmd, "leave.Decide", args, id, func(ctx context.Context, cmd hr.Command, r Request, b *book) (string, error) {
		on := Refuse
		if d.Agree {
			on = Approve
		}
		next, err := states.Next(r.State, on)
		if err != nil {
			return "", err
		}
		if r.Approval, err = s.decide(ctx, cmd, r, d); err != nil {
			return "", err
		}
		kind := "leave.agreed" // and another level is asked
		if r.Approval.State() != hr.ApprovalPending {
			r.State = next
			kind = "leave." + string(next)
		}
		if r.State == Approved {
			if err := s.approve(ctx, cmd, &r, b); err != nil {
				return "", err
			}
		}
		return kind, s.Requests.PutRequest(ctx, r)
	})
}

// decide records what the actor says. Somebody whom the route did not name when the request was made is asked for again: a delegation
// since then makes an approver of who stands in.
func (s Service) decide(ctx context.Context, cmd hr.Command, r Request, d Decision) (hr.Approval, error) {
	approval, err := r.Approval.Decide(cmd.Actor, d.Agree, d.Reason, cmd.At())
	var refused *hr.FieldError
	if !errors.As(err, &refused) || refused.Rule != hr.RuleApprovalActor {
		return approval, err
	}
	levels, again := s.Router.Route(ctx, hr.ApprovalAsk{
		Kind: "leave.request", Subjects: []hr.EmployeeID{r.Employee}, Preparer: hr.Actor{ID: r.Approval.Preparer, Employee: r.Approval.PreparerEmployee},
		On: r.Period.From, At: cmd.At(), Type: string(r.Type), Quantity: r.Total(),
	})
	if again != nil {
		return approval, again
	}
	now, again := r.Approval.Rerouted(levels...)
	if again != nil { // other levels by now: those that were asked stand
		return approval, err
	}
	return now.Decide(cmd.Actor, d.Agree, d.Reason, cmd.At())
}

// approve counts the days of r as of now and posts what they take.
func (s Service) approve(ctx context.Context, cmd hr.Command, r *Request, b *book) error {
	sit, err := s.look(ctx, cmd.View("leave.Decide", hr.Known{}), r.Employee, r.Period, r.ID)
	if err != nil {
		return err
	}
	policy, err := s.Policies.At(r.Type, r.Period.From)
	if err != nil {
		return err
	}
	var faults hr.Faults
	if err := s.open(ctx, &faults, cmd.View("leave.Decide", hr.Known{}), "period", r.Employee, r.Period.From); err != nil {
		return err
	}
	var moved []Entry
	r.Days, moved = sit.judge(&faults, policy, r.span())
	if policy.Documents.needed(total(r.Days)) && len(r.Documents) == 0 {
		faults.Missing("documents", RuleRequestDocument)
	}
	if err := s.covered(ctx, &faults, policy, r.Employee, b.team, r.Days, r.Period); err != nil {
		return err
	}
	if err := s.attended(ctx, &faults, cmd, policy, r.Employee, r.Days); err != nil {
		return err
	}
	if faults.Any() {
		return faults.Err()
	}
	if err := s.relot(ctx, moved); err != nil {
		return err
	}
	b.post(moved...)
	b.post(uses(r.ID, r.Type, r.Days)...)
	b.absent(r.ID, policy, r.Days...)
	return nil
}

// Attach adds documents to a request that waits or is approved.
func (s Service) Attach(ctx context.Context, cmd hr.Command, id RequestID, documents ...hr.Ref) error {
	args := struct {
		ID        RequestID
		Documents []hr.Ref
	}{id, documents}
	return s.onCase(ctx, cmd, "leave.Attach", args, id, func(ctx context.Context, _ hr.Command, r Request, _ *book) (string, error) {
		if len(documents) == 0 || !r.Live() {
			return "", &hr.FieldError{Path: "documents", Rule: RuleRequestDocument, Reason: "must be some, of a request that waits or is approved"}
		}
		r.Documents = append(slices.Clone(r.Documents), documents...)
		return "leave.attached", s.Requests.PutRequest(ctx, r)
	})
}

// Withdraw takes back a request that waits.
func (s Service) Withdraw(ctx context.Context, cmd hr.Command, id RequestID) error {
	return s.onCase(ctx, cmd, "leave.Withdraw", id, id, func(ctx context.Context, _ hr.Command, r Request, _ *book) (string, error) {
		next, err := states.Next(r.State, Withdraw)
		if err != nil {
			return "", err
		}
		r.State = next
		return "leave.withdrawn", s.Requests.PutRequest(ctx, r)
	})
}
