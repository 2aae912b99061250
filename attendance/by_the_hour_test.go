package attendance_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// general is the shift of TestClassifyADay: 09:00 to 18:00, an hour of unpaid break after five hours, 480 minutes of work.
func general(t fataler) attendance.Shift {
	s := shift(t, "general", "09:00", "18:00")
	s.Break = attendance.Break{Minutes: 60, After: 300}
	return s
}

func byTheHour(minutes int, paid string) hr.Absence {
	return hr.Absence{Employee: "E1", Date: day("2026-10-05"), Minutes: minutes, Type: "short", Paid: dec(paid), Ref: hr.Ref{Kind: "leave", ID: "L9"}}
}

// Leave by the hour on a day that asks for 480 minutes: 120 of them are a quarter of the day. A full day is 420, half a day 210. Figures by
// hand, as the note says.
func TestLeaveByTheHour(t *testing.T) {
	type want struct {
		status                      attendance.Status
		payable                     string
		worked, late, early, onHour int
		exceptions                  []attendance.ExceptionCode
	}
	second := hr.Absence{Employee: "E1", Date: day("2026-10-05"), Half: hr.SecondHalf, Type: "casual", Paid: dec("1"), Ref: hr.Ref{Kind: "leave", ID: "L1"}}
	for _, row := range []struct {
		name     string
		punches  string
		halves   int
		absences []hr.Absence
		want     want
	}{
		{"two hours at the end: 420 - 60 and 120 make the day", "i09:00 o16:00", 2, []hr.Absence{byTheHour(120, "1")}, want{attendance.StatusPresent, "1", 360, 0, 0, 120, nil}},
		{"the same without pay: 1 - 120/480", "i09:00 o16:00", 2, []hr.Absence{byTheHour(120, "0")}, want{attendance.StatusPresent, "0.75", 360, 0, 0, 120, nil}},
		{"at half pay: 1 - 60/480", "i09:00 o16:00", 2, []hr.Absence{byTheHour(120, "0.5")}, want{attendance.StatusPresent, "0.875", 360, 0, 0, 120, nil}},
		{"100 minutes at the start, without pay: 1 - 0.20833...", "i10:40 o18:00", 2, []hr.Absence{byTheHour(100, "0")}, want{attendance.StatusPresent, "0.7917", 380, 0, 0, 100, nil}},
		{"20 minutes later than the leave allows", "i11:20 o18:00", 2, []hr.Absence{byTheHour(120, "1")}, want{attendance.StatusPresent, "1", 340, 20, 0, 120, []attendance.ExceptionCode{attendance.Late}}},
		{"an hour at either end", "i10:00 o17:00", 2, []hr.Absence{byTheHour(120, "1")}, want{attendance.StatusPresent, "1", 360, 0, 0, 120, nil}},
		{"in the middle it is no break: 420 - 60 and 120", "i09:00 o11:00 i13:00 o18:00", 2, []hr.Absence{byTheHour(120, "1")}, want{attendance.StatusPresent, "1", 360, 0, 0, 120, nil}},
		{"and nobody came: what the leave pays and no more", "", 2, []hr.Absence{byTheHour(120, "1")}, want{attendance.StatusAbsent, "0.25", 0, 0, 0, 120, []attendance.ExceptionCode{attendance.NoShow}}},
		{"all that is asked", "", 2, []hr.Absence{byTheHour(480, "1")}, want{attendance.StatusLeave, "1", 0, 0, 0, 480, nil}},
		{"all of it without pay", "", 2, []hr.Absence{byTheHour(480, "0")}, want{attendance.StatusUnpaidLeave, "0", 0, 0, 0, 480, nil}},
		{"more than is asked counts as far as that", "", 2, []hr.Absence{byTheHour(600, "0.5")}, want{attendance.StatusLeave, "0.5", 0, 0, 0, 480, nil}},
		{"a whole day of the clock counts as far as what is asked", "", 2, []hr.Absence{byTheHour(1440, "1")}, want{attendance.StatusLeave, "1", 0, 0, 0, 480, nil}},
		{"half of the leave was worked, and not more: 420 and 60", "i09:00 o17:00", 2, []hr.Absence{byTheHour(120, "1")}, want{attendance.StatusPresent, "1", 420, 0, 0, 120, nil}},
		{"the half that other leave leaves: 0.5 + 0", "", 2, []hr.Absence{second, byTheHour(240, "0")}, want{attendance.StatusHalfLeave, "0.5", 0, 0, 0, 240, nil}},
		{"two of them: 1 - 60/480", "i10:00 o17:00", 2, []hr.Absence{byTheHour(60, "1"), byTheHour(60, "0")}, want{attendance.StatusPresent, "0.875", 360, 0, 0, 120, nil}},
		{"at work all the same", "i09:00 o18:00", 2, []hr.Absence{byTheHour(120, "1")}, want{attendance.StatusPresent, "1", 480, 0, 0, 120, []attendance.ExceptionCode{attendance.WorkOnLeave}}},
		{"a punch is missing: what the leave pays", "i09:00", 2, []hr.Absence{byTheHour(120, "1")}, want{attendance.StatusMissingPunch, "0.25", 0, 0, 0, 120, []attendance.ExceptionCode{attendance.MissingOut}}},
		{"180 and 120 are half a day", "i09:00 o12:00", 2, []hr.Absence{byTheHour(120, "1")}, want{attendance.StatusHalfDay, "0.5", 180, 0, 240, 120, []attendance.ExceptionCode{attendance.ShortDay, attendance.EarlyExit}}},
		{"240 worked are half a day, and leave without pay takes nothing of it", "i09:00 o13:00", 2, []hr.Absence{byTheHour(120, "0")}, want{attendance.StatusHalfDay, "0.5", 240, 0, 180, 120, []attendance.ExceptionCode{attendance.ShortDay, attendance.EarlyExit}}},
		{"six hours without pay, and half a day worked: 1 - 360/480", "i09:00 o13:00", 2, []hr.Absence{byTheHour(360, "0")}, want{attendance.StatusPresent, "0.25", 240, 0, 0, 360, nil}},
		{"six hours of leave and one of work: never less than the leave", "i09:00 o10:00", 2, []hr.Absence{byTheHour(360, "1")}, want{attendance.StatusPresent, "1", 60, 0, 120, 360, []attendance.ExceptionCode{attendance.EarlyExit}}},
		{"a half working day asks for 270: 0.5 + 0.5 x (1 - 90/270)", "i09:00 o12:00", 1, []hr.Absence{byTheHour(90, "0")}, want{attendance.StatusPresent, "0.8333", 180, 0, 0, 90, nil}},
		{"nothing is asked on a day off", "", 0, []hr.Absence{byTheHour(60, "0")}, want{attendance.StatusWeeklyOff, "1", 0, 0, 0, 0, nil}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := attendance.Classify(attendance.DayInput{
				Date: day("2026-10-05"), Shift: general(t), Calendar: hr.Day{Date: day("2026-10-05"), Halves: row.halves, WeeklyOff: row.halves == 0},
				Absences: row.absences, Punches: punches(t, "2026-10-05", row.punches), Policy: house,
			})
			require.NoError(t, err)
			require.Equal(t, row.want, want{got.Status, hr.Canonical(got.Payable), got.Worked, got.Late, got.Early, got.LeaveMinutes, codes(got)})
			require.Equal(t, "1", hr.Canonical(got.Payable.Add(got.Unpaid)))
		})
	}
}

