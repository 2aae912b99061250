package formula_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

func TestUsesOfOneLet(t *testing.T) {
	p := compile(t, "input m : money\nlet a = m + 1\nline x = a + a + a")
	res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number("2")}, Trace: true})
	require.NoError(t, err)
	tr, err := res.Trace(0)
	require.NoError(t, err)
	require.Len(t, tr.Parts, 1)
}

// 60 lets that each use the one before twice, through two names: 2^60 leaves if each were shown again.
func TestTraceShowsOnce(t *testing.T) {
	var b strings.Builder
	b.WriteString("input a0 : number\n")
	for i := range 60 {
		fmt.Fprintf(&b, "let l%d = a%d + 1\nlet r%d = a%d - 1\nlet a%d = round((l%d + r%d) / 2, 1)\n", i, i, i, i, i+1, i, i)
	}
	b.WriteString("line x : number = a60\n")
	p := compile(t, b.String())
	res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number("2")}, Trace: true})
	require.NoError(t, err)
	tr, err := res.Trace(0)
	require.NoError(t, err)
	leaves := 0
	var again int
	tr.Leaves(func(l hr.Trace) bool {
		leaves++
		if l.Note == "shown above" {
			again++
		}
		return true
	})
	require.Less(t, leaves, 200)
	require.Greater(t, again, 50)
}

func TestTraceOff(t *testing.T) {
	p := compile(t, "input a : money\nline x = a\nline y = round(a / (a - a), 1)")
	req := formula.Request{Period: april, Values: []formula.Value{number("1234.5")}}
	res, err := p.Run(req)
	require.Error(t, err)
	_, err = res.Trace(0)
	requireRule(t, err, formula.RuleTraceOff)
	_, err = res.Trace(1)
	requireRule(t, err, formula.RuleDivisor)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		require.NotContains(t, fmt.Sprintf(verb, req), "1234")
		require.NotContains(t, fmt.Sprintf(verb, res), "1234")
	}
}

func TestTraceNotes(t *testing.T) {
	p := compile(t, `
input m "Pay" : money
input z : number
bands b : money -> money
    upto 100: 1
    above: 2
slabs tax : money -> percent
    upto 50: 10%
    above: 20%
line w = if m > 100 then m else 0
line x law "The Act" = round(w * 12.5%, 1, down) + b(w) + tax(w) + (if z > 0 and m / z > 1 then 1 else 0)
line t = max(m, 15)
`)
	res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number("200.5"), number("0")}, Trace: true})
	require.NoError(t, err)
	require.Equal(t, `x = 62.10 money
   = round(w * 12.5%, 1, down) + b(w) + tax(w) + (if z > 0 and m / z > 1 then 1 else 0)
   200.50 x 12.5% = 25.0625 ; down to 1 gives 25; b: row: above 100: 2; tax: up to the slab above 50: 20%; z > 0 and m / z > 1: no
   source: The Act
   w = 200.50 money
      = if m > 100 then m else 0
      m > 100: yes
      m (Pay) = 200.50 money
   b = 2 money
      = b(w)
      row: above 100: 2
      source: test.rules, line 5
   tax = 35.10 money
      = tax(w)
      up to the slab above 50: 20%
      source: test.rules, line 8
   z = 0
`, trace(t, p, res, "x"))
	require.Contains(t, trace(t, p, res, "t"), "the greatest of 200.50, 15 is 200.50")
}

// Each piece is explained with its own values, the first and the last that it reads, and with the row that its key falls in.
func TestTraceOfPiecesInFull(t *testing.T) {
	p := compile(t, `
input rate "Rate" : money by piece
input worked : days by piece
bands b : money -> money
    upto 100: 1
    below 200: 2
    upto 300: 3
    above: 4
line x = round(pieces(rate * worked / 30 days), 0.01)
line y = pieces(b(rate))
line z = last(rate) - first(rate)
`)
	piece := func(period, rate, days string) formula.Piece {
		return formula.Piece{Period: hr.MustPeriod(period), Values: []formula.Value{number(rate), number(days)}}
	}
	res, err := p.Run(formula.Request{Period: april, Trace: true, Pieces: []formula.Piece{
		piece("2026-04-01..2026-04-10", "100", "10"), piece("2026-04-11..2026-04-20", "200", "5"), piece("2026-04-21..2026-04-30", "300.5", "7"),
	}})
	require.NoError(t, err)
	// 100 x 10 / 30 = 33 1/3, 200 x 5 / 30 = 33 1/3 and 300.5 x 7 / 30 = 70 7/60: 136 47/60 in all
	require.Equal(t, `x = 136.78 money
   = round(pieces(rate * worked / 30 days), 0.01)
   8207/60 (about 136.783333) ; half_up to 0.01
   piece 1 = 100/3 (about 33.333333) money  [2026-04-01..2026-04-10]
      = rate * worked / 30 days
      100 x 10 / 30 = 100/3 (about 33.333333)
      rate (Rate) = 100 money  [2026-04-01..2026-04-10]
      worked = 10 days  [2026-04-01..2026-04-10]
   piece 2 = 100/3 (about 33.333333) money  [2026-04-11..2026-04-20]
      = rate * worked / 30 days
      200 x 5 / 30 = 100/3 (about 33.333333)
      rate (Rate) = 200 money  [2026-04-11..2026-04-20]
      worked = 5 days  [2026-04-11..2026-04-20]
   piece 3 = 4207/60 (about 70.116667) money  [2026-04-21..2026-04-30]
      = rate * worked / 30 days
      300.50 x 7 / 30 = 4207/60 (about 70.116667)
      rate (Rate) = 300.50 money  [2026-04-21..2026-04-30]
      worked = 7 days  [2026-04-21..2026-04-30]
`, trace(t, p, res, "x"))
	for _, row := range []string{"row: upto 100: 1", "row: from 200 upto 300: 3", "row: above 300: 4"} { // 200 is not below 200
		require.Contains(t, trace(t, p, res, "y"), row)
	}
	require.Equal(t, "z = 200.50 money\n   = last(rate) - first(rate)\n   rate (Rate) = 300.50 money  [2026-04-21..2026-04-30]\n   rate (Rate) = 100 money  [2026-04-01..2026-04-10]\n", trace(t, p, res, "z"))
}

