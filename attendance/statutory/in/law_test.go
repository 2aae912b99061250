package in_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/attendance/statutory/in"
)

var paise = hr.MustRounding("0.01", hr.HalfUp)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func rules(err error) (out []hr.Rule) {
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Rule)
	}
	return out
}

// Central Rules r.69: below 15 minutes nothing, 15 to 30 half an hour, more than 30 an hour, beside whole hours.
func TestCountedMinutes(t *testing.T) {
	on := hr.MustDate("2026-06-01")
	for minutes, want := range map[int]int{0: 0, 14: 0, 15: 30, 30: 30, 31: 60, 59: 60, 60: 60, 74: 60, 75: 90, 89: 90, 91: 120, 130: 120, 151: 180} {
		got, err := in.CountedMinutes(in.Pack(), on, minutes)
		require.NoError(t, err)
		require.Equal(t, want, got, minutes)
	}
}

// 74 and 105 minutes count 60 and 120: 3 hours at 2 x 18,500 / 26 / 8 = 177.8846... are 533.6538...
func TestOvertimePay(t *testing.T) {
	counted, pay, err := in.OvertimePay(in.Pack(), hr.MustDate("2026-06-01"), dec("18500"), []int{74, 105}, paise)
	require.NoError(t, err)
	require.Equal(t, 180, counted)
	require.Equal(t, "533.65", pay.String())
	_, _, err = in.OvertimePay(in.Pack(), hr.MustDate("2026-05-07"), dec("18500"), []int{74}, paise)
	require.ErrorIs(t, err, hr.ErrNoValue, "before the Central Rules no rule counts minutes so")
}

// The Factories Act counts over 9 hours a day and 48 a week; the OSH Code over 8 a day for daily-rated workers, over 48 a week for others.
func TestOvertime(t *testing.T) {
	tier := func(n int) []attendance.Tier { return []attendance.Tier{{Beyond: n, Band: "overtime"}} }
	for _, row := range []struct {
		on    string
		daily bool
		want  attendance.Tiers
	}{
		{"2025-11-20", false, attendance.Tiers{Day: tier(540), Week: tier(2880)}},
		{"2025-11-21", true, attendance.Tiers{Day: tier(480)}},
		{"2025-11-21", false, attendance.Tiers{Week: tier(2880)}},
	} {
		got, err := in.Overtime(in.Pack(), hr.MustDate(row.on), row.daily)
		require.NoError(t, err)
		require.Equal(t, row.want, got)
	}
}

func TestWeeklyOffDue(t *testing.T) {
	for missed, want := range map[string]string{"2026-11-29": "2027-01-31", "2026-12-31": "2027-02-28", "2027-12-05": "2028-02-29", "2026-01-01": "2026-03-31", "2020-06-07": "2020-08-31"} {
		got, err := in.WeeklyOffDue(in.Pack(), hr.MustDate(missed))
		require.NoError(t, err)
		require.Equal(t, want, got.String())
	}
}

