package us

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Pack returns the values that this package reads, a fresh copy at each call. They were last reviewed on 24 November 2026.
func Pack() attendance.Pack {
	return attendance.Pack{Code: "us", Name: "United States", Reviewed: reviewed(), Params: []hr.Parameter{
		param("flsa.week", "Hours of a workweek beyond which overtime is due", "hours", since("1940-10-24", "40", flsa("29 U.S.C. 207(a)(1)"))),
		param("flsa.premium", "What overtime adds to the regular rate, as a share of it", "number", since("1938-10-24", "0.5", flsa("29 CFR 778.110"))),
		param("flsa.meal", "Length of a break from which it need not be paid", "count", since("1961-01-11", "30", flsa("29 CFR 785.18 and 785.19; of 21 to 29 minutes the regulation says that it depends: paid here"))),
		param("ca.day", "Hours of a day beyond which time and a half is due", "hours", since("2000-01-01", "8", labor("s.510"))),
		param("ca.day_double", "Hours of a day beyond which double time is due", "hours", since("2000-01-01", "12", labor("s.510"))),
		param("ca.week", "Hours of a workweek beyond which time and a half is due", "hours", since("2000-01-01", "40", labor("s.510"))),
		param("ca.seventh_double", "Hours of the seventh day worked beyond which double time is due", "hours", since("2000-01-01", "8", labor("s.510"))),
		param("ca.overtime_rate", "What an overtime hour pays, in hours", "number", since("2000-01-01", "1.5", labor("s.510"))),
		param("ca.double_rate", "What an hour of double time pays, in hours", "number", since("2000-01-01", "2", labor("s.510"))),
		param("ca.flat_bonus", "A flat-sum bonus goes by the hours that are not overtime (1 yes)", "count", since("2018-03-05", "1", alvarado())),
		param("ca.meal_first", "Hours of a day beyond which a meal period is due", "hours", since("2000-01-01", "5", labor("s.512; Brinker v. Superior Court (Cal. 2012)"))),
		param("ca.meal_second", "Hours of a day beyond which a second is due", "hours", since("2000-01-01", "10", labor("s.512; Brinker v. Superior Court (Cal. 2012)"))),
		param("ca.rest_none", "Hours of a day below which no rest period is due", "hours", since("2000-10-01", "3.5", wageOrder("s.12"))),
		param("ca.rest_every", "Hours for each of which, or the major part of them, a rest period is due", "hours", since("2000-10-01", "4", wageOrder("s.12"))),
		param("ca.premium", "Hours of pay for a day on which meal periods were missed, and as many for rest periods", "hours", since("2001-01-01", "1", labor("s.226.7"))),
	}}
}

func reviewed() hr.Date { return hr.MustDate("2026-11-24") }

func param(name, title, unit string, steps ...hr.ParameterStep) hr.Parameter {
	return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: steps}
}

func since(day, value string, source hr.Source) hr.ParameterStep {
	return hr.ParameterStep{Since: hr.MustDate(day), Value: decimal.RequireFromString(value), Source: source, Reviewed: reviewed()}
}

const notReadAgain = "long-settled law, not read again for this review"

func flsa(section string) hr.Source {
	return hr.Source{Title: "Fair Labor Standards Act and its regulations", Section: section}
}

func labor(section string) hr.Source {
	return hr.Source{Title: "California Labor Code", Section: section}
}

func wageOrder(section string) hr.Source {
	return hr.Source{Title: "California Industrial Welfare Commission, wage orders", Section: section, Note: notReadAgain}
}

func alvarado() hr.Source {
	return hr.Source{Title: "Alvarado v. Dart Container Corp. of California, 4 Cal.5th 542", Section: "what a flat-sum bonus is divided by", Dated: hr.MustDate("2018-03-05")}
}
