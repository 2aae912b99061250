package in

import (
	"maps"
	"slices"

	"github.com/musterhr/hr"
	"github.com/shopspring/decimal"
)

// taxYear is the new regime of the tax years from a day on. Amounts are rupees; slabs and surcharge are pairs of an upper limit and a
// percent, the last one without a limit.
type taxYear struct {
	since             string
	source            hr.Source // of slabs and rebate
	doubt             string
	slabs             [][2]int64
	standardDeduction string
	rebateLimit       string
	rebate            string
	rebateRelief      string // 1: marginal relief just above the limit
	surcharge         [][2]int64
}

const open = 0 // no upper limit: the last slab

// taxYears are the years with known rates. On [taxEnds] they end: the rates of a later year are law only when its Finance Act is.
func taxYears() []taxYear {
	four := fourBands()
	capped := [][2]int64{{5000000, 0}, {10000000, 10}, {20000000, 15}, {open, 25}}
	latest := [][2]int64{{400000, 0}, {800000, 5}, {1200000, 10}, {1600000, 15}, {2000000, 20}, {2400000, 25}, {open, 30}}
	return []taxYear{
		{
			since: "2020-04-01", source: published("Income-tax Act 1961", "s.115BAC(1), s.87A", "1961-09-13", notReadAgain),
			slabs:             [][2]int64{{250000, 0}, {500000, 5}, {750000, 10}, {1000000, 15}, {1250000, 20}, {1500000, 25}, {open, 30}},
			standardDeduction: "0", rebateLimit: "500000", rebate: "12500", rebateRelief: "0", surcharge: four,
		},
		{
			since: "2023-04-01", source: financeAct("2023", "s.115BAC(1A), s.87A of the 1961 Act; "+notReadAgain, "2023-03-31"),
			slabs:             [][2]int64{{300000, 0}, {600000, 5}, {900000, 10}, {1200000, 15}, {1500000, 20}, {open, 30}},
			standardDeduction: "50000", rebateLimit: "700000", rebate: "25000", rebateRelief: "1", surcharge: capped,
		},
		{
			since: "2024-04-01", source: published("Finance (No. 2) Act 2024; CBDT Circular 3/2025", "s.115BAC(1A), s.87A of the 1961 Act", "2024-08-16", ""),
			slabs:             [][2]int64{{300000, 0}, {700000, 5}, {1000000, 10}, {1200000, 15}, {1500000, 20}, {open, 30}},
			standardDeduction: "75000", rebateLimit: "700000", rebate: "25000", rebateRelief: "1", surcharge: capped,
		},
		{
			since: "2025-04-01", source: financeAct("2025", "s.115BAC(1A), s.87A of the 1961 Act", "2025-03-29"), slabs: latest,
			standardDeduction: "75000", rebateLimit: "1200000", rebate: "60000", rebateRelief: "1", surcharge: capped,
		},
		{
			since: "2026-04-01", source: taxAct2025("s.202(1), s.156(2)"), slabs: latest,
			doubt:             "practice applies s.202(1) and the 25 % cap of surcharge to salary; the text that makes them the rates in force for s.392 was not found",
			standardDeduction: "75000", rebateLimit: "1200000", rebate: "60000", rebateRelief: "1", surcharge: capped,
		},
	}
}

// fourBands are the surcharge of the old regime, and of the new one before 1 April 2023.
func fourBands() [][2]int64 {
	return [][2]int64{{5000000, 0}, {10000000, 10}, {20000000, 15}, {50000000, 25}, {open, 37}}
}

const taxEnds = "2027-04-01"

func nextFinanceAct() hr.Source {
	return published("Finance Act of the year", "rates from 1 April 2027", "", "not enacted at the review")
}

func taxParams() []hr.Parameter {
	return slices.Concat(regimeParams(), salaryIncomeParams(), deductionParams(), perquisiteParams(), tdsParams(), taxLateParams(), taxDateParams(), ltaParams())
}

func taxTables() []hr.Table {
	return slices.Concat(regimeTables(), []hr.Table{hraShares(), statementDates()}, perquisiteTables())
}

// regimeParams are the numbers of both regimes. Those of the old one have not changed in the years here.
func regimeParams() []hr.Parameter {
	return []hr.Parameter{
		byYear("tax.new.standard_deduction", "Standard deduction, new regime", "money", func(y taxYear) (string, hr.Source) {
			return y.standardDeduction, standardDeductionSource(y)
		}),
		byYear("tax.new.rebate_limit", "Taxable income up to which the rebate is given, new regime", "money", func(y taxYear) (string, hr.Source) { return y.rebateLimit, y.source }),
		byYear("tax.new.rebate", "Rebate at most, new regime", "money", func(y taxYear) (string, hr.Source) { return y.rebate, y.source }),
		byYear("tax.new.rebate_relief", "Marginal relief above the limit of the rebate (1 yes, 0 no), new regime", "count", func(y taxYear) (string, hr.Source) { return y.rebateRelief, y.source }),
		ofTax("tax.old.standard_deduction", "Standard deduction, old regime", "money", "50000", taxAct1961("s.16(ia)"), taxAct2025("s.19(1) Table Sl. 2")),
		ofTax("tax.old.rebate_limit", "Taxable income up to which the rebate is given, old regime", "money", "500000", taxAct1961("s.87A"), taxAct2025("s.156(1)")),
		ofTax("tax.old.rebate", "Rebate at most, old regime", "money", "12500", taxAct1961("s.87A"), taxAct2025("s.156(1)")),
		{
			Name: "tax.cess", Title: "Health and education cess", Unit: "percent", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
				since("2018-04-01", "4", published("Finance Act 2018", "s.2", "2018-03-29", notReadAgain)),
				since(newAct, "4", financeAct("2026 (No. 4 of 2026)", "s.3(16)", "2026-03-30")),
				ends(taxEnds, nextFinanceAct()),
			},
		},
	}
}

