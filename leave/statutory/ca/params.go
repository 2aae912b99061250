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
	holiday := published("Ontario Employment Standards Act 2000", "s.24(1)", "", "read in a copy of ontario.ca")
	return []hr.Parameter{
		parameter("fed.vacation.second_years", "Full years from which there is the second tier of vacation", "years", since(labour, "5", code)),
		parameter("fed.vacation.third_years", "Full years from which there is the third", "years", since(labour, "10", code)),
		parameter("fed.vacation.first_weeks", "Weeks of vacation of the first tier; each further tier has one more", "count", since(labour, "2", code)),
		parameter("fed.vacation.week_percent", "Vacation pay for each week of vacation, of wages", "percent", since(labour, "2", code)),
		parameter("fed.holiday.divisor", "General holiday pay is four weeks' wages without overtime divided by this", "number",
			since(labour, "20", published("Canada Labour Code", "s.196", "", notReadAgain))),
		parameter("on.vacation.second_years", "Ontario: full years from which there is the second tier", "years", since(esa, "5", ontario)),
		parameter("on.vacation.first_weeks", "Ontario: weeks of vacation of the first tier", "count", since(esa, "2", ontario)),
		parameter("on.vacation.week_percent", "Ontario: vacation pay for each week of vacation, of wages", "percent", since(esa, "2", ontario)),
		parameter("on.holiday.divisor", "Ontario: public holiday pay is four work weeks' regular wages and vacation pay divided by this", "number", since("2018-07-01", "20", holiday)),
		parameter("on.holiday.premium", "Ontario: the rate for hours worked on a public holiday, in times the regular rate", "number", since("2018-07-01", "1.5", holiday)),
	}
}
