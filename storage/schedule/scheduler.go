package schedule

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// RuleScheduler is the rule of the faults of a [Scheduler] that is not wired as it must be.
const RuleScheduler hr.Rule = "storage.schedule.scheduler"

const (
	within     = 15 * time.Minute // what a day of a job may take where the job does not say
	grace      = time.Minute      // how much longer than that a worker holds a job, so that its context ends first
	firstPause = time.Minute      // after a fault
	longest    = time.Hour        // and no longer than that
)

// Scheduler runs jobs. Its fields are set once; then it may be used by several goroutines, and beside schedulers of other processes over the same store.
type Scheduler struct {
	Marks Marks
	Now   func() time.Time // the clock; nil: time.Now
	Zone  *time.Location   // whose days and hours the jobs go by
	Actor hr.Actor         // in whose name the jobs work; a policy must let it
	Jobs  []Job

	// Tell is told of every day of a job that was done or failed; nil: nobody is.
	Tell func(ctx context.Context, o Outcome)
	// Look is how often [Scheduler.Work] looks whether something is due; zero: every minute.
	Look time.Duration
}

// Outcome is how a day of a job ended.
type Outcome struct {
	Job   string
	Day   hr.Date
	Tries int           // how often it has failed, this time included
	Left  []Left        // what it left out
	Took  time.Duration // by the clock of the scheduler
	Err   error         // why the day is not done; nil: it is
}

// Validate returns [hr.FieldError]s with [RuleScheduler] for what is missing.
func (s Scheduler) Validate() error {
	var faults hr.Faults
	if s.Marks == nil {
		faults.Missing("scheduler.marks", RuleScheduler)
	}
	if s.Zone == nil {
		faults.Missing("scheduler.zone", RuleScheduler)
	}
	if s.Actor.ID == "" {
		faults.Missing("scheduler.actor", RuleScheduler)
	}
	named := map[string]bool{}
	for i, j := range s.Jobs {
		at := fmt.Sprintf("scheduler.jobs[%d]", i)
		switch {
		case j.Name == "":
			faults.Missing(at+".name", RuleScheduler)
		case named[j.Name]:
			faults.Add(at+".name", RuleScheduler, "is that of another job too")
		}
		named[j.Name] = true
		if j.Run == nil {
			faults.Missing(at+".run", RuleScheduler)
		}
		if j.Within < 0 {
			faults.Add(at+".within", RuleScheduler, "must not be below zero")
		}
	}
	return faults.Err()
}

