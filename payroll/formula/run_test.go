package formula_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

var april = hr.MustPeriod("2026-04-01..2026-04-30")

func number(s string) formula.Value { return formula.Number(decimal.RequireFromString(s)) }

// answer runs one text and returns line x, or the rule of its error: in integers where they hold it, and in decimals, which must say the same.
func answer(t testing.TB, text string, given map[string]string) string {
	t.Helper()
	p := compile(t, text)
	req := formula.Request{Period: april, Values: amounts(t, p, given)}
	res, err := p.Run(req)
	i, ok := p.Line("x")
	require.True(t, ok)
	slow, slowErr := p.RunDecimals(req)
	require.Equal(t, fmt.Sprint(slowErr), fmt.Sprint(err))
	require.Equal(t, slow.Value(i).String(), res.Value(i).String())
	if err != nil {
		var le *formula.LineError
		require.ErrorAs(t, err, &le)
		require.Equal(t, res.Err(i), error(le))
		require.True(t, res.Value(i).IsZero())
		for _, fe := range hr.FieldErrors(err) {
			return string(fe.Rule)
		}
		return err.Error()
	}
	return res.Value(i).String()
}

// Figures are worked out by hand.
func TestExpressions(t *testing.T) {
	given := map[string]string{"m": "100", "d": "3", "h": "7.5", "n": "4", "z": "0", "s": "MH", "f": "yes", "t": "2026-09-17", "pc": "12"}
	const inputs = `input m : money
input d : days
input h : hours
input n : number
input z : number
input s : text
input f : yes/no
input t : date
input pc : percent
param rate : percent = 8.33%
bands b : money -> money by text
    "MH" upto 99.99: 1
    below 100.01: 2
    above: 3
    "KA" above: 4
slabs tax : money -> percent
    upto 50: 10%
    upto 80: 20%
    above: 30%
slabs overtime : hours -> money/hours
    upto 5: 10
    above: 15
`
	for _, c := range []struct{ formula, want string }{
		{": number = 1 + 2 * 3", "7"},
		{": number = (1 + 2) * 3", "9"},
		{": number = 10 - 3 - 2", "5"},
		{": number = -n * 2", "-8"},
		{": number = - -n", "4"},
		{": number = round(100 / 8 / 2, 0.01)", "6.25"},
		{": number = round(1 / 3 * 3, 0.01)", "1"},             // 0.9999999999999999 with a plain decimal library
		{": number = round(1 / 3 + 1 / 6 + 1 / 2, 0.01)", "1"}, // fractions add exactly
		{": number = round(2 / 3 - 1 / 6, 0.0001)", "0.5"},
		{": number = round((1 / 3) / (1 / n), 0.01)", "1.33"},
		{"= m * 12%", "12"},
		{"= m * pc", "12"},
		{"= m * rate", "8.33"},
		{"= round(m * d / 30 days, 0.01)", "10"},
		{"= round(m * h / 208 hours, 0.01)", "3.61"}, // 750 / 208 = 3.6057...
		{"= round(m / d * 2 days, 0.01)", "66.67"},
		{": money/days = round(m / d, 0.01)", "33.33"},
		{"= 12_00_000", "1200000"},
		{"= min(m, 15_000)", "100"},
		{"= max(m, 150, 120)", "150"},
		{": number = round(min(1 / n, 1 / 3), 0.001)", "0.25"},
		{": number = round(max(1 / n, 1 / 3), 0.001)", "0.333"},
		{"= if m > 50 then 1 else 2", "1"},
		{"= if f then m else 0", "100"},
		{"= if not f then m else 0", "0"},
		{"= if s = \"MH\" and t >= 2026-09-17 then 1 else 2", "1"},
		{"= if s != \"MH\" or t < 2026-09-17 then 1 else 2", "2"},
		{"= if f = yes then 1 else 2", "1"},
		{"= if f != no then 1 else 2", "1"},
		{"= if 1 / n = 2 / 8 then 1 else 2", "1"},
		{"= if 1 / n != 0.25 then 1 else 2", "2"},
		{"= if 1 / n <= 0.25 and 1 / n >= 0.25 and 1 / n < 1 / 3 and 1 / 3 > 1 / n then 1 else 2", "1"},
		{": days = t - 2026-09-01", "16"},
		{": days = 2026-09-01 - t", "-16"},
		{": date = if f then t else 2026-01-01", "2026-09-17"},
		{": text = if f then s else \"KA\"", "MH"},
		{": yes/no = n > 3", "yes"},
		{"= b(s, m)", "2"}, // below 100.01
		{"= b(s, m - 0.01)", "1"},
		{"= b(s, m + 0.01)", "3"},
		{"= b(s, m / n * 4)", "2"},
		{"= b(\"KA\", m)", "4"},
		{"= tax(m)", "17"}, // 5 + 6 + 6
		{"= tax(50)", "5"}, // the limit belongs to the slab
		{"= tax(-5)", "0"}, // slabs begin at zero
		{"= tax(0)", "0"},
		{"= tax(80)", "11"},                        // 5 + 6
		{"= round(tax(240 money / n), 0.01)", "7"}, // 60: 5 + 2
		{"= b(s, 99.99)", "1"},
		{"= b(s, 299.97 / 3)", "1"}, // a limit over a denominator
		{"= b(s, 300.03 / 3)", "3"},
		{"= round(tax(m / 3), 0.01)", "3.33"},
		{"= overtime(h)", "87.5"}, // 50 + 37.5
		{"= round(m + 0.5, 1)", "101"},
		{"= round(-m - 0.5, 1)", "-101"},
		{"= round(m + 0.5, 1, half_even)", "100"},
		{"= round(m + 0.5, 1, half_down)", "100"},
		{"= ceil(m + 0.01, 1)", "101"},
		{"= ceil(-0.5, 1)", "0"},
		{"= round(-0.5, 1, up)", "-1"},
		{"= floor(-0.5, 1)", "-1"},
		{"= floor(m / 3, 0.05)", "33.3"},
		{"= round(m + 6, 10)", "110"},
		{"= m + (if n > 3 then 1 else 0)", "101"},

		// a divisor that is not above zero is an error of what uses it
		{"= round(m / z, 1)", "payroll.formula.divisor"},
		{"= round(m / (z - 1), 1)", "payroll.formula.divisor"},
		{"= round(if z > 0 then m / z else 7, 1)", "7"},
		{"= if z > 0 and m / z > 3 then 1 else 2", "2"},
		{"= if z = 0 or m / z > 3 then 1 else 2", "1"},
		{"= if m / z > 3 or z = 0 then 1 else 2", "payroll.formula.divisor"},
		{"= if m / z = m / z then 1 else 2", "payroll.formula.divisor"},
		{"= round(m / z - m / z, 1)", "payroll.formula.divisor"},
		{"= round(min(m / z, 5), 1)", "payroll.formula.divisor"},
		{"= round(0 * (m / z), 1)", "payroll.formula.divisor"},
		{"= b(\"XX\", m)", "payroll.formula.table.text"},
		{"= if f then 3 else b(\"XX\", m)", "3"},
		{"= round(m * 1_000_000_000_000_000 * 1_000_000_000_000_000, 1)", "payroll.formula.too_large"},
	} {
		t.Run(c.formula, func(t *testing.T) {
			require.Equal(t, c.want, answer(t, inputs+"line x "+c.formula, given))
		})
	}
}

