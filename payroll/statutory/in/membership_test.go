package in_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/in"
)

// Section 2.4 of the facts: the ceiling of the day of joining decides, and who is a member stays one.
func TestWhoMayStayOutOfTheFund(t *testing.T) {
	for _, c := range []struct {
		joined string
		wages  int64
		member bool
		want   bool
	}{
		{"2026-09-16", 15001, false, true},
		{"2026-09-16", 15000, false, false},
		{"2026-09-17", 25000, false, false},
		{"2026-09-17", 25001, false, true},
		{"2026-09-17", 90000, true, false},
	} {
		got, err := in.EPFExcluded(in.Pack(), hr.MustDate(c.joined), dec(c.wages), c.member)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%+v", c)
	}
	_, err := in.EPFExcluded(in.Pack(), hr.MustDate("2014-08-31"), dec(1), false)
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.EPFExcluded(in.Pack(), hr.MustDate("2026-09-17"), dec(-1), false)
	require.Equal(t, in.RuleNegative, hr.FieldErrors(err)[0].Rule)
}

func TestWhoIsInThePensionScheme(t *testing.T) {
	for _, c := range []struct {
		joined   string
		wages    int64
		born, on string
		want     bool
	}{
		{"2014-08-31", 90000, "1990-01-01", "2026-10-31", true},  // before the day on which the ceiling began to count
		{"2014-09-01", 15001, "1990-01-01", "2026-10-31", false}, // and never becomes one by the later ceiling
		{"2014-09-01", 15000, "1990-01-01", "2026-10-31", true},
		{"2026-09-17", 25000, "1990-01-01", "2026-10-31", true},
		{"2026-09-17", 25001, "1990-01-01", "2026-10-31", false},
		{"2010-01-01", 5000, "1968-11-01", "2026-10-31", true}, // 58 tomorrow
		{"2010-01-01", 5000, "1968-10-31", "2026-10-31", false},
	} {
		got, err := in.EPSMember(in.Pack(), hr.MustDate(c.joined), dec(c.wages), hr.MustDate(c.born), hr.MustDate(c.on))
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%+v", c)
	}
	ends, err := in.EPSEnds(in.Pack(), hr.MustDate("1968-02-29"), hr.MustDate("2026-10-31"))
	require.NoError(t, err)
	require.Equal(t, "2026-02-28", ends.String())
	ends, err = in.EPSEnds(in.Pack(), hr.Date{}, hr.MustDate("2026-10-31"))
	require.NoError(t, err)
	require.True(t, ends.IsZero())
	for _, joined := range []string{"2010-01-01", "2020-01-01"} { // without wages yet
		member, err := in.EPSMember(in.Pack(), hr.MustDate(joined), dec(0), hr.Date{}, hr.MustDate("2026-10-31"))
		require.NoError(t, err)
		require.True(t, member)
	}
	excluded, err := in.EPFExcluded(in.Pack(), hr.MustDate("2020-01-01"), dec(0), false)
	require.NoError(t, err)
	require.False(t, excluded)
	_, err = in.EPSMember(in.Pack(), hr.MustDate("2010-01-01"), dec(-1), hr.Date{}, hr.MustDate("2026-10-31"))
	require.Equal(t, in.RuleNegative, hr.FieldErrors(err)[0].Rule)
	_, err = in.EPSMember(in.Pack(), hr.MustDate("2010-01-01"), dec(1), hr.MustDate("1950-01-01"), hr.MustDate("2014-08-31"))
	require.ErrorIs(t, err, hr.ErrNoValue)
}

func TestBenefitPeriods(t *testing.T) {
	for day, want := range map[string]string{"2026-04-01": "2027-01-01..2027-06-30", "2026-09-30": "2027-01-01..2027-06-30", "2026-10-01": "2027-07-01..2027-12-31", "2027-03-31": "2027-07-01..2027-12-31"} {
		require.Equal(t, want, in.BenefitPeriod(hr.MustDate(day)).String(), day)
	}
	require.True(t, in.BenefitPeriod(hr.Date{}).IsZero())
}

func TestAllocableSurplus(t *testing.T) {
	end := hr.MustDate("2027-03-31")
	for _, c := range []struct {
		available int64
		bank      bool
		want      string
	}{{1000001, false, "670000.67"}, {1000000, true, "600000"}, {-5, false, "0"}} {
		got, err := in.AllocableSurplus(in.Pack(), end, dec(c.available), c.bank)
		require.NoError(t, err)
		require.Equal(t, c.want, got.String())
	}
	_, err := in.AllocableSurplus(in.Pack(), hr.Date{}, dec(1), false)
	require.Equal(t, in.RuleDay, hr.FieldErrors(err)[0].Rule)
}

func TestLandlordsPAN(t *testing.T) {
	for rent, want := range map[int64]bool{0: false, 100000: false, 100001: true} {
		got, err := in.LandlordPANNeeded(in.Pack(), hr.MustDate("2026-10-31"), dec(rent))
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err := in.LandlordPANNeeded(in.Pack(), hr.MustDate("2027-04-01"), dec(1))
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.LandlordPANNeeded(in.Pack(), hr.MustDate("2026-10-31"), dec(-1))
	require.Equal(t, in.RuleNegative, hr.FieldErrors(err)[0].Rule)
}
