package us

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// WeeklyOvertime returns the tiers of the FLSA: over 40 hours in a workweek, and nothing by the day. starts is for the caller to set on
// the result: the law lets the employer fix the workweek.
func WeeklyOvertime(p attendance.Pack, on hr.Date) (attendance.Tiers, error) {
	week, err := p.Minutes("flsa.week", on)
	if err != nil {
		return attendance.Tiers{}, err
	}
	return attendance.Tiers{Week: []attendance.Tier{{Beyond: week, Band: attendance.BandOvertime}}}, nil
}

// Work is time of one workweek at one rate.
type Work struct {
	Hours decimal.Decimal
	Rate  decimal.Decimal // an hour
}

// Pay is what one workweek pays. Money is rounded once, each figure by itself from the exact one.
type Pay struct {
	RegularRate     decimal.Decimal // all pay for work by all hours, to four decimals, half up: to show, not to calculate with
	OvertimeHours   decimal.Decimal
	OvertimePremium decimal.Decimal // on top of the straight pay
	Total           decimal.Decimal // straight pay, other pay and premium
}

// Overtime returns the pay of one workweek by the hour: straight pay at the rates worked, other pay for work that belongs into the
// regular rate (a bonus that was promised, a shift premium, a commission), and half the regular rate on top for each hour beyond 40. With
// several rates the regular rate is their weighted average (29 CFR 778.115).
//
// It returns [hr.FieldError]s for hours, rates or other pay below zero (RuleNegative), and for a week without hours but with other
// pay (RuleNoHours). A week of nothing pays nothing.
func Overtime(p attendance.Pack, on hr.Date, work []Work, other decimal.Decimal, money hr.Rounding) (Pay, error) {
	var faults hr.Faults
	straight, hours := other, decimal.Decimal{}
	for i, w := range work {
		notNegative(&faults, fmt.Sprintf("work[%d].hours", i), w.Hours)
		notNegative(&faults, fmt.Sprintf("work[%d].rate", i), w.Rate)
		straight, hours = straight.Add(w.Hours.Mul(w.Rate)), hours.Add(w.Hours)
	}
	notNegative(&faults, "other", other)
	if hours.Sign() == 0 && other.Sign() > 0 {
		faults.Add("work", RuleNoHours, "other pay has no hours to spread over: allocate it to the weeks it was earned in")
	}
	if faults.Any() {
		return Pay{}, faults.Err()
	}
	return weekPay(p, on, straight, hours, money)
}

// FluctuatingWorkweek returns the pay of one workweek on a salary that covers all hours, however many (29 CFR 778.114): the regular
// rate falls as hours rise, and half of it is due for each hour beyond 40. bonus is other pay that belongs into the rate. The
// conditions of the regulation are the host's to know. The rate is not rounded before it is used, which the regulation allows and its own example does
// (44 hours on 600: 27.27 exactly, and 27.28 with a rate of 13.64).
//
// It returns [hr.FieldError]s for figures below zero (RuleNegative) and for no hours (RuleNoHours).
func FluctuatingWorkweek(p attendance.Pack, on hr.Date, salary, bonus, hours decimal.Decimal, money hr.Rounding) (Pay, error) {
	var faults hr.Faults
	notNegative(&faults, "salary", salary)
	notNegative(&faults, "bonus", bonus)
	notNegative(&faults, "hours", hours)
	if hours.Sign() == 0 {
		faults.Add("hours", RuleNoHours, "a rate needs hours")
	}
	if faults.Any() {
		return Pay{}, faults.Err()
	}
	return weekPay(p, on, salary.Add(bonus), hours, money)
}

func weekPay(p attendance.Pack, on hr.Date, straight, hours decimal.Decimal, money hr.Rounding) (Pay, error) {
	week, err := p.Value("flsa.week", on)
	if err != nil {
		return Pay{}, err
	}
	premium, err := p.Value("flsa.premium", on)
	if err != nil {
		return Pay{}, err
	}
	pay := Pay{OvertimeHours: decimal.Max(decimal.Zero, hours.Sub(week))}
	if hours.Sign() == 0 {
		return pay, nil
	}
	extra := straight.Mul(pay.OvertimeHours).Mul(premium) // over hours
	if pay.RegularRate, err = fourPlaces.Ratio(straight, hours); err != nil {
		return Pay{}, err
	}
	if pay.OvertimePremium, err = money.Ratio(extra, hours); err != nil {
		return Pay{}, err
	}
	pay.Total, err = money.Ratio(straight.Mul(hours).Add(extra), hours)
	return pay, err
}

// AllocatedBonus returns what a bonus over several workweeks adds to the overtime of each, and their sum, where it cannot be told in which
// week how much of it was earned: each week gets an equal share (29 CFR 778.209(b)), and half of that share by the hour is due for
// each hour beyond 40. Each week is a line of its own and is rounded.
//
// It returns [hr.FieldError]s for figures below zero (RuleNegative), and for no weeks (RuleNoHours).
func AllocatedBonus(p attendance.Pack, on hr.Date, bonus decimal.Decimal, hours []decimal.Decimal, money hr.Rounding) (extra []decimal.Decimal, total decimal.Decimal, err error) {
	var faults hr.Faults
	notNegative(&faults, "bonus", bonus)
	for i, h := range hours {
		notNegative(&faults, fmt.Sprintf("hours[%d]", i), h)
	}
	if len(hours) == 0 {
		faults.Add("hours", RuleNoHours, "a bonus needs weeks in which it was earned")
	}
	if faults.Any() {
		return nil, total, faults.Err()
	}
	week, err := p.Value("flsa.week", on)
	if err != nil {
		return nil, total, err
	}
	premium, err := p.Value("flsa.premium", on)
	if err != nil {
		return nil, total, err
	}
	weeks := decimal.NewFromInt(int64(len(hours)))
	extra = make([]decimal.Decimal, len(hours))
	for i, h := range hours {
		if over := h.Sub(week); over.Sign() > 0 {
			if extra[i], err = money.Ratio(bonus.Mul(over).Mul(premium), weeks.Mul(h)); err != nil {
				return nil, total, err
			}
			total = total.Add(extra[i])
		}
	}
	return extra, total, nil
}

// PaidBreaks divides the minutes somebody was present into those that count as worked and those of breaks that need not be paid:
// breaks of 30 minutes and more, if the employee is relieved of all duty.
//
// It returns [hr.FieldError]s with RuleNegative for minutes below zero, and for breaks longer than the presence.
func PaidBreaks(p attendance.Pack, on hr.Date, present int, breaks []int) (paid, unpaid int, err error) {
	var faults hr.Faults
	sum := 0
	for i, b := range breaks {
		if b < 0 {
			faults.Add(fmt.Sprintf("breaks[%d]", i), RuleNegative, "must not be negative")
		}
		sum += b
	}
	if present < 0 || sum > present {
		faults.Add("present", RuleNegative, "must not be negative, nor less than the breaks")
	}
	if faults.Any() {
		return 0, 0, faults.Err()
	}
	meal, err := p.Minutes("flsa.meal", on)
	if err != nil {
		return 0, 0, err
	}
	for _, b := range breaks {
		if b >= meal {
			unpaid += b
		}
	}
	return present - unpaid, unpaid, nil
}

var fourPlaces = hr.MustRounding("0.0001", hr.HalfUp)

func notNegative(faults *hr.Faults, path string, d decimal.Decimal) {
	if d.Sign() < 0 {
		faults.Add(path, RuleNegative, "must not be negative")
	}
}
