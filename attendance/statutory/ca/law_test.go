package ca_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/attendance/statutory/ca"
)

var (
	on    = hr.MustDate("2026-06-01")
	cents = hr.MustRounding("0.01", hr.HalfUp)
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func hours(list ...string) (out []decimal.Decimal) {
	for _, s := range list {
		out = append(out, dec(s))
	}
	return out
}

func TestOvertimeHours(t *testing.T) {
	for _, row := range []struct {
		law   ca.Law
		hours []decimal.Decimal
		want  string
	}{
		{ca.Federal, hours("8", "8", "8", "8", "8"), "0"},
		{ca.Federal, hours("10", "10", "10", "10", "6"), "8"},      // daily 4 x 2 against 46 - 40
		{ca.Federal, hours("8", "8", "8", "8", "8", "5.5"), "5.5"}, // daily none
		{ca.Federal, hours("10", "4"), "2"},
		{ca.Ontario, hours("12", "12", "12", "11.25"), "3.25"}, // 47.25 - 44, and nothing by the day
		{ca.Ontario, hours("44"), "0"},
		{ca.Ontario, nil, "0"},
	} {
		got, err := ca.OvertimeHours(ca.Pack(), row.law, on, row.hours)
		require.NoError(t, err)
		require.Equal(t, row.want, hr.Canonical(got))
	}
}

// The tiers give the minutes of the same rule.
func TestTiers(t *testing.T) {
	federal, err := ca.FederalOvertime(ca.Pack(), on)
	require.NoError(t, err)
	ontario, err := ca.OntarioOvertime(ca.Pack(), on)
	require.NoError(t, err)
	days := []attendance.DayWork{{Minutes: 600}, {Minutes: 600}, {Minutes: 600}, {Minutes: 600}, {Minutes: 360}}
	for _, row := range []struct {
		tiers attendance.Tiers
		want  int
	}{{federal, 480}, {ontario, 2760 - 2640}} {
		require.NoError(t, row.tiers.Validate())
		split, err := row.tiers.Split(days)
		require.NoError(t, err)
		overtime := 0
		for _, bands := range split {
			for _, b := range bands {
				if b.Name == attendance.BandOvertime {
					overtime += b.Minutes
				}
			}
		}
		require.Equal(t, row.want, overtime)
	}
}

func TestPay(t *testing.T) {
	got, err := ca.Pay(ca.Pack(), ca.Ontario, on, dec("44"), dec("3.25"), dec("18.65"), cents) // 820.60 + 3.25 x 27.975 = 911.51875
	require.NoError(t, err)
	require.Equal(t, "911.52", got.String())
	pay, err := ca.OntarioHolidayPay(ca.Pack(), on, dec("2600"), dec("104"), dec("7.5"), dec("20"), cents) // 2704 / 20; 7.5 x 30
	require.NoError(t, err)
	require.Equal(t, "135.2 225 360.2", hr.Canonical(pay.Pay)+" "+hr.Canonical(pay.Premium)+" "+hr.Canonical(pay.Total))
}

func TestRefusals(t *testing.T) {
	p, minus := ca.Pack(), dec("-1")
	faults := func(err error) (n int) {
		for _, f := range hr.FieldErrors(err) {
			require.Equal(t, ca.RuleNegative, f.Rule)
			n++
		}
		return n
	}
	_, err := ca.OvertimeHours(p, ca.Federal, on, hours("-1", "5", "-2"))
	require.Equal(t, 2, faults(err))
	_, err = ca.Pay(p, ca.Federal, on, minus, minus, minus, cents)
	require.Equal(t, 3, faults(err))
	_, err = ca.OntarioHolidayPay(p, on, minus, minus, minus, minus, cents)
	require.Equal(t, 4, faults(err))
	_, err = ca.OvertimeHours(p, "mb", on, hours("50"))
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = ca.Pay(p, "mb", on, dec("1"), dec("1"), dec("1"), cents)
	require.ErrorIs(t, err, hr.ErrNoValue)
}

// Eleven hours from one day to the next, 30 minutes beyond five in a row, and three hours paid to who is sent home.
func TestOntarioRestAndMeals(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse("2006-01-02 15:04", s)
		require.NoError(t, err)
		return v
	}
	for next, want := range map[string]bool{"2026-06-02 09:00": true, "2026-06-02 08:59": false} {
		_, enough, err := ca.OntarioDailyRest(ca.Pack(), on, at("2026-06-01 22:00"), at(next))
		require.NoError(t, err)
		require.Equal(t, want, enough, next)
	}
	_, _, err := ca.OntarioDailyRest(ca.Pack(), on, at("2026-06-01 22:00"), at("2026-06-01 21:00"))
	require.Equal(t, ca.RuleOrder, hr.FieldErrors(err)[0].Rule)
	for minutes, want := range map[int]int{0: 0, 300: 0, 301: 30} {
		got, err := ca.OntarioMealDue(ca.Pack(), on, minutes)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err = ca.OntarioMealDue(ca.Pack(), on, -1)
	require.Equal(t, ca.RuleNegative, hr.FieldErrors(err)[0].Rule)
	for _, row := range [][3]string{{"8", "1", "3"}, {"8", "3.5", "3.5"}, {"3", "1", "1"}, {"8", "0", "3"}} {
		got, err := ca.OntarioThreeHours(ca.Pack(), on, dec(row[0]), dec(row[1]))
		require.NoError(t, err)
		require.Equal(t, row[2], got.String(), row)
	}
	_, err = ca.OntarioThreeHours(ca.Pack(), on, dec("-1"), dec("-1"))
	require.Len(t, hr.FieldErrors(err), 2)
}
