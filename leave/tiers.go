package leave

import (
	"fmt"
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Tier is a year's leave from so many full years of service on.
type Tier struct {
	Years   int             `json:"years" class:"public"`    // full years of service, 0 or more
	PerYear decimal.Decimal `json:"per_year" class:"public"` // leave of a whole year
}

// Reached says when a tier that is reached inside a leave year begins to count.
type Reached string

const (
	// ReachedAtStart takes the tier of the first day of the leave year; who joins inside it has the first tier.
	ReachedAtStart Reached = "year_start"
	// ReachedInYear takes the tier of the last day of the leave year.
	ReachedInYear Reached = "reached_in_year"
	// ReachedDaily averages over the leave year, each day at its own tier. Days before joining are worth nothing.
	ReachedDaily Reached = "daily"
)

// Tiers say how a year's leave grows with the length of service. The zero Tiers are off.
type Tiers struct {
	Steps []Tier  `json:"steps,omitempty" class:"public"` // by rising years
	At    Reached `json:"at,omitempty" class:"public"`
}

func (t Tiers) off() bool { return len(t.Steps) == 0 && t.At == "" }

// Validate returns [hr.FieldError]s with RulePolicyTiers.
func (t Tiers) Validate() error {
	var faults hr.Faults
	if t.off() {
		return nil
	}
	if len(t.Steps) == 0 {
		faults.Missing("steps", RulePolicyTiers)
	}
	for i, s := range t.Steps {
		at := fmt.Sprintf("steps[%d]", i)
		if s.Years < 0 || i > 0 && s.Years <= t.Steps[i-1].Years {
			faults.Add(at+".years", RulePolicyTiers, "must rise from 0 or more")
		}
		if s.PerYear.Sign() < 0 {
			faults.Add(at+".per_year", RulePolicyTiers, "must not be below zero")
		}
	}
	if t.At != ReachedAtStart && t.At != ReachedInYear && t.At != ReachedDaily {
		faults.Add("at", RulePolicyTiers, "must be year_start, reached_in_year or daily")
	}
	return faults.Err()
}

// PerYear returns the leave of a leave year for somebody hired on a day, rounded once. Years of service are full anniversaries; of
// a 29 February it is 1 March in common years. Only [ReachedDaily] leaves out the days before joining; the other two are the
// whole year's leave, for [Prorate] to reduce. The faults are those of [Tiers.Validate] and [Rounded.Validate].
func (t Tiers) PerYear(year hr.Period, hired hr.Date, r Rounded) (decimal.Decimal, error) {
	var faults hr.Faults
	faults.Join("", t.Validate())
	faults.Join("rounding", r.Validate())
	if hired.IsZero() {
		faults.Missing("hired", RulePolicyTiers)
	}
	if year.Validate() != nil || year.Open() {
		faults.Add("year", RulePolicyYear, "must have a first and a last day")
	}
	if faults.Any() {
		return decimal.Decimal{}, faults.Err()
	}
	return r.of(t.exact(year, hired))
}

func (t Tiers) exact(year hr.Period, hired hr.Date) *big.Rat {
	switch t.At {
	case ReachedAtStart:
		return t.on(FullYears(hired, year.From)).Rat()
	case ReachedInYear:
		return t.on(FullYears(hired, year.Through)).Rat()
	}
	sum := new(big.Rat)
	for d := later(year.From, hired); !d.IsZero() && !d.After(year.Through); {
		years := FullYears(hired, d)
		until := year.Through // the tier holds to the day before the next anniversary
		if next, err := hired.AddMonths(12*(years+1), hr.MonthOverflow); err == nil && !next.After(until) {
			until = next.Add(-1)
		}
		days := big.NewRat(int64(until.Since(d)+1), int64(year.Len()))
		sum.Add(sum, days.Mul(days, t.on(years).Rat()))
		d = until.Add(1)
	}
	return sum
}

// on returns the leave of a year with so many years of service; below the first tier there is none.
func (t Tiers) on(years int) (perYear decimal.Decimal) {
	for _, s := range t.Steps {
		if s.Years <= years {
			perYear = s.PerYear
		}
	}
	return perYear
}

// FullYears returns the full years of service on a day: the anniversaries of hired up to it, that day included, 0 before the first.
// The anniversary of a 29 February is 1 March in common years.
func FullYears(hired, on hr.Date) int {
	if hired.IsZero() || on.Before(hired) {
		return 0
	}
	years := on.Year() - hired.Year()
	if last, err := hired.AddMonths(12*years, hr.MonthOverflow); err != nil || last.After(on) {
		years--
	}
	return years
}
