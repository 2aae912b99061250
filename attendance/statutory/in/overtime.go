package in

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Overtime returns the tiers for workers paid by the day (daily true: over the hours of a day) or by a longer time (over those of a
// week), as the Central Rules divide them. Before the OSH Code both limits hold for everybody (Factories Act s.59).
func Overtime(p attendance.Pack, on hr.Date, daily bool) (attendance.Tiers, error) {
	day, err := p.Minutes("day", on)
	if err != nil {
		return attendance.Tiers{}, err
	}
	week, err := p.Minutes("week", on)
	if err != nil {
		return attendance.Tiers{}, err
	}
	both := on.Before(hr.MustDate(osh))
	var t attendance.Tiers
	if daily || both {
		t.Day = []attendance.Tier{{Beyond: day, Band: attendance.BandOvertime}}
	}
	if !daily || both {
		t.Week = []attendance.Tier{{Beyond: week, Band: attendance.BandOvertime}}
	}
	return t, nil
}

// CountedMinutes returns what the overtime minutes of one day count for: whole hours, and of the rest below 15 minutes nothing, 15 to
// 30 half an hour, more than 30 an hour. It is a rule of pay: the minutes worked stay what they are. A [hr.FieldError] with
// RuleNegative tells minutes below zero.
func CountedMinutes(p attendance.Pack, on hr.Date, minutes int) (int, error) {
	if minutes < 0 {
		return 0, &hr.FieldError{Path: "minutes", Rule: RuleNegative, Reason: "must not be negative"}
	}
	from, err := p.Minutes("overtime.from_minutes", on)
	if err != nil {
		return 0, err
	}
	above, err := p.Minutes("overtime.hour_above_minutes", on)
	if err != nil {
		return 0, err
	}
	hours, rest := minutes-minutes%60, minutes%60
	switch {
	case rest > above:
		return hours + 60, nil
	case rest >= from:
		return hours + 30, nil
	}
	return hours, nil
}

// OvertimePay returns what overtime pays: the counted minutes of each day together, at twice the hourly wage, of which 26 days of 8
// hours (the hours of a day in the law of the day) make a month's wages. It is rounded once. It returns [hr.FieldError]s with
// RuleNegative for minutes or wages below zero.
func OvertimePay(p attendance.Pack, on hr.Date, monthlyWages decimal.Decimal, minutesByDay []int, money hr.Rounding) (counted int, pay decimal.Decimal, err error) {
	var faults hr.Faults
	if monthlyWages.Sign() < 0 {
		faults.Add("monthly_wages", RuleNegative, "must not be negative")
	}
	for i, m := range minutesByDay {
		n, err := CountedMinutes(p, on, m)
		faults.Join(fmt.Sprintf("days[%d]", i), err)
		counted += n
	}
	if faults.Any() {
		return 0, pay, faults.Err()
	}
	var v [3]decimal.Decimal
	for i, name := range []string{"overtime.rate", "overtime.day_divisor", "day"} {
		if v[i], err = p.Value(name, on); err != nil {
			return 0, pay, err
		}
	}
	minutesOfMonth := v[1].Mul(v[2]).Mul(decimal.NewFromInt(60))
	pay, err = money.Ratio(monthlyWages.Mul(v[0]).Mul(decimal.NewFromInt(int64(counted))), minutesOfMonth)
	return counted, pay, err
}

// WeeklyOffDue returns the last day on which a day off must have been given for a weekly off that was missed: the end of the second month
// after its month. It returns a [hr.FieldError] with RuleDay for no day.
func WeeklyOffDue(p attendance.Pack, missed hr.Date) (hr.Date, error) {
	if missed.IsZero() {
		return hr.Date{}, &hr.FieldError{Path: "missed", Rule: RuleDay, Reason: "is required", Err: hr.ErrRequired}
	}
	months, err := p.Value("weekly_off.months", missed)
	if err != nil {
		return hr.Date{}, err
	}
	last, err := missed.FirstOfMonth().AddMonths(int(months.IntPart()), hr.MonthClamp)
	return last.EndOfMonth(), err
}

// QuarterCap returns the most overtime of a quarter: 50 hours under the Factories Act. Under the OSH Code it is what the appropriate
// Government says, which a host adds to the parameter overtime.quarter; until then there is no value, and that is an [hr.ParameterError].
func QuarterCap(p attendance.Pack, on hr.Date) (attendance.Cap, error) {
	step, err := p.At("overtime.quarter", on)
	if err != nil {
		return attendance.Cap{}, err
	}
	minutes, err := p.Minutes("overtime.quarter", on)
	return attendance.Cap{Span: attendance.CapQuarter, Minutes: minutes, Source: step.Source}, err
}

// IntervalDue returns the minutes of interval that so many minutes of work ask for: half an hour, from more than five hours on. It
// returns a [hr.FieldError] with RuleNegative for minutes below zero.
func IntervalDue(p attendance.Pack, on hr.Date, minutes int) (int, error) {
	if minutes < 0 {
		return 0, &hr.FieldError{Path: "minutes", Rule: RuleNegative, Reason: "must not be negative"}
	}
	after, err := p.Minutes("interval_after", on)
	if err != nil || minutes <= after {
		return 0, err
	}
	return p.Minutes("interval_minutes", on)
}
