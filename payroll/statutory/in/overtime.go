package in

import "github.com/musterhr/hr"

func overtimeParams() []hr.Parameter {
	param := func(name, title, unit, v string, s hr.Source) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: []hr.ParameterStep{since(codesInForce, v, s)}}
	}
	rules := published("Code on Wages (Central) Rules 2026, G.S.R. 343(E)", "daily and hourly rate of monthly wages", "2026-05-08", "applied from the first day of the Code")
	return []hr.Parameter{
		param("overtime.multiple", "Overtime is paid at so many times the normal rate, at least", "number", "2", codeOnWages("s.14")),
		param("overtime.month_days", "Days that a month's wages are divided by", "days", "26", rules),
		param("overtime.day_hours", "Hours that a day's wages are divided by", "hours/days", "8", rules),
	}
}
