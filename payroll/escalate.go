package payroll

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// Escalate asks those whom a level of the approval of a run names for it beside its approvers, once it is overdue: a host finds that, as
// lifecycle.DueApprovals does, and who may say so is the policy's. It refuses a run that waits for no approval, and what
// [hr.Approval.Escalate] refuses.
func (s Service) Escalate(ctx context.Context, cmd hr.Command, id RunID, level int) error {
	args := struct {
		Run   RunID
		Level int
	}{id, level}
	_, err := storage.Do(ctx, s.Kit, cmd, "payroll.Escalate", args, func(ctx context.Context, cmd hr.Command) (RunID, []storage.Event, error) {
		run, err := s.Runs.Run(ctx, id)
		if err != nil {
			return "", nil, err
		}
		if _, err := RunMachine().Next(run.State, EventApprove); err != nil {
			return "", nil, err
		}
		if run.Approval, err = run.Approval.Escalate(level, cmd.At()); err != nil {
			return "", nil, err
		}
		return id, event(cmd, "payroll.run_escalated", run), s.Runs.PutRun(ctx, run)
	})
	return err
}
