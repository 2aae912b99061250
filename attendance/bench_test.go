package attendance_test

import (
	"fmt"
	"testing"

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
