package formula

import (
	"errors"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Result is what a program answered. It holds pay, so it prints without values. Decimals are made when a line is read.
type Result struct {
	p      *Program
	units  []int64 // by line, in units of its places; nil where it was calculated in decimals
	values []Value // otherwise
	errs   []error
	trace  *record // nil where the request did not ask for it
}

// record is everything that a trace is written from.
type record struct {
	req    Request
	cells  []cell
	pieces [][][]cell // by block and piece: the registers of the block
}

// Format shows the number of lines only, whatever the verb.
func (r Result) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "formula result of %d lines", len(r.units)+len(r.values))
}

// Amount returns the number that a line answered; 0 for a line with an error and for one that is no number.
// It panics for a place that is not one of [Program.Lines].
func (r Result) Amount(line int) decimal.Decimal {
	if r.units == nil {
		return r.values[line].num
	}
	if r.p.lines[line].it.typ.kind != numeric {
		return decimal.Decimal{}
	}
	return decimalOf(r.units[line], r.p.ints.lines[line].places)
}

// Value returns what a line answered; the zero Value for a line with an error.
func (r Result) Value(line int) Value {
	if r.units == nil {
		return r.values[line]
	}
	return r.p.valueOf(r.p.lines[line].it.typ.kind, r.units[line], r.p.ints.lines[line].places)
}

// Err returns the [LineError] of a line that has no answer, and nil for one that has.
func (r Result) Err(line int) error {
	if r.units != nil {
		return nil
	}
	return r.errs[line]
}

// InDecimals reports whether the slow path was taken: what did not fit into integers, a trace, or an error.
func (r Result) InDecimals() bool { return r.units == nil }

// cell is a register: a value or an error.
type cell struct {
	num  decimal.Decimal // a number, or the days since 0001-01-01
	text string
	yes  bool
	err  error
}

// machine is one calculation.
type machine struct {
	p      *Program
	r      Request
	cells  []cell
	period *binding // what holds on the last day of the period
	pay    *binding // on the day of payment
	now    *binding // on the last day of the period, or of the piece within a block
	piece  int      // within a block
	pieces [][][]cell
}

// Run calculates every line: in integers, or, where something does not fit or fails, in decimals with the same answer. The first
// error it may return is of the request: everything that is wrong with it, each a
// [hr.FieldError] whose path is "values[3] basic" or "pieces[1].values[3] basic"; the result is then empty. Otherwise
// the error joins one [LineError] for each line without an answer, and the result holds the others.
func (p *Program) Run(r Request) (Result, error) {
	if p.ints != nil && !r.Trace {
		if units := p.runInts(&r); units != nil {
			return Result{p: p, units: units}, nil
		}
	}
	return p.RunDecimals(r)
}

// RunDecimals is [Program.Run] by the plain interpreter on decimals, which says what is right: the reference for the integer form.
func (p *Program) RunDecimals(r Request) (Result, error) {
	r = p.complete(r)
	if err := p.validate(r); err != nil {
		return Result{}, err
	}
	m := &machine{p: p, r: r, period: p.at(r.Period.Through)}
	if r.Trace {
		m.cells = make([]cell, p.registers+1)
	} else {
		kept, _ := p.cells.Get().(*[]cell)
		if kept == nil {
			fresh := make([]cell, p.registers+1)
			kept = &fresh
		}
		m.cells = *kept
		defer func() {
			clear(*kept)
			p.cells.Put(kept)
		}()
	}
	m.now, m.pay = m.period, m.period
	if !r.PayDate.IsZero() {
		m.pay = p.at(r.PayDate)
	}
	if r.Trace {
		m.pieces = make([][][]cell, len(p.blocks))
	}
	m.run(p.code)
	out := Result{p: p, values: make([]Value, len(p.lines)), errs: make([]error, len(p.lines))}
	var errs []error
	for i, l := range p.lines {
		c := &m.cells[l.value.num]
		if c.err != nil {
			out.errs[i] = &LineError{Line: l.Name, Err: c.err}
			errs = append(errs, out.errs[i])
			continue
		}
		out.values[i] = c.value(l.it.typ.kind)
	}
	if r.Trace {
		r.Values, r.Pieces = slices.Clone(r.Values), slices.Clone(r.Pieces) // the caller may use them again
		for i := range r.Pieces {
			r.Pieces[i].Values = slices.Clone(r.Pieces[i].Values)
		}
		out.trace = &record{req: r, cells: m.cells, pieces: m.pieces}
	}
	return out, errors.Join(errs...)
}

// value returns what a register of that kind holds.
func (c *cell) value(k kind) Value {
	switch k {
	case worded:
		return Text(c.text)
	case flagged:
		return YesNo(c.yes)
	case dated:
		return Day(always.Add(int(c.num.IntPart())))
	}
	return Number(c.num)
}

// load turns a value into what a register holds.
func load(v Value) cell {
	if v.kind == dated {
		return cell{num: decimal.NewFromInt(int64(v.day.Since(always)))}
	}
	return cell{num: v.num, text: v.text, yes: v.yes}
}

// run executes instructions in order.
func (m *machine) run(code []Instr) {
	for i := 0; i < len(code); i++ {
		in := code[i]
		if in.Op == OpPieces {
			b := m.p.blocks[in.Aux]
			m.overPieces(in, b, code[i+1:i+1+b.Len])
			i += b.Len
			continue
		}
		m.cells[in.Dst] = m.step(in)
	}
}

