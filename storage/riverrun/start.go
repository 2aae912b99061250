package riverrun

import (
	"context"
	"errors"
	"fmt"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/postgres"
)

// Start creates a run (see [payroll.Service.CreateRun]), begins its calculation and enqueues a job for each chunk, in one transaction. The same command
// again returns the same run and enqueues nothing twice. The calculation has the command cmd.ID + "/calculate".
func (c *Crew) Start(ctx context.Context, cmd hr.Command, tenant string, spec payroll.RunSpec) (payroll.RunID, error) {
	var id payroll.RunID
	err := c.unit(ctx, tenant, func(ctx context.Context, db *postgres.DB, service payroll.Service) (err error) {
		if id, err = service.CreateRun(ctx, cmd, spec); err != nil {
			return err
		}
		begin := cmd
		begin.ID += "/calculate"
		return c.begin(ctx, db, service, begin, tenant, id)
	})
	return id, err
}

// Calculate calculates a run that exists, for the first time or again (see [payroll.Service.Calculate]), and enqueues a job for each chunk in the same
// transaction.
func (c *Crew) Calculate(ctx context.Context, cmd hr.Command, tenant string, id payroll.RunID) error {
	return c.unit(ctx, tenant, func(ctx context.Context, db *postgres.DB, service payroll.Service) error {
		return c.begin(ctx, db, service, cmd, tenant, id)
	})
}

func (c *Crew) begin(ctx context.Context, db *postgres.DB, service payroll.Service, cmd hr.Command, tenant string, id payroll.RunID) error {
	chunks, err := service.BeginCalculate(ctx, cmd, id)
	if err != nil {
		return err
	}
	return c.enqueue(ctx, db, workOf(tenant, id, calculate, cmd), upTo(chunks))
}

// Pay begins the payment of an approved run (see [payroll.Service.Pay]) and enqueues a job for each chunk, in one transaction.
func (c *Crew) Pay(ctx context.Context, cmd hr.Command, tenant string, id payroll.RunID) error {
	return c.unit(ctx, tenant, func(ctx context.Context, db *postgres.DB, service payroll.Service) error {
		chunks, err := service.BeginPay(ctx, cmd, id)
		if err != nil {
			return err
		}
		return c.enqueue(ctx, db, workOf(tenant, id, pay, cmd), upTo(chunks))
	})
}

// Stop takes the jobs of a run off the queue, and cancels those that are at work. Each chunk is then done or not begun; nothing is half. The run
// stays what it is, calculating or paying, until [Crew.Resume] goes on with it, or [payroll.Service.Cancel] ends it. It needs the permission to do
// payroll.Stop.
func (c *Crew) Stop(ctx context.Context, cmd hr.Command, tenant string, id payroll.RunID) error {
	return c.unit(ctx, tenant, func(ctx context.Context, db *postgres.DB, service payroll.Service) error {
		_, err := storage.Do(ctx, service.Kit, cmd, "payroll.Stop", id, func(ctx context.Context, _ hr.Command) (int, []storage.Event, error) {
			n, err := c.cancel(ctx, db, tenant, id)
			return n, nil, err
		})
		return err
	})
}

func (c *Crew) cancel(ctx context.Context, db *postgres.DB, tenant string, id payroll.RunID) (n int, err error) {
	tx, ok := db.Tx(ctx)
	if !ok {
		return 0, errNotInUnit
	}
	filter, err := metadata(tenant, id)
	if err != nil {
		return 0, err
	}
	params := river.NewJobListParams().Metadata(string(filter)).First(1000).States(
		rivertype.JobStateAvailable, rivertype.JobStateScheduled, rivertype.JobStateRetryable, rivertype.JobStatePending, rivertype.JobStateRunning)
	for {
		page, err := c.client.JobListTx(ctx, tx, params)
		if err != nil || len(page.Jobs) == 0 {
			return n, err
		}
		for _, job := range page.Jobs {
			if _, err := c.client.JobCancelTx(ctx, tx, job.ID); err != nil {
				return n, err
			}
			n++
		}
		params = params.After(page.LastCursor)
	}
}

// RuleResume is the rule of a run that is neither being calculated nor being paid, so there is nothing to go on with.
const RuleResume hr.Rule = "storage.riverrun.resume"

// Resume enqueues again what is left of a run that was stopped, or of which jobs were given up because they were refused. The command becomes that of
// the chunks. It needs the permission to do payroll.Resume, and the actor that to do what is left.
func (c *Crew) Resume(ctx context.Context, cmd hr.Command, tenant string, id payroll.RunID) error {
	return c.unit(ctx, tenant, func(ctx context.Context, db *postgres.DB, service payroll.Service) error {
		_, err := storage.Do(ctx, service.Kit, cmd, "payroll.Resume", id, func(ctx context.Context, _ hr.Command) (int, []storage.Event, error) {
			run, err := service.Runs.Run(ctx, id)
			if err != nil {
				return 0, nil, err
			}
			var s step
			switch run.State {
			case payroll.RunCalculating:
				s = calculate
			case payroll.RunPaying:
				s = pay
			default:
				return 0, nil, &hr.FieldError{Path: "run.state", Rule: RuleResume, Reason: fmt.Sprintf("is %s: only a run that is calculating or paying can be resumed", run.State)}
			}
			var left []int
			for from := 0; ; {
				page, err := service.Runs.Chunks(ctx, id, from, 500)
				if err != nil {
					return 0, nil, err
				}
				if len(page) == 0 {
					break
				}
				for _, chunk := range page {
					if !s.done(chunk) {
						left = append(left, chunk.Number)
					}
				}
				from = page[len(page)-1].Number + 1
			}
			return len(left), nil, c.enqueue(ctx, db, workOf(tenant, id, s, cmd), left)
		})
		return err
	})
}

var errNotInUnit = errors.New("riverrun: must be called inside a unit of work")

// unit runs fn in one unit of work of a tenant.
func (c *Crew) unit(ctx context.Context, tenant string, fn func(ctx context.Context, db *postgres.DB, service payroll.Service) error) error {
	db, service, err := c.service(tenant)
	if err != nil {
		return fmt.Errorf("riverrun: %w", err)
	}
	return db.InTx(ctx, func(ctx context.Context) error { return fn(ctx, db, service) })
}

// enqueue adds the jobs of some chunks, and of the end of their step, in the unit of work of ctx.
func (c *Crew) enqueue(ctx context.Context, db *postgres.DB, w work, numbers []int) error {
	tx, ok := db.Tx(ctx)
	if !ok {
		return errNotInUnit
	}
	marks, err := metadata(w.Tenant, w.Run)
	if err != nil {
		return err
	}
	jobs := make([]river.InsertManyParams, 0, len(numbers)+1)
	add := func(args river.JobArgs, priority int) {
		jobs = append(jobs, river.InsertManyParams{Args: args, InsertOpts: &river.InsertOpts{
			Queue: queue, Priority: priority, Metadata: marks, UniqueOpts: river.UniqueOpts{ByArgs: true},
		}})
	}
	for _, n := range numbers {
		add(chunkJob(w, n), 2)
	}
	add(lastJob(w), 3) // once no chunk waits
	for len(jobs) > 0 {
		some := jobs[:min(len(jobs), 1000)]
		jobs = jobs[len(some):]
		if _, err := c.client.InsertManyTx(ctx, tx, some); err != nil {
			return err
		}
	}
	return nil
}

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
