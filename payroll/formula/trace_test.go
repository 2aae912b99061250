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
