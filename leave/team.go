package leave

import (
	"cmp"
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// AwayDay is one employee who is away on a day. It says nothing of the reason of the leave, and the type is for who may see it.
type AwayDay struct {
	Date     hr.Date
	Employee hr.EmployeeID
	Type     TypeID
	Half     hr.HalfOfDay
	Hours    decimal.Decimal // of leave by the hour; zero for whole and half days
	Request  RequestID
}

// TeamCalendar is who is away when, by day and employee.
type TeamCalendar []AwayDay

// On returns who is away on a day.
func (c TeamCalendar) On(d hr.Date) []AwayDay {
	from, _ := slices.BinarySearchFunc(c, d, func(a AwayDay, d hr.Date) int { return a.Date.Compare(d) })
	through := from
	for through < len(c) && c[through].Date == d {
		through++
	}
	return slices.Clone(c[from:through])
}

// TeamCalendar returns who of the pins is away in p, as known at each pin: approved leave, days off that count as leave among them.
func (s Service) TeamCalendar(ctx context.Context, v hr.View, pins []hr.Pin, p hr.Period) (TeamCalendar, error) {
	histories, err := s.histories(ctx, v, "leave.TeamCalendar", pins, p)
	if err != nil {
		return nil, err
	}
	var out TeamCalendar
	for i, pin := range pins {
		for _, e := range histories[i].Live(pin.Known.Own) {
			a := e.Value
			out = append(out, AwayDay{e.Period.From, pin.Employee, a.Type, a.Half, a.Hours, a.Request})
		}
	}
	slices.SortFunc(out, func(a, b AwayDay) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Employee, b.Employee), cmp.Compare(a.Half, b.Half))
	})
	return out, nil
}

// Spells returns the calendar as runs of days, one for each employee, request and run of days that follow one another, by first day and
// employee: what a feed shows. A run with half a day or hours in it is cut there, and Half is that of its one day.
func (c TeamCalendar) Spells() []AwaySpell {
	sorted := slices.Clone(c)
	slices.SortStableFunc(sorted, func(a, b AwayDay) int {
		return cmp.Or(cmp.Compare(a.Employee, b.Employee), cmp.Compare(a.Request, b.Request), a.Date.Compare(b.Date))
	})
	var out []AwaySpell
	for _, d := range sorted {
		whole := d.Half == hr.WholeDay && d.Hours.IsZero()
		if n := len(out) - 1; n >= 0 && whole && out[n].whole() && out[n].Employee == d.Employee && out[n].Request == d.Request && out[n].Days.Through.Add(1) == d.Date {
			out[n].Days.Through = d.Date
			continue
		}
		out = append(out, AwaySpell{Employee: d.Employee, Type: d.Type, Request: d.Request, Days: hr.Period{From: d.Date, Through: d.Date}, Half: d.Half, Hours: d.Hours})
	}
	slices.SortStableFunc(out, func(a, b AwaySpell) int {
		return cmp.Or(a.Days.From.Compare(b.Days.From), cmp.Compare(a.Employee, b.Employee))
	})
	return out
}

// AwaySpell is a run of days on which one employee is away by one request.
type AwaySpell struct {
	Employee hr.EmployeeID
	Type     TypeID
	Request  RequestID
	Days     hr.Period
	Half     hr.HalfOfDay
	Hours    decimal.Decimal
}

func (s AwaySpell) whole() bool { return s.Half == hr.WholeDay && s.Hours.IsZero() }
