package uk

import (
	_ "embed"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
)

//go:embed paye.rules
var payeRules string

//go:embed nic.rules
var nicRules string

//go:embed student_loan.rules
var studentLoanRules string

//go:embed statutory_pay.rules
var statutoryPayRules string

//go:embed pension.rules
var pensionRules string

// Pack returns the law of the United Kingdom that this package covers, a fresh value at each call. It was last reviewed on 26 November
// 2026. Every value is read by the day of payment.
func Pack() payroll.Pack {
	return payroll.Pack{
		Code: "uk", Name: "United Kingdom", Reviewed: book.Reviewed, ReviewMonths: 12,
		TaxYear:     payroll.YearStart{Month: time.April, Day: 6},
		Params:      slices.Concat(payeParams(), nicParams(), studentLoanParams(), wageParams(), sickParams(), familyParams(), pensionParams(), employerParams()),
		Tables:      slices.Concat(payeTables(), wordTables(), nicTables(), studentLoanTables()),
		Identifiers: identifiers(),
		Retention:   retention(),
		Components: []payroll.Component{
			{Name: "uk/paye.rules", Text: payeRules, Source: routines("")},
			{Name: "uk/nic.rules", Text: nicRules, Source: contributions("")},
			{Name: "uk/student_loan.rules", Text: studentLoanRules, Source: loans()},
			{Name: "uk/statutory_pay.rules", Text: statutoryPayRules, Source: familyPay()},
			{Name: "uk/pension.rules", Text: pensionRules, Source: hr.Source{Title: "Pensions Act 2008", Section: "s.13"}},
		},
	}
}

var book = law.Book{Reviewed: hr.MustDate("2026-11-26")}

// The tax years with known values begin and end here.
const (
	year2024 = "2024-04-06"
	year2025 = "2025-04-06"
	year2026 = "2026-04-06"
	yearEnd  = "2027-04-06"
)

// yearly is a parameter of the three years; an empty value repeats the one before.
func yearly(name, title, unit string, source hr.Source, values ...string) hr.Parameter {
	p := hr.Parameter{Name: name, Title: title, Unit: unit, Basis: hr.ByPayDate}
	for i, day := range []string{year2024, year2025, year2026} {
		if i < len(values) && values[i] != "" {
			p.Steps = append(p.Steps, book.Since(day, values[i], source))
		}
	}
	p.Steps = append(p.Steps, book.Ends(yearEnd, source))
	return p
}

func routines(section string) hr.Source {
	return hr.Source{Title: "HMRC, Specification for PAYE tax table routines, v23 and v24.0", Section: section}
}

func contributions(section string) hr.Source {
	return hr.Source{Title: "HMRC, Rates and thresholds for employers; Social Security Contributions and Benefits Act 1992", Section: section}
}

func loans() hr.Source {
	return hr.Source{Title: "HMRC, Rates and thresholds for employers", Section: "student and postgraduate loan recovery"}
}
