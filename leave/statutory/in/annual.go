package in

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
	"github.com/musterhr/hr/leave"
)

// Worker says which rate of annual leave holds for somebody. The empty Worker is an adult.
type Worker string

const (
	Adult       Worker = "adult"
	Adolescent  Worker = "adolescent"
	BelowGround Worker = "below_ground" // in a mine
	Child       Worker = "child"        // under the Factories Act
)

func (w Worker) young() bool { return w != "" && w != Adult }

// AnnualYear is one calendar year of a worker, as far as annual leave depends on it.
type AnnualYear struct {
	Worker  Worker
	Worked  decimal.Decimal // days worked
	Counted decimal.Decimal // days of layoff, maternity leave and annual leave: they count for eligibility and earn nothing
	Joined  hr.Date         // the day of joining, for who joined inside the year; otherwise none
	Leaving bool            // dismissed, resigned, retired or dead: leave is earned whatever was worked
	// Before, Taken and Refused settle the account: the balance of the years before, the days taken in this year, and of what is
	// left the days that were asked for and refused, which are carried without limit.
	Before, Taken, Refused decimal.Decimal
}

// Annual is what a year of annual leave comes to. Balance = Carry + Encash.
type Annual struct {
	Eligible bool
	Earned   decimal.Decimal // whole days: half a day or more is a day, less is nothing
	Balance  decimal.Decimal // before + earned - taken
	Carry    decimal.Decimal // to the next year
	Encash   decimal.Decimal // the rest, which is paid and never lapses
}

// AnnualLeave works out the leave with wages of a calendar year by the law of a day, the last of the year: from 21 November 2025 the
// OSH Code 2020 s.32, before it the Factories Act 1948 s.79. Faults come together as [hr.FieldError]s with RuleKind and RuleNegative;
// a day without a value in law is a [hr.ParameterError].
func AnnualLeave(law leave.Law, on hr.Date, y AnnualYear) (Annual, error) {
	var faults hr.Faults
	checkWorker(&faults, y.Worker)
	checkDays(&faults, map[string]decimal.Decimal{"worked": y.Worked, "counted": y.Counted, "taken": y.Taken, "refused": y.Refused})
	if faults.Any() {
		return Annual{}, faults.Err()
	}
	rate, carry := "annual.worked_per_day", "annual.carry"
	if y.Worker.young() {
		rate = "annual.worked_per_day_young"
	}
	if y.Worker == Child {
		carry = "annual.carry_young"
	}
	v, err := law.Values(on, "annual.eligible_days", rate, carry, "annual.joiner_part", "annual.joiner_parts")
	if err != nil {
		return Annual{}, err
	}
	counts := y.Worked.Add(y.Counted)
	enough := y.Leaving || counts.Cmp(v[0]) >= 0
	if inside := !y.Joined.IsZero() && (y.Joined.Month() > time.January || y.Joined.Day() > 1); inside && !enough {
		december, err := hr.NewDate(y.Joined.Year(), time.December, 31)
		if err != nil {
			return Annual{}, err
		}
		left := decimal.NewFromInt(int64(december.Since(y.Joined) + 1))
		enough = counts.Mul(v[4]).Cmp(left.Mul(v[3])) >= 0
	}
	a := Annual{Eligible: enough}
	if enough {
		if a.Earned, err = wholeDays.Ratio(y.Worked, v[1]); err != nil {
			return Annual{}, err
		}
	}
	a.Balance = y.Before.Add(a.Earned).Sub(y.Taken)
	refused := decimal.Min(y.Refused, decimal.Max(a.Balance, decimal.Decimal{}))
	a.Carry = decimal.Min(a.Balance.Sub(refused), v[2]).Add(refused)
	a.Encash = a.Balance.Sub(a.Carry)
	return a, nil
}

// wholeDays is s.79(3) of the Factories Act: half a day or more is a day, less is nothing.
var wholeDays = hr.MustRounding("1", hr.HalfUp)

func checkWorker(faults *hr.Faults, w Worker) {
	switch w {
	case "", Adult, Adolescent, BelowGround, Child:
	default:
		faults.Add("worker", RuleKind, "must be adult, adolescent, below_ground or child")
	}
}

func checkDays(faults *hr.Faults, days map[string]decimal.Decimal) {
	for _, path := range []string{"worked", "counted", "taken", "refused", "monthly", "days", "base", "children"} {
		if d, ok := days[path]; ok && d.Sign() < 0 {
			faults.Add(path, RuleNegative, "must not be below zero")
		}
	}
}

// Shops is what a year under a State's shops Act comes to.
type Shops struct {
	Eligible    bool
	Earned      decimal.Decimal
	Accumulated decimal.Decimal // what stands on the account after the year
}

// ShopsMaharashtra works out the earned leave of the Maharashtra Act 2017 s.18 in the year that contains on: one day for every
// twenty worked in the year before, whole days only, to who worked 240 days in it. Before and taken settle the account, which
// holds at most 45 days; what is above may be encashed only where leave asked for 15 days ahead was refused, and is not here.
func ShopsMaharashtra(law leave.Law, on hr.Date, workedBefore, before, taken decimal.Decimal) (Shops, error) {
	var faults hr.Faults
	checkDays(&faults, map[string]decimal.Decimal{"worked": workedBefore, "taken": taken})
	if faults.Any() {
		return Shops{}, faults.Err()
	}
	v, err := law.Values(on, "shops.mh.eligible_days", "shops.mh.worked_per_day", "shops.mh.accumulate")
	if err != nil {
		return Shops{}, err
	}
	s := Shops{Eligible: workedBefore.Cmp(v[0]) >= 0}
	if s.Eligible {
		if s.Earned, err = hr.MustRounding("1", hr.Down).Ratio(workedBefore, v[1]); err != nil {
			return Shops{}, err
		}
	}
	s.Accumulated = decimal.Min(before.Add(s.Earned).Sub(taken), v[2])
	return s, nil
}
