package leave_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Two days a month from January; then the last day turns out to be 10 March. April's and May's credits go back on the days on which they
// were there, and come again when the last day is withdrawn; March's was due on its day.
func TestALastDayThatIsPutBackTakesBackTheMonthsAfterIt(t *testing.T) {
	p := earned(leave.Accrual{Every: leave.Monthly, Days: dec("2"), Day: 1}, leave.Expiry{})
	p.Cap = leave.Cap{Balance: dec("9")}
	through := hr.MustDate("2026-05-31")
	accrue := func(ledger []leave.Entry, employed string) []leave.Entry {
		due, err := leave.Accrue("earned", held(t, p), []hr.Period{hr.MustPeriod(employed)}, ledger, through)
		require.NoError(t, err)
		return due
	}
	ledger := accrue(nil, "2026-01-01..")
	require.Equal(t, "9", leave.Balance(ledger, "earned", through).String())
	back := accrue(ledger, "2026-01-01..2026-03-10")
	require.Equal(t, []string{
		"accrual/earned/2026-04 accrual -2 @ 2026-04-01",
		"accrual/earned/2026-05 cap 1 @ 2026-05-01", "accrual/earned/2026-05 accrual -2 @ 2026-05-01",
	}, posted(back), "what was above the cap comes back first, and nobody owes it")
	ledger = append(ledger, back...)
	for month, want := range map[string]string{"2026-03-31": "6", "2026-04-30": "6", "2026-05-31": "6"} {
		require.Equal(t, want, leave.Balance(ledger, "earned", hr.MustDate(month)).String(), month)
	}
	require.Empty(t, accrue(ledger, "2026-01-01..2026-03-10"))
	again := accrue(ledger, "2026-01-01..")
	require.Equal(t, []string{
		"accrual/earned/2026-04 accrual 2 @ 2026-04-01", "accrual/earned/2026-05 accrual 2 @ 2026-05-01", "accrual/earned/2026-05 cap -1 @ 2026-05-01",
	}, posted(again))
	ledger = append(ledger, again...)
	require.Empty(t, accrue(ledger, "2026-01-01.."))
	requireOwnIDs(t, ledger)
	var caps []string
	for _, e := range ledger {
		if e.Value.Kind == leave.Capped {
			caps = append(caps, e.ID)
		}
	}
	require.Equal(t, []string{"accrual/earned/2026-05/cap", "accrual/earned/2026-05/cap/1", "accrual/earned/2026-05/cap/2"}, caps)

	// Who joined later than was known was not there in January and February.
	first := accrue(nil, "2026-01-01..")
	require.Equal(t, []string{
		"accrual/earned/2026-01 accrual -2 @ 2026-01-01", "accrual/earned/2026-02 accrual -2 @ 2026-02-01",
	}, posted(accrue(first, "2026-02-15.."))[:2])
}

func requireOwnIDs(t require.TestingT, ledger []leave.Entry) {
	seen := map[string]bool{}
	for _, e := range ledger {
		require.False(t, seen[e.ID], "%s is the ID of two entries", e.ID)
		seen[e.ID] = true
	}
}

// 20 days a year in front of which 5 are carried: 2027 and 2028 were credited and closed when the last day turns out to be in June 2026. What
// those year ends carried and forfeited comes back first, the newest first, and then the credits go from their own lots: nothing is owed.
func TestALastDayThatIsPutBackTakesBackTheYearEndsAfterIt(t *testing.T) {
	p := closing("5", "0")
	run := func(ledger []leave.Entry, employed string) []leave.Entry {
		due, err := leave.Due("earned", held(t, p), []hr.Period{hr.MustPeriod(employed)}, ledger, hr.MustDate("2028-02-28"))
		require.NoError(t, err)
		return append(ledger, due...)
	}
	ledger := run(nil, "2026-01-01..")
	require.Equal(t, "25", leave.Balance(ledger, "earned", hr.MustDate("2028-02-28")).String(), "20 of 2028, and 5 that 2027 left")
	early := run(ledger, "2026-01-01..2026-06-30")
	require.Len(t, run(early, "2026-01-01..2026-06-30"), len(early))
	fresh := run(nil, "2026-01-01..2026-06-30")
	for _, day := range []string{"2026-06-30", "2026-12-31", "2027-01-01", "2028-01-01", "2028-02-28"} {
		require.Equal(t, leave.Balance(fresh, "earned", hr.MustDate(day)).String(), leave.Balance(early, "earned", hr.MustDate(day)).String(), "as if it had been known, on %s", day)
	}
	for _, l := range leave.Lots(early, hr.MustDate("2028-02-28")) {
		require.NotEqual(t, leave.Advance, l.ID, "nobody owes what nobody took")
		require.False(t, l.Left.IsNegative(), l.ID)
	}
	require.Equal(t, "25", leave.Balance(run(early, "2026-01-01.."), "earned", hr.MustDate("2028-02-28")).String(), "and it is as it was when the last day is withdrawn")
}

