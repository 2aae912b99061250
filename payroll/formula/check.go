package formula

import (
	"fmt"

	"github.com/musterhr/hr"
)

// typ is what the checker knows of an expression.
type typ struct {
	dim
	loose bool // a bare literal: it takes the unit of the other side
	over  bool // a divisor is left
	bad   bool // a fault was reported; say no more
}

// checker checks one formula.
type checker struct {
	*compiler
	it     *item
	inside bool // within pieces(...)
	pieces *call
}

// check finds the type of every formula; nodes come in order of need.
func (c *compiler) check(nodes []*node) {
	for _, n := range nodes {
		if n.group != nil {
			c.checkGroup(n.group)
			continue
		}
		k := &checker{compiler: c, it: n.item}
		cyclic := n.item.typ.bad
		t := k.of(n.item.s.expr)
		if k.pieces != nil && n.item.byPiece {
			c.add(n.item.file, k.pieces.pos, RulePieceNest, "take the sum over pieces into a let of its own",
				"`%s` has a value for each piece, and sums over pieces itself", n.item.name)
		}
		n.item.typ = k.declared(t)
		n.item.typ.bad = n.item.typ.bad || cyclic
	}
	for _, it := range c.inputs {
		if !it.used {
			c.warn(it, it.pos, RuleUnused, "remove it, or use it", "no formula reads input `%s`", it.name)
		}
	}
}

func (c *compiler) warn(it *item, at Pos, rule hr.Rule, hint, reason string, args ...any) {
	c.warnings = append(c.warnings, &Fault{File: it.file, Pos: at, Rule: rule, Reason: fmt.Sprintf(reason, args...), Hint: hint})
}

// checkGroup makes sure that the members of a group can be added.
func (c *compiler) checkGroup(g *group) {
	if !g.summed {
		return
	}
	var first typ
	if g.unit != "" {
		first = typ{dim: dimOf(g.unit)}
	} else { // a group that nobody declares has a line
		first = g.members[0].typ
	}
	for _, m := range g.members {
		switch {
		case m.typ.bad || first.bad:
		case m.typ.kind != numeric:
			c.add(m.file, m.pos, RuleType, "take it out of the group", "`%s` is no number, and group `%s` adds its lines", m.name, g.name)
		case first.kind == numeric && m.typ.dim != first.dim:
			c.add(m.file, m.pos, RuleUnit, "put it in a group of its own", "`%s` is %s, and group `%s` adds %s", m.name, m.typ.words(), g.name, first.words())
		}
	}
}

// declared checks the type of a formula against the unit it states, and completes it.
func (k *checker) declared(t typ) typ {
	s := k.it.s
	want := t.dim
	switch {
	case t.bad && s.unit == "":
		return t
	case t.bad:
		return typ{dim: dimOf(s.unit)} // its users can still be checked
	case s.unit != "":
		want = dimOf(s.unit)
	case k.it.kind == aLine && (t.loose || !t.simple()):
		want = dim{kind: numeric, power: [dimensions]int8{dimMoney: 1}}
	}
	switch {
	case want.kind != t.kind:
		k.fault(s.expr, RuleType, "", "this is %s, and `%s` is %s", t.words(), k.it.name, want.words())
		return typ{bad: true}
	case !t.loose && t.dim != want:
		k.fault(s.expr, RuleUnit, mend(s.expr, t.dim, want), "this is %s, and `%s` is %s", t.words(), k.it.name, want.words())
		return typ{dim: want}
	}
	t.dim, t.loose = want, false
	if k.it.kind == aLine && t.over {
		k.fault(s.expr, RuleUnrounded, "write round(..., 0.01) around it, or another step", "a line ends in a rounding where it divides, and `%s` does not", k.it.name)
		t.over = false
	}
	return t
}

func (k *checker) fault(e expr, rule hr.Rule, hint, reason string, args ...any) {
	k.add(k.it.file, e.at(), rule, hint, reason, args...)
}

