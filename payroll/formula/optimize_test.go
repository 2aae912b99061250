package formula

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// stepNames are the operations that shortening is about.
var stepNames = map[intOp]string{
	intAdd: "add", intAddThree: "add three", intSub: "sub", intMul: "mul", intRound: "round", intRatio: "ratio", intProductRatio: "product ratio",
	intSelect: "select", intLess: "less", intDivisor: "divisor", intMin: "min", intMax: "max", intScale: "scale", intNeg: "neg", intEq: "eq", intAnd: "and", intOr: "or", intNot: "not",
}

// shortened lists the steps of a text for a period of one piece.
func shortened(t *testing.T, text string) string {
	t.Helper()
	p := programOf(t, text)
	var names []string
	for _, s := range p.ints.columns {
		names = append(names, stepNames[s.op])
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func programOf(t testing.TB, text string) *Program {
	t.Helper()
	f, err := Parse("short.rules", text)
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	require.True(t, p.InIntegers())
	return p
}

// A chunk of rows goes through as few steps as the formulas allow: the same step twice is one, a constant factor goes into the rounding
// that ends it, a product and its quotient are one step, three numbers are added at once, and what nobody asks for is left out.
func TestStepsAreShortened(t *testing.T) {
	const inputs = "input a : number\ninput b : number\ninput c : number\ninput d : number\ninput f : yes/no\n"
	for _, c := range []struct{ name, text, want string }{
		{"the same twice", "line x : number = a * b\nline y : number = a * b", "mul"},
		{"the other way round is another", "line x : number = a - b\nline y : number = b - a", "sub, sub"},
		{"the same under another name", "let k = a * b\nlet l = a * b\nline x : number = max(k - c, 0)\nline y : number = min(l - c, 0)", "max, min, mul, scale, sub"},
		{"the same rounding twice", "line x : number = round(a * b, 1)\nline y : number = round(a * b, 1)", "mul, round"},
		{"two roundings", "line x : number = round(a * b, 1)\nline y : number = round(a * b, 1, up)", "mul, round, round"},
		{"the same rounding of a quotient twice", "line x : number = round(a / b, 1)\nline y : number = round(a / b, 1)", "divisor, ratio"},
		{"two roundings of a quotient", "line x : number = round(a / b, 1)\nline y : number = round(a / b, 10)", "divisor, ratio, ratio"},

		{"a constant factor", "line x : number = round(a * 12%, 1)", "round"},
		{"a constant factor in front", "line x : number = round(12% * a, 1)", "round"},
		{"the last of two constants", "line x : number = round(a * 7, 1)\nline y : number = round(b * 12%, 1)", "round, round"},
		{"the last of two constants, added", "line x : number = round(a * 7, 1) + 1\nline y : number = round(b * 12%, 1)", "add, round, round"},
		{"no constant factor", "line x : number = round(a * b, 1)", "mul, round"},
		{"a constant of a quotient", "line x : number = round(a * 7 / b, 1)", "divisor, ratio"},
		{"a product of a quotient", "line x : number = round(a * b / c, 1)", "divisor, product ratio"},
		{"a product of others too", "line x : number = round(a * b / c, 1)\nline y : number = a * b", "divisor, mul, product ratio"},
		{"a sum of a quotient", "line x : number = round((a + b) / c, 1)", "add, divisor, ratio"},
		{"a sum that is rounded", "line x : number = round(a + b, 1)", "add, round"},
		{"a factor that is no constant but a parameter", "param p : number = 3\nline x : number = round(a * p, 1)", "mul, round"},
		{"a constant factor of nothing", "line x : number = round(a * 0, 1)", "mul, round"},
		{"a constant so long that it goes in no more", "input n : count\nline x : number = round(n * 9_000_000_000_000_000, 0.0001)", "mul, round"},
		{"a constant that goes in", "input n : count\nline x : number = round(n * 900_000_000_000_000, 0.0001)", "round"},

		{"three numbers", "line x : number = a + b + c", "add three"},
		{"five numbers", "line x : number = a + b + c + d + a", "add three, add three"},
		{"four numbers", "line x : number = a + b + c + d", "add, add three"},
		{"two sums", "line x : number = a + b\nline y : number = c + d", "add, add"},
		{"a sum that is a line", "line p : number = a + b\nline x : number = p + c", "add, add"},
		{"a sum that a sum reads", "let p = a + b\nline x : number = p + c\nline y : number = c + p", "add, add, add"},
		{"a sum that a product reads first", "let p = a + b\nline x : number = p + c\nline y : number = p * c", "add, add, mul"},
		{"a sum that a product reads second", "let p = a + b\nline x : number = p + c\nline y : number = c * p", "add, add, mul"},
		{"a sum that an if reads", "let p = a + b\nline x : number = p + c\nline y : number = if f then c else p", "add, add, select"},
		{"a sum that an if reads first", "let p = a + b\nline x : number = p + c\nline y : number = if f then p else c", "add, add, select"},
		{"a sum that is read first twice and second once", "let p = a + b\nline x : number = p + c\nline y : number = p - d\nline z : number = c - p", "add, add, sub, sub"},
		{"a sum that is read first twice and third once", "let p = a + b\nline x : number = p + c\nline y : number = p - d\nline z : number = if f then c else p", "add, add, select, sub"},
		{"a sum that is read twice and is a line", "line p : number = a + b\nline x : number = p + c\nline y : number = p - d", "add, add, sub"},
		{"a difference first", "line x : number = a - b + c", "add, sub"},

		{"what no line rests on", "let k = a * b\nlet l = k + c\nline x : number = a - b", "sub"},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, shortened(t, inputs+c.text)) })
	}
}

// Where a line is a constant, an input, or what another line is, its column is its own all the same.
func TestLinesThatAreNoStep(t *testing.T) {
	p := programOf(t, "input a : number\nline x : number = 5\nline y : number = a\nline z : number = a * 2\nline zz : number = z\nline q : number = 7\nline p : yes/no = yes\n")
	require.Equal(t, []bool{false, false, false, false, false, false}, p.ints.direct)
	require.Equal(t, []bool{true, false, true}, programOf(t, "input a : number\nline x : number = a * 2\nline y : number = a\nline z : number = a * 3\n").ints.direct, "a step of its own is written where answers are")
	const rows = 3*chunk + few
	for _, steps := range []bool{false, true} {
		c := p.NewColumns(rows, steps)
		for range 2 {
			c.Begin(hr.MustPeriod("2026-04-01..2026-04-30"), hr.Date{})
			for row := range rows {
				c.Set(c.Add(), 0, Number(decimal.NewFromInt(int64(row))))
			}
			c.Calculate()
			require.Zero(t, c.InDecimals())
			for row := range rows {
				var got []string
				for line := range 5 {
					got = append(got, c.Amount(row, line).String())
				}
				require.Equal(t, fmt.Sprintf("5 %d %d %d 7", row, 2*row, 2*row), strings.Join(got, " "))
				units, _ := c.Units(5)
				require.EqualValues(t, 1, units[row])
			}
		}
	}
}
