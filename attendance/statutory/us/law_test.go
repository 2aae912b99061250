package us_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/attendance/statutory/us"
)

var (
	on    = hr.MustDate("2026-06-01")
	cents = hr.MustRounding("0.01", hr.HalfUp)
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func rules(err error) (out []hr.Rule) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Rule)
	}
	return out
}

// The figures that 29 CFR 778.110, 778.114 and 778.115 print themselves are marked; the others are worked out beside them.
func TestOvertime(t *testing.T) {
	p := us.Pack()
	for _, row := range []struct {
		name           string
		work           []us.Work
		other          string
		rate, over, ot string
		total          string
	}{
		{"778.110(a): 46 hours at 12 are 588", []us.Work{{dec("46"), dec("12")}}, "0", "12", "6", "36", "588"},
		{"778.110(b): with a bonus of 46 the rate is 13, and the pay 637", []us.Work{{dec("46"), dec("12")}}, "46", "13", "6", "39", "637"},
		// (47.5 x 15.85 + 33.33) / 47.5 = 16.551684...; half of it x 7.5 = 62.0688...; 786.205 + 62.0688 = 848.2738
		{"rounded once", []us.Work{{dec("47.5"), dec("15.85")}}, "33.33", "16.5517", "7.5", "62.07", "848.27"},
		// 40 x 12.50 + 6 x 30 = 680 in 46 hours: 14.7826...; x 3 = 44.3478...
		{"two rates, averaged", []us.Work{{dec("40"), dec("12.5")}, {dec("6"), dec("30")}}, "0", "14.7826", "6", "44.35", "724.35"},
		{"40 hours are none", []us.Work{{dec("40"), dec("12")}}, "0", "12", "0", "0", "480"},
		{"a week of nothing", nil, "0", "0", "0", "0", "0"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := us.Overtime(p, on, row.work, dec(row.other), cents)
			require.NoError(t, err)
			require.Equal(t, []string{row.rate, row.over, row.ot, row.total}, []string{
				hr.Canonical(got.RegularRate), hr.Canonical(got.OvertimeHours), hr.Canonical(got.OvertimePremium), hr.Canonical(got.Total),
			})
		})
	}
}

// 29 CFR 778.114: on a salary of 600, 37.5 hours have a rate of 16 and no overtime; 48 hours one of 12.50, and 8 x 6.25 = 50 on top (both
// printed there). 44 hours: 600 / 44 / 2 x 4 = 27.2727...
func TestFluctuatingWorkweek(t *testing.T) {
	for hours, want := range map[string][3]string{"37.5": {"16", "0", "600"}, "48": {"12.5", "50", "650"}, "44": {"13.6364", "27.27", "627.27"}} {
		got, err := us.FluctuatingWorkweek(us.Pack(), on, dec("600"), dec("0"), dec(hours), cents)
		require.NoError(t, err)
		require.Equal(t, want, [3]string{hr.Canonical(got.RegularRate), hr.Canonical(got.OvertimePremium), hr.Canonical(got.Total)}, hours)
	}
}

// 400 over four weeks are 100 each: 100 / 45 / 2 x 5 = 5.555..., nothing for 40 and 38 hours, 100 / 50 / 2 x 10 = 10.
func TestAllocatedBonus(t *testing.T) {
	extra, total, err := us.AllocatedBonus(us.Pack(), on, dec("400"), []decimal.Decimal{dec("45"), dec("40"), dec("50"), dec("38")}, cents)
	require.NoError(t, err)
	require.Equal(t, "15.56", total.String())
	require.Equal(t, []string{"5.56", "0", "10", "0"}, []string{hr.Canonical(extra[0]), extra[1].String(), hr.Canonical(extra[2]), extra[3].String()})
}

