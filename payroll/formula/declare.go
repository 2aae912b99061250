package formula

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Config is what a program is compiled from.
type Config struct {
	Files  []*File        // in the order in which inputs and lines are numbered
	Params []hr.Parameter // dated numbers of a pack or a host, read by name
	Tables []hr.Table     // dated tables of a pack or a host, read by name

	Kernels []Kernel // what formulas cannot say, called by name

	// MoneyPlaces is how many places money inputs have in their integer form (see [Program.InputPlaces]); below 2 is 2. It changes the
	// speed of values that have more, and no answer.
	MoneyPlaces int
}

type itemKind uint8

const (
	anInput itemKind = iota + 1
	aParam
	aTable
	aLet
	aLine
	aKernel
)

func (k itemKind) String() string {
	return [...]string{"", "an input", "a parameter", "a table", "a let", "a line", "a kernel"}[k]
}

// item is one declared name.
type item struct {
	kind  itemKind
	name  string
	file  string
	pos   Pos
	s     *stmt // nil for what comes from the configuration
	index int   // among its kind: inputs, parameters, tables, lets and lines
	unit  Unit  // of an input or a parameter, as declared
	typ   typ
	used  bool

	otherwise Value // of an input: what it is where a request leaves it out
	title     string

	// Of a let: it reads values by piece bare, so it has a value for each piece only.
	byPiece bool
	dated   bool // it reads a dated value that changes
}

// group is the lines that one sum covers.
type group struct {
	name    string
	unit    Unit // as declared; "" where no group statement names it
	members []*item
	summed  bool // some formula adds it up: then its lines must be of one unit
}

// param is a parameter as the program reads it: values in percent are already hundredths.
type param struct {
	hr.Parameter
	unit Unit
}

// table is a table as the program reads it.
type table struct {
	hr.Table
	key, value Unit
	changes    bool // it has other rows from some day on
}

// always is the first day a value without a date holds.
var always = hr.MustDate("0001-01-01")

type compiler struct {
	kernels []called // by index of an item
	faults
	warnings []*Fault
	names    map[string]*item
	inputs   []*item
	params   []*param
	tables   []*table
	formulas []*item // lets and lines, as written
	lines    []*item
	groups   map[string]*group
	types    map[expr]dim
	spelling int // suggestions looked for so far
}

// declare collects every name, and reports names declared twice and faulty parameters and tables.
func (c *compiler) declare(cfg Config) {
	c.names, c.groups, c.types = map[string]*item{}, map[string]*group{}, map[expr]dim{}
	var outside hr.Faults
	for i, p := range cfg.Params {
		path := named("params", p.Name, i)
		outside.Join(path, p.Validate())
		u, err := ParseUnit(p.Unit)
		if err == nil && dimOf(u).kind != numeric {
			err = &hr.FieldError{Path: "unit", Rule: RuleUnitWord, Reason: "a parameter is a number"}
		}
		outside.Join(path, err)
		for j, s := range p.Steps {
			if !fits(s.Value) {
				outside.Add(fmt.Sprintf("%s.steps[%d].value", path, j), RuleBudget, "has more digits than pay has")
			}
		}
		c.configured(&outside, path, &item{kind: aParam, name: p.Name, index: len(c.params), unit: u, typ: typ{dim: dimOf(u)}})
		p.Steps = slices.Clone(p.Steps)
		c.params = append(c.params, &param{p, u})
	}
	for i, t := range cfg.Tables {
		path := named("tables", t.Name, i)
		outside.Join(path, t.Validate())
		key, err := ParseUnit(t.Key)
		outside.Join(path+".key", err)
		value, err := ParseUnit(t.Value)
		outside.Join(path+".value", err)
		c.tableFits(&outside, path, t)
		it := &item{kind: aTable, name: t.Name, index: len(c.tables)}
		var ok bool
		if it.typ, ok = answer(t.Kind, key, value); !ok {
			outside.Add(path, RuleUnitWord, "a table goes from a number to a number")
		}
		c.configured(&outside, path, it)
		t.Steps = slices.Clone(t.Steps)
		c.tables = append(c.tables, &table{t, key, value, len(t.Steps) > len(t.Texts())})
	}
	c.declareKernels(&outside, cfg.Kernels)
	if err := outside.Err(); err != nil {
		c.errs = append(c.errs, err)
	}
	n := 0
	for _, f := range cfg.Files {
		if n += len(f.stmts); n > MaxStatements {
			c.add(f.name, Pos{1, 1}, RuleBudget, "", "there are more than %d statements", MaxStatements)
			return
		}
		for _, s := range f.stmts {
			c.statement(f.name, s)
		}
	}
}

