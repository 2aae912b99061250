package api

import (
	"context"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/payroll"
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

// shown refuses a payslip that is not the caller's to see yet.
func (r Request) shown(ctx context.Context, id payroll.RunID, verb string, employee hr.EmployeeID) error {
	_, err := desk.Shown(ctx, r.App, r.View(), id, verb, employee)
	return err
}

// Paydays returns the payslips of somebody in runs that are paid, the last first.
func Paydays(ctx context.Context, d *desk.Desk, r Request, employee hr.EmployeeID) (out []Payday, err error) {
	paid, err := d.Paid(ctx, r.User, r.View(), employee)
	for _, p := range paid {
		out = append(out, Payday{Run: p.Run.ID, Kind: p.Run.Kind, State: p.Run.State, Period: p.Run.Period, PayDate: p.Run.PayDate, Net: p.Slip.Net()})
	}
	return out, err
}