func TestLeaveByTheHourRefuses(t *testing.T) {
	date := day("2026-10-05")
	in := attendance.DayInput{Date: date, Shift: general(t), Calendar: workday("2026-10-05"), Absences: []hr.Absence{byTheHour(-1, "1"), byTheHour(1441, "1"), byTheHour(60, "2")}}
	in.Absences[0].Half = hr.FirstHalf
	_, err := attendance.Classify(in)
	require.Equal(t, []hr.Rule{attendance.RuleAbsenceMinutes, attendance.RuleAbsenceMinutes, attendance.RuleAbsencePaid}, rules(err))
	in.Absences = []hr.Absence{byTheHour(60, "1"), {Date: date, Type: "earned", Paid: dec("1")}}
	_, err = attendance.Classify(in)
	require.Equal(t, []string{"absences[0].minutes"}, paths(err))
	require.Equal(t, []hr.Rule{attendance.RuleAbsenceOverlap}, rules(err))
}

// Whatever the leave and the work: a day is one day, an hour more at work never pays less, leave that is paid never pays less than the
// same without pay, and without work the day is worth what the leave pays.
func TestLeaveByTheHourIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := attendance.Policy{Thresholds: attendance.Thresholds{FullDay: rapid.IntRange(200, 480).Draw(t, "full"), HalfDay: rapid.IntRange(0, 200).Draw(t, "half")}}
		leave := rapid.IntRange(1, 480).Draw(t, "leave")
		read := func(worked int, paid string) attendance.Day {
			in := attendance.DayInput{Date: day("2026-10-05"), Shift: general(t), Calendar: workday("2026-10-05"), Absences: []hr.Absence{byTheHour(leave, paid)}, Policy: policy}
			if worked > 0 {
				in.Punches = []attendance.Punch{punch(attendance.In, at(t, "2026-10-05 09:00")), punch(attendance.Out, at(t, "2026-10-05 09:00").Add(time.Duration(worked)*time.Minute))}
			}
			d, err := attendance.Classify(in)
			require.NoError(t, err)
			require.True(t, d.Payable.Add(d.Unpaid).Equal(dec("1")) && d.Payable.Sign() >= 0 && d.Unpaid.Sign() >= 0, "%s", d.Payable)
			return d
		}
		n := rapid.IntRange(0, 500).Draw(t, "worked")
		for _, paid := range []string{"0", "0.5", "1"} {
			require.False(t, read(n+1, paid).Payable.LessThan(read(n, paid).Payable))
		}
		require.False(t, read(n, "1").Payable.LessThan(read(n, "0.5").Payable))
		require.False(t, read(n, "0.5").Payable.LessThan(read(n, "0").Payable))
		require.Equal(t, (leave*100000/480+5)/10, int(read(0, "1").Payable.Mul(dec("10000")).IntPart()), "of 480, rounded to four places")
		require.True(t, read(0, "0").Payable.IsZero())
	})
}

// Two of eight hours without pay reach the timesheet as a quarter of the day, and the summary as minutes.
func TestLeaveByTheHourInTheTimesheet(t *testing.T) {
	o := open(t)
	o.Absences = away{"E1": {byTheHour(120, "0")}}
	o.record(t, of("E1", 1, punches(t, "2026-10-05", "i09:00 o16:00")))
	got := o.day(t, "E1", "2026-10-05", 0)
	require.Equal(t, "0.75", got.Payable.String())
	require.Contains(t, bytesOf(t, got.Trace), "payable by 0 of 120 minutes")
	sheet := o.sheet(t, "E1", 0)
	require.Equal(t, "0.75", sheet.Days[4].Payable.String())
	require.Equal(t, "0.25", sheet.Days[4].Unpaid.String())
	roll, err := o.Muster(t.Context(), view, []hr.Pin{{Employee: "E1"}}, october)
	require.NoError(t, err)
	require.Equal(t, 120, roll.Rows[0].Summary.LeaveMinutes)
}