func TestLetsAndGroups(t *testing.T) {
	// 100 - 100/3*2 is no decimal: a line rounds, a let does not. a = 33.33, b = 200, c = 7.
	const text = `line x = sum(all) + sum(other)
line a in all, other = round(m - third * 2, 0.01)
let third = m / 3
line b in all = 2 * 100
line c in other = 7
input m : money
`
	require.Equal(t, "273.66", answer(t, text, map[string]string{"m": "100"}))
}

var source = hr.Source{Title: "The Act", Section: "s. 3"}

func steps(pairs ...string) []hr.ParameterStep {
	var list []hr.ParameterStep
	for i := 0; i < len(pairs); i += 2 {
		d := hr.MustDate(pairs[i])
		list = append(list, hr.ParameterStep{Since: d, Value: decimal.RequireFromString(pairs[i+1]), Source: source, Reviewed: d})
	}
	return list
}

func pack() formula.Config {
	ceiling := hr.Parameter{Name: "epf.ceiling", Title: "Wage ceiling", Unit: "money", Steps: steps("2014-09-01", "15000", "2026-04-16", "25000")}
	ceiling.Steps[1].Uncertain = "the gazette is not out"
	ceiling.Steps[1].Overlay = true
	rows := func(v string) []hr.TableRow {
		return []hr.TableRow{
			{Bound: hr.UpTo, Limit: decimal.RequireFromString("1000"), Value: decimal.Zero},
			{Bound: hr.Above, Value: decimal.RequireFromString(v)},
		}
	}
	return formula.Config{
		Params: []hr.Parameter{
			ceiling,
			{Name: "epf.rate", Unit: "percent", Steps: steps("2020-01-01", "12")},
			{Name: "tax.rate", Unit: "percent", Basis: hr.ByPayDate, Steps: steps("2026-05-01", "10", "2027-05-01", "20")},
			{Name: "unused.rate", Unit: "percent", Steps: steps("2030-05-01", "10")},
		},
		Tables: []hr.Table{{
			Name: "pt", Title: "Professional tax", Kind: hr.Bands, Key: "money", Value: "money", ByText: true,
			Steps: []hr.TableStep{
				{Text: "MH", Since: hr.MustDate("2020-01-01"), Rows: rows("200"), Source: source, Reviewed: hr.MustDate("2026-01-01")},
				{Text: "MH", Since: hr.MustDate("2026-04-21"), Rows: rows("300"), Source: source, Reviewed: hr.MustDate("2026-01-01")},
				{Text: "KA", Since: hr.MustDate("2026-04-21"), Rows: rows("250"), Source: source, Reviewed: hr.MustDate("2026-01-01")},
			},
		}},
	}
}

