package ca

import (
	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Law returns the dated numbers of this package, each step with its source. It panics only if a literal of this package is
// malformed, which its tests would show.
func Law() leave.Law {
	l, err := leave.NewLaw(parameters()...)
	if err != nil {
		panic(err)
	}
	return l
}

func parameters() []hr.Parameter {
	const (
		labour = "2019-09-01" // ten years give four weeks
		esa    = "2018-01-01" // five years give three weeks; the public holiday formula is of 1 July 2018
	)
	code := published("Canada Labour Code", "ss.184, 184.01", "", "read in a secondary source of 2 July 2026")
	ontario := published("Ontario Employment Standards Act 2000", "ss.33, 35.2", "", notReadAgain)
	const memory = "the first day is from memory, not confirmed for this review"
	const both = "value and first day are from memory: settled law, not confirmed for this review"
	holiday := published("Ontario Employment Standards Act 2000", "s.24(1)", "", "read in a copy of ontario.ca")
	return []hr.Parameter{
		parameter("fed.vacation.second_years", "Full years from which there is the second tier of vacation", "years", doubtful(labour, "5", code, memory)),
		parameter("fed.vacation.third_years", "Full years from which there is the third", "years", doubtful(labour, "10", code, memory)),
		parameter("fed.vacation.first_weeks", "Weeks of vacation of the first tier; each further tier has one more", "count", doubtful(labour, "2", code, memory)),
		parameter("fed.vacation.week_percent", "Vacation pay for each week of vacation, of wages", "percent", doubtful(labour, "2", code, memory)),
		parameter("fed.holiday.divisor", "General holiday pay is four weeks' wages without overtime divided by this", "number",
			doubtful(labour, "20", published("Canada Labour Code", "s.196", "", notReadAgain), both)),
		parameter("fed.medical.days", "Paid days of medical leave in a calendar year", "days",
			doubtful("2022-12-01", "10", published("Canada Labour Code", "s.239(1.2)", "", notReadAgain), both)),
		parameter("fed.personal.days", "Days of personal leave in a calendar year", "days",
			doubtful(labour, "5", published("Canada Labour Code", "s.206.6", "", notReadAgain), both)),
		parameter("fed.personal.paid_days", "Of these, the first that are paid", "days",
			doubtful(labour, "3", published("Canada Labour Code", "s.206.6", "", notReadAgain), both)),
		parameter("on.sick.days", "Ontario: unpaid days of sick leave in a calendar year", "days",
			doubtful("2019-01-01", "3", published("Ontario Employment Standards Act 2000", "s.50", "", notReadAgain), both)),
		parameter("on.vacation.second_years", "Ontario: full years from which there is the second tier", "years", doubtful(esa, "5", ontario, both)),
		parameter("on.vacation.first_weeks", "Ontario: weeks of vacation of the first tier", "count", doubtful(esa, "2", ontario, both)),
		parameter("on.vacation.week_percent", "Ontario: vacation pay for each week of vacation, of wages", "percent", doubtful(esa, "2", ontario, both)),
		parameter("on.holiday.divisor", "Ontario: public holiday pay is four work weeks' regular wages and vacation pay divided by this", "number", doubtful("2018-07-01", "20", holiday, memory)),
		parameter("on.holiday.premium", "Ontario: the rate for hours worked on a public holiday, in times the regular rate", "number", doubtful("2018-07-01", "1.5", holiday, memory)),
	}
}
