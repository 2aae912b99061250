package riverrun

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/postgres"
)

// step is what the jobs of a run do.
type step string

const (
	calculate step = "calculate"
	pay       step = "pay"
)

// work is what the jobs of one step of one run have in common.
type work struct {
	Tenant  string        `json:"tenant"`
	Run     payroll.RunID `json:"run"`
	Step    step          `json:"step"`
	Command hr.CommandID  `json:"command"`
	Actor   hr.Actor      `json:"actor"`
	Purpose string        `json:"purpose"`
	Reason  string        `json:"reason"`
}

// key is the business key of a job: one that is on the queue, or was done, is not enqueued a second time. River does not look for the fields of a key in
// structs within the arguments, so each kind of job has a field for it.
func (w work) key(part string) string {
	return strings.Join([]string{url.PathEscape(w.Tenant), string(w.Run), string(w.Step), url.PathEscape(string(w.Command)), part}, "/")
}

func workOf(tenant string, run payroll.RunID, s step, cmd hr.Command) work {
	return work{tenant, run, s, cmd.ID, cmd.Actor, cmd.Purpose, cmd.Reason}
}

func (w work) command() hr.Command {
	return hr.Command{ID: w.Command, Actor: w.Actor, Purpose: w.Purpose, Reason: w.Reason}
}

// chunkArgs is the job of one chunk.
type chunkArgs struct {
	work
	Number int    `json:"number"`
	Key    string `json:"key" river:"unique"`
}

func chunkJob(w work, number int) chunkArgs {
	return chunkArgs{w, number, w.key(strconv.Itoa(number))}
}

// Kind implements [river.JobArgs].
func (chunkArgs) Kind() string { return "muster_payroll_chunk" }

// lastArgs is the job that ends a step of a run.
type lastArgs struct {
	work
	Key string `json:"key" river:"unique"`
}

func lastJob(w work) lastArgs { return lastArgs{w, w.key("last")} }

// Kind implements [river.JobArgs].
func (lastArgs) Kind() string { return "muster_payroll_last" }

// chunkWorker does chunks.
type chunkWorker struct {
	river.WorkerDefaults[chunkArgs]
	crew *Crew
}

// Work does one chunk and completes its job in one transaction.
func (w *chunkWorker) Work(ctx context.Context, job *river.Job[chunkArgs]) error {
	db, service, err := w.crew.service(job.Args.Tenant)
	if err != nil {
		return err
	}
	return judged(db.InTx(ctx, func(ctx context.Context) error {
		if err := doChunk(ctx, service, job.Args.work, job.Args.Number); err != nil {
			return err
		}
		return complete(ctx, db, job)
	}))
}

func doChunk(ctx context.Context, service payroll.Service, w work, number int) error {
	if w.Step == pay {
		return service.PayChunk(ctx, w.command(), w.Run, number)
	}
	return service.CalculateChunk(ctx, w.command(), w.Run, number)
}

// lastWorker ends the calculation or the payment of a run.
type lastWorker struct {
	river.WorkerDefaults[lastArgs]
	crew *Crew
}

// Timeout implements [river.Worker].
func (w *lastWorker) Timeout(*river.Job[lastArgs]) time.Duration { return w.crew.config.Last }

// Work waits while chunks wait for a worker. Once none does, it does itself what is left: somebody else may be in the middle of it, then it waits for
// them, or has died, and then nobody waits for the rescue. Then it ends the step.
func (w *lastWorker) Work(ctx context.Context, job *river.Job[lastArgs]) error {
	args := job.Args
	db, service, err := w.crew.service(args.Tenant)
	if err != nil {
		return err
	}
	jobs, err := w.crew.jobs(ctx, args.Tenant, args.Run)
	if err != nil {
		return err
	}
	left, err := firstLeft(ctx, service, args.Run, args.Step)
	if err != nil {
		return err
	}
	switch {
	case left >= 0 && jobs.Waiting > 0:
		return river.JobSnooze(500 * time.Millisecond)
	case left >= 0:
		if err := judged(doChunk(ctx, service, args.work, left)); err != nil {
			return err
		}
		return river.JobSnooze(0)
	}
	return judged(db.InTx(ctx, func(ctx context.Context) error {
		if args.Step == pay {
			_, err = service.FinishPay(ctx, args.command(), args.Run)
		} else {
			_, err = service.FinishCalculate(ctx, args.command(), args.Run)
		}
		if err != nil {
			return err
		}
		return complete(ctx, db, job)
	}))
}

// firstLeft is the number of the first chunk that a step has not done; -1 where all are done.
func firstLeft(ctx context.Context, service payroll.Service, id payroll.RunID, s step) (int, error) {
	for from := 0; ; {
		page, err := service.Runs.Chunks(ctx, id, from, 500)
		if err != nil || len(page) == 0 {
			return -1, err
		}
		for _, c := range page {
			if !s.done(c) {
				return c.Number, nil
			}
		}
		from = page[len(page)-1].Number + 1
	}
}

func (s step) done(c payroll.RunChunk) bool {
	if s == pay {
		return c.Posted == c.Members
	}
	return c.Digest != ""
}

// complete marks a job as completed in the unit of work of ctx, so that both are committed or neither.
func complete[A river.JobArgs](ctx context.Context, db *postgres.DB, job *river.Job[A]) error {
	tx, ok := db.Tx(ctx)
	if !ok {
		return errNotInUnit
	}
	after, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
	if err != nil {
		return err
	}
	if after.State != rivertype.JobStateCompleted {
		return fmt.Errorf("riverrun: the job is %s since: somebody rescued or stopped it", after.State)
	}
	return nil
}

// judged tells River not to try again what would fail again: a command that is refused. What a store or another worker is to blame for is tried again.
func judged(err error) error {
	if errors.Is(err, hr.ErrDenied) || errors.Is(err, hr.ErrInvalid) || errors.Is(err, hr.ErrRequired) {
		return river.JobCancel(err)
	}
	return err
}

// soon tries again after a second, two, four, and at most after half a minute: what fails is a connection, or another worker.
type soon struct{}

// NextRetry implements [river.ClientRetryPolicy].
func (soon) NextRetry(job *rivertype.JobRow) time.Time {
	return time.Now().Add(min(30*time.Second, time.Second<<min(len(job.Errors), 5)))
}
