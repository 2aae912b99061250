package formula

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/musterhr/hr"
)

var (
	wholeApril = hr.MustPeriod("2026-04-01..2026-04-30")
	aprilPiece = func(p string, values ...Value) Piece { return Piece{hr.MustPeriod(p), values} }
)

func num(s string) Value { return Number(decimal.RequireFromString(s)) }

// What is wrong with a request is said alike, whichever form would have calculated it: by Run, by the decimals, and for a row of columns.
func TestFaultsOfRequestsAreOneInAllForms(t *testing.T) {
	byPiece := program(t, "input a : number\ninput r : number by piece\nline x : number = a + pieces(r)\n")
	plain := program(t, "input a : number\nline x : number = a\n")
	whole := func(values ...Value) []Piece { return []Piece{{wholeApril, values}} }
	for _, c := range []struct {
		name   string
		p      *Program
		values []Value
		pieces []Piece
		fault  string
	}{
		{"more values in a piece than there are inputs", byPiece, []Value{num("1")}, whole(Value{}, num("2"), num("3")), "pieces[0].values"},
		{"just as many", byPiece, []Value{num("1")}, whole(Value{}, num("2")), ""},
		{"a piece outside the period", byPiece, []Value{num("1")}, []Piece{aprilPiece("2026-03-31..2026-04-30", Value{}, num("2"))}, "pieces[0].period"},
		{"a piece behind the period", byPiece, []Value{num("1")}, []Piece{aprilPiece("2026-04-01..2026-05-01", Value{}, num("2"))}, "pieces[0].period"},
		{"a piece without an end", byPiece, []Value{num("1")}, []Piece{{hr.Period{From: wholeApril.From}, []Value{{}, num("2")}}}, "pieces[0].period"},
		{
			"two pieces of one day", byPiece,
			[]Value{num("1")},
			[]Piece{aprilPiece("2026-04-01..2026-04-10", Value{}, num("2")), aprilPiece("2026-04-10..2026-04-30", Value{}, num("2"))},
			"pieces[1].period",
		},
		{
			"two pieces side by side", byPiece,
			[]Value{num("1")},
			[]Piece{aprilPiece("2026-04-01..2026-04-10", Value{}, num("2")), aprilPiece("2026-04-11..2026-04-30", Value{}, num("2"))},
			"",
		},
		{"pieces where nothing is read by piece", plain, []Value{num("1")}, []Piece{aprilPiece("2026-04-01..2026-04-10"), aprilPiece("2026-04-10..2026-04-30")}, "pieces[1].period"},
		{"a piece outside the period where nothing is read by piece", plain, []Value{num("1")}, []Piece{aprilPiece("2026-03-01..2026-03-31")}, "pieces[0].period"},
		{"zeros beyond 20 places", plain, []Value{num("1.000000000000000000000")}, nil, "values[0]"},
		{"zeros beyond 20 places behind a digit", plain, []Value{num("0.001000000000000000000")}, nil, "values[0]"},
		{"a nought of 21 places", plain, []Value{num("0e-21")}, nil, "values[0]"},
		{"zeros up to 20 places", plain, []Value{num("1.00000000000000000000")}, nil, ""},
		{"a nought of 31 digits", plain, []Value{num("0e30")}, nil, "values[0]"},
		{"a nought of 30 digits", plain, []Value{num("0e29")}, nil, ""},
		{"zeros beyond 20 places in a piece", byPiece, []Value{num("1")}, whole(Value{}, num("0.001000000000000000000")), "pieces[0].values[1]"},
		{"a text for a number", plain, []Value{Text("1")}, nil, "values[0]"},
		{"no value", plain, nil, nil, "values[0]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			req := Request{Period: wholeApril, Values: c.values, Pieces: c.pieces}
			_, want := c.p.RunDecimals(req)
			if c.fault == "" {
				require.NoError(t, want)
			} else {
				require.ErrorContains(t, want, c.fault)
			}
			_, err := c.p.Run(req)
			require.Equal(t, fmt.Sprint(want), fmt.Sprint(err))
			for _, usual := range []bool{false, true} {
				cols := c.p.NewColumns(2*few, false)
				cols.Begin(wholeApril, hr.Date{})
				for row := range 2 * few {
					cols.Add()
					for i, v := range c.values {
						if usual {
							cols.SetUsual(i, v)
						} else if v.kind == numeric && row > 0 {
							cols.SetNumber(row, i, v.num)
						} else {
							cols.Set(row, i, v)
						}
					}
					if c.pieces != nil {
						cols.SetPieces(row, c.pieces)
					}
				}
				cols.Calculate()
				for row := range 2 * few {
					require.Equal(t, fmt.Sprint(want), fmt.Sprint(cols.Err(row)), "row %d, usual %t", row, usual)
				}
			}
		})
	}
}

