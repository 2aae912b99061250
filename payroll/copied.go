package payroll

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/musterhr/hr/storage"
)

// copied makes the payslips of a run that copies those of another: a reversal takes each back, a provisional run repeats it.
func (s Service) copied(ctx context.Context, v hr.View, plan *Plan, run Run, pins []hr.Pin, accounts []account) ([]made, error) {
	out := make([]made, len(pins))
	for i, pin := range pins {
		out[i].posted = accounts[i].own
		r, err := s.Results.Result(ctx, run.Of, pin.Employee)
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return nil, err
		}
		switch {
		case err != nil || r.Failed():
			out[i].err = &hr.FieldError{Path: "run.of", Rule: RuleRunOf, Reason: fmt.Sprintf("has no payslip of %s", pin.Employee)}
		case run.Kind == RunReversal:
			out[i].slip, out[i].err = accounts[i].reversal(run, r.Slip)
		default:
			if out[i].err = accounts[i].paidAlready(run); out[i].err == nil {
				if r.Slip, out[i].err = s.withoutDebts(ctx, v, run.Of, r.Slip); out[i].err == nil {
					out[i].slip = repeated(run, plan, r.Slip)
				} else if !aboutFacts(out[i].err) {
					return nil, out[i].err
				}
			}
		}
		slip := &out[i].slip
		if slip.Known = pin.Known; slip.Settled == (hr.Known{}) {
			slip.Settled = accounts[i].settled
		}
		if slip.Settled == (hr.Known{}) {
			slip.Settled = pin.Known
		}
	}
	return out, nil
}

// reversal is a payslip that takes back another, line by line, arrears too.
func (a account) reversal(run Run, of Payslip) (Payslip, error) {
	if !slices.ContainsFunc(a.postings, func(p posted) bool { return p.Run == run.Of }) {
		return Payslip{}, &hr.FieldError{Path: "run.of", Rule: RuleRunOf, Reason: fmt.Sprintf("has not posted the payslip of %s", of.Employee)}
	}
	if slices.ContainsFunc(a.postings, func(p posted) bool { return p.Kind == PostingReversal && p.Of == run.Of }) {
		return Payslip{}, &hr.FieldError{Path: "run.of", Rule: RuleRunOf, Reason: fmt.Sprintf("is reversed already for %s", of.Employee)}
	}
	s := of
	s.PayDate, s.Due = run.PayDate, of.Due
	if s.Due.IsZero() {
		s.Due = of.PayDate
	}
	s.Lines, s.Arrears = slices.Clone(of.Lines), slices.Clone(of.Arrears)
	for i := range s.Lines {
		s.Lines[i].Amount = s.Lines[i].Amount.Neg()
	}
	for i, x := range s.Arrears {
		s.Arrears[i].Amount = x.Amount.Neg()
		s.Arrears[i].Causes = []ArrearCause{{Refs: []hr.Ref{{Kind: runRef, ID: string(run.Of)}}, Amount: x.Amount.Neg()}}
	}
	s.Debts = slices.Clone(of.Debts)
	for i, m := range s.Debts {
		s.Debts[i] = DebtMove{Debt: m.Debt, Name: m.Name, Lent: m.Lent.Neg(), Repaid: m.Repaid.Neg(), Carried: m.Carried.Neg(), Left: m.Left.Add(m.Repaid).Sub(m.Lent)}
	}
	s.Settled, s.Looked = a.settled, nil
	return s, nil
}

// withoutDebts is a payslip as it would be had it lent and recovered nothing.
func (s Service) withoutDebts(ctx context.Context, v hr.View, of RunID, slip Payslip) (Payslip, error) {
	if len(slip.Debts) == 0 {
		return slip, nil
	}
	then, err := s.again(ctx, v, of, slip)
	if err != nil {
		return slip, err
	}
	then.Input.Debts, then.Input.Overpaid = nil, ""
	plain, err := then.Plan.Calculate(then.Input)
	slip.Lines = plain.Lines
	return slip, err
}

// repeated is a payslip with the lines of an earlier one. It lends and recovers nothing: that waits until the month is calculated.
func repeated(run Run, plan *Plan, of Payslip) Payslip {
	of.Period, of.PayDate, of.Due, of.Arrears, of.Debts, of.Looked, of.Settled = run.Period, run.PayDate, hr.Date{}, nil, nil, nil, hr.Known{}
	of.Plan = plan.Digest()
	of.Lines = slices.Clone(of.Lines)
	for i, l := range of.Lines {
		if l.Unit != formula.Money.String() {
			of.Lines[i].Amount = decimal.Zero // days and hours of another month are not those of this one
		}
	}
	return of
}

// copyTrace explains a line of a copy: by the payslip it is a copy of.
func copyTrace(run Run, slip Payslip, line string) (hr.Trace, error) {
	amount, ok := slip.Amount(line)
	if !ok {
		return hr.Trace{}, &hr.FieldError{Path: "line", Rule: RuleLineUnknown, Reason: fmt.Sprintf("the payslip has no line %q", line)}
	}
	rule := "repeats the payslip of the run"
	if run.Kind == RunReversal {
		rule = "takes back the payslip of the run"
	}
	return hr.Trace{Name: line, Value: hr.Canonical(amount), Rule: rule, Refs: []hr.Ref{{Kind: runRef, ID: string(run.Of)}}}, nil
}
