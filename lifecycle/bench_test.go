package lifecycle_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// The cost of an import grows with its rows, each with four steps of history: ns/row is about the same at every size.
func BenchmarkImport(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		rows := make([]lifecycle.Arrival, n)
		for i := range rows {
			j := joiner(hr.EmployeeID(fmt.Sprintf("E%05d", n-i)), "2026-01-01")
			if i > 0 {
				j.Terms.Manager = rows[i/8].Hire.Employee
			}
			rows[i] = lifecycle.Arrival{Hire: j, Joined: true, Confirmed: day("2026-01-01")}
			for n := range 3 { // a raise a year
				terms := j.Terms.Clone()
				terms.Pay[0].Amount = rupees(int64(50000 + n))
				rows[i].Later = append(rows[i].Later, lifecycle.TermsStep{From: day("2027-04-01").Add(365 * n), Terms: terms})
			}
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				h := newHouse(hr.AllowAll)
				_, err := h.Import(h.ctx, h.cmd(), rows)
				require.NoError(b, err)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/row")
		})
	}
}

// What a change of terms costs with the number of changes before it.
func BenchmarkWithdrawTerms(b *testing.B) {
	for _, n := range []int{10, 20, 40} {
		h := employed(b)
		var first string
		for i := range n {
			id := h.change(b, "E1", raise(day("2026-02-01").Add(i).String(), int64(40000+i)))
			if i == 0 {
				first = id
			}
		}
		history, err := h.TermsHistory(h.ctx, view, "E1")
		require.NoError(b, err)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := lifecycle.Withdraw(history, first)
				require.NoError(b, err)
			}
		})
	}
}

// The cost of counting heads grows with the people: ns/person is about the same at every size.
func BenchmarkHeadcount(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		h := organised(hr.AllowAll)
		parts := []lifecycle.Part{unit("ops", "", "")}
		rows := make([]lifecycle.Arrival, n)
		for i := range rows {
			id := fmt.Sprintf("P%03d", i%(n/20))
			if i < n/20 {
				parts = append(parts, position(id, "ops", "", 25))
			}
			j := joiner(hr.EmployeeID(fmt.Sprintf("E%05d", i)), "2026-01-01")
			j.Terms.Position = id
			rows[i] = lifecycle.Arrival{Hire: j, Joined: true}
		}
		_, err := h.Import(h.ctx, h.cmd(), rows)
		require.NoError(b, err)
		h.organise(b, since("2026-01-01", parts...)...)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				counted, err := h.Headcount(h.ctx, view, day("2026-06-01"), nil)
				require.NoError(b, err)
				require.Len(b, counted, n/20)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/person")
		})
	}
}

// What is due costs with the number of employees: ns/employee is about the same at every size.
func BenchmarkDue(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		h := newHouse(hr.AllowAll)
		h.Retirements = []lifecycle.RetirementRule{{Ages: hr.Since(day("1990-01-01"), lifecycle.RetirementAge{Years: 58, Day: lifecycle.EndOfMonth})}}
		rows := make([]lifecycle.Arrival, n)
		for i := range rows {
			rows[i] = lifecycle.Arrival{Hire: joiner(hr.EmployeeID(fmt.Sprintf("E%05d", i)), "2020-01-01"), Joined: true}
			rows[i].Hire.Start = day("2020-01-01").Add(i % 365)
			rows[i].Hire.Person.Born = day("1970-01-01").Add(i % 9000)
		}
		_, err := h.Import(h.ctx, h.cmd(), rows)
		require.NoError(b, err)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := h.Due(h.ctx, view, lifecycle.Leads{lifecycle.DueRetirement: 180}, hr.MustPeriod("2026-11-01..2026-11-30"))
				require.NoError(b, err)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/employee")
		})
	}
}
