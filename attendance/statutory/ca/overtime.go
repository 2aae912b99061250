package ca

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// FederalOvertime returns the tiers of the Canada Labour Code: over 8 hours in a day or 40 in a week, whichever gives more, which is what
// [attendance.Tiers] count.
func FederalOvertime(p attendance.Pack, on hr.Date) (attendance.Tiers, error) {
	day, err := p.Minutes("federal.day", on)
	if err != nil {
		return attendance.Tiers{}, err
	}
	week, err := p.Minutes("federal.week", on)
	return attendance.Tiers{
		Day:  []attendance.Tier{{Beyond: day, Band: attendance.BandOvertime}},
		Week: []attendance.Tier{{Beyond: week, Band: attendance.BandOvertime}},
	}, err
}

// OntarioOvertime returns the tiers of Ontario: over 44 hours in a week, and nothing by the day.
func OntarioOvertime(p attendance.Pack, on hr.Date) (attendance.Tiers, error) {
	week, err := p.Minutes("on.week", on)
	return attendance.Tiers{Week: []attendance.Tier{{Beyond: week, Band: attendance.BandOvertime}}}, err
}

// Law names whose overtime a week is paid by.
type Law string

// The laws of this package.
const (
	Federal Law = "federal"
	Ontario Law = "on"
)

// OvertimeHours returns the overtime of one week in decimal hours, as the law words it: Federal, the larger of what lies over 8 in each day
// and what lies over 40 in the week; Ontario, what lies over 44 in the week. It returns [hr.FieldError]s with RuleNegative for hours
// below zero, and an [hr.ParameterError] for a law that has no limit on the day.
func OvertimeHours(p attendance.Pack, law Law, on hr.Date, hoursByDay []decimal.Decimal) (decimal.Decimal, error) {
	var faults hr.Faults
	var total, daily decimal.Decimal
	for i, h := range hoursByDay {
		notNegative(&faults, fmt.Sprintf("hours[%d]", i), h)
		total = total.Add(h)
	}
	if faults.Any() {
		return daily, faults.Err()
	}
	week, err := p.Value(string(law)+".week", on)
	if err != nil {
		return daily, err
	}
	if law == Federal {
		day, err := p.Value("federal.day", on)
		if err != nil {
			return daily, err
		}
		for _, h := range hoursByDay {
			daily = daily.Add(decimal.Max(decimal.Zero, h.Sub(day)))
		}
	}
	return decimal.Max(daily, total.Sub(week), decimal.Zero), nil
}

// Pay returns what a week pays at an hourly rate, overtime hours one and a half times. It is rounded once. It returns [hr.FieldError]s with
// RuleNegative for hours or a rate below zero, and an [hr.ParameterError] for a law that has no rate on the day.
func Pay(p attendance.Pack, law Law, on hr.Date, regular, overtime, rate decimal.Decimal, money hr.Rounding) (decimal.Decimal, error) {
	var faults hr.Faults
	notNegative(&faults, "regular", regular)
	notNegative(&faults, "overtime", overtime)
	notNegative(&faults, "rate", rate)
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	times, err := p.Value(string(law)+".overtime_rate", on)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return money.Apply(regular.Add(overtime.Mul(times)).Mul(rate)), nil
}

// HolidayPay is what a public holiday in Ontario pays.
type HolidayPay struct {
	Pay     decimal.Decimal // for the day
	Premium decimal.Decimal // for hours worked on it
	Total   decimal.Decimal // the two, as rounded
}

// OntarioHolidayPay returns public holiday pay: the regular wages of the four work weeks before that of the holiday, and the vacation pay
// payable in them, by 20; and for hours worked on the day one and a half times the rate. Regular wages leave out overtime, vacation,
// holiday and premium pay. It returns [hr.FieldError]s with RuleNegative.
func OntarioHolidayPay(p attendance.Pack, on hr.Date, wages, vacation, hours, rate decimal.Decimal, money hr.Rounding) (HolidayPay, error) {
	var faults hr.Faults
	notNegative(&faults, "wages", wages)
	notNegative(&faults, "vacation", vacation)
	notNegative(&faults, "hours", hours)
	notNegative(&faults, "rate", rate)
	if faults.Any() {
		return HolidayPay{}, faults.Err()
	}
	divisor, err := p.Value("on.holiday_divisor", on)
	if err != nil {
		return HolidayPay{}, err
	}
	times, err := p.Value("on.holiday_rate", on)
	if err != nil {
		return HolidayPay{}, err
	}
	day, err := money.Ratio(wages.Add(vacation), divisor)
	if err != nil {
		return HolidayPay{}, err
	}
	premium := money.Apply(hours.Mul(times).Mul(rate))
	return HolidayPay{Pay: day, Premium: premium, Total: day.Add(premium)}, nil
}

func notNegative(faults *hr.Faults, path string, d decimal.Decimal) {
	if d.Sign() < 0 {
		faults.Add(path, RuleNegative, "must not be negative")
	}
}
