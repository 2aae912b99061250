package formula

import (
	"errors"
	"math/big"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// oracle is a second, dumb evaluator: it walks the formulas as they were written, by name, with big.Rat. It shares the
// parser with the program and nothing else: no registers, no common denominators, no order, no binding.
type oracle struct {
	stmts  map[string]*stmt
	groups map[string][]string
	params []hr.Parameter
	tables []hr.Table
	inputs []Input
	req    Request
}

var errOracle = errors.New("no answer")

func newOracle(f *File, cfg Config, inputs []Input, req Request) *oracle {
	o := &oracle{stmts: map[string]*stmt{}, groups: map[string][]string{}, params: cfg.Params, tables: cfg.Tables, inputs: inputs, req: req}
	for _, s := range f.stmts {
		o.stmts[s.name.text] = s
		for _, g := range s.groups {
			o.groups[g.text] = append(o.groups[g.text], s.name.text)
		}
	}
	return o
}

func rat(d decimal.Decimal) *big.Rat {
	r := new(big.Rat).SetInt(d.Coefficient())
	ten := big.NewRat(10, 1)
	for e := d.Exponent(); e != 0; {
		if e > 0 {
			r.Mul(r, ten)
			e--
		} else {
			r.Quo(r, ten)
			e++
		}
	}
	return r
}

var percentRat = big.NewRat(1, 100)

// eval answers *big.Rat, string, bool or hr.Date. piece is -1 for the whole period.
func (o *oracle) eval(e expr, piece int) (any, error) {
	switch n := e.(type) {
	case *number:
		return rat(n.decimal()), nil
	case *quoted:
		return n.text, nil
	case *day:
		return n.date, nil
	case *flag:
		return n.yes, nil
	case *ref:
		return o.name(n.name, piece)
	case *unary:
		x, err := o.eval(n.x, piece)
		if err != nil {
			return nil, err
		}
		if b, ok := x.(bool); ok {
			return !b, nil
		}
		return new(big.Rat).Neg(x.(*big.Rat)), nil
	case *choice:
		c, err := o.eval(n.cond, piece)
		if err != nil {
			return nil, err
		}
		if c.(bool) {
			return o.eval(n.then, piece)
		}
		return o.eval(n.alt, piece)
	case *binary:
		return o.binary(n, piece)
	case *call:
		return o.call(n, piece)
	}
	panic("an expression the oracle does not know")
}

func (o *oracle) binary(n *binary, piece int) (any, error) {
	l, err := o.eval(n.l, piece)
	if err != nil {
		return nil, err
	}
	if n.op == "and" && !l.(bool) || n.op == "or" && l.(bool) {
		return l, nil
	}
	r, err := o.eval(n.r, piece)
	if err != nil {
		return nil, err
	}
	switch n.op {
	case "and", "or":
		return r, nil
	case "=":
		return same(l, r), nil
	case "!=":
		return !same(l, r), nil
	}
	if d, ok := l.(hr.Date); ok {
		if n.op == "-" {
			return big.NewRat(int64(d.Since(r.(hr.Date))), 1), nil
		}
		return ordered(n.op, d.Compare(r.(hr.Date))), nil
	}
	a, b, out := l.(*big.Rat), r.(*big.Rat), new(big.Rat)
	switch n.op {
	case "+":
		return out.Add(a, b), nil
	case "-":
		return out.Sub(a, b), nil
	case "*":
		return out.Mul(a, b), nil
	case "/":
		if b.Sign() <= 0 {
			return nil, errOracle
		}
		return out.Quo(a, b), nil
	}
	return ordered(n.op, a.Cmp(b)), nil
}

func same(l, r any) bool {
	if a, ok := l.(*big.Rat); ok {
		return a.Cmp(r.(*big.Rat)) == 0
	}
	return l == r
}

func ordered(op string, c int) bool {
	switch op {
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	}
	return c >= 0
}

func (o *oracle) name(name string, piece int) (any, error) {
	s := o.stmts[name]
	if s == nil {
		for _, p := range o.params {
			if p.Name == name {
				return o.param(p, piece)
			}
		}
	}
	switch s.kind {
	case wordInput:
		for i, in := range o.inputs {
			if in.Name != name {
				continue
			}
			v := o.req.Values
			if in.ByPiece {
				v = o.req.Pieces[piece].Values
			}
			return o.value(v[i], in.Unit), nil
		}
	case wordLet:
		if !o.bare(s.expr) {
			piece = -1
		}
		return o.eval(s.expr, piece)
	case wordLine:
		return o.eval(s.expr, -1)
	}
	panic("a name the oracle does not know: " + name)
}

// bare reports whether a formula reads values by piece outside pieces(...), first(...) and last(...).
func (o *oracle) bare(e expr) bool {
	found := false
	walk(e, func(x expr) bool {
		switch n := x.(type) {
		case *call:
			return n.fn != "pieces" && n.fn != "first" && n.fn != "last"
		case *ref:
			if s := o.stmts[n.name]; s != nil {
				found = found || s.byPiece || s.kind == wordLet && o.bare(s.expr)
			}
		}
		return true
	})
	return found
}

func (o *oracle) value(v Value, u Unit) any {
	switch v.kind {
	case worded:
		return v.text
	case dated:
		return v.day
	case flagged:
		return v.yes
	}
	r := rat(v.num)
	if u == Percent {
		r.Mul(r, percentRat)
	}
	return r
}

func (o *oracle) day(b hr.DateBasis, piece int) hr.Date {
	switch {
	case b == hr.ByPayDate:
		return o.req.PayDate
	case piece >= 0:
		return o.req.Pieces[piece].Period.Through
	}
	return o.req.Period.Through
}

func (o *oracle) param(p hr.Parameter, piece int) (any, error) {
	s, err := p.At(o.day(p.Basis, piece))
	if err != nil {
		return nil, err
	}
	return o.value(Number(s.Value), Unit(p.Unit)), nil
}

func (o *oracle) call(n *call, piece int) (any, error) {
	switch n.fn {
	case "sum":
		total := new(big.Rat)
		for _, m := range o.groups[n.group] {
			x, err := o.name(m, -1)
			if err != nil {
				return nil, err
			}
			total.Add(total, x.(*big.Rat))
		}
		return total, nil
	case "pieces":
		total := new(big.Rat)
		for i := range o.req.Pieces {
			x, err := o.eval(n.args[0], i)
			if err != nil {
				return nil, err
			}
			total.Add(total, x.(*big.Rat))
		}
		return total, nil
	case "first":
		return o.eval(n.args[0], 0)
	case "last":
		return o.eval(n.args[0], len(o.req.Pieces)-1)
	}
	var args []any
	for _, a := range n.args {
		x, err := o.eval(a, piece)
		if err != nil {
			return nil, err
		}
		args = append(args, x)
	}
	switch n.fn {
	case "min", "max":
		best := args[0].(*big.Rat)
		for _, a := range args[1:] {
			if c := a.(*big.Rat).Cmp(best); c < 0 == (n.fn == "min") && c != 0 {
				best = a.(*big.Rat)
			}
		}
		return best, nil
	case "round", "ceil", "floor":
		mode := n.mode
		switch {
		case n.fn == "ceil":
			mode = hr.Ceiling
		case n.fn == "floor":
			mode = hr.Floor
		}
		return roundRat(args[0].(*big.Rat), rat(n.step.decimal()), mode)
	}
	return o.lookup(n, args, piece)
}

// roundRat rounds by looking at both neighbours.
func roundRat(x, step *big.Rat, mode hr.RoundingMode) (any, error) {
	q := new(big.Rat).Quo(x, step)
	low := new(big.Int).Div(q.Num(), q.Denom()) // toward minus infinity: the denominator is positive
	rest := new(big.Rat).Sub(q, new(big.Rat).SetInt(low))
	half := rest.Cmp(big.NewRat(1, 2))
	up := false // to the neighbour above
	switch mode {
	case hr.Ceiling:
		up = rest.Sign() > 0
	case hr.Floor:
	case hr.Up:
		up = rest.Sign() > 0 && q.Sign() > 0
	case hr.Down:
		up = rest.Sign() > 0 && q.Sign() < 0
	case hr.HalfEven:
		up = half > 0 || half == 0 && low.Bit(0) == 1
	case hr.HalfDown:
		up = half > 0 || half == 0 && q.Sign() < 0
	default:
		up = half > 0 || half == 0 && q.Sign() > 0
	}
	if up {
		low.Add(low, big.NewInt(1))
	}
	out := new(big.Rat).SetInt(low)
	out.Mul(out, step)
	limit := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(maxWhole), nil))
	if new(big.Rat).Abs(out).Cmp(limit) >= 0 {
		return nil, errOracle
	}
	return out, nil
}

