package lifecycle_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// The first day moves from Monday 2 November to Thursday the 12th: what is open is counted from there, and the gate is still shut.
func TestAPostponedFirstDayTakesItsChecklistAlong(t *testing.T) {
	h := onboarding(t)
	id := h.start(t, lifecycle.Joining)
	require.NoError(t, h.Postpone(h.ctx, h.cmd(), "E1", day("2026-11-12")))
	// Three working days before the 12th: the 11th, the 10th and, the 9th being Diwali, Friday the 6th. Two after: the 16th.
	require.Equal(t, []string{"papers 2026-11-06 open", "laptop 2026-11-11 open", "tour 2026-11-16 open"}, h.dues(t, id))
	require.ErrorContains(t, h.Join(h.ctx, h.cmd(), "E1"), "open: Identity papers")
	require.NoError(t, h.NoShow(h.ctx, h.cmd(), "E1"))
	require.True(t, h.list(t, id).Dropped, "they never came")
}

// Retirement waits for the handover, death for nobody, and a second employment has checklists and a settlement of its own.
func TestEverySpellHasItsOwnGates(t *testing.T) {
	h := onboarding(t)
	_, err := h.StartChecklist(h.ctx, h.cmd(), "M", lifecycle.ChecklistStart{Kind: lifecycle.Leaving, Day: day("2026-11-30")})
	require.NoError(t, err)
	h.Templates[1].Tasks = nil // nothing is asked of M's joining
	require.NoError(t, h.Join(h.ctx, h.cmd(), "M"))
	require.Equal(t, []string{"gate.exit lifecycle.gate"}, faults(h.Retire(h.ctx, h.cmd(), "M", lifecycle.Retirement{LastDay: day("2026-11-30")})))
	require.NoError(t, h.RecordDeath(h.ctx, h.cmd(), "M", day("2026-11-05")))

	h = onboarding(t)
	id := h.start(t, lifecycle.Joining)
	papers := lifecycle.TaskEnd{State: lifecycle.TaskDone, Given: []hr.Ref{{Kind: "passport", ID: "P1"}}}
	require.NoError(t, h.EndTask(h.ctx, h.as("E1"), id, "papers", papers))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	leaving, err := h.StartChecklist(h.ctx, h.cmd(), "E1", lifecycle.ChecklistStart{Kind: lifecycle.Leaving, Day: day("2026-11-13")})
	require.NoError(t, err)
	require.NoError(t, h.EndTask(h.ctx, h.as("M"), leaving, "handover", done))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-11-13"), "resigned"))
	require.NoError(t, h.EndTask(h.ctx, h.as("it-desk"), leaving, "access", done))
	settled := hr.Settlement{Employee: "E1", LastDay: day("2026-11-13"), Run: hr.Ref{Kind: "run", ID: "R1"}, PaidOn: day("2026-11-17"), Digest: "d"}
	require.NoError(t, h.Settle(h.ctx, h.cmd(), settled))

	again := joiner("E1", "2027-02-01")
	again.Terms.Manager = "M"
	_, err = h.Rehire(h.ctx, h.cmd(), lifecycle.Rehiring{Former: "E1", Hire: again})
	require.NoError(t, err)
	e, err := h.Employment(h.ctx, view, "E1")
	require.NoError(t, err)
	require.Zero(t, e.Settled, "the new spell is not settled")
	require.ErrorContains(t, h.Join(h.ctx, h.cmd(), "E1"), "the checklist joining is not started", "the papers of the first time do not count")
	second := h.start(t, lifecycle.Joining)
	require.NoError(t, h.EndTask(h.ctx, h.as("E1"), second, "papers", papers))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.Equal(t, []string{"gate.exit lifecycle.gate"}, faults(h.Exit(h.ctx, h.cmd(), "E1", day("2027-03-31"), "resigned")))
}

// Somebody who is rehired or comes earlier takes a seat like anybody else.
func TestSeatsOverSpells(t *testing.T) {
	h := organised(hr.AllowAll)
	h.organise(t, since("2026-01-01", unit("ops", "", ""), position("cook", "ops", "", 1))...)
	in := func(id hr.EmployeeID, start string) hr.Hire {
		j := joiner(id, start)
		j.Terms.Position = "cook"
		return j
	}
	h.hire(t, in("E1", "2026-01-01"))
	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-06-30"), "resigned"))
	h.hire(t, in("E2", "2026-07-01"))
	require.Equal(t, []string{"terms.position lifecycle.headcount"}, faults(h.Postpone(h.ctx, h.cmd(), "E2", day("2026-06-30"))))
	_, err := h.Rehire(h.ctx, h.cmd(), lifecycle.Rehiring{Former: "E1", Hire: in("E1", "2026-09-01")})
	require.Equal(t, []string{"terms.position lifecycle.headcount"}, faults(err))
	require.NoError(t, h.Postpone(h.ctx, h.cmd(), "E2", day("2026-07-15")))
}

// Three are imported into two seats, one after another has left: on no day are there three, so they may. A fourth may not.
func TestAnImportTakesSeats(t *testing.T) {
	h := organised(hr.AllowAll)
	h.organise(t, since("2020-01-01", unit("ops", "", ""), position("cook", "ops", "", 2))...)
	row := func(id hr.EmployeeID, start, last string) lifecycle.Arrival {
		a := lifecycle.Arrival{Hire: joiner(id, start), Joined: true}
		a.Hire.Terms.Position = "cook"
		if last != "" {
			a.LastDay = day(last)
		}
		return a
	}
	three := []lifecycle.Arrival{row("E1", "2020-01-01", "2022-12-31"), row("E2", "2021-01-01", ""), row("E3", "2023-01-01", "")}
	before := h.state(t)
	_, err := h.Import(h.ctx, h.cmd(), append(slices.Clone(three), row("E4", "2024-01-01", "")))
	require.Equal(t, []string{"rows lifecycle.headcount"}, faults(err))
	require.ErrorContains(t, err, "on 2024-01-01 position cook would hold 3 of 2")
	require.Equal(t, before, h.state(t))
	_, err = h.Import(h.ctx, h.cmd(), three)
	require.NoError(t, err)
}

// Who is suspended is asked for nothing, and nobody above them is left out.
func TestWhoIsSuspendedDoesNotApprove(t *testing.T) {
	h := company(t)
	require.NoError(t, h.Join(h.ctx, h.cmd(), "mid"))
	require.NoError(t, h.Suspend(h.ctx, h.cmd(), "mid", lifecycle.AwayTerms{From: day("2026-10-20")}))
	require.Equal(t, "manager: 1 of [top]", h.who(t, leaveOf("low")))
}