func packProgram(t testing.TB, text string) *formula.Program {
	t.Helper()
	f, err := formula.Parse("test.rules", text)
	require.NoError(t, err)
	cfg := pack()
	cfg.Files = []*formula.File{f}
	p, err := formula.Compile(cfg)
	require.NoError(t, err)
	return p
}

func TestDatedValues(t *testing.T) {
	p := packProgram(t, `
input m : money
input s : text
line cap = min(m, epf.ceiling)
line epf = m * epf.rate
line tax = m * tax.rate
line ptax = pt(s, m)
`)
	run := func(period, pay, state string) (formula.Result, error) {
		return p.Run(formula.Request{Period: hr.MustPeriod(period), PayDate: hr.MustDate(pay), Values: []formula.Value{number("20000"), formula.Text(state)}})
	}
	amount := func(r formula.Result, name string) string {
		i, _ := p.Line(name)
		return r.Amount(i).String()
	}
	res, err := run("2026-04-01..2026-04-30", "2026-05-01", "KA")
	require.NoError(t, err)
	require.Equal(t, []string{"20000", "2400", "2000", "250"}, []string{amount(res, "cap"), amount(res, "epf"), amount(res, "tax"), amount(res, "ptax")})
	res, err = run("2026-03-01..2026-03-31", "2026-04-30", "KA")
	require.Equal(t, "15000", amount(res, "cap"))
	require.Equal(t, "line tax: parameter tax.rate has no value on 2026-04-30, in percent [hr.parameter.missing]\nline ptax: table pt for \"KA\" has no value on 2026-03-31, in money [hr.parameter.missing]", err.Error())
	var pe *hr.ParameterError
	require.ErrorAs(t, err, &pe)
	require.Equal(t, "tax.rate", pe.Name)
	require.ErrorIs(t, err, hr.ErrNoValue)
	_, err = run("2026-03-01..2026-03-31", "2026-05-01", "TN")
	requireRule(t, err, formula.RuleTableText)
	require.NotContains(t, err.Error(), "TN")
	require.ErrorContains(t, err, "table `pt` has no rows for what `s` says; it has KA, MH; asked for 2026-03-31, in money")
	_, err = p.Run(formula.Request{Period: april, Values: []formula.Value{number("20000"), formula.Text("MH")}})
	requireRule(t, err, formula.RuleRequestPayDate)
	require.ErrorIs(t, err, hr.ErrRequired)
}

