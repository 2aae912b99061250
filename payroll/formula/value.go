package formula

import (
	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Value is what an input is given or what a line answers: a number, a text, a day or a yes/no. The zero Value is "not
// given". Compare values with [Value.Equal].
type Value struct {
	kind kind
	num  decimal.Decimal
	text string
	day  hr.Date
	yes  bool
}

// Number is a number in the unit of its input: 12 for an input in percent is 12%.
func Number(d decimal.Decimal) Value { return Value{kind: numeric, num: d} }

// Text is a text, such as the code of a state.
func Text(s string) Value { return Value{kind: worded, text: s} }

// Day is a civil day. Of no date it is the zero Value.
func Day(d hr.Date) Value {
	if d.IsZero() {
		return Value{}
	}
	return Value{kind: dated, day: d}
}

// YesNo is the answer to a question.
func YesNo(yes bool) Value { return Value{kind: flagged, yes: yes} }

// IsZero reports whether nothing is given.
func (v Value) IsZero() bool { return v.kind == 0 }

// Decimal returns the number; 0 where v is not one.
func (v Value) Decimal() decimal.Decimal { return v.num }

// Text returns the text; empty where v is not one.
func (v Value) Text() string { return v.text }

// Day returns the day; no date where v is not one.
func (v Value) Day() hr.Date { return v.day }

// Yes reports whether v is a yes.
func (v Value) Yes() bool { return v.yes }

// Equal reports whether v and o are of one kind and mean the same: 1 and 1.00 are equal.
func (v Value) Equal(o Value) bool {
	return v.kind == o.kind && v.num.Cmp(o.num) == 0 && v.text == o.text && v.day == o.day && v.yes == o.yes
}

// String writes the value as a formula would: 12.5, MH, 2026-10-31, yes. A value that is not given is empty.
func (v Value) String() string {
	switch v.kind {
	case numeric:
		return digits(v.num)
	case worded:
		return v.text
	case dated:
		return v.day.String()
	case flagged:
		if v.yes {
			return "yes"
		}
		return "no"
	}
	return ""
}