func (h *house) employ(t fataler, through string) {
	t.Helper()
	end := hr.MustDate(through)
	terms, err := hr.NewTimeline(
		hr.Step[hr.Terms]{Since: hr.MustDate("2026-01-05"), Value: hr.Terms{Calendar: "blr"}}, hr.Step[hr.Terms]{Since: end.Add(1), Void: true},
	)
	require.NoError(t, err)
	h.Terms = staff{"E1": terms}
}

// Three days and a half are taken in September; then the last day turns out to be the second of them. The two after it come back, once; they are
// taken again when the last day is put off, and a request that is cancelled in between gives back what it holds and no more.
func TestLeaveAfterTheLastDayComesBack(t *testing.T) {
	h := open(t)
	h.grant(t, "casual", "6", "2026-01-05..2026-12-18")
	half := ask("casual", "2026-09-01..2026-09-04")
	half.ThroughHalf = hr.FirstHalf
	id := h.approved(t, half)
	left := func(want string) {
		t.Helper()
		entries, err := h.Ledger.MovementsOf(t.Context(), []hr.Pin{{Employee: "E1"}})
		require.NoError(t, err)
		require.Equal(t, want, leave.Balance(entries[0], "casual", hr.MustDate("2026-12-18")).String())
	}
	run := func() {
		t.Helper()
		_, err := h.AccrueThrough(t.Context(), h.cmd(desk), hr.MustDate("2026-09-30"), "E1")
		require.NoError(t, err)
		again, err := h.AccrueThrough(t.Context(), h.cmd(desk), hr.MustDate("2026-09-30"), "E1")
		require.NoError(t, err)
		require.Zero(t, again, "a second run posts nothing")
	}
	run()
	left("2.5")
	h.employ(t, "2026-09-02")
	run()
	left("4")
	h.employ(t, "2026-09-03")
	run()
	left("3")
	h.employ(t, "2026-12-18")
	run()
	left("2.5")
	requireOwnIDs(t, h.entries(t))
	for _, e := range h.entries(t) {
		switch e.Value.Kind {
		case leave.Used:
			require.True(t, e.Value.Quantity.IsNegative(), e.ID)
		case leave.Returned:
			require.True(t, e.Value.Quantity.IsPositive(), e.ID)
		}
	}
	h.employ(t, "2026-09-02")
	run()
	require.NoError(t, h.Cancel(t.Context(), h.cmd(maya), id))
	left("6")
	h.employ(t, "2026-12-18")
	run()
	left("6")
}

