package attendance_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

func clock(s string) hr.TimeOfDay { return hr.MustTimeOfDay(s) }

// shift is a shift in Kolkata, which has no clock changes.
func shift(t testing.TB, id, start, end string) attendance.Shift {
	return attendance.Shift{ID: id, Zone: zone(t, "Asia/Kolkata"), Start: clock(start), End: clock(end)}
}

// at is an instant in Kolkata, written "2026-10-05 09:00".
func at(t testing.TB, s string) time.Time { return in(t, "Asia/Kolkata", s) }

func in(t testing.TB, zoneName, s string) time.Time {
	t.Helper()
	layout := "2006-01-02 15:04"
	if len(s) > len(layout) {
		layout = "2006-01-02 15:04:05"
	}
	v, err := time.ParseInLocation(layout, s, zone(t, zoneName))
	require.NoError(t, err)
	return v
}

func punch(direction attendance.Direction, at time.Time) attendance.Punch {
	return attendance.Punch{Employee: "E1", At: at, Direction: direction}
}

func workday(d string) hr.Day { return hr.Day{Date: hr.MustDate(d), Halves: 2} }

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// rules lists the rule ids of an error in order.
func rules(err error) []hr.Rule {
	var out []hr.Rule
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Rule)
	}
	return out
}

// paths lists the paths of an error in order.
func paths(err error) []string {
	var out []string
	for _, f := range hr.FieldErrors(err) {
		out = append(out, f.Path)
	}
	return out
}

func codes(d attendance.Day) []attendance.ExceptionCode {
	var out []attendance.ExceptionCode
	for _, e := range d.Exceptions {
		out = append(out, e.Code)
	}
	return out
}