// named leads to a parameter or a table by its name, as whoever wrote it knows it, or by its place where it has none.
func named(kind, name string, i int) string {
	if name == "" {
		return fmt.Sprintf("%s[%d]", kind, i)
	}
	return kind + "." + name
}

func (c *compiler) tableFits(outside *hr.Faults, path string, t hr.Table) {
	for j, s := range t.Steps {
		for k, r := range s.Rows {
			if !fits(r.Value) || r.Bound != hr.Above && !fits(r.Limit) {
				outside.Add(fmt.Sprintf("%s.steps[%d].rows[%d]", path, j, k), RuleBudget, "has more digits than pay has")
			}
		}
	}
}

func (c *compiler) configured(outside *hr.Faults, path string, it *item) {
	if prior := c.names[it.name]; prior != nil {
		outside.Add(path+".name", RuleDuplicate, "%s is declared twice", it.name)
		return
	}
	c.names[it.name] = it
}

// answer returns the type of what a table answers.
func answer(k hr.TableKind, key, value Unit) (typ, bool) {
	kd, vd := dimOf(key), dimOf(value)
	if kd.kind != numeric || vd.kind != numeric {
		return typ{bad: true}, false
	}
	if k == hr.Slabs {
		d, ok := kd.times(vd, 1)
		return typ{dim: d}, ok
	}
	return typ{dim: vd}, true
}

func (c *compiler) statement(file string, s *stmt) {
	if s.kind == wordGroup {
		c.declareGroup(file, s)
		return
	}
	it := &item{name: s.name.text, file: file, pos: s.name.pos, s: s, unit: s.unit, title: s.title}
	if prior := c.names[it.name]; prior != nil {
		if c.again(prior, it) {
			return
		}
		where := "in the configuration"
		if prior.s != nil {
			where = fmt.Sprintf("at %s:%d", prior.file, prior.pos.Line)
		}
		c.add(file, it.pos, RuleDuplicate, "give one of them another name", "`%s` is already %s, declared %s", it.name, prior.kind, where)
	} else {
		c.names[it.name] = it
	}
	switch s.kind {
	case wordInput:
		it.kind, it.index = anInput, len(c.inputs)
		it.typ = typ{dim: dimOf(s.unit)}
		it.otherwise = c.otherwise(it)
		c.inputs = append(c.inputs, it)
	case wordParam:
		it.kind, it.index = aParam, len(c.params)
		it.typ = typ{dim: dimOf(s.unit)}
		c.params = append(c.params, &param{c.ownParam(it), s.unit})
	case wordBands, wordSlabs:
		it.kind, it.index = aTable, len(c.tables)
		c.tables = append(c.tables, &table{c.ownTable(it), s.unit, s.value, false})
	case wordLet, wordLine:
		it.kind, it.index = aLet, len(c.formulas)
		if s.kind == wordLine {
			it.kind = aLine
			c.lines = append(c.lines, it)
			c.join(it)
		}
		if s.unit == Percent {
			c.add(file, s.unitPos, RulePercent, "write `: number`; 12% is the plain number 0.12", "a result is not in percent")
		}
		c.formulas = append(c.formulas, it)
	}
}

// again reports whether it declares an input that prior declares too: a pack and a host may both read basic. They must agree on
// the unit and on by piece; a title and a default may stand in either, and two defaults must be one.
func (c *compiler) again(prior, it *item) bool {
	if it.s.kind != wordInput || prior.kind != anInput || prior.s.unit != it.s.unit || prior.s.byPiece != it.s.byPiece {
		return false
	}
	it.kind, it.typ = anInput, prior.typ
	otherwise := c.otherwise(it)
	switch {
	case prior.otherwise.IsZero():
		prior.otherwise = otherwise
	case !otherwise.IsZero() && !otherwise.Equal(prior.otherwise):
		return false
	}
	if prior.title == "" {
		prior.title = it.s.title
	}
	return true
}

