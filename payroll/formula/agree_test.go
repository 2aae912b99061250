package formula

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

// drawRequest draws a request for a program of the writer: now and then a number so long that integers do not hold it.
func drawRequest(t *rapid.T) Request {
	number := func(label string) Value {
		if rapid.IntRange(0, 30).Draw(t, "long") == 0 {
			return Number(decimal.New(rapid.Int64Range(math.MinInt64, math.MaxInt64).Draw(t, label), rapid.Int32Range(-19, 5).Draw(t, "exponent")))
		}
		return drawNumber(t, label)
	}
	count := func() Value { // one with a fraction does not fit into the integers of a count
		if rapid.IntRange(0, 9).Draw(t, "part") == 0 {
			return number("c")
		}
		return Number(decimal.NewFromInt(rapid.Int64Range(-3, 60).Draw(t, "c")))
	}
	r := Request{
		Period: hr.MustPeriod("2026-04-01..2026-04-30"), PayDate: hr.MustDate("2026-04-30").Add(rapid.IntRange(0, 1).Draw(t, "pay")),
		Values: []Value{
			number("a"), number("b"), count(), YesNo(rapid.Bool().Draw(t, "f")),
			Text(rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "s")), Day(hr.MustDate("2026-04-08").Add(rapid.IntRange(0, 4).Draw(t, "t"))),
		},
	}
	cuts := make([]hr.Date, max(0, rapid.IntRange(-2, 3).Draw(t, "cuts")))
	for i := range cuts {
		cuts[i] = r.Period.From.Add(rapid.IntRange(1, 29).Draw(t, "cut"))
	}
	for _, piece := range r.Period.Cut(cuts...) {
		r.Pieces = append(r.Pieces, Piece{piece, []Value{{}, {}, {}, {}, {}, {}, number("r"), number("q")}})
	}
	return r
}

func drawProgram(t *rapid.T) *Program {
	w := &writer{t: t}
	text := w.program()
	f, err := Parse("random.rules", text)
	require.NoError(t, err, text)
	cfg := lawful()
	cfg.Files = []*File{f}
	p, err := Compile(cfg)
	require.NoError(t, err, text)
	return p
}

// requireSameRegisters runs r in both forms and compares every register that both have an answer in, and returns whether the integers
// held it all.
func requireSameRegisters(t *rapid.T, p *Program, r Request) bool {
	r = p.complete(r)
	require.NoError(t, p.validate(r))
	m := &machine{p: p, r: r, cells: make([]cell, p.registers+1), period: p.at(r.Period.Through), pay: p.at(r.PayDate)}
	m.now = m.period
	m.run(p.code)
	if p.ints == nil {
		return false
	}
	law := p.intsAt(r.Period.Through, r.PayDate)
	n := &intMachine{}
	n.begin(p.ints, law)
	if law.slow || !n.give(p, &r) || !n.run(p.ints.steps) {
		return false
	}
	for _, in := range p.valueOrder() {
		fast := p.ints.regOf[in.Dst]
		slow := m.cells[in.Dst]
		if n.marks[fast] || slow.err != nil {
			continue // it failed, or did not fit, and nobody looked at it; or else the lines disagree
		}
		if len(r.Pieces) > 1 {
			continue // sums of fractions may stand in other terms; the lines are compared
		}
		switch {
		case in.Op == OpEqText || in.Op == OpEqFlag || in.Op == OpLess || in.Op == OpLessEq || in.Op == OpEq || in.Op == OpNot:
			require.Equal(t, slow.yes, n.regs[fast] == 1, "%v", in)
		case slow.text != "" || slow.yes:
		default:
			if in.Op == OpAnd || in.Op == OpOr || in.Op == OpSelect || in.Op == OpInput {
				continue // a number, a text or a yes: what is made of it is compared
			}
			got := decimalOf(n.regs[fast], p.ints.places[fast])
			require.Zero(t, got.Cmp(slow.num), "register %d of %v: %s in integers, %s in decimals", in.Dst, in, got, slow.num)
		}
	}
	return true
}

