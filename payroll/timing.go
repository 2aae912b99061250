package payroll

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr/payroll/formula"
)

// TaxTiming says when the tax on an [Adjustment] is withheld. The zero TaxTiming leaves it to the plan.
type TaxTiming string

const (
	TaxNow    TaxTiming = "now"    // all of it with the payslip that pays the adjustment
	TaxSpread TaxTiming = "spread" // over what is left of the tax year
)

const (
	spreadPrefix = "spread_" // spread_NAME: what of the adjustments of a name is to be spread
	nowPrefix    = "now_"    // now_LINE: what adjustments that are taxed at once make of a line
)

// checkTiming refuses a timing that no formula reads, for the tax would not follow it.
func (w *prepared) checkTiming(p *Plan, say func(path string, name string, wants string)) {
	for _, a := range w.in.Adjustments {
		switch i, declared := p.program.Input(spreadPrefix + a.Name); {
		case a.Tax == TaxSpread && (!declared || p.fills[i].kind != fromSpread):
			say("adjustments."+a.Name, a.Name, spreadPrefix+a.Name)
		case a.Tax == TaxNow && !slices.ContainsFunc(p.fills, func(f fill) bool { return f.kind == fromNow || f.kind == fromSpread && f.name == a.Name }):
			say("adjustments."+a.Name, a.Name, nowPrefix+"LINE or "+spreadPrefix+a.Name)
		case a.Tax != "" && a.Tax != TaxNow && a.Tax != TaxSpread:
			say("adjustments."+a.Name, a.Name, "")
		}
	}
}

// spread sums the adjustments of a name whose tax is spread.
func (w *prepared) spread(name string) decimal.Decimal {
	sum := decimal.Zero
	for _, a := range w.in.Adjustments {
		if a.Name == name && a.Tax == TaxSpread {
			sum = sum.Add(a.Amount)
		}
	}
	return sum
}

// taxNow fills what adjustments that are taxed at once make of lines: each line with them less the same line without them, nothing else changed.
func (p *Plan) taxNow(w *prepared) error {
	now := func(a Adjustment) bool { return a.Tax == TaxNow }
	if !slices.ContainsFunc(p.fills, func(f fill) bool { return f.kind == fromNow }) || !slices.ContainsFunc(w.in.Adjustments, now) {
		return nil
	}
	without := w.in
	without.Debts, without.Overpaid = nil, ""
	without.Adjustments = slices.DeleteFunc(slices.Clone(w.in.Adjustments), now)
	plain, err := p.prepare(without)
	if err != nil {
		return err
	}
	with, err := p.program.Run(w.request)
	if err != nil {
		return err
	}
	less, err := p.program.Run(plain.request)
	if err != nil {
		return err
	}
	for i, f := range p.fills {
		if f.kind == fromNow {
			line, _ := p.program.Line(f.name)
			w.request.Values[i] = formula.Number(with.Amount(line).Sub(less.Amount(line)))
		}
	}
	return nil
}
