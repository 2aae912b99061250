package leave_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// years builds the ledger of somebody with monthly credits, a carry-over each year and 24 days taken a year.
func years(b *testing.B, n int) (hr.Timeline[leave.Policy], []hr.Period, []leave.Entry, hr.Date) {
	p := earned(leave.Accrual{Every: leave.Monthly, PerYear: dec("30"), Day: 1}, leave.Expiry{})
	p.CarryOver = leave.CarryOver{Closes: true, Limit: dec("10"), Months: 12}
	policies := timeline(b, hr.Step[leave.Policy]{Since: hr.MustDate("2010-01-01"), Value: p})
	employed := []hr.Period{hr.MustPeriod("2010-01-01..")}
	var ledger []leave.Entry
	end := hr.MustDate("2010-01-01")
	for y := range n {
		year := 2010 + y
		end = hr.MustDate(fmt.Sprintf("%d-12-31", year))
		due, err := leave.Due("earned", policies, employed, ledger, end)
		require.NoError(b, err)
		ledger = append(ledger, due...)
		for i := range 24 {
			ledger = taken(p, ledger, y*100+i, hr.MustDate(fmt.Sprintf("%d-%02d-%02d", year, i/2+1, 10+i%2)).String())
		}
	}
	return policies, employed, ledger, end
}

func BenchmarkLedger(b *testing.B) {
	for _, n := range []int{2, 5, 10} {
		policies, employed, ledger, end := years(b, n)
		name := func(what string) string { return fmt.Sprintf("%s/years=%d", what, n) }
		b.Run(name("Balance"), func(b *testing.B) {
			for b.Loop() {
				leave.Balance(ledger, "earned", end)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(ledger)), "ns/entry")
		})
		b.Run(name("Lots"), func(b *testing.B) {
			for b.Loop() {
				leave.Lots(ledger, end)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(ledger)), "ns/entry")
		})
		b.Run(name("Due"), func(b *testing.B) {
			for b.Loop() {
				if _, err := leave.Due("earned", policies, employed, ledger, end.Add(1)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(ledger)), "ns/entry")
		})
		b.Run(name("Draw"), func(b *testing.B) {
			p, _ := policies.At(end)
			days := []leave.Day{{Date: end, Quantity: dec("1")}}
			for b.Loop() {
				leave.Draw(ledger, p, days)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(ledger)), "ns/entry")
		})
	}
}