func sameAnswers(t require.TestingT, want, got Result, wantErr, gotErr error, what string) {
	require.Equal(t, fmt.Sprint(wantErr), fmt.Sprint(gotErr), what)
	for i, l := range want.p.lines {
		if wantErr != nil && want.values == nil {
			continue
		}
		require.True(t, want.Value(i).Equal(got.Value(i)), "%s: line %s is %s in decimals and %s", what, l.Name, want.Value(i), got.Value(i))
		require.Equal(t, want.Amount(i).Cmp(got.Amount(i)), 0)
		require.Equal(t, fmt.Sprint(want.Err(i)), fmt.Sprint(got.Err(i)))
	}
}

// Whatever the program and what it is given: integers one employee at a time, integers in columns and decimals agree on every line,
// errors included, and the two loops trip on the same rows.
func TestIntegersAgreeWithDecimals(t *testing.T) {
	programs, fast, rows, slow := 0, 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgram(t)
		programs++
		first := drawRequest(t)
		steps := rapid.Bool().Draw(t, "steps")
		c := p.NewColumns(70, steps)
		for range 2 { // a second use finds nothing of the first
			c.Begin(first.Period, first.PayDate)
			var reqs []Request
			for range rapid.SampledFrom([]int{1, 3, 66}).Draw(t, "rows") {
				r := drawRequest(t)
				r.PayDate = first.PayDate
				reqs = append(reqs, r)
				row := c.Add()
				for i, v := range r.Values {
					c.Set(row, i, v)
				}
				c.SetPieces(row, r.Pieces)
			}
			c.Calculate()
			tripped := 0
			for row, r := range reqs {
				want, wantErr := p.RunDecimals(r)
				got, gotErr := p.Run(r)
				sameAnswers(t, want, got, wantErr, gotErr, "one employee")
				rows++
				if requireSameRegisters(t, p, r) {
					require.False(t, got.InDecimals(), "the shortened steps trip no more than all of them")
				}
				if got.InDecimals() {
					slow++
					tripped++
				}
				require.Equal(t, fmt.Sprint(wantErr), fmt.Sprint(c.Err(row)))
				for i := range p.lines {
					if wantErr == nil {
						require.Zero(t, c.Amount(row, i).Cmp(want.Amount(i)), "row %d, line %s", row, p.lines[i].Name)
					}
					if units, places := c.Units(i); c.Fits(row) {
						require.Zero(t, decimalOf(units[row], places).Cmp(want.Amount(i)))
					}
				}
			}
			if steps { // every value is kept, also those that nobody asks for
				require.LessOrEqual(t, tripped, c.InDecimals())
			} else {
				require.Equal(t, tripped, c.InDecimals(), "the loops must trip alike")
			}
		}
		if p.ints != nil {
			fast++
		}
	})
	t.Logf("%d programs, %d with an integer form; %d rows, %d in decimals", programs, fast, rows, slow)
	require.Greater(t, fast, programs/2)
}

// FuzzTwoForms feeds bytes to the generator of programs and requests.
func FuzzTwoForms(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		p := drawProgram(t)
		r := drawRequest(t)
		want, wantErr := p.RunDecimals(r)
		got, gotErr := p.Run(r)
		sameAnswers(t, want, got, wantErr, gotErr, "one employee")
		if wantErr == nil || want.values != nil {
			requireSameRegisters(t, p, r)
		}
	}))
}

