package in

import (
	"errors"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// reading reads the law of a pack on one day and writes down what it read, for the explanation of an answer.
type reading struct {
	pack   payroll.Pack
	on     hr.Date
	source hr.Source // of the value read last
	read   []hr.Trace
	errs   []error
}

// value returns what a parameter holds, and zero where it holds nothing: err has the reason.
func (r *reading) value(name string) decimal.Decimal {
	i := slices.IndexFunc(r.pack.Params, func(p hr.Parameter) bool { return p.Name == name })
	if i < 0 {
		r.errs = append(r.errs, &hr.ParameterError{Name: name, On: r.on})
		return decimal.Zero
	}
	p := r.pack.Params[i]
	step, err := p.At(r.on)
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
	r.source = step.Source
	r.read = append(r.read, hr.Trace{
		Name: p.Name + " (" + p.Title + ")", Value: hr.Canonical(step.Value), Unit: p.Unit,
		Note: strings.Join(notes, "; "), Source: step.Source,
	})
	return step.Value
}

// number is [reading.value] of something that is counted: years, days, months.
func (r *reading) number(name string) int { return int(r.value(name).IntPart()) }

func (r *reading) err() error { return errors.Join(r.errs...) }

// told returns what was read since it was last asked: the law behind one step of an answer.
func (r *reading) told() []hr.Trace {
	read := r.read
	r.read = nil
	return read
}

// part is one amount of an answer with the values of the law that were read for it.
func (r *reading) part(name string, amount decimal.Decimal, rule, note string, from ...hr.Trace) hr.Trace {
	return hr.Trace{Name: name, Value: hr.Canonical(amount), Unit: "money", Rule: rule, Note: note, Source: r.source, Parts: append(from, r.told()...)}
}

// given is a fact that the caller states, in an explanation.
func given(name, value, unit string) hr.Trace {
	return hr.Trace{Name: name, Value: value, Unit: unit, Note: "given"}
}

func givenMoney(name string, d decimal.Decimal) hr.Trace {
	return given(name, hr.Canonical(d), "money")
}

// rupee and paisa are the two steps that money is rounded to, half up.
func rupee() hr.Rounding { return hr.MustRounding("1", hr.HalfUp) }
func paisa() hr.Rounding { return hr.MustRounding("0.01", hr.HalfUp) }

func notNegative(f *hr.Faults, path string, d decimal.Decimal) {
	if d.Sign() < 0 {
		f.Add(path, RuleNegative, "must not be negative")
	}
}
