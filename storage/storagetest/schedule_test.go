package storagetest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/schedule"
	"github.com/musterhr/hr/storage/storagetest"
)

func marks(*testing.T) storagetest.ScheduleStore {
	db := memory.New()
	return storagetest.ScheduleStore{Core: storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true}, Marks: db}
}

// badMarks keeps marks with one bug.
type badMarks struct {
	bug string
	schedule.Marks
}

func (b badMarks) Mark(ctx context.Context, job string) (schedule.Mark, error) {
	if b.bug == "one mark for all" {
		m, err := b.Marks.Mark(ctx, "all")
		return m, err
	}
	return b.Marks.Mark(ctx, job)
}

func (b badMarks) PutMark(ctx context.Context, m schedule.Mark) error {
	switch b.bug {
	case "one mark for all":
		m.Job = "all"
	case "looks, and writes later":
		now, err := b.Marks.Mark(ctx, m.Job)
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return err
		}
		if now.Version != m.Version {
			return storage.ErrConflict
		}
		time.Sleep(20 * time.Millisecond)
		for { // whatever is there now
			if now, err = b.Marks.Mark(ctx, m.Job); err != nil && !errors.Is(err, storage.ErrNotFound) {
				return err
			}
			m.Version = now.Version
			if err := b.Marks.PutMark(ctx, m); !errors.Is(err, storage.ErrConflict) {
				return err
			}
		}
	}
	return b.Marks.PutMark(ctx, m)
}

func TestMarks(t *testing.T) {
	spoiled := func(bug string, fails ...string) double {
		return double{bug, fails, func(t *testing.T) {
			storagetest.Marks(t, func(t *testing.T) storagetest.ScheduleStore {
				s := marks(t)
				s.Marks = badMarks{bug, s.Marks}
				return s
			})
		}}
	}
	proves(
		t, "", func(t *testing.T) { storagetest.Marks(t, marks) },
		spoiled("one mark for all", "each job has a mark of its own"),
		spoiled("looks, and writes later", "of sixteen workers that take a job exactly one has it"),
	)
}
