package assistant

import (
	"context"
	"errors"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/examples/internal/app"
	"github.com/musterhr/hr/lifecycle"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

type attentionOut struct {
	Items []itemOut `json:"items"`
}

type itemOut struct {
	What     string `json:"what" class:"public"`
	Case     string `json:"case,omitempty" class:"public"`
	Employee string `json:"employee,omitempty" class:"public"`
	Day      string `json:"day,omitempty" class:"public"`
	Why      string `json:"why" class:"public"`
}

// ahead is how many days ahead what falls due is listed.
const ahead = 30

func needsAttention(ctx context.Context, c caller, _ nothingIn) (out attentionOut, _ []string, err error) {
	for _, look := range []func(context.Context, caller) ([]itemOut, error){waitsForMe, fallsDue, unusual, unconfirmed} {
		items, err := look(ctx, c)
		if err != nil {
			return attentionOut{}, nil, err
		}
		out.Items = append(out.Items, items...)
	}
	return out, nil, nil
}

// waitsForMe are the approvals that the user is asked for.
func waitsForMe(ctx context.Context, c caller) (items []itemOut, err error) {
	open, about, err := c.App.OpenApprovals(ctx, c.App.Today())
	for _, o := range open {
		for _, level := range o.Approval.Open() {
			if slices.Contains(o.Approval.Levels[level].Approvers, c.user.ID) {
				items = append(items, itemOut{"approval", o.Case.Kind + "/" + o.Case.ID, string(about[o.Case]), dayText(hr.DateOf(o.Approval.Asked, c.App.Company.Zone)), "it waits for your decision since this day"})
			}
		}
	}
	return items, err
}

// allowed is [caller.may] where a denial only means that there is less to list.
func (c caller) allowed(ctx context.Context, verb string) (bool, error) {
	v, err := storage.Judge(ctx, c.App.Kit, c.view(), verb)
	return v.Allow, err
}

var dueWords = map[lifecycle.DueKind]string{
	lifecycle.DueJoin: "their first day", lifecycle.DueProbation: "the trial ends: confirm, extend or part", lifecycle.DueReturn: "back from a time away",
	lifecycle.DueLastDay: "the last day that a notice plans", lifecycle.DueContract: "the contract ends", lifecycle.DueRetirement: "the last day by age",
	lifecycle.DueAnniversary: "a full year of service", lifecycle.DueDocument: "a document expires", lifecycle.DueBankChange: "an approved bank account may be applied",
}

// fallsDue is what falls due about employments, for whoever may see that.
func fallsDue(ctx context.Context, c caller) (items []itemOut, err error) {
	if ok, err := c.allowed(ctx, "lifecycle.Due"); err != nil || !ok {
		return nil, err
	}
	today := c.App.Today()
	due, err := c.App.People.Due(ctx, c.view(), nil, hr.Period{From: today, Through: today.Add(ahead)})
	var faults lifecycle.DueFaults
	if errors.As(err, &faults) { // of one, and not of the others
		err = nil
		for _, f := range faults {
			items = append(items, itemOut{"fault", "", string(f.Employee), "", "what falls due cannot be told whole: " + f.Err.Error()})
		}
	}
	for _, d := range due {
		if len(items) < most {
			items = append(items, itemOut{string(d.Kind), d.Ref.ID, string(d.Employee), d.Day.String(), dueWords[d.Kind]})
		}
	}
	return items, err
}

// unusual is what the review of runs that wait for approval finds, the most unusual first; signs are sentences without amounts.
func unusual(ctx context.Context, c caller) (items []itemOut, err error) {
	if ok, err := c.allowed(ctx, "payroll.Anomalies"); err != nil || !ok {
		return nil, err
	}
	runs, err := c.runs(ctx)
	for _, r := range runs {
		if r.State != payroll.RunCalculated {
			continue
		}
		list, err := c.App.Pay.Anomalies(ctx, c.view(), r.ID, app.ReviewRules(), nil)
		if err != nil {
			return nil, err
		}
		for _, x := range list[:min(len(list), 10)] {
			items = append(items, itemOut{"payslip", string(r.ID), string(x.Employee), r.PayDate.String(), x.Signs[0].Reason})
		}
	}
	return items, err
}

// unconfirmed are the user's own drafts.
func unconfirmed(_ context.Context, c caller) (items []itemOut, err error) {
	drafts, err := c.Drafts.Of(c.user.ID)
	for _, d := range drafts {
		items = append(items, itemOut{"draft", d.ID, "", dayText(hr.DateOf(d.At, c.App.Company.Zone)), "you have not confirmed it yet"})
	}
	return items, err
}
