package formula

import (
	"math/big"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Every number that comes in, and every rounded result, has at most so many digits on each side of the point.
const (
	maxWhole  = 30
	maxPlaces = 20
)

// fits reports whether d has no more digits than that.
func fits(d decimal.Decimal) bool {
	exp := d.Exponent()
	return exp >= -maxPlaces && int64(d.NumDigits())+int64(exp) <= maxWhole
}

var (
	zero      = decimal.NewFromInt(0)
	one       = decimal.NewFromInt(1)
	hundredth = decimal.New(1, -2)
)

// decimal returns the value of a literal: 12% is 0.12.
func (n *number) decimal() decimal.Decimal {
	d := n.plainDecimal()
	if n.percent {
		d = d.Mul(hundredth)
	}
	return d
}

// plainDecimal returns the digits of a literal, without regard to a % behind them.
func (n *number) plainDecimal() decimal.Decimal {
	before, behind, _ := strings.Cut(strings.ReplaceAll(n.text, "_", ""), ".")
	v, _ := new(big.Int).SetString(before+behind, 10)
	if n.neg {
		v.Neg(v)
	}
	return decimal.NewFromBigInt(v, -int32(len(behind)))
}

// digits writes d without an exponent and without zeros at the end. Unlike decimal's String it reads no package variable.
func digits(d decimal.Decimal) string {
	if d.Exponent() >= 0 {
		return d.StringFixed(0)
	}
	s := d.StringFixed(-d.Exponent())
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// amount writes d as a person writes it in the unit: money shows two places where it shows any.
func amount(d decimal.Decimal, u Unit) string {
	s := digits(d)
	if _, behind, _ := strings.Cut(s, "."); u == Money && len(behind) == 1 {
		s += "0"
	}
	return s
}

// whole turns num/den into a fraction of two integers without a common factor, den above zero.
func whole(num, den decimal.Decimal) (n, d *big.Int) {
	exp := min(num.Exponent(), den.Exponent(), 0)
	n, d = scaled(num, exp), scaled(den, exp)
	g := new(big.Int).GCD(nil, nil, new(big.Int).Abs(n), d)
	return n.Quo(n, g), d.Quo(d, g)
}

// scaled returns d in units of 10^exp; exp is at most d's own.
func scaled(d decimal.Decimal, exp int32) *big.Int {
	up := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Exponent())-int64(exp)), nil)
	return up.Mul(up, d.Coefficient())
}

var about = hr.MustRounding("0.000001", hr.HalfUp)

// fraction writes num/den: as a decimal where it is one, otherwise exactly and with six places.
func fraction(num, den decimal.Decimal, u Unit) string {
	n, d := whole(num, den)
	places, rest := int32(0), new(big.Int).Set(d)
	for _, f := range []int64{2, 5} {
		count := int32(0)
		for q, r := new(big.Int), new(big.Int); ; count++ {
			if q.QuoRem(rest, big.NewInt(f), r); r.Sign() != 0 {
				break
			}
			rest.Set(q)
		}
		places = max(places, count)
	}
	if rest.IsInt64() && rest.Int64() == 1 && places <= maxPlaces {
		n.Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
		return amount(decimal.NewFromBigInt(n.Quo(n, d), -places), u)
	}
	near, err := about.Ratio(decimal.NewFromBigInt(n, 0), decimal.NewFromBigInt(d, 0))
	if err != nil {
		return ""
	}
	return n.String() + "/" + d.String() + " (about " + digits(near) + ")"
}
