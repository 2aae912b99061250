package company

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
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

// Error returns one line for each fault.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
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
		var f *formula.Fault
		if errors.As(fe, &f) && f.Line > 0 {
			reason := f.Reason
			if f.Hint != "" {
				reason += ": " + f.Hint
			}
			fs.add(f.File, f.Line, fmt.Sprint(f.Column), f.Rule, "%s", reason)
			continue
		}
		reason := fe.Reason
		if reason == "" {
			reason = fe.Unwrap().Error()
		}
		if fe.Path != "" {
			reason = fe.Path + " " + reason
		}
		fs.add(file, line, column, fe.Rule, "%s", reason)
	}
}
