package in

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// The days on which the law changed.
const (
	factories = "1949-04-01" // the Factories Act 1948 in force
	osh       = "2025-11-21" // the OSH Code in force, S.O. 5321(E)
	central   = "2026-05-08" // the Central Rules
)

// Pack returns the values that this package reads, a fresh copy at each call. They were last reviewed on 24 November 2026.
func Pack() attendance.Pack {
	const known = "known and not confirmed: the same as in the Factories Act"
	const sphere = "the Central Rules bind the Central Government's sphere only; the number of the rule, and whether its text is final, was not confirmed"
	return attendance.Pack{Code: "in", Name: "India", Reviewed: hr.MustDate("2026-11-24"), Params: []hr.Parameter{
		param("day", "Hours of work in a day", "hours", since(factories, "9", factoriesAct("s.54")), since(osh, "8", oshCode("s.25(1)"))),
		param("week", "Hours of work in a week", "hours", since(factories, "48", factoriesAct("s.51")), since(osh, "48", oshCode("s.25"))),
		param("interval_after", "Hours of work after which an interval is due", "hours", since(factories, "5", factoriesAct("s.55")), since(osh, "5", oshCode("notification under s.25(1)(b)"))),
		param("interval_minutes", "Length of the interval, in minutes", "count", since(factories, "30", factoriesAct("s.55")), since(osh, "30", oshCode("notification under s.25(1)(b)"))),
		param("overtime.rate", "What an overtime hour pays, in ordinary hours", "number", since(factories, "2", factoriesAct("s.59")), since(osh, "2", oshCode("s.27"))),
		param("overtime.quarter", "Hours of overtime in a quarter", "hours", since(factories, "50", factoriesAct("s.64(4)(iv); 75 by exemption, and 115 or 144 in some States")),
			hr.ParameterStep{Since: hr.MustDate(osh), Ends: true, Source: oshCode("s.27: as the appropriate Government says"), Reviewed: hr.MustDate("2026-11-24")}),
		param("overtime.day_divisor", "Days by which a month's wages give those of a day", "count", since(factories, "26", practice("the 26-day month")), doubtful(central, "26", centralRules("r.69"), sphere)),
		param("overtime.from_minutes", "Fraction of an hour, in minutes, from which half an hour counts", "count", doubtful(central, "15", centralRules("r.69"), sphere)),
		param("overtime.hour_above_minutes", "Fraction of an hour, in minutes, above which an hour counts", "count", doubtful(central, "30", centralRules("r.69"), sphere)),
		param("spread_over", "Hours from the beginning of work to its end, intervals included", "hours", since(factories, "10.5", factoriesAct("s.56")),
			hr.ParameterStep{Since: hr.MustDate(osh), Ends: true, Source: oshCode("s.25: as notified; 12 in the draft of 2020, the final figure was not found"), Reviewed: hr.MustDate("2026-11-24")}),
		param("week_with_overtime", "Hours of work in a week, overtime included", "hours", since(factories, "60", factoriesAct("s.64(4)(ii)")),
			hr.ParameterStep{Since: hr.MustDate(osh), Ends: true, Source: oshCode("s.27: as the appropriate Government says"), Reviewed: hr.MustDate("2026-11-24")}),
		param("weekly_off.days", "Days of work in a week, at most", "count", since(factories, "6", factoriesAct("s.52(1)")), doubtful(osh, "6", oshCode("s.26(1)"), known)),
		param("weekly_off.hours", "Length of the weekly off of who works past midnight, from the end of the shift, in hours", "hours",
			since(factories, "24", factoriesAct("s.57")), doubtful(osh, "24", oshCode("s.28"), known)),
		param("women.night_from", "Hour of the evening from which a woman's work needs her consent, safety and transport", "count", since(osh, "19", oshCode("s.43"))),
		param("women.night_until", "Hour of the morning until which it does", "count", since(osh, "6", oshCode("s.43"))),
		param("weekly_off.months", "Months after that of a missed weekly off within which it is given back", "count", since(factories, "2", factoriesAct("s.53")), since(osh, "2", oshCode("s.26"))),
	}}
}

func param(name, title, unit string, steps ...hr.ParameterStep) hr.Parameter {
	return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: steps}
}

func since(day, value string, source hr.Source) hr.ParameterStep {
	return hr.ParameterStep{Since: hr.MustDate(day), Value: decimal.RequireFromString(value), Source: source, Reviewed: hr.MustDate("2026-11-24")}
}

func doubtful(day, value string, source hr.Source, why string) hr.ParameterStep {
	s := since(day, value, source)
	s.Uncertain = why
	return s
}

func factoriesAct(section string) hr.Source {
	return hr.Source{Title: "Factories Act 1948", Section: section, Note: "long-settled law, not read again for this review"}
}

func oshCode(section string) hr.Source {
	return hr.Source{Title: "Occupational Safety, Health and Working Conditions Code 2020 (in force 21 November 2025)", Section: section}
}

func centralRules(section string) hr.Source {
	return hr.Source{Title: "Occupational Safety, Health and Working Conditions (Central) Rules 2026", Section: section, Dated: hr.MustDate(central)}
}

func practice(what string) hr.Source {
	return hr.Source{Title: "Indian payroll practice", Section: what}
}
