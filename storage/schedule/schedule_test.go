package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/schedule"
)

var (
	day     = hr.MustDate
	program = hr.Actor{ID: "scheduler", Roles: []string{hr.RoleScheduler}}
)

// plant is a scheduler over a store in memory, on a clock that the test moves.
type plant struct {
	schedule.Scheduler
	db  *memory.DB
	mu  sync.Mutex
	now time.Time
	did []string // "job day", as it was done
}

func newPlant(zone *time.Location, jobs ...schedule.Job) *plant {
	p := &plant{db: memory.New()}
	p.Scheduler = schedule.Scheduler{Marks: p.db, Zone: zone, Actor: program, Jobs: jobs, Now: func() time.Time { p.mu.Lock(); defer p.mu.Unlock(); return p.now }}
	return p
}

func (p *plant) at(t require.TestingT, text string) *plant {
	now, err := time.ParseInLocation("2006-01-02 15:04", text, p.Zone)
	require.NoError(t, err)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = now
	return p
}

// notes is a job that notes its days.
func (p *plant) notes(name, at string) schedule.Job {
	return schedule.Job{Name: name, At: hr.MustTimeOfDay(at), Run: func(_ context.Context, t schedule.Turn) error {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.did = append(p.did, fmt.Sprint(t.Job, " ", t.Day))
		return nil
	}}
}

func (p *plant) catchUp(t require.TestingT) []string {
	p.did = nil
	n, err := p.CatchUp(context.Background())
	require.NoError(t, err)
	require.Len(t, p.did, n)
	return p.did
}

func TestDaysAreDoneOnceAndInOrder(t *testing.T) {
	p := newPlant(time.UTC)
	p.Jobs = []schedule.Job{p.notes("late", "18:00"), p.notes("early", "06:00")}
	p.at(t, "2026-11-01 05:59")
	require.Empty(t, p.catchUp(t), "before its time nothing is due")
	require.Equal(t, []string{"early 2026-11-01"}, p.at(t, "2026-11-01 06:00").catchUp(t))
	require.Empty(t, p.catchUp(t), "once")
	require.Equal(t, []string{"late 2026-11-01", "early 2026-11-02", "late 2026-11-02", "early 2026-11-03"}, p.at(t, "2026-11-03 17:59").catchUp(t), "missed days in the order in which they fell due")
	m, err := p.db.Mark(t.Context(), "early")
	require.NoError(t, err)
	require.Equal(t, day("2026-11-03"), m.Through)
	require.Empty(t, m.Holder)
}

func TestDaysOfAJob(t *testing.T) {
	p := newPlant(time.UTC)
	job := p.notes("j", "00:00")
	for _, c := range []struct {
		name string
		on   func(hr.Date) bool
		want []string
	}{
		{"the 31st, or the last", schedule.MonthDay(31), []string{"j 2027-01-31", "j 2027-02-28"}},
		{"the last", schedule.MonthDay(0), []string{"j 2027-01-31", "j 2027-02-28"}},
		{"the last but one", schedule.MonthDay(-1), []string{"j 2027-01-30", "j 2027-02-27"}},
		{"the first", schedule.MonthDay(1), []string{"j 2027-02-01", "j 2027-03-01"}},
		{"Mondays of February", func(d hr.Date) bool { return schedule.Weekday(time.Monday)(d) && d.Month() == time.February }, []string{"j 2027-02-01", "j 2027-02-08", "j 2027-02-15", "j 2027-02-22"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			job.Name, job.On, job.Since = c.name, c.on, day("2027-01-02")
			p.Jobs = []schedule.Job{job}
			var want []string
			for _, w := range c.want {
				want = append(want, c.name+w[1:])
			}
			require.Equal(t, want, p.at(t, "2027-03-01 00:00").catchUp(t))
		})
	}
}

// In Berlin the hour from 2 to 3 was not there on 28 March 2027, and is there twice on 31 October. A job at half past two is done once on each
// day all the same, and at the same time of day before and after: 01:30 UTC in winter, 00:30 UTC in summer.
func TestNoDriftWithTheClocks(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	p := newPlant(berlin)
	p.Jobs = []schedule.Job{p.notes("j", "02:30")}
	p.Jobs[0].Since = day("2027-03-26")
	began := map[string]string{}
	for at := time.Date(2027, 3, 25, 0, 0, 0, 0, time.UTC); at.Before(time.Date(2027, 11, 4, 0, 0, 0, 0, time.UTC)); at = at.Add(30 * time.Minute) {
		p.now, p.did = at, nil
		_, err := p.CatchUp(t.Context())
		require.NoError(t, err)
		for _, d := range p.did {
			require.Empty(t, began[d], "done twice")
			began[d] = at.Format("15:04")
		}
	}
	require.Len(t, began, day("2027-11-03").Since(day("2027-03-26"))+1)
	for d, want := range map[string]string{"2027-03-27": "01:30", "2027-03-29": "00:30", "2027-10-30": "00:30", "2027-11-01": "01:30"} {
		require.Equal(t, want, began["j "+d], d)
	}
}

