package assistant

import (
	"context"
	"maps"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

type balancesIn struct {
	Employee string `json:"employee,omitempty" jsonschema:"the employee's number; empty: the user"`
	On       string `json:"on,omitempty" jsonschema:"a day, 2026-10-31; empty: today"`
}

type balanceOut struct {
	Type string `json:"type" class:"public"`
	Name string `json:"name" class:"public"`
	Left string `json:"left" class:"private"`
}

type balancesOut struct {
	Employee string       `json:"employee"`
	On       string       `json:"on"`
	Balances []balanceOut `json:"balances"`
}

func leaveBalances(ctx context.Context, c caller, in balancesIn) (out balancesOut, hidden []string, err error) {
	id, err := c.whose(in.Employee)
	if err != nil {
		return out, nil, err
	}
	on, err := c.day("on", in.On)
	if err != nil {
		return out, nil, err
	}
	v, err := c.may(ctx, "leave.Balance", id)
	if err != nil {
		return out, nil, err
	}
	out.Employee, out.On = string(id), on.String()
	for _, t := range slices.Sorted(maps.Keys(c.App.Company.LeaveTypes)) {
		left, err := c.App.Leave.Balance(ctx, c.view(), id, t, on)
		if err != nil {
			return out, nil, err
		}
		policy, _ := c.App.Company.LeaveTypes[t].At(on)
		row, blank := hr.Show(v, balanceOut{string(t), policy.Name, left.String()})
		out.Balances, hidden = append(out.Balances, row), union(hidden, blank)
	}
	return out, hidden, nil
}

// day reads a day; an empty text is today.
func (c caller) day(path, text string) (hr.Date, error) {
	if text == "" {
		return c.App.Today(), nil
	}
	d, err := hr.ParseDate(text)
	if err != nil {
		return d, &hr.FieldError{Path: path, Rule: hr.RuleInvalid, Reason: "must be a day such as 2026-10-31"}
	}
	return d, nil
}

type requestsIn struct {
	Employee string `json:"employee,omitempty" jsonschema:"the employee's number; empty: the user"`
	From     string `json:"from,omitempty" jsonschema:"first day, 2026-10-01; empty: a year ago"`
	Through  string `json:"through,omitempty" jsonschema:"last day; empty: no end"`
}

type requestOut struct {
	ID      string `json:"id" class:"public"`
	Type    string `json:"type" class:"private"`
	From    string `json:"from" class:"private"`
	Through string `json:"through" class:"private"`
	State   string `json:"state" class:"private"`
	Days    string `json:"days" class:"private"`
	Reason  string `json:"reason,omitempty" class:"special"`
}

type requestsOut struct {
	Employee string       `json:"employee"`
	Requests []requestOut `json:"requests"`
}

func leaveRequests(ctx context.Context, c caller, in requestsIn) (out requestsOut, hidden []string, err error) {
	id, err := c.whose(in.Employee)
	if err != nil {
		return out, nil, err
	}
	var p hr.Period
	if p.From = c.App.Today().Add(-366); in.From != "" {
		if p.From, err = c.day("from", in.From); err != nil {
			return out, nil, err
		}
	}
	if in.Through != "" {
		if p.Through, err = c.day("through", in.Through); err != nil {
			return out, nil, err
		}
	}
	if err := p.Validate(); err != nil {
		return out, nil, err
	}
	v, err := c.may(ctx, "leave.RequestsIn", id)
	if err != nil {
		return out, nil, err
	}
	list, err := c.App.Leave.RequestsIn(ctx, c.view(), id, p)
	out.Employee = string(id)
	for _, r := range list {
		if len(out.Requests) < most {
			row, blank := hr.Show(v, requestOut{string(r.ID), string(r.Type), r.Period.From.String(), dayText(r.Period.Through), string(r.State), r.Total().String(), r.Reason})
			out.Requests, hidden = append(out.Requests, row), union(hidden, blank)
		}
	}
	return out, hidden, err
}

type askIn struct {
	Type    string `json:"type" jsonschema:"the leave type, as leave_balances names it: earned"`
	From    string `json:"from" jsonschema:"first day, 2026-11-10"`
	Through string `json:"through" jsonschema:"last day, included"`
	Reason  string `json:"reason,omitempty" jsonschema:"for whoever decides"`
}

func draftLeaveRequest(ctx context.Context, c caller, in askIn) (out draftOut, hidden []string, err error) {
	id, err := c.whose("")
	if err != nil {
		return out, nil, err
	}
	var faults hr.Faults
	from, err := c.day("from", in.From)
	faults.Join("", err)
	through, err := c.day("through", in.Through)
	faults.Join("", err)
	if _, known := c.App.Company.LeaveTypes[leave.TypeID(in.Type)]; !known {
		faults.Add("type", hr.RuleInvalid, "is no leave type of the company")
	}
	if in.From == "" || in.Through == "" || through.Before(from) {
		faults.Add("through", hr.RuleInvalid, "first and last day are required, in this order")
	}
	if len(in.Reason) > longest {
		faults.Add("reason", hr.RuleInvalid, "is too long")
	}
	if faults.Any() {
		return out, nil, faults.Err()
	}
	if _, err := c.may(ctx, "leave.Apply", id); err != nil {
		return out, nil, err
	}
	return c.draft(ctx, Draft{
		Does:  "Ask for " + in.Type + " leave from " + in.From + " through " + in.Through + " for " + string(id) + ". Whoever approves leave decides on it then.",
		Apply: &leave.Application{Employee: id, Type: leave.TypeID(in.Type), Period: hr.Period{From: from, Through: through}, Reason: in.Reason},
	})
}

// longest is how long a text of an argument may be.
const longest = 2000

type decideIn struct {
	Request string `json:"request" jsonschema:"the id of the leave request"`
	Agree   bool   `json:"agree" jsonschema:"true agrees, false refuses"`
	Reason  string `json:"reason,omitempty" jsonschema:"for whoever asked"`
}

func draftLeaveDecision(ctx context.Context, c caller, in decideIn) (out draftOut, hidden []string, err error) {
	if len(in.Reason) > longest {
		return out, nil, &hr.FieldError{Path: "reason", Rule: hr.RuleInvalid, Reason: "is too long"}
	}
	r, err := c.App.Leave.Request(ctx, c.view(), leave.RequestID(in.Request))
	if err != nil {
		return out, nil, err
	}
	if _, err := c.may(ctx, "leave.Decide", r.Employee); err != nil {
		return out, nil, err
	}
	says := "Refuse"
	if in.Agree {
		says = "Agree to"
	}
	return c.draft(ctx, Draft{
		Does:   says + " the leave of " + string(r.Employee) + ", " + r.Period.String() + ".",
		Decide: &decision{r.ID, leave.Decision{Agree: in.Agree, Reason: in.Reason}},
	})
}
