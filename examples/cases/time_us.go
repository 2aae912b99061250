package main

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/attendance/statutory/us"
)

// lawUS returns the law of the United States and the day on which an example without one is read.
func lawUS() (attendance.Pack, hr.Date) { p := us.Pack(); return p, p.Reviewed }

func payOf(p us.Pay, err error) (map[string]any, error) {
	return map[string]any{
		"regular_rate": p.RegularRate, "overtime_premium": p.OvertimePremium, "total": p.Total, "overtime_hours": p.OvertimeHours,
	}, err
}

func regularRate(g *given) (map[string]any, error) {
	law, on := lawUS()
	return payOf(us.Overtime(law, on, []us.Work{{Hours: g.number("hours"), Rate: g.number("rate")}}, g.zeroOr("bonus"), cents))
}

func twoRates(g *given) (map[string]any, error) {
	law, on := lawUS()
	var work []us.Work
	for i, row := range g.rows("work", 2) {
		at := fmt.Sprintf("work[%d]", i)
		work = append(work, us.Work{Hours: g.numberAt(at, row[0]), Rate: g.numberAt(at, row[1])})
	}
	return payOf(us.Overtime(law, on, work, g.zeroOr("bonus"), cents))
}

func fluctuating(g *given) (map[string]any, error) {
	law, on := lawUS()
	return payOf(us.FluctuatingWorkweek(law, on, g.number("salary"), g.zeroOr("bonus"), g.number("hours"), cents))
}

func allocatedBonus(g *given) (map[string]any, error) {
	law, on := lawUS()
	extra, total, err := us.AllocatedBonus(law, on, g.number("bonus"), g.numbers("hours"), cents)
	list := make([]any, len(extra))
	for i, e := range extra {
		list[i] = e
	}
	return map[string]any{"extra": list, "total_extra": total}, err
}

func paidBreaks(g *given) (map[string]any, error) {
	law, on := lawUS()
	paid, unpaid, err := us.PaidBreaks(law, on, g.whole("present_minutes"), g.wholes("breaks"))
	return map[string]any{"paid_minutes": paid, "unpaid_minutes": unpaid}, err
}

// californiaDay splits one day: the seventh of a workweek of which every day was worked, or any other.
func californiaDay(g *given) (map[string]any, error) {
	law, on := lawUS()
	tiers, err := us.CaliforniaOvertime(law, on)
	if err != nil {
		return nil, err
	}
	if g.flag("seventh", false) {
		tiers.Day = tiers.Seventh
	}
	return split(tiers, []int{g.whole("minutes")})
}

func californiaWeek(g *given) (map[string]any, error) {
	law, on := lawUS()
	tiers, err := us.CaliforniaOvertime(law, on)
	if err != nil {
		return nil, err
	}
	minutes := g.wholes("minutes_by_day")
	out, err := split(tiers, minutes)
	if err != nil {
		return nil, err
	}
	all, _, err := bands(tiers, minutes)
	if err != nil {
		return nil, err
	}
	out["pay"], err = us.CaliforniaPay(law, on, all, g.zeroOr("rate"), cents)
	return out, err
}

func flatBonus(g *given) (map[string]any, error) {
	law, on := lawUS()
	rate, extra, err := us.FlatBonus(law, on, g.number("bonus"), g.number("regular_hours"), g.zeroOr("overtime_hours"), g.zeroOr("double_hours"), cents)
	return map[string]any{"bonus_rate": rate, "overtime_on_bonus": extra}, err
}

func breakPremium(g *given) (map[string]any, error) {
	law, on := lawUS()
	var days []us.MissedBreaks
	for i, v := range g.list("days") {
		d, ok := v.(map[string]any)
		if !ok {
			g.faults.Add(fmt.Sprintf("days[%d]", i), ruleGiven, "must be an object")
		}
		days = append(days, us.MissedBreaks{Meal: missed(d["meal"]), Rest: missed(d["rest"])})
	}
	hours, pay, err := us.BreakPremium(law, on, days, g.number("regular_rate"), cents)
	return map[string]any{"hours": hours, "pay": pay}, err
}

// missed reads yes, or a number of breaks above zero.
func missed(v any) bool {
	if yes, ok := v.(bool); ok {
		return yes
	}
	n, ok := number(v)
	return ok && n.GreaterThan(decimal.Zero)
}

func breaksDue(g *given) (map[string]any, error) {
	law, on := lawUS()
	rests, meals, err := us.BreaksDue(law, on, g.whole("minutes"))
	return map[string]any{"rests": rests, "meals": meals}, err
}

func finalPay(g *given) (map[string]any, error) {
	var next hr.Date
	if g.has("next_payday") {
		next = g.date("next_payday")
	}
	due, err := us.FinalPayDue(us.FinalPayRules(), g.text("state"), us.Ending(g.text("event")), g.date("last_day"), next, g.zeroOr("notice_hours"))
	return map[string]any{"due": due}, err
}