func TestAFailingJobStopsNoOther(t *testing.T) {
	p := newPlant(time.UTC)
	broken := errors.New("the calendar ends")
	mended := false
	var told []schedule.Outcome
	p.Tell = func(_ context.Context, o schedule.Outcome) { told = append(told, o) }
	p.Jobs = []schedule.Job{
		{Name: "fails", Run: func(context.Context, schedule.Turn) error {
			if mended {
				return nil
			}
			return broken
		}},
		{Name: "panics", Run: func(context.Context, schedule.Turn) error { panic("out of range") }},
		p.notes("works", "00:00"),
	}
	p.at(t, "2026-11-01 00:00")
	n, err := p.CatchUp(t.Context())
	require.Equal(t, 1, n)
	require.ErrorIs(t, err, broken)
	require.ErrorContains(t, err, "panics of 2026-11-01: the job panicked: out of range")
	require.Equal(t, []string{"works 2026-11-01"}, p.did)
	require.Len(t, told, 3)
	require.ErrorIs(t, told[0].Err, broken)
	require.Equal(t, 1, told[0].Tries)

	m, err := p.db.Mark(t.Context(), "fails")
	require.NoError(t, err)
	require.Equal(t, schedule.Mark{Job: "fails", Through: day("2026-10-31"), Until: p.now.Add(time.Minute), Tries: 1, Fault: "the calendar ends", Version: 3}, m)
	told = nil
	n, err = p.CatchUp(t.Context())
	require.NoError(t, err, "it waits for its pause")
	require.Zero(t, n)
	require.Empty(t, told)
	pauses := []time.Duration{}
	for range 8 {
		p.now = m.Until
		_, err = p.CatchUp(t.Context())
		require.Error(t, err)
		m, err = p.db.Mark(t.Context(), "fails")
		require.NoError(t, err)
		pauses = append(pauses, m.Until.Sub(p.now))
	}
	require.Equal(t, []time.Duration{2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, 32 * time.Minute, time.Hour, time.Hour, time.Hour}, pauses)
	mended = true
	p.at(t, "2026-11-03 00:00")
	n, err = p.CatchUp(t.Context())
	require.Error(t, err, "the other still fails")
	require.Equal(t, 3+2, n, "three days of the mended one, two of the one that never failed")
	m, err = p.db.Mark(t.Context(), "fails")
	require.NoError(t, err)
	require.Zero(t, m.Tries)
	require.Empty(t, m.Fault)
	require.Equal(t, day("2026-11-03"), m.Through)
}

func TestWhatIsLeftOutIsTold(t *testing.T) {
	var told []schedule.Outcome
	p := newPlant(time.UTC, schedule.Job{Name: "j", Run: func(_ context.Context, t schedule.Turn) error {
		t.Left("E1", nil)
		t.Left("E5", errors.New("no terms"))
		return nil
	}})
	p.Tell = func(_ context.Context, o schedule.Outcome) { told = append(told, o) }
	n, err := p.at(t, "2026-11-01 00:00").CatchUp(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n, "the day is done")
	require.Len(t, told, 1)
	require.Equal(t, []schedule.Left{{About: "E5", Err: errors.New("no terms")}}, told[0].Left)
}

// A worker that was killed half way sends its commands again, with the same ids; and parts that look alike are other commands.
func TestCommandsFollowFromJobDayAndPart(t *testing.T) {
	var ids [][]hr.CommandID
	stop := errors.New("killed")
	p := newPlant(time.UTC, schedule.Job{Name: "a/b", Run: func(_ context.Context, t schedule.Turn) error {
		ids = append(ids, []hr.CommandID{t.For("E1").ID, t.For("E1", "x").ID, t.For("E1/x").ID})
		if len(ids) == 1 {
			return stop
		}
		return nil
	}})
	_, err := p.at(t, "2026-11-01 00:00").CatchUp(t.Context())
	require.ErrorIs(t, err, stop)
	_, err = p.at(t, "2026-11-01 01:00").CatchUp(t.Context())
	require.NoError(t, err)
	require.Len(t, ids, 2)
	require.Equal(t, ids[0], ids[1])
	require.Equal(t, []hr.CommandID{"schedule/a%2Fb/2026-11-01/E1", "schedule/a%2Fb/2026-11-01/E1/x", "schedule/a%2Fb/2026-11-01/E1%2Fx"}, ids[0])
}

