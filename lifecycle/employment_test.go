package lifecycle_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

var update = flag.Bool("update", false, "rewrite the drawings in testdata")

func TestMachineDrawings(t *testing.T) {
	for file, drawn := range map[string]string{
		"testdata/employment.dot": lifecycle.Machine().DOT("employment"),
		"testdata/proposal.dot":   lifecycle.ProposalMachine().DOT("proposal"),
		"testdata/extended.dot":   sabbatical(t).Machine().DOT("extended"),
	} {
		if *update {
			require.NoError(t, os.WriteFile(file, []byte(drawn), 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(want), drawn)
	}
}

// moves is what a person at the desk can do to an employment. Dates are always good, so that only the state decides.
var moves = map[lifecycle.Event]func(h *house, emp hr.EmployeeID) error{
	lifecycle.Join: func(h *house, emp hr.EmployeeID) error { return h.Join(h.ctx, h.cmd(), emp) },
	lifecycle.Confirm: func(h *house, emp hr.EmployeeID) error {
		return h.Confirm(h.ctx, h.cmd(), emp, day("2026-07-01"))
	},
	lifecycle.Notice: func(h *house, emp hr.EmployeeID) error {
		return h.GiveNotice(h.ctx, h.cmd(), emp, lifecycle.NoticeDates{Given: day("2026-09-01")})
	},
	lifecycle.NoticeWithdrawn: func(h *house, emp hr.EmployeeID) error { return h.WithdrawNotice(h.ctx, h.cmd(), emp) },
	lifecycle.Exit: func(h *house, emp hr.EmployeeID) error {
		return h.Exit(h.ctx, h.cmd(), emp, day("2026-12-31"), "resigned")
	},
}

// From every state that can be reached, each button does what is told here, as a person would tell it, or is refused with what is possible
// instead and leaves no trace. To withdraw a notice is one button: it leads back to where the employee came from.
func TestEveryButtonInEveryState(t *testing.T) {
	type can map[lifecycle.Event]lifecycle.State
	const join, confirm, notice, stay, exit = lifecycle.Join, lifecycle.Confirm, lifecycle.Notice, lifecycle.NoticeWithdrawn, lifecycle.Exit
	for _, c := range []struct {
		way   []lifecycle.Event
		state lifecycle.State
		can   can
	}{
		{nil, "preboarding", can{join: "probation"}},
		{[]lifecycle.Event{join}, "probation", can{confirm: "confirmed", notice: "on_notice", exit: "exited"}},
		{[]lifecycle.Event{join, confirm}, "confirmed", can{notice: "on_notice", exit: "exited"}},
		{[]lifecycle.Event{join, notice}, "on_notice", can{stay: "probation", exit: "exited"}},
		{[]lifecycle.Event{join, confirm, notice}, "on_notice", can{stay: "confirmed", exit: "exited"}},
		{[]lifecycle.Event{join, confirm, notice, stay}, "confirmed", can{notice: "on_notice", exit: "exited"}},
		{[]lifecycle.Event{join, exit}, "exited", nil},
	} {
		for on, move := range moves {
			h := newHouse(hr.AllowAll)
			h.hire(t, joiner("E1", "2026-01-01"))
			for _, step := range c.way {
				require.NoError(t, moves[step](h, "E1"))
			}
			state := func() lifecycle.State {
				e, err := h.Employment(h.ctx, view, "E1")
				require.NoError(t, err)
				return e.State
			}
			require.Equal(t, c.state, state(), "after %s", c.way)
			before, err := h.state(t), move(h, "E1")
			if to, possible := c.can[on]; possible {
				require.NoError(t, err, "%s after %s", on, c.way)
				require.Equal(t, to, state(), "%s after %s", on, c.way)
				continue
			}
			require.Equal(t, []string{"state lifecycle.employment.transition"}, faults(err), "%s after %s", on, c.way)
			var refused *hr.TransitionError[lifecycle.State, lifecycle.Event]
			require.ErrorAs(t, err, &refused)
			require.Equal(t, lifecycle.Machine().Allowed(c.state), refused.Allowed)
			for _, allowed := range refused.Allowed {
				require.ErrorContains(t, err, string(allowed))
			}
			require.Equal(t, before, h.state(t), "%s after %s has left something", on, c.way)
		}
	}
}

func TestTheDaysOfAnEmployment(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("E1", "2026-01-01"))
	get := func() lifecycle.Employment {
		e, err := h.Employment(h.ctx, view, "E1")
		require.NoError(t, err)
		return e
	}
	require.Equal(t, hr.MustPeriod("2026-01-01.."), get().Period())
	require.NoError(t, moves[lifecycle.Join](h, "E1"))
	require.NoError(t, moves[lifecycle.Confirm](h, "E1"))
	require.Equal(t, day("2026-07-01"), get().Confirmed)
	notice := lifecycle.NoticeDates{Given: day("2026-09-01"), LastDay: day("2026-11-30")}
	require.NoError(t, h.GiveNotice(h.ctx, h.cmd(), "E1", notice))
	require.Equal(t, notice, get().Notice)
	require.Equal(t, "40000", h.basic(t, "E1", "2027-06-01"), "a notice ends no terms")
	require.NoError(t, h.WithdrawNotice(h.ctx, h.cmd(), "E1"))
	require.Equal(t, lifecycle.NoticeDates{}, get().Notice)
	require.NoError(t, h.GiveNotice(h.ctx, h.cmd(), "E1", notice))

	_, err := h.ChangeTerms(h.ctx, h.cmd(), "E1", raise("2027-01-01", 50000))
	require.NoError(t, err)
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-11-30"), "resigned"))
	e := get()
	require.Equal(t, hr.MustPeriod("2026-01-01..2026-11-30"), e.Period())
	require.Equal(t, "resigned", e.ExitReason)
	require.Equal(t, lifecycle.Exited, e.State)
	require.Equal(t, "40000", h.basic(t, "E1", "2026-11-30"), "the last day is employed")
	require.Empty(t, h.basic(t, "E1", "2026-12-01"))
	require.Empty(t, h.basic(t, "E1", "2027-01-01"), "a raise that was known for later holds no more")
	require.NotContains(t, fmt.Sprintf("%v", e), "Asha", "a case prints without the person")
	require.Equal(t, []string{
		"lifecycle.hire E1", "lifecycle.join E1", "lifecycle.confirm E1", "lifecycle.give_notice E1", "lifecycle.withdraw_notice E1",
		"lifecycle.give_notice E1", "lifecycle.terms E1", "lifecycle.exit E1",
	}, h.events(t))
}

func TestMovesRefuseDatesThatCannotBe(t *testing.T) {
	h := newHouse(hr.AllowAll)
	h.hire(t, joiner("E1", "2026-03-01"))
	before := h.state(t)
	err := h.Exit(h.ctx, h.cmd(), "E1", day("2026-02-28"), "never came")
	require.Equal(t, []string{"state lifecycle.employment.transition", "last_day lifecycle.exit.last_day"}, faults(err), err)
	err = h.Confirm(h.ctx, h.cmd(), "E1", hr.Date{})
	require.Equal(t, []string{"state lifecycle.employment.transition", "on lifecycle.employment.confirm"}, faults(err), err)
	require.Equal(t, before, h.state(t))

	require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
	before = h.state(t)
	notice := func(given, last string) error {
		var n lifecycle.NoticeDates
		if given != "" {
			n.Given = day(given)
		}
		if last != "" {
			n.LastDay = day(last)
		}
		return h.GiveNotice(h.ctx, h.cmd(), "E1", n)
	}
	last := hr.MustDate("9999-12-31")
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"confirmed before the first day":       {h.Confirm(h.ctx, h.cmd(), "E1", day("2026-02-28")), "on lifecycle.employment.confirm"},
		"a notice without its day":             {notice("", "2026-10-01"), "given lifecycle.notice.dates"},
		"a last day before the notice":         {notice("2026-05-02", "2026-05-01"), "last_day lifecycle.notice.dates"},
		"a last day before the first":          {notice("2026-02-01", "2026-02-28"), "last_day lifecycle.notice.dates"},
		"an exit before the start":             {h.Exit(h.ctx, h.cmd(), "E1", day("2026-02-28"), ""), "last_day lifecycle.exit.last_day"},
		"an exit without a day":                {h.Exit(h.ctx, h.cmd(), "E1", hr.Date{}, ""), "last_day lifecycle.exit.last_day"},
		"an exit on the last day of the world": {h.Exit(h.ctx, h.cmd(), "E1", last, ""), "last_day lifecycle.exit.last_day"},
	} {
		require.Equal(t, []string{c.want}, faults(c.err), name)
	}
	require.ErrorContains(t, h.Exit(h.ctx, h.cmd(), "E1", hr.Date{}, ""), "last_day: is required")
	require.Equal(t, before, h.state(t))
	require.NoError(t, notice("2026-03-01", "2026-03-01"), "all on one day")
	require.NoError(t, h.Exit(h.ctx, h.cmd(), "E1", day("2026-03-01"), "left on the first day"))
	require.Equal(t, "40000", h.basic(t, "E1", "2026-03-01"))
	require.Empty(t, h.basic(t, "E1", "2026-03-02"))
}

// The state is the fold of the events that were announced, over the table.
func TestTheStateIsTheFoldOfTheEvents(t *testing.T) {
	buttons := []lifecycle.Event{lifecycle.Join, lifecycle.Confirm, lifecycle.Notice, lifecycle.NoticeWithdrawn, lifecycle.Exit}
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(hr.AllowAll)
		h.hire(t, joiner("E1", "2026-01-01"))
		for _, on := range rapid.SliceOfN(rapid.SampledFrom(buttons), 0, 12).Draw(t, "buttons") {
			_ = moves[on](h, "E1")
		}
		state := lifecycle.Machine().Start()
		for _, announced := range h.events(t)[1:] { // the first is the hire
			on := strings.TrimSuffix(strings.TrimPrefix(announced, "lifecycle."), " E1")
			next, err := lifecycle.Machine().Next(state, lifecycle.Event(on))
			require.NoError(t, err)
			state = next
		}
		e, err := h.Employment(h.ctx, view, "E1")
		require.NoError(t, err)
		require.Equal(t, state, e.State)
	})
}
