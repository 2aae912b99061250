package payroll

import (
	"cmp"
	"fmt"
	"log/slog"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Claim is what one creditor asks of a payslip: an instalment of a loan, a court order, an overpayment that is taken back.
type Claim struct {
	Name     string          `class:"public"` // the input of the plan that takes what is recovered
	Amount   decimal.Decimal `class:"money"`  // what is asked, carried over included; not below zero
	Priority int             `class:"public"` // a lower number is served first; of two that are equal, each by its share
	Most     decimal.Decimal `class:"money"`  // at most so much of one payslip; zero: no limit
}

// Format hides the values.
func (c Claim) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[claim %s]", c.Name) }

// LogValue hides the values.
func (c Claim) LogValue() slog.Value { return slog.StringValue("[claim " + c.Name + "]") }

// Format hides the values.
func (r Recovery) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[recovery %s]", r.Name) }

// LogValue hides the values.
func (r Recovery) LogValue() slog.Value { return slog.StringValue("[recovery " + r.Name + "]") }

// Recovery is what a claim gets: taken and left are what was asked.
type Recovery struct {
	Name  string          `class:"public"`
	Taken decimal.Decimal `class:"money"`
	Left  decimal.Decimal `class:"money"` // to be carried over, where the claim lives on
}

// Waterfall serves claims from the net pay that is left before them, in the order of their priority, and leaves the protected net pay
// untouched: below it nothing is taken. Claims of one priority that cannot all be served share by what they ask for, by largest
// remainder to the smallest unit of the currency, so that nothing is lost. Recoveries come in the order of the claims. Bad claims come as
// [hr.FieldError]s with RuleClaim, all at once: no name or one used twice, an amount or a limit below zero or finer than the currency.
func Waterfall(net hr.Money, protected decimal.Decimal, claims ...Claim) ([]Recovery, error) {
	var faults hr.Faults
	if !net.Currency.Valid() {
		faults.Add("net.currency", RuleClaim, "must be an ISO 4217 code in capitals")
	}
	places := max(0, net.Currency.Places())
	if protected.Sign() < 0 || !hr.FitsPlaces(protected, places) {
		faults.Add("protected", RuleClaim, "must be an amount of %s, not below zero", net.Currency)
	}
	if !hr.FitsPlaces(net.Amount, places) {
		faults.Add("net", RuleClaim, "must be an amount of %s", net.Currency)
	}
	for i, c := range claims {
		at := fmt.Sprintf("claims[%d]", i)
		if c.Name == "" || slices.ContainsFunc(claims[:i], func(before Claim) bool { return before.Name == c.Name }) {
			faults.Add(at+".name", RuleClaim, "must be given, once")
		}
		for _, x := range []struct {
			field  string
			amount decimal.Decimal
		}{{"amount", c.Amount}, {"most", c.Most}} {
			if x.amount.Sign() < 0 || !hr.FitsPlaces(x.amount, places) {
				faults.Add(at+"."+x.field, RuleClaim, "must be an amount of %s, not below zero", net.Currency)
			}
		}
	}
	if faults.Any() {
		return nil, fmt.Errorf("payroll: waterfall: %w", faults.Err())
	}
	left := decimal.Max(decimal.Zero, net.Amount.Sub(protected))
	order := make([]int, len(claims))
	asks := make([]decimal.Decimal, len(claims))
	for i, c := range claims {
		order[i], asks[i] = i, c.Amount
		if c.Most.Sign() > 0 {
			asks[i] = decimal.Min(c.Amount, c.Most)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(claims[a].Priority, claims[b].Priority) })
	out := make([]Recovery, len(claims))
	for len(order) > 0 {
		n := 1
		for n < len(order) && claims[order[n]].Priority == claims[order[0]].Priority {
			n++
		}
		rank := order[:n]
		order = order[n:]
		shares, sum := make([]decimal.Decimal, n), decimal.Zero
		for j, i := range rank {
			shares[j] = asks[i]
			sum = sum.Add(asks[i])
		}
		if sum.GreaterThan(left) {
			parts, err := hr.Allocate(hr.Money{Amount: left, Currency: net.Currency}, shares...)
			if err != nil {
				return nil, fmt.Errorf("payroll: waterfall: %w", err)
			}
			for j, p := range parts {
				shares[j] = p.Amount
			}
			sum = left
		}
		left = left.Sub(sum)
		for j, i := range rank {
			out[i] = Recovery{Name: claims[i].Name, Taken: shares[j], Left: claims[i].Amount.Sub(shares[j])}
		}
	}
	return out, nil
}
