package formula

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/musterhr/hr"
)

// Parse reads a text of formulas. file is the name that faults carry; it is not opened. The error joins one [Fault] for
// every statement (and every row of a table) that cannot be read.
func Parse(file, text string) (*File, error) {
	fs := &faults{}
	if len(text) > MaxText {
		fs.add(file, Pos{1, 1}, RuleBudget, "split it into several files", "the text is longer than %d bytes", MaxText)
		return nil, fs.err()
	}
	if !utf8.ValidString(text) {
		fs.add(file, Pos{1, 1}, RuleCharacter, "save it as UTF-8", "the text is not UTF-8")
		return nil, fs.err()
	}
	raw, tail := lex(file, text, fs)
	if len(raw) > MaxStatements {
		fs.add(file, Pos{raw[MaxStatements].begins, 1}, RuleBudget, "", "there are more than %d statements", MaxStatements)
		return nil, fs.err()
	}
	f := &File{name: file, tail: tail}
	for _, l := range raw {
		if l.broken {
			continue
		}
		p := &parser{file: file, toks: l.tokens, inline: l.inline, fs: fs}
		if s := p.statement(); s != nil {
			s.comments, s.blank = l.comments, l.blank
			s.comments = append(s.comments, p.leftComments()...)
			f.stmts = append(f.stmts, s)
		}
	}
	if err := fs.err(); err != nil {
		return nil, err
	}
	return f, nil
}

// parser reads the tokens of one statement. A fault unwinds to the statement by way of a syntaxError.
type parser struct {
	file   string
	toks   []token
	i      int
	depth  int
	nodes  int
	inline map[int]string
	fs     *faults
}

type syntaxError struct{ fault *Fault }

func (p *parser) fail(at Pos, rule hr.Rule, hint, reason string, args ...any) {
	var one faults
	one.add(p.file, at, rule, hint, reason, args...)
	panic(syntaxError{one.errs[0].(*Fault)})
}

// try runs part of the parser; false where it failed and the fault is recorded.
func (p *parser) try(part func()) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			e, mine := r.(syntaxError)
			if !mine {
				panic(r)
			}
			p.fs.errs = append(p.fs.errs, e.fault)
		}
	}()
	part()
	return true
}

func (p *parser) peek() token {
	if p.i < len(p.toks) {
		return p.toks[p.i]
	}
	last := p.toks[len(p.toks)-1] // a statement begins with one
	width := utf8.RuneCountInString(last.text)
	if last.kind == tokString {
		width += 2
	}
	return token{kind: tokEnd, pos: Pos{last.pos.Line, last.pos.Column + width}}
}

func (p *parser) next() token {
	t := p.peek()
	p.i++
	return t
}

// is reports whether the next token is the word or mark s.
func (p *parser) is(s string) bool {
	t := p.peek()
	return t.text == s && (t.kind == tokName || t.kind == tokMark)
}

func (p *parser) accept(s string) bool {
	if p.is(s) {
		p.i++
		return true
	}
	return false
}

func (p *parser) expect(s, hint string) {
	if t := p.peek(); !p.accept(s) {
		p.fail(t.pos, RuleSyntax, hint, "expected `%s`, found %s", s, t)
	}
}

// statement reads one statement; nil where nothing of it could be read.
func (p *parser) statement() *stmt {
	s := &stmt{}
	whole := p.try(func() {
		first := p.next()
		switch first.text {
		case wordInput, wordParam, wordBands, wordSlabs, wordLet, wordLine, wordGroup:
		default:
			p.fail(first.pos, RuleStatement, "a line that continues the one before begins with a space",
				"a statement begins with input, param, bands, slabs, group, let or line, found %s", first)
		}
		s.kind = first.text
		s.name = p.name("the name")
		p.heading(s)
		switch s.kind {
		case wordParam:
			p.params(s)
		case wordBands, wordSlabs:
			p.rows(s)
		case wordLet, wordLine:
			p.expect("=", "")
			s.expr = p.expression()
		}
		if t := p.peek(); t.kind != tokEnd {
			p.fail(t.pos, RuleSyntax, leftoverHint(t), "the statement is complete, and %s is left over", t)
		}
	})
	if !whole {
		return nil
	}
	return s
}

func leftoverHint(t token) string {
	switch t.kind {
	case tokName, tokNumber, tokString:
		switch t.text {
		case wordInput, wordParam, wordBands, wordSlabs, wordLet, wordLine, wordGroup:
			return "begin the next statement in the first column"
		}
		return "perhaps an operator such as * is missing"
	case tokMark:
		if t.text == "=" || t.text == "<" || t.text == ">" || t.text == "<=" || t.text == ">=" || t.text == "!=" {
			return "compare two values at a time and join them with `and`"
		}
		if t.text == "==" || t.text == "<>" || t.text == "&&" || t.text == "||" {
			return "write =, !=, and, or"
		}
	}
	return ""
}

// name reads a new name.
func (p *parser) name(what string) word {
	t := p.next()
	if t.kind != tokName {
		p.fail(t.pos, RuleSyntax, "a name begins with a letter", "expected %s, found %s", what, t)
	}
	if reserved[t.text] || functions[t.text] {
		p.fail(t.pos, RuleReserved, "take a longer name, such as payable_"+t.text, "`%s` is a word of the language and cannot name anything", t.text)
	}
	return word{t.text, t.pos}
}

