package uk

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Reason is why holiday was not taken in its leave year. The empty Reason is none and carries nothing.
type Reason string

const (
	NoReason      Reason = "none"
	Agreement     Reason = "agreement"      // an agreement carries the 1.6 weeks of reg 13A
	FamilyLeave   Reason = "family"         // maternity or another statutory leave
	Sickness      Reason = "sick"           // on sick leave
	EmployerFault Reason = "employer_fault" // the employer did not recognise, allow, encourage or warn
)

// Carried is what goes on to the next leave year.
type Carried struct {
	Days  decimal.Decimal
	UseBy hr.Date // the last day; none where the law fixes no day or nothing is carried
}

// CarryOver returns what of untaken days is carried at the end of a leave year, regs 13(9) to (17) and 13A(7): by agreement what is
// above four weeks, after family leave all, after sickness four weeks for 18 months (of an irregular-hours or part-year worker
// all), by the employer's fault four weeks, until the end of the first full leave year in which the fault has stopped.
func CarryOver(law leave.Law, yearEnd hr.Date, daysAWeek, untaken decimal.Decimal, why Reason, irregular bool) (Carried, error) {
	var faults hr.Faults
	negative(&faults, "untaken", untaken)
	if yearEnd.IsZero() {
		faults.Missing("year_end", RuleDay)
	}
	if faults.Any() {
		return Carried{}, faults.Err()
	}
	h, err := Entitlement(law, yearEnd, daysAWeek, decimal.Decimal{})
	if err != nil {
		return Carried{}, err
	}
	weeks, err := law.Value("holiday.weeks_basic", yearEnd)
	if err != nil {
		return Carried{}, err
	}
	basic := decimal.Min(weeks.Mul(daysAWeek), h.Days)
	most, months := decimal.Decimal{}, 0
	switch why {
	case "", NoReason:
		return Carried{}, nil
	case Agreement:
		most, months = h.Days.Sub(basic), 12
	case FamilyLeave:
		most, months = h.Days, 12
	case Sickness:
		if most = basic; irregular {
			most = h.Days
		}
		v, err := law.Value("holiday.sick_carry_months", yearEnd)
		if err != nil {
			return Carried{}, err
		}
		months = int(v.IntPart())
	case EmployerFault:
		most = basic
	default:
		return Carried{}, &hr.FieldError{Path: "why", Rule: RuleReason, Reason: "must be none, agreement, family, sick or employer_fault"}
	}
	c := Carried{Days: decimal.Min(untaken, most)}
	if months > 0 && c.Days.Sign() > 0 {
		next, err := yearEnd.Add(1).AddMonths(months, hr.MonthClamp) // counted in leave years: from the first day of the next
		if err != nil {
			return Carried{}, err
		}
		c.UseBy = next.Add(-1)
	}
	return c, nil
}
