package in

import (
	_ "embed"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

//go:embed wages.rules
var wagesRules string

//go:embed epf.rules
var epfRules string

//go:embed esi.rules
var esiRules string

//go:embed pt.rules
var ptRules string

//go:embed lwf.rules
var lwfRules string

//go:embed income_tax.rules
var incomeTaxRules string

//go:embed salary_income.rules
var salaryIncomeRules string

//go:embed tax_deductions.rules
var deductionsRules string

//go:embed perquisites.rules
var perquisitesRules string

//go:embed tds.rules
var tdsRules string

// Pack returns the law of India that this package covers, a fresh value at each call: a host may change it (add a step to a
// parameter, say) without touching anybody else's. It was last reviewed on 24 November 2026.
func Pack() payroll.Pack {
	return payroll.Pack{
		Code: "in", Name: "India", Reviewed: reviewed(), ReviewMonths: 12,
		TaxYear: payroll.YearStart{Month: time.April, Day: 1},
		Params:  slices.Concat(wageParams(), epfParams(), esiParams(), ptParams(), lwfParams(), taxParams(), labourParams()),
		Tables:  slices.Concat(ptTables(), lwfTables(), taxTables(), contributionDueTables()),
		Components: []payroll.Component{
			{Name: "in/wages.rules", Text: wagesRules, Source: codeOnWages("s.2(y)")},
			{Name: "in/epf.rules", Text: epfRules, Source: epfScheme2026("para 18")},
			{Name: "in/esi.rules", Text: esiRules, Source: centralRules2026("r.19(1)")},
			{Name: "in/pt.rules", Text: ptRules, Source: article276()},
			{Name: "in/lwf.rules", Text: lwfRules, Source: stateFund("the states", "")},
			{Name: "in/income_tax.rules", Text: incomeTaxRules, Source: taxAct2025("s.202(1)")},
			{Name: "in/salary_income.rules", Text: salaryIncomeRules, Source: taxAct2025("s.15 to 19")},
			{Name: "in/tax_deductions.rules", Text: deductionsRules, Source: taxAct2025("Chapter VIII")},
			{Name: "in/perquisites.rules", Text: perquisitesRules, Source: taxRules2026("r.15")},
			{Name: "in/tds.rules", Text: tdsRules, Source: taxAct2025("s.392(1)")},
		},
		Identifiers: identifiers(), Retention: retention(), Forms: forms(),
	}
}

// reviewed is the day on which every value was last checked against its source.
func reviewed() hr.Date { return hr.MustDate("2026-11-24") }

// value returns what a parameter of p holds on a day, or an [hr.ParameterError].
func value(p payroll.Pack, name string, on hr.Date) (decimal.Decimal, error) {
	return p.Value(name, on)
}

// since is one dated value of a parameter.
func since(day, value string, source hr.Source) hr.ParameterStep {
	return hr.ParameterStep{Since: hr.MustDate(day), Value: decimal.RequireFromString(value), Source: source, Reviewed: reviewed()}
}

// doubtful is [since] with the reason for the doubt, which every explanation shows.
func doubtful(day, value string, source hr.Source, why string) hr.ParameterStep {
	s := since(day, value, source)
	s.Uncertain = why
	return s
}

// ends is the day from which a parameter has no value.
func ends(day string, source hr.Source) hr.ParameterStep {
	return hr.ParameterStep{Since: hr.MustDate(day), Ends: true, Source: source, Reviewed: reviewed()}
}

// rows is the schedule of one text from a day on.
func rows(text, day string, source hr.Source, list ...hr.TableRow) hr.TableStep {
	return hr.TableStep{Text: text, Since: hr.MustDate(day), Rows: list, Source: source, Reviewed: reviewed()}
}

// doubtfulRows is [rows] with the reason for the doubt.
func doubtfulRows(text, day string, source hr.Source, why string, list ...hr.TableRow) hr.TableStep {
	s := rows(text, day, source, list...)
	s.Uncertain = why
	return s
}

// upTo, below and above are the rows of schedules, in whole rupees, months or percent.
func upTo(limit, value int64) hr.TableRow  { return row(hr.UpTo, limit, value) }
func below(limit, value int64) hr.TableRow { return row(hr.Below, limit, value) }
func above(value int64) hr.TableRow        { return row(hr.Above, 0, value) }

func row(bound hr.Bound, limit, value int64) hr.TableRow {
	return hr.TableRow{Bound: bound, Limit: decimal.NewFromInt(limit), Value: decimal.NewFromInt(value)}
}
