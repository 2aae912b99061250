package storagetest_test

import (
	"context"
	"slices"
	"testing"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage/memory"
	"github.com/musterhr/hr/storage/storagetest"
)

func payrollStore(t *testing.T) storagetest.PayrollStore {
	t.Helper()
	db := memory.New()
	return storagetest.PayrollStore{
		Core: storagetest.Core{Tx: db, Log: db, Know: db, Journal: db, Serial: true},
		Runs: db, Results: db, Postings: db, Adjustments: db, Adoptions: db,
	}
}

func TestPayrollOnMemory(t *testing.T) { storagetest.Payroll(t, payrollStore) }

// reversed pages members from the end.
type reversed struct{ payroll.Runs }

func (r reversed) Members(ctx context.Context, id payroll.RunID, after hr.EmployeeID, limit int) ([]hr.EmployeeID, error) {
	ids, err := r.Runs.Members(ctx, id, after, limit)
	slices.Reverse(ids)
	return ids, err
}

// unlimited forgets that a pin says what may be known.
type unlimited struct{ payroll.Postings }

func (u unlimited) PostingsOf(ctx context.Context, pins []hr.Pin) ([][]hr.Entry[payroll.Posting], error) {
	pins = slices.Clone(pins)
	for i := range pins {
		pins[i].Known = hr.Known{}
	}
	return u.Postings.PostingsOf(ctx, pins)
}

// lossy loses a column.
type lossy struct{ payroll.Runs }

func (f lossy) PutRun(ctx context.Context, r payroll.Run) error {
	r.Failed = 0
	return f.Runs.PutRun(ctx, r)
}

// keepsFirst ignores a second result of an employee.
type keepsFirst struct{ results }

type results = payroll.Results

func (k keepsFirst) PutResults(ctx context.Context, run payroll.RunID, rs ...payroll.Result) error {
	for _, r := range rs {
		if _, err := k.Result(ctx, run, r.Employee); err == nil {
			continue
		}
		if err := k.results.PutResults(ctx, run, r); err != nil {
			return err
		}
	}
	return nil
}

func TestPayrollCatches(t *testing.T) {
	broken := func(change func(*storagetest.PayrollStore)) func(t *testing.T) {
		return func(t *testing.T) {
			storagetest.Payroll(t, func(t *testing.T) storagetest.PayrollStore {
				s := payrollStore(t)
				change(&s)
				return s
			})
		}
	}
	catches(t,
		double{
			"members in the wrong order",
			[]string{"Members/members come by id, a page at a time, each once"},
			broken(func(s *storagetest.PayrollStore) { s.Runs = reversed{s.Runs} }),
		},
		double{
			"postings of the future",
			[]string{"Postings/a page answers every pin in its order and up to its number"},
			broken(func(s *storagetest.PayrollStore) { s.Postings = unlimited{s.Postings} }),
		},
		double{
			"a forgotten column",
			[]string{"Runs/every field comes back and the version is the next"},
			broken(func(s *storagetest.PayrollStore) { s.Runs = lossy{s.Runs} }),
		},
		double{
			"the first result stays",
			[]string{"Results/a later result takes the place of an earlier one"},
			broken(func(s *storagetest.PayrollStore) { s.Results = keepsFirst{s.Results} }),
		},
	)
}
