package us

import (
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Work is a pay period: the hours worked in it and the hours of paid sick leave asked for.
type Work struct{ Worked, Asked decimal.Decimal }

// PaidSick runs California's paid sick leave over the pay periods of one year, from an account of nothing: one hour for thirty
// worked, credited before it is used, at most 80 on the account and 40 used in the year. It returns the hours paid in each
// period and the balance after the last, to four decimals, half up; fractions stay exact until then.
func PaidSick(law leave.Law, on hr.Date, periods []Work) (paid []decimal.Decimal, balance decimal.Decimal, err error) {
	var faults hr.Faults
	for i, p := range periods {
		if p.Worked.Sign() < 0 {
			faults.Add(fmt.Sprintf("periods[%d].worked", i), RuleNegative, "must not be below zero")
		}
		if p.Asked.Sign() < 0 {
			faults.Add(fmt.Sprintf("periods[%d].asked", i), RuleNegative, "must not be below zero")
		}
	}
	if faults.Any() {
		return nil, decimal.Decimal{}, faults.Err()
	}
	v, err := law.Values(on, "ca.sick.hours_per_hour", "ca.sick.use", "ca.sick.bank")
	if err != nil {
		return nil, decimal.Decimal{}, err
	}
	left, use, bank := new(big.Rat), v[1].Rat(), v[2].Rat()
	for _, p := range periods {
		left = least(left.Add(left, new(big.Rat).Quo(p.Worked.Rat(), v[0].Rat())), bank)
		take := least(p.Asked.Rat(), left, use)
		left, use = new(big.Rat).Sub(left, take), new(big.Rat).Sub(use, take)
		hours, err := four(take)
		if err != nil {
			return nil, decimal.Decimal{}, err
		}
		paid = append(paid, hours)
	}
	balance, err = four(left)
	return paid, balance, err
}

// PaidSickDue returns the hours of paid sick leave that an employer's own rule of accrual must have given by a day of the employment, the first
// being day 1: 24 by day 120, 40 by day 200, nothing before. It returns a [hr.FieldError] with RuleDay for a day below 1.
func PaidSickDue(law leave.Law, on hr.Date, day int) (decimal.Decimal, error) {
	if day < 1 {
		return decimal.Decimal{}, &hr.FieldError{Path: "day", Rule: RuleDay, Reason: "must be 1 for the first day of employment, or later"}
	}
	v, err := law.Values(on, "ca.sick.early_day", "ca.sick.early", "ca.sick.late_day", "ca.sick.late")
	switch n := decimal.NewFromInt(int64(day)); {
	case err != nil:
		return decimal.Decimal{}, err
	case n.Cmp(v[2]) >= 0:
		return v[3], nil
	case n.Cmp(v[0]) >= 0:
		return v[1], nil
	}
	return decimal.Decimal{}, nil
}

func least(first *big.Rat, others ...*big.Rat) *big.Rat {
	for _, o := range others {
		if o.Cmp(first) < 0 {
			first = o
		}
	}
	return new(big.Rat).Set(first)
}

func four(x *big.Rat) (decimal.Decimal, error) {
	return hr.MustRounding("0.0001", hr.HalfUp).Ratio(decimal.NewFromBigInt(x.Num(), 0), decimal.NewFromBigInt(x.Denom(), 0))
}
