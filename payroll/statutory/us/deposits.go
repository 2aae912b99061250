package us

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/musterhr/hr/payroll/statutory/internal/law"
	"github.com/musterhr/hr/payroll/statutory/internal/paid"
)

// Schedule says when employment taxes are deposited. The empty schedule is none.
type Schedule string

// The schedules of Publication 15, section 11.
const (
	Monthly    Schedule = "monthly"
	Semiweekly Schedule = "semiweekly"
)

// Deposit is what is paid to the Treasury at once, and by which day. It prints without values.
type Deposit struct {
	Paid   hr.Period // the days of payment whose liabilities are in it
	Amount decimal.Decimal
	Due    hr.Date
	Trace  hr.Trace
}

// Format hides the values.
func (d Deposit) Format(f fmt.State, _ rune) { _, _ = fmt.Fprintf(f, "[deposit due %s]", d.Due) }

// ScheduleFor returns the schedule of a calendar year from the taxes of its lookback period, which is the four quarters up to 30 June of the
// year before: monthly up to the limit, semiweekly above. A new employer's lookback is zero. It returns a [hr.FieldError] for taxes below
// zero (RuleNegative) and a [hr.ParameterError] for a day without a known value.
func ScheduleFor(p payroll.Pack, on hr.Date, lookback decimal.Decimal) (Schedule, error) {
	if lookback.Sign() < 0 {
		return "", &hr.FieldError{Path: "lookback", Rule: RuleNegative, Reason: "must not be below zero"}
	}
	limit, err := p.Value("deposits.lookback", on)
	switch {
	case err != nil:
		return "", err
	case lookback.Cmp(limit) > 0:
		return Semiweekly, nil
	}
	return Monthly, nil
}

// Deposits returns the deposits of liabilities, which [Liabilities] gives by day, oldest first. c is a calendar of business days: its offs
// are Saturday and Sunday, its holidays those of the District of Columbia ([leave/holidays/us]).
//
// A monthly depositor pays what a calendar month owes on the 15th of the next. A semiweekly one pays what was owed from Wednesday to Friday on the
// next Wednesday, and from Saturday to Tuesday on the next Friday; a holiday among the three weekdays behind the stretch gives a day more, and the
// days of two quarters are two deposits. Who owes the next-day amount or more within a stretch pays on the next business day, and a monthly
// depositor is semiweekly from the day after. A day that is no business day moves to the next. Amounts so small that they may be
// paid with the return are deposited here all the same.
//
// It returns a [hr.FieldError] for another schedule (RuleSchedule), a [hr.ParameterError] for a day without known values and the error of
// [hr.Calendar.Day] where the calendar ends too early.
//
// [leave/holidays/us]: https://pkg.go.dev/github.com/musterhr/hr/leave/holidays/us
func Deposits(p payroll.Pack, s Schedule, liabilities []Liability, c hr.Calendar) ([]Deposit, error) {
	if s != Monthly && s != Semiweekly {
		return nil, &hr.FieldError{Path: "schedule", Rule: RuleSchedule, Reason: "must be monthly or semiweekly"}
	}
	liabilities = slices.SortedFunc(slices.Values(liabilities), func(a, b Liability) int { return a.PaidOn.Compare(b.PaidOn) })
	var out []Deposit
	var open Deposit
	var stretch hr.Period
	closeOpen := func(at *law.Reading) error {
		if open.Amount.IsZero() {
			return at.Err()
		}
		due, rule, err := dueOf(at, s, stretch, c)
		if err != nil {
			return err
		}
		out = append(out, open.settled(due, rule, at))
		open = Deposit{}
		return at.Err()
	}
	var at *law.Reading
	for _, l := range liabilities {
		if in := stretchOf(s, l.PaidOn); in != stretch {
			if at != nil {
				if err := closeOpen(at); err != nil {
					return nil, err
				}
			}
			stretch = in
		}
		at = &law.Reading{Pack: p, On: l.PaidOn}
		if open.Amount.IsZero() {
			open.Paid.From = l.PaidOn
		}
		open.Paid.Through, open.Amount = l.PaidOn, open.Amount.Add(l.Total())
		limit := at.Value("deposits.next_day")
		if err := at.Err(); err != nil {
			return nil, err
		}
		if open.Amount.Cmp(limit) >= 0 {
			due, err := paid.Working(l.PaidOn.Add(1), c)
			if err != nil {
				return nil, err
			}
			out = append(out, open.settled(due, "the next business day, for the liability reached the limit", at))
			open, s, stretch = Deposit{}, Semiweekly, hr.Period{}
		}
		at.Told()
	}
	if at == nil {
		return nil, nil
	}
	return out, closeOpen(at)
}

