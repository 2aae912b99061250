package uk

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Pack returns the values that this package reads, a fresh copy at each call. They were last reviewed on 24 November 2026.
func Pack() attendance.Pack {
	param := func(name, title, unit, since, value, section string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: []hr.ParameterStep{{
			Since: hr.MustDate(since), Value: decimal.RequireFromString(value), Reviewed: hr.MustDate("2026-11-24"),
			Source: hr.Source{Title: "Working Time Regulations 1998 (SI 1998/1833)", Section: section},
		}}}
	}
	const first, young = "1998-10-01", "2003-04-06"
	return attendance.Pack{Code: "uk", Name: "Great Britain", Reviewed: hr.MustDate("2026-11-24"), Params: []hr.Parameter{
		param("week", "Average hours of a week, at most", "hours", first, "48", "reg 4(1)"),
		param("week.weeks", "Weeks over which they are averaged", "count", first, "17", "reg 4(3)"),
		param("rest.day", "Rest between two days of work", "hours", first, "11", "reg 10(1)"),
		param("rest.day_young", "The same for a young worker", "hours", first, "12", "reg 10(2)"),
		param("rest.week", "Rest without a break in each seven days", "hours", first, "24", "reg 11(1)"),
		param("rest.fortnight", "The same at once in fourteen days, instead of two of seven", "hours", first, "48", "reg 11(2)"),
		param("rest.week_young", "Rest in each seven days of a young worker", "hours", first, "48", "reg 11(3)"),
		param("night.from", "Hour at which the night begins, where nothing was agreed", "count", first, "23", "reg 2(1)"),
		param("night.until", "Hour at which it ends", "count", first, "6", "reg 2(1)"),
		param("night.worker", "Hours of the night in a shift, as a normal course, that make a night worker", "hours", first, "3", "reg 2(1)"),
		param("night.hazard", "Hours of a night worker with special hazards in any 24, at most", "hours", first, "8", "reg 6(7)"),
		param("break.after", "Hours of a day beyond which a break is due", "hours", first, "6", "reg 12(1)"),
		param("break.minutes", "Length of the break, in minutes", "count", first, "20", "reg 12(3)"),
		param("break.after_young", "Hours of a day beyond which a break is due, for a young worker", "hours", first, "4.5", "reg 12(4)"),
		param("break.minutes_young", "Length of that break, in minutes", "count", first, "30", "reg 12(4)"),
		param("night", "Average hours of a night worker in 24 hours, at most", "hours", first, "8", "reg 6(1)"),
		param("day.young", "Hours of a young worker in a day, at most", "hours", young, "8", "reg 5A(1)(a)"),
		param("week.young", "Hours of a young worker in a week, at most", "hours", young, "40", "reg 5A(1)(b)"),
	}}
}
