package in

import (
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
	four := [][2]int64{{5000000, 0}, {10000000, 10}, {20000000, 15}, {50000000, 25}, {open, 37}}
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

const taxEnds = "2027-04-01"

func nextFinanceAct() hr.Source {
	return published("Finance Act of the year", "rates from 1 April 2027", "", "not enacted at the review")
}

func taxParams() []hr.Parameter {
	percent := func(name, title string, steps ...hr.ParameterStep) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: "percent", Basis: hr.ByPayDate, Steps: steps}
	}
	return []hr.Parameter{
		byYear("tax.new.standard_deduction", "Standard deduction, new regime", "money", func(y taxYear) (string, hr.Source) {
			return y.standardDeduction, standardDeductionSource(y)
		}),
		byYear("tax.new.rebate_limit", "Taxable income up to which the rebate is given, new regime", "money", func(y taxYear) (string, hr.Source) { return y.rebateLimit, y.source }),
		byYear("tax.new.rebate", "Rebate at most, new regime", "money", func(y taxYear) (string, hr.Source) { return y.rebate, y.source }),
		byYear("tax.new.rebate_relief", "Marginal relief above the limit of the rebate (1 yes, 0 no), new regime", "count", func(y taxYear) (string, hr.Source) { return y.rebateRelief, y.source }),
		percent("tax.cess", "Health and education cess",
			since("2018-04-01", "4", published("Finance Act 2018", "s.2", "2018-03-29", notReadAgain)),
			since("2026-04-01", "4", financeAct("2026 (No. 4 of 2026)", "s.3(16)", "2026-03-30")),
			ends(taxEnds, nextFinanceAct())),
		percent("tds.no_pan_rate", "Least rate of tax on salary without a PAN",
			since("2020-04-01", "20", taxAct1961("s.206AA")),
			doubtful("2026-04-01", "20", taxAct2025("s.397(2)"), "read in secondary sources; that the 20 % bears no cess and looks past the rebate is practice")),
		{
			Name: "tds.rounding_step", Title: "Monthly income tax is rounded to the nearest", Unit: "money", Basis: hr.ByPayDate,
			Steps: []hr.ParameterStep{doubtful("2020-04-01", "1", taxAct1961("s.192; from 1 April 2026 s.392 of the 2025 Act"), "neither section rounds; to the rupee is practice")},
		},
	}
}

func standardDeductionSource(y taxYear) hr.Source {
	if y.since >= "2026-04-01" {
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

// taxTables are by the text of the regime. Threshold and rate of surcharge come from one list, so they cannot disagree.
func taxTables() []hr.Table {
	table := func(name, title string, kind hr.TableKind, value string, rowsOf func(taxYear) ([]hr.TableRow, hr.Source)) hr.Table {
		t := hr.Table{Name: name, Title: title, Kind: kind, Key: "money", Value: value, ByText: true, Basis: hr.ByPayDate}
		for _, y := range taxYears() {
			list, source := rowsOf(y)
			t.Steps = append(t.Steps, doubtfulRows("new", y.since, source, y.doubt, list...))
		}
		t.Steps = append(t.Steps, hr.TableStep{Text: "new", Since: hr.MustDate(taxEnds), Ends: true, Source: nextFinanceAct(), Reviewed: reviewed()})
		return t
	}
	return []hr.Table{
		table("tax.slabs", "Income tax by slabs", hr.Slabs, "percent", func(y taxYear) ([]hr.TableRow, hr.Source) { return percentRows(y.slabs), y.source }),
		table("tax.surcharge", "Surcharge on income tax", hr.Bands, "percent", func(y taxYear) ([]hr.TableRow, hr.Source) {
			return percentRows(y.surcharge), surchargeSource(y)
		}),
		table("tax.surcharge_threshold", "The highest threshold of surcharge that income is above", hr.Bands, "money", func(y taxYear) ([]hr.TableRow, hr.Source) {
			list := percentRows(y.surcharge)
			crossed := decimal.Zero
			for i := range list {
				list[i].Value, crossed = crossed, list[i].Limit
			}
			return list, surchargeSource(y)
		}),
	}
}

func surchargeSource(y taxYear) hr.Source {
	if y.since >= "2026-04-01" {
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
