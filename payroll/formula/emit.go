package formula

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// scope is where instructions go: the whole period, or one block that runs for each piece.
type scope struct {
	block  int // -1 for the whole period
	code   []Instr
	exprs  map[expr]value
	lets   map[*item]value
	params map[int]Reg
	inputs map[int]Reg
}

func newScope(block int) *scope {
	return &scope{block: block, exprs: map[expr]value{}, lets: map[*item]value{}, params: map[int]Reg{}, inputs: map[int]Reg{}}
}

// maxInstrs bounds a program: lets by piece are worked out anew in each pieces(...), which could multiply.
const maxInstrs = 500_000

// emitter turns checked formulas into instructions.
type emitter struct {
	*compiler
	p      *Program
	head   []Instr // constants, inputs and parameters of the whole period
	whole  *scope
	in     *scope // where instructions go now
	it     *item  // the formula being turned
	sums   map[*group]value
	sizes  []size  // by register
	owners []*item // by register: the formula that it belongs to
	consts map[string]Reg
	round  map[string]int32
	ends   map[string]Reg    // first(x), last(x)
	slots  map[any]int32     // of parameters and tables, among those that are read
	built  map[string][]Term // answers of kernels
	full   bool
}

func (c *compiler) emit(nodes []*node, p *Program) {
	e := &emitter{
		compiler: c, p: p, whole: newScope(-1), sums: map[*group]value{}, sizes: make([]size, 1), owners: make([]*item, 1),
		consts: map[string]Reg{}, round: map[string]int32{}, ends: map[string]Reg{}, slots: map[any]int32{}, built: map[string][]Term{},
	}
	e.in = e.whole
	read := c.needed()
	for _, n := range nodes {
		if e.full {
			break
		}
		switch {
		case n.group != nil:
			if read.groups[n.group] {
				e.sums[n.group] = e.total(n.group)
			}
		case !n.item.byPiece && (n.item.kind == aLine || read.lets[n.item]):
			e.it = n.item
			v := e.of(n.item.s.expr)
			e.whole.lets[n.item] = v
		}
	}
	p.code = append(e.head, e.whole.code...)
	p.registers = len(e.sizes) - 1
	for i, it := range c.lines {
		p.lines[i].value = e.whole.lets[it]
	}
	p.owners = e.owners
	p.scopes = append([]*scope{e.whole}, p.scopes...)
	p.types = e.types
	for _, s := range p.scopes {
		s.code = nil
	}
}

// reg takes a new register for a number of at most that size.
func (e *emitter) reg(s size, at expr) Reg {
	if s.tooLarge() && !e.full {
		e.full = true
		pos := e.it.pos
		if at != nil {
			pos = at.at()
		}
		e.add(e.it.file, pos, RuleBudget, "round a part of it", "the exact result could grow past all bounds")
	}
	if len(e.sizes) > maxInstrs && !e.full {
		e.full = true
		e.add(e.it.file, e.it.pos, RuleBudget, "use fewer values by piece", "the program has more than %d steps", maxInstrs)
	}
	if e.full {
		s = sizeFlag // one fault is enough
	}
	e.sizes = append(e.sizes, s)
	e.owners = append(e.owners, e.it)
	return Reg(len(e.sizes) - 1)
}

func (e *emitter) put(at expr, s size, i Instr) Reg {
	i.Dst = e.reg(s, at)
	e.in.code = append(e.in.code, i)
	return i.Dst
}

// ahead puts an instruction in front of the program.
func (e *emitter) ahead(s size, i Instr) Reg {
	i.Dst = e.reg(s, nil)
	e.head = append(e.head, i)
	return i.Dst
}

func (e *emitter) site(at Pos, rule hr.Rule, hint, reason string, args ...any) int32 {
	e.p.sites = append(e.p.sites, &Fault{File: e.it.file, Pos: at, Rule: rule, Reason: fmt.Sprintf(reason, args...), Hint: hint})
	return int32(len(e.p.sites) - 1)
}

func (e *emitter) constant(v Value) Reg {
	key := fmt.Sprintf("%d %s", v.kind, v)
	r, ok := e.consts[key]
	if !ok {
		e.p.consts = append(e.p.consts, v)
		r = e.ahead(sizeGiven, Instr{Op: OpConst, Aux: int32(len(e.p.consts) - 1)})
		e.consts[key] = r
	}
	return r
}

