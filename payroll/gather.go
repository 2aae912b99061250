package payroll

import (
	"context"
	"errors"
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// gathered is what the payslip of one employee is calculated from, or what is wrong with the facts about them.
type gathered struct {
	input Input
	err   error
}

// gatherEach is gather for a page of employees of whom some may have faulty facts: then it asks for each alone, to find out whose.
// An error of a store is nobody's fault and is returned.
func (s Service) gatherEach(ctx context.Context, v hr.View, plan *Plan, pins []hr.Pin, at PayPeriod, accounts []account) ([]gathered, error) {
	all, err := s.gather(ctx, v, plan, pins, at, accounts)
	if err == nil || !aboutFacts(err) {
		return all, err
	}
	all = make([]gathered, len(pins))
	for i, pin := range pins {
		switch one, err := s.gather(ctx, v, plan, []hr.Pin{pin}, at, accounts[i:i+1]); {
		case err == nil:
			all[i] = one[0]
		case aboutFacts(err):
			all[i].err = err
		default:
			return nil, err
		}
	}
	return all, nil
}

// aboutFacts reports whether err says that facts are faulty. After any other error the unit is dead.
func aboutFacts(err error) bool {
	if errors.Is(err, hr.ErrDenied) || errors.Is(err, storage.ErrConflict) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	return len(hr.FieldErrors(err)) > 0 || errors.Is(err, storage.ErrNotFound) || errors.Is(err, hr.ErrNoValue)
}

// gather reads what the payslips of a page of pins are calculated from, as known at each pin.
func (s Service) gather(ctx context.Context, v hr.View, plan *Plan, pins []hr.Pin, at PayPeriod, accounts []account) ([]gathered, error) {
	terms, err := s.Terms.TermsOf(ctx, v, pins, at.Period)
	if err != nil {
		return nil, err
	}
	sheets := make([]hr.Timesheet, len(pins))
	if s.Sheets != nil {
		if sheets, err = s.Sheets.Timesheets(ctx, v, pins, at.Period); err != nil {
			return nil, err
		}
	}
	adjusted, err := s.Adjustments.AdjustmentsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	for _, n := range []int{len(terms), len(sheets), len(adjusted)} {
		if n != len(pins) {
			return nil, fmt.Errorf("payroll: a port gave %d answers for %d pins", n, len(pins))
		}
	}
	out := make([]gathered, len(pins))
	year, calendar := plan.TaxYear().Of(at.PayDate), plan.asksForCalendarYear()
	for i, pin := range pins {
		g := &out[i]
		g.input = Input{Employee: pin.Employee, Period: at.Period, PayDate: at.PayDate, Terms: terms[i], Timesheet: sheets[i], Known: pin.Known}
		var faults hr.Faults
		if plan.asksForSchedule() {
			g.input.Schedule = s.schedule(&faults, terms[i], at.Period)
		}
		for _, p := range accounts[i].postings {
			if (year.Contains(p.PayDate) || calendar && YearStart{}.Of(at.PayDate).Contains(p.PayDate)) && p.Currency != "" && p.Currency != plan.Currency() {
				faults.Add("year_to_date.currency", RuleInputCurrency, "the plan pays in %s and something was posted on %s in another currency", plan.Currency(), p.PayDate)
			}
		}
		g.input.YearToDate = plan.ofPlan(accounts[i].toDate(plan, plan.TaxYear(), at.Period, at.PayDate))
		if calendar {
			g.input.CalendarYear = plan.ofPlan(accounts[i].toDate(plan, YearStart{}, at.Period, at.PayDate))
		}
		beside, err := hr.NewHistory(adjustmentRef, adjusted[i]...)
		if err != nil {
			return nil, err
		}
		for _, e := range beside.Live(pin.Known.Own) {
			if e.Value.paidWith(at.Period) || !e.Value.Repeats && e.Value.Period.Overlaps(at.Period) {
				a := e.Value
				a.Ref = beside.Ref(e)
				g.input.Adjustments = append(g.input.Adjustments, a)
			}
		}
		g.err = faults.Err()
	}
	return out, nil
}

// schedule plans each day of p by the calendar of the terms on it. Days before the first terms go by the first, and days after the
// last, or between two employments, by those before, so that part of a month is measured against the whole of it.
func (s Service) schedule(faults *hr.Faults, terms hr.Timeline[hr.Terms], p hr.Period) []WorkDay {
	var name string
	for _, t := range terms.Over(p) {
		name = t.Calendar
		break
	}
	out := make([]WorkDay, 0, p.Len())
	for d := range p.Days() {
		if t, employed := terms.At(d); employed {
			name = t.Calendar
		}
		calendar, known := s.Calendars[name]
		if !known {
			faults.Add("terms.calendar", RuleInputSchedule, "%q is no calendar of this program, and the plan asks for working days or planned hours", name)
			return nil
		}
		day, err := calendar.Day(d)
		if err != nil {
			faults.Join("terms.calendar", err)
			return nil
		}
		out = append(out, workDay(day, s.DayMinutes))
	}
	return out
}

func livePostings(entries []hr.Entry[Posting], pin hr.Pin) ([]hr.Entry[Posting], error) {
	history, err := hr.NewHistory("posting", entries...)
	if err != nil {
		return nil, err
	}
	return history.Live(pin.Known.Own), nil
}
