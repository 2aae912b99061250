package attendance

import (
	"slices"
	"time"

	"github.com/musterhr/hr"
)

// Attribution says to which civil day time at work over midnight belongs. Our own work days go by [StartDay], as the Factories Act and
// the OSH Code do; the others are for laws and contracts that count otherwise. The empty attribution is StartDay.
type Attribution string

// The attributions.
const (
	StartDay        Attribution = "start_day" // all of it to the day on which it begins
	EndDay          Attribution = "end_day"   // all of it to the day on which it ends
	MajorityDay     Attribution = "majority"  // all of it to the day with most of it; the first of two alike
	SplitAtMidnight Attribution = "split"     // each day what lies in it, on the clock of the zone
)

// DayMinutes are minutes that belong to a civil day.
type DayMinutes struct {
	Date    hr.Date
	Minutes int
}

// Days gives the minutes between two instants to civil days of zone, in order, those without a minute left out. They add up to the
// minutes that passed, also when the clock was changed in between. Both instants count from the start of their minute.
//
// It returns [hr.FieldError]s: RuleAttribution, RuleShiftZone for no zone, RulePunchAt for no instant, RuleSpanOrder for an end
// before the start, or one more than a year later.
func (a Attribution) Days(from, until time.Time, zone *time.Location) ([]DayMinutes, error) {
	var faults hr.Faults
	if a != "" && a != StartDay && a != EndDay && a != MajorityDay && a != SplitAtMidnight {
		faults.Add("attribution", RuleAttribution, "must be start_day, end_day, majority or split")
	}
	if zone == nil {
		faults.Missing("zone", RuleShiftZone)
	}
	if from.IsZero() || until.IsZero() {
		faults.Missing("from", RulePunchAt)
	} else if until.Before(from) || until.Sub(from) > 366*24*time.Hour {
		faults.Add("until", RuleSpanOrder, "must not be before the start, nor a year after it")
	}
	if faults.Any() {
		return nil, faults.Err()
	}
	from, until = from.Truncate(time.Minute), until.Truncate(time.Minute)
	var split []DayMinutes
	// One day more on either side: where clocks go back over midnight, the date goes back with them, and the day begins once only.
	for d, last := hr.DateOf(from, zone).Add(-1), hr.DateOf(until, zone).Add(1); !d.IsZero() && !d.After(last); d = d.Add(1) {
		if n := shared(from, until, midnight(d, zone), midnight(d.Add(1), zone)); n > 0 {
			split = append(split, DayMinutes{d, n})
		}
	}
	if a == SplitAtMidnight || len(split) == 0 {
		return split, nil
	}
	whole := DayMinutes{Date: hr.DateOf(from, zone), Minutes: int(until.Sub(from).Minutes())}
	switch a {
	case EndDay:
		whole.Date = hr.DateOf(until, zone)
	case MajorityDay:
		whole.Date = slices.MaxFunc(split, func(x, y DayMinutes) int { return x.Minutes - y.Minutes }).Date
	}
	return []DayMinutes{whole}, nil
}

// midnight is when a day first begins, at the start of its minute: a zone may be seconds off, and no minute falls between two days.
func midnight(d hr.Date, zone *time.Location) time.Time {
	return d.At(hr.TimeOfDay{}, zone).Truncate(time.Minute)
}
