package leave

import (
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Method says which share of a year's leave somebody gets who joins or leaves inside the leave year. The months are those of
// the leave year, which from a first of January or April are the calendar's. The empty Method prorates nothing.
type Method string

const (
	// ByDays gives the days employed over the days of the leave year, 365 or 366.
	ByDays Method = "days"
	// ByMonthsTouched gives a twelfth for each month with at least one day employed.
	ByMonthsTouched Method = "months_touched"
	// ByMonthsComplete gives a twelfth for each month employed from its first day to its last.
	ByMonthsComplete Method = "months_complete"
	// ByFifteenth gives the month of joining to who joins on its first fifteen days, and the month of leaving to all.
	ByFifteenth Method = "by_15th"
	// ByHalfMonths gives the month of joining to who joins by its 10th day, half of it by the 20th, nothing after; the month of
	// leaving to all.
	ByHalfMonths Method = "half_months"
	// ByDaysInMonth gives of each twelfth the days employed over the days of the month.
	ByDaysInMonth Method = "days_in_month"
)

// Proration says how joining and leaving inside a leave year reduce its leave. The zero Proration is off: credits are given in
// full to whoever is employed on their day.
type Proration struct {
	Method Method `json:"method,omitempty" class:"public"`
	// Leaving prorates for who leaves too. A last day that becomes known after a credit takes back, by an entry of its own, what
	// was credited beyond it. Without it only joining prorates.
	Leaving bool `json:"leaving,omitempty" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyProration.
func (p Proration) Validate() error {
	var faults hr.Faults
	switch p.Method {
	case "", ByDays, ByMonthsTouched, ByMonthsComplete, ByFifteenth, ByHalfMonths, ByDaysInMonth:
	default:
		faults.Add("method", RulePolicyProration, "must be days, months_touched, months_complete, by_15th, half_months or days_in_month")
	}
	if p.Method == "" && p.Leaving {
		faults.Missing("method", RulePolicyProration)
	}
	return faults.Err()
}

// Prorate returns the part of a year's leave that falls to the employed days inside a leave year of twelve months, rounded
// once. Employed may begin before the year and end after it or not at all; days outside the year count for nothing. It returns
// [hr.FieldError]s for an unknown method (RulePolicyProration) and a leave year that is not twelve months (RulePolicyYear).
func Prorate(annual decimal.Decimal, year, employed hr.Period, m Method, r Rounded) (decimal.Decimal, error) {
	var faults hr.Faults
	faults.Join("", Proration{Method: m}.Validate())
	faults.Join("rounding", r.Validate())
	months, err := monthsOf(year)
	faults.Join("year", err)
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	return r.of(new(big.Rat).Mul(annual.Rat(), m.share(year, months, employed)))
}

// monthsOf cuts a leave year into its twelve months.
func monthsOf(year hr.Period) ([]hr.Period, error) {
	bad := &hr.FieldError{Path: "", Rule: RulePolicyYear, Reason: "must be twelve months"}
	if year.Validate() != nil || year.Open() {
		return nil, bad
	}
	out := make([]hr.Period, 12)
	for i := range out {
		from, err := year.From.AddMonths(i, hr.MonthClamp)
		if err != nil {
			return nil, err
		}
		out[i].From = from
		if i > 0 {
			out[i-1].Through = from.Add(-1)
		}
	}
	next, err := year.From.AddMonths(12, hr.MonthClamp)
	if err != nil || next.Add(-1) != year.Through {
		return nil, bad
	}
	out[11].Through = year.Through
	return out, nil
}

// share returns the part of the leave year that the employed days are worth, from 0 to 1.
func (m Method) share(year hr.Period, months []hr.Period, employed hr.Period) *big.Rat {
	inside, ok := year.Intersect(employed)
	switch {
	case !ok:
		return new(big.Rat)
	case m == "":
		return big.NewRat(1, 1)
	case m == ByDays:
		return big.NewRat(int64(inside.Len()), int64(year.Len()))
	}
	sum := new(big.Rat)
	for _, month := range months {
		sum.Add(sum, m.ofMonth(month, employed))
	}
	return sum.Mul(sum, big.NewRat(1, 12))
}

// ofMonth returns the part of one month that the employed days are worth, from 0 to 1. [ByDays] is worth its days.
func (m Method) ofMonth(month, employed hr.Period) *big.Rat {
	inside, ok := month.Intersect(employed)
	joined := inside.From.Since(month.From) + 1 // 1: there from the start of the month
	switch {
	case !ok:
		return new(big.Rat)
	case m == ByDaysInMonth || m == ByDays:
		return big.NewRat(int64(inside.Len()), int64(month.Len()))
	case m == ByMonthsComplete && inside != month,
		m == ByFifteenth && joined > 15,
		m == ByHalfMonths && joined > 20:
		return new(big.Rat)
	case m == ByHalfMonths && joined > 10:
		return big.NewRat(1, 2)
	}
	return big.NewRat(1, 1)
}
