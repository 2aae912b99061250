package payroll

import (
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Variance says what differs between two payrolls of one currency: usually last period's and this one's. It prints and logs without
// values.
type Variance struct {
	Currency  hr.Currency
	Employees []EmployeeVariance // who has a difference, by employee
	Total     EmployeeVariance   // of everybody, those without a difference too
}

// Presence says in which of two payrolls an employee is.
type Presence string

// The presences.
const (
	InBoth     Presence = "both"
	OnlyBefore Presence = "left" // paid before, and not now
	OnlyNow    Presence = "new"
)

// EmployeeVariance is what differs for one employee.
type EmployeeVariance struct {
	Employee hr.EmployeeID
	Presence Presence
	Lines    []LineVariance // that differ, in the order of the payslips
	Net      LineVariance   // net pay, also where it is the same because two lines cancel out
}

// LineVariance is one figure of two payrolls.
type LineVariance struct {
	Line   string
	Title  string
	Kind   Kind
	Before decimal.Decimal
	Now    decimal.Decimal
}

// Change returns the difference: now less before.
func (v LineVariance) Change() decimal.Decimal { return v.Now.Sub(v.Before) }

// Percent returns the change in per cent of what it was before, half up to two places; ok is false if it was zero before.
func (v LineVariance) Percent() (percent decimal.Decimal, ok bool) {
	percent, err := hr.MustRounding("0.01", hr.HalfUp).Ratio(v.Change().Mul(decimal.NewFromInt(100)), v.Before.Abs())
	return percent, err == nil
}

// NewVariance compares two payrolls, employee by employee and line by line: earnings, deductions, employer's contributions and
// benefits in kind, each with the arrears that are paid of it, so that the lines explain net pay. It refuses, all [hr.FieldError]s at once, two payslips of one employee in one payroll (RuleJournalEmployee) and
// different currencies (RuleJournalCurrency).
func NewVariance(before, now []Payslip) (Variance, error) {
	var faults hr.Faults
	var v Variance
	index := func(name string, slips []Payslip) map[hr.EmployeeID]Payslip {
		out := map[hr.EmployeeID]Payslip{}
		for _, s := range slips {
			at := fmt.Sprintf("%s[%s]", name, s.Employee)
			if v.Currency == "" {
				v.Currency = s.Currency
			}
			if s.Currency != v.Currency {
				faults.Add(at+".currency", RuleJournalCurrency, "%s and %s cannot be compared", s.Currency, v.Currency)
			}
			if _, twice := out[s.Employee]; twice {
				faults.Add(at, RuleJournalEmployee, "a second payslip in the payroll")
			}
			out[s.Employee] = s
		}
		return out
	}
	old, current := index("before", before), index("now", now)
	if faults.Any() {
		return Variance{}, fmt.Errorf("payroll: variance: %w", faults.Err())
	}
	total := newLines()
	everybody := maps.Clone(old)
	maps.Copy(everybody, current)
	for _, id := range slices.Sorted(maps.Keys(everybody)) {
		was, wasPaid := old[id]
		is, isPaid := current[id]
		own := newLines()
		for _, l := range []*lineTable{total, own} {
			l.add(is, false)
			l.add(was, true)
		}
		one := EmployeeVariance{Employee: id, Presence: InBoth, Lines: own.differing(), Net: netOf(was, is)}
		switch {
		case !wasPaid:
			one.Presence = OnlyNow
		case !isPaid:
			one.Presence = OnlyBefore
		}
		if len(one.Lines) > 0 || one.Presence != InBoth {
			v.Employees = append(v.Employees, one)
		}
		v.Total.Net.Before, v.Total.Net.Now = v.Total.Net.Before.Add(one.Net.Before), v.Total.Net.Now.Add(one.Net.Now)
	}
	v.Total.Lines, v.Total.Presence = total.differing(), InBoth
	v.Total.Net.Line, v.Total.Net.Title = netLine, netTitle
	return v, nil
}

const (
	netLine  = "net"
	netTitle = "Net pay"
)

func netOf(was, is Payslip) LineVariance {
	return LineVariance{Line: netLine, Title: netTitle, Before: was.Net().Amount, Now: is.Net().Amount}
}

// lineTable sums lines of two payrolls by name, in the order they are met.
type lineTable struct {
	at    map[string]int
	lines []LineVariance
}

func newLines() *lineTable { return &lineTable{at: map[string]int{}} }

func (t *lineTable) add(s Payslip, before bool) {
	for _, l := range s.all() {
		if !l.Kind.paid() {
			continue
		}
		i, known := t.at[l.Name]
		if !known {
			i = len(t.lines)
			t.at[l.Name] = i
			t.lines = append(t.lines, LineVariance{Line: l.Name, Title: l.Title, Kind: l.Kind})
		}
		if v := &t.lines[i]; before {
			v.Before = v.Before.Add(l.Amount)
		} else {
			v.Now = v.Now.Add(l.Amount)
		}
	}
}

func (t *lineTable) differing() []LineVariance {
	return slices.DeleteFunc(slices.Clone(t.lines), func(v LineVariance) bool { return v.Change().IsZero() })
}

// WriteCSV writes the report for a spreadsheet: for each employee the lines that differ and net pay, then the same for everybody
// under TOTAL. The percentage is empty where there was nothing before. Texts are those of [SpreadsheetText].
func (v Variance) WriteCSV(w io.Writer) error {
	rows := [][]string{{"employee", "presence", "line", "title", "before", "now", "change", "percent"}}
	text := func(a decimal.Decimal) string { return hr.Money{Amount: a, Currency: v.Currency}.AmountText() }
	add := func(name string, e EmployeeVariance) {
		for _, l := range append(slices.Clone(e.Lines), e.Net) {
			percent := ""
			if p, ok := l.Percent(); ok {
				percent = p.StringFixed(2)
			}
			rows = append(rows, []string{
				name, string(e.Presence), SpreadsheetText(l.Line), SpreadsheetText(l.Title), text(l.Before), text(l.Now), text(l.Change()), percent,
			})
		}
	}
	for _, e := range v.Employees {
		add(SpreadsheetText(string(e.Employee)), e)
	}
	add("TOTAL", v.Total)
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("payroll: variance: %w", err)
	}
	return nil
}

// Format hides the values.
func (v Variance) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[variance of %d employees]", len(v.Employees))
}

// LogValue hides the values.
func (v Variance) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[variance of %d employees]", len(v.Employees)))
}

// Format hides the values.
func (v EmployeeVariance) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[variance of %s]", v.Employee)
}

// LogValue hides the values.
func (v EmployeeVariance) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[variance of %s]", v.Employee))
}

// Format hides the values.
func (v LineVariance) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[variance of %s]", v.Line) }

// LogValue hides the values.
func (v LineVariance) LogValue() slog.Value { return slog.StringValue("[variance of " + v.Line + "]") }
