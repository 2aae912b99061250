package sif

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/bankfile/internal/fixed"
	"github.com/shopspring/decimal"
)

// Write writes a file and returns its control figures. A file that breaks a rule is refused before anything is written, with every
// [hr.FieldError] at once and no account number in any.
func Write(w io.Writer, f File) (Totals, error) {
	var faults hr.Faults
	at := func(i int) string { return fmt.Sprintf("employees[%d]", i) }
	faults.Join("file", f.check())
	var lines []string
	for i, e := range f.Employees {
		faults.Join(at(i), e.check(f.Month))
		lines = append(lines, e.line())
	}
	t := f.totals(&faults, at)
	if faults.Any() {
		return Totals{}, fmt.Errorf("sif: write: %w", faults.Err())
	}
	if _, err := io.WriteString(w, fixed.Join(append(lines, f.last(t)), f.LF)); err != nil {
		return Totals{}, fmt.Errorf("sif: write: %w", err)
	}
	return t, nil
}

func (e Employee) line() string {
	return strings.Join([]string{
		"EDR", e.Person.Reveal(), e.Bank, e.Account.Reveal(), e.Period.From.String(), e.Period.Through.String(), strconv.Itoa(e.Period.Len()),
		e.Fixed.StringFixed(2), e.Variable.StringFixed(2), strconv.Itoa(e.UnpaidLeave),
	}, ",")
}

func (f File) last(t Totals) string {
	year, month, _ := f.Month.Parts()
	columns := []string{
		"SCR", f.Employer, f.Bank, f.Created.String(), strings.ReplaceAll(f.CreatedAt.String(), ":", ""), fmt.Sprintf("%02d%04d", int(month), year),
		strconv.Itoa(t.Employees), t.Amount.StringFixed(2), "AED",
	}
	if f.Reference != "" {
		columns = append(columns, f.Reference)
	}
	return strings.Join(columns, ",")
}

// Read reads a file strictly: every line as [Write] makes it, and the last line against what the others come to. All faults come at
// once, each with its line and without what stands in it. Lines end with CRLF or with LF, all alike.
func Read(in io.Reader) (File, Totals, error) {
	var faults hr.Faults
	lines, lf, err := fixed.Lines(&faults, in, RuleLayout)
	if err != nil {
		return File{}, Totals{}, fmt.Errorf("sif: read: %w", err)
	}
	f := File{LF: lf}
	at := func(i int) string { return fmt.Sprintf("line %d", i+1) }
	var t Totals
	if n := len(lines) - 1; n >= 0 {
		for i, line := range lines[:n] {
			e, err := parse(line)
			faults.Join(at(i), err)
			f.Employees = append(f.Employees, e)
		}
		claims, err := f.parseLast(lines[n])
		faults.Join(at(n), err)
		if !faults.Any() {
			faults.Join(at(n), f.check())
			for i, e := range f.Employees {
				faults.Join(at(i), e.check(f.Month))
			}
			t = f.totals(&faults, at)
			if claims.Employees != t.Employees {
				faults.Add(at(n)+".employees", RuleTotal, "is %s, and %d lines come before", fixed.Told(strconv.Itoa(claims.Employees)), t.Employees)
			}
			if !claims.Amount.Equal(t.Amount) {
				faults.Add(at(n)+".total", RuleTotal, "is not the fixed and variable pay of the lines before")
			}
		}
	}
	if faults.Any() {
		return File{}, Totals{}, fmt.Errorf("sif: read: %w", faults.Err())
	}
	return f, t, nil
}

// parse reads the line of an employee. What the columns say, check looks at.
func parse(line string) (e Employee, err error) {
	var faults hr.Faults
	cells := strings.Split(line, ",")
	if len(cells) != 10 || cells[0] != "EDR" {
		faults.Add("", RuleLayout, "must be EDR and nine columns")
		return e, faults.Err()
	}
	e = Employee{
		Person: hr.NewSecret(cells[1]), Bank: cells[2], Account: hr.NewSecret(cells[3]),
		Period: hr.Period{From: day(&faults, "from", cells[4]), Through: day(&faults, "through", cells[5])},
		Fixed:  amount(&faults, "fixed", cells[7]), Variable: amount(&faults, "variable", cells[8]), UnpaidLeave: whole(&faults, "unpaid_leave", cells[9]),
	}
	if days := whole(&faults, "days", cells[6]); !faults.Any() && e.Period.Validate() == nil && days != e.Period.Len() {
		faults.Add("days", RuleDays, "is %s, and the period has %d", fixed.Told(strconv.Itoa(days)), e.Period.Len())
	}
	return e, faults.Err()
}

func (f *File) parseLast(line string) (claims Totals, err error) {
	var faults hr.Faults
	cells := strings.Split(line, ",")
	if n := len(cells); n != 9 && n != 10 || cells[0] != "SCR" {
		faults.Add("", RuleLayout, "must be SCR and eight columns, or nine with a reference")
		return claims, faults.Err()
	}
	f.Employer, f.Bank, f.Created = cells[1], cells[2], day(&faults, "created", cells[3])
	clock := cells[4]
	if len(clock) == 4 {
		clock = clock[:2] + ":" + clock[2:]
	}
	if f.CreatedAt, err = hr.ParseTimeOfDay(clock); err != nil || len(cells[4]) != 4 {
		faults.Add("created_at", RuleField, "must be a time of day written HHMM")
	}
	if month := cells[5]; len(month) == 6 {
		f.Month, _ = hr.ParseDate(month[2:] + "-" + month[:2] + "-01")
	}
	if f.Month.IsZero() {
		faults.Add("month", RuleMonth, "must be a month written MMYYYY")
	}
	claims = Totals{Employees: whole(&faults, "employees", cells[6]), Amount: amount(&faults, "total", cells[7])}
	if cells[8] != "AED" {
		faults.Add("currency", RuleCurrency, "must be AED")
	}
	if len(cells) == 10 {
		if f.Reference = cells[9]; f.Reference == "" {
			faults.Add("reference", RuleLayout, "must be left out with its comma where there is none")
		}
	}
	return claims, faults.Err()
}

func day(faults *hr.Faults, name, cell string) hr.Date {
	d, err := hr.ParseDate(cell)
	if err != nil {
		faults.Add(name, RuleField, "must be a day written YYYY-MM-DD")
	}
	return d
}

func whole(faults *hr.Faults, name, cell string) int {
	n, err := strconv.Atoi(cell)
	if err != nil || strconv.Itoa(n) != cell {
		faults.Add(name, RuleField, "must be a whole number")
	}
	return n
}

func amount(faults *hr.Faults, name, cell string) decimal.Decimal {
	d, err := hr.ParseDecimal(cell)
	if err != nil || d.StringFixed(2) != cell {
		faults.Add(name, RuleAmount, "must be written with two decimals and no zero in front")
	}
	return d
}