// Every mode, every bias and every width of division, against the decimals.
func TestRounderAgreesWithRounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := hr.MustRounding(rapid.SampledFrom([]string{"0.01", "1", "10", "0.05", "0.25", "3", "0.0001", "7"}).Draw(t, "step"), rapid.SampledFrom(hr.RoundingModes()).Draw(t, "mode"))
		places, denPlaces := rapid.IntRange(0, 12).Draw(t, "places"), rapid.IntRange(0, 6).Draw(t, "den places")
		num := rapid.Int64().Draw(t, "num")
		switch rapid.IntRange(0, 2).Draw(t, "size") {
		case 0:
			num %= 1_000_000
		case 1:
			num = num / 8 * 5 / 5 * 5 // halves
		}
		den := rapid.Int64Range(1, math.MaxInt64).Draw(t, "den")
		if rapid.Bool().Draw(t, "small") {
			den = den%400 + 1
		}
		x, ok := newRounder(r, places, denPlaces)
		require.True(t, ok)
		check := func(got int64, fits bool, den decimal.Decimal) {
			want, err := r.Ratio(decimal.New(num, -int32(places)), den)
			require.NoError(t, err)
			if fits {
				require.Zero(t, want.Cmp(decimalOf(got, placesOf(r.Step))), "%d places %d over %s, %s: %d", num, places, den, r, got)
			}
		}
		got, fits := x.over(num, den)
		check(got, fits, decimal.New(den, -int32(denPlaces)))
		y, ok := newRounder(r, places, 0)
		require.True(t, ok)
		got, fits = y.whole(num)
		check(got, fits, decimal.NewFromInt(1))
		if num > -1_000_000_000 && num < 1_000_000_000 {
			require.True(t, fits, "small numbers fit")
		}
	})
}

func TestDivisor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		by := rapid.Uint64Range(1, math.MaxUint64).Draw(t, "by") >> rapid.IntRange(0, 63).Draw(t, "shift")
		n := rapid.Uint64().Draw(t, "n")
		if by == 0 {
			by = 1
		}
		d := newDivisor(by)
		require.Equal(t, n/by, d.quotient(n))
		require.Equal(t, by*(n/by)/by, d.quotient(by*(n/by)))
	})
}

// A guarded failure costs nothing: it neither trips nor is seen.
func TestWhatNobodyLooksAtDoesNotTrip(t *testing.T) {
	f, err := Parse("guard.rules", strings.TrimSpace(`
input a : number
input b : number
line x : number = if b > 0 then round(a / b, 0.01) else 7
line y : yes/no = b > 0 and a / b > 3
line z : yes/no = b <= 0 or a / b > 3
`))
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	for _, c := range []struct{ b, x, y, z string }{{"0", "7", "no", "yes"}, {"-1", "7", "no", "yes"}, {"2", "5", "yes", "yes"}, {"4", "2.5", "no", "no"}} {
		res, err := p.Run(Request{Period: hr.MustPeriod("2026-04-01..2026-04-30"), Values: []Value{Number(decimal.NewFromInt(10)), Number(decimal.RequireFromString(c.b))}})
		require.NoError(t, err)
		require.False(t, res.InDecimals(), c.b)
		require.Equal(t, []string{c.x, c.y, c.z}, []string{res.Value(0).String(), res.Value(1).String(), res.Value(2).String()})
	}
}

// A row that lacks values harms none: not itself, where a table goes by a text that it was never given, and not the others. A default
// that no formula and no table names is a text like any other.
func TestRowsThatLackATextAreFaultsOfTheirOwn(t *testing.T) {
	f, err := Parse("lack.rules", strings.TrimSpace(`
input n : number
input place : text
input kind : text = "usual"
bands rate : number -> number by text
    "A" above: 2
    "B" above: 3
line x : number = n * rate(place, n)
line y : number = if kind = "rare" then 1 else 0
`))
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	const rows = 2 * few
	c := p.NewColumns(rows, false)
	c.Begin(hr.MustPeriod("2026-04-01..2026-04-30"), hr.Date{})
	for row := range rows {
		c.Add()
		if row != 3 {
			c.Set(row, 0, Number(decimal.NewFromInt(int64(row))))
			c.Set(row, 1, Text("B"))
		}
	}
	c.Calculate()
	for row := range rows {
		if row == 3 {
			require.ErrorContains(t, c.Err(row), "place: is required")
			continue
		}
		require.NoError(t, c.Err(row))
		require.Equal(t, decimal.NewFromInt(3*int64(row)).String(), c.Amount(row, 0).String())
		require.True(t, c.Amount(row, 1).IsZero())
	}
	require.Equal(t, 1, c.InDecimals(), "only the row that lacks it")
}

