package payroll

import (
	"fmt"
	"io"
	"log/slog"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
	"github.com/shopspring/decimal"
)

// Line is one figure of a payslip.
type Line struct {
	Name   string          `json:"name" class:"public"`  // the name in the formulas: "epf"
	Title  string          `json:"title" class:"public"` // what the employee reads: "Provident fund"
	Kind   Kind            `json:"kind" class:"public"`
	Unit   string          `json:"unit" class:"public"` // "money", or "days", "hours", "number" for information
	Amount decimal.Decimal `json:"amount" class:"money"`
}

// Payslip is one employee's pay of one period, every line of the plan with its exact amount. It prints and logs without
// values; [Payslip.Text] shows it. It says what it was calculated from: the plan, what was known, and the digest of the
// inputs, so that calculating it again can be proven to give the same.
type Payslip struct {
	Employee   hr.EmployeeID `json:"employee" class:"public"`
	Period     hr.Period     `json:"period" class:"public"`
	PayDate    hr.Date       `json:"pay_date" class:"public"`
	Currency   hr.Currency   `json:"currency" class:"public"`
	Entity     string        `json:"entity,omitempty" class:"public"` // who pays, and the cost centre, of the last employed day
	CostCentre string        `json:"cost_centre,omitempty" class:"public"`
	Lines      []Line        `json:"lines" class:"money"`
	Plan       string        `json:"plan" class:"public"`   // digest of the plan
	Inputs     string        `json:"inputs" class:"public"` // digest of the inputs
	Known      hr.Known      `json:"known,omitzero" class:"public"`
	Due        hr.Date       `json:"due,omitzero" class:"public"`     // of a period that was due before: that day; zero: the pay date
	Arrears    []Arrear      `json:"arrears,omitempty" class:"money"` // of earlier periods, oldest first, each in the order of the plan
	Debts      []DebtMove    `json:"debts,omitempty" class:"money"`   // what it lends and recovers, by priority
	Looked     []Looked      `json:"looked,omitempty" class:"public"` // the earlier periods that were calculated again
	Settled    hr.Known      `json:"settled,omitzero" class:"public"` // through where every posted period was compared; a later retro starts here
}

// Calculate works out one payslip. It is pure and exact. Faults of the input come back all at once as [hr.FieldError]s; a
// formula that has no answer for it (no parameter for the date, a divisor of zero, a text without a row) as an error naming
// the line. No fault contains an amount.
func (p *Plan) Calculate(in Input) (Payslip, error) {
	w, err := p.prepare(in)
	if err != nil {
		return Payslip{}, ofPayslip(in.Employee, in.Period, in.PayDate, err)
	}
	result, err := p.program.Run(w.request)
	if err != nil {
		return Payslip{}, ofPayslip(in.Employee, in.Period, in.PayDate, err)
	}
	slip := p.slip(in.Employee, w.request, w.last, in.Known)
	var faults hr.Faults
	for i := range slip.Lines {
		slip.Lines[i].Amount = result.Amount(i)
	}
	slip.Debts = w.moves
	for _, i := range p.fine {
		p.checkPlaces(&faults, i, slip.Lines[i].Amount)
	}
	if faults.Any() {
		return Payslip{}, ofPayslip(in.Employee, in.Period, in.PayDate, faults.Err())
	}
	return slip, nil
}

// ofPayslip says which payslip an error is of, and the days that the law was asked for.
func ofPayslip(employee hr.EmployeeID, period hr.Period, paid hr.Date, err error) error {
	return fmt.Errorf("payroll: payslip of %s, %s, paid %s: %w", employee, period, paid, err)
}

// slip returns a payslip that lacks its amounts.
func (p *Plan) slip(emp hr.EmployeeID, r formula.Request, last hr.Terms, known hr.Known) Payslip {
	s := Payslip{
		Employee: emp, Period: r.Period, PayDate: r.PayDate, Currency: p.currency, Entity: last.Entity, CostCentre: last.CostCentre,
		Lines: make([]Line, len(p.lines)), Plan: p.digest, Inputs: p.inputsDigest(r), Known: known,
	}
	copy(s.Lines, p.blank)
	return s
}

