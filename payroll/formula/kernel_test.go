package formula_test

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

var paise = hr.MustRounding("0.01", hr.HalfUp)

// instalment is the level monthly instalment of a loan over 12 months: p r (1+r)^12 / ((1+r)^12 - 1).
func instalment() formula.Kernel {
	return formula.Kernel{
		Name: "instalment", Title: "level instalment over 12 months", Version: 1,
		In:  []formula.Slot{{Name: "principal", Unit: formula.Money}, {Name: "monthly_rate", Unit: formula.Plain}},
		Out: []formula.Slot{{Unit: formula.Money}},
		Build: func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
			one := b.Number(decimal.NewFromInt(1))
			growth, power := b.Add(one, in[1]), one
			for range 12 {
				power = b.Mul(power, growth)
			}
			top := b.Mul(b.Mul(in[0], in[1]), power)
			level := b.Div(top, b.Sub(power, one))
			free := b.Div(in[0], b.Number(decimal.NewFromInt(12)))
			return []formula.Term{b.Round(b.If(b.Equal(in[1], b.Number(decimal.Zero)), free, level), paise)}, nil
		},
	}
}

// waterfall pays three claims out of what is available, the first first, and keeps a protected amount back.
func waterfall() formula.Kernel {
	money := func(names ...string) (s []formula.Slot) {
		for _, n := range names {
			s = append(s, formula.Slot{Name: n, Unit: formula.Money})
		}
		return s
	}
	return formula.Kernel{
		Name: "waterfall", Version: 1, In: money("available", "protected", "a", "b", "c"), Out: append(money("first", "second", "third"), formula.Slot{Name: "met", Unit: formula.Flag}),
		Build: func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
			left := b.Max(b.Sub(in[0], in[1]), b.Number(decimal.Zero))
			var out []formula.Term
			met := b.Yes(true)
			for _, claim := range in[2:] {
				paid := b.Min(claim, left)
				left = b.Sub(left, paid)
				met = b.And(met, b.Not(b.Less(paid, claim)))
				out = append(out, paid)
			}
			return append(out, met), nil
		},
	}
}

func withKernels(t testing.TB, text string, kernels ...formula.Kernel) *formula.Program {
	t.Helper()
	f, err := formula.Parse("k.rules", text)
	require.NoError(t, err)
	p, err := formula.Compile(formula.Config{Files: []*formula.File{f}, Kernels: kernels})
	require.NoError(t, err)
	return p
}

// The instalment against big.Rat, in integers where they hold it and in decimals.
func TestKernelInstalment(t *testing.T) {
	p := withKernels(t, "input amount : money\ninput rate : percent\nline x = instalment(amount, rate / 12)\n", instalment())
	rapid.Check(t, func(t *rapid.T) {
		amount := decimal.New(rapid.Int64Range(1, 100_000_000).Draw(t, "amount"), -2)
		rate := decimal.New(rapid.Int64Range(0, 36).Draw(t, "rate"), 0)
		req := formula.Request{Period: april, Values: []formula.Value{formula.Number(amount), formula.Number(rate)}}
		res, err := p.Run(req)
		require.NoError(t, err)
		slow, err := p.RunDecimals(req)
		require.NoError(t, err)
		require.True(t, res.Value(0).Equal(slow.Value(0)))

		one := big.NewRat(1, 1)
		r := new(big.Rat).Quo(rate.Rat(), big.NewRat(1200, 1))
		power := new(big.Rat).Set(one)
		for range 12 {
			power.Mul(power, new(big.Rat).Add(one, r))
		}
		want := new(big.Rat).Quo(amount.Rat(), big.NewRat(12, 1))
		if r.Sign() != 0 {
			want.Mul(amount.Rat(), r)
			want.Mul(want, power)
			want.Quo(want, new(big.Rat).Sub(power, one))
		}
		off := new(big.Rat).Sub(want, res.Amount(0).Rat())
		require.LessOrEqual(t, off.Abs(off).Cmp(big.NewRat(5, 1000)), 0)
	})
	// A published check: 1,00,000 at 12 % a year over 12 months is 8,884.88 a month (any annuity table: 0.0888488 a month for 1).
	res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number("100000"), number("12")}})
	require.NoError(t, err)
	require.Equal(t, "8884.88", res.Value(0).String())
}

