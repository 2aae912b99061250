package formula

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

// sameText compares two files by what they say; places do not count.
var sameText = cmp.Options{
	cmp.AllowUnexported(File{}, stmt{}, word{}, paramStep{}, tableRow{}, number{}, quoted{}, day{}, flag{}, ref{}, unary{}, binary{}, choice{}, call{}),
	cmpopts.IgnoreTypes(Pos{}),
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b hr.Date) bool { return a == b }),
}

func requireSameText(t rapid.TB, f *File) {
	again, err := Parse(f.Name(), f.String())
	require.NoError(t, err, f.String())
	if d := cmp.Diff(f, again, sameText); d != "" {
		t.Fatalf("printing changed the file:\n%s\n%s", d, f)
	}
	require.Equal(t, f.String(), again.String())
}

// writer draws random programs of plain numbers, so that every one of them has correct units.
type writer struct {
	t       *rapid.T
	whole   []string // names of numbers for the period
	byPiece []string // names of numbers by piece
	flags   []string
}

func (w *writer) pick(label string, list ...string) string {
	return rapid.SampledFrom(list).Draw(w.t, label)
}

// num draws a number; piece says that names by piece may be used.
func (w *writer) num(depth int, piece bool) string {
	names := w.whole
	if piece {
		names = append(append([]string{}, names...), w.byPiece...)
	}
	if depth == 0 {
		return w.pick("leaf", w.pick("name", names...), w.pick("name", names...), w.pick("literal", "0", "1", "2", "3", "0.5", "12%", "7", "1_000", "0.01", "33.3%"))
	}
	sub := func() string { return w.num(depth-1, piece) }
	switch w.pick("shape", "+", "-", "*", "/", "neg", "if", "min", "max", "round", "bands", "text", "slabs", "pieces", "first", "leaf") {
	case "+":
		return "(" + sub() + " + " + sub() + ")"
	case "-":
		return "(" + sub() + " - " + sub() + ")"
	case "*":
		return sub() + " * " + "(" + sub() + ")"
	case "/":
		return "(" + sub() + ") / (" + sub() + " + 0)" // a literal zero would not compile
	case "neg":
		return "-(" + sub() + ")"
	case "if":
		return "(if " + w.ask(depth-1, piece) + " then " + sub() + " else " + sub() + ")"
	case "min":
		return "min(" + sub() + ", " + sub() + ")"
	case "max":
		return "max(" + sub() + ", " + sub() + ", " + sub() + ")"
	case "round":
		return w.round(sub())
	case "bands":
		return "law.bands(" + sub() + ")"
	case "text":
		return `law.text(` + w.pick("text", `s`, `"A"`, `"B"`, `"C"`) + ", " + sub() + ")"
	case "slabs":
		return "law.slabs(" + sub() + ")"
	case "pieces":
		if !piece {
			return "pieces(" + w.num(depth-1, true) + ")"
		}
	case "first":
		return w.pick("end", "first", "last") + "(r)"
	}
	return w.num(0, piece)
}

func (w *writer) round(x string) string {
	switch w.pick("rounding", "round", "mode", "ceil", "floor") {
	case "ceil":
		return "ceil(" + x + ", 1)"
	case "floor":
		return "floor(" + x + ", 0.05)"
	case "mode":
		return "round(" + x + ", " + w.pick("step", "0.01", "1", "10", "0.25", "3") + ", " +
			w.pick("mode", "half_up", "half_down", "half_even", "up", "down", "ceiling", "floor") + ")"
	}
	return "round(" + x + ", " + w.pick("step", "0.01", "1", "0.0001") + ")"
}

func (w *writer) ask(depth int, piece bool) string {
	if depth == 0 {
		return w.pick("flag", append([]string{"yes", "no"}, w.flags...)...)
	}
	switch w.pick("question", "compare", "compare", "and", "or", "not", "text", "date", "flag") {
	case "and":
		return "(" + w.ask(depth-1, piece) + " and " + w.ask(depth-1, piece) + ")"
	case "or":
		return "(" + w.ask(depth-1, piece) + " or " + w.ask(depth-1, piece) + ")"
	case "not":
		return "(not " + w.ask(depth-1, piece) + ")"
	case "text":
		return "s " + w.pick("equal", "=", "!=") + ` "A"`
	case "date":
		return w.pick("date", "t", "2026-04-10") + " " + w.pick("op", "=", "<", "<=", ">", ">=", "!=") + " 2026-04-10"
	case "flag":
		return w.ask(0, piece)
	}
	return "(" + w.num(depth-1, piece) + " " + w.pick("op", "=", "!=", "<", "<=", ">", ">=") + " " + w.num(depth-1, piece) + ")"
}

