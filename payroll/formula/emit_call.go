package formula

import (
	"strings"

	"github.com/musterhr/hr"
)

func (e *emitter) call(n *call) value {
	switch n.fn {
	case "min", "max":
		v := e.of(n.args[0])
		for _, a := range n.args[1:] {
			v = e.extreme(n, v, e.of(a))
		}
		return v
	case "round", "ceil", "floor":
		v := e.of(n.args[0])
		r := n.rounding()
		at := e.site(n.pos, RuleTooLarge, "", "the result of `%s` has more digits than pay has", brief(n))
		s := size{1, 100, int(max(0, -r.Step.Exponent()))}
		return value{num: e.put(n, s, Instr{Op: OpRound, A: v.num, B: v.den, Aux: e.rounding(r), At: at})}
	case "sum":
		return e.sums[e.groups[n.group]]
	case "pieces":
		return e.pieces(n)
	case "first", "last":
		return value{num: e.end(n)}
	}
	return e.lookup(n)
}

// rounding returns what a call of round, ceil or floor rounds by.
func (n *call) rounding() hr.Rounding {
	r := hr.Rounding{Step: n.step.decimal(), Mode: n.mode}
	switch {
	case n.fn == "ceil":
		r.Mode = hr.Ceiling
	case n.fn == "floor":
		r.Mode = hr.Floor
	case r.Mode == "":
		r.Mode = hr.HalfUp
	}
	return r
}

func (e *emitter) rounding(r hr.Rounding) int32 {
	key := digits(r.Step) + string(r.Mode)
	i, ok := e.round[key]
	if !ok {
		i = int32(len(e.p.roundings))
		e.p.roundings = append(e.p.roundings, r)
		e.round[key] = i
	}
	return i
}

func (e *emitter) extreme(n *call, l, r value) value {
	if l.den == 0 && r.den == 0 {
		op := OpMin
		if n.fn == "max" {
			op = OpMax
		}
		return value{num: e.put(n, e.sizes[l.num].or(e.sizes[r.num]), Instr{Op: op, A: l.num, B: r.num})}
	}
	a, b, _ := e.align(n, l, r)
	if n.fn == "max" {
		a, b = b, a
	}
	return e.pick(n, e.put(n, sizeFlag, Instr{Op: OpLessEq, A: a, B: b}), l, r)
}

func (e *emitter) end(n *call) Reg {
	it := e.names[n.args[0].(*ref).name]
	key := n.fn + " " + it.name
	r, ok := e.ends[key]
	if ok {
		return r
	}
	op := OpFirst
	if n.fn == "last" {
		op = OpLast
	}
	r = e.ahead(inputSize(it), Instr{Op: op, Aux: int32(it.index)})
	if it.unit == Percent {
		h := e.num(hundredth)
		r = e.ahead(sizeGiven, Instr{Op: OpMul, A: r, B: h})
	}
	e.ends[key] = r
	e.p.needPieces = true
	return r
}

func (e *emitter) lookup(n *call) value {
	it := e.names[n.fn]
	if it.kind == aKernel {
		return e.kernel(n, it)
	}
	t := e.tables[it.index]
	i := Instr{Op: OpBands, Aux: e.useTable(it.index)}
	args := n.args
	if t.ByText {
		i.C = e.of(args[0]).num
		i.At = e.site(n.pos, RuleTableText, "", "table `%s` has no rows for what `%s` says; it has %s", n.fn, brief(args[0]), strings.Join(t.Texts(), ", "))
		args = args[1:]
	}
	key := e.of(args[0])
	i.A, i.B = key.num, key.den
	if t.Basis == hr.ByPayDate {
		e.p.needPayDate = true
	} else {
		e.cut(e.in, t.Changes)
	}
	if t.Kind == hr.Bands {
		return value{num: e.put(n, sizeGiven, i)}
	}
	i.Op = OpSlabs
	s := e.sizes[key.num]
	if key.den != 0 {
		s.places = max(s.places, e.sizes[key.den].places+maxPlaces+2)
	}
	s.places = max(s.places, maxPlaces+2)
	return value{e.put(n, s.times(sizeGiven), i), key.den}
}

// MaxPieces is how many pieces a period may have: a day each, and some.
const MaxPieces = 400

func (e *emitter) pieces(n *call) value {
	index := len(e.p.blocks)
	e.p.blocks = append(e.p.blocks, Block{From: Reg(len(e.sizes))})
	e.p.needPieces = true
	outer := e.in
	e.in = newScope(index)
	v := e.of(n.args[0])
	body := e.in
	e.in = outer
	e.p.scopes = append(e.p.scopes, body)
	b := &e.p.blocks[index]
	b.Len, b.Through = len(body.code), Reg(len(e.sizes)-1)
	at := e.site(n.pos, RuleTooLarge, "round inside pieces(...)", "the sum over pieces `%s` has more digits than pay has", brief(n))
	i := Instr{Op: OpPieces, A: v.num, B: v.den, Aux: int32(index), At: at}
	if v.den == 0 {
		i.Dst = e.reg(e.sizes[v.num].times(size{MaxPieces, 0, 0}), n)
	} else {
		i.Dst, i.C = e.reg(size{1, maxSumBits, e.sizes[v.num].places}, n), e.reg(size{1, maxSumBits, e.sizes[v.den].places}, n)
	}
	e.in.code = append(append(e.in.code, i), body.code...)
	return value{i.Dst, i.C}
}

// maxSumBits bounds both parts of a sum of fractions over pieces.
const maxSumBits = 4096
