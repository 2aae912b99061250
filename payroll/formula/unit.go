package formula

import (
	"strings"

	"github.com/musterhr/hr"
)

// Unit says what a number counts, or that a value is no number at all. Units multiply and cancel: [Money] over [Days]
// is "money/days". The zero Unit is "not stated". Two units made by [ParseUnit] or by the compiler compare with ==.
type Unit string

// The units that have a name. Number, Count and Percent are all plain numbers in arithmetic.
const (
	Money   Unit = "money"
	Days    Unit = "days"
	Hours   Unit = "hours"
	Months  Unit = "months"
	Years   Unit = "years"
	Plain   Unit = "number"
	Count   Unit = "count"
	Percent Unit = "percent" // of what is given: 12 is read as 0.12. A result is never in percent.
	Date    Unit = "date"
	Words   Unit = "text"
	Flag    Unit = "yes/no"
)

// ParseUnit reads a unit: one of the names, or a product such as "money/days" or "money*hours/days", in any order of
// factors. It returns a [hr.FieldError] with RuleUnitWord for anything else.
func ParseUnit(s string) (Unit, error) {
	d, word, ok := readUnit(s)
	if !ok {
		return "", &hr.FieldError{
			Path: "unit", Rule: RuleUnitWord,
			Reason: "is not a unit: write money, days, hours, months, years, count, number, percent, date, text, yes/no or a product such as money/days",
		}
	}
	if word != "" {
		return word, nil
	}
	return d.unit(), nil
}

// String returns the unit as a formula writes it.
func (u Unit) String() string { return string(u) }

// dimensions, in the order in which a product is written.
const (
	dimMoney = iota
	dimDays
	dimHours
	dimMonths
	dimYears
	dimensions
)

var dimensionUnit = [dimensions]Unit{Money, Days, Hours, Months, Years}

// maxPower bounds the powers in a unit: nobody pays in money to the seventeenth.
const maxPower = 16

// maxFactors are those of the longest unit: a plain number over every dimension in the largest power.
const maxFactors = 1 + maxPower*dimensions

// kind is what sort of value a unit describes.
type kind uint8

const (
	numeric kind = iota + 1
	dated
	worded
	flagged
)

// dim is a unit taken apart, for arithmetic. The zero dim is no unit.
type dim struct {
	kind  kind
	power [dimensions]int8
}

var plain = dim{kind: numeric}

// singular words are read as the plural.
var singular = map[string]Unit{"day": Days, "hour": Hours, "month": Months, "year": Years}

// readUnit takes a unit apart; word is set where it is one name.
func readUnit(s string) (d dim, word Unit, ok bool) {
	s = strings.ReplaceAll(s, " ", "")
	if u, found := singular[s]; found {
		s = string(u)
	}
	switch u := Unit(s); u {
	case Date:
		return dim{kind: dated}, u, true
	case Words:
		return dim{kind: worded}, u, true
	case Flag:
		return dim{kind: flagged}, u, true
	case Plain, Count, Percent:
		return plain, u, true
	}
	d, factors := plain, strings.Split(strings.ReplaceAll(s, "/", "*/"), "*")
	if len(factors) > maxFactors {
		return dim{}, "", false
	}
	for _, f := range factors {
		by := int8(1)
		name, below := strings.CutPrefix(f, "/")
		if below {
			by = -1
		}
		if !d.multiply(name, by) {
			return dim{}, "", false
		}
	}
	for _, p := range d.power {
		if p > maxPower || p < -maxPower {
			return dim{}, "", false
		}
	}
	if len(factors) == 1 {
		word = Unit(s)
	}
	return d, word, true
}

func (d *dim) multiply(name string, by int8) bool {
	if u, found := singular[name]; found {
		name = string(u)
	}
	switch Unit(name) {
	case Plain, Count:
		return true
	}
	for i, u := range dimensionUnit {
		if string(u) == name {
			d.power[i] += by
			return true
		}
	}
	return false
}

// dimOf takes apart a unit that is known to be one.
func dimOf(u Unit) dim {
	d, _, _ := readUnit(string(u))
	return d
}

// times returns the unit of a product, or of a quotient with by -1; ok is false past the largest power.
func (d dim) times(o dim, by int8) (product dim, ok bool) {
	for i := range d.power {
		d.power[i] += by * o.power[i]
		if d.power[i] > maxPower || d.power[i] < -maxPower {
			return plain, false
		}
	}
	return d, true
}

// simple reports whether the unit has a name of its own.
func (d dim) simple() bool {
	sum := 0
	for _, p := range d.power {
		if p < 0 {
			return false
		}
		sum += int(p)
	}
	return sum <= 1
}

// unit writes d in its one canonical form.
func (d dim) unit() Unit {
	switch d.kind {
	case dated:
		return Date
	case worded:
		return Words
	case flagged:
		return Flag
	case 0:
		return ""
	}
	var above, below []string
	for i, p := range d.power {
		for range max(p, 0) {
			above = append(above, string(dimensionUnit[i]))
		}
		for range max(-p, 0) {
			below = append(below, string(dimensionUnit[i]))
		}
	}
	s := strings.Join(above, "*")
	if s == "" {
		s = string(Plain)
	}
	for _, u := range below {
		s += "/" + u
	}
	return Unit(s)
}

// words writes d for a sentence: "money x days".
func (d dim) words() string {
	switch {
	case d == plain:
		return "a plain number"
	case d.kind == flagged:
		return "yes/no"
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(d.unit()), "*", " x "), "/", " per ")
}
