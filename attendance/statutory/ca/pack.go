package ca

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Pack returns the values that this package reads, a fresh copy at each call. They were last reviewed on 24 November 2026.
func Pack() attendance.Pack {
	const notReadAgain = "long-settled law, not read again for this review"
	param := func(name, title, unit, since, value string, source hr.Source) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: []hr.ParameterStep{{
			Since: hr.MustDate(since), Value: decimal.RequireFromString(value), Reviewed: hr.MustDate("2026-11-24"), Source: source,
		}}}
	}
	code := func(section string) hr.Source {
		return hr.Source{Title: "Canada Labour Code (R.S.C. 1985, c. L-2)", Section: section, Note: notReadAgain}
	}
	esa := func(section, note string) hr.Source {
		return hr.Source{Title: "Ontario Employment Standards Act 2000", Section: section, Note: note}
	}
	const consolidated, ontario = "1988-12-12", "2001-09-04" // the Revised Statutes, and the Act, in force
	return attendance.Pack{Code: "ca", Name: "Canada", Reviewed: hr.MustDate("2026-11-24"), Params: []hr.Parameter{
		param("federal.day", "Hours of a day beyond which overtime is due", "hours", consolidated, "8", code("ss.169, 174")),
		param("federal.week", "Hours of a week beyond which overtime is due", "hours", consolidated, "40", code("ss.169, 174")),
		param("federal.overtime_rate", "What an overtime hour pays, in hours", "number", consolidated, "1.5", code("s.174")),
		param("on.week", "Hours of a week beyond which overtime is due", "hours", ontario, "44", esa("s.22", notReadAgain)),
		param("on.overtime_rate", "What an overtime hour pays, in hours", "number", ontario, "1.5", esa("s.22", notReadAgain)),
		param("on.holiday_divisor", "Days by which the wages of four weeks give public holiday pay", "count", "2018-07-01", "20", esa("s.24(1)", "")),
		param("on.holiday_rate", "What an hour worked on a public holiday pays, in hours", "number", ontario, "1.5", esa("s.24(2)", "")),
	}}
}
