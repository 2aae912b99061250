package formula

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Kernel is a rule that a formula cannot say, such as a waterfall over a list of claims or the power in a loan's instalment, as Go
// that builds instructions. Both forms of a program, its scales and its bounds follow from the one Build, so they cannot disagree.
//
// A formula calls it as NAME(a, b) where it answers one value, and as NAME.OUT(a, b) where it answers several:
//
//	line recovered in deductions = waterfall.first(available, first_claim, second_claim)
//
// Build runs when a program is compiled, once for each set of arguments, and never for an employee: a loop in it is over what is known
// then, and is unrolled. It must answer what it is asked from its arguments alone. Change Version with everything that can change an
// answer: name, version and slots are part of a program's digest.
type Kernel struct {
	Name    string // as a formula calls it
	Title   string // for explanations; may be empty
	Version int    // from 1
	In, Out []Slot
	Build   func(b *Builder, in []Term) ([]Term, error) // one Term for each of Out, without a divisor left
}

// Slot is one value that a [Kernel] takes or answers: a number or a yes/no. The name of a single answer may be empty.
type Slot struct {
	Name string
	Unit Unit
}

// Term is a value on the way in a [Kernel]. It may be a fraction until it is rounded. The zero Term is no value.
type Term struct {
	value
	flag bool
}

// Builder turns the steps of a kernel into instructions. Units are not checked in it. A step that takes a yes/no where a number
// belongs, or the reverse, makes the build fail.
type Builder struct {
	e  *emitter
	at *call
	it *item
	ok bool
	no string // what was wrong first
}

// called is one answer of a kernel, as a formula names it.
type called struct {
	kernel *Kernel
	out    int
}

func (k *Kernel) callName(out int) string {
	if len(k.Out) == 1 {
		return k.Name
	}
	return k.Name + "." + k.Out[out].Name
}

// declareKernels collects the kernels of the configuration under the names that formulas call them by.
func (c *compiler) declareKernels(outside *hr.Faults, list []Kernel) {
	for i := range list {
		k, path := &list[i], fmt.Sprintf("kernels[%d]", i)
		if !isName(k.Name) {
			outside.Add(path+".name", RuleKernel, "must be letters, digits and _, in parts joined by dots, and no word of the language")
		}
		if k.Version < 1 {
			outside.Add(path+".version", RuleKernel, "must be 1 or more")
		}
		if k.Build == nil {
			outside.Missing(path+".build", RuleKernel)
		}
		if len(k.Out) == 0 {
			outside.Missing(path+".out", RuleKernel)
		}
		for _, side := range []struct {
			name  string
			slots []Slot
		}{{"in", k.In}, {"out", k.Out}} {
			for j, s := range side.slots {
				if d, _, ok := readUnit(string(s.Unit)); !ok || d.kind != numeric && d.kind != flagged || s.Unit == Percent {
					outside.Add(fmt.Sprintf("%s.%s[%d].unit", path, side.name, j), RuleUnitWord, "must be a unit of numbers other than percent, or yes/no")
				}
			}
		}
		for j, s := range k.Out {
			if len(k.Out) > 1 && !isName(s.Name) {
				outside.Add(fmt.Sprintf("%s.out[%d].name", path, j), RuleKernel, "must be a name where there are several")
				continue
			}
			c.configured(outside, fmt.Sprintf("%s.out[%d]", path, j), &item{
				kind: aKernel, name: k.callName(j), index: len(c.kernels), unit: s.Unit, title: k.Title, typ: typ{dim: dimOf(s.Unit)},
			})
			c.kernels = append(c.kernels, called{k, j})
		}
	}
}

// isName reports whether a formula could write s as a name.
func isName(s string) bool {
	for _, part := range strings.Split(s, ".") {
		if part == "" || part[0] >= '0' && part[0] <= '9' || reserved[part] && part == s {
			return false
		}
		for _, r := range part {
			if r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
				return false
			}
		}
	}
	return true
}

