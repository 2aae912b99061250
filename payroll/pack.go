package payroll

import (
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/shopspring/decimal"
)

// Pack is the law of one jurisdiction as a value: nothing registers itself, the host passes it to [Compile]. Its numbers are
// dated, each with its source; its components are formulas like the host's own. A host puts values of its own on top with
// [Pack.Overlay], and looks a pack over with [Pack.Lint] when it loads it.
type Pack struct {
	Code     string  // "in"
	Name     string  // "India"
	Reviewed hr.Date // the day the pack as a whole was last checked
	// ReviewMonths is how many months after the review of each value the pack still answers; for a later day a plan refuses
	// ([RulePackReview]), unless the host decides otherwise in [Config].Extensions. 0: without end.
	ReviewMonths int
	TaxYear      YearStart
	Params       []hr.Parameter
	Tables       []hr.Table
	Components   []Component
	Kernels      []formula.Kernel    // what its formulas cannot say
	Identifiers  []hr.IdentifierRule // of the numbers that its authorities give
	Retention    []hr.Retention      // how long records are kept
	Forms        []Form              // its returns and files
}

// Identifier returns the rule of a kind of number; ok is false if the pack has none.
func (p Pack) Identifier(kind string) (rule hr.IdentifierRule, ok bool) {
	for _, r := range p.Identifiers {
		if r.Kind == kind {
			return r, true
		}
	}
	return hr.IdentifierRule{}, false
}

// Value returns what a parameter holds on a day, or a [hr.ParameterError] naming both; so too for a name that the pack does not have.
func (p Pack) Value(name string, on hr.Date) (decimal.Decimal, error) {
	for _, x := range p.Params {
		if x.Name == name {
			step, err := x.At(on)
			return step.Value, err
		}
	}
	return decimal.Decimal{}, &hr.ParameterError{Name: name, On: on}
}

// YearStart is the day a tax year begins: 1 April in India, 6 April in the UK. The zero YearStart is 1 January.
type YearStart struct {
	Month time.Month
	Day   int
}

// Of returns the tax year that contains d.
func (y YearStart) Of(d hr.Date) hr.Period {
	month, day := max(y.Month, time.January), max(y.Day, 1)
	first := func(year int) hr.Date {
		start, err := hr.NewDate(year, month, day)
		if err != nil { // before year 1, or a day that the month lacks this year
			start, _ = hr.NewDate(year, month, 1)
			start = start.EndOfMonth()
		}
		return start
	}
	year := d.Year()
	if first(year).After(d) {
		year--
	}
	return hr.Period{From: first(year), Through: first(year + 1).Add(-1)}
}

// MonthsLeft counts the months of the tax year from the one that contains d to its end, that one included: 6 in October where
// the year begins in April. Where the year begins inside a calendar month, so do its months.
func (y YearStart) MonthsLeft(d hr.Date) int {
	start := y.Of(d).From
	for n := range 11 {
		next, err := start.AddMonths(n+1, hr.MonthClamp)
		if err != nil || next.After(d) {
			return 12 - n
		}
	}
	return 1
}

// Component is a piece of pay as text in the formula language of package formula: one or several statements that belong
// together, such as everything of a provident fund. Hosts store components and let payroll officers write them.
type Component struct {
	Name   string    // names the text in messages: "epf"
	Text   string    // statements; see package formula
	Source hr.Source // the law or policy behind it, for those lines that name no law of their own
}

// Kind says what a payslip line does to pay. It follows from the reserved group that the line is in.
type Kind string

// The kinds, each with its reserved group. A line in none of the groups is working; a line in two of them is a fault.
const (
	Earning   Kind = "earning"   // group "earnings": adds to net pay
	Deduction Kind = "deduction" // group "deductions": takes from net pay
	Employer  Kind = "employer"  // group "employer": the employer pays it beside net pay
	Benefit   Kind = "benefit"   // group "benefits": in kind; taxed perhaps, never paid out
	Info      Kind = "info"      // group "information": shown on the payslip, never paid
	Working   Kind = "working"   // no reserved group: a step on the way, kept and explained, not shown
)
