package formula

import (
	"fmt"
	"strings"

	"github.com/musterhr/hr"
)

// Trace explains a line: its formula, how it was rounded, which side of an if and which row of a table was taken, and
// under Parts everything it used, down to inputs and dated values. What is used more than once is shown once; later it
// says "shown above". It returns the [LineError] of a line without an answer, and a [hr.FieldError] with RuleTraceOff
// where [Request].Trace was not set. It panics for a place that is not one of [Program.Lines].
func (r Result) Trace(line int) (hr.Trace, error) {
	if r.errs[line] != nil {
		return hr.Trace{}, r.errs[line]
	}
	if r.trace == nil {
		return hr.Trace{}, &hr.FieldError{Path: "trace", Rule: RuleTraceOff, Reason: "calculate with Request.Trace to explain a result"}
	}
	t := &tracer{p: r.p, record: r.trace, shown: map[mention]bool{}}
	return t.formula(r.p.lines[line].it, view{}), nil
}

// mention is one let or line, in one piece or in the whole period.
type mention struct {
	it           *item
	block, piece int
}

type tracer struct {
	p *Program
	*record
	shown map[mention]bool
	depth int
}

// view is where values are read: the whole period, or one piece of one block.
type view struct {
	scope *scope
	piece int
}

func (t *tracer) cell(v view, r Reg) *cell {
	if v.piece >= 0 {
		if b := t.p.blocks[v.scope.block]; r >= b.From && r <= b.Through {
			return &t.pieces[v.scope.block][v.piece][r-b.From]
		}
	}
	return &t.cells[r]
}

// write writes a value as a person does.
func (t *tracer) write(v view, x value, k kind, u Unit) string {
	c := t.cell(v, x.num)
	if c.err != nil {
		return ""
	}
	if k != numeric {
		return c.value(k).String()
	}
	if x.den == 0 {
		return amount(c.num, u)
	}
	return fraction(c.num, t.cell(v, x.den).num, u)
}

// unit is what a trace shows of a unit: nothing for what has none to a reader.
func shownUnit(u Unit) string {
	switch u {
	case Plain, Words, Date, Flag:
		return ""
	}
	return string(u)
}

// of returns where an item is found in a view; a line, and a let that reads nothing by piece, stand in the whole period.
func (t *tracer) of(it *item, v view) (value, view) {
	whole := view{t.p.scopes[0], -1}
	if it.kind == aLet && it.byPiece {
		return v.scope.lets[it], v
	}
	return whole.scope.lets[it], whole
}

// formula explains a let or a line.
func (t *tracer) formula(it *item, v view) hr.Trace {
	x, v := t.of(it, v)
	unit := it.s.unit
	if unit == "" {
		unit = it.typ.unit()
	}
	out := hr.Trace{Name: it.name, Value: t.write(v, x, it.typ.kind, unit), Unit: shownUnit(unit)}
	if it.title != "" {
		out.Name += " (" + it.title + ")"
	}
	key := mention{it, v.scope.block, v.piece}
	if t.shown[key] {
		out.Note = "shown above"
		return out
	}
	t.shown[key] = true
	out.Rule = source(it.s.expr)
	out.Source = hr.Source{Title: it.s.law}
	if t.depth >= MaxDepth {
		out.Note = "what it rests on lies too deep to show here"
		return out
	}
	t.depth++
	s := &story{tracer: t, view: v, root: it.s.expr, told: map[string]bool{}}
	s.tell(it.s.expr)
	t.depth--
	out.Note, out.Parts = strings.Join(s.notes, "; "), s.parts
	return out
}

// story collects what one formula used and what happened in it.
type story struct {
	*tracer
	view  view
	root  expr
	notes []string
	parts []hr.Trace
	told  map[string]bool
}

func (s *story) note(format string, args ...any) {
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}

func (s *story) part(key string, make func() hr.Trace) {
	if !s.told[key] {
		s.told[key] = true
		s.parts = append(s.parts, make())
	}
}

// yes reports the answer to a question that was asked.
func (s *story) yes(e expr) bool { return s.cell(s.view, s.view.scope.exprs[e].num).yes }

