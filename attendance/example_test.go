package attendance_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/storage/memory"
)

var kolkata = func() *time.Location {
	loc, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		panic(err)
	}
	return loc
}()

// A day as a pay office asks about it: came twenty minutes late, stayed an hour and a half longer.
func ExampleClassify() {
	date := hr.MustDate("2026-10-05")
	clock := func(s string) time.Time { return date.At(hr.MustTimeOfDay(s), kolkata) }
	day, err := attendance.Classify(attendance.DayInput{
		Date: date,
		Shift: attendance.Shift{
			ID: "general", Zone: kolkata, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("18:00"),
			Break: attendance.Break{Minutes: 60},
		},
		Calendar: hr.Day{Date: date, Halves: 2},
		Policy: attendance.Policy{
			Grace:      attendance.Grace{Late: 10},
			Thresholds: attendance.Thresholds{FullDay: 420, HalfDay: 210},
			Overtime:   attendance.Overtime{Step: 30},
		},
		Punches: []attendance.Punch{
			{Employee: "E7", At: clock("09:20"), Direction: attendance.In},
			{Employee: "E7", At: clock("19:30"), Direction: attendance.Out},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(day.Status, "payable", day.Payable, "worked", day.Worked, "overtime", day.Overtime)
	for _, e := range day.Exceptions {
		fmt.Println(e.Severity, e.Detail)
	}
	// Output:
	// present payable 1 worked 550 overtime 60
	// warning came at 09:20, 20 minutes after 09:00
}

// Two nights, one after the other: what is punched after midnight belongs to the day on which the night began.
func ExampleAssign() {
	night := attendance.Shift{ID: "night", Zone: kolkata, Start: hr.MustTimeOfDay("22:00"), End: hr.MustTimeOfDay("06:00")}
	monday := hr.MustDate("2026-10-05")
	var punches []attendance.Punch
	for _, p := range []struct {
		day   int
		clock string
	}{{0, "21:55"}, {1, "06:05"}, {1, "21:58"}, {2, "06:01"}} {
		punches = append(punches, attendance.Punch{Employee: "E7", At: monday.Add(p.day).At(hr.MustTimeOfDay(p.clock), kolkata)})
	}
	days, _, err := attendance.Assign([]attendance.WorkDay{{Date: monday, Shift: night}, {Date: monday.Add(1), Shift: night}}, punches)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range days {
		for _, p := range d.Inside {
			fmt.Println(d.Date, "owns", p.At.In(kolkata).Format("2 Jan 15:04"))
		}
	}
	// Output:
	// 2026-10-05 owns 5 Oct 21:55
	// 2026-10-05 owns 6 Oct 06:05
	// 2026-10-06 owns 6 Oct 21:58
	// 2026-10-06 owns 7 Oct 06:01
}

// Days become the timesheet that payroll reads.
func ExampleSummarize() {
	day := func(date string, status attendance.Status, payable, unpaid string, minutes int) attendance.Day {
		return attendance.Day{
			Date: hr.MustDate(date), Status: status, Payable: dec(payable), Unpaid: dec(unpaid),
			Bands: []hr.Band{{Name: attendance.BandRegular, Minutes: minutes}},
		}
	}
	sheet, err := attendance.Summarize("E7", hr.MustPeriod("2026-10-05..2026-10-07"), []attendance.Day{
		day("2026-10-05", attendance.StatusPresent, "1", "0", 480),
		day("2026-10-06", attendance.StatusHalfDay, "0.5", "0.5", 250),
		day("2026-10-07", attendance.StatusAbsent, "0", "1", 0),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	hours, err := sheet.Hours(attendance.BandRegular, hr.Period{}, hr.Rounding{Step: dec("0.01"), Mode: hr.HalfUp})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("payable", sheet.Payable, "unpaid", sheet.Unpaid, "hours", hours)
	// Output:
	// payable 1.5 unpaid 1.5 hours 12.17
}

// employed is who works where, kept by hand; in a whole house lifecycle.Service answers this.
type employed hr.Terms

func (e employed) TermsOf(_ context.Context, _ hr.View, pins []hr.Pin, _ hr.Period) ([]hr.Timeline[hr.Terms], error) {
	out := make([]hr.Timeline[hr.Terms], len(pins))
	for i := range pins {
		out[i] = hr.Since(hr.MustDate("2026-10-01"), hr.Terms(e))
	}
	return out, nil
}

// The service keeps punches: a device may send them twice, a missing one is put in by somebody else, and what was known before the
// correction can still be asked for.
func Example_service() {
	ctx := context.Background()
	db := memory.New()
	service := attendance.Service{
		Kit:     db.Kit(hr.AllowAll, func() time.Time { return time.Date(2026, 10, 6, 6, 0, 0, 0, time.UTC) }),
		Punches: db, Rosters: db, Terms: employed{Calendar: "office", Shift: "general"},
		Calendars: map[string]hr.Calendar{"office": hr.MustCalendar(hr.CalendarRules{
			Name: "office", Span: hr.MustPeriod("2026-01-01..2026-12-31"), Off: []hr.WeekdayRule{{Weekday: time.Sunday}},
		})},
		Shifts: map[string]attendance.Shift{
			"general": {ID: "general", Zone: kolkata, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("18:00")},
		},
	}
	monday := hr.MustDate("2026-10-05")
	show := func(known hr.Seq) {
		days, err := service.Days(ctx, hr.View{Actor: hr.Actor{ID: "desk"}, Known: hr.Known{Own: known}}, "E7", hr.Period{From: monday, Through: monday})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(days[0].Status, "payable", days[0].Payable)
	}
	in := attendance.Punch{Employee: "E7", At: monday.At(hr.MustTimeOfDay("09:00"), kolkata), Direction: attendance.In, Device: "gate-1", DeviceSeq: 4711}
	for _, id := range []hr.CommandID{"batch-1", "batch-1-again"} {
		if _, err := service.Record(ctx, hr.Command{ID: id, Actor: hr.Actor{ID: "gate-1"}}, in); err != nil {
			fmt.Println(err)
		}
	}
	show(0)
	_, err := service.Correct(ctx, hr.Command{ID: "fix-1", Actor: hr.Actor{ID: "manager"}, Reason: "the reader at the gate was down"},
		attendance.Correction{Employee: "E7", At: monday.At(hr.MustTimeOfDay("18:00"), kolkata), Direction: attendance.Out})
	if err != nil {
		fmt.Println(err)
	}
	show(0)
	show(1) // as known before the correction
	_, err = service.Record(ctx, hr.Command{ID: "batch-2", Actor: hr.Actor{ID: "gate-1"}}, attendance.Punch{Employee: "E7", At: in.At.AddDate(0, 0, 7), DeviceSeq: 9})
	fmt.Fprintln(os.Stdout, err)
	// Output:
	// missing_punch payable 0
	// present payable 1
	// missing_punch payable 0
	// attendance.Record: punches[0].device: is required [attendance.punch.device]
	// punches[0].at: lies in the future [attendance.punch.future]
}

// A month of three days: somebody came late on each, and the third costs half a day of casual leave.
func ExampleLatePenalty_Charge() {
	rule := attendance.LatePenalty{Every: 3, Days: decimal.RequireFromString("0.5"), Type: "casual"}
	var days []attendance.Day
	pay := hr.MustPeriod("2026-10-05..2026-10-07")
	for d := range pay.Days() {
		days = append(days, attendance.Day{Date: d, Late: 15})
	}
	charges, err := rule.Charge("E7", pay, days)
	if err != nil {
		panic(err)
	}
	for _, c := range charges {
		fmt.Println(c.Date, c.Quantity, "of", c.Type)
	}
	// Output: 2026-10-07 0.5 of casual
}

// Four days on and two off, over the weekends.
func ExampleRotation_On() {
	on, off := attendance.RotationDay{Shift: "day"}, attendance.RotationDay{Off: true}
	crew := attendance.Rotation{ID: "crew-a", Begins: hr.MustDate("2026-10-01"), Days: []attendance.RotationDay{on, on, on, on, off, off}}
	for d := range hr.MustPeriod("2026-10-03..2026-10-07").Days() {
		fmt.Println(d, d.Weekday(), "off:", crew.On(d).Off)
	}
	// Output:
	// 2026-10-03 Saturday off: false
	// 2026-10-04 Sunday off: false
	// 2026-10-05 Monday off: true
	// 2026-10-06 Tuesday off: true
	// 2026-10-07 Wednesday off: false
}

// Somebody on unpaid leave for the day comes in for the morning. By the rule half of the leave goes back, and the morning is paid.
func ExampleWorkedLeave() {
	kolkata, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		panic(err)
	}
	date := hr.MustDate("2026-10-05")
	at := func(clock string) time.Time { return date.At(hr.MustTimeOfDay(clock), kolkata) }
	day, err := attendance.Classify(attendance.DayInput{
		Date: date, Calendar: hr.Day{Date: date, Halves: 2},
		Shift:    attendance.Shift{ID: "general", Zone: kolkata, Start: hr.MustTimeOfDay("09:00"), End: hr.MustTimeOfDay("18:00")},
		Absences: []hr.Absence{{Employee: "E7", Date: date, Type: "unpaid", Ref: hr.Ref{Kind: "leave", ID: "L1"}}},
		Punches:  []attendance.Punch{{Employee: "E7", At: at("09:00"), Direction: attendance.In}, {Employee: "E7", At: at("13:00"), Direction: attendance.Out}},
		Policy:   attendance.Policy{WorkedLeave: attendance.WorkedLeave{HalfDay: 240, FullDay: 480}},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(day.Status, day.Payable, day.Returns[0].Share, day.Exceptions[0].Detail)
	// Output: half_leave 0.5 0.5 worked 240 minutes on leave: it goes back, and the time is work
}
