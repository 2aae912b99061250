package formula

import "github.com/musterhr/hr"

// expression reads a whole expression:
//
//	expr = "if" or "then" expr "else" expr | or
//	or   = and {"or" and}
//	and  = not {"and" not}
//	not  = "not" not | cmp
//	cmp  = add [("=" | "!=" | "<" | "<=" | ">" | ">=") add]
//	add  = mul {("+" | "-") mul}
//	mul  = neg {("*" | "/") neg}
//	neg  = "-" neg | prim
func (p *parser) expression() expr {
	defer p.enter(p.peek().pos)()
	if t := p.peek(); p.accept("if") {
		n := &choice{pos: t.pos}
		n.cond = p.or()
		p.expect("then", "write `if ... then ... else ...`")
		n.then = p.expression()
		p.expect("else", "every if has an else: write `else 0` where there is nothing to pay")
		n.alt = p.expression()
		return n
	}
	return p.or()
}

// enter goes one level deeper, and returns the way back.
func (p *parser) enter(at Pos) func() {
	p.depth++
	if p.depth > MaxDepth {
		p.fail(at, RuleBudget, "give parts of it a name with let", "the expression nests deeper than %d", MaxDepth)
	}
	return func() { p.depth-- }
}

// node counts the parts of an expression.
func (p *parser) node(at Pos) {
	p.nodes++
	if p.nodes > MaxNodes {
		p.fail(at, RuleBudget, "give parts of it a name with let", "the expression has more than %d parts", MaxNodes)
	}
}

func (p *parser) chain(next func() expr, ops ...string) expr {
	l := next()
	for {
		t := p.peek()
		found := false
		for _, op := range ops {
			if p.accept(op) {
				found = true
				break
			}
		}
		if !found {
			return l
		}
		p.node(t.pos)
		l = &binary{pos: t.pos, op: t.text, l: l, r: next()}
	}
}

func (p *parser) or() expr  { return p.chain(p.and, "or") }
func (p *parser) and() expr { return p.chain(p.not, "and") }

func (p *parser) not() expr {
	if t := p.peek(); p.accept("not") {
		defer p.enter(t.pos)()
		p.node(t.pos)
		return &unary{pos: t.pos, op: "not", x: p.not()}
	}
	return p.comparison()
}

func (p *parser) comparison() expr {
	l := p.sum()
	for _, op := range []string{"=", "!=", "<", "<=", ">", ">="} {
		if t := p.peek(); p.accept(op) {
			p.node(t.pos)
			return &binary{pos: t.pos, op: op, l: l, r: p.sum()}
		}
	}
	return l
}

func (p *parser) sum() expr     { return p.chain(p.product, "+", "-") }
func (p *parser) product() expr { return p.chain(p.negation, "*", "/") }

func (p *parser) negation() expr {
	if t := p.peek(); p.accept("-") {
		defer p.enter(t.pos)()
		p.node(t.pos)
		return &unary{pos: t.pos, op: "-", x: p.negation()}
	}
	return p.primary()
}

func (p *parser) primary() expr {
	t := p.peek()
	p.node(t.pos)
	switch {
	case t.kind == tokNumber:
		return p.literal()
	case t.kind == tokString:
		p.i++
		return &quoted{t.pos, t.text}
	case t.kind == tokDate:
		p.i++
		return &day{t.pos, hr.MustDate(t.text)}
	case p.accept("yes"):
		return &flag{t.pos, true}
	case p.accept("no"):
		return &flag{t.pos, false}
	case p.accept("("):
		e := p.expression()
		p.expect(")", "close the parenthesis")
		return e
	case t.kind == tokName && functions[t.text]:
		p.i++
		return p.function(t)
	case t.kind == tokName && reserved[t.text]:
		hint := ""
		if t.text == "if" {
			hint = "put the if in parentheses"
		}
		p.fail(t.pos, RuleSyntax, hint, "expected a value, found %s", t)
	case t.kind == tokName:
		p.i++
		if !p.is("(") {
			return &ref{t.pos, t.text}
		}
		p.i++
		return &call{pos: t.pos, fn: t.text, args: p.arguments()}
	}
	p.fail(t.pos, RuleSyntax, "", "expected a value, found %s", t)
	return nil
}

// arguments reads the expressions up to the closing parenthesis.
func (p *parser) arguments() []expr {
	list := []expr{p.expression()}
	for p.accept(",") {
		list = append(list, p.expression())
	}
	p.expect(")", "close the parenthesis")
	return list
}

func (p *parser) function(t token) expr {
	p.expect("(", "write "+t.text+"(...)")
	c := &call{pos: t.pos, fn: t.text}
	switch t.text {
	case "round", "ceil", "floor":
		c.args = []expr{p.expression()}
		if !p.accept(",") {
			p.fail(p.peek().pos, RuleRounding, "write "+t.text+"(..., 0.01) for two places, 1 for whole units, 10 for tens", "a rounding names its step")
		}
		at := p.peek()
		if at.kind != tokNumber {
			p.fail(at.pos, RuleRounding, "write a number above zero such as 0.01, 1 or 10", "expected the step of the rounding, found %s", at)
		}
		c.step = p.literal()
		if c.step.decimal().Sign() <= 0 || c.step.percent {
			p.fail(at.pos, RuleRounding, "write a number above zero such as 0.01, 1 or 10", "the step of a rounding is a number above zero")
		}
		if p.accept(",") {
			c.mode = p.mode(t.text)
		}
		p.expect(")", "close the parenthesis")
	case "sum":
		g := p.next()
		if g.kind != tokName || reserved[g.text] || functions[g.text] {
			p.fail(g.pos, RuleSyntax, "write sum(earnings), the name of one group", "expected the name of a group, found %s", g)
		}
		c.group = g.text
		p.expect(")", "sum takes the name of one group; add values with +")
	default:
		c.args = p.arguments()
	}
	return c
}

func (p *parser) mode(fn string) hr.RoundingMode {
	t := p.next()
	m := hr.RoundingMode(t.text)
	if t.kind != tokName || !m.Valid() {
		p.fail(t.pos, RuleRounding, "write half_up, half_down, half_even, up, down, ceiling or floor", "expected a mode of rounding, found %s", t)
	}
	if fn != "round" {
		p.fail(t.pos, RuleRounding, "write round(..., step, "+t.text+")", "%s has its own mode", fn)
	}
	return m
}

// literal reads a number with its sign, %, or unit. A sign is for parameters and tables; in a formula the operator comes first.
func (p *parser) literal() *number {
	t := p.next()
	neg := false
	if t.kind == tokMark && t.text == "-" {
		neg = true
		t = p.next()
	}
	if t.kind != tokNumber {
		p.fail(t.pos, RuleSyntax, "write a number such as 12_00_000, 0.5 or 12%", "expected a number, found %s", t)
	}
	n := &number{pos: t.pos, text: t.text, neg: neg}
	if p.accept("%") {
		n.percent = true
		return n
	}
	u := p.peek()
	if u.kind != tokName {
		return n
	}
	switch Unit(u.text) {
	case Money, Days, Hours, Months, Years, Count:
		n.unit = Unit(u.text)
	default:
		n.unit = singular[u.text]
	}
	if n.unit != "" {
		p.i++
	}
	return n
}
