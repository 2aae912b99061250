package pages

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// chart is a bar chart that is drawn as SVG. Beside each stands a table with the same figures, for who cannot see it and for who wants them exactly.
type chart struct {
	Title         string
	Describes     string // the same in a sentence, for a screen reader
	Width, Height int
	Axis          int // where zero is, of bars that go both ways
	Bars          []bar
	Names         []legend
}

type legend struct{ Class, Text string }

// bar is one bar, made of pieces.
type bar struct {
	Label, Value string
	X, Y         int // of the label
	Pieces       []piece
}

type piece struct {
	Class               string
	X, Y, Width, Height int
}

// scale is how many pixels a value has, of those that the largest has.
func scale(v, largest decimal.Decimal, pixels int) int {
	if largest.Sign() <= 0 {
		return 0
	}
	return int(v.Abs().Mul(decimal.NewFromInt(int64(pixels))).DivRound(largest.Abs(), 0).IntPart())
}

// columns draws upright bars, each of several values on top of each other; labels has a label for each bar.
func columns(c chart, labels, shown []string, values [][]decimal.Decimal) chart {
	const wide, gap, top, tall, foot = 48, 20, 22, 180, 24
	largest := decimal.Zero
	for _, v := range values {
		largest = decimal.Max(largest, decimal.Sum(decimal.Zero, v...))
	}
	c.Width, c.Height = gap+max(len(values), 2)*(wide+gap), top+tall+foot
	for i, v := range values {
		b := bar{Label: labels[i], Value: shown[i], X: gap + i*(wide+gap) + wide/2, Y: top + tall + 16}
		y := top + tall
		for n, x := range v {
			h := scale(x, largest, tall)
			y -= h
			b.Pieces = append(b.Pieces, piece{c.Names[n].Class, gap + i*(wide+gap), y, wide, h})
		}
		c.Bars = append(c.Bars, b)
	}
	return c
}

// rows draws a bar for each value, to the right of zero or, below it, to the left, under its label. It is as wide as a telephone.
func rows(c chart, labels []string, values []decimal.Decimal, currency hr.Currency) chart {
	const wide, tall, row = 358, 14, 42
	largest, pixels := decimal.Zero, wide
	for _, v := range values {
		largest = decimal.Max(largest, v.Abs())
		if v.Sign() < 0 {
			c.Axis, pixels = wide/2, wide/2
		}
	}
	c.Width, c.Height = wide, len(values)*row
	for i, v := range values {
		y, w := i*row+20, scale(v, largest, pixels)
		p := piece{"more", c.Axis, y, w, tall}
		if v.Sign() < 0 {
			p = piece{"less", c.Axis - w, y, w, tall}
		}
		c.Bars = append(c.Bars, bar{Label: labels[i], Value: signed(v, currency), Y: y - 6, Pieces: []piece{p}})
	}
	return c
}

// signed writes an amount with its sign, plus too.
func signed(a decimal.Decimal, c hr.Currency) string {
	if a.Sign() > 0 {
		return "+" + amount(a, c)
	}
	return amount(a, c)
}
