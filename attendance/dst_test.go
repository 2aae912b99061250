package attendance_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// London's clocks went forward at 01:00 UTC on Sunday 29 March 2026 (01:00 became 02:00) and back at 01:00 UTC on Sunday 25 October
// (02:00 became 01:00): The Summer Time Order 2002, the last Sundays of March and October. New York's went back at 06:00 UTC on
// Sunday 1 November. A night is what really passed, and so is what was asked for: nobody owes or earns the clock's hour.
func TestNightsOfAClockChange(t *testing.T) {
	for _, row := range []struct {
		name, zone, date       string
		start, end             string
		in, out                string // UTC
		worked, scheduled      int
		night, overtime, early int
	}{
		{"an ordinary night: 480 - 30", "Europe/London", "2026-06-13", "22:00", "06:00", "2026-06-13 21:00", "2026-06-14 05:00", 450, 450, 450, 0, 0},
		{"forward, 7 hours: 420 - 30", "Europe/London", "2026-03-28", "22:00", "06:00", "2026-03-28 22:00", "2026-03-29 05:00", 390, 390, 390, 0, 0},
		{"back, 9 hours: 540 - 30", "Europe/London", "2026-10-24", "22:00", "06:00", "2026-10-24 21:00", "2026-10-25 06:00", 510, 510, 510, 0, 0},
		{"back, and an hour longer by the clock: 600 - 30", "Europe/London", "2026-10-24", "22:00", "06:00", "2026-10-24 21:00", "2026-10-25 07:00", 570, 510, 540, 60, 0},
		{"back, away before the extra hour was over: 8 hours by the clock, 480 - 30", "Europe/London", "2026-10-24", "22:00", "06:00", "2026-10-24 21:00", "2026-10-25 05:00", 450, 510, 450, 0, 60},
		{"back, in New York", "America/New_York", "2026-10-31", "22:00", "06:00", "2026-11-01 02:00", "2026-11-01 11:00", 510, 510, 510, 0, 0},
		{"back, a day of 25 hours: 1500 - 30", "Europe/London", "2026-10-25", "00:00", "24:00", "2026-10-24 23:00", "2026-10-26 00:00", 1470, 1470, 540, 0, 0},    // night: 00:00 to 06:00 is 7 hours, 22:00 to 24:00 two
		{"forward, a day of 23 hours: 1380 - 30", "Europe/London", "2026-03-29", "00:00", "24:00", "2026-03-29 00:00", "2026-03-29 23:00", 1350, 1350, 420, 0, 0}, // 5 hours and 2
	} {
		t.Run(row.name, func(t *testing.T) {
			s := shiftIn(t, row.zone, "s", row.start, row.end)
			s.Break.Minutes = 30
			got, err := attendance.Classify(attendance.DayInput{
				Date: day(row.date), Shift: s, Calendar: workday(row.date),
				Policy:  attendance.Policy{Overtime: attendance.Overtime{Step: 1}, Night: attendance.Night{From: clock("22:00"), Until: clock("06:00")}},
				Punches: []attendance.Punch{punch(attendance.In, in(t, "UTC", row.in)), punch(attendance.Out, in(t, "UTC", row.out))},
			})
			require.NoError(t, err)
			type minutes struct{ worked, scheduled, night, overtime, late, early int }
			require.Equal(t, minutes{row.worked, row.scheduled, row.night, row.overtime, 0, row.early}, minutes{got.Worked, got.Scheduled, got.Night, got.Overtime, got.Late, got.Early})
			require.Equal(t, attendance.StatusPresent, got.Status)
		})
	}
}

// Out and in again at what the clock calls 01:30 both times: the hour between them happened, and is a break.
func TestTheHourThatComesTwice(t *testing.T) {
	s := shiftIn(t, "Europe/London", "night", "22:00", "06:00")
	utc := func(hhmm string) time.Time { return in(t, "UTC", "2026-10-25 "+hhmm) }
	got, err := attendance.Classify(attendance.DayInput{
		Date: day("2026-10-24"), Shift: s, Calendar: workday("2026-10-24"),
		Punches: []attendance.Punch{
			punch(attendance.In, in(t, "UTC", "2026-10-24 21:00")), punch(attendance.Out, utc("00:30")),
			punch(attendance.In, utc("01:30")), punch(attendance.Out, utc("06:00")),
		},
	})
	require.NoError(t, err)
	require.Equal(t, 480, got.Worked) // 210 + 270
	loc := zone(t, "Europe/London")
	require.Equal(t, "01:30", got.Sessions[0].Out.At.In(loc).Format("15:04"))
	require.Equal(t, "01:30", got.Sessions[1].In.At.In(loc).Format("15:04"))
}

// A shift that ends in the skipped hour ends at the change; one that lies wholly in it has no length.
func TestAShiftInTheSkippedHour(t *testing.T) {
	sunday := day("2026-03-29")
	require.Equal(t, 60, shiftIn(t, "Europe/London", "s", "00:00", "01:30").Length(sunday))
	require.Equal(t, 90, shiftIn(t, "Europe/London", "s", "00:00", "01:30").Length(sunday.Add(7)))
	require.Equal(t, 0, shiftIn(t, "Europe/London", "s", "01:10", "01:50").Length(sunday))
}

// The shifts of a year of nights and days add up to the year, whatever the clocks do: no minute is lost or counted twice.
func TestShiftsAroundTheClockFillTheYear(t *testing.T) {
	year := hr.MustPeriod("2026-01-01..2026-12-31")
	for _, name := range []string{"Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Kiritimati"} {
		minutes := 0
		for d := range year.Days() {
			minutes += shiftIn(t, name, "day", "06:00", "22:00").Length(d) + shiftIn(t, name, "night", "22:00", "06:00").Length(d)
		}
		require.Equal(t, 365*24*60, minutes, name)
	}
}
