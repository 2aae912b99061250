package formula

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// inPieces runs p for April in one piece and in two, each time for one employee, as columns and as columns that keep every step, and
// requires that its first line answers what decimals answer and nothing leaves the integers.
func inPieces(t *testing.T, p *Program, values []Value, answers ...string) {
	t.Helper()
	april := hr.MustPeriod("2026-04-01..2026-04-30")
	for i, cuts := range [][]hr.Date{nil, {hr.MustDate("2026-04-11")}} {
		req := Request{Period: april, Values: values}
		for _, piece := range april.Cut(cuts...) {
			req.Pieces = append(req.Pieces, Piece{piece, values})
		}
		fast, err := p.Run(req)
		require.NoError(t, err)
		require.False(t, fast.InDecimals(), "%d pieces", len(req.Pieces))
		require.Equal(t, answers[i], fast.Value(0).String(), "%d pieces", len(req.Pieces))
		slow, err := p.RunDecimals(req)
		require.NoError(t, err)
		require.True(t, slow.Value(0).Equal(fast.Value(0)))
		for _, steps := range []bool{false, true} {
			c := p.NewColumns(few, steps)
			c.Begin(april, hr.Date{})
			for range few {
				row := c.Add()
				for i, v := range values {
					c.Set(row, i, v)
				}
				c.SetPieces(row, req.Pieces)
			}
			c.Calculate()
			require.Zero(t, c.InDecimals(), "columns, steps %t, %d pieces", steps, len(req.Pieces))
			for row := range few {
				require.Zero(t, c.Amount(row, 0).Cmp(fast.Amount(0)))
			}
		}
	}
}

func program(t testing.TB, text string) *Program {
	t.Helper()
	f, err := Parse("test.rules", text)
	require.NoError(t, err)
	p, err := Compile(Config{Files: []*File{f}})
	require.NoError(t, err)
	return p
}

// A divisor that is nothing keeps no line from the integers that does not look at it, in pieces of a period and with all steps kept too.
func TestWhatNobodyLooksAtDoesNotTripInPieces(t *testing.T) {
	const inputs = "input a : number by piece\ninput z : number by piece\ninput q : number\n"
	n := func(s string) Value { return Number(decimal.RequireFromString(s)) }
	for _, c := range []struct{ formula, once, twice string }{
		{": number = if first(z) > 0 then round(first(a) / first(z), 1) else 7", "7", "7"},
		{": number = if first(z) <= 0 then 7 else round(first(a) / first(z), 1)", "7", "7"},
		{": yes/no = first(z) > 0 and first(a) / first(z) > 1", "no", "no"},
		{": yes/no = first(z) <= 0 or first(a) / first(z) > 1", "yes", "yes"},
		{": number = pieces(if z > 0 then round(a / z, 1) else 7)", "7", "14"},
		{": number = pieces(if z > 0 and a / z > 1 then 1 else 3)", "3", "6"},
		{": number = pieces(if z <= 0 or a / z > 1 then 1 else 3)", "1", "2"},
		{": number = if first(z) > 0 then round(pieces(a / z), 1) else 7", "7", "7"},
		{": number = round(pieces(a / q), 0.1)", "1.8", "3.6"},
		{": number = round(pieces(a / (q + a)), 0.01)", "0.64", "1.29"}, // 9/14, and 18/14
		// which side the inner one takes is not asked, though everybody looks at one of its sides
		{": number = q + (if first(z) > 0 then (if first(a) / first(z) > 1 then 3 else q) else 2)", "7", "7"},
		{": number = q + (if first(z) > 0 then (if first(a) / first(z) > 1 then q else 3) else 2)", "7", "7"},
		{": number = pieces(q + (if z > 0 then (if a / z > 1 then 3 else q) else 2))", "7", "14"},
	} {
		t.Run(c.formula, func(t *testing.T) {
			inPieces(t, program(t, inputs+"line x "+c.formula+"\n"), []Value{n("9"), n("0"), n("5")}, c.once, c.twice)
		})
	}
}
