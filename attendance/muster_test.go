package attendance_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// A pay period from the 26th to the 25th: E3 joins on Monday 12 October, works that day, is late on the 13th, half a day on the 14th, on leave
// for the morning of the 15th, and gone after the 16th.
func TestMusterRoll(t *testing.T) {
	o := open(t)
	line, err := hr.NewTimeline(
		hr.Step[hr.Terms]{Since: day("2026-10-12"), Value: hr.Terms{Calendar: "blr", Shift: "general"}}, hr.Step[hr.Terms]{Since: day("2026-10-19"), Void: true})
	require.NoError(t, err)
	o.Terms.(staff)["E3"] = line
	o.Absences = away{"E3": {{Employee: "E3", Date: day("2026-10-15"), Half: hr.FirstHalf, Type: "casual", Paid: dec("1")}}}
	var list []attendance.Punch
	for date, text := range map[string]string{
		"2026-10-12": "i09:00 o18:00", "2026-10-13": "i09:20 o19:00", "2026-10-14": "i09:00 o13:00", "2026-10-15": "i13:30 o18:00", "2026-10-16": "i09:00",
	} {
		list = append(list, punches(t, date, text)...)
	}
	for i := range list {
		list[i].Employee = "E3"
	}
	o.record(t, list)
	pay := hr.MustPeriod("2026-09-26..2026-10-25")
	days, err := o.Days(t.Context(), view, "E3", pay)
	require.NoError(t, err)
	roll, err := attendance.Muster(pay, []hr.EmployeeID{"E3"}, [][]attendance.Day{days})
	require.NoError(t, err)
	row := roll.Rows[0]
	require.Equal(t, strings.Repeat("- ", 16)+"P P HD HL MP WO WO"+strings.Repeat(" -", 7), strings.Join(row.Marks, " "))
	s := row.Summary
	// Employed 12 to 18 October: 7 days. Payable 1 + 1 + 0.5 + 1 + 0 + 2; unpaid the half and the missing punch.
	require.Equal(t, "7 5.5 1.5", s.Employed.String()+" "+s.Payable.String()+" "+s.Unpaid.String())
	require.Equal(t, "3 1.5 0.5", s.Present.String()+" "+s.Absent.String()+" "+s.Leave.String()) // 1 + 1 + 0.5 + 0.5; 0.5 + 1; 0.5
	require.Equal(t, [4]int{2, 0, 1, 1}, [4]int{s.WeeklyOffs, s.Holidays, s.MissingPunches, s.LateMarks})
	require.Equal(t, [2]int{20, 300}, [2]int{s.LateMinutes, s.EarlyMinutes}) // 14th: 5 hours early
	require.Equal(t, 480+520+240+270, s.Worked)
	require.Equal(t, 30, s.Overtime) // 40 beyond 480, in steps of 15
	require.Equal(t, 1, s.Problems)

	var csv strings.Builder
	require.NoError(t, roll.WriteCSV(&csv))
	lines := strings.Split(csv.String(), "\n")
	require.Equal(t, "employee,2026-09-26,2026-09-27", strings.Join(strings.Split(lines[0], ",")[:3], ","))
	require.Equal(t, "E3"+strings.Repeat(",-", 16)+",P,P,HD,HL,MP,WO,WO"+strings.Repeat(",-", 7)+",5.5,1.5", lines[1])
	csv.Reset()
	require.NoError(t, roll.WriteSummaryCSV(&csv))
	lines = strings.Split(csv.String(), "\n")
	require.Equal(t, "E3,2026-09-26,2026-10-25,7,5.5,1.5,3,1.5,0.5,2,0,1,1,20,1,300,1510,30,0,0,0,0,1,0", lines[1])
	require.Equal(t, strings.Count(lines[0], ","), strings.Count(lines[1], ","))

	asked, err := o.Muster(t.Context(), view, []hr.Pin{{Employee: "E3"}}, pay)
	require.NoError(t, err)
	require.Equal(t, bytesOf(t, roll), bytesOf(t, asked))

	_, err = attendance.Muster(pay, []hr.EmployeeID{"E3", ""}, [][]attendance.Day{days[1:], days})
	require.Equal(t, []string{"rows[0].days", "rows[1].employee"}, paths(err))
	_, err = attendance.Muster(hr.MustPeriod("2026-09-26.."), []hr.EmployeeID{"E3"}, nil)
	require.Equal(t, []hr.Rule{attendance.RulePeriodOpen, attendance.RuleTimesheetDays}, rules(err))
}

