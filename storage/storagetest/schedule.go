package storagetest

import (
	"context"
	"errors"
	"testing"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/schedule"
)

// ScheduleStore is a store of marks as [Marks] sees it.
type ScheduleStore struct {
	Core
	Marks schedule.Marks
}

// Marks proves [schedule.Marks].
func Marks(t *testing.T, open func(t *testing.T) ScheduleStore) {
	mark := func(seed int, job string) schedule.Mark {
		return Fill[schedule.Mark](seed, func(m *schedule.Mark) { m.Job, m.Version = job, 0 })
	}
	t.Run("a mark is a case", func(t *testing.T) {
		RunCases(t, func(t *testing.T) Cases[schedule.Mark] {
			s := open(t)
			return Cases[schedule.Mark]{
				Core: s.Core, Put: s.Marks.PutMark,
				Get:     func(ctx context.Context) (schedule.Mark, error) { return s.Marks.Mark(ctx, "accruals") },
				Make:    func(seed int) schedule.Mark { return mark(seed, "accruals") },
				Version: func(m *schedule.Mark) *storage.Version { return &m.Version },
			}
		})
	})
	run := func(name string, fn func(t *testing.T, ctx context.Context, s ScheduleStore)) {
		t.Run(name, func(t *testing.T) { fn(t, deadline(t), open(t)) })
	}
	run("each job has a mark of its own", func(t *testing.T, ctx context.Context, s ScheduleStore) {
		ok(t, s.Marks.PutMark(ctx, mark(1, "accruals")))
		ok(t, s.Marks.PutMark(ctx, mark(2, "Accruals"))) // the version of another job is no conflict
		for seed, job := range []string{1: "accruals", 2: "Accruals"} {
			if seed == 0 {
				continue
			}
			want := mark(seed, job)
			want.Version = 1
			got, err := s.Marks.Mark(ctx, job)
			ok(t, err)
			Equal(t, want, got)
		}
		_, err := s.Marks.Mark(ctx, "reminders")
		is(t, err, storage.ErrNotFound)
	})
	run("of sixteen workers that take a job exactly one has it", func(t *testing.T, ctx context.Context, s ScheduleStore) {
		ok(t, s.Marks.PutMark(ctx, mark(1, "accruals")))
		won := make([]bool, 16)
		writers(t, func(i int) error {
			m := mark(i+2, "accruals")
			m.Version = 1
			err := s.Marks.PutMark(ctx, m)
			if won[i] = err == nil; errors.Is(err, storage.ErrConflict) {
				err = nil
			}
			return err
		}, nil)
		winner, n := 0, 0
		for i, w := range won {
			if w {
				winner, n = i, n+1
			}
		}
		must(t, n == 1, "%d workers had the job for themselves", n)
		want := mark(winner+2, "accruals")
		want.Version = 2
		got, err := s.Marks.Mark(ctx, "accruals")
		ok(t, err)
		Equal(t, want, got)
	})
}