func (m *machine) step(in Instr) cell {
	switch in.Op {
	case OpConst:
		return load(m.p.consts[in.Aux])
	case OpInput:
		if m.p.inputs[in.Aux].ByPiece { // it is only read within a block
			return load(m.r.Pieces[m.piece].Values[in.Aux])
		}
		return load(m.r.Values[in.Aux])
	case OpFirst:
		return load(m.r.Pieces[0].Values[in.Aux])
	case OpLast:
		return load(m.r.Pieces[len(m.r.Pieces)-1].Values[in.Aux])
	case OpParam:
		b := m.now
		if m.p.params[in.Aux].Basis == hr.ByPayDate {
			b = m.pay
		}
		x := &b.params[in.Aux]
		return cell{num: x.value, err: x.err}
	case OpAnd, OpOr, OpSelect:
		return m.lazy(in)
	}
	a, b := &m.cells[in.A], &m.cells[in.B] // register 0 is never written: no value, no error
	if a.err != nil {
		return cell{err: a.err}
	}
	if b.err != nil {
		return cell{err: b.err}
	}
	switch in.Op {
	case OpNeg:
		return cell{num: a.num.Neg()}
	case OpAdd:
		return cell{num: a.num.Add(b.num)}
	case OpSub:
		return cell{num: a.num.Sub(b.num)}
	case OpMul:
		return cell{num: a.num.Mul(b.num)}
	case OpDivisor:
		if a.num.Sign() <= 0 {
			return cell{err: m.p.sites[in.At]}
		}
		return *a
	case OpNeeds:
		return *a
	case OpLess:
		return cell{yes: a.num.Cmp(b.num) < 0}
	case OpLessEq:
		return cell{yes: a.num.Cmp(b.num) <= 0}
	case OpEq:
		return cell{yes: a.num.Cmp(b.num) == 0}
	case OpEqText:
		return cell{yes: a.text == b.text}
	case OpEqFlag:
		return cell{yes: a.yes == b.yes}
	case OpNot:
		return cell{yes: !a.yes}
	case OpMin:
		return cell{num: decimal.Min(a.num, b.num)}
	case OpMax:
		return cell{num: decimal.Max(a.num, b.num)}
	case OpRound:
		return m.round(in, a.num, m.den(in.B))
	}
	return m.lookup(in, a.num, m.den(in.B))
}

// den returns a denominator; one where there is none.
func (m *machine) den(r Reg) decimal.Decimal {
	if r == 0 {
		return one
	}
	return m.cells[r].num
}

// lazy looks at an operand only where it decides.
func (m *machine) lazy(in Instr) cell {
	a := &m.cells[in.A]
	switch {
	case a.err != nil:
		return cell{err: a.err}
	case in.Op == OpSelect && a.yes:
		return m.cells[in.B]
	case in.Op == OpSelect:
		return m.cells[in.C]
	case a.yes == (in.Op == OpOr):
		return *a
	}
	return m.cells[in.B]
}

func (m *machine) round(in Instr, num, den decimal.Decimal) cell {
	d, err := m.p.roundings[in.Aux].Ratio(num, den)
	if err != nil {
		return cell{err: err}
	}
	if !fits(d) {
		return cell{err: m.p.sites[in.At]}
	}
	return cell{num: d}
}

// rows returns what holds of a table for a text, now.
func (m *machine) rows(in Instr) (boundRows, error) {
	b := m.now
	if m.p.tables[in.Aux].Basis == hr.ByPayDate {
		b = m.pay
	}
	text := &m.cells[in.C]
	if text.err != nil {
		return boundRows{}, text.err
	}
	rows, ok := b.tables[in.Aux].rows[text.text]
	if !ok {
		return boundRows{}, noRows(m.p.sites[in.At], m.p.tables[in.Aux], b.on)
	}
	return rows, rows.err
}

// noRows adds to the fault of a text without rows for which day they were looked for, and what they would have answered.
func noRows(site *Fault, t *table, on hr.Date) error {
	f := *site
	f.Reason = fmt.Sprintf("%s; asked for %s, in %s", f.Reason, on, t.value)
	return &f
}

func (m *machine) lookup(in Instr, num, den decimal.Decimal) cell {
	rows, err := m.rows(in)
	if err != nil {
		return cell{err: err}
	}
	if in.Op == OpSlabs {
		return cell{num: rows.slabs(num, den)}
	}
	return cell{num: rows.rows[rows.row(num, den)].Value}
}

// overPieces runs a block for each piece and adds up exactly.
func (m *machine) overPieces(in Instr, b Block, body []Instr) {
	num, den := zero, one
	var err error
	for i, piece := range m.r.Pieces {
		m.piece, m.now = i, m.p.at(piece.Period.Through)
		m.run(body)
		n, d := &m.cells[in.A], m.den(in.B)
		switch {
		case n.err != nil:
			if err == nil {
				err = n.err
			}
		case i == 0:
			num, den = n.num, d
		case d.Cmp(den) == 0:
			num = num.Add(n.num)
		default:
			num, den = reduced(num.Mul(d).Add(n.num.Mul(den)), den.Mul(d))
		}
		if m.pieces != nil {
			m.pieces[in.Aux] = append(m.pieces[in.Aux], append([]cell(nil), m.cells[b.From:b.Through+1]...))
		}
	}
	m.now = m.period
	if in.C != 0 && err == nil {
		if num.Coefficient().BitLen() > maxSumBits || den.Coefficient().BitLen() > maxSumBits {
			err = m.p.sites[in.At]
		}
	}
	m.cells[in.Dst] = cell{num: num, err: err}
	if in.C != 0 {
		m.cells[in.C] = cell{num: den, err: err}
	}
}

// reduced writes num/den with two whole numbers and without a common factor.
func reduced(num, den decimal.Decimal) (decimal.Decimal, decimal.Decimal) {
	n, d := whole(num, den)
	return decimal.NewFromBigInt(n, 0), decimal.NewFromBigInt(d, 0)
}
