package in_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
)

func TestGratuityCountsYears(t *testing.T) {
	const (
		leaving = in.EndedLeaving
		fixed   = in.EndedFixedTerm
	)
	for _, c := range []struct {
		name         string
		joined, last string
		how          in.GratuityService // beside the days
		completed    int
		eligible     bool
		years        int
		months       int
	}{
		{"ten years and exactly six months", "2016-04-01", "2026-09-30", in.GratuityService{}, 10, true, 10, 0},
		{"and a day", "2016-04-01", "2026-10-01", in.GratuityService{}, 10, true, 11, 0},
		{"five years to the day", "2021-05-01", "2026-04-30", in.GratuityService{}, 5, true, 5, 0},
		{"a day less than five", "2021-05-01", "2026-04-29", in.GratuityService{}, 4, false, 0, 0},
		{"four years and seven months are not five", "2021-05-01", "2025-12-01", in.GratuityService{}, 4, false, 0, 0},
		{"240 days worked in the fifth year complete it", "2021-05-01", "2026-01-31", in.GratuityService{LastYearDays: 240}, 4, true, 5, 0},
		{"239 do not", "2021-05-01", "2026-01-31", in.GratuityService{LastYearDays: 239}, 4, false, 0, 0},
		{"190 do in a week of five days", "2021-05-01", "2026-01-31", in.GratuityService{LastYearDays: 190, FiveDayWeek: true}, 4, true, 5, 0},
		{"189 do not", "2021-05-01", "2026-01-31", in.GratuityService{LastYearDays: 189, FiveDayWeek: true}, 4, false, 0, 0},
		{"240 days of a fourth year do not", "2022-05-01", "2026-01-31", in.GratuityService{LastYearDays: 240}, 3, false, 0, 0},
		{"death after seven months", "2025-05-01", "2025-12-01", in.GratuityService{Ending: in.EndedDeath}, 0, true, 1, 0},
		{"death after six months", "2025-06-01", "2025-11-30", in.GratuityService{Ending: in.EndedDeath}, 0, true, 0, 0},
		{"disablement after two years", "2024-01-01", "2025-12-31", in.GratuityService{Ending: in.EndedDisablement}, 2, true, 2, 0},
		{"a fixed term of a year", "2025-01-01", "2025-12-31", in.GratuityService{Ending: fixed}, 1, true, 1, 0},
		{"a fixed term of a year and seven months, by months", "2025-01-01", "2026-07-31", in.GratuityService{Ending: fixed}, 1, true, 1, 7},
		{"part of a month does not count", "2025-01-01", "2026-07-30", in.GratuityService{Ending: fixed}, 1, true, 1, 6},
		{"a fixed term of eleven months", "2025-01-01", "2025-11-30", in.GratuityService{Ending: fixed}, 0, false, 0, 0},
		{"a fixed term under the Act needs five years", "2023-01-01", "2025-11-20", in.GratuityService{Ending: fixed}, 2, false, 0, 0},
		{"a journalist after three years", "2023-01-01", "2025-12-31", in.GratuityService{Journalist: true}, 3, true, 3, 0},
		{"where nothing covers, a part never counts", "2016-04-01", "2026-12-31", in.GratuityService{Uncovered: true}, 10, true, 10, 0},
		{"joined on 29 February: the year ends with February", "2020-02-29", "2025-02-28", in.GratuityService{}, 5, true, 5, 0},
		{"a day before", "2020-02-29", "2025-02-27", in.GratuityService{}, 4, false, 0, 0},
		{"six months from 31 August end with February", "2019-08-31", "2026-02-28", in.GratuityService{}, 6, true, 6, 0},
		{"and then one day", "2019-08-31", "2026-03-01", in.GratuityService{}, 6, true, 7, 0},
		{"one day", "2026-01-01", "2026-01-01", in.GratuityService{}, 0, false, 0, 0},
	} {
		s := c.how
		s.Joined, s.LastDay = hr.MustDate(c.joined), hr.MustDate(c.last)
		if s.Ending == "" {
			s.Ending = leaving
		}
		g, err := in.GratuityOf(in.Pack(), s)
		require.NoError(t, err, c.name)
		require.Equal(t, []any{c.completed, c.eligible, c.years, c.months}, []any{g.Completed, g.Eligible, g.Years, g.Months}, c.name)
	}
	// The switch: a fixed term counts a part of a year as anybody's.
	g, err := in.GratuityOf(set("gratuity.fixed_term_by_months", "2026-01-01", "0"),
		in.GratuityService{Joined: hr.MustDate("2025-01-01"), LastDay: hr.MustDate("2026-07-31"), Ending: in.EndedFixedTerm})
	require.NoError(t, err)
	require.Equal(t, []int{2, 0}, []int{g.Years, g.Months})
	// And the other: after a death by months.
	g, err = in.GratuityOf(set("gratuity.death_by_months", "2026-01-01", "1"),
		in.GratuityService{Joined: hr.MustDate("2025-01-01"), LastDay: hr.MustDate("2026-07-31"), Ending: in.EndedDeath})
	require.NoError(t, err)
	require.Equal(t, []int{1, 7}, []int{g.Years, g.Months})
}

