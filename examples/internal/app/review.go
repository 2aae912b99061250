package app

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// VerbReview is the verb of the review of a run, and VerbResolve that of saying why something unusual in it is right.
const (
	VerbReview  = "app.Review"
	VerbResolve = "app.Resolve"
)

// ReviewRules say what about a payslip is unusual in this company.
func ReviewRules() payroll.AnomalyRules {
	n := decimal.NewFromInt
	return payroll.AnomalyRules{
		Look: 2, Net: payroll.Swing{Score: 3, Percent: n(20)}, Line: payroll.Swing{Score: 1, Percent: n(50)}, Agreed: payroll.Swing{Score: 2, Percent: n(40)},
		Vanished: 1, Returned: 2, Twins: payroll.Twins{Score: 2, Most: 4}, Unworked: 4, Unpaid: 4, Peers: payroll.Peers{Score: 1, Times: n(5), Percent: n(30), Least: 4},
	}
}

// Review looks for what is unusual in a run that is calculated, and puts down that it was done, see [App.Reviewed]. It keeps nobody from anything; it says what
// to look at first, and a program may ask for a reason for each before it lets the run be approved.
func (a *App) Review(ctx context.Context, cmd hr.Command, id payroll.RunID) ([]payroll.Anomaly, error) {
	found, err := a.Pay.Anomalies(ctx, hr.View{Actor: cmd.Actor, Purpose: cmd.Purpose}, id, ReviewRules(), nil)
	if err != nil {
		return nil, err
	}
	return found, a.Reviewed(ctx, cmd, id)
}

// Reviewed puts down that somebody has looked at what is unusual in a run: an event "payroll.reviewed" with the digest of the results that were looked at. The
// same results are put down once.
func (a *App) Reviewed(ctx context.Context, cmd hr.Command, id payroll.RunID) error {
	run, err := a.Pay.Run(ctx, hr.View{Actor: cmd.Actor, Purpose: cmd.Purpose}, id)
	if err != nil {
		return err
	}
	cmd.ID = hr.CommandID("review/" + string(cmd.Actor.ID) + "/" + string(id) + "/" + run.Digest)
	_, err = storage.Do(ctx, a.Kit, cmd, VerbReview, id, func(_ context.Context, cmd hr.Command) (payroll.RunID, []storage.Event, error) {
		return id, []storage.Event{{
			ID: cmd.NewID("event"), Stream: "run/" + string(id), Kind: "payroll.reviewed", Ref: hr.Ref{Kind: "run", ID: string(id)}, Digest: run.Digest, At: cmd.At(),
		}}, nil
	})
	return err
}
