package us

import (
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

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
	Available int // of the weeks in working days (60 for twelve weeks), never below zero
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
	return count(law, "fmla.weeks", workdays(leaves, on), on, m, leave.Year{})
}

// FMLAFixedYear is [FMLA] by a fixed leave year of the employer, such as a fiscal year, the fourth of the methods: it begins again on the first day
// of that year. A leave year by joining is refused (RuleMethod).
func FMLAFixedYear(law leave.Law, leaves []hr.Period, on hr.Date, year leave.Year) (Used, error) {
	if year.Joining {
		return Used{}, &hr.FieldError{Path: "year", Rule: RuleMethod, Reason: "must be the same for all employees"}
	}
	if _, err := FMLA(law, leaves, on, CalendarYear); err != nil { // its checks are ours
		return Used{}, err
	}
	return count(law, "fmla.weeks", workdays(leaves, on), on, CalendarYear, year)
}

// FMLAServicemember counts the 26 weeks to care for a servicemember, in the single twelve months from the first use (825.200(f)).
func FMLAServicemember(law leave.Law, leaves []hr.Period, on hr.Date) (Used, error) {
	if _, err := FMLA(law, leaves, on, Forward); err != nil {
		return Used{}, err
	}
	return count(law, "fmla.weeks_servicemember", workdays(leaves, on), on, Forward, leave.Year{})
}

// FMLAEligible reports whether somebody may take the leave: so many months employed, so many hours worked in the twelve months before, and
// so many employees within 75 miles. It returns [hr.FieldError]s with RuleNegative.
func FMLAEligible(law leave.Law, on hr.Date, months int, hours decimal.Decimal, employees int) (bool, error) {
	var faults hr.Faults
	for _, f := range []struct {
		path string
		sign int
	}{{"months", months}, {"hours", hours.Sign()}, {"employees", employees}} {
		if f.sign < 0 {
			faults.Add(f.path, RuleNegative, "must not be below zero")
		}
	}
	if faults.Any() {
		return false, faults.Err()
	}
	v, err := law.Values(on, "fmla.months", "fmla.hours", "fmla.employees")
	if err != nil {
		return false, err
	}
	return decimal.NewFromInt(int64(months)).Cmp(v[0]) >= 0 && hours.Cmp(v[1]) >= 0 && decimal.NewFromInt(int64(employees)).Cmp(v[2]) >= 0, nil
}

// workdays lists the days of leave before a day, Monday to Friday, each once.
func workdays(leaves []hr.Period, on hr.Date) []hr.Date {
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
	return slices.Compact(days)
}

// count counts days, which are before on, by a method; the leave year is that of CalendarYear.
func count(law leave.Law, weeks string, days []hr.Date, on hr.Date, m Method, year leave.Year) (Used, error) {
	v, err := law.Values(on, weeks, "fmla.days_a_week")
	if err != nil {
		return Used{}, err
	}
	var ends hr.Date // of [Forward]: the day on which the running twelve months are over
	used := 0
	for _, d := range days {
		back, err := d.AddMonths(12, hr.MonthOverflow)
		if err != nil {
			return Used{}, err
		}
		switch m {
		case CalendarYear:
			if year.Containing(on, hr.Date{}).Contains(d) {
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
