package in

import (
	"fmt"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

func dueParams() []hr.Parameter {
	return []hr.Parameter{
		{Name: "esi.due_day", Title: "Day of the next month by which ESI is paid", Unit: "count", Steps: []hr.ParameterStep{
			since("2017-01-01", "15", esic("day of payment")), doubtful("2026-11-21", "15", esic("day of payment"), "the old rules were saved to about this day, and no complete successor was found"),
		}},
		{Name: "wages.due_day", Title: "Day of the next month by the end of which monthly wages are paid", Unit: "count", Steps: []hr.ParameterStep{
			since(codesInForce, "7", codeOnWages("s.17(1)")),
		}},
		{Name: "settlement.working_days", Title: "Working days within which wages are paid when service ends", Unit: "days", Steps: []hr.ParameterStep{
			doubtful(codesInForce, "2", codeOnWages("s.17(2)"),
				"how to count is not said: from the day after the last, without weekly offs and holidays, is practice; the appropriate Government may set another limit"),
		}},
	}
}

// Due is the last day on which something may be paid.
type Due struct {
	Day   hr.Date
	Trace hr.Trace // how it was found, with the law
}

// FullAndFinalDue returns the day by which wages are paid after removal, dismissal, retrenchment or resignation: the second working day
// after the last one, by the calendar of the place of work. A half working day is one. Gratuity has a limit of its own: [GratuityDue].
//
// It returns a [hr.FieldError] for no day (RuleDay), a [hr.ParameterError] where p has no value on the last working day, and the error
// of [hr.Calendar.Day] where the calendar ends too early.
func FullAndFinalDue(p payroll.Pack, lastWorkingDay hr.Date, c hr.Calendar) (Due, error) {
	law, days, err := dueFrom(p, "last_working_day", lastWorkingDay, "settlement.working_days")
	if err != nil {
		return Due{}, err
	}
	day, err := c.AddWorkingDays(lastWorkingDay, days)
	if err != nil {
		return Due{}, err
	}
	d := law.due("Full and final settlement due", day, fmt.Sprintf("the %s working day after the last working day", nth(days)), given("Last working day", weekday(lastWorkingDay), ""))
	for x := lastWorkingDay.Add(1); x.Before(day); x = x.Add(1) {
		on, err := c.Day(x)
		if err != nil {
			return Due{}, err
		}
		why := "a working day"
		switch {
		case on.Holiday != "":
			why = "not counted: " + on.Holiday
		case !on.Working():
			why = "not counted: weekly off"
		}
		d.Trace.Parts = append(d.Trace.Parts, hr.Trace{Name: weekday(x), Note: why})
	}
	d.Trace.Parts = append(d.Trace.Parts, hr.Trace{Name: weekday(day), Note: "a working day: due"})
	return d, nil
}

// GratuityDue returns the day by which gratuity is paid, 30 days after the last day of service; interest runs after it. Its errors are
// those of [FullAndFinalDue] without a calendar.
func GratuityDue(p payroll.Pack, lastDay hr.Date) (Due, error) {
	law, days, err := dueFrom(p, "last_day", lastDay, "gratuity.pay_within_days")
	if err != nil {
		return Due{}, err
	}
	return law.due("Gratuity due", lastDay.Add(days), fmt.Sprintf("%d days after the last day of service", days), given("Last day of service", weekday(lastDay), "")), nil
}

// BonusDue returns the day by which the bonus of an accounting year is paid: the end of the eighth month after it. Its errors are those
// of [GratuityDue], and that of [hr.Date.AddMonths].
func BonusDue(p payroll.Pack, yearEnd hr.Date) (Due, error) {
	law, months, err := dueFrom(p, "year_end", yearEnd, "bonus.pay_within_months")
	if err != nil {
		return Due{}, err
	}
	day, err := yearEnd.AddMonths(months, hr.MonthEndSticks)
	if err != nil {
		return Due{}, err
	}
	return law.due("Bonus due", day, fmt.Sprintf("%d months after the end of the accounting year", months), given("End of the accounting year", weekday(yearEnd), "")), nil
}

// WagesDue returns the day by which the wages of a month are paid: the 7th of the next. Its errors are those of [GratuityDue].
func WagesDue(p payroll.Pack, monthEnd hr.Date) (Due, error) {
	law, day, err := dueFrom(p, "month_end", monthEnd, "wages.due_day")
	if err != nil {
		return Due{}, err
	}
	return law.due("Wages due", monthEnd.EndOfMonth().Add(day), fmt.Sprintf("the end of day %d of the next month", day), given("Wage month ends", weekday(monthEnd), "")), nil
}

// dueFrom reads one number of the law on a day that must be given.
func dueFrom(p payroll.Pack, path string, day hr.Date, name string) (*reading, int, error) {
	if day.IsZero() {
		return nil, 0, &hr.FieldError{Path: path, Rule: RuleDay, Reason: "is required", Err: hr.ErrRequired}
	}
	law := &reading{pack: p, on: day}
	n := law.number(name)
	return law, n, law.err()
}

func (r *reading) due(name string, day hr.Date, rule string, from hr.Trace) Due {
	return Due{day, hr.Trace{Name: name, Value: weekday(day), Rule: rule, Source: r.source, Parts: append([]hr.Trace{from}, r.told()...)}}
}

func weekday(d hr.Date) string { return d.Weekday().String() + " " + d.String() }

// nth writes an ordinal: the working days of a settlement are few.
func nth(n int) string {
	switch n {
	case 1:
		return "first"
	case 2:
		return "second"
	case 3:
		return "third"
	}
	return fmt.Sprintf("%dth", n)
}