// What is left of a year is said where there is any, in words that count: one day is a day, two are days.
func TestGratuitySaysWhatIsLeft(t *testing.T) {
	for _, c := range []struct{ joined, last, note, service string }{
		{"2020-04-01", "2026-03-31", "no part of a year is left over", "6 years"},
		{"2020-04-01", "2026-06-30", "3 months: not more than 6 months do not count", "6 years, 3 months"},
		{"2020-04-01", "2026-04-01", "1 day: not more than 6 months do not count", "6 years, 1 day"},
		{"2020-04-01", "2026-05-02", "1 month, 2 days: not more than 6 months do not count", "6 years, 1 month, 2 days"},
		{"2020-04-01", "2026-10-02", "6 months, 2 days: more than 6 months count as a year", "6 years, 6 months, 2 days"},
	} {
		g, err := in.GratuityOf(in.Pack(), in.GratuityService{Joined: hr.MustDate(c.joined), LastDay: hr.MustDate(c.last), Ending: in.EndedLeaving})
		require.NoError(t, err)
		require.Equal(t, []string{c.note, c.service}, []string{g.Trace.Note, g.Trace.Parts[0].Value})
	}
	// Days worked are weighed where they are known, and not spoken of where they are not.
	for worked, want := range map[int]string{
		0: "completed years: 4, needed: 5",
		1: "completed years: 4, needed: 5; 1 days worked in the next do not complete it, for 240 are needed",
	} {
		g, err := in.GratuityOf(in.Pack(), in.GratuityService{Joined: hr.MustDate("2021-05-01"), LastDay: hr.MustDate("2026-01-31"), Ending: in.EndedLeaving, LastYearDays: worked})
		require.NoError(t, err)
		require.Equal(t, want, g.Trace.Rule)
	}
}

// The dumb way: walk the days. Each month ends the day before the same day of the next month, and where that month lacks the day, with it.
func TestGratuityYearsByWalkingTheDays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		joined := hr.MustDate("2008-01-01").Add(rapid.IntRange(0, 4500).Draw(rt, "joined"))
		last := joined.Add(rapid.IntRange(0, 4000).Draw(rt, "days"))
		if last.Before(hr.MustDate("2018-03-29")) {
			last = last.Add(4000)
		}
		months, days := 0, 0
		for d := joined; !d.After(last); d = d.Add(1) {
			days++
			tomorrow := d.Add(1)
			lacks := tomorrow.Day() == 1 && d.Day() < joined.Day() && days > 1 // the month that ends today has no such day
			if tomorrow.Day() == joined.Day() || lacks {
				months, days = months+1, 0
			}
		}
		want := months / 12
		if months%12 > 6 || months%12 == 6 && days > 0 {
			want++
		}
		if months < 60 {
			want = 0
		}
		g, err := in.GratuityOf(in.Pack(), in.GratuityService{Joined: joined, LastDay: last, Ending: in.EndedLeaving})
		require.NoError(rt, err)
		if g.Completed != months/12 || g.Years != want || g.Eligible != (months >= 60) {
			rt.Fatalf("%s..%s: %d completed, %d paid; want %d and %d", joined, last, g.Completed, g.Years, months/12, want)
		}
	})
}

