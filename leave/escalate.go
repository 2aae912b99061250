package leave

import (
	"context"

	"github.com/musterhr/hr"
)

// Escalate asks those whom a level of approval names for it beside its approvers, once it is overdue: a host finds that, as
// lifecycle.DueApprovals does, and who may say so is the policy's. It refuses a request that waits for nobody, and what [hr.Approval.Escalate]
// refuses.
func (s Service) Escalate(ctx context.Context, cmd hr.Command, id RequestID, level int) error {
	args := struct {
		ID    RequestID
		Level int
	}{id, level}
	return s.onCase(ctx, cmd, "leave.Escalate", args, id, func(ctx context.Context, cmd hr.Command, r Request, _ *book) (string, error) {
		if _, err := states.Next(r.State, Approve); err != nil {
			return "", err
		}
		var err error
		if r.Approval, err = r.Approval.Escalate(level, cmd.At()); err != nil {
			return "", err
		}
		return "leave.escalated", s.Requests.PutRequest(ctx, r)
	})
}
