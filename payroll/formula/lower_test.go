package formula

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/musterhr/hr"
)

// Two texts that no formula names are told apart, and are one text where they are.
func TestTextsThatNoFormulaNames(t *testing.T) {
	p := program(t, "input s : text\ninput u : text\nline x : number = if s = u then 1 else 2\n")
	for texts, want := range map[[2]string]string{{"Pune", "Pune"}: "1", {"Pune", "Surat"}: "2"} {
		res, err := p.Run(Request{Period: wholeApril, Values: []Value{Text(texts[0]), Text(texts[1])}})
		require.NoError(t, err)
		require.Equal(t, want, res.Value(0).String())
	}
}

// What stands behind pieces is that of the period, also what the pieces brought to more places before.
func TestInputsBehindPieces(t *testing.T) {
	p := program(t, `input a : number
input q : number
input r : number by piece
input z : number
line v : number = pieces(r)
line x : number = round(pieces(r * q * 0.0001 + a), 0.0001)
line y : number = round(q * q * 0.0001 + a, 0.0001)
line w : number = z
`)
	values := []Value{num("5"), num("1"), {}, num("3")}
	two := []Piece{aprilPiece("2026-04-01..2026-04-10", Value{}, Value{}, num("7")), aprilPiece("2026-04-11..2026-04-30", Value{}, Value{}, num("2"))}
	res, err := p.Run(Request{Period: wholeApril, Values: values, Pieces: two})
	require.NoError(t, err)
	require.False(t, res.InDecimals())
	c := p.NewColumns(few, false)
	c.Begin(wholeApril, hr.Date{})
	row := c.Add()
	for i, v := range values {
		c.Set(row, i, v)
	}
	c.SetPieces(row, two[:1])
	c.Calculate()
	require.Zero(t, c.InDecimals())
	for line, want := range [][2]string{{"9", "7"}, {"10.0009", "5.0007"}, {"5.0001", "5.0001"}, {"3", "3"}} {
		require.Equal(t, want, [2]string{res.Value(line).String(), c.Amount(row, line).String()})
	}
}

// Behind pieces a parameter is again that of the period, and not that of the last piece.
func TestAParameterBehindPieces(t *testing.T) {
	cfg := lawful()
	f, err := Parse("pieces.rules", "input a : number by piece\nline x : number = pieces(a * law.rate)\nline y : number = x - x + law.rate * 100\n")
	require.NoError(t, err)
	cfg.Files = []*File{f}
	p, err := Compile(cfg)
	require.NoError(t, err)
	res, err := p.Run(Request{Period: wholeApril, Pieces: []Piece{aprilPiece("2026-04-01..2026-04-11", num("100"))}}) // 8.33 % from the 12th on
	require.NoError(t, err)
	require.False(t, res.InDecimals())
	require.Equal(t, []string{"12", "8.33"}, []string{res.Value(0).String(), res.Value(1).String()})
}

// A sum over pieces that is a fraction is told as one, in columns as in a run.
func TestTheFractionOfAPieceIsTold(t *testing.T) {
	p := program(t, "input r : number by piece\ninput m : number by piece\nline x : number = round(pieces(r / m) * 2, 0.01)\n")
	c := p.NewColumns(few, true)
	c.Begin(wholeApril, hr.Date{})
	row := c.Add()
	c.SetPieces(row, []Piece{aprilPiece("2026-04-01..2026-04-30", num("4"), num("3"))})
	c.Calculate()
	require.Zero(t, c.InDecimals())
	tr, err := c.Trace(row, 0, nil)
	require.NoError(t, err)
	require.Contains(t, shownTrace(t, tr), "(4/3) x 2 = 8/3")
}
