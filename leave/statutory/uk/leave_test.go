package uk_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/leave/statutory/uk"
)

var (
	law   = uk.Law()
	today = on("2026-06-30")
)

func TestHoliday(t *testing.T) {
	for days, want := range map[string]string{"1": "5.6", "3": "16.8", "5": "28", "6": "28"} {
		h, err := uk.Entitlement(law, today, d(days), d("0"))
		require.NoError(t, err)
		require.Equal(t, want, h.Days.String(), days)
	}
	h, err := uk.Entitlement(law, today, d("6"), d("48"))
	require.NoError(t, err)
	require.Equal(t, "224", h.Hours.String(), "28 days of 8 hours")

	s, err := uk.StartedInYear(law, hr.MustPeriod("2026-01-01..2026-12-31"), on("2026-07-01"), d("5"))
	require.NoError(t, err)
	require.Equal(t, "14.12 14.5", s.Days.String()+" "+s.Rounded.String(), "28 x 184 / 365 is 14.115")
	for month, want := range map[int]string{1: "2.5", 2: "5", 3: "7", 12: "28", 15: "28"} { // 2.33, 4.67, 7
		got, err := uk.FirstYear(law, today, d("5"), month)
		require.NoError(t, err)
		require.Equal(t, want, got.String(), month)
	}
	l, err := uk.Leaver(law, today, d("5"), 100, 365, d("8"))
	require.NoError(t, err)
	require.Equal(t, "7.6712 -0.3288", l.Accrued.String()+" "+l.Owed.String(), "28 x 100 / 365 is 7.67123")
	p, err := uk.PartTime(law, today, uk.FullTime{Days: d("20"), BankHolidays: d("8"), Week: d("5")}, d("3"), d("2"))
	require.NoError(t, err)
	require.Equal(t, "16.8 14.8", p.Total.String()+" "+p.Left.String())
	p, err = uk.PartTime(law, today, uk.FullTime{Days: d("20"), Week: d("5")}, d("3"), d("0"))
	require.NoError(t, err)
	require.Equal(t, "16.8", p.Total.String(), "never below 5.6 weeks")
}

func TestHolidayRefuses(t *testing.T) {
	_, err := uk.Entitlement(law, today, d("8"), d("-1"))
	require.Equal(t, []hr.Rule{uk.RuleWeek, uk.RuleNegative}, rulesOf(err))
	_, err = uk.StartedInYear(law, hr.MustPeriod("2026-01-01..2026-12-31"), on("2027-07-01"), d("0"))
	require.Equal(t, []hr.Rule{uk.RuleDay, uk.RuleWeek}, rulesOf(err))
	_, err = uk.FirstYear(law, today, d("5"), 0)
	require.Equal(t, []hr.Rule{uk.RuleNegative}, rulesOf(err))
	_, err = uk.Leaver(law, today, d("5"), 400, 365, d("-1"))
	require.Equal(t, []hr.Rule{uk.RuleDay, uk.RuleNegative}, rulesOf(err))
	_, err = uk.CarryOver(law, today, d("5"), d("1"), "tired", false)
	require.Equal(t, []hr.Rule{uk.RuleReason}, rulesOf(err))
	_, err = uk.Entitlement(law, on("2000-01-01"), d("5"), d("0"))
	require.ErrorIs(t, err, hr.ErrNoValue)
}

func TestCarryOver(t *testing.T) {
	for _, c := range []struct {
		why       uk.Reason
		irregular bool
		yearEnd   string
		want      string
	}{
		{uk.NoReason, false, "2025-12-31", "0 "},
		{uk.Agreement, false, "2025-12-31", "8 2026-12-31"},
		{uk.FamilyLeave, false, "2026-03-31", "28 2027-03-31"},
		{uk.Sickness, false, "2026-06-30", "20 2027-12-31"}, // 18 months after 30 June end with December
		{uk.Sickness, true, "2025-12-31", "28 2027-06-30"},
		{uk.EmployerFault, false, "2025-12-31", "20 "},
	} {
		got, err := uk.CarryOver(law, on(c.yearEnd), d("5"), d("28"), c.why, c.irregular)
		require.NoError(t, err)
		require.Equal(t, c.want, got.Days.String()+" "+got.UseBy.String(), c.why)
	}
}

func TestAverages(t *testing.T) {
	// 52 of the newest 104 weeks: 10 of 300, 30 weeks without pay skipped, 42 of 400.
	pay, of, err := uk.WeekPay(law, today, []uk.Weeks{{Count: 10, Each: d("300")}, {Count: 30}, {Count: 60, Each: d("400")}})
	require.NoError(t, err)
	require.Equal(t, "380.77", pay.String(), "(3000 + 16800) / 52")
	require.Equal(t, 52, of)
	// 90 weeks without pay leave 14 within 104.
	_, of, err = uk.WeekPay(law, today, []uk.Weeks{{Count: 90}, {Count: 60, Each: d("400")}})
	require.NoError(t, err)
	require.Equal(t, 14, of)
	weeks := []uk.Weeks{{Count: 4, Each: d("0"), Away: true}, {Count: 26, Each: d("30")}, {Count: 26, Each: d("0")}}
	average, err := uk.AverageHours(law, today, weeks)
	require.NoError(t, err)
	require.Equal(t, "15", average.String(), "weeks without work count, weeks away do not")
	hours, err := uk.AbsenceAccrual(law, today, weeks, d("10"))
	require.NoError(t, err)
	require.Equal(t, "18", hours.String(), "15 x 10 x 0.1207 is 18.105")
	none, err := uk.AverageHours(law, today, nil)
	require.NoError(t, err)
	require.True(t, none.IsZero())
	rolled, err := uk.RolledUp(law, today, d("87.5"))
	require.NoError(t, err)
	require.Equal(t, "10.56", rolled.String())
	_, _, err = uk.WeekPay(law, today, []uk.Weeks{{Count: -1}})
	require.Equal(t, []hr.Rule{uk.RuleNegative}, rulesOf(err))
	accrued, err := uk.IrregularAccrual(law, today, []decimal.Decimal{d("68"), d("3")})
	require.NoError(t, err)
	require.Equal(t, []string{"8", "0"}, []string{accrued[0].String(), accrued[1].String()})
}

