package payroll

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// PostingKind says where a posting comes from. The empty kind is not a kind.
type PostingKind string

const (
	PostingPayslip PostingKind = "payslip" // a payslip of a paid run
	PostingOpening PostingKind = "opening" // what an earlier system had paid when the host moved to Muster
)

// Posting is what was paid, line by line: a fact that is never edited. Year-to-date figures are a fold over postings.
type Posting struct {
	Employee hr.EmployeeID `json:"employee" class:"public"`
	Kind     PostingKind   `json:"kind" class:"public"`
	Run      RunID         `json:"run,omitempty" class:"public"`
	Period   hr.Period     `json:"period" class:"public"` // the period earned
	PayDate  hr.Date       `json:"pay_date" class:"public"`
	Currency hr.Currency   `json:"currency" class:"public"`
	Lines    []Amount      `json:"lines" class:"money"`           // lines that are not zero, in payslip order
	Slip     string        `json:"slip,omitempty" class:"public"` // the digest of the payslip
}

// Format hides the values.
func (p Posting) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[posting %s %s]", p.Kind, p.Period)
}

// LogValue hides the values.
func (p Posting) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[posting %s %s]", p.Kind, p.Period))
}

// PostingOf returns what a payslip posts under a run.
func PostingOf(run RunID, s Payslip) Posting {
	p := Posting{Employee: s.Employee, Kind: PostingPayslip, Run: run, Period: s.Period, PayDate: s.PayDate, Currency: s.Currency, Slip: s.Digest()}
	for _, l := range s.Lines {
		if !l.Amount.IsZero() {
			p.Lines = append(p.Lines, Amount{Name: l.Name, Amount: l.Amount})
		}
	}
	return p
}

func (p *Plan) asksForCalendarYear() bool {
	return slices.ContainsFunc(p.fills, func(f fill) bool { return f.calendar })
}

// checkYearToDate refuses figures of no line: a name misspelt would be a year-to-date of nothing.
func (p *Plan) checkYearToDate(faults *hr.Faults, path string, amounts []Amount) {
	for i, a := range amounts {
		if _, known := p.Line(a.Name); !known {
			faults.Add(fmt.Sprintf("%s[%d].name", path, i), RuleInputYearToDate, "the plan has no line %q", a.Name)
		}
	}
}

// ofPlan leaves out the lines that the plan has no more: what was posted for them is read by nothing.
func (p *Plan) ofPlan(amounts []Amount) []Amount {
	return slices.DeleteFunc(amounts, func(a Amount) bool { _, known := p.Line(a.Name); return !known })
}

// YearToDate sums what was posted for each line in the year of payDate, up to and including that day, sorted by line. It is a
// fold: the order of postings changes nothing. year is the tax year of the plan, or the zero YearStart for the calendar year that some
// laws cap by. An opening counts by its pay date like everything else.
func YearToDate(postings []hr.Entry[Posting], year YearStart, payDate hr.Date) []Amount {
	window := hr.Period{From: year.Of(payDate).From, Through: payDate}
	sums := map[string]decimal.Decimal{}
	for _, e := range postings {
		if !window.Contains(e.Value.PayDate) {
			continue
		}
		for _, l := range e.Value.Lines {
			sums[l.Name] = sums[l.Name].Add(l.Amount)
		}
	}
	out := make([]Amount, 0, len(sums))
	for name, sum := range sums {
		out = append(out, Amount{Name: name, Amount: sum})
	}
	slices.SortFunc(out, func(a, b Amount) int { return strings.Compare(a.Name, b.Name) })
	return out
}