// heading reads what stands between the name and the = or the rows.
func (p *parser) heading(s *stmt) {
	switch s.kind {
	case wordInput:
		s.title = p.title()
		s.unit, s.unitPos = p.unitAfterColon()
		if p.accept("by") {
			p.expect("piece", "write `by piece`")
			s.byPiece = true
		}
		if p.accept("=") {
			s.expr = p.constant()
		}
	case wordParam:
		s.unit, s.unitPos = p.unitAfterColon()
	case wordGroup:
		s.title = p.title()
		if p.is(":") {
			s.unit, s.unitPos = p.unitAfterColon()
		}
	case wordBands, wordSlabs:
		s.unit, s.unitPos = p.unitAfterColon()
		p.expect("->", "write `: money -> money`, from the unit that is looked up to the unit of the answer")
		s.value, _ = p.unit()
		if p.accept("by") {
			p.expect("text", "write `by text`")
			s.byText = true
		}
	case wordLet, wordLine:
		s.title = p.title()
		if p.is(":") {
			s.unit, s.unitPos = p.unitAfterColon()
		}
		if s.kind == wordLine && p.accept("in") {
			s.groups = append(s.groups, p.name("the name of a group"))
			for p.accept(",") {
				s.groups = append(s.groups, p.name("the name of a group"))
			}
		}
		if p.accept("law") {
			t := p.next()
			if t.kind != tokString || t.text == "" {
				p.fail(t.pos, RuleSyntax, `write law "EPF Scheme 1952, para 29"`, "expected the law in quotes, found %s", t)
			}
			s.law = t.text
		}
	}
}

// constant reads what an input is where nobody gives it: one literal.
func (p *parser) constant() expr {
	switch t := p.peek(); t.kind {
	case tokString:
		p.i++
		return &quoted{pos: t.pos, text: t.text}
	case tokDate:
		p.i++
		return &day{pos: t.pos, date: hr.MustDate(t.text)}
	case tokName:
		if t.text == "yes" || t.text == "no" {
			p.i++
			return &flag{pos: t.pos, yes: t.text == "yes"}
		}
	}
	return p.literal()
}

func (p *parser) title() string {
	if t := p.peek(); t.kind == tokString {
		p.i++
		if t.text == "" {
			p.fail(t.pos, RuleSyntax, "leave it out", "a title is not empty")
		}
		return t.text
	}
	return ""
}

func (p *parser) unitAfterColon() (Unit, Pos) {
	p.expect(":", "write `: money` or another unit behind the name")
	return p.unit()
}

// unit reads a unit: words joined by * and /.
func (p *parser) unit() (Unit, Pos) {
	first := p.peek()
	var text strings.Builder
	for {
		t := p.next()
		if t.kind != tokName {
			p.fail(t.pos, RuleUnitWord, unitHint, "expected a unit, found %s", t)
		}
		text.WriteString(t.text)
		if !p.is("*") && !p.is("/") {
			break
		}
		text.WriteString(p.next().text)
	}
	u, err := ParseUnit(text.String())
	if err != nil {
		p.fail(first.pos, RuleUnitWord, unitHint, "`%.200s` is not a unit", text.String())
	}
	return u, first.pos
}

const unitHint = "write money, days, hours, months, years, count, number, percent, date, text, yes/no, or a product such as money/days"

// params reads the dated values of a parameter.
func (p *parser) params(s *stmt) {
	p.expect("=", "")
	for {
		step := paramStep{pos: p.peek().pos}
		step.lit = p.literal()
		if p.accept("from") {
			t := p.next()
			if t.kind != tokDate {
				p.fail(t.pos, RuleDate, "write it 2026-04-01", "expected a day, found %s", t)
			}
			step.from = hr.MustDate(t.text)
		}
		s.steps = append(s.steps, step)
		if !p.accept(",") {
			return
		}
	}
}

// rows reads the rows of a table, one a line.
func (p *parser) rows(s *stmt) {
	if t := p.peek(); t.kind != tokEnd && t.pos.Line == s.name.pos.Line {
		p.fail(t.pos, RuleSyntax, "begin each row on a new, indented line", "%s is left over", t)
	}
	text, all := "", p.toks
	for p.i < len(all) {
		end := p.i
		for end < len(all) && all[end].pos.Line == all[p.i].pos.Line {
			end++
		}
		p.toks = all[:end]
		line := all[p.i].pos.Line
		p.try(func() {
			r := p.row(s, text)
			text = r.text
			r.comment = p.inline[line]
			delete(p.inline, line)
			s.rows = append(s.rows, r)
		})
		p.i = end
	}
	p.toks = all
}

func (p *parser) row(s *stmt, text string) tableRow {
	r := tableRow{text: text, pos: p.peek().pos}
	if t := p.peek(); t.kind == tokString {
		if !s.byText || t.text == "" {
			p.fail(t.pos, RuleRows, "write `by text` behind the units of a table that is chosen by a text", "the row names a text and the table is not by text")
		}
		p.i++
		r.text = t.text
	}
	switch t := p.next(); {
	case t.kind == tokName && (t.text == string(hr.UpTo) || t.text == string(hr.Below)):
		r.bound = hr.Bound(t.text)
		r.limit = p.literal()
	case t.kind == tokName && t.text == string(hr.Above):
		r.bound = hr.Above
	default:
		p.fail(t.pos, RuleRows, "write `upto 10000: 175`, `below 10000: 175` or `above: 200`", "a row begins with upto, below or above, found %s", t)
	}
	p.expect(":", "write the value of the row behind a colon")
	r.value = p.literal()
	if t := p.peek(); t.kind != tokEnd {
		p.fail(t.pos, RuleSyntax, "begin each row on a line of its own", "the row is complete, and %s is left over", t)
	}
	return r
}

// leftComments returns the comments behind code that no row keeps, in order of their lines.
func (p *parser) leftComments() []string {
	var list []string
	for _, n := range slices.Sorted(maps.Keys(p.inline)) {
		list = append(list, p.inline[n])
	}
	return list
}
