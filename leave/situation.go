package leave

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// situation is all that decides about the leave of one employee around some days, as it stands now.
type situation struct {
	around   hr.Period
	terms    hr.Timeline[hr.Terms]
	calendar employeeCalendar
	others   []Request // live requests around, without the one in question
	entries  []Entry   // the live ledger

	hours map[RequestID]decimal.Decimal // of the others, the hours of a day of their types; zero: they count in days
}

// far is how many days around a request are looked at: no run of days off is longer than a year.
const far = 366

func around(p hr.Period) hr.Period {
	wide := hr.Period{From: p.From.Add(-far), Through: p.Through.Add(far)}
	if wide.From.IsZero() {
		wide.From = p.From
	}
	if wide.Through.IsZero() {
		wide.Through = p.Through
	}
	return wide
}

// look reads the situation around p; own is the request in question, if it is stored already.
func (s Service) look(ctx context.Context, v hr.View, employee hr.EmployeeID, p hr.Period, own RequestID) (situation, error) {
	sit := situation{around: around(p)}
	pin := hr.Pin{Employee: employee}
	terms, err := s.Terms.TermsOf(ctx, v, []hr.Pin{pin}, sit.around)
	if err != nil {
		return sit, err
	}
	sit.terms = terms[0]
	sit.calendar = employeeCalendar{terms: terms[0], calendars: s.Calendars}
	if s.Workdays != nil {
		days, err := s.Workdays.Workdays(ctx, v, employee, sit.around)
		if err != nil {
			return sit, err
		}
		sit.calendar.own = make(map[hr.Date]hr.Day, len(days))
		for _, d := range days {
			sit.calendar.own[d.Date] = d
		}
	}
	requests, err := s.Requests.RequestsIn(ctx, employee, sit.around)
	if err != nil {
		return sit, err
	}
	sit.hours = map[RequestID]decimal.Decimal{}
	for _, r := range requests {
		if r.ID == own || !r.Live() {
			continue
		}
		sit.others = append(sit.others, r)
		if policy, ok := s.Policies[r.Type].At(r.Period.From); ok {
			sit.hours[r.ID] = policy.Counting.Hours
		}
	}
	sit.entries, err = s.live(ctx, pin)
	return sit, err
}

// judge counts the span and draws its days, and records in faults everything that stands against it. Moved is what later days must give up
// for them: see [rederive].
func (sit situation) judge(faults *hr.Faults, p Policy, s span) (days []Day, moved []Entry) {
	p.Blackout.check(faults, s.period)
	for _, o := range sit.others {
		if s.hours.Sign() > 0 || o.Hours.Sign() > 0 { // by the hour they may lie beside each other: see besides
			continue
		}
		switch d, bothHalf, ok := s.shares(o.span()); {
		case ok && bothHalf:
			faults.Add("period", RuleRequestHalfTwice, "the same half of %s is part of request %s", d, o.ID)
		case ok:
			faults.Add("period", RuleRequestOverlap, "%s is part of request %s", d, o.ID)
		}
	}
	if !sit.employed(faults, s.period) {
		return nil, nil
	}
	counted, err := Count(CountInput{
		Period: s.period, FromHalf: s.from, ThroughHalf: s.through, Hours: s.hours,
		Calendar: sit.calendar, Counting: p.Counting, Joined: joined(sit.others, p),
	})
	if err != nil {
		faults.Join("", err)
		return nil, nil
	}
	sit.besides(faults, p, s, counted.Days)
	works := false
	for _, d := range counted.Days {
		works = works || !d.off() && d.Quantity.Sign() > 0
	}
	if !works {
		faults.Add("period", RuleRequestNoWork, "has no working time in it")
	}
	p.Restricted.check(faults, s.period, sit.calendar)
	touching, err := sit.touching(s.period)
	if err != nil {
		faults.Join("", err)
		return nil, nil
	}
	year := p.Year.Containing(s.period.From, sit.hired(s.period.From))
	p.Limits.check(faults, counted.Total, year, p.Type, sit.others, touching)
	days, short, moved := rederive(sit.entries, p, counted.Days)
	if short.Sign() > 0 {
		faults.Add("period", RuleRequestShort, "takes more days than the balance and its limit allow")
	}
	return days, moved
}

