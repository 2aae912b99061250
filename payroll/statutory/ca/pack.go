package ca

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
)

//go:embed contributions.rules
var contributionRules string

//go:embed income.rules
var incomeRules string

//go:embed annual.rules
var annualRules string

// Pack returns the law of Canada outside Quebec that this package covers, a fresh value at each call. It was last reviewed on 26 November
// 2026. Every value is read by the day of payment; the tax year is the calendar year, and some values change on 1 July.
func Pack() payroll.Pack {
	return payroll.Pack{
		Code: "ca", Name: "Canada outside Quebec", Reviewed: book.Reviewed, ReviewMonths: 12,
		Params:      slices.Concat(contributionParams(), creditParams(), provinceParams(), remitParams(), finalPayParams()),
		Tables:      slices.Concat(taxTables(), healthTables(), []hr.Table{monthTable()}),
		Identifiers: identifiers(),
		Retention:   retention(),
		Components: []payroll.Component{
			{Name: "ca/contributions.rules", Text: contributionRules, Source: t4127("122nd", "chapters 6 and 7")},
			{Name: "ca/income.rules", Text: written(), Source: t4127("122nd", "chapters 4 and 5")},
		},
	}
}

var book = law.Book{Reviewed: hr.MustDate("2026-11-26")}

var annualCall, amountCall = regexp.MustCompile(`(?m)^@annual\((\w+)\)$`), regexp.MustCompile(`@(bpaf|bpamb)\(([\w.]+)\)`)

// written is the text of the income formulas: tax of a year is worked out on three incomes by the same formulas, which are written once,
// with @ for the income and % for its name in titles.
func written() string {
	text := annualCall.ReplaceAllStringFunc(incomeRules, func(call string) string {
		income := annualCall.FindStringSubmatch(call)[1]
		told := map[string]string{"regular": "on regular pay", "before_bonus": "before this bonus", "with_bonus": "with this bonus"}[income]
		return strings.NewReplacer("@bpa", "@bpa", "@", income, "%", told).Replace(annualRules)
	})
	return amountCall.ReplaceAllStringFunc(text, func(call string) string {
		m := amountCall.FindStringSubmatch(call)
		if m[1] == "bpaf" {
			return "(basic.federal - round(min(max(0, " + m[2] + " - basic.federal_from), basic.federal_to - basic.federal_from) * basic.federal_taper / (basic.federal_to - basic.federal_from), 0.01))"
		}
		return "(basic.manitoba - round(min(max(0, " + m[2] + " - basic.manitoba_from), basic.manitoba_from) * basic.manitoba / basic.manitoba_from, 0.01))"
	})
}

// The editions of the guide, by the first day of payment that each holds for. From ends on nothing is known.
const (
	from2025     = "2025-01-01"
	fromJuly2025 = "2025-07-01"
	from2026     = "2026-01-01"
	fromJuly2026 = "2026-07-01"
	ends         = "2027-01-01"
)

var editions = map[string]string{from2025: "120th", fromJuly2025: "121st", from2026: "122nd", fromJuly2026: "123rd"}

func t4127(edition, section string) hr.Source {
	return hr.Source{Title: "CRA guide T4127, Payroll Deductions Formulas, " + edition + " edition", Section: section}
}

// unseen is the doubt about the newest edition.
const unseen = "the 123rd edition was read in transcriptions that agree, not in print"

// dated is a parameter by day and value.
func dated(name, title, unit, section string, values ...string) hr.Parameter {
	p := hr.Parameter{Name: name, Title: title, Unit: unit, Basis: hr.ByPayDate}
	for i := 0; i < len(values); i += 2 {
		p.Steps = append(p.Steps, book.Since(values[i], values[i+1], t4127(editions[values[i]], section)))
	}
	p.Steps = append(p.Steps, book.Ends(ends, t4127("124th", section)))
	return p
}
