package in

import (
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
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
	return slices.Concat(citySizes(), []hr.Parameter{
		value("perquisite.driver", "Driver of the employer's car, a month", "900", "3000", "rule 3(2)", ""),
		value("perquisite.meal", "Free meal in working hours, up to", "50", "200", "rule 3(7)(iii)", ""),
		value("perquisite.gifts", "Gifts of a year, up to", "5000", "15000", "rule 3(7)(iv)", disputedEdge),
		value("perquisite.small_loan", "Loans that are ignored, up to", "20000", "200000", "rule 3(7)(i)", ""),
		{Name: "perquisite.all_above_limit", Title: "Gifts and school places above their limit are taxed wholly (1 yes; 0: what is above it)", Unit: "count", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			doubtful(oldest, "0", taxRules1962("rule 3(5), 3(7)(iv)"), disputedEdge),
			doubtful(newAct, "0", taxRules2026("r.15"), disputedEdge),
			ends(taxEnds, nextFinanceAct()),
		}},
		ofTax("perquisite.furniture", "Employer's furniture in its house, share of its cost a year", "percent", "10", taxRules1962("rule 3(1)"), rule15NotRead()),
		value("perquisite.school", "Place in the employer's school, a child and month, up to", "1000", "3000", "rule 3(5)", disputedEdge),
	})
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
	housing := housingShares()
	return []hr.Table{endingWithTheYear(car), endingWithTheYear(housing)}
}

// housingShares is the share of salary that the employer's house is worth: its own by the size of the city, and a hired house or a hotel
// up to that share.
func housingShares() hr.Table {
	const changed = "2023-09-01"
	now := published("Income-tax Rules 1962, Notification 65/2023 (G.S.R. 615(E))", "rule 3(1), from 1 September 2023", "2023-08-18", "")
	t := hr.Table{
		Name: "perquisite.housing", Title: "Employer's house, share of salary: its own by the size of the city; a hired house and a hotel at most",
		Kind: hr.Bands, Key: "money", Value: "percent", ByText: true, Basis: hr.ByPayDate,
	}
	for _, h := range []struct{ text, before, since string }{
		{"large", "15", "10"},
		{"medium", "10", "7.5"},
		{"small", "7.5", "5"},
		{"hired", "15", "10"},
		{"hotel", "24", "24"},
	} {
		share := func(percent string) hr.TableRow {
			return hr.TableRow{Bound: hr.Above, Value: decimal.RequireFromString(percent)}
		}
		t.Steps = append(
			t.Steps,
			rows(h.text, oldest, taxRules1962("rule 3(1), to 31 August 2023"), share(h.before)),
			rows(h.text, changed, now, share(h.since)),
			doubtfulRows(h.text, newAct, rule15NotRead(), "the Rules of 2026 were read in texts about their draft only", share(h.since)),
		)
	}
	return t
}

func rule15NotRead() hr.Source {
	return published("Income-tax Rules 2026, G.S.R. 198(E)", "r.15(2)", "2026-03-20", "not read again for this review")
}

// citySizes are the populations above which a city is large or medium, by the census that the rule names: 2001, and from September 2023 2011.
func citySizes() []hr.Parameter {
	size := func(name, title, before, now string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: "count", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			since(oldest, before, taxRules1962("rule 3(1), census of 2001")),
			since("2023-09-01", now, published("Income-tax Rules 1962, Notification 65/2023 (G.S.R. 615(E))", "rule 3(1), census of 2011", "2023-08-18", "")),
			doubtful(newAct, now, rule15NotRead(), "the Rules of 2026 were read in texts about their draft only"),
			ends(taxEnds, nextFinanceAct()),
		}}
	}
	return []hr.Parameter{
		size("perquisite.large_city", "Population above which a city is large", "2500000", "4000000"),
		size("perquisite.medium_city", "Population above which a city is of medium size", "1000000", "1500000"),
	}
}

// HousingCity sizes the city of an employer's own house by its population, in the words of the input housing: large, medium or small. The
// population is that of the census of 2011, of 2001 for salary paid before 1 September 2023. It returns a [hr.FieldError] with
// RuleNegative for a population below zero, and a [hr.ParameterError] for a day of payment without a value in p.
func HousingCity(p payroll.Pack, paid hr.Date, population int) (string, error) {
	if population < 0 {
		return "", &hr.FieldError{Path: "population", Rule: RuleNegative, Reason: "must not be negative"}
	}
	people := decimal.NewFromInt(int64(population))
	for _, size := range []string{"large", "medium"} {
		above, err := value(p, "perquisite."+size+"_city", paid)
		if err != nil {
			return "", err
		}
		if people.Cmp(above) > 0 {
			return size, nil
		}
	}
	return "small", nil
}