// What a line rests on is shown 200 formulas deep, and what lies deeper is named; how many stand side by side does not count.
func TestTraceIsAsDeepAsExpressionsAre(t *testing.T) {
	for _, lets := range []int{formula.MaxDepth - 1, formula.MaxDepth} {
		var b strings.Builder
		b.WriteString("input l0 : number\n")
		for i := range lets {
			fmt.Fprintf(&b, "let l%d = l%d + 1\n", i+1, i)
		}
		fmt.Fprintf(&b, "line x : number = l%d\n", lets)
		p := compile(t, b.String())
		res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number("2")}, Trace: true})
		require.NoError(t, err)
		tr, err := res.Trace(0)
		require.NoError(t, err)
		depth := 0
		for ; len(tr.Parts) > 0; tr = tr.Parts[0] {
			depth++
		}
		if lets < formula.MaxDepth {
			require.Equal(t, "l0", tr.Name, "the input is reached")
			require.Equal(t, formula.MaxDepth, depth)
		} else {
			require.Equal(t, "l1", tr.Name)
			require.Equal(t, "3", tr.Value)
			require.Equal(t, "what it rests on lies too deep to show here", tr.Note)
		}
	}
	var b strings.Builder
	b.WriteString("input a : number\n")
	for i := range formula.MaxDepth + 20 {
		fmt.Fprintf(&b, "line l%d : number in g = a + %d\n", i, i)
	}
	b.WriteString("line x : number = sum(g)\n")
	p := compile(t, b.String())
	res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number("2")}, Trace: true})
	require.NoError(t, err)
	require.NotContains(t, trace(t, p, res, "x"), "too deep")
}

// A result prints how many lines it has, in each form.
func TestResultsPrintWithoutValues(t *testing.T) {
	p := compile(t, "input a : money\nline x = a\nline y = a * 2\nline z : yes/no = a > 1\n")
	for _, traced := range []bool{false, true} {
		res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number("1234.5")}, Trace: traced})
		require.NoError(t, err)
		require.Equal(t, traced, res.InDecimals())
		require.Equal(t, "formula result of 3 lines", fmt.Sprint(res))
		require.True(t, res.Amount(2).IsZero())
		require.True(t, res.Value(2).Yes())
	}
}

// What was looked at is explained, and no more: the right of a decided and/or is not. A line names its own unit, a row its bounds, and a table
// of one row its value.
func TestTraceOfWhatWasLookedAt(t *testing.T) {
	p := compile(t, `
input a : number
input b : number
input c : number
bands rate : number -> number
    upto 1.5: 10
    above: 20
bands one : number -> percent
    above: 5%
line n "How many" : count = if a > 1 or b > 1 then 3 else 4
line m : count = if a > 1 and b > 1 then 3 else 4
line r : number = rate(a / b)
line o : number = one(c)
`)
	parts := func(a, b, line string) (names []string) {
		res, _ := p.Run(formula.Request{Period: april, Values: []formula.Value{number(a), number(b), number("6")}, Trace: true}) // a divisor may be nothing
		i, _ := p.Line(line)
		tr, err := res.Trace(i)
		require.NoError(t, err)
		for _, part := range tr.Parts {
			names = append(names, part.Name)
		}
		return append([]string{tr.Name + " = " + tr.Value + " " + tr.Unit, tr.Note}, names...)
	}
	require.Equal(t, []string{"n (How many) = 3 count", "a > 1 or b > 1: yes", "a"}, parts("2", "0", "n"))
	require.Equal(t, []string{"n (How many) = 3 count", "a > 1 or b > 1: yes", "a", "b"}, parts("1", "2", "n"))
	require.Equal(t, []string{"n (How many) = 4 count", "a > 1 or b > 1: no", "a", "b"}, parts("1", "1", "n"))
	require.Equal(t, []string{"m = 4 count", "a > 1 and b > 1: no", "a"}, parts("1", "9", "m"))
	require.Equal(t, []string{"m = 4 count", "a > 1 and b > 1: no", "a", "b"}, parts("2", "0.5", "m"))
	require.Equal(t, []string{"m = 3 count", "a > 1 and b > 1: yes", "a", "b"}, parts("2", "2", "m"))
	require.Equal(t, []string{"r = 10 ", "rate: row: upto 1.5: 10", "a", "b", "rate"}, parts("3", "2", "r"))
	require.Equal(t, []string{"r = 20 ", "rate: row: above 1.5: 20", "a", "b", "rate"}, parts("3.01", "2", "r"))
	require.Equal(t, []string{"o = 0.05 ", "one: row: 5%", "c", "one"}, parts("1", "1", "o"))
}