func TestKernelWaterfall(t *testing.T) {
	text := `input net : money
line one = waterfall.first(net, 500, 300, 200, 400)
line two = waterfall.second(net, 500, 300, 200, 400)
line three = waterfall.third(net, 500, 300, 200, 400)
line met : yes/no = waterfall.met(net, 500, 300, 200, 400)
`
	p := withKernels(t, text, waterfall())
	for _, c := range []struct{ net, want string }{
		{"400", "0 0 0 no"}, {"700", "200 0 0 no"}, {"900.5", "300 100.5 0 no"}, {"1399", "300 200 399 no"}, {"1400", "300 200 400 yes"}, {"9000", "300 200 400 yes"},
	} {
		res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number(c.net)}})
		require.NoError(t, err)
		require.False(t, res.InDecimals())
		require.Equal(t, c.want, fmt.Sprint(res.Value(0), " ", res.Value(1), " ", res.Value(2), " ", res.Value(3)), c.net)
	}
	alone := withKernels(t, "input net : money\nline one = waterfall.first(net, 500, 300, 200, 400)\n", waterfall())
	require.Less(t, len(p.Code().Instrs), 2*len(alone.Code().Instrs), "the answers of one kernel are built once")
}

func TestKernelIsExplainedAndDigested(t *testing.T) {
	const text = "input net : money\nline x = waterfall.first(net, 500, 300, 200, 400)\n"
	p := withKernels(t, text, waterfall())
	res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number("700")}, Trace: true})
	require.NoError(t, err)
	trace, err := res.Trace(0)
	require.NoError(t, err)
	require.Equal(t, "waterfall.first of 700, 500, 300, 200, 400 is 200", trace.Note)
	require.Equal(t, "net", trace.Parts[0].Name)

	titled := withKernels(t, "input p : money\nline x = instalment(p, 0.01)\n", instalment())
	res, err = titled.Run(formula.Request{Period: april, Values: []formula.Value{number("100000")}, Trace: true})
	require.NoError(t, err)
	trace, err = res.Trace(0)
	require.NoError(t, err)
	require.Equal(t, "instalment (level instalment over 12 months) of 100000, 0.01 is 8884.88", trace.Note)

	newer := waterfall()
	newer.Version = 2
	require.NotEqual(t, p.Digest(), withKernels(t, text, newer).Digest())
	require.Equal(t, p.Digest(), withKernels(t, text, waterfall(), instalment()).Digest(), "one that nobody calls changes no answer")
}

func TestKernelDivisor(t *testing.T) {
	k := formula.Kernel{
		Name: "share", Version: 1, In: []formula.Slot{{Name: "a", Unit: formula.Money}, {Name: "b", Unit: formula.Plain}}, Out: []formula.Slot{{Unit: formula.Money}},
		Build: func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
			return []formula.Term{b.Round(b.Div(in[0], in[1]), paise)}, nil
		},
	}
	p := withKernels(t, "input a : money\ninput b : number\nline x = if b > 0 then share(a, b) else 7\nline y = share(a, b)\n", k)
	res, err := p.Run(formula.Request{Period: april, Values: []formula.Value{number("10"), number("0")}})
	var line *formula.LineError
	require.ErrorAs(t, err, &line)
	require.Equal(t, "y", line.Line)
	require.Equal(t, "7", res.Value(0).String())
}

