package formula

// fill writes what is the same for every row into its registers.
func (c *Columns) fill() {
	if c.filled == c.law {
		return
	}
	c.filled = c.law
	f := c.p.ints
	c.machine.begin(f, c.law)
	for r := 1; r <= len(f.uniforms); r++ {
		col := c.cols[r]
		for i := range col {
			col[i] = c.law.values[r]
		}
		c.dirty[r] = c.law.failing[r]
		for i := range c.marks[r] {
			c.marks[r][i] = c.law.failing[r]
		}
	}
}

// run takes the rows from lo on, n of them, through the instructions.
func (c *Columns) run(lo, n int) {
	f := c.p.ints
	base := 0
	if c.keep {
		base = lo
	}
	for _, in := range f.reads {
		if same := c.in[in.input].same; same != nil && c.keep {
			copy(c.cols[in.reg][lo:lo+n], same)
		} else if same != nil {
			c.cols[in.reg] = same
		} else if c.keep {
			copy(c.cols[in.reg][lo:lo+n], c.in[in.input].units[lo:lo+n])
		} else {
			c.cols[in.reg] = c.in[in.input].units[lo : lo+n]
		}
	}
	trip := c.trip[lo : lo+n]
	steps := f.columns
	if c.keep {
		steps = f.whole
	} else {
		for i, r := range f.answers {
			if f.direct[i] {
				c.cols[r] = c.out[i][lo : lo+n]
			}
		}
	}
	for _, r := range f.conditions {
		c.found[r] = 0
	}
	for i := range steps {
		s := &steps[i]
		if s.only != 0 && c.nobody(s, base, n) {
			if s.carries {
				c.dirty[s.dst] = false
			}
			continue
		}
		if s.watches && (c.dirty[s.a] || c.dirty[s.b] || c.dirty[s.c]) {
			if !c.marked(s, base, n, trip) {
				c.rowByRow(s, base, n, trip)
			}
		} else if !c.step(s, base, n) {
			c.rowByRow(s, base, n, trip)
		} else if s.carries {
			c.dirty[s.dst] = false
			if c.keep {
				clear(c.marks[s.dst][base : base+n])
			}
		}
	}
	for i, r := range f.answers {
		if c.keep {
			r = f.alias[r]
		}
		if c.keep || !f.direct[i] {
			copy(c.out[i][lo:lo+n], c.cols[r][base:base+n])
		}
		if c.dirty[r] {
			for j := range n {
				trip[j] = trip[j] || c.marks[r][base+j]
			}
		}
	}
}

// alone takes one row through the same instructions.
func (c *Columns) alone(row int) {
	f, m := c.p.ints, &c.machine
	for _, in := range f.reads {
		if same := c.in[in.input].same; same != nil {
			m.regs[in.reg] = same[0]
		} else {
			m.regs[in.reg] = c.in[in.input].units[row]
		}
	}
	if !m.run(f.columns) {
		c.trip[row] = true
		return
	}
	for i, r := range f.answers {
		c.trip[row] = c.trip[row] || f.carries[r] && m.marks[r]
		c.out[i][row] = m.regs[r]
	}
}

