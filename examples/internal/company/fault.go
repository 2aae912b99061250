package company

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
)

// Rules of this package; what a domain package has a rule for carries that one.
const (
	RuleFile      hr.Rule = "company.file"      // a file is missing or cannot be read as CSV
	RuleColumn    hr.Rule = "company.column"    // a column is missing, unknown or given twice
	RuleValue     hr.Rule = "company.value"     // a cell does not say what its column needs
	RuleDuplicate hr.Rule = "company.duplicate" // two rows are about the same thing
	RuleUnknown   hr.Rule = "company.unknown"   // a row names something that no other file has
	RuleNegative  hr.Rule = "company.negative"  // an amount is below zero
	RuleNotUsed   hr.Rule = "company.not_used"  // no rule reads what is given, so it would not count
)

// Fault is one thing that is wrong in one place of the folder. Line 0 is the file as a whole; an empty Column the whole row.
type Fault struct {
	File   string
	Line   int
	Column string
	Rule   hr.Rule
	Reason string
}

// Error returns "employees.csv line 12, column born: reason [rule]".
func (f *Fault) Error() string {
	at := f.File
	if f.Line > 0 {
		at += fmt.Sprintf(" line %d", f.Line)
	}
	if f.Column != "" {
		at += ", column " + f.Column
	}
	return fmt.Sprintf("%s: %s [%s]", at, f.Reason, f.Rule)
}

// Unwrap returns [hr.ErrInvalid].
func (f *Fault) Unwrap() error { return hr.ErrInvalid }

// Faults is everything that is wrong in a folder, by file, line and column.
type Faults []*Fault

// alike is how many faults that differ in their line only are written out; the lines of further ones follow in one line.
const alike = 10

// Error returns one line for each fault, and names the lines of many that are alike together.
func (fs Faults) Error() string {
	var text []string
	same := map[Fault][]int{} // the lines of faults that are alike
	for _, f := range fs {
		kind := *f
		kind.Line = 0
		if same[kind] = append(same[kind], f.Line); len(same[kind]) <= alike {
			text = append(text, f.Error())
		}
	}
	done := map[Fault]bool{}
	for _, f := range fs {
		kind := *f
		kind.Line = 0
		if more := len(same[kind]) - alike; more > 0 && !done[kind] {
			done[kind] = true
			text = append(text, fmt.Sprintf("and %d more like %s line %d, in %s", more, f.File, f.Line, ranges(same[kind][alike:])))
		}
	}
	return strings.Join(text, "\n")
}

// ranges writes rising line numbers: "lines 3, 7-9, 12".
func ranges(lines []int) string {
	var parts []string
	for i := 0; i < len(lines); {
		first, last := lines[i], lines[i]
		for i++; i < len(lines) && lines[i] <= last+1; i++ {
			last = lines[i]
		}
		part := strconv.Itoa(first)
		if last > first {
			part += "-" + strconv.Itoa(last)
		}
		parts = append(parts, part)
	}
	return "lines " + strings.Join(parts, ", ")
}

// Unwrap returns the faults.
func (fs Faults) Unwrap() []error {
	out := make([]error, len(fs))
	for i, f := range fs {
		out[i] = f
	}
	return out
}

func (fs *Faults) add(file string, line int, column string, rule hr.Rule, reason string, args ...any) {
	*fs = append(*fs, &Fault{File: file, Line: line, Column: column, Rule: rule, Reason: fmt.Sprintf(reason, args...)})
}

// err returns the faults in order, or nil.
func (fs Faults) err() error {
	if len(fs) == 0 {
		return nil
	}
	slices.SortStableFunc(fs, func(a, b *Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Reason, b.Reason))
	})
	return fs
}

// inFormulas is the path of a fault in a text of formulas: file, line and column.
var inFormulas = regexp.MustCompile(`^(.+):(\d+):(\d+)$`)

// join places the faults of a domain value in a file: those of a formula at their own line, others at the given one.
func (fs *Faults) join(file string, line int, column string, err error) {
	if err == nil {
		return
	}
	found := hr.FieldErrors(err)
	if len(found) == 0 {
		fs.add(file, line, column, RuleValue, "%s", err)
	}
	for _, fe := range found {
		reason := fe.Reason
		if reason == "" {
			reason = fe.Unwrap().Error()
		}
		if at := inFormulas.FindStringSubmatch(fe.Path); at != nil {
			n, _ := strconv.Atoi(at[2])
			fs.add(at[1], n, at[3], fe.Rule, "%s", reason)
			continue
		}
		if fe.Path != "" {
			reason = fe.Path + " " + reason
		}
		fs.add(file, line, column, fe.Rule, "%s", reason)
	}
}
