package payroll

import (
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// whenPaid is the reserved group of lines that belong to the period in which they are paid, such as income tax: a paid period is
// never calculated again for them. Every other line belongs to the period in which it was earned.
const whenPaid = "when_paid"

// ArrearCause is one thing learnt late and what it makes of an arrear. The causes of an arrear add up to it.
type ArrearCause struct {
	Refs   []hr.Ref        `json:"refs,omitempty" class:"public"` // the facts, learnt together
	Reason string          `json:"reason,omitempty" class:"public"`
	Amount decimal.Decimal `json:"amount" class:"money"`
}

// unexplained is the reason of a cause that is no fact: what was posted does not come out again from what was known then.
const unexplained = "the posted figure does not come out again from what was known then: the engine, the plan or a store has changed"

// Unexplained reports whether no fact stands behind c. A run with such an arrear waits for a person (see [Service.Findings]).
func (c ArrearCause) Unexplained() bool { return c.Reason == unexplained }

// Arrear is what a payslip pays late, or takes back, of one line of an earlier period: what the line comes to by today's knowledge
// less what was posted for it.
type Arrear struct {
	Name   string          `json:"name" class:"public"`
	Title  string          `json:"title" class:"public"`
	Kind   Kind            `json:"kind" class:"public"`
	Unit   string          `json:"unit" class:"public"`
	Period hr.Period       `json:"period" class:"public"` // in which it was earned
	Due    hr.Date         `json:"due" class:"public"`    // the day on which that period was, or should have been, paid
	Amount decimal.Decimal `json:"amount" class:"money"`
	Causes []ArrearCause   `json:"causes" class:"money"` // oldest knowledge first
}

// Looked is an earlier period that was calculated again for a payslip, whether or not it came out differently, and the facts that were
// the reason to; none where it follows a period before it.
type Looked struct {
	Period hr.Period `json:"period" class:"public"`
	Due    hr.Date   `json:"due" class:"public"`
	Refs   []hr.Ref  `json:"refs,omitempty" class:"public"`
}

// line returns the arrear as a line.
func (a Arrear) line() Line {
	return Line{Name: a.Name, Title: a.Title, Kind: a.Kind, Unit: a.Unit, Amount: a.Amount}
}

// Format hides the value.
func (a Arrear) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[arrear %s %s]", a.Name, a.Period)
}

// LogValue hides the value.
func (a Arrear) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[arrear %s %s]", a.Name, a.Period))
}

// Format hides the value.
func (c ArrearCause) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[cause %v]", c.Refs) }

// LogValue hides the value.
func (c ArrearCause) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[cause %v]", c.Refs))
}

// MarshalJSON writes amounts as texts.
func (a Arrear) MarshalJSON() ([]byte, error) {
	type cause struct {
		Refs   []hr.Ref `json:"refs,omitempty"`
		Reason string   `json:"reason,omitempty"`
		Amount string   `json:"amount"`
	}
	causes := make([]cause, len(a.Causes))
	for i, c := range a.Causes {
		causes[i] = cause{c.Refs, c.Reason, hr.Canonical(c.Amount)}
	}
	return json.Marshal(struct {
		Name   string    `json:"name"`
		Title  string    `json:"title"`
		Kind   Kind      `json:"kind"`
		Unit   string    `json:"unit"`
		Period hr.Period `json:"period"`
		Due    hr.Date   `json:"due"`
		Amount string    `json:"amount"`
		Causes []cause   `json:"causes"`
	}{a.Name, a.Title, a.Kind, a.Unit, a.Period, a.Due, hr.Canonical(a.Amount), causes})
}

// all returns what the payslip pays: its own lines, then the arrears.
func (s Payslip) all() []Line {
	lines := s.Lines[:len(s.Lines):len(s.Lines)]
	for _, a := range s.Arrears {
		lines = append(lines, a.line())
	}
	return lines
}

// arrearsOf sums the arrears of a line; of all earlier periods together.
func (s Payslip) arrearsOf(line string) decimal.Decimal {
	var sum decimal.Decimal
	for _, a := range s.Arrears {
		if a.Name == line {
			sum = sum.Add(a.Amount)
		}
	}
	return sum
}
