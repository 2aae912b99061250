package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

const (
	firstYear = 1997 // of leave taken
	lastYear  = 2026
)

// holidays are the leave of every year: two weeks in May, a week in November every third year, three days in August. In 2015 she is on her
// sabbatical from July on, in 2000 with her child.
func holidays() (scenes []scene) {
	for year := firstYear; year <= lastYear; year++ {
		if year > firstYear {
			scenes = append(scenes, onLeave(year, time.May, 10, "earned", 12))
		}
		if year%3 == 0 && year != 2015 {
			scenes = append(scenes, onLeave(year, time.November, 8, "earned", 5))
		}
		if year != 2000 && year != 2015 {
			scenes = append(scenes, onLeave(year, time.August, 18, "casual", 3))
		}
	}
	for year := joined.Year(); year < lastYear; year++ {
		scenes = append(scenes, scene{fmt.Sprint(year, "-12-31"), yearEnd})
	}
	return scenes
}

// onLeave asks for so many days from the first Monday on or after a day of the month, a week before, and the director agrees.
func onLeave(year int, month time.Month, day int, typ leave.TypeID, days int) scene {
	from := hr.MustDate(fmt.Sprintf("%d-%02d-%02d", year, month, day))
	for from.Weekday() != time.Monday {
		from = from.Add(1)
	}
	return scene{from.Add(-7).String(), func(t *tale) {
		t.credit(t.day)
		t.do(director, func(cmd hr.Command) error {
			return t.takes(cmd, typ, hr.Period{From: from, Through: from.Add(days - 1)})
		})
	}}
}

// takes applies in her name and decides as the actor of cmd.
func (t *tale) takes(cmd hr.Command, typ leave.TypeID, p hr.Period) error {
	id, err := t.away.Apply(t.ctx, t.cmd(kavita, ""), leave.Application{Employee: kavita.Employee, Type: typ, Period: p})
	if err != nil {
		return err
	}
	if err := t.away.Decide(t.ctx, cmd, id, leave.Decision{Agree: true}); err != nil {
		return err
	}
	r, err := t.away.Request(t.ctx, t.view(), id)
	t.taken[string(typ)] = t.taken[string(typ)].Add(r.Total())
	return err
}

// credit posts what leave has accrued through a day.
func (t *tale) credit(through hr.Date) {
	t.do(hrDesk, func(cmd hr.Command) error {
		_, err := t.away.AccrueThrough(t.ctx, cmd, through, kavita.Employee)
		return err
	})
}

func (t *tale) balance(typ leave.TypeID, on hr.Date) decimal.Decimal {
	left, err := t.away.Balance(t.ctx, t.view(), kavita.Employee, typ, on)
	if err != nil && t.err == nil {
		t.err = err
	}
	return left
}

// yearEnd closes the year of leave: of earned leave 45 days are carried, and of casual leave none.
func yearEnd(t *tale) {
	t.credit(t.day)
	year := hr.MustPeriod(fmt.Sprintf("%d-01-01..%s", t.day.Year(), t.day))
	requests, err := t.away.RequestsIn(t.ctx, t.view(), kavita.Employee, year)
	if err != nil {
		t.err = err
		return
	}
	taken := map[leave.TypeID]decimal.Decimal{}
	for _, r := range requests {
		taken[r.Type] = taken[r.Type].Add(r.Total())
	}
	var took []string
	for _, typ := range []leave.TypeID{"earned", "casual", "maternity"} {
		if !taken[typ].IsZero() {
			took = append(took, fmt.Sprintf("%s %s", taken[typ], typ))
		}
	}
	if len(took) == 0 {
		took = []string{"none"}
	}
	t.lines = append(t.lines, told{
		day: t.day, by: hrDesk.ID,
		what: fmt.Sprintf("Leave taken: %s. Left: %s earned, %s casual", strings.Join(took, ", "), t.balance("earned", t.day), t.balance("casual", t.day)),
	})
}
