package payroll

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// WriteRegister writes the pay register as CSV: a row for each payslip, sorted by employee, a column for each line that any
// of them has, in the order of the payslips and with its arrears, then gross, deductions, net and employer's cost; and a row of totals. Amounts have the currency's places.
// Payslips of different currencies are refused with RuleJournalCurrency.
func WriteRegister(w io.Writer, slips []Payslip) error {
	sorted := bySlip(slips)
	var columns []Line
	seen := map[string]bool{}
	for _, s := range sorted {
		if s.Currency != sorted[0].Currency {
			return fmt.Errorf("payroll: register: %w", &hr.FieldError{Path: "currency", Rule: RuleJournalCurrency, Reason: "payslips of different currencies cannot be in one register"})
		}
		for _, l := range s.all() {
			if !seen[l.Name] {
				seen[l.Name] = true
				columns = append(columns, l)
			}
		}
	}
	head := []string{"employee", "from", "through", "pay_date", "currency"}
	for _, c := range columns {
		head = append(head, c.Name)
	}
	rows := [][]string{append(head, "gross", "deductions", "net", "employer_cost")}
	totals := make([]decimal.Decimal, len(columns)+4)
	for _, s := range sorted {
		row := []string{string(s.Employee), s.Period.From.String(), s.Period.Through.String(), s.PayDate.String(), string(s.Currency)}
		amounts := make([]decimal.Decimal, 0, len(totals))
		for _, c := range columns {
			amount, _ := s.Amount(c.Name)
			amounts = append(amounts, amount.Add(s.arrearsOf(c.Name)))
		}
		amounts = append(amounts, s.Total(Earning), s.Total(Deduction), s.Net().Amount, s.Cost().Amount)
		for i, a := range amounts {
			totals[i] = totals[i].Add(a)
			row = append(row, registerAmount(columns, i, a, s.Currency))
		}
		rows = append(rows, row)
	}
	if len(sorted) > 0 {
		last := []string{"TOTAL", "", "", "", string(sorted[0].Currency)}
		for i, a := range totals {
			last = append(last, registerAmount(columns, i, a, sorted[0].Currency))
		}
		rows = append(rows, last)
	}
	out := csv.NewWriter(w)
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("payroll: register: %w", err)
	}
	return nil
}

func registerAmount(columns []Line, i int, a decimal.Decimal, c hr.Currency) string {
	if i < len(columns) {
		l := columns[i]
		l.Amount = a
		return l.text(c.Places())
	}
	return hr.Money{Amount: a, Currency: c}.AmountText()
}
