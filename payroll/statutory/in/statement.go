package in

import (
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// StatementEntry is one payment of salary in a quarter, with what only the employer knows of its deposit.
type StatementEntry struct {
	Name          string          `class:"contact"`
	PAN           hr.Secret       `class:"government_id"` // empty without one
	Section       string          `class:"public"`        // the code of the section that the form's list has for the employer
	Slip          payroll.Payslip `class:"money"`
	Deposited     hr.Date         `class:"public"`        // the zero Date: not yet
	Reason        string          `class:"public"`        // flag of lower or no deduction, or of a higher one; empty for none
	CertificateNo string          `class:"government_id"` // of the assessing officer's certificate, where there is one
}

// StatementRow is one row of the quarterly statement (Annexure I of Form 24Q; Form 138 from 1 April 2026). Tax, surcharge and cess make the
// total; Form 138 has the total alone. Tax on benefits in kind that the employer pays counts as deducted, so it is in them.
type StatementRow struct {
	Serial        int             `class:"public"`
	Employee      hr.EmployeeID   `class:"public"`
	PAN           hr.Secret       `class:"government_id"`
	Name          string          `class:"contact"`
	Section       string          `class:"public"`
	Paid          hr.Date         `class:"public"`
	Amount        decimal.Decimal `class:"money"` // taxable salary paid, benefits in kind included
	Tax           decimal.Decimal `class:"money"`
	Surcharge     decimal.Decimal `class:"money"`
	Cess          decimal.Decimal `class:"money"`
	Total         decimal.Decimal `class:"money"`
	Deposited     hr.Date         `class:"public"`
	Reason        string          `class:"public"`
	CertificateNo string          `class:"government_id"`
}

// Statement is the data of the quarterly statement of tax on salary. It is no file of the department's layout: that is checked by
// its own tool, and the layout of Form 138 for the last quarter was not published at the review.
type Statement struct {
	Form    string          `class:"public"` // "Form 24Q" or "Form 138"
	TaxYear string          `class:"public"` // "202627", as Form 138 writes it
	Quarter hr.Period       `class:"public"`
	Due     hr.Date         `class:"public"`
	Rows    []StatementRow  `class:"money"`
	Amount  decimal.Decimal `class:"money"` // the sums of the rows
	Total   decimal.Decimal `class:"money"`
}

// LogValue hides the values.
func (e StatementEntry) LogValue() slog.Value { return slog.StringValue("[statement entry]") }

// Format hides the values.
func (e StatementEntry) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, "[statement entry]") }

// LogValue hides the values.
func (r StatementRow) LogValue() slog.Value { return slog.StringValue("[statement row]") }

// Format hides the values.
func (r StatementRow) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[statement row %d]", r.Serial)
}

// LogValue hides the values.
func (s Statement) LogValue() slog.Value { return slog.StringValue("[statement]") }

// Format hides the values.
func (s Statement) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[statement %s]", s.Quarter) }

// NewStatement makes the statement of the quarter that a day is in, a row for each entry in order. The deduction of a month is split
// as the tax of the year is: cess and surcharge to the rupee, half up, and the tax is the rest; without a PAN, where the flat rate bears
// no cess, all of it is tax. All faults come at once as [hr.FieldError]s with RuleStatement: no day, a payment outside the quarter, a
// deposit before the payment, no section code, a payslip without the income tax of this pack; or the error of [StatementDue].
func NewStatement(p payroll.Pack, day hr.Date, entries []StatementEntry) (Statement, error) {
	var faults hr.Faults
	if day.IsZero() {
		faults.Missing("day", RuleStatement)
		return Statement{}, faults.Err()
	}
	year := taxYearOf(day)
	due, err := StatementDue(p, day)
	if err != nil {
		return Statement{}, err
	}
	s := Statement{Form: StatementForm(day), Quarter: TaxQuarter(day), Due: due.Day}
	s.TaxYear = fmt.Sprintf("%04d%02d", year.From.Year(), year.Through.Year()%100)
	for i, e := range entries {
		at := fmt.Sprintf("entries[%d].", i)
		if !s.Quarter.Contains(e.Slip.PayDate) {
			faults.Add(at+"slip.pay_date", RuleStatement, "is not in the quarter %s", s.Quarter)
		}
		if e.Section == "" {
			faults.Missing(at+"section", RuleStatement)
		}
		if !e.Deposited.IsZero() && e.Deposited.Before(e.Slip.PayDate) {
			faults.Add(at+"deposited", RuleStatement, "is before the day of payment")
		}
		row := StatementRow{
			Serial: i + 1, Employee: e.Slip.Employee, PAN: e.PAN, Name: e.Name, Section: e.Section, Paid: e.Slip.PayDate,
			Deposited: e.Deposited, Reason: e.Reason, CertificateNo: e.CertificateNo,
		}
		row.split(&faults, at, e.Slip)
		s.Rows = append(s.Rows, row)
		s.Amount, s.Total = s.Amount.Add(row.Amount), s.Total.Add(row.Total)
	}
	if faults.Any() {
		return Statement{}, faults.Err()
	}
	return s, nil
}

