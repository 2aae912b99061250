package formula

import (
	"fmt"
	"slices"
)

// lowering turns a program into its integer form.
type lowering struct {
	p         *Program
	f         *integers
	places    []int // by register of the program
	guarded   []bool
	fallible  []bool
	order     []Instr // with OpPieces behind its block
	defined   []int   // by register of the program: the place in order that writes it
	inBlock   []bool
	scaled    map[scaledKey]int32
	constants map[uniform]int32
	block     int // -1 outside
}

type scaledKey struct {
	reg    int32
	places int
	block  int
}

// integersOf returns the integer form of p; nil where there is none: a number has more than 18 places, or a line answers a text.
func (p *Program) integersOf() *integers {
	l := &lowering{
		p: p, f: &integers{regOf: make([]int32, p.registers+1), texts: map[string]int64{}},
		places: p.scales(), scaled: map[scaledKey]int32{}, constants: map[uniform]int32{}, block: -1,
	}
	l.order, l.defined, l.inBlock = p.valueOrder(), make([]int, p.registers+1), make([]bool, p.registers+1)
	for i, in := range l.order {
		if l.places[in.Dst] == noScale {
			p.warnDecimals(in.Dst)
			return nil
		}
		l.defined[in.Dst] = i
		if in.Op == OpPieces && in.C != 0 {
			l.defined[in.C] = i
		}
	}
	for _, b := range p.blocks {
		for r := b.From; r <= b.Through; r++ {
			l.inBlock[r] = true
		}
	}
	for i := range p.lines {
		if p.lines[i].it.typ.kind == worded {
			return nil
		}
	}
	l.guard()
	l.f.kinds = p.kinds(l.order)
	l.nameTexts()
	l.collectUniforms()
	l.f.regs = len(l.f.uniforms) + 1
	l.f.carries = make([]bool, l.f.regs)
	l.f.places = make([]int, l.f.regs)
	for i, u := range l.f.uniforms {
		l.f.places[i+1] = u.places
	}
	for i := range p.inputs {
		l.f.inputs = append(l.f.inputs, intInput{reg: -1, column: -1, places: p.InputPlaces(i), kind: p.inputKind[i]})
	}
	for i := range p.blocks {
		l.f.blocks = append(l.f.blocks, intBlock{length: p.blocks[i].Len})
	}
	if !l.lower(p.code) {
		return nil
	}
	for _, line := range p.lines {
		l.f.lines = append(l.f.lines, intLine{l.f.regOf[line.value.num], l.places[line.value.num]})
	}
	l.asColumns()
	l.f.optimize(p)
	return l.f
}

// warnDecimals says which formula keeps the whole program out of integers.
func (p *Program) warnDecimals(r Reg) {
	it := p.owners[r]
	if it == nil {
		return
	}
	p.warnings = append(p.warnings, &Fault{
		File: it.file, Pos: it.pos, Rule: RuleDecimals, Hint: "round a part of it: round(..., 0.0001)",
		Reason: fmt.Sprintf("`%s` needs more than %d places on the way, so every payslip is calculated in decimals, which takes many times as long", it.name, maxScale),
	})
}

// nameTexts numbers every text that a formula or a table names, from 1.
func (l *lowering) nameTexts() {
	name := func(s string) {
		if _, ok := l.f.texts[s]; !ok {
			l.f.texts[s] = int64(len(l.f.texts) + 1)
		}
	}
	for _, c := range l.p.consts {
		if c.kind == worded {
			name(c.text)
		}
	}
	for _, t := range l.p.tables {
		for _, s := range t.Steps {
			if t.ByText {
				name(s.Text)
			}
		}
	}
	constant := make([]bool, l.p.registers+1)
	for _, in := range l.p.code {
		constant[in.Dst] = in.Op == OpConst
		if in.Op == OpEqText && !constant[in.A] && !constant[in.B] {
			l.f.blind = true
		}
	}
}

// collectUniforms gives registers to constants and parameters first, so that they lie together: those that instructions load, and
// those at other places that instructions will want.
func (l *lowering) collectUniforms() {
	for _, in := range l.p.code {
		switch in.Op {
		case OpConst, OpParam:
			l.uniform(l.uniformOf(in))
		}
	}
	for _, in := range l.p.code {
		for _, want := range l.wants(in) {
			if u, ok := l.uniformBehind(want.reg); ok {
				u.places = want.places
				l.uniform(u)
			}
		}
	}
}

func (l *lowering) uniformOf(in Instr) uniform {
	u := uniform{constant: -1, param: -1, places: l.places[in.Dst]}
	if in.Op == OpConst {
		u.constant = int(in.Aux)
	} else {
		u.param = int(in.Aux)
	}
	return u
}