func (w *writer) program() string {
	var b strings.Builder
	b.WriteString("input a : number\ninput b : percent\ninput c : count\ninput f : yes/no\ninput s : text\ninput t : date\ninput r : number by piece\ninput q : percent by piece\n")
	w.whole = []string{"a", "b", "c", "law.rate", "law.cap", "law.pay"}
	w.byPiece = []string{"r", "q"}
	w.flags = []string{"f"}
	n := rapid.IntRange(1, 5).Draw(w.t, "formulas")
	for i := range n {
		depth := rapid.IntRange(0, 3).Draw(w.t, "depth")
		name := fmt.Sprintf("v%d", i)
		switch w.pick("statement", "let", "piece let", "line", "line") {
		case "let":
			fmt.Fprintf(&b, "let %s = %s + 0%%\n", name, w.num(depth, false))
			w.whole = append(w.whole, name)
		case "piece let":
			w.byPiece = append(w.byPiece, name)
			fmt.Fprintf(&b, "let %s : number = r + %s\n", name, w.pieceLet(depth))
		case "line":
			fmt.Fprintf(&b, "line %s : number in g = %s\n", name, w.round(w.num(depth, false)))
			w.whole = append(w.whole, name)
		}
	}
	fmt.Fprintf(&b, "line end : number in g = %s\nline total : number = sum(g)\n", w.round(w.num(3, false)))
	return b.String()
}

// pieceLet draws a formula for each piece; the name it is given may not be used in it yet.
func (w *writer) pieceLet(depth int) string {
	last := len(w.byPiece) - 1
	kept := w.byPiece
	w.byPiece = w.byPiece[:last]
	x := w.num(depth, true)
	w.byPiece = kept
	return x
}

func lawful() Config {
	src := hr.Source{Title: "The Act"}
	day := hr.MustDate
	n := decimal.RequireFromString
	row := func(b hr.Bound, limit, value string) hr.TableRow {
		return hr.TableRow{Bound: b, Limit: n(limit), Value: n(value)}
	}
	step := func(text, since string, rows ...hr.TableRow) hr.TableStep {
		return hr.TableStep{Text: text, Since: day(since), Rows: rows, Source: src, Reviewed: day(since)}
	}
	return Config{
		Params: []hr.Parameter{
			{Name: "law.rate", Unit: "percent", Steps: []hr.ParameterStep{
				{Since: day("2020-01-01"), Value: n("12"), Source: src, Reviewed: day("2020-01-01")},
				{Since: day("2026-04-12"), Value: n("8.33"), Source: src, Reviewed: day("2020-01-01")},
			}},
			{Name: "law.cap", Unit: "number", Steps: []hr.ParameterStep{ // nothing before 12 April
				{Since: day("2026-04-12"), Value: n("40"), Source: src, Reviewed: day("2020-01-01")},
			}},
			{Name: "law.pay", Unit: "count", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
				{Since: day("2020-01-01"), Value: n("3"), Source: src, Reviewed: day("2020-01-01")},
				{Since: day("2026-05-01"), Value: n("4"), Source: src, Reviewed: day("2020-01-01")},
			}},
		},
		Tables: []hr.Table{
			{Name: "law.bands", Kind: hr.Bands, Key: "number", Value: "percent", Steps: []hr.TableStep{
				step("", "2020-01-01", row(hr.UpTo, "0", "5"), row(hr.Below, "10", "7.5"), row(hr.UpTo, "33.33", "100"), row(hr.Above, "0", "1000")),
				step("", "2026-04-12", row(hr.Below, "1", "1"), row(hr.Above, "0", "2")),
			}},
			{Name: "law.text", Kind: hr.Bands, Key: "number", Value: "number", ByText: true, Steps: []hr.TableStep{
				step("A", "2020-01-01", row(hr.UpTo, "5", "1"), row(hr.Above, "0", "2")),
				step("B", "2026-04-20", row(hr.Above, "0", "3")),
			}},
			{Name: "law.slabs", Kind: hr.Slabs, Key: "number", Value: "percent", Basis: hr.ByPayDate, Steps: []hr.TableStep{
				step("", "2020-01-01", row(hr.UpTo, "10", "0"), row(hr.UpTo, "20", "5"), row(hr.Above, "0", "30")),
			}},
		},
	}
}

func drawNumber(t *rapid.T, label string) Value {
	return Number(decimal.New(rapid.Int64Range(-5000, 50000).Draw(t, label), -rapid.Int32Range(0, 3).Draw(t, "places")))
}

