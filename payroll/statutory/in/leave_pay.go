package in

import "github.com/musterhr/hr"

func leavePayParams() []hr.Parameter {
	exempt := func(name, title, unit, v string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			since("2023-04-01", v, taxAct1961("s.10(10AA)(ii)")),
			doubtful("2026-04-01", v, taxAct2025("s.19(1) Table Sl. 13 and 14"), "long-settled, not read again under the new Act"),
		}}
	}
	limit := published("CBDT Notification 31/2023; Circular 3/2025", "leave encashment limit", "2023-05-24", "")
	return []hr.Parameter{
		{Name: "leave_pay.month_days", Title: "Days that a month's wages are divided by for a day of leave paid out", Unit: "days", Steps: []hr.ParameterStep{
			doubtful("2023-04-01", "30", published("Practice", "leave paid out", "", "no section of the central law says it"), "some employers divide by 26; state laws and terms may say otherwise"),
		}},
		{Name: "leave_exempt.limit", Title: "Leave pay on leaving free of income tax, in a lifetime", Unit: "money", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			since("2023-04-01", "2500000", limit),
			doubtful("2026-04-01", "2500000", taxAct2025("s.19(1) Table Sl. 13 and 14"), "the notification is of the 1961 Act; no other limit was found under the new Act"),
		}},
		exempt("leave_exempt.months", "Months of average salary", "count", "10"),
		exempt("leave_exempt.year_days", "Days of leave at most for each completed year", "days", "30"),
		exempt("leave_exempt.month_days", "Days of a month of average salary", "days", "30"),
	}
}
