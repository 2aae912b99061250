package in

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// practice is the source of what no law says.
func practice() hr.Source {
	return published("Private-sector practice in India", "", "", "a start for a host to change, and no law")
}

// PrivateSector returns the leave types that many private employers in India have, from a day on and for a leave year: a start to
// change, each of them a plain value. Where a State's Act gives more, that holds.
//
//   - earned: 18 days, a twelfth each month, for joiners by the 15th, usable after six months; 45 are carried, the rest lapses; paid at
//     exit; a weekend between two days of it counts.
//   - casual: 8 days in front, prorated by months, lapsing; at most 3 in a run and not beside earned leave.
//   - sick: 8 days in front, lapsing; a document for more than two days; asked for up to three days late.
//   - comp_off: time off in lieu, for 60 days from the day of the work.
//   - restricted: two holidays of the employee's choice from the calendar's list.
//   - unpaid: loss of pay, without a balance.
func PrivateSector(since hr.Date, year leave.Year) []hr.Step[leave.Policy] {
	half := leave.Rounded{Step: decimal.New(5, -1), Mode: hr.HalfUp}
	paid := decimal.NewFromInt(1)
	front := leave.Accrual{Every: leave.Yearly, Day: 1}
	casual, restricted := front, front
	casual.PerYear, restricted.PerYear = decimal.NewFromInt(8), decimal.NewFromInt(2)
	byMonth := leave.Proration{Method: leave.ByMonthsTouched}
	lapses := leave.CarryOver{Closes: true}
	policies := []leave.Policy{
		{
			Type: "earned", Name: "Earned leave", Unit: leave.Days, Paid: paid, Year: year,
			Accrual:   leave.Accrual{Every: leave.Monthly, PerYear: decimal.NewFromInt(18), Day: 1},
			Proration: leave.Proration{Method: leave.ByFifteenth, Leaving: true}, Rounding: half, Waiting: leave.Waiting{Months: 6},
			CarryOver: leave.CarryOver{Closes: true, Limit: decimal.NewFromInt(45)}, Encashment: leave.Encashment{Exit: true},
			Counting: leave.Counting{Sandwich: leave.SandwichEnclosed},
		},
		{
			Type: "casual", Name: "Casual leave", Unit: leave.Days, Paid: paid, Year: year,
			Accrual: casual, Proration: byMonth, Rounding: half, CarryOver: lapses,
			Limits: leave.Limits{Run: decimal.NewFromInt(3), Apart: []leave.TypeID{"earned"}},
		},
		{
			Type: "sick", Name: "Sick leave", Unit: leave.Days, Paid: paid, Year: year,
			Accrual: casual, Proration: byMonth, Rounding: half, CarryOver: lapses,
			Notice: leave.Notice{Late: 3}, Documents: leave.Documents{MoreThan: decimal.NewFromInt(2)},
		},
		{
			Type: "comp_off", Name: "Time off in lieu", Unit: leave.Days, Paid: paid, Year: year,
			Expiry: leave.Expiry{Days: 60},
		},
		{
			Type: "restricted", Name: "Restricted holiday", Unit: leave.Days, Paid: paid, Year: year,
			Accrual: restricted, CarryOver: lapses, Restricted: leave.Restricted{Only: true},
		},
		{
			Type: "unpaid", Name: "Leave without pay", Unit: leave.Days, Year: year,
			Negative: leave.Negative{NoLimit: true}, Counting: leave.Counting{Sandwich: leave.SandwichEnclosed},
		},
	}
	steps := make([]hr.Step[leave.Policy], len(policies))
	for i, p := range policies {
		steps[i] = hr.Step[leave.Policy]{Since: since, Value: p, Source: practice()}
	}
	return steps
}

// AnnualPolicy returns annual leave under the OSH Code from a day on, for who may carry 30 days: the year's end carries them and pays
// the rest, exit pays all, nothing lapses, and no day off counts. What a year earns is granted by hand from [AnnualLeave], since it is
// asked at the end of the year whether enough was worked; refused leave, which is carried beside the limit, is an adjustment.
func AnnualPolicy(law leave.Law, since hr.Date) (hr.Step[leave.Policy], error) {
	carry, err := law.Value("annual.carry", since)
	if err != nil {
		return hr.Step[leave.Policy]{}, err
	}
	return hr.Step[leave.Policy]{Since: since, Source: osh("s.32"), Value: leave.Policy{
		Type: "annual", Name: "Annual leave with wages", Unit: leave.Days, Paid: decimal.NewFromInt(1),
		CarryOver: leave.CarryOver{Closes: true, Limit: carry}, Encashment: leave.Encashment{YearEndAll: true, Exit: true},
	}}, nil
}

// MaternityPolicy returns maternity leave for a birth from a day on: calendar days, of which so many may lie before the expected day, paid
// in full. It gives what fewer than two surviving children give; for the other events a host grants the days of [Maternity].
func MaternityPolicy(law leave.Law, since hr.Date) (hr.Step[leave.Policy], error) {
	v, err := law.Values(since, "maternity.weeks", "maternity.weeks_before")
	if err != nil {
		return hr.Step[leave.Policy]{}, err
	}
	seven := decimal.NewFromInt(7)
	return hr.Step[leave.Policy]{Since: since, Source: socialSecurity("s.60"), Value: leave.Policy{
		Type: "maternity", Name: "Maternity leave", Unit: leave.Days, Paid: decimal.NewFromInt(1),
		Occasion: leave.Occasion{Days: v[0].Mul(seven), Before: int(v[1].Mul(seven).IntPart()), Months: 12},
		Counting: leave.Counting{Sandwich: leave.SandwichCalendar},
	}}, nil
}
