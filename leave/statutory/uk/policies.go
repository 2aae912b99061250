package uk

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// HolidayPolicy returns statutory holiday for a fixed working week from a day on: the year's days in front, for a starter and a leaver the
// share of regs 13(5) and 14 by days, to four decimals. At the year's end what an agreement carries (the 1.6 weeks) goes on for a
// year if carried says so, and the rest lapses; leave carried for sickness, family leave or the employer's fault is granted by hand
// from [CarryOver]. There is no pay in lieu except at exit.
func HolidayPolicy(law leave.Law, since hr.Date, daysAWeek decimal.Decimal, year leave.Year, carried bool) (hr.Step[leave.Policy], error) {
	h, err := Entitlement(law, since, daysAWeek, decimal.Decimal{})
	if err != nil {
		return hr.Step[leave.Policy]{}, err
	}
	over := leave.CarryOver{Closes: true}
	if carried {
		c, err := CarryOver(law, since, daysAWeek, h.Days, Agreement, false)
		if err != nil {
			return hr.Step[leave.Policy]{}, err
		}
		over.Limit, over.Months = c.Days, 12
	}
	return hr.Step[leave.Policy]{Since: since, Source: wtr("regs 13, 13A, 14", ""), Value: leave.Policy{
		Type: "holiday", Name: "Holiday", Unit: leave.Days, Paid: decimal.NewFromInt(1), Year: year,
		Accrual:   leave.Accrual{Every: leave.Yearly, PerYear: h.Days, Day: 1},
		Proration: leave.Proration{Method: leave.ByDays, Leaving: true}, Rounding: leave.Rounded(four),
		CarryOver: over, Encashment: leave.Encashment{Exit: true},
	}}, nil
}

// IrregularPolicy returns holiday of irregular-hours and part-year workers from a day on, in hours, earned by the timesheets of pay
// periods ([Irregular]). Hours a day is what a day of leave takes off.
func IrregularPolicy(law leave.Law, since hr.Date, hoursADay decimal.Decimal, year leave.Year) (hr.Step[leave.Policy], error) {
	earning, err := Irregular(law, since, false)
	if err != nil {
		return hr.Step[leave.Policy]{}, err
	}
	most, err := law.Value("holiday.most_days", since)
	if err != nil {
		return hr.Step[leave.Policy]{}, err
	}
	earning.Most = most.Mul(hoursADay)
	return hr.Step[leave.Policy]{Since: since, Source: wtr2023("reg 3, new reg 15B"), Value: leave.Policy{
		Type: "holiday", Name: "Holiday", Unit: leave.Hours, Paid: decimal.NewFromInt(1), Year: year, Earning: earning,
		Counting: leave.Counting{Hours: hoursADay}, CarryOver: leave.CarryOver{Closes: true}, Encashment: leave.Encashment{Exit: true},
	}}, nil
}
