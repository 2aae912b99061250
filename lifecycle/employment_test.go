package lifecycle_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
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
	lifecycle.Postpone: func(h *house, emp hr.EmployeeID) error {
		return h.Postpone(h.ctx, h.cmd(), emp, h.dayOf(emp, 1))
	},
	lifecycle.NoShow:  func(h *house, emp hr.EmployeeID) error { return h.NoShow(h.ctx, h.cmd(), emp) },
	lifecycle.CallOff: func(h *house, emp hr.EmployeeID) error { return h.CallOff(h.ctx, h.cmd(), emp, "changed her mind") },
	lifecycle.ExtendProbation: func(h *house, emp hr.EmployeeID) error {
		return h.ExtendProbation(h.ctx, h.cmd(), emp, h.dayOf(emp, 200+h.n))
	},
	lifecycle.Confirm: func(h *house, emp hr.EmployeeID) error {
		return h.Confirm(h.ctx, h.cmd(), emp, h.dayOf(emp, 181))
	},
	lifecycle.Suspend: func(h *house, emp hr.EmployeeID) error {
		return h.Suspend(h.ctx, h.cmd(), emp, lifecycle.AwayTerms{From: h.dayOf(emp, 60)})
	},
	lifecycle.StartLongLeave: func(h *house, emp hr.EmployeeID) error {
		return h.StartLongLeave(h.ctx, h.cmd(), emp, lifecycle.AwayTerms{From: h.dayOf(emp, 60)})
	},
	lifecycle.Second: func(h *house, emp hr.EmployeeID) error {
		return h.Second(h.ctx, h.cmd(), emp, lifecycle.AwayTerms{From: h.dayOf(emp, 60), At: "Beta Ltd"})
	},
	lifecycle.Revise: func(h *house, emp hr.EmployeeID) error {
		return h.Revise(h.ctx, h.cmd(), emp, lifecycle.AwayTerms{From: h.dayOf(emp, 70)})
	},
	lifecycle.Return: func(h *house, emp hr.EmployeeID) error {
		return h.Return(h.ctx, h.cmd(), emp, lifecycle.Back{On: h.dayOf(emp, 90)})
	},
	lifecycle.Notice: func(h *house, emp hr.EmployeeID) error {
		return h.GiveNotice(h.ctx, h.cmd(), emp, lifecycle.NoticeDates{Given: h.dayOf(emp, 243)})
	},
	lifecycle.NoticeWithdrawn: func(h *house, emp hr.EmployeeID) error { return h.WithdrawNotice(h.ctx, h.cmd(), emp) },
	lifecycle.Exit: func(h *house, emp hr.EmployeeID) error {
		return h.Exit(h.ctx, h.cmd(), emp, h.dayOf(emp, 364), "resigned")
	},
	lifecycle.Retire: func(h *house, emp hr.EmployeeID) error {
		return h.Retire(h.ctx, h.cmd(), emp, lifecycle.Retirement{LastDay: h.dayOf(emp, 364)})
	},
	lifecycle.Die: func(h *house, emp hr.EmployeeID) error {
		return h.RecordDeath(h.ctx, h.cmd(), emp, h.dayOf(emp, 300))
	},
	lifecycle.Rehire: func(h *house, emp hr.EmployeeID) error {
		_, err := h.Rehire(h.ctx, h.cmd(), lifecycle.Rehiring{Former: emp, Hire: joiner("", h.dayOf(emp, 400).String())})
		return err
	},
}

// dayOf is the day n days after the first of emp, who may be nobody.
func (h *house) dayOf(emp hr.EmployeeID, n int) hr.Date {
	e, err := h.db.Employment(h.ctx, emp)
	if err != nil {
		return day("2026-01-01").Add(n)
	}
	return e.Start.Add(n)
}

