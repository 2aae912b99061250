package attendance_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// One day with four punches.
func BenchmarkClassify(b *testing.B) {
	s := shift(b, "general", "09:00", "18:00")
	s.Break.Minutes = 60
	in := attendance.DayInput{
		Date: day("2026-10-05"), Shift: s, Calendar: workday("2026-10-05"), Policy: house,
		Punches: punches(b, "2026-10-05", "i09:00 o13:00 i14:00 o18:30"),
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := attendance.Classify(in); err != nil {
			b.Fatal(err)
		}
	}
}

// The sheets of October, each of 31 days with two punches: the time for one employee is the same however many there are.
func BenchmarkTimesheets(b *testing.B) {
	for _, n := range []int{10, 40, 160} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			o := open(b)
			terms := o.Terms.(staff)
			pins := make([]hr.Pin, n)
			var list []attendance.Punch
			for i := range pins {
				id := hr.EmployeeID(fmt.Sprintf("P%05d", i))
				terms[id], pins[i].Employee = terms["E1"], id
				for d := range october.Days() {
					for _, p := range punches(b, d.String(), "i09:00 o18:00") {
						p.Employee = id
						list = append(list, p)
					}
				}
			}
			_, err := o.Record(b.Context(), o.cmd(gate), list...)
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := o.Timesheets(b.Context(), view, pins, october); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/employee")
		})
	}
}

// The sheet of one employee for one month, as payroll asks for it page by page, with ten months of punches in the store: 31 days, two punches
// on each working day.
func BenchmarkTimesheetsOne(b *testing.B) {
	o := open(b)
	o.now = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	o.Terms.(staff)["E1"] = hr.Since(day("2026-03-01"), hr.Terms{Calendar: "blr", Shift: "general"})
	var list []attendance.Punch
	for d := range hr.MustPeriod("2026-03-01..2026-12-31").Days() {
		if d.Weekday()%6 != 0 {
			list = append(list, punches(b, d.String(), "i08:57 o18:30")...)
		}
	}
	o.record(b, of("E1", 1, list))
	pins := []hr.Pin{{Employee: "E1"}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := o.Timesheets(b.Context(), view, pins, october); err != nil {
			b.Fatal(err)
		}
	}
}

// The punches of a month, four a day, of many employees, from punches to timesheets without any store: assign, classify, add up. The time
// grows with the employees: the same for each, however many there are. One worker a core.
func BenchmarkMonth(b *testing.B) {
	s := shift(b, "general", "09:00", "18:00")
	s.Break.Minutes = 60
	days := make([]attendance.WorkDay, 0, 35)
	var month []attendance.Punch
	for d := range hr.MustPeriod("2026-09-29..2026-11-02").Days() {
		days = append(days, attendance.WorkDay{Date: d, Shift: s})
		if october.Contains(d) && d.Weekday()%6 != 0 {
			month = append(month, punches(b, d.String(), "i08:57 o13:00 i14:00 o18:30")...)
		}
	}
	for i := range month {
		month[i].Device, month[i].DeviceSeq, month[i].Source = "gate-1", int64(i+1), attendance.FromDevice
		month[i].ID = month[i].Derive()
	}
	sheet := func(id hr.EmployeeID) error {
		owned, _, err := attendance.Assign(days, month)
		if err != nil {
			return err
		}
		out := make([]attendance.Day, 0, 31)
		for _, d := range owned {
			if !october.Contains(d.Date) {
				continue
			}
			calendar := hr.Day{Date: d.Date, Halves: 2}
			if d.Date.Weekday()%6 == 0 {
				calendar.Halves, calendar.WeeklyOff = 0, true
			}
			day, err := attendance.Classify(attendance.DayInput{
				Date: d.Date, Shift: s, Calendar: calendar, Policy: house, Punches: d.Inside, Outside: d.Outside, NoTrace: true,
			})
			if err != nil {
				return err
			}
			out = append(out, day)
		}
		_, err = attendance.Summarize(id, october, out)
		return err
	}
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var all sync.WaitGroup
				for w := range runtime.GOMAXPROCS(0) { // a host's own workers: the functions are pure
					all.Go(func() {
						for i := w; i < n; i += runtime.GOMAXPROCS(0) {
							if err := sheet("E1"); err != nil {
								b.Error(err)
							}
						}
					})
				}
				all.Wait()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/employee")
		})
	}
}