// Work does what is due, and looks again from time to time until ctx is done. It returns why it could not begin, or nil.
func (s Scheduler) Work(ctx context.Context) error {
	if err := s.Validate(); err != nil {
		return err
	}
	look := s.Look
	if look <= 0 {
		look = time.Minute
	}
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		_, _ = s.CatchUp(ctx) // every fault was told
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// CatchUp does every day that is due now of every job, by the time at which each fell due, and returns how many days it did. A job that fails, waits after a
// fault or is worked on by somebody else is left for the next call; the errors of those that failed are joined. It begins nothing after ctx is done.
func (s Scheduler) CatchUp(ctx context.Context) (done int, err error) {
	if err := s.Validate(); err != nil {
		return 0, err
	}
	me := rand.Text() // of this call: two calls of one process are two workers
	aside := make([]bool, len(s.Jobs))
	marks := make([]Mark, len(s.Jobs))
	for i, j := range s.Jobs {
		m, fault := s.mark(ctx, j)
		if fault != nil {
			aside[i], err = true, errors.Join(err, s.unmarked(ctx, j, fault))
			continue
		}
		marks[i] = m
	}
	for ctx.Err() == nil {
		next, day := s.next(marks, aside)
		if next < 0 {
			return done, err
		}
		j := s.Jobs[next]
		m, begun, fault := s.begin(ctx, j, me, day)
		switch {
		case fault != nil:
			aside[next], err = true, errors.Join(err, s.unmarked(ctx, j, fault))
		case !begun:
			aside[next] = m.Until.After(s.now()) // another is at it or it waits; else another has done the day, and we go on behind it
			marks[next] = m
		default:
			marks[next], fault = s.turn(ctx, j, m, day)
			if aside[next] = fault != nil; fault == nil {
				done++
			}
			err = errors.Join(err, fault)
		}
	}
	return done, errors.Join(err, ctx.Err())
}

func (s Scheduler) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

// mark returns the mark of a job, and makes it where the job is new.
func (s Scheduler) mark(ctx context.Context, j Job) (Mark, error) {
	m, err := s.Marks.Mark(ctx, j.Name)
	if !errors.Is(err, storage.ErrNotFound) {
		return m, err
	}
	since := j.Since
	if since.IsZero() {
		since = hr.DateOf(s.now(), s.Zone)
	}
	m = Mark{Job: j.Name, Through: since.Add(-1)}
	if err := s.Marks.PutMark(ctx, m); err != nil && !errors.Is(err, storage.ErrConflict) {
		return m, err
	}
	return s.Marks.Mark(ctx, j.Name)
}

// next finds the job and the day that fell due first; -1 where nothing is due.
func (s Scheduler) next(marks []Mark, aside []bool) (next int, day hr.Date) {
	next = -1
	var first time.Time
	for i, j := range s.Jobs {
		if aside[i] {
			continue
		}
		d, at, due := s.due(j, marks[i])
		if due && (next < 0 || at.Before(first)) {
			next, day, first = i, d, at
		}
	}
	return next, day
}

// due returns the first day of a job behind its mark, and when it fell due; false where that lies ahead.
func (s Scheduler) due(j Job, m Mark) (day hr.Date, at time.Time, due bool) {
	now := s.now()
	for day = m.Through.Add(1); ; day = day.Add(1) {
		if at = day.At(j.At, s.Zone); at.After(now) {
			return day, at, false
		}
		if j.On == nil || j.On(day) {
			return day, at, true
		}
	}
}

// begin takes a job for a day: false where somebody else is at it or has done the day meanwhile, or it waits.
func (s Scheduler) begin(ctx context.Context, j Job, me string, day hr.Date) (m Mark, begun bool, err error) {
	if m, err = s.Marks.Mark(ctx, j.Name); err != nil {
		return m, false, err
	}
	now := s.now()
	if m.Until.After(now) || !m.Through.Before(day) {
		return m, false, nil
	}
	m.Holder, m.Until = me, now.Add(j.within()+grace).UTC().Truncate(time.Microsecond)
	if err = s.Marks.PutMark(ctx, m); errors.Is(err, storage.ErrConflict) {
		m.Until = now.Add(grace) // another was faster
		return m, false, nil
	}
	m.Version++
	return m, err == nil, err
}

func (j Job) within() time.Duration {
	if j.Within == 0 {
		return within
	}
	return j.Within
}

// turn runs a job for a day, and sets its mark.
func (s Scheduler) turn(ctx context.Context, j Job, m Mark, day hr.Date) (Mark, error) {
	var left []Left
	t := Turn{Job: j.Name, Day: day, left: &left, command: hr.Command{Actor: s.Actor, Purpose: "what falls due: " + j.Name}}
	t.command.ID = hr.CommandID("schedule")
	t.command = t.For(j.Name, day.String())
	began := s.now()
	err := s.run(ctx, j, t)
	m.Holder, m.Until = "", time.Time{}
	if err == nil {
		m.Through, m.Tries, m.Fault = day, 0, ""
	} else {
		m.Tries++
		m.Fault = err.Error()
		m.Until = s.now().Add(min(longest, firstPause<<min(m.Tries-1, 6))).UTC().Truncate(time.Microsecond)
	}
	o := Outcome{Job: j.Name, Day: day, Tries: m.Tries, Left: left, Took: s.now().Sub(began), Err: err}
	// The mark is set also where ctx is done by now: else the job would be held until the time of the holder is over.
	put, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if fault := s.Marks.PutMark(put, m); fault != nil { // whoever has it now does the day again, which changes nothing
		o.Err = errors.Join(o.Err, fmt.Errorf("schedule: the mark of %s: %w", j.Name, fault))
	}
	m.Version++
	s.tell(ctx, o)
	if o.Err != nil {
		return m, fmt.Errorf("schedule: %s of %s: %w", j.Name, day, o.Err)
	}
	return m, nil
}

// run runs a job within its time. A job that panics failed, and takes no other with it.
func (s Scheduler) run(ctx context.Context, j Job, t Turn) (err error) {
	ctx, cancel := context.WithTimeout(ctx, j.within())
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the job panicked: %v", p)
		}
	}()
	if err = j.Run(ctx, t); err == nil {
		err = ctx.Err() // a job that was cut off and says nothing of it is not done
	}
	return err
}

// unmarked tells that the mark of a job could not be read or set.
func (s Scheduler) unmarked(ctx context.Context, j Job, err error) error {
	err = fmt.Errorf("schedule: the mark of %s: %w", j.Name, err)
	s.tell(ctx, Outcome{Job: j.Name, Err: err})
	return err
}

func (s Scheduler) tell(ctx context.Context, o Outcome) {
	if s.Tell != nil {
		s.Tell(ctx, o)
	}
}
