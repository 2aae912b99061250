package payrolltest

import (
	"fmt"
	"slices"
	"time"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Boundaries lists the days of a span at which something ends, begins or changes, each once and in order: the first and last day of every
// month; 28 and 29 February and 1 March; the last and first day of the tax year of each pack; the day on which a parameter or a table
// of a pack changes, and the day before.
func Boundaries(span hr.Period, packs ...payroll.Pack) []hr.Date {
	var days []hr.Date
	add := func(d hr.Date) {
		if span.Contains(d) {
			days = append(days, d)
		}
	}
	change := func(d hr.Date) { // d is the first day of something
		add(d)
		add(d.Add(-1))
	}
	for month := span.From.FirstOfMonth(); !month.IsZero() && !month.After(span.Through); month = month.EndOfMonth().Add(1) {
		change(month)
		add(month.EndOfMonth())
		if month.Month() == time.February {
			add(month.Add(27))
		}
	}
	for _, p := range packs {
		for year := p.TaxYear.Of(span.From); !year.From.After(span.Through); year = p.TaxYear.Of(year.Through.Add(1)) {
			change(year.From)
			add(year.Through)
		}
		for _, x := range p.Params {
			for _, s := range x.Steps {
				change(s.Since)
			}
		}
		for _, x := range p.Tables {
			for _, s := range x.Steps {
				change(s.Since)
			}
		}
	}
	slices.SortFunc(days, hr.Date.Compare)
	return slices.Compact(days)
}

// JoinersAndLeavers makes, for each day, three payslips of the month it is in, paid on the month's last day: of somebody employed throughout, of
// somebody whose first day it is, and of somebody whose last day it is. Terms and answers are those of base on its first day with terms;
// its timesheet, adjustments and year-to-date, which belong to its own period, are left out. Employees are numbered.
func JoinersAndLeavers(base payroll.Input, days ...hr.Date) []payroll.Input {
	steps := base.Terms.Steps()
	i := slices.IndexFunc(steps, func(s hr.Step[hr.Terms]) bool { return !s.Void })
	if i < 0 {
		return nil
	}
	terms := steps[i].Value
	var out []payroll.Input
	for n, d := range days {
		month := hr.MonthOf(d)
		for _, life := range []struct {
			name        string
			first, last hr.Date
		}{{"throughout", month.From, hr.Date{}}, {"joins", d, hr.Date{}}, {"leaves", month.From, d}} {
			span := []hr.Step[hr.Terms]{{Since: life.first, Value: terms.Clone()}}
			if end := life.last.Add(1); !life.last.IsZero() && !end.IsZero() {
				span = append(span, hr.Step[hr.Terms]{Since: end, Void: true})
			}
			timeline, err := hr.NewTimeline(span...)
			if err != nil { // the days of a life rise
				continue
			}
			out = append(out, payroll.Input{
				Employee: hr.EmployeeID(fmt.Sprintf("%s-%03d-%s", d, n, life.name)), Period: month, PayDate: month.Through,
				Terms: timeline, Answers: slices.Clone(base.Answers),
			})
		}
	}
	return out
}