// of returns the type of e and reports what is wrong inside it.
func (k *checker) of(e expr) typ {
	t := k.typeOf(e)
	k.types[e] = t.dim
	return t
}

func (k *checker) typeOf(e expr) typ {
	switch n := e.(type) {
	case *number:
		switch {
		case n.unit != "":
			return typ{dim: dimOf(n.unit)}
		case n.percent:
			return typ{dim: plain}
		}
		return typ{dim: plain, loose: true}
	case *quoted:
		return typ{dim: dim{kind: worded}}
	case *day:
		return typ{dim: dim{kind: dated}}
	case *flag:
		return typ{dim: dim{kind: flagged}}
	case *ref:
		return k.name(n)
	case *unary:
		if n.op == "not" {
			k.question(n.x, "not")
			return typ{dim: dim{kind: flagged}}
		}
		return k.quantity(n.x, "a minus")
	case *binary:
		return k.operator(n)
	case *choice:
		k.question(n.cond, "if")
		return k.same(n.then, n.alt, k.of(n.then), k.of(n.alt), n, "the two sides of an if")
	case *call:
		return k.call(n)
	}
	return typ{bad: true}
}

// question wants a yes/no.
func (k *checker) question(e expr, who string) {
	if t := k.of(e); !t.bad && t.kind != flagged {
		k.fault(e, RuleType, "compare it: `... > 0`, `... = \"MH\"`", "`%s` asks a yes/no, and this is %s", who, t.words())
	}
}

// quantity wants a number.
func (k *checker) quantity(e expr, who string) typ {
	t := k.of(e)
	if !t.bad && t.kind != numeric {
		k.fault(e, RuleType, "", "%s takes a number, and this is %s", who, t.words())
		return typ{bad: true}
	}
	return t
}

func (k *checker) name(n *ref) typ {
	it := k.names[n.name]
	if it == nil || it.kind == aTable || it.kind == aKernel {
		return typ{bad: true}
	}
	switch {
	case it.kind == anInput && it.s.byPiece || it.kind == aLet && it.byPiece:
		k.bare(n, it)
	case it.kind == aLet && it.dated && k.inside:
		k.warn(k.it, n.pos, RuleWholeRead, "write its formula inside pieces(...) to read the value of each piece",
			"`%s` reads a dated value once, at the end of the period, also inside pieces(...)", n.name)
	}
	if it.kind == aParam && len(k.params[it.index].Steps) > 1 && k.params[it.index].Basis != hr.ByPayDate && !k.inside || it.kind == aLet && it.dated && !it.byPiece {
		k.it.dated = true
	}
	return it.typ
}

// bare is the use of a value that differs from piece to piece.
func (k *checker) bare(n *ref, it *item) {
	switch {
	case k.inside:
	case k.it.kind == aLet:
		k.it.byPiece = true
	default:
		hint := "write pieces(...) around the part that is worked out for each piece"
		if it.kind == anInput {
			hint += ", first(" + n.name + ") or last(" + n.name + ")"
		}
		k.fault(n, RulePieceUse, hint, "`%s` has one value for each piece of the period", n.name)
	}
}

