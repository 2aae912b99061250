package attendance

import (
	"time"

	"github.com/musterhr/hr"
)

// CapSpan is the time over which a law caps overtime.
type CapSpan string

// The spans. Months, quarters and years are those of the calendar.
const (
	CapDay     CapSpan = "day"
	CapWeek    CapSpan = "week"
	CapMonth   CapSpan = "month"
	CapQuarter CapSpan = "quarter"
	CapYear    CapSpan = "year"
)

// Cap is the most overtime that a law or a policy allows in a span of time. Work beyond it was worked all the same, and is paid: a cap
// tells who must not be asked again.
type Cap struct {
	Span    CapSpan
	Minutes int
	Starts  time.Weekday // the first day of a week
	Source  hr.Source
}

// OverCap is a span of time with more overtime than a cap allows.
type OverCap struct {
	Cap     Cap
	Period  hr.Period // the whole span
	Minutes int       // overtime in it, on the days that were given
	Since   hr.Date   // the day on which the cap was passed
}

// Validate returns [hr.FieldError]s with RuleCap.
func (c Cap) Validate() error {
	var faults hr.Faults
	switch c.Span {
	case CapDay, CapWeek, CapMonth, CapQuarter, CapYear:
	default:
		faults.Add("span", RuleCap, "must be day, week, month, quarter or year")
	}
	if c.Minutes < 0 {
		faults.Add("minutes", RuleCap, "must not be negative")
	}
	if c.Starts < time.Sunday || c.Starts > time.Saturday {
		faults.Add("starts", RuleCap, "must be a weekday")
	}
	return faults.Err()
}

// Over returns the spans in which the days, in order, show more overtime than c allows, in order. Overtime is all of it: paid, banked, and
// not allowed by anybody. Give all days of a span: those that are missing count as without.
func (c Cap) Over(days []Day) ([]OverCap, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	var out []OverCap
	var at OverCap
	for _, d := range days {
		if span := c.around(d.Date); span != at.Period {
			at = OverCap{Cap: c, Period: span}
		}
		for _, b := range d.Bands {
			if isOvertime(b.Name) || b.Name == BandUnapproved || b.Name == BandBanked {
				at.Minutes += b.Minutes
			}
		}
		switch n := len(out); {
		case at.Minutes <= c.Minutes:
		case n > 0 && out[n-1].Period == at.Period:
			out[n-1].Minutes = at.Minutes
		default:
			at.Since = d.Date
			out = append(out, at)
		}
	}
	return out, nil
}

// around returns the span that a day lies in.
func (c Cap) around(d hr.Date) hr.Period {
	first := d.FirstOfMonth()
	months := 1
	switch c.Span {
	case CapDay:
		return hr.Period{From: d, Through: d}
	case CapWeek:
		from := d.Add(-((int(d.Weekday()) - int(c.Starts) + 7) % 7))
		return hr.Period{From: from, Through: from.Add(6)}
	case CapQuarter:
		months = 3
	case CapYear:
		months = 12
	}
	back := (int(d.Month()) - 1) % months
	from, err := first.AddMonths(-back, hr.MonthClamp)
	if err != nil { // before the calendar begins
		return hr.Period{From: d, Through: d}
	}
	last, err := from.AddMonths(months-1, hr.MonthClamp)
	if err != nil { // past its end
		return hr.Period{From: d, Through: d}
	}
	return hr.Period{From: from, Through: last.EndOfMonth()}
}
