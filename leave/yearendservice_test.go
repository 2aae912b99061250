package leave_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Leave of an old and of a new year, approved, shortened and cancelled in any order around a year's end that was posted: the ledger needs
// nothing more at any time, every lot adds up, none gives more than it holds, and when all is cancelled every lot is as before.
func TestAYearEndFollowsWhateverIsApproved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := open(t)
		ctx := context.Background()
		h.with(t, "x", func(p *leave.Policy) {
			p.Negative, p.Year = leave.Negative{}, leave.Year{Month: 7, Day: 1}
			p.CarryOver = leave.CarryOver{Closes: true, Limit: dec("3"), Months: rapid.SampledFrom([]int{0, 2}).Draw(t, "months")}
			p.Encashment = leave.Encashment{YearEnd: dec("1")}
		})
		h.grant(t, "x", "4", "2026-01-05..2026-06-30")
		h.grant(t, "x", "3", "2026-02-05..")
		run := func() int {
			n, err := h.AccrueThrough(ctx, h.cmd(desk), hr.MustDate("2026-08-31"), "E1")
			require.NoError(t, err)
			return n
		}
		run()
		lots := func() (held []string) { // an emptied lot that was carried for a while is as good as none
			for _, l := range strings.Split(h.lots(t), "\n") {
				if !strings.HasSuffix(l, ": 0 taken, 0 lapsed, 0 left") {
					held = append(held, l)
				}
			}
			return held
		}
		before := lots()
		var live []leave.RequestID
		for range rapid.IntRange(1, 10).Draw(t, "steps") {
			switch n := len(live); {
			case n > 0 && rapid.IntRange(0, 3).Draw(t, "cancel") == 0:
				i := rapid.IntRange(0, n-1).Draw(t, "which")
				require.NoError(t, h.Cancel(ctx, h.cmd(maya), live[i]))
				live = append(live[:i:i], live[i+1:]...)
			default:
				from := hr.MustDate("2026-06-15").Add(rapid.IntRange(0, 40).Draw(t, "from"))
				id, err := h.Apply(ctx, h.cmd(maya), leave.Application{Employee: "E1", Type: "x", Period: hr.Period{From: from, Through: from.Add(rapid.IntRange(0, 3).Draw(t, "length"))}})
				if err != nil {
					require.NotEmpty(t, rulesOf(err))
					continue
				}
				require.NoError(t, h.Decide(ctx, h.cmd(boss), id, leave.Decision{Agree: true}))
				live = append(live, id)
			}
			entries, err := h.Ledger.MovementsOf(ctx, []hr.Pin{{Employee: "E1"}})
			require.NoError(t, err)
			for _, on := range []string{"2026-06-30", "2026-07-01", "2026-07-20", "2026-09-15"} {
				for _, l := range leave.Lots(entries[0], hr.MustDate(on)) {
					require.Equal(t, l.Granted.String(), l.Taken.Add(l.Carried).Add(l.Paid).Add(l.Lapsed).Add(l.Left).String(), "%s on %s", l.ID, on)
				}
			}
			for _, l := range leave.Lots(entries[0], hr.MustDate("2026-12-18")) {
				require.False(t, l.Left.IsNegative(), "%s", l.ID)
				require.False(t, l.Lapsed.IsNegative(), "%s", l.ID)
			}
			for _, id := range live {
				h.agrees(t, id, entries[0])
			}
		}
		run() // what lapsed of lots with a last day
		require.Zero(t, run())
		for _, id := range live {
			require.NoError(t, h.Cancel(ctx, h.cmd(maya), id))
		}
		require.Equal(t, before, lots())
	})
}