// tell walks what was looked at, in the order it was written.
func (s *story) tell(e expr) {
	switch n := e.(type) {
	case *ref:
		s.part(n.name, func() hr.Trace { return s.name(n.name) })
	case *unary:
		s.tell(n.x)
	case *binary:
		s.tell(n.l)
		if (n.op == "and" || n.op == "or") && s.yes(n.l) == (n.op == "or") {
			return
		}
		s.tell(n.r)
	case *choice:
		s.tell(n.cond)
		if s.yes(n.cond) {
			s.note("%s: yes", brief(n.cond))
			s.tell(n.then)
			return
		}
		s.note("%s: no", brief(n.cond))
		s.tell(n.alt)
	case *call:
		s.call(n)
	}
}

func (s *story) call(n *call) {
	switch n.fn {
	case "sum":
		for _, m := range s.p.groups[n.group].members {
			s.part(m.name, func() hr.Trace { return s.name(m.name) })
		}
	case "first", "last":
		s.part(n.fn+" "+source(n.args[0]), func() hr.Trace {
			piece := 0
			if n.fn == "last" {
				piece = len(s.req.Pieces) - 1
			}
			return s.input(s.p.byName[n.args[0].(*ref).name], piece)
		})
	case "pieces":
		s.overPieces(n)
	case "min", "max":
		for _, a := range n.args {
			s.tell(a)
		}
		word := map[string]string{"min": "the least", "max": "the greatest"}[n.fn]
		texts := make([]string, len(n.args))
		for i, a := range n.args {
			texts[i] = s.filled(a)
		}
		s.note("%s of %s is %s", word, strings.Join(texts, ", "), s.result(n))
	case "round", "ceil", "floor":
		s.tell(n.args[0])
		note := s.filled(n.args[0])
		if exact := s.result(n.args[0]); exact != note {
			note += " = " + exact
		}
		note += " ; " + n.rounding().String()
		if expr(n) != s.root {
			note += " gives " + s.result(n)
		}
		s.note("%s", note)
	default:
		if it := s.p.byName[n.fn]; it.kind == aKernel {
			s.kernel(n, it)
			return
		}
		s.lookup(n)
	}
}

// result writes the value of a part of the formula.
func (s *story) result(e expr) string {
	d := s.p.types[e]
	return s.write(s.view, s.view.scope.exprs[e], d.kind, d.unit())
}

// filled writes a calculation with values in place of names.
func (s *story) filled(e expr) string {
	switch e.(type) {
	case *number, *unary, *binary:
	default:
		return s.result(e)
	}
	var b strings.Builder
	render(&b, e, func(x expr) string {
		switch n := x.(type) {
		case *number:
			if n.percent {
				return n.source()
			}
			return digits(n.decimal())
		case *unary, *binary:
			return ""
		}
		text := s.result(x)
		if exact, _, is := strings.Cut(text, " (about "); is {
			return "(" + exact + ")"
		}
		return text
	})
	return strings.ReplaceAll(b.String(), " * ", " x ")
}

// name explains a name that a formula used.
func (s *story) name(name string) hr.Trace {
	it := s.p.byName[name]
	switch it.kind {
	case anInput:
		piece := -1
		if it.s.byPiece {
			piece = s.view.piece
		}
		return s.input(it, piece)
	case aParam:
		return s.param(it)
	}
	return s.formula(it, s.view)
}

func (t *tracer) input(it *item, piece int) hr.Trace {
	out := hr.Trace{Name: it.name, Unit: shownUnit(it.unit)}
	if it.title != "" {
		out.Name += " (" + it.title + ")"
	}
	given := t.req.Values
	if piece >= 0 {
		given = t.req.Pieces[piece].Values
		out.Period = t.req.Pieces[piece].Period
	}
	v := given[it.index]
	out.Value = v.String()
	if v.kind == numeric {
		out.Value = amount(v.num, it.unit)
	}
	if t.req.Evidence != nil {
		out.Refs = t.req.Evidence(it.name, piece)
	}
	return out
}

// day is the day that dated values are read for.
func (s *story) day(b hr.DateBasis) hr.Date {
	switch {
	case b == hr.ByPayDate:
		return s.req.PayDate
	case s.view.piece >= 0:
		return s.req.Pieces[s.view.piece].Period.Through
	}
	return s.req.Period.Through
}

