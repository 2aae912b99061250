package main

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/leave/statutory/ca"
	"github.com/musterhr/hr/leave/statutory/us"
)

// americaLeaveTopics are leave of the United States and Canada. Where an example has no day, it is of 2026.
func americaLeaveTopics() register {
	book := americaLeave{us: us.Law(), ca: ca.Law(), on: hr.MustDate("2026-06-30")}
	return register{
		"us:us.fmla.rolling":            book.fmla,
		"us:us.ca.paid_sick":            book.paidSick,
		"ca:ca.fed.vacation":            book.vacation(ca.VacationFederal),
		"ca:ca.on.vacation":             book.vacation(ca.VacationOntario),
		"ca:ca.on.public_holiday_pay":   book.publicHoliday,
		"ca:ca.fed.general_holiday_pay": book.generalHoliday,
	}
}

type americaLeave struct {
	us, ca leave.Law
	on     hr.Date
}

func (b americaLeave) fmla(g *given) (map[string]any, error) {
	var leaves []hr.Period
	for i, row := range g.rows("leaves", 2) {
		at := fmt.Sprintf("leaves[%d]", i)
		leaves = append(leaves, hr.Period{From: g.dateOf(at, row[0]), Through: g.dateOf(at, row[1])})
	}
	on, method := g.date("on"), us.Method(g.textOr("method", string(us.Rolling)))
	if g.faults.Any() {
		return nil, nil
	}
	u, err := us.FMLA(b.us, leaves, on, method)
	return map[string]any{"used_days": u.Days, "available_days": u.Available}, err
}

func (b americaLeave) paidSick(g *given) (map[string]any, error) {
	var periods []us.Work
	for i, row := range g.rows("periods", 2) {
		at := fmt.Sprintf("periods[%d]", i)
		periods = append(periods, us.Work{Worked: g.numberAt(at, row[0]), Asked: g.numberAt(at, row[1])})
	}
	if g.faults.Any() {
		return nil, nil
	}
	paid, balance, err := us.PaidSick(b.us, b.on, periods)
	list, _ := total(paid)
	return map[string]any{"paid": list, "balance": balance}, err
}

func (b americaLeave) vacation(rule func(leave.Law, hr.Date, hr.Date, decimal.Decimal) (ca.Vacation, error)) topic {
	return func(g *given) (map[string]any, error) {
		hired, end, wages := g.date("hired"), g.date("year_end"), g.number("wages")
		if g.faults.Any() {
			return nil, nil
		}
		v, err := rule(b.ca, hired, end, wages)
		return map[string]any{"weeks": v.Weeks, "percent": v.Percent, "vacation_pay": v.Pay}, err
	}
}

func (b americaLeave) publicHoliday(g *given) (map[string]any, error) {
	regular, vacation := g.number("regular_wages_4_weeks"), g.numberOr("vacation_pay_4_weeks", 0)
	hours, rate := g.numberOr("worked_hours", 0), g.numberOr("rate", 0)
	if g.faults.Any() {
		return nil, nil
	}
	p, err := ca.PublicHolidayPay(b.ca, b.on, regular, vacation, hours, rate)
	return map[string]any{"holiday_pay": p.Holiday, "premium_pay": p.Premium, "total": p.Total}, err
}

func (b americaLeave) generalHoliday(g *given) (map[string]any, error) {
	wages := g.number("wages_4_weeks")
	if g.faults.Any() {
		return nil, nil
	}
	pay, err := ca.GeneralHolidayPay(b.ca, b.on, wages)
	return map[string]any{"holiday_pay": pay}, err
}