// Columns take as many rows as they were made for, and are empty again after Begin.
func TestColumnsAreFull(t *testing.T) {
	c := program(t, "input a : number\nline x : number = a\n").NewColumns(2, false)
	for range 2 {
		c.Begin(wholeApril, hr.Date{})
		require.Zero(t, c.Rows())
		require.Equal(t, []int{0, 1, -1, -1}, []int{c.Add(), c.Add(), c.Add(), c.Add()})
		require.Equal(t, 2, c.Rows())
	}
	require.Equal(t, "formula columns of 2 rows", fmt.Sprint(c))
}

// Columns that go from one period to the next read the law of the next, by its last day and by its day of payment; what is usual in one
// period is not in the next, and stays where a period begins again.
func TestColumnsGoFromPeriodToPeriod(t *testing.T) {
	cfg := lawful()
	f, err := Parse("law.rules", "input a : number\ninput u : number = 5\nline x : number = a * law.rate + u\nline y : number = a * law.pay\n")
	require.NoError(t, err)
	cfg.Files = []*File{f}
	p, err := Compile(cfg)
	require.NoError(t, err)
	c := p.NewColumns(few, false)
	for _, step := range []struct {
		period, pay, usual, x, y string
	}{
		{"2026-03-01..2026-03-31", "2026-04-07", "", "17", "300"},     // 12 % and 5; 3 by the day of payment
		{"2026-04-01..2026-04-30", "2026-04-07", "7", "15.33", "300"}, // 8.33 % since 12 April
		{"2026-04-01..2026-04-30", "2026-04-07", "", "15.33", "300"},
		{"2026-04-01..2026-04-30", "2026-05-07", "", "13.33", "400"},
		{"2026-03-01..2026-03-31", "2026-05-07", "", "17", "400"},
	} {
		c.Begin(hr.MustPeriod(step.period), hr.MustDate(step.pay))
		if step.usual != "" {
			c.SetUsual(1, num(step.usual))
		}
		for range few {
			c.SetNumber(c.Add(), 0, decimal.NewFromInt(100))
		}
		c.Calculate()
		require.Zero(t, c.InDecimals())
		for row := range few {
			require.Equal(t, []string{step.x, step.y}, []string{c.Amount(row, 0).String(), c.Amount(row, 1).String()}, step)
		}
	}
	// without a day of payment, or a last day of the period, there is no law to read, and each row says so
	for _, c := range []struct {
		period hr.Period
		pay    hr.Date
		fault  string
	}{{wholeApril, hr.Date{}, "payDate"}, {hr.Period{From: wholeApril.From}, wholeApril.Through, "period"}} {
		cols := p.NewColumns(1, false)
		cols.Begin(c.period, c.pay)
		cols.SetNumber(cols.Add(), 0, decimal.NewFromInt(100))
		cols.Calculate()
		require.ErrorContains(t, cols.Err(0), c.fault)
	}
}

