package assistant

import (
	"context"
	"errors"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/storage"
)

type slipIn struct {
	Employee string `json:"employee,omitempty" jsonschema:"the employee's number; empty: the user"`
	Month    string `json:"month" jsonschema:"the month, 2026-09"`
}

type textOut struct {
	Employee string `json:"employee" class:"public"`
	Month    string `json:"month" class:"public"`
	Text     string `json:"text" class:"money"`
}

// slipOf finds the run of a month and what the user may see of an employee in it.
func (c caller) slipOf(ctx context.Context, verb, employee, month string) (run payroll.RunID, id hr.EmployeeID, v hr.Verdict, err error) {
	if id, err = c.whose(employee); err != nil {
		return "", "", v, err
	}
	from, err := hr.ParseDate(month + "-01")
	if err != nil {
		return "", "", v, &hr.FieldError{Path: "month", Rule: hr.RuleInvalid, Reason: "must be a month such as 2026-09"}
	}
	if v, err = c.may(ctx, verb, id); err != nil { // before anything is looked up
		return "", "", v, err
	}
	if !v.Sees(hr.ClassMoney) {
		return "", "", v, &storage.DeniedError{Verdict: hr.Verdict{Reason: "the user does not see pay here"}}
	}
	runs, err := c.runs(ctx)
	for _, r := range runs {
		if (r.State == payroll.RunPaid || r.State == payroll.RunClosed) && r.Kind == payroll.RunRegular && r.Period == hr.MonthOf(from) {
			return r.ID, id, v, nil
		}
	}
	if err == nil {
		err = storage.ErrNotFound
	}
	return "", "", v, err
}

func (c caller) runs(ctx context.Context) ([]payroll.Run, error) {
	list, ok := c.App.Store.(payroll.RunList)
	if !ok {
		return nil, errors.New("this store cannot list payroll runs")
	}
	return list.RunsAfter(ctx, "", 0)
}

func payslip(ctx context.Context, c caller, in slipIn) (out textOut, hidden []string, err error) {
	run, id, v, err := c.slipOf(ctx, "payroll.Payslip", in.Employee, in.Month)
	if err != nil {
		return out, nil, err
	}
	slip, err := c.App.Pay.Payslip(ctx, c.view(), run, id)
	if err != nil {
		return out, nil, err
	}
	var text strings.Builder
	if err := slip.Text(&text); err != nil {
		return out, nil, err
	}
	out, hidden = hr.Show(v, textOut{string(id), in.Month, text.String()})
	return out, hidden, nil
}

type explainIn struct {
	Employee string `json:"employee,omitempty" jsonschema:"the employee's number; empty: the user"`
	Month    string `json:"month" jsonschema:"the month, 2026-09"`
	Line     string `json:"line" jsonschema:"the name of the line in the pay rules: epf, basic_pay"`
}

func explainFigure(ctx context.Context, c caller, in explainIn) (out textOut, hidden []string, err error) {
	run, id, v, err := c.slipOf(ctx, "payroll.Explain", in.Employee, in.Month)
	if err != nil {
		return out, nil, err
	}
	trace, err := c.App.Pay.Explain(ctx, c.view(), run, id, in.Line)
	if err != nil {
		return out, nil, err
	}
	var text strings.Builder
	if err := trace.Text(&text); err != nil {
		return out, nil, err
	}
	out, hidden = hr.Show(v, textOut{string(id), in.Month, text.String()})
	return out, hidden, nil
}

type nothingIn struct{}

type previewOut struct {
	Period   string   `json:"period" class:"public"`
	People   int      `json:"people" class:"public"`
	Faults   []string `json:"faults,omitempty" class:"private" jsonschema:"who has no payslip, and why"`
	Currency string   `json:"currency" class:"public"`
	Gross    string   `json:"gross" class:"money"`
	Net      string   `json:"net" class:"money"`
}

func previewRun(ctx context.Context, c caller, _ nothingIn) (out previewOut, hidden []string, err error) {
	const verb = "payroll.Preview"
	v, err := c.may(ctx, verb)
	if err != nil {
		return out, nil, err
	}
	of := c.App.Company
	results, err := c.App.Pay.Preview(ctx, c.view(), payroll.RunSpec{Kind: payroll.RunRegular, Period: of.Period, PayDate: of.PayDate})
	if err != nil {
		return out, nil, err
	}
	gross, net := decimal.Decimal{}, decimal.Decimal{}
	out = previewOut{Period: of.Period.String(), People: len(results), Currency: string(of.Currency)}
	for _, r := range results {
		if r.Failed() {
			out.Faults = append(out.Faults, string(r.Employee)+": "+r.Failures[0].Reason)
			continue
		}
		gross, net = gross.Add(r.Slip.Total(payroll.Earning)), net.Add(r.Slip.Net().Amount)
	}
	places := of.Currency.Places()
	out.Gross, out.Net = gross.StringFixed(places), net.StringFixed(places)
	out, hidden = hr.Show(v, out)
	return out, hidden, nil
}