// A raise and a new ceiling on 16 April, and new rows on the 21st, 30 days in all:
// 15 days at min(20000, 15000), 5 at min(30000, 25000) and 10 at the same; 12% of each thirtieth: 900 + 500 + 1000.
// Professional tax of whole-month amounts, 200 + 200 + 300, only to show which rows were read.
func TestPieces(t *testing.T) {
	p := packProgram(t, `
input rate "Basic pay" : money by piece
input worked : days by piece
input share : percent by piece
input month_days : days
input m : money
input zone : text by piece
let wage = min(rate, epf.ceiling)
let part = wage * worked / month_days
line epf = round(pieces(part * epf.rate), 1)
line each = pieces(round(part, 1))
line ptax = pieces(pt("MH", m))
line old = first(rate)
line new = last(rate) * last(share)
line shares : number = pieces(share)
line tax = round(pieces(part * tax.rate), 1)
line moved = pieces(if zone = "A" then 1 else 0)
`)
	require.Equal(t, []hr.Date{hr.MustDate("2026-04-16"), hr.MustDate("2026-04-21")}, p.Cuts(april))
	require.Empty(t, p.Cuts(hr.MustPeriod("2026-05-01..2026-05-31")))
	piece := func(period, rate, days, zone string) formula.Piece {
		return formula.Piece{
			Period: hr.MustPeriod(period),
			Values: []formula.Value{number(rate), number(days), number("50"), {}, {}, formula.Text(zone)},
		}
	}
	req := formula.Request{
		Period: april, PayDate: hr.MustDate("2026-05-07"),
		Values: []formula.Value{{}, {}, {}, number("30"), number("20000")},
		Pieces: []formula.Piece{
			piece("2026-04-01..2026-04-15", "20000", "15", "A"),
			piece("2026-04-16..2026-04-20", "30000", "5", "B"),
			piece("2026-04-21..2026-04-30", "30000", "10", "A"),
		},
		Trace: true,
		Evidence: func(input string, piece int) []hr.Ref {
			return []hr.Ref{{Kind: "terms", ID: fmt.Sprintf("%s/%d", input, piece)}}
		},
	}
	res, err := p.Run(req)
	require.NoError(t, err)
	got := map[string]string{}
	for i, l := range p.Lines() {
		got[l.Name] = res.Amount(i).String()
	}
	require.Equal(t, map[string]string{
		"epf":  "2400", // 12% of 7500 + 4166.67 + 8333.33
		"each": "20000", "ptax": "700", "old": "20000", "new": "15000", "shares": "1.5", "tax": "2000", "moved": "2",
	}, got)

	tr, err := res.Trace(0)
	require.NoError(t, err)
	require.Len(t, tr.Parts, 3)
	require.Equal(t, req.Pieces[1].Period, tr.Parts[1].Period)
	var text strings.Builder
	require.NoError(t, tr.Text(&text))
	for _, want := range []string{
		"epf = 2400 money",
		"piece 1 = 900 money  [2026-04-01..2026-04-15]",
		"read on 2026-04-15, holds since 2014-09-01",
		"read on 2026-04-20, holds since 2026-04-16; doubtful: the gazette is not out; set by the host on top of the pack",
		"source: The Act, s. 3",
		"facts: terms rate/1",
		"epf.ceiling (Wage ceiling) = 25000 money",
	} {
		require.Contains(t, text.String(), want)
	}
	require.Contains(t, trace(t, p, res, "ptax"), "MH, row: above 1000: 300")
	require.Contains(t, trace(t, p, res, "old"), "facts: terms rate/0")
	require.Contains(t, trace(t, p, res, "new"), "facts: terms rate/2")
	require.Contains(t, trace(t, p, res, "tax"), "read on the day of payment, 2026-05-07, holds since 2026-05-01")
	require.Contains(t, trace(t, p, res, "moved"), `zone = "A": no`)

	req.Pieces[1].Values = nil
	req.Pieces[2].Period = hr.MustPeriod("2026-04-20..2026-05-30")
	_, err = p.Run(req)
	var paths []string
	for _, fe := range hr.FieldErrors(err) {
		paths = append(paths, fe.Path)
	}
	require.Equal(t, []string{
		"pieces[1].values[0] rate", "pieces[1].values[1] worked", "pieces[1].values[2] share", "pieces[1].values[5] zone", "pieces[2].period",
	}, paths)
}

func trace(t testing.TB, p *formula.Program, res formula.Result, line string) string {
	t.Helper()
	i, ok := p.Line(line)
	require.True(t, ok)
	tr, err := res.Trace(i)
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, tr.Text(&b))
	return b.String()
}

