package attendance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// What the days ask of somebody is what their turns ask: the 3rd is a Saturday on which crew A works, the 5th a Monday on which it is off.
func TestWorkdays(t *testing.T) {
	o := open(t)
	o.Rotations = map[string]attendance.Rotation{"crew-a": fourOnTwoOff}
	o.Terms.(staff)["E4"] = hr.Since(day("2026-10-02"), hr.Terms{Calendar: "blr", Shift: "crew-a"})
	o.Terms.(staff)["E5"] = hr.Since(day("2026-01-01"), hr.Terms{Calendar: "nowhere", Shift: "general"})
	workdays := func(employee hr.EmployeeID, period string) (out []string) {
		days, err := o.Workdays(t.Context(), view, employee, hr.MustPeriod(period))
		require.NoError(t, err)
		for _, d := range days {
			word := d.Holiday
			switch {
			case d.WeeklyOff:
				word = "off"
			case d.Halves == 2:
				word = "work"
			}
			out = append(out, d.Date.String()[5:]+" "+word)
		}
		return out
	}
	require.Equal(t, []string{"10-02 Gandhi Jayanti", "10-03 work", "10-04 work", "10-05 off", "10-06 off", "10-07 work"}, workdays("E4", "2026-10-01..2026-10-07"), "they join on the 2nd")
	require.Equal(t, []string{"10-03 off", "10-04 off", "10-05 work"}, workdays("E1", "2026-10-03..2026-10-05"))
	require.Equal(t, []string{"12-30 work", "12-31 work"}, workdays("E1", "2026-12-30..2027-01-02"), "as far as the calendar knows")
	require.Empty(t, workdays("E5", "2026-10-01..2026-10-07"), "no such calendar")
	require.Empty(t, workdays("X9", "2026-10-01..2026-10-07"))
	_, err := o.Workdays(t.Context(), view, "E1", hr.MustPeriod("2026-10-05.."))
	require.Equal(t, []hr.Rule{attendance.RulePeriodOpen}, rules(err))
	o.Kit.Authorize = func(hr.Ask) hr.Verdict { return hr.Verdict{} }
	_, err = o.Workdays(t.Context(), view, "E1", october)
	require.ErrorIs(t, err, hr.ErrDenied)
}
