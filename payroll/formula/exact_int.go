package formula

import (
	"math/bits"

	"github.com/musterhr/hr"
)

// The integer form of every operation. Each answers ok false where the exact result does not fit, and never a wrong number.

func addInt(a, b int64) (sum int64, ok bool) {
	sum = a + b
	return sum, (a^sum)&(b^sum) >= 0
}

func subInt(a, b int64) (difference int64, ok bool) {
	difference = a - b
	return difference, (a^b)&(a^difference) >= 0
}

func mulInt(a, b int64) (product int64, ok bool) {
	product = a * b
	return product, mulHigh(a, b) == product>>63
}

// mulHigh returns the upper half of the 128-bit product.
func mulHigh(a, b int64) int64 {
	hi, _ := bits.Mul64(uint64(a), uint64(b))
	return int64(hi) - a>>63&b - b>>63&a
}

// magnitude splits x into its absolute value and its sign, 0 or -1.
func magnitude(x int64) (abs uint64, sign int64) {
	sign = x >> 63
	return uint64((x ^ sign) - sign), sign
}

// bias is what is added to a magnitude so that dividing it and dropping the rest rounds.
type bias uint8

const (
	biasNone     bias = iota // toward zero
	biasFull                 // away from zero: the divisor less one
	biasHalf                 // to the nearest, a half away from zero
	biasHalfDown             // to the nearest, a half toward zero
	biasHalfEven             // to the nearest, a half to the even step
)

func (b bias) of(div uint64) uint64 {
	switch b {
	case biasFull:
		return div - 1
	case biasHalf:
		return div / 2
	case biasHalfDown, biasHalfEven:
		return (div - 1) / 2
	}
	return 0
}

// biases returns what a mode adds to the magnitude of positive and of negative numbers.
func biases(m hr.RoundingMode) (positive, negative bias) {
	switch m {
	case hr.Up:
		return biasFull, biasFull
	case hr.Down:
		return biasNone, biasNone
	case hr.Ceiling:
		return biasFull, biasNone
	case hr.Floor:
		return biasNone, biasFull
	case hr.HalfDown:
		return biasHalfDown, biasHalfDown
	case hr.HalfEven:
		return biasHalfEven, biasHalfEven
	}
	return biasHalf, biasHalf
}

// rounder rounds num/den to a multiple of a step: how far numerator and divisor are scaled, what is added before the division, and
// what the number of steps is multiplied with.
type rounder struct {
	up, down           uint64 // num x up / (den x down) is the number of steps
	step               int64  // a step in units of the result
	positive, negative bias
	fixed              divisor // of down, where there is no den
}

// newRounder returns the rounder of a number with numPlaces over one with denPlaces; ok is false where a factor does not fit.
func newRounder(r hr.Rounding, numPlaces, denPlaces int) (x rounder, ok bool) {
	places := placesOf(r.Step)
	if places == noScale {
		return rounder{}, false
	}
	step, ok := unitsOf(r.Step, places)
	shift := denPlaces + places - numPlaces
	if !ok || shift > maxScale || shift < -maxScale {
		return rounder{}, false
	}
	x = rounder{up: uint64(tenTo[max(shift, 0)]), step: step}
	hi, down := bits.Mul64(uint64(tenTo[max(-shift, 0)]), uint64(step))
	if hi != 0 {
		return rounder{}, false
	}
	x.down, x.fixed = down, newDivisor(down)
	x.positive, x.negative = biases(r.Mode)
	return x, true
}

// over rounds num/den; den is above zero.
func (x *rounder) over(num, den int64) (int64, bool) {
	hi, div := bits.Mul64(uint64(den), x.down)
	if hi != 0 {
		return 0, false
	}
	abs, sign := magnitude(num)
	hi, lo := bits.Mul64(abs, x.up)
	b := x.positive
	if sign != 0 {
		b = x.negative
	}
	lo, carry := bits.Add64(lo, b.of(div), 0)
	hi += carry
	if hi >= div {
		return 0, false
	}
	var q, rest uint64
	if hi == 0 {
		q = lo / div
		rest = lo - q*div
	} else {
		q, rest = bits.Div64(hi, lo, div)
	}
	return x.finish(q, rest, div, b, sign)
}

