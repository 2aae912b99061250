package leave_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

var hundredth = leave.Rounded{Step: decimal.New(1, -2), Mode: hr.HalfUp}

func held(t testing.TB, p leave.Policy) hr.Timeline[leave.Policy] {
	t.Helper()
	return timeline(t, hr.Step[leave.Policy]{Since: hr.MustDate("2020-01-01"), Value: p})
}

// posted writes entries as "lot kind quantity @ first usable day".
func posted(entries []leave.Entry) []string {
	var out []string
	for _, e := range entries {
		out = append(out, fmt.Sprintf("%s %s %s @ %s", e.Value.Lot, e.Value.Kind, e.Value.Quantity, e.Period.From))
	}
	return out
}

func sum(entries []leave.Entry) (total decimal.Decimal) {
	for _, e := range entries {
		total = total.Add(e.Value.Quantity)
	}
	return total
}

// 20 days over twelve months: R(20k/12) - R(20(k-1)/12) is 1.67, 1.66, 1.67 in turns, and 20 in all.
func TestAYearsWholeLosesNothing(t *testing.T) {
	p := earned(leave.Accrual{Every: leave.Monthly, PerYear: dec("20"), Day: 1}, leave.Expiry{})
	p.Rounding = hundredth
	due, err := leave.Accrue("earned", held(t, p), []hr.Period{hr.MustPeriod("2025-07-01..")}, nil, hr.MustDate("2026-12-31"))
	require.NoError(t, err)
	require.Len(t, due, 18)
	require.Equal(t, "20", sum(due[6:]).String())
	require.Equal(t, []string{
		"accrual/earned/2026-01-01 accrual 1.67 @ 2026-01-01", "accrual/earned/2026-02-01 accrual 1.66 @ 2026-02-01", "accrual/earned/2026-03-01 accrual 1.67 @ 2026-03-01",
	}, posted(due[6:9]))
	// Not prorated: who joins on 1 July is on the six credits of July to December, the second half of the year's running sum.
	require.Equal(t, "10", sum(due[:6]).String())

	p.Rounding = leave.Rounded{}
	_, err = leave.Accrue("earned", held(t, p), []hr.Period{hr.MustPeriod("2026-01-01..")}, nil, hr.MustDate("2026-12-31"))
	require.Equal(t, []hr.Rule{leave.RulePolicyRounding}, rulesOf(err), "nothing says how 20/12 ends")
	_, err = leave.Spread(dec("20"), 0, hundredth)
	require.Equal(t, []hr.Rule{leave.RulePolicyRounding}, rulesOf(err))
	whole, err := leave.Spread(dec("20"), 1, hundredth)
	require.NoError(t, err)
	require.Len(t, whole, 1)
	require.Equal(t, "20", whole[0].String())
	require.Equal(t, []hr.Rule{leave.RulePolicyRounding}, rulesOf(leave.Rounded{Mode: hr.HalfUp}.Validate()), "to multiples of nothing")
}

func TestFrequencies(t *testing.T) {
	for _, c := range []struct {
		name string
		a    leave.Accrual
		want []string
	}{
		{"quarters of three days, from April", leave.Accrual{Every: leave.Quarterly, Days: dec("3"), Day: 1, Month: time.April}, []string{
			"accrual/earned/2026-01 accrual 3 @ 2026-01-01", "accrual/earned/2026-04 accrual 3 @ 2026-04-01",
			"accrual/earned/2026-07 accrual 3 @ 2026-07-01", "accrual/earned/2026-10 accrual 3 @ 2026-10-01",
		}},
		{"half-years, at their end", leave.Accrual{Every: leave.HalfYearly, PerYear: dec("15"), AtEnd: true}, []string{
			"accrual/earned/2026-01-01 accrual 7.5 @ 2026-06-30", "accrual/earned/2026-07-01 accrual 7.5 @ 2026-12-31",
		}},
		{"the year in front", leave.Accrual{Every: leave.Yearly, PerYear: dec("15"), Day: 5}, []string{"accrual/earned/2026-01-01 accrual 15 @ 2026-01-05"}},
		{"the anniversary of a 29 February", leave.Accrual{Every: leave.Anniversary, Days: dec("10")}, []string{"accrual/earned/2026 accrual 10 @ 2026-03-01"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			policies := timeline(t, hr.Step[leave.Policy]{Since: hr.MustDate("2026-01-01"), Value: earned(c.a, leave.Expiry{})})
			due, err := leave.Accrue("earned", policies, []hr.Period{hr.MustPeriod("2020-02-29..2026-05-31"), hr.MustPeriod("2026-06-01..")}, nil, hr.MustDate("2026-12-31"))
			require.NoError(t, err)
			require.Equal(t, c.want, posted(due))
		})
	}
}

