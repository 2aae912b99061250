package ca

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// HolidayPay is pay for a public holiday. Total = Holiday + Premium.
type HolidayPay struct {
	Holiday decimal.Decimal // to the cent, half up
	Premium decimal.Decimal // for hours worked on the day, to the cent, half up
	Total   decimal.Decimal
}

// PublicHolidayPay returns Ontario's public holiday pay, s.24(1): the regular wages and vacation pay payable in the four work weeks
// before the work week of the holiday, divided by 20; and for hours worked on it one and a half times the regular rate. Regular
// wages leave out overtime, vacation, holiday and premium pay.
func PublicHolidayPay(law leave.Law, on hr.Date, regular, vacationPay, workedHours, rate decimal.Decimal) (HolidayPay, error) {
	var faults hr.Faults
	negative(&faults, "regular", regular)
	negative(&faults, "vacation_pay", vacationPay)
	negative(&faults, "worked_hours", workedHours)
	negative(&faults, "rate", rate)
	if faults.Any() {
		return HolidayPay{}, faults.Err()
	}
	v, err := law.Values(on, "on.holiday.divisor", "on.holiday.premium")
	if err != nil {
		return HolidayPay{}, err
	}
	var p HolidayPay
	if p.Holiday, err = cents.Ratio(regular.Add(vacationPay), v[0]); err != nil {
		return HolidayPay{}, err
	}
	p.Premium = cents.Apply(workedHours.Mul(rate).Mul(v[1]))
	p.Total = p.Holiday.Add(p.Premium)
	return p, nil
}

// GeneralHolidayPay returns the holiday pay of the Canada Labour Code s.196: a twentieth of the wages of four weeks without overtime, to
// the cent, half up.
func GeneralHolidayPay(law leave.Law, on hr.Date, wages decimal.Decimal) (decimal.Decimal, error) {
	var faults hr.Faults
	negative(&faults, "wages", wages)
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	divisor, err := law.Value("fed.holiday.divisor", on)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return cents.Ratio(wages, divisor)
}
