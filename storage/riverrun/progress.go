package riverrun

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Progress says how far a run is: what is committed, and the jobs that work on the rest.
type Progress struct {
	payroll.RunProgress
	Jobs
	At time.Time // when it was asked, by the clock of this process
}

// Jobs counts the jobs of a run that are on the queue.
type Jobs struct {
	Waiting int    // for a worker, some of them until they are tried again
	Running int    // at work, or with a worker that has died and was not noticed yet
	GivenUp int    // refused, or tried too often: see Reason, and [Crew.Resume] once it is mended
	Stopped int    // taken off the queue by [Crew.Stop]
	Reason  string // why the last of those that are given up was
}

// Rate is how many employees were done per second, calculated or posted, since an earlier progress of the same step; 0 where no time has passed.
func (p Progress) Rate(earlier Progress) int {
	done := p.Calculated - earlier.Calculated + p.Posted - earlier.Posted
	if d := p.At.Sub(earlier.At); d > 0 && done > 0 {
		return int(time.Duration(done) * time.Second / d)
	}
	return 0
}

// Progress tells how far a run is; whoever may ask [payroll.Service.Progress] may.
func (c *Crew) Progress(ctx context.Context, v hr.View, tenant string, id payroll.RunID) (Progress, error) {
	_, service, err := c.service(tenant)
	if err != nil {
		return Progress{}, fmt.Errorf("riverrun: %w", err)
	}
	p := Progress{At: time.Now()}
	if p.RunProgress, err = service.Progress(ctx, v, id); err != nil {
		return Progress{}, err
	}
	if p.Jobs, err = c.jobs(ctx, tenant, id); err != nil {
		return Progress{}, fmt.Errorf("riverrun: %w", err)
	}
	return p, nil
}

// jobs counts the jobs of a run. The column metadata has an index.
func (c *Crew) jobs(ctx context.Context, tenant string, id payroll.RunID) (j Jobs, err error) {
	filter, err := metadata(tenant, id)
	if err != nil {
		return Jobs{}, err
	}
	err = c.config.Pool.QueryRow(ctx, `SELECT
		count(*) FILTER (WHERE state IN ('available', 'scheduled', 'retryable', 'pending') AND kind = $2),
		count(*) FILTER (WHERE state = 'running'),
		count(*) FILTER (WHERE state = 'discarded' OR state = 'cancelled' AND cardinality(errors) > 0 AND NOT metadata ? 'cancel_attempted_at'),
		count(*) FILTER (WHERE state = 'cancelled' AND metadata ? 'cancel_attempted_at'),
		coalesce((array_agg(errors[cardinality(errors)]->>'error' ORDER BY finalized_at DESC)
			FILTER (WHERE state IN ('discarded', 'cancelled') AND cardinality(errors) > 0 AND NOT metadata ? 'cancel_attempted_at'))[1], '')
		FROM river_job WHERE metadata @> $1`, string(filter), chunkArgs{}.Kind()).Scan(&j.Waiting, &j.Running, &j.GivenUp, &j.Stopped, &j.Reason)
	return j, err
}

// metadata is what marks the jobs of a run.
func metadata(tenant string, id payroll.RunID) ([]byte, error) {
	return json.Marshal(map[string]string{"muster_tenant": tenant, "muster_run": string(id)})
}