// Ten days on each anniversary: nothing on the day of joining, and on the day itself also where the policy is only a month old.
func TestTheFirstAnniversary(t *testing.T) {
	anniversary := earned(leave.Accrual{Every: leave.Anniversary, Days: dec("10")}, leave.Expiry{})
	policies := timeline(t, hr.Step[leave.Policy]{Since: hr.MustDate("2026-03-01"), Value: anniversary})
	for through, want := range map[string][]string{
		"2026-03-31": nil, "2027-03-15": nil, "2027-03-16": {"accrual/earned/2027 accrual 10 @ 2027-03-16"},
	} {
		due, err := leave.Accrue("earned", policies, []hr.Period{hr.MustPeriod("2026-03-16..")}, nil, hr.MustDate(through))
		require.NoError(t, err)
		require.Equal(t, want, posted(due), through)
	}
	due, err := leave.Accrue("earned", policies, []hr.Period{hr.MustPeriod("2020-03-16..")}, nil, hr.MustDate("2026-03-31"))
	require.NoError(t, err)
	require.Equal(t, []string{"accrual/earned/2026 accrual 10 @ 2026-03-16"}, posted(due))
}

// 12 days a year, one on the first of each month, for who joins on 17 January and leaves on 10 March.
func TestTheDayOfACredit(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(*leave.Policy)
		want []string
	}{
		{"not prorated: January's was before", func(*leave.Policy) {}, []string{
			"accrual/earned/2026-02-01 accrual 1 @ 2026-02-01", "accrual/earned/2026-03-01 accrual 1 @ 2026-03-01",
		}},
		{"by tiers of each day, which leave out the days before joining: 15/31 of January, when they join", func(p *leave.Policy) {
			p.Accrual.PerYear = decimal.Decimal{}
			p.Tiers = leave.Tiers{Steps: []leave.Tier{{PerYear: dec("12")}}, At: leave.ReachedDaily}
		}, []string{
			"accrual/earned/2026-01-01 accrual 0.48 @ 2026-01-17", "accrual/earned/2026-02-01 accrual 1 @ 2026-02-01", "accrual/earned/2026-03-01 accrual 1 @ 2026-03-01",
		}},
		{"by the same tiers at the end of the month, in which no March comes", func(p *leave.Policy) {
			p.Accrual = leave.Accrual{Every: leave.Monthly, AtEnd: true}
			p.Tiers = leave.Tiers{Steps: []leave.Tier{{PerYear: dec("12")}}, At: leave.ReachedDaily}
		}, []string{"accrual/earned/2026-01-01 accrual 0.48 @ 2026-01-31", "accrual/earned/2026-02-01 accrual 1 @ 2026-02-28"}},
		{"prorated by months touched, at the end: March's on the last day", func(p *leave.Policy) {
			p.Accrual.Day, p.Accrual.AtEnd = 0, true
			p.Proration = leave.Proration{Method: leave.ByMonthsTouched, Leaving: true}
		}, []string{
			"accrual/earned/2026-01-01 accrual 1 @ 2026-01-31", "accrual/earned/2026-02-01 accrual 1 @ 2026-02-28", "accrual/earned/2026-03-01 accrual 1 @ 2026-03-10",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := earned(leave.Accrual{Every: leave.Monthly, PerYear: dec("12"), Day: 1}, leave.Expiry{})
			p.Rounding = hundredth
			c.set(&p)
			due, err := leave.Accrue("earned", held(t, p), []hr.Period{hr.MustPeriod("2026-01-17..2026-03-10")}, nil, hr.MustDate("2026-12-31"))
			require.NoError(t, err)
			require.Equal(t, c.want, posted(due))
		})
	}
}

