package leave

import (
	"time"

	"github.com/musterhr/hr"
)

// Year says when the leave year begins: the year that tiers, proration, carry-over and yearly limits go by. The zero Year begins on
// 1 January.
type Year struct {
	Month time.Month `json:"month,omitempty" class:"public"` // with Day: its first day
	Day   int        `json:"day,omitempty" class:"public"`   // 1 to 28, so that every year has it
	// Joining begins each employee's own leave year on the anniversary of joining; of a 29 February on 1 March in common years.
	Joining bool `json:"joining,omitempty" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyYear.
func (y Year) Validate() error {
	var faults hr.Faults
	switch {
	case y == Year{} || y == Year{Joining: true}:
	case y.Joining:
		faults.Add("joining", RulePolicyYear, "stands alone: a month and day beside it mean nothing")
	default:
		if y.Month < time.January || y.Month > time.December {
			faults.Add("month", RulePolicyYear, "must be the month in which the leave year begins")
		}
		if y.Day < 1 || y.Day > 28 {
			faults.Add("day", RulePolicyYear, "must be the day on which the leave year begins, 1 to 28")
		}
	}
	return faults.Err()
}

// Containing returns the leave year that a day lies in, for somebody hired on a day, which only Joining asks. It is no period where
// the calendar has no such year.
func (y Year) Containing(d, hired hr.Date) hr.Period {
	if d.IsZero() || y.Joining && (hired.IsZero() || d.Before(hired)) {
		return hr.Period{}
	}
	var p hr.Period
	if y.Joining {
		years := FullYears(hired, d)
		from, _ := hired.AddMonths(12*years, hr.MonthOverflow) // it is there: no later than d
		next, err := hired.AddMonths(12*(years+1), hr.MonthOverflow)
		if err != nil {
			return hr.Period{}
		}
		return hr.Period{From: from, Through: next.Add(-1)}
	}
	month, day := max(y.Month, time.January), max(y.Day, 1)
	for _, year := range []int{d.Year(), d.Year() - 1} {
		from, err := hr.NewDate(max(year, 1), month, day)
		if err != nil || from.After(d) {
			continue
		}
		next, err := from.AddMonths(12, hr.MonthClamp)
		if err != nil {
			return hr.Period{}
		}
		p = hr.Period{From: from, Through: next.Add(-1)}
		break
	}
	return p
}
