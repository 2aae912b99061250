// Package schedule does what falls due: leave accrues, a trial ends, a document expires, an approval is overdue, whether or not somebody looks. A
// host says which jobs there are and on which days; the scheduler sees to it that each of them is done for each of its days, once, also when the
// program was down on the day.
//
//	s := schedule.Scheduler{
//		Marks: db, Now: time.Now, Zone: kolkata,
//		Actor: hr.Actor{ID: "scheduler", Roles: []string{hr.RoleScheduler}},
//		Jobs: []schedule.Job{{
//			Name: "accruals", At: hr.MustTimeOfDay("02:00"),
//			Run: func(ctx context.Context, t schedule.Turn) error {
//				_, err := away.AccrueThrough(ctx, t.For("all"), t.Day, employees...)
//				return err
//			},
//		}},
//	}
//	go s.Work(ctx) // or s.CatchUp(ctx), from a timer of your own
//
// # Days, not intervals
//
// A job belongs to civil days. It falls due on each of them at a time of day in one zone, worked out anew from the date: it does not drift, it is
// not skipped when the clocks go forward and not done twice when they go back. A day is done when the job has run for it, however late; days
// that were missed are caught up with one after the other, the oldest first, each as the day that it was ([Turn.Day]).
//
// # Once, although it may run twice
//
// What a job writes goes through commands, and their ids follow from the job, the day and what it is about ([Turn.For]): sent twice, they run once.
// So a worker that was killed half way costs nothing but time. That is what keeps it right. A [Mark], one row for each job, is what keeps it
// from being done twice in vain: it says through which day the job is done and who is at it until when, and is only ever replaced in the version
// that was read. Any number of processes may run the same jobs; each job is worked on by one of them at a time.
//
// # Faults
//
// A job that fails is told ([Scheduler.Tell]), stands in its mark for a page to show, and is tried again after a pause that grows from a minute to an
// hour. Its later days wait for it; the other jobs go on. What concerns one person only should not hold up a job for everybody: the job
// says so with [Turn.Left] and goes on, and the verbs that catch up by themselves do it on the next day.
//
// Jobs of one day run by their time, then in the order in which they are listed, where one worker runs them. With several that order does not hold, so a job
// must not count on another.
package schedule
