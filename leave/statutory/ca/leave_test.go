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
