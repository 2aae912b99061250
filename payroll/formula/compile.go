package formula

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/musterhr/hr"
)

// Input is a value that a program reads from a request.
type Input struct {
	Name    string
	Title   string // what a payroll officer calls it; may be empty
	Unit    Unit
	ByPiece bool  // it has one value for each piece of the period
	Default Value // what it is where a request leaves it out; the zero Value where it must be given
}

// Line is a result of a program.
type Line struct {
	Name   string
	Title  string   // may be empty
	Law    string   // the law behind it; may be empty
	Text   string   // its formula, in canonical form
	Unit   Unit     // of its result; never Percent
	Groups []string // as written
}

// Program is compiled formulas: a flat list of instructions over registers, and what they read. It is immutable and
// safe for concurrent use. Build one with [Compile]; the zero Program has no lines.
type Program struct {
	code      []Instr
	registers int
	consts    []Value
	roundings []hr.Rounding
	blocks    []Block
	sites     []*Fault
	params    []*param // those that are read, in the order of OpParam
	tables    []*table
	cuts      []func(hr.Period) []hr.Date

	inputs    []Input
	inputKind []kind
	lines     []programLine
	byName    map[string]*item
	groups    map[string]*group
	warnings  []*Fault
	digest    string

	needPieces, needPayDate bool

	scopes []*scope // for traces: the whole period first, then each block
	types  map[expr]dim

	bound sync.Map // day to *binding
	count bindings
	cells sync.Pool // of *[]cell, for calculations that keep none

	moneyPlaces int
	owners      []*item   // by register, while it is compiled
	ints        *integers // nil where the program has no integer form
	changes     []hr.Date
	intsBound   sync.Map  // epochPair to *intValues
	machines    sync.Pool // of *intMachine
}

type programLine struct {
	Line
	it    *item
	value value
}

// Compile checks every formula and turns them into one program. The error joins one [Fault] for everything that is wrong
// in the texts, in order of place, and one [hr.FieldError] for everything that is wrong in Params ("params.epf.rate.steps[0].since")
// and Tables.
func Compile(cfg Config) (*Program, error) {
	c := &compiler{}
	c.declare(cfg)
	var nodes []*node
	if !c.over() {
		nodes = c.order()
		c.check(nodes)
	}
	if len(c.errs) > 0 {
		return nil, c.sorted()
	}
	p := &Program{byName: c.names, groups: c.groups, warnings: c.warnings}
	for _, it := range c.inputs {
		p.inputs = append(p.inputs, Input{Name: it.name, Title: it.title, Unit: it.s.unit, ByPiece: it.s.byPiece, Default: it.otherwise})
		p.inputKind = append(p.inputKind, it.typ.kind)
		p.needPieces = p.needPieces || it.s.byPiece
	}
	for i, it := range c.lines {
		it.index = i
		l := Line{Name: it.name, Title: it.s.title, Law: it.s.law, Text: source(it.s.expr), Unit: it.s.unit}
		if l.Unit == "" {
			l.Unit = it.typ.unit()
		}
		for _, g := range it.s.groups {
			l.Groups = append(l.Groups, g.text)
		}
		p.lines = append(p.lines, programLine{Line: l, it: it})
	}
	c.emit(nodes, p)
	if len(c.errs) > 0 {
		return nil, c.sorted()
	}
	p.digest = c.digest(p)
	p.changes = p.epochs()
	p.moneyPlaces = max(2, cfg.MoneyPlaces)
	p.ints = p.integersOf()
	p.owners = nil
	return p, nil
}

// over reports whether the program is too large to look at.
func (c *compiler) over() bool {
	return slices.ContainsFunc(c.errs, func(err error) bool {
		f, ok := err.(*Fault)
		return ok && f.Rule == RuleBudget
	})
}

// sorted joins the faults in order of place; those of the configuration come first.
func (c *compiler) sorted() error {
	slices.SortStableFunc(c.errs, func(a, b error) int {
		x, inText := a.(*Fault)
		y, alsoInText := b.(*Fault)
		switch {
		case !inText || !alsoInText:
			return cmp.Compare(btoi(inText), btoi(alsoInText))
		case x.File != y.File:
			return strings.Compare(x.File, y.File)
		case x.Line != y.Line:
			return cmp.Compare(x.Line, y.Line)
		}
		return cmp.Compare(x.Column, y.Column)
	})
	return errors.Join(c.errs...)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Inputs lists the inputs in the order in which a request gives them.
func (p *Program) Inputs() []Input { return slices.Clone(p.inputs) }

// Lines lists the lines as they were written.
func (p *Program) Lines() []Line {
	list := make([]Line, len(p.lines))
	for i, l := range p.lines {
		list[i] = l.Line
		list[i].Groups = slices.Clone(l.Groups)
	}
	return list
}

// Input returns the place of an input among [Program.Inputs].
func (p *Program) Input(name string) (index int, ok bool) {
	if it := p.byName[name]; it != nil && it.kind == anInput {
		return it.index, true
	}
	return -1, false
}

// Line returns the place of a line among [Program.Lines].
func (p *Program) Line(name string) (index int, ok bool) {
	if it := p.byName[name]; it != nil && it.kind == aLine {
		return it.index, true
	}
	return -1, false
}

// Declared returns where a name is declared, as "file:line:column", for the faults of who builds on a program; "" for a name that no
// text declares.
func (p *Program) Declared(name string) string {
	if it := p.byName[name]; it != nil && it.s != nil {
		return (&Fault{File: it.file, Pos: it.pos}).Place()
	}
	return ""
}

// Group returns the places of the lines of a group, as written; none for a group that does not exist.
func (p *Program) Group(name string) []int {
	var list []int
	if g := p.groups[name]; g != nil {
		for _, m := range g.members {
			list = append(list, m.index)
		}
	}
	return list
}

// HasGroup reports whether a line is in the group, or a text declares it.
func (p *Program) HasGroup(name string) bool { return p.groups[name] != nil }

// Warnings lists what is probably not meant, in order of place within a file: an input that no formula reads.
func (p *Program) Warnings() []*Fault { return slices.Clone(p.warnings) }

// Cuts lists, in order, the days inside period on which a parameter or a table that is read inside pieces(...) changes.
// Cut the period before each of them, and every piece has one value of each.
func (p *Program) Cuts(period hr.Period) []hr.Date {
	var days []hr.Date
	for _, changes := range p.cuts {
		days = append(days, changes(period)...)
	}
	slices.SortFunc(days, hr.Date.Compare)
	return slices.Compact(days)
}
