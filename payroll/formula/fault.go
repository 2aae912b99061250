package formula

import (
	"errors"
	"fmt"

	"github.com/musterhr/hr"
)

// Pos is a place in a text of formulas: line and column, both counted from 1, columns in characters. The zero Pos is
// "no place".
type Pos struct {
	Line   int
	Column int
}

// Fault is one thing that is wrong in a text of formulas: where, which rule it breaks, why, and what to write instead.
// It never contains a value of a request. errors.As finds a [hr.FieldError] in it, whose Path is "file:line:column".
type Fault struct {
	File   string // as it was passed to [Parse]
	Pos           // the zero Pos where the fault is in the configuration and in no text
	Rule   hr.Rule
	Reason string // what is wrong, in a sentence
	Hint   string // what to write; may be empty
	Err    error  // the sentinel or cause, for errors.Is; nil reads as hr.ErrInvalid
}

// Place returns "file:line:column".
func (f *Fault) Place() string { return fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column) }

// Error returns "file:line:column: reason: hint [rule]".
func (f *Fault) Error() string { return f.field().Error() }

// Unwrap returns the fault as a [hr.FieldError].
func (f *Fault) Unwrap() error { return f.field() }

func (f *Fault) field() *hr.FieldError {
	reason := f.Reason
	if f.Hint != "" {
		reason += ": " + f.Hint
	}
	return &hr.FieldError{Path: f.Place(), Rule: f.Rule, Reason: reason, Err: f.Err}
}

// LineError says that a line has no amount, and why: a divisor that is not above zero, a text without a row, a dated
// value that is missing. errors.As finds the cause in it.
type LineError struct {
	Line string // the name of the line
	Err  error
}

// Error returns "line name: cause".
func (e *LineError) Error() string { return "line " + e.Line + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *LineError) Unwrap() error { return e.Err }

// faults gathers everything that is wrong.
type faults struct {
	errs []error
}

func (f *faults) add(file string, at Pos, rule hr.Rule, hint, reason string, args ...any) {
	f.errs = append(f.errs, &Fault{File: file, Pos: at, Rule: rule, Reason: fmt.Sprintf(reason, args...), Hint: hint})
}

func (f *faults) err() error {
	if len(f.errs) == 0 {
		return nil
	}
	return errors.Join(f.errs...)
}
