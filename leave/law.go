package leave

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Law is the dated numbers of one jurisdiction's law of leave. leave/statutory/<cc> returns one, and a host that knows better
// builds another of its parameters and its own: NewLaw(append(in.Law().Parameters(), mine)...). The zero Law has no number.
type Law struct {
	params []hr.Parameter
	at     map[string]int
}

// NewLaw puts parameters together. A later one takes the place of an earlier one of the same name. All faults of all
// parameters come together, those of [hr.Parameter.Validate].
func NewLaw(params ...hr.Parameter) (Law, error) {
	var faults hr.Faults
	l := Law{at: map[string]int{}}
	for i, p := range params {
		faults.Join(fmt.Sprintf("params[%d]", i), p.Validate())
		if at, ok := l.at[p.Name]; ok {
			l.params[at] = p
			continue
		}
		l.at[p.Name] = len(l.params)
		l.params = append(l.params, p)
	}
	if faults.Any() {
		return Law{}, faults.Err()
	}
	return l, nil
}

// Parameters returns a copy of the list, in order.
func (l Law) Parameters() []hr.Parameter { return append([]hr.Parameter(nil), l.params...) }

// Value returns what holds on a day, or a [hr.ParameterError] that names the parameter and the day: never the latest.
func (l Law) Value(name string, on hr.Date) (decimal.Decimal, error) {
	i, ok := l.at[name]
	if !ok {
		return decimal.Decimal{}, &hr.ParameterError{Name: name, On: on}
	}
	step, err := l.params[i].At(on)
	return step.Value, err
}

// Values is [Law.Value] for several names, with all errors together.
func (l Law) Values(on hr.Date, names ...string) ([]decimal.Decimal, error) {
	var faults hr.Faults
	out := make([]decimal.Decimal, len(names))
	for i, name := range names {
		v, err := l.Value(name, on)
		faults.Join("", err)
		out[i] = v
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	return out, nil
}