// kernel checks a call.
func (k *checker) kernel(n *call, it *item) typ {
	kernel := k.kernels[it.index].kernel
	if len(n.args) != len(kernel.In) {
		names := make([]string, len(kernel.In))
		for i, s := range kernel.In {
			names[i] = s.Name
		}
		k.fault(n, RuleArguments, "write "+n.fn+"("+strings.Join(names, ", ")+")", "the kernel takes %d values", len(kernel.In))
	}
	for i, a := range n.args {
		t := k.of(a)
		if i >= len(kernel.In) || t.bad {
			continue
		}
		want := dimOf(kernel.In[i].Unit)
		switch {
		case t.kind != want.kind:
			k.fault(a, RuleType, "", "%s takes %s here, and this is %s", n.fn, want.words(), t.words())
		case !t.loose && t.dim != want:
			k.fault(a, RuleUnit, mend(a, t.dim, want), "%s takes %s here, and this is %s", n.fn, want.words(), t.words())
		}
	}
	return it.typ
}

// kernel turns a call into instructions; several answers of one kernel for the same arguments are built once.
func (e *emitter) kernel(n *call, it *item) value {
	answer := e.kernels[it.index]
	terms := make([]Term, len(n.args))
	key := fmt.Sprintf("%s %d", answer.kernel.Name, e.in.block)
	for i, a := range n.args {
		terms[i] = Term{e.of(a), e.types[a].kind == flagged}
		key += fmt.Sprint(" ", terms[i].num, "/", terms[i].den)
	}
	built, ok := e.built[key]
	if !ok {
		built = e.build(answer.kernel, n, terms)
		e.built[key] = built
	}
	return built[answer.out].value
}

func (e *emitter) build(k *Kernel, n *call, in []Term) []Term {
	b := &Builder{e: e, at: n, it: e.it, ok: true}
	out, err := k.Build(b, in)
	refuse := func(reason string, args ...any) []Term {
		e.add(e.it.file, n.pos, RuleKernel, "mend the kernel, and raise its version", reason, args...)
		none := Term{value: value{num: e.num(zero)}}
		return slices.Repeat([]Term{none}, len(k.Out))
	}
	switch {
	case err != nil:
		return refuse("kernel %s cannot be built: %v", k.Name, err)
	case !b.ok:
		return refuse("kernel %s: %s", k.Name, b.no)
	case len(out) != len(k.Out):
		return refuse("kernel %s answers %d values, and has %d", k.Name, len(out), len(k.Out))
	}
	for i, t := range out {
		switch {
		case t.num == 0 || t.flag != (dimOf(k.Out[i].Unit).kind == flagged):
			return refuse("answer %d of kernel %s is not %s", i+1, k.Name, dimOf(k.Out[i].Unit).words())
		case t.den != 0:
			return refuse("answer %d of kernel %s has a divisor left: round it", i+1, k.Name)
		}
	}
	return out
}

// Number is a constant.
func (b *Builder) Number(d decimal.Decimal) Term {
	if !fits(d) {
		b.wrong("a constant has more digits than pay has")
		d = zero
	}
	return Term{value: value{num: b.e.num(d)}}
}

// Add is x + y.
func (b *Builder) Add(x, y Term) Term { return b.sum(OpAdd, x, y) }

// Sub is x - y.
func (b *Builder) Sub(x, y Term) Term { return b.sum(OpSub, x, y) }

func (b *Builder) sum(op Op, x, y Term) Term {
	if !b.numbers(x, y) {
		return b.Number(zero)
	}
	return Term{value: b.e.sum(b.at, x.value, y.value, op)}
}

// Mul is x * y.
func (b *Builder) Mul(x, y Term) Term {
	if !b.numbers(x, y) {
		return b.Number(zero)
	}
	return Term{value: value{b.e.mul(b.at, x.num, y.num), b.e.mul(b.at, x.den, y.den)}}
}

// Div is x / y, a fraction until it is rounded. A divisor that is not above zero is an error of what uses it.
func (b *Builder) Div(x, y Term) Term {
	if !b.numbers(x, y) {
		return b.Number(zero)
	}
	at := b.e.site(b.at.pos, RuleDivisor, "", "a divisor in `%s` is not above zero", brief(b.at))
	by := b.e.put(b.at, b.e.sizes[y.num], Instr{Op: OpDivisor, A: y.num, At: at})
	num := b.e.mul(b.at, x.num, y.den)
	num = b.e.put(b.at, b.e.sizes[num], Instr{Op: OpNeeds, A: num, B: by})
	return Term{value: value{num, b.e.mul(b.at, x.den, by)}}
}

