package formula

import (
	"slices"
	"sync/atomic"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// binding is what the parameters and tables of a program hold on one day.
type binding struct {
	on     hr.Date
	params []boundParam
	tables []boundTable
}

type boundParam struct {
	value decimal.Decimal // hundredths where it is in percent
	step  hr.ParameterStep
	err   error
}

type boundTable struct {
	rows map[string]boundRows // by text; "" where the table is not by text
}

type boundRows struct {
	rows []hr.TableRow // in plain numbers
	step hr.TableStep
	err  error
}

// maxBindings is how many days are kept ready. A program that is asked for more works them out each time.
const maxBindings = 4096

type bindings struct{ n atomic.Int64 }

// at returns what holds on day d. The same day again is one look-up.
func (p *Program) at(d hr.Date) *binding {
	if b, ok := p.bound.Load(d); ok {
		return b.(*binding)
	}
	b := p.bind(d)
	if p.count.n.Add(1) <= maxBindings {
		p.bound.Store(d, b)
	}
	return b
}

func (p *Program) bind(d hr.Date) *binding {
	b := &binding{on: d, params: make([]boundParam, len(p.params)), tables: make([]boundTable, len(p.tables))}
	for i, x := range p.params {
		step, err := x.At(d)
		v := step.Value
		if x.unit == Percent {
			v = v.Mul(hundredth)
		}
		b.params[i] = boundParam{v, step, err}
	}
	for i, t := range p.tables {
		parts := map[string][]hr.TableStep{}
		for _, s := range t.Steps {
			parts[s.Text] = append(parts[s.Text], s)
		}
		rows := map[string]boundRows{}
		for text, steps := range parts {
			step, err := hr.Table{Name: t.Name, Value: t.Value, Steps: steps}.At(text, d)
			rows[text] = boundRows{t.plain(step.Rows), step, err}
		}
		b.tables[i] = boundTable{rows}
	}
	return b
}

// plain turns what the table states in percent into hundredths.
func (t *table) plain(rows []hr.TableRow) []hr.TableRow {
	list := make([]hr.TableRow, len(rows))
	for i, r := range rows {
		if t.key == Percent {
			r.Limit = r.Limit.Mul(hundredth)
		}
		if t.value == Percent {
			r.Value = r.Value.Mul(hundredth)
		}
		list[i] = r
	}
	return list
}

// row returns the row that num/den falls in: the last one is above all limits.
func (b boundRows) row(num, den decimal.Decimal) int {
	return slices.IndexFunc(b.rows, func(r hr.TableRow) bool {
		if r.Bound == hr.Above {
			return true
		}
		c := num.Cmp(times(r.Limit, den))
		return c < 0 || c == 0 && r.Bound == hr.UpTo
	})
}

// slabs returns the sum of each row's value over the slice of num/den inside it, times den. Slices begin at zero: at or
// below it there is nothing.
func (b boundRows) slabs(num, den decimal.Decimal) decimal.Decimal {
	sum, low := zero, zero
	for _, r := range b.rows {
		high := num
		if r.Bound != hr.Above {
			high = decimal.Min(num, times(r.Limit, den))
		}
		if high.GreaterThan(low) {
			sum = sum.Add(high.Sub(low).Mul(r.Value))
			low = high
		}
	}
	return sum
}

// times multiplies; most denominators are one, and then it costs nothing.
func times(d, den decimal.Decimal) decimal.Decimal {
	if den.Equal(one) {
		return d
	}
	return d.Mul(den)
}
