package ca

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Pack returns the values that this package reads, a fresh copy at each call. They were last reviewed on 24 November 2026.
func Pack() attendance.Pack {
	const (
		known  = "value and first day are from memory: settled law, not confirmed for this review"
		memory = "the first day is from memory, not confirmed for this review"
	)
	param := func(name, title, unit, since, value string, source hr.Source, why string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: []hr.ParameterStep{{
			Since: hr.MustDate(since), Value: decimal.RequireFromString(value), Reviewed: hr.MustDate("2026-11-24"), Source: source, Uncertain: why,
		}}}
	}
	code := func(section string) hr.Source {
		return hr.Source{Title: "Canada Labour Code (R.S.C. 1985, c. L-2)", Section: section}
	}
	esa := func(section string) hr.Source {
		return hr.Source{Title: "Ontario Employment Standards Act 2000", Section: section}
	}
	const consolidated, ontario = "1988-12-12", "2001-09-04" // the Revised Statutes, and the Act, in force
	return attendance.Pack{Code: "ca", Name: "Canada", Reviewed: hr.MustDate("2026-11-24"), Params: []hr.Parameter{
		param("federal.day", "Hours of a day beyond which overtime is due", "hours", consolidated, "8", code("ss.169, 174"), known),
		param("federal.week", "Hours of a week beyond which overtime is due", "hours", consolidated, "40", code("ss.169, 174"), known),
		param("federal.overtime_rate", "What an overtime hour pays, in hours", "number", consolidated, "1.5", code("s.174"), known),
		param("on.week", "Hours of a week beyond which overtime is due", "hours", ontario, "44", esa("s.22"), known),
		param("on.overtime_rate", "What an overtime hour pays, in hours", "number", ontario, "1.5", esa("s.22"), known),
		param("on.holiday_divisor", "Days by which the wages of four weeks give public holiday pay", "count", "2018-07-01", "20", esa("s.24(1)"), memory),
		param("on.holiday_rate", "What an hour worked on a public holiday pays, in hours", "number", ontario, "1.5", esa("s.24(2)"), memory),
		param("on.rest.day", "Rest between two days of work", "hours", ontario, "11", esa("s.18(1)"), known),
		param("on.meal_after", "Hours of work in a row, at most, without a meal period", "hours", ontario, "5", esa("s.20(1)"), known),
		param("on.meal_minutes", "Length of the meal period, in minutes", "count", ontario, "30", esa("s.20(1)"), known),
		param("on.least_hours", "Hours paid at least to who comes to work and is sent home, where their day is longer", "hours", "2019-01-01", "3", esa("s.21.2"), known),
	}}
}