// whole rounds a number without a denominator.
func (x *rounder) whole(num int64) (int64, bool) {
	abs, sign := magnitude(num)
	b := x.positive
	if sign != 0 {
		b = x.negative
	}
	hi, lo := bits.Mul64(abs, x.up)
	lo, carry := bits.Add64(lo, b.of(x.down), 0)
	if hi|carry != 0 {
		return x.over(num, 1)
	}
	q := x.fixed.quotient(lo)
	return x.finish(q, lo-q*x.down, x.down, b, sign)
}

func (x *rounder) finish(q, rest, div uint64, b bias, sign int64) (int64, bool) {
	// half even went down at a half; there the biased rest is at its highest, and the step is the odd one of two
	if b == biasHalfEven && div&1 == 0 && rest == div-1 && q&1 == 1 {
		q++
	}
	hi, abs := bits.Mul64(q, uint64(x.step))
	if hi != 0 || abs>>63 != 0 {
		return 0, false
	}
	return (int64(abs) ^ sign) - sign, true
}

// wholes rounds a column; ok is false, and the column unfinished, where one does not fit.
func (x *rounder) wholes(to, from []int64) (ok bool) {
	to = to[:len(from)]
	if x.positive != x.negative || x.positive == biasHalfEven || x.fixed.magic == 0 {
		for i, num := range from {
			if to[i], ok = x.whole(num); !ok {
				return false
			}
		}
		return true
	}
	magic, shift, up, add, step := x.fixed.magic, x.fixed.shift&63, x.up, x.positive.of(x.down), uint64(x.step)
	bad := uint64(0)
	for i, num := range from {
		sign := num >> 63
		high, n := bits.Mul64(uint64((num^sign)-sign), up)
		n, carry := bits.Add64(n, add, 0)
		bad |= high | carry
		high, _ = bits.Mul64(magic, n)
		high, abs := bits.Mul64((high+(n-high)>>1)>>shift, step)
		bad |= high | abs>>63
		to[i] = (int64(abs) ^ sign) - sign
	}
	return bad == 0
}

// overs rounds a column of fractions num x by / den, each den above zero; by may be nil. Where denominators repeat, as the days of a month
// do, it divides by multiplying.
func (x *rounder) overs(to, nums, by, dens []int64) (ok bool) {
	to, dens = to[:len(nums)], dens[:len(nums)]
	plain := x.positive == x.negative && x.positive != biasHalfEven
	up, step := x.up, uint64(x.step)
	var div, add uint64
	var fixed divisor
	last, repeats := int64(0), 0
	for i, num := range nums {
		den := dens[i]
		if den != last {
			var high uint64
			if high, div = bits.Mul64(uint64(den), x.down); high|div>>63 != 0 {
				return false
			}
			last, repeats, add = den, 0, x.positive.of(div)
		} else if repeats++; repeats == 4 {
			fixed = newDivisor(div)
		}
		if by != nil {
			f := by[i]
			p := num * f
			if mulHigh(num, f) != p>>63 {
				return false
			}
			num = p
		}
		sign := num >> 63
		n := uint64((num ^ sign) - sign)
		if plain && up == 1 {
			n += add // each at most 2^63, the divisor being below it
		} else {
			high, scaled := bits.Mul64(n, up)
			scaled, carry := bits.Add64(scaled, add, 0)
			if high|carry != 0 || !plain {
				if to[i], ok = x.over(num, den); !ok {
					return false
				}
				continue
			}
			n = scaled
		}
		var q uint64
		if repeats >= 4 {
			q = fixed.quotient(n)
		} else {
			q = n / div
		}
		high, abs := bits.Mul64(q, step)
		if high|abs>>63 != 0 {
			return false
		}
		to[i] = (int64(abs) ^ sign) - sign
	}
	return true
}

// divisor divides by a number known beforehand, with a multiplication and two shifts (Granlund and Montgomery, "Division by
// invariant integers using multiplication", 1994).
type divisor struct {
	magic uint64 // 0 where it divides by one
	shift uint8
}

func newDivisor(by uint64) divisor {
	if by == 1 {
		return divisor{}
	}
	ceil := bits.Len64(by - 1) // 2^ceil is not below by
	magic, _ := bits.Div64(uint64(1)<<(ceil-1)<<1-by, 0, by)
	return divisor{magic: magic + 1, shift: uint8(ceil - 1)}
}

func (d *divisor) quotient(n uint64) uint64 {
	if d.magic == 0 {
		return n
	}
	hi, _ := bits.Mul64(d.magic, n)
	return (hi + (n-hi)>>1) >> d.shift
}
