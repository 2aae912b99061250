package attendance_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// fourOnTwoOff is two mornings, two nights, two days off, from Thursday 1 October 2026.
var fourOnTwoOff = attendance.Rotation{ID: "crew-a", Begins: day("2026-10-01"), Days: []attendance.RotationDay{
	{Shift: "general"}, {Shift: "general"}, {Shift: "night"}, {Shift: "night"}, {Off: true}, {Off: true},
}}

func TestRotation(t *testing.T) {
	require.NoError(t, fourOnTwoOff.Validate())
	for date, want := range map[string]attendance.RotationDay{
		"2026-10-01": {Shift: "general"}, "2026-10-03": {Shift: "night"}, "2026-10-05": {Shift: "night", Off: true}, "2026-10-06": {Shift: "night", Off: true},
		"2026-10-07": {Shift: "general"}, "2026-09-30": {Shift: "night", Off: true}, "2026-09-27": {Shift: "night"}, "2027-10-01": {Shift: "night", Off: true}, // 365 = 60 x 6 + 5
	} {
		require.Equal(t, want, fourOnTwoOff.On(day(date)), date)
	}
	rapid.Check(t, func(t *rapid.T) { // it repeats, both ways
		d := day("2026-10-01").Add(rapid.IntRange(-4000, 4000).Draw(t, "day"))
		require.Equal(t, fourOnTwoOff.On(d), fourOnTwoOff.On(d.Add(6*rapid.IntRange(-50, 50).Draw(t, "rounds"))))
	})
	require.Equal(t, []string{"id", "begins", "days"}, paths(attendance.Rotation{}.Validate()))
	require.Equal(t, []string{"days"}, paths(attendance.Rotation{ID: "x", Begins: day("2026-10-01"), Days: []attendance.RotationDay{{Off: true}}}.Validate()))
	require.Equal(t, []string{"days[0].shift"}, paths(attendance.Rotation{ID: "x", Begins: day("2026-10-01"), Days: []attendance.RotationDay{{}}}.Validate()))
}

// Whose terms name a rotation works its turns: Saturday the 3rd is a night of work, Monday the 5th is off, and the 2nd stays a holiday.
func TestWorkInTurns(t *testing.T) {
	o := open(t)
	o.Rotations = map[string]attendance.Rotation{"crew-a": fourOnTwoOff}
	require.NoError(t, o.Validate())
	o.Terms.(staff)["E1"] = hr.Since(day("2026-09-01"), hr.Terms{Calendar: "blr", Shift: "crew-a"})
	for date, want := range map[string]struct {
		shift  string
		status attendance.Status
	}{
		"2026-10-01": {"general", attendance.StatusAbsent}, "2026-10-02": {"general", attendance.StatusHoliday}, "2026-10-03": {"night", attendance.StatusAbsent},
		"2026-10-05": {"night", attendance.StatusWeeklyOff}, "2026-10-07": {"general", attendance.StatusAbsent}, "2026-10-10": {"night", attendance.StatusAbsent},
	} {
		got := o.day(t, "E1", date, 0)
		require.Equal(t, want.shift, got.Shift, date)
		require.Equal(t, want.status, got.Status, date)
	}
	// A night that ends on a day off belongs to the night.
	o.record(t, of("E1", 1, punches(t, "2026-10-04", "i22:00 +o06:00")))
	require.Equal(t, 480, o.day(t, "E1", "2026-10-04", 0).Worked)
	require.Empty(t, o.day(t, "E1", "2026-10-05", 0).Refs)

	o.Rotations["crew-b"] = attendance.Rotation{ID: "b", Days: []attendance.RotationDay{{Shift: "nowhere"}}, Begins: day("2026-10-01")}
	o.Rotations["night"] = fourOnTwoOff
	require.Equal(t, []string{"rotations[crew-b].id", "rotations[crew-b].days[0].shift", "rotations[night].id", "rotations[night].id"}, paths(o.Validate()))
}

// The employee's own roster goes before the team's, whichever is newer, and the team's before the terms.
func TestPrecedenceOfRosters(t *testing.T) {
	o := open(t)
	o.Rotations = map[string]attendance.Rotation{"crew-a": fourOnTwoOff}
	roster := func(list ...attendance.Assignment) {
		t.Helper()
		_, err := o.Roster(t.Context(), o.cmd(boss), list...)
		require.NoError(t, err)
	}
	shifts := func(dates ...string) (out []string) {
		for _, d := range dates {
			out = append(out, o.day(t, "E1", d, 0).Shift)
		}
		return out
	}
	monday, tuesday, wednesday := "2026-10-05", "2026-10-06", "2026-10-07"
	require.Equal(t, []string{"general", "general", "general"}, shifts(monday, tuesday, wednesday))
	roster(attendance.Assignment{Employee: "E1", Shift: "london", Period: hr.MustPeriod("2026-10-06..2026-10-06")})
	roster(attendance.ForTeam("support", []hr.EmployeeID{"E1", "E3"}, "night", hr.MustPeriod("2026-10-06..2026-10-16"))...)
	require.Equal(t, []string{"general", "london", "night"}, shifts(monday, tuesday, wednesday))
	require.Equal(t, "night", o.day(t, "E3", "2026-10-15", 0).Shift)
	roster(attendance.ForTeam("support", []hr.EmployeeID{"E1"}, "crew-a", hr.MustPeriod("2026-10-06..2026-10-16"))...)
	require.Equal(t, []string{"general", "london", "general"}, shifts(monday, tuesday, wednesday), "the newer of the team's, a rotation")
	roster(attendance.Assignment{Employee: "E1", Clear: true, Period: hr.MustPeriod("2026-10-06..2026-10-06")})
	require.Equal(t, []string{"general", "night", "general"}, shifts(monday, tuesday, wednesday), "without one of their own, the team's decides again")
	roster( // both in one command: each has its place
		attendance.Assignment{Employee: "E1", Shift: "london", Period: hr.MustPeriod("2026-10-07..2026-10-07")},
		attendance.Assignment{Employee: "E1", Team: "support", Shift: "night", Period: hr.MustPeriod("2026-10-07..2026-10-08")})
	require.Equal(t, []string{"london", "night"}, shifts(wednesday, "2026-10-08"))
	_, err := o.Roster(t.Context(), o.cmd(boss), attendance.ForTeam("support", []hr.EmployeeID{"E1", "E1"}, "crew-x", hr.MustPeriod("2026-10-06..2026-10-16"))...)
	require.Equal(t, []hr.Rule{attendance.RuleShiftUnknown, attendance.RuleShiftUnknown, attendance.RuleRosterOverlap}, rules(err))
}
