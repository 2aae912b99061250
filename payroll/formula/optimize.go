package formula

import "math/bits"

// optimize shortens the steps for a period of one piece without changing an answer: the same step twice is one, a constant factor goes
// into the rounding that ends it, round(a * b / c) is one step, what no line rests on is left out, and so is, for a chunk of rows, what none of them asks for.
func (f *integers) optimize(p *Program) {
	f.shareEqualSteps()
	f.fuse(p)
	f.chain()
	f.schedule()
	for _, l := range f.lines {
		f.ends = append(f.ends, l.reg)
		f.answers = append(f.answers, f.alias[l.reg])
	}
	times := make([]int, f.regs)
	for _, r := range f.answers {
		times[r]++
	}
	for i, in := range f.inputs {
		if in.column >= 0 {
			f.reads = append(f.reads, inputRead{i, in.column})
			times[in.column] = 0 // it stands where the input does
		}
	}
	for _, r := range f.answers {
		f.direct = append(f.direct, times[r] == 1 && int(r) > len(f.uniforms))
	}
}

// inputRead is a register that an input goes to.
type inputRead struct {
	input int
	reg   int32
}

// shareEqualSteps lets a step that an earlier one equals be another name of it.
func (f *integers) shareEqualSteps() {
	seen := map[step]int32{}
	same := make([]int32, f.regs)
	for i := range same {
		same[i] = int32(i)
	}
	kept := f.columns[:0]
	for _, s := range f.columns {
		s.a, s.b, s.c = same[s.a], same[s.b], same[s.c]
		key := s
		key.dst, key.watches = 0, false
		if s.op == intRound || s.op == intRatio {
			key.k = int64(f.firstEqualRounder(s.aux))
			key.aux = 0
		}
		if dst, ok := seen[key]; ok {
			same[s.dst] = dst
			continue
		}
		seen[key] = s.dst
		kept = append(kept, s)
	}
	f.columns = kept
	for i, r := range f.alias {
		f.alias[i] = same[r]
	}
}

func (f *integers) firstEqualRounder(i int32) int {
	for j := range f.rounders[:i] {
		if f.rounders[j] == f.rounders[i] {
			return j
		}
	}
	return int(i)
}

// fuse puts products into the roundings that end them.
func (f *integers) fuse(p *Program) {
	by := make([]*step, f.regs) // what writes a register
	for i := range f.columns {
		s := &f.columns[i]
		by[s.dst] = s
		if s.op != intRound && s.op != intRatio {
			continue
		}
		product := by[s.a]
		if product == nil || product.op != intMul || product.watches || product.carries {
			continue
		}
		a, k, ok := f.constantFactor(p, product)
		switch {
		case ok:
			r := f.rounders[s.aux]
			high, up := bits.Mul64(r.up, uint64(k))
			if high != 0 {
				continue
			}
			r.up = up
			f.rounders = append(f.rounders, r)
			s.a, s.aux = a, int32(len(f.rounders)-1)
		case s.op == intRatio:
			s.op = intProductRatio
			s.a, s.b, s.c = product.a, product.b, s.b
		}
	}
}

// chain lets a sum of which nothing else reads the first part add three numbers at once.
func (f *integers) chain() {
	reads := make([]int, f.regs)
	for _, s := range f.columns {
		reads[s.a]++
		reads[s.b]++
		reads[s.c]++
	}
	for _, l := range f.lines {
		reads[f.alias[l.reg]]++
	}
	by := make([]*step, f.regs)
	for i := range f.columns {
		s := &f.columns[i]
		by[s.dst] = s
		if s.op != intAdd || s.watches || s.carries {
			continue
		}
		if first := by[s.a]; first != nil && first.op == intAdd && reads[s.a] == 1 && !first.watches && !first.carries {
			s.op, s.a, s.b, s.c = intAddThree, first.a, first.b, s.b
		}
	}
}

// constantFactor returns the other operand of a product with a constant above zero.
func (f *integers) constantFactor(p *Program, s *step) (other int32, k int64, ok bool) {
	for _, pair := range [][2]int32{{s.a, s.b}, {s.b, s.a}} {
		if r := int(pair[1]); r >= 1 && r <= len(f.uniforms) && f.uniforms[r-1].constant >= 0 {
			u := f.uniforms[r-1]
			if k, ok = f.units(p.consts[u.constant], u.places); ok && k > 0 {
				return pair[0], k, true
			}
		}
	}
	return 0, 0, false
}
