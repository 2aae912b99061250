package payroll

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/formula"
)

// Batch calculates many payslips of one period together, in columns of integers: the same payslips as [Plan.Calculate], byte for byte,
// at a small part of the cost, and without memory for each once it is warm. It is reused, and not safe for concurrent use: one a
// goroutine, over one shared Plan ([Plan.Stream] does that).
//
//	b := plan.NewBatch(1000)
//	err := b.Begin(october, payDate)
//	row, err := b.Add(input)             // or NewRow, and SetUnits for each field
//	b.Calculate()
//	slip, err := b.Payslip(row)          // or Amount, Units, AppendUnits, AppendJSON
//
// A row added by [Batch.NewRow] is somebody employed and paid through the whole period, until its fields say otherwise.
type Batch struct {
	plan    *Plan
	columns *formula.Columns
	period  hr.Period
	payDate hr.Date

	employees []hr.EmployeeID   // by row
	added     map[int]*prepared // of rows that were not filled field by field
	errs      map[int]error
}

// NewBatch returns a batch for up to size payslips; a size below 1 is 1.
func (p *Plan) NewBatch(size int) *Batch { return p.newBatch(max(1, size), false) }

// NewTracedBatch returns a batch that keeps every value on the way, so that [Batch.Explain] need not calculate again.
func (p *Plan) NewTracedBatch(size int) *Batch { return p.newBatch(max(1, size), true) }

func (p *Plan) newBatch(size int, steps bool) *Batch {
	return &Batch{plan: p, columns: p.program.NewColumns(size, steps), employees: make([]hr.EmployeeID, 0, size)}
}

// Begin empties the batch for a pay period and the day it is paid. It returns [hr.FieldError]s for a period without a first or last
// day (RuleInputPeriod), a missing pay date (RuleInputPayDate) and a day past the review of a pack (RulePackReview), and the batch is then
// unchanged.
func (b *Batch) Begin(period hr.Period, payDate hr.Date) error {
	var faults hr.Faults
	b.plan.checkPeriod(&faults, period, payDate)
	if faults.Any() {
		return fmt.Errorf("payroll: batch: %w", faults.Err())
	}
	b.employees = b.employees[:0]
	clear(b.added)
	clear(b.errs)
	b.columns.Begin(period, payDate)
	if period == b.period && payDate == b.payDate {
		return nil
	}
	b.period, b.payDate = period, payDate
	for i, v := range b.plan.usual(period, payDate) {
		if !v.IsZero() {
			b.columns.SetUsual(i, v)
		}
	}
	return nil
}

// usual returns, by field, what it is for somebody employed through the whole period who earned nothing before; nothing for what only
// terms can say.
func (p *Plan) usual(period hr.Period, payDate hr.Date) []formula.Value {
	w := prepared{in: Input{Period: period, PayDate: payDate, Terms: hr.Since(period.From, hr.Terms{})}}
	w.request.Pieces = []formula.Piece{{Period: period}}
	values := make([]formula.Value, len(p.inputs))
	for i, f := range p.fills {
		switch f.kind {
		case fromPeriod:
			values[i] = w.standard(p, p.inputs[i].Name)
		case fromDays, fromHours, fromMinutes:
			values[i] = formula.Number(w.fromTimesheet(f, period))
		case fromYearToDate, fromDebts, fromSpread, fromNow:
			values[i] = formula.Number(decimal.Zero)
		}
	}
	return values
}

// Add takes the next row for in, whose period and pay date must be the batch's. Faults of the input are returned and stay with the row:
// it has no payslip, and no other row is touched. A full batch is a [hr.FieldError] with RuleBatchFull and takes no row (row is -1).
func (b *Batch) Add(in Input) (row int, err error) {
	if in.Period != b.period || in.PayDate != b.payDate {
		return -1, &hr.FieldError{Path: "period", Rule: RuleInputPeriod, Reason: "and pay date must be those that the batch has begun with"}
	}
	if row, err = b.NewRow(in.Employee); err != nil {
		return row, err
	}
	w, err := b.plan.prepare(in)
	if err != nil {
		return row, b.fail(row, err)
	}
	b.put(row, w)
	return row, nil
}

// put gives a row what a prepared input says.
func (b *Batch) put(row int, w prepared) {
	if b.added == nil {
		b.added = map[int]*prepared{}
	}
	b.added[row] = &w
	for i, v := range w.request.Values {
		if !b.plan.inputs[i].ByPiece {
			b.columns.Set(row, i, v)
		}
	}
	b.columns.SetPieces(row, w.request.Pieces)
}

// NewRow takes the next row for emp, to be filled by [Batch.SetUnits] and its siblings. A full batch is a [hr.FieldError] with
// RuleBatchFull, and row is -1.
func (b *Batch) NewRow(emp hr.EmployeeID) (row int, err error) {
	row = b.columns.Add()
	if row < 0 {
		return -1, &hr.FieldError{Path: "batch", Rule: RuleBatchFull, Reason: "has no row left: calculate and begin again, or make a larger one"}
	}
	b.employees = append(b.employees, emp)
	return row, nil
}

func (b *Batch) fail(row int, err error) error {
	if b.errs == nil {
		b.errs = map[int]error{}
	}
	b.errs[row] = ofPayslip(b.employees[row], b.period, b.payDate, err)
	return b.errs[row]
}

// SetUnits gives a field in its smallest unit: 40,000.00 is 40_000_00 (see [Plan.FieldPlaces]). A yes is 1 and a no 0. What the plan
// pays by piece holds for the whole period.
func (b *Batch) SetUnits(row, field int, units int64) { b.columns.SetUnits(row, field, units) }

