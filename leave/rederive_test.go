package leave_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// A day a month from October on. The days of November and December were asked for first and took the oldest lots; a day of October can have the
// one of October all the same, since November and December have their own. A second one is not there, and then nothing moves.
func TestLaterLeaveGivesUpTheLotsThatEarlierDaysNeed(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) { p.Negative = leave.Negative{} })
	lots := map[leave.LotID]string{}
	for _, month := range []string{"2026-10-01", "2026-11-02", "2026-12-01"} {
		lots[h.grant(t, "x", "1", month+"..")] = month
	}
	from := func(id leave.RequestID) (out []string) {
		r, err := h.Service.Request(t.Context(), hr.View{Actor: desk}, id)
		require.NoError(t, err)
		for _, s := range r.Days[0].Lots {
			out = append(out, lots[s.Lot]+" "+s.Quantity.String())
		}
		h.agrees(t, id, h.entries(t))
		return out
	}
	november := h.approved(t, ask("x", "2026-11-09..2026-11-09"))
	december := h.approved(t, ask("x", "2026-12-07..2026-12-07"))
	require.Equal(t, []string{"2026-10-01 1", "2026-11-02 1"}, slices.Concat(from(november), from(december)))
	require.Equal(t, "1", h.balance(t, "x", "2026-10-31"))

	plan := h.apply(t, ask("x", "2026-10-12..2026-10-12"))
	got, err := h.Project(t.Context(), hr.View{Actor: desk}, "E1", "x", hr.MustDate("2026-12-18"))
	require.NoError(t, err)
	require.Equal(t, "1 0 0", fmt.Sprint(got.Planned, got.Balance, got.Short))
	require.Equal(t, "2026-10-01 1", from(november)[0], "asking moves nothing")
	require.NoError(t, h.Decide(t.Context(), h.cmd(boss), plan, leave.Decision{Agree: true}))
	require.Equal(t, []string{"2026-10-01 1", "2026-11-02 1", "2026-12-01 1"}, slices.Concat(from(plan), from(november), from(december)))
	h.refuses(t, ask("x", "2026-10-13..2026-10-13"), leave.RuleRequestShort)
	for _, id := range []leave.RequestID{november, plan, december} {
		require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), id))
	}
	require.Equal(t, "3", h.balance(t, "x", "2026-12-18"))
}

// A charge for coming late in October finds the half day that leave of November had taken.
func TestAChargeFindsWhatLaterLeaveTook(t *testing.T) {
	h := open(t)
	h.grant(t, "casual", "1", "2026-10-01..")
	h.grant(t, "casual", "1", "2026-11-02..")
	id := h.approved(t, ask("casual", "2026-11-09..2026-11-09"))
	dues := hr.LeaveDues{Charges: []hr.LeaveCharge{charge("2026-10-07", "0.5", "1")}}
	require.Empty(t, h.settle(t, dues))
	require.Equal(t, []string{"0.5", "0.5"}, []string{h.balance(t, "casual", "2026-10-31"), h.balance(t, "casual", "2026-12-18")})
	h.agrees(t, id, h.entries(t))
	was := len(h.entries(t))
	require.Empty(t, h.settle(t, dues))
	require.Len(t, h.entries(t), was)
}

// Lots of a day each for the weeks 0 to 1, 1, 1 and 0 to 2; leave is asked for in week 1, then 0, then 2. The first takes the lot of weeks 0 to 1,
// which lapses with the two others, the second then the last; so both must move before the third has one.
func TestEarlierLeaveGivesUpTheLotThatALaterDayNeeds(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) { p.Negative = leave.Negative{} })
	for _, usable := range []string{"2026-06-01..2026-06-12", "2026-06-08..2026-06-12", "2026-06-08..2026-06-12", "2026-06-01..2026-06-19"} {
		h.grant(t, "x", "1", usable)
	}
	var ids []leave.RequestID
	for _, day := range []string{"2026-06-09", "2026-06-02", "2026-06-16"} {
		ids = append(ids, h.approved(t, ask("x", day+".."+day)))
	}
	for _, id := range ids {
		h.agrees(t, id, h.entries(t))
	}
	h.refuses(t, ask("x", "2026-06-17..2026-06-17"), leave.RuleRequestShort)
	h.refuses(t, ask("x", "2026-06-03..2026-06-03"), leave.RuleRequestShort)
}

