package ca_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/leave/statutory/ca"
)

func TestVacation(t *testing.T) {
	law := ca.Law()
	for _, c := range []struct {
		rule  func(leave.Law, hr.Date, hr.Date, decimal.Decimal) (ca.Vacation, error)
		hired string
		want  string
	}{
		{ca.VacationFederal, "2016-01-01", "4 8 4160"}, // ten years on 1 January 2026
		{ca.VacationFederal, "2016-01-02", "3 6 3120"},
		{ca.VacationFederal, "2021-01-02", "2 4 2080"},
		{ca.VacationOntario, "2016-01-01", "3 6 3120"},
		{ca.VacationOntario, "2021-01-02", "2 4 2080"},
	} {
		v, err := c.rule(law, on(c.hired), on("2025-12-31"), d("52000"))
		require.NoError(t, err)
		require.Equal(t, c.want, v.Weeks.String()+" "+v.Percent.String()+" "+v.Pay.String(), c.hired)
	}
	_, err := ca.VacationFederal(law, on("2026-01-01"), on("2025-12-31"), d("-1"))
	require.Equal(t, []hr.Rule{ca.RuleDay, ca.RuleNegative}, rulesOf(err))
}

func TestHolidayPay(t *testing.T) {
	p, err := ca.PublicHolidayPay(ca.Law(), on("2026-07-01"), d("2600"), d("104"), d("7.5"), d("20"))
	require.NoError(t, err)
	require.Equal(t, "135.2 225 360.2", p.Holiday.String()+" "+p.Premium.String()+" "+p.Total.String())
	g, err := ca.GeneralHolidayPay(ca.Law(), on("2026-07-01"), d("4001.1"))
	require.NoError(t, err)
	require.Equal(t, "200.06", g.String(), "200.055 half up")
	_, err = ca.PublicHolidayPay(ca.Law(), on("2026-07-01"), d("-1"), d("0"), d("0"), d("0"))
	require.Equal(t, []hr.Rule{ca.RuleNegative}, rulesOf(err))
}

// Hired on 15 March 2021: ten days on each anniversary, fifteen from the fifth on.
func TestPolicy(t *testing.T) {
	step, err := ca.PolicyOntario(ca.Law(), on("2020-01-01"), 5)
	require.NoError(t, err)
	policies, err := leave.NewPolicies(step)
	require.NoError(t, err)
	due, err := leave.Due("vacation", policies["vacation"], []hr.Period{hr.MustPeriod("2021-03-15..")}, nil, on("2026-03-15"))
	require.NoError(t, err)
	require.Len(t, due, 5)
	require.Equal(t, "55", leave.Balance(due, "vacation", on("2026-03-15")).String())
	_, err = ca.PolicyFederal(ca.Law(), on("2020-01-01"), 8)
	require.Equal(t, []hr.Rule{ca.RuleDay}, rulesOf(err))
}

// Ten medical days a year are paid; of five personal days the first three are, in any order of approval.
func TestSickLeave(t *testing.T) {
	steps, err := ca.SickFederal(ca.Law(), on("2026-01-01"))
	require.NoError(t, err)
	ontario, err := ca.SickOntario(ca.Law(), on("2026-01-01"))
	require.NoError(t, err)
	policies, err := leave.NewPolicies(append(steps, ontario)...)
	require.NoError(t, err)
	most := func(typ leave.TypeID) string { return policyOf(t, policies, typ).Limits.PerYear.String() }
	require.Equal(t, []string{"10", "5", "3"}, []string{most("medical"), most("personal"), most("sick")})
	var used []leave.Entry
	for i, day := range []string{"2026-05-04", "2026-05-05", "2026-05-06", "2026-09-01", "2027-01-04"} {
		used = append(used, leave.Entry{
			ID: day, Seq: hr.Seq(i + 1), Period: hr.Period{From: on(day), Through: on(day)},
			Value: leave.Movement{Type: "personal", Lot: leave.Advance, Kind: leave.Used, Quantity: d("-1"), Request: leave.RequestID(day)},
		})
	}
	paid := leave.PaidShares("personal", policies["personal"], []hr.Period{hr.MustPeriod("2020-01-01..")}, used)
	var got []string
	for _, e := range used {
		got = append(got, paid[e.Value.Request][e.Period.From].String())
	}
	require.Equal(t, []string{"1", "1", "1", "0", "1"}, got)
}

func policyOf(t *testing.T, p leave.Policies, typ leave.TypeID) leave.Policy {
	t.Helper()
	policy, err := p.At(typ, on("2026-06-01"))
	require.NoError(t, err)
	return policy
}
