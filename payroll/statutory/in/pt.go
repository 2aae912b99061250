package in

import "github.com/musterhr/hr"

// ptFirst is the first day of a schedule whose own first day is not known. Nothing before it is answered.
const ptFirst = "2022-04-01"

const (
	firstDayUnknown  = "since when this schedule holds is not known; it is answered from 1 April 2022 on"
	oneSourceOnly    = "read in secondary sources only"
	collectionUnsure = "the Act exists, and the levy is reported not to be collected from salaries"
)

func ptParams() []hr.Parameter {
	return []hr.Parameter{
		{
			Name: "pt.year_limit", Title: "Most professional tax of a person in a year", Unit: "money",
			Steps: []hr.ParameterStep{since("1988-12-20", "2500", article276())},
		},
		{
			Name: "pt.spread", Title: "Tax of a half-year or year is spread over its months (1 yes; 0: all in the month that the state collects in)", Unit: "count",
			Steps: []hr.ParameterStep{doubtful(ptFirst, "1", noLaw("spreading the tax of a half-year or year"), "the schedules state the tax of the period; the share of a month is practice")},
		},
		{
			Name: "pt.march_in_april", Title: "Wages of March that are paid in April bear their share of a half-year's tax (1 yes; 0: the half-year is settled with the pay of February)", Unit: "count",
			Steps: []hr.ParameterStep{doubtful(ptFirst, "0", noLaw("wages of March paid in April"), "whether the half-year goes by the month of the wages or of their payment is not said")},
		},
		{
			Name: "pt.meghalaya_2022", Title: "Meghalaya by the schedule of the cabinet's decision of 2022 (1 yes; 0: by the twelve steps)", Unit: "count",
			Steps: []hr.ParameterStep{doubtful(ptFirst, "0", stateAct("Meghalaya", "two schedules are in circulation", ""), "which of the two holds was not found")},
		},
	}
}

func noLaw(what string) hr.Source {
	return published("Practice of payrolls", what, "", "no text of law says so")
}

// ptTables are the schedules of the states, by the two letters of the state; Maharashtra has two. What a schedule looks at, and in
// which month another amount is due, is data beside it, so that a new notification is new rows and no new formula.
func ptTables() []hr.Table {
	return []hr.Table{
		{
			Name: "pt.looks_at", Title: "What the schedule looks at: 1 the pay of the month, 6 of the half-year, 12 of the year, 0 the taxable income of the year",
			Kind: hr.Bands, Key: "count", Value: "count", ByText: true, Steps: ptLooksAt(),
		},
		{
			Name: "pt.period_months", Title: "How many months one amount of the schedule is for",
			Kind: hr.Bands, Key: "count", Value: "count", ByText: true, Steps: ptPeriodMonths(),
		},
		{
			Name: "pt.period_tax", Title: "Professional tax of a half-year or year",
			Kind: hr.Bands, Key: "money", Value: "money", ByText: true, Steps: ptPeriodTax(),
		},
		{
			Name: "pt.collects", Title: "Whether the state collects the tax of the half-year or year in a calendar month or has done so (1 yes, 0 no; 2: its share, every month)",
			Kind: hr.Bands, Key: "count", Value: "count", ByText: true, Steps: ptCollects(),
		},
		{
			Name: "pt.is_special_month", Title: "Whether another amount is due in a calendar month (1 yes, 0 no)",
			Kind: hr.Bands, Key: "count", Value: "count", ByText: true, Steps: ptSpecialMonths(),
		},
		{
			Name: "pt.special_month", Title: "Professional tax of the special month",
			Kind: hr.Bands, Key: "money", Value: "money", ByText: true, Steps: ptSpecial(),
		},
		{
			Name: "pt.monthly", Title: "Professional tax of a month",
			Kind: hr.Bands, Key: "money", Value: "money", ByText: true, Steps: ptMonthly(),
		},
	}
}