func TestGratuityRefuses(t *testing.T) {
	_, err := in.GratuityOf(in.Pack(), in.GratuityService{LastYearDays: -1})
	faulty(t, err, "joined "+string(in.RuleService), "last_day "+string(in.RuleService), "ending "+string(in.RuleEnding), "last_year_days "+string(in.RuleNegative))
	_, err = in.GratuityOf(in.Pack(), in.GratuityService{Joined: hr.MustDate("2026-01-02"), LastDay: hr.MustDate("2026-01-01"), Ending: "retired"})
	faulty(t, err, "last_day "+string(in.RuleService), "ending "+string(in.RuleEnding))
	_, err = in.GratuityOf(in.Pack(), in.GratuityService{Joined: hr.MustDate("2010-01-01"), LastDay: hr.MustDate("2018-03-28"), Ending: in.EndedLeaving})
	require.ErrorIs(t, err, hr.ErrNoValue)
	require.ErrorContains(t, err, "gratuity.service_years has no value on 2018-03-28")
	require.ErrorContains(t, err, "gratuity.part_year_months has no value on 2018-03-28", "all that is missing")
	_, err = in.GratuityOf(without("gratuity.part_year_months"), in.GratuityService{Joined: hr.MustDate("2010-01-01"), LastDay: hr.MustDate("2026-03-28"), Ending: in.EndedLeaving})
	require.ErrorContains(t, err, "gratuity.part_year_months has no value on 2026-03-28")
	_, err = labour(t, in.Pack()).Calculate(exit("2018-03-28", map[string]string{"h_full_wages": "777", "gratuity_years": "8"}))
	require.ErrorIs(t, err, hr.ErrNoValue)
	require.NotContains(t, err.Error(), "777")
	_, err = labour(t, in.Pack()).Calculate(exit("2026-03-28", map[string]string{"h_full_wages": "-777", "gratuity_years": "8"}))
	require.ErrorIs(t, err, hr.ErrInvalid, "negative wages")
}

func TestGratuityAmounts(t *testing.T) {
	plan := labour(t, in.Pack())
	for _, c := range []struct {
		name  string
		given map[string]string
		want  map[string]string
	}{
		{"26,000 x 15/26 x 11", map[string]string{"h_full_wages": "26000", "gratuity_years": "11"}, map[string]string{"gratuity": "165000"}},
		{"60,000 x 15/26 x 9 is 3,11,538.46", map[string]string{"h_full_wages": "60000", "gratuity_years": "9"}, map[string]string{"gratuity": "311538"}},
		{"half a rupee goes up: 1.30 x 15/26 x 2 is 1.50", map[string]string{"h_full_wages": "1.30", "gratuity_years": "2"}, map[string]string{"gratuity": "2"}},
		{
			"3,46,666.66 x 15/26 x 10 is 19,99,999.96",
			map[string]string{"h_full_wages": "346666.66", "gratuity_years": "10"},
			map[string]string{"gratuity": "2000000"},
		},
		{"the ceiling", map[string]string{"h_full_wages": "346670", "gratuity_years": "10"}, map[string]string{"gratuity_statutory": "2000000", "gratuity": "2000000", "gratuity_taxable": "0"}},
		{
			"a year and seven months of a fixed term: 26,000 x 15/26 x 19/12",
			map[string]string{"h_full_wages": "26000", "gratuity_years": "1", "gratuity_months": "7"},
			map[string]string{"gratuity": "23750"},
		},
		{"years below zero pay nothing", map[string]string{"h_full_wages": "26000", "gratuity_years": "-1", "leave_days_paid": "-1"}, map[string]string{"gratuity": "0", "leave_pay": "0"}},
		{"not eligible", map[string]string{"h_full_wages": "26000"}, map[string]string{"gratuity": "0", "gratuity_exempt": "0", "gratuity_taxable": "0"}},
		{
			"wages with the add-back: 20,000 + 40,000 are wages of 30,000",
			map[string]string{"h_full_wages": "20000", "h_full_excluded": "40000", "gratuity_years": "26"},
			map[string]string{"gratuity": "450000"},
		},
		{
			"not covered: half a month for each year",
			map[string]string{"h_full_wages": "30001", "gratuity_years": "6", "gratuity_covered": "no", "gratuity_average_salary": "28000"},
			map[string]string{"gratuity": "90003", "gratuity_exempt": "84000", "gratuity_taxable": "6003"},
		},
		{
			"half of 28,001 for 5 years is 70,002.50, and half goes up",
			map[string]string{"h_full_wages": "40000", "gratuity_years": "5", "gratuity_covered": "no", "gratuity_average_salary": "28001"},
			map[string]string{"gratuity": "100000", "gratuity_exempt": "70003"},
		},
		{
			"better terms: exempt is the measure, 26,000 x 15/26 x 10",
			map[string]string{"h_full_wages": "26000", "gratuity_years": "10", "gratuity_agreed": "200000"},
			map[string]string{"gratuity_statutory": "150000", "gratuity": "200000", "gratuity_exempt": "150000", "gratuity_taxable": "50000", "host_taxable": "50000"},
		},
		{
			"less than the measure is all exempt",
			map[string]string{"h_full_wages": "26000", "gratuity_years": "10", "gratuity_agreed": "100000"},
			map[string]string{"gratuity_exempt": "100000", "gratuity_taxable": "0"},
		},
		{
			"the limit of a lifetime is used up",
			map[string]string{"h_full_wages": "26000", "gratuity_years": "10", "gratuity_exempt_before": "2000000"},
			map[string]string{"gratuity_exempt": "0", "gratuity_taxable": "150000"},
		},
		{
			"used up beyond",
			map[string]string{"h_full_wages": "26000", "gratuity_years": "10", "gratuity_exempt_before": "2500000"},
			map[string]string{"gratuity_exempt": "0", "gratuity_taxable": "150000"},
		},
	} {
		t.Run(c.name, func(t *testing.T) { figures(t, pays(t, plan, exit("2026-10-31", c.given)), c.want) })
	}
	// Before the Code: 20,000 of 60,000 are wages. 20,000 x 15/26 x 26 years.
	figures(t, pays(t, plan, exit("2025-11-20", map[string]string{"h_full_wages": "20000", "h_full_excluded": "40000", "gratuity_years": "26"})),
		map[string]string{"gratuity": "300000", "gratuity_exempt": "300000"})
	// The switches: the exemption by included pay; no pay without cover; a ceiling that is notified anew.
	figures(t, pays(t, labour(t, set("gratuity_exempt.on_code_wages", "2026-04-01", "0")), exit("2026-10-31", map[string]string{"h_full_wages": "20000", "h_full_excluded": "40000", "gratuity_years": "26"})),
		map[string]string{"gratuity": "450000", "gratuity_exempt": "300000"})
	figures(t, pays(t, labour(t, set("gratuity.uncovered_days", "2026-04-01", "0")), exit("2026-10-31", map[string]string{"h_full_wages": "20000", "gratuity_covered": "no", "gratuity_years": "26"})),
		map[string]string{"gratuity": "0"})
	figures(t, pays(t, labour(t, set("gratuity.ceiling", "2026-10-01", "3000000")), exit("2026-10-31", map[string]string{"h_full_wages": "400000", "gratuity_years": "20"})),
		map[string]string{"gratuity": "3000000", "gratuity_taxable": "1000000"})
	// Gratuity counts in all remuneration of the month: 20,000 + 40,000 + 1,50,000, half 1,05,000, nothing beyond it.
	figures(t, pays(t, plan, exit("2026-10-31", map[string]string{"h_included": "20000", "h_excluded": "40000", "h_full_wages": "26000", "gratuity_years": "10"})),
		map[string]string{"code_wages": "20000"})
}

