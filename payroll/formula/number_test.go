package formula

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// The promise of the package: 30 digits before the point and 20 behind it, as given and as rounded.
func TestNumbersOf30DigitsAnd20Places(t *testing.T) {
	f, err := Parse("long.rules", "input a : number\nline x : number = round(a * 10, 1)\n")
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	nines, ones := strings.Repeat("9", 29), strings.Repeat("1", 20)
	for _, c := range []struct{ a, x string }{
		{nines + "." + ones, nines + "1"}, // 30 digits again, and a tenth rounded off
		{"-" + nines, "-" + nines + "0"},
		{"1" + nines, string(RuleTooLarge)},
		{"1e29", string(RuleTooLarge)},
		{"1e28", "1" + strings.Repeat("0", 29)},
		{"1e30", string(RuleRequestSize)},
		{"0.1e31", string(RuleRequestSize)},
		{"9" + nines + "0", string(RuleRequestSize)},
		{"0." + ones, "1"},
		{"0." + ones + "1", string(RuleRequestSize)},
		{"5e-20", "0"},
		{"5e-21", string(RuleRequestSize)},
	} {
		a, err := decimal.NewFromString(c.a)
		require.NoError(t, err)
		res, err := p.Run(Request{Period: hr.MustPeriod("2026-04-01..2026-04-30"), Values: []Value{Number(a)}})
		if err != nil {
			require.ErrorContains(t, err, c.x, c.a)
			continue
		}
		require.Equal(t, c.x, res.Value(0).String(), c.a)
	}
}

// A fraction is shown as a decimal where it is one of at most 20 places, and otherwise in lowest terms and with six places.
func TestFractionsAreShown(t *testing.T) {
	for _, c := range []struct {
		num, den string
		unit     Unit
		want     string
	}{
		{"1", "4", Plain, "0.25"},
		{"1", "8", Money, "0.125"},
		{"1", "2", Plain, "0.5"},
		{"1", "2", Money, "0.50"},
		{"-1", "2", Money, "-0.50"},
		{"4", "2", Money, "2"},
		{"1", "0.25", Money, "4"},
		{"12.5", "0.5", Money, "25"},
		{"0", "7", Money, "0"},
		{"1", "3", Plain, "1/3 (about 0.333333)"},
		{"10", "6", Plain, "5/3 (about 1.666667)"},
		{"-0.2", "0.06", Money, "-10/3 (about -3.333333)"},
		{"1e3", "7", Plain, "1000/7 (about 142.857143)"},
		{"1", "1048576", Plain, "0.00000095367431640625"},              // 2^20
		{"1", "2097152", Plain, "1/2097152 (about 0)"},                 // 2^21
		{"1", "95367431640625", Plain, "0.00000000000001048576"},       // 5^20
		{"1", "476837158203125", Plain, "1/476837158203125 (about 0)"}, // 5^21
		{"7", "50", Plain, "0.14"},
		{"7", "40", Plain, "0.175"},
	} {
		require.Equal(t, c.want, fraction(decimal.RequireFromString(c.num), decimal.RequireFromString(c.den), c.unit), "%s over %s", c.num, c.den)
	}
}

// Money shows two places where it shows any.
func TestAmountsAreShown(t *testing.T) {
	for _, c := range []struct {
		amount string
		unit   Unit
		want   string
	}{
		{"5", Money, "5"},
		{"0", Money, "0"},
		{"100", Money, "100"},
		{"1e2", Money, "100"},
		{"1.5", Money, "1.50"},
		{"1.50", Money, "1.50"},
		{"1.500", Money, "1.50"},
		{"1.25", Money, "1.25"},
		{"1.125", Money, "1.125"},
		{"12.0", Money, "12"},
		{"-0.5", Money, "-0.50"},
		{"1.5", Days, "1.5"},
		{"10.00", Days, "10"},
		{"10", Days, "10"},
	} {
		require.Equal(t, c.want, amount(decimal.RequireFromString(c.amount), c.unit), c)
	}
}

// A literal means its digits, and with a % behind it a hundredth of them.
func TestLiterals(t *testing.T) {
	for text, want := range map[string]string{
		"15_000": "15000", "12_00_000.50": "1200000.5", "0.5": "0.5", "007": "7", "12%": "0.12", "0.5%": "0.005", "8.33%": "0.0833", "100%": "1",
	} {
		f, err := Parse("literal.rules", "let a = "+text+"\nlet b = -"+text+"\n")
		require.NoError(t, err, text)
		require.Equal(t, want, digits(f.stmts[0].expr.(*number).decimal()), text)
		switch b := f.stmts[1].expr.(type) {
		case *number:
			require.Equal(t, "-"+want, digits(b.decimal()), text)
		case *unary:
			require.Equal(t, want, digits(b.x.(*number).decimal()), text)
		}
	}
}
