package hr

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// RoundingMode says which of the two neighbouring steps a value goes to. The empty mode is not a mode.
type RoundingMode string

// The modes, in the words of the laws that use them.
const (
	HalfUp   RoundingMode = "half_up"   // nearest; a half goes away from zero (2.5 to 3, -2.5 to -3). India's "50 paise up".
	HalfDown RoundingMode = "half_down" // nearest; a half goes toward zero
	HalfEven RoundingMode = "half_even" // nearest; a half goes to the even step. No Indian rule uses it.
	Up       RoundingMode = "up"        // away from zero
	Down     RoundingMode = "down"      // toward zero: truncation
	Ceiling  RoundingMode = "ceiling"   // toward plus infinity: ESI's "next higher rupee"
	Floor    RoundingMode = "floor"     // toward minus infinity
)

// RoundingModes lists every mode in the order above.
func RoundingModes() []RoundingMode {
	return []RoundingMode{HalfUp, HalfDown, HalfEven, Up, Down, Ceiling, Floor}
}

// Rounding brings an exact value to a multiple of Step. The zero Rounding rounds nothing: [Rounding.Apply] returns its
// argument. Build one with [NewRounding], or as a literal of a step above zero and a mode.
type Rounding struct {
	Step decimal.Decimal // 0.01 a paisa, 0.05 five cents, 1 a rupee, 10 the nearest ten
	Mode RoundingMode
}

// NewRounding reads the step from its decimal text. It returns a [FieldError] for a step that is not a positive
// decimal (RuleRoundingStep) and for an unknown mode (RuleRoundingMode), both together.
func NewRounding(step string, mode RoundingMode) (Rounding, error) {
	var faults Faults
	d, err := ParseDecimal(step)
	if err != nil || d.Sign() <= 0 {
		faults.Add("step", RuleRoundingStep, "must be a decimal above zero")
	}
	if !mode.Valid() {
		faults.Add("mode", RuleRoundingMode, "must be one of %v", RoundingModes())
	}
	if faults.Any() {
		return Rounding{}, faults.Err()
	}
	return Rounding{Step: d, Mode: mode}, nil
}

// MustRounding is [NewRounding] for literals in tests and package-level tables; it panics on a fault.
func MustRounding(step string, mode RoundingMode) Rounding {
	r, err := NewRounding(step, mode)
	if err != nil {
		panic(err)
	}
	return r
}

// Valid reports whether m is one of the named modes.
func (m RoundingMode) Valid() bool {
	switch m {
	case HalfUp, HalfDown, HalfEven, Up, Down, Ceiling, Floor:
		return true
	}
	return false
}

// IsZero reports whether r rounds nothing.
func (r Rounding) IsZero() bool { return r.Mode == "" && r.Step.IsZero() }

// Apply returns the multiple of the step that the mode chooses for d. It is exact: no precision is involved. A
// Rounding that is neither zero nor valid panics, for it can only come from a literal in code.
func (r Rounding) Apply(d decimal.Decimal) decimal.Decimal {
	if r.IsZero() {
		return d
	}
	out, err := r.Ratio(d, decimal.NewFromInt(1))
	if err != nil {
		panic(err)
	}
	return out
}

// Ratio rounds the exact fraction num/den in one fused step, so that nothing is rounded twice. It returns a
// [FieldError] when den is zero (RuleRoundingDivisor) and when r itself is not valid.
func (r Rounding) Ratio(num, den decimal.Decimal) (decimal.Decimal, error) {
	if r.Step.Sign() <= 0 {
		return decimal.Decimal{}, &FieldError{Path: "step", Rule: RuleRoundingStep, Reason: "must be above zero"}
	}
	if !r.Mode.Valid() {
		return decimal.Decimal{}, &FieldError{Path: "mode", Rule: RuleRoundingMode, Reason: "is not a rounding mode"}
	}
	if den.IsZero() {
		return decimal.Decimal{}, &FieldError{Path: "divisor", Rule: RuleRoundingDivisor, Reason: "must not be zero"}
	}
	if places, ok := r.places(); ok { // the common cases with less work, and exact too
		whole := den.Equal(decimal.NewFromInt(1))
		switch {
		case r.Mode == HalfUp && whole:
			return num.Round(places), nil
		case r.Mode == HalfUp:
			return num.DivRound(den, places), nil
		case r.Mode == Up && whole:
			return num.RoundUp(places), nil
		case r.Mode == Down && whole:
			return num.RoundDown(places), nil
		}
	}
	// num/den = (q + rest/div) steps, with rest of num's sign and |rest| < |div|: exact, no precision involved.
	div := den.Mul(r.Step)
	q, rest := num.QuoRem(div, 0)
	if negative := num.Sign() != den.Sign(); !rest.IsZero() && r.away(q, rest, div, negative) {
		if negative {
			q = q.Sub(decimal.NewFromInt(1))
		} else {
			q = q.Add(decimal.NewFromInt(1))
		}
	}
	return q.Mul(r.Step), nil
}