// A program whose numbers are too long for integers says so, and answers all the same.
func TestLongNumbersAreWarnedOf(t *testing.T) {
	f, err := Parse("long.rules", "input a : money\nlet b = a * 1.0000001 * 1.0000001\nline x = round(b * 1.000001, 0.01)\n")
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	require.False(t, p.InIntegers())
	require.Equal(t, 0, p.LinePlaces(0))
	require.Len(t, p.Warnings(), 1)
	require.Equal(t, RuleDecimals, p.Warnings()[0].Rule)
	require.ErrorContains(t, p.Warnings()[0], "long.rules:3:6")
	res, err := p.Run(Request{Period: hr.MustPeriod("2026-04-01..2026-04-30"), Values: []Value{Number(decimal.NewFromInt(10_000_000))}})
	require.NoError(t, err)
	require.True(t, res.InDecimals())
	require.Equal(t, "10000012", res.Value(0).String()) // 10,000,000 x 1.0000001^2 x 1.000001 = 10,000,012.000002...
	c := p.NewColumns(1, false)
	c.Begin(hr.MustPeriod("2026-04-01..2026-04-30"), hr.Date{})
	c.SetUnits(c.Add(), 0, 10_000_000_00)
	c.Calculate()
	require.NoError(t, c.Err(0))
	require.False(t, c.Fits(0))
	require.Equal(t, 1, c.InDecimals())
	require.Equal(t, "10000012", c.Amount(0, 0).String())
}

// What no integer can mean for an input is a fault of its row alone.
func TestSetUnitsRefusesWhatIsNoValue(t *testing.T) {
	f, err := Parse("odd.rules", "input f : yes/no\ninput s : text\ninput a : number\nline x : number = if f and s != \"A\" then a else 0\n")
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	c := p.NewColumns(4, false)
	c.Begin(hr.MustPeriod("2026-04-01..2026-04-30"), hr.Date{})
	for range 4 {
		row := c.Add()
		c.SetUnits(row, 0, 1)
		c.Set(row, 1, Text("B"))
		c.SetUnits(row, 2, 5_0000)
	}
	c.SetUnits(1, 0, 2)
	c.SetUnits(2, 1, 1)
	c.SetUnits(3, 2, math.MinInt64)
	c.Calculate()
	require.NoError(t, c.Err(0))
	require.Equal(t, "5", c.Amount(0, 0).String())
	for row := 1; row < 4; row++ {
		require.Error(t, c.Err(row))
		require.False(t, c.Fits(row))
	}
}

// The denominator of a sum over pieces is a register of its own, also where it must come at more places. With a = 10, b = 4 and rate 10
// for the one piece: 1 / 4 is chosen over 10 / 10 where f is yes, and 10 / 10 where it is no.
func TestDenominatorOfPieces(t *testing.T) {
	f, err := Parse("pieces.rules", "input a : number\ninput b : percent\ninput r : number by piece\ninput f : yes/no\nline w : number = 1.000001 + a\n"+
		"line x : number = round(if f then a / (b + 0) else pieces(r / (a + 0)), 0.01)\nline y : number = round(max(a / (b + 0) / 1000, pieces(r / (a + 0))) * 3, 0.01)\n")
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	n := decimal.NewFromInt
	for yes, want := range map[bool]string{true: "250", false: "2"} { // 10 / 4 %, and 20 / 10
		req := Request{Period: hr.MustPeriod("2026-04-01..2026-04-30"), Values: []Value{Number(n(10)), Number(n(4)), {}, YesNo(yes)}}
		req.Pieces = []Piece{{req.Period, []Value{{}, {}, Number(n(20))}}}
		res, err := p.Run(req)
		require.NoError(t, err)
		require.False(t, res.InDecimals())
		require.Equal(t, want, res.Value(1).String())
		require.Equal(t, "6", res.Value(2).String()) // the greater of 0.25 and 2, three times
		slow, err := p.RunDecimals(req)
		require.NoError(t, err)
		require.True(t, slow.Value(1).Equal(res.Value(1)) && slow.Value(2).Equal(res.Value(2)))
	}
}
