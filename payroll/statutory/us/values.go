package us

import (
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
)

func supplementalParams() []hr.Parameter {
	return []hr.Parameter{
		constant("supplemental.rate", "Flat rate on supplemental wages", "percent", "22", pub15("section 7")),
		constant("supplemental.high_rate", "Rate above the limit", "percent", "37", pub15("section 7")),
		constant("supplemental.limit", "Supplemental wages of the year up to which the flat rate holds", "money", "1000000", pub15("section 7")),
	}
}

func ficaParams() []hr.Parameter {
	base := hr.Parameter{Name: "fica.wage_base", Title: "Social Security wage base", Unit: "money", Basis: hr.ByPayDate}
	ssa := hr.Source{Title: "Social Security Administration, Contribution and Benefit Base", Link: "https://www.ssa.gov/oact/cola/cbb.html"}
	for _, y := range [][2]string{{"2023", "160200"}, {"2024", "168600"}, {"2025", "176100"}, {"2026", "184500"}} {
		base.Steps = append(base.Steps, book.Since(y[0]+"-01-01", y[1], ssa))
	}
	base.Steps = append(base.Steps, book.Ends(yearEnd, ssa))
	return []hr.Parameter{
		base,
		constant("fica.social_security_rate", "Social Security, each side", "percent", "6.2", pub15("section 9")),
		constant("fica.medicare_rate", "Medicare, each side", "percent", "1.45", pub15("section 9")),
		constant("fica.additional_rate", "Additional Medicare tax", "percent", "0.9", pub15("section 9")),
		constant("fica.additional_threshold", "Medicare wages of the year above which it is withheld", "money", "200000", pub15("section 9")),
		constant("futa.rate", "FUTA rate", "percent", "6", pub15("section 14")),
		constant("futa.credit", "Credit for state contributions", "percent", "5.4", pub15("section 14")),
		constant("futa.wage_base", "FUTA wages a year", "money", "7000", pub15("section 14")),
	}
}

// depositParams are when taxes are deposited.
func depositParams() []hr.Parameter {
	monthly := constant("deposits.monthly_day", "Day of the next month by which a monthly depositor pays", "count", "15", pub15("section 11"))
	monthly.Steps[0] = law.Doubtful(monthly.Steps[0], "known, not read again, as are the days of semiweekly depositors")
	return []hr.Parameter{
		constant("deposits.lookback", "Taxes of the lookback period up to which deposits are monthly", "money", "50000", pub15("section 11")),
		constant("deposits.next_day", "Liability from which the next business day is due", "money", "100000", pub15("section 11")),
		monthly,
		constant("futa.deposit_above", "FUTA liability above which a quarter is deposited", "money", "500", pub15("section 14")),
	}
}

// states are the codes that unemployment contributions know.
const states = "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY"

func futaTables() []hr.Table {
	t := hr.Table{Name: "futa.credit_reduction", Title: "FUTA credit reduction of a state", Kind: hr.Bands, Key: "count", Value: "percent", ByText: true, Basis: hr.ByPayDate}
	source := hr.Source{Title: "U.S. Department of Labor, FUTA credit reductions; Schedule A of Form 940"}
	reductions := map[string]map[string]string{
		"2023": {"CA": "0.6", "NY": "0.6", "VI": "3.9"}, "2024": {"CA": "0.9", "CT": "0.9", "NY": "0.9", "VI": "4.2"}, "2025": {"CA": "1.2", "VI": "4.5"}, "2026": {},
	}
	doubts := map[string]string{
		"2023": "known, not read again; Connecticut may belong to the list", "2024": "known, not read again but that California and the Virgin Islands were reduced",
		"2026": "settled after 10 November; the list was not found at the review, and 1.5 % was expected for California",
	}
	for _, state := range strings.Fields(states) {
		for _, year := range []string{"2023", "2024", "2025", "2026"} {
			value, reduced := reductions[year][state]
			if !reduced {
				value = "0"
			}
			step := book.Rows(state, year+"-01-01", source, law.Above(value))
			if reduced || year == "2026" && (state == "CA" || state == "VI") || year == "2023" && state == "CT" {
				step.Uncertain = doubts[year]
			}
			t.Steps = append(t.Steps, step)
		}
		t.Steps = append(t.Steps, book.RowsEnd(state, yearEnd, source))
	}
	return []hr.Table{t}
}
