package us

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
)

//go:embed fit.rules
var fitRules string

//go:embed worksheet.rules
var worksheetRules string

//go:embed supplemental.rules
var supplementalRules string

//go:embed fica.rules
var ficaRules string

// Pack returns the federal law of the United States that this package covers, a fresh value at each call. It was last reviewed on 26
// November 2026. Every value is read by the day of payment; the tax year is the calendar year.
func Pack() payroll.Pack {
	return payroll.Pack{
		Code: "us", Name: "United States, federal", Reviewed: book.Reviewed, ReviewMonths: 12,
		Params:      slices.Concat(fitParams(), supplementalParams(), ficaParams(), depositParams()),
		Tables:      slices.Concat(fitTables(), formTables(), futaTables()),
		Identifiers: identifiers(),
		Retention:   retention(),
		Components: []payroll.Component{
			{Name: "us/fit.rules", Text: written(fitRules), Source: pub15T("", "")},
			{Name: "us/supplemental.rules", Text: written(supplementalRules), Source: pub15("section 7")},
			{Name: "us/fica.rules", Text: ficaRules, Source: pub15("sections 9 and 14")},
		},
	}
}

var worksheetCall = regexp.MustCompile(`(?m)^@worksheet\((\w+)\)$`)

// written is a text of formulas with the worksheet filled in, which is worked through on regular wages and again with supplemental ones.
func written(text string) string {
	return worksheetCall.ReplaceAllStringFunc(text, func(call string) string {
		return strings.ReplaceAll(worksheetRules, "@", worksheetCall.FindStringSubmatch(call)[1])
	})
}

var book = law.Book{Reviewed: hr.MustDate("2026-11-26")}

// yearEnd is the first day without known values.
const yearEnd = "2027-01-01"

func pub15T(year, section string) hr.Source {
	title := "IRS Publication 15-T, Federal Income Tax Withholding Methods"
	if year != "" {
		title += " (" + year + ")"
	}
	return hr.Source{Title: title, Section: section, Link: "https://www.irs.gov/pub15t"}
}

func pub15(section string) hr.Source {
	return hr.Source{Title: "IRS Publication 15, Employer's Tax Guide (2026)", Section: section, Link: "https://www.irs.gov/pub15"}
}

// constant is a parameter with one value from 2023 on.
func constant(name, title, unit, value string, source hr.Source) hr.Parameter {
	return hr.Parameter{
		Name: name, Title: title, Unit: unit, Basis: hr.ByPayDate,
		Steps: []hr.ParameterStep{book.Since("2023-01-01", value, source), book.Ends(yearEnd, source)},
	}
}