func (l *lowering) uniform(u uniform) int32 {
	r, ok := l.constants[u]
	if !ok {
		l.f.uniforms = append(l.f.uniforms, u)
		r = int32(len(l.f.uniforms))
		l.constants[u] = r
	}
	return r
}

// uniformBehind returns the constant or the parameter of the whole period that a register of the program holds.
func (l *lowering) uniformBehind(r Reg) (uniform, bool) {
	in := l.order[l.defined[r]]
	if in.Op == OpConst || in.Op == OpParam && !l.inBlock[r] {
		return l.uniformOf(in), true
	}
	return uniform{}, false
}

type want struct {
	reg    Reg
	places int
}

// wants lists the operands that must come at other places than they have.
func (l *lowering) wants(in Instr) []want {
	common := func(regs ...Reg) (list []want) {
		places := 0
		for _, r := range regs {
			places = max(places, l.places[r])
		}
		for _, r := range regs {
			if l.places[r] != places {
				list = append(list, want{r, places})
			}
		}
		return list
	}
	switch in.Op {
	case OpAdd, OpSub, OpMin, OpMax, OpLess, OpLessEq, OpEq:
		return common(in.A, in.B)
	case OpSelect:
		return common(in.B, in.C)
	}
	return nil
}

func (l *lowering) newReg(places int, carries bool) int32 {
	r := int32(l.f.regs)
	l.f.regs++
	l.f.carries = append(l.f.carries, carries)
	l.f.places = append(l.f.places, places)
	return r
}

// at returns r with more places.
func (l *lowering) at(r Reg, places int) int32 {
	if l.places[r] == places {
		return l.f.regOf[r]
	}
	if u, ok := l.uniformBehind(r); ok {
		u.places = places
		l.f.carries[l.constants[u]] = l.f.carries[l.f.regOf[r]]
		return l.constants[u]
	}
	key := scaledKey{l.f.regOf[r], places, -1}
	if s, ok := l.scaled[key]; ok {
		return s
	}
	key.block = l.block
	if s, ok := l.scaled[key]; ok {
		return s
	}
	from := l.f.regOf[r]
	to := l.newReg(places, l.f.carries[from])
	l.add(step{op: intScale, dst: to, a: from, k: tenTo[places-l.places[r]]})
	l.scaled[key] = to
	return to
}

func (l *lowering) add(s step) { l.f.steps = append(l.f.steps, s) }

// mark says of each step whether its operands and its answer carry marks.
func (f *integers) mark(steps []step) {
	for i := range steps {
		s := &steps[i]
		s.carries = f.carries[s.dst]
		s.watches = f.carries[s.a] || f.carries[s.b] || f.carries[s.c] && s.op != intPieces
	}
}

func (l *lowering) lower(code []Instr) bool {
	for i := 0; i < len(code); i++ {
		in := code[i]
		if in.Op != OpPieces {
			if !l.one(in) {
				return false
			}
			continue
		}
		b := l.p.blocks[in.Aux]
		at := len(l.f.steps)
		l.f.steps = append(l.f.steps, step{})
		l.block = int(in.Aux)
		for _, x := range code[i+1 : i+1+b.Len] {
			if !l.one(x) {
				return false
			}
		}
		i += b.Len
		l.block = -1
		l.f.blocks[in.Aux] = intBlock{length: len(l.f.steps) - at - 1}
		s := step{op: intPieces, a: l.f.regOf[in.A], b: l.f.regOf[in.B], aux: in.Aux}
		carries := l.f.carries[s.a] || l.f.carries[s.b]
		s.dst = l.newReg(l.places[in.Dst], carries)
		l.f.regOf[in.Dst] = s.dst
		if in.C != 0 {
			s.c = l.newReg(l.places[in.C], carries)
			l.f.regOf[in.C] = s.c
		}
		l.f.steps[at] = s
	}
	return true
}

