package attendance_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// FuzzFortnight reads any bytes as a fortnight of shifts and punches around the clock change of London: two bytes a day (start and length of
// the shift by the half hour; 0 no shift), then four a punch. Whatever they say, nothing is lost and every day is one day.
func FuzzFortnight(f *testing.F) {
	f.Add([]byte("\x12\x12\x12\x12\x2c\x10"), []byte("\x00\x00\x01\x01\x00\x10\x02\x02"), byte(0))
	f.Add([]byte("\x2c\x10\x2c\x10\x2c\x10"), []byte("\x05\x40\x01\x00\x07\x20\x02\x00\x09\x00\x00\x00"), byte(7))
	f.Fuzz(func(t *testing.T, roster, readings []byte, rules byte) {
		loc := zone(t, "Europe/London")
		first := day("2026-10-20")
		policy := attendance.Policy{
			Overtime:     attendance.Overtime{Step: int(rules & 3 * 15)},
			MissingPunch: attendance.MissingPunch{Halves: int(rules >> 2 & 1)},
			Duplicates:   attendance.Duplicates{Within: int(rules >> 3 & 1 * 10)},
			Thresholds:   attendance.Thresholds{FullDay: int(rules>>4&1) * 400},
			Night:        attendance.Night{From: clock("22:00"), Until: clock("06:00")},
		}
		if rules>>5&1 == 1 {
			policy.Pairing = attendance.PairAlternate
		}
		clockOf := func(n int) hr.TimeOfDay { return clock(fmt.Sprintf("%02d:%02d", n/2%24, n%2*30)) }
		var days []attendance.WorkDay
		for i := 0; i+1 < len(roster) && i < 28; i += 2 {
			d := attendance.WorkDay{Date: first.Add(i / 2)}
			if length := int(roster[i+1]) % 48; length > 0 {
				start := int(roster[i]) % 48
				d.Shift = attendance.Shift{
					ID: "s", Zone: loc, Start: clockOf(start), End: clockOf(start + length),
					Break: attendance.Break{Minutes: int(rules>>6&1) * 45}, Window: attendance.Window{After: int(rules>>7&1) * 90},
				}
			}
			days = append(days, d)
		}
		var punches []attendance.Punch
		for i := 0; i+3 < len(readings) && i < 400; i += 4 {
			punches = append(punches, attendance.Punch{
				ID: attendance.PunchID(fmt.Sprint(i)), Employee: "E1",
				At:        first.At(clock("00:00"), loc).Add(time.Duration(int(readings[i])<<8|int(readings[i+1])) * 20 * time.Second),
				Direction: []attendance.Direction{"", attendance.In, attendance.Out}[readings[i+2]%3],
			})
		}
		owned, strays, err := attendance.Assign(days, punches)
		require.NoError(t, err)
		kept, refs, worked := len(strays), 0, 0
		var classified []attendance.Day
		for i, d := range owned {
			kept += len(d.Inside) + len(d.Outside)
			calendar := hr.Day{Date: d.Date, Halves: 2 - int(d.Date.Weekday())%3}
			got, err := attendance.Classify(attendance.DayInput{
				Date: d.Date, Shift: days[i].Shift, NotEmployed: days[i].Shift.IsZero(), Calendar: calendar, Punches: d.Inside, Outside: d.Outside, Policy: policy,
			})
			require.NoError(t, err)
			refs += len(got.Refs)
			for _, s := range got.Sessions {
				require.GreaterOrEqual(t, s.Minutes(), 0)
			}
			require.True(t, got.Worked >= got.Overtime && got.Worked >= got.Night && got.Overtime >= 0 && got.Night >= 0)
			worked += got.Worked
			classified = append(classified, got)
		}
		require.Equal(t, len(punches), kept, "every punch is in exactly one place")
		require.Equal(t, len(punches)-len(strays), refs, "and is evidence there")
		if len(days) == 0 {
			return
		}
		sheet, err := attendance.Summarize("E1", hr.Period{From: first, Through: first.Add(len(days) - 1)}, classified)
		require.NoError(t, err)
		require.NoError(t, sheet.Validate())
		require.Equal(t, worked, sheet.Minutes("regular", hr.Period{})+sheet.Minutes("overtime", hr.Period{}))
	})
}
