package us

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
)

// year is what the schedules of one year are built from: the standard deduction and, of each rate but the highest, where its bracket of
// taxable income ends.
type year struct {
	year      string
	doubt     string
	deduction map[string]int64
	tops      map[string][6]int64
}

var rates = [...]string{"10", "12", "22", "24", "32", "35", "37"}

func years() []year {
	const unconfirmed = "built from the year's brackets; the printed schedule was not read"
	return []year{
		{
			"2023", unconfirmed,
			map[string]int64{"S": 13850, "M": 27700, "H": 20800},
			map[string][6]int64{"S": {11000, 44725, 95375, 182100, 231250, 578125}, "M": {22000, 89450, 190750, 364200, 462500, 693750}, "H": {15700, 59850, 95350, 182100, 231250, 578100}},
		},
		{
			"2024", unconfirmed,
			map[string]int64{"S": 14600, "M": 29200, "H": 21900},
			map[string][6]int64{"S": {11600, 47150, 100525, 191950, 243725, 609350}, "M": {23200, 94300, 201050, 383900, 487450, 731200}, "H": {16550, 63100, 100500, 191950, 243700, 609350}},
		},
		{
			"2025", "built from the year's brackets; of the printed schedules only those of single persons were read",
			map[string]int64{"S": 15000, "M": 30000, "H": 22500},
			map[string][6]int64{"S": {11925, 48475, 103350, 197300, 250525, 626350}, "M": {23850, 96950, 206700, 394600, 501050, 751600}, "H": {17000, 64850, 103350, 197300, 250500, 626350}},
		},
		{
			"2026", "",
			map[string]int64{"S": 16100, "M": 32200, "H": 24150},
			map[string][6]int64{"S": {12400, 50400, 105700, 201775, 256225, 640600}, "M": {24800, 100800, 211400, 403550, 512450, 768700}, "H": {17700, 67450, 105700, 201750, 256200, 640600}},
		},
	}
}

// What Worksheet 1A takes off for who has not checked the box of step 2, and what an allowance of an older form is worth.
const (
	adjustmentMarried = 12900
	adjustmentOther   = 8600
	allowance         = 4300
)

func fitParams() []hr.Parameter {
	deduction := hr.Parameter{Name: "fit.standard_deduction_single", Title: "Standard deduction of a single person", Unit: "money", Basis: hr.ByPayDate}
	for _, y := range years() {
		s := book.Since(y.year+"-01-01", decimal.NewFromInt(y.deduction["S"]).String(), pub15T(y.year, "nonresident alien employees, table 2"))
		s.Uncertain = y.doubt
		deduction.Steps = append(deduction.Steps, s)
	}
	deduction.Steps = append(deduction.Steps, book.Ends(yearEnd, pub15T("", "")))
	worksheet := pub15T("2026", "Worksheet 1A, line 1g and step 1(k)")
	// same is an amount that was read for 2026 and is known to have been the same before.
	same := func(name, title string, amount int64) hr.Parameter {
		value := decimal.NewFromInt(amount).String()
		p := constant(name, title, "money", value, worksheet)
		p.Steps[0] = law.Doubtful(p.Steps[0], "known, and read for 2026 only")
		p.Steps = slices.Insert(p.Steps, 1, book.Since("2026-01-01", value, worksheet))
		return p
	}
	return []hr.Parameter{
		deduction,
		same("fit.adjustment_married", "Taken off for married filing jointly", adjustmentMarried),
		same("fit.adjustment_other", "Taken off for everybody else", adjustmentOther),
		same("fit.allowance", "Worth of an allowance of an older form", allowance),
	}
}