// declareGroup makes a group that may stay empty: a law sums it, and the host decides whether any line is in it.
func (c *compiler) declareGroup(file string, s *stmt) {
	unit := s.unit
	if unit == "" {
		unit = Money
	}
	if dimOf(unit).kind != numeric || unit == Percent {
		c.add(file, s.unitPos, RuleType, "write a unit such as money, or leave it out", "a group adds numbers")
		unit = Money
	}
	g := c.groups[s.name.text]
	if g == nil {
		g = &group{name: s.name.text}
		c.groups[s.name.text] = g
	}
	if g.unit != "" && g.unit != unit {
		c.add(file, s.name.pos, RuleDuplicate, "declare it once", "group `%s` is declared in %s and in %s", g.name, g.unit, unit)
	}
	g.unit = unit
}

func (c *compiler) join(it *item) {
	named := map[string]bool{}
	for _, w := range it.s.groups {
		g := c.groups[w.text]
		if g == nil {
			g = &group{name: w.text}
			c.groups[w.text] = g
		}
		if named[w.text] {
			c.add(it.file, w.pos, RuleDuplicate, "name it once", "the line is in group `%s` twice", w.text)
			continue
		}
		named[w.text] = true
		g.members = append(g.members, it)
	}
}

// own is the source of a value that a formula text states itself.
func own(it *item, at Pos) hr.Source {
	return hr.Source{Title: it.file, Section: fmt.Sprintf("line %d", at.Line)}
}

// otherwise returns what an input is where nobody gives it; the zero Value where it must be given.
func (c *compiler) otherwise(it *item) Value {
	var v Value
	switch n := it.s.expr.(type) {
	case nil:
		return Value{}
	case *number:
		if it.typ.kind == numeric {
			v = Number(c.stated(it, n, it.unit))
		}
	case *quoted:
		v = Text(n.text)
	case *day:
		v = Day(n.date)
	case *flag:
		v = YesNo(n.yes)
	}
	if v.kind != it.typ.kind {
		c.add(it.file, it.s.expr.at(), RuleType, "write a value of the input's own unit", "the input is %s", dim{kind: it.typ.kind}.noun())
	}
	return v
}

func (c *compiler) ownParam(it *item) hr.Parameter {
	p := hr.Parameter{Name: it.name, Unit: string(it.unit)}
	if it.typ.kind != numeric {
		c.add(it.file, it.s.unitPos, RuleType, "write `let "+it.name+" = ...` for a text, a day or a yes/no", "a parameter is a number")
		return p
	}
	seen := map[hr.Date]bool{}
	for _, s := range it.s.steps {
		since := s.from
		if since.IsZero() {
			since = always
		}
		if seen[since] {
			c.add(it.file, s.pos, RuleSteps, "write `VALUE from DATE` for each, one value a day", "two values hold from one day")
		}
		seen[since] = true
		p.Steps = append(p.Steps, hr.ParameterStep{Since: since, Value: c.stated(it, s.lit, it.unit), Source: own(it, s.pos), Reviewed: since})
	}
	return p
}

// stated returns the digits of a literal that is given in unit u.
func (c *compiler) stated(it *item, n *number, u Unit) decimal.Decimal {
	d := n.plainDecimal()
	switch {
	case u == Percent && !n.percent && !(n.unit == "" && d.IsZero()):
		c.add(it.file, n.pos, RulePercent, "write `"+n.text+"%`", "a percent is written with its sign")
	case u != Percent && n.percent && dimOf(u) != plain:
		c.add(it.file, n.pos, RuleUnit, "write the number without %", "this is a percent, and %s belongs here", dimOf(u).words())
	case n.unit != "" && dimOf(n.unit) != dimOf(u):
		c.add(it.file, n.pos, RuleUnit, "write `"+n.text+"`", "this is in %s, and %s belongs here", n.unit, dimOf(u).words())
	case u != Percent && n.percent:
		return n.decimal()
	}
	return d
}

