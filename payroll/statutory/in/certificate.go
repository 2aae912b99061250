package in

import (
	"encoding/csv"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// Certified is what the annual certificate of one employee is made from.
type Certified struct {
	Name  string            `class:"contact"`
	PAN   hr.Secret         `class:"government_id"` // empty without one
	Slips []payroll.Payslip `class:"money"`         // of one tax year by the day of payment, all of this employer, in that order
	// Declared are the answers that the last payslip was calculated with: the gross amounts beside what is allowed of them.
	Declared  []hr.Answer `class:"private"`
	Landlords []hr.Secret `class:"government_id"` // their PANs, where rent is above 1,00,000 a year
}

// Certificate is the data of the annual certificate of tax deducted from salary, Form 16 Part B to tax year 2025-26 and Form 130 Part C
// from 2026-27, and of the yearly annexure (Annexure II) of the quarterly statement, whose rows it follows. The certificate itself
// is made by TRACES from the filed statement: a payroll does not print its own. It prints and logs without values.
type Certificate struct {
	Form      string           `class:"public"` // "Form 16" or "Form 130"
	Employee  hr.EmployeeID    `class:"public"`
	Name      string           `class:"contact"`
	PAN       hr.Secret        `class:"government_id"`
	Landlords []hr.Secret      `class:"government_id"`
	TaxYear   hr.Period        `class:"public"`
	Employed  hr.Period        `class:"public"` // from the first period paid to the last
	Regime    string           `class:"public"`
	Age       string           `class:"private"`
	Rows      []CertificateRow `class:"money"`
}

// CertificateRow is one amount. Gross is what was paid or declared where less than that is allowed; it is zero where it was not given.
type CertificateRow struct {
	Key     string          `class:"public"` // "perquisites", "savings"; stable
	Title   string          `class:"public"`
	Section string          `class:"public"` // of the Act of the tax year
	Gross   decimal.Decimal `class:"money"`
	Allowed decimal.Decimal `class:"money"`
}

// LogValue hides the values.
func (c Certified) LogValue() slog.Value { return slog.StringValue("[certified pay]") }

// Format hides the values.
func (c Certified) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, "[certified pay]") }

// LogValue hides the values.
func (c Certificate) LogValue() slog.Value { return slog.StringValue("[certificate]") }

// Format hides the values.
func (c Certificate) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[certificate %s %s]", c.Employee, c.TaxYear)
}

// LogValue hides the values.
func (r CertificateRow) LogValue() slog.Value {
	return slog.StringValue("[certificate row " + r.Key + "]")
}

// Format hides the values.
func (r CertificateRow) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "[certificate row %s]", r.Key)
}

// NewCertificate makes the certificate of a tax year that is over for the employee: the last payslip is that of March or of leaving. All
// faults come at once as [hr.FieldError]s with RuleCertificate: no payslip, payslips of two employees or tax years or out of order,
// a last payslip that still projects months, one without the income tax of this pack.
func NewCertificate(from Certified) (Certificate, error) {
	year, err := from.year()
	if err != nil {
		return Certificate{}, err
	}
	first, last, totals, benefits := from.Slips[0], year.last, year.totals, year.benefits
	deducted, borne, paid := totals["tds"], totals["perquisite_tax"], totals["taxable"]
	answers := declared(from.Declared)
	c := Certificate{
		Form: CertificateForm(last.PayDate), Employee: last.Employee, Name: from.Name, PAN: from.PAN, Landlords: from.Landlords, TaxYear: year.period,
		Employed: hr.Period{From: first.Period.From, Through: last.Period.Through}, Regime: answers.text("tax_regime", NewRegime), Age: answers.text("tax_age", Below60),
	}
	of := func(line string) decimal.Decimal { a, _ := last.Amount(line); return a }
	row := func(key, title, old, now string, gross, allowed decimal.Decimal) {
		r := CertificateRow{Key: key, Title: title, Section: sheetRow{act61: old, act25: now}.section(last.PayDate), Gross: gross, Allowed: allowed}
		c.Rows = append(c.Rows, r)
	}
	none := decimal.Zero
	row("salary", "Salary", "s.17(1)", "s.15, 16", none, paid.Sub(benefits))
	row("perquisites", "Benefits in kind", "s.17(2)", "s.17", none, benefits.Add(of("retirement_perquisite")).Add(of("retirement_growth_taxed")))
	row("other_employers", "Salary from other employers", "s.192(2)", "s.392", none, of("projected_salary").Sub(paid))
	row("exempt_house_rent", "Exempt house rent allowance", "s.10(13A)", "s.11, Schedule III Sl. 11", none, totals["hra_exempt"])
	row("exempt_children", "Exempt allowances for children", "s.10(14)", "s.11, Schedule III", none, totals["allowances_exempt"])
	row("exempt_other", "Other exempt pay", "s.10", "s.11, s.19", none, of("exempt_pay").Sub(totals["hra_exempt"]).Sub(totals["allowances_exempt"]))
	for _, s := range sheetRows() {
		switch s.line {
		case "projected_salary", "retirement_perquisite", "retirement_growth_taxed", "exempt_pay", "tax_to_deduct", "perquisite_tax_year", "tax_accounted", "tds":
			continue
		}
		row(s.line, s.title, s.act61, s.act25, answers.gross(s.line, totals), of(s.line))
	}
	relief, elsewhere := answers.amount("relief_89"), answers.amount("previous_tds")
	row("relief_89", "Relief on arrears", "s.89", "s.157", none, relief)
	row("tax_deducted", "Tax deducted by this employer", "s.192", "s.392", none, deducted)
	row("tax_borne", "Tax on benefits in kind paid by the employer", "s.192(1A)", "s.392", none, borne)
	row("tax_deducted_elsewhere", "Tax deducted by other employers", "s.192", "s.392", none, elsewhere)
	short := of("tax_to_deduct").Sub(relief).Sub(deducted).Sub(borne).Sub(elsewhere).Sub(answers.amount("other_tax_paid"))
	row("shortfall", "Tax short (below zero: too much)", "", "", none, short)
	return c, nil
}

