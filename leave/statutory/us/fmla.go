package us

import (
	"fmt"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Method is how an employer counts the twelve months of 29 CFR 825.200(b); one for all employees. The empty Method is [Rolling].
type Method string

const (
	// Rolling looks twelve months back from the day: a day used comes back a year later, that of a 29 February on 1 March.
	Rolling Method = "rolling"
	// CalendarYear begins again on 1 January.
	CalendarYear Method = "calendar"
	// Forward is twelve months from the first use, and again from the first use after them.
	Forward Method = "forward"
)

// Used is what of the leave is used up and left on a day.
type Used struct {
	Days      int // before the day, in the twelve months that count
	Available int // of 60 days, never below zero
}

// FMLA counts the leave taken before a day, Monday to Friday, and what is left on it. Leaves may come in any order; a day in
// two of them counts once.
func FMLA(law leave.Law, leaves []hr.Period, on hr.Date, m Method) (Used, error) {
	var faults hr.Faults
	if on.IsZero() {
		faults.Missing("on", RuleDay)
	}
	for i, p := range leaves {
		if p.Validate() != nil || p.Open() {
			faults.Add(fmt.Sprintf("leaves[%d]", i), RuleDay, "must have a first and a last day")
		}
	}
	if m != "" && m != Rolling && m != CalendarYear && m != Forward {
		faults.Add("method", RuleMethod, "must be rolling, calendar or forward")
	}
	if faults.Any() {
		return Used{}, faults.Err()
	}
	v, err := law.Values(on, "fmla.weeks", "fmla.days_a_week")
	if err != nil {
		return Used{}, err
	}
	var days []hr.Date
	for _, p := range leaves {
		for d := range p.Days() {
			if !d.Before(on) {
				break
			}
			if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
				days = append(days, d)
			}
		}
	}
	slices.SortFunc(days, hr.Date.Compare)
	days = slices.Compact(days)
	var ends hr.Date // of [Forward]: the day on which the running twelve months are over
	used := 0
	for _, d := range days {
		back, err := d.AddMonths(12, hr.MonthOverflow)
		if err != nil {
			return Used{}, err
		}
		switch m {
		case CalendarYear:
			if d.Year() == on.Year() {
				used++
			}
		case Forward:
			if ends.IsZero() || !d.Before(ends) {
				ends, used = back, 0
			}
			used++
		default:
			if back.After(on) {
				used++
			}
		}
	}
	if m == Forward && !on.Before(ends) {
		used = 0
	}
	return Used{Days: used, Available: max(0, int(v[0].Mul(v[1]).IntPart())-used)}, nil
}
