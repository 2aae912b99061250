package in_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/leave/statutory/in"
)

func TestAnnualLeave(t *testing.T) {
	code, act := on("2026-12-31"), on("2024-12-31")
	for _, c := range []struct {
		name     string
		on       hr.Date
		y        in.AnnualYear
		eligible bool
		earned   string
	}{
		{"180 days: 9", code, in.AnnualYear{Worked: d("180")}, true, "9"},
		{"one fewer", code, in.AnnualYear{Worked: d("179")}, false, "0"},
		{"maternity leave counts and earns nothing: 90 / 20 is 4.5", code, in.AnnualYear{Worked: d("90"), Counted: d("90")}, true, "5"},
		{"an adolescent: 190 / 15 is 12.67", code, in.AnnualYear{Worker: in.Adolescent, Worked: d("190")}, true, "13"},
		// From 1 July 2026 184 days are left: a quarter is 46.
		{"joined on 1 July, 46 days", code, in.AnnualYear{Worked: d("46"), Joined: on("2026-07-01")}, true, "2"},
		{"and 45", code, in.AnnualYear{Worked: d("45"), Joined: on("2026-07-01")}, false, "0"},
		{"joined on 1 January: 180", code, in.AnnualYear{Worked: d("100"), Joined: on("2026-01-01")}, false, "0"},
		{"a leaver", code, in.AnnualYear{Worked: d("29"), Leaving: true}, true, "1"},
		{"the Factories Act: 240", act, in.AnnualYear{Worked: d("239")}, false, "0"},
		{"and two thirds of 184 is 122.67", act, in.AnnualYear{Worked: d("123"), Joined: on("2024-07-01")}, true, "6"},
		{"and 122 is less", act, in.AnnualYear{Worked: d("122"), Joined: on("2024-07-01")}, false, "0"},
	} {
		a, err := in.AnnualLeave(in.Law(), c.on, c.y)
		require.NoError(t, err, c.name)
		require.Equal(t, c.eligible, a.Eligible, c.name)
		require.Equal(t, c.earned, a.Earned.String(), c.name)
	}
	// 28 + 13 - 2 = 39, of which 4 were refused: 30 of 35 and the 4 are carried, 5 are paid.
	a, err := in.AnnualLeave(in.Law(), code, in.AnnualYear{Worked: d("260"), Before: d("28"), Taken: d("2"), Refused: d("4")})
	require.NoError(t, err)
	require.Equal(t, "39 34 5", a.Balance.String()+" "+a.Carry.String()+" "+a.Encash.String())
	// A child under the Factories Act carries 40.
	a, err = in.AnnualLeave(in.Law(), act, in.AnnualYear{Worker: in.Child, Worked: d("240"), Before: d("30")})
	require.NoError(t, err)
	require.Equal(t, "46 40 6", a.Balance.String()+" "+a.Carry.String()+" "+a.Encash.String())
	_, err = in.AnnualLeave(in.Law(), code, in.AnnualYear{Worker: "robot", Worked: d("-1"), Taken: d("-1")})
	require.Equal(t, []hr.Rule{in.RuleKind, in.RuleNegative, in.RuleNegative}, rulesOf(err))
	_, err = in.AnnualLeave(in.Law(), on("1940-12-31"), in.AnnualYear{})
	require.ErrorIs(t, err, hr.ErrNoValue)
}

func TestShopsMaharashtra(t *testing.T) {
	s, err := in.ShopsMaharashtra(in.Law(), on("2026-12-31"), d("279"), d("40"), d("3"))
	require.NoError(t, err)
	require.Equal(t, "true 13 45", map[bool]string{true: "true"}[s.Eligible]+" "+s.Earned.String()+" "+s.Accumulated.String(), "279 / 20 is 13.95, and 50 is above 45")
	_, err = in.ShopsMaharashtra(in.Law(), on("2026-12-31"), d("-1"), d("0"), d("0"))
	require.Equal(t, []hr.Rule{in.RuleNegative}, rulesOf(err))
}