// besides records the days on which leave by the hour, of this request or another, makes more leave than is worked. Where in the day
// an hour lies is not known, so nothing else tells whether two requests share time.
func (sit situation) besides(faults *hr.Faults, p Policy, s span, days []Day) {
	part := func(d Day, hours decimal.Decimal) *big.Rat { // of a day
		q := d.Quantity.Rat()
		if hours.Sign() > 0 {
			q.Quo(q, hours.Rat())
		}
		return q
	}
	for _, d := range days {
		sum := part(d, p.Counting.Hours)
		var beside []RequestID
		for _, o := range sit.others {
			for _, od := range o.Days {
				if od.Date == d.Date && (s.hours.Sign() > 0 || o.Hours.Sign() > 0) {
					sum.Add(sum, part(od, sit.hours[o.ID]))
					beside = append(beside, o.ID)
				}
			}
		}
		if len(beside) == 0 {
			continue
		}
		if day, err := sit.calendar.Day(d.Date); err == nil && sum.Cmp(big.NewRat(int64(day.Halves), 2)) > 0 {
			faults.Add("period", RuleRequestOverlap, "%s has more leave than work together with request %s", d.Date, beside[0])
		}
	}
}

// hired returns the first day of the employment that contains a day, as far as the terms around it say.
func (sit situation) hired(d hr.Date) hr.Date {
	spell, _ := spellOn(spells(employments(sit.terms)), d)
	return spell.From
}

// employed records the first and the last day of p that lie outside employment.
func (sit situation) employed(faults *hr.Faults, p hr.Period) bool {
	at := func(d hr.Date) bool { _, ok := sit.terms.At(d); return ok }
	ok := true
	for _, end := range []struct {
		path string
		day  hr.Date
	}{{"period.from", p.From}, {"period.through", p.Through}} {
		if !at(end.day) {
			ok = false
			faults.Add(end.path, RuleRequestEmployed, "the employee is not employed on %s: it is before joining or after leaving", end.day)
		}
	}
	if !ok {
		return false
	}
	covered := 0
	for piece := range sit.terms.Over(p) {
		covered += piece.Len()
	}
	if covered != p.Len() {
		faults.Add("period", RuleRequestEmployed, "the employee is not employed on every day between")
	}
	return covered == p.Len()
}

// employeeCalendar is the calendar of an employee, which may change with their terms, and what their turns make of it.
type employeeCalendar struct {
	terms     hr.Timeline[hr.Terms]
	calendars map[string]hr.Calendar
	own       map[hr.Date]hr.Day // days of who works in turns
}

// Day implements [Calendar]. A day outside employment is no day off: it ends a run of them, as a day worked does.
func (c employeeCalendar) Day(d hr.Date) (hr.Day, error) {
	terms, ok := c.terms.At(d)
	if !ok {
		return hr.Day{Date: d, Halves: 2}, nil
	}
	if day, ok := c.own[d]; ok {
		return day, nil
	}
	calendar, ok := c.calendars[terms.Calendar]
	if !ok {
		return hr.Day{}, &hr.FieldError{Path: "calendar", Rule: RuleRequestCalendar, Reason: fmt.Sprintf("there is no calendar %q, which holds on %s", terms.Calendar, d), Err: hr.ErrNoValue}
	}
	day, err := calendar.Day(d)
	var field *hr.FieldError
	if errors.As(err, &field) {
		return day, &hr.FieldError{Path: "calendar", Rule: field.Rule, Reason: field.Reason, Err: field.Err}
	}
	return day, err
}
