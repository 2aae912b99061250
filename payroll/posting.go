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
	PostingPayslip     PostingKind = "payslip"     // a payslip of a regular, settlement or correction run: the period is paid
	PostingOffCycle    PostingKind = "off_cycle"   // a payment beside the payslip of the period
	PostingProvisional PostingKind = "provisional" // a payslip that repeats an earlier one, until the period is calculated
	PostingArrears     PostingKind = "arrears"     // the difference of a paid period, paid with a later one
	PostingReversal    PostingKind = "reversal"    // takes back what a run had posted
	PostingOpening     PostingKind = "opening"     // what an earlier system had paid when the host moved to Muster
)

// Posting is what was paid, line by line: a fact that is never edited. Year-to-date figures are a fold over postings.
type Posting struct {
	Employee hr.EmployeeID `json:"employee" class:"public"`
	Kind     PostingKind   `json:"kind" class:"public"`
	Run      RunID         `json:"run,omitempty" class:"public"`
	Period   hr.Period     `json:"period" class:"public"` // the period earned
	PayDate  hr.Date       `json:"pay_date" class:"public"`
	Currency hr.Currency   `json:"currency" class:"public"`
	Of       RunID         `json:"of,omitempty" class:"public"`     // of a reversal: the run whose postings it takes back
	Due      hr.Date       `json:"due,omitzero" class:"public"`     // the day on which the period earned was first due; zero: the pay date
	Lines    []Amount      `json:"lines" class:"money"`             // lines that are not zero, in payslip order
	Debts    []DebtMove    `json:"debts,omitempty" class:"money"`   // what was lent and recovered
	Settled  hr.Known      `json:"settled,omitzero" class:"public"` // through where every posted period was compared
	Slip     string        `json:"slip,omitempty" class:"public"`   // the digest of the payslip
}

// Format hides the values.
func (p Posting) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[posting %s %s]", p.Kind, p.Period)
}

// LogValue hides the values.
func (p Posting) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[posting %s %s]", p.Kind, p.Period))
}

// due is the day by which the posting counts for the period it was earned in.
func (p Posting) due() hr.Date {
	if p.Due.IsZero() {
		return p.PayDate
	}
	return p.Due
}

// PostingsFor returns what a payslip posts under a run: its own lines for its period, of the kind that the run's kind posts, and its
// arrears for each earlier period, oldest first.
func PostingsFor(run Run, s Payslip) []Posting { return postingsOf(run, s, s.Digest()) }

func postingsOf(run Run, s Payslip, digest string) []Posting {
	base := Posting{Employee: s.Employee, Run: run.ID, PayDate: s.PayDate, Currency: s.Currency, Slip: digest, Settled: s.Settled}
	own := base
	own.Kind, own.Period, own.Due, own.Debts = run.Kind.posts(), s.Period, s.Due, s.Debts
	if own.Kind == PostingReversal {
		own.Of = run.Of
	}
	for _, l := range s.Lines {
		if !l.Amount.IsZero() {
			own.Lines = append(own.Lines, Amount{Name: l.Name, Amount: l.Amount})
		}
	}
	return append([]Posting{own}, late(base, s.Arrears)...)
}

// late returns the postings of arrears, one for each period, in the order of the arrears.
func late(base Posting, arrears []Arrear) []Posting {
	var out []Posting
	for _, a := range arrears {
		if a.Amount.IsZero() {
			continue
		}
		if n := len(out); n == 0 || out[n-1].Period != a.Period {
			p := base
			p.Kind, p.Period, p.Due = PostingArrears, a.Period, a.Due
			out = append(out, p)
		}
		p := &out[len(out)-1]
		p.Lines = append(p.Lines, Amount{Name: a.Name, Amount: a.Amount})
	}
	return out
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
		if !window.Contains(e.Value.due()) {
			continue
		}
		for _, l := range e.Value.Lines {
			sums[l.Name] = sums[l.Name].Add(l.Amount)
		}
	}
	return amountsOf(sums)
}

// amountsOf lists sums by line.
func amountsOf(sums map[string]decimal.Decimal) []Amount {
	out := make([]Amount, 0, len(sums))
	for name, sum := range sums {
		out = append(out, Amount{Name: name, Amount: sum})
	}
	slices.SortFunc(out, func(a, b Amount) int { return strings.Compare(a.Name, b.Name) })
	return out
}