// What a row was given is read back as it was given, texts that no formula names among them, and what is usual where it was not.
func TestColumnsReadBackWhatTheyWereGiven(t *testing.T) {
	p := program(t, "input s : text\ninput a : number\ninput f : yes/no\ninput d : date\nline x : number = if s = \"A\" then a else 0\n")
	c := p.NewColumns(20, false)
	c.Begin(wholeApril, hr.Date{})
	texts := []string{"A", "", "B", "xB", "B", "A", "zA", "", "J", "R", "J"} // several end in letters that are remembered in one place
	for _, text := range texts {
		row := c.Add()
		c.Set(row, 0, Text(text))
		c.SetNumber(row, 1, decimal.NewFromInt(int64(row+1)))
		c.Set(row, 2, YesNo(row%2 == 0))
		c.Set(row, 3, Day(wholeApril.From.Add(row)))
	}
	c.SetUsual(1, num("77"))
	c.SetUsual(2, YesNo(true))
	c.SetUsual(3, Day(wholeApril.From))
	c.Set(c.Add(), 0, Text("A"))
	c.Calculate()
	for row, text := range texts {
		require.NoError(t, c.Err(row))
		v := c.Values(row)
		require.Equal(t, []string{text, fmt.Sprint(row + 1), YesNo(row%2 == 0).String(), wholeApril.From.Add(row).String()}, []string{v[0].String(), v[1].String(), v[2].String(), v[3].String()})
		require.True(t, v[0].Equal(Text(text)))
		want := int64(0)
		if text == "A" {
			want = int64(row + 1)
		}
		require.Equal(t, fmt.Sprint(want), c.Amount(row, 0).String(), text)
	}
	require.Equal(t, "77", c.Values(len(texts))[1].String())
	require.Equal(t, "77", c.Amount(len(texts), 0).String())
	require.Zero(t, c.InDecimals())
}

// The least integer stands for no value in a column: a row that is given just that number is calculated in decimals, and rightly.
func TestTheLeastIntegerIsANumberToo(t *testing.T) {
	p := program(t, "input a : number\ninput s : text = \"A\"\nline x : number = a + 1\n")
	least := decimal.New(math.MinInt64, -4)
	for _, set := range []func(c *Columns, row int){
		func(c *Columns, row int) { c.SetNumber(row, 0, least) },
		func(c *Columns, row int) { c.Set(row, 0, Number(least)) },
		func(c *Columns, _ int) { c.SetUsual(0, Number(least)) },
	} {
		c := p.NewColumns(2*few, false)
		c.Begin(wholeApril, hr.Date{})
		for range 2 * few {
			set(c, c.Add())
		}
		c.Calculate()
		for row := range c.Rows() {
			require.NoError(t, c.Err(row))
			require.Equal(t, "-922337203685476.5808", c.Amount(row, 0).String()) // one more than -922,337,203,685,477.5808
		}
		require.Equal(t, 2*few, c.InDecimals())
	}
	c := p.NewColumns(1, false)
	c.Begin(wholeApril, hr.Date{})
	row := c.Add()
	c.SetUnits(row, 0, 1_0000)
	c.SetNumber(row, 1, decimal.NewFromInt(3))
	c.Calculate()
	require.ErrorContains(t, c.Err(row), "values[1] s: must be a text")
}

// A text that no formula names costs memory only for so long: past 10,000 of them, Begin forgets them all.
func TestTextsAreForgotten(t *testing.T) {
	p := program(t, "input s : text\nline x : number = if s = \"A\" then 1 else 2\n")
	c := p.NewColumns(maxOtherTexts+1, false)
	for _, texts := range []int{maxOtherTexts, maxOtherTexts + 1} {
		c.Begin(wholeApril, hr.Date{})
		for i := range texts {
			c.Set(c.Add(), 0, Text(fmt.Sprint("no ", i)))
		}
		c.Begin(wholeApril, hr.Date{})
		require.Equal(t, texts == maxOtherTexts, len(c.others) == texts, "%d texts", texts)
		require.Equal(t, texts > maxOtherTexts, len(c.others) == 0, "%d texts", texts)
	}
	for _, text := range []string{"no 7", "A", "no 8"} {
		c.Set(c.Add(), 0, Text(text))
	}
	c.Calculate()
	for row, want := range []string{"2", "1", "2"} {
		require.Equal(t, want, c.Amount(row, 0).String())
	}
	require.Equal(t, "no 8", c.Values(2)[0].String())
}

