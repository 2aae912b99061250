package api

import (
	"context"
	"errors"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// Payday is one payslip of somebody, without its lines.
type Payday struct {
	Run     payroll.RunID    `json:"run"`
	Kind    payroll.RunKind  `json:"kind"`
	State   payroll.RunState `json:"state"`
	Period  hr.Period        `json:"period"`
	PayDate hr.Date          `json:"pay_date"`
	Net     hr.Money         `json:"net"`
}

func (a *API) payslips() {
	type SlipPath struct {
		RunPath
		Employee
	}
	get(a, "/v1/people/{employee}/payslips", "payslips", "The payslips of somebody that were paid, the last first", func(ctx context.Context, r Request, in *Employee) (List[Payday], error) {
		paid, err := Paydays(ctx, a.Desk, r, in.Employee)
		return whole(paid), err
	})
	get(a, "/v1/payroll/runs/{run}/payslips/{employee}", "payslips", "A payslip, every line with its exact amount", func(ctx context.Context, r Request, in *SlipPath) (payroll.Payslip, error) {
		if err := r.shown(ctx, in.Run, "payroll.Payslip", in.Employee.Employee); err != nil {
			return payroll.Payslip{}, err
		}
		return r.App.Pay.Payslip(ctx, r.View(), in.Run, in.Employee.Employee)
	})
	type explainIn struct {
		SlipPath
		Line string `path:"line" maxLength:"100" example:"epf"`
	}
	get(a, "/v1/payroll/runs/{run}/payslips/{employee}/explain/{line}", "payslips", "Why a figure is what it is, down to the law and the punches", func(ctx context.Context, r Request, in *explainIn) (hr.Trace, error) {
		if err := r.shown(ctx, in.Run, "payroll.Explain", in.Employee.Employee); err != nil {
			return hr.Trace{}, err
		}
		return r.App.Pay.Explain(ctx, r.View(), in.Run, in.Employee.Employee, in.Line)
	})
}

// shown refuses a payslip that is not paid yet to whoever may not look at the run itself: until somebody has approved it, it may be wrong.
func (r Request) shown(ctx context.Context, id payroll.RunID, verb string, employee hr.EmployeeID) error {
	run, err := r.App.Store.Run(ctx, id)
	if err != nil {
		return err
	}
	if run.State == payroll.RunPaid || run.State == payroll.RunClosed || r.App.Kit.Authorize.Decide(hr.Ask{Verb: "payroll.Run", Actor: r.User.Actor, Purpose: r.View().Purpose}).Allow {
		return nil // and the service says whether they may see it
	}
	if err := storage.May(ctx, r.App.Kit, r.View(), verb, employee); err != nil {
		return err
	}
	return storage.ErrNotFound
}

// Paydays returns the payslips of somebody in runs that are paid, the last first.
func Paydays(ctx context.Context, d *desk.Desk, r Request, employee hr.EmployeeID) (out []Payday, err error) {
	cases, err := d.Cases(ctx, r.User.Tenant, desk.KindRun, 200)
	if err != nil {
		return nil, err
	}
	if err := storage.May(ctx, r.App.Kit, r.View(), "payroll.Payslip", employee); err != nil { // also where there is none
		return nil, err
	}
	for _, c := range cases {
		run, err := r.App.Store.Run(ctx, payroll.RunID(c.ID)) // of a run: who is in it decides, see below
		if err != nil {
			return nil, err
		}
		if run.State != payroll.RunPaid && run.State != payroll.RunClosed {
			continue
		}
		slip, err := r.App.Pay.Payslip(ctx, r.View(), run.ID, employee)
		switch {
		case errors.Is(err, storage.ErrNotFound): // not in that run
			continue
		case err != nil:
			return nil, err
		}
		out = append(out, Payday{Run: run.ID, Kind: run.Kind, State: run.State, Period: run.Period, PayDate: run.PayDate, Net: slip.Net()})
	}
	return out, nil
}
