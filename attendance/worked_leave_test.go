package attendance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Work on leave on the shift of TestClassifyADay, whose halves are 09:00 to 13:30 and 13:30 to 18:00. By the rule 240 minutes give half a
// day of leave back, and 420 a day.
func TestWorkOnLeave(t *testing.T) {
	type want struct {
		status     attendance.Status
		payable    string
		back       string // the share of the leave that goes back; "" where the rule is off
		worked     int
		overtime   int
		exceptions []attendance.ExceptionCode
	}
	rule := attendance.WorkedLeave{HalfDay: 240, FullDay: 420}
	noted := []attendance.ExceptionCode{attendance.WorkOnLeave}
	for _, row := range []struct {
		name    string
		punches string
		half    hr.HalfOfDay
		paid    string
		off     bool
		rule    attendance.WorkedLeave
		want    want
	}{
		{"without the rule the leave stands", "i09:00 o18:00", "", "0", false, attendance.WorkedLeave{}, want{attendance.StatusUnpaidLeave, "0", "", 480, 0, noted}},
		{"a day of work is a day of work", "i09:00 o18:00", "", "0", false, rule, want{attendance.StatusPresent, "1", "1", 480, 0, noted}},
		{"paid leave is given back too", "i09:00 o18:00", "", "1", false, rule, want{attendance.StatusPresent, "1", "1", 480, 0, noted}},
		{"a morning: half of unpaid leave stays", "i09:00 o13:00", "", "0", false, rule, want{attendance.StatusHalfLeave, "0.5", "0.5", 240, 0, noted}},
		{"an afternoon, paid: 0.5 worked and 0.5 on leave", "i14:00 o18:00", "", "1", false, rule, want{attendance.StatusHalfLeave, "1", "0.5", 240, 0, noted}},
		{"just a full day: 480 - 60", "i09:00 o17:00", "", "0", false, rule, want{attendance.StatusPresent, "1", "1", 420, 0, noted}},
		{"135 of 270 minutes are half of it, and no more", "i09:00 o15:45", hr.SecondHalf, "0", false, attendance.WorkedLeave{}, want{attendance.StatusHalfLeave, "0.5", "", 345, 0, nil}},
		{
			"100 minutes are enough where the rule says so, and 310 of the day are half of it", "i09:00 o15:10", hr.SecondHalf, "0", false,
			attendance.WorkedLeave{HalfDay: 100, FullDay: 420},
			want{attendance.StatusHalfDay, "0.5", "1", 310, 0, []attendance.ExceptionCode{attendance.ShortDay, attendance.WorkOnLeave}},
		},
		{"a minute too little", "i09:00 o12:59", "", "0", false, rule, want{attendance.StatusUnpaidLeave, "0", "0", 239, 0, noted}},
		{"half a day of leave, worked", "i09:00 o18:00", hr.SecondHalf, "0", false, rule, want{attendance.StatusPresent, "1", "1", 480, 0, noted}},
		{"half a day of leave, worked, without the rule", "i09:00 o18:00", hr.SecondHalf, "0", false, attendance.WorkedLeave{}, want{attendance.StatusHalfLeave, "0.5", "", 480, 0, noted}},
		{"the half on leave was worked, and the other was not: half a day", "i09:00 o13:30", hr.FirstHalf, "0", false, rule, want{attendance.StatusHalfDay, "0.5", "1", 270, 0, []attendance.ExceptionCode{attendance.ShortDay, attendance.EarlyExit, attendance.WorkOnLeave}}},
		{"90 minutes longer are no work on leave", "i09:00 o15:00", hr.SecondHalf, "0", false, rule, want{attendance.StatusHalfLeave, "0.5", "0", 300, 0, nil}},
		{"150 of 270 are, and too little to give it back", "i09:00 o16:00", hr.SecondHalf, "0", false, rule, want{attendance.StatusHalfLeave, "0.5", "0", 360, 0, noted}},
		{"a punch is missing: nothing is given back by silence", "i09:00 o18:00 i19:00", "", "0", false, rule, want{attendance.StatusUnpaidLeave, "0", "0", 480, 0, []attendance.ExceptionCode{attendance.MissingOut, attendance.WorkOnLeave}}},
		{"a weekly off that leave had counted is an off day again, and the work on it overtime", "i09:00 o18:00", "", "0", true, rule, want{attendance.StatusWeeklyOff, "1", "1", 480, 480, noted}},
		{"nobody worked", "", "", "1", false, rule, want{attendance.StatusLeave, "1", "0", 0, 0, nil}},
	} {
		t.Run(row.name, func(t *testing.T) {
			policy := house
			policy.WorkedLeave = row.rule
			calendar := workday("2026-10-05")
			if row.off {
				calendar = hr.Day{Date: calendar.Date, WeeklyOff: true}
			}
			got, err := attendance.Classify(attendance.DayInput{
				Date: day("2026-10-05"), Shift: general(t), Calendar: calendar, Policy: policy, Punches: punches(t, "2026-10-05", row.punches),
				Absences: []hr.Absence{{Employee: "E1", Date: day("2026-10-05"), Half: row.half, Type: "earned", Paid: dec(row.paid), Ref: hr.Ref{Kind: "leave", ID: "L1", Seq: 3}}},
			})
			require.NoError(t, err)
			back := ""
			for _, r := range got.Returns {
				back += hr.Canonical(r.Share)
				require.Equal(t, hr.Ref{Kind: "leave", ID: "L1", Seq: 3}, r.Request)
				require.Equal(t, row.half, r.Half)
			}
			require.Equal(t, row.want, want{got.Status, hr.Canonical(got.Payable), back, got.Worked, got.Overtime, codes(got)})
			require.Equal(t, "1", hr.Canonical(got.Payable.Add(got.Unpaid)))
		})
	}
	require.Equal(t, []hr.Rule{attendance.RulePolicyOrder}, rules(attendance.WorkedLeave{FullDay: 400}.Validate()))
	require.Equal(t, []hr.Rule{attendance.RulePolicyMinutes, attendance.RulePolicyOrder}, rules(attendance.WorkedLeave{HalfDay: 400, FullDay: -1}.Validate()))
}

