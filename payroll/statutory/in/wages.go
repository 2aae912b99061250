package in

import "github.com/musterhr/hr"

func wageParams() []hr.Parameter {
	return []hr.Parameter{{
		Name: "wages.excluded_limit", Title: "Share of all remuneration that items (a) to (i) may be excluded for", Unit: "percent",
		Steps: []hr.ParameterStep{
			since("2014-09-01", "100", published("Employees' Provident Funds and Miscellaneous Provisions Act 1952", "s.2(b)", "1952-03-04",
				"no limit and so nothing is added back; "+notReadAgain)),
			since("2025-11-21", "50", codeOnWages("s.2(y), first proviso")),
		},
	}}
}
