package formula

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"slices"
	"strings"

	"github.com/musterhr/hr"
)

// Digest identifies everything that can change an answer: inputs, lines and groups, the formulas they need, and the
// parameters and tables that those read, with every dated value. Titles, laws, comments, sources, file names, the
// spelling of numbers and the order of lets do not change it. It is 64 hexadecimal digits of SHA-256.
func (p *Program) Digest() string { return p.digest }

// digester writes fields with their lengths, so that no two sequences of fields read alike.
type digester struct{ hash.Hash }

func (d digester) field(s string) { fmt.Fprintf(d, "%d:%s;", len(s), s) }

func (c *compiler) digest(p *Program) string {
	d := digester{sha256.New()}
	d.field("muster.formula/1")
	for _, in := range p.inputs {
		d.field("input")
		d.field(in.Name)
		d.field(string(in.Unit))
		d.field(fmt.Sprint(in.ByPiece))
		d.field(fmt.Sprint(in.Default.kind, in.Default))
	}
	for _, l := range p.lines {
		d.field("line")
		d.field(l.Name)
		d.field(string(l.it.typ.unit()))
		d.field(plainSource(l.it.s.expr))
		groups := slices.Clone(l.Groups)
		slices.Sort(groups)
		d.field(strings.Join(groups, ","))
	}
	for _, it := range c.needed().sorted() {
		d.field("let")
		d.field(it.name)
		d.field(string(it.typ.unit()))
		d.field(plainSource(it.s.expr))
	}
	params := slices.Clone(p.params)
	slices.SortFunc(params, func(a, b *param) int { return strings.Compare(a.Name, b.Name) })
	for _, x := range params {
		d.field("param")
		d.field(x.Name)
		d.field(string(x.unit))
		d.field(basis(x.Basis))
		steps := slices.Clone(x.Steps)
		slices.SortFunc(steps, func(a, b hr.ParameterStep) int { return a.Since.Compare(b.Since) })
		for _, s := range steps {
			d.field(s.Since.String())
			if s.Ends {
				d.field("ends")
			} else {
				d.field(digits(s.Value))
			}
		}
	}
	tables := slices.Clone(p.tables)
	slices.SortFunc(tables, func(a, b *table) int { return strings.Compare(a.Name, b.Name) })
	for _, t := range tables {
		d.table(t)
	}
	seen := map[*Kernel]bool{}
	for i, k := range c.kernels {
		if !c.names[k.kernel.callName(k.out)].used || seen[k.kernel] {
			continue
		}
		seen[c.kernels[i].kernel] = true
		d.field("kernel")
		d.field(k.kernel.Name)
		d.field(fmt.Sprint(k.kernel.Version))
		for _, s := range slices.Concat(k.kernel.In, k.kernel.Out) {
			d.field(s.Name)
			d.field(string(s.Unit))
		}
	}
	return hex.EncodeToString(d.Sum(nil))
}

func (d digester) table(t *table) {
	for _, s := range []string{"table", t.Name, string(t.Kind), string(t.key), string(t.value), fmt.Sprint(t.ByText), basis(t.Basis)} {
		d.field(s)
	}
	steps := slices.Clone(t.Steps)
	slices.SortFunc(steps, func(a, b hr.TableStep) int {
		if a.Text != b.Text {
			return strings.Compare(a.Text, b.Text)
		}
		return a.Since.Compare(b.Since)
	})
	for _, s := range steps {
		d.field("step")
		d.field(s.Text)
		d.field(s.Since.String())
		d.field(fmt.Sprint(s.Ends))
		if s.Ends {
			continue
		}
		for _, r := range s.Rows {
			d.field(string(r.Bound))
			if r.Bound != hr.Above {
				d.field(digits(r.Limit))
			}
			d.field(digits(r.Value))
		}
	}
}

func basis(b hr.DateBasis) string {
	if b == "" {
		b = hr.ByPeriodEnd
	}
	return string(b)
}

// plainSource writes a formula with the plain value of each number.
func plainSource(e expr) string {
	var b strings.Builder
	render(&b, e, func(x expr) string {
		if n, ok := x.(*number); ok {
			s := digits(n.decimal())
			if n.unit != "" {
				s += " " + string(n.unit)
			}
			return s
		}
		if n, ok := x.(*call); ok && n.step != nil {
			inner := plainSource(n.args[0])
			return "round(" + inner + ", " + n.rounding().String() + ")"
		}
		return leafSource(x)
	})
	return b.String()
}

// needs is what lines read, directly or through lets.
type needs struct {
	lets   map[*item]bool
	groups map[*group]bool
}

func (c *compiler) needed() needs {
	found := needs{map[*item]bool{}, map[*group]bool{}}
	queue := slices.Clone(c.lines)
	for len(queue) > 0 {
		it := queue[0]
		queue = queue[1:]
		walk(it.s.expr, func(e expr) bool {
			switch n := e.(type) {
			case *ref:
				if need := c.names[n.name]; need.kind == aLet && !found.lets[need] {
					found.lets[need] = true
					queue = append(queue, need)
				}
			case *call:
				if n.group != "" {
					found.groups[c.groups[n.group]] = true
				}
			}
			return true
		})
	}
	return found
}

// sorted lists the lets by name.
func (n needs) sorted() []*item {
	return slices.SortedFunc(maps.Keys(n.lets), func(a, b *item) int { return strings.Compare(a.name, b.name) })
}