// However often the last day changes, and whenever runs are made between: the ledger says on every day what one run says that
// knew the last word from the start, and nobody owes anything as nobody took anything.
func TestWhateverTheLastDayWasItIsAsIfKnown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := closing(fmt.Sprint(rapid.IntRange(0, 6).Draw(t, "carry")), fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "pay")))
		p.Accrual = leave.Accrual{Every: rapid.SampledFrom([]leave.Frequency{leave.Monthly, leave.Quarterly, leave.Yearly}).Draw(t, "every"), Day: 1}
		if rapid.Bool().Draw(t, "days") {
			if p.Accrual.Days = dec("2"); p.Accrual.Every != leave.Monthly {
				p.Accrual.Month = 1
			}
		} else {
			p.Accrual.PerYear, p.Rounding = dec("14"), leave.Rounded{Step: dec("0.5"), Mode: hr.HalfUp}
			if rapid.Bool().Draw(t, "prorated") {
				p.Proration = leave.Proration{Method: leave.ByMonthsTouched, Leaving: true}
			}
		}
		p.Encashment.Exit = rapid.Bool().Draw(t, "exit")
		policies := held(&testing.T{}, p)
		run := func(ledger []leave.Entry, employed hr.Period, through hr.Date) []leave.Entry {
			due, err := leave.Due("earned", policies, []hr.Period{employed}, ledger, through)
			require.NoError(t, err)
			ledger = append(ledger, due...)
			again, err := leave.Due("earned", policies, []hr.Period{employed}, ledger, through)
			require.NoError(t, err)
			require.Empty(t, posted(again))
			return ledger
		}
		first := hr.MustDate("2024-02-10")
		// Leave of another type stands before and among what is due, under the name of a lot of this one, and changes nothing.
		other := leave.Entry{ID: "sick", Period: hr.MustPeriod("2024-02-10.."), Value: leave.Movement{Type: "sick", Lot: "accrual/earned/2024-03-01", Kind: leave.Accrued, Quantity: dec("7")}}
		var ledger []leave.Entry
		if rapid.Bool().Draw(t, "other") {
			ledger = append(ledger, other)
		}
		var employed hr.Period
		for range rapid.IntRange(1, 6).Draw(t, "changes") {
			employed = hr.Period{From: first}
			if rapid.IntRange(0, 2).Draw(t, "left") > 0 {
				employed.Through = employed.From.Add(rapid.IntRange(0, 800).Draw(t, "days"))
			}
			ledger = run(ledger, employed, first.Add(rapid.IntRange(0, 900).Draw(t, "through")))
		}
		if len(ledger) == 0 || ledger[0].Value.Type != "sick" {
			ledger = append(ledger, other)
		}
		end := first.Add(950)
		ledger, fresh := run(ledger, employed, end), run(nil, employed, end)
		for d := first; !d.After(end); d = d.Add(13) {
			require.Equal(t, leave.Balance(fresh, "earned", d).String(), leave.Balance(ledger, "earned", d).String(), "on %s", d)
		}
		for _, l := range leave.Lots(ledger, end) {
			require.NotEqual(t, leave.Advance, l.ID, "%s", l.Left)
			require.False(t, l.Left.IsNegative(), "%s", l.ID)
		}
		requireOwnIDs(t, ledger)
	})
}

// What is left of a type that no policy names any more lapses when its lots do, also in the run that brings a day after the last one back.
func TestATypeWithoutAPolicyLapsesAllTheSame(t *testing.T) {
	h := open(t)
	h.with(t, "gone", func(p *leave.Policy) { p.Negative = leave.Negative{} })
	h.grant(t, "gone", "1", "2026-01-05..2026-03-31")
	h.grant(t, "gone", "2", "2026-01-05..2026-04-30")
	h.grant(t, "casual", "1", "2026-01-05..")
	h.approved(t, ask("casual", "2026-12-17..2026-12-17"))
	delete(h.Policies, "gone")
	h.employ(t, "2026-12-16")
	_, err := h.AccrueThrough(t.Context(), h.cmd(desk), hr.MustDate("2026-10-01"), "E1")
	require.NoError(t, err)
	require.Equal(t, "1", h.balance(t, "casual", "2026-12-16"))
	var lapsed []string
	for _, e := range h.entries(t) {
		if e.Value.Type == "gone" && e.Value.Kind == leave.Lapsed {
			lapsed = append(lapsed, e.Value.Quantity.String())
		}
	}
	require.ElementsMatch(t, []string{"-1", "-2"}, lapsed)
}

// A timesheet that does not say of which days it is earns nothing, and the fault names it.
func TestATimesheetNeedsItsDays(t *testing.T) {
	_, err := leave.Earned("x", hr.Timeline[leave.Policy]{}, nil, nil, hr.Timesheet{Employee: "E1"})
	require.Equal(t, []hr.Rule{leave.RuleWorked}, rulesOf(err))
	require.Equal(t, "sheets[0].period", hr.FieldErrors(err)[0].Path)
}