// places returns p where the step is 10^-p.
func (r Rounding) places() (p int32, ok bool) {
	if r.Step.NumDigits() > 18 {
		return 0, false
	}
	c, p := r.Step.CoefficientInt64(), -r.Step.Exponent()
	for ; c%10 == 0; c /= 10 { // it is above zero
		p--
	}
	return p, c == 1
}

// away says whether a quotient with a remainder moves one step away from zero.
func (r Rounding) away(q, rest, div decimal.Decimal, negative bool) bool {
	half := rest.Abs().Mul(decimal.NewFromInt(2)).Cmp(div.Abs())
	switch r.Mode {
	case Up:
		return true
	case Down:
		return false
	case Ceiling:
		return !negative
	case Floor:
		return negative
	case HalfDown:
		return half > 0
	case HalfEven:
		return half > 0 || half == 0 && !q.Mod(decimal.NewFromInt(2)).IsZero()
	}
	return half >= 0 // HalfUp
}

// String returns "half_up to 0.01", or "not rounded" for the zero value.
func (r Rounding) String() string {
	if r.IsZero() {
		return "not rounded"
	}
	return fmt.Sprintf("%s to %s", r.Mode, r.Step)
}

// NamedRounding is a rounding that laws and their guides ask for, under the words they use. The empty name rounds nothing.
type NamedRounding string

// The named roundings. Each is exact and one or two steps of [NamedRounding.Steps]; a formula writes the same with round().
const (
	NearestTen    NamedRounding = "nearest_ten"     // half up to 10: income and tax in India (sections 288A, 288B and 516)
	NearestWhole  NamedRounding = "nearest_whole"   // half up to 1: India's "50 paise and more is a rupee", the US whole-dollar method
	NextWhole     NamedRounding = "next_whole"      // toward plus infinity to 1: ESI in India, a code's pay in the UK up to the pound
	DownToWhole   NamedRounding = "down_to_whole"   // toward minus infinity to 1: taxable pay in the UK down to the pound
	NearestCent   NamedRounding = "nearest_cent"    // half up to 0.01: Canada's "third decimal of five or more"
	DropBelowCent NamedRounding = "drop_below_cent" // toward zero to 0.01: Canada's exemption a pay, the UK's regulatory limit
	FourDecimals  NamedRounding = "four_decimals"   // toward zero to 0.0001: thresholds of tax codes in the UK
	ThirdDecimal  NamedRounding = "third_decimal"   // to 0.01 by the third decimal alone, 0 to 5 down and 6 to 9 up: UK national insurance
)

// NamedRoundings lists every name in the order above.
func NamedRoundings() []NamedRounding {
	return []NamedRounding{NearestTen, NearestWhole, NextWhole, DownToWhole, NearestCent, DropBelowCent, FourDecimals, ThirdDecimal}
}

// Steps returns the roundings that n is made of, to be applied in order; none for a name that is not one.
func (n NamedRounding) Steps() []Rounding {
	one := func(step string, mode RoundingMode) []Rounding { return []Rounding{MustRounding(step, mode)} }
	switch n {
	case NearestTen:
		return one("10", HalfUp)
	case NearestWhole:
		return one("1", HalfUp)
	case NextWhole:
		return one("1", Ceiling)
	case DownToWhole:
		return one("1", Floor)
	case NearestCent:
		return one("0.01", HalfUp)
	case DropBelowCent:
		return one("0.01", Down)
	case FourDecimals:
		return one("0.0001", Down)
	case ThirdDecimal: // later decimals do not count, so they go first; then 0.005 stays below and 0.006 goes up
		return []Rounding{MustRounding("0.001", Down), MustRounding("0.01", HalfDown)}
	}
	return nil
}

// Apply rounds d. It panics for a name that is not one, which can only come from a literal in code.
func (n NamedRounding) Apply(d decimal.Decimal) decimal.Decimal {
	steps := n.Steps()
	if len(steps) == 0 && n != "" {
		panic("hr: " + string(n) + " is not a named rounding")
	}
	for _, r := range steps {
		d = r.Apply(d)
	}
	return d
}
