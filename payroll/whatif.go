package payroll

import (
	"fmt"
	"log/slog"
	"slices"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// WhatIf is what would be otherwise: changed terms, and another plan, which may have other components or another law (a [Pack] with an
// [Overlay]). The zero WhatIf changes nothing.
type WhatIf struct {
	Plan  *Plan        // nil: the plan that pays
	Terms []TermChange // one after another
}

// TermChange changes one thing that was agreed, of one employee or of everybody who has it.
type TermChange struct {
	Employee hr.EmployeeID   // empty: everybody
	Name     string          // of a pay term or, with Answer, of an answer
	Since    hr.Date         // the first day; zero: on every day
	Percent  decimal.Decimal // added to the agreed amount: 5 is a raise by 5 %, -10 a cut by 10 %
	Rounding hr.Rounding     // of the raised amount; zero: half up to the smallest unit of the currency
	Amount   decimal.Decimal // added after that
	Instead  bool            // Amount is the amount, also for who had none
	Answer   string          // the answer, also for who gave none; goes without amounts
}

// validate returns every fault of the changes, with RuleWhatIf.
func (w WhatIf) validate() error {
	var faults hr.Faults
	for i, c := range w.Terms {
		at := fmt.Sprintf("terms[%d]", i)
		if c.Name == "" {
			faults.Missing(at+".name", RuleWhatIf)
		}
		moves := !c.Percent.IsZero() || !c.Amount.IsZero() || c.Instead
		switch {
		case c.Answer != "" && moves:
			faults.Add(at+".answer", RuleWhatIf, "is no amount: give one or the other")
		case c.Answer == "" && !moves:
			faults.Add(at, RuleWhatIf, "changes nothing: give a percentage, an amount or an answer")
		case c.Instead && !c.Percent.IsZero():
			faults.Add(at+".percent", RuleWhatIf, "is of an amount that another takes the place of")
		}
		if !c.Rounding.IsZero() && (c.Rounding.Step.Sign() <= 0 || !c.Rounding.Mode.Valid()) {
			faults.Add(at+".rounding", RuleWhatIf, "must have a step above zero and a mode")
		}
	}
	return faults.Err()
}

// after returns what a payslip would be calculated from instead.
func (w WhatIf) after(b Basis) (Basis, error) {
	if w.Plan != nil && w.Plan.digest != b.Plan.digest {
		b.Plan = w.Plan
		b.Input.YearToDate = w.Plan.ofPlan(slices.Clone(b.Input.YearToDate))
		b.Input.CalendarYear = w.Plan.ofPlan(slices.Clone(b.Input.CalendarYear))
	}
	for _, c := range w.Terms {
		if c.Employee != "" && c.Employee != b.Input.Employee {
			continue
		}
		if c.Answer != "" {
			if i := slices.IndexFunc(b.Input.Answers, func(a hr.Answer) bool { return a.Name == c.Name }); i >= 0 {
				b.Input.Answers = slices.Clone(b.Input.Answers)
				b.Input.Answers[i].Text = c.Answer
				continue
			}
		}
		steps := b.Input.Terms.Steps()
		if in, holds := b.Input.Terms.StepAt(c.Since); holds && in.Since.Before(c.Since) {
			in.Since = c.Since
			steps = append(steps, in)
		}
		for i, s := range steps {
			if !s.Void && !s.Since.Before(c.Since) {
				steps[i].Value = c.applied(s.Value, b.Plan.currency)
			}
		}
		var err error
		if b.Input.Terms, err = hr.NewTimeline(steps...); err != nil {
			return b, err
		}
	}
	return b, nil
}

// applied returns terms with the change.
func (c TermChange) applied(t hr.Terms, currency hr.Currency) hr.Terms {
	t = t.Clone()
	if c.Answer != "" {
		t.Answers = slices.DeleteFunc(t.Answers, func(a hr.Answer) bool { return a.Name == c.Name })
		t.Answers = append(t.Answers, hr.Answer{Name: c.Name, Text: c.Answer})
		return t
	}
	i := slices.IndexFunc(t.Pay, func(p hr.PayTerm) bool { return p.Name == c.Name })
	switch {
	case c.Instead && i < 0:
		t.Pay = append(t.Pay, hr.PayTerm{Name: c.Name, Amount: c.Amount})
	case c.Instead:
		t.Pay[i].Amount = c.Amount
	case i >= 0:
		raised := t.Pay[i].Amount
		if !c.Percent.IsZero() {
			r := c.Rounding
			if r.IsZero() {
				r = hr.Rounding{Step: decimal.New(1, -currency.Places()), Mode: hr.HalfUp}
			}
			hundred := decimal.NewFromInt(100)
			raised, _ = r.Ratio(raised.Mul(hundred.Add(c.Percent)), hundred) // the rounding is valid, and a hundred is not zero
		}
		t.Pay[i].Amount = raised.Add(c.Amount)
	}
	return t
}

// Of says who would be paid otherwise, line by line and why, and what it would cost in all. It is pure: now is what payslips are calculated
// from, one for each employee of one currency, and w is laid over it. What is paid of earlier periods stays as now says. Somebody without a
// payslip on one of the sides is among Failed, and counts in no sum.
//
// Faults come as [hr.FieldError]s: RuleWhatIf for changes that say too little, a missing plan, an employee given twice and plans of two currencies.
func (w WhatIf) Of(now ...Basis) (Impact, error) {
	after := make([]Basis, len(now))
	var faults hr.Faults
	faults.Join("", w.validate())
	seen := map[hr.EmployeeID]bool{}
	currency := hr.Currency("")
	if w.Plan != nil {
		currency = w.Plan.currency
	}
	for i, b := range now {
		at := fmt.Sprintf("now[%d]", i)
		if b.Plan == nil {
			faults.Missing(at+".plan", RuleWhatIf)
			continue
		}
		if currency == "" {
			currency = b.Plan.currency
		}
		if b.Plan.currency != currency {
			faults.Add(at+".currency", RuleWhatIf, "%s and %s cannot be added up", b.Plan.currency, currency)
		}
		if seen[b.Input.Employee] {
			faults.Add(at+".employee", RuleWhatIf, "is given twice")
		}
		seen[b.Input.Employee] = true
	}
	if faults.Any() {
		return Impact{}, fmt.Errorf("payroll: what if: %w", faults.Err())
	}
	out := newImpact(currency)
	for i, b := range now {
		var err error
		if after[i], err = w.after(b); err != nil {
			return Impact{}, fmt.Errorf("payroll: what if: %w", err)
		}
		out.add(b, after[i])
	}
	return out.done(), nil
}

// Format hides the values.
func (w WhatIf) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[what if: %d changes of terms]", len(w.Terms))
}

// LogValue hides the values.
func (w WhatIf) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(w)) }

// Format hides the values.
func (c TermChange) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[change of %s]", c.Name) }

// LogValue hides the values.
func (c TermChange) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(c)) }
