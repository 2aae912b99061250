package in

import (
	"fmt"
	"strconv"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/payroll"
	"github.com/shopspring/decimal"
)

// BonusClaim is what decides about somebody's statutory bonus of an accounting year.
type BonusClaim struct {
	Year       hr.Period       // the accounting year: the law of its last day is applied
	Wages      decimal.Decimal // the pay that bonus counts: the sum of the lines bonus_wages of its months; see [Bonus]
	DaysWorked int             // in the accounting year, paid leave and lay-off included
	Percent    decimal.Decimal // what the employer declares, 10 for ten per cent; zero where it is the minimum
}

// YearlyBonus is somebody's statutory bonus of an accounting year, in whole rupees, half up.
type YearlyBonus struct {
	Eligible bool            // enough days worked, and a month with wages within the limit
	Minimum  decimal.Decimal // zero where not eligible, like the rest
	Maximum  decimal.Decimal
	Payable  decimal.Decimal // what was declared, not above the maximum and not below the minimum
	Trace    hr.Trace        // of Payable, with the law
}

// BonusOf works out somebody's statutory bonus of an accounting year. The minimum is 8.33 per cent of the wages that count under the Act
// and exactly one twelfth under the Code, or 100 rupees if that is more; the maximum is 20 per cent. What the establishment can pay
// between the two is decided for all employees together: [AllocateBonus].
//
// It returns all faults at once: [hr.FieldError]s for a year without a first and a last day (RuleMonth) and for wages, days or a rate
// below zero (RuleNegative); or a [hr.ParameterError] for each value that p does not have on the last day of the year.
func BonusOf(p payroll.Pack, c BonusClaim) (YearlyBonus, error) {
	var faults hr.Faults
	if err := c.Year.Validate(); err != nil || c.Year.Open() {
		faults.Add("year", RuleMonth, "must have a first and a last day")
	}
	notNegative(&faults, "wages", c.Wages)
	notNegative(&faults, "percent", c.Percent)
	if c.DaysWorked < 0 {
		faults.Add("days_worked", RuleNegative, "must not be negative")
	}
	if faults.Any() {
		return YearlyBonus{}, faults.Err()
	}
	law := &reading{pack: p, on: c.Year.Through}
	need := law.number("bonus.days_worked")
	needTold, source := law.told(), law.source
	least, parts, of := law.value("bonus.least"), law.value("bonus.minimum_parts"), law.value("bonus.minimum_of")
	leastTold := law.told()
	most := law.value("bonus.maximum_rate")
	if err := law.err(); err != nil {
		return YearlyBonus{}, err
	}
	b := YearlyBonus{Eligible: c.DaysWorked >= need && c.Wages.Sign() > 0}
	rule := fmt.Sprintf("nothing: %d days worked, %d are needed", c.DaysWorked, need)
	var share, declared decimal.Decimal
	switch {
	case c.DaysWorked < need:
	case !b.Eligible:
		rule = "nothing: no month of the year has wages within the limit"
	default:
		var err error
		share, err = rupee().Ratio(c.Wages.Mul(parts), of)
		if err != nil {
			return YearlyBonus{}, err
		}
		b.Minimum = decimal.Max(least, share)
		b.Maximum = percentOf(c.Wages, most)
		declared = percentOf(c.Wages, c.Percent)
		b.Payable = decimal.Max(b.Minimum, decimal.Min(b.Maximum, declared))
		rule = bonusChosen(declared, b.Minimum, b.Maximum)
	}
	b.Trace = hr.Trace{
		Name: "Statutory bonus", Value: hr.Canonical(b.Payable), Unit: "money", Rule: rule, Period: c.Year, Source: source,
		Parts: []hr.Trace{
			givenMoney("Pay that bonus counts", c.Wages), {Name: "Days worked", Value: strconv.Itoa(c.DaysWorked), Unit: "days", Note: "given", Parts: needTold},
		},
	}
	if b.Eligible {
		b.Trace.Parts = append(b.Trace.Parts,
			hr.Trace{Name: "Minimum bonus", Value: hr.Canonical(b.Minimum), Unit: "money", Rule: fmt.Sprintf("wages * %s / %s, at least %s", hr.Canonical(parts), hr.Canonical(of), hr.Canonical(least)), Note: "half_up to 1 gives " + hr.Canonical(share), Parts: leastTold},
			hr.Trace{Name: "Maximum bonus", Value: hr.Canonical(b.Maximum), Unit: "money", Rule: "wages * " + hr.Canonical(most) + "%", Note: "half_up to 1", Parts: law.told()},
			hr.Trace{Name: "Declared bonus", Value: hr.Canonical(declared), Unit: "money", Rule: "wages * " + hr.Canonical(c.Percent) + "%", Note: "half_up to 1"})
	}
	return b, nil
}

// bonusChosen says which of three amounts is paid.
func bonusChosen(declared, least, most decimal.Decimal) string {
	switch {
	case declared.Cmp(least) <= 0 || most.Cmp(least) <= 0:
		return "the minimum: what is declared is not more"
	case declared.Cmp(most) >= 0:
		return "the maximum: what is declared is not less"
	}
	return "what is declared, between the minimum and the maximum"
}

// percentOf is a share of an amount to the rupee, half up.
func percentOf(amount, percent decimal.Decimal) decimal.Decimal {
	return rupee().Apply(amount.Mul(percent).Shift(-2))
}
