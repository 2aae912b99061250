package attendance

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Pack is the working-time law of one jurisdiction as dated values: how long a day may be, when overtime begins, how long people
// rest. The packages under attendance/statutory return one each, a fresh value at each call, and their rules read it, so that a host
// adds a step to a parameter without touching anybody else's. The zero Pack has no values.
type Pack struct {
	Code     string  // "in", "uk", "us", "ca"
	Name     string  // "India"
	Reviewed hr.Date // the day on which every value was last checked against its source
	Params   []hr.Parameter
}

// Validate returns every fault of p: a parameter that is not valid, two of one name.
func (p Pack) Validate() error {
	var faults hr.Faults
	for i, x := range p.Params {
		at := fmt.Sprintf("params[%d]", i)
		faults.Join(at, x.Validate())
		if slices.ContainsFunc(p.Params[:i], func(o hr.Parameter) bool { return o.Name == x.Name }) {
			faults.Add(at+".name", RulePackTwice, "is the name of a parameter before it")
		}
	}
	return faults.Err()
}

// At returns the step of a parameter that holds on a day, with its source, or an [hr.ParameterError] that names both.
func (p Pack) At(name string, on hr.Date) (hr.ParameterStep, error) {
	x, ok := p.named(name)
	if !ok {
		return hr.ParameterStep{}, &hr.ParameterError{Name: name, On: on}
	}
	return x.At(on)
}

func (p Pack) named(name string) (hr.Parameter, bool) {
	for _, x := range p.Params {
		if x.Name == name {
			return x, true
		}
	}
	return hr.Parameter{}, false
}

// Value returns the number that holds on a day, in the unit of the parameter, or an [hr.ParameterError].
func (p Pack) Value(name string, on hr.Date) (decimal.Decimal, error) {
	step, err := p.At(name, on)
	return step.Value, err
}

// Minutes returns a parameter that is so many hours, or so many minutes (its unit is then count), as whole minutes: a fraction of a
// minute is cut off. It returns an [hr.ParameterError] where there is no value.
func (p Pack) Minutes(name string, on hr.Date) (int, error) {
	v, err := p.Value(name, on)
	if err != nil {
		return 0, err
	}
	if x, _ := p.named(name); x.Unit == "hours" {
		v = v.Mul(decimal.NewFromInt(60))
	}
	return int(v.IntPart()), nil
}
