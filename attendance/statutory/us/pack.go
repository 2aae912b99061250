package us

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Pack returns the values that this package reads, a fresh copy at each call. They were last reviewed on 24 November 2026.
func Pack() attendance.Pack {
	return attendance.Pack{Code: "us", Name: "United States", Reviewed: reviewed(), Params: []hr.Parameter{
		param("flsa.week", "Hours of a workweek beyond which overtime is due", "hours", doubtful("1940-10-24", "40", flsa("29 U.S.C. 207(a)(1)"), known)),
		param("flsa.premium", "What overtime adds to the regular rate, as a share of it", "number", doubtful("1938-10-24", "0.5", flsa("29 CFR 778.110"), memory)),
		param("flsa.meal", "Length of a break from which it need not be paid", "count", doubtful("1961-01-11", "30", flsa("29 CFR 785.18 and 785.19; of 21 to 29 minutes the regulation says that it depends: paid here"), memory)),
		param("ca.day", "Hours of a day beyond which time and a half is due", "hours", doubtful("2000-01-01", "8", labor("s.510"), memory)),
		param("ca.day_double", "Hours of a day beyond which double time is due", "hours", doubtful("2000-01-01", "12", labor("s.510"), memory)),
		param("ca.week", "Hours of a workweek beyond which time and a half is due", "hours", doubtful("2000-01-01", "40", labor("s.510"), memory)),
		param("ca.seventh_double", "Hours of the seventh day worked beyond which double time is due", "hours", doubtful("2000-01-01", "8", labor("s.510"), memory)),
		param("ca.overtime_rate", "What an overtime hour pays, in hours", "number", doubtful("2000-01-01", "1.5", labor("s.510"), memory)),
		param("ca.double_rate", "What an hour of double time pays, in hours", "number", doubtful("2000-01-01", "2", labor("s.510"), memory)),
		param("ca.flat_bonus", "A flat-sum bonus goes by the hours that are not overtime (1 yes)", "count", since("2018-03-05", "1", alvarado())),
		param("ca.meal_first", "Hours of a day beyond which a meal period is due", "hours", doubtful("2000-01-01", "5", labor("s.512; Brinker v. Superior Court (Cal. 2012)"), memory)),
		param("ca.meal_second", "Hours of a day beyond which a second is due", "hours", doubtful("2000-01-01", "10", labor("s.512; Brinker v. Superior Court (Cal. 2012)"), memory)),
		param("ca.rest_none", "Hours of a day below which no rest period is due", "hours", doubtful("2000-10-01", "3.5", wageOrder("s.12"), known)),
		param("ca.rest_every", "Hours for each of which, or the major part of them, a rest period is due", "hours", doubtful("2000-10-01", "4", wageOrder("s.12"), known)),
		param("ca.premium", "Hours of pay for a day on which meal periods were missed, and as many for rest periods", "hours", doubtful("2001-01-01", "1", labor("s.226.7"), memory)),
	}}
}

// memory says of a value whose text was read that the day it holds from was not.
const memory = "the first day is from memory, not confirmed for this review"

// known says that neither was: settled law, from memory.
const known = "value and first day are from memory: settled law, not confirmed for this review"

func doubtful(day, value string, source hr.Source, why string) hr.ParameterStep {
	s := since(day, value, source)
	s.Uncertain = why
	return s
}

func reviewed() hr.Date { return hr.MustDate("2026-11-24") }

func param(name, title, unit string, steps ...hr.ParameterStep) hr.Parameter {
	return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: steps}
}

func since(day, value string, source hr.Source) hr.ParameterStep {
	return hr.ParameterStep{Since: hr.MustDate(day), Value: decimal.RequireFromString(value), Source: source, Reviewed: reviewed()}
}

func flsa(section string) hr.Source {
	return hr.Source{Title: "Fair Labor Standards Act and its regulations", Section: section}
}

func labor(section string) hr.Source {
	return hr.Source{Title: "California Labor Code", Section: section}
}

func wageOrder(section string) hr.Source {
	return hr.Source{Title: "California Industrial Welfare Commission, wage orders", Section: section}
}

func alvarado() hr.Source {
	return hr.Source{Title: "Alvarado v. Dart Container Corp. of California, 4 Cal.5th 542", Section: "what a flat-sum bonus is divided by", Dated: hr.MustDate("2018-03-05")}
}
