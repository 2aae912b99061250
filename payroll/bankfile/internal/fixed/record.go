// Package fixed describes lines of fixed width once and both writes and reads them by that description, so that a writer and a
// reader of one bank file cannot disagree about where a field lies, on which side it is padded and with what.
package fixed

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Rules are what a fault of a line is called in the package whose format it is.
type Rules struct {
	Layout hr.Rule // a literal, a padding or a character that the format does not have
	Field  hr.Rule // a value that does not fit its field
	Amount hr.Rule // an amount that the field cannot hold exactly
	Total  hr.Rule // a figure of the file that its lines do not come to
}

// Record is one line on its way out or in. Each method is one field, in the order of the line; a fault lies under At.
type Record struct {
	At     string
	Rules  Rules
	Allow  func(byte) bool // the characters of the format beside the blank
	faults *hr.Faults
	read   bool
	rest   string
	out    strings.Builder
}

// Writing begins a line that is written.
func Writing(faults *hr.Faults, at string, rules Rules, allow func(byte) bool) *Record {
	return &Record{At: at, Rules: rules, Allow: allow, faults: faults}
}

// Reading begins a line that is read. Its width must be checked before.
func Reading(faults *hr.Faults, at string, rules Rules, allow func(byte) bool, line string) *Record {
	return &Record{At: at, Rules: rules, Allow: allow, faults: faults, read: true, rest: line}
}

// Line returns what was written.
func (r *Record) Line() string { return r.out.String() }

// Fault records that a field of the line breaks a rule.
func (r *Record) Fault(name string, rule hr.Rule, reason string, args ...any) {
	r.faults.Add(r.At+"."+name, rule, reason, args...)
}

func (r *Record) take(width int) string {
	width = min(width, len(r.rest))
	cell := r.rest[:width]
	r.rest = r.rest[width:]
	return cell
}

// Literal is a field that is always the same.
func (r *Record) Literal(name, text string) {
	if !r.read {
		r.out.WriteString(text)
		return
	}
	if r.take(len(text)) != text {
		r.Fault(name, r.Rules.Layout, "must be %q", text)
	}
}

// Blank is a field that is always blank.
func (r *Record) Blank(name string, width int) {
	if !r.read {
		r.out.WriteString(strings.Repeat(" ", width))
		return
	}
	if strings.Trim(r.take(width), " ") != "" {
		r.Fault(name, r.Rules.Layout, "must be blank")
	}
}

// Text is a field filled with blanks on the right. A text that begins or ends with a blank would not come back as it was, so it is a
// fault, as is one that is too long and, with need, one that is empty.
func (r *Record) Text(name string, v *string, width int, need bool) {
	if r.read {
		*v = strings.TrimRight(r.take(width), " ")
	}
	s := *v
	switch {
	case need && strings.Trim(s, " ") == "":
		r.faults.Missing(r.At+"."+name, r.Rules.Field)
	case len(s) > width:
		r.Fault(name, r.Rules.Field, "has more than %d characters", width)
	case strings.TrimSpace(s) != s:
		r.Fault(name, r.Rules.Layout, "must begin at the left and end without a blank")
	default:
		for i := range len(s) {
			if s[i] != ' ' && !r.Allow(s[i]) {
				r.Fault(name, r.Rules.Field, "holds a character that the format does not have")
				break
			}
		}
	}
	if !r.read {
		r.out.WriteString(s + strings.Repeat(" ", max(0, width-len(s))))
	}
}

// Secret is [Record.Text] for an account number, which must be there.
func (r *Record) Secret(name string, v *hr.Secret, width int) {
	s := v.Reveal()
	r.Text(name, &s, width, true)
	*v = hr.NewSecret(s)
}

// Digits is a field of exactly so many digits that is no quantity: a code, whose leading zeros count.
func (r *Record) Digits(name string, v *string, width int) {
	if r.read {
		*v = r.take(width)
	} else {
		r.out.WriteString(*v)
	}
	if len(*v) != width || !Numeric(*v) {
		r.Fault(name, r.Rules.Field, "must be %d digits", width)
	}
}

// SecretDigits is [Record.Digits] for an account number.
func (r *Record) SecretDigits(name string, v *hr.Secret, width int) {
	s := v.Reveal()
	r.Digits(name, &s, width)
	*v = hr.NewSecret(s)
}

// Number is a whole number filled with zeros on the left.
func (r *Record) Number(name string, v *int, width int) {
	if r.read {
		cell := r.take(width)
		n, err := strconv.Atoi(cell)
		if err != nil || !Numeric(cell) {
			r.Fault(name, r.Rules.Layout, "must be %d digits, zero filled", width)
			return
		}
		*v = n
		return
	}
	text := fmt.Sprintf("%0*d", width, *v)
	if *v < 0 || len(text) > width {
		r.Fault(name, r.Rules.Field, "does not fit into %d digits", width)
	}
	r.out.WriteString(text)
}

