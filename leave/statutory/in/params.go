package in

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Law returns India's dated numbers of leave, each step with its source. It panics only if a literal of this package is
// malformed, which its tests would show.
func Law() leave.Law {
	l, err := leave.NewLaw(append(parameters(), shopsParameters()...)...)
	if err != nil {
		panic(err)
	}
	return l
}

func osh(section string) hr.Source {
	return published("Occupational Safety, Health and Working Conditions Code 2020 (in force 21 November 2025, S.O. 5321(E))", section, "2020-09-28", "")
}

func factories(section string) hr.Source {
	return published("Factories Act 1948", section, "1948-09-23", notReadAgain)
}

func shopsMH(section string) hr.Source {
	return published("Maharashtra Shops and Establishments Act 2017", section, "2017-09-07", "")
}

func socialSecurity(section string) hr.Source {
	return published("Code on Social Security 2020 (in force 21 November 2025)", section, "2020-09-28", notReadAgain)
}

func maternityAct(section string) hr.Source {
	return published("Maternity Benefit Act 1961 as amended in 2017", section, "2017-03-27", notReadAgain)
}

func parameters() []hr.Parameter {
	const (
		code      = "2025-11-21"
		act       = "1949-04-01" // the Factories Act is in force
		shops     = "2017-12-19" // the Maharashtra Act is in force
		amendment = "2017-04-01" // 26 weeks instead of 12
	)
	fractions := "the Code is silent on fractions of a day: the rule of the Factories Act s.79(3) goes on"
	return []hr.Parameter{
		parameter("annual.eligible_days", "Days worked in a year that give annual leave, workers of factories and, under the Code, all", "days",
			since(act, "240", factories("s.79(1)")), since(code, "180", osh("s.32(1)(i)"))),
		parameter("annual.joiner_part", "Who joins inside the year must work this many parts of the days left in it", "count",
			since(act, "2", factories("s.79(2), two thirds")), since(code, "1", osh("s.32(1)(iii), one fourth"))),
		parameter("annual.joiner_parts", "of so many parts", "count",
			since(act, "3", factories("s.79(2), two thirds")), since(code, "4", osh("s.32(1)(iii), one fourth"))),
		parameter("annual.worked_per_day", "Days worked for one day of leave, adults", "days",
			since(act, "20", factories("s.79(1)(i)")), doubtful(code, "20", osh("s.32(1)(ii)"), fractions)),
		parameter("annual.worked_per_day_young", "The same for children and adolescents, and below ground in a mine", "days",
			since(act, "15", factories("s.79(1)(ii)")), doubtful(code, "15", osh("s.32(1)(ii)"), fractions)),
		parameter("annual.carry", "Days of leave that may be carried to the next year, refused leave left out", "days",
			since(act, "30", factories("s.79(5)")), doubtful(code, "30", osh("s.32(1)(vii)"), "whether refused leave counts inside the 30 first is not said: it is carried beside them")),
		parameter("annual.carry_young", "The same for a child", "days", since(act, "40", factories("s.79(5)")), since(code, "30", osh("s.32(1)(vii)"))),
		parameter("shops.mh.eligible_days", "Maharashtra: days worked in the year before that give earned leave", "days", since(shops, "240", shopsMH("s.18(3)"))),
		parameter("shops.mh.worked_per_day", "Maharashtra: days worked for one day of leave", "days", since(shops, "20", shopsMH("s.18(3)"))),
		parameter("shops.mh.accumulate", "Maharashtra: days of earned leave that may stand on the account", "days", since(shops, "45", shopsMH("s.18(5)"))),
		parameter("maternity.worked_days", "Days worked in the twelve months before the expected day that give maternity leave", "days",
			since(amendment, "80", maternityAct("s.5(2)")), since(code, "80", socialSecurity("s.60(2)"))),
		parameter("maternity.weeks", "Weeks for a birth with fewer than two surviving children", "count",
			since(amendment, "26", maternityAct("s.5(3)")), since(code, "26", socialSecurity("s.60(3)"))),
		parameter("maternity.weeks_before", "Of these, the most before the expected day", "count",
			since(amendment, "8", maternityAct("s.5(3)")), since(code, "8", socialSecurity("s.60(3)"))),
		parameter("maternity.weeks_third", "Weeks for a birth with two or more surviving children", "count",
			since(amendment, "12", maternityAct("s.5(3)")), since(code, "12", socialSecurity("s.60(3)"))),
		parameter("maternity.weeks_before_third", "Of these, the most before the expected day", "count",
			since(amendment, "6", maternityAct("s.5(3)")), since(code, "6", socialSecurity("s.60(3)"))),
		parameter("maternity.weeks_adoption", "Weeks from handing over, adopting and commissioning mothers", "count",
			since(amendment, "12", maternityAct("s.5(4)")), since(code, "12", socialSecurity("s.60(4)"))),
		parameter("maternity.adoption_age", "Age of the adopted child, in months, below which there is leave (0: any age)", "count",
			since(amendment, "3", maternityAct("s.5(4)")), since(code, "3", socialSecurity("s.60(4)")),
			since("2026-03-17", "0", published("Supreme Court, W.P.(C) 960/2021", "s.60(4) read down", "2026-03-17", ""))),
		parameter("maternity.weeks_miscarriage", "Weeks after a miscarriage or termination", "count",
			since(amendment, "6", maternityAct("s.9")), since(code, "6", socialSecurity("s.65(1)"))),
		parameter("maternity.weeks_tubectomy", "Weeks after a tubectomy", "count",
			since(amendment, "2", maternityAct("s.9A")), since(code, "2", socialSecurity("s.65(2)"))),
		parameter("maternity.illness_months", "Months more, at most, for illness from pregnancy, birth, miscarriage or tubectomy", "months",
			since(amendment, "1", maternityAct("s.10")), since(code, "1", socialSecurity("s.65(3)"))),
		parameter("nursing.breaks", "Breaks a day to nurse a child, beside the interval for rest", "count",
			since(amendment, "2", maternityAct("s.11")), since(code, "2", socialSecurity("s.66"))),
		parameter("nursing.months", "Age of the child, in months, until which there are nursing breaks", "months",
			since(amendment, "15", maternityAct("s.11")), since(code, "15", socialSecurity("s.66"))),
	}
}
