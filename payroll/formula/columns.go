package formula

import (
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Columns calculates many employees of one period together: one column of integers for each input and each line, and no memory taken
// for an employee once it is warm. It answers exactly what [Program.Run] answers for each row. It is not safe for concurrent use: give
// each goroutine its own; the Program is shared.
//
//	c := program.NewColumns(1000)
//	c.Begin(period, payDate)
//	row := c.Add()
//	c.SetUnits(row, basic, 40_000_00) // or Set, with a Value
//	c.Calculate()
//	units, places := c.Units(line)
type Columns struct {
	p       *Program
	period  hr.Period
	payDate hr.Date
	law     *intValues
	rows    int
	cap     int

	in   []inputColumn
	open [][]int64 // by input: where SetUnits writes, its column but for texts
	out  [][]int64 // by line

	exact  map[cellAt]Value // what does not fit into a column
	others []string         // texts that no formula names: -1 is the first
	numOf  map[string]int64
	pieces map[int][]Piece // of rows with more than one, or one under another law
	trip   []bool          // by row: not, or not only, in integers
	slow   map[int]slowRow

	keep    bool // every register is kept, for Trace
	store   []int64
	cols    [][]int64
	marks   [][]bool // by register; only where dirty says so
	dirty   []bool
	found   []uint8 // by register of a condition: its answers in the chunk
	machine intMachine
	filled  *intValues // whose uniforms stand in the columns
}

type cellAt struct{ row, input int }

type inputColumn struct {
	units  []int64 // notGiven where a row has none yet
	kind   kind
	places int
	usual  Value // what it is where a row is not given it

	untouched bool    // no row has been given it
	same      []int64 // what stands for the whole column; nil where rows have values of their own
	standing  []int64
	texts     [8]numberedText
}

// notGiven stands in a column where a row has no value yet.
const notGiven = math.MinInt64

// numberedText is a text that was set before, and its number.
type numberedText struct {
	text string
	id   int64
}

// numbered returns where a text of this length and end is remembered.
func (in *inputColumn) numbered(s string) *numberedText {
	if s == "" {
		return &in.texts[0]
	}
	return &in.texts[s[len(s)-1]&7]
}

type slowRow struct {
	res     Result
	err     error
	decimal bool // an answer does not fit into a column
}

// chunk is how many rows go through the instructions together: their registers stay in the nearer caches.
const chunk = 128

// few is below how many rows it is cheaper to take one after the other.
const few = 6

// NewColumns returns columns for up to rows employees. With steps, every value on the way is kept as well, for [Columns.Trace].
func (p *Program) NewColumns(rows int, steps bool) *Columns {
	c := &Columns{p: p, cap: rows, keep: steps, trip: make([]bool, rows)}
	for i, k := range p.inputKind {
		in := inputColumn{units: make([]int64, rows), kind: k, places: p.InputPlaces(i)}
		open := in.units
		if k == worded {
			open = make([]int64, rows)
		}
		forget(in.units)
		forget(open)
		c.in, c.open = append(c.in, in), append(c.open, open)
	}
	for range p.lines {
		c.out = append(c.out, make([]int64, rows))
	}
	if f := p.ints; f != nil {
		c.cols, c.marks, c.dirty = make([][]int64, f.regs), make([][]bool, f.regs), make([]bool, f.regs)
		c.found = make([]uint8, f.regs)
		width := chunk
		if steps {
			width = rows
		}
		c.store = make([]int64, f.regs*width)
		for r := range c.cols {
			c.cols[r] = c.store[r*width : (r+1)*width]
			if f.carries[r] {
				c.marks[r] = make([]bool, width)
			}
		}
	}
	return c
}

// Begin empties the columns for a period and its day of payment. A period without a first or a last day, and a day of payment that is
// missing where the law asks for it, are faults of every row.
func (c *Columns) Begin(period hr.Period, payDate hr.Date) {
	for i := range c.in {
		if !c.in[i].untouched {
			forget(c.in[i].units[:c.rows])
		}
		c.in[i].untouched = false
		if c.in[i].kind == worded {
			forget(c.open[i][:c.rows])
		}
	}
	clear(c.trip[:c.rows])
	if len(c.others) > maxOtherTexts {
		c.forgetTexts()
	}
	clear(c.exact)
	clear(c.pieces)
	clear(c.slow)
	c.rows = 0
	if period == c.period && payDate == c.payDate {
		return
	}
	c.period, c.payDate, c.law = period, payDate, nil
	for i := range c.in {
		c.in[i].usual = c.p.inputs[i].Default
	}
	if c.p.ints != nil && period.Validate() == nil && !period.Open() && (!c.p.needPayDate || !payDate.IsZero()) {
		c.law = c.p.intsAt(period.Through, payDate)
	}
}

// Add takes the next row and returns its number, from 0; -1 where the columns are full.
func (c *Columns) Add() int {
	if c.rows == c.cap {
		return -1
	}
	c.rows++
	return c.rows - 1
}

// Rows returns how many rows there are.
func (c *Columns) Rows() int { return c.rows }

// SetUnits gives an input in units of its places: 40000.00 is 40_000_00 where money has two. A yes is 1 and a no 0; a day is the
// number of days since 0001-01-01. A text is given by [Columns.Set], and here is a fault of the row, as is a yes/no of neither. The least
// int64 is no value: it is as if nothing had been given.
func (c *Columns) SetUnits(row, input int, units int64) { c.open[input][row] = units }

// odd reports integers that are no value of their input.
func (c *Columns) odd(input int) {
	switch in := &c.in[input]; in.kind {
	case flagged:
		for row, units := range in.units[:c.rows] {
			if uint64(units) > 1 && units != notGiven {
				c.setExact(row, input, Number(decimal.NewFromInt(units))) // of another kind, which is a fault
			}
		}
	case worded:
		for row, units := range c.open[input][:c.rows] {
			if units != notGiven {
				c.setExact(row, input, Number(decimal.NewFromInt(units))) // of another kind, which is a fault
			}
		}
	}
}

func forget(units []int64) {
	for i := range units {
		units[i] = notGiven
	}
}

// SetNumber gives an input of numbers.
func (c *Columns) SetNumber(row, input int, d decimal.Decimal) {
	in := &c.in[input]
	if in.kind == numeric {
		if units, ok := unitsOf(d, in.places); ok && units != notGiven && fitsToo(d, units) {
			in.units[row] = units
			return
		}
	}
	c.setExact(row, input, Number(d))
}

// Set gives an input. A value of another kind than the input's is a fault of the row.
func (c *Columns) Set(row, input int, v Value) {
	in := &c.in[input]
	if c.p.ints == nil || v.kind != in.kind {
		c.setExact(row, input, v)
		return
	}
	if in.kind == worded {
		known := in.numbered(v.text)
		if known.id == 0 || known.text != v.text {
			*known = numberedText{v.text, c.textID(v.text)}
		}
		in.units[row] = known.id
		return
	}
	units, ok := c.p.ints.taken(v, in.places)
	if !ok || units == notGiven {
		c.setExact(row, input, v)
		return
	}
	in.units[row] = units
}

// maxOtherTexts is how many texts that no formula names are remembered from one period to the next.
const maxOtherTexts = 10_000

// forgetTexts drops the texts that no formula names; no row may hold one.
func (c *Columns) forgetTexts() {
	c.others = nil
	clear(c.numOf)
	for i := range c.in {
		c.in[i].texts = [8]numberedText{}
	}
}

// textID numbers a text: from 1 those that formulas and tables name, below 0 all others, which equal nothing but themselves.
func (c *Columns) textID(text string) int64 {
	if id, ok := c.p.ints.texts[text]; ok {
		return id
	}
	id, ok := c.numOf[text]
	if !ok {
		if c.numOf == nil {
			c.numOf = map[string]int64{}
		}
		c.others = append(c.others, text)
		id = -int64(len(c.others))
		c.numOf[text] = id
	}
	return id
}

// SetUsual says what an input is in every row that is not given it, until Begin is called for another period or day of payment. It
// stands before the default of the formulas.
func (c *Columns) SetUsual(input int, v Value) { c.in[input].usual = v }

func (c *Columns) setExact(row, input int, v Value) {
	if c.exact == nil {
		c.exact = map[cellAt]Value{}
	}
	c.exact[cellAt{row, input}] = v
	c.in[input].units[row] = 0
	c.trip[row] = true
}

// SetPieces gives the inputs by piece of one row. A row without pieces has one, the whole period, and its inputs by piece are given
// as all others.
func (c *Columns) SetPieces(row int, pieces []Piece) {
	if len(pieces) == 1 && c.underOneLaw(&pieces[0]) {
		for i, v := range pieces[0].Values {
			if c.p.inputs[i].ByPiece && !v.IsZero() {
				c.Set(row, i, v)
			}
		}
		if !c.trip[row] && pieces[0].Period == c.period {
			return
		}
	} else {
		c.trip[row] = true
	}
	if c.pieces == nil {
		c.pieces = map[int][]Piece{}
	}
	c.pieces[row] = pieces
}

// underOneLaw reports whether a piece is in order and stands under the law of the period.
func (c *Columns) underOneLaw(piece *Piece) bool {
	return c.law != nil && len(piece.Values) <= len(c.p.inputs) && !piece.Period.Open() && c.period.Covers(piece.Period) && piece.Period.Validate() == nil &&
		c.p.intsAt(piece.Period.Through, c.payDate) == c.law
}

// Calculate works out every line of every row. A row that does not fit into integers, or fails, is worked out in decimals; it never
// touches its neighbours.
func (c *Columns) Calculate() {
	c.complete()
	if c.law == nil || c.law.slow {
		for row := range c.rows {
			c.trip[row] = true
		}
	} else {
		c.fill()
		if c.rows < few && !c.keep {
			for row := range c.rows {
				if !c.trip[row] {
					c.alone(row)
				}
			}
		} else {
			for lo := 0; lo < c.rows; lo += chunk {
				c.run(lo, min(chunk, c.rows-lo))
			}
		}
	}
	for row := range c.rows {
		if c.trip[row] {
			c.inDecimals(row)
		}
	}
}

// complete fills in what is usual; a row that lacks a value goes to the decimals, which say so. A column that no row has been given is
// not filled: one value stands for all.
func (c *Columns) complete() {
	for i := range c.in {
		in := &c.in[i]
		c.odd(i)
		in.same = nil
		if in.untouched = !slices.ContainsFunc(in.units[:c.rows], isGiven); in.untouched && c.standFor(in) {
			continue
		}
		usual := int64(notGiven) // in integers, once a row has it
		for row, units := range in.units[:c.rows] {
			switch {
			case units != notGiven || c.trip[row]:
			case usual != notGiven:
				in.units[row] = usual
			case in.usual.IsZero():
				c.trip[row] = true
			default:
				in.untouched = false
				if c.Set(row, i, in.usual); !c.trip[row] {
					usual = in.units[row]
				}
			}
		}
	}
}

func isGiven(units int64) bool { return units != notGiven }

// standFor makes one value stand for a whole column; it says no where the value does not fit into integers, or there is none.
func (c *Columns) standFor(in *inputColumn) bool {
	if c.p.ints == nil || in.usual.kind != in.kind {
		return false
	}
	units := int64(0)
	if in.kind == worded {
		units = c.textID(in.usual.text)
	} else {
		var ok bool
		if units, ok = c.p.ints.taken(in.usual, in.places); !ok || units == notGiven {
			return false
		}
	}
	if in.standing == nil {
		in.standing = make([]int64, chunk)
	}
	if in.standing[0] != units {
		for i := range in.standing {
			in.standing[i] = units
		}
	}
	in.same = in.standing
	return true
}

// inDecimals works out one row alone.
func (c *Columns) inDecimals(row int) {
	var s slowRow
	if c.pieces[row] != nil { // it may still fit into integers, in the loop for one
		s.res, s.err = c.p.Run(c.request(row))
	} else {
		s.res, s.err = c.p.RunDecimals(c.request(row))
	}
	for i := range c.p.lines {
		units, ok := int64(0), s.err == nil
		if ok && s.res.units != nil {
			units = s.res.units[i]
		} else if ok && c.p.ints != nil {
			units, ok = c.p.ints.units(s.res.values[i], c.p.ints.lines[i].places)
		} else {
			ok = false
		}
		c.out[i][row] = units
		s.decimal = s.decimal || !ok
	}
	if c.slow == nil {
		c.slow = map[int]slowRow{}
	}
	c.slow[row] = s
}

// Values reads back what a row was given, what is usual filled in by Calculate.
func (c *Columns) Values(row int) []Value {
	values := make([]Value, len(c.p.inputs))
	for i := range values {
		if v, ok := c.exact[cellAt{row, i}]; ok {
			values[i] = v
		} else if in := &c.in[i]; in.units[row] != notGiven {
			values[i] = c.valueOf(in.kind, in.units[row], in.places)
		} else {
			values[i] = in.usual
		}
	}
	return values
}

// request is a row as one calculation.
func (c *Columns) request(row int) Request {
	r := Request{Period: c.period, PayDate: c.payDate, Values: c.Values(row), Pieces: c.pieces[row]}
	if c.p.needPieces && r.Pieces == nil {
		r.Pieces = []Piece{{c.period, r.Values}}
	}
	return r
}

// Units returns the column of a line in units of its places; it is valid until the next Begin and must not be changed. A row for which
// [Columns.Fits] is no has a 0 in it.
func (c *Columns) Units(line int) (units []int64, places int) {
	return c.out[line][:c.rows], c.p.LinePlaces(line)
}

// InIntegers reports whether the program has an integer form. Only one in which a number needs more than 18 places, or a line answers a
// text, has none.
func (p *Program) InIntegers() bool { return p.ints != nil }

// LinePlaces returns how many places a line has in its integer form; 0 where the program has none.
func (p *Program) LinePlaces(line int) int {
	if p.ints == nil {
		return 0
	}
	return p.ints.lines[line].places
}

// Fits reports whether the columns hold the answers of a row: it has no error, and each is a number of their places.
func (c *Columns) Fits(row int) bool { return !c.trip[row] || !c.slow[row].decimal }

// Amount returns the number that a line of a row answered; 0 for one with an error and for one that is no number.
func (c *Columns) Amount(row, line int) decimal.Decimal {
	if !c.trip[row] {
		if c.p.lines[line].it.typ.kind != numeric {
			return decimal.Decimal{}
		}
		return decimalOf(c.out[line][row], c.p.ints.lines[line].places)
	}
	if s := c.slow[row]; s.res.p != nil {
		return s.res.Amount(line)
	}
	return decimal.Decimal{}
}

// Err returns what [Program.Run] returns for a row.
func (c *Columns) Err(row int) error {
	if !c.trip[row] {
		return nil
	}
	return c.slow[row].err
}

// InDecimals returns how many rows of the last Calculate took the slow path.
func (c *Columns) InDecimals() (n int) {
	for _, s := range c.slow {
		if s.err != nil || s.res.InDecimals() {
			n++
		}
	}
	return n
}

// Format shows the number of rows only, whatever the verb.
func (c *Columns) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "formula columns of %d rows", c.rows)
}