func stateAct(state, section, dated string) hr.Source {
	note := ""
	if dated == "" {
		note = "read in compilations that agree; the notification was not read"
	}
	return published("Professional tax schedule of "+state, section, dated, note)
}

func karnataka2025() hr.Source {
	return heldFrom("Karnataka Tax on Professions, Trades, Callings and Employments Act, amended by Act 33 of 2025", "Schedule", "2025-04-01")
}

func karnataka2023() hr.Source {
	return heldFrom("Karnataka Tax on Professions, Trades, Callings and Employments Act", "Schedule, from 1 April 2023", "2023-04-01")
}

func maharashtra() hr.Source {
	return heldFrom("Maharashtra State Tax on Professions, Trades, Callings and Employments Act 1975, amended 2023", "Schedule I, entry 1", "2023-04-01")
}

func odishaRepealed() hr.Source {
	return published("Odisha ordinance", "reported repeal of professional tax from 1 April 2026", "2026-04-21", "as reported")
}

const odishaDoubt = "the repeal is reported and the state's site had not changed by September 2026; a host may say otherwise"

func ptMonthly() []hr.TableStep {
	const (
		mh     = "before 1 April 2023 "
		gjEdge = "whether exactly 12,000 pays is disputed"
		ordin  = "one source leaves out the band to 20,000"
	)
	steps := []hr.TableStep{
		rows("AP", "2013-02-01", stateAct("Andhra Pradesh", "monthly salary; first day not read again", ""), upTo(15000, 0), upTo(20000, 150), above(200)),
		doubtfulRows("AS", ptFirst, stateAct("Assam", "monthly salary, before 1 April 2025", ""), firstDayUnknown, upTo(10000, 0), below(15000, 150), below(25000, 180), above(208)),
		rows("AS", "2025-04-01", stateAct("Assam", "eCF 169350/124", "2025-04-01"), upTo(15000, 0), below(25000, 180), above(208)),
		doubtfulRows("GJ", "2022-04-01", stateAct("Gujarat", "monthly salary, from 1 April 2022", "2022-04-01"), gjEdge, upTo(12000, 0), above(200)),
		doubtfulRows("KA", ptFirst, karnataka2023(), "before 1 April 2023; "+firstDayUnknown, below(15000, 0), above(200)),
		rows("KA", "2023-04-01", karnataka2023(), below(25000, 0), above(200)),
		rows("KA", "2025-04-01", karnataka2025(), below(25000, 0), above(200)),
		doubtfulRows("MH/male", ptFirst, maharashtra(), mh+firstDayUnknown, upTo(7500, 0), upTo(10000, 175), above(200)),
		rows("MH/male", "2023-04-01", maharashtra(), upTo(7500, 0), upTo(10000, 175), above(200)),
		doubtfulRows("MH/female", ptFirst, maharashtra(), mh+firstDayUnknown, upTo(10000, 0), above(200)),
		rows("MH/female", "2023-04-01", maharashtra(), upTo(25000, 0), above(200)),
		doubtfulRows("MZ", ptFirst, stateAct("Mizoram", "monthly salary", ""), ordin+"; "+firstDayUnknown,
			upTo(5000, 0), upTo(8000, 75), upTo(10000, 120), upTo(12000, 150), upTo(15000, 180), upTo(20000, 195), above(208)),
		doubtfulRows("NL", ptFirst, stateAct("Nagaland", "notice CT/LEG/P.TAX/2/2022", "2025-09-25"), "edges differ by one rupee between sources; "+firstDayUnknown,
			upTo(4000, 0), upTo(5000, 35), upTo(7000, 75), upTo(9000, 110), upTo(12000, 180), above(208)),
		doubtfulRows("OD", ptFirst, stateAct("Odisha", "annual income, monthly amounts, to 31 March 2026", ""), firstDayUnknown, upTo(160000, 0), upTo(300000, 125), above(200)),
		doubtfulRows("OD", "2026-04-01", odishaRepealed(), odishaDoubt, above(0)),
		doubtfulRows("PB", ptFirst, punjab(), "the limit is that of the new regime; "+oneSourceOnly, upTo(250000, 0), above(200)),
		doubtfulRows("PB", "2023-04-01", punjab(), "the limit is that of the new regime; "+oneSourceOnly, upTo(300000, 0), above(200)),
		doubtfulRows("PB", "2025-04-01", punjab(), "the limit is that of the new regime; "+oneSourceOnly, upTo(400000, 0), above(200)),
		doubtfulRows("PB/old", ptFirst, punjab(), "the limit is that of the old regime below the age of 60; "+oneSourceOnly, upTo(250000, 0), above(200)),
		doubtfulRows("SK", ptFirst, stateAct("Sikkim", "monthly salary; collected quarterly", ""), oneSourceOnly+"; "+firstDayUnknown,
			upTo(20000, 0), upTo(30000, 125), upTo(40000, 150), above(200)),
		rows("TR", "2018-07-25", stateAct("Tripura", "monthly salary", "2018-07-25"), upTo(7500, 0), upTo(15000, 150), above(208)),
		doubtfulRows("WB", ptFirst, stateAct("West Bengal", "monthly salary, to 30 September 2026", ""), "the day the nil limit became 10,000 is not known; "+firstDayUnknown,
			upTo(10000, 0), upTo(15000, 110), upTo(25000, 130), upTo(40000, 150), above(200)),
		doubtfulRows("WB", "2026-10-01", stateAct("West Bengal", "notifications 1407-F.T. of 18 August 2026 (draft) and 1607-F.T. (final)", "2026-08-18"),
			"four sources agree on the amounts; one had not found the final notification",
			upTo(20000, 0), upTo(30000, 100), upTo(50000, 140), upTo(100000, 170), above(208)),
	}
	for _, state := range []string{"TG", "TS"} {
		steps = append(steps, rows(state, "2014-06-02", stateAct("Telangana", "monthly salary, as in Andhra Pradesh", ""), upTo(15000, 0), upTo(20000, 150), above(200)))
	}
	steps = append(steps, doubtfulRows("CG", ptFirst, stateAct("Chhattisgarh", "reported not collected from salaries", ""), collectionUnsure, above(0)))
	for _, state := range withoutProfessionalTax() {
		steps = append(steps, rows(state, ptFirst, noLevy(), above(0)))
	}
	return steps
}

