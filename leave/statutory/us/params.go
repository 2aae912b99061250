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
	const fromMemory = "the first day is that of the Act, from memory; the value is read in 29 CFR 825.200"
	settled := published("29 CFR 825", "", "", notReadAgain)
	at := func(section string) hr.Source { s := settled; s.Section = section; return s }
	return []hr.Parameter{
		parameter("fmla.weeks", "Leave in twelve months, in weeks", "count",
			doubtful("1993-08-05", "12", published("29 CFR 825", "825.200(a)", "", ""), fromMemory)),
		parameter("fmla.days_a_week", "Working days of a week that leave is counted in", "days",
			doubtful("1993-08-05", "5", published("29 CFR 825", "825.205", "", "Monday to Friday, where that is the schedule"), fromMemory)),
		parameter("fmla.weeks_servicemember", "Leave to care for a servicemember in one twelve months, in weeks", "count", doubtful("2009-01-16", "26", at("825.200(f)"), known)),
		parameter("fmla.employees", "Employees within 75 miles from which the employer is covered", "count", doubtful("1993-08-05", "50", at("825.104, 825.110(a)(3)"), known)),
		parameter("fmla.months", "Months of employment from which somebody is eligible", "months", doubtful("1993-08-05", "12", at("825.110(a)(1)"), known)),
		parameter("fmla.hours", "Hours worked in the twelve months before from which somebody is eligible", "hours", doubtful("1993-08-05", "1250", at("825.110(a)(2)"), known)),
		parameter("ca.sick.hours_per_hour", "California: hours worked for one hour of paid sick leave", "hours", since("2024-01-01", "30", sick)),
		parameter("ca.sick.use", "California: hours that may be used in a year", "hours", since("2024-01-01", "40", sick)),
		parameter("ca.sick.first_day", "California: day of employment from which paid sick leave may be used", "count", since("2024-01-01", "90", sick)),
		parameter("ca.sick.early_day", "California: day of employment by which the first part must be there", "count", since("2024-01-01", "120", sick)),
		parameter("ca.sick.early", "California: hours that must be there by then", "hours", since("2024-01-01", "24", sick)),
		parameter("ca.sick.late_day", "California: day of employment by which all must be there", "count", since("2024-01-01", "200", sick)),
		parameter("ca.sick.late", "California: hours that must be there by then", "hours", since("2024-01-01", "40", sick)),
		parameter("ca.sick.bank", "California: hours that may stand on the account", "hours", since("2024-01-01", "80", sick)),
	}
}

// known marks what we know and did not read again for this review: the value and the day it holds from are settled practice, unconfirmed.
const known = "value and first day are from memory: settled law, not confirmed for this review"