// A bonus paid with the week or allocated to that one week is the same money.
func TestABonusOfOneWeekIsInItsRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hours := decimal.New(rapid.Int64Range(1, 8000).Draw(t, "hours"), -2)
		rate := decimal.New(rapid.Int64Range(725, 9900).Draw(t, "rate"), -2)
		bonus := decimal.New(rapid.Int64Range(0, 99999).Draw(t, "bonus"), -2)
		exact := hr.MustRounding("0.000000000001", hr.HalfUp)
		without, err := us.Overtime(us.Pack(), on, []us.Work{{hours, rate}}, decimal.Zero, exact)
		require.NoError(t, err)
		with, err := us.Overtime(us.Pack(), on, []us.Work{{hours, rate}}, bonus, exact)
		require.NoError(t, err)
		extra, _, err := us.AllocatedBonus(us.Pack(), on, bonus, []decimal.Decimal{hours}, exact)
		require.NoError(t, err)
		difference := with.Total.Sub(without.Total).Sub(bonus).Sub(extra[0]).Abs()
		require.True(t, difference.LessThanOrEqual(dec("0.000000000003")), difference.String())
	})
}

func TestPaidBreaks(t *testing.T) {
	for _, row := range []struct {
		present      int
		breaks       []int
		paid, unpaid int
	}{{480, []int{5, 15}, 480, 0}, {540, []int{15, 30, 60}, 450, 90}, {540, []int{29}, 540, 0}, {0, nil, 0, 0}} {
		paid, unpaid, err := us.PaidBreaks(us.Pack(), on, row.present, row.breaks)
		require.NoError(t, err)
		require.Equal(t, [2]int{row.paid, row.unpaid}, [2]int{paid, unpaid})
	}
}

func TestCalifornia(t *testing.T) {
	p := us.Pack()
	tiers, err := us.CaliforniaOvertime(p, on)
	require.NoError(t, err)
	require.NoError(t, tiers.Validate())
	// 9, 8, 8, 8, 8 and 5 hours: one of Monday's by the day; 40 are regular with Friday, so Saturday's 5 by the week. 40 x 20 + 6 x 30 = 980.
	split, err := tiers.Split([]attendance.DayWork{{Minutes: 540}, {Minutes: 480}, {Minutes: 480}, {Minutes: 480}, {Minutes: 480}, {Minutes: 300}})
	require.NoError(t, err)
	var all []hr.Band
	for _, bands := range split {
		all = append(all, bands...)
	}
	pay, err := us.CaliforniaPay(p, on, all, dec("20"), cents)
	require.NoError(t, err)
	require.Equal(t, "980", hr.Canonical(pay))
	pay, err = us.CaliforniaPay(p, on, []hr.Band{{Name: "double", Minutes: 30}}, dec("20"), cents)
	require.NoError(t, err)
	require.Equal(t, "20", hr.Canonical(pay))
	// 100 / 38 = 2.6315...; x (4 x 1.5 + 1.5 x 2) = 23.6842...
	rate, extra, err := us.FlatBonus(p, on, dec("100"), dec("38"), dec("4"), dec("1.5"), cents)
	require.NoError(t, err)
	require.Equal(t, "2.6316 23.68", rate.String()+" "+extra.String())
	_, _, err = us.FlatBonus(p, hr.MustDate("2018-03-04"), dec("100"), dec("38"), dec("4"), dec("1.5"), cents)
	require.ErrorIs(t, err, hr.ErrNoValue, "before Alvarado was decided")
	hours, premium, err := us.BreakPremium(p, on, []us.MissedBreaks{{}, {Meal: true}, {Meal: true, Rest: true}}, dec("23.75"), cents)
	require.NoError(t, err)
	require.Equal(t, "3 71.25", hours.String()+" "+premium.String())
}

// Labor Code s.512 and wage orders s.12 as Brinker v. Superior Court reads them: rests 0 below 3.5 hours, 1 to 6, 2 to 10, 3 to 14.
func TestBreaksDue(t *testing.T) {
	for minutes, want := range map[int][2]int{
		0: {0, 0}, 209: {0, 0}, 210: {1, 0}, 300: {1, 0}, 301: {1, 1}, 360: {1, 1}, 361: {2, 1}, 600: {2, 1}, 601: {3, 2}, 840: {3, 2}, 841: {4, 2},
	} {
		rests, meals, err := us.BreaksDue(us.Pack(), on, minutes)
		require.NoError(t, err)
		require.Equal(t, want, [2]int{rests, meals}, minutes)
	}
}

