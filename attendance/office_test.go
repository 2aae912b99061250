package attendance_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/storage"
	"github.com/musterhr/hr/storage/memory"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// staff is who is employed when, on which shift: a stand-in for lifecycle.
type staff map[hr.EmployeeID]hr.Timeline[hr.Terms]

func (s staff) TermsOf(_ context.Context, _ hr.View, pins []hr.Pin, _ hr.Period) ([]hr.Timeline[hr.Terms], error) {
	out := make([]hr.Timeline[hr.Terms], len(pins))
	for i, p := range pins {
		out[i] = s[p.Employee]
	}
	return out, nil
}

// away is who is on leave: a stand-in for leave.
type away map[hr.EmployeeID][]hr.Absence

func (a away) Absences(_ context.Context, _ hr.View, pins []hr.Pin, p hr.Period) ([][]hr.Absence, error) {
	out := make([][]hr.Absence, len(pins))
	for i, pin := range pins {
		for _, x := range a[pin.Employee] {
			if p.Contains(x.Date) {
				out[i] = append(out[i], x)
			}
		}
	}
	return out, nil
}

var (
	gate = hr.Actor{ID: "gate"}
	boss = hr.Actor{ID: "boss", Employee: "B1"}
	asha = hr.Actor{ID: "asha", Employee: "E1"}
	view = hr.View{Actor: hr.Actor{ID: "desk"}, Purpose: "test"}

	october = hr.MustPeriod("2026-10-01..2026-10-31")
)

// office is attendance over memory. E1 works 09:00 to 18:00 since September. E2 works nights, from 22:00 to 06:00; the last of them
// begins on Friday 30 October. E3 joins on Monday 12 October. Saturday and Sunday are off, the 2nd is a holiday.
type office struct {
	attendance.Service
	db  *memory.DB
	now time.Time
	n   int
}

func open(t fataler) *office {
	t.Helper()
	o := &office{db: memory.New(), now: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}
	until := func(shift, first, last string) hr.Timeline[hr.Terms] {
		steps := []hr.Step[hr.Terms]{{Since: day(first), Value: hr.Terms{Calendar: "blr", Shift: shift}}}
		if last != "" {
			steps = append(steps, hr.Step[hr.Terms]{Since: day(last).Add(1), Void: true})
		}
		line, err := hr.NewTimeline(steps...)
		require.NoError(t, err)
		return line
	}
	general, night, london := shift(t, "general", "09:00", "18:00"), shift(t, "night", "22:00", "06:00"), shiftIn(t, "Europe/London", "london", "09:00", "17:00")
	general.Break, general.Window = attendance.Break{Minutes: 60, After: 300}, attendance.Window{Before: 240, After: 360}
	var seeds atomic.Int64
	kit := o.db.Kit(hr.AllowAll, func() time.Time { return o.now })
	kit.NewID = func() string { return fmt.Sprint("seed", seeds.Add(1)) }
	o.Service = attendance.Service{
		Kit: kit, Punches: o.db, Rosters: o.db,
		Terms: staff{"E1": until("general", "2026-09-01", ""), "E2": until("night", "2026-09-01", "2026-10-30"), "E3": until("general", "2026-10-12", "")},
		Calendars: map[string]hr.Calendar{"blr": hr.MustCalendar(hr.CalendarRules{
			Name: "blr", Span: hr.MustPeriod("2026-01-01..2026-12-31"),
			Off:     []hr.WeekdayRule{{Weekday: time.Saturday}, {Weekday: time.Sunday}},
			Entries: []hr.CalendarEntry{{Date: day("2026-10-02"), Kind: hr.DayHoliday, Name: "Gandhi Jayanti"}},
		})},
		Shifts:   map[string]attendance.Shift{"general": general, "night": night, "london": london},
		Policy:   house,
		Policies: map[string]attendance.Policy{"london": {}},
	}
	require.NoError(t, o.Validate())
	return o
}

func (o *office) cmd(by hr.Actor) hr.Command {
	o.n++
	return hr.Command{ID: hr.CommandID(fmt.Sprint("c", o.n)), Actor: by, Purpose: "test", Reason: "a reason"}
}

// of gives the punches to an employee, and each a number at the gate.
func of(employee hr.EmployeeID, firstSeq int64, list []attendance.Punch) []attendance.Punch {
	for i := range list {
		list[i].Employee, list[i].Device, list[i].DeviceSeq, list[i].Source = employee, "gate-1", firstSeq+int64(i), attendance.FromDevice
	}
	return list
}

func (o *office) record(t fataler, list []attendance.Punch) []attendance.PunchID {
	t.Helper()
	ids, err := o.Record(context.Background(), o.cmd(gate), list...)
	require.NoError(t, err)
	return ids
}

func (o *office) day(t fataler, employee hr.EmployeeID, date string, known hr.Seq) attendance.Day {
	t.Helper()
	days, err := o.Days(context.Background(), view.At(hr.Known{Own: known}), employee, hr.Period{From: day(date), Through: day(date)})
	require.NoError(t, err)
	require.Len(t, days, 1)
	return days[0]
}

func (o *office) sheet(t fataler, employee hr.EmployeeID, known hr.Seq) hr.Timesheet {
	t.Helper()
	sheets, err := o.Timesheets(context.Background(), view, []hr.Pin{{Employee: employee, Known: hr.Known{Own: known}}}, october)
	require.NoError(t, err)
	require.Len(t, sheets, 1)
	return sheets[0]
}

func (o *office) head(t fataler, employee hr.EmployeeID) hr.Seq {
	t.Helper()
	pins, err := o.Kit.Know.Heads(context.Background(), employee)
	require.NoError(t, err)
	return pins[0].Known.Own
}

// state is all that attendance keeps and says: what a refusal must leave as it was. Refusals are audited, so audits are left out.
func (o *office) state(t testing.TB) string {
	t.Helper()
	ctx := context.Background()
	pins := []hr.Pin{{Employee: ""}, {Employee: "E1"}, {Employee: "E2"}, {Employee: "E3"}, {Employee: "X9"}}
	punched, err := o.db.PunchesSince(ctx, pins)
	require.NoError(t, err)
	rostered, err := o.db.RostersSince(ctx, pins)
	require.NoError(t, err)
	events, err := o.db.Events(ctx)
	require.NoError(t, err)
	heads, err := o.db.Heads(ctx, "E1", "E2", "E3", "X9")
	require.NoError(t, err)
	return bytesOf(t, []any{punched, rostered, events, heads})
}

// refusals returns the audit's refusals.
func (o *office) refusals(t testing.TB) []storage.Audit {
	t.Helper()
	audits, err := o.db.Audits(context.Background())
	require.NoError(t, err)
	var out []storage.Audit
	for _, a := range audits {
		if a.Refused != "" {
			out = append(out, a)
		}
	}
	return out
}