func (e *emitter) num(d decimal.Decimal) Reg { return e.constant(Number(d)) }

// of turns an expression into instructions.
func (e *emitter) of(x expr) value {
	v := e.turn(x)
	e.in.exprs[x] = v
	return v
}

func (e *emitter) turn(x expr) value {
	switch n := x.(type) {
	case *number:
		return value{num: e.num(n.decimal())}
	case *quoted:
		return value{num: e.constant(Text(n.text))}
	case *day:
		return value{num: e.constant(Day(n.date))}
	case *flag:
		return value{num: e.constant(YesNo(n.yes))}
	case *ref:
		return e.name(n)
	case *unary:
		v := e.of(n.x)
		if n.op == "not" {
			return value{num: e.put(x, sizeFlag, Instr{Op: OpNot, A: v.num})}
		}
		return value{e.put(x, e.sizes[v.num], Instr{Op: OpNeg, A: v.num}), v.den}
	case *binary:
		return e.operator(n)
	case *choice:
		cond, then, alt := e.of(n.cond), e.of(n.then), e.of(n.alt)
		return e.pick(x, cond.num, then, alt)
	case *call:
		return e.call(n)
	}
	return value{}
}

func (e *emitter) name(n *ref) value {
	it := e.names[n.name]
	switch it.kind {
	case anInput:
		return value{num: e.input(it)}
	case aParam:
		return value{num: e.param(it)}
	case aLet:
		if !it.byPiece {
			return e.whole.lets[it]
		}
		v, ok := e.in.lets[it]
		if !ok {
			outer := e.it
			e.it = it
			v = e.of(it.s.expr)
			e.it = outer
			e.in.lets[it] = v
		}
		return v
	}
	return e.whole.lets[it]
}

// input loads an input once: one by piece in its block, any other in front of the program.
func (e *emitter) input(it *item) Reg {
	s := e.whole
	if it.s.byPiece {
		s = e.in
	}
	r, ok := s.inputs[it.index]
	if ok {
		return r
	}
	load := Instr{Op: OpInput, Aux: int32(it.index)}
	if it.s.byPiece {
		r = e.put(nil, inputSize(it), load)
		if it.unit == Percent {
			h := e.num(hundredth)
			r = e.put(nil, sizeGiven, Instr{Op: OpMul, A: r, B: h})
		}
	} else {
		r = e.ahead(inputSize(it), load)
		if it.unit == Percent {
			h := e.num(hundredth)
			r = e.ahead(sizeGiven, Instr{Op: OpMul, A: r, B: h})
		}
	}
	s.inputs[it.index] = r
	return r
}

func inputSize(it *item) size {
	if it.typ.kind == dated {
		return sizeDay
	}
	return sizeGiven
}

func (e *emitter) param(it *item) Reg {
	byPay := e.params[it.index].Basis == hr.ByPayDate
	s := e.in
	if byPay {
		s = e.whole
	}
	r, ok := s.params[it.index]
	if ok {
		return r
	}
	load := Instr{Op: OpParam, Aux: e.useParam(it.index)}
	if s == e.whole {
		r = e.ahead(sizeGiven, load)
	} else {
		r = e.put(nil, sizeGiven, load)
	}
	s.params[it.index] = r
	e.p.needPayDate = e.p.needPayDate || byPay
	e.cut(s, e.params[it.index].Changes)
	return r
}

// cut remembers what changes inside a block, so that a period can be cut there.
func (e *emitter) cut(s *scope, changes func(hr.Period) []hr.Date) {
	if s.block >= 0 {
		e.p.cuts = append(e.p.cuts, changes)
	}
}

func (e *emitter) useParam(index int) int32 {
	i, ok := e.slots[e.params[index]]
	if !ok {
		i = int32(len(e.p.params))
		e.p.params = append(e.p.params, e.params[index])
		e.slots[e.params[index]] = i
	}
	return i
}

func (e *emitter) useTable(index int) int32 {
	i, ok := e.slots[e.tables[index]]
	if !ok {
		i = int32(len(e.p.tables))
		e.p.tables = append(e.p.tables, e.tables[index])
		e.slots[e.tables[index]] = i
	}
	return i
}