func TestFinalPayDue(t *testing.T) {
	last, next := hr.MustDate("2026-08-28"), hr.MustDate("2026-09-11")
	for _, row := range []struct {
		state  string
		ending us.Ending
		notice string
		want   string
	}{
		{"CA", us.Discharge, "0", "2026-08-28"},
		{"CA", us.Quit, "0", "2026-08-31"},
		{"CA", us.Quit, "71.9", "2026-08-31"},
		{"CA", us.Quit, "72", "2026-08-28"},
		{"TX", us.Discharge, "0", "2026-09-03"},
		{"TX", us.Quit, "0", "2026-09-11"},
		{"MA", us.Discharge, "0", "2026-08-28"},
		{"MA", us.Quit, "0", "2026-09-11"},
		{"CO", us.Discharge, "0", "2026-08-28"},
		{"co", us.Quit, "0", "2026-09-11"},
		{"NY", us.Discharge, "0", "2026-09-11"},
		{"FL", us.Quit, "99", "2026-09-11"},
	} {
		got, err := us.FinalPayDue(us.FinalPayRules(), row.state, row.ending, last, next, dec(row.notice))
		require.NoError(t, err)
		require.Equal(t, row.want, got.String(), "%s %s %s", row.state, row.ending, row.notice)
	}
	for _, r := range us.FinalPayRules() {
		require.False(t, r.Since.IsZero() || r.Checked.IsZero() || r.Source.IsZero(), r.State)
	}
}

func TestRefusals(t *testing.T) {
	p, minus := us.Pack(), dec("-1")
	_, err := us.Overtime(p, on, []us.Work{{minus, minus}}, minus, cents)
	require.Equal(t, []hr.Rule{us.RuleNegative, us.RuleNegative, us.RuleNegative}, rules(err))
	_, err = us.Overtime(p, on, nil, dec("5"), cents)
	require.Equal(t, []hr.Rule{us.RuleNoHours}, rules(err))
	_, err = us.FluctuatingWorkweek(p, on, minus, minus, dec("0"), cents)
	require.Equal(t, []hr.Rule{us.RuleNegative, us.RuleNegative, us.RuleNoHours}, rules(err))
	_, _, err = us.AllocatedBonus(p, on, minus, nil, cents)
	require.Equal(t, []hr.Rule{us.RuleNegative, us.RuleNoHours}, rules(err))
	_, _, err = us.PaidBreaks(p, on, 10, []int{-1, 20})
	require.Equal(t, []hr.Rule{us.RuleNegative, us.RuleNegative}, rules(err))
	_, err = us.CaliforniaPay(p, on, []hr.Band{{Name: "night", Minutes: 5}, {Name: "regular", Minutes: -5}}, minus, cents)
	require.Equal(t, []hr.Rule{us.RuleNegative, us.RuleNegative, us.RuleNegative}, rules(err))
	_, _, err = us.FlatBonus(p, on, minus, dec("0"), minus, minus, cents)
	require.Equal(t, []hr.Rule{us.RuleNegative, us.RuleNegative, us.RuleNegative, us.RuleNoHours}, rules(err))
	_, _, err = us.BreakPremium(p, on, nil, minus, cents)
	require.Equal(t, []hr.Rule{us.RuleNegative}, rules(err))
	_, _, err = us.BreaksDue(p, on, -1)
	require.Equal(t, []hr.Rule{us.RuleNegative}, rules(err))
	_, err = us.FinalPayDue(us.FinalPayRules(), "ZZ", us.Quit, hr.Date{}, hr.Date{}, minus)
	require.Equal(t, []hr.Rule{us.RuleDay, us.RuleNegative, us.RuleState}, rules(err))
	_, err = us.FinalPayDue(us.FinalPayRules(), "NY", us.Quit, hr.MustDate("2026-08-28"), hr.Date{}, dec("0"))
	require.Equal(t, []hr.Rule{us.RuleDay}, rules(err))
}