func punjab() hr.Source {
	return published("Punjab State Development Tax Act 2018", "monthly tax above the basic exemption limit", "", "the limit follows the income tax of the year")
}

func noLevy() hr.Source {
	return published("States and territories that levy no professional tax", "compilations agree", "", notReadAgain)
}

// withoutProfessionalTax are the states and territories that levy none. A state that is in no table is unknown, and refused.
func withoutProfessionalTax() []string {
	return []string{"DL", "UP", "HR", "RJ", "UK", "HP", "GA", "JK", "LA", "CH", "AR", "AN", "LD", "DN", "DD"}
}

// ptSpecial are the amounts of the special month, so that the year comes to what the state prints.
func ptSpecial() []hr.TableStep {
	return []hr.TableStep{
		rows("KA", "2025-04-01", karnataka2025(), below(25000, 0), above(300)),
		doubtfulRows("MH/male", ptFirst, maharashtra(), "before 1 April 2023 "+firstDayUnknown, upTo(7500, 0), upTo(10000, 175), above(300)),
		rows("MH/male", "2023-04-01", maharashtra(), upTo(7500, 0), upTo(10000, 175), above(300)),
		doubtfulRows("MH/female", ptFirst, maharashtra(), "before 1 April 2023 "+firstDayUnknown, upTo(10000, 0), above(300)),
		rows("MH/female", "2023-04-01", maharashtra(), upTo(25000, 0), above(300)),
		doubtfulRows("OD", ptFirst, stateAct("Odisha", "annual income, the rest in March, to 31 March 2026", ""), firstDayUnknown, upTo(160000, 0), upTo(300000, 125), above(300)),
	}
}