// Two processes over one store: a day of a job is worked on by one of them at a time, and done once.
func TestTwoWorkers(t *testing.T) {
	p := newPlant(time.UTC)
	at, most, runs := map[string]int{}, 0, map[string]int{}
	job := func(name string) schedule.Job {
		return schedule.Job{Name: name, Since: day("2026-10-01"), Run: func(_ context.Context, t schedule.Turn) error {
			p.mu.Lock()
			at[name]++
			most = max(most, at[name])
			runs[fmt.Sprint(name, t.Day)]++
			p.mu.Unlock()
			time.Sleep(100 * time.Microsecond)
			p.mu.Lock()
			at[name]--
			p.mu.Unlock()
			return nil
		}}
	}
	p.Jobs = []schedule.Job{job("a"), job("b"), job("c")}
	p.at(t, "2026-10-31 00:00")
	var all sync.WaitGroup
	var total int
	for range 4 {
		all.Go(func() {
			for range 20 { // what another was at is left for the next call
				n, err := p.CatchUp(t.Context())
				p.mu.Lock()
				total += n
				p.mu.Unlock()
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	_, err := p.CatchUp(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, most, "one worker at a time")
	require.Len(t, runs, 3*31)
	for what, n := range runs {
		require.Equal(t, 1, n, what)
	}
	require.LessOrEqual(t, total, 3*31)
}

// A worker that was killed holds its job until its time is over; then another goes on, and the first cannot move the mark any more.
func TestAWorkerThatIsGone(t *testing.T) {
	p := newPlant(time.UTC, schedule.Job{Name: "j", Within: 10 * time.Minute, Run: func(context.Context, schedule.Turn) error { return nil }})
	p.at(t, "2026-11-01 12:00")
	gone := schedule.Mark{Job: "j", Through: day("2026-10-31"), Holder: "gone", Until: p.now.Add(11 * time.Minute)}
	require.NoError(t, p.db.PutMark(t.Context(), gone))
	n, err := p.at(t, "2026-11-01 12:10").CatchUp(t.Context())
	require.NoError(t, err)
	require.Zero(t, n)
	n, err = p.at(t, "2026-11-01 12:11").CatchUp(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, n)
	gone.Version, gone.Through = 1, day("2026-11-01")
	require.ErrorIs(t, p.db.PutMark(t.Context(), gone), storage.ErrConflict)
}

func TestAJobThatTakesTooLong(t *testing.T) {
	p := newPlant(time.UTC, schedule.Job{Name: "j", Within: time.Millisecond, Run: func(ctx context.Context, _ schedule.Turn) error { <-ctx.Done(); return nil }})
	_, err := p.at(t, "2026-11-01 00:00").CatchUp(t.Context())
	require.ErrorIs(t, err, context.DeadlineExceeded, "a job that was cut off is not done")
	m, err := p.db.Mark(t.Context(), "j")
	require.NoError(t, err)
	require.Equal(t, day("2026-10-31"), m.Through)
}

func TestWorkEndsWithItsContext(t *testing.T) {
	p := newPlant(time.UTC)
	p.Jobs, p.Look = []schedule.Job{p.notes("j", "00:00")}, time.Millisecond
	p.at(t, "2026-11-01 00:00")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- p.Work(ctx) }()
	require.Eventually(t, func() bool { p.mu.Lock(); defer p.mu.Unlock(); return len(p.did) == 1 }, time.Second, time.Millisecond)
	cancel()
	require.NoError(t, <-ended)
	n, err := p.at(t, "2026-11-02 00:00").CatchUp(ctx)
	require.ErrorIs(t, err, context.Canceled)
	require.Zero(t, n, "nothing is begun after")
}

func TestSchedulerRefuses(t *testing.T) {
	run := func(context.Context, schedule.Turn) error { return nil }
	var faults hr.Faults
	faults.Join("", schedule.Scheduler{Jobs: []schedule.Job{{Name: "a", Run: run}, {Name: "a", Run: run, Within: -1}, {}}}.Validate())
	var got []string
	for _, f := range hr.FieldErrors(faults.Err()) {
		require.Equal(t, schedule.RuleScheduler, f.Rule)
		got = append(got, f.Path)
	}
	require.Equal(t, []string{"scheduler.marks", "scheduler.zone", "scheduler.actor", "scheduler.jobs[1].name", "scheduler.jobs[1].within", "scheduler.jobs[2].name", "scheduler.jobs[2].run"}, got)
}

// However often a scheduler is down, each day of each job is done once, as that day, in order. The second, dumber way counts the days.
func TestWheneverItRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPlant(time.UTC)
		weekly := p.notes("weekly", "09:00")
		weekly.On = schedule.Weekday(time.Friday)
		p.Jobs = []schedule.Job{p.notes("daily", "23:59"), weekly}
		first := day("2026-01-01")
		for i := range p.Jobs {
			p.Jobs[i].Since = first
		}
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		var did []string
		for range rapid.IntRange(1, 12).Draw(t, "wakes") {
			now = now.Add(time.Duration(rapid.IntRange(0, 40*24*60).Draw(t, "minutes")) * time.Minute)
			p.now = now
			did = append(did, p.catchUp(t)...)
		}
		var want []string
		for minute := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); !minute.After(now); minute = minute.Add(time.Minute) {
			switch clock := minute.Format("15:04"); {
			case clock == "23:59":
				want = append(want, "daily "+minute.Format("2006-01-02"))
			case clock == "09:00" && minute.Weekday() == time.Friday:
				want = append(want, "weekly "+minute.Format("2006-01-02"))
			}
		}
		require.Equal(t, want, did)
	})
}