// A morning without pay and an afternoon with pay, by two requests: the half in which more was worked goes back, the morning of two alike.
// The exception and the trace say what went back.
func TestTheHalfThatGoesBack(t *testing.T) {
	policy := house
	policy.WorkedLeave = attendance.WorkedLeave{HalfDay: 240, FullDay: 420}
	for _, row := range []struct {
		name, punches, back, payable string
	}{
		{"the morning: worked, and the afternoon is paid leave", "i09:00 o13:00", "morning", "1"},
		{"the afternoon: worked, and the morning is leave without pay", "i14:00 o18:00", "afternoon", "0.5"},
		{"two hours of each", "i11:30 o15:30", "morning", "1"},
		{"neither", "i09:00 o12:59", "", "0.5"},
	} {
		t.Run(row.name, func(t *testing.T) {
			away := func(half hr.HalfOfDay, paid, id string) hr.Absence {
				return hr.Absence{Employee: "E1", Date: day(monday), Half: half, Type: "earned", Paid: dec(paid), Ref: hr.Ref{Kind: "leave", ID: id}}
			}
			got := classified(t, general(t), policy, row.punches, func(in *attendance.DayInput) {
				in.Absences = []hr.Absence{away(hr.FirstHalf, "0", "morning"), away(hr.SecondHalf, "1", "afternoon")}
			})
			require.Equal(t, row.payable, hr.Canonical(got.Payable))
			require.Len(t, got.Returns, 2)
			for _, r := range got.Returns {
				require.Equal(t, r.Request.ID == row.back, r.Share.IsPositive(), r.Request.ID)
			}
			for _, p := range got.Trace.Parts {
				if p.Name == "leave" {
					require.Equal(t, p.Refs[0].ID == row.back, p.Note == "worked after all: 1 of it goes back to leave", p.Refs[0].ID)
				}
			}
			says := "worked 240 minutes on leave: it goes back, and the time is work"
			if row.back == "" {
				says = "worked 239 minutes on leave"
			}
			require.Equal(t, says, got.Exceptions[0].Detail)
		})
	}
	// One request for both halves: the half that was worked goes back, and it alone.
	got := classified(t, general(t), policy, "i09:00 o13:00", func(in *attendance.DayInput) {
		for _, half := range []hr.HalfOfDay{hr.FirstHalf, hr.SecondHalf} {
			in.Absences = append(in.Absences, hr.Absence{Employee: "E1", Date: day(monday), Half: half, Type: "earned", Paid: dec("1"), Ref: hr.Ref{Kind: "leave", ID: "L1"}})
		}
	})
	require.Equal(t, "worked after all: 1 of it goes back to leave", got.Trace.Parts[1].Note)
	require.Empty(t, got.Trace.Parts[2].Note)
}
