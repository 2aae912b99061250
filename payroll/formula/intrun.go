package formula

// intMachine calculates one employee in integers.
type intMachine struct {
	f      *integers
	regs   []int64
	marks  []bool // by register: it failed, and nobody has looked at it yet
	whole  *intValues
	now    *intValues
	values []int64 // by piece and input
	pieces []*intValues
	piece  int
}

// begin makes the machine ready; registers that steps write need no clearing.
func (m *intMachine) begin(f *integers, whole *intValues) {
	if m.regs == nil {
		m.regs, m.marks = make([]int64, f.regs), make([]bool, f.regs)
	}
	m.f, m.whole, m.now = f, whole, whole
	copy(m.regs, whole.values)
	copy(m.marks, whole.failing)
	m.values, m.pieces = m.values[:0], m.pieces[:0]
}

// run executes steps; ok is false where something does not fit or fails and is looked at.
func (m *intMachine) run(steps []step) (ok bool) {
	regs := m.regs
	for i := 0; i < len(steps); i++ {
		s := &steps[i]
		if s.only != 0 && (regs[s.only] != 0) != s.onlyYes && !m.marks[s.only] {
			if s.carries {
				m.marks[s.dst] = false
			}
			continue
		}
		if s.watches {
			if failed := m.looksAtFailure(s); failed {
				if !s.carries {
					return false
				}
				m.marks[s.dst] = true
				regs[s.dst] = 0
				continue
			}
		}
		a, b := regs[s.a], regs[s.b]
		var d int64
		ok = true
		switch s.op {
		case intScale:
			d, ok = mulInt(a, s.k)
		case intCopy:
			d = a
		case intNeg:
			d, ok = subInt(0, a)
		case intAdd:
			d, ok = addInt(a, b)
		case intSub:
			d, ok = subInt(a, b)
		case intMul:
			d, ok = mulInt(a, b)
		case intDivisor:
			d, ok = a, a > 0
			if !ok && s.carries {
				m.marks[s.dst] = true
				continue
			}
		case intLess:
			d = int64(btoi(a < b))
		case intLessEq:
			d = int64(btoi(a <= b))
		case intEq:
			d = int64(btoi(a == b))
		case intNot:
			d = 1 - a
		case intAnd:
			d = a & b
		case intOr:
			d = a | b
		case intSelect:
			d = b
			if a == 0 {
				d = regs[s.c]
			}
		case intMin:
			d = min(a, b)
		case intMax:
			d = max(a, b)
		case intRound:
			d, ok = m.f.rounders[s.aux].whole(a)
		case intRatio:
			d, ok = m.f.rounders[s.aux].over(a, b)
		case intProductRatio:
			if d, ok = mulInt(a, b); ok {
				d, ok = m.f.rounders[s.aux].over(d, regs[s.c])
			}
		case intAddThree:
			if d, ok = addInt(a, b); ok {
				d, ok = addInt(d, regs[s.c])
			}
		case intBands, intSlabs:
			d, ok = m.lookup(s, a, b)
			if !ok && s.carries {
				m.marks[s.dst] = true
				continue
			}
		case intInputOf:
			d = m.values[m.piece*len(m.f.inputs)+int(s.aux)]
		case intFirst:
			d = m.values[s.aux]
		case intLast:
			d = m.values[(len(m.pieces)-1)*len(m.f.inputs)+int(s.aux)]
		case intParam:
			d = m.now.values[s.a]
			if m.now.failing[s.a] {
				if !s.carries {
					return false
				}
				m.marks[s.dst] = true
				continue
			}
		case intPieces:
			n := m.f.blocks[s.aux].length
			if ok := m.overPieces(s, steps[i+1:i+1+n]); !ok {
				return false
			}
			i += n
			continue
		}
		if !ok {
			return false
		}
		regs[s.dst] = d
		if s.carries {
			m.marks[s.dst] = false
		}
	}
	return true
}

// looksAtFailure reports whether the answer of a step rests on an operand that failed.
func (m *intMachine) looksAtFailure(s *step) bool {
	k := m.marks
	switch s.op {
	case intSelect:
		if k[s.a] {
			return true
		}
		if m.regs[s.a] != 0 {
			return k[s.b]
		}
		return k[s.c]
	case intAnd:
		return k[s.a] || m.regs[s.a] != 0 && k[s.b]
	case intOr:
		return k[s.a] || m.regs[s.a] == 0 && k[s.b]
	case intPieces, intParam: // they read what is written behind them
		return false
	}
	return k[s.a] || k[s.b] || k[s.c]
}

func (m *intMachine) lookup(s *step, key, den int64) (int64, bool) {
	x := &m.f.lookups[s.aux]
	texts := m.now.lookups[s.aux].texts
	id := int64(0)
	if s.c != 0 {
		id = max(m.regs[s.c], 0) // below it are texts without rows
	}
	if x.slabs {
		return x.slab(texts[id], key, den)
	}
	return x.band(texts[id], key, den)
}

// overPieces runs a block for each piece and adds up exactly.
func (m *intMachine) overPieces(s *step, body []step) bool {
	var num int64
	den := int64(1)
	failed := false
	for i := range m.pieces {
		m.piece, m.now = i, m.pieces[i]
		if !m.run(body) {
			return false
		}
		n, d := m.regs[s.a], int64(1)
		failed = failed || m.marks[s.a]
		if s.b != 0 {
			d = m.regs[s.b]
			failed = failed || m.marks[s.b]
		}
		var ok bool
		switch {
		case failed:
			continue
		case i == 0:
			num, den = n, d
			continue
		case d == den:
			num, ok = addInt(num, n)
		default:
			num, den, ok = addFractions(num, den, n, d)
		}
		if !ok {
			return false
		}
	}
	m.piece, m.now = 0, m.whole
	if failed && !s.carries {
		return false
	}
	m.regs[s.dst], m.marks[s.dst] = num, failed
	if s.c != 0 {
		m.regs[s.c], m.marks[s.c] = den, failed
	}
	return true
}

// addFractions adds n1/d1 and n2/d2 in lowest terms; the denominators are above zero.
func addFractions(n1, d1, n2, d2 int64) (num, den int64, ok bool) {
	g := gcd(d1, d2)
	a, ok1 := mulInt(n1, d2/g)
	b, ok2 := mulInt(n2, d1/g)
	den, ok3 := mulInt(d1, d2/g)
	num, ok4 := addInt(a, b)
	if !(ok1 && ok2 && ok3 && ok4) {
		return 0, 0, false
	}
	g = gcd(den, num)
	return num / g, den / g, true
}

// gcd returns the greatest common divisor of a above zero and any b.
func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}