// However many rows there are, around what goes through the instructions together, each has the answer of its own; the amount of a yes/no
// is nothing.
func TestEveryRowHasItsOwnAnswer(t *testing.T) {
	p := program(t, `input a : number
input z : number
input s : text
input w : number = 3
bands b : number -> number by text
    "A" upto 100: 1
    above: 2
    "B" above: 3
slabs tax : number -> percent
    upto 50: 10%
    above: 20%
line x : number = round(if z > 0 then a / z else b(s, a) + w, 0.01)
line y : number = round(tax(a) + (if s = "A" then max(a, z) else -min(a, z)), 0.01)
line f : yes/no = z > 0 and a / z > 2
line g : number = a
`)
	for _, steps := range []bool{false, true} {
		c := p.NewColumns(2*chunk+1, steps)
		for _, rows := range []int{1, few - 1, few, chunk - 1, chunk, chunk + 1, 2 * chunk, 2*chunk + 1} {
			c.Begin(wholeApril, hr.Date{})
			var reqs []Request
			for row := range rows {
				req := Request{Period: wholeApril, Values: []Value{Number(decimal.NewFromInt(int64(row))), Number(decimal.NewFromInt(int64(row%5 - 1))), Text([]string{"A", "B"}[row%2])}}
				if row == 2 {
					req.Values[3-1] = Text("C") // no rows of the table are for it
				}
				reqs = append(reqs, req)
				c.Add()
				for i, v := range req.Values {
					c.Set(row, i, v)
				}
			}
			c.Calculate()
			for row, req := range reqs {
				want, err := p.RunDecimals(req)
				require.Equal(t, fmt.Sprint(err), fmt.Sprint(c.Err(row)))
				for i := range p.lines {
					if want.Err(i) == nil {
						require.Zero(t, want.Amount(i).Cmp(c.Amount(row, i)), "row %d of %d, line %d: %s, %s", row, rows, i, want.Amount(i), c.Amount(row, i))
					}
				}
				require.True(t, c.Amount(row, 2).IsZero())
				if units, places := c.Units(2); err == nil {
					require.Equal(t, int64(btoi(want.Value(2).Yes())), units[row])
					require.Zero(t, places)
					require.True(t, c.Fits(row))
				}
			}
			require.LessOrEqual(t, c.InDecimals(), 1)
		}
	}
}

// A row is explained as the decimals explain it, whether its steps were kept or it is calculated again.
func TestTracesOfColumnsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgram(t)
		first := drawRequest(t)
		steps := rapid.Bool().Draw(t, "steps")
		c := p.NewColumns(chunk+2, steps)
		c.Begin(first.Period, first.PayDate)
		var reqs []Request
		for range 4 {
			r := drawRequest(t)
			r.PayDate = first.PayDate
			reqs = append(reqs, r)
		}
		for row := range chunk + 2 {
			r := reqs[row%len(reqs)]
			c.Add()
			for i, v := range r.Values {
				c.Set(row, i, v)
			}
			c.SetPieces(row, r.Pieces)
		}
		c.Calculate()
		evidence := func(input string, piece int) []hr.Ref { return []hr.Ref{{Kind: input, ID: fmt.Sprint(piece)}} }
		for _, row := range []int{0, 1, 2, 3, chunk, chunk + 1} {
			r := reqs[row%len(reqs)]
			r.Trace, r.Evidence = true, evidence
			res, _ := p.RunDecimals(r)
			for i := range p.lines {
				want, wantErr := res.Trace(i)
				got, gotErr := c.Trace(row, i, evidence)
				require.Equal(t, fmt.Sprint(wantErr), fmt.Sprint(gotErr))
				require.Equal(t, shownTrace(t, want), shownTrace(t, got))
			}
		}
	})
}

func shownTrace(t require.TestingT, tr hr.Trace) string {
	var b strings.Builder
	require.NoError(t, tr.Text(&b))
	return b.String()
}

