package attendance_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// fataler is what a test, a benchmark and a property have in common.
type fataler interface {
	require.TestingT
	Helper()
}

func zone(t fataler, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

func clock(s string) hr.TimeOfDay { return hr.MustTimeOfDay(s) }

func day(s string) hr.Date { return hr.MustDate(s) }

// shift is a shift in Kolkata, which has no clock changes.
func shift(t fataler, id, start, end string) attendance.Shift {
	return shiftIn(t, "Asia/Kolkata", id, start, end)
}

func shiftIn(t fataler, zoneName, id, start, end string) attendance.Shift {
	t.Helper()
	return attendance.Shift{ID: id, Zone: zone(t, zoneName), Start: clock(start), End: clock(end)}
}

// at is an instant in Kolkata, written "2026-10-05 09:00".
func at(t fataler, s string) time.Time { return in(t, "Asia/Kolkata", s) }

func in(t fataler, zoneName, s string) time.Time {
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

// directions are how the tables below write them: "i09:00 o18:00 ?13:00".
var directions = map[byte]attendance.Direction{'i': attendance.In, 'o': attendance.Out, '?': ""}

// punches reads a day in Kolkata, "i09:00 ?13:00 o18:00:30", and "+o06:00" of the day after.
func punches(t fataler, date, text string) []attendance.Punch {
	t.Helper()
	var out []attendance.Punch
	for _, p := range strings.Fields(text) {
		on := day(date)
		if p[0] == '+' {
			on, p = on.Add(1), p[1:]
		}
		direction, ok := directions[p[0]]
		require.True(t, ok, p)
		out = append(out, punch(direction, at(t, on.String()+" "+p[1:])))
	}
	return out
}

func workday(d string) hr.Day { return hr.Day{Date: day(d), Halves: 2} }

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

// bytesOf is what somebody would store or send of v: two answers are the same where these are.
func bytesOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	require.NoError(t, err)
	return string(b)
}
