package in

import (
	"fmt"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// CertificateForm names the annual certificate of salary paid on a day: Form 16, or Form 130 from 1 April 2026 (Rules 2026, r.215).
func CertificateForm(paid hr.Date) string {
	if underNewAct(paid) {
		return "Form 130"
	}
	return "Form 16"
}

// StatementForm names the quarterly statement of tax on salary paid on a day: Form 24Q, or Form 138 from 1 April 2026 (Rules 2026, r.219).
func StatementForm(paid hr.Date) string {
	if underNewAct(paid) {
		return "Form 138"
	}
	return "Form 24Q"
}

// ClaimForm names the form in which employees claim exemptions and deductions on salary paid on a day: Form 12BB, or Form 124 (Rules
// 2026, r.205).
func ClaimForm(paid hr.Date) string {
	if underNewAct(paid) {
		return "Form 124"
	}
	return "Form 12BB"
}

// EarlierEmployerForm names the form that tells of salary from earlier employers: Form 12B, or Form 122 (Rules 2026, r.204), which tells of
// other tax deducted and of a loss from a house too, as Form 12BAA did from 1 October 2024.
func EarlierEmployerForm(paid hr.Date) string {
	if underNewAct(paid) {
		return "Form 122"
	}
	return "Form 12B"
}

// taxDateParams are the days of deposit, statement and certificate: a day of a month, or month and day as one number.
func taxDateParams() []hr.Parameter {
	both := func(name, title, v, rule, r string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: "count", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			since(oldest, v, taxRules1962(rule)), since(newAct, v, taxRules2026(r)),
		}}
	}
	return []hr.Parameter{
		both("tds.deposit_day", "Day of the next month by which tax on salary is deposited", "7", "rule 30", "r.218"),
		both("tds.deposit_march", "The same for March: month and day", "430", "rule 30", "r.218"),
		both("tds.certificate_by", "Annual certificate of tax is given by: month and day", "615", "rule 31", "r.215"),
	}
}

// statementDates say by which month and day the statement of a quarter is filed.
func statementDates() hr.Table {
	list := []hr.TableRow{upTo(1, 731), upTo(2, 1031), upTo(3, 131), above(531)}
	return hr.Table{
		Name: "tds.statement_by", Title: "Quarterly statement of tax is filed by, by the quarter of the tax year: month and day", Kind: hr.Bands,
		Key: "count", Value: "count", Basis: hr.ByPayDate,
		Steps: []hr.TableStep{rows("", oldest, taxRules1962("rule 31A"), list...), rows("", newAct, taxRules2026("r.219"), list...)},
	}
}

// afterDay is the first day with this month and day after another one.
func afterDay(day hr.Date, monthAndDay int) (hr.Date, error) {
	d, err := hr.NewDate(day.Year(), time.Month(monthAndDay/100), monthAndDay%100)
	if err == nil && !d.After(day) {
		d, err = hr.NewDate(day.Year()+1, d.Month(), d.Day())
	}
	return d, err
}

// TaxDepositDue returns the last day to deposit what was deducted from salary paid on a day: the 7th of the next month, and 30 April for
// March. A day that is a holiday of the bank is not moved. Its errors are those of [GratuityDue].
func TaxDepositDue(p payroll.Pack, paid hr.Date) (Due, error) {
	law, day, err := dueFrom(p, "paid", paid, "tds.deposit_day")
	if err != nil {
		return Due{}, err
	}
	due, rule := paid.EndOfMonth().Add(day), fmt.Sprintf("day %d of the next month", day)
	if paid.Month() == time.March {
		law.told()
		if due, err = afterDay(paid, law.number("tds.deposit_march")); err != nil {
			return Due{}, err
		}
		rule = "for March"
	}
	return law.due("Tax deposited", due, rule, given("Paid", weekday(paid), "")), law.err()
}

// TaxQuarter returns the quarter of the tax year that a day is in: April to June is the first. No date has none.
func TaxQuarter(day hr.Date) hr.Period {
	if day.IsZero() {
		return hr.Period{}
	}
	year := taxYearOf(day)
	from := year.From
	for {
		next := from.EndOfMonth().Add(1).EndOfMonth().Add(1).EndOfMonth().Add(1)
		if day.Before(next) || next.After(year.Through) {
			return hr.Period{From: from, Through: next.Add(-1)}
		}
		from = next
	}
}

// StatementDue returns the last day to file the statement of the quarter that a day is in: 31 July, 31 October, 31 January, and 31 May
// for the last one. Its errors are those of [PTDue].
func StatementDue(p payroll.Pack, day hr.Date) (Due, error) {
	if day.IsZero() {
		return Due{}, &hr.FieldError{Path: "day", Rule: RuleDay, Reason: "is required", Err: hr.ErrRequired}
	}
	quarter := TaxQuarter(day)
	number := (int(quarter.From.Month())+8)%12/3 + 1
	coded, source, _, err := readTable(p, "tds.statement_by", "", quarter.Through, number)
	if err != nil {
		return Due{}, err
	}
	due, err := afterDay(quarter.Through, coded)
	r := &reading{source: source}
	return r.due("Statement filed", due, fmt.Sprintf("quarter %d of the tax year", number), given("Quarter ends", weekday(quarter.Through), "")), err
}

// CertificateDue returns the last day to give the annual certificate of the tax year that a day is in: 15 June after it. Its errors are
// those of [GratuityDue].
func CertificateDue(p payroll.Pack, day hr.Date) (Due, error) {
	law, coded, err := dueFrom(p, "day", day, "tds.certificate_by")
	if err != nil {
		return Due{}, err
	}
	year := taxYearOf(day)
	due, err := afterDay(year.Through, coded)
	return law.due("Certificate given", due, "after the tax year", given("Tax year ends", weekday(year.Through), "")), err
}