// split fills the amounts of a row.
func (r *StatementRow) split(faults *hr.Faults, at string, slip payroll.Payslip) {
	of := func(line string) decimal.Decimal {
		a, ok := slip.Amount(line)
		if !ok {
			faults.Add(at+"slip.lines."+line, RuleStatement, "is missing: the plan has no income tax of this pack")
		}
		return a
	}
	borne, _ := slip.Amount("perquisite_tax") // none where the employer pays none
	r.Amount, r.Total = of("taxable"), of("tds").Add(borne)
	exact, flat := of("annual_tax_exact"), !of("tax_to_deduct").Equal(of("annual_tax"))
	if !flat && exact.IsPositive() {
		rupee := hr.MustRounding("1", hr.HalfUp)
		r.Surcharge = share(rupee, r.Total, of("surcharge"), exact)
		r.Cess = share(rupee, r.Total, of("cess"), exact)
	}
	r.Tax = r.Total.Sub(r.Surcharge).Sub(r.Cess)
}

// share returns the part of total that part is of whole, which is above zero.
func share(rounding hr.Rounding, total, part, whole decimal.Decimal) decimal.Decimal {
	out, err := rounding.Ratio(total.Mul(part), whole)
	if err != nil { // rounding and divisor are ours and valid
		panic(err)
	}
	return out
}

// Write writes the rows as CSV with two decimals and days as ddmmyyyy, as the department's files have them, then a row of totals. Form 138
// has no columns of surcharge and cess. PANs are in it.
func (s Statement) Write(w io.Writer) error {
	parts := s.Form == "Form 24Q"
	head := []string{"serial", "employee", "pan", "name", "section", "paid", "deducted", "amount"}
	if parts {
		head = append(head, "tax", "surcharge", "cess")
	}
	rows := [][]string{append(head, "total", "deposited", "deposit_date", "reason", "certificate")}
	line := func(r StatementRow, serial, deposit string) []string {
		out := []string{serial, string(r.Employee), r.PAN.Reveal(), r.Name, r.Section, ddmmyyyy(r.Paid), ddmmyyyy(r.Paid), r.Amount.StringFixed(2)}
		if parts {
			out = append(out, r.Tax.StringFixed(2), r.Surcharge.StringFixed(2), r.Cess.StringFixed(2))
		}
		return append(out, r.Total.StringFixed(2), deposit, ddmmyyyy(r.Deposited), r.Reason, r.CertificateNo)
	}
	sum := StatementRow{}
	for _, r := range s.Rows {
		deposit := decimal.Zero
		if !r.Deposited.IsZero() {
			deposit = r.Total
		}
		rows = append(rows, line(r, strconv.Itoa(r.Serial), deposit.StringFixed(2)))
		sum.Amount, sum.Total = sum.Amount.Add(r.Amount), sum.Total.Add(r.Total)
		sum.Tax, sum.Surcharge, sum.Cess = sum.Tax.Add(r.Tax), sum.Surcharge.Add(r.Surcharge), sum.Cess.Add(r.Cess)
	}
	rows = append(rows, line(sum, "TOTAL", ""))
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("statement: %w", err)
	}
	return nil
}

func ddmmyyyy(d hr.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d%02d%04d", d.Day(), int(d.Month()), d.Year())
}
