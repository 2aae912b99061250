package in

import "github.com/musterhr/hr"

func retrenchmentParams() []hr.Parameter {
	limit := func(name, title, section, new string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: "money", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			since("2020-04-01", "500000", taxAct1961(section)),
			doubtful("2026-04-01", "500000", taxAct2025(new), "long-settled, not read again under the new Act"),
		}}
	}
	return []hr.Parameter{
		{Name: "notice.lowers_taxable", Title: "Notice recovered from the employee lowers taxable salary (1 yes, 0 no)", Unit: "count", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			doubtful("2020-04-01", "0", published("Practice", "notice pay recovered", "", "no section of the income-tax law says it"), "the usual view; tribunals have decided otherwise"),
		}},
		limit("retrenchment_exempt.limit", "Retrenchment compensation free of income tax", "s.10(10B)", "s.19(1) Table Sl. 10 to 12"),
		limit("voluntary_exempt.limit", "Compensation for voluntary retirement free of income tax", "s.10(10C)", "s.19(1) Table Sl. 10 to 12"),
	}
}