// What days count for adds up over the month: two holidays, two nights, time that nobody approved, that is banked, and of a weekend.
func TestMusterAddsUp(t *testing.T) {
	pay := hr.MustPeriod("2026-10-01..2026-10-04")
	days := make([]attendance.Day, 4)
	for i := range days {
		days[i] = attendance.Day{Date: pay.From.Add(i), Status: attendance.StatusPresent, Payable: dec("1")}
	}
	days[0].Status, days[1].Status = attendance.StatusHoliday, attendance.StatusHoliday
	days[2].Bands = []hr.Band{{Name: attendance.BandNight, Minutes: 120}, {Name: attendance.BandUnapproved, Minutes: 30}, {Name: attendance.BandBanked, Minutes: 15}}
	days[3].Bands = []hr.Band{{Name: attendance.BandNight, Minutes: 60}, {Name: attendance.BandUnapproved, Minutes: 5}, {Name: attendance.BandBanked, Minutes: 10}, {Name: attendance.BandWeekend, Minutes: 480}}
	days[2].Early, days[3].Early, days[3].Late, days[3].LeaveMinutes = 20, 10, 7, 45
	roll, err := attendance.Muster(pay, []hr.EmployeeID{"E3"}, [][]attendance.Day{days})
	require.NoError(t, err)
	s := roll.Rows[0].Summary
	require.Equal(t, [4]int{2, 0, 1, 2}, [4]int{s.Holidays, s.WeeklyOffs, s.LateMarks, s.EarlyExits})
	require.Equal(t, [2]int{7, 30}, [2]int{s.LateMinutes, s.EarlyMinutes})
	require.Equal(t, [5]int{180, 35, 25, 480, 45}, [5]int{s.Night, s.Unapproved, s.Banked, s.Weekend, s.LeaveMinutes})
}

// On every employed day the halves that were worked, absent, on leave and off make the day.
func TestHalvesMakeTheDay(t *testing.T) {
	some := []*time.Location{zone(t, "Asia/Kolkata"), zone(t, "Europe/London")}
	rapid.Check(t, func(t *rapid.T) {
		in := someDay(t, some)
		got, err := attendance.Classify(in)
		require.NoError(t, err)
		h := got.Halves
		require.True(t, 0 <= h.Done && h.Done <= h.Due && h.Due+h.Leave <= 2 && h.Leave >= 0, "%+v", h)
		roll, err := attendance.Muster(hr.Period{From: in.Date, Through: in.Date}, []hr.EmployeeID{"E1"}, [][]attendance.Day{{got}})
		require.NoError(t, err)
		s := roll.Rows[0].Summary
		require.True(t, s.Payable.Add(s.Unpaid).Equal(s.Employed))
		require.Contains(t, attendance.Statuses(), got.Status)
		require.NotEqual(t, "-", got.Mark())
	})
}

func TestCatalogue(t *testing.T) {
	all := attendance.Catalogue()
	require.Len(t, all, len(attendance.ExceptionCodes()))
	for i, r := range all {
		require.Equal(t, attendance.ExceptionCodes()[i], r.Code)
		require.NotEmpty(t, r.Title, r.Code)
		require.Equal(t, r.Code.Severity(), r.Severity)
		require.Equal(t, r.Severity == attendance.Info && r.Code != attendance.WorkOnOffDay, r.Acts == "", r.Code)
	}
	days := []attendance.Day{
		classified(t, shift(t, "s", "09:00", "17:00"), attendance.Policy{}, "i09:10"),
		classified(t, shift(t, "s", "09:00", "17:00"), attendance.Policy{Duplicates: attendance.Duplicates{Within: 5}}, "i09:00 i09:01 o17:00"),
	}
	open, err := attendance.Pending(all, days, day("2026-10-08"))
	require.NoError(t, err)
	require.Len(t, open, 2) // no punch out, and late; who read a badge twice need not act
	require.Equal(t, attendance.MissingOut, open[0].Exception.Code)
	require.Equal(t, attendance.EmployeeActs, open[0].Acts)
	require.Equal(t, "2026-10-08", open[0].Until.String())
	require.False(t, open[0].Overdue)
	open, err = attendance.Pending(all, days, day("2026-10-09"))
	require.NoError(t, err)
	require.True(t, open[0].Overdue)
	require.Equal(t, attendance.OfficeActs, open[0].Acts)
	require.Equal(t, attendance.ManagerActs, open[1].Acts, "a manager has a week for a late mark")

	own := []attendance.ExceptionRule{{Code: attendance.Late, Title: "Late", Severity: attendance.Problem, Acts: attendance.EmployeeActs}}
	open, err = attendance.Pending(own, days, day(monday))
	require.NoError(t, err)
	require.Len(t, open, 1)
	require.Equal(t, attendance.Problem, open[0].Exception.Severity)
	_, err = attendance.Pending([]attendance.ExceptionRule{own[0], own[0], {Code: "x"}, {Code: attendance.Late, Severity: attendance.Info, Acts: "cook"}, {Code: attendance.NoShow, Severity: attendance.Info, Grace: -1}}, days, day(monday))
	require.Equal(t, []string{"catalogue[1]", "catalogue[2]", "catalogue[3]", "catalogue[4]"}, paths(err))
}
