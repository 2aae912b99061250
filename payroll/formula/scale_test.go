package formula

import (
	"math"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// A number has the places that it needs, and none beyond what 10^18 can count.
func TestPlacesOfNumbers(t *testing.T) {
	for text, want := range map[string]int{
		"0": 0, "7": 0, "100": 0, "1e2": 0, "1.5": 1, "1.500": 1, "-0.25": 2, "2.00": 0, "1e-17": 17, "1e-18": 18, "1e-19": noScale, "0.1000000000000000000000": 1,
	} {
		require.Equal(t, want, placesOf(decimal.RequireFromString(text)), text)
	}
}

// A number comes in units where it is a whole number of them that 64 bits hold.
func TestNumbersInUnits(t *testing.T) {
	for _, c := range []struct {
		number string
		places int
		want   int64
		ok     bool
	}{
		{"1.5", 1, 15, true},
		{"1.5", 0, 0, false},
		{"1.500", 1, 15, true},
		{"-1.25", 4, -12500, true},
		{"1200", 0, 1200, true},
		{"12e2", 2, 120000, true},
		{"0", 0, 0, true},
		{"0", 18, 0, true},
		{"0e25", 18, 0, true},
		{"0e-25", 18, 0, true},
		{"1e-18", 18, 1, true},
		{"1e-19", 18, 0, false},
		{"10e-19", 18, 1, true},
		{"9", 18, 9_000_000_000_000_000_000, true},
		{"10", 18, 0, false},
		{"9e18", 0, 9_000_000_000_000_000_000, true},
		{"1e19", 0, 0, false},
		{"1e15", 4, 0, false},
		{"123456789012345678", 0, 123456789012345678, true},
		{"-999999999999999999", 0, -999999999999999999, true},
		{"1234567890123456789", 0, 1234567890123456789, true},
		{"9223372036854775807", 0, math.MaxInt64, true},
		{"9223372036854775808", 0, 0, false},
		{"92233720368547758.07", 2, math.MaxInt64, true},
		{"92233720368547758.08", 2, 0, false},
		{"-9223372036854775808", 0, math.MinInt64, true},
		{"-9223372036854775809", 0, 0, false},
		{"922337203685477580.7", 2, 0, false},
		{"92233720368547758070", 0, 0, false},
		{"18446744073709551617", 0, 0, false}, // 2^64+1 is not 1
	} {
		units, ok := unitsOf(decimal.RequireFromString(c.number), c.places)
		require.Equal(t, c.ok, ok, c)
		if ok {
			require.Equal(t, c.want, units, c)
		}
	}
}

// How many places an input is counted in goes by its unit.
func TestPlacesOfInputs(t *testing.T) {
	units := map[Unit]int{Money: 2, Days: 2, Hours: 2, Months: 2, Years: 2, Percent: 4, Plain: 4, Count: 0, Date: 0, Words: 0, Flag: 0, "money/days": 4}
	var text strings.Builder
	var order []int
	for unit, places := range units {
		text.WriteString("input " + string(rune('a'+len(order))) + " : " + string(unit) + "\n")
		order = append(order, places)
	}
	p := program(t, text.String()+"line x = 1\n")
	for i, want := range order {
		require.Equal(t, want, p.InputPlaces(i), p.Inputs()[i].Unit)
	}
	for given, want := range map[int]int{0: 2, 1: 2, 2: 2, 3: 3} {
		f, err := Parse("money.rules", "input a : money\nline x = a\n")
		require.NoError(t, err)
		p, err := Compile(Config{Files: []*File{f}, MoneyPlaces: given})
		require.NoError(t, err)
		require.Equal(t, want, p.InputPlaces(0))
		require.Equal(t, want, p.LinePlaces(0))
	}
}

// A program has an integer form as long as no number on the way needs more than 18 places, and answers in it what decimals answer.
func TestProgramsOfUpTo18Places(t *testing.T) {
	const inputs = "input a : number\ninput b : number\n"
	places := func(n int) string { return "0." + strings.Repeat("0", n-1) + "1" }
	for _, c := range []struct {
		name string
		text func(n int) string // of a program that needs n places
	}{
		{"a product", func(n int) string { return "line x : number = round(a * " + places(n-4) + " * 100000, 0.0001)\n" }},
		{"a product of three", func(n int) string { return "line x : number = round(a * b * " + places(n-8) + " * 10000, 0.0001)\n" }},
		{"a parameter in percent", func(n int) string {
			return "param p : percent = " + places(n-6) + "%\nline x : number = round(a * p * 1000, 0.0001)\n"
		}},
		{"a literal in percent", func(n int) string { return "line x : number = round(a * " + places(n-6) + "%, 0.0001)\n" }},
		{"slabs, by their values", func(n int) string {
			return "slabs s : number -> number\n    upto 10: " + places(n-4) + "\n    above: 0.5\nline x : number = round(s(a), 0.0001)\n"
		}},
		{"slabs, by their limits", func(n int) string {
			return "slabs s : number -> number\n    upto " + places(n-3) + ": 0.125\n    above: 0.5\nline x : number = round(s(a), 0.0001)\n"
		}},
		{"slabs of a fraction", func(n int) string {
			return "slabs s : number -> number\n    upto " + places(n-7) + ": 0.125\n    above: 0.5\nline x : number = round(s(a / b), 0.0001)\n"
		}},
		{"bands of a fraction, by their limits", func(n int) string {
			return "bands s : number -> number\n    upto " + places(n-4) + ": 0.125\n    above: 0.5\nline x : number = round(s(a / b), 0.0001)\n"
		}},
		{"the step of a rounding", func(n int) string { return "line x : number = round(a, " + places(n) + ")\n" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := program(t, inputs+c.text(18)+"line y : number = b\n")
			require.True(t, p.InIntegers())
			require.Empty(t, p.Warnings())
			req := Request{Period: hr.MustPeriod("2026-04-01..2026-04-30"), Values: []Value{Number(decimal.RequireFromString("2.25")), Number(decimal.RequireFromString("1.5"))}}
			fast, err := p.Run(req)
			require.NoError(t, err)
			require.False(t, fast.InDecimals())
			slow, err := p.RunDecimals(req)
			require.NoError(t, err)
			require.True(t, slow.Value(0).Equal(fast.Value(0)), "%s and %s", slow.Value(0), fast.Value(0))
			require.False(t, program(t, inputs+c.text(19)).InIntegers())
		})
	}
	require.False(t, program(t, inputs+"line x : number = round(a, "+places(19)+")\n").InIntegers())
	require.False(t, program(t, inputs+"line x : number = if a > "+places(19)+" then 1 else 2\n").InIntegers())
}

// Of a number that comes to units it is asked more cheaply whether pay has so many digits, and to the same end.
func TestNumbersThatComeToUnitsFitAlike(t *testing.T) {
	came := 0
	for _, coefficient := range append([]int64{5, 1e18, 123_000_000_000_000_000}, edges...) {
		for exp := int32(-40); exp <= 40; exp++ {
			for _, places := range []int{0, 2, 4, 18} {
				d := decimal.New(coefficient, exp)
				if units, ok := unitsOf(d, places); ok {
					came++
					require.Equal(t, fits(d), fitsToo(d, units), d)
				}
			}
		}
	}
	require.Greater(t, came, 300)
}
