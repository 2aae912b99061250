package payroll

import (
	"context"
	"sync"

	"github.com/musterhr/hr"
)

// Stream says how to calculate any number of payslips in little memory: [Plan.Stream] fills a batch, calculates it and hands it on,
// and again, with one batch a worker.
type Stream struct {
	Period  hr.Period
	PayDate hr.Date
	Size    int // rows of a batch; below 1 is 1000
	Workers int // batches that are calculated at the same time; below 1 is 1
	// Fill adds the next employees to a batch that has begun, and must not keep it. A batch left empty ends the stream. It is called for
	// one batch at a time.
	Fill func(*Batch) error
	// Done takes a calculated batch, and must not keep it. It is called for one batch at a time, in the order in which they were filled,
	// whatever the number of workers.
	Done func(*Batch) error
}

// Stream runs s until a batch stays empty. The first error of Fill or Done ends it and is returned, as does the end of ctx; batches
// filled before are then not handed on. Errors of single employees are the rows': see [Batch.Err].
func (p *Plan) Stream(ctx context.Context, s Stream) error {
	var faults hr.Faults
	p.checkPeriod(&faults, s.Period, s.PayDate)
	if faults.Any() {
		return faults.Err()
	}
	if s.Size < 1 {
		s.Size = 1000
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var filling sync.Mutex
	var work sync.WaitGroup
	ended, turn := false, make(chan struct{}, 1)
	turn <- struct{}{}
	worker := func() {
		b := p.NewBatch(s.Size)
		for {
			filling.Lock()
			if ended || ctx.Err() != nil {
				filling.Unlock()
				return
			}
			err := b.Begin(s.Period, s.PayDate)
			if err == nil {
				err = s.Fill(b)
			}
			mine := turn
			turn = make(chan struct{}, 1)
			next := turn
			ended = err != nil || b.Rows() == 0
			filling.Unlock()
			if err != nil {
				stop(err)
			}
			if err != nil || b.Rows() == 0 {
				return
			}
			b.Calculate()
			select {
			case <-mine:
			case <-ctx.Done():
				return
			}
			if err := s.Done(b); err != nil {
				stop(err)
				return
			}
			next <- struct{}{}
		}
	}
	for range max(1, s.Workers) {
		work.Go(worker)
	}
	work.Wait()
	return context.Cause(ctx)
}
