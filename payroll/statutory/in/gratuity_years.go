package in

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Ending says how service ended, as far as gratuity asks. The empty ending is not one.
type Ending string

// The endings.
const (
	EndedLeaving     Ending = "leaving"     // resignation, retirement, retrenchment, dismissal
	EndedDeath       Ending = "death"       // no length of service is needed
	EndedDisablement Ending = "disablement" // by accident or disease; no length of service is needed
	EndedFixedTerm   Ending = "fixed_term"  // a contract for a fixed term expired
)

// GratuityService is somebody's service with one employer, as gratuity counts it.
type GratuityService struct {
	Joined     hr.Date // the first day of continuous service, which counts
	LastDay    hr.Date // the last day of service, which counts too; the law of this day is applied
	Ending     Ending
	Journalist bool // a working journalist, who needs fewer years
	Uncovered  bool // neither the Act nor the Code covers the employer: a part of a year never counts

	// LastYearDays are the days really worked since the last completed year. They matter to somebody who lacks one year: courts let
	// a year with enough of them count as complete. Zero where they are not known.
	LastYearDays int
	// FiveDayWeek: the establishment works less than six days a week, so fewer days are enough.
	FiveDayWeek bool
}

// GratuityYears is what the length of service comes to.
type GratuityYears struct {
	Completed int  // whole years of service
	Eligible  bool // the service is long enough, or no length is needed
	// Years and Months are what gratuity is paid for: the inputs gratuity_years and gratuity_months of [Settlement]. Both are 0 for
	// who is not eligible. Months, 0 to 11, are of service that is paid by months, such as a fixed term.
	Years  int
	Months int
	Trace  hr.Trace // how it was counted, with the law
}

// GratuityOf counts the years that gratuity is paid for. A year is complete on the day before its anniversary: 1 April 2016 to 30
// September 2026 are 10 years and exactly 6 months, which do not count as an eleventh year. Where a month has no such day, the time is
// complete at the end of that month. Whether the service is long enough is asked before a part of a year counts: 4 years and 7
// months are not 5.
//
// It returns all faults at once: [hr.FieldError]s for days that are missing or in the wrong order (RuleService), for an unknown ending
// (RuleEnding) and for negative days (RuleNegative); or a [hr.ParameterError] for each value that p does not have on the last day.
func GratuityOf(p payroll.Pack, s GratuityService) (GratuityYears, error) {
	if err := s.validate(); err != nil {
		return GratuityYears{}, err
	}
	c := gratuityCount{GratuityService: s, law: &reading{pack: p, on: s.LastDay}}
	c.months, c.days = serviceMonths(s.Joined, s.LastDay)
	g := GratuityYears{Completed: c.months / 12}
	c.months %= 12
	why, eligible := c.eligible(g.Completed)
	g.Eligible = eligible
	counted := "nothing is paid"
	if eligible {
		g.Years, g.Months, counted = c.paid(g.Completed)
	}
	if err := c.law.err(); err != nil {
		return GratuityYears{}, err
	}
	value := strconv.Itoa(g.Years)
	if g.Months > 0 {
		value += fmt.Sprintf(" and %d months", g.Months)
	}
	g.Trace = hr.Trace{
		Name: "Years that gratuity is paid for", Value: value, Unit: "years", Rule: why, Note: counted,
		Source: c.law.source, Period: hr.Period{From: s.Joined, Through: s.LastDay},
		Parts: append([]hr.Trace{
			{Name: "Service", Value: span(g.Completed, c.months, c.days), Note: "the first and the last day both count"},
			given("How service ended", string(s.Ending), ""),
		}, c.law.told()...),
	}
	return g, nil
}

func (s GratuityService) validate() error {
	var faults hr.Faults
	switch {
	case s.Joined.IsZero():
		faults.Missing("joined", RuleService)
	case !s.LastDay.IsZero() && s.LastDay.Before(s.Joined):
		faults.Add("last_day", RuleService, "must not be before the first day of service")
	}
	if s.LastDay.IsZero() {
		faults.Missing("last_day", RuleService)
	}
	switch s.Ending {
	case EndedLeaving, EndedDeath, EndedDisablement, EndedFixedTerm:
	default:
		faults.Add("ending", RuleEnding, "must be leaving, death, disablement or fixed_term")
	}
	if s.LastYearDays < 0 {
		faults.Add("last_year_days", RuleNegative, "must not be negative")
	}
	return faults.Err()
}

