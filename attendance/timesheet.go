package attendance

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Summarize adds the days of a pay period to the timesheet that payroll reads: the calendar month, or any other run of days,
// such as the 26th to the 25th. days must be every day of the period once, in any order, also those not employed; these are
// left out, so that payable + unpaid is the number of days employed. Bands are summed by name. Nothing is rounded.
//
// A day missing, given twice or from outside is a [hr.FieldError] with RuleTimesheetDays, an open period one with
// RulePeriodOpen; all faults come together. Days that are not over yet count as they stand: a day without punches as absent.
func Summarize(employee hr.EmployeeID, pay hr.Period, days []Day) (hr.Timesheet, error) {
	var faults hr.Faults
	checkPeriod(&faults, "period", pay)
	if employee == "" {
		faults.Missing("employee", hr.RuleRequired)
	}
	if faults.Any() {
		return hr.Timesheet{}, faults.Err()
	}
	seen := make([]*Day, pay.Len())
	for i := range days {
		at := func() string { return fmt.Sprintf("days[%d].date", i) }
		if !pay.Contains(days[i].Date) {
			faults.Add(at(), RuleTimesheetDays, "lies outside %s", pay)
			continue
		}
		n := days[i].Date.Since(pay.From)
		if seen[n] != nil {
			faults.Add(at(), RuleTimesheetDays, "%s is given twice", days[i].Date)
		}
		seen[n] = &days[i]
	}
	sheet := hr.Timesheet{Employee: employee, Period: pay, Days: make([]hr.TimesheetDay, 0, len(seen))}
	minutes := map[string]int{}
	payable, unpaid := decimal.Decimal{}, decimal.Decimal{}
	for i, d := range seen {
		switch {
		case d == nil:
			faults.Add("days", RuleTimesheetDays, "%s is missing", pay.From.Add(i))
			continue
		case d.Status == StatusNotEmployed:
			continue
		}
		sheet.Days = append(sheet.Days, d.TimesheetDay())
		if !d.Payable.IsZero() {
			payable = payable.Add(d.Payable)
		}
		if !d.Unpaid.IsZero() {
			unpaid = unpaid.Add(d.Unpaid)
		}
		for _, b := range d.Bands {
			minutes[b.Name] += b.Minutes
		}
	}
	if faults.Any() {
		return hr.Timesheet{}, faults.Err()
	}
	sheet.Payable, sheet.Unpaid = payable, unpaid
	names := []string{BandRegular, BandOvertime, BandDouble, BandUnapproved, BandBanked, BandNight, BandWeekend}
	for _, name := range sorted(minutes) { // and those that a host's own days bring
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if minutes[name] > 0 {
			sheet.Bands = append(sheet.Bands, hr.Band{Name: name, Minutes: minutes[name]})
		}
	}
	sheet.Days = slices.Clip(sheet.Days)
	return sheet, sheet.Validate()
}

func checkPeriod(faults *hr.Faults, path string, p hr.Period) {
	faults.Join(path, p.Validate())
	if p.Open() {
		faults.Add(path, RulePeriodOpen, "must have a last day")
	}
}

// Revise numbers a timesheet after the one that was given before it for the same employee and period: the same digest keeps its revision,
// another is the next one. The zero before makes it revision 1. A timesheet of somebody else or of another period is a [hr.FieldError] with
// RuleTimesheetDays.
func Revise(before, now hr.Timesheet) (hr.Timesheet, error) {
	switch {
	case before.Employee == "" && before.Period.IsZero():
		now.Revision = 1
	case before.Employee != now.Employee || before.Period != now.Period:
		return hr.Timesheet{}, &hr.FieldError{Path: "before", Rule: RuleTimesheetDays, Reason: "is of another employee or period"}
	case before.Digest() == now.Digest():
		now.Revision = before.Revision
	default:
		now.Revision = before.Revision + 1
	}
	return now, nil
}
