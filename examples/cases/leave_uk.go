package main

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/leave/statutory/uk"
)

// ukLeaveTopics are holiday and statutory pay. Where an example has no day, it is of 2026-27.
func ukLeaveTopics() register {
	book := ukLeave{law: uk.Law(), on: hr.MustDate("2026-06-30")}
	return register{
		"uk:uk.holiday.entitlement":             book.entitlement,
		"uk:uk.holiday.start_midyear":           book.start,
		"uk:uk.holiday.first_year":              book.firstYear,
		"uk:uk.holiday.irregular_accrual":       book.irregular,
		"uk:uk.holiday.irregular_leave_accrual": book.absence,
		"uk:uk.holiday.week_pay":                book.weekPay,
		"uk:uk.holiday.rolled_up":               book.rolledUp,
		"uk:uk.holiday.leaver":                  book.leaver,
		"uk:uk.holiday.parttime_bank_holidays":  book.partTime,
		"uk:uk.holiday.carry_over":              book.carryOver,
		"uk:uk.ssp":                             book.sickPay,
		"uk:uk.smp":                             book.maternityPay,
	}
}

type ukLeave struct {
	law leave.Law
	on  hr.Date
}

func (b ukLeave) entitlement(g *given) (map[string]any, error) {
	days, hours := g.number("days_per_week"), g.numberOr("hours_per_week", 0)
	if g.faults.Any() {
		return nil, nil
	}
	h, err := uk.Entitlement(b.law, b.on, days, hours)
	out := map[string]any{"days": h.Days}
	if g.has("hours_per_week") {
		out["hours"] = h.Hours
	}
	return out, err
}

func (b ukLeave) start(g *given) (map[string]any, error) {
	year, start, days := g.year(), g.date("start"), g.number("days_per_week")
	if g.faults.Any() {
		return nil, nil
	}
	s, err := uk.StartedInYear(b.law, year, start, days)
	return map[string]any{"days": s.Days, "days_rounded": s.Rounded}, err
}

func (b ukLeave) firstYear(g *given) (map[string]any, error) {
	days, month, taken := g.number("days_per_week"), g.whole("month"), g.numberOr("taken", 0)
	if g.faults.Any() {
		return nil, nil
	}
	accrued, err := uk.FirstYear(b.law, b.on, days, month)
	return map[string]any{"accrued": accrued, "available": accrued.Sub(taken)}, err
}

func (b ukLeave) irregular(g *given) (map[string]any, error) {
	hours := g.numbers("hours")
	if g.faults.Any() {
		return nil, nil
	}
	each, err := uk.IrregularAccrual(b.law, b.on, hours)
	list, sum := total(each)
	return map[string]any{"accrued": list, "total": sum}, err
}

// weeks reads weeks_back: rows of a number of weeks and what each of them has.
func (g *given) weeks(n int) []uk.Weeks {
	var out []uk.Weeks
	for i, row := range g.rows("weeks_back", n) {
		at := fmt.Sprintf("weeks_back[%d]", i)
		w := uk.Weeks{Count: int(g.numberAt(at, row[0]).IntPart()), Each: g.numberAt(at, row[1])}
		if n == 3 {
			away, ok := row[2].(bool)
			if !ok {
				g.faults.Add(at, ruleGiven, "must end with true or false")
			}
			w.Away = away
		}
		out = append(out, w)
	}
	return out
}

func (b ukLeave) absence(g *given) (map[string]any, error) {
	weeks, away := g.weeks(3), g.number("weeks_absent")
	if g.faults.Any() {
		return nil, nil
	}
	average, err := uk.AverageHours(b.law, b.on, weeks)
	if err != nil {
		return nil, err
	}
	accrued, err := uk.AbsenceAccrual(b.law, b.on, weeks, away)
	return map[string]any{"average_hours": average, "accrued": accrued}, err
}

func (b ukLeave) weekPay(g *given) (map[string]any, error) {
	weeks := g.weeks(2)
	if g.faults.Any() {
		return nil, nil
	}
	pay, of, err := uk.WeekPay(b.law, b.on, weeks)
	return map[string]any{"weeks": of, "week_pay": pay}, err
}

func (b ukLeave) rolledUp(g *given) (map[string]any, error) {
	pay := g.number("pay")
	if g.faults.Any() {
		return nil, nil
	}
	holiday, err := uk.RolledUp(b.law, b.on, pay)
	return map[string]any{"holiday_pay": holiday}, err
}

func (b ukLeave) leaver(g *given) (map[string]any, error) {
	days, expired, year, taken := g.number("days_per_week"), g.whole("days_expired"), g.whole("days_in_year"), g.numberOr("taken", 0)
	if g.faults.Any() {
		return nil, nil
	}
	l, err := uk.Leaver(b.law, b.on, days, expired, year, taken)
	return map[string]any{"accrued": l.Accrued, "owed": l.Owed}, err
}

func (b ukLeave) partTime(g *given) (map[string]any, error) {
	full := uk.FullTime{Days: g.number("full_time_days"), BankHolidays: g.numberOr("bank_holidays", 0), Week: g.number("full_time_week")}
	days, own := g.number("days_per_week"), g.numberOr("bank_holidays_worked_days", 0)
	if g.faults.Any() {
		return nil, nil
	}
	p, err := uk.PartTime(b.law, b.on, full, days, own)
	return map[string]any{"total": p.Total, "bookable": p.Left}, err
}

func (b ukLeave) carryOver(g *given) (map[string]any, error) {
	days, untaken, why := g.number("days_per_week"), g.number("untaken"), uk.Reason(g.textOr("reason", string(uk.NoReason)))
	end, irregular := g.date("year_end"), g.flag("irregular", false)
	if g.faults.Any() {
		return nil, nil
	}
	c, err := uk.CarryOver(b.law, end, days, untaken, why, irregular)
	out := map[string]any{"carry": c.Days}
	if !c.UseBy.IsZero() {
		out["use_by"] = c.UseBy
	}
	return out, err
}

func (b ukLeave) sickPay(g *given) (map[string]any, error) {
	awe, sick, qualifying := g.number("awe"), g.number("days"), g.number("qualifying_days")
	if g.faults.Any() {
		return nil, nil
	}
	s, err := uk.SickPay(b.law, b.on, awe, sick, qualifying)
	return map[string]any{"weekly": s.Weekly, "pay": s.Pay}, err
}

func (b ukLeave) maternityPay(g *given) (map[string]any, error) {
	awe, weeks := g.number("awe"), 39
	if g.has("weeks") {
		weeks = g.whole("weeks")
	}
	if g.faults.Any() {
		return nil, nil
	}
	m, err := uk.MaternityPay(b.law, b.on, awe, weeks)
	out := map[string]any{"eligible": m.Eligible, "total": m.Total}
	if m.Eligible {
		out["first_six"], out["later"] = m.FirstSix, m.Later
	} else {
		out["first_six"], out["later"] = decimal.Decimal{}, decimal.Decimal{}
	}
	return out, err
}
