package attendance_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

func TestDevices(t *testing.T) {
	o := open(t)
	o.Devices = map[string]attendance.Device{"gate-1": {ID: "gate-1"}, "phone-1": {ID: "phone-1", Owner: "E1"}}
	require.NoError(t, o.Validate())
	before := o.state(t)
	list := punches(t, monday, "i09:00 o18:00 i18:30 o19:00")
	for i, d := range []string{"gate-1", "phone-1", "phone-1", "gate-9"} {
		list[i].Device, list[i].DeviceSeq = d, int64(i+1)
	}
	list[2].Employee = "E3"
	list[2].At = at(t, "2026-10-12 09:00")
	_, err := o.Record(t.Context(), o.cmd(gate), list...)
	require.Equal(t, []string{"punches[2].device", "punches[3].device"}, paths(err))
	require.Equal(t, []hr.Rule{attendance.RulePunchDeviceOwner, attendance.RulePunchDeviceUnknown}, rules(err))
	require.Equal(t, before, o.state(t))
	o.record(t, list[:2])
	o.Devices["x"] = attendance.Device{ID: "y"}
	require.Equal(t, []string{"devices[x].id"}, paths(o.Validate()))
}

// closedThrough is the last closed day of each.
type closedThrough map[hr.EmployeeID]hr.Date

func (c closedThrough) ClosedThrough(_ context.Context, _ hr.View, pins []hr.Pin) ([]hr.Date, error) {
	out := make([]hr.Date, len(pins))
	for i, p := range pins {
		out[i] = c[p.Employee]
	}
	return out, nil
}

// September is closed for E1 and E2. The night that began on the 30th is September's until its end; the 1st is open.
func TestClosedDays(t *testing.T) {
	o := open(t)
	night := of("E2", 1, punches(t, "2026-09-30", "i22:00 +o06:00"))
	ids := o.record(t, night[:1])
	other := of("E2", 31, punches(t, "2026-09-29", "i22:00 +o06:00 +i22:30"))
	other = append(other, of("E2", 41, punches(t, "2026-09-30", "+o06:01 +i22:00 +o22:15"))...)
	late := o.record(t, other)
	o.Closings = closedThrough{"E1": day("2026-09-30"), "E2": day("2026-09-30")}
	before := o.state(t)
	_, err := o.Record(t.Context(), o.cmd(gate), append(of("E1", 11, punches(t, "2026-09-30", "i09:00 o18:00")), night[1])...)
	require.Equal(t, []hr.Rule{attendance.RulePeriodClosed, attendance.RulePeriodClosed, attendance.RulePeriodClosed}, rules(err))
	_, err = o.Correct(t.Context(), o.cmd(boss), attendance.Correction{Employee: "E2", At: night[1].At, Direction: attendance.Out})
	require.Equal(t, []string{"corrections[0].at"}, paths(err))
	_, err = o.Void(t.Context(), o.cmd(boss), "E2", ids...)
	require.Equal(t, []hr.Rule{attendance.RulePeriodClosed}, rules(err))
	_, err = o.Void(t.Context(), o.cmd(boss), "E2", late[3])
	require.Equal(t, []hr.Rule{attendance.RulePeriodClosed}, rules(err), "out at 06:01 of the 1st: the end of the night of the 30th, also 00:31 of the 1st in UTC")
	_, err = o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Shift: "night", Period: hr.MustPeriod("2026-09-30..2026-10-02")})
	require.Equal(t, []hr.Rule{attendance.RulePeriodClosed}, rules(err))
	require.Equal(t, before, o.state(t))
	_, err = o.Void(t.Context(), o.cmd(boss), "E2", late[4:]...)
	require.NoError(t, err, "the night of the 1st is open")
	o.record(t, of("E1", 21, punches(t, "2026-10-01", "i09:00 o18:00")))
}
