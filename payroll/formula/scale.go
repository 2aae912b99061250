package formula

import (
	"strings"

	"github.com/shopspring/decimal"
)

// maxScale is how many places an integer register may have: 10^18 is the last power of ten that an int64 holds.
const maxScale = 18

// noScale marks a register that integers cannot hold.
const noScale = -1

// scales infers, for every register, how many places its integer form has: what is exact in all cases, never less. A text, a day and
// a yes/no have none.
func (p *Program) scales() []int {
	s := make([]int, p.registers+1)
	for _, in := range p.valueOrder() {
		if in.Op != OpPieces {
			s[in.Dst] = p.scaleOf(in, s)
			continue
		}
		s[in.Dst] = s[in.A]
		if in.C != 0 {
			s[in.C] = s[in.B]
		}
	}
	return s
}

// scaleOf returns the places of what one instruction answers.
func (p *Program) scaleOf(in Instr, s []int) int {
	a, b, c := s[in.A], s[in.B], s[in.C]
	switch in.Op {
	case OpConst:
		return placesOf(p.consts[in.Aux].num)
	case OpInput, OpFirst, OpLast:
		return p.InputPlaces(int(in.Aux))
	case OpParam:
		places := 0
		for _, step := range p.params[in.Aux].Steps {
			places = max(places, placesOf(step.Value))
		}
		if p.params[in.Aux].unit == Percent {
			places += 2
		}
		return places
	case OpNeg, OpDivisor, OpNeeds:
		return a
	case OpAdd, OpSub, OpMin, OpMax:
		return join(a, b)
	case OpSelect:
		return join(b, c)
	case OpMul:
		if a == noScale || b == noScale || a+b > maxScale {
			return noScale
		}
		return a + b
	case OpRound:
		return placesOf(p.roundings[in.Aux].Step)
	case OpBands:
		_, values := p.tables[in.Aux].places()
		return values
	case OpSlabs:
		limits, values := p.tables[in.Aux].places()
		if in.B != 0 {
			if b == noScale {
				return noScale
			}
			limits += b
		}
		key := join(a, limits)
		if key == noScale || key+values > maxScale {
			return noScale
		}
		return key + values
	}
	return 0 // a yes/no
}

func join(a, b int) int {
	if a == noScale || b == noScale {
		return noScale
	}
	return max(a, b)
}

// places returns how many places the limits and the values of a table have at most, in plain numbers.
func (t *table) places() (limits, values int) {
	for _, step := range t.Steps {
		for _, row := range t.plain(step.Rows) {
			limits, values = max(limits, placesOf(row.Limit)), max(values, placesOf(row.Value))
		}
	}
	return limits, values
}

// placesOf returns how many places d needs, 1.500 one; noScale past maxScale.
func placesOf(d decimal.Decimal) int {
	_, behind, _ := strings.Cut(digits(d), ".")
	if len(behind) > maxScale {
		return noScale
	}
	return len(behind)
}

// InputPlaces returns how many places an input has in its integer form: what [Columns.SetUnits] counts in. A value with more is calculated in decimals instead, so the choice costs time and never a digit.
func (p *Program) InputPlaces(input int) int {
	switch p.inputs[input].Unit {
	case Money:
		return p.moneyPlaces
	case Days, Hours, Months, Years:
		return 2
	case Percent, Plain:
		return 4
	case Count, Date, Words, Flag:
		return 0
	}
	return 4 // money/days and the like
}

var tenTo = func() (t [maxScale + 1]int64) {
	t[0] = 1
	for i := 1; i < len(t); i++ {
		t[i] = 10 * t[i-1]
	}
	return t
}()

// unitsOf writes d in units of 10^-scale; ok is false where it does not fit. It allocates nothing for the numbers that pay has.
func unitsOf(d decimal.Decimal, scale int) (units int64, ok bool) {
	if d.NumDigits() > maxScale && !d.Coefficient().IsInt64() {
		return 0, false
	}
	units = d.CoefficientInt64()
	up := int(d.Exponent()) + scale
	if up == 0 || units == 0 {
		return units, true
	}
	for ; up < 0; up++ {
		if units%10 != 0 {
			return 0, false
		}
		units /= 10
	}
	if up > maxScale {
		return 0, false
	}
	return mulInt(units, tenTo[up])
}
