package sif

import (
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/bankfile"
	"github.com/shopspring/decimal"
)

// File is a salary information file of one employer. It prints and logs without values.
type File struct {
	Employer  string // the employer's number at the ministry, filled to 13 digits
	Bank      string // the nine-digit routing code of the employer's bank
	Created   hr.Date
	CreatedAt hr.TimeOfDay
	Month     hr.Date // the first day of the month that is paid
	Reference string  // optional
	Employees []Employee
	LF        bool // lines end with LF alone; CRLF otherwise
}

// Employee is the pay of one employee. It prints and logs without values.
type Employee struct {
	Person      hr.Secret // the person's number at the ministry, filled to 14 digits
	Bank        string    // the nine-digit routing code of the employee's bank
	Account     hr.Secret // an IBAN of the Emirates, or the number of a card
	Period      hr.Period
	Fixed       decimal.Decimal
	Variable    decimal.Decimal
	UnpaidLeave int // days of the period
}

// Totals are the control figures of a file.
type Totals struct {
	Employees int
	Amount    decimal.Decimal // fixed and variable pay of all
}

var (
	digits13 = regexp.MustCompile(`^[0-9]{13}$`)
	digits14 = regexp.MustCompile(`^[0-9]{14}$`)
	digits9  = regexp.MustCompile(`^[0-9]{9}$`)
	card     = regexp.MustCompile(`^[0-9]{10,22}$`)
	// the reference has no comma, no quote and nothing that does not print
	reference = regexp.MustCompile(`^[A-Za-z0-9 ./-]{0,35}$`)
)

// check holds an employee's line against the layout: the same for writing and reading.
func (e Employee) check(month hr.Date) error {
	var faults hr.Faults
	if !digits14.MatchString(e.Person.Reveal()) {
		faults.Add("person", RuleField, "must be 14 digits, zero filled")
	}
	if !digits9.MatchString(e.Bank) {
		faults.Add("bank", RuleField, "must be nine digits")
	}
	if number := e.Account.Reveal(); !card.MatchString(number) {
		if iban, err := bankfile.ParseIBAN(number); err != nil || iban != number || !strings.HasPrefix(iban, "AE") {
			faults.Add("account", RuleField, "must be an IBAN of the Emirates in capitals without blanks, or the digits of a card")
		}
	}
	switch {
	case e.Period.Validate() != nil || e.Period.Open() || e.Period.IsZero():
		faults.Add("period", RuleDays, "must have a first and a last day")
	case e.UnpaidLeave < 0 || e.UnpaidLeave > e.Period.Len():
		faults.Add("unpaid_leave", RuleDays, "must be days of the period")
	case !month.IsZero() && !e.Period.Overlaps(hr.MonthOf(month)):
		faults.Add("period", RuleMonth, "has no day of the month that is paid")
	}
	for _, a := range []struct {
		name   string
		amount decimal.Decimal
	}{{"fixed", e.Fixed}, {"variable", e.Variable}} {
		if a.amount.Sign() < 0 || !hr.FitsPlaces(a.amount, 2) {
			faults.Add(a.name, RuleAmount, "must not be below zero, and must be in whole fils of 0.01")
		}
	}
	if e.Fixed.Add(e.Variable).Sign() <= 0 {
		faults.Add("fixed", RuleAmount, "and variable pay must be above zero together")
	}
	return faults.Err()
}

// check holds the last line against the layout.
func (f File) check() error {
	var faults hr.Faults
	if !digits13.MatchString(f.Employer) {
		faults.Add("employer", RuleField, "must be 13 digits, zero filled")
	}
	if !digits9.MatchString(f.Bank) {
		faults.Add("bank", RuleField, "must be nine digits")
	}
	if f.Created.IsZero() {
		faults.Missing("created", RuleField)
	}
	if text := f.CreatedAt.String(); len(text) != 5 || text == "24:00" {
		faults.Add("created_at", RuleField, "must be a time of day in whole minutes before 24:00")
	}
	if f.Month.IsZero() || f.Month != f.Month.FirstOfMonth() {
		faults.Add("month", RuleMonth, "must be the first day of the month that is paid")
	}
	if !reference.MatchString(f.Reference) {
		faults.Add("reference", RuleField, "must have at most 35 letters, digits, blanks and . / -")
	}
	if len(f.Employees) == 0 {
		faults.Add("employees", RuleLayout, "are missing")
	}
	return faults.Err()
}

