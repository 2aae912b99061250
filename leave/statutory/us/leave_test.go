package us_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/leave/statutory/us"
)

// 1 to 28 February 2008 are 20 days Monday to Friday, 2 to 27 June 20, 1 to 26 December 20.
func TestFMLA(t *testing.T) {
	leaves := []hr.Period{hr.MustPeriod("2008-12-01..2008-12-26"), hr.MustPeriod("2008-02-01..2008-02-28"), hr.MustPeriod("2008-06-02..2008-06-27")}
	for _, c := range []struct {
		on     string
		m      us.Method
		used   int
		leaves []hr.Period
	}{
		{"2008-12-31", us.Rolling, 60, leaves},
		{"2009-01-31", "", 60, leaves},
		{"2009-02-02", us.Rolling, 59, leaves}, // 1 February 2008, a Friday, has come back
		{"2009-02-28", us.Rolling, 40, leaves},
		{"2009-01-01", us.CalendarYear, 0, leaves},
		{"2009-01-31", us.Forward, 60, leaves},
		{"2009-02-01", us.Forward, 0, leaves},
		{"2008-12-03", us.Forward, 42, leaves},                                              // 1 and 2 December
		{"2009-02-28", us.Rolling, 1, []hr.Period{hr.MustPeriod("2008-02-29..2008-02-29")}}, // 29 February comes back on 1 March
		{"2009-03-01", us.Rolling, 0, []hr.Period{hr.MustPeriod("2008-02-29..2008-02-29")}}, //
		{"2008-03-10", us.Rolling, 5, []hr.Period{hr.MustPeriod("2008-03-03..2008-03-09"), hr.MustPeriod("2008-03-05..2008-03-06")}}, // a day twice is one
	} {
		u, err := us.FMLA(us.Law(), c.leaves, on(c.on), c.m)
		require.NoError(t, err)
		require.Equal(t, us.Used{Days: c.used, Available: 60 - c.used}, u, "%s %s", c.on, c.m)
	}
	_, err := us.FMLA(us.Law(), []hr.Period{hr.MustPeriod("2008-03-03..")}, hr.Date{}, "lunar")
	require.Equal(t, []hr.Rule{us.RuleDay, us.RuleDay, us.RuleMethod}, rulesOf(err))
}

func TestPaidSick(t *testing.T) {
	// 20 hours each time, 24 and 24 asked: 24 of 40 are paid, then 16 of the 40 a year. 20 + 20 - 24 + 20 - 16 = 20.
	paid, balance, err := us.PaidSick(us.Law(), on("2026-06-30"), []us.Work{{Worked: d("600")}, {Worked: d("600"), Asked: d("24")}, {Worked: d("600"), Asked: d("24")}})
	require.NoError(t, err)
	require.Equal(t, "0 24 16 20", paid[0].String()+" "+paid[1].String()+" "+paid[2].String()+" "+balance.String())
	// 100 / 30 three times is exactly 10; a bank never above 80.
	paid, balance, err = us.PaidSick(us.Law(), on("2026-06-30"), []us.Work{{Worked: d("100")}, {Worked: d("100")}, {Worked: d("100"), Asked: d("10")}, {Worked: d("3000")}})
	require.NoError(t, err)
	require.Equal(t, "10 80", paid[2].String()+" "+balance.String())
	_, _, err = us.PaidSick(us.Law(), on("2026-06-30"), []us.Work{{Worked: d("-1"), Asked: d("-1")}})
	require.Equal(t, []hr.Rule{us.RuleNegative, us.RuleNegative}, rulesOf(err))
	step, err := us.PaidSickPolicy(us.Law(), on("2026-01-01"), d("8"), leave.Year{})
	require.NoError(t, err)
	require.NoError(t, step.Value.Validate())
	over, err := step.Value.Waiting.Over(on("2026-01-01"))
	require.NoError(t, err)
	require.Equal(t, on("2026-03-31"), over, "the 90th day: 31 of January, 28 of February, 31 of March")
}

// By day 120 of the employment 24 hours, by day 200 all 40.
func TestPaidSickDue(t *testing.T) {
	for day, want := range map[int]string{1: "0", 119: "0", 120: "24", 199: "24", 200: "40", 400: "40"} {
		got, err := us.PaidSickDue(us.Law(), on("2026-06-30"), day)
		require.NoError(t, err)
		require.Equal(t, want, got.String(), day)
	}
	_, err := us.PaidSickDue(us.Law(), on("2026-06-30"), 0)
	require.Equal(t, []hr.Rule{us.RuleDay}, rulesOf(err))
}

// A fiscal year from 1 July: of ten days around it the five of July count. Five days of a servicemember's care leave 125 of 130.
func TestOtherYearsOfFMLA(t *testing.T) {
	leaves := []hr.Period{hr.MustPeriod("2026-06-22..2026-06-26"), hr.MustPeriod("2026-07-06..2026-07-10")}
	fiscal := leave.Year{Month: 7, Day: 1}
	for _, c := range []struct {
		on   string
		used int
	}{{"2026-06-30", 5}, {"2026-07-01", 0}, {"2026-07-11", 5}, {"2027-07-01", 0}} {
		u, err := us.FMLAFixedYear(us.Law(), leaves, on(c.on), fiscal)
		require.NoError(t, err)
		require.Equal(t, us.Used{Days: c.used, Available: 60 - c.used}, u, c.on)
	}
	u, err := us.FMLAServicemember(us.Law(), leaves[:1], on("2026-07-01"))
	require.NoError(t, err)
	require.Equal(t, us.Used{Days: 5, Available: 125}, u)
	_, err = us.FMLAFixedYear(us.Law(), leaves, on("2026-07-01"), leave.Year{Joining: true})
	require.Equal(t, []hr.Rule{us.RuleMethod}, rulesOf(err))
	_, err = us.FMLAServicemember(us.Law(), leaves, hr.Date{})
	require.Equal(t, []hr.Rule{us.RuleDay}, rulesOf(err))
	for _, c := range []struct {
		months    int
		hours     string
		employees int
		want      bool
	}{{12, "1250", 50, true}, {11, "1250", 50, false}, {12, "1249.9", 50, false}, {12, "1250", 49, false}} {
		got, err := us.FMLAEligible(us.Law(), on("2026-07-01"), c.months, d(c.hours), c.employees)
		require.NoError(t, err)
		require.Equal(t, c.want, got)
	}
	_, err = us.FMLAEligible(us.Law(), on("2026-07-01"), -1, d("-1"), -1)
	require.Equal(t, []hr.Rule{us.RuleNegative, us.RuleNegative, us.RuleNegative}, rulesOf(err))
}
