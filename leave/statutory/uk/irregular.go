package uk

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Irregular returns the rule by which irregular-hours and part-year workers earn holiday, reg 15B: 12.07 % of the hours of each
// pay period, whole hours, half an hour or more an hour and less nothing. Each period is rounded apart, as the words are mostly
// read; that can lose all the leave of somebody with three hours a week. With cumulative the sum is rounded instead, which
// loses nothing; an employer may give that, and must give no less than the other over the year. Neither has a limit of its own:
// put 28 days in hours into Most.
func Irregular(law leave.Law, on hr.Date, cumulative bool) (leave.Earning, error) {
	percent, err := law.Value("holiday.irregular_percent", on)
	if err != nil {
		return leave.Earning{}, err
	}
	return leave.Earning{
		Give: percent, Per: hundred, Bands: []string{"regular", "overtime"}, Apart: !cumulative,
		Rounds: leave.Rounded{Step: decimal.NewFromInt(1), Mode: hr.HalfUp},
	}, nil
}

// IrregularAccrual returns the hours of holiday that each pay period earns, in order, by [Irregular].
func IrregularAccrual(law leave.Law, on hr.Date, hours []decimal.Decimal) ([]decimal.Decimal, error) {
	earning, err := Irregular(law, on, false)
	if err != nil {
		return nil, err
	}
	return earning.Credits(hours)
}

// Weeks are weeks that follow one another and were alike. Lists of them begin with the newest.
type Weeks struct {
	Count int
	Each  decimal.Decimal // hours or pay of one of them
	Away  bool            // sick or on statutory leave
}

// Average is a sum over weeks that counted.
type Average struct {
	Weeks int
	Sum   decimal.Decimal // over these weeks
}

// average takes the newest weeks that count, as many as the law wants and no further back than it looks.
func average(law leave.Law, on hr.Date, weeks []Weeks, counts func(Weeks) bool) (Average, error) {
	var faults hr.Faults
	for i, w := range weeks {
		if w.Count < 0 || w.Each.Sign() < 0 {
			faults.Add(fmt.Sprintf("weeks[%d]", i), RuleNegative, "must not be below zero")
		}
	}
	if faults.Any() {
		return Average{}, faults.Err()
	}
	v, err := law.Values(on, "holiday.reference_weeks", "holiday.look_back_weeks")
	if err != nil {
		return Average{}, err
	}
	wanted, look := int(v[0].IntPart()), int(v[1].IntPart())
	var a Average
	for _, w := range weeks {
		seen := min(w.Count, look)
		look -= seen
		if counts(w) {
			take := min(seen, wanted-a.Weeks)
			a.Weeks += take
			a.Sum = a.Sum.Add(w.Each.Mul(days(take)))
		}
	}
	return a, nil
}

// of divides the sum by the weeks, rounded once; without weeks it is zero.
func (a Average) of(r hr.Rounding, times decimal.Decimal) (decimal.Decimal, error) {
	if a.Weeks == 0 {
		return decimal.Decimal{}, nil
	}
	return r.Ratio(a.Sum.Mul(times), days(a.Weeks))
}

// AverageHours returns the hours of an average week before sickness or statutory leave, reg 15C, to four decimals, half up: of the
// newest 52 weeks that had no such leave, weeks without work counted, no further back than 104.
func AverageHours(law leave.Law, on hr.Date, weeks []Weeks) (decimal.Decimal, error) {
	a, err := average(law, on, weeks, func(w Weeks) bool { return !w.Away })
	if err != nil {
		return decimal.Decimal{}, err
	}
	return a.of(four, decimal.NewFromInt(1))
}

// AbsenceAccrual returns the hours of holiday that weeks of sickness or statutory leave earn: 12.07 % of the average hours of
// [AverageHours] times the weeks away, in whole hours, half up from the exact figure. The steps of reg 15C were not readable.
func AbsenceAccrual(law leave.Law, on hr.Date, weeks []Weeks, away decimal.Decimal) (decimal.Decimal, error) {
	var faults hr.Faults
	negative(&faults, "away", away)
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	a, err := average(law, on, weeks, func(w Weeks) bool { return !w.Away })
	if err != nil || a.Weeks == 0 {
		return decimal.Decimal{}, err
	}
	percent, err := law.Value("holiday.irregular_percent", on)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return hr.MustRounding("1", hr.HalfUp).Ratio(a.Sum.Mul(away).Mul(percent), hundred.Mul(days(a.Weeks)))
}

// WeekPay returns a week's pay of somebody whose pay varies, to the penny, half up, and the number of weeks it is taken of: the
// newest 52 with pay, no further back than 104 weeks, fewer where there are fewer.
func WeekPay(law leave.Law, on hr.Date, weeks []Weeks) (pay decimal.Decimal, of int, err error) {
	a, err := average(law, on, weeks, func(w Weeks) bool { return w.Each.Sign() > 0 })
	if err != nil {
		return decimal.Decimal{}, 0, err
	}
	pay, err = a.of(pence, decimal.NewFromInt(1))
	return pay, a.Weeks, err
}

// RolledUp returns the holiday pay that is paid with the pay of a period to an irregular-hours or part-year worker, reg 16A: 12.07 %
// of it, to the penny, half up.
func RolledUp(law leave.Law, on hr.Date, pay decimal.Decimal) (decimal.Decimal, error) {
	var faults hr.Faults
	negative(&faults, "pay", pay)
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	percent, err := law.Value("holiday.irregular_percent", on)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return pence.Ratio(pay.Mul(percent), hundred)
}
