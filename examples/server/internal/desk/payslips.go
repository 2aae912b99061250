package desk

import (
	"context"
	"errors"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// Paid is a payslip of a run that is paid.
type Paid struct {
	Run  payroll.Run
	Slip payroll.Payslip
}

// Paid returns the payslips of somebody in runs that are paid, the last first.
func (d *Desk) Paid(ctx context.Context, u login.User, v hr.View, employee hr.EmployeeID) (out []Paid, err error) {
	a := d.Of(u)
	if err := storage.May(ctx, a.Kit, v, "payroll.Payslip", employee); err != nil { // also where there is none
		return nil, err
	}
	cases, err := d.Cases(ctx, u.Tenant, KindRun, 200)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		run, err := a.Store.Run(ctx, payroll.RunID(c.ID)) // of a run: who is in it decides, see below
		if err != nil {
			return nil, err
		}
		if run.State != payroll.RunPaid && run.State != payroll.RunClosed {
			continue
		}
		slip, err := a.Pay.Payslip(ctx, v, run.ID, employee)
		switch {
		case errors.Is(err, storage.ErrNotFound): // not in that run
			continue
		case err != nil:
			return nil, err
		}
		out = append(out, Paid{run, slip})
	}
	return out, nil
}

// Shown returns the run of a payslip as [app.App.RunOf] has it, and refuses one that is not paid yet to whoever may not look at the run itself: until somebody has approved
// it, it may be wrong. verb is what is asked for, "payroll.Payslip".
func Shown(ctx context.Context, a *app.App, v hr.View, id payroll.RunID, verb string, employee hr.EmployeeID) (payroll.Run, error) {
	run, err := a.RunOf(ctx, id)
	if err != nil {
		return payroll.Run{}, err
	}
	if run.State == payroll.RunPaid || run.State == payroll.RunClosed || a.Kit.Authorize.Decide(hr.Ask{Verb: "payroll.Run", Actor: v.Actor, Purpose: v.Purpose}).Allow {
		return run, nil // and the service says whether they may see it
	}
	if err := storage.May(ctx, a.Kit, v, verb, employee); err != nil {
		return payroll.Run{}, err
	}
	return payroll.Run{}, storage.ErrNotFound
}
