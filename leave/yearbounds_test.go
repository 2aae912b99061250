package leave_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// yearsOfJuly puts a type into the house whose leave year ends on 30 June, and grants four days.
func (h *house) yearsOfJuly(t fataler, change func(p *leave.Policy)) {
	t.Helper()
	h.with(t, "x", func(p *leave.Policy) {
		p.Negative, p.Year, p.CarryOver.Closes = leave.Negative{}, leave.Year{Month: 7, Day: 1}, true
		change(p)
	})
	h.grant(t, "x", "4", "2026-01-05..")
}

// A leave year ends when accruals are run, and not with leave that is approved after its last day.
func TestLeaveEndsNoYear(t *testing.T) {
	h := open(t)
	h.yearsOfJuly(t, func(*leave.Policy) {})
	h.grant(t, "x", "1", "2026-08-03..")
	h.approved(t, ask("x", "2026-05-04..2026-05-04"))
	require.Equal(t, "4", h.balance(t, "x", "2026-08-31"), "three days of a year that nobody has ended, and one")
	_, err := h.AccrueThrough(t.Context(), h.cmd(desk), hr.MustDate("2026-08-31"), "E1")
	require.NoError(t, err)
	require.Equal(t, "1", h.balance(t, "x", "2026-08-31"))
}

// Nothing is carried: the four days that lapse at the year's end are there for leave of May that is learnt of later.
func TestLateLeaveTakesWhatLapsedAtAYearEndThatCarriesNothing(t *testing.T) {
	h := open(t)
	h.yearsOfJuly(t, func(*leave.Policy) {})
	_, err := h.AccrueThrough(t.Context(), h.cmd(desk), hr.MustDate("2026-07-31"), "E1")
	require.NoError(t, err)
	require.Equal(t, "0", h.balance(t, "x", "2026-07-01"))
	h.approved(t, ask("x", "2026-05-04..2026-05-07"))
	require.Equal(t, []string{"0", "0"}, []string{h.balance(t, "x", "2026-06-30"), h.balance(t, "x", "2026-07-01")})
	h.refuses(t, ask("x", "2026-05-11..2026-05-11"), leave.RuleRequestShort)
}

// Of three days and six, two are paid and five stay: both come from the first lot, and the second gives nothing.
func TestWhatStaysIsNoPayout(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) {
		p.Negative, p.Encashment = leave.Negative{}, leave.Encashment{Asked: true, Keep: dec("5")}
	})
	h.grant(t, "x", "3", "2026-01-05..2026-10-31")
	h.grant(t, "x", "6", "2026-01-05..")
	_, err := h.Encash(t.Context(), h.cmd(desk), leave.Encashing{Employee: "E1", Type: "x", Quantity: dec("2"), On: hr.MustDate("2026-10-05")})
	require.NoError(t, err)
	paid, err := h.Paid(t.Context(), hr.View{Actor: desk}, "E1", hr.MustPeriod("2026-10-01..2026-10-31"))
	require.NoError(t, err)
	require.Len(t, paid, 1)
	require.Equal(t, "2", paid[0].Quantity.String())
}

// Leave for an event that says nothing of months never lapses.
func TestAnEventWithoutMonthsNeverLapses(t *testing.T) {
	h := open(t)
	h.with(t, "x", func(p *leave.Policy) { p.Negative, p.Occasion = leave.Negative{}, leave.Occasion{Days: dec("2")} })
	_, err := h.GrantOccasion(t.Context(), h.cmd(desk), "E1", "x", hr.MustDate("2026-10-20"), hr.Ref{Kind: "move", ID: "1"})
	require.NoError(t, err)
	lots, err := h.Lots(t.Context(), hr.View{Actor: desk}, "E1", hr.MustDate("2026-10-20"))
	require.NoError(t, err)
	require.Len(t, lots, 1)
	require.Equal(t, hr.MustPeriod("2026-10-20.."), lots[0].Usable)
}
