package leave_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

func closing(carry, pay string) leave.Policy {
	p := earned(leave.Accrual{Every: leave.Yearly, PerYear: dec("20"), Day: 1}, leave.Expiry{})
	p.CarryOver = leave.CarryOver{Closes: true, Limit: dec(carry), Months: 3}
	p.Encashment = leave.Encashment{YearEnd: dec(pay), Exit: true}
	return p
}

func taken(p leave.Policy, ledger []leave.Entry, seq int, day string) []leave.Entry {
	d := hr.MustDate(day)
	drawn, short := leave.Draw(ledger, p, []leave.Day{{Date: d, Quantity: dec("1")}})
	if short.Sign() > 0 {
		return ledger
	}
	for i, s := range drawn[0].Lots {
		e := use(hr.Seq(seq), i, s, d)
		e.ID = fmt.Sprintf("use/%d/%d", seq, i)
		ledger = append(ledger, e)
	}
	return ledger
}

// 20 days, 8 taken: of the 12 that are left 5 are carried to the end of March, 4 are paid and 3 lapse.
func TestYearEnd(t *testing.T) {
	p := closing("5", "4")
	policies := held(t, p)
	employed := []hr.Period{hr.MustPeriod("2025-01-01..")}
	ledger, err := leave.Due("earned", policies, employed, nil, hr.MustDate("2025-12-31"))
	require.NoError(t, err)
	for i := range 8 {
		ledger = taken(p, ledger, i, hr.MustDate("2025-06-01").Add(i).String())
	}
	more, err := leave.Due("earned", policies, employed, ledger, hr.MustDate("2026-01-01"))
	require.NoError(t, err)
	const lot, carried = "accrual/earned/2025-01-01", "carry/2026-01-01/accrual/earned/2025-01-01"
	require.Equal(t, []string{
		"accrual/earned/2026-01-01 accrual 20 @ 2026-01-01",
		lot + " carry_out -5 @ 2026-01-01", carried + " carry_in 5 @ 2026-01-01",
		lot + " encash -4 @ 2026-01-01", lot + " forfeit -3 @ 2026-01-01",
	}, posted(more))
	ledger = append(ledger, more...)
	require.Equal(t, "12", leave.Balance(ledger, "earned", hr.MustDate("2025-12-31")).String(), "the last day still shows it all")
	require.Equal(t, "25", leave.Balance(ledger, "earned", hr.MustDate("2026-01-01")).String())
	require.Equal(t, "20", leave.Balance(ledger, "earned", hr.MustDate("2026-04-01")).String(), "what was carried has lapsed")

	// Two days of January come from what was carried. Then five days of last December are learnt of: the three that had lapsed, and
	// two of what was carried; the year's end is done again and shows the difference.
	ledger = taken(p, taken(p, ledger, 20, "2026-01-08"), 21, "2026-01-09")
	for i := range 5 {
		ledger = taken(p, ledger, 30+i, hr.MustDate("2025-12-15").Add(i).String())
	}
	diff, err := leave.YearEnd("earned", policies, employed, ledger, hr.MustDate("2026-02-01"))
	require.NoError(t, err)
	// Left at the end of 2025 are 7: 5 carried, 2 paid, none lapsed.
	require.Equal(t, []string{lot + " encash 2 @ 2026-01-01", lot + " forfeit 3 @ 2026-01-01"}, posted(diff))
	ledger = append(ledger, diff...)
	for i := range 4 {
		ledger = taken(p, ledger, 40+i, hr.MustDate("2025-12-20").Add(i).String())
	}
	diff, err = leave.YearEnd("earned", policies, employed, ledger, hr.MustDate("2026-02-01"))
	require.NoError(t, err)
	// Of the three that are still carried and unused, three are taken in December; the fourth comes from nowhere, and is not taken.
	require.Equal(t, []string{lot + " carry_out 1 @ 2026-01-01", carried + " carry_in -1 @ 2026-01-01", lot + " encash 2 @ 2026-01-01"}, posted(diff))
	ledger = append(ledger, diff...)
	again, err := leave.YearEnd("earned", policies, employed, ledger, hr.MustDate("2026-02-01"))
	require.NoError(t, err)
	require.Empty(t, again)
	_, err = leave.YearEnd("earned", policies, employed, ledger, hr.Date{})
	require.Equal(t, []hr.Rule{leave.RuleAccrualThrough}, rulesOf(err))
}

