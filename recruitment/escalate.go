package recruitment

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// EscalateRequisition asks those whom a level of the approval of a requisition names for it beside its approvers, once it is overdue: a host finds
// that, as lifecycle.DueApprovals does, and who may say so is the policy's. It refuses a requisition that does not wait for approval, and
// what [hr.Approval.Escalate] refuses.
func (s Service) EscalateRequisition(ctx context.Context, cmd hr.Command, id RequisitionID, level int) error {
	_, err := s.onRequisition(ctx, cmd, "recruitment.EscalateRequisition", id, level, func(_ context.Context, cmd hr.Command, r *Requisition, f *hr.Faults) (string, error) {
		if r.State != Requested {
			r.move(f, ApproveRequisition)
			return "", nil
		}
		escalated, err := r.Approval.Escalate(level, cmd.At())
		f.Join("", err)
		r.Approval = escalated
		return "requisition.escalated", nil
	})
	return err
}

// EscalateOffer is [Service.EscalateRequisition] for the approval of an offer, by its number. It refuses an offer that does not count (RuleOfferNumber)
// or does not wait for approval (RuleOfferState).
func (s Service) EscalateOffer(ctx context.Context, cmd hr.Command, id ApplicationID, number, level int) error {
	args := struct {
		Application   ApplicationID
		Number, Level int
	}{id, number, level}
	_, err := do(ctx, s, cmd, "recruitment.EscalateOffer", args, func(ctx context.Context, cmd hr.Command) (ApplicationID, []storage.Event, error) {
		a, err := s.application(ctx, id)
		if err != nil {
			return "", nil, err
		}
		var faults hr.Faults
		switch {
		case a.Offer.Number != number:
			faults.Add("number", RuleOfferNumber, "is not the offer that counts")
		case a.Offer.State != OfferWaiting:
			faults.Add("offer.state", RuleOfferState, "does not wait for approval")
		default:
			a.Offer.Approval, err = a.Offer.Approval.Escalate(level, cmd.At())
			faults.Join("offer", err)
		}
		if faults.Any() {
			return "", nil, faults.Err()
		}
		return id, []storage.Event{event(cmd, "offer.escalated", "application", string(id))}, s.Applications.PutApplication(ctx, a)
	})
	return err
}