// Joining on 17 March 2026 with 24 days a year. Days: 290 of 365 x 24 = 19.07 (19.068). Months touched: 10 x 2 = 20. Complete: 9 x 2.
// By the 15th: 9 x 2. Half months: 17 is in 11 to 20, so 9.5 x 2. Days in month: 15/31 of March and nine months: 9.4839 x 2 = 18.97.
// Leaving on 10 June: months_complete ends with May.
func TestProrate(t *testing.T) {
	year := hr.MustPeriod("2026-01-01..2026-12-31")
	for _, c := range []struct {
		method     leave.Method
		join, both string
	}{
		{leave.ByDays, "19.07", "5.65"},        // 86 of 365 x 24 = 5.6548
		{leave.ByMonthsTouched, "20", "8"},     // March to June
		{leave.ByMonthsComplete, "18", "4"},    // April, May
		{leave.ByFifteenth, "18", "6"},         // April, May, June
		{leave.ByHalfMonths, "19", "7"},        // half of March, April, May, June
		{leave.ByDaysInMonth, "18.97", "5.63"}, // 15/31 + 2 + 10/30 = 2.8172 x 2
		{"", "24", "24"},
	} {
		joined, err := leave.Prorate(dec("24"), year, hr.MustPeriod("2026-03-17.."), c.method, hundredth)
		require.NoError(t, err)
		require.Equal(t, c.join, joined.String(), c.method)
		both, err := leave.Prorate(dec("24"), year, hr.MustPeriod("2026-03-17..2026-06-10"), c.method, hundredth)
		require.NoError(t, err)
		require.Equal(t, c.both, both.String(), c.method)
	}
	// The days of March on which the month's worth changes: with April to December it is 20, 19 or 18.
	for _, c := range []struct {
		method leave.Method
		day    int
		want   string
	}{
		{leave.ByMonthsTouched, 31, "20"},
		{leave.ByMonthsComplete, 1, "20"},
		{leave.ByMonthsComplete, 2, "18"},
		{leave.ByFifteenth, 15, "20"},
		{leave.ByFifteenth, 16, "18"},
		{leave.ByHalfMonths, 10, "20"},
		{leave.ByHalfMonths, 11, "19"},
		{leave.ByHalfMonths, 20, "19"},
		{leave.ByHalfMonths, 21, "18"},
	} {
		got, err := leave.Prorate(dec("24"), year, hr.Period{From: hr.MustDate("2026-02-28").Add(c.day)}, c.method, hundredth)
		require.NoError(t, err)
		require.Equal(t, c.want, got.String(), "%s, joining on %d March", c.method, c.day)
	}
	_, err := leave.Prorate(dec("24"), hr.MustPeriod("2026-01-01..2026-12-30"), year, "by_moon", leave.Rounded{Step: dec("-1"), Mode: "odd"})
	require.Equal(t, []hr.Rule{leave.RulePolicyProration, leave.RulePolicyRounding, leave.RulePolicyRounding, leave.RulePolicyYear}, rulesOf(err))
}

