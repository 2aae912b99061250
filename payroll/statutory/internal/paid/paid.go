// Package paid adds up what was posted: the payments of a period by line, as returns and deposits to authorities ask for them.
package paid

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
)

// Check reports postings of another currency, or without a day of payment, each by its place and without an amount.
func Check(postings []payroll.Posting, currency hr.Currency, rule hr.Rule) error {
	var faults hr.Faults
	for i, p := range postings {
		if p.Currency != currency {
			faults.Add(fmt.Sprintf("postings[%d].currency", i), rule, "must be %s", currency)
		}
		if p.PayDate.IsZero() {
			faults.Missing(fmt.Sprintf("postings[%d].pay_date", i), rule)
		}
	}
	return faults.Err()
}

// Sum adds the lines of those names over what was paid in a period.
func Sum(postings []payroll.Posting, in hr.Period, names ...string) (sum decimal.Decimal) {
	for _, p := range postings {
		if !in.Contains(p.PayDate) {
			continue
		}
		for _, l := range p.Lines {
			if slices.Contains(names, l.Name) {
				sum = sum.Add(l.Amount)
			}
		}
	}
	return sum
}

// Days are the days of payment in a period, sorted.
func Days(postings []payroll.Posting, in hr.Period) (days []hr.Date) {
	for _, p := range postings {
		if in.Contains(p.PayDate) {
			days = append(days, p.PayDate)
		}
	}
	slices.SortFunc(days, hr.Date.Compare)
	return slices.Compact(days)
}

// Working moves a day that is off or a holiday to the next working day of the calendar.
func Working(day hr.Date, c hr.Calendar) (hr.Date, error) {
	for {
		d, err := c.Day(day)
		if err != nil || d.Working() {
			return day, err
		}
		day = day.Add(1)
	}
}
