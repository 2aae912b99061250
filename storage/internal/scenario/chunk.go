package scenario

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Chunk makes the results and postings of a thousand payslips of 23 lines, as many as the reference payslip has.
func Chunk(run payroll.RunID) ([]payroll.Result, []hr.Entry[payroll.Posting]) { return chunk(run, 0) }

// chunk is Chunk of a thousand other employees.
func chunk(run payroll.RunID, first int) (results []payroll.Result, postings []hr.Entry[payroll.Posting]) {
	period, day := hr.MustPeriod("2026-10-01..2026-10-31"), hr.MustDate("2026-10-31")
	for i := first; i < first+1000; i++ {
		emp := hr.EmployeeID(fmt.Sprintf("E%06d", i))
		slip := payroll.Payslip{
			Employee: emp, Period: period, PayDate: day, Currency: "INR", Entity: "IN1", CostCentre: "ops", Plan: "plan", Inputs: fmt.Sprint("inputs", i),
			Known: hr.Known{Own: hr.Seq(i + 1), Rules: 7},
		}
		posting := payroll.Posting{Employee: emp, Kind: payroll.PostingPayslip, Run: run, Period: period, PayDate: day, Currency: "INR", Settled: slip.Known, Slip: slip.Inputs}
		for k := range 23 {
			l := payroll.Line{Name: fmt.Sprint("line_", k), Title: fmt.Sprint("Line ", k), Kind: payroll.Earning, Unit: "money", Amount: decimal.New(int64(1000*i+77*k), -2)}
			slip.Lines = append(slip.Lines, l)
			if !l.Amount.IsZero() {
				posting.Lines = append(posting.Lines, payroll.Amount{Name: l.Name, Amount: l.Amount})
			}
		}
		results = append(results, payroll.Result{Employee: emp, Slip: slip})
		postings = append(postings, hr.Entry[payroll.Posting]{
			ID: fmt.Sprint(run, "/", emp), Seq: hr.Seq(i + 2), Recorded: time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC), Period: period, Value: posting,
		})
	}
	return results, postings
}
