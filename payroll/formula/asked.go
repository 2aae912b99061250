package formula

// schedule puts the steps into an order in which a condition comes before what hangs on it, and says of each step under which answer of
// which condition alone it is looked at: what an if does not take for anybody need not be worked out.
func (f *integers) schedule() {
	by := make([]int, f.regs) // place of the step that writes a register, from 1
	for i, s := range f.columns {
		by[s.dst] = i + 1
	}
	ordered := make([]step, 0, len(f.columns))
	var visit func(r int32)
	visit = func(r int32) {
		i := by[r]
		if i == 0 {
			return
		}
		by[r] = 0
		s := f.columns[i-1]
		visit(s.a)
		visit(s.b)
		visit(s.c)
		ordered = append(ordered, s)
	}
	for _, l := range f.lines {
		visit(f.alias[l.reg])
	}
	f.columns = ordered

	asked := make([]asking, f.regs)
	for _, l := range f.lines {
		asked[f.alias[l.reg]] = asking{known: true}
	}
	for i := len(ordered) - 1; i >= 0; i-- {
		s := &ordered[i]
		by := asked[s.dst]
		s.only, s.onlyYes = by.only, by.yes
		under := func(yes bool) asking {
			if by.only != 0 {
				return by // the outer condition is as good
			}
			return asking{known: true, only: s.a, yes: yes}
		}
		asked[s.a].join(by)
		switch s.op {
		case intSelect:
			asked[s.b].join(under(true))
			asked[s.c].join(under(false))
		case intAnd:
			asked[s.b].join(under(true))
		case intOr:
			asked[s.b].join(under(false))
		default:
			asked[s.b].join(by)
			asked[s.c].join(by)
		}
	}
	seen := make([]bool, f.regs)
	for _, s := range ordered {
		if s.only != 0 && !seen[s.only] {
			seen[s.only] = true
			f.conditions = append(f.conditions, s.only)
		}
	}
}

// asking says when a register is looked at: always where only is 0, otherwise where only answers yes, or no.
type asking struct {
	known bool
	only  int32
	yes   bool
}

func (a *asking) join(o asking) {
	switch {
	case !a.known:
		*a = o
	case *a != o:
		*a = asking{known: true}
	}
}

// answers of a condition in a chunk.
const (
	anyYes uint8 = 1 << iota
	anyNo
)

// nobody reports whether no row of the chunk asks for a step.
func (c *Columns) nobody(s *step, base, n int) bool {
	found := c.found[s.only]
	if found == 0 {
		found = anyYes | anyNo
		if !c.dirty[s.only] {
			found = 0
			for _, x := range c.cols[s.only][base:][:n] {
				if x != 0 {
					found |= anyYes
				} else {
					found |= anyNo
				}
			}
		}
		c.found[s.only] = found
	}
	if s.onlyYes {
		return found&anyYes == 0
	}
	return found&anyNo == 0
}

// asks reports whether a row asks for a step.
func (c *Columns) asks(s *step, at int) bool {
	return s.only == 0 || (c.cols[s.only][at] != 0) == s.onlyYes || c.dirty[s.only] && c.marks[s.only][at]
}

// marked runs an instruction of which an operand failed for some rows, and passes the marks on; it says no where the instruction itself
// may fail or does not fit, and nothing is settled then.
func (c *Columns) marked(s *step, base, n int, trip []bool) bool {
	switch s.op {
	case intDivisor, intRatio, intProductRatio, intBands, intSlabs:
		return false
	case intSelect, intAnd, intOr:
		if c.dirty[s.a] {
			return false
		}
	}
	if !c.step(s, base, n) {
		return false
	}
	mark := func(r int32, at int) bool { return c.dirty[r] && c.marks[r][at] }
	a, failed := c.cols[s.a], false
	for i := range n {
		at := base + i
		var m bool
		switch s.op {
		case intSelect:
			if a[at] != 0 {
				m = mark(s.b, at)
			} else {
				m = mark(s.c, at)
			}
		case intAnd:
			m = a[at] != 0 && mark(s.b, at)
		case intOr:
			m = a[at] == 0 && mark(s.b, at)
		default:
			m = mark(s.a, at) || mark(s.b, at) || mark(s.c, at)
		}
		m = m && c.asks(s, at)
		switch {
		case s.carries:
			c.marks[s.dst][at] = m
			failed = failed || m
		case m:
			trip[i] = true
			c.cols[s.dst][at] = 1 // as a divisor it does no harm
		}
	}
	c.dirty[s.dst] = failed
	return true
}
