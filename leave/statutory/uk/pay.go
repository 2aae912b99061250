package uk

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Sick is statutory sick pay of days in one week.
type Sick struct {
	Weekly decimal.Decimal // the lower of the flat rate and 80 % of average weekly earnings, up to the penny
	Pay    decimal.Decimal // weekly x sick days / qualifying days, up to the penny
}

// SickPay returns SSP from 6 April 2026 on: from the first day, without an earnings floor. Days are the sick days among the
// qualifying days, and qualifying is the number of these a week. An absence that began before that day keeps its own rate, and
// somebody sick without a break since before 22 September 2025 has none: both are for the host to know.
func SickPay(law leave.Law, on hr.Date, averageEarnings decimal.Decimal, sick, qualifying decimal.Decimal) (Sick, error) {
	var faults hr.Faults
	negative(&faults, "average_earnings", averageEarnings)
	negative(&faults, "sick", sick)
	if qualifying.Sign() <= 0 || qualifying.Cmp(decimal.NewFromInt(7)) > 0 {
		faults.Add("qualifying", RuleWeek, "must be above zero and at most 7")
	}
	if faults.Any() {
		return Sick{}, faults.Err()
	}
	v, err := law.Values(on, "ssp.weekly", "ssp.percent")
	if err != nil {
		return Sick{}, err
	}
	share, err := penceUp.Ratio(averageEarnings.Mul(v[1]), hundred)
	if err != nil {
		return Sick{}, err
	}
	s := Sick{Weekly: decimal.Min(v[0], share)}
	s.Pay, err = penceUp.Ratio(s.Weekly.Mul(sick), qualifying)
	return s, err
}

// Maternity is statutory maternity pay.
type Maternity struct {
	Eligible bool
	FirstSix decimal.Decimal // of each of the first six weeks, up to the penny
	Later    decimal.Decimal // of each week after them, up to the penny
	Total    decimal.Decimal // over the weeks asked for
}

// MaternityPay returns SMP for so many of its 39 weeks: 90 % of average weekly earnings for six, then the lower of that and the
// flat rate; nothing below the earnings limit. Service of 26 weeks by the fifteenth week before is for the host to know.
func MaternityPay(law leave.Law, on hr.Date, averageEarnings decimal.Decimal, weeks int) (Maternity, error) {
	v, err := law.Values(on, "smp.earnings", "smp.percent", "smp.flat", "smp.first_weeks", "smp.weeks")
	if err != nil {
		return Maternity{}, err
	}
	var faults hr.Faults
	negative(&faults, "average_earnings", averageEarnings)
	if most := int(v[4].IntPart()); weeks < 0 || weeks > most {
		faults.Add("weeks", RuleWeek, "must be 0 to %d", most)
	}
	if faults.Any() {
		return Maternity{}, faults.Err()
	}
	if averageEarnings.Cmp(v[0]) < 0 {
		return Maternity{}, nil
	}
	m := Maternity{Eligible: true}
	if m.FirstSix, err = penceUp.Ratio(averageEarnings.Mul(v[1]), hundred); err != nil {
		return Maternity{}, err
	}
	m.Later = decimal.Min(v[2], m.FirstSix)
	first := min(weeks, int(v[3].IntPart()))
	m.Total = m.FirstSix.Mul(days(first)).Add(m.Later.Mul(days(weeks - first)))
	return m, nil
}