func (o *oracle) lookup(n *call, args []any, piece int) (any, error) {
	for _, t := range o.tables {
		if t.Name != n.fn {
			continue
		}
		text := ""
		if t.ByText {
			text = args[0].(string)
		}
		key := args[len(args)-1].(*big.Rat)
		s, err := t.At(text, o.day(t.Basis, piece))
		if err != nil {
			return nil, err
		}
		return tableRat(t, s.Rows, key), nil
	}
	panic("a table the oracle does not know")
}

func tableRat(t hr.Table, rows []hr.TableRow, key *big.Rat) *big.Rat {
	in := func(d decimal.Decimal, u string) *big.Rat {
		r := rat(d)
		if u == "percent" {
			r.Mul(r, percentRat)
		}
		return r
	}
	sum, from := new(big.Rat), new(big.Rat)
	for _, r := range rows {
		value := in(r.Value, t.Value)
		here := r.Bound == hr.Above
		if !here {
			c := key.Cmp(in(r.Limit, t.Key))
			here = c < 0 || c == 0 && r.Bound == hr.UpTo
		}
		if here && t.Kind == hr.Bands {
			return value
		}
		if t.Kind == hr.Bands {
			continue
		}
		to := key
		if !here {
			to = in(r.Limit, t.Key)
		}
		if slice := new(big.Rat).Sub(to, from); slice.Sign() > 0 {
			sum.Add(sum, slice.Mul(slice, value))
			from = to
		}
		if here {
			break
		}
	}
	return sum
}
