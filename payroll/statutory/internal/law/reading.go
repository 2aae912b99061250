package law

import (
	"errors"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Reading reads the law of a pack on one day, so that a value that the host put on top counts, and writes down what it read for the
// explanation of an answer.
type Reading struct {
	Pack payroll.Pack
	On   hr.Date
	read []hr.Trace
	errs []error
}

// Value returns what a parameter holds, and zero where it holds nothing: Err has the reason.
func (r *Reading) Value(name string) decimal.Decimal {
	i := slices.IndexFunc(r.Pack.Params, func(p hr.Parameter) bool { return p.Name == name })
	if i < 0 {
		r.errs = append(r.errs, &hr.ParameterError{Name: name, On: r.On})
		return decimal.Zero
	}
	p := r.Pack.Params[i]
	step, err := p.At(r.On)
	if err != nil {
		r.errs = append(r.errs, err)
		return decimal.Zero
	}
	notes := []string{"holds since " + step.Since.String()}
	if step.Uncertain != "" {
		notes = append(notes, "doubtful: "+step.Uncertain)
	}
	if step.Overlay {
		notes = append(notes, "set by the host on top of the pack")
	}
	r.read = append(r.read, hr.Trace{
		Name: p.Name + " (" + p.Title + ")", Value: hr.Canonical(step.Value), Unit: p.Unit, Note: strings.Join(notes, "; "), Source: step.Source,
	})
	return step.Value
}

// Share is a parameter in percent as a fraction of one.
func (r *Reading) Share(name string) decimal.Decimal { return r.Value(name).Shift(-2) }

// Number is a parameter that is counted: a day of the month, a number of months.
func (r *Reading) Number(name string) int { return int(r.Value(name).IntPart()) }

// Err returns what could not be read, all of it.
func (r *Reading) Err() error { return errors.Join(r.errs...) }

// Told returns what was read since it was last asked: the law behind one step of an answer.
func (r *Reading) Told() []hr.Trace {
	read := r.read
	r.read = nil
	return read
}
