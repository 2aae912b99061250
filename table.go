package hr

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// TableKind says how a [Table] is read. The empty kind is not a kind.
type TableKind string

const (
	// Bands: the row whose bound the key does not pass gives the whole answer, as for professional tax.
	Bands TableKind = "bands"
	// Slabs: each row's value is the rate on the slice of the key inside it, as for income tax. The answer is the sum.
	Slabs TableKind = "slabs"
)

// Table is a schedule of the law that changes on known dates: the professional tax of a state, the slabs of income tax.
// Like a [Parameter] it has no "current" rows: ask it what held on a day.
type Table struct {
	Name   string // dotted lower-case words: "pt.monthly"
	Title  string
	Kind   TableKind
	Key    string // the unit of what is looked up, in the words of Parameter.Unit
	Value  string // the unit of the answer; for slabs the unit of the rate, "percent" or "number"
	ByText bool   // rows are chosen by a text first, such as a state
	Basis  DateBasis
	Steps  []TableStep
}

// TableStep is the whole set of rows for one text (or for the table, where it is not ByText) from a day on.
type TableStep struct {
	Text      string // the text the rows belong to; empty unless the table is ByText
	Since     Date
	Rows      []TableRow
	Ends      bool   // from Since on there are no rows
	Source    Source // required
	Reviewed  Date   // required
	Uncertain string // why it is doubtful; empty where it is not
	Overlay   bool   // set by the host on top of the pack
}

// TableRow is one row. Rows are written in rising order; the last has no bound.
type TableRow struct {
	Bound Bound
	Limit decimal.Decimal // ignored for [Above]
	Value decimal.Decimal
}

// Bound says where a row ends. The empty bound is not a bound.
type Bound string

const (
	UpTo  Bound = "upto"  // the limit belongs to this row
	Below Bound = "below" // the limit belongs to the next row
	Above Bound = "above" // everything that is left: the last row
)

// Validate reports every fault of t at once: kind, units, missing source or date, two steps for one text and day, rows
// that do not rise or do not end with [Above].
func (t Table) Validate() error {
	var faults Faults
	if !parameterName.MatchString(t.Name) {
		faults.Add("name", RuleParameterName, "must be dotted lower-case words")
	}
	if t.Kind != Bands && t.Kind != Slabs {
		faults.Add("kind", RuleTableRows, "must be bands or slabs")
	}
	if t.Key == "" || t.Value == "" {
		faults.Add("key", RuleTableRows, "key and value need a unit")
	}
	if len(t.Steps) == 0 {
		faults.Missing("steps", RuleParameterStep)
	}
	type slot struct {
		text  string
		since Date
	}
	seen := map[slot]bool{}
	for i, s := range t.Steps {
		at := fmt.Sprintf("steps[%d]", i)
		key := slot{s.Text, s.Since}
		switch {
		case s.Since.IsZero():
			faults.Missing(at+".since", RuleParameterStep)
		case seen[key]:
			faults.Add(at+".since", RuleParameterStep, "two steps on %s", t.place(s))
		}
		seen[key] = true
		if t.ByText != (s.Text != "") {
			faults.Add(at+".text", RuleTableRows, "a step has a text if, and only if, the table is read by text")
		}
		if s.Source.Title == "" {
			faults.Missing(at+".source", RuleParameterSource)
		}
		if s.Reviewed.IsZero() {
			faults.Missing(at+".reviewed", RuleParameterSource)
		}
		if !s.Ends {
			validateRows(&faults, at, t.place(s), t.Kind, s.Rows)
		}
	}
	return faults.Err()
}

// place names a step in a message by its day, its text and the unit of its answers: `2025-04-01 for "KA", in money`.
func (t Table) place(s TableStep) string {
	if s.Text == "" {
		return s.Since.String() + inUnit(t.Value)
	}
	return fmt.Sprintf("%s for %q%s", s.Since, s.Text, inUnit(t.Value))
}

func validateRows(faults *Faults, at, place string, kind TableKind, rows []TableRow) {
	if len(rows) == 0 || rows[len(rows)-1].Bound != Above {
		faults.Add(at+".rows", RuleTableRows, "the step of %s must end with a row for everything above", place)
	}
	for j, r := range rows {
		path := fmt.Sprintf("%s.rows[%d]", at, j)
		switch r.Bound {
		case UpTo, Below:
			if kind == Slabs && r.Bound == Below {
				faults.Add(path+".bound", RuleTableRows, "a slab is written upto: the slice up to a limit and the slice below it are the same")
			}
			if j > 0 && rows[j-1].Bound != Above && r.Limit.Cmp(rows[j-1].Limit) <= 0 {
				faults.Add(path+".limit", RuleTableRows, "the step of %s must rise: this limit is not above that of the row before", place)
			}
		case Above:
			if j != len(rows)-1 {
				faults.Add(path+".bound", RuleTableRows, "the step of %s: only the last row has no limit", place)
			}
		default:
			faults.Add(path+".bound", RuleTableRows, "must be upto, below or above")
		}
	}
}

// At returns the step that holds for text on d (text empty unless the table is read by text). A text that has no rows
// at all is a [FieldError] with RuleTableText; a date without rows is a [ParameterError].
func (t Table) At(text string, d Date) (TableStep, error) {
	var held TableStep
	known := false
	for _, s := range t.Steps {
		if s.Text != text {
			continue
		}
		known = true
		if !s.Since.After(d) && (held.Since.IsZero() || s.Since.After(held.Since)) {
			held = s
		}
	}
	switch {
	case !known:
		return TableStep{}, &FieldError{Path: t.Name, Rule: RuleTableText, Reason: fmt.Sprintf("the table has no rows for %q on %s%s", text, d, inUnit(t.Value))}
	case held.Since.IsZero() || held.Ends || d.IsZero():
		return TableStep{}, &ParameterError{Name: t.Name, Text: text, Unit: t.Value, On: d}
	}
	return held, nil
}

// Lookup returns the row that key falls in: for [Bands] its value is the answer.
func (s TableStep) Lookup(key decimal.Decimal) (row int, value decimal.Decimal) {
	for i, r := range s.Rows {
		c := key.Cmp(r.Limit)
		if r.Bound == Above || c < 0 || c == 0 && r.Bound == UpTo {
			return i, r.Value
		}
	}
	return -1, decimal.Decimal{}
}

// Texts lists the texts that have rows, sorted.
func (t Table) Texts() []string {
	var texts []string
	for _, s := range t.Steps {
		texts = append(texts, s.Text)
	}
	slices.Sort(texts)
	return slices.Compact(texts)
}

// Changes lists the days inside period on which other rows begin for any text, its first day left out.
func (t Table) Changes(period Period) []Date {
	var days []Date
	for _, s := range t.Steps {
		if s.Since != period.From && period.Contains(s.Since) {
			days = append(days, s.Since)
		}
	}
	slices.SortFunc(days, Date.Compare)
	return slices.Compact(days)
}
