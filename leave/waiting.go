package leave

import "github.com/musterhr/hr"

// Waiting says how long after joining leave can be used for the first time. The zero Waiting is off.
type Waiting struct {
	Months int `json:"months,omitempty" class:"public"`
	Days   int `json:"days,omitempty" class:"public"` // on top of the months
	// Lost means that the time of waiting earns nothing. Otherwise it is credited, and a credit of that time can be used from the
	// end of the waiting on.
	Lost bool `json:"lost,omitempty" class:"public"`
}

// Validate returns [hr.FieldError]s with RulePolicyWaiting.
func (w Waiting) Validate() error {
	var faults hr.Faults
	if w.Months < 0 {
		faults.Add("months", RulePolicyWaiting, "must not be below zero")
	}
	if w.Days < 0 {
		faults.Add("days", RulePolicyWaiting, "must not be below zero")
	}
	if w.Lost && w.Months == 0 && w.Days == 0 {
		faults.Add("lost", RulePolicyWaiting, "needs a time of waiting")
	}
	return faults.Err()
}

// Over returns the first day after the waiting of somebody hired on a day: with 3 months from 15 January, 15 April.
func (w Waiting) Over(hired hr.Date) (hr.Date, error) {
	d, err := hired.AddMonths(w.Months, hr.MonthOverflow)
	if err != nil {
		return d, err
	}
	return d.Add(w.Days), nil
}
