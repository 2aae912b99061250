package pages

import (
	"crypto/rand"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// functions are what templates can call.
var functions = template.FuncMap{
	"amount": amount, "money": money, "plain": hr.Canonical, "day": day, "short": short, "period": period, "month": month, "words": words, "title": title,
	"path": path, "key": rand.Text, "minutes": minutes, "id": id, "clock": func(t time.Time, z *time.Location) string { return t.In(z).Format("15:04") },
	"moment": func(t time.Time, z *time.Location) string { return t.In(z).Format("2 Jan 2006, 15:04") },
	"count":  count,
	"groups": groups,
	"field":  func(page Page, data any) part { return part{page, data} },
}

// count says how many there are of something: "1 day", "2.5 days".
func count(n any, one, more string) string {
	if d, ok := n.(decimal.Decimal); ok {
		n = hr.Canonical(d)
	}
	if fmt.Sprint(n) == "1" {
		return "1 " + one
	}
	return fmt.Sprint(n) + " " + more
}

// groups writes a secret so that somebody can type it: "ABCD EFGH".
func groups(secret string) string {
	var parts []string
	for part := range slices.Chunk([]byte(secret), 4) {
		parts = append(parts, string(part))
	}
	return strings.Join(parts, " ")
}

// part is a piece of a page with what the whole page knows: forms need it.
type part struct {
	Page
	Data any
}

// amount writes money without its currency, as the country groups digits.
func amount(a decimal.Decimal, c hr.Currency) string {
	return grouping(c).Group(hr.Money{Amount: a, Currency: c}.AmountText())
}

// money writes money with its currency.
func money(m hr.Money) string { return string(m.Currency) + " " + amount(m.Amount, m.Currency) }

func grouping(c hr.Currency) payroll.Grouping {
	if c == "INR" {
		return payroll.Lakhs
	}
	return payroll.Thousands
}

// day writes a day, "31 October 2026".
func day(d hr.Date) string {
	if d.IsZero() {
		return "no day"
	}
	return fmt.Sprintf("%d %s %d", d.Day(), d.Month(), d.Year())
}

// short writes a day in a table, "Sat 31 Oct".
func short(d hr.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%.3s %d %.3s", d.Weekday(), d.Day(), d.Month())
}

// month writes the month of a day, "October 2026".
func month(d hr.Date) string { return fmt.Sprintf("%s %d", d.Month(), d.Year()) }

// period writes days, "October 2026" or "9 November 2026 to 10 November 2026".
func period(p hr.Period) string {
	switch {
	case p.Open():
		return "from " + day(p.From)
	case p == hr.MonthOf(p.From):
		return month(p.From)
	case p.From == p.Through:
		return day(p.From)
	}
	return day(p.From) + " to " + day(p.Through)
}

// words makes a name of the code readable: "missing_punch" is "missing punch".
func words(v any) string { return strings.NewReplacer("_", " ", ".", " ").Replace(fmt.Sprint(v)) }

// title is words with a capital.
func title(v any) string {
	w := words(v)
	if w == "" {
		return w
	}
	return strings.ToUpper(w[:1]) + w[1:]
}

// path writes an id as one part of a path.
func path(v any) string { return url.PathEscape(fmt.Sprint(v)) }

// id writes something so that it can be the id of an element.
func id(v any) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '-'
	}, fmt.Sprint(v))
}

// minutes writes a length of time, "8 h 30 min"; none is empty.
func minutes(n int) string {
	switch {
	case n == 0:
		return ""
	case n%60 == 0:
		return fmt.Sprintf("%d h", n/60)
	case n < 60:
		return fmt.Sprintf("%d min", n)
	}
	return fmt.Sprintf("%d h %d min", n/60, n%60)
}
