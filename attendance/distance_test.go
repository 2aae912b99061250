package attendance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Far from Greenwich a punch can be kept two days from the work day that owns it. In the west a night of Friday the 30th, 22:00 to 06:00 at
// UTC-12, ends on the 31st at 18:00 UTC and owns 12 hours more: until 06:00 UTC on Sunday. In the east a shift of Monday the 12th
// begins at midnight of UTC+14, at 10:00 UTC on the 11th, and owns 12 hours before: from 22:00 UTC on Saturday.
func TestAPunchTwoDaysFromItsWorkDay(t *testing.T) {
	for _, row := range []struct {
		name, zone, start, end string
		employee               hr.EmployeeID
		work, at, again, says  string
	}{
		{"the last night of a leaver", "Etc/GMT+12", "22:00", "06:00", "E2", "2026-10-30", "2026-11-01 05:00", "2026-11-01 05:30", "out 2026-10-31 17:00 -12:00"},
		{"the first day of a joiner", "Pacific/Kiritimati", "00:00", "08:00", "E3", "2026-10-12", "2026-10-10 22:30", "2026-10-10 22:45", "out 2026-10-11 12:30 +14:00"},
	} {
		t.Run(row.name, func(t *testing.T) {
			o := open(t)
			o.Shifts["far"] = shiftIn(t, row.zone, "far", row.start, row.end)
			work := day(row.work)
			_, err := o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: row.employee, Shift: "far", Period: hr.Period{From: work, Through: work}})
			require.NoError(t, err)
			ids, err := o.Record(t.Context(), o.cmd(gate), attendance.Punch{Employee: row.employee, At: in(t, "UTC", row.at), Direction: attendance.Out})
			require.NoError(t, err)
			require.Equal(t, []hr.Ref{{Kind: "punch", ID: string(ids[0])}}, o.day(t, row.employee, row.work, 0).Refs[1:])
			texts, err := o.Describe(t.Context(), view, row.employee, []hr.Ref{{Kind: "punch", ID: string(ids[0])}})
			require.NoError(t, err)
			require.Equal(t, []string{row.says}, texts)

			o.Closings = closedThrough{row.employee: work}
			_, err = o.Void(t.Context(), o.cmd(boss), row.employee, ids...)
			require.Equal(t, []hr.Rule{attendance.RulePeriodClosed}, rules(err), "with its work day it is closed")
			_, err = o.Correct(t.Context(), o.cmd(boss), attendance.Correction{Employee: row.employee, At: in(t, "UTC", row.again), Direction: attendance.In})
			require.Equal(t, []hr.Rule{attendance.RulePeriodClosed}, rules(err))
			o.Closings = closedThrough{row.employee: work.Add(-1)}
			_, err = o.Void(t.Context(), o.cmd(boss), row.employee, ids...)
			require.NoError(t, err, "and with it open")
		})
	}
}