// An error in one piece is an error of the line, and of no other.
func TestPieceErrors(t *testing.T) {
	p := compile(t, "input r : money by piece\ninput d : days by piece\nline x = round(pieces(r / d * 1 days), 1)\nline y = pieces(r)")
	piece := func(period, d string) formula.Piece {
		return formula.Piece{Period: hr.MustPeriod(period), Values: []formula.Value{number("10"), number(d)}}
	}
	res, err := p.Run(formula.Request{Period: april, Pieces: []formula.Piece{
		piece("2026-04-01..2026-04-10", "3"), piece("2026-04-11..2026-04-20", "0"), piece("2026-04-21..2026-04-30", "7"),
	}})
	requireRule(t, err, formula.RuleDivisor)
	require.Equal(t, "30", res.Amount(1).String())
	res, err = p.Run(formula.Request{Period: april, Pieces: []formula.Piece{
		piece("2026-04-01..2026-04-10", "3"), piece("2026-04-21..2026-04-30", "7"),
	}})
	require.NoError(t, err)
	require.Equal(t, "5", res.Amount(0).String(), "10/3 + 10/7 = 100/21 = 4.76")
}

func TestRequestFaults(t *testing.T) {
	p := compile(t, "input a : money\ninput b : text\ninput r : money by piece\nline x = if b = \"k\" then a + pieces(r) else a")
	_, err := p.Run(formula.Request{
		Period: hr.Period{From: hr.MustDate("2026-04-01")},
		Values: []formula.Value{formula.Text("secret"), {}, {}, {}},
		Pieces: []formula.Piece{{Period: april, Values: []formula.Value{{}, {}, number("1e40")}}},
	})
	var got []string
	for _, fe := range hr.FieldErrors(err) {
		got = append(got, fe.Path+" "+string(fe.Rule))
	}
	require.Equal(t, []string{
		"period payroll.formula.request.period",
		"values payroll.formula.request.input",
		"values[0] a payroll.formula.request.type",
		"values[1] b payroll.formula.request.input",
		"pieces[0].values[2] r payroll.formula.request.size",
	}, got)
	require.NotContains(t, err.Error(), "secret")
	_, err = p.Run(formula.Request{Period: april, Values: []formula.Value{number("1"), formula.Text("")}})
	requireRule(t, err, formula.RuleRequestPieces)
	_, err = p.Run(formula.Request{Period: april, Values: []formula.Value{number("1"), formula.Text("")}, Pieces: make([]formula.Piece, formula.MaxPieces+1)})
	requireRule(t, err, formula.RuleRequestPieces)
}

