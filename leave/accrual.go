package leave

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Frequency says how often leave is credited. The empty frequency is off.
type Frequency string

const (
	Monthly     Frequency = "month"
	Quarterly   Frequency = "quarter"
	HalfYearly  Frequency = "half_year"
	Yearly      Frequency = "year"        // once, in front
	Anniversary Frequency = "anniversary" // on each anniversary of joining, the day of joining left out
)

// months returns how many months lie between two credits.
func (f Frequency) months() int {
	switch f {
	case Monthly:
		return 1
	case Quarterly:
		return 3
	case HalfYearly:
		return 6
	case Yearly, Anniversary:
		return 12
	}
	return 0
}

// Accrual says when leave is credited by the passing of time, and how much. The zero Accrual is off: every lot is granted by hand or
// earned by work.
//
// Credits are of one of two kinds. With Days each is the same, on calendar months. With PerYear, or with [Tiers] beside it, a leave
// year's whole is spread over its credits by the running exact sum, so that they lose nothing ([Spread]), and [Proration] may
// reduce it; a later change of what was known, such as a last day, is posted as a difference.
type Accrual struct {
	Every   Frequency       `json:"every,omitempty" class:"public"`
	Days    decimal.Decimal `json:"days,omitzero" class:"public"`     // credited each time
	PerYear decimal.Decimal `json:"per_year,omitzero" class:"public"` // of a whole leave year
	// Day is the day of the month on which it is credited, 1 to 31; where the month has no such day, its last. An anniversary has
	// its own day.
	Day int `json:"day,omitempty" class:"public"`
	// Month is the first month of a quarter, half-year or yearly credit of Days. A year's whole goes by the leave year instead.
	Month time.Month `json:"month,omitempty" class:"public"`
	// AtEnd credits a year's whole on the last day of each month, quarter, half-year or year instead.
	AtEnd bool `json:"at_end,omitempty" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyAccrual, all together. Whether there is a quantity is said by [Policy.Validate],
// since tiers may stand for it.
func (a Accrual) Validate() error {
	var faults hr.Faults
	if a.Every == "" {
		if a != (Accrual{Days: a.Days, PerYear: a.PerYear}) || a.Days.Sign() != 0 || a.PerYear.Sign() != 0 {
			faults.Missing("every", RulePolicyAccrual)
		}
		return faults.Err()
	}
	if a.Every.months() == 0 {
		faults.Add("every", RulePolicyAccrual, "must be month, quarter, half_year, year or anniversary")
	}
	if a.Days.Sign() < 0 {
		faults.Add("days", RulePolicyAccrual, "must be above zero")
	}
	if a.PerYear.Sign() < 0 {
		faults.Add("per_year", RulePolicyAccrual, "must be above zero")
	}
	if a.Days.Sign() != 0 && a.PerYear.Sign() != 0 {
		faults.Add("per_year", RulePolicyAccrual, "stands alone: two rules for one credit")
	}
	fixed := a.Days.Sign() != 0
	switch own := a.Every == Anniversary || a.AtEnd; {
	case own && a.Day != 0:
		faults.Add("day", RulePolicyAccrual, "is not asked: the credit has its own day")
	case !own && (a.Day < 1 || a.Day > 31):
		faults.Add("day", RulePolicyAccrual, "must be a day of the month, 1 to 31")
	}
	switch asks := fixed && a.Every != Monthly && a.Every != Anniversary; {
	case a.Every.months() == 0:
	case asks && (a.Month < time.January || a.Month > time.December):
		faults.Add("month", RulePolicyAccrual, "must be the first month of the credit's period")
	case !asks && a.Month != 0:
		faults.Add("month", RulePolicyAccrual, "belongs to a credit of days for more than a month")
	}
	if a.AtEnd && (fixed || a.Every == Anniversary) {
		faults.Add("at_end", RulePolicyAccrual, "belongs to a year's whole that is spread over the leave year")
	}
	if !fixed && a.Every == Anniversary && a.PerYear.Sign() != 0 {
		faults.Add("every", RulePolicyAccrual, "an anniversary credits days, or by tiers")
	}
	return faults.Err()
}

// credit returns the day of the month that begins on first on which days are credited; false if it is not its turn.
func (a Accrual) credit(first, hired hr.Date) (hr.Date, bool) {
	switch {
	case a.Every == "":
		return hr.Date{}, false
	case a.Every == Anniversary:
		years := first.Year() - hired.Year()
		day, err := hired.AddMonths(12*years, hr.MonthOverflow)
		return day, err == nil && years > 0 && day.FirstOfMonth() == first
	case a.Every != Monthly && (int(first.Month())-int(a.Month))%a.Every.months() != 0:
		return hr.Date{}, false
	}
	return first.Add(min(a.Day, first.DaysInMonth()) - 1), true
}
