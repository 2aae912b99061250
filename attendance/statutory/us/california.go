package us

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// CaliforniaOvertime returns the tiers of California: over 8 hours in a day time and a half and over 12 double, over 40 regular hours
// in a workweek time and a half, and on the seventh day of a workweek in which all seven were worked time and a half, over 8 hours
// double.
func CaliforniaOvertime(p attendance.Pack, on hr.Date) (attendance.Tiers, error) {
	n, err := minutesOf(p, on, "ca.day", "ca.day_double", "ca.week", "ca.seventh_double")
	if err != nil {
		return attendance.Tiers{}, err
	}
	return attendance.Tiers{
		Day:     []attendance.Tier{{Beyond: n[0], Band: attendance.BandOvertime}, {Beyond: n[1], Band: attendance.BandDouble}},
		Seventh: []attendance.Tier{{Beyond: 0, Band: attendance.BandOvertime}, {Beyond: n[3], Band: attendance.BandDouble}},
		Week:    []attendance.Tier{{Beyond: n[2], Band: attendance.BandOvertime}},
	}, nil
}

// CaliforniaPay returns what bands of time pay at an hourly rate: regular time once, overtime one and a half times, double time
// twice. It returns a [hr.FieldError] with RuleNegative for a rate or minutes below zero, or a band it does not know.
func CaliforniaPay(p attendance.Pack, on hr.Date, bands []hr.Band, rate decimal.Decimal, money hr.Rounding) (decimal.Decimal, error) {
	overtime, err := p.Value("ca.overtime_rate", on)
	if err != nil {
		return decimal.Decimal{}, err
	}
	double, err := p.Value("ca.double_rate", on)
	if err != nil {
		return decimal.Decimal{}, err
	}
	times := map[string]decimal.Decimal{attendance.BandRegular: decimal.NewFromInt(1), attendance.BandOvertime: overtime, attendance.BandDouble: double}
	var faults hr.Faults
	notNegative(&faults, "rate", rate)
	var sum decimal.Decimal // minutes, each as often as it is paid
	for i, b := range bands {
		if _, known := times[b.Name]; !known || b.Minutes < 0 {
			faults.Add(fmt.Sprintf("bands[%d]", i), RuleNegative, "must be regular, overtime or double, and not negative")
		}
		sum = sum.Add(times[b.Name].Mul(decimal.NewFromInt(int64(b.Minutes))))
	}
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	return money.Ratio(sum.Mul(rate), decimal.NewFromInt(60))
}

// FlatBonus returns the overtime that a flat-sum bonus brings in California (Alvarado): the bonus by the hours that were not
// overtime is a rate (to four decimals, to show), and it is due one and a half times for each overtime hour and twice for each hour of
// double time, on top of the bonus.
//
// It returns [hr.FieldError]s for figures below zero (RuleNegative), and for a bonus without regular hours (RuleNoHours).
func FlatBonus(p attendance.Pack, on hr.Date, bonus, regular, overtime, double decimal.Decimal, money hr.Rounding) (rate, extra decimal.Decimal, err error) {
	var faults hr.Faults
	notNegative(&faults, "bonus", bonus)
	notNegative(&faults, "regular", regular)
	notNegative(&faults, "overtime", overtime)
	notNegative(&faults, "double", double)
	if regular.Sign() == 0 {
		faults.Add("regular", RuleNoHours, "a rate needs hours that are not overtime")
	}
	if faults.Any() {
		return rate, extra, faults.Err()
	}
	var v [3]decimal.Decimal
	for i, name := range []string{"ca.flat_bonus", "ca.overtime_rate", "ca.double_rate"} {
		if v[i], err = p.Value(name, on); err != nil {
			return rate, extra, err
		}
	}
	if rate, err = fourPlaces.Ratio(bonus, regular); err != nil {
		return rate, extra, err
	}
	extra, err = money.Ratio(bonus.Mul(overtime.Mul(v[1]).Add(double.Mul(v[2]))), regular)
	return rate, extra, err
}

// MissedBreaks is one day on which a meal period or a rest period that was due was not given.
type MissedBreaks struct {
	Meal bool
	Rest bool
}

// BreakPremium returns the hours of premium pay for days with missed breaks, and their pay at the regular rate: one hour a day for meal
// periods and one for rest periods, however many were missed. It returns a [hr.FieldError] with RuleNegative for a rate below zero.
func BreakPremium(p attendance.Pack, on hr.Date, days []MissedBreaks, rate decimal.Decimal, money hr.Rounding) (hours, pay decimal.Decimal, err error) {
	var faults hr.Faults
	notNegative(&faults, "rate", rate)
	if faults.Any() {
		return hours, pay, faults.Err()
	}
	each, err := p.Value("ca.premium", on)
	if err != nil {
		return hours, pay, err
	}
	for _, d := range days {
		if d.Meal {
			hours = hours.Add(each)
		}
		if d.Rest {
			hours = hours.Add(each)
		}
	}
	return hours, money.Apply(hours.Mul(rate)), nil
}

// BreaksDue returns how many rest periods of 10 minutes and meal periods of 30 a day of so many minutes asks for in California: a rest
// for each 4 hours or major part of them, none below 3.5 hours; a meal over 5 hours, a second over 10. Nothing is waived. It returns a
// [hr.FieldError] with RuleNegative for minutes below zero.
func BreaksDue(p attendance.Pack, on hr.Date, minutes int) (rests, meals int, err error) {
	if minutes < 0 {
		return 0, 0, &hr.FieldError{Path: "minutes", Rule: RuleNegative, Reason: "must not be negative"}
	}
	n, err := minutesOf(p, on, "ca.rest_none", "ca.rest_every", "ca.meal_first", "ca.meal_second")
	if err != nil {
		return 0, 0, err
	}
	if none, every := n[0], n[1]; minutes >= none {
		rests = minutes / every
		if 2*(minutes%every) > every {
			rests++
		}
	}
	for _, limit := range n[2:] {
		if minutes > limit {
			meals++
		}
	}
	return rests, meals, nil
}

func minutesOf(p attendance.Pack, on hr.Date, names ...string) ([]int, error) {
	out := make([]int, len(names))
	for i, name := range names {
		n, err := p.Minutes(name, on)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}