func TestMaternity(t *testing.T) {
	worked := d("79")
	for _, c := range []struct {
		name string
		m    in.Motherhood
		days int
	}{
		{"a second child", in.Motherhood{Event: in.Birth, On: on("2026-10-10"), Surviving: 1}, 182},
		{"a third", in.Motherhood{Event: in.Birth, On: on("2026-10-10"), Surviving: 2}, 84},
		{"79 days worked", in.Motherhood{Event: in.Birth, On: on("2026-10-10"), Worked: &worked}, 0},
		{"adoption of a child of two years, after the judgment", in.Motherhood{Event: in.Adoption, On: on("2026-03-17"), ChildAge: 24}, 84},
		{"and before it", in.Motherhood{Event: in.Adoption, On: on("2026-03-16"), ChildAge: 24}, 0},
		{"of two months", in.Motherhood{Event: in.Adoption, On: on("2026-03-16"), ChildAge: 2}, 84},
		{"miscarriage", in.Motherhood{Event: in.Miscarriage, On: on("2026-03-16")}, 42},
		{"tubectomy", in.Motherhood{Event: in.Tubectomy, On: on("2026-03-16")}, 14},
	} {
		e, err := in.Maternity(in.Law(), c.m)
		require.NoError(t, err, c.name)
		require.Equal(t, c.days, e.Days, c.name)
		require.Equal(t, c.days > 0, e.Eligible, c.name)
	}
	e, err := in.Maternity(in.Law(), in.Motherhood{Event: in.Birth, On: on("2026-10-10"), Surviving: 2})
	require.NoError(t, err)
	require.Equal(t, on("2026-08-29"), e.Earliest, "six weeks before")
	require.Equal(t, on("2026-11-20"), e.LastDay(on("2026-08-29")), "84 days")
	require.True(t, in.Entitled{}.LastDay(on("2026-08-29")).IsZero())
	bad := d("-1")
	_, err = in.Maternity(in.Law(), in.Motherhood{Event: "x", Surviving: -1, ChildAge: -1, Worked: &bad})
	require.Equal(t, []hr.Rule{in.RuleKind, in.RuleDay, in.RuleNegative, in.RuleNegative, in.RuleNegative}, rulesOf(err))
}

func TestLossOfPay(t *testing.T) {
	for _, c := range []struct {
		basis     in.Basis
		base      string
		days      string
		deduction string
	}{
		{in.Fixed26, "0", "3", "6000"}, {in.Fixed30, "0", "31", "52000"}, {in.CalendarDays, "31", "0.5", "838.71"}, {in.WorkingDays, "22", "3", "7090.91"},
	} {
		l, err := in.LossOfPay(d("52000"), d(c.days), c.basis, d(c.base))
		require.NoError(t, err)
		require.Equal(t, c.deduction, l.Deduction.String(), c.basis)
		require.Equal(t, "52000", l.Deduction.Add(l.Paid).String())
	}
	_, err := in.LossOfPay(d("-1"), d("-1"), "moon", d("0"))
	require.Equal(t, []hr.Rule{in.RuleNegative, in.RuleNegative, in.RuleKind}, rulesOf(err))
	_, err = in.LossOfPay(d("1"), d("1"), in.WorkingDays, d("0"))
	require.Equal(t, []hr.Rule{in.RuleNegative}, rulesOf(err))
}

