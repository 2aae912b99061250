package in

import (
	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

const (
	draftOnly    = "the figure was read in texts about the draft Rules; the final is reported the same"
	disputedEdge = "whether all or only the excess is taxed above the limit is disputed; the excess is practice"
)

// perquisiteParams are what a benefit in kind is worth, or up to what it is free.
func perquisiteParams() []hr.Parameter {
	value := func(name, title, before, now, rule, doubtBefore string) hr.Parameter {
		doubtNow := draftOnly
		if doubtBefore != "" {
			doubtNow += "; " + doubtBefore
		}
		return hr.Parameter{Name: name, Title: title, Unit: "money", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			doubtful(oldest, before, taxRules1962(rule), doubtBefore),
			doubtful(newAct, now, taxRules2026("r.15"), doubtNow),
			ends(taxEnds, nextFinanceAct()),
		}}
	}
	return []hr.Parameter{
		value("perquisite.driver", "Driver of the employer's car, a month", "900", "3000", "rule 3(2)", ""),
		value("perquisite.meal", "Free meal in working hours, up to", "50", "200", "rule 3(7)(iii)", ""),
		value("perquisite.gifts", "Gifts of a year, up to", "5000", "15000", "rule 3(7)(iv)", disputedEdge),
		value("perquisite.small_loan", "Loans that are ignored, up to", "20000", "200000", "rule 3(7)(i)", ""),
		value("perquisite.school", "Place in the employer's school, a child and month, up to", "1000", "3000", "rule 3(5)", disputedEdge),
	}
}

// perquisiteTables are the car by who pays its running, and the house by the size of the city.
func perquisiteTables() []hr.Table {
	car := hr.Table{
		Name: "perquisite.car", Title: "Employer's car for duty and private use, a month, by litres of the engine",
		Kind: hr.Bands, Key: "number", Value: "money", ByText: true, Basis: hr.ByPayDate,
	}
	for _, c := range []struct {
		text, day    string
		small, large int64
		source       hr.Source
		doubt        string
	}{
		{"employer", oldest, 1800, 2400, taxRules1962("rule 3(2)"), ""},
		{"employer", newAct, 5000, 7000, taxRules2026("r.15"), draftOnly},
		{"employee", oldest, 600, 900, taxRules1962("rule 3(2)"), ""},
		{"employee", newAct, 2000, 3000, taxRules2026("r.15"), draftOnly + "; 3,000 is uncertain"},
	} {
		small := hr.TableRow{Bound: hr.UpTo, Limit: decimal.New(16, -1), Value: decimal.NewFromInt(c.small)} // 1.6 litres
		car.Steps = append(car.Steps, doubtfulRows(c.text, c.day, c.source, c.doubt, upTo(0, 0), small, above(c.large)))
	}
	housing := hr.Table{
		Name: "perquisite.housing", Title: "Employer's own unfurnished house, share of salary, by the size of the city",
		Kind: hr.Bands, Key: "money", Value: "percent", ByText: true, Basis: hr.ByPayDate,
	}
	for _, h := range []struct{ text, percent string }{{"large", "10"}, {"medium", "7.5"}, {"small", "5"}} {
		share := hr.TableRow{Bound: hr.Above, Value: decimal.RequireFromString(h.percent)}
		housing.Steps = append(
			housing.Steps,
			rows(h.text, "2023-09-01", taxRules1962("rule 3(1), from 1 September 2023"), share),
			rows(h.text, newAct, published("Income-tax Rules 2026, G.S.R. 198(E)", "r.15", "2026-03-20", "not read again for this review"), share),
		)
	}
	for _, t := range []*hr.Table{&car, &housing} {
		for _, text := range t.Texts() {
			t.Steps = append(t.Steps, hr.TableStep{Text: text, Since: hr.MustDate(taxEnds), Ends: true, Source: nextFinanceAct(), Reviewed: reviewed()})
		}
	}
	return []hr.Table{car, housing}
}