func (e *emitter) operator(n *binary) value {
	l, r := e.of(n.l), e.of(n.r)
	switch n.op {
	case "or":
		return value{num: e.put(n, sizeFlag, Instr{Op: OpOr, A: l.num, B: r.num})}
	case "and":
		return value{num: e.put(n, sizeFlag, Instr{Op: OpAnd, A: l.num, B: r.num})}
	case "+":
		return e.sum(n, l, r, OpAdd)
	case "-":
		return e.sum(n, l, r, OpSub)
	case "*":
		return value{e.mul(n, l.num, r.num), e.mul(n, l.den, r.den)}
	case "/":
		return e.quotient(n, l, r)
	}
	return value{num: e.compare(n, n.op, l, r)}
}

// mul multiplies two registers; none is one.
func (e *emitter) mul(at expr, a, b Reg) Reg {
	switch {
	case a == 0:
		return b
	case b == 0:
		return a
	}
	return e.put(at, e.sizes[a].times(e.sizes[b]), Instr{Op: OpMul, A: a, B: b})
}

// align brings two fractions to one denominator.
func (e *emitter) align(at expr, l, r value) (a, b, den Reg) {
	if l.den == r.den {
		return l.num, r.num, l.den
	}
	return e.mul(at, l.num, r.den), e.mul(at, r.num, l.den), e.mul(at, l.den, r.den)
}

func (e *emitter) sum(at expr, l, r value, op Op) value {
	a, b, den := e.align(at, l, r)
	return value{e.put(at, e.sizes[a].plus(e.sizes[b]), Instr{Op: op, A: a, B: b}), den}
}

func (e *emitter) quotient(n *binary, l, r value) value {
	by := r.num
	num := e.mul(n, l.num, r.den)
	if _, literal := n.r.(*number); !literal {
		at := e.site(n.r.at(), RuleDivisor, "", "the divisor `%s` is not above zero", brief(n.r))
		by = e.put(n, e.sizes[by], Instr{Op: OpDivisor, A: by, At: at})
		num = e.put(n, e.sizes[num], Instr{Op: OpNeeds, A: num, B: by})
	}
	return value{num, e.mul(n, l.den, by)}
}

// brief writes a formula for a sentence.
func brief(x expr) string {
	s := []rune(source(x))
	if len(s) > 60 {
		s = append(s[:57], []rune("...")...)
	}
	return string(s)
}

func (e *emitter) compare(at *binary, op string, l, r value) Reg {
	if c := e.types[at.l].kind; c == worded || c == flagged {
		o := OpEqText
		if c == flagged {
			o = OpEqFlag
		}
		return e.negate(at, e.put(at, sizeFlag, Instr{Op: o, A: l.num, B: r.num}), op == "!=")
	}
	a, b, _ := e.align(at, l, r)
	i := Instr{Op: OpEq, A: a, B: b}
	switch op {
	case "<":
		i.Op = OpLess
	case "<=":
		i.Op = OpLessEq
	case ">":
		i = Instr{Op: OpLess, A: b, B: a}
	case ">=":
		i = Instr{Op: OpLessEq, A: b, B: a}
	}
	return e.negate(at, e.put(at, sizeFlag, i), op == "!=")
}

func (e *emitter) negate(at expr, r Reg, yes bool) Reg {
	if yes {
		return e.put(at, sizeFlag, Instr{Op: OpNot, A: r})
	}
	return r
}

// pick chooses one of two values.
func (e *emitter) pick(at expr, cond Reg, yes, no value) value {
	out := value{num: e.put(at, e.sizes[yes.num].or(e.sizes[no.num]), Instr{Op: OpSelect, A: cond, B: yes.num, C: no.num})}
	switch {
	case yes.den == no.den:
		out.den = yes.den
		return out
	case yes.den == 0:
		yes.den = e.num(one)
	case no.den == 0:
		no.den = e.num(one)
	}
	out.den = e.put(at, e.sizes[yes.den].or(e.sizes[no.den]), Instr{Op: OpSelect, A: cond, B: yes.den, C: no.den})
	return out
}

func (e *emitter) total(g *group) value {
	if len(g.members) == 0 {
		return value{num: e.num(zero)}
	}
	e.it = g.members[0]
	v := e.whole.lets[g.members[0]]
	for _, m := range g.members[1:] {
		v = e.sum(nil, v, e.whole.lets[m], OpAdd)
	}
	return v
}
