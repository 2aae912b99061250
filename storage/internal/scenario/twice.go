package scenario

import (
	"context"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/recruitment"
	"github.com/musterhr/hr/storage"
)

// Twice submits each key of the business twice at once, from two connections and with two contents, so many times over: what a run pays somebody, a payslip, a
// credit of leave, the acceptance of an offer. It returns every way in which that did not make exactly one.
func Twice(ctx context.Context, a, b WholeStore, times int) error {
	var faults []error
	for n := range times {
		run, app := payroll.RunID(fmt.Sprint("twice", n)), recruitment.ApplicationID(fmt.Sprint("twice", n))
		emp, period := employee(n), fmt.Sprintf("accrual/earned/%d", n)
		err := errors.Join(
			Begin(ctx, a, run, []payroll.Result{{Employee: emp}}),
			a.PutApplication(ctx, recruitment.Application{ID: app, Opening: "O1", Candidate: "C1", State: recruitment.Offered}),
		)
		if err != nil {
			return err
		}
		for _, key := range []struct {
			name  string
			write func(ctx context.Context, db WholeStore, who int) error
			count func() (int, error)
		}{
			{"payment", func(ctx context.Context, db WholeStore, who int) error {
				return db.AppendPostings(ctx, posting(run, emp, fmt.Sprint("slip", who)))
			}, func() (int, error) {
				found, err := a.PostingsOf(ctx, []hr.Pin{{Employee: emp}})
				return len(found[0]), err
			}},
			{"accrual period", func(ctx context.Context, db WholeStore, who int) error {
				return db.AppendMovements(ctx, emp, credit(period, int64(who+1)))
			}, func() (int, error) {
				found, err := a.MovementsOf(ctx, []hr.Pin{{Employee: emp}})
				n := 0
				for _, e := range found[0] {
					if e.ID == period {
						n++
					}
				}
				return n, err
			}},
			{"accepted offer", func(ctx context.Context, db WholeStore, who int) error {
				v, err := db.Application(ctx, app)
				if err != nil {
					return err
				}
				if v.HiredAs != "" {
					return storage.ErrConflict // too late as well: it has seen the other
				}
				v.State, v.HiredAs, v.Offer.State = recruitment.Accepted, hr.EmployeeID(fmt.Sprint("hired", who)), recruitment.OfferAccepted
				return db.PutApplication(ctx, v)
			}, func() (int, error) {
				v, err := a.Application(ctx, app)
				if v.HiredAs == "" {
					return 0, err
				}
				return int(v.Version) - 1, err
			}},
		} {
			won, err := both(ctx, a, b, key.write)
			if err != nil {
				return err
			}
			there, err := key.count()
			if err != nil {
				return err
			}
			if won != 1 || there != 1 {
				faults = append(faults, fmt.Errorf("%s, time %d: %d of two were told that they had made it, and there are %d", key.name, n, won, there))
			}
		}
		// A payslip of a run and an employee is one row: whoever writes second has written over it.
		if _, err := both(ctx, a, b, func(ctx context.Context, db WholeStore, who int) error {
			return db.PutResults(ctx, run, payroll.Result{Employee: emp, Slip: payroll.Payslip{Employee: emp, Currency: "INR", Inputs: fmt.Sprint(who), Lines: []payroll.Line{
				{Name: "basic", Title: "Basic", Kind: payroll.Earning, Unit: "money", Amount: decimal.NewFromInt(int64(who))},
			}}})
		}); err != nil {
			return err
		}
		slips, err := a.Results(ctx, run, "", 10)
		if err != nil {
			return err
		}
		if len(slips) != 1 || slips[0].Slip.Inputs != slips[0].Slip.Lines[0].Amount.String() {
			faults = append(faults, fmt.Errorf("payslip, time %d: %d are there, or one of two halves", n, len(slips)))
		}
	}
	return errors.Join(faults...)
}

// both writes from two connections at once, each in a unit of its own, and says how many were not told of a conflict.
func both(ctx context.Context, a, b WholeStore, write func(ctx context.Context, db WholeStore, who int) error) (won int, err error) {
	begin, ended := make(chan bool), make(chan error)
	for who, db := range []WholeStore{a, b} {
		go func() {
			<-begin
			ended <- db.InTx(ctx, func(ctx context.Context) error { return write(ctx, db, who) })
		}()
	}
	close(begin)
	for range 2 {
		switch one := <-ended; {
		case one == nil:
			won++
		case !errors.Is(one, storage.ErrConflict):
			err = errors.Join(err, one)
		}
	}
	return won, err
}