func TestCapAndInterval(t *testing.T) {
	limit, err := in.QuarterCap(in.Pack(), hr.MustDate("2025-11-20"))
	require.NoError(t, err)
	require.NoError(t, limit.Validate())
	require.Equal(t, 3000, limit.Minutes)
	_, err = in.QuarterCap(in.Pack(), hr.MustDate("2025-11-21"))
	require.ErrorIs(t, err, hr.ErrNoValue, "the Central figure was not found")
	own := in.Pack() // a State's
	for i, x := range own.Params {
		if x.Name == "overtime.quarter" {
			own.Params[i].Steps = append(x.Steps, hr.ParameterStep{
				Since: hr.MustDate("2026-01-01"), Value: dec("144"), Source: hr.Source{Title: "a State"}, Reviewed: hr.MustDate("2026-11-24"), Overlay: true,
			})
		}
	}
	limit, err = in.QuarterCap(own, hr.MustDate("2026-06-01"))
	require.NoError(t, err)
	require.Equal(t, 144*60, limit.Minutes)
	for minutes, want := range map[int]int{0: 0, 300: 0, 301: 30} {
		got, err := in.IntervalDue(in.Pack(), hr.MustDate("2026-06-01"), minutes)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err = in.IntervalDue(in.Pack(), hr.MustDate("2026-06-01"), -1)
	require.Equal(t, []hr.Rule{in.RuleNegative}, rules(err))
}

func TestRefusals(t *testing.T) {
	_, _, err := in.OvertimePay(in.Pack(), hr.MustDate("2026-06-01"), dec("-1"), []int{-5, 10, -1}, paise)
	require.Equal(t, []hr.Rule{in.RuleNegative, in.RuleNegative, in.RuleNegative}, rules(err))
	_, err = in.WeeklyOffDue(in.Pack(), hr.Date{})
	require.Equal(t, []hr.Rule{in.RuleDay}, rules(err))
}

// Weeks from Sunday 4 October 2026: seven days, six days, and a last one of which only four are known.
func TestWithoutWeeklyOff(t *testing.T) {
	var days []attendance.Day
	for i := range 18 {
		d := attendance.Day{Date: hr.MustDate("2026-10-04").Add(i), Worked: 480}
		if i == 9 {
			d.Worked = 0
		}
		days = append(days, d)
	}
	missed, err := in.WithoutWeeklyOff(in.Pack(), time.Sunday, days)
	require.NoError(t, err)
	require.Equal(t, []hr.Date{hr.MustDate("2026-10-10")}, missed)
	due, err := in.WeeklyOffDue(in.Pack(), missed[0])
	require.NoError(t, err)
	require.Equal(t, "2026-12-31", due.String())
	missed, err = in.WithoutWeeklyOff(in.Pack(), time.Wednesday, days)
	require.NoError(t, err)
	require.Equal(t, []hr.Date{hr.MustDate("2026-10-20")}, missed, "weeks from Wednesday: 7 to 13 October with the day off, 14 to 20 without")
	_, err = in.WithoutWeeklyOff(in.Pack(), time.Sunday, []attendance.Day{days[0], days[2]})
	require.Equal(t, []hr.Rule{in.RuleDay}, rules(err))
}

func TestNightsAndSpreadOver(t *testing.T) {
	kolkata, err := time.LoadLocation("Asia/Kolkata")
	require.NoError(t, err)
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, kolkata)
		require.NoError(t, err)
		return v
	}
	on, before := hr.MustDate("2026-06-01"), hr.MustDate("2025-06-02")
	from, until, err := in.NightWeeklyOff(in.Pack(), on, at("2026-06-07 06:00"))
	require.NoError(t, err)
	require.Equal(t, at("2026-06-07 06:00"), from)
	require.Equal(t, at("2026-06-08 06:00"), until)
	_, _, err = in.NightWeeklyOff(in.Pack(), on, time.Time{})
	require.Equal(t, []hr.Rule{in.RuleDay}, rules(err))

	for ends, want := range map[string]bool{"2025-06-02 19:30": false, "2025-06-02 19:31": true} {
		_, over, err := in.SpreadOver(in.Pack(), before, at("2025-06-02 09:00"), at(ends))
		require.NoError(t, err)
		require.Equal(t, want, over, ends)
	}
	_, _, err = in.SpreadOver(in.Pack(), on, at("2026-06-01 09:00"), at("2026-06-01 19:00"))
	require.ErrorIs(t, err, hr.ErrNoValue, "the final figure of the Code was not found")
	_, _, err = in.SpreadOver(in.Pack(), before, at("2025-06-02 09:00"), at("2025-06-02 08:00"))
	require.Equal(t, []hr.Rule{in.RuleDay}, rules(err))

	for _, row := range []struct {
		begins, ends string
		night        bool
	}{
		{"2026-06-01 09:00", "2026-06-01 19:00", false},
		{"2026-06-01 09:00", "2026-06-01 19:01", true},
		{"2026-06-01 06:00", "2026-06-01 14:00", false},
		{"2026-06-01 05:59", "2026-06-01 14:00", true},
		{"2026-06-01 22:00", "2026-06-02 06:00", true},
	} {
		got, err := in.WomenAtNight(in.Pack(), on, at(row.begins), at(row.ends), kolkata)
		require.NoError(t, err)
		require.Equal(t, row.night, got, row.begins+" "+row.ends)
	}
	_, err = in.WomenAtNight(in.Pack(), before, at("2025-06-02 09:00"), at("2025-06-02 20:00"), kolkata)
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = in.WomenAtNight(in.Pack(), on, time.Time{}, time.Time{}, nil)
	require.Equal(t, []hr.Rule{in.RuleDay}, rules(err))
}
