package attendance

import (
	"context"

	"github.com/musterhr/hr"
)

// Escalate asks those whom a level of approval names for it beside its approvers, once it is overdue: a host finds that, as
// lifecycle.DueApprovals does, and who may say so is the policy's. It refuses a request that waits for no approval, and what
// [hr.Approval.Escalate] refuses.
func (s Service) Escalate(ctx context.Context, cmd hr.Command, id RequestID, level int) error {
	return s.step(ctx, cmd, "attendance.Escalate", id, level, func(_ context.Context, cmd hr.Command, r *Request) error {
		if _, err := requestStates.Next(r.State, RequestAgree); err != nil {
			return err
		}
		approval, err := r.Approval.Escalate(level, cmd.At())
		r.Approval = approval
		return err
	})
}
