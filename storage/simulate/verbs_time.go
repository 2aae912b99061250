package simulate

import (
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
	"github.com/musterhr/hr/leave"
)

// page is how many employees one command of a scheduled job is about.
const page = 200

func (c *call) accrue() error {
	through := c.day(0)
	ids := c.w.employees()
	for len(ids) > 0 {
		n := min(page, len(ids))
		if _, err := c.away.AccrueThrough(c.ctx, c.cmd(), through, ids[:n]...); err != nil {
			return err
		}
		ids = ids[n:]
	}
	for _, id := range c.w.some(everyMonth / 8) { // it is about everybody: some are looked at
		c.touch(id)
	}
	return nil
}

func (c *call) leave() error {
	a := leave.Application{Employee: c.self(), Type: leave.TypeID(c.word(0)), Period: c.period(1), Reason: "away"}
	if c.has(2) {
		a.FromHalf = hr.FirstHalf
		if a.Period.From != a.Period.Through {
			a.FromHalf = hr.SecondHalf
		}
	}
	id, err := c.away.Apply(c.ctx, c.cmd(), a)
	if err == nil {
		c.w.book.requests[c.step.N] = id
	}
	return err
}

// request is the leave that was asked for in the step that is the n-th argument.
func (c *call) request(n int) leave.RequestID {
	id, found := c.w.book.requests[c.number(n)]
	if !found {
		return "none"
	}
	c.asked = append(c.asked, id)
	if r, err := c.w.Store.Request(c.ctx, id); err == nil {
		c.touch(r.Employee)
		c.about(r.Period.From)
	}
	return id
}

func (c *call) decide() error {
	return c.away.Decide(c.ctx, c.cmd(), c.request(0), leave.Decision{Agree: c.word(1) == "yes", Reason: "as it is"})
}

// habit is when somebody comes and goes: minutes of the day, out behind midnight being of the next.
type habit struct{ in, out string }

// habits are the ways of coming and going, by name.
var habits = map[string]habit{
	"day":   {"08:55", "17:05"},
	"early": {"08:30", "16:00"},
	"late":  {"09:40", "18:30"},
	"long":  {"08:00", "20:30"},
	"night": {"21:55", "06:05"},
	"stays": {"08:55", ""}, // no punch out
}

// clocked are the two punches of a day by habit, or one.
func (c *call) clocked(id hr.EmployeeID, day hr.Date, name string) (out []attendance.Punch) {
	h, zone := habits[name], c.w.Company.Zone
	if h.in == "" {
		return nil
	}
	in := hr.MustTimeOfDay(h.in)
	out = append(out, attendance.Punch{Employee: id, At: day.At(in, zone), Direction: attendance.In})
	if h.out != "" {
		until := hr.MustTimeOfDay(h.out)
		if until.Compare(in) < 0 {
			day = day.Add(1)
		}
		out = append(out, attendance.Punch{Employee: id, At: day.At(until, zone), Direction: attendance.Out})
	}
	return out
}

func (c *call) punches() error {
	id, p, name := c.employee(0), c.period(1), c.word(2)
	if p.Through.IsZero() {
		return nil
	}
	var all []attendance.Punch
	for d := range p.Days() {
		if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			all = append(all, c.clocked(id, d, name)...)
		}
	}
	all = slices.DeleteFunc(all, func(p attendance.Punch) bool { return p.At.After(c.w.now) }) // they are still there
	if len(all) == 0 {
		return nil
	}
	_, err := c.clocks.Record(c.ctx, c.cmd(), all...)
	return err
}

func direction(word string) attendance.Direction {
	if word == "in" {
		return attendance.In
	}
	return attendance.Out
}

func (c *call) missing() error {
	at := read(c, 2, hr.ParseTimeOfDay)
	_, err := c.clocks.Correct(c.ctx, c.cmd(), attendance.Correction{
		Employee: c.employee(0), At: c.day(1).At(at, c.w.Company.Zone), Direction: direction(c.word(3)),
	})
	return err
}

func (c *call) void() error {
	id, way := c.employee(0), direction(c.word(3))
	for _, p := range c.clocked(id, c.day(1), c.word(2)) {
		if p.Direction == way {
			_, err := c.clocks.Void(c.ctx, c.cmd(), id, p.Derive())
			return err
		}
	}
	return nil
}
