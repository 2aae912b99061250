package payroll

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/storage"
)

// gathered is what the payslip of one employee is calculated from, or what is wrong with the facts about them.
type gathered struct {
	input  Input
	posted bool // by this very run
	err    error
}

// gatherEach is gather for a page of employees of whom some may have faulty facts: then it asks for each alone, to find out whose.
// An error of a store is nobody's fault and is returned.
func (s Service) gatherEach(ctx context.Context, v hr.View, plan *Plan, pins []hr.Pin, run Run) ([]gathered, error) {
	all, err := s.gather(ctx, v, plan, pins, run)
	if err == nil || !aboutFacts(err) {
		return all, err
	}
	all = make([]gathered, len(pins))
	for i, pin := range pins {
		switch one, err := s.gather(ctx, v, plan, []hr.Pin{pin}, run); {
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
func (s Service) gather(ctx context.Context, v hr.View, plan *Plan, pins []hr.Pin, run Run) ([]gathered, error) {
	terms, err := s.Terms.TermsOf(ctx, v, pins, run.Period)
	if err != nil {
		return nil, err
	}
	sheets := make([]hr.Timesheet, len(pins))
	if s.Sheets != nil {
		if sheets, err = s.Sheets.Timesheets(ctx, v, pins, run.Period); err != nil {
			return nil, err
		}
	}
	posted, err := s.Postings.PostingsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	adjusted, err := s.Adjustments.AdjustmentsOf(ctx, pins)
	if err != nil {
		return nil, err
	}
	for _, n := range []int{len(terms), len(sheets), len(posted), len(adjusted)} {
		if n != len(pins) {
			return nil, fmt.Errorf("payroll: a port gave %d answers for %d pins", n, len(pins))
		}
	}
	out := make([]gathered, len(pins))
	for i, pin := range pins {
		g := &out[i]
		g.input = Input{Employee: pin.Employee, Period: run.Period, PayDate: run.PayDate, Terms: terms[i], Timesheet: sheets[i], Known: pin.Known}
		var faults hr.Faults
		if plan.asksForSchedule() {
			g.input.Schedule = s.schedule(&faults, terms[i], run.Period)
		}
		live, err := livePostings(posted[i], pin)
		if err != nil {
			return nil, err
		}
		others := slices.DeleteFunc(slices.Clone(live), func(e hr.Entry[Posting]) bool { return e.Value.Run == run.ID })
		g.posted = len(others) < len(live)
		year, calendar := plan.TaxYear().Of(run.PayDate), plan.asksForCalendarYear()
		for _, e := range others {
			if e.Value.Kind == PostingPayslip && e.Value.Period.Overlaps(run.Period) {
				faults.Add("run.period", RuleRunPaid, "was paid already, for %s, by run %s", e.Value.Period, e.Value.Run)
			}
			if (year.Contains(e.Value.PayDate) || calendar && YearStart{}.Of(run.PayDate).Contains(e.Value.PayDate)) && e.Value.Currency != plan.Currency() {
				faults.Add("year_to_date.currency", RuleInputCurrency, "the plan pays in %s and something was posted on %s in another currency", plan.Currency(), e.Value.PayDate)
			}
		}
		g.input.YearToDate = plan.ofPlan(YearToDate(others, plan.TaxYear(), run.PayDate))
		if calendar {
			g.input.CalendarYear = plan.ofPlan(YearToDate(others, YearStart{}, run.PayDate))
		}
		beside, err := hr.NewHistory("adjustment", adjusted[i]...)
		if err != nil {
			return nil, err
		}
		for _, e := range beside.Live(pin.Known.Own) {
			if e.Value.Period.Overlaps(run.Period) {
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

// fresh returns a [hr.FieldError] with RuleRunStale for each payslip of a run that would come out differently today: because
// something was learnt about the employee since, or because another plan was adopted. Who is posted stays as posted.
func (s Service) fresh(ctx context.Context, v hr.View, run Run) error {
	plan, err := s.planFor(ctx, run)
	if err != nil {
		return err
	}
	if plan.Digest() != run.Plan {
		return &hr.FieldError{Path: "run.plan", Rule: RuleRunStale, Reason: "another plan is adopted for the period since: calculate the run again"}
	}
	var faults hr.Faults
	err = s.eachPage(ctx, run.ID, s.chunk(), func(page []Result) error {
		ids := make([]hr.EmployeeID, len(page))
		for i, r := range page {
			ids[i] = r.Employee
		}
		heads, err := s.Kit.Know.Heads(ctx, ids...)
		if err != nil {
			return err
		}
		var moved []hr.Pin
		var before []Payslip
		for i, pin := range heads {
			if pin.Known != page[i].Slip.Known {
				moved, before = append(moved, pin), append(before, page[i].Slip)
			}
		}
		if len(moved) == 0 {
			return nil
		}
		now, err := s.gatherEach(ctx, v, plan, moved, run)
		if err != nil {
			return err
		}
		for i, g := range now {
			if g.posted {
				continue
			}
			err := g.err
			var slip Payslip
			if err == nil {
				slip, err = plan.Calculate(g.input)
			}
			slip.Known = before[i].Known
			if err != nil || slip.Digest() != before[i].Digest() {
				faults.Add(fmt.Sprintf("results[%s]", before[i].Employee), RuleRunStale, "would come out differently today: calculate the run again")
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return faults.Err()
}