// A row with one piece that is a part of the period is explained by that piece.
func TestTraceOfAPartOfThePeriod(t *testing.T) {
	p := program(t, "input r : number by piece\nline x : number = pieces(r * 2)\n")
	c := p.NewColumns(few, true)
	c.Begin(wholeApril, hr.Date{})
	for _, piece := range []string{"2026-04-01..2026-04-30", "2026-04-11..2026-04-30", "2026-04-01..2026-04-29"} {
		c.SetPieces(c.Add(), []Piece{aprilPiece(piece, num("4"))})
	}
	c.Calculate()
	require.Zero(t, c.InDecimals())
	for row, piece := range []string{"2026-04-01..2026-04-30", "2026-04-11..2026-04-30", "2026-04-01..2026-04-29"} {
		tr, err := c.Trace(row, 0, nil)
		require.NoError(t, err)
		require.Equal(t, "8", tr.Value)
		require.Equal(t, piece, tr.Parts[0].Period.String())
	}
	lacks := p.NewColumns(1, false)
	lacks.Begin(wholeApril, hr.Date{})
	lacks.Add()
	lacks.Calculate()
	_, err := lacks.Trace(0, 0, nil)
	require.ErrorContains(t, err, "pieces[0].values[0] r: is required")
}

// Every step of a column answers at the edges of 64 bits what big.Int answers, and just the rows for which it does not fit leave the
// integers. A count has no places, so that its units are its value.
func TestStepsOfColumnsAtTheEdges(t *testing.T) {
	type ints = []*big.Int
	flag := func(yes bool) *big.Int { return big.NewInt(int64(btoi(yes))) }
	z := func() *big.Int { return new(big.Int) }
	one, ten := big.NewInt(1), big.NewInt(10)
	for _, c := range []struct {
		formula string
		exact   func(a, b *big.Int) ints // the answer last, and what there is on the way
	}{
		{": count = a + b", func(a, b *big.Int) ints { return ints{z().Add(a, b)} }},
		{": count = a + b + 1", func(a, b *big.Int) ints { return ints{z().Add(a, b), z().Add(one, z().Add(a, b))} }},
		{": count = a - b", func(a, b *big.Int) ints { return ints{z().Sub(a, b)} }},
		{": count = a * b", func(a, b *big.Int) ints { return ints{z().Mul(a, b)} }},
		{": count = -(a - 1)", func(a, _ *big.Int) ints { return ints{z().Sub(a, one), z().Sub(one, a)} }},
		{": number = a + 0.1", func(a, _ *big.Int) ints { return ints{z().Mul(a, ten), z().Add(one, z().Mul(a, ten))} }},
		{": count = min(a, b)", func(a, b *big.Int) ints {
			if a.Cmp(b) < 0 {
				return ints{a}
			}
			return ints{b}
		}},
		{": count = max(a, b)", func(a, b *big.Int) ints {
			if a.Cmp(b) > 0 {
				return ints{a}
			}
			return ints{b}
		}},
		{": yes/no = a < b", func(a, b *big.Int) ints { return ints{flag(a.Cmp(b) < 0)} }},
		{": yes/no = a <= b", func(a, b *big.Int) ints { return ints{flag(a.Cmp(b) <= 0)} }},
		{": yes/no = a = b", func(a, b *big.Int) ints { return ints{flag(a.Cmp(b) == 0)} }},
		{": yes/no = a != b", func(a, b *big.Int) ints { return ints{flag(a.Cmp(b) != 0)} }},
		{": yes/no = a < 3 and b < 3", func(a, b *big.Int) ints { return ints{flag(a.Cmp(big.NewInt(3)) < 0 && b.Cmp(big.NewInt(3)) < 0)} }},
		{": yes/no = a < 3 or b < 3", func(a, b *big.Int) ints { return ints{flag(a.Cmp(big.NewInt(3)) < 0 || b.Cmp(big.NewInt(3)) < 0)} }},
		{": count = if a < b then a else 7", func(a, b *big.Int) ints {
			if a.Cmp(b) < 0 {
				return ints{a}
			}
			return ints{big.NewInt(7)}
		}},
	} {
		p := program(t, "input a : count\ninput b : count\nline x "+c.formula+"\nline y : count = a\nline z : count = b\n")
		for _, steps := range []bool{false, true} {
			cols := p.NewColumns(len(edges)*len(edges), steps)
			cols.Begin(wholeApril, hr.Date{})
			var wants []*big.Int
			unfit := 0
			for _, a := range edges {
				for _, b := range edges {
					if a == notGiven || b == notGiven {
						continue
					}
					row := cols.Add()
					cols.SetUnits(row, 0, a)
					cols.SetUnits(row, 1, b)
					exact := c.exact(big.NewInt(a), big.NewInt(b))
					wants = append(wants, exact[len(exact)-1])
					unfit += btoi(slices.ContainsFunc(exact, func(x *big.Int) bool { return !x.IsInt64() }))
				}
			}
			cols.Calculate()
			require.Equal(t, unfit, cols.InDecimals(), c.formula)
			for row, want := range wants {
				require.NoError(t, cols.Err(row))
				if units, _ := cols.Units(0); cols.Fits(row) {
					require.Equal(t, want.String(), fmt.Sprint(units[row]), "%s for %v", c.formula, cols.Values(row))
				} else {
					require.False(t, want.IsInt64(), c.formula)
				}
			}
		}
	}
}