// stretchOf returns the days that are deposited together with a day: its month, or Wednesday to Friday, or Saturday to Tuesday, cut where
// a quarter ends.
func stretchOf(s Schedule, day hr.Date) hr.Period {
	if s == Monthly {
		return hr.MonthOf(day)
	}
	from, length := time.Saturday, 4
	if w := day.Weekday(); w >= time.Wednesday && w <= time.Friday {
		from, length = time.Wednesday, 3
	}
	p := hr.Period{From: day.Add(-(int(day.Weekday()-from) + 7) % 7)}
	p.Through = p.From.Add(length - 1)
	if cut := lastOfQuarter(p.From); !p.Through.After(cut) {
		return p
	} else if day.After(cut) {
		p.From = cut.Add(1)
	} else {
		p.Through = cut
	}
	return p
}

func lastOfQuarter(day hr.Date) hr.Date {
	q, err := quarterOf(day.Year(), (int(day.Month())+2)/3)
	if err != nil { // the year of a day is a year
		return day
	}
	return q.Through
}

func dueOf(at *law.Reading, s Schedule, stretch hr.Period, c hr.Calendar) (hr.Date, string, error) {
	if s == Monthly {
		due, err := paid.Working(stretch.Through.Add(at.Number("deposits.monthly_day")), c)
		return due, "the 15th of the next month, or the next business day", err
	}
	ends := time.Tuesday
	due, rule := time.Friday, "the Friday after Saturday to Tuesday"
	if w := stretch.From.Weekday(); w >= time.Wednesday && w <= time.Friday {
		ends, due, rule = time.Friday, time.Wednesday, "the Wednesday after Wednesday to Friday"
	}
	end := stretch.Through
	for end.Weekday() != ends { // a stretch that a quarter cut short is due with the days it was cut from
		end = end.Add(1)
	}
	day := end.Add((int(due-ends) + 7) % 7)
	for d, weekdays := end.Add(1), 0; weekdays < 3; d = d.Add(1) {
		if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
			continue
		}
		weekdays++
		on, err := c.Day(d)
		if err != nil {
			return day, "", err
		}
		if on.Holiday != "" {
			day = day.Add(1)
		}
	}
	day, err := paid.Working(day, c)
	return day, rule + "; three business days at least", err
}

func (d Deposit) settled(due hr.Date, rule string, at *law.Reading) Deposit {
	d.Due = due
	d.Trace = hr.Trace{
		Name: "Deposit of employment taxes", Value: hr.Canonical(d.Amount), Unit: "money", Period: d.Paid, Rule: rule,
		Note: "due " + due.Weekday().String() + " " + due.String() + ": " + rule, Source: pub15("section 11"), Parts: at.Told(),
	}
	return d
}

// FUTADeposits returns the deposits of federal unemployment tax of a calendar year up to through: what the quarters owe, carried on while it does
// not exceed the limit, due on the last day of the month after the quarter. The credit reduction of a state is not known before
// November and is due with the last quarter. c is as in [Deposits]; so are the errors, with those of [Liabilities].
func FUTADeposits(p payroll.Pack, postings []payroll.Posting, through hr.Date, c hr.Calendar) ([]Deposit, error) {
	if err := paid.Check(postings, "USD", RulePostings); err != nil {
		return nil, err
	}
	var out []Deposit
	var carried Deposit
	for n := 1; n <= 4; n++ {
		q, err := quarterOf(through.Year(), n)
		if err != nil {
			return nil, err
		}
		if q.From.After(through) {
			break
		}
		in := q
		if in.Through.After(through) {
			in.Through = through
		}
		at := &law.Reading{Pack: p, On: q.From}
		limit := at.Value("futa.deposit_above")
		if err := at.Err(); err != nil {
			return nil, err
		}
		if carried.Amount.IsZero() {
			carried.Paid.From = q.From
		}
		carried.Paid.Through = q.Through
		carried.Amount = carried.Amount.Add(paid.Sum(postings, in, "futa_employer")).Sub(paid.Sum(postings, in, "futa_reduction"))
		last := n == 4
		if last {
			carried.Amount = carried.Amount.Add(paid.Sum(postings, hr.Period{From: payroll.YearStart{}.Of(through).From, Through: in.Through}, "futa_reduction"))
		}
		if carried.Amount.Cmp(limit) <= 0 && (!last || carried.Amount.IsZero()) {
			continue
		}
		due, err := paid.Working(q.Through.Add(1).EndOfMonth(), c)
		if err != nil {
			return nil, err
		}
		d := carried.settled(due, "the last day of the month after the quarter, where more than the limit is owed", at)
		d.Trace.Name, d.Trace.Source = "Deposit of federal unemployment tax", pub15("section 14")
		out, carried = append(out, d), Deposit{}
	}
	return out, nil
}