func TestExitPaysWhatIsLeft(t *testing.T) {
	p := closing("5", "0")
	p.Encashment.ExitMost = dec("15")
	due, err := leave.Due("earned", held(t, p), []hr.Period{hr.MustPeriod("2026-01-01..2026-05-31")}, nil, hr.MustDate("2026-12-31"))
	require.NoError(t, err)
	require.Equal(t, []string{
		"accrual/earned/2026-01-01 accrual 20 @ 2026-01-01",
		"accrual/earned/2026-01-01 encash -15 @ 2026-06-01", "accrual/earned/2026-01-01 forfeit -5 @ 2026-06-01",
	}, posted(due))
}

// Whatever is taken when, learnt of in any order, with runs at any time between: for every lot on every day granted = taken + carried +
// paid + lapsed + left, the ledger's plain sum is the balance once lapses are posted, a second run posts nothing, and the end is the
// same as that of one run which knew everything from the start.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := closing(fmt.Sprint(rapid.IntRange(0, 6).Draw(t, "carry")), fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "pay")))
		p.Accrual.Every, p.Accrual.PerYear = rapid.SampledFrom([]leave.Frequency{leave.Monthly, leave.Quarterly, leave.Yearly}).Draw(t, "every"), dec("14")
		p.Rounding, p.Year = leave.Rounded{Step: dec("0.5"), Mode: hr.HalfUp}, leave.Year{Joining: rapid.Bool().Draw(t, "own year")}
		made, err := leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2020-01-01"), Value: p})
		require.NoError(t, err)
		policies := made["earned"]
		first := hr.MustDate("2024-02-10")
		employed := []hr.Period{{From: first}}
		var ledger []leave.Entry
		run := func(through hr.Date) int {
			due, err := leave.Due("earned", policies, employed, ledger, through)
			require.NoError(t, err)
			ledger = append(ledger, due...)
			return len(due)
		}
		latest := first
		for i := range rapid.IntRange(1, 30).Draw(t, "steps") {
			day := first.Add(rapid.IntRange(0, 900).Draw(t, "day"))
			if rapid.IntRange(0, 3).Draw(t, "run") == 0 {
				if day.After(latest) {
					latest = day
				}
				run(latest)
				require.Zero(t, run(latest))
				continue
			}
			n := len(ledger)
			ledger = taken(p, ledger, i, day.String())
			if len(ledger) > n {
				again, err := leave.YearEnd("earned", policies, employed, ledger, latest)
				require.NoError(t, err)
				ledger = append(ledger, again...)
			}
		}
		end := first.Add(950)
		run(end)
		for d := first; !d.After(end.Add(1)); d = d.Add(37) {
			left := dec("0")
			for _, l := range leave.Lots(ledger, d) {
				require.Equal(t, l.Granted.String(), l.Taken.Add(l.Carried).Add(l.Paid).Add(l.Lapsed).Add(l.Left).String(), "%s on %s", l.ID, d)
				left = left.Add(l.Left)
			}
			require.Equal(t, left.String(), leave.Balance(ledger, "earned", d).String(), d)
		}
		for _, l := range leave.Lots(ledger, end) {
			require.False(t, l.Left.IsNegative(), "%s holds %s", l.ID, l.Left)
		}
		seen := map[string]bool{}
		for _, e := range ledger {
			require.False(t, seen[e.ID], "%s comes twice", e.ID)
			seen[e.ID] = true
		}
		// The plain sum of what counts by the end is the balance: every lapse, carry and payment is on record.
		plain := dec("0")
		for _, e := range ledger {
			if !e.Period.From.After(end) {
				plain = plain.Add(e.Value.Quantity)
			}
		}
		require.Equal(t, plain.String(), leave.Balance(ledger, "earned", end).String())
		// One run that knew all the days taken from the start posts the same year ends.
		var known []leave.Entry
		for _, e := range ledger {
			if e.Value.Kind == leave.Used {
				known = append(known, e)
			}
		}
		all, err := leave.Due("earned", policies, employed, known, end)
		require.NoError(t, err)
		require.Equal(t, leave.Balance(ledger, "earned", end).String(), leave.Balance(append(known, all...), "earned", end).String())
	})
}