// Monthly credits of a prorated year add up to what [leave.Prorate] gives for the whole, whatever the method, the leave year and the days
// of joining and leaving, and whenever the last day became known.
func TestCreditsMakeTheProratedYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		method := rapid.SampledFrom([]leave.Method{leave.ByMonthsTouched, leave.ByMonthsComplete, leave.ByFifteenth, leave.ByHalfMonths, leave.ByDaysInMonth}).Draw(t, "method")
		p := earned(leave.Accrual{Every: rapid.SampledFrom([]leave.Frequency{leave.Monthly, leave.Quarterly, leave.HalfYearly, leave.Yearly}).Draw(t, "every"), PerYear: dec("21"), Day: 1}, leave.Expiry{})
		p.Year = leave.Year{Month: time.April, Day: 1}
		p.Proration = leave.Proration{Method: method, Leaving: true}
		p.Rounding = leave.Rounded{Step: decimal.New(5, -1), Mode: rapid.SampledFrom(hr.RoundingModes()).Draw(t, "mode")}
		policies, err := leave.NewPolicies(hr.Step[leave.Policy]{Since: hr.MustDate("2020-04-01"), Value: p})
		require.NoError(t, err)
		year := hr.MustPeriod("2026-04-01..2027-03-31")
		join := year.From.Add(rapid.IntRange(0, 364).Draw(t, "join"))
		last := join.Add(rapid.IntRange(0, year.Through.Since(join)).Draw(t, "last"))
		var ledger []leave.Entry
		run := func(employed hr.Period, through hr.Date) {
			due, err := leave.Accrue("earned", policies["earned"], []hr.Period{employed}, ledger, through)
			require.NoError(t, err)
			ledger = append(ledger, due...)
		}
		run(hr.Period{From: join}, year.From.Add(rapid.IntRange(0, 364).Draw(t, "run"))) // before anybody knew
		run(hr.Period{From: join, Through: last}, year.Through)
		want, err := leave.Prorate(dec("21"), year, hr.Period{From: join, Through: last}, method, p.Rounding)
		require.NoError(t, err)
		require.Equal(t, want.String(), sum(ledger).String())
		n := len(ledger)
		run(hr.Period{From: join, Through: last}, year.Through)
		require.Len(t, ledger, n, "a second run posts nothing")
	})
}

// The README's own worked values: hired on 29 February 2020, 15 days and 20 from five years. In 2025 the anniversary is 1 March: 59 days
// at 15 and 306 at 20 over 365 are 19.19.
func TestTiers(t *testing.T) {
	tiers := leave.Tiers{Steps: []leave.Tier{{Years: 0, PerYear: dec("15")}, {Years: 5, PerYear: dec("20")}}, At: leave.ReachedDaily}
	year := hr.MustPeriod("2025-01-01..2025-12-31")
	for at, want := range map[leave.Reached]string{leave.ReachedDaily: "19.19", leave.ReachedAtStart: "15", leave.ReachedInYear: "20"} {
		tiers.At = at
		got, err := tiers.PerYear(year, hr.MustDate("2020-02-29"), hundredth)
		require.NoError(t, err)
		require.Equal(t, want, got.String(), at)
	}
	_, err := leave.Tiers{Steps: []leave.Tier{{Years: 1, PerYear: dec("-1")}, {Years: 1}}, At: "never"}.PerYear(hr.Period{}, hr.Date{}, leave.Rounded{})
	require.Equal(t, []hr.Rule{leave.RulePolicyTiers, leave.RulePolicyTiers, leave.RulePolicyTiers, leave.RulePolicyTiers, leave.RulePolicyYear}, rulesOf(err))
	require.Equal(t, []hr.Rule{leave.RulePolicyTiers}, rulesOf(leave.Tiers{At: leave.ReachedDaily}.Validate()))

	// The daily average day by day, a second way.
	rapid.Check(t, func(t *rapid.T) {
		hired := hr.MustDate("2015-01-01").Add(rapid.IntRange(0, 4500).Draw(t, "hired"))
		steps := leave.Tiers{Steps: []leave.Tier{{Years: 1, PerYear: dec("12")}, {Years: 3, PerYear: dec("18")}, {Years: 8, PerYear: dec("25")}}, At: leave.ReachedDaily}
		got, err := steps.PerYear(year, hired, hundredth)
		require.NoError(t, err)
		var days decimal.Decimal
		for d := range year.Days() {
			years := -1
			for a := hired; !a.After(d); years++ {
				next := time.Date(hired.Year()+years+2, hired.Month(), hired.Day(), 0, 0, 0, 0, time.UTC) // rolls 29 February on to 1 March
				a = hr.DateOf(next, time.UTC)
			}
			for _, s := range steps.Steps {
				if years >= s.Years && (years < 3 || s.Years >= 3) && (years < 8 || s.Years >= 8) {
					days = days.Add(s.PerYear)
				}
			}
		}
		want, err := hr.Rounding(hundredth).Ratio(days, decimal.NewFromInt(365))
		require.NoError(t, err)
		require.Equal(t, want.String(), got.String())
	})
}