// Pieces lie in the period, one behind the other; as many values as inputs and as many pieces as the language allows are taken.
func TestRequestPieces(t *testing.T) {
	p := compile(t, "input r : money by piece\nline x = pieces(r)")
	one := []formula.Value{number("1")}
	day := func(from, through string) formula.Piece {
		return formula.Piece{Period: hr.Period{From: hr.MustDate(from), Through: hr.MustDate(through)}, Values: one}
	}
	daily := func(days int) (list []formula.Piece) {
		for i := range days {
			d := april.From.Add(i)
			list = append(list, formula.Piece{Period: hr.Period{From: d, Through: d}, Values: one})
		}
		return list
	}
	open := day("2026-04-01", "2026-04-30")
	open.Period.Through = hr.Date{}
	for _, c := range []struct {
		name   string
		period hr.Period
		pieces []formula.Piece
		want   string
	}{
		{"the whole", april, []formula.Piece{day("2026-04-01", "2026-04-30")}, ""},
		{"two that touch", april, []formula.Piece{day("2026-04-01", "2026-04-10"), day("2026-04-11", "2026-04-30")}, ""},
		{"two with a gap", april, []formula.Piece{day("2026-04-02", "2026-04-10"), day("2026-04-12", "2026-04-29")}, ""},
		{"two that share a day", april, []formula.Piece{day("2026-04-01", "2026-04-10"), day("2026-04-10", "2026-04-30")}, "pieces[1].period must begin after the piece before it ends"},
		{"the first is not behind the last", april, []formula.Piece{day("2026-04-11", "2026-04-30"), day("2026-04-01", "2026-04-10")}, "pieces[1].period must begin after the piece before it ends"},
		{"it begins before the period", april, []formula.Piece{day("2026-03-31", "2026-04-30")}, "pieces[0].period must lie inside the period"},
		{"it ends behind the period", april, []formula.Piece{day("2026-04-01", "2026-05-01")}, "pieces[0].period must lie inside the period"},
		{"it has no end", april, []formula.Piece{open}, "pieces[0].period must have a first and a last day"},
		{"it is upside down", april, []formula.Piece{day("2026-04-30", "2026-04-01")}, "pieces[0].period must have a first and a last day"},
		{"a value too many", april, []formula.Piece{{Period: april, Values: []formula.Value{number("1"), {}}}}, "pieces[0].values there are 1 inputs"},
		{"no value", april, []formula.Piece{day("2026-04-01", "2026-04-10"), {Period: hr.MustPeriod("2026-04-11..2026-04-30")}}, "pieces[1].values[0] r is required"},
		{"a text", april, []formula.Piece{{Period: april, Values: []formula.Value{formula.Text("1")}}}, "pieces[0].values[0] r must be a number"},
		{"as many as may be", hr.MustPeriod("2026-04-01..2028-04-30"), daily(formula.MaxPieces), ""},
		{"one more", hr.MustPeriod("2026-04-01..2028-04-30"), daily(formula.MaxPieces + 1), fmt.Sprintf("pieces are more than %d", formula.MaxPieces)},
		{"none", april, nil, "pieces is required"},
		{"the period has no end", hr.Period{From: april.From}, []formula.Piece{day("2026-04-01", "2026-04-30")}, "period must have a first and a last day"},
		{"the period is upside down", hr.Period{From: april.Through, Through: april.From}, []formula.Piece{day("2026-04-01", "2026-04-30")}, "period must have a first and a last day, pieces[0].period must lie inside the period"},
	} {
		t.Run(c.name, func(t *testing.T) {
			req := formula.Request{Period: c.period, Pieces: c.pieces}
			res, err := p.RunDecimals(req)
			var got []string
			for _, fe := range hr.FieldErrors(err) {
				reason := fe.Reason
				if reason == "" {
					reason = "is required"
				}
				got = append(got, fe.Path+" "+reason)
			}
			require.Equal(t, c.want, strings.Join(got, ", "))
			fast, fastErr := p.Run(req)
			require.Equal(t, fmt.Sprint(err), fmt.Sprint(fastErr))
			if c.want == "" {
				require.Equal(t, fmt.Sprint(len(c.pieces)), res.Amount(0).String())
				require.Equal(t, fmt.Sprint(len(c.pieces)), fast.Amount(0).String())
				require.False(t, fast.InDecimals())
			}
		})
	}
}

// What holds pay prints its period and no value.
func TestPayIsNotPrinted(t *testing.T) {
	piece := formula.Piece{Period: april, Values: []formula.Value{number("1234.5")}}
	req := formula.Request{Period: april, Values: piece.Values, Pieces: []formula.Piece{piece}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x"} {
		require.Equal(t, "piece 2026-04-01..2026-04-30", fmt.Sprintf(verb, piece))
		require.Equal(t, "formula request for 2026-04-01..2026-04-30", fmt.Sprintf(verb, req))
	}
}

// What is missing or of another kind is named in words.
func TestRequestKinds(t *testing.T) {
	p := compile(t, "input n : number\ninput s : text\ninput f : yes/no\ninput t : date\nline x : number = if f and s = \"A\" and t > 2026-01-01 then n else 0")
	_, err := p.Run(formula.Request{Period: april, Values: []formula.Value{formula.Text("1"), number("1"), number("1"), formula.YesNo(true)}})
	require.EqualError(t, err, `values[0] n: must be a number [payroll.formula.request.type]
values[1] s: must be a text [payroll.formula.request.type]
values[2] f: must be a yes or a no [payroll.formula.request.type]
values[3] t: must be a day [payroll.formula.request.type]`)
	good := []formula.Value{number("7"), formula.Text("A"), formula.YesNo(true), formula.Day(april.From)}
	res, err := p.RunDecimals(formula.Request{Period: april, Values: good})
	require.NoError(t, err)
	require.Equal(t, "7", res.Amount(0).String())
	_, err = p.RunDecimals(formula.Request{Period: april, Values: append(good, formula.Value{})})
	require.ErrorContains(t, err, "values: there are 4 inputs")
	_, err = p.RunDecimals(formula.Request{Period: april, Values: good[:3]})
	require.ErrorContains(t, err, "values[3] t: ")
}

