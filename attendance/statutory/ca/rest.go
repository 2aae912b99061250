package ca

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/attendance"
)

// OntarioDailyRest returns the minutes of rest that passed between two days of work, and whether they are enough: 11 hours. It returns a
// [hr.FieldError] with RuleOrder for an instant missing or work that begins before the other ends.
func OntarioDailyRest(p attendance.Pack, on hr.Date, finish, next time.Time) (minutes int, enough bool, err error) {
	if finish.IsZero() || next.Before(finish) {
		return 0, false, &hr.FieldError{Path: "next", Rule: RuleOrder, Reason: "must not be before the work before it ends"}
	}
	least, err := p.Minutes("on.rest.day", on)
	if err != nil {
		return 0, false, err
	}
	minutes = int(next.Truncate(time.Minute).Sub(finish.Truncate(time.Minute)).Minutes())
	return minutes, minutes >= least, nil
}

// OntarioMealDue returns the minutes of meal period that so many minutes of work in a row ask for: 30 beyond five hours. It returns a
// [hr.FieldError] with RuleNegative for minutes below zero.
func OntarioMealDue(p attendance.Pack, on hr.Date, minutes int) (int, error) {
	if minutes < 0 {
		return 0, &hr.FieldError{Path: "minutes", Rule: RuleNegative, Reason: "must not be negative"}
	}
	after, err := p.Minutes("on.meal_after", on)
	if err != nil || minutes <= after {
		return 0, err
	}
	return p.Minutes("on.meal_minutes", on)
}

// OntarioThreeHours returns the hours that are paid to somebody whose day is usually longer than three hours and who came to work and was
// sent home: those worked, and three at least. It returns a [hr.FieldError] with RuleNegative for hours below zero.
func OntarioThreeHours(p attendance.Pack, on hr.Date, usual, worked decimal.Decimal) (decimal.Decimal, error) {
	var faults hr.Faults
	notNegative(&faults, "usual", usual)
	notNegative(&faults, "worked", worked)
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	least, err := p.Value("on.least_hours", on)
	if err != nil || usual.Cmp(least) <= 0 {
		return worked, err
	}
	return decimal.Max(worked, least), nil
}