func TestWaitingAndCap(t *testing.T) {
	p := earned(leave.Accrual{Every: leave.Monthly, Days: dec("2"), Day: 1}, leave.Expiry{})
	p.Waiting = leave.Waiting{Months: 3}
	p.Cap = leave.Cap{Balance: dec("9")}
	due, err := leave.Due("earned", held(t, p), []hr.Period{hr.MustPeriod("2026-01-15..")}, nil, hr.MustDate("2026-07-31"))
	require.NoError(t, err)
	// February, March and April can be used from 15 April; with May and June they are 10, one above the cap, and July is all above it.
	require.Equal(t, []string{
		"accrual/earned/2026-02 accrual 2 @ 2026-04-15", "accrual/earned/2026-03 accrual 2 @ 2026-04-15", "accrual/earned/2026-04 accrual 2 @ 2026-04-15",
		"accrual/earned/2026-05 accrual 2 @ 2026-05-01", "accrual/earned/2026-06 accrual 2 @ 2026-06-01", "accrual/earned/2026-06 cap -1 @ 2026-06-01",
		"accrual/earned/2026-07 accrual 2 @ 2026-07-01", "accrual/earned/2026-07 cap -2 @ 2026-07-01",
	}, posted(due))
	require.Equal(t, "0", leave.Balance(due, "earned", hr.MustDate("2026-04-14")).String())
	require.Equal(t, "9", leave.Balance(due, "earned", hr.MustDate("2026-07-31")).String())

	lost := earned(leave.Accrual{Every: leave.Yearly, PerYear: dec("12"), Day: 1}, leave.Expiry{})
	lost.Proration, lost.Waiting, lost.Rounding = leave.Proration{Method: leave.ByMonthsTouched}, leave.Waiting{Months: 6, Lost: true}, hundredth
	due, err = leave.Accrue("earned", held(t, lost), []hr.Period{hr.MustPeriod("2026-01-01..")}, nil, hr.MustDate("2026-12-31"))
	require.NoError(t, err)
	require.Equal(t, []string{"accrual/earned/2026-01-01 accrual 6 @ 2026-07-01"}, posted(due), "July to December")
}

// A leaver who used more than the year earned in the end owes the rest.
func TestALeaverOwesWhatWasCreditedTooEarly(t *testing.T) {
	p := earned(leave.Accrual{Every: leave.Yearly, PerYear: dec("24"), Day: 1}, leave.Expiry{})
	p.Proration, p.Rounding = leave.Proration{Method: leave.ByMonthsTouched, Leaving: true}, hundredth
	ledger, err := leave.Accrue("earned", held(t, p), []hr.Period{hr.MustPeriod("2025-01-01..")}, nil, hr.MustDate("2026-06-30"))
	require.NoError(t, err)
	ledger = ledger[1:] // 2026
	for i := range 15 {
		ledger = append(ledger, use(hr.Seq(i), 0, leave.Share{Lot: "accrual/earned/2026-01-01", Quantity: dec("1")}, hr.MustDate("2026-02-01").Add(i)))
	}
	opening := credit("o", 1, dec("0"), hr.MustPeriod("2026-01-01.."))
	opening.Value.Kind = leave.Opening
	fix, err := leave.Accrue("earned", held(t, p), []hr.Period{hr.MustPeriod("2025-01-01..2026-06-15")}, append(ledger, opening), hr.MustDate("2026-06-30"))
	require.NoError(t, err)
	// 12 of 24 stay. Of the 12 to take back the lot still holds 9.
	require.Equal(t, []string{"accrual/earned/2026-01-01 accrual -9 @ 2026-01-01", "advance accrual -3 @ 2026-01-01"}, posted(fix))
	ledger = append(ledger, fix...)
	require.Equal(t, "-3", leave.Balance(ledger, "earned", hr.MustDate("2026-06-30")).String())
	again, err := leave.Accrue("earned", held(t, p), []hr.Period{hr.MustPeriod("2025-01-01..2026-06-15")}, append(ledger, opening), hr.MustDate("2026-06-30"))
	require.NoError(t, err)
	require.Empty(t, again)
}

