package in

import (
	"fmt"
	"log/slog"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// EarlierYear is the part of arrears that belongs to one earlier tax year.
type EarlierYear struct {
	Year    TaxQuestion     // of that year; its Income is without these arrears
	Arrears decimal.Decimal // the part of the arrears that belongs to it
}

// ArrearsRelief is the relief on arrears of salary, with the two sums it is the difference of. It prints without values.
type ArrearsRelief struct {
	ExtraInReceipt decimal.Decimal // what the arrears add to the tax of the year they are received in
	ExtraInEarlier decimal.Decimal // what they would have added in the years they belong to, in all
	Relief         decimal.Decimal // what the first is above the second; never below zero
}

// LogValue hides the values.
func (ArrearsRelief) LogValue() slog.Value { return slog.StringValue("[relief on arrears]") }

// Format hides the values.
func (ArrearsRelief) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, "[relief on arrears]") }

// Relief works out the relief on arrears: section 89 of the 1961 Act with rule 21A(2), section 157 of the 2025 Act. received is the
// year of receipt, its Income with all arrears; every tax is the amount payable, with surcharge and cess and rounded to ten. Give the
// relief as the answer relief_89 once the employee has furnished its form (10E; the number under the Rules of 2026 is not known). It
// returns [hr.FieldError]s for what [IncomeTax.Of] refuses, for arrears that are not above zero, for no earlier year and for one
// that is not before the year of receipt, all at once, and a [hr.ParameterError] for a year without rates (before 1 April 2020).
func (t IncomeTax) Relief(received TaxQuestion, earlier ...EarlierYear) (ArrearsRelief, error) {
	var faults hr.Faults
	received.check(&faults, "received.")
	if len(earlier) == 0 {
		faults.Missing("earlier", RuleArrears)
	}
	all := decimal.Zero
	for i, e := range earlier {
		at := fmt.Sprintf("earlier[%d].", i)
		e.Year.check(&faults, at+"year.")
		if e.Arrears.Sign() <= 0 {
			faults.Add(at+"arrears", RuleArrears, "must be above zero")
		}
		if !e.Year.On.IsZero() && !received.On.IsZero() && !e.Year.On.Before(taxYearOf(received.On).From) {
			faults.Add(at+"year.on", RuleArrears, "must be before the tax year of receipt")
		}
		all = all.Add(e.Arrears)
	}
	if faults.Any() {
		return ArrearsRelief{}, faults.Err()
	}
	without := received
	without.Income = received.Income.Sub(all)
	var r ArrearsRelief
	var err error
	if r.ExtraInReceipt, err = t.difference(received, without); err != nil {
		return ArrearsRelief{}, err
	}
	for _, e := range earlier {
		with := e.Year
		with.Income = with.Income.Add(e.Arrears)
		extra, err := t.difference(with, e.Year)
		if err != nil {
			return ArrearsRelief{}, err
		}
		r.ExtraInEarlier = r.ExtraInEarlier.Add(extra)
	}
	r.Relief = decimal.Max(decimal.Zero, r.ExtraInReceipt.Sub(r.ExtraInEarlier))
	return r, nil
}

// difference is the tax payable on more less that on less.
func (t IncomeTax) difference(more, less TaxQuestion) (decimal.Decimal, error) {
	a, err := t.of(more)
	if err != nil {
		return decimal.Decimal{}, err
	}
	b, err := t.of(less)
	return a.Total.Sub(b.Total), err
}