func TestProgramLooksUp(t *testing.T) {
	p := compile(t, "input a \"A\" : money\ninput r : percent by piece\nline x \"X\" in g, h law \"L\" = a+1\nline y in g = pieces(r)*a")
	require.Equal(t, []formula.Input{{Name: "a", Title: "A", Unit: formula.Money, ByPiece: false}, {Name: "r", Title: "", Unit: formula.Percent, ByPiece: true}}, p.Inputs())
	require.Equal(t, formula.Line{Name: "x", Title: "X", Law: "L", Text: "a + 1", Unit: formula.Money, Groups: []string{"g", "h"}}, p.Lines()[0])
	require.Equal(t, []int{0, 1}, p.Group("g"))
	require.Empty(t, p.Group("zz"))
	for _, name := range []string{"x", "g", "zz", ""} {
		i, ok := p.Input(name)
		require.False(t, ok)
		require.Equal(t, -1, i, "no place of any input")
	}
	for _, name := range []string{"a", "g", "zz", ""} {
		i, ok := p.Line(name)
		require.False(t, ok)
		require.Equal(t, -1, i, "no place of any line")
	}
	for name, has := range map[string]bool{"g": true, "h": true, "a": false, "x": false, "zz": false} {
		require.Equal(t, has, p.HasGroup(name), name)
	}
	require.Equal(t, []string{"test.rules:1:7", "test.rules:3:6", "", ""}, []string{p.Declared("a"), p.Declared("x"), p.Declared("g"), p.Declared("zz")})
	require.Empty(t, packProgram(t, "line x = epf.ceiling").Declared("epf.ceiling"), "no text declares it")
	i, ok := p.Input("r")
	require.True(t, ok)
	require.Equal(t, 1, i)
	c := p.Code()
	require.NotEmpty(t, c.Instrs)
	written := map[formula.Reg]bool{}
	for _, in := range c.Instrs {
		require.False(t, written[in.Dst], "a register is written twice")
		written[in.Dst] = true
	}
	require.Len(t, c.Lines, 2)
}

func TestDigest(t *testing.T) {
	digest := func(text string) string { return packProgram(t, text).Digest() }
	base := digest("input a : money\nlet c = a * 2\nlet e = 3 money\nline x in g = min(c + e, epf.ceiling)")
	require.Regexp(t, "^[0-9a-f]{64}$", base)
	for _, same := range []string{
		"# comment\ninput a \"Title\" : money\nlet e = 3.00 money\nlet c = a*2\nline x in g law \"L\" = min((c + e), epf.ceiling)\nlet nobody = tax.rate",
	} {
		require.Equal(t, base, digest(same))
	}
	for _, other := range []string{
		"input a : days\nlet c = a * 2\nlet e = 3 days\nline x in g = min(c + e, 3)",
		"input a : money\nlet c = a * 2.1\nlet e = 3 money\nline x in g = min(c + e, epf.ceiling)",
		"input a : money\nlet c = a * 2\nlet e = 3 money\nline x in h = min(c + e, epf.ceiling)",
		"input a : money\nlet c = a * 2\nlet e = 3 money\nline x in g = max(c + e, epf.ceiling)",
		"input a : money\nlet c = a * 2\nlet e = 3 money\nline x in g = min(c + e, epf.ceiling)\nline y = 3",
	} {
		require.NotEqual(t, base, digest(other))
	}
	cfg := pack()
	cfg.Params[0].Steps[0].Value = decimal.NewFromInt(15001)
	f, err := formula.Parse("test.rules", "input a : money\nlet c = a * 2\nlet e = 3 money\nline x in g = min(c + e, epf.ceiling)")
	require.NoError(t, err)
	cfg.Files = []*formula.File{f}
	p, err := formula.Compile(cfg)
	require.NoError(t, err)
	require.NotEqual(t, base, p.Digest())
	require.NotEqual(t, digest("line x = ceil(1.5, 1)"), digest("line x = round(1.5, 1)"))
	require.Equal(t, digest("line x = ceil(1.5, 1)"), digest("line x = round(1.5, 1, ceiling)"))
}

