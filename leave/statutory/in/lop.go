package in

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Basis is what a month's pay is divided by for one day without pay. The empty Basis is none: the same one must hold for joiners
// and for unpaid days, so an employer says it.
type Basis string

const (
	Fixed26      Basis = "fixed26"
	Fixed30      Basis = "fixed30"
	CalendarDays Basis = "calendar" // the days of the month
	WorkingDays  Basis = "working"  // the working days of the month
)

// Lost is what days without pay cost in a month. Deduction + Paid = the month's pay.
type Lost struct {
	PerDay    decimal.Decimal // to the paisa, half up, to be shown; the deduction is not made of it
	Deduction decimal.Decimal // to the paisa, half up; never more than the month's pay
	Paid      decimal.Decimal
}

// LossOfPay works out days without pay: monthly x days / base, rounded once to the paisa, half up. Base is the number of days of
// the month ([CalendarDays]) or of its working days ([WorkingDays]); the fixed bases need none. It is practice and not law:
// 31 days lost on a base of 30 pay nothing, and never less than nothing.
func LossOfPay(monthly, days decimal.Decimal, basis Basis, base decimal.Decimal) (Lost, error) {
	var faults hr.Faults
	checkDays(&faults, map[string]decimal.Decimal{"monthly": monthly, "days": days})
	switch basis {
	case Fixed26:
		base = decimal.NewFromInt(26)
	case Fixed30:
		base = decimal.NewFromInt(30)
	case CalendarDays, WorkingDays:
		if base.Sign() <= 0 {
			faults.Add("base", RuleNegative, "must be above zero")
		}
	default:
		faults.Add("basis", RuleKind, "must be fixed26, fixed30, calendar or working")
	}
	if faults.Any() {
		return Lost{}, faults.Err()
	}
	paisa := hr.MustRounding("0.01", hr.HalfUp)
	perDay, err := paisa.Ratio(monthly, base)
	if err != nil {
		return Lost{}, err
	}
	deduction, err := paisa.Ratio(monthly.Mul(days), base)
	if err != nil {
		return Lost{}, err
	}
	deduction = decimal.Min(deduction, monthly)
	return Lost{PerDay: perDay, Deduction: deduction, Paid: monthly.Sub(deduction)}, nil
}
