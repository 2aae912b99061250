package lifecycle_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/storage"
)

// Free seats of one position make up for nothing that is too full in another, and each currency has its own sum.
func TestAUnitAddsUpItsPositions(t *testing.T) {
	row := func(unit, position string, seats, occupied, coming, offered, free int, budget hr.Money) lifecycle.Headcount {
		return lifecycle.Headcount{Unit: unit, Position: position, Seats: seats, Occupied: occupied, Coming: coming, Offered: offered, Free: free, Budget: budget}
	}
	got := lifecycle.ByUnit([]lifecycle.Headcount{
		row("ops", "chef", 1, 0, 0, 0, 1, hr.MustMoney("900000.00", "INR")),
		row("lab", "cook", 2, 0, 1, 0, 1, hr.Money{}),
		row("ops", "cook", 4, 1, 1, 0, 2, hr.MustMoney("1200000.00", "INR")),
		row("ops", "maid", 1, 1, 0, 1, -1, hr.MustMoney("30000.00", "USD")),
	})
	for i := range got {
		for j, m := range got[i].Budget {
			got[i].Budget[j] = hr.MustMoney(m.AmountText(), m.Currency)
		}
	}
	require.Equal(t, []lifecycle.UnitHeadcount{
		{Unit: "lab", Seats: 2, Coming: 1, Vacant: 1},
		{Unit: "ops", Seats: 6, Occupied: 2, Coming: 1, Offered: 1, Vacant: 3, Budget: []hr.Money{hr.MustMoney("2100000.00", "INR"), hr.MustMoney("30000.00", "USD")}},
	}, got)
}

// A store that cannot say who held a position is read through, and the count is the same.
func TestSeatsAreCountedWithoutALookupOfHolders(t *testing.T) {
	h := organised(hr.AllowAll)
	h.Facts = struct{ lifecycle.Facts }{h.db}
	h.organise(t, since("2026-01-01", unit("ops", "", ""), position("cook", "ops", "", 1))...)
	for _, id := range []hr.EmployeeID{"E1", "E3"} {
		h.hire(t, joiner(id, "2026-01-01"))
	}
	in := joiner("E2", "2026-01-01")
	in.Terms.Position = "cook"
	h.hire(t, in)
	rows, err := h.Headcount(h.ctx, view, day("2026-05-01"), nil)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, [3]int{1, 1, 0}, [3]int{rows[0].Seats, rows[0].Occupied, rows[0].Free})
	_, err = h.ChangeTerms(h.ctx, h.cmd(), "E3", lifecycle.TermsChange{From: day("2026-06-01"), Set: hr.Terms{Position: "cook"}})
	require.Equal(t, []string{"set.position lifecycle.headcount"}, faults(err))
	h.Facts = struct{ lifecycle.Facts }{unreadable{h.db}}
	_, err = h.Headcount(h.ctx, view, day("2026-05-01"), nil)
	require.ErrorIs(t, err, storage.ErrConflict)
}

// unreadable is a store whose terms cannot be read just now.
type unreadable struct{ lifecycle.Facts }

func (unreadable) Terms(context.Context, []hr.Pin) ([][]hr.Entry[hr.Terms], error) {
	return nil, storage.ErrConflict
}

// taken notes for which rows somebody waits.
type taken struct {
	storage.Knowledge
	rows *[]hr.EmployeeID
}

func (k taken) Take(ctx context.Context, clock func() time.Time, ids ...hr.EmployeeID) ([]storage.Taken, error) {
	*k.rows = append(*k.rows, ids...)
	return k.Knowledge.Take(ctx, clock, ids...)
}

// Whoever takes a seat, and whoever says how many there are, waits at the one row of the position; where no position is named nobody does.
func TestTwoWhoTakeASeatMeet(t *testing.T) {
	h := organised(hr.AllowAll)
	var rows []hr.EmployeeID
	h.Kit.Know = taken{h.Kit.Know, &rows}
	h.organise(t, since("2026-01-01", unit("ops", "", ""))...)
	h.hire(t, joiner("E1", "2026-01-01"))
	require.Equal(t, []hr.EmployeeID{hr.Everyone, "E1"}, rows)
	rows = nil
	h.organise(t, since("2026-01-01", position("cook", "ops", "", 1))...)
	in := joiner("E2", "2026-01-01")
	in.Terms.Position = "cook"
	h.hire(t, in)
	require.Equal(t, []hr.EmployeeID{hr.Everyone, "~position/cook", "E2", "~position/cook"}, rows)
}