// certifiedYear is what the payslips of a tax year come to together.
type certifiedYear struct {
	period   hr.Period
	last     payroll.Payslip
	totals   map[string]decimal.Decimal // by line
	benefits decimal.Decimal            // in kind
}

// year checks the payslips and adds them up.
func (c Certified) year() (certifiedYear, error) {
	var faults hr.Faults
	if len(c.Slips) == 0 {
		faults.Missing("slips", RuleCertificate)
		return certifiedYear{}, faults.Err()
	}
	y := certifiedYear{last: c.Slips[len(c.Slips)-1], totals: map[string]decimal.Decimal{}}
	y.period = taxYearOf(y.last.PayDate)
	for i, s := range c.Slips {
		at := fmt.Sprintf("slips[%d]", i)
		if s.Employee != c.Slips[0].Employee || taxYearOf(s.PayDate) != y.period {
			faults.Add(at, RuleCertificate, "is of another employee or another tax year")
		}
		if i > 0 && s.PayDate.Before(c.Slips[i-1].PayDate) {
			faults.Add(at+".pay_date", RuleCertificate, "is before that of the payslip in front")
		}
		for _, l := range s.Lines {
			y.totals[l.Name] = y.totals[l.Name].Add(l.Amount)
			if l.Kind == payroll.Benefit {
				y.benefits = y.benefits.Add(l.Amount)
			}
		}
	}
	if left, ok := y.last.Amount("months_to_come"); !ok || !left.IsZero() {
		faults.Add("slips", RuleCertificate, "the last payslip is not that of March or of leaving: it still projects pay")
	}
	_, err := NewTaxSheet(y.last) // which needs the same lines
	faults.Join("slips", err)
	return y, faults.Err()
}

// declaredAmounts are the answers of an employee by name.
type declaredAmounts map[string]string

func declared(list []hr.Answer) declaredAmounts {
	out := declaredAmounts{}
	for _, a := range list {
		out[a.Name] = a.Text
	}
	return out
}

func (d declaredAmounts) text(name, otherwise string) string {
	if s, ok := d[name]; ok {
		return s
	}
	return otherwise
}

func (d declaredAmounts) amount(name string) decimal.Decimal {
	a, err := hr.ParseDecimal(d[name])
	if err != nil {
		return decimal.Zero
	}
	return a
}

// gross adds what was paid and declared under the heading of a line.
func (d declaredAmounts) gross(line string, totals map[string]decimal.Decimal) decimal.Decimal {
	sum := decimal.Zero
	for _, name := range strings.Fields(map[string]string{
		"savings_allowed": "savings nps", "nps_extra_allowed": "nps_extra", "agnipath_allowed": "agnipath", "health_allowed": "health_self health_checkup health_parents",
		"loan_interest_allowed": "education_loan_interest first_home_interest affordable_home_interest electric_vehicle_interest",
		"donations_counted":     "donations_allowed", "rent_allowed": "rent_without_hra", "interest_allowed": "savings_interest deposit_interest",
	}[line]) {
		sum = sum.Add(d.amount(name))
	}
	switch line {
	case "savings_allowed":
		sum = sum.Add(totals["epf"]).Add(totals["vpf"])
	case "employer_nps_allowed":
		sum = totals["employer_nps_paid"]
	}
	return sum
}

// WriteCertificates writes certificates as CSV, a line for each row that is not zero: for the tool that prepares the statement, or a person.
// It is no official layout: that of Form 138 for the last quarter was not published at the review. PANs are in it.
func WriteCertificates(w io.Writer, list []Certificate) error {
	rows := [][]string{{"form", "employee", "name", "pan", "from", "through", "regime", "age", "key", "title", "section", "gross", "allowed"}}
	for _, c := range list {
		head := []string{c.Form, string(c.Employee), c.Name, c.PAN.Reveal(), c.Employed.From.String(), c.Employed.Through.String(), c.Regime, c.Age}
		for _, r := range c.Rows {
			if r.Gross.IsZero() && r.Allowed.IsZero() {
				continue
			}
			rows = append(rows, append(append([]string(nil), head...), r.Key, r.Title, r.Section, r.Gross.StringFixed(2), r.Allowed.StringFixed(2)))
		}
		for _, pan := range c.Landlords {
			rows = append(rows, append(append([]string(nil), head...), "landlord", pan.Reveal(), "", "", ""))
		}
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("certificates: %w", err)
	}
	return nil
}
