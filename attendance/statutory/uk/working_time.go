package uk

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// Average is a figure of hours beside its limit.
type Average struct {
	Hours decimal.Decimal // to four decimals, half up; the comparison is exact
	Over  bool            // more than the limit; exactly the limit is within it
}

var fourPlaces = hr.MustRounding("0.0001", hr.HalfUp)

// WeeklyAverage returns the average week of a reference period: (A + B) / C, where A are the hours worked in it, B those worked after it
// in as many days as it had of leave, sickness and the like, and C its weeks: 17, or up to 52 by agreement (reg 4(6)). weeks zero
// stands for those of the law.
//
// It returns [hr.FieldError]s: RuleNegative, RuleNoTime for weeks below zero.
func WeeklyAverage(p attendance.Pack, on hr.Date, hours, after decimal.Decimal, weeks int) (Average, error) {
	var faults hr.Faults
	notNegative(&faults, "hours", hours)
	notNegative(&faults, "hours_after", after)
	if weeks < 0 {
		faults.Add("weeks", RuleNoTime, "must be above zero, or zero for those of the law")
	}
	if faults.Any() {
		return Average{}, faults.Err()
	}
	over := decimal.NewFromInt(int64(weeks))
	if weeks == 0 {
		var err error
		if over, err = p.Value("week.weeks", on); err != nil {
			return Average{}, err
		}
	}
	return average(p, "week", on, hours.Add(after), over)
}

// NightAverage returns the average of a night worker in 24 hours: A / (B - C), where A are the hours worked in the reference period, B its
// days and C those of weekly rest (reg 6(5)). It returns [hr.FieldError]s: RuleNegative, RuleNoTime where no day is left.
func NightAverage(p attendance.Pack, on hr.Date, hours decimal.Decimal, days, restDays int) (Average, error) {
	var faults hr.Faults
	notNegative(&faults, "hours", hours)
	if restDays < 0 {
		faults.Add("rest_days", RuleNegative, "must not be negative")
	}
	if days-restDays <= 0 {
		faults.Add("days", RuleNoTime, "must be more than the rest days")
	}
	if faults.Any() {
		return Average{}, faults.Err()
	}
	return average(p, "night", on, hours, decimal.NewFromInt(int64(days-restDays)))
}

func average(p attendance.Pack, limit string, on hr.Date, hours, over decimal.Decimal) (Average, error) {
	most, err := p.Value(limit, on)
	if err != nil {
		return Average{}, err
	}
	mean, err := fourPlaces.Ratio(hours, over)
	return Average{Hours: mean, Over: hours.Cmp(most.Mul(over)) > 0}, err
}

// DailyRest returns the minutes of rest that passed between two days of work, and whether they are enough: 11 hours, 12 for a young
// worker. It returns a [hr.FieldError] with RuleOrder for an instant missing or work that begins before the other ends.
func DailyRest(p attendance.Pack, on hr.Date, finish, next time.Time, young bool) (minutes int, enough bool, err error) {
	if finish.IsZero() || next.Before(finish) {
		return 0, false, &hr.FieldError{Path: "next", Rule: RuleOrder, Reason: "must not be before the work before it ends"}
	}
	least, err := p.Minutes(forAge("rest.day", young), on)
	if err != nil {
		return 0, false, err
	}
	minutes = int(next.Truncate(time.Minute).Sub(finish.Truncate(time.Minute)).Minutes())
	return minutes, minutes >= least, nil
}

// BreakDue returns the minutes of break that a day of so many minutes asks for: 20 over 6 hours; for a young worker 30 over 4.5. It
// returns a [hr.FieldError] with RuleNegative for minutes below zero.
func BreakDue(p attendance.Pack, on hr.Date, minutes int, young bool) (int, error) {
	if minutes < 0 {
		return 0, &hr.FieldError{Path: "minutes", Rule: RuleNegative, Reason: "must not be negative"}
	}
	after, err := p.Minutes(forAge("break.after", young), on)
	if err != nil || minutes <= after {
		return 0, err
	}
	return p.Minutes(forAge("break.minutes", young), on)
}

// YoungOver reports whether a young worker's day, and their week, are longer than 8 and 40 hours (reg 5A), which are not averaged. It
// returns a [hr.FieldError] with RuleNegative for minutes below zero.
func YoungOver(p attendance.Pack, on hr.Date, dayMinutes, weekMinutes int) (day, week bool, err error) {
	if dayMinutes < 0 || weekMinutes < 0 {
		return false, false, &hr.FieldError{Path: "minutes", Rule: RuleNegative, Reason: "must not be negative"}
	}
	most, err := p.Minutes("day.young", on)
	if err != nil {
		return false, false, err
	}
	mostWeek, err := p.Minutes("week.young", on)
	return dayMinutes > most, weekMinutes > mostWeek, err
}

func forAge(name string, young bool) string {
	if young {
		return name + "_young"
	}
	return name
}

func notNegative(faults *hr.Faults, path string, d decimal.Decimal) {
	if d.Sign() < 0 {
		faults.Add(path, RuleNegative, "must not be negative")
	}
}
