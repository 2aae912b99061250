package in

import "github.com/musterhr/hr"

func wageParams() []hr.Parameter {
	const first = "2014-09-01"
	before := func(note string) hr.Source {
		return published("Employees' Provident Funds and Miscellaneous Provisions Act 1952", "s.2(b)", "1952-03-04", note+"; "+notReadAgain)
	}
	return []hr.Parameter{
		{
			Name: "wages.excluded_limit", Title: "Share of all remuneration that items (a) to (i) may be excluded for", Unit: "percent",
			Steps: []hr.ParameterStep{
				since(first, "100", before("no limit and so nothing is added back")),
				since("2025-11-21", "50", codeOnWages("s.2(y), first proviso")),
			},
		},
		{
			Name: "wages.terminal_counts", Title: "Items (j) and (k) count in all remuneration (1 yes, 0 no)", Unit: "count",
			Steps: []hr.ParameterStep{
				since(first, "1", before("nothing is added back, so it makes no difference")),
				doubtful("2025-11-21", "1", published("Ministry of Labour and Employment, FAQs on the Labour Codes", "wages, example of 76,000", "2025-12-31", "the date is the day of the report"),
					"the Ministry's picture counts gratuity; a FAQ of March 2026 is reported to leave it out"),
			},
		},
		{
			Name: "wages.in_kind_limit", Title: "Share of wages up to which remuneration in kind is wages", Unit: "percent",
			Steps: []hr.ParameterStep{
				since(first, "0", before("remuneration in kind is not wages")),
				doubtful("2025-11-21", "15", codeOnWages("s.2(y), Explanation"),
					"the law says 15 per cent of total wages payable, and not whether they include what is given in kind; here they are the wages in money, after the add-back"),
			},
		},
	}
}
