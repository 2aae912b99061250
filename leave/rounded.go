package leave

import (
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Rounded says to which step a quantity of leave is brought, and how. The zero Rounded rounds nothing: what does not end in
// decimals, such as 20/12 of a day, is then an error and never cut off by silence.
type Rounded struct {
	Step decimal.Decimal `json:"step,omitzero" class:"public"` // 0.5 half a day, 0.01 a hundredth
	Mode hr.RoundingMode `json:"mode,omitempty" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyRounding.
func (r Rounded) Validate() error {
	var faults hr.Faults
	if r.Mode == "" && r.Step.IsZero() {
		return nil
	}
	if r.Step.Sign() <= 0 {
		faults.Add("step", RulePolicyRounding, "must be above zero")
	}
	if !r.Mode.Valid() {
		faults.Add("mode", RulePolicyRounding, "must be one of %v", hr.RoundingModes())
	}
	return faults.Err()
}

// exactPlaces is how many decimals a quantity may have where nothing rounds it.
const exactPlaces = 12

// of rounds an exact fraction once.
func (r Rounded) of(x *big.Rat) (decimal.Decimal, error) {
	num, den := decimal.NewFromBigInt(x.Num(), 0), decimal.NewFromBigInt(x.Denom(), 0)
	if r.Mode != "" || !r.Step.IsZero() {
		return hr.Rounding(r).Ratio(num, den)
	}
	q, rest := num.QuoRem(den, exactPlaces)
	if !rest.IsZero() {
		return decimal.Decimal{}, &hr.FieldError{Path: "rounding", Rule: RulePolicyRounding, Reason: "is required: the quantity does not end in decimals"}
	}
	return q, nil
}

// Spread divides a total into n credits that lose nothing: credit k is R(total x k / n) - R(total x (k-1) / n), so that
// whatever the rounding is they add up to R(total). 20 days over 12 months to the hundredth are 1.67, 1.66, 1.67 and so on,
// and 20 in the end; a monthly 1.67 would be 20.04. It returns a [hr.FieldError] for n below 1, or where nothing rounds a
// fraction that does not end (RulePolicyRounding).
func Spread(total decimal.Decimal, n int, r Rounded) ([]decimal.Decimal, error) {
	if n < 1 {
		return nil, &hr.FieldError{Path: "n", Rule: RulePolicyRounding, Reason: "must be at least one credit"}
	}
	parts := make([]*big.Rat, n)
	each := new(big.Rat).Quo(total.Rat(), big.NewRat(int64(n), 1))
	for i := range parts {
		parts[i] = each
	}
	return running(parts, r)
}

// running rounds parts so that every sum from the first on is the rounded exact sum: R(p1+...+pk) - R(p1+...+p(k-1)).
func running(parts []*big.Rat, r Rounded) ([]decimal.Decimal, error) {
	var sum runningSum
	out := make([]decimal.Decimal, len(parts))
	for i, p := range parts {
		var err error
		if out[i], err = sum.next(p, r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// runningSum is a sum of which the parts are rounded.
type runningSum struct {
	exact   big.Rat
	rounded decimal.Decimal
}

// next adds a part, and returns by how much the rounded sum grows.
func (s *runningSum) next(part *big.Rat, r Rounded) (decimal.Decimal, error) {
	s.exact.Add(&s.exact, part)
	upTo, err := r.of(&s.exact)
	if err != nil {
		return decimal.Decimal{}, err
	}
	grows := upTo.Sub(s.rounded)
	s.rounded = upTo
	return grows, nil
}