func (k *checker) operator(n *binary) typ {
	switch n.op {
	case "or", "and":
		k.question(n.l, n.op)
		k.question(n.r, n.op)
		return typ{dim: dim{kind: flagged}}
	case "*", "/":
		l, r := k.quantity(n.l, "`"+n.op+"`"), k.quantity(n.r, "`"+n.op+"`")
		if l.bad || r.bad {
			return typ{bad: true}
		}
		by := int8(1)
		if n.op == "/" {
			by = -1
			if d, ok := n.r.(*number); ok && d.decimal().Sign() <= 0 {
				k.fault(n.r, RuleDivisor, "", "a divisor is above zero")
				return typ{bad: true}
			}
		}
		d, ok := l.times(r.dim, by)
		if !ok {
			k.fault(n, RuleUnit, "", "no unit has a power above %d", maxPower)
			return typ{bad: true}
		}
		return typ{dim: d, loose: l.loose && r.loose, over: l.over || r.over || n.op == "/"}
	case "+", "-":
		l, r := k.of(n.l), k.of(n.r)
		if n.op == "-" && l.kind == dated && r.kind == dated {
			return typ{dim: dim{kind: numeric, power: [dimensions]int8{dimDays: 1}}}
		}
		for _, s := range []struct {
			e expr
			t typ
		}{{n.l, l}, {n.r, r}} {
			if !s.t.bad && s.t.kind != numeric {
				k.fault(s.e, RuleType, "days between two dates are `later - earlier`", "`%s` takes numbers, and this is %s", n.op, s.t.words())
				return typ{bad: true}
			}
		}
		return k.same(n.l, n.r, l, r, n, "`"+n.op+"`")
	}
	l, r := k.of(n.l), k.of(n.r)
	k.same(n.l, n.r, l, r, n, "`"+n.op+"`")
	if n.op != "=" && n.op != "!=" && !l.bad && (l.kind == worded || l.kind == flagged) {
		k.fault(n, RuleType, "write = or !=", "%s has no order", l.words())
	}
	return typ{dim: dim{kind: flagged}}
}

// same wants two values of one kind and unit, and returns their common type.
func (k *checker) same(le, re expr, l, r typ, at expr, who string) typ {
	over := l.over || r.over
	switch {
	case l.bad || r.bad:
		return typ{bad: true}
	case l.kind != r.kind:
		k.fault(re, RuleType, "", "%s takes two values of one kind, and these are %s and %s", who, l.words(), r.words())
		return typ{bad: true}
	case l.loose && r.loose:
		return typ{dim: plain, loose: true, over: over}
	case l.loose:
		return typ{dim: r.dim, over: over}
	case r.loose || l.dim == r.dim:
		return typ{dim: l.dim, over: over}
	}
	hint := mend(re, r.dim, l.dim)
	if hint == "" {
		hint = mend(le, l.dim, r.dim)
	}
	if p, ok := re.(*number); ok && p.percent && hint == "" {
		hint = "12% is the plain number 0.12: write `... * " + p.source() + "`"
	}
	k.fault(re, RuleUnit, hint, "%s takes one unit, and these are %s and %s", who, l.words(), r.words())
	return typ{bad: true}
}

func (k *checker) call(n *call) typ {
	switch n.fn {
	case "min", "max":
		t := k.quantity(n.args[0], n.fn)
		for _, a := range n.args[1:] {
			t = k.same(n.args[0], a, t, k.quantity(a, n.fn), n, n.fn)
		}
		if len(n.args) < 2 {
			k.fault(n, RuleArguments, "write "+n.fn+"(a, b)", "%s takes two values or more", n.fn)
		}
		return t
	case "round", "ceil", "floor":
		t := k.quantity(n.args[0], n.fn)
		if n.step.unit != "" && !t.bad && !t.loose && dimOf(n.step.unit) != t.dim {
			k.add(k.it.file, n.step.pos, RuleUnit, "write the step as "+n.step.text, "the step is in %s, and the value is %s", n.step.unit, t.words())
		}
		t.over = false
		return t
	case "sum":
		g := k.groups[n.group]
		if g != nil && g.unit != "" {
			return typ{dim: dimOf(g.unit)}
		}
		if g == nil || g.members[0].typ.bad || g.members[0].typ.kind != numeric {
			return typ{bad: true}
		}
		return typ{dim: g.members[0].typ.dim}
	case "pieces":
		return k.overPieces(n)
	case "first", "last":
		r, ok := n.args[0].(*ref)
		var it *item
		if ok {
			it = k.names[r.name]
		}
		switch {
		case len(n.args) != 1:
			k.fault(n, RuleArguments, "write "+n.fn+"(rate)", "%s takes one name", n.fn)
		case ok && it == nil: // reported as unknown
		case !ok || it.kind != anInput || !it.s.byPiece:
			k.fault(n, RulePieceRead, "write the value itself; it is one for the whole period", "%s reads an input declared `by piece`", n.fn)
		default:
			return it.typ
		}
		return typ{bad: true}
	}
	return k.lookup(n)
}