func (c *compiler) ownTable(it *item) hr.Table {
	s := it.s
	t := hr.Table{Name: it.name, Kind: hr.TableKind(s.kind), Key: string(s.unit), Value: string(s.value), ByText: s.byText}
	var ok bool
	if it.typ, ok = answer(t.Kind, s.unit, s.value); !ok {
		c.add(it.file, s.unitPos, RuleType, "write `: money -> money`", "a table goes from a number to a number")
		return t
	}
	at := map[string]int{}
	for _, r := range s.rows {
		if s.byText && r.text == "" {
			c.add(it.file, r.pos, RuleRows, `begin the first row with its text: "MH" upto ...`, "the row belongs to no text")
			continue
		}
		i, known := at[r.text]
		if !known {
			i = len(t.Steps)
			at[r.text] = i
			t.Steps = append(t.Steps, hr.TableStep{Text: r.text, Since: always, Source: own(it, r.pos), Reviewed: always})
		}
		row := hr.TableRow{Bound: r.bound, Value: c.stated(it, r.value, s.value)}
		if r.limit != nil {
			row.Limit = c.stated(it, r.limit, s.unit)
		}
		c.checkRow(it, r, t.Steps[i].Rows, row)
		t.Steps[i].Rows = append(t.Steps[i].Rows, row)
	}
	if len(s.rows) == 0 {
		c.add(it.file, it.pos, RuleRows, "write `upto 10000: 175` and `above: 200` on indented lines", "the table has no rows")
	}
	for _, st := range t.Steps {
		if n := len(st.Rows); st.Rows[n-1].Bound != hr.Above {
			what := "the table"
			if st.Text != "" {
				what = `the part "` + st.Text + `"`
			}
			c.add(it.file, it.pos, RuleRows, "end with `above: ...`", "%s has no row for what lies above the last limit", what)
		}
	}
	return t
}

func (c *compiler) checkRow(it *item, r tableRow, before []hr.TableRow, row hr.TableRow) {
	if len(before) > 0 {
		prior := before[len(before)-1]
		switch {
		case prior.Bound == hr.Above:
			c.add(it.file, r.pos, RuleRows, "put it last", "`above` leaves nothing for this row")
		case r.limit != nil && row.Limit.Cmp(prior.Limit) <= 0:
			c.add(it.file, r.pos, RuleRows, "sort the rows", "the limit is not above the limit of the row before")
		}
	}
	if it.s.kind == wordSlabs && r.bound == hr.Below {
		c.add(it.file, r.pos, RuleRows, "write upto", "a slab is written upto: the slice up to a limit and the slice below it are the same")
	}
}

// Looking for the name that was meant is for people: texts with more unknown names are another file altogether.
const (
	maxSuggestions = 50
	maxSpelling    = 64 // letters of a name
)

// nearest returns the declared name that s was probably meant to be, or "".
func (c *compiler) nearest(s string, wanted func(*item) bool) string {
	return c.closest(s, func(yield func(string) bool) {
		for name, it := range c.names {
			if wanted(it) && !yield(name) {
				return
			}
		}
	})
}

// closest returns the name that s was probably meant to be, or "": one letter in three may be wrong. Of two that are as near it is the first
// of the alphabet.
func (c *compiler) closest(s string, names iter.Seq[string]) string {
	if c.spelling++; c.spelling > maxSuggestions || len(s) > maxSpelling {
		return ""
	}
	type spelled struct {
		name string
		off  int
	}
	var near []spelled
	for name := range names {
		if len(name) > maxSpelling {
			continue
		}
		d := edits(s, name)
		if strings.HasSuffix(name, "."+s) || strings.EqualFold(name, s) {
			d = 0
		}
		if d <= max(1, len(s)/3) {
			near = append(near, spelled{name, d})
		}
	}
	if len(near) == 0 {
		return ""
	}
	return slices.MinFunc(near, func(a, b spelled) int { return cmp.Or(cmp.Compare(a.off, b.off), strings.Compare(a.name, b.name)) }).name
}

// edits counts the letters to insert, remove or change to turn a into b.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
