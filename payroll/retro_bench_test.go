package payroll_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// The retro of employees of whom 1 % had a raise of the month before, without writing, beside what the same month costs: its payslips alone, without
// writing either, and the whole run from draft to paid. See ns/op. Each period that is touched is calculated twice, as it was known then and as it
// is known now, for what was posted must come out again; the payslips of the month once. (September's run is the "full run".)
func BenchmarkRetro(b *testing.B) {
	for _, employees := range []int{1_000, 10_000} {
		ctx := context.Background()
		id := func(i int) hr.EmployeeID { return hr.EmployeeID(fmt.Sprintf("E%05d", i)) }
		hired := func() *lateWorld {
			w := newLate(b, latePlan(b, "1_00_000"))
			w.Chunk = 1000
			for i := range employees {
				w.pays(b, id(i), "2026-04-01..", "30000")
			}
			return w
		}
		pay := func(w *lateWorld) {
			run, err := w.CreateRun(ctx, w.cmd(officer), regular(9))
			require.NoError(b, err)
			digest, err := w.Calculate(ctx, w.cmd(officer), run)
			require.NoError(b, err)
			_, err = w.Approve(ctx, w.cmd(chief), run, digest)
			require.NoError(b, err)
			_, err = w.Pay(ctx, w.cmd(officer), run)
			require.NoError(b, err)
		}
		w := hired()
		pay(w)
		for i := 0; i < employees; i += 100 {
			w.pays(b, id(i), "2026-09-01..2026-09-30", "33000")
		}
		b.Run(fmt.Sprintf("full run/%d", employees), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				fresh := hired()
				b.StartTimer()
				pay(fresh)
			}
		})
		b.Run(fmt.Sprintf("payslips alone/%d", employees), func(b *testing.B) {
			for b.Loop() {
				results, err := w.Preview(ctx, asOfficer, regular(10))
				require.NoError(b, err)
				require.Len(b, results, employees)
			}
		})
		b.Run(fmt.Sprintf("retro of 1%%/%d", employees), func(b *testing.B) {
			for b.Loop() {
				owed, err := w.Retro(ctx, asOfficer, payroll.PayPeriod{Period: month(10), PayDate: month(10).Through})
				require.NoError(b, err)
				require.Len(b, owed, employees/100)
			}
		})
	}
}