// totals sums a file, and finds who is in it twice.
func (f File) totals(faults *hr.Faults, at func(int) string) (t Totals) {
	seen := map[string]bool{}
	for i, e := range f.Employees {
		if seen[e.Person.Reveal()] {
			faults.Add(at(i)+".person", RuleTwice, "has a line already: one employee, one line")
		}
		seen[e.Person.Reveal()] = true
		t.Employees++
		t.Amount = t.Amount.Add(e.Fixed).Add(e.Variable)
	}
	return t
}

// Employer is what the ministry and the bank know the employer by, and what tells one file from another.
type Employer struct {
	ID        string // up to 13 digits: zeros are filled in
	Bank      string // nine digits
	Created   hr.Date
	CreatedAt hr.TimeOfDay
	Month     hr.Date // any day of the month that is paid
	Reference string
}

// Pay is what the file says of one employee beyond the amount of the payment.
type Pay struct {
	Person      hr.Secret // up to 14 digits: zeros are filled in
	Period      hr.Period
	Fixed       decimal.Decimal
	Variable    decimal.Decimal
	UnpaidLeave int // days
}

// New makes the file of a payment batch. pay says how each payment is made up. It returns [hr.FieldError]s for an employee without pay
// and for fixed and variable pay that are not the payment (RulePay), and for another currency than AED (RuleCurrency); what the
// layout asks for, [Write] checks. The account of a payment is an IBAN or the number of a card, its bank the nine-digit routing code.
func New(b payroll.PaymentBatch, o Employer, pay map[hr.EmployeeID]Pay) (File, error) {
	var faults hr.Faults
	if b.Currency != "AED" {
		faults.Add("currency", RuleCurrency, "must be AED")
	}
	f := File{
		Employer: fill(o.ID, 13), Bank: o.Bank, Created: o.Created, CreatedAt: o.CreatedAt, Month: o.Month.FirstOfMonth(), Reference: o.Reference,
	}
	for i, p := range b.Payments {
		at := fmt.Sprintf("payments[%d]", i)
		made, known := pay[p.Employee]
		switch {
		case !known:
			faults.Missing(fmt.Sprintf("pay[%s]", p.Employee), RulePay)
		case !made.Fixed.Add(made.Variable).Equal(p.Amount.Amount):
			faults.Add(fmt.Sprintf("pay[%s]", p.Employee), RulePay, "fixed and variable pay must be the payment")
		}
		if p.Amount.Currency != "AED" {
			faults.Add(at+".currency", RuleCurrency, "must be AED")
		}
		account := p.Account.Number
		if iban, err := bankfile.ParseIBAN(account.Reveal()); err == nil {
			account = hr.NewSecret(iban)
		}
		f.Employees = append(f.Employees, Employee{
			Person: hr.NewSecret(fill(made.Person.Reveal(), 14)), Bank: p.Account.Bank, Account: account,
			Period: made.Period, Fixed: made.Fixed, Variable: made.Variable, UnpaidLeave: made.UnpaidLeave,
		})
	}
	if faults.Any() {
		return File{}, fmt.Errorf("sif: %w", faults.Err())
	}
	return f, nil
}

// fill puts zeros before a number that is not empty.
func fill(number string, width int) string {
	if number == "" {
		return ""
	}
	return strings.Repeat("0", max(0, width-len(number))) + number
}

// FileName returns the name that the system wants: the employer's number and the time that the file was made, to the second, with the
// ending SIF.
func FileName(f File, second int) string {
	year, month, day := f.Created.Parts()
	clock := strings.ReplaceAll(f.CreatedAt.String(), ":", "")
	return fmt.Sprintf("%s%02d%02d%02d%s%02d.SIF", f.Employer, year%100, int(month), day, clock, second)
}

// Format hides the values.
func (f File) Format(s fmt.State, _ rune) {
	_, _ = fmt.Fprintf(s, "[sif file of %d employees]", len(f.Employees))
}

// LogValue hides the values.
func (f File) LogValue() slog.Value {
	return slog.StringValue("[sif file of " + strconv.Itoa(len(f.Employees)) + " employees]")
}

// Format hides the values.
func (e Employee) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, "[sif employee]") }

// LogValue hides the values.
func (e Employee) LogValue() slog.Value { return slog.StringValue("[sif employee]") }

// Format hides the values.
func (p Pay) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, "[sif pay]") }

// LogValue hides the values.
func (p Pay) LogValue() slog.Value { return slog.StringValue("[sif pay]") }
