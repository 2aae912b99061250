package desk

import (
	"context"
	"sync"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/web"
)

// The kinds of case that the index has, by the references in events.
const (
	KindRun            = "run"
	KindLeave          = "leave"
	KindAttendance     = "attendance_request"
	KindPayrollRequest = "payroll_request"
	KindProposal       = "proposal"
	KindRequisition    = "requisition"
	KindApplication    = "application"
)

// RuleBusy is broken where something is going on about it already.
const RuleBusy hr.Rule = "server.busy"

// Jobs are what goes on after its request was answered. Each is a command that may be sent again, so nothing is lost if the server ends in the middle.
type Jobs struct {
	mu   sync.Mutex
	jobs map[string]Job
	live sync.WaitGroup
	stop chan struct{}
}

// Job is what goes on about one thing.
type Job struct {
	Doing string // empty: nothing
	Fault string // why the last one ended without a result
}

// NewJobs returns no jobs.
func NewJobs() *Jobs { return &Jobs{jobs: map[string]Job{}, stop: make(chan struct{})} }

// Of returns the job about a thing of a company.
func (j *Jobs) Of(tenant, id string) Job {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.jobs[tenant+"/"+id]
}

// Begin runs do, unless something is going on about the thing already. What it returns has the outcome once it has ended; of a job that
// somebody else began, nothing. The job belongs to the trace of ctx and outlives it.
func (j *Jobs) Begin(ctx context.Context, tenant, id, doing string, do func(ctx context.Context) error) <-chan error {
	key, ended := tenant+"/"+id, make(chan error, 1)
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.jobs[key].Doing != "" {
		ended <- web.NewProblem(409, RuleBusy, "This is being worked on already. Look at its progress, and wait.")
		return ended
	}
	j.jobs[key] = Job{Doing: doing}
	j.live.Add(1)
	go func() {
		defer j.live.Done()
		ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
		defer cancel()
		go func() {
			select {
			case <-j.stop:
				cancel()
			case <-ctx.Done():
			}
		}()
		err := do(ctx)
		job := Job{}
		if err != nil {
			job.Fault = "It ended with a fault. Begin it again; what is done is not done twice."
		}
		j.mu.Lock()
		j.jobs[key] = job
		j.mu.Unlock()
		ended <- err
	}()
	return ended
}

// Close stops what goes on, between two units of work, and waits for it.
func (j *Jobs) Close() {
	close(j.stop)
	j.live.Wait()
}
