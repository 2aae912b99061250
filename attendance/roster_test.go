package attendance_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// shifts writes the shift of each day of E1's week from Monday 5 October, as known at k.
func (o *office) shifts(t testing.TB, k hr.Seq) string {
	t.Helper()
	days, err := o.Days(t.Context(), view.At(hr.Known{Own: k}), "E1", hr.MustPeriod("2026-10-05..2026-10-11"))
	require.NoError(t, err)
	var out []string
	for _, d := range days {
		out = append(out, d.Shift)
	}
	return strings.Join(out, " ")
}

// A newer assignment paints over an older one; lifting it uncovers the terms and not the older roster; what was known stays.
func TestRoster(t *testing.T) {
	o := open(t)
	assign := func(shift, period string, lift bool) []hr.Ref {
		refs, err := o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Shift: shift, Period: hr.MustPeriod(period), Clear: lift})
		require.NoError(t, err)
		return refs
	}
	first := assign("night", "2026-10-06..", false)
	assign("london", "2026-10-07..2026-10-08", false)
	assign("", "2026-10-08..2026-10-09", true)
	require.Equal(t, "general night london general general night night", o.shifts(t, 0))
	require.Equal(t, "general night night night night night night", o.shifts(t, 1))
	require.Equal(t, "general night london london night night night", o.shifts(t, 2))
	require.Equal(t, first, o.day(t, "E1", "2026-10-06", 0).Refs, "the roster is evidence of the day's shift")
	require.Empty(t, o.day(t, "E1", "2026-10-09", 0).Refs)
}

// Put on nights after the fact, the same punches are those of another day: 21:55 to 06:05 was a lone in on one day and a lone out on
// the next, and is a night of 490 minutes.
func TestARosterAfterTheFact(t *testing.T) {
	o := open(t)
	o.record(t, of("E1", 1, punches(t, "2026-10-05", "i21:55 +o06:05")))
	known := o.head(t, "E1")
	require.Equal(t, attendance.StatusMissingPunch, o.day(t, "E1", "2026-10-05", 0).Status)
	require.Equal(t, attendance.StatusMissingPunch, o.day(t, "E1", "2026-10-06", 0).Status)
	_, err := o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Shift: "night", Period: hr.MustPeriod("2026-10-05..2026-10-05")})
	require.NoError(t, err)
	got := o.day(t, "E1", "2026-10-05", 0)
	require.Equal(t, attendance.StatusPresent, got.Status)
	require.Equal(t, 490, got.Worked)
	require.Equal(t, attendance.StatusAbsent, o.day(t, "E1", "2026-10-06", 0).Status)
	require.Equal(t, attendance.StatusMissingPunch, o.day(t, "E1", "2026-10-05", known).Status)
}

func TestRosterRefusesAllAtOnce(t *testing.T) {
	o := open(t)
	before := o.state(t)
	broken := shift(t, "broken", "09:00", "09:00")
	o.Shifts["broken"] = broken
	p := hr.MustPeriod
	_, err := o.Roster(
		t.Context(), o.cmd(boss),
		attendance.Assignment{Employee: "E1", Shift: "night", Period: p("2026-10-05..2026-10-09")},
		attendance.Assignment{Shift: "night", Period: p("2026-10-05..2026-10-09")},
		attendance.Assignment{Employee: "E1", Shift: "late", Period: p("2026-10-09..")},
		attendance.Assignment{Employee: "E1", Period: hr.Period{Through: day("2026-09-01")}},
		attendance.Assignment{Employee: "E1", Shift: "night", Period: p("2026-10-12.."), Clear: true},
		attendance.Assignment{Employee: "E2", Shift: "broken", Period: p("2026-10-31..2026-11-30")},
		attendance.Assignment{Employee: "X9", Shift: "night", Period: p("2026-10-05..2026-10-09")},
	)
	require.Equal(t, []string{
		"assignments[1].employee",
		"assignments[2].shift", "assignments[2].period", // shares the 9th with the first
		"assignments[3].period", "assignments[3].shift",
		"assignments[4].shift", "assignments[4].period", // the third is open
		"assignments[5].shift.end",
		"assignments[5].period", "assignments[6].period",
	}, paths(err))
	require.Equal(t, []hr.Rule{
		attendance.RuleRosterEmployee,
		attendance.RuleShiftUnknown, attendance.RuleRosterOverlap,
		attendance.RuleRosterPeriod, attendance.RuleShiftUnknown,
		attendance.RuleShiftUnknown, attendance.RuleRosterOverlap,
		attendance.RuleShiftLength,
		attendance.RuleRosterNotEmployed, attendance.RuleRosterNotEmployed,
	}, rules(err))
	require.Equal(t, before, o.state(t))
	_, err = o.Roster(t.Context(), o.cmd(boss))
	require.Equal(t, []hr.Rule{attendance.RuleEmpty}, rules(err))
}
