package formula

import "slices"

// guard finds the registers that are only looked at where something asks for them, and those that may fail.
func (l *lowering) guard() {
	n := l.p.registers + 1
	strict := make([]bool, n)
	l.guarded, l.fallible = make([]bool, n), make([]bool, n)
	for _, line := range l.p.lines {
		strict[line.value.num] = true
	}
	for _, in := range slices.Backward(l.order) {
		switch {
		case !strict[in.Dst] && (in.Op != OpPieces || !strict[in.C]):
		case in.Op == OpSelect || in.Op == OpAnd || in.Op == OpOr:
			strict[in.A] = true
		default:
			strict[in.A], strict[in.B], strict[in.C] = true, true, true
		}
		strict[0] = false
	}
	f := l.fallible
	for _, in := range l.order {
		switch in.Op {
		case OpDivisor, OpBands, OpSlabs, OpParam:
			f[in.Dst] = true
		case OpPieces:
			f[in.Dst] = f[in.A] || f[in.B]
			f[in.C] = f[in.Dst]
		default:
			f[in.Dst] = f[in.A] || f[in.B] || f[in.C]
		}
		f[0] = false
	}
	for r := range strict {
		l.guarded[r] = !strict[r]
	}
}

// kinds says of each register what sort of value it holds.
func (p *Program) kinds(order []Instr) []kind {
	k := make([]kind, p.registers+1)
	for _, in := range order {
		switch in.Op {
		case OpConst:
			k[in.Dst] = p.consts[in.Aux].kind
		case OpInput, OpFirst, OpLast:
			k[in.Dst] = p.inputKind[in.Aux]
		case OpLess, OpLessEq, OpEq, OpEqText, OpEqFlag, OpNot, OpAnd, OpOr:
			k[in.Dst] = flagged
		case OpSelect:
			k[in.Dst] = k[in.B]
		case OpPieces:
			k[in.Dst], k[in.C] = k[in.A], numeric
		default:
			k[in.Dst] = numeric
		}
	}
	return k
}

// valueOrder lists the instructions so that each comes behind those that it reads: an OpPieces behind its block.
func (p *Program) valueOrder() []Instr {
	list := make([]Instr, 0, len(p.code))
	for i := 0; i < len(p.code); i++ {
		if in := p.code[i]; in.Op == OpPieces {
			n := p.blocks[in.Aux].Len
			list = append(append(list, p.code[i+1:][:n]...), in)
			i += n
		} else {
			list = append(list, in)
		}
	}
	return list
}