// step runs one instruction over a chunk; ok is false where any row does not fit.
func (c *Columns) step(s *step, base, n int) (ok bool) {
	f := c.p.ints
	d := c.cols[s.dst][base:][:n]
	a := c.cols[s.a][base:][:n]
	var b []int64
	if s.b != 0 {
		b = c.cols[s.b][base:][:n]
	}
	bad := int64(0)
	switch s.op {
	case intScale:
		k := s.k
		for i, x := range a {
			p := x * k
			bad |= mulHigh(x, k) ^ p>>63
			d[i] = p
		}
		return bad == 0
	case intCopy:
		copy(d, a)
	case intNeg:
		for i, x := range a {
			neg := -x
			bad |= x & neg // only the least number is its own opposite
			d[i] = neg
		}
	case intAdd:
		b = b[:len(a)]
		for i, x := range a {
			y := b[i]
			sum := x + y
			bad |= (x ^ sum) & (y ^ sum)
			d[i] = sum
		}
	case intAddThree:
		z := c.cols[s.c][base:][:len(a)]
		b = b[:len(a)]
		for i, x := range a {
			y, w := b[i], z[i]
			part := x + y
			sum := part + w
			bad |= (x^part)&(y^part) | (part^sum)&(w^sum)
			d[i] = sum
		}
	case intSub:
		b = b[:len(a)]
		for i, x := range a {
			y := b[i]
			diff := x - y
			bad |= (x ^ y) & (x ^ diff)
			d[i] = diff
		}
	case intMul:
		b = b[:len(a)]
		for i, x := range a {
			y := b[i]
			p := x * y
			bad |= mulHigh(x, y) ^ p>>63
			d[i] = p
		}
		return bad == 0
	case intDivisor:
		for i, x := range a {
			bad |= x | (x - 1) // below zero where x is not above it
			d[i] = x
		}
	case intLess:
		b = b[:len(a)]
		for i, x := range a {
			d[i] = int64(btoi(x < b[i]))
		}
	case intLessEq:
		b = b[:len(a)]
		for i, x := range a {
			d[i] = int64(btoi(x <= b[i]))
		}
	case intEq:
		b = b[:len(a)]
		for i, x := range a {
			d[i] = int64(btoi(x == b[i]))
		}
	case intNot:
		for i, x := range a {
			d[i] = 1 - x
		}
	case intAnd:
		for i, x := range a {
			d[i] = x & b[i]
		}
	case intOr:
		for i, x := range a {
			d[i] = x | b[i]
		}
	case intSelect:
		z := c.cols[s.c][base:][:n]
		b = b[:len(a)]
		for i, x := range a {
			y := z[i]
			d[i] = y ^ (y^b[i])&-x
		}
	case intMin:
		b = b[:len(a)]
		for i, x := range a {
			d[i] = min(x, b[i])
		}
	case intMax:
		b = b[:len(a)]
		for i, x := range a {
			d[i] = max(x, b[i])
		}
	case intRound:
		return f.rounders[s.aux].wholes(d, a)
	case intRatio:
		return f.rounders[s.aux].overs(d, a, nil, b)
	case intProductRatio:
		return f.rounders[s.aux].overs(d, a, b, c.cols[s.c][base:][:n])
	case intBands, intSlabs:
		return c.lookup(s, a, b, d, base)
	}
	return bad>>63 == 0
}

func (c *Columns) lookup(s *step, a, b, d []int64, base int) bool {
	x, texts := &c.p.ints.lookups[s.aux], c.law.lookups[s.aux].texts
	rows := texts[0]
	var names []int64
	if s.c != 0 {
		names = c.cols[s.c][base:][:len(a)]
	}
	if b == nil && !x.slabs && x.keyUp == 1 {
		for i, key := range a {
			if names != nil {
				rows = texts[max(names[i], 0)]
			}
			if rows == nil {
				return false
			}
			d[i] = rows.find(key).value
		}
		return true
	}
	den := int64(0)
	for i, key := range a {
		if names != nil {
			rows = texts[max(names[i], 0)]
		}
		if b != nil {
			den = b[i]
		}
		var v int64
		var ok bool
		if x.slabs {
			v, ok = x.slab(rows, key, den)
		} else {
			v, ok = x.band(rows, key, den)
		}
		if !ok {
			return false
		}
		d[i] = v
	}
	return true
}

// rowByRow runs one instruction as the one-employee loop does, and trips the rows for which it fails.
func (c *Columns) rowByRow(s *step, base, n int, trip []bool) {
	m := &c.machine
	one := [1]step{*s}
	one[0].only = 0
	load := func(r int32, i int) {
		if r != 0 {
			m.regs[r] = c.cols[r][base+i]
			m.marks[r] = c.dirty[r] && c.marks[r][base+i]
		}
	}
	failed := false
	for i := range n {
		if !c.asks(s, base+i) {
			c.cols[s.dst][base+i] = 1 // nobody looks at it, and as a divisor it does no harm
			if s.carries {
				c.marks[s.dst][base+i] = false
			}
			continue
		}
		load(s.a, i)
		load(s.b, i)
		load(s.c, i)
		if !m.run(one[:]) {
			trip[i] = true
			m.regs[s.dst], m.marks[s.dst] = 1, false // as a divisor it does no harm
		}
		c.cols[s.dst][base+i] = m.regs[s.dst]
		if s.carries {
			c.marks[s.dst][base+i] = m.marks[s.dst]
			failed = failed || m.marks[s.dst]
		}
	}
	c.dirty[s.dst] = failed
}
