package main

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
	"github.com/musterhr/hr/leave/statutory/in"
)

// indiaLeaveTopics are annual leave, maternity leave and loss of pay. Where an example has no day, the law of a day on which its
// Act holds is asked.
func indiaLeaveTopics() register {
	book := indiaLeave{law: in.Law()}
	return register{
		"in:in.leave.annual_osh":       book.osh,
		"in:in.leave.annual_factories": book.factories,
		"in:in.leave.annual_shop_mh":   book.shopsMH,
		"in:in.maternity":              book.maternity,
		"in:in.lop":                    lossOfPay,
	}
}

type indiaLeave struct{ law leave.Law }

func (b indiaLeave) osh(g *given) (map[string]any, error) {
	return b.annual(g, hr.MustDate("2026-12-31"))
}

func (b indiaLeave) factories(g *given) (map[string]any, error) {
	return b.annual(g, hr.MustDate("2024-12-31"))
}

func (b indiaLeave) annual(g *given, on hr.Date) (map[string]any, error) {
	y := in.AnnualYear{
		Worker: in.Worker(g.textOr("kind", string(in.Adult))), Worked: g.number("worked_days"), Counted: g.numberOr("counted_days", 0),
		Leaving: g.flag("leaving", false),
		Before:  g.numberOr("balance_before", 0), Taken: g.numberOr("taken", 0), Refused: g.numberOr("refused", 0),
	}
	if g.flag("child", false) {
		y.Worker = in.Child
	}
	if g.has("join") {
		y.Joined = g.date("join")
	}
	if g.faults.Any() {
		return nil, nil
	}
	a, err := in.AnnualLeave(b.law, on, y)
	if err != nil {
		return nil, err
	}
	return map[string]any{"eligible": a.Eligible, "earned": a.Earned, "balance": a.Balance, "carry": a.Carry, "encash": a.Encash}, nil
}

func (b indiaLeave) shopsMH(g *given) (map[string]any, error) {
	worked, before, taken := g.number("worked_days"), g.numberOr("balance_before", 0), g.numberOr("taken", 0)
	if g.faults.Any() {
		return nil, nil
	}
	s, err := in.ShopsMaharashtra(b.law, hr.MustDate("2026-12-31"), worked, before, taken)
	return map[string]any{"eligible": s.Eligible, "earned": s.Earned, "accumulated": s.Accumulated}, err
}

func (b indiaLeave) maternity(g *given) (map[string]any, error) {
	m := in.Motherhood{Event: in.Event(g.text("kind")), On: hr.MustDate("2026-06-30")}
	if g.has("surviving_children") {
		m.Surviving = g.whole("surviving_children")
	}
	if g.has("days_worked_12m") {
		worked := g.number("days_worked_12m")
		m.Worked = &worked
	}
	var first hr.Date
	if g.has("first_day") {
		first = g.date("first_day")
	}
	if g.has("expected") {
		m.On = g.date("expected")
	}
	if g.faults.Any() {
		return nil, nil
	}
	e, err := in.Maternity(b.law, m)
	if err != nil {
		return nil, err
	}
	out := map[string]any{"eligible": e.Eligible, "weeks": e.Weeks, "days": e.Days}
	if e.WeeksBefore > 0 {
		out["max_before_weeks"] = e.WeeksBefore
		if g.has("expected") {
			out["earliest"] = e.Earliest
		}
	}
	if last := e.LastDay(first); g.has("first_day") && !last.IsZero() {
		out["last_day"] = last
	}
	return out, nil
}

func lossOfPay(g *given) (map[string]any, error) {
	monthly, days := g.number("monthly"), g.number("lop_days")
	basis := in.Basis(g.text("basis"))
	var base decimal.Decimal
	switch basis {
	case in.CalendarDays:
		base = g.number("days_in_month")
	case in.WorkingDays:
		base = g.number("working_days")
	}
	if g.faults.Any() {
		return nil, nil
	}
	l, err := in.LossOfPay(monthly, days, basis, base)
	return map[string]any{"per_day": l.PerDay, "deduction": l.Deduction, "paid": l.Paid}, err
}