// fitTables builds the annual percentage schedules: of each status the standard one, and behind it, with a 2, that for a checked box.
// Printed schedules of 2026 come out of the same rule cell for cell.
func fitTables() []hr.Table {
	table := func(name, title, value string) hr.Table {
		return hr.Table{Name: name, Title: title, Kind: hr.Bands, Key: "money", Value: value, ByText: true, Basis: hr.ByPayDate}
	}
	lower := table("fit.lower", "Where the row of the schedule begins", "money")
	base := table("fit.base", "Amount at the beginning of the row", "money")
	rate := table("fit.rate", "Rate within the row", "percent")
	two := decimal.NewFromInt(2)
	dollar, cent := hr.MustRounding("1", hr.HalfUp), hr.MustRounding("0.01", hr.HalfUp)
	half := func(d decimal.Decimal, r hr.Rounding) decimal.Decimal {
		out, err := r.Ratio(d, two)
		if err != nil { // both roundings are literals above
			panic(err)
		}
		return out
	}
	for _, y := range years() {
		for _, status := range []string{"S", "M", "H"} {
			deduction, off := decimal.NewFromInt(y.deduction[status]), int64(adjustmentOther)
			if status == "M" {
				off = adjustmentMarried
			}
			first := deduction.Sub(decimal.NewFromInt(off))
			standard := []fitRow{{rate: "0"}, {lower: first, rate: rates[0]}}
			checked := []fitRow{{rate: "0"}, {lower: half(deduction, dollar), rate: rates[0]}}
			tax, from := decimal.Zero, decimal.Zero
			for i, top := range y.tops[status] {
				to := decimal.NewFromInt(top)
				tax = tax.Add(to.Sub(from).Mul(decimal.RequireFromString(rates[i])).Shift(-2))
				standard = append(standard, fitRow{first.Add(to), tax, rates[i+1]})
				checked = append(checked, fitRow{half(deduction.Add(to), dollar), half(tax, cent), rates[i+1]})
				from = to
			}
			for _, schedule := range []struct {
				text string
				rows []fitRow
			}{{status, standard}, {status + "2", checked}} {
				text, rows := schedule.text, schedule.rows
				since := y.year + "-01-01"
				for _, t := range []struct {
					to    *hr.Table
					value func(fitRow) string
				}{
					{&lower, func(r fitRow) string { return r.lower.String() }}, {&base, func(r fitRow) string { return r.base.String() }}, {&rate, func(r fitRow) string { return r.rate }},
				} {
					step := book.Rows(text, since, pub15T(y.year, "annual percentage method tables"), bandsOf(rows, t.value)...)
					step.Uncertain = y.doubt
					t.to.Steps = append(t.to.Steps, step)
					if y.year == "2026" {
						t.to.Steps = append(t.to.Steps, book.RowsEnd(text, yearEnd, pub15T("", "")))
					}
				}
			}
		}
	}
	return []hr.Table{lower, base, rate}
}

// formTables are what the words of the form stand for; another word is an error.
func formTables() []hr.Table {
	periods := hr.Table{Name: "fit.periods", Title: "Payments of a year", Kind: hr.Bands, Key: "count", Value: "count", ByText: true, Basis: hr.ByPayDate}
	source := pub15T("2026", "table 3")
	for _, every := range [][2]string{{"annual", "1"}, {"semiannual", "2"}, {"quarterly", "4"}, {"monthly", "12"}, {"semimonthly", "24"}, {"biweekly", "26"}, {"weekly", "52"}, {"daily", "260"}} {
		periods.Steps = append(periods.Steps, book.Rows(every[0], "2023-01-01", source, law.Above(every[1])), book.RowsEnd(every[0], yearEnd, source))
	}
	form := hr.Table{Name: "fit.form", Title: "Form W-4: 1 of 2019 or earlier, 2 of 2020 or later", Kind: hr.Bands, Key: "count", Value: "count", ByText: true, Basis: hr.ByPayDate}
	source = pub15T("2026", "Worksheet 1A, step 1")
	for _, of := range [][2]string{{"2019", "1"}, {"2020", "2"}} {
		form.Steps = append(form.Steps, book.Rows(of[0], "2023-01-01", source, law.Above(of[1])), book.RowsEnd(of[0], yearEnd, source))
	}
	return []hr.Table{periods, form}
}

type fitRow struct {
	lower, base decimal.Decimal
	rate        string
}

// bandsOf writes one column of a schedule: each row up to where the next one begins.
func bandsOf(rows []fitRow, value func(fitRow) string) []hr.TableRow {
	var out []hr.TableRow
	for i, r := range rows {
		if i+1 < len(rows) {
			out = append(out, law.Below(rows[i+1].lower.String(), value(r)))
		} else {
			out = append(out, law.Above(value(r)))
		}
	}
	return out
}
