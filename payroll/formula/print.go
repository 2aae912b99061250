package formula

import (
	"strings"
)

// widest is how many characters of a formula stand on the line of its name; one that is longer is broken.
const widest = 80

// String returns the text in its one canonical form: reading it again gives the same file. Comments before a statement
// and behind the rows of a table stay; comments inside a formula move in front of its statement.
func (f *File) String() string {
	var b strings.Builder
	for _, s := range f.stmts {
		if s.blank {
			b.WriteString("\n")
		}
		writeComments(&b, s.comments)
		s.print(&b)
	}
	if len(f.tail) > 0 {
		if len(f.stmts) > 0 {
			b.WriteString("\n")
		}
		writeComments(&b, f.tail)
	}
	return b.String()
}

func writeComments(b *strings.Builder, comments []string) {
	for _, c := range comments {
		b.WriteString(c + "\n")
	}
}

func (s *stmt) print(b *strings.Builder) {
	b.WriteString(s.kind + " " + s.name.text)
	if s.title != "" {
		b.WriteString(` "` + s.title + `"`)
	}
	if s.unit != "" {
		b.WriteString(" : " + string(s.unit))
	}
	if s.byPiece {
		b.WriteString(" by piece")
	}
	for i, g := range s.groups {
		if i == 0 {
			b.WriteString(" in " + g.text)
		} else {
			b.WriteString(", " + g.text)
		}
	}
	if s.law != "" {
		b.WriteString(` law "` + s.law + `"`)
	}
	switch s.kind {
	case wordInput:
		if s.expr != nil {
			b.WriteString(" = " + source(s.expr))
		}
	case wordParam:
		b.WriteString(" = ")
		for i, st := range s.steps {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(st.lit.source())
			if !st.from.IsZero() {
				b.WriteString(" from " + st.from.String())
			}
		}
	case wordBands, wordSlabs:
		b.WriteString(" -> " + string(s.value))
		if s.byText {
			b.WriteString(" by text")
		}
		s.printRows(b)
	case wordLet, wordLine:
		one := source(s.expr)
		if len(one) <= widest || !breaks(s.expr) {
			b.WriteString(" = " + one)
			break
		}
		b.WriteString(" =\n    " + broken(s.expr))
	}
	b.WriteString("\n")
}

func (s *stmt) printRows(b *strings.Builder) {
	text := ""
	for _, r := range s.rows {
		b.WriteString("\n    ")
		if r.text != text {
			b.WriteString(`"` + r.text + `" `)
			text = r.text
		}
		b.WriteString(r.head() + ": " + r.value.source())
		if r.comment != "" {
			b.WriteString(" " + r.comment)
		}
	}
}

// head writes "upto 10000" or "above".
func (r tableRow) head() string {
	if r.limit == nil {
		return string(r.bound)
	}
	return string(r.bound) + " " + r.limit.source()
}

// breaks reports whether the printer knows where to break e.
func breaks(e expr) bool {
	switch n := e.(type) {
	case *choice:
		return true
	case *binary:
		return n.op == "+" || n.op == "-" || n.op == "or" || n.op == "and"
	}
	return false
}

// broken writes e, which breaks knows, over several lines: a choice one side a line, a sum one term a line.
func broken(e expr) string {
	const indent = "\n    "
	switch n := e.(type) {
	case *choice:
		s := "if " + source(n.cond) + " then " + operand(n.then, 1) + indent + "else "
		if _, more := n.alt.(*choice); more {
			return s + broken(n.alt)
		}
		return s + source(n.alt)
	case *binary:
		var terms []string
		rank := precedence(n)
		var l expr = n
		for {
			b, ok := l.(*binary)
			if !ok || precedence(b) != rank {
				break
			}
			terms = append(terms, b.op+" "+operand(b.r, rank+1))
			l = b.l
		}
		s := operand(l, rank)
		for i := len(terms) - 1; i >= 0; i-- {
			s += indent + terms[i]
		}
		return s
	}
	return source(e)
}

// Binding strengths, loosest first.
const (
	precedenceChoice = iota
	precedenceOr
	precedenceAnd
	precedenceNot
	precedenceCompare
	precedenceSum
	precedenceProduct
	precedenceMinus
	precedenceValue
)

func precedence(e expr) int {
	switch n := e.(type) {
	case *choice:
		return precedenceChoice
	case *unary:
		if n.op == "not" {
			return precedenceNot
		}
		return precedenceMinus
	case *binary:
		switch n.op {
		case "or":
			return precedenceOr
		case "and":
			return precedenceAnd
		case "+", "-":
			return precedenceSum
		case "*", "/":
			return precedenceProduct
		}
		return precedenceCompare
	}
	return precedenceValue
}

// source writes an expression on one line with as few parentheses as its meaning allows.
func source(e expr) string {
	var b strings.Builder
	render(&b, e, leafSource)
	return b.String()
}

// leafSource writes what stands in an expression without operators of its own; "" leaves it to the renderer.
func leafSource(e expr) string {
	switch n := e.(type) {
	case *number:
		return n.source()
	case *quoted:
		return `"` + n.text + `"`
	case *day:
		return n.date.String()
	case *flag:
		if n.yes {
			return "yes"
		}
		return "no"
	case *ref:
		return n.name
	}
	return ""
}

func operand(e expr, least int) string {
	if precedence(e) < least {
		return "(" + source(e) + ")"
	}
	return source(e)
}

// render writes e; leaf may answer for any part of it.
func render(b *strings.Builder, e expr, leaf func(expr) string) {
	if s := leaf(e); s != "" {
		b.WriteString(s)
		return
	}
	part := func(x expr, least int) {
		if precedence(x) < least && leaf(x) == "" {
			b.WriteString("(")
			render(b, x, leaf)
			b.WriteString(")")
			return
		}
		render(b, x, leaf)
	}
	switch n := e.(type) {
	case *unary:
		b.WriteString(n.op)
		if n.op == "not" {
			b.WriteString(" ")
		}
		part(n.x, precedence(n))
	case *binary:
		rank := precedence(n)
		left := rank
		if rank == precedenceCompare {
			left++
		}
		part(n.l, left)
		b.WriteString(" " + n.op + " ")
		part(n.r, rank+1)
	case *choice:
		b.WriteString("if ")
		part(n.cond, precedenceOr)
		b.WriteString(" then ")
		part(n.then, precedenceOr)
		b.WriteString(" else ")
		part(n.alt, precedenceChoice)
	case *call:
		b.WriteString(n.fn + "(")
		for i, a := range n.args {
			if i > 0 {
				b.WriteString(", ")
			}
			part(a, precedenceChoice)
		}
		if n.step != nil {
			b.WriteString(", " + n.step.source())
		}
		if n.mode != "" {
			b.WriteString(", " + string(n.mode))
		}
		b.WriteString(n.group + ")")
	}
}

// source writes a literal as it was written.
func (n *number) source() string {
	s := n.text
	if n.neg {
		s = "-" + s
	}
	switch {
	case n.percent:
		return s + "%"
	case n.unit != "":
		if n.text == "1" {
			for one, many := range singular {
				if many == n.unit {
					return s + " " + one
				}
			}
		}
		return s + " " + string(n.unit)
	}
	return s
}