// newAct is the day of the first salary under the Income-tax Act 2025, and oldest the first day of payment that is answered.
const (
	newAct = "2026-04-01"
	oldest = "2020-04-01"
)

// ofTax is one number that both Acts have alike.
func ofTax(name, title, unit, value string, old, now hr.Source) hr.Parameter {
	return hr.Parameter{
		Name: name, Title: title, Unit: unit, Basis: hr.ByPayDate,
		Steps: []hr.ParameterStep{since(oldest, value, old), since(newAct, value, now), ends(taxEnds, nextFinanceAct())},
	}
}

func standardDeductionSource(y taxYear) hr.Source {
	if y.since >= newAct {
		return taxAct2025("s.19(1) Table Sl. 2")
	}
	return taxAct1961("s.16(ia)")
}

// byYear is one number of every tax year.
func byYear(name, title, unit string, pick func(taxYear) (string, hr.Source)) hr.Parameter {
	p := hr.Parameter{Name: name, Title: title, Unit: unit, Basis: hr.ByPayDate}
	for _, y := range taxYears() {
		v, source := pick(y)
		p.Steps = append(p.Steps, since(y.since, v, source))
	}
	p.Steps = append(p.Steps, ends(taxEnds, nextFinanceAct()))
	return p
}

// oldSlabs are those of the old regime by the text of the age. They have not changed in the years here.
func oldSlabs() map[string][][2]int64 {
	return map[string][][2]int64{
		"old":        {{250000, 0}, {500000, 5}, {1000000, 20}, {open, 30}},
		"old/60to79": {{300000, 0}, {500000, 5}, {1000000, 20}, {open, 30}},
		"old/80plus": {{500000, 0}, {1000000, 20}, {open, 30}},
	}
}

// regimeTables are by the text of the regime, slabs of the old one by age too. Threshold and rate of surcharge come from one list, so
// they cannot disagree.
func regimeTables() []hr.Table {
	table := func(name, title string, kind hr.TableKind, value string) hr.Table {
		return hr.Table{Name: name, Title: title, Kind: kind, Key: "money", Value: value, ByText: true, Basis: hr.ByPayDate}
	}
	slabs := table("tax.slabs", "Income tax by slabs", hr.Slabs, "percent")
	rates := table("tax.surcharge", "Surcharge on income tax", hr.Bands, "percent")
	thresholds := table("tax.surcharge_threshold", "The highest threshold of surcharge that income is above", hr.Bands, "money")
	surcharge := func(text, day, doubt string, source hr.Source, list [][2]int64) {
		rates.Steps = append(rates.Steps, doubtfulRows(text, day, source, doubt, percentRows(list)...))
		thresholds.Steps = append(thresholds.Steps, doubtfulRows(text, day, source, doubt, thresholdRows(list)...))
	}
	for _, y := range taxYears() {
		slabs.Steps = append(slabs.Steps, doubtfulRows("new", y.since, y.source, y.doubt, percentRows(y.slabs)...))
		surcharge("new", y.since, y.doubt, surchargeSource(y.since), y.surcharge)
	}
	old := oldSlabs()
	for _, text := range slices.Sorted(maps.Keys(old)) {
		slabs.Steps = append(
			slabs.Steps,
			rows(text, oldest, published("Finance Act of the year", "First Schedule Part III, Paragraph A", "", notReadAgain), percentRows(old[text])...),
			rows(text, newAct, financeAct("2026 (No. 4 of 2026)", "First Schedule Part III, Paragraph A", "2026-03-30"), percentRows(old[text])...),
		)
	}
	for _, day := range []string{oldest, newAct} {
		surcharge("old", day, "", surchargeSource(day), fourBands())
	}
	return []hr.Table{endingWithTheYear(slabs), endingWithTheYear(rates), endingWithTheYear(thresholds)}
}

// endingWithTheYear ends every text of a table with the last tax year that is law.
func endingWithTheYear(t hr.Table) hr.Table {
	for _, text := range t.Texts() {
		t.Steps = append(t.Steps, hr.TableStep{Text: text, Since: hr.MustDate(taxEnds), Ends: true, Source: nextFinanceAct(), Reviewed: reviewed()})
	}
	return t
}

func surchargeSource(day string) hr.Source {
	if day >= newAct {
		return financeAct("2026 (No. 4 of 2026)", "First Schedule Part III, Paragraph F; s.3(12)(b)", "2026-03-30")
	}
	return published("Finance Act of the year", "First Schedule Part III", "", notReadAgain)
}

func percentRows(list [][2]int64) []hr.TableRow {
	out := make([]hr.TableRow, 0, len(list))
	for _, r := range list[:len(list)-1] {
		out = append(out, upTo(r[0], r[1]))
	}
	return append(out, above(list[len(list)-1][1]))
}

// thresholdRows answers, instead of the rate, the threshold that income in the row is above.
func thresholdRows(list [][2]int64) []hr.TableRow {
	out := percentRows(list)
	crossed := decimal.Zero
	for i := range out {
		out[i].Value, crossed = crossed, out[i].Limit
	}
	return out
}
