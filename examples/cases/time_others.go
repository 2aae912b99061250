package main

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr/attendance/statutory/ca"
	"github.com/musterhr/hr/attendance/statutory/in"
	"github.com/musterhr/hr/attendance/statutory/uk"
)

// overtimeOSH counts and pays overtime by the Central Rules. Where no wages are given there is no pay to work out.
func overtimeOSH(g *given) (map[string]any, error) {
	law := in.Pack()
	counted, pay, err := in.OvertimePay(law, law.Reviewed, g.zeroOr("monthly_wages"), g.wholes("minutes_by_day"), cents)
	return map[string]any{"counted_minutes": counted, "pay": pay}, err
}

func weeklyOffDeadline(g *given) (map[string]any, error) {
	last, err := in.WeeklyOffDue(in.Pack(), g.date("missed"))
	return map[string]any{"last_date": last}, err
}

func weeklyAverage(g *given) (map[string]any, error) {
	law := uk.Pack()
	a, err := uk.WeeklyAverage(law, law.Reviewed, g.number("hours"), g.zeroOr("hours_after"), g.wholeOr("weeks", 0))
	return map[string]any{"average": a.Hours, "over_limit": a.Over}, err
}

func dailyRest(g *given) (map[string]any, error) {
	law := uk.Pack()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, err
	}
	minutes, enough, err := uk.DailyRest(law, law.Reviewed, g.instant("finish", london), g.instant("next_start", london), g.flag("young", false))
	return map[string]any{"rest_minutes": minutes, "ok": enough}, err
}

func breakDue(g *given) (map[string]any, error) {
	law := uk.Pack()
	minutes, err := uk.BreakDue(law, law.Reviewed, g.whole("shift_minutes"), g.flag("young", false))
	return map[string]any{"break_minutes": minutes}, err
}

func nightAverage(g *given) (map[string]any, error) {
	law := uk.Pack()
	a, err := uk.NightAverage(law, law.Reviewed, g.number("hours"), g.whole("days"), g.wholeOr("rest_days", 0))
	return map[string]any{"average": a.Hours, "over_limit": a.Over}, err
}

func federalOvertime(g *given) (map[string]any, error) {
	return canadianWeek(g, ca.Federal, g.numbers("hours_by_day"))
}

func ontarioOvertime(g *given) (map[string]any, error) {
	return canadianWeek(g, ca.Ontario, []decimal.Decimal{g.number("hours")})
}

func canadianWeek(g *given, law ca.Law, hours []decimal.Decimal) (map[string]any, error) {
	p := ca.Pack()
	overtime, err := ca.OvertimeHours(p, law, p.Reviewed, hours)
	if err != nil {
		return nil, err
	}
	var total decimal.Decimal
	for _, h := range hours {
		total = total.Add(h)
	}
	pay, err := ca.Pay(p, law, p.Reviewed, total.Sub(overtime), overtime, g.zeroOr("rate"), cents)
	return map[string]any{"overtime_hours": overtime, "pay": pay}, err
}

func ontarioHolidayPay(g *given) (map[string]any, error) {
	p := ca.Pack()
	pay, err := ca.OntarioHolidayPay(p, p.Reviewed, g.zeroOr("regular_wages_4_weeks"), g.zeroOr("vacation_pay_4_weeks"), g.zeroOr("worked_hours"), g.zeroOr("rate"), cents)
	return map[string]any{"holiday_pay": pay.Pay, "premium_pay": pay.Premium, "total": pay.Total}, err
}