// Set gives a field as a decimal, with as many places as it has.
func (b *Batch) Set(row, field int, d decimal.Decimal) { b.columns.SetNumber(row, field, d) }

// SetText gives a field whose unit is text, such as a state.
func (b *Batch) SetText(row, field int, text string) { b.columns.Set(row, field, formula.Text(text)) }

// SetYes gives a field that is a yes or a no.
func (b *Batch) SetYes(row, field int, yes bool) { b.columns.Set(row, field, formula.YesNo(yes)) }

// Calculate works out all rows. What does not fit into integers is worked out in decimals with the same result, and a row with a fault
// touches no other.
func (b *Batch) Calculate() {
	b.columns.Calculate()
	for row := range b.employees {
		if b.errs[row] == nil {
			b.check(row)
		}
	}
}

// check keeps what is wrong with the answers of a row.
func (b *Batch) check(row int) {
	if err := b.columns.Err(row); err != nil {
		b.fail(row, err)
		return
	}
	var faults hr.Faults
	for _, i := range b.plan.fine {
		b.plan.checkPlaces(&faults, i, b.columns.Amount(row, i))
	}
	if faults.Any() {
		b.fail(row, faults.Err())
	}
}

// Rows returns how many rows there are.
func (b *Batch) Rows() int { return len(b.employees) }

// Employee returns whose row it is.
func (b *Batch) Employee(row int) hr.EmployeeID { return b.employees[row] }

// Err returns why a row has no payslip; nil if it has one.
func (b *Batch) Err(row int) error { return b.errs[row] }

// Amount returns one figure of a row as a decimal; zero for a row with an error.
func (b *Batch) Amount(row, line int) decimal.Decimal {
	if b.errs[row] != nil {
		return decimal.Decimal{}
	}
	return b.columns.Amount(row, line)
}

// Units returns the column of a line in units of 10^-places, for stores that write in bulk. It is valid until the next Begin and must
// not be changed. A row with an error, or one that [Batch.Fits] denies, has no figure in it.
func (b *Batch) Units(line int) (units []int64, places int) { return b.columns.Units(line) }

// AppendUnits appends all lines of one row, in the order of [Plan.Lines] and in units of their places ([Plan.LinePlaces]): a payslip's
// figures in eight bytes each.
func (b *Batch) AppendUnits(dst []int64, row int) []int64 {
	for i := range b.plan.lines {
		units, _ := b.columns.Units(i)
		dst = append(dst, units[row])
	}
	return dst
}

// Fits reports whether integers hold every figure of a row. Where they do not, read [Batch.Amount].
func (b *Batch) Fits(row int) bool { return b.errs[row] == nil && b.columns.Fits(row) }

// Slow returns how many rows of the last Calculate were worked out in decimals.
func (b *Batch) Slow() int { return b.columns.InDecimals() }

// Payslip returns the payslip of a row, or its error.
func (b *Batch) Payslip(row int) (Payslip, error) {
	if err := b.errs[row]; err != nil {
		return Payslip{}, err
	}
	request := formula.Request{Period: b.period, PayDate: b.payDate, Values: b.columns.Values(row)}
	request.Pieces = []formula.Piece{{Period: b.period, Values: request.Values}}
	var last hr.Terms
	var known hr.Known
	if w := b.added[row]; w != nil {
		request, last, known = w.request, w.last, w.in.Known
	}
	slip := b.plan.slip(b.employees[row], request, last, known)
	for i := range slip.Lines {
		slip.Lines[i].Amount = b.columns.Amount(row, i)
	}
	if w := b.added[row]; w != nil {
		slip.Debts = w.moves
	}
	return slip, nil
}

// Explain returns the reasoning behind one figure of a row, as [Plan.Explain] does. A batch of [Plan.NewTracedBatch] has the values on
// the way; any other calculates the row again.
func (b *Batch) Explain(row, line int) (hr.Trace, error) {
	if err := b.errs[row]; err != nil {
		return hr.Trace{}, err
	}
	w := b.added[row]
	var evidence func(string, int) []hr.Ref
	if w != nil {
		evidence = w.request.Evidence
	}
	t, err := b.columns.Trace(row, line, evidence)
	if err != nil {
		return hr.Trace{}, fmt.Errorf("payroll: explain %s of %s: %w", b.plan.lines[line].Name, b.employees[row], err)
	}
	b.plan.tellSources(&t)
	if w != nil {
		w.tellDays(&t)
	}
	return t, nil
}

// AppendJSON appends the payslip of a row as json.Marshal writes it, or its error.
func (b *Batch) AppendJSON(dst []byte, row int) ([]byte, error) {
	slip, err := b.Payslip(row)
	if err != nil {
		return dst, err
	}
	return slip.AppendJSON(dst), nil
}

// Format hides the values.
func (b *Batch) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[batch of %d payslips %s]", b.Rows(), b.period)
}

// Field returns the place of an input among [Plan.Needs].
func (p *Plan) Field(name string) (field int, ok bool) { return p.program.Input(name) }

// FieldPlaces returns how many places a field has in a [Batch]: 2 where it is counted in paise.
func (p *Plan) FieldPlaces(field int) int { return p.program.InputPlaces(field) }

// Line returns the place of a line among [Plan.Lines].
func (p *Plan) Line(name string) (line int, ok bool) { return p.program.Line(name) }

// LinePlaces returns how many places a line has in a [Batch].
func (p *Plan) LinePlaces(line int) int { return p.program.LinePlaces(line) }
