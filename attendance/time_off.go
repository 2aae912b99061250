package attendance

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// TimeOff banks overtime: instead of being paid, it becomes leave. By hours each hour gives Multiple hours; by days so much work in a day
// gives half a day or a whole one. The zero TimeOff is off.
type TimeOff struct {
	Type     string          // the leave type: "comp_off"
	Bands    []string        // what is banked; empty: all overtime
	Multiple decimal.Decimal // hours of leave for an hour worked, above zero; or zero for a grant in days:
	HalfDay  int             // minutes of a day from which half a day is given
	FullDay  int             // minutes of a day from which a whole day is given
	Valid    int             // days after the work within which it is taken; zero: it does not expire
}

// BandBanked is overtime that was banked: worked, and given as leave.
const BandBanked = "banked"

// IsZero reports whether all overtime is paid.
func (r TimeOff) IsZero() bool {
	return r.Type == "" && len(r.Bands) == 0 && r.Multiple.IsZero() && r.HalfDay == 0 && r.FullDay == 0 && r.Valid == 0
}

// Validate returns [hr.FieldError]s with RuleTimeOff: no leave type, neither or both ways to count, numbers out of range.
func (r TimeOff) Validate() error {
	var faults hr.Faults
	if r.IsZero() {
		return nil
	}
	if r.Type == "" {
		faults.Missing("type", RuleTimeOff)
	}
	if (r.Multiple.Sign() > 0) == (r.FullDay > 0) || r.Multiple.Sign() < 0 {
		faults.Add("multiple", RuleTimeOff, "must be above zero, or zero where full_day gives days")
	}
	if r.HalfDay < 0 || r.HalfDay > r.FullDay || r.FullDay > 1440 {
		faults.Add("half_day", RuleTimeOff, "must not ask for more than a full day does, nor a full day for more than 1440 minutes")
	}
	if r.Valid < 0 || r.Valid > 3660 {
		faults.Add("valid", RuleTimeOff, "must be 0 to 3660 days")
	}
	return faults.Err()
}

// Bank moves the overtime of the days that gives leave into [BandBanked] and returns the grants, one a day, each usable from the day
// after. What is too little for half a day stays overtime. Nothing is rounded: 50 minutes at 1.5 are 1.25 hours; a grant in hours of a number
// of minutes that is no whole fraction is given to the minute, downward to four decimals.
func (r TimeOff) Bank(employee hr.EmployeeID, days []Day) ([]Day, []hr.LeaveGrant, error) {
	if err := r.Validate(); err != nil || r.IsZero() {
		return days, nil, err
	}
	out := slices.Clone(days)
	var grants []hr.LeaveGrant
	for i := range out {
		d := &out[i]
		minutes := 0
		for _, b := range d.Bands {
			if r.banks(b) {
				minutes += b.Minutes
			}
		}
		quantity, unit := r.give(minutes)
		if quantity.Sign() == 0 {
			continue
		}
		d.move(minutes, BandBanked, r.banks)
		usable := hr.Period{From: d.Date.Add(1)}
		if r.Valid > 0 {
			usable.Through = d.Date.Add(r.Valid)
		}
		grants = append(grants, hr.LeaveGrant{
			Employee: employee, Type: r.Type, Date: d.Date, Quantity: quantity, Unit: unit, Usable: usable,
			Ref: r.ref(employee, d.Date), Refs: d.Refs,
		})
	}
	return out, grants, nil
}

func (r TimeOff) banks(b hr.Band) bool {
	return isOvertime(b.Name) && (len(r.Bands) == 0 || slices.Contains(r.Bands, b.Name))
}

var downToFour = hr.MustRounding("0.0001", hr.Down)

func (r TimeOff) give(minutes int) (quantity decimal.Decimal, unit string) {
	switch {
	case r.Multiple.Sign() > 0:
		quantity, err := downToFour.Ratio(r.Multiple.Mul(decimal.NewFromInt(int64(minutes))), decimal.NewFromInt(60))
		if err != nil { // the divisor is 60
			return decimal.Decimal{}, ""
		}
		return quantity, "hours"
	case minutes >= r.FullDay:
		return one, "days"
	case r.HalfDay > 0 && minutes >= r.HalfDay:
		return half, "days"
	}
	return decimal.Decimal{}, ""
}
