package in

import "github.com/musterhr/hr"

// gratuityFirst is the first day of the oldest ceiling here; codesInForce that of the Labour Codes.
const (
	gratuityFirst = "2018-03-29"
	codesInForce  = "2025-11-21"
)

func gratuityAct(section string) hr.Source {
	return published("Payment of Gratuity Act 1972", section, "1972-08-21", notReadAgain)
}

func socialSecurity(section string) hr.Source {
	return published("Code on Social Security 2020 (in force 21 November 2025)", section, "2020-09-28", "")
}

func gratuityParams() []hr.Parameter {
	ceiling := notification("S.O. 1420(E)", "gratuity ceiling 20 lakh", "2018-03-29")
	both := func(name, title, unit, v, act, code string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: []hr.ParameterStep{
			since(gratuityFirst, v, gratuityAct(act)), since(codesInForce, v, socialSecurity(code)),
		}}
	}
	worked := func(name, title, v string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: "days", Steps: []hr.ParameterStep{
			doubtful(gratuityFirst, v, gratuityAct("s.2A"), "that so many days of the fifth year make it a complete one is case law"),
			doubtful(codesInForce, v, socialSecurity("s.54"), "that so many days of the fifth year make it a complete one is case law under the Act"),
		}}
	}
	practice := published("Practice of employers outside the Act and the Code", "half a month's pay for each completed year", "", "no law; the measure is that of the exemption")
	return []hr.Parameter{
		both("gratuity.days", "Days of wages for a year of service", "days", "15", "s.4(2)", "s.53(2)"),
		both("gratuity.month_days", "Days that a month's wages are divided by", "days", "26", "s.4(2), Explanation", "s.53(2), Explanation"),
		both("gratuity.part_year_months", "Months beyond which a part of a year counts as one", "count", "6", "s.4(2)", "s.53(2)"),
		both("gratuity.service_years", "Completed years needed", "years", "5", "s.4(1)", "s.53(1)"),
		{Name: "gratuity.service_years_fixed_term", Title: "Completed years needed when a fixed term ends", Unit: "years", Steps: []hr.ParameterStep{
			since(gratuityFirst, "5", gratuityAct("s.4(1)")), since(codesInForce, "1", socialSecurity("s.53(1), (2)")),
		}},
		{Name: "gratuity.service_years_journalist", Title: "Completed years needed by working journalists", Unit: "years", Steps: []hr.ParameterStep{
			since(codesInForce, "3", socialSecurity("s.53(1)")),
		}},
		worked("gratuity.fifth_year_days", "Days worked in the fifth year that complete it", "240"),
		worked("gratuity.fifth_year_days_five_day_week", "The same, where the establishment works less than six days a week", "190"),
		{Name: "gratuity.fixed_term_by_months", Title: "A fixed term is paid by completed months (1 yes; 0: a part of a year over six months counts as one)", Unit: "count", Steps: []hr.ParameterStep{
			since(gratuityFirst, "0", gratuityAct("s.4(2)")),
			doubtful(codesInForce, "1", socialSecurity("s.53(2)"), "the Code says pro rata and not how a part of a year is measured"),
		}},
		{Name: "gratuity.death_by_months", Title: "After a death gratuity is paid by completed months (1 yes; 0: a part of a year over six months counts as one)", Unit: "count", Steps: []hr.ParameterStep{
			since(gratuityFirst, "0", gratuityAct("s.4(2)")),
			doubtful(codesInForce, "0", socialSecurity("s.53(2)"), "the Code can be read as asking for pro rata after a death too; its text was not read again"),
		}},
		{Name: "gratuity.ceiling", Title: "Gratuity at most", Unit: "money", Steps: []hr.ParameterStep{
			since(gratuityFirst, "2000000", ceiling),
			doubtful(codesInForce, "2000000", ceiling, "s.53(3) of the Code leaves the ceiling to a notification, and none was found"),
		}},
		{Name: "gratuity.uncovered_days", Title: "Days of pay for a completed year where neither Act nor Code covers (0: nothing is paid)", Unit: "days", Steps: []hr.ParameterStep{
			doubtful(gratuityFirst, "15", practice, "no law obliges such an employer"),
		}},
		{Name: "gratuity.uncovered_month_days", Title: "Days that a month's pay is divided by there", Unit: "days", Steps: []hr.ParameterStep{
			doubtful(gratuityFirst, "30", practice, "no law obliges such an employer"),
		}},
		both("gratuity.pay_within_days", "Days within which gratuity is paid", "days", "30", "s.7(3)", "s.56"),
		{Name: "gratuity_exempt.limit", Title: "Gratuity free of income tax, in a lifetime", Unit: "money", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			since(gratuityFirst, "2000000", taxAct1961("s.10(10)(ii), (iii)")),
			doubtful("2026-04-01", "2000000", taxAct2025("s.19(1) Table Sl. 3 to 6"), "long-settled, not read again under the new Act"),
		}},
		{Name: "gratuity_exempt.on_code_wages", Title: "The exemption goes by wages with the add-back (1 yes; 0: by included pay)", Unit: "count", Basis: hr.ByPayDate, Steps: []hr.ParameterStep{
			since(gratuityFirst, "0", taxAct1961("s.10(10)(ii)")),
			doubtful(codesInForce, "1", taxAct2025("s.19(1) Table Sl. 5"),
				"the Income-tax Act still points to the Gratuity Act of 1972, whose wages were basic and dearness allowance; read as pointing to the Code that replaced it"),
		}},
	}
}
