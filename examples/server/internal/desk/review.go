package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/examples/server/internal/login"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

// Rules of a review.
const (
	RuleUnresolved hr.Rule = "server.review.open"    // a run with something unusual that nobody has said anything about
	RuleUnusual    hr.Rule = "server.review.unusual" // what is resolved is not unusual, or not any more
)

// Unusual is what is unusual about a payslip of a run, and who has said why it is right.
type Unusual struct {
	payroll.Anomaly
	Digest   string // of what is unusual: a resolution holds as long as this is the same
	Resolved *Resolution
}

// Resolution is why something unusual is right.
type Resolution struct {
	By     hr.ActorID
	Reason string
	At     time.Time
}

// UnusualRef names what is resolved.
type UnusualRef struct {
	Employee hr.EmployeeID
	Digest   string
}

// reviews remembers what was found in results, which take a while to look at and do not change.
type reviews struct {
	mu    sync.Mutex
	found map[string][]payroll.Anomaly
}

// reviewsKept is how many results are remembered.
const reviewsKept = 8

func (r *reviews) of(key string, look func() ([]payroll.Anomaly, error)) ([]payroll.Anomaly, error) {
	r.mu.Lock()
	found, known := r.found[key]
	r.mu.Unlock()
	if known {
		return found, nil
	}
	found, err := look()
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.found == nil || len(r.found) >= reviewsKept {
		r.found = map[string][]payroll.Anomaly{}
	}
	r.found[key] = found
	return found, nil
}

// Unusual returns what is unusual about a run that is calculated, what to look at first first.
func (d *Desk) Unusual(ctx context.Context, u login.User, v hr.View, run payroll.Run) ([]Unusual, error) {
	a := d.Of(u)
	if err := storage.May(ctx, a.Kit, v, "payroll.Anomalies"); err != nil { // also where it is known
		return nil, err
	}
	if run.Digest == "" {
		return nil, nil
	}
	found, err := d.reviews.of(u.Tenant+"/"+string(run.ID)+"/"+run.Digest, func() ([]payroll.Anomaly, error) {
		return a.Pay.Anomalies(ctx, v, run.ID, app.ReviewRules(), nil)
	})
	if err != nil {
		return nil, err
	}
	said, err := d.resolutions(ctx, u.Tenant, run.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Unusual, len(found))
	for i, x := range found {
		out[i] = Unusual{Anomaly: x, Digest: digestOf(x)}
		if r, is := said[UnusualRef{x.Employee, out[i].Digest}]; is {
			out[i].Resolved = &r
		}
	}
	return out, nil
}

// digestOf tells one thing that is unusual from another, amounts included.
func digestOf(a payroll.Anomaly) string {
	var signs []string
	for _, s := range a.Signs {
		signs = append(signs, fmt.Sprint(s.Rule), s.Line, s.Reason, hr.Canonical(s.Before), hr.Canonical(s.Now))
	}
	return hr.Digest("server.unusual/1", append([]string{string(a.Employee), hr.Canonical(a.Net.Before), hr.Canonical(a.Net.Now)}, signs...))
}

// Open returns those of a list that nobody has resolved.
func Open(list []Unusual) []Unusual {
	return slices.DeleteFunc(slices.Clone(list), func(x Unusual) bool { return x.Resolved != nil })
}

func (d *Desk) resolutions(ctx context.Context, tenant string, run payroll.RunID) (map[UnusualRef]Resolution, error) {
	said := map[UnusualRef]Resolution{}
	err := d.Records.Query(ctx, "SELECT employee, digest, by_actor, reason, at FROM srv_review WHERE tenant = ? AND run = ?", []any{tenant, string(run)}, func(scan func(...any) error) error {
		var ref UnusualRef
		var r Resolution
		var at int64
		err := scan(&ref.Employee, &ref.Digest, &r.By, &r.Reason, &at)
		r.At = time.Unix(at, 0).UTC()
		said[ref] = r
		return err
	})
	return said, err
}

// Resolve says why something unusual in a run is right: nobody about their own payslip. Who said it first stays. The audit has it too.
func (d *Desk) Resolve(ctx context.Context, u login.User, cmd hr.Command, id payroll.RunID, refs ...UnusualRef) error {
	a, v := d.Of(u), u.View("review")
	run, err := a.Pay.Run(ctx, v, id)
	if err != nil {
		return err
	}
	list, err := d.Unusual(ctx, u, v, run)
	if err != nil {
		return err
	}
	var faults hr.Faults
	if run.State != payroll.RunCalculated {
		faults.Add("run", hr.RuleMachineMove, "is %s: a review is of one that waits for its approval", run.State)
	}
	if strings.TrimSpace(cmd.Reason) == "" {
		faults.Add("reason", hr.RuleRequired, "must say why it is right")
	}
	if len(refs) == 0 {
		faults.Add("unusual", hr.RuleRequired, "must name what was looked at")
	}
	var about []hr.EmployeeID
	for i, ref := range refs {
		if !slices.ContainsFunc(list, func(x Unusual) bool { return x.Employee == ref.Employee && x.Digest == ref.Digest }) {
			faults.Add(fmt.Sprintf("unusual[%d]", i), RuleUnusual, "is not unusual in this run, or not any more: look again")
		}
		about = append(about, ref.Employee)
	}
	content := struct {
		Run  payroll.RunID
		Refs []UnusualRef
	}{id, refs}
	_, err = storage.Do(ctx, a.Kit, cmd, app.VerbResolve, storage.About(content, about...), func(ctx context.Context, cmd hr.Command) (payroll.RunID, []storage.Event, error) {
		if err := faults.Err(); err != nil { // after it is decided that they may
			return "", nil, err
		}
		for _, ref := range refs {
			if _, err := d.Records.Exec(ctx, "INSERT INTO srv_review (tenant, run, employee, digest, by_actor, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant, run, employee, digest) DO NOTHING",
				u.Tenant, string(id), string(ref.Employee), ref.Digest, string(cmd.Actor.ID), cmd.Reason, cmd.At().Unix()); err != nil {
				return "", nil, err
			}
		}
		return id, []storage.Event{{ID: cmd.NewID("event"), Stream: "run/" + string(id), Kind: "payroll.resolved", Ref: hr.Ref{Kind: KindRun, ID: string(id)}, Digest: run.Digest, At: cmd.At()}}, nil
	})
	return err
}

// Approve approves a run, and not before its results were reviewed: the review comes first, in the name of whoever approves, and what it finds
// needs somebody who has said why it is right.
func (d *Desk) Approve(ctx context.Context, u login.User, cmd hr.Command, id payroll.RunID, digest string) (payroll.RunState, error) {
	a, v := d.Of(u), u.View("review")
	if err := storage.May(ctx, a.Kit, v, "payroll.Approve"); err != nil {
		return "", err
	}
	run, err := a.Pay.Run(ctx, v, id)
	if err != nil {
		return "", err
	}
	if run.State == payroll.RunCalculated && digest == run.Digest { // anything else the service refuses, or has done already
		list, err := d.Unusual(ctx, u, v, run)
		if err == nil {
			err = a.Reviewed(ctx, hr.Command{ID: cmd.ID + "/review", Actor: cmd.Actor, Purpose: cmd.Purpose}, id)
		}
		if err != nil {
			return "", err
		}
		if n := len(Open(list)); n > 0 {
			return "", &hr.FieldError{Path: "review", Rule: RuleUnresolved, Reason: fmt.Sprintf("finds %d payslips unusual, and nobody has said why they are right", n)}
		}
	}
	return a.Pay.Approve(ctx, cmd, id, digest)
}