// Neg is -x.
func (b *Builder) Neg(x Term) Term { return b.Sub(b.Number(zero), x) }

// Min is the lesser of x and y.
func (b *Builder) Min(x, y Term) Term { return b.If(b.LessEq(x, y), x, y) }

// Max is the greater of x and y.
func (b *Builder) Max(x, y Term) Term { return b.If(b.LessEq(x, y), y, x) }

// Round rounds x by r, a fraction in one step.
func (b *Builder) Round(x Term, r hr.Rounding) Term {
	if _, err := r.Ratio(one, one); err != nil || r.IsZero() {
		b.wrong("a rounding is not valid")
		return b.Number(zero)
	}
	if !b.numbers(x) {
		return b.Number(zero)
	}
	at := b.e.site(b.at.pos, RuleTooLarge, "", "a result in `%s` has more digits than pay has", brief(b.at))
	s := size{1, 100, int(max(0, -r.Step.Exponent()))}
	return Term{value: value{num: b.e.put(b.at, s, Instr{Op: OpRound, A: x.num, B: x.den, Aux: b.e.rounding(r), At: at})}}
}

// Less asks whether x < y.
func (b *Builder) Less(x, y Term) Term { return b.compare(OpLess, x, y) }

// LessEq asks whether x <= y.
func (b *Builder) LessEq(x, y Term) Term { return b.compare(OpLessEq, x, y) }

// Equal asks whether x = y.
func (b *Builder) Equal(x, y Term) Term { return b.compare(OpEq, x, y) }

func (b *Builder) compare(op Op, x, y Term) Term {
	if !b.numbers(x, y) {
		return b.Yes(false)
	}
	l, r, _ := b.e.align(b.at, x.value, y.value)
	return Term{value{num: b.e.put(b.at, sizeFlag, Instr{Op: op, A: l, B: r})}, true}
}

// Yes is a constant yes or no.
func (b *Builder) Yes(yes bool) Term { return Term{value{num: b.e.constant(YesNo(yes))}, true} }

// Not turns a yes into a no.
func (b *Builder) Not(x Term) Term {
	if !b.flags(x) {
		return b.Yes(false)
	}
	return Term{value{num: b.e.put(b.at, sizeFlag, Instr{Op: OpNot, A: x.num})}, true}
}

// And is x and y; y is not looked at where x is no.
func (b *Builder) And(x, y Term) Term { return b.both(OpAnd, x, y) }

// Or is x or y; y is not looked at where x is yes.
func (b *Builder) Or(x, y Term) Term { return b.both(OpOr, x, y) }

func (b *Builder) both(op Op, x, y Term) Term {
	if !b.flags(x, y) {
		return b.Yes(false)
	}
	return Term{value{num: b.e.put(b.at, sizeFlag, Instr{Op: op, A: x.num, B: y.num})}, true}
}

// If is x where cond is yes and y otherwise; the other one is not looked at.
func (b *Builder) If(cond, x, y Term) Term {
	if !b.flags(cond) || x.flag != y.flag || x.num == 0 || y.num == 0 {
		b.wrong("the two sides of an If are of two kinds")
		return b.Number(zero)
	}
	return Term{b.e.pick(b.at, cond.num, x.value, y.value), x.flag}
}

func (b *Builder) wrong(reason string) {
	if b.ok {
		b.ok, b.no = false, reason
	}
}

func (b *Builder) numbers(list ...Term) bool {
	for _, t := range list {
		if t.flag || t.num == 0 {
			b.wrong("a yes/no, or nothing, stands where a number belongs")
			return false
		}
	}
	return true
}

func (b *Builder) flags(list ...Term) bool {
	for _, t := range list {
		if !t.flag || t.num == 0 {
			b.wrong("a number, or nothing, stands where a yes/no belongs")
			return false
		}
	}
	return true
}

// kernel explains a call.
func (s *story) kernel(n *call, it *item) {
	texts := make([]string, len(n.args))
	for i, a := range n.args {
		s.tell(a)
		texts[i] = s.filled(a)
	}
	name := n.fn
	if it.title != "" {
		name += " (" + it.title + ")"
	}
	s.note("%s of %s is %s", name, strings.Join(texts, ", "), s.result(n))
}
