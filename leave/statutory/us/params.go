package us

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
	sick := published("California Labor Code", "s.246 as amended by SB 616", "2023-10-04", "read in six secondary sources")
	return []hr.Parameter{
		parameter("fmla.weeks", "Leave in twelve months, in weeks", "count",
			since("1993-08-05", "12", published("29 CFR 825", "825.200(a)", "", "the day is that of the Act; "+notReadAgain))),
		parameter("fmla.days_a_week", "Working days of a week that leave is counted in", "days",
			since("1993-08-05", "5", published("29 CFR 825", "825.205", "", "Monday to Friday, where that is the schedule"))),
		parameter("ca.sick.hours_per_hour", "California: hours worked for one hour of paid sick leave", "hours", since("2024-01-01", "30", sick)),
		parameter("ca.sick.use", "California: hours that may be used in a year", "hours", since("2024-01-01", "40", sick)),
		parameter("ca.sick.bank", "California: hours that may stand on the account", "hours", since("2024-01-01", "80", sick)),
	}
}
