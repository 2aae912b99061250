package payroll

import (
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// Register is the pay register of a set of payslips of one currency: a row for each, a column for each line that any of them has. It
// prints and logs without values.
type Register struct {
	Currency hr.Currency
	Columns  []RegisterColumn // in the order of the payslips
	Rows     []RegisterRow    // by employee
	Total    RegisterRow      // the sums of the columns
}

// RegisterColumn is a line that payslips have.
type RegisterColumn struct {
	Name  string
	Title string
	Kind  Kind
	Unit  string
}

// RegisterRow is one payslip, or the sum of all.
type RegisterRow struct {
	Employee   hr.EmployeeID
	Period     hr.Period
	PayDate    hr.Date
	Amounts    []decimal.Decimal // one for each column; zero where the payslip has no such line
	Gross      decimal.Decimal   // earnings
	Deductions decimal.Decimal
	Net        decimal.Decimal
	Cost       decimal.Decimal // earnings and the employer's contributions
}

// NewRegister makes the register of payslips. Different currencies are refused with RuleJournalCurrency.
func NewRegister(slips []Payslip) (Register, error) {
	sorted := bySlip(slips)
	var r Register
	seen := map[string]bool{}
	for _, s := range sorted {
		if r.Currency = sorted[0].Currency; s.Currency != r.Currency {
			return Register{}, fmt.Errorf("payroll: register: %w", &hr.FieldError{Path: "currency", Rule: RuleJournalCurrency, Reason: "payslips of different currencies cannot be in one register"})
		}
		for _, l := range s.all() {
			if !seen[l.Name] {
				seen[l.Name] = true
				r.Columns = append(r.Columns, RegisterColumn{l.Name, l.Title, l.Kind, l.Unit})
			}
		}
	}
	r.Total.Amounts = make([]decimal.Decimal, len(r.Columns))
	for _, s := range sorted {
		row := RegisterRow{
			Employee: s.Employee, Period: s.Period, PayDate: s.PayDate, Amounts: make([]decimal.Decimal, len(r.Columns)),
			Gross: s.Total(Earning), Deductions: s.Total(Deduction), Net: s.Net().Amount, Cost: s.Cost().Amount,
		}
		for i, c := range r.Columns {
			own, _ := s.Amount(c.Name)
			row.Amounts[i] = own.Add(s.arrearsOf(c.Name))
			r.Total.Amounts[i] = r.Total.Amounts[i].Add(row.Amounts[i])
		}
		r.Total.Gross, r.Total.Deductions = r.Total.Gross.Add(row.Gross), r.Total.Deductions.Add(row.Deductions)
		r.Total.Net, r.Total.Cost = r.Total.Net.Add(row.Net), r.Total.Cost.Add(row.Cost)
		r.Rows = append(r.Rows, row)
	}
	return r, nil
}

// WriteCSV writes the register for a spreadsheet: a header, the rows, and a row of totals. Amounts have the currency's places; texts are
// those of [SpreadsheetText].
func (r Register) WriteCSV(w io.Writer) error {
	head := []string{"employee", "from", "through", "pay_date", "currency"}
	for _, c := range r.Columns {
		head = append(head, SpreadsheetText(c.Name))
	}
	rows := [][]string{append(head, "gross", "deductions", "net", "employer_cost")}
	for _, row := range r.Rows {
		rows = append(rows, r.cells(row, SpreadsheetText(string(row.Employee)), row.Period.From.String(), row.Period.Through.String(), row.PayDate.String()))
	}
	if len(r.Rows) > 0 {
		rows = append(rows, r.cells(r.Total, "TOTAL", "", "", ""))
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("payroll: register: %w", err)
	}
	return nil
}

func (r Register) cells(row RegisterRow, first ...string) []string {
	out := append(first, string(r.Currency))
	for i, c := range r.Columns {
		out = append(out, Line{Unit: c.Unit, Amount: row.Amounts[i]}.text(max(0, r.Currency.Places())))
	}
	for _, a := range []decimal.Decimal{row.Gross, row.Deductions, row.Net, row.Cost} {
		out = append(out, hr.Money{Amount: a, Currency: r.Currency}.AmountText())
	}
	return out
}

// WriteRegister writes the register of payslips as CSV, with the errors of [NewRegister].
func WriteRegister(w io.Writer, slips []Payslip) error {
	r, err := NewRegister(slips)
	if err != nil {
		return err
	}
	return r.WriteCSV(w)
}

// SpreadsheetText makes a text safe to open in a spreadsheet: one that a program would take for a formula, because it begins with = + - @, a
// tab or a carriage return, gets an apostrophe in front. It is for texts that people wrote, in files that people open; an amount
// below zero stays a number, and a file that a bank or a program reads keeps its texts as they are.
func SpreadsheetText(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// Format hides the values.
func (r Register) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[register of %d payslips]", len(r.Rows))
}

// LogValue hides the values.
func (r Register) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[register of %d payslips]", len(r.Rows)))
}

// Format hides the values.
func (r RegisterRow) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[register row %s]", r.Employee)
}

// LogValue hides the values.
func (r RegisterRow) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[register row %s]", r.Employee))
}
