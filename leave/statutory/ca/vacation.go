package ca

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Vacation is what a vacation year earns.
type Vacation struct {
	Weeks   decimal.Decimal
	Percent decimal.Decimal // of the wages of the year
	Pay     decimal.Decimal // to the cent, half up
}

var (
	cents   = hr.MustRounding("0.01", hr.HalfUp)
	hundred = decimal.NewFromInt(100)
)

// VacationFederal returns the vacation of the Canada Labour Code, ss.184 and 184.01: two weeks and 4 %, three and 6 % from five
// years, four and 8 % from ten. The full years on the day after the vacation year decide.
func VacationFederal(law leave.Law, hired, yearEnd hr.Date, wages decimal.Decimal) (Vacation, error) {
	return vacation(law, hired, yearEnd, wages, "fed.vacation.", "second_years", "third_years")
}

// VacationOntario returns the vacation of the Employment Standards Act 2000, ss.33 and 35.2: two weeks and 4 %, three and 6 % from
// five years. Wages are those of the vacation year without vacation pay. The full years on the day after it decide.
func VacationOntario(law leave.Law, hired, yearEnd hr.Date, wages decimal.Decimal) (Vacation, error) {
	return vacation(law, hired, yearEnd, wages, "on.vacation.", "second_years")
}

func vacation(law leave.Law, hired, yearEnd hr.Date, wages decimal.Decimal, prefix string, tiers ...string) (Vacation, error) {
	var faults hr.Faults
	switch {
	case hired.IsZero():
		faults.Missing("hired", RuleDay)
	case yearEnd.IsZero():
		faults.Missing("year_end", RuleDay)
	case hired.After(yearEnd):
		faults.Add("hired", RuleDay, "must not be after the vacation year")
	}
	negative(&faults, "wages", wages)
	if faults.Any() {
		return Vacation{}, faults.Err()
	}
	v, err := law.Values(yearEnd, prefix+"first_weeks", prefix+"week_percent")
	if err != nil {
		return Vacation{}, err
	}
	out := Vacation{Weeks: v[0]}
	years := decimal.NewFromInt(int64(leave.FullYears(hired, yearEnd.Add(1))))
	for _, tier := range tiers {
		from, err := law.Value(prefix+tier, yearEnd)
		if err != nil {
			return Vacation{}, err
		}
		if years.Cmp(from) >= 0 {
			out.Weeks = out.Weeks.Add(decimal.NewFromInt(1))
		}
	}
	out.Percent = out.Weeks.Mul(v[1])
	out.Pay, err = cents.Ratio(wages.Mul(out.Percent), hundred)
	return out, err
}

func negative(faults *hr.Faults, path string, d decimal.Decimal) {
	if d.Sign() < 0 {
		faults.Add(path, RuleNegative, "must not be below zero")
	}
}