// A divisor that is nothing fails its own row, and no other, alone and in fractions of fractions.
func TestDivisorsOfColumns(t *testing.T) {
	p := program(t, "input a : count\ninput b : count\ninput n : number\nbands rate : number -> number\n    below 1.5: 1\n    upto 2.25: 2\n    above: 3\n"+
		"line x : number = round(a / b, 0.01)\nline y : number = round(a * 3 / (b * 2), 1)\nline z : number = rate(a / b) + rate(a)\nline v : number = round(a / 4 / b, 0.1)\nline w : number = rate(n / b) - rate(n)\n")
	for _, steps := range []bool{false, true} {
		c := p.NewColumns(100, steps)
		c.Begin(wholeApril, hr.Date{})
		for a := int64(-2); a < 8; a++ {
			for b := int64(-1); b < 5; b++ {
				row := c.Add()
				c.SetUnits(row, 0, a)
				c.SetUnits(row, 1, b)
				c.SetUnits(row, 2, a*7500)
			}
		}
		c.Calculate()
		for row := range c.Rows() {
			want, err := p.RunDecimals(Request{Period: wholeApril, Values: c.Values(row)})
			require.Equal(t, fmt.Sprint(err), fmt.Sprint(c.Err(row)))
			require.Equal(t, c.Values(row)[1].num.Sign() > 0, err == nil)
			for i := range p.lines {
				require.Zero(t, want.Amount(i).Cmp(c.Amount(row, i)), "row %d, line %d", row, i)
			}
		}
		require.Equal(t, 20, c.InDecimals())
	}
}

// A period may have 400 pieces in integers, and the only piece is read under the law of its own last day.
func TestPiecesOfRequests(t *testing.T) {
	cfg := lawful()
	f, err := Parse("pieces.rules", "input a : number by piece\nline x : number = pieces(a * law.rate)\nline y : number = first(a) + last(a)\n")
	require.NoError(t, err)
	cfg.Files = []*File{f}
	p, err := Compile(cfg)
	require.NoError(t, err)
	run := func(r Request, want ...string) {
		res, err := p.Run(r)
		require.NoError(t, err)
		require.False(t, res.InDecimals())
		require.Equal(t, want, []string{res.Value(0).String(), res.Value(1).String()})
	}
	run(Request{Period: wholeApril, Pieces: []Piece{aprilPiece("2026-04-01..2026-04-11", num("100"))}}, "12", "200") // 8.33 % from the 12th on
	run(Request{Period: wholeApril, Pieces: []Piece{aprilPiece("2026-04-01..2026-04-12", num("100"))}}, "8.33", "200")
	run(Request{Period: wholeApril, Pieces: []Piece{aprilPiece("2026-04-01..2026-04-12", num("100")), aprilPiece("2026-04-13..2026-04-30", num("200"))}}, "24.99", "300")
	run(Request{Period: wholeApril, Pieces: []Piece{aprilPiece("2026-04-01..2026-04-11", num("100")), aprilPiece("2026-04-12..2026-04-30", num("200"))}}, "28.66", "300")
	long := Request{Period: hr.Period{From: hr.MustDate("2024-01-01"), Through: hr.MustDate("2026-03-31")}}
	for day := range MaxPieces {
		on := long.Period.From.Add(day)
		long.Pieces = append(long.Pieces, Piece{hr.Period{From: on, Through: on}, []Value{num("1")}})
	}
	run(long, "48", "2") // 12 % of 400
	long.Pieces = append(long.Pieces, aprilPiece("2026-03-31..2026-03-31", num("1")))
	_, err = p.Run(long)
	require.ErrorContains(t, err, "are more than 400")
}

