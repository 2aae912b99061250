package formula

import "github.com/shopspring/decimal"

// runInts calculates r in integers; nil where that is not possible, whatever the reason: decimals then find the answer or the fault.
func (p *Program) runInts(r *Request) []int64 {
	if p.needPayDate && r.PayDate.IsZero() || len(r.Values) > len(p.inputs) || len(r.Pieces) > MaxPieces ||
		r.Period.Open() || r.Period.Validate() != nil || p.needPieces && len(r.Pieces) == 0 {
		return nil
	}
	whole := p.intsAt(r.Period.Through, r.PayDate)
	if whole.slow {
		return nil
	}
	m, _ := p.machines.Get().(*intMachine)
	if m == nil {
		m = &intMachine{}
	}
	defer p.machines.Put(m)
	m.begin(p.ints, whole)
	if !m.give(p, r) {
		return nil
	}
	regs, steps := p.ints.ends, p.ints.steps
	if len(m.pieces) == 0 || len(m.pieces) == 1 && m.pieces[0] == whole {
		regs, steps = p.ints.answers, p.ints.columns
		m.asOnePiece()
	}
	if !m.run(steps) {
		return nil
	}
	units := make([]int64, len(p.lines))
	for i, reg := range regs {
		if p.ints.carries[reg] && m.marks[reg] {
			return nil
		}
		units[i] = m.regs[reg]
	}
	return units
}

// give loads the inputs of a request.
func (m *intMachine) give(p *Program, r *Request) bool {
	for i := range p.inputs {
		in := &m.f.inputs[i]
		if p.inputs[i].ByPiece {
			continue
		}
		u, ok := m.f.given(p, i, r.Values)
		if !ok {
			return false
		}
		if in.reg != -1 {
			m.regs[in.reg] = u
		}
	}
	for n := range r.Pieces {
		piece := &r.Pieces[n]
		if piece.Period.Open() || piece.Period.Validate() != nil || !r.Period.Covers(piece.Period) || len(piece.Values) > len(p.inputs) ||
			n > 0 && !piece.Period.From.After(r.Pieces[n-1].Period.Through) {
			return false
		}
		if !p.needPieces {
			continue
		}
		m.pieces = append(m.pieces, p.intsAt(piece.Period.Through, r.PayDate))
		for i := range p.inputs {
			var u int64
			if p.inputs[i].ByPiece {
				var ok bool
				if u, ok = m.f.given(p, i, piece.Values); !ok {
					return false
				}
			} else if in := m.f.inputs[i]; in.reg != -1 {
				u = m.regs[in.reg]
			}
			m.values = append(m.values, u)
		}
	}
	return true
}

// asOnePiece loads the inputs of the only piece where columns read them.
func (m *intMachine) asOnePiece() {
	if len(m.pieces) == 1 {
		for _, in := range m.f.reads {
			m.regs[in.reg] = m.values[in.input]
		}
	}
}

// given returns the value of one input in integers, or its default.
func (f *integers) given(p *Program, i int, values []Value) (int64, bool) {
	v := &p.inputs[i].Default
	if i < len(values) && values[i].kind != 0 {
		v = &values[i]
	}
	if v.kind != p.inputKind[i] {
		return 0, false
	}
	return f.taken(*v, f.inputs[i].places)
}

// taken writes a value that is given as an integer; a number with more digits than pay has is none, though zeros be all there is more.
func (f *integers) taken(v Value, places int) (int64, bool) {
	units, ok := f.units(v, places)
	return units, ok && fitsToo(v.num, units)
}

// fitsToo is fits for a number that came to units. No such number is too great, but zeros may be too many: behind the point, and of a nought.
func fitsToo(d decimal.Decimal, units int64) bool {
	exp := d.Exponent()
	return exp >= -maxPlaces && (units != 0 || exp < maxWhole)
}

// valueOf writes an integer as a value of its kind.
func (p *Program) valueOf(k kind, units int64, places int) Value {
	switch k {
	case dated:
		return Day(always.Add(int(units)))
	case flagged:
		return YesNo(units != 0)
	case worded:
		for text, id := range p.ints.texts {
			if id == units {
				return Text(text)
			}
		}
		return Value{}
	}
	return Number(decimalOf(units, places))
}
