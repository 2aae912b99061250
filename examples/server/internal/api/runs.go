package api

import (
	"context"
	"errors"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/server/internal/desk"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// Run is a payroll of a pay period.
type Run struct {
	ID        payroll.RunID    `json:"id"`
	Kind      payroll.RunKind  `json:"kind"`
	Period    hr.Period        `json:"period"`
	PayDate   hr.Date          `json:"pay_date"`
	Reason    string           `json:"reason,omitempty"`
	State     payroll.RunState `json:"state" doc:"draft, calculated, approved, paid, closed, cancelled"`
	Members   int              `json:"members" doc:"how many employees are in it"`
	Failed    int              `json:"failed" doc:"how many of them have faults in the place of a payslip"`
	Posted    int              `json:"posted" doc:"how many payslips are posted"`
	Digest    string           `json:"digest,omitempty" doc:"of all results: what is approved; empty while they are calculated"`
	Overrides int              `json:"overrides" doc:"how many findings somebody has let pass"`
	Waits     []string         `json:"waits_for,omitempty"`

	stored storage.Version
}

func (r Run) version() storage.Version { return r.stored }

func runOf(r payroll.Run) Run {
	out := Run{
		ID: r.ID, Kind: r.Kind, Period: r.Period, PayDate: r.PayDate, Reason: r.Reason, State: r.State, Members: r.Members, Failed: r.Failed, Posted: r.Posted,
		Digest: r.Digest, Overrides: len(r.Overrides), stored: r.Version,
	}
	if r.State == payroll.RunCalculated {
		out.Waits = waits(r.Approval)
	}
	return out
}

// RunSpec is what a run is made from.
type RunSpec struct {
	Kind      payroll.RunKind `json:"kind" enum:"regular,off_cycle,correction,reversal,settlement,provisional"`
	Period    hr.Period       `json:"period" example:"2026-10-01..2026-10-31"`
	PayDate   hr.Date         `json:"pay_date"`
	Reason    string          `json:"reason,omitempty" maxLength:"500" doc:"needed of every kind but regular and settlement"`
	Of        payroll.RunID   `json:"of,omitempty" maxLength:"200" doc:"the run that a reversal takes back and a provisional run repeats"`
	Employees []hr.EmployeeID `json:"employees,omitempty" maxItems:"10000"`
}

func (s RunSpec) spec() payroll.RunSpec {
	return payroll.RunSpec{Kind: s.Kind, Period: s.Period, PayDate: s.PayDate, Reason: s.Reason, Of: s.Of, Employees: s.Employees}
}

// Progress is how far a calculation is.
type Progress struct {
	State payroll.RunState `json:"state"`
	Doing string           `json:"doing,omitempty" doc:"what is under way: calculate; empty: nothing"`
	Done  int              `json:"done" doc:"payslips so far"`
	Of    int              `json:"of"`
	Fault string           `json:"fault,omitempty" doc:"why the last calculation ended without a result"`
}

// Member is what a run has for one employee: a payslip, or the faults that prevented it.
type Member struct {
	Employee hr.EmployeeID    `json:"employee"`
	Payslip  *payroll.Payslip `json:"payslip,omitempty"`
	Failures []Failure        `json:"failures,omitempty"`
}

// Failure is a fault that kept a payslip from being calculated.
type Failure struct {
	Path   string  `json:"path"`
	Code   hr.Rule `json:"code"`
	Reason string  `json:"reason"`
}

// Finding is something about a run that a person must see before it is approved.
type Finding struct {
	Check    payroll.Check   `json:"check"`
	Employee hr.EmployeeID   `json:"employee,omitempty"`
	With     []hr.EmployeeID `json:"with,omitempty"`
	Reason   string          `json:"reason"`
	Digest   string          `json:"digest" doc:"of what was found: sent back to override it"`
}

// RunPath names a run in a path.
type RunPath struct {
	Run payroll.RunID `path:"run" maxLength:"200"`
}

type onRun[B any] struct {
	Writing
	Matching
	Run  payroll.RunID `path:"run" maxLength:"200"`
	Body B
}

type overrideBody struct {
	Findings []FindingRef `json:"findings" minItems:"1" maxItems:"1000"`
	Reason   string       `json:"reason" minLength:"1" maxLength:"500" doc:"why it is right to pay all the same; it stays on record"`
}

type approveBody struct {
	Digest string `json:"digest" minLength:"1" maxLength:"200" doc:"the digest of the run as you looked at it"`
}

type bareRun struct {
	Writing
	Matching
	Run payroll.RunID `path:"run" maxLength:"200"`
}

func members(results []payroll.Result) []Member {
	out := make([]Member, len(results))
	for i, res := range results {
		out[i].Employee = res.Employee
		for _, f := range res.Failures {
			out[i].Failures = append(out[i].Failures, Failure{f.Path, f.Rule, f.Reason})
		}
		if !res.Failed() {
			out[i].Payslip = &results[i].Slip
		}
	}
	return out
}

func (a *API) runs() {
	type runsIn struct {
		Limit int `query:"limit" minimum:"1" maximum:"200" default:"50"`
	}
	get(a, "/v1/payroll/runs", "payroll", "The payroll runs, the last touched first", func(ctx context.Context, r Request, in *runsIn) (List[Run], error) {
		cases, err := a.Cases(ctx, r.User.Tenant, desk.KindRun, in.Limit)
		if err != nil {
			return List[Run]{}, err
		}
		if err := storage.May(ctx, r.App.Kit, r.View(), "payroll.Run"); err != nil { // also where there is none
			return List[Run]{}, err
		}
		var out []Run
		for _, c := range cases {
			run, err := r.App.Pay.Run(ctx, r.View(), payroll.RunID(c.ID))
			if err != nil {
				return List[Run]{}, err
			}
			out = append(out, runOf(run))
		}
		return whole(out), nil
	})
	type createIn struct {
		Writing
		Body RunSpec
	}
	post(a, "/v1/payroll/runs", "payroll", "Create a run: it fixes who is in it", func(ctx context.Context, r Request, cmd hr.Command, in createIn) (Made, error) {
		id, err := r.App.Pay.CreateRun(ctx, cmd, in.Body.spec())
		return Made{string(id)}, err
	})
	type adoptIn struct {
		Writing
		Body struct {
			Period hr.Period `json:"period" example:"2026-04-01.." doc:"the days that the company's pay rules are for; without an end, for good"`
		}
	}
	post(a, "/v1/payroll/plan/adoption", "payroll", "Adopt the pay rules that the server was started with: nobody is paid by rules that are not adopted", func(ctx context.Context, r Request, cmd hr.Command, in adoptIn) (Done, error) {
		_, err := r.App.Pay.Adopt(ctx, cmd, r.App.Company.Plan, in.Body.Period)
		return done(err)
	})
	type previewIn struct{ Body RunSpec }
	ask(a, "/v1/payroll/preview", "payroll", "What a run would pay, without making it", func(ctx context.Context, r Request, in *previewIn) (List[Member], error) {
		results, err := r.App.Pay.Preview(ctx, r.View(), in.Body.spec())
		return whole(members(results)), err
	})
	get(a, "/v1/payroll/runs/{run}", "payroll", "One run", func(ctx context.Context, r Request, in *RunPath) (Run, error) {
		run, err := r.App.Pay.Run(ctx, r.View(), in.Run)
		return runOf(run), err
	})
	get(a, "/v1/payroll/runs/{run}/progress", "payroll", "How far the calculation of a run is", func(ctx context.Context, r Request, in *RunPath) (Progress, error) {
		run, err := r.App.Pay.Run(ctx, r.View(), in.Run)
		if err != nil {
			return Progress{}, err
		}
		job := a.Jobs.Of(r.User.Tenant, string(in.Run))
		p := Progress{State: run.State, Of: run.Members, Doing: job.Doing, Fault: job.Fault, Done: r.App.Calculated(in.Run)}
		if run.Digest != "" {
			p.Done = run.Members
		}
		return p, nil
	})
	type membersIn struct {
		RunPath
		Paging
	}
	get(a, "/v1/payroll/runs/{run}/members", "payroll", "Who is in a run, with payslip or faults", func(ctx context.Context, r Request, in *membersIn) (List[Member], error) {
		results, err := r.App.Pay.Members(ctx, r.View(), in.Run, hr.EmployeeID(in.After), in.Limit)
		return list(members(results), in.Limit, func(m Member) string { return string(m.Employee) }), err
	})
	get(a, "/v1/payroll/runs/{run}/findings", "payroll", "What a person must see before a run is approved", func(ctx context.Context, r Request, in *RunPath) (List[Finding], error) {
		findings, err := r.App.Pay.Findings(ctx, r.View(), in.Run)
		out := make([]Finding, len(findings))
		for i, f := range findings {
			out[i] = Finding{f.Check, f.Employee, f.With, f.Reason, f.Digest}
		}
		return whole(out), err
	})
	post(a, "/v1/payroll/runs/{run}/calculation", "payroll", "Calculate every payslip of a run. It goes on after the answer; progress says how far it is", func(ctx context.Context, r Request, cmd hr.Command, in bareRun) (Progress, error) {
		return a.calculate(ctx, r, cmd, in)
	})
	post(a, "/v1/payroll/runs/{run}/overrides", "payroll", "Let findings pass, with a reason", func(ctx context.Context, r Request, cmd hr.Command, in onRun[overrideBody]) (Done, error) {
		cmd.Reason = in.Body.Reason
		refs := make([]payroll.FindingRef, len(in.Body.Findings))
		for i, f := range in.Body.Findings {
			refs[i] = payroll.FindingRef(f)
		}
		return a.onRun(ctx, r, in.IfMatch, in.Run, func(ctx context.Context) error {
			_, err := r.App.Pay.Override(ctx, cmd, in.Run, refs...)
			return err
		})
	})
	post(a, "/v1/payroll/runs/{run}/approval", "payroll", "Approve a run: not by who calculated it", func(ctx context.Context, r Request, cmd hr.Command, in onRun[approveBody]) (Done, error) {
		return a.onRun(ctx, r, in.IfMatch, in.Run, func(ctx context.Context) error {
			_, err := a.Approve(ctx, r.User, cmd, in.Run, in.Body.Digest) // after the review of what is unusual
			return err
		})
	})
	for _, step := range []struct {
		name, summary string
		do            func(ctx context.Context, s payroll.Service, cmd hr.Command, id payroll.RunID) (payroll.RunState, error)
	}{
		{"payment", "Post an approved run as paid", func(ctx context.Context, s payroll.Service, cmd hr.Command, id payroll.RunID) (payroll.RunState, error) {
			return s.Pay(ctx, cmd, id)
		}},
		{"closing", "Close a paid run", func(ctx context.Context, s payroll.Service, cmd hr.Command, id payroll.RunID) (payroll.RunState, error) {
			return s.Close(ctx, cmd, id)
		}},
		{"cancellation", "Cancel a run that is not paid", func(ctx context.Context, s payroll.Service, cmd hr.Command, id payroll.RunID) (payroll.RunState, error) {
			return s.Cancel(ctx, cmd, id)
		}},
	} {
		post(a, "/v1/payroll/runs/{run}/"+step.name, "payroll", step.summary, func(ctx context.Context, r Request, cmd hr.Command, in bareRun) (Done, error) {
			return a.onRun(ctx, r, in.IfMatch, in.Run, func(ctx context.Context) error {
				_, err := step.do(ctx, r.App.Pay, cmd, in.Run)
				return err
			})
		})
	}
}

// FindingRef names a finding.
type FindingRef struct {
	Check    payroll.Check `json:"check" maxLength:"100"`
	Employee hr.EmployeeID `json:"employee,omitempty" maxLength:"64"`
	Digest   string        `json:"digest" maxLength:"200"`
}

// onRun changes a run if it is as the sender saw it. A payment is many units of work, which one around them would make one: there the version
// is looked at before.
func (a *API) onRun(ctx context.Context, r Request, ifMatch string, id payroll.RunID, do func(ctx context.Context) error) (Done, error) {
	if ifMatch != "" && ifMatch != "*" {
		run, err := r.App.Pay.Run(ctx, r.View(), id)
		if err != nil {
			return Done{}, err
		}
		if etag(run.Version) != ifMatch {
			return Done{}, staleCase(run.Version)
		}
	}
	return done(do(ctx))
}

// patience is how long a request waits for a calculation before it answers that it goes on.
const patience = 3 * time.Second

// calculate begins a calculation, or finds the one that runs, and waits a little for it.
func (a *API) calculate(ctx context.Context, r Request, cmd hr.Command, in bareRun) (Progress, error) {
	run, err := r.App.Pay.Run(ctx, r.View(), in.Run)
	if err == nil && in.IfMatch != "" && in.IfMatch != "*" && etag(run.Version) != in.IfMatch {
		err = staleCase(run.Version)
	}
	if err == nil {
		err = storage.May(ctx, r.App.Kit, r.View(), "payroll.Calculate")
	}
	if err != nil {
		return Progress{}, err
	}
	ended := a.Jobs.Begin(ctx, r.User.Tenant, string(in.Run), "calculate", func(ctx context.Context) error {
		r.App.Forget(in.Run)
		_, err := r.App.Pay.Calculate(ctx, cmd, in.Run)
		return errors.Join(err, a.Settle(ctx))
	})
	select {
	case err = <-ended:
	case <-time.After(patience):
	case <-ctx.Done():
	}
	if err != nil {
		return Progress{}, err
	}
	if run, err = r.App.Pay.Run(ctx, r.View(), in.Run); err != nil {
		return Progress{}, err
	}
	p := Progress{State: run.State, Done: r.App.Calculated(in.Run), Of: run.Members, Doing: a.Jobs.Of(r.User.Tenant, string(in.Run)).Doing}
	if run.Digest != "" {
		p.Done = run.Members
	}
	return p, nil
}