// What was given to a row in one period, and be it what no input can be, is forgotten in the next, whether it begins again or is another.
func TestRowsAreForgotten(t *testing.T) {
	p := program(t, "input s : text = \"B\"\ninput f : yes/no = no\ninput a : number = 4\nline x : number = if s = \"A\" or f then a else 0\n")
	c := p.NewColumns(few, false)
	for _, period := range []string{"2026-04-01..2026-04-30", "2026-04-01..2026-04-30", "2026-05-01..2026-05-31"} {
		c.Begin(hr.MustPeriod(period), hr.Date{})
		c.SetUnits(c.Add(), 0, 1)
		c.SetUnits(c.Add(), 1, 2)
		c.SetNumber(c.Add(), 2, decimal.RequireFromString("0.00001"))
		c.Set(c.Add(), 0, Text("A"))
		c.SetUnits(c.Add(), 1, 1)
		c.Calculate()
		for row, fault := range []string{"must be a text", "must be a yes or a no", "", "", ""} {
			if fault == "" {
				require.NoError(t, c.Err(row))
			} else {
				require.ErrorContains(t, c.Err(row), fault)
			}
		}
		require.Equal(t, []string{"0", "4", "4"}, []string{c.Amount(2, 0).String(), c.Amount(3, 0).String(), c.Amount(4, 0).String()})
		require.Equal(t, 3, c.InDecimals())

		c.Begin(hr.MustPeriod(period), hr.Date{})
		for range 5 {
			c.Add()
		}
		c.Calculate()
		for row := range 5 {
			require.NoError(t, c.Err(row))
			require.Zero(t, c.Amount(row, 0).Sign())
			require.Equal(t, "B", c.Values(row)[0].String())
		}
		require.Zero(t, c.InDecimals())
	}
}

// A row with one piece under the law of the period goes through the columns with the others, however many values its piece has; one under
// another law, or with several, is taken alone. A program without an integer form takes pieces too.
func TestRowsOfOnePieceStayInTheColumns(t *testing.T) {
	cfg := lawful()
	f, err := Parse("one.rules", "input a : number by piece\ninput b : number = 1\nline x : number = pieces(a * law.rate) + b\n")
	require.NoError(t, err)
	cfg.Files = []*File{f}
	p, err := Compile(cfg)
	require.NoError(t, err)
	c := p.NewColumns(2*few, false)
	c.Begin(wholeApril, hr.Date{})
	rows := []struct {
		pieces []Piece
		alone  bool
		x      string
	}{
		{[]Piece{aprilPiece("2026-04-01..2026-04-30", num("100"))}, false, "9.33"},
		{[]Piece{aprilPiece("2026-04-01..2026-04-30", num("100"), Value{})}, false, "9.33"},
		{[]Piece{aprilPiece("2026-04-12..2026-04-20", num("100"))}, false, "9.33"},
		{[]Piece{aprilPiece("2026-04-01..2026-04-11", num("100"))}, true, "13"},
		{[]Piece{aprilPiece("2026-04-01..2026-04-11", num("100")), aprilPiece("2026-04-12..2026-04-30", num("100"))}, true, "21.33"},
		{[]Piece{aprilPiece("2026-04-01..2026-04-30", num("200"))}, false, "17.66"},
	}
	for _, r := range rows {
		c.SetPieces(c.Add(), r.pieces)
	}
	c.Calculate()
	for row, r := range rows {
		require.NoError(t, c.Err(row))
		require.Equal(t, r.alone, c.trip[row], "row %d", row)
		require.Equal(t, r.x, c.Amount(row, 0).String())
	}
	require.Zero(t, c.InDecimals(), "alone, and in integers")

	slow := program(t, "input a : number by piece\ninput s : text = \"A\"\nline x : number = round(pieces(a * 1.0000000001) * (if s = \"A\" then 1.0000000001 else 2), 0.01)\n")
	require.False(t, slow.InIntegers())
	c = slow.NewColumns(1, false)
	c.Begin(wholeApril, hr.Date{})
	c.SetPieces(c.Add(), []Piece{aprilPiece("2026-04-01..2026-04-30", num("100"))})
	c.Calculate()
	require.NoError(t, c.Err(0))
	require.Equal(t, "100", c.Amount(0, 0).String())
}