// Whatever the program, the flat instructions with decimals answer what a walk over the formulas with big.Rat answers,
// line by line, errors included; explaining fails for nothing that has an answer.
func TestProgramAgreesWithOracle(t *testing.T) {
	answers, failures := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w := &writer{t: t}
		text := w.program()
		f, err := Parse("random.rules", text)
		require.NoError(t, err, text)
		requireSameText(t, f)
		cfg := lawful()
		cfg.Files = []*File{f}
		p, err := Compile(cfg)
		require.NoError(t, err, text)
		req := Request{
			Period: hr.MustPeriod("2026-04-01..2026-04-30"), PayDate: hr.MustDate("2026-04-30").Add(rapid.IntRange(0, 1).Draw(t, "pay")),
			Values: []Value{
				drawNumber(t, "a"), drawNumber(t, "b"), drawNumber(t, "c"), YesNo(rapid.Bool().Draw(t, "f")),
				Text(rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "s")), Day(hr.MustDate("2026-04-08").Add(rapid.IntRange(0, 4).Draw(t, "t"))),
			},
			Trace: true,
		}
		cuts := make([]hr.Date, rapid.IntRange(0, 3).Draw(t, "cuts"))
		for i := range cuts {
			cuts[i] = req.Period.From.Add(rapid.IntRange(1, 29).Draw(t, "cut"))
		}
		for _, piece := range req.Period.Cut(cuts...) {
			req.Pieces = append(req.Pieces, Piece{piece, []Value{{}, {}, {}, {}, {}, {}, drawNumber(t, "r"), drawNumber(t, "q")}})
		}
		res, _ := p.Run(req)
		o := newOracle(f, cfg, p.Inputs(), req)
		for i, l := range p.Lines() {
			want, err := o.name(l.Name, -1)
			_, traceErr := res.Trace(i)
			if err != nil {
				require.Error(t, res.Err(i), "line %s of\n%s", l.Name, text)
				require.Error(t, traceErr)
				failures++
				continue
			}
			answers++
			require.NoError(t, res.Err(i), "line %s of\n%s", l.Name, text)
			require.NoError(t, traceErr)
			require.Zero(t, rat(res.Amount(i)).Cmp(want.(*big.Rat)), "line %s: got %s, want %s of\n%s", l.Name, res.Amount(i), want.(*big.Rat).RatString(), text)
		}
	})
	t.Logf("%d answers, %d errors", answers, failures)
	require.Greater(t, answers, failures, "the programs must mostly have answers")
}

// Wherever the period is cut, what is paid by the day adds up to the same.
func TestSplittingChangesNoTotal(t *testing.T) {
	f, err := Parse("split.rules", "input rate : money by piece\ninput piece_days : days by piece\ninput month_days : days\nline x = round(pieces(rate * piece_days / month_days), 0.01)\nline y : money*days = pieces(rate * piece_days)")
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		period := hr.MonthOf(hr.MustDate("2026-01-01").Add(rapid.IntRange(0, 700).Draw(t, "month")))
		rate := drawNumber(t, "rate")
		run := func(cuts ...hr.Date) Result {
			req := Request{Period: period, Values: []Value{{}, {}, Number(decimal.NewFromInt(int64(period.Len())))}}
			for _, piece := range period.Cut(cuts...) {
				req.Pieces = append(req.Pieces, Piece{piece, []Value{rate, Number(decimal.NewFromInt(int64(piece.Len())))}})
			}
			res, err := p.Run(req)
			require.NoError(t, err)
			return res
		}
		cuts := make([]hr.Date, rapid.IntRange(0, 6).Draw(t, "cuts"))
		for i := range cuts {
			cuts[i] = period.From.Add(rapid.IntRange(0, 31).Draw(t, "cut"))
		}
		one, many := run(), run(cuts...)
		require.True(t, one.Value(0).Equal(many.Value(0)), "%s, then %s", one.Value(0), many.Value(0))
		require.True(t, one.Value(1).Equal(many.Value(1)))
	})
}

// A bound on a register is never below what it bounds.
func TestSizeIsABound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type pair struct {
			s size
			n *big.Int
		}
		stack := []pair{{size{1, 0, 0}, big.NewInt(1)}}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			a := stack[rapid.IntRange(0, len(stack)-1).Draw(t, "a")]
			b := stack[rapid.IntRange(0, len(stack)-1).Draw(t, "b")]
			if a.s.exp+b.s.exp > 20000 {
				continue
			}
			if rapid.Bool().Draw(t, "times") {
				stack = append(stack, pair{a.s.times(b.s), new(big.Int).Mul(a.n, b.n)})
			} else {
				stack = append(stack, pair{a.s.plus(b.s), new(big.Int).Add(a.n, b.n)})
			}
			last := stack[len(stack)-1]
			bound := new(big.Int).Lsh(new(big.Int).SetUint64(last.s.mant), uint(last.s.exp))
			require.LessOrEqual(t, last.n.Cmp(bound), 0)
		}
	})
}
