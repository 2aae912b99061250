package in

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode/utf8"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// TaxSheet is how one payslip came to its income tax, on one page: from the salary of the year to what is deducted this month, each row with
// the section of the Act that the day of payment is under. It prints and logs without values; [TaxSheet.Text] shows it.
type TaxSheet struct {
	Employee hr.EmployeeID `class:"public"`
	TaxYear  hr.Period     `class:"public"`
	PayDate  hr.Date       `class:"public"`
	Rows     []TaxRow      `class:"money"`
}

// TaxRow is one row of a [TaxSheet]. The rows down to total_income add up to it, unless it is zero because they are below zero.
type TaxRow struct {
	Line    string          `class:"public"` // the line of the payslip
	Title   string          `class:"public"`
	Section string          `class:"public"` // of the Act of the day of payment
	Amount  decimal.Decimal `class:"money"`  // below zero for what is taken off
}

// LogValue hides the values.
func (s TaxSheet) LogValue() slog.Value { return slog.StringValue("[tax sheet]") }

// Format hides the values.
func (s TaxSheet) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[tax sheet %s]", s.Employee) }

// LogValue hides the value.
func (r TaxRow) LogValue() slog.Value { return slog.StringValue("[tax row " + r.Line + "]") }

// Format hides the value.
func (r TaxRow) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[tax row %s]", r.Line) }

// sheetRow is a row of every sheet; always is shown at zero too.
type sheetRow struct {
	line, title  string
	act61, act25 string
	off, always  bool
}

func sheetRows() []sheetRow {
	return []sheetRow{
		{line: "projected_salary", title: "Salary of the year, as it stands", act61: "s.17", act25: "s.15 to 17", always: true},
		{line: "retirement_perquisite", title: "Employer's contributions above the limit", act61: "s.17(2)(vii)", act25: "s.17"},
		{line: "retirement_growth_taxed", title: "Growth of contributions above it", act61: "s.17(2)(viia)", act25: "s.17"},
		{line: "exempt_pay", title: "Exempt pay", act61: "s.10", act25: "s.11 and Schedule III", off: true},
		{line: "standard_deduction", title: "Standard deduction", act61: "s.16(ia)", act25: "s.19(1) Sl. 2", off: true},
		{line: "pt_deduction", title: "Professional tax", act61: "s.16(iii)", act25: "s.19(1) Sl. 1", off: true},
		{line: "house_income", title: "Income from houses", act61: "s.24(b)", act25: "s.22(1)(b)"},
		{line: "other_income_counted", title: "Other income", act61: "s.192(2B)", act25: "s.392"},
		{line: "savings_allowed", title: "Provident fund, savings, own NPS", act61: "s.80C", act25: "s.123", off: true},
		{line: "nps_extra_allowed", title: "Own NPS beyond them", act61: "s.80CCD(1B)", act25: "s.124(3)", off: true},
		{line: "employer_nps_allowed", title: "Employer's NPS", act61: "s.80CCD(2)", act25: "s.124(1), (2)", off: true},
		{line: "agnipath_allowed", title: "Agnipath fund", act61: "s.80CCH", act25: "s.125", off: true},
		{line: "health_allowed", title: "Health insurance", act61: "s.80D", act25: "s.126", off: true},
		{line: "disability_allowed", title: "Disability and treatment", act61: "s.80DD, 80DDB, 80U", act25: "s.127, 128, 154", off: true},
		{line: "loan_interest_allowed", title: "Interest on loans", act61: "s.80E to 80EEB", act25: "s.129 to 132", off: true},
		{line: "donations_counted", title: "Donations", act61: "s.80G", act25: "s.133", off: true},
		{line: "rent_allowed", title: "Rent without an allowance", act61: "s.80GG", act25: "s.134", off: true},
		{line: "interest_allowed", title: "Interest received", act61: "s.80TTA, 80TTB", act25: "s.153", off: true},
		{line: "total_income", title: "Total income", always: true},
		{line: "taxable_income", title: "Rounded to ten", act61: "s.288A", act25: "s.516", always: true},
		{line: "slab_tax", title: "Tax by slabs", act61: "s.115BAC(1A) or Finance Act", act25: "s.202(1) or Finance Act", always: true},
		{line: "rebate", title: "Rebate", act61: "s.87A", act25: "s.156", off: true},
		{line: "surcharge", title: "Surcharge, after relief", act61: "Finance Act", act25: "Finance Act"},
		{line: "cess", title: "Health and education cess", act61: "Finance Act", act25: "Finance Act"},
		{line: "annual_tax", title: "Tax of the year, rounded to ten", act61: "s.288B", act25: "s.516", always: true},
		{line: "tax_to_deduct", title: "To deduct in the year", act61: "s.192(1), 206AA", act25: "s.392(1), 397(2)", always: true},
		{line: "perquisite_tax_year", title: "Of it paid by the employer", act61: "s.192(1A), 10(10CC)", act25: "s.392", off: true},
		{line: "tax_accounted", title: "Deducted before, credits and relief", act61: "s.192(2), (2B), 89", act25: "s.392, 157", off: true, always: true},
		{line: "tds", title: "To deduct this month", act61: "s.192(1)", act25: "s.392(1)", always: true},
	}
}

// NewTaxSheet returns the sheet of a payslip of a plan with this pack. It returns a [hr.FieldError] with RuleNoIncomeTax for a payslip
// that lacks one of the lines.
func NewTaxSheet(slip payroll.Payslip) (TaxSheet, error) {
	sheet := TaxSheet{Employee: slip.Employee, TaxYear: taxYearOf(slip.PayDate), PayDate: slip.PayDate}
	var faults hr.Faults
	for _, r := range sheetRows() {
		amount, ok := slip.Amount(r.line)
		if !ok {
			faults.Add("lines."+r.line, RuleNoIncomeTax, "is missing: the plan has no income tax of this pack")
		}
		if r.off {
			amount = amount.Neg()
		}
		row := TaxRow{Line: r.line, Title: r.title, Section: r.section(slip.PayDate), Amount: amount}
		if left, ok := slip.Amount("months_to_come"); ok && r.line == "tds" {
			row.Title += fmt.Sprintf(", with %s to come", left)
		}
		if r.always || !amount.IsZero() {
			sheet.Rows = append(sheet.Rows, row)
		}
	}
	return sheet, faults.Err()
}

func (r sheetRow) section(paid hr.Date) string {
	if underNewAct(paid) {
		return r.act25
	}
	return r.act61
}

// underNewAct reports whether salary paid on a day is under the Income-tax Act 2025.
func underNewAct(paid hr.Date) bool { return !paid.Before(hr.MustDate(newAct)) }

// act names the Act that salary paid on a day is under.
func act(paid hr.Date) string {
	if underNewAct(paid) {
		return "Income-tax Act 2025"
	}
	return "Income-tax Act 1961"
}

// Text writes the sheet for a person: a line for each row, amounts with paise.
func (s TaxSheet) Text(w io.Writer) error {
	const titles, sections, amounts = 44, 30, 16
	var b strings.Builder
	fmt.Fprintf(&b, "Income tax of %s, tax year %s, paid %s, %s\n", s.Employee, s.TaxYear, s.PayDate, act(s.PayDate))
	pad := func(text string, width int) string {
		return text + strings.Repeat(" ", max(1, width-utf8.RuneCountInString(text)))
	}
	for _, r := range s.Rows {
		fmt.Fprintf(&b, "%s%s%*s\n", pad(r.Title, titles), pad(r.Section, sections), amounts, r.Amount.StringFixed(2))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
