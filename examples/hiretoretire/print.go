package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/lifecycle"
)

// width is how wide a line is.
const width = 100

var english = lifecycle.LetterLanguage{
	Tag:    "en-IN",
	Months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	Group:  ",", Lakhs: true, Currency: map[hr.Currency]string{"INR": "₹"}, Amount: "{currency}{amount}",
}

func long(d hr.Date) string { return english.WriteDate(d) }

// rupees writes an amount with the groups of India, and paise where there are some.
func rupees(d decimal.Decimal) string {
	return strings.TrimSuffix(english.WriteAmount(hr.Money{Amount: d, Currency: "INR"}), ".00")
}

// printer writes lines; the first error ends it.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(fmt.Sprintf(format, args...), " "))
	}
}

// wrapped writes a text at an indent, broken at words.
func (p *printer) wrapped(indent int, text string) {
	for _, row := range wrap(text, width-indent) {
		p.line("%s%s", strings.Repeat(" ", indent), row)
	}
}

func wrap(text string, width int) (rows []string) {
	row := ""
	for _, word := range strings.Fields(text) {
		if row != "" && utf8.RuneCountInString(row)+1+utf8.RuneCountInString(word) > width {
			rows, row = append(rows, row), ""
		}
		if row != "" {
			row += " "
		}
		row += word
	}
	return append(rows, row)
}

// sides writes one text at the left and one at the right end of the line.
func (p *printer) sides(left, right string) {
	gap := width - utf8.RuneCountInString(left) - utf8.RuneCountInString(right)
	p.line("%s%s%s", left, strings.Repeat(" ", max(1, gap)), right)
}