// 24 days a year by months touched, employed from January to 10 March and again from 20 March or August: 3 months are 6 days, and the 10
// from March on 20, or the 5 from August on 10. However often it runs, and also when the time between turns out to have been employed.
func TestHiredAgainInTheLeaveYear(t *testing.T) {
	for _, a := range []leave.Accrual{{Every: leave.Monthly, PerYear: dec("24"), Day: 1}, {Every: leave.Yearly, PerYear: dec("24"), Day: 1}, {Every: leave.Quarterly, PerYear: dec("24"), AtEnd: true}} {
		for again, want := range map[string]string{"2026-03-20": "26", "2026-08-01": "16"} {
			p := earned(a, leave.Expiry{})
			p.Proration, p.Rounding = leave.Proration{Method: leave.ByMonthsTouched, Leaving: true}, hundredth
			employed := []hr.Period{hr.MustPeriod("2026-01-01..2026-03-10"), {From: hr.MustDate(again)}}
			accrue := func(ledger []leave.Entry, through string, employed ...hr.Period) []leave.Entry {
				due, err := leave.Accrue("earned", held(t, p), employed, ledger, hr.MustDate(through))
				require.NoError(t, err)
				return append(ledger, due...)
			}
			once := accrue(nil, "2026-12-31", employed...)
			require.Equal(t, want, sum(once).String(), "%s, hired again on %s", a.Every, again)
			require.Len(t, accrue(once, "2026-12-31", employed...), len(once), "a second run posts nothing")
			require.Len(t, accrue(once, "2026-10-01", employed...), len(once), "nor does one of an earlier day")
			var often []leave.Entry
			for _, day := range []string{"2026-01-01", "2026-03-31", "2026-08-01", "2026-09-30", "2026-12-31"} {
				often = accrue(often, day, employed...)
			}
			require.Equal(t, want, sum(often).String())
			all := accrue(once, "2026-12-31", hr.MustPeriod("2026-01-01.."))
			require.Equal(t, "24", sum(all).String(), "it was one employment")
			require.Len(t, accrue(all, "2026-12-31", hr.MustPeriod("2026-01-01..")), len(all))
			require.Equal(t, want, sum(accrue(all, "2026-12-31", employed...)).String(), "it was two")
		}
	}
}

// Joined in 2024, gone on 22 October 2025 and back on 15 November: the leave of 2026 is that of the second employment alone, and however often the
// accruals are run, nothing more is due. (Each run took 2026 back as of the last day of the first employment, and credited it again.)
func TestTheYearAfterARehireIsCreditedOnce(t *testing.T) {
	p := earned(leave.Accrual{Every: leave.Yearly, PerYear: dec("24"), Day: 1}, leave.Expiry{})
	p.Proration, p.Rounding = leave.Proration{Method: leave.ByDays, Leaving: true}, hundredth
	spells := []hr.Period{hr.MustPeriod("2024-02-01..2025-10-22"), hr.MustPeriod("2025-11-15..")}
	due, err := leave.Due("earned", held(t, p), spells, nil, hr.MustDate("2026-01-31"))
	require.NoError(t, err)
	require.Contains(t, posted(due), "accrual/earned/2026-01-01 accrual 24 @ 2026-01-01")
	for i := range due {
		due[i].Seq, due[i].Line = 1, i
	}
	again, err := leave.Due("earned", held(t, p), spells, due, hr.MustDate("2026-02-28"))
	require.NoError(t, err)
	require.Empty(t, posted(again))
}