// Cents is an amount of two places, written as a whole number of hundredths filled with zeros on the left. An amount with a fraction
// of a hundredth, one below zero and one that is too large are faults: nothing is rounded or cut.
func (r *Record) Cents(name string, v *decimal.Decimal, width int) {
	if r.read {
		*v, _ = r.cents(name, width)
		return
	}
	text := ""
	if v.Sign() >= 0 && hr.FitsPlaces(*v, 2) {
		text = v.Shift(2).StringFixed(0)
	}
	if text == "" || len(text) > width {
		r.Fault(name, r.Rules.Amount, "must be a whole number of hundredths that fits into %d digits", width)
		text = ""
	}
	r.out.WriteString(strings.Repeat("0", width-len(text)) + text)
}

func (r *Record) cents(name string, width int) (decimal.Decimal, bool) {
	cell := r.take(width)
	if !Numeric(cell) {
		r.Fault(name, r.Rules.Amount, "must be %d digits, zero filled", width)
		return decimal.Decimal{}, false
	}
	return decimal.RequireFromString(cell).Shift(-2), true
}

// Total is an amount that follows from the other lines: it is written, and compared when read. The message has no figure, for the
// sum of a file with one payment is somebody's pay.
func (r *Record) Total(name string, want decimal.Decimal, width int) {
	if !r.read {
		r.Cents(name, &want, width)
		return
	}
	if got, ok := r.cents(name, width); ok && !got.Equal(want) {
		r.Fault(name, r.Rules.Total, "is not the sum of the payments before it")
	}
}

// Raw is a field that the format itself looks into.
func (r *Record) Raw(v *string, width int) {
	if r.read {
		*v = r.take(width)
		return
	}
	r.out.WriteString(*v)
}

// Clock is a time of day written HHMM.
func (r *Record) Clock(name string, v *hr.TimeOfDay) {
	if r.read {
		cell := r.take(4)
		t, err := hr.ParseTimeOfDay(cell[:2] + ":" + cell[2:])
		if err != nil || cell[:2] == "24" {
			r.Fault(name, r.Rules.Field, "must be a time of day written HHMM")
		}
		*v = t
		return
	}
	text := strings.ReplaceAll(v.String(), ":", "")
	if len(text) != 4 || text == "2400" {
		r.Fault(name, r.Rules.Field, "must be a time of day in whole minutes before 24:00")
	}
	r.out.WriteString(text)
}

// Fit makes a name fit a field: letters become capitals, and what is longer than the field is cut, which banks do with names.
func Fit(name string, width int) string {
	name = strings.ToUpper(strings.TrimSpace(name))
	return strings.TrimSpace(name[:min(width, len(name))])
}

// Count is a count, a hash or a code that follows from the other lines: it is written, and compared when read.
func (r *Record) Count(name, want string) {
	if !r.read {
		r.out.WriteString(want)
		return
	}
	if got := r.take(len(want)); got != want {
		r.Fault(name, r.Rules.Total, "is %s, and the lines before it come to %s", Told(got), want)
	}
}

// Told is what a message may say of a count that a file claims: the number, unless it is so long that it may be an account's.
func Told(claim string) string {
	if !Numeric(claim) || len(claim) > 7 {
		return "something else"
	}
	return claim
}

// Day is a date written by a [Layout].
func (r *Record) Day(name string, v *hr.Date, layout Layout) {
	if r.read {
		d, ok := layout.parse(r.take(len(layout)))
		if !ok {
			r.Fault(name, r.Rules.Field, "must be a day written %s", layout)
		}
		*v = d
		return
	}
	if v.IsZero() || v.Year()/100 != 20 {
		r.Fault(name, r.Rules.Field, "must be a day of the years 2000 to 2099, for the format has no century")
	}
	r.out.WriteString(layout.write(*v))
}

// Layout is how a format writes a day.
type Layout string

// The layouts: a year of two digits is one from 2000 to 2099.
const (
	YYMMDD Layout = "YYMMDD"
	YYDDD  Layout = "YYDDD" // year and day of the year, the ordinal or "Julian" date of banks
)

func (l Layout) write(d hr.Date) string {
	y, m, day := d.Parts()
	if l == YYMMDD {
		return fmt.Sprintf("%02d%02d%02d", y%100, int(m), day)
	}
	first, _ := hr.NewDate(max(y, 1), 1, 1)
	return fmt.Sprintf("%02d%03d", y%100, d.Since(first)+1)
}

func (l Layout) parse(s string) (hr.Date, bool) {
	if len(s) != len(l) || !Numeric(s) {
		return hr.Date{}, false
	}
	if l == YYMMDD {
		d, err := hr.ParseDate("20" + s[:2] + "-" + s[2:4] + "-" + s[4:])
		return d, err == nil
	}
	first, err := hr.ParseDate("20" + s[:2] + "-01-01")
	n, nerr := strconv.Atoi(s[2:])
	d := first.Add(n - 1)
	return d, err == nil && nerr == nil && n > 0 && d.Year() == first.Year()
}

// Numeric reports whether s is ASCII digits and nothing else. The empty text is not.
func Numeric(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
