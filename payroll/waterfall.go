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
	// Protected is net pay that this claim leaves untouched, where that is more than what is protected from all. To serve a claim up to a
	// share of pay, protect the rest: what was taken before it then counts in that share.
	Protected decimal.Decimal `class:"money"`
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
// remainder to the smallest unit of the currency, so that nothing is lost; what is protected from some of them only is shared by the
// others. Recoveries come in the order of the claims. Bad claims come as [hr.FieldError]s with RuleClaim, all at once: no name or one
// used twice, an amount or a limit below zero or finer than the currency.
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
		}{{"amount", c.Amount}, {"most", c.Most}, {"protected", c.Protected}} {
			if x.amount.Sign() < 0 || !hr.FitsPlaces(x.amount, places) {
				faults.Add(at+"."+x.field, RuleClaim, "must be an amount of %s, not below zero", net.Currency)
			}
		}
	}
	if faults.Any() {
		return nil, fmt.Errorf("payroll: waterfall: %w", faults.Err())
	}
	order := make([]int, len(claims))
	asks := make([]decimal.Decimal, len(claims))
	for i, c := range claims {
		order[i], asks[i] = i, c.Amount
		if c.Most.Sign() > 0 {
			asks[i] = decimal.Min(c.Amount, c.Most)
		}
	}
	// by rank, and within one those first from whom most is protected
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(claims[a].Priority, claims[b].Priority), claims[b].Protected.Cmp(claims[a].Protected))
	})
	got, taken := make([]decimal.Decimal, len(claims)), decimal.Zero
	for len(order) > 0 {
		n := 1
		for n < len(order) && claims[order[n]].Priority == claims[order[0]].Priority {
			n++
		}
		for rank := order[:n]; len(rank) > 0; rank = rank[1:] { // each of them sees one level of protection less
			room := net.Amount.Sub(decimal.Max(protected, claims[rank[0]].Protected)).Sub(taken)
			sum, err := share(hr.Money{Amount: decimal.Max(decimal.Zero, room), Currency: net.Currency}, rank, asks, got)
			if err != nil {
				return nil, fmt.Errorf("payroll: waterfall: %w", err)
			}
			taken = taken.Add(sum)
		}
		order = order[n:]
	}
	out := make([]Recovery, len(claims))
	for i, c := range claims {
		out[i] = Recovery{Name: c.Name, Taken: got[i], Left: c.Amount.Sub(got[i])}
	}
	return out, nil
}

// share gives the claims of a rank what there is, by what each still asks, and returns how much that is.
func share(room hr.Money, rank []int, asks, got []decimal.Decimal) (decimal.Decimal, error) {
	parts, sum := make([]decimal.Decimal, len(rank)), decimal.Zero
	for j, i := range rank {
		parts[j] = asks[i]
		sum = sum.Add(asks[i])
	}
	if sum.GreaterThan(room.Amount) {
		split, err := hr.Allocate(room, parts...)
		if err != nil {
			return sum, err
		}
		for j, p := range split {
			parts[j] = p.Amount
		}
		sum = room.Amount
	}
	for j, i := range rank {
		asks[i], got[i] = asks[i].Sub(parts[j]), got[i].Add(parts[j])
	}
	return sum, nil
}
