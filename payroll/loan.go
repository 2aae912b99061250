package payroll

import (
	"fmt"
	"log/slog"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Loan is a loan or an advance without interest, an overpayment among them, that is repaid from pay. What is repaid is a fold over the
// postings of the line that takes it; the loan itself never changes but by its terms.
type Loan struct {
	Principal  decimal.Decimal `class:"money"`
	Instalment decimal.Decimal `class:"money"`  // asked on each pay date; an advance that is taken back at once has its principal here
	First      hr.Date         `class:"public"` // nothing is asked on a pay date before it
	Skip       []hr.Period     `class:"public"` // nothing is asked on pay dates in these; the schedule is longer by as many
	Close      hr.Date         `class:"public"` // from this day on all that is left is asked: repaid early, or on leaving; zero: never
}

// Instalment is what a loan asks on one pay date, and what is left after it.
type Instalment struct {
	PayDate hr.Date         `class:"public"`
	Amount  decimal.Decimal `class:"money"`
	Left    decimal.Decimal `class:"money"`
}

// Validate returns every fault of a loan as a [hr.FieldError] with RuleLoan.
func (l Loan) Validate() error {
	var faults hr.Faults
	if l.Principal.Sign() <= 0 {
		faults.Add("principal", RuleLoan, "must be above zero")
	}
	if l.Instalment.Sign() <= 0 {
		faults.Add("instalment", RuleLoan, "must be above zero")
	}
	if l.First.IsZero() {
		faults.Missing("first", RuleLoan)
	}
	if !l.Close.IsZero() && l.Close.Before(l.First) {
		faults.Add("close", RuleLoan, "must not lie before the first instalment")
	}
	for i, p := range l.Skip {
		if p.Validate() != nil || p.Open() {
			faults.Add(fmt.Sprintf("skip[%d]", i), RuleLoan, "must have a first and a last day")
		}
	}
	return faults.Err()
}

// Ask returns what the loan asks on a pay date, after so much of it was repaid: the instalment, or what is left where that is less. What
// could not be taken before is asked later by itself, for it is still left. Give it to a [Claim].
func (l Loan) Ask(payDate hr.Date, repaid decimal.Decimal) decimal.Decimal {
	left := l.Principal.Sub(repaid)
	switch {
	case left.Sign() <= 0, payDate.Before(l.First):
		return decimal.Zero
	case !l.Close.IsZero() && !payDate.Before(l.Close):
		return left
	case slices.ContainsFunc(l.Skip, func(p hr.Period) bool { return p.Contains(payDate) }):
		return decimal.Zero
	}
	return decimal.Min(left, l.Instalment)
}

// Schedule lists what the loan asks on pay dates, in their order, if all of it is taken, until nothing is left.
func (l Loan) Schedule(repaid decimal.Decimal, payDates ...hr.Date) []Instalment {
	var out []Instalment
	for _, d := range payDates {
		if !l.Principal.GreaterThan(repaid) {
			break
		}
		if ask := l.Ask(d, repaid); ask.Sign() > 0 {
			repaid = repaid.Add(ask)
			out = append(out, Instalment{PayDate: d, Amount: ask, Left: l.Principal.Sub(repaid)})
		}
	}
	return out
}

// Format hides the values.
func (Loan) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[loan]")) }

// LogValue hides the values.
func (Loan) LogValue() slog.Value { return slog.StringValue("[loan]") }

// Format hides the values.
func (i Instalment) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[instalment %s]", i.PayDate) }

// LogValue hides the values.
func (i Instalment) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[instalment %s]", i.PayDate))
}
