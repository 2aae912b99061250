package memory_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/storage/memory"
)

// The facts of some days are found whatever the order in which they come, and one that was rolled back is not.
func TestFactsAreFoundByTheirDays(t *testing.T) {
	ctx, db := t.Context(), memory.New()
	punch := func(seq hr.Seq, day string) hr.Entry[attendance.Punch] {
		d := hr.MustDate(day)
		at := d.At(hr.MustTimeOfDay("09:00"), time.UTC)
		return hr.Entry[attendance.Punch]{
			ID: fmt.Sprint("p", seq), Seq: seq, Recorded: at, Period: hr.Period{From: d, Through: d},
			Value: attendance.Punch{ID: attendance.PunchID(fmt.Sprint("p", seq)), Employee: "E1", At: at},
		}
	}
	undone := errors.New("undone")
	require.ErrorIs(t, db.InTx(ctx, func(ctx context.Context) error {
		require.NoError(t, db.AppendPunches(ctx, punch(9, "2026-10-01")))
		return undone
	}), undone)
	require.NoError(t, db.AppendPunches(ctx, punch(3, "2026-11-03"), punch(5, "2026-10-02"), punch(4, "2026-10-04"), punch(1, "2026-10-01"), punch(2, "2026-10-02")))
	of := func(known hr.Seq, days string) (ids []string) {
		found, err := db.PunchesOf(ctx, []hr.Pin{{Employee: "E1", Known: hr.Known{Own: known}}}, hr.MustPeriod(days))
		require.NoError(t, err)
		for _, e := range found[0] {
			ids = append(ids, e.ID)
		}
		return ids
	}
	require.Equal(t, []string{"p1", "p2", "p4", "p5"}, of(0, "2026-10-01..2026-10-31"))
	require.Equal(t, []string{"p2"}, of(4, "2026-10-02..2026-10-02"))
	require.Equal(t, []string{"p3"}, of(0, "2026-11-01.."))
	require.Empty(t, of(0, "2026-12-01.."))
}
