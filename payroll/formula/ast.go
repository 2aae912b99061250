package formula

import "github.com/musterhr/hr"

// File is the statements of one text, in the order in which they were written. It is immutable and safe for
// concurrent use. Build one with [Parse].
type File struct {
	name  string
	stmts []*stmt
	tail  []string // comments after the last statement; "" is an empty line
}

// Name returns the name that the text was parsed under.
func (f *File) Name() string { return f.name }

// Len returns the number of statements.
func (f *File) Len() int { return len(f.stmts) }

// Lines returns the names of the lines that the file declares, in its order.
func (f *File) Lines() []string {
	var names []string
	for _, s := range f.stmts {
		if s.kind == wordLine {
			names = append(names, s.name.text)
		}
	}
	return names
}

type word struct {
	text string
	pos  Pos
}

// The first words of statements.
const (
	wordInput = "input"
	wordParam = "param"
	wordBands = "bands"
	wordSlabs = "slabs"
	wordLet   = "let"
	wordLine  = "line"
	wordGroup = "group"
)

type stmt struct {
	kind     string // its first word
	name     word
	title    string
	law      string
	unit     Unit // "" where none is written; for a table the unit of the key
	unitPos  Pos
	value    Unit // of a table
	byPiece  bool
	byText   bool
	groups   []word
	steps    []paramStep
	rows     []tableRow
	expr     expr
	comments []string // "" is an empty line between comments
	blank    bool     // an empty line stands before the statement and its comments
}

type paramStep struct {
	lit  *number
	from hr.Date // no date: it has always held
	pos  Pos
}

type tableRow struct {
	text    string
	bound   hr.Bound
	limit   *number // nil for above
	value   *number
	comment string
	pos     Pos
}

// expr is one node of a formula.
type expr interface{ at() Pos }

type (
	number struct {
		pos     Pos
		text    string // as written, underscores and all
		neg     bool   // only in parameters and tables, where a literal may carry a sign
		percent bool
		unit    Unit // "" where none is written
	}
	quoted struct {
		pos  Pos
		text string
	}
	day struct {
		pos  Pos
		date hr.Date
	}
	flag struct {
		pos Pos
		yes bool
	}
	ref struct {
		pos  Pos
		name string
	}
	unary struct {
		pos Pos
		op  string // "-" or "not"
		x   expr
	}
	binary struct {
		pos  Pos // of the operator
		op   string
		l, r expr
	}
	choice struct {
		pos             Pos
		cond, then, alt expr
	}
	call struct {
		pos   Pos
		fn    string // min max round ceil floor sum pieces first last, or the name of a table
		args  []expr
		step  *number         // of a rounding
		mode  hr.RoundingMode // of a rounding; "" where none is written
		group string          // of a sum
	}
)

func (n *number) at() Pos { return n.pos }
func (n *quoted) at() Pos { return n.pos }
func (n *day) at() Pos    { return n.pos }
func (n *flag) at() Pos   { return n.pos }
func (n *ref) at() Pos    { return n.pos }
func (n *unary) at() Pos  { return n.pos }
func (n *binary) at() Pos { return n.l.at() }
func (n *choice) at() Pos { return n.pos }
func (n *call) at() Pos   { return n.pos }

var functions = map[string]bool{
	"min": true, "max": true, "round": true, "ceil": true, "floor": true,
	"sum": true, "pieces": true, "first": true, "last": true,
}

// reserved words name nothing. The units are among them because "2 hours" and "2 * hours" must never be one slip apart.
var reserved = map[string]bool{
	"input": true, "param": true, "bands": true, "slabs": true, "let": true, "line": true, "group": true,
	"if": true, "then": true, "else": true, "or": true, "and": true, "not": true, "yes": true, "no": true,
	"money": true, "days": true, "hours": true, "months": true, "years": true, "count": true, "number": true,
	"day": true, "hour": true, "month": true, "year": true, "percent": true, "date": true, "text": true,
}