func (k *checker) overPieces(n *call) typ {
	if len(n.args) != 1 {
		k.fault(n, RuleArguments, "write pieces(rate * days)", "pieces takes one expression")
	}
	if k.inside {
		k.fault(n, RulePieceNest, "take one pieces(...) into a let of its own", "pieces(...) stands inside pieces(...)")
		return typ{bad: true}
	}
	if k.pieces == nil {
		k.pieces = n
	}
	k.inside = true
	t := k.quantity(n.args[0], "pieces")
	k.inside = false
	return t
}

func (k *checker) lookup(n *call) typ {
	it := k.names[n.fn]
	if it != nil && it.kind == aKernel {
		return k.kernel(n, it)
	}
	if it == nil || it.kind != aTable || it.typ.bad {
		for _, a := range n.args {
			k.of(a)
		}
		return typ{bad: true}
	}
	t := k.tables[it.index]
	if t.changes && t.Basis != hr.ByPayDate && !k.inside {
		k.it.dated = true
	}
	want, args := 1, n.args
	if t.ByText {
		want = 2
	}
	if len(args) != want {
		hint := "write " + n.fn + "(key)"
		if t.ByText {
			hint = "write " + n.fn + "(text, key)"
		}
		k.fault(n, RuleArguments, hint, "the table takes %d values", want)
		for _, a := range args {
			k.of(a)
		}
		return it.typ
	}
	if t.ByText {
		if x := k.of(args[0]); !x.bad && x.kind != worded {
			k.fault(args[0], RuleType, `write a text such as "MH", or an input of text`, "the table is chosen by a text, and this is %s", x.words())
		}
		args = args[1:]
	}
	key := k.quantity(args[0], n.fn)
	if d := dimOf(t.key); !key.bad && !key.loose && key.dim != d {
		k.fault(args[0], RuleUnit, mend(args[0], key.dim, d), "the table looks up %s, and this is %s", d.words(), key.words())
	}
	out := it.typ
	out.over = t.Kind == hr.Slabs && key.over
	return out
}

// mend names the literal that would make e, which is a number in unit got, one in unit want, which is another; "" where none would.
func mend(e expr, got, want dim) string {
	if n, ok := e.(*number); ok && n.unit != "" {
		if want == plain || !want.simple() {
			return "write `" + n.text + "`"
		}
		return "write `" + n.text + " " + string(want.unit()) + "`"
	}
	op := "/"
	extra, ok := got.times(want, -1)
	if ok && !extra.simple() {
		op = "*"
		extra, ok = want.times(got, -1)
	}
	if n := bareFactor(e, op); ok && extra.simple() && n != nil {
		return "write `" + op + " " + n.text + " " + string(extra.unit()) + "`"
	}
	return ""
}

// bareFactor finds a literal without a unit that multiplies or divides in e.
func bareFactor(e expr, op string) *number {
	switch n := e.(type) {
	case *unary:
		return bareFactor(n.x, op)
	case *call:
		if n.step != nil {
			return bareFactor(n.args[0], op)
		}
	case *binary:
		if n.op != "*" && n.op != "/" {
			return nil
		}
		if lit, ok := n.r.(*number); ok && n.op == op && lit.unit == "" && !lit.percent {
			return lit
		}
		if lit, ok := n.l.(*number); ok && n.op == "*" && op == "*" && lit.unit == "" && !lit.percent {
			return lit
		}
		return bareFactor(n.l, op)
	}
	return nil
}