// 24 days a year, two a month, credited from 1 January; then joining turns out to be 1 March. January and February go back, of which one and a
// half were taken and are owed; and it comes back when January was right.
func TestJoiningLaterTakesBackWhatWasCreditedBefore(t *testing.T) {
	p := earned(leave.Accrual{Every: leave.Monthly, PerYear: dec("24"), Day: 1}, leave.Expiry{})
	p.Rounding = hundredth
	through := hr.MustDate("2026-04-30")
	accrue := func(ledger []leave.Entry, joined string) []leave.Entry {
		due, err := leave.Accrue("earned", held(t, p), []hr.Period{{From: hr.MustDate(joined)}}, ledger, through)
		require.NoError(t, err)
		return append(ledger, due...)
	}
	ledger := accrue(nil, "2026-01-01")
	require.Equal(t, "8", leave.Balance(ledger, "earned", through).String())
	ledger = append(ledger, leave.Entry{ID: "use", Period: hr.MustPeriod("2026-02-02..2026-02-02"), Value: leave.Movement{
		Type: "earned", Lot: "accrual/earned/2026-01-01", Kind: leave.Used, Quantity: dec("-1.5"),
	}})
	ledger = accrue(ledger, "2026-03-01")
	require.Equal(t, "2.5", leave.Balance(ledger, "earned", through).String())
	require.Len(t, accrue(ledger, "2026-03-01"), len(ledger))
	n := len(ledger)
	ledger = accrue(ledger, "2026-01-01")
	require.Equal(t, "6.5", leave.Balance(ledger, "earned", through).String())
	require.Equal(t, []string{
		"accrual/earned/2026-01-01 accrual 0.5 @ 2026-01-01", "advance accrual 1.5 @ 2026-01-01", "accrual/earned/2026-02-01 accrual 2 @ 2026-02-01",
	}, posted(ledger[n:]), "what is owed is paid back by the credit that it is owed for")
}

func TestRulesThatDoNotGoTogether(t *testing.T) {
	good := earned(leave.Accrual{Every: leave.Monthly, PerYear: dec("12"), Day: 1}, leave.Expiry{})
	for name, c := range map[string]struct {
		change func(p *leave.Policy)
		want   hr.Rule
	}{
		"two rules for a credit":          {func(p *leave.Policy) { p.Accrual.Days = dec("1") }, leave.RulePolicyAccrual},
		"none":                            {func(p *leave.Policy) { p.Accrual.PerYear = dec("0") }, leave.RulePolicyAccrual},
		"tiers beside a whole":            {func(p *leave.Policy) { p.Tiers = leave.Tiers{Steps: []leave.Tier{{}}, At: leave.ReachedInYear} }, leave.RulePolicyTiers},
		"leaving without a method":        {func(p *leave.Policy) { p.Proration.Leaving = true }, leave.RulePolicyProration},
		"a leave year of the 31st":        {func(p *leave.Policy) { p.Year = leave.Year{Month: time.May, Day: 31} }, leave.RulePolicyYear},
		"negative carry-over":             {func(p *leave.Policy) { p.CarryOver = leave.CarryOver{Closes: true, Limit: dec("-1")} }, leave.RulePolicyCarryOver},
		"carried from a year not closed":  {func(p *leave.Policy) { p.CarryOver.Limit = dec("1") }, leave.RulePolicyCarryOver},
		"carried with and without limit":  {func(p *leave.Policy) { p.CarryOver = leave.CarryOver{Closes: true, Limit: dec("1"), NoLimit: true} }, leave.RulePolicyCarryOver},
		"a cap below zero":                {func(p *leave.Policy) { p.Cap.Balance = dec("-1") }, leave.RulePolicyCap},
		"waiting below zero":              {func(p *leave.Policy) { p.Waiting.Days = -1 }, leave.RulePolicyWaiting},
		"encashment below zero":           {func(p *leave.Policy) { p.Encashment.YearEnd = dec("-1") }, leave.RulePolicyEncashment},
		"a limit of what is not paid out": {func(p *leave.Policy) { p.Encashment.ExitMost = dec("1") }, leave.RulePolicyEncashment},
		"work without a rate":             {func(p *leave.Policy) { p.Earning = leave.Earning{Give: dec("1")} }, leave.RulePolicyEarning},
		"rounding without a mode":         {func(p *leave.Policy) { p.Rounding.Step = dec("1") }, leave.RulePolicyRounding},
	} {
		p := good
		c.change(&p)
		require.Equal(t, []hr.Rule{c.want}, rulesOf(p.Validate()), name)
	}
	require.NoError(t, good.Validate())
}

