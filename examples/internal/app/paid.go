package app

import (
	"context"

	"github.com/musterhr/hr/payroll"
)

// RunOf returns a payroll run, to be shown: it asks no policy. One that is paid is read once, since nothing about it changes any more but that it is
// closed; so of a closed one it may say that it is paid.
func (a *App) RunOf(ctx context.Context, id payroll.RunID) (payroll.Run, error) {
	if r, known := a.paid.Load(id); known {
		return r.(payroll.Run), nil
	}
	r, err := a.Store.Run(ctx, id)
	if err == nil && (r.State == payroll.RunPaid || r.State == payroll.RunClosed) {
		a.paid.Store(id, r)
	}
	return r, err
}
