package leave

import (
	"github.com/shopspring/decimal"

	"github.com/musterhr/hr"
)

// Occasion says what leave an event gives: a birth, an adoption, a marriage, a bereavement. The zero Occasion is off.
type Occasion struct {
	Days   decimal.Decimal `json:"days,omitzero" class:"public"`
	Before int             `json:"before,omitempty" class:"public"` // days before the event on which it may begin
	Months int             `json:"months,omitempty" class:"public"` // for how long after it the leave can be used; 0: without end
	Times  int             `json:"times,omitempty" class:"public"`  // how often somebody may have it; 0: at every event
}

// Validate returns [hr.FieldError]s with RulePolicyOccasion.
func (o Occasion) Validate() error {
	var faults hr.Faults
	if o.Days.Sign() < 0 || o.Days.IsZero() && o != (Occasion{Days: o.Days}) {
		faults.Add("days", RulePolicyOccasion, "must be above zero")
	}
	for _, f := range []struct {
		path string
		n    int
	}{{"before", o.Before}, {"months", o.Months}, {"times", o.Times}} {
		if f.n < 0 {
			faults.Add(f.path, RulePolicyOccasion, "must not be below zero")
		}
	}
	return faults.Err()
}

// Lot returns the entry that an event gives: a lot named after its cause, to be used around its day. It has no knowledge number yet.
// The faults are RulePolicyOccasion where the policy has no such leave or it was given as often as it may be, and RuleCreditPeriod
// for an event without a day or cause. Entries are the live ones of the employee; an event that has its lot already has no second.
func (p Policy) Lot(on hr.Date, cause hr.Ref, entries []Entry) (e Entry, fresh bool, err error) {
	var faults hr.Faults
	if p.Occasion.Days.Sign() <= 0 {
		faults.Add("type", RulePolicyOccasion, "gives no leave for an event")
	}
	if on.IsZero() || cause == (hr.Ref{}) {
		faults.Add("on", RuleCreditPeriod, "an event needs its day and what it is")
	}
	if faults.Any() {
		return Entry{}, false, faults.Err()
	}
	lot := LotID("occasion/" + string(p.Type) + "/" + cause.Kind + "/" + cause.ID)
	times := 0
	for _, had := range entries {
		if had.ID == string(lot) {
			return had, false, nil
		}
		if m := had.Value; m.Type == p.Type && had.ID == string(m.Lot) && m.Kind == Granted && had.Cause.Kind != "command" {
			times++
		}
	}
	if p.Occasion.Times > 0 && times >= p.Occasion.Times {
		return Entry{}, false, &hr.FieldError{Path: "type", Rule: RulePolicyOccasion, Reason: "was given as often as it may be"}
	}
	usable := hr.Period{From: on.Add(-p.Occasion.Before)}
	if p.Occasion.Months > 0 {
		next, err := on.AddMonths(p.Occasion.Months, hr.MonthClamp)
		if err != nil {
			return Entry{}, false, err
		}
		usable.Through = next.Add(-1)
	}
	return Entry{
		ID: string(lot), Period: usable, Cause: cause,
		Value: Movement{Type: p.Type, Lot: lot, Kind: Granted, Quantity: p.Occasion.Days},
	}, true, nil
}
