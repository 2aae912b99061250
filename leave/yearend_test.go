package leave_test

import (
	"fmt"
	"slices"
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
	require.Equal(t, []string{"carry_out/earned/2025-12-31/" + lot + "/2", "carry_in/earned/2025-12-31/" + lot + "/2", "encash/earned/2025-12-31/" + lot + "/3"}, ids(diff), "each says which it is of its kind")
	ledger = append(ledger, diff...)
	again, err := leave.YearEnd("earned", policies, employed, ledger, hr.MustDate("2026-02-01"))
	require.NoError(t, err)
	require.Empty(t, again)
	_, err = leave.YearEnd("earned", policies, employed, ledger, hr.Date{})
	require.Equal(t, []hr.Rule{leave.RuleAccrualThrough}, rulesOf(err))
}

// Twelve lots of one day, of which January to March are taken. At the end of the year 5 are carried, 2 paid and the rest lapses, in the order in which they would be
// used: April to August, September and October, November and December. What is taken in January already from December's lot was taken from it.
func TestYearEndOfManyLots(t *testing.T) {
	p := earned(leave.Accrual{Every: leave.Monthly, PerYear: dec("12"), Day: 1}, leave.Expiry{})
	p.CarryOver, p.Encashment = leave.CarryOver{Closes: true, Limit: dec("5")}, leave.Encashment{YearEnd: dec("2")}
	policies, employed := held(t, p), []hr.Period{hr.MustPeriod("2026-01-01..")}
	ledger, err := leave.Due("earned", policies, employed, nil, hr.MustDate("2026-12-31"))
	require.NoError(t, err)
	lot := func(month int) leave.LotID { return leave.LotID(fmt.Sprintf("accrual/earned/2026-%02d-01", month)) }
	move := func(month int, on string, kind leave.Kind, quantity, cause string) leave.Entry {
		d := hr.MustDate(on)
		return leave.Entry{ID: fmt.Sprint(kind, month, on), Period: hr.Period{From: d, Through: d}, Cause: hr.Ref{Kind: cause}, Value: leave.Movement{Type: "earned", Lot: lot(month), Kind: kind, Quantity: dec(quantity)}}
	}
	for month := 1; month <= 3; month++ {
		ledger = append(ledger, move(month, "2026-06-01", leave.Used, "-1", "leave"))
	}
	settled := func(entries []leave.Entry) map[leave.Kind][]int { // the months whose lots are settled, by how
		out := map[leave.Kind][]int{}
		for _, e := range entries {
			for month := 1; month <= 12; month++ {
				if e.Value.Lot == lot(month) {
					require.Equal(t, "-1", e.Value.Quantity.String())
					out[e.Value.Kind] = append(out[e.Value.Kind], month)
				}
			}
		}
		return out
	}
	all := map[leave.Kind][]int{leave.CarriedOut: {4, 5, 6, 7, 8}, leave.Encashed: {9, 10}, leave.Forfeited: {11, 12}}
	without := map[leave.Kind][]int{leave.CarriedOut: {4, 5, 6, 7, 8}, leave.Encashed: {9, 10}, leave.Forfeited: {11}}
	for name, c := range map[string]struct {
		since []leave.Entry
		want  map[leave.Kind][]int
	}{
		"nothing since":          {nil, all},
		"taken ahead":            {[]leave.Entry{move(12, "2027-01-05", leave.Used, "-1", "leave")}, without},
		"taken and given back":   {[]leave.Entry{move(12, "2027-01-05", leave.Used, "-1", "leave"), move(12, "2027-01-05", leave.Returned, "1", "leave")}, all},
		"paid out on demand":     {[]leave.Entry{move(12, "2027-01-05", leave.Encashed, "-1", "command")}, without},
		"added to it in January": {[]leave.Entry{move(12, "2027-01-05", leave.Adjusted, "2", "command")}, all},
	} {
		t.Run(name, func(t *testing.T) {
			more, err := leave.YearEnd("earned", policies, employed, slices.Concat(ledger, c.since), hr.MustDate("2027-01-10"))
			require.NoError(t, err)
			require.Equal(t, c.want, settled(more))
		})
	}

	// Two days are added to December's lot in the year after. They are the first in order at its end, with three of the five that were carried; the other two are paid.
	more, err := leave.YearEnd("earned", policies, employed, ledger, hr.MustDate("2027-01-01"))
	require.NoError(t, err)
	before, first := slices.Clone(ledger), more
	ledger = append(append(ledger, more...), move(12, "2027-03-01", leave.Adjusted, "2", "command"))
	more, err = leave.YearEnd("earned", policies, employed, ledger, hr.MustDate("2028-01-01"))
	require.NoError(t, err)
	var got []string
	for _, e := range more {
		if e.Value.Kind != leave.CarriedIn {
			got = append(got, fmt.Sprint(e.Value.Lot, " ", e.Value.Kind, " ", e.Value.Quantity))
		}
	}
	of := func(month int) string { return "carry/2027-01-01/" + string(lot(month)) }
	require.Equal(t, []string{
		string(lot(12)) + " carry_out -2", of(4) + " carry_out -1", of(5) + " carry_out -1", of(6) + " carry_out -1", of(7) + " encash -1", of(8) + " encash -1",
	}, got)
	once, err := leave.YearEnd("earned", policies, employed, append(slices.Clone(before), move(12, "2027-03-01", leave.Adjusted, "2", "command")), hr.MustDate("2028-01-01"))
	require.NoError(t, err)
	require.ElementsMatch(t, slices.Concat(posted(first), posted(more)), posted(once), "both ends at once come to the same")
	again, err := leave.YearEnd("earned", policies, employed, append(ledger, more...), hr.MustDate("2028-01-01"))
	require.NoError(t, err)
	require.Empty(t, posted(again), "what was paid of a carried lot was not used of it")
}

// One day a month and no more than 10 on the account: November and December are above it. The year's end leaves 5, so that January and February are credited, also when
// nobody ran anything before.
func TestACapAsksWhatTheYearEndLeft(t *testing.T) {
	p := earned(leave.Accrual{Every: leave.Monthly, Days: dec("1"), Day: 1}, leave.Expiry{})
	p.CarryOver, p.Cap = leave.CarryOver{Closes: true, Limit: dec("5")}, leave.Cap{Balance: dec("10")}
	policies, employed := held(t, p), []hr.Period{hr.MustPeriod("2026-01-01..")}
	var often []leave.Entry
	for month := range 14 {
		day, err := hr.MustDate("2026-01-01").AddMonths(month, hr.MonthClamp)
		require.NoError(t, err)
		due, err := leave.Due("earned", policies, employed, often, day)
		require.NoError(t, err)
		often = append(often, due...)
	}
	once, err := leave.Due("earned", policies, employed, nil, hr.MustDate("2027-02-28"))
	require.NoError(t, err)
	for _, ledger := range [][]leave.Entry{often, once} {
		require.Equal(t, "10", leave.Balance(ledger, "earned", hr.MustDate("2026-12-31")).String())
		require.Equal(t, "6", leave.Balance(ledger, "earned", hr.MustDate("2027-01-01")).String())
		require.Equal(t, "7", leave.Balance(ledger, "earned", hr.MustDate("2027-02-28")).String())
	}
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