// What is usual stands in for what a row is not given: in all rows, in some and in none, whatever stood for it before.
func TestWhatIsUsual(t *testing.T) {
	p := program(t, "input a : number = 2\ninput s : text = \"A\"\nline x : number = if s = \"A\" then a else -a\n")
	c := p.NewColumns(chunk+few, false)
	for _, usual := range []string{"", "5", "0", "7"} {
		for every, given := range map[int]string{0: "none", 1: "all", 2: "every other"} {
			c.Begin(wholeApril, hr.Date{})
			want := "2"
			if usual != "" {
				c.SetUsual(0, num(usual))
				c.SetUsual(1, Text("B"))
				want = num("0").num.Sub(num(usual).num).String()
			} else {
				c.SetUsual(0, num("2"))
				c.SetUsual(1, Text("A"))
			}
			for row := range chunk + few {
				c.Add()
				if every > 0 && row%every == 0 {
					c.SetNumber(row, 0, decimal.NewFromInt(100))
					c.Set(row, 1, Text("A"))
				}
			}
			c.Calculate()
			for row := range c.Rows() {
				require.NoError(t, c.Err(row))
				if every > 0 && row%every == 0 {
					require.Equal(t, "100", c.Amount(row, 0).String(), "%s are given", given)
				} else {
					require.Equal(t, want, c.Amount(row, 0).String(), "%s are given", given)
				}
			}
			require.Zero(t, c.InDecimals())
		}
	}
}

// A parameter without a value is an error of the line that is it, and of none that does not look at it, though both read one number.
func TestAParameterWithoutAValueInColumns(t *testing.T) {
	cfg := lawful()
	f, err := Parse("cap.rules", "input a : number by piece\nline x : number = pieces(if a > 0 then law.cap else a)\nline y : number = law.cap\nline z : number = law.text(\"A\", 6)\n")
	require.NoError(t, err)
	cfg.Files = []*File{f}
	p, err := Compile(cfg)
	require.NoError(t, err)
	for _, steps := range []bool{false, true} {
		c := p.NewColumns(2*few, steps)
		for period, fails := range map[string]bool{"2026-03-01..2026-03-31": true, "2026-04-01..2026-04-30": false} { // it holds since 12 April
			c.Begin(hr.MustPeriod(period), hr.Date{})
			for row := range 2 * few {
				c.SetNumber(c.Add(), 0, decimal.NewFromInt(int64(row%2)))
			}
			c.Calculate()
			for row := range 2 * few {
				r := Request{Period: hr.MustPeriod(period), Pieces: []Piece{{hr.MustPeriod(period), []Value{num(fmt.Sprint(row % 2))}}}}
				want, err := p.Run(r)
				require.Equal(t, fails, err != nil)
				require.Equal(t, fails, want.InDecimals(), "a table by text is read in integers")
				require.Equal(t, fmt.Sprint(err), fmt.Sprint(c.Err(row)))
				for i := range p.lines {
					require.Zero(t, want.Amount(i).Cmp(c.Amount(row, i)))
				}
			}
		}
	}
}