// checkPlaces adds a fault where somebody would be paid a fraction of the currency's smallest unit.
func (p *Plan) checkPlaces(faults *hr.Faults, line int, amount decimal.Decimal) {
	if !hr.FitsPlaces(amount, p.currency.Places()) {
		faults.Add("lines."+p.lines[line].Name, RuleLinePlaces, "is paid and has a fraction of the smallest unit of %s: wrap the formula in round(...)", p.currency)
	}
}

// inputsDigest covers what the formulas were given: the filled inputs by name and piece, and the dates.
func (p *Plan) inputsDigest(r formula.Request) string {
	type given struct{ Name, Value string }
	type piece struct {
		Period hr.Period
		Given  []given
	}
	content := struct {
		Period  hr.Period
		PayDate hr.Date
		Given   []given
		Pieces  []piece
	}{Period: r.Period, PayDate: r.PayDate}
	for i, in := range p.inputs {
		if !in.ByPiece {
			content.Given = append(content.Given, given{in.Name, r.Values[i].String()})
		}
	}
	for _, x := range r.Pieces {
		part := piece{Period: x.Period}
		for i, in := range p.inputs {
			if in.ByPiece {
				part.Given = append(part.Given, given{in.Name, x.Values[i].String()})
			}
		}
		content.Pieces = append(content.Pieces, part)
	}
	return hr.Digest("inputs/1", content)
}

// Amount returns the amount of a line; ok is false if the plan has no such line.
func (s Payslip) Amount(line string) (amount decimal.Decimal, ok bool) {
	for _, l := range s.Lines {
		if l.Name == line {
			return l.Amount, true
		}
	}
	return decimal.Decimal{}, false
}

// Total returns the sum of the lines of a kind, arrears included.
func (s Payslip) Total(kind Kind) decimal.Decimal {
	var sum decimal.Decimal
	for _, l := range s.Lines {
		if l.Kind == kind {
			sum = sum.Add(l.Amount)
		}
	}
	for _, a := range s.Arrears {
		if a.Kind == kind {
			sum = sum.Add(a.Amount)
		}
	}
	return sum
}

// Net returns what is paid out: earnings less deductions. It may be negative; a run's checks look at that.
func (s Payslip) Net() hr.Money {
	return hr.Money{Amount: s.Total(Earning).Sub(s.Total(Deduction)), Currency: s.Currency}
}

// Cost returns what the employer spends: earnings and the employer's own contributions.
func (s Payslip) Cost() hr.Money {
	return hr.Money{Amount: s.Total(Earning).Add(s.Total(Employer)), Currency: s.Currency}
}

// Digest returns the digest of everything the payslip says.
func (s Payslip) Digest() string { return hr.Digest("payslip/1", &s) }

// Format hides the values.
func (s Payslip) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[payslip %s %s]", s.Employee, s.Period)
}

// LogValue hides the values.
func (s Payslip) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[payslip %s %s]", s.Employee, s.Period))
}

// Format hides the value.
func (l Line) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[line %s]", l.Name) }

// LogValue hides the value.
func (l Line) LogValue() slog.Value { return slog.StringValue("[line " + l.Name + "]") }

// Format hides the value.
func (a Amount) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[amount of %s]", a.Name) }

// LogValue hides the value.
func (a Amount) LogValue() slog.Value { return slog.StringValue("[amount of " + a.Name + "]") }

// LogValue hides the value.
func (a Adjustment) LogValue() slog.Value { return slog.StringValue("[adjustment " + a.Name + "]") }

// LogValue hides the values.
func (in Input) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[payroll input %s %s]", in.Employee, in.Period))
}

// Format hides the value.
func (a Adjustment) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[adjustment %s]", a.Name) }

// Format hides the values.
func (in Input) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[payroll input %s %s]", in.Employee, in.Period)
}

// MarshalJSON writes amounts as texts with the currency's places, so that no reader takes them for binary doubles.
func (s Payslip) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil), nil }

// text writes the amount with at least the given places.
func (l Line) text(places int32) string {
	if l.Unit == formula.Money.String() && hr.FitsPlaces(l.Amount, places) {
		return l.Amount.StringFixed(places)
	}
	return hr.Canonical(l.Amount)
}

// Text writes the payslip for a person, in English and without grouping: [Payslip.Statement] in the zero [Language].
func (s Payslip) Text(w io.Writer) error { return s.Statement(Language{}).Text(w) }
