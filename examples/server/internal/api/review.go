package api

import (
	"context"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/payroll"
)

// Unusual is what is unusual about a payslip: it keeps a run from approval until somebody has said why it is right.
type Unusual struct {
	Employee hr.EmployeeID   `json:"employee"`
	Points   int             `json:"points" doc:"what to look at first has most"`
	Signs    []UnusualSign   `json:"signs"`
	Before   hr.Money        `json:"net_before"`
	Now      hr.Money        `json:"net_now"`
	Digest   string          `json:"digest" doc:"names what is unusual: a resolution holds as long as this is the same"`
	Resolved *UnusualBecause `json:"resolved,omitempty" doc:"missing: nobody has said anything about it"`
}

// UnusualSign is one thing that is unusual.
type UnusualSign struct {
	Rule   payroll.AnomalyRule `json:"rule" example:"net"`
	Line   string              `json:"line,omitempty"`
	With   []hr.EmployeeID     `json:"with,omitempty"`
	Reason string              `json:"reason"`
}

// UnusualBecause is who said why something unusual is right.
type UnusualBecause struct {
	By     hr.ActorID `json:"by"`
	Reason string     `json:"reason"`
	At     time.Time  `json:"at"`
}

// UnusualRef names something unusual.
type UnusualRef struct {
	Employee hr.EmployeeID `json:"employee" maxLength:"64"`
	Digest   string        `json:"digest" maxLength:"200"`
}

type resolveBody struct {
	Unusual []UnusualRef `json:"unusual" minItems:"1" maxItems:"1000"`
	Reason  string       `json:"reason" minLength:"1" maxLength:"500" doc:"why it is right; it stays on record"`
}

func (a *API) review() {
	get(a, "/v1/payroll/runs/{run}/review", "payroll", "What is unusual about a run: each needs somebody who says why it is right, before the run is approved", func(ctx context.Context, r Request, in *RunPath) (List[Unusual], error) {
		run, err := r.App.Pay.Run(ctx, r.View(), in.Run)
		if err != nil {
			return List[Unusual]{}, err
		}
		found, err := a.Unusual(ctx, r.User, r.View(), run)
		out := make([]Unusual, len(found))
		for i, x := range found {
			out[i] = Unusual{
				Employee: x.Employee, Points: x.Score, Digest: x.Digest, Before: hr.Money{Amount: x.Net.Before, Currency: x.Currency}, Now: hr.Money{Amount: x.Net.Now, Currency: x.Currency},
			}
			for _, s := range x.Signs {
				out[i].Signs = append(out[i].Signs, UnusualSign{s.Rule, s.Line, s.With, s.Reason})
			}
			if x.Resolved != nil {
				out[i].Resolved = &UnusualBecause{x.Resolved.By, x.Resolved.Reason, x.Resolved.At}
			}
		}
		return whole(out), err
	})
	post(a, "/v1/payroll/runs/{run}/review", "payroll", "Say why something unusual in a run is right: nobody about their own payslip", func(ctx context.Context, r Request, cmd hr.Command, in onRun[resolveBody]) (Done, error) {
		cmd.Reason = in.Body.Reason
		refs := make([]desk.UnusualRef, len(in.Body.Unusual))
		for i, x := range in.Body.Unusual {
			refs[i] = desk.UnusualRef(x)
		}
		return a.onRun(ctx, r, in.IfMatch, in.Run, func(ctx context.Context) error { return a.Resolve(ctx, r.User, cmd, in.Run, refs...) })
	})
}
