package scenario

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Chunk makes the results and postings of a thousand payslips of 23 lines, as many as the reference payslip has.
func Chunk(run payroll.RunID) ([]payroll.Result, []hr.Entry[payroll.Posting]) { return chunk(run, 0) }

// Begin stores a run of results that are written without its service, and whom they are about.
func Begin(ctx context.Context, db payroll.Runs, run payroll.RunID, results []payroll.Result) error {
	ids := make([]hr.EmployeeID, len(results))
	for i := range ids {
		ids[i] = results[i].Employee
	}
	period := hr.MustPeriod("2026-10-01..2026-10-31")
	err := db.PutRun(ctx, payroll.Run{ID: run, Kind: payroll.RunRegular, Period: period, PayDate: period.Through, State: payroll.RunDraft, Members: len(ids), Chunk: len(ids)})
	if err != nil {
		return err
	}
	return db.AddMembers(ctx, run, ids...)
}

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
