package leave

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Frequency says how often leave is credited. The empty frequency is off.
type Frequency string

const (
	Monthly Frequency = "month" // once a calendar month
	Yearly  Frequency = "year"  // once a calendar year, in front
)

// Accrual says what leave is credited by the passing of time, and when. The zero Accrual is off: every lot is granted by
// hand. A credit is given in full to whoever is employed on its day, and not at all to others: a joiner's share of a year is
// granted by hand.
type Accrual struct {
	Every Frequency       `json:"every,omitempty" class:"public"`
	Days  decimal.Decimal `json:"days,omitzero" class:"public"` // credited each time
	// Day is the day of the month on which it is credited, 1 to 31; where the month has no such day, its last.
	Day int `json:"day,omitempty" class:"public"`
	// Month is the month of a yearly credit. It says nothing of a monthly one.
	Month time.Month `json:"month,omitempty" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyAccrual, all together.
func (a Accrual) Validate() error {
	var faults hr.Faults
	if a.Every == "" {
		if a.Days.Sign() != 0 || a.Day != 0 || a.Month != 0 {
			faults.Missing("every", RulePolicyAccrual)
		}
		return faults.Err()
	}
	if a.Every != Monthly && a.Every != Yearly {
		faults.Add("every", RulePolicyAccrual, "must be month or year")
	}
	if a.Days.Sign() <= 0 {
		faults.Add("days", RulePolicyAccrual, "must be above zero")
	}
	if a.Day < 1 || a.Day > 31 {
		faults.Add("day", RulePolicyAccrual, "must be a day of the month, 1 to 31")
	}
	switch {
	case a.Every == Yearly && (a.Month < time.January || a.Month > time.December):
		faults.Add("month", RulePolicyAccrual, "must be the month of the yearly credit")
	case a.Every == Monthly && a.Month != 0:
		faults.Add("month", RulePolicyAccrual, "belongs to a yearly credit")
	}
	return faults.Err()
}

// credit returns the day of the month that begins on first on which leave is credited; false if it is not its turn.
func (a Accrual) credit(first hr.Date) (hr.Date, bool) {
	if a.Every == "" || a.Every == Yearly && first.Month() != a.Month {
		return hr.Date{}, false
	}
	return first.Add(min(a.Day, first.DaysInMonth()) - 1), true
}

// id names the credit of a period: once a month, or once a year.
func (a Accrual) id(t TypeID, credited hr.Date) LotID {
	if a.Every == Yearly {
		return LotID(fmt.Sprintf("accrual/%s/%04d", t, credited.Year()))
	}
	return LotID(fmt.Sprintf("accrual/%s/%04d-%02d", t, credited.Year(), credited.Month()))
}

// Accrue returns the credits that are due by the end of day through and not on record: it catches up with whatever runs were
// missed, and a second call posts nothing, for the ID of a credit follows from its type and its period
// ("accrual/earned/2026-10"). The entries have no knowledge number yet.
//
// A credit falls due where a step of policies holds on its day and one of the employed periods contains it. An [Opening]
// balance of the type says what was there at the start of its first usable day: credits of earlier days are inside it and
// are not posted, those of that day and later are. Entries are the live ones of the employee, in any order.
func Accrue(t TypeID, policies hr.Timeline[Policy], employed []hr.Period, entries []Entry, through hr.Date) ([]Entry, error) {
	if through.IsZero() {
		return nil, &hr.FieldError{Path: "through", Rule: RuleAccrualThrough, Reason: "is required", Err: hr.ErrRequired}
	}
	steps := policies.Steps()
	if len(steps) == 0 || len(employed) == 0 {
		return nil, nil
	}
	since := employed[0].From
	for _, p := range employed {
		if p.From.Before(since) {
			since = p.From
		}
	}
	since = later(since, steps[0].Since)
	posted := map[string]bool{}
	var opened hr.Date
	for _, e := range entries {
		if e.Value.Type == t {
			posted[e.ID] = true
			if e.Value.Kind == Opening {
				opened = later(opened, e.Period.From)
			}
		}
	}
	since = later(since, opened)
	var missing []Entry
	for first := since.FirstOfMonth(); !first.IsZero() && !first.After(through); first = first.EndOfMonth().Add(1) {
		for held, policy := range policies.Over(hr.MonthOf(first)) {
			day, ok := policy.Accrual.credit(first)
			if !ok || !held.Contains(day) || day.Before(since) || day.After(through) || !anyContains(employed, day) {
				continue
			}
			lot := policy.Accrual.id(t, day)
			if posted[string(lot)] {
				continue
			}
			posted[string(lot)] = true
			usable, err := policy.Expiry.usable(day)
			if err != nil {
				return nil, err
			}
			missing = append(missing, Entry{
				ID: string(lot), Period: usable,
				Value: Movement{Type: t, Lot: lot, Kind: Accrued, Quantity: policy.Accrual.Days},
			})
		}
	}
	return missing, nil
}

func later(a, b hr.Date) hr.Date {
	if a.After(b) {
		return a
	}
	return b
}

func anyContains(periods []hr.Period, d hr.Date) bool {
	for _, p := range periods {
		if p.Contains(d) {
			return true
		}
	}
	return false
}