// 12.07 % of 68 hours is 8.2 hours: 8. Three hours a week are never half an hour, apart; together they are 1.4 hours.
func TestEarning(t *testing.T) {
	e := leave.Earning{Give: dec("12.07"), Per: dec("100"), Bands: []string{"regular"}, Apart: true, Rounds: leave.Rounded{Step: dec("1"), Mode: hr.HalfUp}}
	hours := func(texts ...string) (out []decimal.Decimal) {
		for _, s := range texts {
			out = append(out, dec(s))
		}
		return out
	}
	credits := func(worked ...string) string {
		got, err := e.Credits(hours(worked...))
		require.NoError(t, err)
		return fmt.Sprint(got)
	}
	require.Equal(t, "[8]", credits("68"))
	require.Equal(t, "[0 0 0 0]", credits("3", "3", "3", "3"))
	e.Apart = false
	require.Equal(t, "[0 1 0 0]", credits("3", "3", "3", "3"), "0.36, 0.72, 1.09, 1.45")
	e.Most = dec("10")
	require.Equal(t, "[8 2 0]", credits("68", "68", "68"))
	_, err := e.Credits(hours("-1"))
	require.Equal(t, []hr.Rule{leave.RuleWorked}, rulesOf(err))
	require.Equal(t, "[0]", credits("0"))
	_, err = leave.Earning{}.Credits(nil)
	require.Equal(t, []hr.Rule{leave.RulePolicyEarning}, rulesOf(err))
	require.Equal(t, []hr.Rule{leave.RulePolicyEarning}, rulesOf(leave.Earning{Per: dec("30"), Rounds: e.Rounds}.Validate()), "it gives nothing")
	require.Equal(t, []hr.Rule{leave.RulePolicyWaiting}, rulesOf(leave.Waiting{Lost: true}.Validate()))
	require.NoError(t, leave.Waiting{Lost: true, Days: 90}.Validate())
}

func TestLaw(t *testing.T) {
	p := hr.Parameter{Name: "a.b", Title: "A", Unit: "days", Steps: []hr.ParameterStep{{Since: hr.MustDate("2026-01-01"), Value: dec("1"), Source: hr.Source{Title: "law"}, Reviewed: hr.MustDate("2026-01-01")}}}
	other := p
	other.Steps = []hr.ParameterStep{p.Steps[0]}
	other.Steps[0].Value = dec("2")
	law, err := leave.NewLaw(p, other)
	require.NoError(t, err)
	require.Len(t, law.Parameters(), 1)
	v, err := law.Value("a.b", hr.MustDate("2026-05-01"))
	require.NoError(t, err)
	require.Equal(t, "2", v.String(), "the later takes the place of the earlier")
	_, err = law.Values(hr.MustDate("2025-12-31"), "a.b", "c")
	require.Len(t, hr.FieldErrors(err), 2)
	require.ErrorIs(t, err, hr.ErrNoValue)
	p.Name = "A B"
	_, err = leave.NewLaw(p)
	require.Equal(t, []hr.Rule{hr.RuleParameterName}, rulesOf(err))
}