// A joiner of 20 May 2026: earned leave of 1.5 a month from June (May is joined after the 15th), usable from 20 November; casual leave of
// eight months of 8 / 12, 5.33, to half a day: 5.5.
func TestPrivateSector(t *testing.T) {
	policies, err := leave.NewPolicies(in.PrivateSector(on("2026-01-01"), leave.Year{})...)
	require.NoError(t, err)
	employed := []hr.Period{hr.MustPeriod("2026-05-20..")}
	balance := func(typ leave.TypeID, through, day string) string {
		due, err := leave.Due(typ, policies[typ], employed, nil, on(through))
		require.NoError(t, err)
		return leave.Balance(due, typ, on(day)).String()
	}
	require.Equal(t, "0", balance("earned", "2026-11-30", "2026-11-19"))
	require.Equal(t, "9", balance("earned", "2026-11-30", "2026-11-20"), "June to November")
	require.Equal(t, "5.5", balance("casual", "2026-05-31", "2026-05-20"))
	require.Equal(t, "8", balance("sick", "2027-01-01", "2027-01-01"), "what was left has lapsed")
	require.Equal(t, "12", balance("earned", "2027-02-28", "2027-01-31"), "10.5 are carried, and January")

	for _, build := range []func(leave.Law, hr.Date) (hr.Step[leave.Policy], error){in.AnnualPolicy, in.MaternityPolicy} {
		step, err := build(in.Law(), on("2026-01-01"))
		require.NoError(t, err)
		require.NoError(t, step.Value.Validate())
		_, err = build(in.Law(), on("1900-01-01"))
		require.ErrorIs(t, err, hr.ErrNoValue)
	}
	step, err := in.MaternityPolicy(in.Law(), on("2026-01-01"))
	require.NoError(t, err)
	lot, fresh, err := step.Value.Lot(on("2026-10-10"), hr.Ref{Kind: "birth", ID: "1"}, nil)
	require.NoError(t, err)
	require.True(t, fresh)
	require.Equal(t, hr.MustPeriod("2026-08-15..2027-10-09"), lot.Period)
	require.True(t, lot.Value.Quantity.Equal(decimal.NewFromInt(182)))
}

// Illness from a birth: a month more, from 10 January to 9 February. Nursing breaks until the child is 15 months old.
func TestIllnessAndNursing(t *testing.T) {
	e, err := in.Maternity(in.Law(), in.Motherhood{Event: in.Illness, On: on("2026-01-10")})
	require.NoError(t, err)
	require.Equal(t, "2026-02-09", e.LastDay(on("2026-01-10")).String())
	for day, want := range map[string]int{"2026-01-10": 2, "2027-04-09": 2, "2027-04-10": 0} {
		got, err := in.NursingBreaks(in.Law(), on(day), on("2026-01-10"))
		require.NoError(t, err)
		require.Equal(t, want, got, day)
	}
	_, err = in.NursingBreaks(in.Law(), on("2026-01-09"), on("2026-01-10"))
	require.Equal(t, []hr.Rule{in.RuleDay}, rulesOf(err))
}

// The table of section 1.2 of the facts document, a second time: earned or 1 for so many worked, after so many days, accumulate, casual, sick.
func TestStateShops(t *testing.T) {
	facts := map[string]string{
		"ka": "0 20 0 45 0 12", "dl": "15 0 0 45 12 0", "tn": "12 0 0 24 12 12", "gj": "0 20 240 63 7 7", "ts": "15 0 240 60 12 12",
		"hr": "0 20 0 30 7 7", "ap": "15 0 0 60 12 12", "wb": "14 0 0 28 10 14",
	}
	require.Len(t, in.ShopsStates(), len(facts))
	for state, want := range facts {
		a, err := in.StateShops(in.Law(), on("2026-06-01"), state)
		require.NoError(t, err)
		require.Equal(t, want, fmt.Sprint(a.Earned, a.WorkedPer, a.Eligible, a.Accumulate, a.Casual, a.Sick), state)
		steps, err := in.StateShopsPolicies(in.Law(), on("2026-01-01"), state)
		require.NoError(t, err)
		_, err = leave.NewPolicies(steps...)
		require.NoError(t, err, state)
	}
	for _, p := range in.Law().Parameters() {
		if strings.HasPrefix(p.Name, "shops.ka.") {
			require.Contains(t, p.Steps[0].Uncertain, "review")
		}
	}
	steps, err := in.StateShopsPolicies(in.Law(), on("2026-01-01"), "wb")
	require.NoError(t, err)
	require.Equal(t, "0.5", steps[2].Value.Paid.String(), "West Bengal: sick leave on half pay")
	_, err = in.StateShops(in.Law(), on("2026-06-01"), "xx")
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.StateShops(in.Law(), on("2025-06-01"), "ka")
	require.ErrorIs(t, err, hr.ErrNoValue, "before the figures are given")
}