// From every state that can be reached, each button does what is told here, as a person would tell it, or is refused with what is possible
// instead and leaves no trace. To withdraw a notice, or to be back, is one button: it leads to where the employee came from.
func TestEveryButtonInEveryState(t *testing.T) {
	type can map[lifecycle.Event]lifecycle.State
	const (
		join, confirm, extend, notice, stay  = lifecycle.Join, lifecycle.Confirm, lifecycle.ExtendProbation, lifecycle.Notice, lifecycle.NoticeWithdrawn
		suspend, leave, second, revise, back = lifecycle.Suspend, lifecycle.StartLongLeave, lifecycle.Second, lifecycle.Revise, lifecycle.Return
		exit, retire, die, rehire            = lifecycle.Exit, lifecycle.Retire, lifecycle.Die, lifecycle.Rehire
		postpone, noShow, callOff            = lifecycle.Postpone, lifecycle.NoShow, lifecycle.CallOff
	)
	with := func(more can) can {
		all := can{exit: "exited", retire: "retired", die: "deceased"}
		maps.Copy(all, more)
		return all
	}
	goes := can{suspend: "suspended", leave: "on_long_leave", second: "seconded", notice: "on_notice"}
	probation, confirmed := with(goes), with(goes)
	probation[confirm], probation[extend] = "confirmed", "probation"
	for _, c := range []struct {
		way   []lifecycle.Event
		state lifecycle.State
		can   can
	}{
		{nil, "preboarding", can{join: "probation", postpone: "preboarding", noShow: "never_came", callOff: "withdrawn", die: "deceased"}},
		{[]lifecycle.Event{postpone, postpone}, "preboarding", can{join: "probation", postpone: "preboarding", noShow: "never_came", callOff: "withdrawn", die: "deceased"}},
		{[]lifecycle.Event{join}, "probation", probation},
		{[]lifecycle.Event{join, extend}, "probation", probation},
		{[]lifecycle.Event{join, confirm}, "confirmed", confirmed},
		{[]lifecycle.Event{join, notice}, "on_notice", with(can{stay: "probation", suspend: "suspended"})},
		{[]lifecycle.Event{join, confirm, notice}, "on_notice", with(can{stay: "confirmed", suspend: "suspended"})},
		{[]lifecycle.Event{join, confirm, notice, stay}, "confirmed", confirmed},
		{[]lifecycle.Event{join, suspend}, "suspended", with(can{revise: "suspended", back: "probation"})},
		{[]lifecycle.Event{join, confirm, suspend, revise}, "suspended", with(can{revise: "suspended", back: "confirmed"})},
		{[]lifecycle.Event{join, confirm, notice, suspend}, "suspended", with(can{revise: "suspended", back: "on_notice"})},
		{[]lifecycle.Event{join, confirm, notice, suspend, back}, "on_notice", with(can{stay: "confirmed", suspend: "suspended"})},
		{[]lifecycle.Event{join, leave}, "on_long_leave", with(can{revise: "on_long_leave", back: "probation", notice: "on_notice"})},
		{[]lifecycle.Event{join, confirm, leave}, "on_long_leave", with(can{revise: "on_long_leave", back: "confirmed", notice: "on_notice"})},
		{[]lifecycle.Event{join, confirm, leave, notice}, "on_notice", with(can{stay: "on_long_leave", suspend: "suspended"})},
		{[]lifecycle.Event{join, confirm, leave, notice, stay}, "on_long_leave", with(can{revise: "on_long_leave", back: "confirmed", notice: "on_notice"})},
		{[]lifecycle.Event{join, second}, "seconded", with(can{revise: "seconded", back: "probation", notice: "on_notice"})},
		{[]lifecycle.Event{join, confirm, second, notice}, "on_notice", with(can{stay: "seconded", suspend: "suspended"})},
		{[]lifecycle.Event{join, confirm, second, back}, "confirmed", confirmed},
		{[]lifecycle.Event{join, exit}, "exited", can{rehire: "preboarding"}},
		{[]lifecycle.Event{join, retire}, "retired", can{rehire: "preboarding"}},
		{[]lifecycle.Event{noShow}, "never_came", can{rehire: "preboarding"}},
		{[]lifecycle.Event{callOff}, "withdrawn", can{rehire: "preboarding"}},
		{[]lifecycle.Event{join, exit, rehire, join, confirm}, "confirmed", confirmed},
		{[]lifecycle.Event{die}, "deceased", nil},
		{[]lifecycle.Event{join, confirm, leave, die}, "deceased", nil},
	} {
		for on, move := range moves {
			h := newHouse(hr.AllowAll)
			h.hire(t, joiner("E1", "2026-01-01"))
			for _, step := range c.way {
				require.NoError(t, moves[step](h, "E1"), "%s in %s", step, c.way)
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
			require.Contains(t, faults(err), "state lifecycle.employment.transition", "%s after %s", on, c.way)
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

// Random walks over all buttons. After every step, refused or not: the state is the fold of the events that were announced and of those on
// record; there is no way out of an end but a rehire; the days with terms are exactly the days of the employment and of its earlier spells;
// nobody is paid, at work or earning leave where nobody is employed; and who stands otherwise than at work does so in a state that is open.
func TestWalks(t *testing.T) {
	buttons := slices.Sorted(maps.Keys(moves))
	rapid.Check(t, func(t *rapid.T) {
		h := newHouse(hr.AllowAll)
		h.hire(t, joiner("E1", "2026-01-01"))
		before := lifecycle.Preboarding
		for _, on := range rapid.SliceOfN(rapid.SampledFrom(buttons), 0, 14).Draw(t, "buttons") {
			err := moves[on](h, "E1")
			e, missing := h.Employment(h.ctx, view, "E1")
			require.NoError(t, missing)
			if err == nil && !lifecycle.Standard().Meaning(before).Employed {
				require.Equal(t, lifecycle.Rehire, on)
				require.NotEqual(t, lifecycle.Deceased, before)
			}
			before = e.State
			h.holds(t, e)
		}
	})
}

// Raises that come in between, of any day, and are all withdrawn in the end leave every day as it is without them: who is employed, at
// what pay, and how they stand.
func TestWithdrawnRaisesLeaveStandingAlone(t *testing.T) {
	buttons := slices.Sorted(maps.Keys(moves))
	rapid.Check(t, func(t *rapid.T) {
		plain, raised := newHouse(hr.AllowAll), newHouse(hr.AllowAll)
		for _, h := range []*house{plain, raised} {
			h.hire(t, joiner("E1", "2026-01-01"))
			require.NoError(t, h.Join(h.ctx, h.cmd(), "E1"))
		}
		var raises []string
		for _, on := range rapid.SliceOfN(rapid.SampledFrom(buttons), 0, 8).Draw(t, "buttons") {
			if rapid.Bool().Draw(t, "raise first") {
				c := raise(day("2026-01-01").Add(rapid.IntRange(0, 700).Draw(t, "from")).String(), int64(50000+len(raises)))
				c.Onward = rapid.Bool().Draw(t, "onward")
				if id, err := raised.ChangeTerms(raised.ctx, raised.cmd(), "E1", c); err == nil {
					raises = append(raises, id)
				}
			}
			raised.n = max(plain.n, raised.n) // dates that grow with the commands grow alike
			plain.n = raised.n
			without, with := moves[on](plain, "E1"), moves[on](raised, "E1")
			require.Equal(t, without == nil, with == nil, "%s: %v and %v", on, without, with)
		}
		for _, id := range rapid.Permutation(raises).Draw(t, "order") {
			_, err := raised.WithdrawTerms(raised.ctx, raised.cmd(), "E1", id)
			require.NoError(t, err)
		}
		want, got := plain.terms(t, "E1", 0), raised.terms(t, "E1", 0)
		days := []hr.Date{day("2025-12-31")} // between two steps nothing changes
		for _, step := range slices.Concat(want.Steps(), got.Steps()) {
			days = append(days, step.Since.Add(-1), step.Since)
		}
		for _, d := range days {
			a, employedA := want.At(d)
			b, employedB := got.At(d)
			require.Equal(t, employedA, employedB, d)
			require.Equal(t, hr.Digest("terms", a), hr.Digest("terms", b), "%s", d)
		}
	})
}

// holds requires what always holds of an employment.
func (h *house) holds(t require.TestingT, e lifecycle.Employment) {
	machine := lifecycle.Machine()
	announced, recorded := machine.Start(), machine.Start()
	for _, x := range h.events(t) {
		on := lifecycle.Event(strings.TrimSuffix(strings.TrimPrefix(x, "lifecycle."), " "+string(e.ID)))
		if on == "hire" || on == "terms" {
			continue
		}
		next, err := machine.Next(announced, on)
		require.NoError(t, err)
		announced = next
	}
	happened, err := h.Happenings(h.ctx, view, e.ID)
	require.NoError(t, err)
	for _, x := range happened {
		if x.Value.To == "" {
			continue
		}
		recorded, err = machine.Next(recorded, x.Value.Event)
		require.NoError(t, err)
		require.Equal(t, recorded, x.Value.To)
	}
	require.Equal(t, []lifecycle.State{e.State, e.State}, []lifecycle.State{announced, recorded})

	line := h.terms(t, e.ID, 0)
	employed := func(d hr.Date) bool {
		in := func(start, last hr.Date) bool { return !d.Before(start) && (last.IsZero() || !d.After(last)) }
		for _, s := range e.Earlier {
			if in(s.Start, s.LastDay) {
				return true
			}
		}
		return in(e.Start, e.LastDay)
	}
	first := e.Start
	if len(e.Earlier) > 0 {
		first = e.Earlier[0].Start
	}
	for n := -3; n < e.Start.Since(first)+420; n++ {
		d := first.Add(n)
		terms, has := line.At(d)
		require.Equal(t, employed(d), has, "terms on %s", d)
		standing, err := lifecycle.StandingOf(terms)
		require.NoError(t, err)
		if has && standing.State != "" {
			means := lifecycle.Standard().Meaning(standing.State)
			require.True(t, means.Employed && means.Interrupts, standing.State)
			require.True(t, standing.Share.Sign() >= 0 && standing.Share.LessThanOrEqual(decimal.NewFromInt(1)))
		}
	}
	if !lifecycle.Standard().Meaning(e.State).Interrupts {
		require.Empty(t, e.Behind)
		require.True(t, !lifecycle.Standard().Meaning(e.State).Employed || e.Away == lifecycle.AwayDates{}, "away in %s", e.State)
	}
}
