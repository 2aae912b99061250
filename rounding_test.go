package hr_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// decimals draws exact amounts of up to 9 places, halves and whole numbers among them.
func decimals() *rapid.Generator[decimal.Decimal] {
	return rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(-2_000_000, 2_000_000).Draw(t, "digits"), -rapid.Int32Range(-2, 9).Draw(t, "places"))
	})
}

func roundings() *rapid.Generator[hr.Rounding] {
	return rapid.Custom(func(t *rapid.T) hr.Rounding {
		return hr.Rounding{
			Step: dec(rapid.SampledFrom([]string{"0.01", "0.05", "0.5", "1", "10", "0.000001", "3", "0.07"}).Draw(t, "step")),
			Mode: rapid.SampledFrom(hr.RoundingModes()).Draw(t, "mode"),
		}
	})
}

// oracle rounds num/den by the words of the mode, over fractions of package big: find the step below and the step above, and
// choose between them.
func oracle(num, den decimal.Decimal, r hr.Rounding) *big.Rat {
	q := new(big.Rat).Quo(new(big.Rat).Quo(num.Rat(), den.Rat()), r.Step.Rat()) // in steps
	below := new(big.Rat).SetInt(new(big.Int).Div(q.Num(), q.Denom()))          // Euclidean, and a denominator is positive: the floor
	above := new(big.Rat).Add(below, big.NewRat(1, 1))
	if below.Cmp(q) == 0 {
		above = below
	}
	inner, outer := below, above // toward zero and away from it
	if q.Sign() < 0 {
		inner, outer = above, below
	}
	toBelow, toAbove := new(big.Rat).Sub(q, below), new(big.Rat).Sub(above, q)
	nearest := map[int]*big.Rat{-1: below, 1: above}[toBelow.Cmp(toAbove)]
	var chosen *big.Rat
	switch r.Mode {
	case hr.Up:
		chosen = outer
	case hr.Down:
		chosen = inner
	case hr.Ceiling:
		chosen = above
	case hr.Floor:
		chosen = below
	case hr.HalfUp:
		chosen = outer
	case hr.HalfDown:
		chosen = inner
	case hr.HalfEven:
		chosen = below
		if new(big.Int).Rem(below.Num(), big.NewInt(2)).Sign() != 0 {
			chosen = above
		}
	}
	if half := r.Mode == hr.HalfUp || r.Mode == hr.HalfDown || r.Mode == hr.HalfEven; half && nearest != nil {
		chosen = nearest
	}
	return new(big.Rat).Mul(chosen, r.Step.Rat())
}

func TestRoundingAgreesWithFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		num, den := decimals().Draw(t, "num"), decimals().Filter(func(d decimal.Decimal) bool { return !d.IsZero() }).Draw(t, "den")
		r := roundings().Draw(t, "rounding")
		got, err := r.Ratio(num, den)
		require.NoError(t, err)
		require.Zero(t, oracle(num, den, r).Cmp(got.Rat()), "%s/%s %s: want %s, got %s", num, den, r, oracle(num, den, r).FloatString(12), got)
		one := decimal.NewFromInt(1)
		require.Zero(t, oracle(num, one, r).Cmp(r.Apply(num).Rat()), "%s %s", num, r)
		require.True(t, r.Apply(got).Equal(got), "what is rounded stays")
	})
}

func TestRoundingModesByHand(t *testing.T) {
	// value: half_up, half_down, half_even, up, down, ceiling, floor, to whole steps of 1
	for value, want := range map[string][7]string{
		"2.5":  {"3", "2", "2", "3", "2", "3", "2"},
		"3.5":  {"4", "3", "4", "4", "3", "4", "3"},
		"-2.5": {"-3", "-2", "-2", "-3", "-2", "-2", "-3"},
		"2.4":  {"2", "2", "2", "3", "2", "3", "2"},
		"-0.5": {"-1", "0", "0", "-1", "0", "0", "-1"}, // design.md section 4: ceil(-0.5, 1) is 0, up is -1
		"2":    {"2", "2", "2", "2", "2", "2", "2"},
		"0":    {"0", "0", "0", "0", "0", "0", "0"},
	} {
		for i, mode := range hr.RoundingModes() {
			got := hr.MustRounding("1", mode).Apply(dec(value))
			require.True(t, got.Equal(dec(want[i])), "%s %s: want %s, got %s", value, mode, want[i], got)
		}
	}
	for _, c := range []struct{ step, value, want, why string }{
		{"0.05", "1234.53", "1234.55", "24690.6 steps"},
		{"0.05", "1234.525", "1234.55", "24690.5 steps: the half goes up"},
		{"0.05", "-1234.525", "-1234.55", "away from zero"},
		{"0.05", "1234.5249", "1234.5", "24690.498 steps"},
		{"15", "22.5", "30", "a quarter of an hour, in minutes: one and a half of them"},
		{"15", "22", "15", "less than one and a half"},
		{"0.12", "0.17", "0.12", "1.42 steps"},
		{"100", "149.99", "100", ""},
		{"100", "150", "200", ""},
		{"18446744073709551617", "20000000000000000000", "18446744073709551617", "2^64+1 is no step of 1"},
	} {
		got := hr.MustRounding(c.step, hr.HalfUp).Apply(dec(c.value))
		require.True(t, got.Equal(dec(c.want)), "%s to %s: want %s, got %s: %s", c.value, c.step, c.want, got, c.why)
	}
	require.Equal(t, "1230", hr.MustRounding("10", hr.HalfUp).Apply(dec("1234.99")).String())
}