// one lowers one instruction outside OpPieces.
func (l *lowering) one(in Instr) bool {
	places := l.places[in.Dst]
	carries := l.guarded[in.Dst] && l.fallible[in.Dst]
	dst := func() int32 {
		r := l.newReg(places, carries)
		l.f.regOf[in.Dst] = r
		return r
	}
	plain := func(op intOp, a, b, c int32) bool {
		l.add(step{op: op, dst: dst(), a: a, b: b, c: c})
		return true
	}
	reg := l.f.regOf
	switch in.Op {
	case OpConst:
		reg[in.Dst] = l.uniform(l.uniformOf(in))
	case OpParam:
		u := l.uniform(l.uniformOf(in))
		l.f.carries[u] = l.f.carries[u] || carries
		if l.block < 0 {
			reg[in.Dst] = u
			return true
		}
		l.add(step{op: intParam, dst: dst(), a: u})
	case OpInput:
		if l.block < 0 {
			r := dst()
			l.f.inputs[in.Aux].reg = r
			l.f.inputs[in.Aux].column = r
			return true
		}
		return l.piece(intInputOf, in, dst())
	case OpFirst:
		return l.piece(intFirst, in, dst())
	case OpLast:
		return l.piece(intLast, in, dst())
	case OpNeg:
		return plain(intNeg, reg[in.A], 0, 0)
	case OpAdd:
		return plain(intAdd, l.at(in.A, places), l.at(in.B, places), 0)
	case OpSub:
		return plain(intSub, l.at(in.A, places), l.at(in.B, places), 0)
	case OpMin:
		return plain(intMin, l.at(in.A, places), l.at(in.B, places), 0)
	case OpMax:
		return plain(intMax, l.at(in.A, places), l.at(in.B, places), 0)
	case OpMul:
		return plain(intMul, reg[in.A], reg[in.B], 0)
	case OpDivisor:
		return plain(intDivisor, reg[in.A], 0, 0)
	case OpNeeds:
		if !carries {
			reg[in.Dst] = reg[in.A] // whoever looks at it trips where B failed
			return true
		}
		return plain(intCopy, reg[in.A], reg[in.B], 0)
	case OpLess, OpLessEq, OpEq:
		common := max(l.places[in.A], l.places[in.B])
		return plain(map[Op]intOp{OpLess: intLess, OpLessEq: intLessEq, OpEq: intEq}[in.Op], l.at(in.A, common), l.at(in.B, common), 0)
	case OpEqText, OpEqFlag:
		return plain(intEq, reg[in.A], reg[in.B], 0)
	case OpNot:
		return plain(intNot, reg[in.A], 0, 0)
	case OpAnd:
		return plain(intAnd, reg[in.A], reg[in.B], 0)
	case OpOr:
		return plain(intOr, reg[in.A], reg[in.B], 0)
	case OpSelect:
		return plain(intSelect, reg[in.A], l.at(in.B, places), l.at(in.C, places))
	case OpRound:
		return l.round(in, dst())
	case OpBands, OpSlabs:
		return l.lookup(in, dst())
	}
	return true
}

func (l *lowering) piece(op intOp, in Instr, dst int32) bool {
	if l.f.inputs[in.Aux].column < 0 {
		l.f.inputs[in.Aux].column = dst
	}
	l.add(step{op: op, dst: dst, aux: in.Aux})
	return true
}

func (l *lowering) round(in Instr, dst int32) bool {
	op, den := intRound, 0
	if in.B != 0 {
		op, den = intRatio, l.places[in.B]
	}
	r, ok := newRounder(l.p.roundings[in.Aux], l.places[in.A], den)
	if !ok {
		return false
	}
	l.f.rounders = append(l.f.rounders, r)
	l.add(step{op: op, dst: dst, a: l.f.regOf[in.A], b: l.f.regOf[in.B], aux: int32(len(l.f.rounders) - 1)})
	return true
}

func (l *lowering) lookup(in Instr, dst int32) bool {
	limits, values := l.p.tables[in.Aux].places()
	if limits == noScale || values == noScale {
		return false
	}
	x := lookup{table: int(in.Aux), slabs: in.Op == OpSlabs, limits: limits, values: values}
	of := limits
	if in.B != 0 {
		of += l.places[in.B]
	}
	key := l.places[in.A]
	common := max(key, of)
	if common > maxScale {
		return false
	}
	x.keyUp, x.limitUp = tenTo[common-key], tenTo[common-of]
	l.f.lookups = append(l.f.lookups, x)
	op := intBands
	if x.slabs {
		op = intSlabs
	}
	l.add(step{op: op, dst: dst, a: l.f.regOf[in.A], b: l.f.regOf[in.B], c: l.f.regOf[in.C], aux: int32(len(l.f.lookups) - 1)})
	return true
}

// asColumns writes the steps for a period of one piece: what only names another register's value is an alias.
func (l *lowering) asColumns() {
	f := l.f
	f.alias = make([]int32, f.regs)
	for i := range f.alias {
		f.alias[i] = int32(i)
	}
	find := func(r int32) int32 { return f.alias[r] }
	var pieces step
	end := -1
	for i, s := range f.steps {
		switch s.op {
		case intInputOf, intFirst, intLast:
			f.alias[s.dst] = f.inputs[s.aux].column
		case intParam:
			f.alias[s.dst] = s.a
		case intPieces:
			pieces, end = s, i+f.blocks[s.aux].length
		default:
			s.a, s.b, s.c = find(s.a), find(s.b), find(s.c)
			f.columns = append(f.columns, s)
		}
		if i == end {
			f.alias[pieces.dst] = find(pieces.a)
			if pieces.c != 0 {
				f.alias[pieces.c] = find(pieces.b)
			}
		}
	}
	f.mark(f.steps)
	f.mark(f.columns)
	f.whole = slices.Clone(f.columns)
}
