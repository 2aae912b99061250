package in

import "github.com/musterhr/hr"

func bonusAct(section string) hr.Source {
	return published("Payment of Bonus Act 1965", section, "1965-09-25", notReadAgain)
}

// bonusParams go by the last day of the accounting year; the limits of a month by the last day of the wage month.
func bonusParams() []hr.Parameter {
	const (
		first   = "2014-04-01" // the amendment of 2015 holds from here
		ofYears = "2026-04-01" // the first accounting year that is wholly under the Code
	)
	straddle := "the accounting year 2025-26 is partly under the Act, at 8.33 per cent, and partly under the Code, at eight and one-third; here the Act's rate holds for all of it"
	notified := func(number, subject string) hr.Source {
		return published(number, subject+", in effect from 21 November 2025", "2026-08-25", "read in secondary sources")
	}
	rate := func(name, title, act, code string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: "number", Steps: []hr.ParameterStep{
			since(first, act, bonusAct("s.10")), doubtful(codesInForce, act, bonusAct("s.10"), straddle), since(ofYears, code, codeOnWages("s.26(1)")),
		}}
	}
	both := func(name, title, unit, v, act, code string) hr.Parameter {
		return hr.Parameter{Name: name, Title: title, Unit: unit, Steps: []hr.ParameterStep{
			since(first, v, bonusAct(act)), since(codesInForce, v, codeOnWages(code)),
		}}
	}
	return []hr.Parameter{
		{Name: "bonus.wage_limit", Title: "Wages up to which bonus is due, a month", Unit: "money", Steps: []hr.ParameterStep{
			since(first, "21000", bonusAct("s.2(13)")), since(codesInForce, "21000", notified("S.O. 4711(E)", "wage limit 21,000 of s.26(1)")),
		}},
		{Name: "bonus.ceiling", Title: "Wages that bonus is worked out on, a month, unless the minimum wage is higher", Unit: "money", Steps: []hr.ParameterStep{
			since(first, "7000", bonusAct("s.12")), since(codesInForce, "7000", notified("S.O. 4710(E)", "calculation ceiling 7,000 of s.26(2)")),
		}},
		both("bonus.days_worked", "Days worked in the accounting year that are needed", "days", "30", "s.8", "s.26(1)"),
		rate("bonus.minimum_parts", "Minimum bonus: so many parts of the wages", "8.33", "1"),
		rate("bonus.minimum_of", "Minimum bonus: of so many (8.33 of 100; 1 of 12 is eight and one-third per cent exactly)", "100", "12"),
		both("bonus.least", "Minimum bonus at least", "money", "100", "s.10", "s.26(1)"),
		both("bonus.maximum_rate", "Maximum bonus", "percent", "20", "s.11", "s.26(3)"),
		both("bonus.allocable_share", "Share of available surplus that is allocable", "percent", "67", "s.2(4)", "s.26, definition"),
		both("bonus.allocable_share_bank", "The same in a bank", "percent", "60", "s.2(4)", "s.26, definition"),
		both("bonus.carry_years", "Accounting years after its own in which a set-on or set-off is used", "count", "4", "s.15", "s.36"),
		both("bonus.pay_within_months", "Months from the end of the accounting year within which bonus is paid", "count", "8", "s.19", "s.39"),
	}
}
