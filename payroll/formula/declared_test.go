package formula_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

// wholeOctober is a period for programs that ask for nothing else.
var wholeOctober = hr.MustPeriod("2026-10-01..2026-10-31")

func TestADeclaredGroupMayBeEmpty(t *testing.T) {
	law := "group excluded \"Excluded from wages\"\nline half = round(50% * sum(excluded), 0.01)\n"
	for _, c := range []struct{ name, host, want string }{
		{"nobody is in it", "", "0"},
		{"two lines are in it", "line a in excluded = 300\nline b in excluded = 101\n", "200.5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := compile(t, law+c.host)
			r, err := p.Run(formula.Request{Period: wholeOctober})
			require.NoError(t, err)
			i, _ := p.Line("half")
			require.Equal(t, c.want, r.Amount(i).String())
		})
	}
	f, err := formula.Parse("x", law)
	require.NoError(t, err)
	require.Equal(t, law, f.String())

	_, err = formula.Parse("x", "group hours = 5\n")
	require.ErrorContains(t, err, string(formula.RuleReserved))
	for text, rule := range map[string]hr.Rule{
		"group g\ngroup g : days\nline x = sum(g)":              formula.RuleDuplicate,
		"group g : text\nline x = sum(g)":                       formula.RuleType,
		"group g\nline d : days in g = 5 days\nline x = sum(g)": formula.RuleUnit,
		"group g : days\nline x : money = sum(g)":               formula.RuleUnit,
	} {
		f, err := formula.Parse("x", text)
		require.NoError(t, err)
		_, err = formula.Compile(formula.Config{Files: []*formula.File{f}})
		require.ErrorContains(t, err, string(rule), text)
	}
}

func TestAnInputMayHaveADefault(t *testing.T) {
	text := "input bonus : money = 100\ninput state : text = \"MH\"\ninput rate : percent by piece = 10%\ninput since : date = 2026-04-01\ninput covered : yes/no = yes\n" +
		"line x = if covered and state = \"MH\" and since = 2026-04-01 then bonus + pieces(rate * 50 money) else 0\n"
	p := compile(t, text)
	f, err := formula.Parse("x", text)
	require.NoError(t, err)
	again, err := formula.Parse("x", f.String())
	require.NoError(t, err)
	require.Equal(t, f.String(), again.String())
	require.Contains(t, f.String(), "input rate : percent by piece = 10%\n")
	run := func(r formula.Request) string {
		r.Period = wholeOctober
		out, err := p.Run(r)
		require.NoError(t, err)
		i, _ := p.Line("x")
		return out.Amount(i).String()
	}
	piece := formula.Piece{Period: wholeOctober}
	require.Equal(t, "105", run(formula.Request{Pieces: []formula.Piece{piece}}), "nothing is given")
	values := []formula.Value{formula.Number(decimal.NewFromInt(7))}
	given := piece
	given.Values = []formula.Value{{}, {}, formula.Number(decimal.NewFromInt(20))}
	require.Equal(t, "17", run(formula.Request{Values: values, Pieces: []formula.Piece{given}}), "what is given wins")
	require.Len(t, values, 1, "the request stays as it was")

	for _, wrong := range []string{"input a : money = \"x\"\nline y = a", "input a : text = 5\nline y = 1", "input a : days = 5 hours\nline y : days = a"} {
		f, err := formula.Parse("x", wrong)
		require.NoError(t, err)
		_, err = formula.Compile(formula.Config{Files: []*formula.File{f}})
		require.Error(t, err, wrong)
	}
}

func TestAPackAndAHostMayDeclareOneInput(t *testing.T) {
	files := func(texts ...string) formula.Config {
		var c formula.Config
		for _, text := range texts {
			f, err := formula.Parse("f", text)
			require.NoError(t, err)
			c.Files = append(c.Files, f)
		}
		return c
	}
	p, err := formula.Compile(files("input basic : money by piece\nline a = pieces(basic)\n", "input basic \"Basic\" : money by piece = 5\nline b = last(basic)\n"))
	require.NoError(t, err)
	require.Equal(t, []formula.Input{{Name: "basic", Title: "Basic", Unit: formula.Money, ByPiece: true, Default: formula.Number(decimal.NewFromInt(5))}}, p.Inputs())
	for _, other := range []string{"input basic : days by piece\n", "input basic : money\n", "input basic : money by piece = 6\n", "let basic = 5\n"} {
		_, err := formula.Compile(files("input basic : money by piece = 5\nline a = pieces(basic)\n", other))
		require.ErrorContains(t, err, string(formula.RuleDuplicate), other)
	}
}

// What a request leaves out is filled in for the calculation alone: the slices of the caller stay as they were.
func TestDefaultsChangeNoRequest(t *testing.T) {
	p := compile(t, "input a : money = 1\ninput r : money by piece = 2\ninput b : money = 4\ninput q : money by piece = 8\nline x = a + b + pieces(r + q)\n")
	n := func(i int64) formula.Value { return formula.Number(decimal.NewFromInt(i)) }
	values, byPiece := []formula.Value{{}, {}, n(16), {}}, []formula.Value{{}, n(32), {}, {}}
	r := formula.Request{Period: wholeOctober, Values: values, Pieces: []formula.Piece{
		{Period: hr.MustPeriod("2026-10-01..2026-10-10"), Values: byPiece},
		{Period: hr.MustPeriod("2026-10-11..2026-10-31")},
	}}
	res, err := p.RunDecimals(r)
	require.NoError(t, err)
	require.Equal(t, "67", res.Amount(0).String(), "1 and 16, 32 and 8, 2 and 8")
	fast, err := p.Run(r)
	require.NoError(t, err)
	require.False(t, fast.InDecimals())
	require.Equal(t, "67", fast.Amount(0).String())
	require.Equal(t, []formula.Value{{}, {}, n(16), {}}, values)
	require.Equal(t, []formula.Value{{}, n(32), {}, {}}, byPiece)
	require.Nil(t, r.Pieces[1].Values)
}