func TestConcurrentRuns(t *testing.T) {
	p := packProgram(t, "input m : money\nline x = min(m, epf.ceiling)")
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 50 {
				from := hr.MustDate("2020-01-01").Add((g + i) * 30)
				res, err := p.Run(formula.Request{Period: hr.MonthOf(from), Values: []formula.Value{number("20000")}, Trace: true})
				if err != nil || res.Amount(0).IntPart() != 15000 {
					t.Error(errors.Join(err, fmt.Errorf("got %s", res.Amount(0))))
				}
			}
		}()
	}
	wg.Wait()
}

func TestUnits(t *testing.T) {
	for given, want := range map[string]formula.Unit{
		"money": formula.Money, "hour": formula.Hours, "days*money": "money*days", "money/days": "money/days", "days/days": formula.Plain,
		"money * hours / days": "money*hours/days", "number/days": "number/days", "yes/no": formula.Flag, "percent": formula.Percent,
		"count": formula.Count, "money/count": formula.Money,
	} {
		u, err := formula.ParseUnit(given)
		require.NoError(t, err, given)
		require.Equal(t, want, u)
		again, err := formula.ParseUnit(u.String())
		require.NoError(t, err)
		require.Equal(t, u, again)
	}
	longest := "number" + strings.Repeat("/money", 16) + strings.Repeat("/days", 16) + strings.Repeat("/hours", 16) + strings.Repeat("/months", 16) + strings.Repeat("/years", 16)
	u, err := formula.ParseUnit(longest)
	require.NoError(t, err)
	require.Equal(t, longest, u.String())
	for _, bad := range []string{"", "rupees", "money/", "/money", "*money", "money*/days", "money/*days", "money//days", longest + "/number", "text/days", "percent*money", strings.Repeat("money*", 20) + "money", strings.Repeat("money*", 300) + "money"} {
		_, err := formula.ParseUnit(bad)
		requireRule(t, err, formula.RuleUnitWord)
	}
}

func TestValues(t *testing.T) {
	require.True(t, formula.Value{}.IsZero())
	require.True(t, formula.Day(hr.Date{}).IsZero())
	require.False(t, formula.Text("").IsZero())
	require.True(t, number("1").Equal(number("1.00")))
	require.False(t, number("0").Equal(formula.YesNo(false)))
	require.Equal(t, "1.5 MH 2026-04-01 yes no ", fmt.Sprintf("%s %s %s %s %s %s", number("1.50"), formula.Text("MH"), formula.Day(april.From), formula.YesNo(true), formula.YesNo(false), formula.Value{}))
	require.Equal(t, "MH", formula.Text("MH").Text())
	require.Equal(t, april.From, formula.Day(april.From).Day())
	require.True(t, formula.YesNo(true).Yes())
	require.Equal(t, "100", number("1e2").String())
	require.Equal(t, "1", number("1").Decimal().String())
}

// A period is cut where what is read inside pieces(...) changes, be there one such sum or several, and not where it is read for the period.
func TestCuts(t *testing.T) {
	ceiling, rows := hr.MustDate("2026-04-16"), hr.MustDate("2026-04-21")
	for text, want := range map[string][]hr.Date{
		"line x = min(m, epf.ceiling) + pt(\"MH\", m)\n":                                       nil,
		"line x = pieces(min(m, epf.ceiling))\n":                                               {ceiling},
		"line x = pieces(pt(\"MH\", m))\n":                                                     {rows},
		"line x = pieces(m) + pieces(min(m, epf.ceiling))\n":                                   {ceiling},
		"line x = pieces(min(m, epf.ceiling) + pt(\"MH\", m)) + pieces(min(m, epf.ceiling))\n": {ceiling, rows},
		"line x = pieces(m * tax.rate)\n":                                                      nil, // by the day of payment
	} {
		require.Equal(t, want, packProgram(t, "input m : money\n"+text).Cuts(hr.MustPeriod("2026-04-01..2027-12-31")), text)
	}
}

// The code of a program has the registers that its instructions write, and no more.
func TestRegistersOfCode(t *testing.T) {
	for _, text := range []string{"line x = 1\n", "input a : money by piece\nline x = round(pieces(a / 3), 1)\nline y = last(a)\n", "input a : money\nline x = if a > 3 then a else 0\n"} {
		code, highest := compile(t, text).Code(), formula.Reg(0)
		for _, in := range code.Instrs {
			highest = max(highest, in.Dst)
			if in.Op == formula.OpPieces {
				highest = max(highest, in.C)
			}
		}
		require.Equal(t, code.Registers, int(highest), text)
	}
}
