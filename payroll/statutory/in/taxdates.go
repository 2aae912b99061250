package in

import (
	"time"

	"github.com/musterhr/hr"
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

// TaxDepositDue returns the last day to deposit what was deducted from salary paid on a day: the 7th of the next month, and 30 April for
// March (Rules 2026, r.218; rule 30 before). A day that is a holiday of the bank is not moved. No date has none.
func TaxDepositDue(paid hr.Date) hr.Date {
	if paid.IsZero() {
		return hr.Date{}
	}
	next := paid.EndOfMonth().Add(1)
	if paid.Month() == time.March {
		return next.EndOfMonth()
	}
	return next.Add(6)
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
// for the last one (Rules 2026, r.219; rule 31A before). No date has none.
func StatementDue(day hr.Date) hr.Date {
	if day.IsZero() {
		return hr.Date{}
	}
	next := TaxQuarter(day).Through.Add(1).EndOfMonth()
	if next.Month() == time.April {
		return next.Add(1).EndOfMonth()
	}
	return next
}

// CertificateDue returns the last day to give the annual certificate of the tax year that a day is in: 15 June after it (Rules 2026, r.215;
// rule 31 before). No date has none.
func CertificateDue(day hr.Date) hr.Date {
	if day.IsZero() {
		return hr.Date{}
	}
	d, err := hr.NewDate(taxYearOf(day).Through.Year(), time.June, 15)
	if err != nil { // past the end of the calendar
		return hr.Date{}
	}
	return d
}