// dated says for which day a value was read and what is special about it.
func (s *story) dated(b hr.DateBasis, since hr.Date, uncertain string, overlay bool) string {
	var notes []string
	if since != always {
		what := "on"
		if b == hr.ByPayDate {
			what = "on the day of payment,"
		}
		notes = append(notes, fmt.Sprintf("read %s %s, holds since %s", what, s.day(b), since))
	}
	if uncertain != "" {
		notes = append(notes, "doubtful: "+uncertain)
	}
	if overlay {
		notes = append(notes, "set by the host on top of the pack")
	}
	return strings.Join(notes, "; ")
}

func (s *story) param(it *item) hr.Trace {
	out := hr.Trace{Name: it.name, Unit: shownUnit(it.unit)}
	for i, x := range s.p.params {
		if x.Name != it.name {
			continue
		}
		b := s.p.at(s.day(x.Basis)).params[i]
		out.Value, out.Source = amount(b.step.Value, it.unit), b.step.Source
		if x.Title != "" {
			out.Name += " (" + x.Title + ")"
		}
		out.Note = s.dated(x.Basis, b.step.Since, b.step.Uncertain, b.step.Overlay)
	}
	return out
}

// lookup explains which row of a table answered.
func (s *story) lookup(n *call) {
	for _, a := range n.args {
		s.tell(a)
	}
	for i, x := range s.p.tables {
		if x.Name != n.fn {
			continue
		}
		text := ""
		args := n.args
		if x.ByText {
			text = s.cell(s.view, s.view.scope.exprs[args[0]].num).text
			args = args[1:]
		}
		key := s.view.scope.exprs[args[0]]
		den := one
		if key.den != 0 {
			den = s.cell(s.view, key.den).num
		}
		b := s.p.at(s.day(x.Basis)).tables[i].rows[text]
		row := b.row(s.cell(s.view, key.num).num, den)
		out := hr.Trace{Name: n.fn, Value: s.result(n), Source: b.step.Source}
		if x.Title != "" {
			out.Name += " (" + x.Title + ")"
		}
		unit := s.p.byName[n.fn].typ.unit()
		out.Unit = shownUnit(unit)
		out.Rule = source(n)
		written := describe(b.step.Rows, row, x.value)
		if x.Kind == hr.Slabs {
			written = "up to the slab " + written
		} else {
			written = "row: " + written
		}
		if text != "" {
			written = text + ", " + written
		}
		out.Note = written
		if more := s.dated(x.Basis, b.step.Since, b.step.Uncertain, b.step.Overlay); more != "" {
			out.Note += "; " + more
		}
		s.note("%s: %s", n.fn, written)
		s.parts = append(s.parts, out)
	}
}

// describe writes a row with what it holds for: "upto 10000: 175", "above 10000 upto 20000: 200", "above 20000: 208"; an only one as its
// value.
func describe(rows []hr.TableRow, i int, u Unit) string {
	var bounds []string
	if i > 0 {
		after := map[hr.Bound]string{hr.UpTo: "above ", hr.Below: "from "}[rows[i-1].Bound]
		bounds = append(bounds, after+digits(rows[i-1].Limit))
	}
	r := rows[i]
	if r.Bound != hr.Above {
		bounds = append(bounds, string(r.Bound)+" "+digits(r.Limit))
	}
	s := digits(r.Value)
	if len(bounds) > 0 {
		s = strings.Join(bounds, " ") + ": " + s
	}
	if u == Percent {
		s += "%"
	}
	return s
}

// overPieces explains a sum piece by piece.
func (s *story) overPieces(n *call) {
	block := s.block(n)
	arg := n.args[0]
	for i, piece := range s.req.Pieces {
		v := view{block, i}
		inner := &story{tracer: s.tracer, view: v, root: arg, told: map[string]bool{}}
		inner.tell(arg)
		note := inner.filled(arg)
		if exact := inner.result(arg); exact != note {
			note += " = " + exact
		}
		s.parts = append(s.parts, hr.Trace{
			Name: fmt.Sprintf("piece %d", i+1), Period: piece.Period,
			Value: inner.result(arg), Unit: shownUnit(s.p.types[arg].unit()), Rule: source(arg),
			Note: strings.Join(append([]string{note}, inner.notes...), "; "), Parts: inner.parts,
		})
	}
}

// block finds the scope of a pieces(...).
func (s *story) block(n *call) *scope {
	for _, b := range s.p.scopes[1:] {
		if _, ok := b.exprs[n.args[0]]; ok {
			return b
		}
	}
	return s.view.scope
}