// gratuityCount is a service cut into years, of which the caller keeps count, months below 12 and days.
type gratuityCount struct {
	GratuityService
	law          *reading
	months, days int
}

// eligible says whether so many completed years are enough, and why.
func (c gratuityCount) eligible(completed int) (string, bool) {
	name := "gratuity.service_years"
	switch {
	case c.Ending == EndedDeath || c.Ending == EndedDisablement:
		return "after death or disablement no length of service is needed", true
	case c.Ending == EndedFixedTerm:
		name = "gratuity.service_years_fixed_term"
	case c.Journalist:
		name = "gratuity.service_years_journalist"
	}
	need := c.law.number(name)
	if completed >= need {
		return fmt.Sprintf("completed years: %d, needed: %d", completed, need), true
	}
	if completed == need-1 && c.LastYearDays > 0 {
		days := "gratuity.fifth_year_days"
		if c.FiveDayWeek {
			days = "gratuity.fifth_year_days_five_day_week"
		}
		enough := c.law.number(days)
		if c.LastYearDays >= enough {
			return fmt.Sprintf("completed years: %d, needed: %d; %d days worked in the next complete it, for %d are enough", completed, need, c.LastYearDays, enough), true
		}
		return fmt.Sprintf("completed years: %d, needed: %d; %d days worked in the next do not complete it, for %d are needed", completed, need, c.LastYearDays, enough), false
	}
	return fmt.Sprintf("completed years: %d, needed: %d", completed, need), false
}

// paid says what somebody eligible is paid for.
func (c gratuityCount) paid(completed int) (inYears, inMonths int, why string) {
	if c.Uncovered {
		return completed, 0, "where neither Act nor Code covers, a part of a year does not count"
	}
	byMonths := map[Ending]string{EndedFixedTerm: "gratuity.fixed_term_by_months", EndedDeath: "gratuity.death_by_months"}
	if name, ok := byMonths[c.Ending]; ok && c.law.number(name) == 1 {
		return completed, c.months, "paid pro rata, by completed months"
	}
	part := c.law.number("gratuity.part_year_months")
	left := span(0, c.months, c.days)
	switch {
	case c.months > part || c.months == part && c.days > 0:
		return completed + 1, 0, fmt.Sprintf("%s: more than %d months count as a year", left, part)
	case c.months > 0 || c.days > 0:
		return completed, 0, fmt.Sprintf("%s: not more than %d months do not count", left, part)
	}
	return completed, 0, "no part of a year is left over"
}

// serviceMonths counts the completed months from one day to another, both included, and the days beyond them.
func serviceMonths(first, last hr.Date) (months, days int) {
	end := last.Add(1) // the day after service
	if end.IsZero() {  // past the end of the calendar
		end = last
	}
	months = (end.Year()-first.Year())*12 + int(end.Month()) - int(first.Month())
	for anniversary(first, months).After(end) {
		months--
	}
	return months, end.Since(anniversary(first, months))
}

// anniversary is the same day so many months later; the first of the month after where the month has no such day.
func anniversary(d hr.Date, months int) hr.Date {
	same, err := d.AddMonths(months, hr.MonthClamp)
	if err != nil { // outside the calendar, so after every day
		return hr.MustDate("9999-12-31")
	}
	if same.Day() < d.Day() {
		return same.Add(1)
	}
	return same
}

// span writes a length of time: "10 years, 6 months, 1 day".
func span(y, months, days int) string {
	var parts []string
	for _, x := range []struct {
		n    int
		word string
	}{{y, "year"}, {months, "month"}, {days, "day"}} {
		switch {
		case x.n == 1:
			parts = append(parts, "1 "+x.word)
		case x.n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", x.n, x.word))
		}
	}
	return strings.Join(parts, ", ")
}
