package attendance

import (
	"cmp"
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
	var bands []hr.Band
	var payable, unpaid dayCount
	for i, d := range seen {
		switch {
		case d == nil:
			faults.Add("days", RuleTimesheetDays, "%s is missing", pay.From.Add(i))
			continue
		case d.Status == StatusNotEmployed:
			continue
		}
		sheet.Days = append(sheet.Days, d.TimesheetDay())
		payable.add(d.Payable)
		unpaid.add(d.Unpaid)
		for _, b := range d.Bands {
			i := slices.IndexFunc(bands, func(sum hr.Band) bool { return sum.Name == b.Name })
			if i < 0 {
				i, bands = len(bands), append(bands, hr.Band{Name: b.Name})
			}
			bands[i].Minutes += b.Minutes
		}
	}
	if faults.Any() {
		return hr.Timesheet{}, faults.Err()
	}
	sheet.Payable, sheet.Unpaid = payable.sum(), unpaid.sum()
	sheet.Bands = ours(bands)
	sheet.Days = slices.Clip(sheet.Days)
	return sheet, sheet.Validate()
}

// ours returns the bands above zero in the order of ours, then by name those that a host's own days bring.
func ours(bands []hr.Band) []hr.Band {
	names := [...]string{BandRegular, BandOvertime, BandDouble, BandUnapproved, BandBanked, BandNight, BandWeekend}
	rank := func(b hr.Band) int {
		if i := slices.Index(names[:], b.Name); i >= 0 {
			return i
		}
		return len(names)
	}
	bands = slices.DeleteFunc(bands, func(b hr.Band) bool { return b.Minutes <= 0 })
	slices.SortFunc(bands, func(a, b hr.Band) int { return cmp.Or(rank(a)-rank(b), cmp.Compare(a.Name, b.Name)) })
	if len(bands) == 0 {
		return nil
	}
	return bands
}

// dayCount adds up parts of days. Most are whole or nothing, and counting those is cheaper than adding decimals.
type dayCount struct {
	whole int64
	rest  decimal.Decimal
}

func (c *dayCount) add(part decimal.Decimal) {
	switch {
	case part.IsZero():
	case part.Exponent() == 0 && part.Equal(one):
		c.whole++
	default:
		c.rest = c.rest.Add(part)
	}
}

func (c *dayCount) sum() decimal.Decimal {
	if c.whole == 0 {
		return c.rest
	}
	return c.rest.Add(decimal.NewFromInt(c.whole))
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