// EPS is 8.33 percent to the nearest rupee, 50 paise up: 5,000 gives 416.50, paid as 417, and 25,000 gives 2,082.50, paid as 2,083.
// Half to even, the habit of many libraries, would pay 416 and 2,082. Source: rounding rules of the EPF family, statutory notes for
// India, section 1.
func TestHalfARupeeGoesUpForEPS(t *testing.T) {
	rupee := hr.MustRounding("1", hr.HalfUp)
	rate := dec("8.33")
	for wage, want := range map[string]string{"5000": "417", "25000": "2083", "15000": "1250"} { // 15000 * 8.33 / 100 = 1249.50
		got, err := rupee.Ratio(dec(wage).Mul(rate), dec("100"))
		require.NoError(t, err)
		require.Equal(t, want, got.String())
	}
	banker := hr.MustRounding("1", hr.HalfEven)
	require.Equal(t, "416", banker.Apply(dec("416.50")).String())
	require.Equal(t, "2082", banker.Apply(dec("2082.50")).String())
}

// A third of a rupee cannot be written as a decimal, so num/den is rounded in one step: 10/3*3 is 10 and not 9.99.
func TestRatioRoundsOnce(t *testing.T) {
	got, err := hr.MustRounding("0.01", hr.HalfUp).Ratio(dec("10").Mul(dec("3")), dec("3"))
	require.NoError(t, err)
	require.Equal(t, "10", got.String())
	// 0.4449999...: rounded first to paise and then to a rupee's tenth it would be 0.45 and 0.5.
	got, err = hr.MustRounding("0.1", hr.HalfUp).Ratio(dec("4449999"), dec("10000000"))
	require.NoError(t, err)
	require.Equal(t, "0.4", got.String())
}

func TestRoundingRefuses(t *testing.T) {
	_, err := hr.NewRounding("0", "nearest")
	require.Len(t, hr.FieldErrors(err), 2)
	require.Equal(t, hr.RuleRoundingStep, hr.FieldErrors(err)[0].Rule)
	require.Equal(t, hr.RuleRoundingMode, hr.FieldErrors(err)[1].Rule)
	for _, step := range []string{"-1", "", "x", "1e-999999999", "NaN"} {
		_, err = hr.NewRounding(step, hr.Up)
		require.Error(t, err, step)
	}
	require.Panics(t, func() { hr.MustRounding("0", hr.Up) })
	_, err = hr.MustRounding("1", hr.Up).Ratio(dec("1"), dec("0.00"))
	require.Equal(t, hr.RuleRoundingDivisor, hr.FieldErrors(err)[0].Rule)
	_, err = hr.Rounding{Step: dec("1")}.Ratio(dec("1"), dec("2"))
	require.Equal(t, hr.RuleRoundingMode, hr.FieldErrors(err)[0].Rule)
	_, err = hr.Rounding{Mode: hr.Up}.Ratio(dec("1"), dec("2"))
	require.Equal(t, hr.RuleRoundingStep, hr.FieldErrors(err)[0].Rule)
	require.Panics(t, func() { hr.Rounding{Mode: hr.Up}.Apply(dec("1")) }, "a half-written rounding never rounds somehow")
	require.Equal(t, "1.005", hr.Rounding{}.Apply(dec("1.005")).String(), "the zero Rounding rounds nothing")
	require.Equal(t, "not rounded", hr.Rounding{}.String())
	require.Equal(t, "half_up to 0.05", hr.MustRounding("0.05", hr.HalfUp).String())
}

func ExampleRounding_Ratio() {
	rupee := hr.MustRounding("1", hr.HalfUp)
	pension, _ := rupee.Ratio(decimal.RequireFromString("5000").Mul(decimal.RequireFromString("8.33")), decimal.NewFromInt(100))
	fmt.Println(pension)
	// Output: 417
}