func TestStatutoryPay(t *testing.T) {
	s, err := uk.SickPay(law, today, d("100.01"), d("1"), d("3"))
	require.NoError(t, err)
	require.Equal(t, "80.01 26.67", s.Weekly.String()+" "+s.Pay.String(), "80.008 up, and a third of it")
	s, err = uk.SickPay(law, today, d("500"), d("2"), d("5"))
	require.NoError(t, err)
	require.Equal(t, "123.25 49.3", s.Weekly.String()+" "+s.Pay.String())
	_, err = uk.SickPay(law, on("2026-04-05"), d("500"), d("2"), d("5"))
	require.ErrorIs(t, err, hr.ErrNoValue, "the rule before 6 April 2026 was another")
	m, err := uk.MaternityPay(law, today, d("200.01"), 39)
	require.NoError(t, err)
	require.Equal(t, "180.01 180.01 7020.39", m.FirstSix.String()+" "+m.Later.String()+" "+m.Total.String(), "180.009 up, 39 weeks of it")
	m, err = uk.MaternityPay(law, today, d("128.99"), 39)
	require.NoError(t, err)
	require.False(t, m.Eligible)
	_, err = uk.MaternityPay(law, today, d("-1"), 40)
	require.Equal(t, []hr.Rule{uk.RuleNegative, uk.RuleWeek}, rulesOf(err))
}

// A starter of 1 July has 28 x 184 / 365 days; who leaves on 30 September of the next year has 28 x 273 / 365.
func TestPolicies(t *testing.T) {
	step, err := uk.HolidayPolicy(law, on("2026-01-01"), d("5"), leave.Year{}, true)
	require.NoError(t, err)
	policies, err := leave.NewPolicies(step)
	require.NoError(t, err)
	due, err := leave.Due("holiday", policies["holiday"], []hr.Period{hr.MustPeriod("2026-07-01..2027-09-30")}, nil, on("2027-09-30"))
	require.NoError(t, err)
	require.Equal(t, "14.1151", leave.Balance(due, "holiday", on("2026-12-31")).String())
	require.Equal(t, "28.9425", leave.Balance(due, "holiday", on("2027-06-30")).String(), "8 carried, and 20.9425")
	step, err = uk.IrregularPolicy(law, on("2026-01-01"), d("8"), leave.Year{})
	require.NoError(t, err)
	require.NoError(t, step.Value.Validate())
	require.Equal(t, "224", step.Value.Earning.Most.String())
}

// 56 days between two periods link them, 57 do not. Of 28 weeks of five days 130 were paid: 10 days are two weeks.
func TestLinkedSickness(t *testing.T) {
	for begins, want := range map[string]bool{"2026-06-02": true, "2026-07-27": true, "2026-07-28": false} {
		got, err := uk.Links(uk.Law(), on("2026-05-31"), on(begins)) // 31 May to 27 July: 56 days between
		require.NoError(t, err)
		require.Equal(t, want, got, begins)
	}
	_, err := uk.Links(uk.Law(), on("2026-05-31"), on("2026-05-31"))
	require.Equal(t, []hr.Rule{uk.RuleDay}, rulesOf(err))
	for paid, want := range map[string]string{"0": "28", "130": "2", "139": "0.2", "150": "0"} {
		got, err := uk.SickWeeksLeft(uk.Law(), on("2026-06-30"), d(paid), d("5"))
		require.NoError(t, err)
		require.Equal(t, want, hr.Canonical(got), paid)
	}
	_, err = uk.SickWeeksLeft(uk.Law(), on("2026-06-30"), d("-1"), d("8"))
	require.Equal(t, []hr.Rule{uk.RuleNegative, uk.RuleWeek}, rulesOf(err))
}

func TestFamilyPolicies(t *testing.T) {
	steps, err := uk.FamilyPolicies(uk.Law(), on("2026-04-06"))
	require.NoError(t, err)
	policies, err := leave.NewPolicies(steps...)
	require.NoError(t, err)
	for typ, want := range map[leave.TypeID]string{"paternity": "14", "bereaved_partner": "364", "neonatal": "84", "bereaved_parent": "14", "parental": "126", "carer": "0"} {
		p, err := policies.At(typ, on("2026-06-01"))
		require.NoError(t, err)
		require.Equal(t, want, p.Occasion.Days.String(), typ)
	}
	p, err := policies.At("paternity", on("2026-06-01"))
	require.NoError(t, err)
	e, _, err := p.Lot(on("2026-06-01"), hr.Ref{Kind: "birth", ID: "1"}, nil)
	require.NoError(t, err)
	require.Equal(t, hr.MustPeriod("2026-06-01..2027-05-31"), e.Period, "within a year of the birth")
	parental, err := policies.At("parental", on("2026-06-01"))
	require.NoError(t, err)
	require.Equal(t, "28", parental.Limits.PerYear.String())
	_, err = uk.FamilyPolicies(uk.Law(), on("2026-04-05"))
	require.ErrorIs(t, err, hr.ErrNoValue)
}
