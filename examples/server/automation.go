package main

import (
	"context"
	"sync"

	"github.com/musterhr/hr/storage/schedule"
)

// automate does by itself what falls due in every company, until ctx is done: leave accrues, trials and documents are reminded of, approvals
// escalate, runs are reviewed and closed. Several servers over one database may do so.
func (h *house) automate(ctx context.Context, ended *sync.WaitGroup) {
	for tenant, a := range h.desk.Companies {
		log := h.desk.Log.With("tenant", tenant)
		s := a.Scheduler(func(ctx context.Context, o schedule.Outcome) {
			if o.Err != nil {
				log.ErrorContext(ctx, "a job failed and is tried again", "job", o.Job, "day", o.Day.String(), "tries", o.Tries, "err", o.Err)
			}
			for _, left := range o.Left {
				log.WarnContext(ctx, "a job left something out", "job", o.Job, "day", o.Day.String(), "about", left.About, "err", left.Err)
			}
		})
		ended.Go(func() {
			if err := s.Work(ctx); err != nil {
				log.ErrorContext(ctx, "the automation does not run", "err", err)
			}
		})
	}
}