func TestKernelFaults(t *testing.T) {
	good := waterfall()
	compile := func(text string, kernels ...formula.Kernel) error {
		f, err := formula.Parse("k.rules", text)
		require.NoError(t, err)
		_, err = formula.Compile(formula.Config{Files: []*formula.File{f}, Kernels: kernels})
		return err
	}
	bad := formula.Kernel{Name: "if", Out: []formula.Slot{{Name: "a", Unit: "text"}, {Unit: formula.Money}}, In: []formula.Slot{{Name: "x", Unit: formula.Percent}}}
	err := compile("line x = 1\n", bad, good, good)
	var got []string
	for _, f := range hr.FieldErrors(err) {
		got = append(got, f.Path+" "+string(f.Rule))
	}
	require.ElementsMatch(t, []string{
		"kernels[0].name payroll.formula.kernel", "kernels[0].version payroll.formula.kernel", "kernels[0].build payroll.formula.kernel",
		"kernels[0].in[0].unit payroll.formula.unit.word", "kernels[0].out[0].unit payroll.formula.unit.word", "kernels[0].out[1].name payroll.formula.kernel",
		"kernels[2].out[0].name payroll.formula.name.duplicate", "kernels[2].out[1].name payroll.formula.name.duplicate",
		"kernels[2].out[2].name payroll.formula.name.duplicate", "kernels[2].out[3].name payroll.formula.name.duplicate",
	}, got)

	silent := instalment()
	silent.Out = nil
	faults := hr.FieldErrors(compile("line x = 1\n", silent))
	require.Len(t, faults, 1)
	require.Equal(t, "kernels[0].out", faults[0].Path)

	for text, want := range map[string]string{
		"line x = waterfall.first(1, 2)\n":                                   "write waterfall.first(available, protected, a, b, c)",
		"line x = waterfall.first(1, 2, 3, 4, 5, 6)\n":                       "write waterfall.first(available, protected, a, b, c)",
		"line x = waterfall.first(1, 2, 3, 4, 5 days)\n":                     "write `5 money`",
		"line x = waterfall.first(1, 2, 3, 4, yes)\n":                        "waterfall.first takes money here, and this is yes/no",
		"line x = waterfall.forth(1, 2, 3, 4, 5)\n":                          "did you mean `waterfall.first`?",
		"line x = waterfall.first\n":                                         "is a kernel and needs its values",
		"line x : money = waterfall.met(1, 2, 3, 4, 5)\n":                    "and `x` is money",
		"input d : date\nline x = waterfall.first(1, 2, 3, 4, d - d)\n":      "takes money here, and this is days",
		"line x = waterfall.first(1, 2, 3, 4, 5)\nlet waterfall.first = 1\n": "already a kernel",
	} {
		require.ErrorContains(t, compile(text, good), want, text)
	}

	build := func(f func(b *formula.Builder, in []formula.Term) ([]formula.Term, error)) error {
		return compile("input a : money\nline x = k(a, a > 0)\n", formula.Kernel{
			Name: "k", Version: 1, In: []formula.Slot{{Name: "a", Unit: formula.Money}, {Name: "f", Unit: formula.Flag}}, Out: []formula.Slot{{Unit: formula.Money}}, Build: f,
		})
	}
	n := func(s string) decimal.Decimal { return decimal.RequireFromString(s) }
	for want, f := range map[string]func(b *formula.Builder, in []formula.Term) ([]formula.Term, error){
		"no such loan":                func(*formula.Builder, []formula.Term) ([]formula.Term, error) { return nil, errors.New("no such loan") },
		"answers 0 values, and has 1": func(*formula.Builder, []formula.Term) ([]formula.Term, error) { return nil, nil },
		"answer 1 of kernel k is not": func(_ *formula.Builder, in []formula.Term) ([]formula.Term, error) { return in[1:], nil },
		"answer 1 of kernel k has a divisor left: round it": func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
			return []formula.Term{b.Div(in[0], in[0])}, nil
		},
		"stands where a number belongs": func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
			return []formula.Term{b.Add(in[0], in[1])}, nil
		},
		"stands where a yes/no belongs": func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
			return []formula.Term{b.Not(in[0])}, nil
		},
		"two sides of an If": func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
			return []formula.Term{b.If(in[1], in[0], in[1])}, nil
		},
		"a rounding is not valid": func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
			return []formula.Term{b.Round(in[0], hr.Rounding{})}, nil
		},
		"more digits than pay has": func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
			return []formula.Term{b.Number(n("1e40"))}, nil
		},
	} {
		require.ErrorContains(t, build(f), want)
	}
	endless := func(b *formula.Builder, in []formula.Term) ([]formula.Term, error) {
		x := in[0]
		for range 1000 {
			x = b.Mul(x, x)
		}
		return []formula.Term{x}, nil
	}
	require.ErrorContains(t, build(endless), "could grow past all bounds")
	require.True(t, strings.Contains(fmt.Sprint(build(endless)), string(formula.RuleBudget)))
}

// A kernel is called by a name that a formula can write: letters of ASCII, digits and _, in parts that begin with no digit.
func TestKernelNames(t *testing.T) {
	fault := func(name string) bool {
		k := instalment()
		k.Name = name
		_, err := formula.Compile(formula.Config{Kernels: []formula.Kernel{k}})
		return err != nil
	}
	for _, name := range []string{"a", "z", "A", "Z", "_", "a0", "a9", "zZ_5", "loan.a", "loan.if", "b._9"} {
		require.False(t, fault(name), name)
	}
	for _, name := range []string{"", ".", "a.", ".a", "a..b", "0", "9", "5a", "a.0", "a.9b", "if", "a b", "a/", "a:", "a@", "a[", "a`", "a{", "a-b", "é", "aé"} {
		require.True(t, fault(name), name)
	}
}
