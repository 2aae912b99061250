package us

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// PaidSickPolicy returns California's paid sick leave from a day on, in hours: one for thirty worked, by the exact sum of all timesheets to
// four decimals, usable from day 90 of the employment, at most 40 hours of requests in a leave year. That no more than 80 stand on the account is for the
// host to check at a pay period's end ([PaidSick] does): what is earned by work has no cap here.
func PaidSickPolicy(law leave.Law, since hr.Date, hoursADay decimal.Decimal, year leave.Year) (hr.Step[leave.Policy], error) {
	v, err := law.Values(since, "ca.sick.hours_per_hour", "ca.sick.use", "ca.sick.first_day")
	if err != nil {
		return hr.Step[leave.Policy]{}, err
	}
	return hr.Step[leave.Policy]{Since: since, Source: published("California Labor Code", "s.246", "2023-10-04", ""), Value: leave.Policy{
		Type: "sick", Name: "Paid sick leave", Unit: leave.Hours, Paid: decimal.NewFromInt(1), Year: year,
		Earning: leave.Earning{
			Give: decimal.NewFromInt(1), Per: v[0], Bands: []string{"regular", "overtime"},
			Rounds: leave.Rounded{Step: decimal.New(1, -4), Mode: hr.HalfUp},
		},
		Waiting: leave.Waiting{Days: int(v[2].IntPart()) - 1}, Limits: leave.Limits{PerYear: v[1]}, Counting: leave.Counting{Hours: hoursADay},
	}}, nil
}
