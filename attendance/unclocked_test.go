package attendance_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Office staff do not come to a clock. The shift plans 9:00 to 18:00 less an hour's break: 480 minutes.
func TestUnclockedShift(t *testing.T) {
	day := hr.MustDate("2026-10-07")
	shift := attendance.Shift{
		ID: "office", Zone: time.UTC, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("18:00"), Kind: attendance.UnclockedShift,
		Break: attendance.Break{Minutes: 60, After: 360},
	}
	working := hr.Day{Date: day, Halves: 2}
	away := func(half hr.HalfOfDay, minutes int, paid int64) hr.Absence {
		return hr.Absence{Employee: "E1", Date: day, Half: half, Minutes: minutes, Type: "any", Paid: decimal.NewFromInt(paid), Ref: hr.Ref{Kind: "leave", ID: "L1"}}
	}
	punch := func(clock string, d attendance.Direction) attendance.Punch {
		return attendance.Punch{ID: attendance.PunchID(clock), Employee: "E1", At: day.At(hr.MustTimeOfDay(clock), time.UTC), Direction: d}
	}
	for _, x := range []struct {
		name     string
		in       attendance.DayInput
		status   attendance.Status
		payable  string
		worked   int
		overtime int
	}{
		{"nothing is known", attendance.DayInput{Calendar: working}, attendance.StatusPresent, "1", 480, 0},
		{"weekly off", attendance.DayInput{Calendar: hr.Day{Date: day}}, attendance.StatusWeeklyOff, "1", 0, 0},
		{"half a working day", attendance.DayInput{Calendar: hr.Day{Date: day, Halves: 1}}, attendance.StatusPresent, "1", 270, 0}, // half of 540; a break begins beyond 360
		{"leave without pay", attendance.DayInput{Calendar: working, Absences: []hr.Absence{away("", 0, 0)}}, attendance.StatusUnpaidLeave, "0", 0, 0},
		{"half on leave without pay", attendance.DayInput{Calendar: working, Absences: []hr.Absence{away(hr.FirstHalf, 0, 0)}}, attendance.StatusHalfLeave, "0.5", 240, 0},
		{"two hours without pay", attendance.DayInput{Calendar: working, Absences: []hr.Absence{away("", 120, 0)}}, attendance.StatusPresent, "0.75", 360, 0},
		{"two hours with pay", attendance.DayInput{Calendar: working, Absences: []hr.Absence{away("", 120, 1)}}, attendance.StatusPresent, "1", 360, 0},
		{"all hours without pay", attendance.DayInput{Calendar: working, Absences: []hr.Absence{away("", 480, 0)}}, attendance.StatusUnpaidLeave, "0", 0, 0},
		{"came late and was seen", attendance.DayInput{Calendar: working, Punches: []attendance.Punch{punch("11:00", attendance.In), punch("18:00", attendance.Out)}}, attendance.StatusPresent, "1", 480, 0},
		{"stayed long and was seen", attendance.DayInput{Calendar: working, Punches: []attendance.Punch{punch("09:00", attendance.In), punch("20:00", attendance.Out)}}, attendance.StatusPresent, "1", 600, 120},
		{"one punch", attendance.DayInput{Calendar: working, Punches: []attendance.Punch{punch("09:00", attendance.In)}}, attendance.StatusPresent, "1", 480, 0},
		{"worked on a day off", attendance.DayInput{Calendar: hr.Day{Date: day}, Punches: []attendance.Punch{punch("09:00", attendance.In), punch("11:00", attendance.Out)}}, attendance.StatusWeeklyOff, "1", 120, 120},
		{"thresholds", attendance.DayInput{Calendar: working, Policy: attendance.Policy{Thresholds: attendance.Thresholds{FullDay: 420, HalfDay: 240}}}, attendance.StatusPresent, "1", 480, 0},
	} {
		t.Run(x.name, func(t *testing.T) {
			x.in.Date, x.in.Shift = day, shift
			x.in.Policy.Overtime = attendance.Overtime{Step: 1}
			got, err := attendance.Classify(x.in)
			require.NoError(t, err)
			require.Equal(t, x.status, got.Status)
			require.Equal(t, x.payable, got.Payable.String())
			require.Equal(t, decimal.NewFromInt(1).Sub(got.Payable).String(), got.Unpaid.String())
			require.Equal(t, []int{x.worked, x.overtime}, []int{got.Worked, got.Overtime})
			require.Zero(t, got.Late+got.Early)
			for _, e := range got.Exceptions {
				require.NotContains(t, []attendance.ExceptionCode{attendance.NoShow, attendance.MissingOut, attendance.ShortDay, attendance.NothingWorked}, e.Code)
			}
		})
	}
}

// A time sheet of an unclocked shift rests on the shift, and an explanation says so.
func TestAnUnclockedDayRestsOnItsShift(t *testing.T) {
	o := open(t)
	office := o.Shifts["general"]
	office.ID, office.Name, office.Kind = "office", "Office", attendance.UnclockedShift
	o.Shifts["office"] = office
	_, err := o.Roster(t.Context(), o.cmd(boss), attendance.Assignment{Employee: "E1", Shift: "office", Period: october})
	require.NoError(t, err)
	sheets, err := o.Timesheets(t.Context(), view, []hr.Pin{{Employee: "E1"}}, october)
	require.NoError(t, err)
	require.Equal(t, "31", sheets[0].Payable.String())
	monday := sheets[0].Days[4] // 5 October
	require.Equal(t, "present", monday.Status)
	ref := monday.Refs[len(monday.Refs)-1]
	require.Equal(t, hr.Ref{Kind: "shift", ID: "office"}, ref)
	texts, err := o.Describe(t.Context(), view, "E1", []hr.Ref{ref})
	require.NoError(t, err)
	require.Equal(t, []string{"as planned by shift Office, which nobody clocks"}, texts)
}