// A second way with fractions: 15/26 of the wages for each twelfth of a year, half a rupee up.
func TestGratuityByFractions(t *testing.T) {
	plan := labour(t, in.Pack())
	rapid.Check(t, func(rt *rapid.T) {
		paise := rapid.Int64Range(0, 60_000_000).Draw(rt, "paise a month")
		years, months := rapid.Int64Range(0, 40).Draw(rt, "years"), rapid.Int64Range(0, 11).Draw(rt, "months")
		before := rapid.Int64Range(0, 2_100_000).Draw(rt, "exempt before")
		amount := new(big.Rat).SetFrac64(paise*15*(years*12+months), 100*26*12)
		rupees := new(big.Int).Quo(new(big.Int).Add(new(big.Int).Mul(amount.Num(), big.NewInt(2)), amount.Denom()), new(big.Int).Mul(amount.Denom(), big.NewInt(2))).Int64()
		measure, statutory := rupees, min(rupees, 2_000_000)
		exempt := max(0, min(statutory, measure, 2_000_000-before))
		slip := pays(rt, plan, exit("2026-10-31", map[string]string{
			"h_full_wages": fmt.Sprintf("%d.%02d", paise/100, paise%100), "gratuity_years": fmt.Sprint(years), "gratuity_months": fmt.Sprint(months),
			"gratuity_exempt_before": fmt.Sprint(before),
		}))
		figures(rt, slip, map[string]string{"gratuity": fmt.Sprint(statutory), "gratuity_exempt": fmt.Sprint(exempt), "gratuity_taxable": fmt.Sprint(statutory - exempt)})
	})
}