// In whatever order days are asked for, they are had where the replay of all of them by date, each from the lot that lapses first, can give
// them; the requests name what the ledger holds, and no lot goes below zero.
func TestTheOrderOfAskingTakesNoLeaveAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := open(t)
		h.with(t, "x", func(p *leave.Policy) { p.Negative = leave.Negative{} })
		type lot struct {
			usable hr.Period
			left   int
		}
		var lots []lot
		for range rapid.IntRange(1, 5).Draw(t, "lots") {
			from := hr.MustDate("2026-06-01").Add(7 * rapid.IntRange(0, 12).Draw(t, "from"))
			l := lot{hr.Period{From: from, Through: from.Add(7*rapid.IntRange(0, 12).Draw(t, "weeks") + 4)}, rapid.IntRange(1, 2).Draw(t, "days")}
			lots = append(lots, l)
			h.grant(t, "x", fmt.Sprint(l.left), l.usable.String())
		}
		replay := func(days []hr.Date) bool {
			left := slices.Clone(lots)
			slices.SortFunc(left, func(a, b lot) int { return a.usable.Through.Compare(b.usable.Through) })
			days = slices.Clone(days)
			slices.SortFunc(days, hr.Date.Compare)
			for _, d := range days {
				i := slices.IndexFunc(left, func(l lot) bool { return l.left > 0 && l.usable.Contains(d) })
				if i < 0 {
					return false
				}
				left[i].left--
			}
			return true
		}
		var had []hr.Date
		var ids []leave.RequestID
		for _, week := range rapid.SliceOfNDistinct(rapid.IntRange(0, 24), 1, 8, rapid.ID[int]).Draw(t, "asked") {
			d := hr.MustDate("2026-06-01").Add(7*week + 1)
			id, err := h.Apply(context.Background(), h.cmd(maya), ask("x", d.String()+".."+d.String()))
			if !replay(append(had, d)) {
				require.Equal(t, []hr.Rule{leave.RuleRequestShort}, rulesOf(err))
				continue
			}
			require.NoError(t, err)
			require.NoError(t, h.Decide(context.Background(), h.cmd(boss), id, leave.Decision{Agree: true}))
			had, ids = append(had, d), append(ids, id)
		}
		entries := h.entries(t)
		for _, id := range ids {
			h.agrees(t, id, entries)
		}
		all, err := h.Lots(context.Background(), hr.View{Actor: desk}, "E1", hr.MustDate("2026-12-18"))
		require.NoError(t, err)
		for _, l := range all {
			require.False(t, l.Taken.GreaterThan(l.Granted) || l.Taken.IsNegative(), "%s", l.ID)
		}
	})
}

// Six days from October and one of November, whose leave took one of October. A request of October for six days is for more days than the ledger
// has entries, and has them all the same.
func TestALongRequestMovesLaterLeave(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) { p.Negative = leave.Negative{} })
	h.grant(t, "x", "6", "2026-10-01..")
	h.grant(t, "x", "1", "2026-11-02..")
	november := h.approved(t, ask("x", "2026-11-09..2026-11-09"))
	october := h.approved(t, ask("x", "2026-10-05..2026-10-12"))
	require.Equal(t, []string{"6", "1", "0"}, []string{h.total(t, october), h.total(t, november), h.balance(t, "x", "2026-12-18")})
	for _, id := range []leave.RequestID{november, october} {
		h.agrees(t, id, h.entries(t))
	}
}

// Leave that was cancelled holds no lot: it stands in no way of the leave after it, which has a lot of its own.
func TestCancelledLeaveIsNotMoved(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) { p.Negative = leave.Negative{} })
	h.grant(t, "x", "1", "2026-10-01..")
	h.grant(t, "x", "1", "2026-11-02..")
	require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), h.approved(t, ask("x", "2026-11-03..2026-11-03"))))
	november := h.approved(t, ask("x", "2026-11-09..2026-11-09"))
	h.approved(t, ask("x", "2026-10-12..2026-10-12"))
	require.Equal(t, "0", h.balance(t, "x", "2026-12-18"))
	h.agrees(t, november, h.entries(t))
}
